//! The states of a visit, one file each, and the moves between them.
//!
//! A state owns what it knows of a person. Moving on hands it over or drops it, and dropping wipes it.

mod confirm;
mod fault;
mod home;
mod identify;
mod information;
mod lookup;
mod standby;
mod thanks;

pub(crate) use confirm::Confirm;
pub(crate) use fault::Fault;
pub(crate) use home::Home;
pub(crate) use identify::Identify;
pub(crate) use information::Information;
pub(crate) use lookup::Lookup;
pub(crate) use standby::{OutOfService, Standby};
pub(crate) use thanks::{Afterwards, Thanks};

use super::desk::Desk;
use super::{Event, Prompt, Screen};
use crate::journey::{
    Answering, Balance, Filed, Filing, Hospitals, Insured, Movements, NotInsured, PhoneRating, Rate, Relative,
};

/// Where a visit stands.
#[derive(Debug)]
pub(crate) enum State {
    OutOfService(OutOfService),
    Standby(Standby),
    Home(Home),
    Identify(Identify),
    Confirm(Confirm),
    Lookup(Lookup),
    Balance(Balance),
    Movements(Movements),
    Insured(Insured),
    NotInsured(NotInsured),
    Filing(Filing),
    Relative(Relative),
    Filed(Filed),
    Hospitals(Hospitals),
    Rate(Rate),
    PhoneRating(PhoneRating),
    Answering(Answering),
    Thanks(Thanks),
    Fault(Fault),
    Information(Information),
}

/// When the idle prompt comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum IdleRule {
    /// After the usual time without a press.
    Prompt,
    /// Never: nobody is here, or the state has a limit of its own.
    Never,
}

/// What every state can do.
pub(crate) trait Stage: Sized {
    /// The next state. An event that means nothing here leaves everything as it is.
    fn on(self, event: Event, desk: &mut Desk) -> State;
    /// What is shown.
    fn screen(&self, desk: &Desk) -> Screen;
    /// What this screen is, in one utterance.
    fn prompt(&self, desk: &Desk) -> Prompt;
    /// 回首页: away from here, everything personal wiped.
    fn leave(self, desk: &mut Desk) -> State {
        drop(self);
        Thanks::end_visit(Afterwards::Home, desk)
    }
    /// Whether “上一步” leads anywhere.
    fn can_go_back(&self) -> bool {
        true
    }
    /// When the idle prompt comes.
    fn idle_rule(&self) -> IdleRule {
        IdleRule::Prompt
    }
    /// Whether a visit runs, so that another card means another person.
    fn in_visit(&self) -> bool {
        false
    }
    /// Whether another person's card belongs here and does not end the visit.
    fn awaits_second_person(&self) -> bool {
        false
    }
    /// Counts the screens a state has shown, so that its next one is known as new.
    fn turn(&self) -> u32 {
        0
    }
}

macro_rules! each_state {
    ($state:expr, $inner:ident => $do:expr) => {
        match $state {
            State::OutOfService($inner) => $do,
            State::Standby($inner) => $do,
            State::Home($inner) => $do,
            State::Identify($inner) => $do,
            State::Confirm($inner) => $do,
            State::Lookup($inner) => $do,
            State::Balance($inner) => $do,
            State::Movements($inner) => $do,
            State::Insured($inner) => $do,
            State::NotInsured($inner) => $do,
            State::Filing($inner) => $do,
            State::Relative($inner) => $do,
            State::Filed($inner) => $do,
            State::Hospitals($inner) => $do,
            State::Rate($inner) => $do,
            State::PhoneRating($inner) => $do,
            State::Answering($inner) => $do,
            State::Thanks($inner) => $do,
            State::Fault($inner) => $do,
            State::Information($inner) => $do,
        }
    };
}

impl State {
    pub fn on(self, event: Event, desk: &mut Desk) -> State {
        each_state!(self, state => state.on(event, desk))
    }

    pub fn leave(self, desk: &mut Desk) -> State {
        each_state!(self, state => state.leave(desk))
    }

    pub fn screen(&self, desk: &Desk) -> Screen {
        each_state!(self, state => state.screen(desk))
    }

    pub fn prompt(&self, desk: &Desk) -> Prompt {
        each_state!(self, state => state.prompt(desk))
    }

    pub fn can_go_back(&self) -> bool {
        each_state!(self, state => state.can_go_back())
    }

    pub fn idle_rule(&self) -> IdleRule {
        each_state!(self, state => state.idle_rule())
    }

    pub fn in_visit(&self) -> bool {
        each_state!(self, state => state.in_visit())
    }

    pub fn awaits_second_person(&self) -> bool {
        each_state!(self, state => state.awaits_second_person())
    }

    /// Which screen this is: the state, and which of its screens.
    pub fn place(&self) -> (std::mem::Discriminant<State>, u32) {
        (std::mem::discriminant(self), each_state!(self, state => state.turn()))
    }
}
