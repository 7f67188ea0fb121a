//! What fails and what to do instead, and what is done elsewhere. Nothing personal stands here.

use slint::ComponentHandle;

use crate::domain::{DeviceKind, Service};
use crate::session::{Fault, FaultKind};
use crate::words::Key;

use super::super::generated::{App, ElsewhereModel, FaultModel};
use super::Setting;

pub(super) fn fill(app: &App, fault: &Fault, setting: Setting<'_>) {
    let platform = fault.what == FaultKind::Platform;
    let model = app.global::<FaultModel<'_>>();
    let title = match fault.what {
        FaultKind::Device(_) if fault.devices.is_empty() => Key::FaultBoth,
        FaultKind::Device(DeviceKind::IdReader) => Key::FaultIdReader,
        FaultKind::Device(DeviceKind::Scanner) => Key::FaultScanner,
        FaultKind::Platform => Key::FaultPlatform,
    };
    model.set_title(setting.words.text(title).into());
    model.set_platform(platform);
    model.set_offer_card(!platform && fault.devices.id_reader);
    model.set_offer_voucher(!platform && fault.devices.scanner);
}

pub(super) fn fill_elsewhere(app: &App, service: Service, setting: Setting<'_>) {
    let model = app.global::<ElsewhereModel<'_>>();
    model.set_title(setting.words.service(service).into());
    model.set_text(setting.words.elsewhere(service).into());
}
