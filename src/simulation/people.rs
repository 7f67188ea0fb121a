//! Invented people: who they are, what their card carries, what the platform knows, and how they behave.

use jiff::civil::date;
use memchr::memmem::Finder;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::plan::{Mood, Resident};
use crate::device::id_reader::image::{CardFields, CardImage};
use crate::domain::{
    Account, AccountStatus, CertificateNumber, EVoucher, Fen, InsuranceType, Level, Movement, PersonName, PersonRecord,
    Service,
};
use crate::session::{IdentifyBy, IdentifyNotice, Overlay, Press, Screen, View};

/// The first of the characters the names are made of; every person has their own three.
const FIRST_CHARACTER: u32 = 0x4E00;

/// Somebody who could come.
pub(super) struct Person {
    pub name: String,
    pub number: CertificateNumber,
    pub voucher: EVoucher,
    pub record: PersonRecord,
    /// Finds what may not be left anywhere once the visit is over.
    traces: [Finder<'static>; 5],
}

impl Person {
    /// The person of this index; always the same. `None` only if the numbers below were no numbers.
    pub fn of(index: usize) -> Option<Self> {
        let character = |place: usize| char::from_u32(FIRST_CHARACTER + (index * 3 + place) as u32);
        let name: String = [character(0)?, character(1)?, character(2)?].iter().collect();
        let digits = format!("{}1948{:02}{:02}{:03}", 370_100 + index / 10, 1 + index % 12, 1 + index % 28, index);
        let number = CertificateNumber::parse(&CertificateNumber::complete(&digits)?).ok()?;
        let voucher = EVoucher::parse(&format!("424{:025}", 7_000_000 + index * 13)).ok()?;
        let person_number = format!("3710000{:08}", 55_000_000 + index);
        let person_name = PersonName::from_text(&name);
        let traces: [String; 5] = [
            // Nobody else's name begins like this, whole or masked.
            name.chars().take(1).collect(),
            number.expose().to_owned(),
            number.masked(),
            voucher.expose().to_owned(),
            person_number.clone(),
        ];
        let accounts = if index.is_multiple_of(17) { Vec::new() } else { vec![account(index)] };
        let record = PersonRecord { person_number, name: person_name, number: number.clone(), accounts };
        let traces = traces.map(|trace| Finder::new(&trace).into_owned());
        Some(Self { name, number, voucher, record, traces })
    }

    /// Whether anything of this person stands in a text.
    pub fn is_in(&self, text: &str) -> bool {
        self.traces.iter().any(|trace| trace.find(text.as_bytes()).is_some())
    }

    /// The card as its chip carries it.
    pub fn card(&self) -> CardImage {
        CardFields::resident(&self.name, self.number.expose()).image()
    }

    /// What the platform knows of their account's movements.
    pub fn movements() -> Vec<Movement> {
        (1..=9_i8)
            .map(|day| Movement {
                on: date(2026, 10, day),
                what: "购药".to_owned(),
                place: "示例药店".to_owned(),
                amount: Fen(-1_250 * i64::from(day)),
            })
            .collect()
    }
}

fn account(index: usize) -> Account {
    Account {
        insurance: if index.is_multiple_of(3) { InsuranceType::Resident } else { InsuranceType::Employee },
        status: AccountStatus::Active,
        area: None,
        area_name: "示例市".to_owned(),
        balance: (!index.is_multiple_of(3)).then_some(Fen(123_400 + index as i64)),
        since: None,
        employer: String::new(),
    }
}

/// What somebody at the machine does next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    Press(Press),
    LayCard,
    LiftCard,
    ShowVoucher,
    ShowSomethingElse,
    Wait,
    /// Goes, with the card or without it.
    Leave {
        card_stays: bool,
    },
}

/// Somebody at the machine.
pub(super) struct Visitor {
    pub resident: Resident,
    chance: ChaCha8Rng,
    acts: u32,
    /// So many acts more before they have had enough.
    patience: u32,
    started: bool,
    second_tap: Option<Press>,
    pub has_card_laid: bool,
    pub came_back: bool,
}

