//! The end of a visit.

use slint::ComponentHandle;

use super::super::generated::{App, ThanksModel};

pub(super) fn fill(app: &App, rated: bool, card_left: bool) {
    let model = app.global::<ThanksModel<'_>>();
    model.set_rated(rated);
    model.set_card_left(card_left);
}

pub(super) fn blank(app: &App) {
    fill(app, false, false);
}
