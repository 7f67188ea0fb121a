//! The synthetic population: the same people for the same seed, and nobody who exists.

use std::collections::HashSet;
use std::fmt;

use jiff::civil::{Date, date};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::movements::{Planned, plan, plan_of_the_first, play};
use super::names::{
    COMMUNITIES, EMPLOYERS, FOREIGN, GIVEN_MEN, GIVEN_WOMEN, HOMES, OTHER_AREAS, RARE, ROADS, SURNAMES,
};
use crate::domain::{CardLayout, CertificateNumber, Fen, Movement, Sex};

/// How a synthetic person is insured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Employee insurance as a pensioner, with a balance.
    Retired,
    /// Employee insurance at work, with a balance.
    Working,
    /// Residents' insurance; no personal account.
    Resident,
    /// Insured in two areas.
    TwoAreas,
    /// Employee insurance, suspended.
    Suspended,
    /// On record, but not insured (`psn_insu_stas` 0).
    NotInsured,
    /// The platform knows nobody by this number.
    Unknown,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::Retired,
        Self::Working,
        Self::Resident,
        Self::TwoAreas,
        Self::Suspended,
        Self::NotInsured,
        Self::Unknown,
    ];

    fn of(index: usize) -> Self {
        match (index % 10, index / 10 % 3) {
            (0..=3, _) => Self::Retired,
            (4 | 5, _) => Self::Working,
            (6 | 7, _) => Self::Resident,
            (8, _) => Self::TwoAreas,
            (_, 0) => Self::Suspended,
            (_, 1) => Self::NotInsured,
            _ => Self::Unknown,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Retired => "退休职工",
            Self::Working => "在职职工",
            Self::Resident => "居民医保",
            Self::TwoAreas => "两地参保",
            Self::Suspended => "暂停参保",
            Self::NotInsured => "未参保",
            Self::Unknown => "查无此人",
        }
    }
}

/// One insurance of a synthetic person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Insurance {
    /// `insutype`.
    pub insutype: &'static str,
    /// `psn_type`: 11 at work, 12 retired, 14 residents.
    pub psn_type: &'static str,
    /// `psn_insu_stas`.
    pub status: &'static str,
    /// `insuplc_admdvs`.
    pub area: &'static str,
    /// `balc`; `None` where no account is kept.
    pub balance: Option<Fen>,
    /// `psn_insu_date`.
    pub since: Date,
    /// `emp_name`.
    pub employer: &'static str,
}

/// A person nobody is. Debug output says only which.
#[derive(Clone)]
pub struct Person {
    /// Place in the population.
    pub index: usize,
    /// How they are insured.
    pub kind: Kind,
    /// Which card they carry.
    pub layout: CardLayout,
    /// Chinese name.
    pub name: String,
    /// Name in Latin letters, on the two cards of foreign residents.
    pub foreign_name: Option<&'static str>,
    /// Nationality of foreign residents, three letters after GB/T 2659.
    pub nationality: Option<&'static str>,
    /// Number of the travel permit on the card of residents from Hong Kong, Macao and Taiwan.
    pub permit_number: Option<String>,
    /// Certificate number.
    pub number: String,
    /// Sex.
    pub sex: Sex,
    /// Birth date.
    pub birth: Date,
    /// Ethnic group, code of GB/T 3304.
    pub nation: &'static str,
    /// Address, at most 35 characters.
    pub address: String,
    /// Issuing office, at most 15 characters.
    pub issuer: &'static str,
    /// First day of the card's validity.
    pub valid_from: Date,
    /// Last day; `None` for 长期.
    pub valid_to: Option<Date>,
    /// `psn_no`.
    pub psn_no: String,
    /// The e-voucher they show first: good until used once. Later ones come from the running platform.
    pub voucher: String,
    /// Their insurances; empty when the platform knows nobody.
    pub insurances: Vec<Insurance>,
    planned: Vec<Planned>,
}

impl Person {
    /// What makes this person worth choosing, in few words: `退休职工 余额1,234.56`.
    pub fn label(&self) -> String {
        match self.balance() {
            Some(fen) => format!("{} 余额{}{}", self.kind.words(), fen.yuan_grouped(), fen.decimals()),
            None => self.kind.words().to_owned(),
        }
    }

