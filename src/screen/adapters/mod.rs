//! One adapter a screen: each fills its model from the view and blanks it when its screen is left.

mod balance;
mod fault;
mod filing;
mod home;
mod identify;
mod insured;
mod movements;
mod person;
mod rate;
mod shell;
mod standby;
mod thanks;
mod waiting;

use crate::session::Screen as Shown;
use crate::words::Words;

use super::ScreenOptions;
use super::generated::{App, ScreenName};

pub(super) use shell::{fill as fill_shell, fill_options};
pub(super) use standby::fill_notices;

/// What an adapter may look at besides its own screen.
#[derive(Clone, Copy)]
pub(super) struct Setting<'a> {
    /// Words in the language of the view.
    pub words: &'a Words,
    /// What is configured.
    pub options: &'a ScreenOptions,
    /// Amounts are covered because the resident seems to have gone.
    pub covered: bool,
}

/// Fills the model of the screen that is to be shown and blanks all others.
pub(super) fn fill(app: &App, shown: &Shown, setting: Setting<'_>) {
    let name = name(shown);
    blank_all_but(app, Some(name));
    match shown {
        Shown::Standby(devices) => standby::fill(app, *devices, setting),
        Shown::Home { tiles, more } => home::fill(app, tiles, *more, setting),
        Shown::Identify(identify) => identify::fill(app, identify, setting),
        Shown::WhoAreYou { name, number, expired, relative } => {
            person::fill(app, name, number, *expired, *relative);
        }
        Shown::Waiting { service, seconds } => waiting::fill(app, *service, *seconds, setting),
        Shown::Balance(balance) => balance::fill(app, balance, setting),
        Shown::Movements(movements) => movements::fill(app, movements, setting),
        Shown::Insured { name, accounts } => insured::fill(app, name, accounts, setting),
        Shown::Rate(rate) => rate::fill(app, rate, setting),
        Shown::RateByPhone { address } => rate::fill_by_phone(app, address),
        Shown::Question { text, choices } => rate::fill_question(app, text, choices),
        Shown::Thanks { rated, card_left } => thanks::fill(app, *rated, *card_left),
        Shown::Fault(fault) => fault::fill(app, fault, setting),
        Shown::Elsewhere(service) => fault::fill_elsewhere(app, *service, setting),
        Shown::NotInsured | Shown::Guide | Shown::OutOfService => {}
        Shown::Ask(_)
        | Shown::Places(_)
        | Shown::Writing(_)
        | Shown::Digits(_)
        | Shown::Dates(_)
        | Shown::Review(_)
        | Shown::Filed(_)
        | Shown::Filings(_)
        | Shown::Told(_)
        | Shown::Carry(_)
        | Shown::Hospital(_) => filing::fill(app, shown, setting),
    }
}

/// Empties every model, personal or not, but that of the screen that stays.
pub(super) fn blank_all_but(app: &App, stays: Option<ScreenName>) {
    let leaves = |screens: &[ScreenName]| !stays.is_some_and(|stays| screens.contains(&stays));
    if leaves(&[ScreenName::Identify]) {
        identify::blank(app);
    }
    if leaves(&[ScreenName::WhoAreYou]) {
        person::blank(app);
    }
    if leaves(&[ScreenName::Waiting]) {
        waiting::blank(app);
    }
    if leaves(&[ScreenName::Balance]) {
        balance::blank(app);
    }
    if leaves(&[ScreenName::Movements]) {
        movements::blank(app);
    }
    if leaves(&[ScreenName::Insured]) {
        insured::blank(app);
    }
    if leaves(&[ScreenName::Rate]) {
        rate::blank(app);
    }
    if leaves(&[ScreenName::RateByPhone]) {
        rate::blank_by_phone(app);
    }
    if leaves(&[ScreenName::Question]) {
        rate::blank_question(app);
    }
    if leaves(&[ScreenName::Thanks]) {
        thanks::blank(app);
    }
    filing::blank_all_but(app, stays);
}

/// The name a screen has in `ui/`.
pub(super) fn name(shown: &Shown) -> ScreenName {
    match shown {
        Shown::Standby(_) => ScreenName::Standby,
        Shown::Home { .. } => ScreenName::Home,
        Shown::Identify(_) => ScreenName::Identify,
        Shown::WhoAreYou { .. } => ScreenName::WhoAreYou,
        Shown::Waiting { .. } => ScreenName::Waiting,
        Shown::Balance(_) => ScreenName::Balance,
        Shown::Movements(_) => ScreenName::Movements,
        Shown::Insured { .. } => ScreenName::Insured,
        Shown::NotInsured => ScreenName::NotInsured,
        Shown::Rate(_) => ScreenName::Rate,
        Shown::RateByPhone { .. } => ScreenName::RateByPhone,
        Shown::Question { .. } => ScreenName::Question,
        Shown::Thanks { .. } => ScreenName::Thanks,
        Shown::Fault(_) => ScreenName::Fault,
        Shown::Elsewhere(_) => ScreenName::Elsewhere,
        Shown::Guide => ScreenName::Guide,
        Shown::OutOfService => ScreenName::OutOfService,
        Shown::Ask(_) => ScreenName::Ask,
        Shown::Places(_) => ScreenName::Places,
        Shown::Writing(_) => ScreenName::Writing,
        Shown::Digits(_) => ScreenName::Digits,
        Shown::Dates(_) => ScreenName::Dates,
        Shown::Review(_) => ScreenName::Review,
        Shown::Filed(_) => ScreenName::Filed,
        Shown::Filings(_) => ScreenName::Filings,
        Shown::Told(_) => ScreenName::Told,
        Shown::Carry(_) => ScreenName::Carry,
        Shown::Hospital(_) => ScreenName::Hospital,
    }
}
