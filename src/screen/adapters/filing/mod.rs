//! The screens of a filing, of writing and of the hospital search: each fills its model and blanks it when it is left.

mod ask;
mod dates;
mod digits;
mod filed;
mod filings;
mod hospital;
mod places;
mod review;
mod told;
mod writing;

use slint::{ComponentHandle, SharedString};

use crate::session::{Screen as Shown, Step};
use crate::words::args;

use super::super::generated::{App, ScreenName, StepModel};
use super::Setting;

/// Fills the model of one of these screens; other screens are none of its business.
pub(super) fn fill(app: &App, shown: &Shown, setting: Setting<'_>) {
    fill_step(app, step(shown), setting);
    match shown {
        Shown::Ask(ask) => ask::fill(app, ask, setting),
        Shown::Places(places) => places::fill(app, places, setting),
        Shown::Writing(writing) => writing::fill(app, writing, setting),
        Shown::Digits(digits) => digits::fill(app, digits, setting),
        Shown::Dates(dates) => dates::fill(app, dates, setting),
        Shown::Review(review) => review::fill(app, review, setting),
        Shown::Filed(filed) => filed::fill(app, filed, setting),
        Shown::Filings(filings) => filings::fill(app, filings, setting),
        Shown::Told(told) => told::fill(app, told, setting),
        Shown::Carry(carry) => filed::fill_carry(app, carry),
        Shown::Hospital(hospital) => hospital::fill(app, hospital, setting),
        _ => {}
    }
}

/// A screen and what empties its model.
type Blank = (ScreenName, fn(&App));

/// Empties the models of these screens, but that of the one that stays.
pub(super) fn blank_all_but(app: &App, stays: Option<ScreenName>) {
    let blanks: [Blank; 11] = [
        (ScreenName::Ask, ask::blank),
        (ScreenName::Places, places::blank),
        (ScreenName::Writing, writing::blank),
        (ScreenName::Digits, digits::blank),
        (ScreenName::Dates, dates::blank),
        (ScreenName::Review, review::blank),
        (ScreenName::Filed, filed::blank),
        (ScreenName::Filings, filings::blank),
        (ScreenName::Told, told::blank),
        (ScreenName::Carry, filed::blank_carry),
        (ScreenName::Hospital, hospital::blank),
    ];
    for (_, blank) in blanks.iter().filter(|(screen, _)| Some(*screen) != stays) {
        blank(app);
    }
}

fn step(shown: &Shown) -> Option<Step> {
    match shown {
        Shown::Ask(ask) => ask.step,
        Shown::Places(places) => places.step,
        Shown::Writing(writing) => writing.step,
        Shown::Digits(digits) => digits.step,
        Shown::Dates(dates) => dates.step,
        Shown::Review(review) => review.step,
        Shown::Told(crate::session::Told::Before { step, .. }) => *step,
        _ => None,
    }
}

fn fill_step(app: &App, step: Option<Step>, setting: Setting<'_>) {
    let model = app.global::<StepModel<'_>>();
    model.set_now(step.map_or(0, |step| step.now.into()));
    model.set_of(step.map_or(0, |step| step.of.into()));
    model.set_text(match step {
        Some(Step { now, of }) => setting.words.filing_step(args::FilingStep { now: now.into(), of: of.into() }).into(),
        None => SharedString::new(),
    });
}
