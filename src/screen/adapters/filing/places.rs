//! Where to: common places and provinces, or the cities of one.

use slint::{ComponentHandle, SharedString};

use crate::domain::Service;
use crate::session::Places;
use crate::words::Key;

use super::super::super::generated::{App, PlacesModel};
use super::super::super::models::update_rows;
use super::Setting;

pub(super) fn fill(app: &App, places: &Places, setting: Setting<'_>) {
    let words = setting.words;
    let model = app.global::<PlacesModel<'_>>();
    model.set_title(match (&places.province, places.service) {
        (Some(province), _) => words.places_city(province.as_str()).into(),
        (None, Service::Hospitals) => words.text(Key::PlacesHospitalTitle).into(),
        (None, _) => words.text(Key::PlacesTitle).into(),
    });
    let common = places.province.is_none() && places.page == 0;
    model.set_label(words.text(if common { Key::PlacesCommon } else { Key::PlacesAll }).into());
    model.set_chosen(places.chosen.map_or(-1, i32::from));
    if let Some(list) = update_rows(model.get_names(), places.names.iter().map(SharedString::from).collect()) {
        model.set_names(list);
    }
    model.set_has_next(places.page + 1 < places.pages);
    model.set_has_previous(places.page > 0);
}

pub(super) fn blank(app: &App) {
    let model = app.global::<PlacesModel<'_>>();
    model.set_title(SharedString::new());
    model.set_chosen(-1);
    update_rows(model.get_names(), Vec::new());
    model.set_has_next(false);
    model.set_has_previous(false);
}
