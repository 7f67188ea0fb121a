//! What is said of something that can be pressed: what stands on it, and what a look would tell besides.
//!
//! Names, numbers and amounts of people stand on no button as they are, and none is said here: a relative is said by
//! what they are, a character of an address by its place in the row, a line of the review by its title.

use crate::domain::filing::Period;
use crate::session::{AskOption, Match, MatchNote, Press, ReviewLine, Screen, View, Writing};
use crate::voice::{Script, Segment, Unit, place_of_value};
use crate::words::filing::{line_status_key, relative_key, travel_reason_key};
use crate::words::format::insurance_key;
use crate::words::{Key, Words, args};

use super::{Label, label};

/// What is said of a press on this view; nothing where it is not there.
pub(in crate::words) fn of(words: &Words, view: &View, press: Press) -> Script {
    let fixed = |key: Key| Script::fixed(words.spoken(key));
    let mut said = match (press, &view.screen) {
        (Press::Pick(n), screen) => pick(words, view, screen, usize::from(n)),
        (Press::Candidate(n), Screen::Writing(writing)) => vec![candidate(words, writing, n)],
        (Press::Change(n), Screen::Review(review)) => {
            let line = review.lines.get(usize::from(n)).map(|line| review_line(words, line));
            line.into_iter().flatten().chain([fixed(Key::ReviewChange)]).collect()
        }
        (Press::Key(key), _) => vec![a_key(key.0)],
        _ => stands(words, view, press),
    };
    said.extend(note(view, press).map(fixed));
    joined(words, said)
}

/// One after the other with a pause between.
fn joined(words: &Words, parts: Vec<Script>) -> Script {
    let comma = if words.language() == crate::session::Language::En { ", " } else { "，" };
    let all = parts.into_iter().reduce(|all, one| all.followed_by(Script::fixed(comma)).followed_by(one));
    all.unwrap_or_default()
}

fn stands(words: &Words, view: &View, press: Press) -> Vec<Script> {
    let script = |label| match label {
        Label::Fixed(key) => Script::fixed(words.spoken(key)),
        Label::Shown(text) => Script::fixed(text),
    };
    label(view, press).map(script).into_iter().collect()
}

fn place(name: &str) -> Script {
    Script::filled(&place_of_value(0), &[(Segment::Place(name.to_owned()), name.to_owned())])
}

fn a_key(key: char) -> Script {
    let shown = key.to_ascii_uppercase().to_string();
    if key.is_ascii_digit() {
        return Script::filled(&place_of_value(0), &[(Segment::Digits(shown.clone()), shown)]);
    }
    Script::fixed(shown)
}

fn pick(words: &Words, view: &View, screen: &Screen, n: usize) -> Vec<Script> {
    let fixed = |key: Key| Script::fixed(words.spoken(key));
    match screen {
        Screen::Ask(ask) => match ask.options.get(n) {
            Some(AskOption::Relative(_, relation)) => vec![fixed(relative_key(*relation))],
            Some(AskOption::Insurance(insurance, area)) => vec![fixed(insurance_key(*insurance)), place(area)],
            _ => stands(words, view, Press::Pick(u8::try_from(n).unwrap_or(u8::MAX))),
        },
        Screen::Places(places) => places.names.get(n).map(|name| place(name)).into_iter().collect(),
        Screen::Writing(writing) => writing.matches.get(n).map(|found| matching(words, found)).unwrap_or_default(),
        Screen::Filings(filings) => {
            let Some(line) = filings.lines.get(n) else { return Vec::new() };
            let what = if line.place.is_empty() { fixed(Key::FilingsCancelWaits) } else { place(&line.place) };
            vec![what, fixed(line_status_key(&line.status))]
        }
        _ => Vec::new(),
    }
}

