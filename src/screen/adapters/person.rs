//! Is this you? Name and number come masked.

use slint::{ComponentHandle, SharedString};

use super::super::fonts::{NamePiece, pieces};
use super::super::generated::{App, NamePieceModel, PersonModel};
use super::super::models::{hand_over, update_rows};

pub(super) fn fill(app: &App, name: &str, number: &str, expired: bool, relative: bool) {
    let model = app.global::<PersonModel<'_>>();
    model.set_name(name.into());
    if let Some(list) = update_rows(model.get_pieces(), rows(name)) {
        model.set_pieces(list);
    }
    model.set_number(number.into());
    model.set_expired(expired);
    model.set_relative(relative);
}

pub(super) fn blank(app: &App) {
    let model = app.global::<PersonModel<'_>>();
    model.set_name(SharedString::new());
    update_rows(model.get_pieces(), Vec::new());
    model.set_number(SharedString::new());
    model.set_expired(false);
}

/// The parts of a name with a code in it; none where letters alone make it up.
fn rows(name: &str) -> Vec<NamePieceModel> {
    let parts = pieces(name);
    if parts.iter().all(|part| !part.coded) {
        return Vec::new();
    }
    parts.into_iter().map(|NamePiece { text, coded }| NamePieceModel { text: hand_over(text), coded }).collect()
}