const PRESSES: [Press; 33] = [
    Press::Start,
    Press::Home,
    Press::Back,
    Press::LargeFont,
    Press::Voice,
    Press::Contrast,
    Press::Reach,
    Press::Languages,
    Press::Help,
    Press::Close,
    Press::Hotline,
    Press::Service(Service::Balance),
    Press::Service(Service::Insured),
    Press::Service(Service::Guide),
    Press::MoreServices,
    Press::ByEVoucher,
    Press::ByIdCard,
    Press::ItIsMe,
    Press::NotMe,
    Press::ReadAloud,
    Press::CoverAmount,
    Press::AllMovements,
    Press::PageDown,
    Press::Finish,
    Press::TryAgain,
    Press::Level(Level::VerySatisfied),
    Press::Level(Level::Dissatisfied),
    Press::Reason(214),
    Press::SubmitRating,
    Press::SkipRating,
    Press::RateByPhone,
    Press::Answer(0),
    Press::Leave,
];

impl Visitor {
    pub fn new(resident: Resident) -> Self {
        let mut chance = ChaCha8Rng::seed_from_u64(resident.seed);
        let patience = match resident.mood {
            Mood::WalksAway | Mood::ComesBack => chance.random_range(1..12),
            Mood::Mashes => chance.random_range(10..60),
            _ => 60,
        };
        Self {
            resident,
            chance,
            acts: 0,
            patience,
            started: false,
            second_tap: None,
            has_card_laid: false,
            came_back: false,
        }
    }

    /// What they do on seeing this, and how long they take before the next.
    pub fn act(&mut self, view: &View) -> (Act, u64) {
        if let Some(press) = self.second_tap.take() {
            return (Act::Press(press), self.think_ms());
        }
        self.acts += 1;
        let act = self.choose(view);
        self.started = true;
        match act {
            Act::Press(press) if self.resident.mood == Mood::DoubleTaps => {
                self.second_tap = Some(press);
                (act, self.chance.random_range(20..250))
            }
            Act::LayCard if self.resident.mood == Mood::TakesCardEarly => (act, self.chance.random_range(50..1_500)),
            _ => (act, self.think_ms()),
        }
    }

    fn think_ms(&mut self) -> u64 {
        match self.resident.mood {
            Mood::Mashes => self.chance.random_range(15..400),
            // Now and then somebody reads for longer than the idle prompt waits.
            _ if self.chance.random_bool(0.02) => self.chance.random_range(20_000..100_000),
            _ => self.chance.random_range(400..6_000),
        }
    }

    fn choose(&mut self, view: &View) -> Act {
        if self.acts > self.patience {
            return self.leave();
        }
        if self.resident.mood == Mood::TakesCardEarly && self.has_card_laid && self.chance.random_bool(0.6) {
            return Act::LiftCard;
        }
        if self.resident.mood == Mood::Mashes && self.chance.random_bool(0.8) {
            return Act::Press(PRESSES[self.chance.random_range(0..PRESSES.len())]);
        }
        match view.overlay {
            Some(Overlay::Idle { .. }) => return Act::Press(Press::StillHere),
            Some(_) => return Act::Press(Press::Close),
            None => {}
        }
        if self.chance.random_bool(0.04) {
            let aside = [Press::LargeFont, Press::Voice, Press::Help, Press::ReadAloud, Press::Hotline];
            return Act::Press(aside[self.chance.random_range(0..aside.len())]);
        }
        self.follow(&view.screen)
    }

