//! 帮家人办: the helper has shown who they are; now the relative does, by card, by code or out of the family account.
//!
//! While a second person is awaited, their card does not end the visit. Any third one does.

mod looking;

use looking::Looking;

use super::Filing;
use super::case::{Helper, Subject};
use crate::domain::filing::FamilyMember;
use crate::domain::{CardTrouble, CertificateNumber, Credential, Service};
use crate::session::desk::Desk;
use crate::session::guest::Guest;
use crate::session::states::{Afterwards, IdleRule, Stage, State, Thanks};
use crate::session::{
    Ask, AskOption, Effect, Event, Identify, IdentifyBy, IdentifyNotice, Inquiry, Press, Prompt, Screen, Told, Tone,
};

/// Somebody who helps, and how far they have come.
#[derive(Debug)]
pub(crate) struct Relative {
    visitor: Guest,
    at: At,
    turns: u32,
}

#[derive(Debug)]
enum At {
    /// How does your relative show who they are?
    How,
    Show {
        by: IdentifyBy,
        notice: Option<IdentifyNotice>,
        reading: bool,
    },
    Looking(Looking),
    /// Is this your relative?
    Confirm(Subject, Helper),
    Which(Vec<FamilyMember>),
    Told(Ending),
}

/// Why it goes no further.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    NoMoreRelatives,
    CannotFile,
    NoFamily,
}

impl Relative {
    pub fn enter(visitor: Guest, desk: &mut Desk) -> State {
        desk.effect(Effect::Scanner(false));
        Self { visitor, at: At::How, turns: 0 }.turn_to(At::How, desk)
    }

    fn turn_to(mut self, at: At, desk: &mut Desk) -> State {
        self.at = at;
        self.turns += 1;
        desk.say(self.prompt(desk));
        State::Relative(self)
    }

    fn stay(self, at: At) -> State {
        State::Relative(Self { at, ..self })
    }

    fn show(self, by: IdentifyBy, notice: Option<IdentifyNotice>, desk: &mut Desk) -> State {
        let usable = if by == IdentifyBy::IdCard { desk.devices.id_reader } else { desk.devices.scanner };
        if !usable {
            return self.turn_to(At::How, desk);
        }
        desk.effect(Effect::Scanner(by == IdentifyBy::EVoucher));
        let lies = by == IdentifyBy::IdCard && desk.card_lies;
        let notice = notice.or(lies.then_some(IdentifyNotice::LiftAndLayAgain));
        self.turn_to(At::Show { by, notice, reading: false }, desk)
    }

    /// A second person's card or code, or a bound relative: the platform is asked about them.
    fn look_up(self, credential: Credential, helper: Helper, desk: &mut Desk) -> State {
        desk.effect(Effect::Scanner(false));
        if let Credential::IdCard { number, .. } = &credential {
            desk.remember_visitor(number.expose());
        }
        let looking = Looking::person(credential, helper, desk);
        self.turn_to(At::Looking(looking), desk)
    }

    /// The insured person is known. Out of the family account they were chosen by name; else the helper confirms them.
    fn met(self, subject: Subject, helper: Helper, desk: &mut Desk) -> State {
        if self.is_helper(&subject.certificate) {
            desk.tone(Tone::Attention);
            return self.turn_to(At::How, desk);
        }
        if helper.relation.is_none() {
            return self.turn_to(At::Confirm(subject, helper), desk);
        }
        self.go_on(subject, helper, desk)
    }

    /// From here on it is a filing like any other.
    fn go_on(self, subject: Subject, helper: Helper, desk: &mut Desk) -> State {
        let limit = desk.config.filing.as_ref().map_or(0, |policy| policy.relatives_a_day_max.value);
        if !desk.may_help(self.visitor.certificate(), &subject.certificate, limit) {
            return self.turn_to(At::Told(Ending::NoMoreRelatives), desk);
        }
        desk.remember_visitor(subject.certificate.expose());
        Filing::begin(Service::Relative, self.visitor, subject, Some(helper), desk)
    }

    fn is_helper(&self, certificate: &CertificateNumber) -> bool {
        self.visitor.certificate() == Some(certificate)
    }

