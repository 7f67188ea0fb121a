//! Lay the card down, or show the code.

use slint::{ComponentHandle, SharedString};

use crate::session::{Identify, IdentifyBy};

use super::super::generated::{App, IdentifyModel};
use super::Setting;

pub(super) fn fill(app: &App, identify: &Identify, setting: Setting<'_>) {
    let model = app.global::<IdentifyModel<'_>>();
    model.set_by_card(identify.by == IdentifyBy::IdCard);
    model.set_relative(identify.relative);
    model.set_reading(identify.reading);
    model.set_notice(identify.notice.map(|notice| setting.words.notice(notice).into()).unwrap_or_default());
    model.set_id_reader(identify.devices.id_reader);
    model.set_scanner(identify.devices.scanner);
    model.set_service_title(setting.words.service(identify.service).into());
}

pub(super) fn blank(app: &App) {
    let model = app.global::<IdentifyModel<'_>>();
    model.set_reading(false);
    model.set_notice(SharedString::new());
}
