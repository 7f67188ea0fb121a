//! The platform is being asked about the relative, or about who is bound to the family account. Bounded.

use super::{At, Ending, Helper, Relative, Subject};
use crate::domain::filing::FamilyMember;
use crate::domain::{Credential, PersonRecord, Service};
use crate::session::desk::Desk;
use crate::session::guest::Guest;
use crate::session::states::{Fault, State};
use crate::session::{Effect, Event, IdentifyBy, IdentifyNotice, PersonKey, PlatformTrouble, Prompt, Screen, Ticket};

/// A question to the platform.
#[derive(Debug)]
pub(super) struct Looking {
    ticket: Ticket,
    about: About,
    began_ms: u64,
    told_longer: bool,
}

#[derive(Debug)]
enum About {
    Person(Credential, Helper),
    Family,
}

/// From here on the screen says how long it may take.
const LONGER_AFTER_MS: u64 = 3_000;
/// The list has no more members than a screen.
const FAMILY_MAX: usize = 6;

impl Looking {
    pub fn person(credential: Credential, helper: Helper, desk: &mut Desk) -> Self {
        let ticket = desk.ticket();
        desk.effect(Effect::AskPerson(ticket, credential.clone()));
        Self::new(ticket, About::Person(credential, helper), desk)
    }

    pub fn family(visitor: &Guest, desk: &mut Desk) -> Self {
        let ticket = desk.ticket();
        let person_number = visitor.record.as_ref().map(|record| record.person_number.clone()).unwrap_or_default();
        if let Some(certificate) = visitor.certificate().cloned() {
            desk.effect(Effect::AskFamily(ticket, PersonKey { person_number, certificate }));
        }
        Self::new(ticket, About::Family, desk)
    }

    fn new(ticket: Ticket, about: About, desk: &Desk) -> Self {
        Self { ticket, about, began_ms: desk.now.tick_ms, told_longer: false }
    }

    fn waited_ms(&self, desk: &Desk) -> u64 {
        desk.now.tick_ms.saturating_sub(self.began_ms)
    }

    pub fn on(mut self, event: Event, relative: Relative, desk: &mut Desk) -> State {
        match event {
            Event::Person(ticket, answer) if ticket == self.ticket => self.told(answer, relative, desk),
            Event::Family(ticket, answer) if ticket == self.ticket => family(answer, relative, desk),
            Event::Tick if self.waited_ms(desk) >= desk.config.limits.lookup_ms => match self.about {
                About::Person(..) => self.told(Err(PlatformTrouble::Unreachable), relative, desk),
                About::Family => family(Err(PlatformTrouble::Unreachable), relative, desk),
            },
            Event::Tick if self.waited_ms(desk) >= LONGER_AFTER_MS && !self.told_longer => {
                self.told_longer = true;
                desk.say(Prompt::WaitingLonger);
                relative.stay(At::Looking(self))
            }
            _ => relative.stay(At::Looking(self)),
        }
    }

    fn told(self, answer: Result<Box<PersonRecord>, PlatformTrouble>, relative: Relative, desk: &mut Desk) -> State {
        let About::Person(credential, helper) = self.about else { return State::Relative(relative) };
        match (answer, credential) {
            (Ok(record), _) => {
                let subject = Subject::known(&record, &desk.config);
                relative.met(subject, helper, desk)
            }
            // A card is enough without the platform: the filing is kept and sent later.
            (Err(PlatformTrouble::Unreachable), Credential::IdCard { name, number }) => {
                let subject = Subject::by_card(name, number, &desk.config);
                relative.met(subject, helper, desk)
            }
            (Err(PlatformTrouble::NotFound), _) => relative.turn_to(At::Told(Ending::CannotFile), desk),
            (Err(PlatformTrouble::StaleVoucher), _) => {
                relative.show(IdentifyBy::EVoucher, Some(IdentifyNotice::StaleVoucher), desk)
            }
            (Err(_), _) => Fault::platform(relative.visitor, Some(Service::Relative), desk),
        }
    }

    pub fn screen(&self, desk: &Desk) -> Screen {
        Screen::Waiting { service: Service::Relative, seconds: self.waited_ms(desk) / 1000 }
    }

    pub fn prompt(&self) -> Prompt {
        if self.told_longer { Prompt::WaitingLonger } else { Prompt::Waiting }
    }
}

fn family(answer: Result<Vec<FamilyMember>, PlatformTrouble>, relative: Relative, desk: &mut Desk) -> State {
    match answer {
        Ok(members) if members.is_empty() => relative.turn_to(At::Told(Ending::NoFamily), desk),
        Ok(mut members) => {
            members.truncate(FAMILY_MAX);
            relative.turn_to(At::Which(members), desk)
        }
        Err(PlatformTrouble::NotFound) => relative.turn_to(At::Told(Ending::NoFamily), desk),
        Err(_) => Fault::platform(relative.visitor, Some(Service::Relative), desk),
    }
}