    fn options(&self, desk: &Desk) -> Vec<AskOption> {
        match &self.at {
            At::How => {
                let (card, code) = (desk.devices.id_reader, desk.devices.scanner && desk.platform_works);
                let all = [
                    (card, AskOption::ByCard),
                    (code, AskOption::ByVoucher),
                    (desk.platform_works, AskOption::ByFamily),
                ];
                all.into_iter().filter(|(works, _)| *works).map(|(_, option)| option).collect()
            }
            At::Which(family) => family.iter().map(|m| AskOption::Relative(m.name.masked(), m.relation)).collect(),
            _ => Vec::new(),
        }
    }

    fn how(self, n: u8, desk: &mut Desk) -> State {
        match self.options(desk).get(usize::from(n)) {
            Some(AskOption::ByCard) => self.show(IdentifyBy::IdCard, None, desk),
            Some(AskOption::ByVoucher) => self.show(IdentifyBy::EVoucher, None, desk),
            Some(AskOption::ByFamily) => {
                let looking = Looking::family(&self.visitor, desk);
                self.turn_to(At::Looking(looking), desk)
            }
            _ => State::Relative(self),
        }
    }

    fn which(self, n: u8, family: Vec<FamilyMember>, desk: &mut Desk) -> State {
        let Some(member) = family.get(usize::from(n)) else { return self.stay(At::Which(family)) };
        let helper = Helper { relation: Some(member.relation) };
        let credential = Credential::IdCard { name: member.name.clone(), number: member.certificate.clone() };
        self.look_up(credential, helper, desk)
    }

    fn unreadable(self, by: IdentifyBy, trouble: IdentifyNotice, desk: &mut Desk) -> State {
        desk.tone(Tone::Attention);
        let state = Self { at: At::Show { by, notice: Some(trouble), reading: false }, ..self };
        desk.say(state.prompt(desk));
        State::Relative(state)
    }

    /// What a reader or the scanner tells while the relative is awaited.
    fn shown(self, event: Event, desk: &mut Desk) -> State {
        let stranger = Helper { relation: None };
        let by = if let At::Show { by, .. } = self.at { by } else { IdentifyBy::IdCard };
        match event {
            Event::CardRead(card) if self.is_helper(&card.number) => {
                desk.tone(Tone::Attention);
                desk.say(Prompt::RelativesCard);
                let asked = matches!(self.at, At::How);
                let at = At::Show { by: IdentifyBy::IdCard, notice: None, reading: false };
                if asked { State::Relative(self) } else { self.stay(at) }
            }
            Event::CardRead(card) => {
                desk.tone(Tone::Done);
                let credential = Credential::IdCard { name: card.name.clone(), number: card.number.clone() };
                self.look_up(credential, stranger, desk)
            }
            Event::Scanned(voucher) if !desk.same_visitor(voucher.expose()) => {
                desk.tone(Tone::Done);
                desk.remember_visitor(voucher.expose());
                self.look_up(Credential::EVoucher(voucher), stranger, desk)
            }
            Event::CardUnreadable(CardTrouble::PulledAway) => self.unreadable(by, IdentifyNotice::PulledAway, desk),
            Event::CardUnreadable(CardTrouble::Nonsense) => self.unreadable(by, IdentifyNotice::Nonsense, desk),
            Event::CardUnreadable(_) => self.unreadable(by, IdentifyNotice::WrongKind, desk),
            Event::ScannedOther => self.unreadable(by, IdentifyNotice::NotAVoucher, desk),
            Event::CardFound => self.stay(At::Show { by: IdentifyBy::IdCard, notice: None, reading: true }),
            Event::CardLifted => match self.at {
                At::Show { by, notice, .. } => {
                    let notice = notice.filter(|notice| *notice != IdentifyNotice::LiftAndLayAgain);
                    self.stay(At::Show { by, notice, reading: false })
                }
                _ => State::Relative(self),
            },
            Event::Press(Press::ByEVoucher) => self.show(IdentifyBy::EVoucher, None, desk),
            Event::Press(Press::ByIdCard) => self.show(IdentifyBy::IdCard, None, desk),
            Event::Device(..) if by == IdentifyBy::IdCard && !desk.devices.id_reader => self.turn_to(At::How, desk),
            Event::Device(..) if by == IdentifyBy::EVoucher && !desk.devices.scanner => self.turn_to(At::How, desk),
            _ => State::Relative(self),
        }
    }

    fn back(self, desk: &mut Desk) -> State {
        if matches!(self.at, At::How) {
            drop(self);
            return Thanks::end_visit(Afterwards::Home, desk);
        }
        Self::enter(self.visitor, desk)
    }
}

