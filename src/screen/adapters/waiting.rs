//! Work is under way.

use slint::{ComponentHandle, SharedString};

use crate::domain::Service;
use crate::words::Key;

use super::super::generated::{App, WaitingModel};
use super::Setting;

/// From here on the screen says how long it has taken.
const TELLS_SECONDS_FROM_S: u64 = 3;

pub(super) fn fill(app: &App, service: Service, seconds: u64, setting: Setting<'_>) {
    let model = app.global::<WaitingModel<'_>>();
    let title = match service {
        Service::Balance => Key::WaitingBalance,
        Service::Insured => Key::WaitingInsured,
        Service::Filing => Key::WaitingFiling,
        Service::Relative => Key::WaitingRelative,
        Service::Hospitals => Key::WaitingHospitals,
        Service::Guide | Service::Offices | Service::Opinion => Key::WaitingOther,
    };
    model.set_title(setting.words.text(title).into());
    model.set_seconds(i32::try_from(seconds).unwrap_or(i32::MAX));
    model.set_text(match seconds {
        TELLS_SECONDS_FROM_S.. => setting.words.waiting_longer(seconds).into(),
        _ => SharedString::new(),
    });
}

pub(super) fn blank(app: &App) {
    let model = app.global::<WaitingModel<'_>>();
    model.set_seconds(0);
    model.set_text(SharedString::new());
}
