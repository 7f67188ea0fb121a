//! The audit: every screen on every panel, in every mode and language, measured in millimetres and on its pixels.
//!
//! What it measures, and what may be how large, is `maintenance::screen_audit`.

use std::collections::BTreeMap;
use std::thread;

use yibao_kiosk::maintenance::config::Panel;
use yibao_kiosk::maintenance::screen_audit::walk::{all_modes, colour_modes};
use yibao_kiosk::maintenance::screen_audit::{Check, Report, Scope, run};
use yibao_kiosk::session::{Language, Modes};
use yibao_kiosk::words::Trial;

/// Faults of one kind that are spelled out; the others are counted.
const SPELLED_OUT: usize = 12;

/// Several walks at once, one a core.
fn walk(scopes: Vec<Scope>) -> Report {
    let walks: Vec<_> = scopes.into_iter().map(|scope| thread::spawn(move || run(&scope))).collect();
    let mut whole = Report::default();
    for walk in walks {
        whole.add(walk.join().expect("a walk to its end").expect("screens drawn nowhere"));
    }
    println!("{whole}");
    whole
}

/// What is known and not mended, each with how many pages it is on at most. More is a fault; an empty list is the aim.
type Known = [(Check, usize)];

fn check(scopes: Vec<Scope>, known: &Known) {
    let report = walk(scopes);
    let mut kinds: BTreeMap<Check, Vec<String>> = BTreeMap::new();
    for violation in &report.violations {
        kinds.entry(violation.check).or_default().push(violation.to_string());
    }
    let allowed = |check: &Check| known.iter().find(|(known, _)| known == check).map_or(0, |(_, count)| *count);
    let lines: Vec<String> = kinds
        .iter()
        .filter(|(check, found)| found.len() > allowed(check))
        .flat_map(|(check, found)| {
            let head = format!("{check:?}: {}, known {}", found.len(), allowed(check));
            [head].into_iter().chain(found.iter().take(spelled_out()).cloned())
        })
        .collect();
    assert!(lines.is_empty(), "{report}\n{}", lines.join("\n"));
}

/// All of them, where somebody mends them.
fn spelled_out() -> usize {
    if std::env::var_os("KIOSK_AUDIT_FAULTS").is_some() { usize::MAX } else { SPELLED_OUT }
}

fn halves<T: Clone>(all: &[T]) -> [Vec<T>; 2] {
    let (one, other) = all.split_at(all.len() / 2);
    [one.to_vec(), other.to_vec()]
}

fn scope(panels: &[Panel], modes: Vec<Modes>) -> Scope {
    Scope { panels: panels.to_vec(), screens: String::new(), modes, pixels: false, trial: None }
}

/// Set to anything, the walk goes through everything, which takes many minutes on two cores.
const WHOLE: &str = "KIOSK_AUDIT_WHOLE";

/// All of them, or those that are walked through with every change.
fn chosen<T: Clone>(all: &[T], always: &[T]) -> Vec<T> {
    if std::env::var_os(WHOLE).is_some() { all.to_vec() } else { always.to_vec() }
}

/// The panels of the hall and of the counter. Larger ones of as many pixels owe fewer of them a millimetre.
const PANELS: [Panel; 2] = [Panel::Portrait215, Panel::Landscape215];

fn plain(language: Language) -> Modes {
    Modes { voice: true, language, ..Modes::default() }
}

/// High contrast moves nothing; it is laid out and drawn in the next test.
#[test]
fn every_screen_keeps_its_floors_on_every_panel_in_every_mode() {
    let modes: Vec<Modes> = all_modes().into_iter().filter(|modes| !modes.contrast).collect();
    check(halves(&modes).map(|modes| scope(&chosen(&Panel::ALL, &PANELS), modes)).into(), &[]);
}

/// Colours are the same on every panel and in every language.
#[test]
fn every_screen_can_be_seen() {
    let day = plain(Language::ZhCn);
    let modes = chosen(&colour_modes(), &[day, Modes { contrast: true, ..day }]);
    let panels = chosen(&PANELS, &[Panel::Portrait215]);
    check(halves(&modes).map(|modes| Scope { pixels: true, ..scope(&panels, modes) }).into(), &[]);
}

/// Uyghur runs from right to left, Tibetan letters are tall: the layout must take both.
#[test]
fn the_first_screen_takes_languages_nobody_speaks_to_it_yet() {
    let modes: Vec<Modes> = all_modes().into_iter().filter(|modes| modes.language == Language::En).collect();
    let scopes = [Trial::Uyghur, Trial::Tibetan].map(|trial| Scope {
        screens: "home".into(),
        trial: Some(trial),
        ..scope(&PANELS, modes.clone())
    });
    // The line of what is said is English there, in a Tibetan font whose Latin lines stand close; and with a tile that
    // says why it is closed, the first one begins 6 px above the lower two thirds.
    check(scopes.into(), &[(Check::LineHeight, 44), (Check::Reach, 2)]);
}

/// English words 40 % longer: what still fits then fits a language nobody has tried yet.
#[test]
fn every_screen_takes_words_that_are_longer() {
    let standard = Modes { voice: false, ..plain(Language::En) };
    let modes = vec![standard, Modes { large_font: true, ..standard }];
    // In large font: “Language” on the bar, reasons beside the levels, a line of the review in three lines.
    let known = [(Check::Fit, 13), (Check::TextOverlap, 5)];
    check(vec![Scope { trial: Some(Trial::Longer), ..scope(&PANELS, modes) }], &known);
}
