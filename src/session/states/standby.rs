//! Nobody is here: the attract screen, and the closed machine.

use super::{Home, IdleRule, Stage, State};
use crate::session::desk::Desk;
use crate::session::{Event, Press, Prompt, Screen};

/// What passers-by see.
#[derive(Debug)]
pub(crate) struct Standby;

impl Standby {
    /// Back to the beginning, modes as at the start.
    pub fn enter(desk: &mut Desk) -> State {
        desk.reset_modes();
        desk.hush();
        desk.caption = None;
        if desk.ledger_works { State::Standby(Self) } else { State::OutOfService(OutOfService) }
    }
}

impl Stage for Standby {
    fn on(self, event: Event, desk: &mut Desk) -> State {
        match event {
            Event::Press(Press::Start) => Home::enter(None, desk),
            Event::CardRead(card) => Home::welcome_card(&card, desk),
            Event::Scanned(voucher) => Home::welcome_voucher(voucher, desk),
            Event::Ledger(false) => State::OutOfService(OutOfService),
            _ => State::Standby(self),
        }
    }

    fn screen(&self, desk: &Desk) -> Screen {
        Screen::Standby(desk.devices)
    }

    fn prompt(&self, _: &Desk) -> Prompt {
        Prompt::Standby
    }

    fn leave(self, desk: &mut Desk) -> State {
        Home::enter(None, desk)
    }

    fn can_go_back(&self) -> bool {
        false
    }

    fn idle_rule(&self) -> IdleRule {
        IdleRule::Never
    }
}

/// The ledger cannot be written: nothing is begun that could be lost.
#[derive(Debug)]
pub(crate) struct OutOfService;

impl Stage for OutOfService {
    fn on(self, event: Event, desk: &mut Desk) -> State {
        match event {
            Event::Ledger(true) => Standby::enter(desk),
            _ => State::OutOfService(self),
        }
    }

    fn screen(&self, _: &Desk) -> Screen {
        Screen::OutOfService
    }

    fn prompt(&self, _: &Desk) -> Prompt {
        Prompt::OutOfService
    }

    fn leave(self, _: &mut Desk) -> State {
        State::OutOfService(self)
    }

    fn can_go_back(&self) -> bool {
        false
    }

    fn idle_rule(&self) -> IdleRule {
        IdleRule::Never
    }
}
