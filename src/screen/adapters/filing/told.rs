//! Something told before or instead of a step.

use slint::{ComponentHandle, Image, SharedString};

use crate::session::{PhoneCode, Told};
use crate::words::{Key, Words};

use super::super::super::generated::{App, ToldModel};
use super::super::super::models::{qr_code, update_rows};
use super::Setting;

pub(super) fn fill(app: &App, told: &Told, setting: Setting<'_>) {
    let words = setting.words;
    let model = app.global::<ToldModel<'_>>();
    let (title, text) = sentences(told);
    model.set_kicker(kicker(told, words).into());
    model.set_title(words.text(title).into());
    model.set_text(text.map(|key| words.text(key).into()).unwrap_or_default());
    let points = match told {
        Told::Before { notice, .. } => notice.as_slice(),
        Told::BringToWindow { materials, .. } => materials.as_slice(),
        _ => &[],
    };
    if let Some(list) = update_rows(model.get_points(), points.iter().map(SharedString::from).collect()) {
        model.set_points(list);
    }
    let code = if let Told::BringToWindow { code, .. } = told { code } else { &PhoneCode::Impossible };
    model.set_takes_along(*code != PhoneCode::Impossible);
    let code = code.text();
    model.set_has_code(code.is_some());
    model.set_code(code.map(qr_code).unwrap_or_default());
    model.set_warm(matches!(told, Told::TalkToStaff));
    model.set_window(!matches!(told, Told::Before { .. } | Told::NoFamily | Told::EmergencyIsFiled));
    let button = if matches!(told, Told::Before { .. }) { Key::ToldNext } else { Key::ToldClose };
    model.set_button(words.text(button).into());
}

pub(super) fn blank(app: &App) {
    let model = app.global::<ToldModel<'_>>();
    model.set_kicker(SharedString::new());
    model.set_title(SharedString::new());
    model.set_text(SharedString::new());
    update_rows(model.get_points(), Vec::new());
    model.set_takes_along(false);
    model.set_has_code(false);
    model.set_code(Image::default());
    model.set_warm(false);
    model.set_window(false);
}

fn kicker(told: &Told, words: &Words) -> String {
    match told {
        Told::Before { category, group, .. } => words.pair(words.category(*category), words.category_group(*group)),
        _ => String::new(),
    }
}

fn sentences(told: &Told) -> (Key, Option<Key>) {
    match told {
        Told::EmergencyIsFiled => (Key::ToldEmergencyTitle, Some(Key::ToldEmergencyText)),
        Told::Before { .. } => (Key::ToldBeforeTitle, None),
        Told::BringToWindow { .. } => (Key::ToldBringTitle, None),
        Told::TalkToStaff => (Key::ToldStaffTitle, Some(Key::ToldStaffText)),
        Told::NoMoreRelatives => (Key::ToldRelativesTitle, Some(Key::ToldRelativesText)),
        Told::CannotFile => (Key::ToldCannotTitle, Some(Key::ToldCannotText)),
        Told::NoFamily => (Key::ToldFamilyTitle, Some(Key::ToldFamilyText)),
    }
}