impl Stage for Relative {
    fn on(mut self, event: Event, desk: &mut Desk) -> State {
        if event == Event::Press(Press::Back) {
            return self.back(desk);
        }
        let at = std::mem::replace(&mut self.at, At::How);
        match (at, event) {
            (At::How, Event::Press(Press::Pick(n))) => self.how(n, desk),
            (At::Which(family), Event::Press(Press::Pick(n))) => self.which(n, family, desk),
            (At::Looking(looking), event) => looking.on(event, self, desk),
            (At::Confirm(subject, helper), Event::Press(Press::ItIsMe)) => self.go_on(subject, helper, desk),
            (At::Confirm(..), Event::Press(Press::NotMe)) => Self::enter(self.visitor, desk),
            // The words name the other ways to show who the relative is, so on leads there.
            (At::Told(Ending::NoFamily), Event::Press(Press::Finish | Press::Next)) => Self::enter(self.visitor, desk),
            (At::Told(_), Event::Press(Press::Finish | Press::Next)) => {
                drop(self);
                Thanks::end_visit(Afterwards::Standby, desk)
            }
            (at @ At::How, event @ (Event::CardRead(_) | Event::Scanned(_))) => self.at(at).shown(event, desk),
            (at @ At::Show { .. }, event) => self.at(at).shown(event, desk),
            (at, _) => self.stay(at),
        }
    }

    fn screen(&self, desk: &Desk) -> Screen {
        let ask = |inquiry| Screen::Ask(Ask { step: None, inquiry, options: self.options(desk), chosen: None });
        match &self.at {
            At::How => ask(Inquiry::HowHelped),
            At::Which(_) => ask(Inquiry::WhichRelative),
            At::Show { by, notice, reading } => {
                let (by, notice, reading, devices) = (*by, *notice, *reading, desk.devices);
                Screen::Identify(Identify { service: Service::Relative, by, notice, reading, devices, relative: true })
            }
            At::Looking(looking) => looking.screen(desk),
            At::Confirm(subject, _) => Screen::WhoAreYou {
                name: subject.name.masked(),
                number: subject.certificate.masked(),
                expired: false,
                relative: true,
            },
            At::Told(Ending::NoMoreRelatives) => Screen::Told(Told::NoMoreRelatives),
            At::Told(Ending::CannotFile) => Screen::Told(Told::CannotFile),
            At::Told(Ending::NoFamily) => Screen::Told(Told::NoFamily),
        }
    }

    fn prompt(&self, _: &Desk) -> Prompt {
        match &self.at {
            At::How => Prompt::HowHelped,
            At::Which(_) => Prompt::WhichRelative,
            At::Show { notice: Some(IdentifyNotice::PulledAway), .. } => Prompt::CardPulledAway,
            At::Show { notice: Some(IdentifyNotice::WrongKind), .. } => Prompt::CardWrongKind,
            At::Show { notice: Some(IdentifyNotice::Nonsense), .. } => Prompt::CardNonsense,
            At::Show { notice: Some(IdentifyNotice::NotAVoucher), .. } => Prompt::NotAVoucher,
            At::Show { notice: Some(IdentifyNotice::StaleVoucher), .. } => Prompt::VoucherStale,
            At::Show { by: IdentifyBy::IdCard, .. } => Prompt::RelativesCard,
            At::Show { by: IdentifyBy::EVoucher, .. } => Prompt::RelativesVoucher,
            At::Looking(looking) => looking.prompt(),
            At::Confirm(..) => Prompt::IsThisRelative,
            At::Told(Ending::NoMoreRelatives) => Prompt::NoMoreRelatives,
            At::Told(Ending::CannotFile) => Prompt::CannotFile,
            At::Told(Ending::NoFamily) => Prompt::NoFamily,
        }
    }

    fn idle_rule(&self) -> IdleRule {
        if matches!(self.at, At::Looking(_)) { IdleRule::Never } else { IdleRule::Prompt }
    }

    fn in_visit(&self) -> bool {
        true
    }

    fn awaits_second_person(&self) -> bool {
        matches!(self.at, At::How | At::Show { .. })
    }

    fn turn(&self) -> u32 {
        self.turns
    }
}

impl Relative {
    fn at(self, at: At) -> Self {
        Self { at, ..self }
    }
}
