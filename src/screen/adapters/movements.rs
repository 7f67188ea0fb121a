//! All movements, a page at a time.

use slint::{ComponentHandle, SharedString};

use crate::session::{MovementLine, Movements};
use crate::words::{Key, Words, args};

use super::super::generated::{App, MovementModel, MovementsModel};
use super::super::models::{hand_over, update_rows};
use super::Setting;

pub(super) fn fill(app: &App, movements: &Movements, setting: Setting<'_>) {
    let covered = setting.covered || movements.covered;
    let model = app.global::<MovementsModel<'_>>();
    let rows = movements.lines.iter().map(|line| row(line, covered, setting.words)).collect();
    if let Some(list) = update_rows(model.get_lines(), rows) {
        model.set_lines(list);
    }
    let pages = args::MovementsPage { page: (movements.page + 1).into(), pages: movements.pages.into() };
    model.set_page_text(setting.words.movements_page(pages).into());
    model.set_has_next(movements.page + 1 < movements.pages);
    model.set_has_previous(movements.page > 0);
}

pub(super) fn blank(app: &App) {
    let model = app.global::<MovementsModel<'_>>();
    update_rows(model.get_lines(), Vec::new());
    model.set_page_text(SharedString::new());
    model.set_has_next(false);
    model.set_has_previous(false);
}

/// One movement as a row; also the balance screen's.
pub(super) fn row(line: &MovementLine, covered: bool, words: &Words) -> MovementModel {
    let day = words.day(line.on);
    let detail = match line.place.as_str() {
        "" => day,
        place => words.movement_detail(args::MovementDetail { date: day.into(), place: place.into() }),
    };
    let amount = if covered { words.text(Key::AmountCovered) } else { line.amount.signed() };
    MovementModel {
        what: line.what.as_str().into(),
        detail: hand_over(detail),
        amount: hand_over(amount),
        income: line.amount.0 >= 0,
    }
}
