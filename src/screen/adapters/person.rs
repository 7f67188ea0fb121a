//! Is this you? Name and number come masked.

use slint::{ComponentHandle, SharedString};

use super::super::generated::{App, PersonModel};

pub(super) fn fill(app: &App, name: &str, number: &str, expired: bool, relative: bool) {
    let model = app.global::<PersonModel<'_>>();
    model.set_name(name.into());
    model.set_number(number.into());
    model.set_expired(expired);
    model.set_relative(relative);
}

pub(super) fn blank(app: &App) {
    let model = app.global::<PersonModel<'_>>();
    model.set_name(SharedString::new());
    model.set_number(SharedString::new());
    model.set_expired(false);
}
