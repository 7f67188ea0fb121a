//! The first screen: its tiles, and why one cannot be used.

use slint::{ComponentHandle, SharedString};

use crate::domain::Service;
use crate::session::{Tile, TileState};
use crate::words::Words;

use super::super::generated::{App, HomeModel, ServiceName, TileModel};
use super::super::models::update_rows;
use super::super::presses::SERVICES;
use super::Setting;

pub(super) fn fill(app: &App, tiles: &[Tile], more: bool, setting: Setting<'_>) {
    let model = app.global::<HomeModel<'_>>();
    model.set_more(more);
    let rows = tiles.iter().map(|tile| row(tile, setting.words)).collect();
    if let Some(list) = update_rows(model.get_tiles(), rows) {
        model.set_tiles(list);
    }
}

fn row(tile: &Tile, words: &Words) -> TileModel {
    let reason = words.tile_reason(tile.state).map(SharedString::from).unwrap_or_default();
    TileModel {
        service: service_name(tile.service),
        title: words.service(tile.service).into(),
        subtitle: words.service_subtitle(tile.service).into(),
        enabled: tile.state == TileState::Open,
        reason,
    }
}

fn service_name(service: Service) -> ServiceName {
    SERVICES.iter().find(|(of, _)| *of == service).map(|(_, name)| *name).unwrap_or_default()
}