    /// Balance of the first account that has one.
    pub fn balance(&self) -> Option<Fen> {
        self.insurances.iter().find_map(|i| i.balance)
    }

    /// Movements up to a day, latest first.
    pub fn movements(&self, today: Date) -> Vec<Movement> {
        play(&self.planned, today)
    }
}

impl fmt::Debug for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Person({}, {:?})", self.index, self.kind)
    }
}

/// Everybody.
#[derive(Debug, Clone)]
pub struct Population(Vec<Person>);

impl Population {
    /// `count` people, at least one; the same for the same seed. Person 0 is the same for every seed.
    pub fn generate(seed: u64, count: usize) -> Self {
        let mut taken = HashSet::new();
        let mut people = vec![first_person()];
        taken.insert(people[0].number.clone());
        for index in 1..count {
            let mut rng = ChaCha8Rng::seed_from_u64(seed.wrapping_mul(0x9E37_79B9).wrapping_add(index as u64));
            // A number already given means the same birth, home and serial; a few more throws always settle it.
            let person = std::iter::repeat_with(|| person(index, &mut rng)).find(|p| taken.insert(p.number.clone()));
            people.extend(person);
        }
        Self(people)
    }

    /// All of them, in order.
    pub fn people(&self) -> &[Person] {
        &self.0
    }

    /// The first person of a kind.
    pub fn first(&self, kind: Kind) -> Option<&Person> {
        self.0.iter().find(|p| p.kind == kind)
    }

    /// By certificate number.
    pub fn by_number(&self, number: &str) -> Option<&Person> {
        self.0.iter().find(|p| p.number == number)
    }

    /// By `psn_no`.
    pub fn by_person_number(&self, psn_no: &str) -> Option<&Person> {
        self.0.iter().find(|p| p.psn_no == psn_no)
    }
}

fn first_person() -> Person {
    Person {
        index: 0,
        kind: Kind::Retired,
        layout: CardLayout::Resident,
        name: "张建华".into(),
        foreign_name: None,
        nationality: None,
        permit_number: None,
        number: CertificateNumber::complete("37100219480315123").unwrap_or_default(),
        sex: Sex::Male,
        birth: date(1948, 3, 15),
        nation: "01",
        address: "山东省威海市环翠区望海路15号2号楼301室".into(),
        issuer: "威海市公安局环翠分局",
        valid_from: date(2012, 6, 18),
        valid_to: None,
        psn_no: "37100000000000000000".into(),
        voucher: "4240000000000000000000370000".into(),
        insurances: vec![Insurance {
            insutype: "310",
            psn_type: "12",
            status: "1",
            area: "371002",
            balance: Some(Fen(123_456)),
            since: date(1998, 7, 1),
            employer: "滨城纺织厂",
        }],
        planned: plan_of_the_first(),
    }
}

fn person(index: usize, rng: &mut ChaCha8Rng) -> Person {
    let kind = Kind::of(index);
    let layout = match index % 40 {
        7 => CardLayout::HkMacaoTaiwanPermit,
        17 => CardLayout::ForeignResident2023,
        27 => CardLayout::ForeignResident2017,
        _ => CardLayout::Resident,
    };
    let sex = if rng.random_bool(0.5) { Sex::Male } else { Sex::Female };
    let years = if kind == Kind::Working { 1968..=1991 } else { 1941..=1971 };
    let birth = date(rng.random_range(years), rng.random_range(1..=12), rng.random_range(1..=28));
    let home = pick(HOMES, rng);
    let foreign = matches!(layout, CardLayout::ForeignResident2017 | CardLayout::ForeignResident2023)
        .then(|| FOREIGN[index / 40 % FOREIGN.len()]);
    let insurances = insurances(kind, index, rng);
    let balance = insurances.iter().find_map(|i| i.balance);
    let valid_from = date(rng.random_range(2010..=2020), rng.random_range(1..=12), rng.random_range(1..=28));
    Person {
        index,
        kind,
        layout,
        name: foreign.map_or_else(|| name(index, sex, rng), |f| f.1.to_owned()),
        foreign_name: foreign.map(|f| f.0),
        nationality: foreign.map(|f| f.2),
        permit_number: (layout == CardLayout::HkMacaoTaiwanPermit)
            .then(|| format!("H{:08}", rng.random_range(0..100_000_000u32))),
        number: number(layout, home.0, foreign, birth, sex, rng),
        sex,
        birth,
        nation: if RARE.first() == rare(index).as_ref() { "05" } else { "01" },
        address: format!(
            "{}{}{}号{}室",
            home.1,
            pick(ROADS, rng),
            rng.random_range(1..200),
            rng.random_range(101..699)
        ),
        issuer: home.2,
        valid_from,
        valid_to: valid_to(layout, index, valid_from),
        psn_no: format!("3710{index:016}"),
        voucher: voucher_digits(rng),
        planned: balance.map_or_else(Vec::new, |fen| plan(fen, rng)),
        insurances,
    }
}

