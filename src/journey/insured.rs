//! 参保信息: each insurance in each area, and what to do where there is none.

use super::Rate;
use super::lines::account_line;
use crate::domain::{Matter, Service};
use crate::session::desk::Desk;
use crate::session::guest::Guest;
use crate::session::states::{Afterwards, Stage, State, Thanks};
use crate::session::{Event, Press, Prompt, Screen, Ticket};

/// The insurances are on the screen.
#[derive(Debug)]
pub(crate) struct Insured {
    guest: Guest,
    matter: Matter,
    matter_ticket: Ticket,
    matter_kept: bool,
}

impl Insured {
    pub fn enter(guest: Guest, desk: &mut Desk) -> State {
        let matter = guest.finish_matter(Service::Insured, desk);
        let matter_ticket = desk.last_ticket();
        desk.say(Prompt::InsuredShown);
        State::Insured(Self { guest, matter, matter_ticket, matter_kept: true })
    }

    fn finish(self, desk: &mut Desk, afterwards: Afterwards) -> State {
        let Self { guest, matter, matter_ticket, matter_kept, .. } = self;
        drop(guest);
        if matter_kept {
            Rate::enter(matter, matter_ticket, afterwards, desk)
        } else {
            Thanks::end_visit(afterwards, desk)
        }
    }
}

impl Stage for Insured {
    fn on(mut self, event: Event, desk: &mut Desk) -> State {
        match event {
            Event::NotStored(ticket) if ticket == self.matter_ticket => self.matter_kept = false,
            Event::Press(Press::Finish) => return self.finish(desk, Afterwards::Standby),
            Event::Press(Press::Back) => return self.leave(desk),
            _ => {}
        }
        State::Insured(self)
    }

    fn screen(&self, _: &Desk) -> Screen {
        let accounts = self.guest.record.as_ref().map(|record| &record.accounts[..]).unwrap_or_default();
        Screen::Insured { name: self.guest.masked_name(), accounts: accounts.iter().map(account_line).collect() }
    }

    fn prompt(&self, _: &Desk) -> Prompt {
        Prompt::InsuredShown
    }

    fn leave(self, desk: &mut Desk) -> State {
        self.finish(desk, Afterwards::Home)
    }

    fn in_visit(&self) -> bool {
        true
    }
}

/// Nobody by this credential is insured here. No matter was done, so there is nothing to rate.
#[derive(Debug)]
pub(crate) struct NotInsured;

impl NotInsured {
    pub fn enter(guest: Guest, desk: &mut Desk) -> State {
        drop(guest);
        desk.wipe_copies();
        desk.say(Prompt::NotInsured);
        State::NotInsured(Self)
    }
}

impl Stage for NotInsured {
    fn on(self, event: Event, desk: &mut Desk) -> State {
        match event {
            Event::Press(Press::Finish) => Thanks::end_visit(Afterwards::Standby, desk),
            Event::Press(Press::Back) => self.leave(desk),
            _ => State::NotInsured(self),
        }
    }

    fn screen(&self, _: &Desk) -> Screen {
        Screen::NotInsured
    }

    fn prompt(&self, _: &Desk) -> Prompt {
        Prompt::NotInsured
    }

    fn in_visit(&self) -> bool {
        true
    }
}
