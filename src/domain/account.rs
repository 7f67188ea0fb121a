//! What the insurance platform knows of a person: insured areas, statuses, balances, movements.

use std::fmt;

use jiff::civil::Date;

use super::{CertificateNumber, Fen, PersonName};

/// Six-digit insurance area (医保区划). Not always a GB/T 2260 code: 市本级 and 省本级 exist too.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AreaCode(String);

impl AreaCode {
    /// Six digits; `None` otherwise.
    pub fn parse(text: &str) -> Option<Self> {
        (text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit())).then(|| Self(text.to_owned()))
    }

    /// A whole province, by the two digits every code of it begins with.
    pub fn province_of(two_digits: &str) -> Self {
        Self(format!("{two_digits}0000"))
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// 险种 (`insutype`), as far as a resident meets it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum InsuranceType {
    /// 310 职工基本医疗保险.
    Employee,
    /// 390 城乡居民基本医疗保险.
    Resident,
    /// 320 公务员医疗补助.
    CivilServantSupplement,
    /// 330 大额医疗费用补助.
    LargeExpense,
    /// 340 离休人员医疗保障.
    RetiredCadre,
    /// 410 长期照护保险.
    LongTermCare,
    /// 510 生育保险.
    Maternity,
    /// Any other code, shown as “其他”.
    Other,
}

impl InsuranceType {
    /// From the platform's three-digit code.
    pub fn from_code(code: &str) -> Self {
        match code {
            "310" => Self::Employee,
            "390" | "391" | "380" => Self::Resident,
            "320" => Self::CivilServantSupplement,
            "330" | "392" => Self::LargeExpense,
            "340" => Self::RetiredCadre,
            "410" => Self::LongTermCare,
            "510" => Self::Maternity,
            _ => Self::Other,
        }
    }

    /// The platform's three-digit code; empty for [`Self::Other`].
    pub fn code(self) -> &'static str {
        match self {
            Self::Employee => "310",
            Self::Resident => "390",
            Self::CivilServantSupplement => "320",
            Self::LargeExpense => "330",
            Self::RetiredCadre => "340",
            Self::LongTermCare => "410",
            Self::Maternity => "510",
            Self::Other => "",
        }
    }
}

/// 人员参保状态 (`psn_insu_stas`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AccountStatus {
    /// 0 未参保.
    NotInsured,
    /// 1 正常参保.
    Active,
    /// 2 暂停参保.
    Suspended,
    /// 3 无效 and 4 终止.
    Ended,
    /// A code outside the table; shown as “请到窗口问一问”, never as a number.
    Unknown,
}

impl AccountStatus {
    /// From the platform's one-digit code.
    pub fn from_code(code: &str) -> Self {
        match code {
            "0" => Self::NotInsured,
            "1" => Self::Active,
            "2" => Self::Suspended,
            "3" | "4" => Self::Ended,
            _ => Self::Unknown,
        }
    }
}

/// One row of `insuinfo`: one insurance in one area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Which insurance.
    pub insurance: InsuranceType,
    /// Whether it is in force.
    pub status: AccountStatus,
    /// 参保地.
    pub area: Option<AreaCode>,
    /// Name of the insured area for people, from the kiosk's table; the code where the table has none.
    pub area_name: String,
    /// Balance of the personal account; `None` where this insurance keeps none.
    pub balance: Option<Fen>,
    /// Since when insured.
    pub since: Option<Date>,
    /// Employer or community, may be empty.
    pub employer: String,
}

/// One movement of a personal account.
#[derive(Clone, PartialEq, Eq)]
pub struct Movement {
    /// Day it was booked.
    pub on: Date,
    /// What it was, in words for residents.
    pub what: String,
    /// Where, may be empty.
    pub place: String,
    /// Positive: paid in. Negative: spent.
    pub amount: Fen,
}

/// The platform's answer about one person. Name and number wipe themselves on drop.
#[derive(Clone, PartialEq, Eq)]
pub struct PersonRecord {
    /// 人员编号; the key of later queries, never shown.
    pub person_number: String,
    /// Name as the platform holds it.
    pub name: PersonName,
    /// Certificate number as the platform holds it.
    pub number: CertificateNumber,
    /// All insurances, employee insurance first, then by area.
    pub accounts: Vec<Account>,
}

impl PersonRecord {
    /// The account whose balance is shown big: an active employee account, else any with a balance.
    pub fn main_account(&self) -> Option<&Account> {
        let with_balance = || self.accounts.iter().filter(|a| a.balance.is_some());
        with_balance().find(|a| a.status == AccountStatus::Active).or_else(|| with_balance().next())
    }

    /// Whether any insurance is on record at all.
    pub fn insured(&self) -> bool {
        self.accounts.iter().any(|a| a.status != AccountStatus::NotInsured)
    }
}

impl Drop for PersonRecord {
    fn drop(&mut self) {
        use zeroize::Zeroize;
        self.person_number.zeroize();
        for account in &mut self.accounts {
            account.employer.zeroize();
            account.balance = None;
        }
    }
}

impl fmt::Debug for PersonRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PersonRecord({} accounts, …)", self.accounts.len())
    }
}

/// What was bought where may name an illness.
impl fmt::Debug for Movement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Movement(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// Found by the simulator: an answer of the platform in a debug text carried the person number.
    #[test]
    fn debug_of_an_answer_says_nothing_of_the_person() {
        let number = CertificateNumber::complete("37100219480315003").unwrap();
        let record = PersonRecord {
            person_number: "3710000055".to_owned(),
            name: PersonName::from_text("张建华"),
            number: CertificateNumber::parse(&number).unwrap(),
            accounts: Vec::new(),
        };
        assert_eq!(format!("{record:?}"), "PersonRecord(0 accounts, …)");
        let (what, place) = ("购药".to_owned(), "示例药店".to_owned());
        let movement = Movement { on: date(2026, 10, 1), what, place, amount: Fen(-1) };
        assert_eq!(format!("{movement:?}"), "Movement(…)");
    }
}
