//! Values as residents read them: dates, money, insurances, services, levels. All words come from the catalogue.

use jiff::civil::{Date, DateTime};

use crate::domain::{AccountStatus, Fen, InsuranceType, Level, Service};
use crate::session::{IdentifyNotice, Language, TileState};

use super::{Key, Words, args};

const MONTHS: [Key; 12] = [
    Key::Month1,
    Key::Month2,
    Key::Month3,
    Key::Month4,
    Key::Month5,
    Key::Month6,
    Key::Month7,
    Key::Month8,
    Key::Month9,
    Key::Month10,
    Key::Month11,
    Key::Month12,
];

const WEEKDAYS: [Key; 7] =
    [Key::Weekday1, Key::Weekday2, Key::Weekday3, Key::Weekday4, Key::Weekday5, Key::Weekday6, Key::Weekday7];

impl Words {
    /// The day in the header: 11月21日 周六; Sat, Nov 21.
    pub fn header_date(&self, day: Date) -> String {
        self.date_header(args::DateHeader {
            day: day.day().into(),
            month: self.month(day).into(),
            weekday: self.weekday(day).into(),
        })
    }

    /// The day of the week: 周六; Sat.
    pub fn weekday(&self, day: Date) -> String {
        let index = usize::from(day.weekday().to_monday_zero_offset().unsigned_abs());
        WEEKDAYS.get(index).map(|key| self.text(*key)).unwrap_or_default()
    }

    /// The time in the header, 24 hours: 09:12.
    pub fn clock(&self, wall: DateTime) -> String {
        format!("{:02}:{:02}", wall.hour(), wall.minute())
    }

    /// A day of this or the last year: 11月21日; Nov 21.
    pub fn day(&self, day: Date) -> String {
        self.date_day(args::DateDay { day: day.day().into(), month: self.month(day).into() })
    }

    /// Since when something holds: 2019年3月起; since Mar 2019.
    pub fn since(&self, day: Date) -> String {
        self.date_since(args::DateSince { month: self.month(day).into(), year: day.year().to_string().into() })
    }

    /// An amount as one says it: 一千二百三十四元五角六分; 1,234 yuan and 56 fen.
    pub fn amount(&self, amount: Fen) -> String {
        match self.language() {
            Language::ZhCn => return amount.in_chinese(),
            Language::ZhHant => return amount.in_chinese().replace('万', "萬").replace('亿', "億").replace('负', "負"),
            Language::En => {}
        }
        let fen = amount.0.unsigned_abs() % 100;
        let positive = match fen {
            0 => self.money_whole(amount.yuan_grouped()),
            _ => self.money_parts(args::MoneyParts { fen: fen.into(), yuan: amount.yuan_grouped().into() }),
        };
        if amount.0 < 0 { self.money_negative(positive) } else { positive }
    }

    /// An amount in figures: 1,234.56 元; 1,234.56 yuan.
    pub fn figures(&self, amount: Fen) -> String {
        let sign = if amount.0 < 0 { "−" } else { "" };
        self.money_figures(format!("{sign}{}{}", amount.yuan_grouped(), amount.decimals()))
    }

    /// Short name of an insurance.
    pub fn insurance(&self, insurance: InsuranceType) -> String {
        self.text(insurance_key(insurance))
    }

    /// A status in words; never a code.
    pub fn status(&self, status: AccountStatus) -> String {
        self.text(match status {
            AccountStatus::NotInsured => Key::StatusNotInsured,
            AccountStatus::Active => Key::StatusActive,
            AccountStatus::Suspended => Key::StatusSuspended,
            AccountStatus::Ended => Key::StatusEnded,
            AccountStatus::Unknown => Key::StatusUnknown,
        })
    }

    /// Name of a service, as on its tile.
    pub fn service(&self, service: Service) -> String {
        self.text(service_key(service))
    }

    /// What it means to have no personal account; who is not in force at the moment is promised nothing.
    pub fn no_account(&self, status: Option<AccountStatus>) -> String {
        match status {
            None | Some(AccountStatus::Active) => self.text(Key::BalanceNoneText),
            Some(status) => self.balance_none_paused(self.status(status)),
        }
    }

    /// Why a tile cannot be used now.
    pub fn tile_reason(&self, state: TileState) -> Option<String> {
        tile_reason_key(state).map(|key| self.text(key))
    }

    /// The small line under a service's name.
    pub fn service_subtitle(&self, service: Service) -> String {
        self.text(match service {
            Service::Balance => Key::ServiceBalanceSubtitle,
            Service::Insured => Key::ServiceInsuredSubtitle,
            Service::Filing => Key::ServiceFilingSubtitle,
            Service::Relative => Key::ServiceRelativeSubtitle,
            Service::Hospitals => Key::ServiceHospitalsSubtitle,
            Service::Guide => Key::ServiceGuideSubtitle,
            Service::Offices => Key::ServiceOfficesSubtitle,
            Service::Opinion => Key::ServiceOpinionSubtitle,
        })
    }

    /// Where and how something is done that this kiosk does not do.
    pub fn elsewhere(&self, service: Service) -> String {
        self.text(elsewhere_key(service))
    }

    /// Name of a level.
    pub fn level(&self, level: Level) -> String {
        self.text(level_key(level))
    }

    /// A reason in plain words, by its indicator code.
    pub fn reason(&self, code: u16) -> String {
        self.text(reason_key(code))
    }

