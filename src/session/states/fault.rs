//! Something fails that is not the resident's fault: what happened, and what can be done instead.

use super::{Home, Identify, Lookup, Stage, State};
use crate::domain::Service;
use crate::session::desk::Desk;
use crate::session::guest::Guest;
use crate::session::{Effect, Event, FaultKind, IdentifyBy, Press, Prompt, Screen, Tone};

/// A device or the platform fails.
#[derive(Debug)]
pub(crate) struct Fault {
    what: FaultKind,
    service: Option<Service>,
    /// Kept so that “再试一次” needs no second card.
    guest: Option<Guest>,
}

impl Fault {
    /// A device fails while it is needed.
    pub fn enter(what: FaultKind, service: Service, desk: &mut Desk) -> State {
        Self { what, service: Some(service), guest: None }.announce(desk)
    }

    /// The platform does not answer.
    pub fn platform(guest: Guest, service: Option<Service>, desk: &mut Desk) -> State {
        Self { what: FaultKind::Platform, service, guest: Some(guest) }.announce(desk)
    }

    fn announce(self, desk: &mut Desk) -> State {
        desk.tone(Tone::Attention);
        desk.effect(Effect::Scanner(false));
        desk.effect(Effect::CallStaff);
        desk.say(self.prompt(desk));
        State::Fault(self)
    }

    fn try_again(self, desk: &mut Desk) -> State {
        let service = self.service.unwrap_or(Service::Balance);
        match (self.what, self.guest) {
            (FaultKind::Platform, Some(guest)) => Lookup::enter(guest, self.service, desk),
            _ => Identify::enter(service, desk),
        }
    }
}

impl Stage for Fault {
    fn on(self, event: Event, desk: &mut Desk) -> State {
        let service = self.service.unwrap_or(Service::Balance);
        match event {
            Event::Device(kind, state) if self.what == FaultKind::Device(kind) && state.usable() => {
                let next = Identify::enter(service, desk);
                desk.say(Prompt::DeviceBack(kind));
                next
            }
            Event::Press(Press::ByEVoucher) => Identify::enter_by(IdentifyBy::EVoucher, service, None, desk),
            Event::Press(Press::ByIdCard) => Identify::enter_by(IdentifyBy::IdCard, service, None, desk),
            Event::Press(Press::TryAgain) => self.try_again(desk),
            Event::Press(Press::Back) if self.guest.is_some() => self.leave(desk),
            Event::Press(Press::Back) => Home::enter(None, desk),
            Event::CardRead(card) => Home::welcome_card(&card, desk),
            Event::Scanned(voucher) => Home::welcome_voucher(voucher, desk),
            _ => State::Fault(self),
        }
    }

    fn screen(&self, desk: &Desk) -> Screen {
        Screen::Fault(crate::session::Fault {
            what: self.what,
            service: self.service.unwrap_or(Service::Balance),
            devices: desk.devices,
        })
    }

    fn prompt(&self, desk: &Desk) -> Prompt {
        match self.what {
            FaultKind::Device(_) if desk.devices.is_empty() => Prompt::NoDevice,
            FaultKind::Device(kind) => Prompt::DeviceFault(kind),
            FaultKind::Platform => Prompt::PlatformFault,
        }
    }

    fn in_visit(&self) -> bool {
        self.guest.is_some()
    }
}
