//! Languages beyond the two every layout is drawn for: traditional characters, and words longer than any yet.

use yibao_kiosk::screen::Screen;
use yibao_kiosk::screen::fixtures::{self, Fixture};
use yibao_kiosk::session::{Language, Modes};

use super::{LANDSCAPE, PORTRAIT, faults, open};

/// Everything wrong with the screens of one size, the first page of each.
fn all_faults(screen: &Screen, size: (u32, u32), language: Language) -> Vec<String> {
    let mut all = Vec::new();
    for large_font in [false, true] {
        let modes = Modes { large_font, language, ..Modes::default() };
        for Fixture { name, view } in fixtures::all() {
            screen.show_now(fixtures::in_modes(&view, modes));
            let found = faults(&screen.elements_now(), size, large_font);
            all.extend(found.into_iter().map(|fault| format!("{name} {size:?} large font {large_font}: {fault}")));
        }
    }
    all
}

fn check(size: (u32, u32), language: Language) {
    let screen = open(size);
    let all = all_faults(&screen, size, language);
    assert!(all.is_empty(), "{} faults:\n{}", all.len(), all.join("\n"));
}

#[test]
fn traditional_screens_can_be_read_and_pressed() {
    check(PORTRAIT, Language::ZhHant);
}

#[test]
fn traditional_screens_lying_wide_can_be_read_and_pressed() {
    check(LANDSCAPE, Language::ZhHant);
}

/// Where English words 40 % longer do not fit yet, in standard and in large font. The list only ever gets shorter.
const TOO_NARROW: [&str; 2] = ["standby", "standby-no-reader"];
const TOO_NARROW_LARGE: [&str; 7] =
    ["home", "home-more", "identify-pulled-away", "identify-stale", "rate-bad-asking", "filed-long", "out-of-service"];

#[test]
fn words_longer_by_two_fifths_fit_but_where_it_is_known() {
    let screen = open(PORTRAIT);
    screen.lengthen_words_now();
    let known = |fault: &String| {
        let is = |name: &&str| fault.starts_with(&format!("{name} "));
        TOO_NARROW.iter().any(is) || (fault.contains("large font true") && TOO_NARROW_LARGE.iter().any(is))
    };
    let mut all = all_faults(&screen, PORTRAIT, Language::En);
    assert!(all.iter().any(known), "longer words change nothing");
    all.retain(|fault| !known(fault));
    assert!(all.is_empty(), "{} faults:\n{}", all.len(), all.join("\n"));
}