/// Cards of older people are valid for good; every thirteenth ran out, foreign ones always have an end.
fn valid_to(layout: CardLayout, index: usize, from: Date) -> Option<Date> {
    let years = match (layout, index % 13) {
        (_, 5) => 5,
        (CardLayout::Resident, _) => return None,
        _ => 25,
    };
    Some(from.saturating_add(jiff::Span::new().years(years)))
}

fn rare(index: usize) -> Option<&'static str> {
    // Every eleventh, so that rare names fall on every kind of insurance.
    (index % 11 == 1).then(|| RARE[index / 11 % RARE.len()])
}

fn name(index: usize, sex: Sex, rng: &mut ChaCha8Rng) -> String {
    let given = if sex == Sex::Male { GIVEN_MEN } else { GIVEN_WOMEN };
    let common = format!("{}{}", pick(SURNAMES, rng), pick(given, rng));
    rare(index).map_or(common, str::to_owned)
}

fn number(
    layout: CardLayout,
    area: &str,
    foreign: Option<(&str, &str, &str, &str)>,
    birth: Date,
    sex: Sex,
    rng: &mut ChaCha8Rng,
) -> String {
    let serial = rng.random_range(0..500u32) * 2 + u32::from(sex == Sex::Male);
    let head = match (layout, foreign) {
        (CardLayout::ForeignResident2017, Some(f)) => {
            return format!("{}{}{:04}", f.2, birth.strftime("%Y%m%d"), serial);
        }
        (CardLayout::ForeignResident2023, Some(f)) => format!("937{}", f.3),
        (CardLayout::HkMacaoTaiwanPermit, _) => (*pick(&["810000", "820000", "830000"], rng)).to_owned(),
        _ => area.to_owned(),
    };
    let first_17 = format!("{head}{}{serial:03}", birth.strftime("%Y%m%d"));
    CertificateNumber::complete(&first_17).unwrap_or_default()
}

fn insurances(kind: Kind, index: usize, rng: &mut ChaCha8Rng) -> Vec<Insurance> {
    let balance = Fen(rng.random_range(0..1_500_000));
    let since = date(rng.random_range(1996..=2015), rng.random_range(1..=12), 1);
    let local = *pick(&["371000", "371002", "371003", "371082", "371083", "371099"], rng);
    let employer = *pick(EMPLOYERS, rng);
    let row = |insutype, psn_type, status, area, balance| Insurance {
        insutype,
        psn_type,
        status,
        area,
        balance,
        since,
        employer,
    };
    let by_community = |mut insurance: Insurance| {
        insurance.employer = COMMUNITIES[index % COMMUNITIES.len()];
        insurance
    };
    match kind {
        Kind::Retired => vec![row("310", "12", "1", local, Some(balance))],
        Kind::Working => {
            vec![row("510", "11", "1", local, None), row("310", "11", "1", local, Some(balance))]
        }
        Kind::Resident => vec![by_community(row("390", "14", "1", local, None))],
        Kind::TwoAreas => vec![
            by_community(row("390", "14", "1", *pick(OTHER_AREAS, rng), None)),
            row("310", "12", "1", local, Some(balance)),
        ],
        Kind::Suspended => vec![row("310", "11", "2", local, Some(balance))],
        Kind::NotInsured => vec![row("310", "11", "0", local, None)],
        Kind::Unknown => Vec::new(),
    }
}