    /// What was wrong with a card or a code.
    pub fn notice(&self, notice: IdentifyNotice) -> String {
        self.text(notice_key(notice))
    }

    /// The month by its name: 11月; Nov.
    pub fn month(&self, day: Date) -> String {
        let index = usize::from(day.month().unsigned_abs()).saturating_sub(1);
        MONTHS.get(index).map(|key| self.text(*key)).unwrap_or_default()
    }
}

/// The one text of a notice, shown and said.
pub(super) fn notice_key(notice: IdentifyNotice) -> Key {
    match notice {
        IdentifyNotice::PulledAway => Key::IdentifyPulledAway,
        IdentifyNotice::WrongKind => Key::IdentifyWrongKind,
        IdentifyNotice::Nonsense => Key::IdentifyNonsense,
        IdentifyNotice::NotAVoucher => Key::IdentifyNotAVoucher,
        IdentifyNotice::StaleVoucher => Key::IdentifyStaleVoucher,
        IdentifyNotice::LiftAndLayAgain => Key::IdentifyLiftAndLayAgain,
    }
}

/// The one text of where a service is done, shown and said.
pub(super) fn elsewhere_key(service: Service) -> Key {
    match service {
        Service::Offices => Key::ElsewhereOffices,
        Service::Opinion => Key::ElsewhereOpinion,
        Service::Balance
        | Service::Insured
        | Service::Filing
        | Service::Relative
        | Service::Hospitals
        | Service::Guide => Key::ElsewhereOther,
    }
}

/// The one text of why a tile cannot be used, shown and said.
pub(super) fn tile_reason_key(state: TileState) -> Option<Key> {
    match state {
        TileState::Open => None,
        TileState::NoDevice => Some(Key::TileNoDevice),
        TileState::NoPlatform => Some(Key::TileNoPlatform),
    }
}

/// The one text of an insurance, shown and said.
pub(super) fn insurance_key(insurance: InsuranceType) -> Key {
    match insurance {
        InsuranceType::Employee => Key::InsuranceEmployee,
        InsuranceType::Resident => Key::InsuranceResident,
        InsuranceType::CivilServantSupplement => Key::InsuranceCivilServant,
        InsuranceType::LargeExpense => Key::InsuranceLargeExpense,
        InsuranceType::RetiredCadre => Key::InsuranceRetiredCadre,
        InsuranceType::LongTermCare => Key::InsuranceLongTermCare,
        InsuranceType::Maternity => Key::InsuranceMaternity,
        InsuranceType::Other => Key::InsuranceOther,
    }
}

/// The one text of a service, shown and said.
pub(super) fn service_key(service: Service) -> Key {
    match service {
        Service::Balance => Key::ServiceBalance,
        Service::Insured => Key::ServiceInsured,
        Service::Filing => Key::ServiceFiling,
        Service::Relative => Key::ServiceRelative,
        Service::Hospitals => Key::ServiceHospitals,
        Service::Guide => Key::ServiceGuide,
        Service::Offices => Key::ServiceOffices,
        Service::Opinion => Key::ServiceOpinion,
    }
}

/// The one text of a level, shown and said.
pub(super) fn level_key(level: Level) -> Key {
    match level {
        Level::VerySatisfied => Key::Level5,
        Level::Satisfied => Key::Level4,
        Level::FairlySatisfied => Key::Level3,
        Level::Dissatisfied => Key::Level2,
        Level::VeryDissatisfied => Key::Level1,
    }
}

/// The one text of a reason of a bad rating, by its indicator code.
pub(super) fn reason_key(code: u16) -> Key {
    let id = format!("reason-{code}");
    let key = Key::ALL.iter().copied().find(|key| key.id() == id);
    key.unwrap_or(Key::ReasonOther)
}

#[cfg(test)]
mod tests {
    use super::super::check_both as check;
    use super::*;
    use crate::domain::active_indicators;
    use jiff::civil::date;

    #[test]
    fn days_and_times() {
        check("11月21日 周六", "Sat, Nov 21", |w| w.header_date(date(2026, 11, 21)));
        check("1月4日 周日", "Sun, Jan 4", |w| w.header_date(date(2026, 1, 4)));
        check("12月31日", "Dec 31", |w| w.day(date(2025, 12, 31)));
        check("2019年3月起", "since Mar 2019", |w| w.since(date(2019, 3, 1)));
        check("09:05", "09:05", |w| w.clock(date(2026, 11, 21).at(9, 5, 59, 0)));
    }

    #[test]
    fn money() {
        check("一千二百三十四元五角六分", "1,234 yuan and 56 fen", |w| w.amount(Fen(123_456)));
        check("负两元", "minus 2 yuan", |w| w.amount(Fen(-200)));
        check("零元", "0 yuan", |w| w.amount(Fen(0)));
        check("−1,234.05 元", "−1,234.05 yuan", |w| w.figures(Fen(-123_405)));
    }

    #[test]
    fn every_reason_of_a_bad_level_has_plain_words() {
        let words = Words::new(Language::ZhCn);
        for level in Level::ALL.into_iter().filter(|level| level.needs_reason()) {
            for indicator in active_indicators(level) {
                assert_ne!(words.reason(indicator.code), words.text(Key::ReasonOther), "{}", indicator.code);
            }
        }
        check("其他原因", "Another reason", |w| w.reason(999));
    }
}
