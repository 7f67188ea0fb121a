//! The platform is being asked. Bounded: an answer, a refusal, or the time is up.

use super::{Confirm, Fault, Identify, IdleRule, Stage, State};
use crate::domain::{Credential, PersonRecord, Service};
use crate::journey::{Balance, Filing, Insured, NotInsured, Relative};
use crate::session::desk::Desk;
use crate::session::guest::Guest;
use crate::session::{Effect, Event, IdentifyBy, IdentifyNotice, PlatformTrouble, Press, Prompt, Screen, Ticket};

/// Waiting for the platform.
#[derive(Debug)]
pub(crate) struct Lookup {
    guest: Guest,
    service: Option<Service>,
    ticket: Ticket,
    began_ms: u64,
    told_longer: bool,
}

/// From here on the screen says how long it may take.
const LONGER_AFTER_MS: u64 = 3_000;

impl Lookup {
    /// Asks, unless the answer is already known.
    pub fn enter(mut guest: Guest, service: Option<Service>, desk: &mut Desk) -> State {
        if let Some(record) = guest.record.take() {
            return Self::answered(guest.met(record, desk), service, desk);
        }
        let by_card = matches!(guest.credential, Credential::IdCard { .. });
        match service {
            // Who helps needs no insurance of their own.
            Some(Service::Relative) if by_card => return Relative::enter(guest, desk),
            Some(Service::Filing) if by_card && !desk.platform_works => return Filing::for_oneself(guest, desk),
            _ => {}
        }
        let ticket = desk.ticket();
        desk.effect(Effect::Scanner(false));
        desk.effect(Effect::AskPerson(ticket, guest.credential.clone()));
        desk.say(Prompt::Waiting);
        State::Lookup(Self { guest, service, ticket, began_ms: desk.now.tick_ms, told_longer: false })
    }

    /// A card was confirmed before it was looked up; a voucher only now has a name to confirm.
    fn met(self, record: Box<PersonRecord>, desk: &mut Desk) -> State {
        let unconfirmed = matches!(self.guest.credential, Credential::EVoucher(_));
        let guest = self.guest.met(record, desk);
        if unconfirmed { Confirm::enter(guest, self.service, desk) } else { Self::answered(guest, self.service, desk) }
    }

    fn answered(guest: Guest, service: Option<Service>, desk: &mut Desk) -> State {
        let insured = guest.record.as_ref().is_some_and(|record| record.insured());
        match service {
            Some(Service::Relative) => Relative::enter(guest, desk),
            _ if !insured => NotInsured::enter(guest, desk),
            Some(Service::Filing) => Filing::for_oneself(guest, desk),
            Some(Service::Insured) => Insured::enter(guest, desk),
            Some(_) => Balance::enter(guest, desk),
            None => super::Home::enter(Some(guest), desk),
        }
    }

    fn can_file_by_card(&self) -> bool {
        self.service == Some(Service::Filing) && matches!(self.guest.credential, Credential::IdCard { .. })
    }

    fn failed(self, trouble: PlatformTrouble, desk: &mut Desk) -> State {
        let service = self.service.unwrap_or(Service::Balance);
        match trouble {
            PlatformTrouble::NotFound => NotInsured::enter(self.guest, desk),
            PlatformTrouble::StaleVoucher => {
                drop(self);
                desk.wipe();
                Identify::enter_by(IdentifyBy::EVoucher, service, Some(IdentifyNotice::StaleVoucher), desk)
            }
            PlatformTrouble::Unreachable if self.can_file_by_card() => Filing::for_oneself(self.guest, desk),
            PlatformTrouble::Unreachable | PlatformTrouble::Refused => Fault::platform(self.guest, self.service, desk),
        }
    }
}

impl Stage for Lookup {
    fn on(mut self, event: Event, desk: &mut Desk) -> State {
        match event {
            Event::Person(ticket, answer) if ticket == self.ticket => match answer {
                Ok(record) => self.met(record, desk),
                Err(trouble) => self.failed(trouble, desk),
            },
            Event::Tick => {
                let waited_ms = desk.now.tick_ms.saturating_sub(self.began_ms);
                if waited_ms >= desk.config.limits.lookup_ms {
                    return self.failed(PlatformTrouble::Unreachable, desk);
                }
                if waited_ms >= LONGER_AFTER_MS && !self.told_longer {
                    self.told_longer = true;
                    desk.say(Prompt::WaitingLonger);
                }
                State::Lookup(self)
            }
            Event::Press(Press::Back) => self.leave(desk),
            _ => State::Lookup(self),
        }
    }

    fn screen(&self, desk: &Desk) -> Screen {
        Screen::Waiting {
            service: self.service.unwrap_or(Service::Balance),
            seconds: desk.now.tick_ms.saturating_sub(self.began_ms) / 1000,
        }
    }

    fn prompt(&self, _: &Desk) -> Prompt {
        if self.told_longer { Prompt::WaitingLonger } else { Prompt::Waiting }
    }

    fn idle_rule(&self) -> IdleRule {
        IdleRule::Never
    }

    fn in_visit(&self) -> bool {
        true
    }
}
