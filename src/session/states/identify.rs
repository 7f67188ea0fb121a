//! Lay the card down or show the code.

use super::{Confirm, Fault, Home, Lookup, Stage, State};
use crate::domain::{CardTrouble, DeviceKind, Service};
use crate::session::desk::Desk;
use crate::session::guest::Guest;
use crate::session::{Effect, Event, FaultKind, IdentifyBy, IdentifyNotice, Press, Prompt, Screen, Tone};

/// Waiting for a card or a code.
#[derive(Debug)]
pub(crate) struct Identify {
    service: Service,
    by: IdentifyBy,
    notice: Option<IdentifyNotice>,
    reading: bool,
}

impl Identify {
    /// Asks for the card, or for the code where the reader is away.
    pub fn enter(service: Service, desk: &mut Desk) -> State {
        let by = if desk.devices.id_reader { IdentifyBy::IdCard } else { IdentifyBy::EVoucher };
        match (desk.devices.id_reader, desk.devices.scanner) {
            (false, true) => Fault::enter(FaultKind::Device(DeviceKind::IdReader), service, desk),
            _ => Self::enter_by(by, service, None, desk),
        }
    }

    /// Asks for one of the two.
    pub fn enter_by(by: IdentifyBy, service: Service, notice: Option<IdentifyNotice>, desk: &mut Desk) -> State {
        let device = device_of(by);
        let usable = if by == IdentifyBy::IdCard { desk.devices.id_reader } else { desk.devices.scanner };
        if !usable {
            return Fault::enter(FaultKind::Device(device), service, desk);
        }
        desk.effect(Effect::Scanner(by == IdentifyBy::EVoucher));
        let lies = by == IdentifyBy::IdCard && desk.card_lies;
        let notice = notice.or(lies.then_some(IdentifyNotice::LiftAndLayAgain));
        let state = Self { service, by, notice, reading: false };
        desk.say(state.prompt(desk));
        State::Identify(state)
    }

    fn notice(mut self, notice: IdentifyNotice, desk: &mut Desk) -> State {
        self.notice = Some(notice);
        self.reading = false;
        desk.tone(Tone::Attention);
        desk.say(self.prompt(desk));
        State::Identify(self)
    }
}

fn device_of(by: IdentifyBy) -> DeviceKind {
    match by {
        IdentifyBy::IdCard => DeviceKind::IdReader,
        IdentifyBy::EVoucher => DeviceKind::Scanner,
    }
}

impl Stage for Identify {
    fn on(mut self, event: Event, desk: &mut Desk) -> State {
        match event {
            Event::CardFound => {
                self.reading = true;
                self.notice = None;
                desk.say(Prompt::ReadingCard);
                State::Identify(self)
            }
            Event::CardRead(card) => {
                desk.tone(Tone::Done);
                let guest = Guest::by_card(&card, desk);
                Confirm::enter(guest, Some(self.service), desk)
            }
            Event::Scanned(voucher) => {
                desk.tone(Tone::Done);
                let guest = Guest::by_voucher(voucher, desk);
                Lookup::enter(guest, Some(self.service), desk)
            }
            Event::CardUnreadable(trouble) => self.notice(notice_of(trouble), desk),
            Event::ScannedOther => self.notice(IdentifyNotice::NotAVoucher, desk),
            Event::CardLifted => {
                self.reading = false;
                if self.notice == Some(IdentifyNotice::LiftAndLayAgain) {
                    self.notice = None;
                }
                State::Identify(self)
            }
            Event::Device(kind, state) if kind == device_of(self.by) && !state.usable() => {
                Fault::enter(FaultKind::Device(kind), self.service, desk)
            }
            Event::Press(Press::ByEVoucher) => Self::enter_by(IdentifyBy::EVoucher, self.service, None, desk),
            Event::Press(Press::ByIdCard) => Self::enter_by(IdentifyBy::IdCard, self.service, None, desk),
            Event::Press(Press::Back) => Home::enter(None, desk),
            _ => State::Identify(self),
        }
    }

    fn screen(&self, desk: &Desk) -> Screen {
        Screen::Identify(crate::session::Identify {
            service: self.service,
            by: self.by,
            notice: self.notice,
            reading: self.reading,
            devices: desk.devices,
            relative: false,
        })
    }

    fn prompt(&self, _: &Desk) -> Prompt {
        match (self.notice, self.by) {
            (Some(IdentifyNotice::PulledAway), _) => Prompt::CardPulledAway,
            (Some(IdentifyNotice::WrongKind), _) => Prompt::CardWrongKind,
            (Some(IdentifyNotice::Nonsense), _) => Prompt::CardNonsense,
            (Some(IdentifyNotice::NotAVoucher), _) => Prompt::NotAVoucher,
            (Some(IdentifyNotice::StaleVoucher), _) => Prompt::VoucherStale,
            (Some(IdentifyNotice::LiftAndLayAgain), _) => Prompt::LiftAndLayAgain,
            (None, IdentifyBy::IdCard) => Prompt::IdentifyByCard,
            (None, IdentifyBy::EVoucher) => Prompt::IdentifyByVoucher,
        }
    }
}

fn notice_of(trouble: CardTrouble) -> IdentifyNotice {
    match trouble {
        CardTrouble::PulledAway => IdentifyNotice::PulledAway,
        CardTrouble::NotAnIdentityCard => IdentifyNotice::WrongKind,
        CardTrouble::Nonsense => IdentifyNotice::Nonsense,
    }
}
