//! Is this you? A masked name and number, before anything of this person is shown.

use super::{Home, Identify, Lookup, Stage, State};
use crate::domain::Service;
use crate::session::desk::Desk;
use crate::session::guest::Guest;
use crate::session::{Event, Press, Prompt, Screen};

/// Waiting for “是我”.
#[derive(Debug)]
pub(crate) struct Confirm {
    guest: Guest,
    service: Option<Service>,
}

impl Confirm {
    pub fn enter(guest: Guest, service: Option<Service>, desk: &mut Desk) -> State {
        let state = Self { guest, service };
        desk.say(state.prompt(desk));
        State::Confirm(state)
    }
}

impl Stage for Confirm {
    fn on(self, event: Event, desk: &mut Desk) -> State {
        match event {
            Event::Press(Press::ItIsMe) => match self.service {
                Some(service) => Lookup::enter(self.guest, Some(service), desk),
                None => Home::enter(Some(self.guest), desk),
            },
            Event::Press(Press::NotMe | Press::Back) => {
                let service = self.service;
                drop(self);
                desk.wipe();
                match service {
                    Some(service) => Identify::enter(service, desk),
                    None => Home::enter(None, desk),
                }
            }
            _ => State::Confirm(self),
        }
    }

    fn screen(&self, _: &Desk) -> Screen {
        Screen::WhoAreYou {
            name: self.guest.masked_name(),
            number: self.guest.masked_number(),
            expired: self.guest.card_expired,
            relative: false,
        }
    }

    fn prompt(&self, _: &Desk) -> Prompt {
        if self.guest.card_expired { Prompt::CardExpired } else { Prompt::WhoAreYou }
    }

    fn in_visit(&self) -> bool {
        true
    }
}
