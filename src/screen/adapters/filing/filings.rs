//! Filings on record.

use slint::{ComponentHandle, SharedString};

use crate::domain::filing::FiledStatus;
use crate::session::{FilingLine, Filings, LineStatus};
use crate::words::{Key, Words};

use super::super::super::generated::{App, FilingModel, FilingsModel};
use super::super::super::models::{hand_over, update_rows};
use super::Setting;

pub(super) fn fill(app: &App, filings: &Filings, setting: Setting<'_>) {
    let words = setting.words;
    let model = app.global::<FilingsModel<'_>>();
    model.set_title(hand_over(words.filings_title(filings.name.as_str())));
    let picked = filings.picked.map(usize::from);
    let rows = filings.lines.iter().enumerate();
    let rows = rows.map(|(place, line)| FilingModel { picked: picked == Some(place), ..row(line, words) });
    if let Some(list) = update_rows(model.get_lines(), rows.collect()) {
        model.set_lines(list);
    }
    let line = picked.and_then(|place| filings.lines.get(place));
    model.set_picked(line.is_some());
    model.set_can_cancel(line.is_some_and(|line| line.can_cancel));
    model.set_can_extend(line.is_some_and(|line| line.can_extend));
    model.set_platform_away(filings.platform_away);
}

pub(super) fn blank(app: &App) {
    let model = app.global::<FilingsModel<'_>>();
    model.set_title(SharedString::new());
    update_rows(model.get_lines(), Vec::new());
    model.set_picked(false);
    model.set_platform_away(false);
}

fn row(line: &FilingLine, words: &Words) -> FilingModel {
    let place = if line.place.is_empty() { words.text(Key::FilingsCancelWaits) } else { line.place.clone() };
    let told = match &line.status {
        LineStatus::Waiting(code) => words.filing_waiting_code(code.as_str()),
        LineStatus::Rejected(why) if !why.is_empty() => words.filed_why(why.as_str()),
        LineStatus::Platform(_) | LineStatus::Rejected(_) => String::new(),
    };
    let waits = line.change_from.map(|day| words.filings_change_from(words.full_date(day))).unwrap_or_default();
    FilingModel {
        place: hand_over(place),
        category: line.category.map(|category| words.category(category).into()).unwrap_or_default(),
        period: line.period.map(|period| hand_over(words.period(period))).unwrap_or_default(),
        status: words.line_status(&line.status).into(),
        note: hand_over(if told.is_empty() { waits } else { told }),
        good: line.status == LineStatus::Platform(FiledStatus::Valid),
        bad: matches!(line.status, LineStatus::Rejected(_)),
        picked: false,
        can_cancel: line.can_cancel,
        can_extend: line.can_extend,
    }
}
