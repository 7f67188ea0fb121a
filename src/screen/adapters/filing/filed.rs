//! What became of a request, and a draft to take along.

use slint::{ComponentHandle, Image, SharedString};

use crate::session::{Carry, Filed, FiledWhat, Filing, PhoneCode};
use crate::words::{Key, Words};

use super::super::super::generated::{App, CarryModel, FiledModel, Outcome};
use super::super::super::models::{hand_over, qr_code};
use super::Setting;

pub(super) fn fill(app: &App, filed: &Filed, setting: Setting<'_>) {
    let words = setting.words;
    let model = app.global::<FiledModel<'_>>();
    let (outcome, number) = match &filed.outcome {
        Filing::Done(serial) => (Outcome::Done, words.filed_number(serial.as_str())),
        Filing::Kept(code) => (Outcome::Kept, words.filed_query_code(code.as_str())),
        Filing::Rejected(_) => (Outcome::Rejected, String::new()),
    };
    model.set_outcome(outcome);
    model.set_number(hand_over(number));
    model.set_title(words.text(title(&filed.outcome, &filed.what)).into());
    model.set_what(hand_over(words.filed_what(&filed.what, outcome == Outcome::Done)));
    let reason = filed.reason.map(|reason| words.travel_reason(reason)).unwrap_or_default();
    model.set_who(hand_over(words.pair(filed.name.clone(), reason)));
    model.set_text(hand_over(text(filed, words)));
    model.set_offers_code(outcome != Outcome::Rejected && filed.code != PhoneCode::Impossible);
    model.set_has_code(filed.code.text().is_some());
    model.set_code(filed.code.text().map(qr_code).unwrap_or_default());
}

pub(super) fn blank(app: &App) {
    let model = app.global::<FiledModel<'_>>();
    model.set_title(SharedString::new());
    model.set_number(SharedString::new());
    model.set_what(SharedString::new());
    model.set_who(SharedString::new());
    model.set_text(SharedString::new());
    model.set_has_code(false);
    model.set_code(Image::default());
}

pub(super) fn fill_carry(app: &App, carry: &Carry) {
    let model = app.global::<CarryModel<'_>>();
    model.set_has_code(carry.code.is_some());
    model.set_code(carry.code.as_deref().map(qr_code).unwrap_or_default());
}

pub(super) fn blank_carry(app: &App) {
    fill_carry(app, &Carry { code: None });
}

/// Nothing is said to be done before the platform said so.
fn title(outcome: &Filing, what: &FiledWhat) -> Key {
    match (outcome, what) {
        (Filing::Done(_), FiledWhat::New(_)) => Key::FiledDone,
        (Filing::Done(_), FiledWhat::Cancelled(_)) => Key::FiledCancelled,
        (Filing::Done(_), FiledWhat::Extended(..)) => Key::FiledExtended,
        (Filing::Kept(_), _) => Key::FiledKept,
        (Filing::Rejected(_), _) => Key::FiledRejected,
    }
}

fn text(filed: &Filed, words: &Words) -> String {
    match (&filed.outcome, &filed.what) {
        (Filing::Done(_), FiledWhat::New(route)) if !filed.advice.is_empty() => {
            let arrived = words.filed_arrived(route.to.as_str());
            words.paragraph(&[&[arrived], filed.advice.as_slice()].concat())
        }
        (Filing::Done(_), _) => words.paragraph(&filed.advice),
        (Filing::Kept(_), FiledWhat::New(_)) => {
            format!("{}\n{}", words.text(Key::FiledKeptText), words.text(Key::FiledKeptCare))
        }
        (Filing::Kept(_), _) => words.text(Key::FiledKeptText),
        (Filing::Rejected(why), _) if why.is_empty() => words.text(Key::FiledRejectedText),
        (Filing::Rejected(why), _) => {
            format!("{}\n{}", words.text(Key::FiledRejectedText), words.filed_why(why.as_str()))
        }
    }
}