/// 424, seventeen and two digits of chance, the province, four zeros.
pub(super) fn voucher_digits(rng: &mut impl rand::Rng) -> String {
    let (long, short) = (rng.random_range(0..100_000_000_000_000_000u64), rng.random_range(0..100u8));
    format!("424{long:017}{short:02}370000")
}

pub(super) fn pick<'a, T>(list: &'a [T], rng: &mut ChaCha8Rng) -> &'a T {
    &list[rng.random_range(0..list.len())]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::EVoucher;

    #[test]
    fn everybody_is_valid_and_different() {
        let population = Population::generate(1, 400);
        let people = population.people();
        assert_eq!(people.len(), 400);
        for p in people {
            let good = match p.layout {
                CardLayout::ForeignResident2017 => CertificateNumber::parse_foreign_2017(&p.number).is_ok(),
                _ => CertificateNumber::parse(&p.number).is_ok_and(|n| n.birth() == Some(p.birth)),
            };
            assert!(good, "person {}", p.index);
            assert!(EVoucher::parse(&p.voucher).is_ok(), "person {}", p.index);
            assert!(p.name.encode_utf16().count() <= 15 && p.address.encode_utf16().count() <= 35);
            assert!(p.issuer.encode_utf16().count() <= 15);
        }
        let distinct = |key: fn(&Person) -> &str| people.iter().map(key).collect::<HashSet<_>>().len();
        assert_eq!((distinct(|p| &p.number), distinct(|p| &p.voucher), distinct(|p| &p.psn_no)), (400, 400, 400));
        for kind in Kind::ALL {
            assert!(population.first(kind).is_some(), "{kind:?}");
        }
    }

    #[test]
    fn the_same_seed_makes_the_same_people() {
        let numbers =
            |seed| Population::generate(seed, 50).people().iter().map(|p| p.number.clone()).collect::<Vec<_>>();
        assert_eq!(numbers(7), numbers(7));
        assert_ne!(numbers(7), numbers(8));
        assert_eq!(numbers(7)[0], numbers(8)[0]);
    }

    #[test]
    fn rare_names_are_among_them() {
        let population = Population::generate(1, 400);
        let has = |part: &str| population.people().iter().any(|p| p.name.contains(part));
        for part in ["𠮷", "䶮", "㐂", "喆", "堃", "·", "\u{E863}"] {
            assert!(has(part), "{part}");
        }
        assert!(population.people().iter().any(|p| p.name.encode_utf16().count() == 15));
    }

    #[test]
    fn movements_fit_the_balance_at_every_moment() {
        let today = date(2026, 11, 21);
        for p in Population::generate(3, 400).people() {
            let movements = p.movements(today);
            let Some(mut balance) = p.balance() else {
                assert!(movements.is_empty());
                continue;
            };
            assert!(movements.len() >= 6 && movements.len() <= 30, "person {}: {}", p.index, movements.len());
            assert!(movements.is_sorted_by(|a, b| a.on >= b.on) && movements[0].on <= today);
            for movement in movements {
                balance = Fen(balance.0 - movement.amount.0);
                assert!(balance.0 >= 0, "person {}", p.index);
            }
        }
    }

    #[test]
    fn the_first_person_is_the_one_in_the_pictures() {
        let population = Population::generate(9, 1);
        let first = &population.people()[0];
        assert_eq!((first.label().as_str(), first.name.as_str()), ("退休职工 余额1,234.56", "张建华"));
        let seen: Vec<_> =
            first.movements(date(2026, 11, 21)).iter().take(4).map(|m| (m.on, m.amount.signed())).collect();
        let expected = [
            (date(2026, 11, 18), "−86.40".to_owned()),
            (date(2026, 11, 5), "+215.30".to_owned()),
            (date(2026, 10, 27), "−42.00".to_owned()),
            (date(2026, 10, 5), "+215.30".to_owned()),
        ];
        assert_eq!(seen, expected);
    }
}
