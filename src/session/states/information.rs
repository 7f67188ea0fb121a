//! Screens that only tell: what to bring, and where a service is done that this kiosk does not do.

use super::{Home, Stage, State};
use crate::domain::Service;
use crate::session::desk::Desk;
use crate::session::guest::Guest;
use crate::session::{Event, Press, Prompt, Screen};

/// What is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Topic {
    /// 办事指南.
    Guide,
    /// Done at the window or by phone.
    Elsewhere(Service),
}

/// A screen that only tells.
#[derive(Debug)]
pub(crate) struct Information {
    topic: Topic,
    guest: Option<Guest>,
}

impl Information {
    pub fn about(service: Service, guest: Option<Guest>, desk: &mut Desk) -> State {
        let topic = if service == Service::Guide { Topic::Guide } else { Topic::Elsewhere(service) };
        let state = Self { topic, guest };
        desk.say(state.prompt(desk));
        State::Information(state)
    }
}

impl Stage for Information {
    fn on(self, event: Event, desk: &mut Desk) -> State {
        match event {
            Event::Press(Press::Back | Press::Finish) => Home::enter(self.guest, desk),
            Event::CardRead(card) => Home::welcome_card(&card, desk),
            Event::Scanned(voucher) => Home::welcome_voucher(voucher, desk),
            _ => State::Information(self),
        }
    }

    fn screen(&self, _: &Desk) -> Screen {
        match self.topic {
            Topic::Guide => Screen::Guide,
            Topic::Elsewhere(service) => Screen::Elsewhere(service),
        }
    }

    fn prompt(&self, _: &Desk) -> Prompt {
        match self.topic {
            Topic::Guide => Prompt::Guide,
            Topic::Elsewhere(service) => Prompt::Elsewhere(service),
        }
    }

    fn in_visit(&self) -> bool {
        self.guest.is_some()
    }
}
