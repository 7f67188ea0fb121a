//! Writing with a finger or by pinyin. What was written is gone when the screen is left.

use std::fmt::Write;

use slint::{ComponentHandle, SharedString};

use crate::session::{Match, MatchNote, Writing, WritingBy, WritingField};
use crate::words::{Key, Words, args};

use super::super::super::generated::{App, ChoiceIcon, ChoiceModel, WritingModel};
use super::super::super::models::{hand_over, update_rows};
use super::Setting;

/// Height of the pad on the glass where its width is 10,000.
const PAD_HEIGHT: u32 = 6_250;
/// Ink comes in ten-thousandths.
const FULL: u32 = 10_000;

pub(super) fn fill(app: &App, writing: &Writing, setting: Setting<'_>) {
    let words = setting.words;
    let model = app.global::<WritingModel<'_>>();
    let (title, hint) = field(writing.field);
    model.set_title(words.text(if writing.full { Key::WritingFull } else { title }).into());
    model.set_hint(words.text(hint).into());
    model.set_text(writing.text.as_str().into());
    model.set_letters(writing.letters.as_str().into());
    model.set_by_hand(writing.by == WritingBy::Hand);
    model.set_hand_works(writing.handwriting_works);
    model.set_recognising(writing.recognising);
    model.set_complete(writing.complete);
    model.set_finds(writing.field.finds());
    model.set_ink(hand_over(commands(&writing.strokes)));
    let candidates = writing.candidates.iter().map(SharedString::from).collect();
    if let Some(list) = update_rows(model.get_candidates(), candidates) {
        model.set_candidates(list);
    }
    let matches = writing.matches.iter().map(|found| row(found, words)).collect();
    if let Some(list) = update_rows(model.get_matches(), matches) {
        model.set_matches(list);
    }
}

pub(super) fn blank(app: &App) {
    let model = app.global::<WritingModel<'_>>();
    model.set_text(SharedString::new());
    model.set_letters(SharedString::new());
    model.set_ink(SharedString::new());
    model.set_recognising(false);
    model.set_complete(false);
    update_rows(model.get_candidates(), Vec::new());
    update_rows(model.get_matches(), Vec::new());
}

fn field(field: WritingField) -> (Key, Key) {
    match field {
        WritingField::Place => (Key::WritingPlace, Key::WritingPlaceHint),
        WritingField::Hospital => (Key::WritingHospital, Key::WritingHospitalHint),
        WritingField::Address => (Key::WritingAddress, Key::WritingAddressHint),
        WritingField::ReferralHospital => (Key::WritingReferral, Key::WritingHospitalHint),
    }
}

fn row(found: &Match, words: &Words) -> ChoiceModel {
    let note = match &found.note {
        MatchNote::None => String::new(),
        MatchNote::In(province) => province.clone(),
        MatchNote::FiledTo { within, to } => {
            words.match_filed_to(args::MatchFiledTo { to: to.as_str().into(), within: within.as_str().into() })
        }
        MatchNote::Hospital { address, level } => words.pair(level.clone(), address.clone()),
    };
    ChoiceModel { title: found.title.as_str().into(), note: note.into(), icon: ChoiceIcon::None, chosen: false }
}

/// The strokes as commands of a path, in the measure the pad is drawn in.
fn commands(strokes: &[Vec<(u16, u16)>]) -> String {
    let mut path = String::new();
    for stroke in strokes {
        for (place, (x, y)) in stroke.iter().enumerate() {
            let y = u32::from(*y) * PAD_HEIGHT / FULL;
            let verb = if place == 0 { 'M' } else { 'L' };
            // Writing into a string cannot fail.
            let _ = write!(path, "{verb} {x} {y} ");
        }
        // A dot is a line to itself, or nothing is drawn.
        if let [(x, y)] = stroke.as_slice() {
            let _ = write!(path, "L {x} {} ", u32::from(*y) * PAD_HEIGHT / FULL);
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strokes_become_a_path() {
        let check = |strokes: &[Vec<(u16, u16)>], expected: &str| assert_eq!(commands(strokes), expected);
        check(&[], "");
        check(&[vec![(0, 0), (10_000, 10_000)]], "M 0 0 L 10000 6250 ");
        check(&[vec![(100, 1_000)], vec![(7, 8), (9, 16)]], "M 100 625 L 100 625 M 7 5 L 9 10 ");
    }
}