fn matching(words: &Words, found: &Match) -> Vec<Script> {
    let note = match &found.note {
        MatchNote::In(province) => Some(place(province)),
        MatchNote::FiledTo { within, to } => {
            let template = words
                .match_filed_to(args::MatchFiledTo { to: place_of_value(0).into(), within: place_of_value(1).into() });
            let values = [to, within].map(|name| (Segment::Place(name.clone()), name.clone()));
            Some(Script::filled(&template, &values))
        }
        MatchNote::None | MatchNote::Hospital { .. } => None,
    };
    [place(&found.title)].into_iter().chain(note).collect()
}

/// A character of a place or a hospital as it is; of an address only which one it is, for its pieces make a whole.
fn candidate(words: &Words, writing: &Writing, n: u8) -> Script {
    match writing.candidates.get(usize::from(n)) {
        Some(candidate) if writing.field.finds() => Script::fixed(candidate.clone()),
        _ => {
            let nth = u32::from(n) + 1;
            let shown = (Segment::Count(nth, Unit::Number), words.nth_candidate_number(nth));
            Script::filled(&words.nth_candidate(place_of_value(0)), &[shown])
        }
    }
}

/// A line of the review: its title, and what stands there where everybody may hear it.
fn review_line(words: &Words, line: &ReviewLine) -> Vec<Script> {
    let fixed = |key: Key| Script::fixed(words.spoken(key));
    match line {
        ReviewLine::Who(..) => vec![fixed(Key::ReviewWho)],
        ReviewLine::Helper(..) => vec![fixed(Key::ReviewHelper)],
        ReviewLine::Insurance(insurance, _) => vec![fixed(Key::ReviewInsurance), fixed(insurance_key(*insurance))],
        ReviewLine::Why(reason, _) => vec![fixed(Key::ReviewWhy), fixed(travel_reason_key(*reason))],
        ReviewLine::Where(name) => vec![fixed(Key::ReviewWhere), place(name)],
        ReviewLine::When(period) => vec![fixed(Key::ReviewWhen), when(words, *period)],
        ReviewLine::Phone(_) => vec![fixed(Key::ReviewPhone)],
        ReviewLine::Address(_) => vec![fixed(Key::ReviewAddress)],
        ReviewLine::Referral(..) => vec![fixed(Key::ReviewReferral)],
    }
}

/// From when to when, its days still typed.
pub(in crate::words) fn when(words: &Words, period: Period) -> Script {
    let day = |day| (Segment::Date(day), words.full_date(day));
    match period.end {
        None => Script::filled(&words.period_open(place_of_value(0)), &[day(period.begin)]),
        Some(end) => {
            let template = words
                .period_until(args::PeriodUntil { begin: place_of_value(0).into(), end: place_of_value(1).into() });
            Script::filled(&template, &[day(period.begin), day(end)])
        }
    }
}

/// What a look would tell besides: chosen already, on, closed and why.
fn note(view: &View, press: Press) -> Option<Key> {
    let chosen = |is: bool| is.then_some(Key::SayMarked);
    match (press, &view.screen) {
        (Press::Service(service), _) => super::closed(view, service),
        (Press::LargeFont, Screen::Home { .. }) => view.modes.large_font.then_some(Key::HomeModeOn),
        (Press::Voice, Screen::Home { .. }) => view.modes.voice.then_some(Key::HomeModeOn),
        (Press::Language(language), _) => chosen(view.modes.language == language),
        (Press::Level(level), Screen::Rate(rate)) => chosen(rate.level == Some(level)),
        (Press::Reason(code), Screen::Rate(rate)) => chosen(rate.reasons.contains(&(code, true))),
        (Press::Pick(n), Screen::Ask(ask)) => chosen(ask.chosen == Some(n)),
        (Press::Pick(n), Screen::Places(places)) => chosen(places.chosen == Some(n)),
        (Press::Pick(n), Screen::Filings(filings)) => chosen(filings.picked == Some(n)),
        (Press::Promise, Screen::Review(review)) => chosen(review.promised),
        _ => None,
    }
}
