//! A number on a large key pad.

use slint::{ComponentHandle, SharedString};

use crate::session::{Digits, DigitsField};
use crate::words::Key;

use super::super::super::generated::{App, DigitsModel};
use super::Setting;

pub(super) fn fill(app: &App, digits: &Digits, setting: Setting<'_>) {
    let words = setting.words;
    let model = app.global::<DigitsModel<'_>>();
    let (title, hint) = match digits.field {
        DigitsField::Phone => (Key::DigitsPhoneTitle, Key::DigitsPhoneHint),
        DigitsField::ReferralNumber => (Key::DigitsReferralTitle, Key::DigitsReferralHint),
    };
    model.set_title(words.text(title).into());
    model.set_hint(words.text(hint).into());
    model.set_text(digits.text.as_str().into());
    model.set_notice(digits.notice.map(|notice| words.digits_notice(notice).into()).unwrap_or_default());
    model.set_on_record(digits.on_record.as_deref().map(SharedString::from).unwrap_or_default());
    model.set_complete(digits.complete);
    model.set_marks(digits.field == DigitsField::ReferralNumber);
}

pub(super) fn blank(app: &App) {
    let model = app.global::<DigitsModel<'_>>();
    model.set_text(SharedString::new());
    model.set_notice(SharedString::new());
    model.set_on_record(SharedString::new());
    model.set_complete(false);
}
