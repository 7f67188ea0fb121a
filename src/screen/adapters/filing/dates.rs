//! From which day, and for how long.

use jiff::civil::Date;
use slint::{ComponentHandle, SharedString};

use crate::session::{Dates, Length, Stepper};
use crate::words::{Key, Words};

use super::super::super::generated::{App, DatesModel, StepperModel};
use super::super::super::models::update_rows;
use super::super::super::presses::stepper_index;
use super::Setting;

pub(super) fn fill(app: &App, dates: &Dates, setting: Setting<'_>) {
    let words = setting.words;
    let model = app.global::<DatesModel<'_>>();
    let open = dates.length == Length::OpenEnded;
    model.set_title(words.text(if open { Key::DatesTitle } else { Key::DatesLongTitle }).into());
    model.set_day(words.full_date(dates.begin).into());
    let today = if dates.today { words.text(Key::DatesToday) } else { String::new() };
    model.set_day_note(words.pair(words.weekday(dates.begin), today).into());
    model.set_length(match dates.length {
        Length::OpenEnded => words.text(Key::DatesOpen).into(),
        Length::Months(months, until) => {
            words.pair(words.dates_months(months), words.dates_until(words.full_date(until))).into()
        }
    });
    let rows = dates.steppers.iter().map(|(stepper, less, more)| StepperModel {
        can_less: *less,
        can_more: *more,
        ..row(*stepper, dates.begin, dates.length, words)
    });
    if let Some(list) = update_rows(model.get_steppers(), rows.collect()) {
        model.set_steppers(list);
    }
}

pub(super) fn blank(app: &App) {
    let model = app.global::<DatesModel<'_>>();
    model.set_day(SharedString::new());
    model.set_day_note(SharedString::new());
    model.set_length(SharedString::new());
    update_rows(model.get_steppers(), Vec::new());
}

fn row(stepper: Stepper, begin: Date, length: Length, words: &Words) -> StepperModel {
    let months = match length {
        Length::OpenEnded => String::new(),
        Length::Months(months, _) => words.dates_months(months),
    };
    let (value, less, more) = match stepper {
        Stepper::Year => (words.dates_year(begin.year().to_string()), Key::DatesYearDown, Key::DatesYearUp),
        Stepper::Month => (words.month(begin), Key::DatesMonthDown, Key::DatesMonthUp),
        Stepper::Day => (words.dates_day(begin.day()), Key::DatesDayDown, Key::DatesDayUp),
        Stepper::Months => (months, Key::DatesMonthsDown, Key::DatesMonthsUp),
    };
    StepperModel {
        index: stepper_index(stepper),
        value: value.into(),
        less: words.text(less).into(),
        more: words.text(more).into(),
        can_less: false,
        can_more: false,
    }
}