    /// What the screen asks for.
    fn follow(&mut self, screen: &Screen) -> Act {
        match screen {
            Screen::Standby(_) if self.started && !self.has_card_laid => self.leave(),
            Screen::Standby(_) => self.begin(),
            Screen::Home { .. } => {
                let services = [Service::Balance, Service::Balance, Service::Insured, Service::Guide];
                Act::Press(Press::Service(services[self.chance.random_range(0..services.len())]))
            }
            Screen::Identify(identify) => self.identify(identify.by, identify.notice),
            Screen::WhoAreYou { .. } if self.chance.random_bool(0.05) => Act::Press(Press::NotMe),
            Screen::WhoAreYou { .. } => Act::Press(Press::ItIsMe),
            Screen::Waiting { .. } => Act::Wait,
            Screen::Balance(_) => self.one_of(&[
                Press::CoverAmount,
                Press::ReadAloud,
                Press::AllMovements,
                Press::Finish,
                Press::Finish,
                Press::Home,
            ]),
            Screen::Movements(_) => self.one_of(&[Press::PageDown, Press::Back, Press::Finish]),
            Screen::Insured { .. } => self.one_of(&[Press::Finish, Press::Finish, Press::Back]),
            Screen::NotInsured => Act::Press(Press::Finish),
            // FILING-WIRE
            Screen::Ask(_)
            | Screen::Places(_)
            | Screen::Writing(_)
            | Screen::Digits(_)
            | Screen::Dates(_)
            | Screen::Review(_)
            | Screen::Filed(_)
            | Screen::Filings(_)
            | Screen::Told(_)
            | Screen::Carry(_)
            | Screen::Hospital(_) => Act::Press(Press::Finish),
            Screen::Rate(rate) => self.rate(rate),
            Screen::RateByPhone { .. } => Act::Press(Press::Back),
            Screen::Question { .. } => {
                self.one_of(&[Press::Answer(0), Press::Answer(1), Press::SkipRating, Press::Finish])
            }
            Screen::Thanks { card_left: true, .. } if self.has_card_laid => {
                if self.resident.mood == Mood::ForgetsCard {
                    self.leave()
                } else {
                    Act::LiftCard
                }
            }
            Screen::Thanks { .. } | Screen::OutOfService => self.leave(),
            Screen::Fault(_) => self.one_of(&[Press::TryAgain, Press::ByEVoucher, Press::ByIdCard, Press::Home]),
            Screen::Elsewhere(_) | Screen::Guide => Act::Press(Press::Back),
        }
    }

    fn begin(&mut self) -> Act {
        match self.chance.random_range(0..4) {
            0 if self.resident.by_voucher => Act::ShowVoucher,
            0 if !self.has_card_laid => Act::LayCard,
            _ => Act::Press(Press::Start),
        }
    }

    fn identify(&mut self, by: IdentifyBy, notice: Option<IdentifyNotice>) -> Act {
        match by {
            IdentifyBy::IdCard if self.resident.by_voucher => Act::Press(Press::ByEVoucher),
            IdentifyBy::IdCard if notice.is_some() && self.has_card_laid => Act::LiftCard,
            IdentifyBy::IdCard if self.has_card_laid => Act::Wait,
            IdentifyBy::IdCard => Act::LayCard,
            IdentifyBy::EVoucher if self.chance.random_bool(0.1) => Act::ShowSomethingElse,
            IdentifyBy::EVoucher if self.resident.by_voucher => Act::ShowVoucher,
            IdentifyBy::EVoucher => Act::Press(Press::ByIdCard),
        }
    }

    fn rate(&mut self, rate: &crate::session::Rate) -> Act {
        match rate.level {
            _ if rate.storing => Act::Wait,
            _ if self.chance.random_bool(0.05) => self.one_of(&[Press::SkipRating, Press::RateByPhone, Press::Home]),
            None => Act::Press(Press::Level(Level::ALL[self.chance.random_range(0..Level::ALL.len())])),
            Some(_) if rate.complete => Act::Press(Press::SubmitRating),
            Some(_) => match rate.reasons.get(self.chance.random_range(0..rate.reasons.len().max(1))) {
                Some((code, _)) => Act::Press(Press::Reason(*code)),
                None => Act::Press(Press::SkipRating),
            },
        }
    }

    fn one_of(&mut self, presses: &[Press]) -> Act {
        Act::Press(presses[self.chance.random_range(0..presses.len())])
    }

    fn leave(&mut self) -> Act {
        let forgets = self.resident.mood == Mood::ForgetsCard || self.chance.random_bool(0.05);
        Act::Leave { card_stays: self.has_card_laid && forgets }
    }
}
