//! The rating, the rating by phone and a question of the questionnaire.

use slint::{ComponentHandle, Image, SharedString};

use crate::domain::Level;
use crate::session::Rate;

use super::super::generated::{App, LevelModel, RateModel, ReasonModel};
use super::super::models::{qr_code, update_rows};
use super::Setting;

pub(super) fn fill(app: &App, rate: &Rate, setting: Setting<'_>) {
    let words = setting.words;
    let model = app.global::<RateModel<'_>>();
    model.set_subtitle(words.rate_subtitle(words.service(rate.service)).into());
    let levels = Level::ALL.map(|level| LevelModel {
        code: level.national_code().into(),
        title: words.level(level).into(),
        chosen: rate.level == Some(level),
    });
    if let Some(list) = update_rows(model.get_levels(), levels.into()) {
        model.set_levels(list);
    }
    let reasons = rate.reasons.iter().map(|(code, chosen)| ReasonModel {
        code: i32::from(*code),
        text: words.reason(*code).into(),
        chosen: *chosen,
    });
    if let Some(list) = update_rows(model.get_reasons(), reasons.collect()) {
        model.set_reasons(list);
    }
    model.set_chosen(rate.level.is_some());
    model.set_complete(rate.complete);
    model.set_storing(rate.storing);
    model.set_failed(rate.failed);
    model.set_by_phone(rate.by_phone);
}

pub(super) fn blank(app: &App) {
    let model = app.global::<RateModel<'_>>();
    model.set_subtitle(SharedString::new());
    update_rows(model.get_levels(), Vec::new());
    update_rows(model.get_reasons(), Vec::new());
    model.set_chosen(false);
    model.set_complete(false);
    model.set_storing(false);
    model.set_failed(false);
}

pub(super) fn fill_by_phone(app: &App, address: &str) {
    app.global::<RateModel<'_>>().set_phone_code(qr_code(address));
}

pub(super) fn blank_by_phone(app: &App) {
    app.global::<RateModel<'_>>().set_phone_code(Image::default());
}

pub(super) fn fill_question(app: &App, text: &str, choices: &[String]) {
    let model = app.global::<RateModel<'_>>();
    model.set_question(text.into());
    if let Some(list) = update_rows(model.get_choices(), choices.iter().map(SharedString::from).collect()) {
        model.set_choices(list);
    }
}

pub(super) fn blank_question(app: &App) {
    let model = app.global::<RateModel<'_>>();
    model.set_question(SharedString::new());
    update_rows(model.get_choices(), Vec::new());
}
