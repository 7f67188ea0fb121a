//! Every screen by ear: what it says, in order, and that what is said of a button is what stands on it.

#[cfg(feature = "screen")]
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::PathBuf;

use super::fixtures::{self, Fixture};
#[cfg(feature = "screen")]
use super::fonts::{Fonts, make_drawable};
#[cfg(feature = "screen")]
use super::window::{Display, Screen};
use crate::domain::filing::FilingPolicy;
use crate::session::{Language, Modes, Prompt, View, offers, reading};
#[cfg(feature = "screen")]
use crate::words::Key;
use crate::words::{Words, heard, label, tag};

/// Set to anything, the transcripts are written anew instead of compared.
const REWRITE: &str = "KIOSK_WRITE_TRANSCRIPTS";
const LANGUAGES: [Language; 2] = [Language::ZhCn, Language::En];
/// Buttons that only turn a page of their own; the keys turn it by going on.
#[cfg(feature = "screen")]
const PAGERS: [Key; 5] =
    [Key::RateMoreReasons, Key::WritingMore, Key::FilingsMore, Key::ReviewLinesRight, Key::ReviewAgain];

fn views(language: Language, large_font: bool) -> Vec<(&'static str, View)> {
    let modes = Modes { voice: true, large_font, language, ..Modes::default() };
    let shown = |Fixture { name, mut view }: Fixture| {
        // An amount is said once after a press and never kept as what a screen says of itself.
        if matches!(view.caption, Some(Prompt::Amount(_))) {
            view.caption = Some(Prompt::BalanceShown);
        }
        (name, fixtures::in_modes(&view, modes))
    };
    fixtures::all().into_iter().map(shown).collect()
}

fn transcript(words: &Words, view: &View, policy: &FilingPolicy) -> Vec<String> {
    let said = reading(view, false);
    said.iter().map(|prompt| heard(words, view, prompt, Some(policy)).caption().replace('\n', "")).collect()
}

/// All screens of a language; in large font where it says something else.
fn transcripts(language: Language) -> String {
    let words = Words::new(language);
    let policy = FilingPolicy::national().expect("the shipped policy");
    let mut all = String::new();
    for ((name, view), (_, large)) in views(language, false).into_iter().zip(views(language, true)) {
        let (standard, large) = (transcript(&words, &view, &policy), transcript(&words, &large, &policy));
        let _ = writeln!(all, "## {name}\n{}\n", standard.join("\n"));
        if large != standard {
            let _ = writeln!(all, "## {name}, large font\n{}\n", large.join("\n"));
        }
    }
    all
}

fn check_transcripts(language: Language) {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("src/screen/transcripts/{}.txt", tag(language)));
    let now = transcripts(language);
    if std::env::var_os(REWRITE).is_some() {
        std::fs::write(&file, &now).expect("the transcripts can be written");
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    let differs = kept.lines().zip(now.lines()).find(|(kept, now)| kept != now);
    assert_eq!(differs, None, "{REWRITE}=1 writes {} anew", file.display());
    assert_eq!(kept.lines().count(), now.lines().count(), "{REWRITE}=1 writes {} anew", file.display());
}

#[test]
fn screens_say_in_mandarin_what_they_said() {
    check_transcripts(Language::ZhCn);
}

#[test]
fn screens_say_in_english_what_they_said() {
    check_transcripts(Language::En);
}

#[test]
fn nothing_of_a_person_is_said() {
    for language in LANGUAGES {
        let all = transcripts(language);
        for part in
            [fixtures::NAME, "张*", "李*英", "371002", "1,234", "一千二百", "138", "花家地", "84 2611", "YB2026"]
        {
            assert!(!all.contains(part), "{language:?}: {part}");
        }
    }
}

#[test]
fn everything_offered_has_words() {
    for language in LANGUAGES {
        let words = Words::new(language);
        for large in [false, true] {
            for (name, view) in views(language, large) {
                for offer in offers(&view) {
                    assert!(label(&view, offer.press).is_some(), "{name}: {:?} stands on nothing", offer.press);
                    let said = heard(&words, &view, &Prompt::Offer(offer.press), None);
                    assert!(!said.caption().trim().is_empty(), "{name}: {:?} says nothing", offer.press);
                }
            }
        }
    }
}

/// What stands on the glass and what the keys go through are the same, in every font and language.
#[cfg(feature = "screen")]
#[test]
fn every_button_is_offered_with_the_words_it_shows() {
    let screen = Screen::open(Display::Still { width: 1080, height: 1920 }, fixtures::options(), |_| {})
        .expect("a window drawn nowhere");
    let mut fonts = Fonts::prepare().expect("fonts");
    let mut wrong = Vec::new();
    for language in LANGUAGES {
        let words = Words::new(language);
        let pagers: BTreeSet<String> = PAGERS.into_iter().map(|key| words.text(key)).collect();
        for large in [false, true] {
            for (name, mut view) in views(language, large) {
                make_drawable(&mut view.screen, &mut fonts, &words);
                let offered: BTreeSet<String> = offers(&view)
                    .into_iter()
                    .filter(|offer| offer.open)
                    .filter_map(|offer| label(&view, offer.press))
                    .map(|label| label.text(&words))
                    .collect();
                screen.show_now(view);
                for button in screen.elements_now().into_iter().filter(|element| element.button && element.enabled) {
                    // The number on record stands below the words on its button.
                    let shown = button.label.split('\n').next().unwrap_or_default();
                    let known = offered.contains(&button.label) || offered.contains(shown) || pagers.contains(shown);
                    if !known {
                        wrong.push(format!("{name} {language:?} large {large}: “{}” is not offered", button.label));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A key goes to the window, its answer comes back as a view, and the ring is there: seen by its pixels.
#[cfg(feature = "screen")]
#[test]
fn what_the_keys_are_on_has_a_ring() {
    use std::cell::RefCell;
    use std::rc::Rc;

    use crate::session::{Event, PadKey, Press};
    let typed: Rc<RefCell<Vec<Event>>> = Rc::default();
    let sink = Rc::clone(&typed);
    let display = Display::Still { width: 1080, height: 1920 };
    let screen =
        Screen::open(display, fixtures::options(), move |event| sink.borrow_mut().push(event)).expect("a window");
    let check = |name: &str, press: Press| {
        let view = fixtures::all().into_iter().find(|fixture| fixture.name == name).expect("a fixture").view;
        let pixels = |view: View| {
            screen.show_now(view);
            screen.pixels_now().expect("a renderer")
        };
        let without = pixels(view.clone());
        let with = pixels(View { focus: Some(press), ..view });
        let changed = without.as_slice().iter().zip(with.as_slice()).filter(|(one, other)| one != other).count();
        assert!(changed > 1_500, "{name} {press:?}: {changed} pixels");
    };
    check("home", Press::Service(crate::domain::Service::Guide));
    check("rate-bad", Press::Reason(207));
    check("digits", Press::Key('5'.into()));
    check("places", Press::Pick(7));
    check("overlay-voice", Press::Slower);
    screen.key_now("\u{F701}");
    screen.key_now("7");
    assert_eq!(typed.take(), [Event::Key(PadKey::Down), Event::Key(PadKey::Type('7'))]);
}
