//! One designated hospital, as the list has it.

use slint::{ComponentHandle, SharedString};

use crate::session::HospitalCard;

use super::super::super::generated::{App, HospitalModel};
use super::Setting;

pub(super) fn fill(app: &App, hospital: &HospitalCard, setting: Setting<'_>) {
    let model = app.global::<HospitalModel<'_>>();
    model.set_name(hospital.name.as_str().into());
    model.set_subtitle(setting.words.pair(hospital.place.clone(), hospital.level.clone()).into());
    model.set_address(hospital.address.as_str().into());
    model.set_phone(hospital.phone.as_str().into());
    let services = hospital.services.iter().cloned();
    model.set_services(services.reduce(|all, one| setting.words.pair(all, one)).unwrap_or_default().into());
}

pub(super) fn blank(app: &App) {
    let model = app.global::<HospitalModel<'_>>();
    model.set_name(SharedString::new());
    model.set_subtitle(SharedString::new());
    model.set_address(SharedString::new());
    model.set_phone(SharedString::new());
    model.set_services(SharedString::new());
}
