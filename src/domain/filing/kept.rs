//! What is known of filings afterwards: on the platform, and in this kiosk's own ledger.

use std::fmt;

use jiff::civil::{Date, DateTime};
use zeroize::Zeroize;

use super::{Category, Period, PhoneNumber, Relation};
use crate::domain::{AreaCode, CertificateNumber, PersonName, ProjectNumber};

/// Longer numbers no platform gives a filing.
pub const SERIAL_CHARS_MAX: usize = 40;

/// Everything a card brings to light about its filings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FilingsOnRecord {
    /// What the platform holds; `None` when it could not be asked.
    pub platform: Option<PlatformFilings>,
    /// What this kiosk took and what became of it: kept and not sent yet, or rejected since.
    pub here: Vec<KeptFiling>,
}

/// The platform's answer about one person's filings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlatformFilings {
    /// Latest first.
    pub filings: Vec<FiledRecord>,
    /// The phone number on record, and since when.
    pub phone: Option<PhoneOnRecord>,
}

/// A phone number on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhoneOnRecord {
    /// The number.
    pub number: PhoneNumber,
    /// The day it was last changed, if ever.
    pub changed: Option<Date>,
}

/// One filing on the platform.
#[derive(Clone, PartialEq, Eq)]
pub struct FiledRecord {
    /// Its number there (`trt_dcla_detl_sn`).
    pub serial: String,
    /// The number of the request it came from, where a kiosk made it.
    pub request: Option<ProjectNumber>,
    /// 备案类型.
    pub category: Category,
    /// 就医地.
    pub destination: AreaCode,
    /// From when to when.
    pub period: Period,
    /// What it is worth.
    pub status: FiledStatus,
    /// The day it was filed.
    pub filed: Date,
    /// Whether a bill was settled under it; one that was used is not cancelled but ended.
    pub used: bool,
}

/// What a filing is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FiledStatus {
    /// It holds, or will from its first day on.
    Valid,
    /// Received, not decided.
    Pending,
    /// Its last day has passed.
    Expired,
    /// Cancelled.
    Cancelled,
}

/// One request in this kiosk's ledger.
#[derive(Clone, PartialEq, Eq)]
pub struct KeptFiling {
    /// Its number; the query code is its tail.
    pub number: ProjectNumber,
    /// 就医地; `None` for a cancelling or an extension.
    pub destination: Option<AreaCode>,
    /// When it was submitted.
    pub at: DateTime,
    /// Where it stands.
    pub status: KeptStatus,
}

/// Where a kept request stands.
#[derive(Clone, PartialEq, Eq)]
pub enum KeptStatus {
    /// 已暂存，还没办好.
    Waiting,
    /// Done since; its number on the platform.
    Done(String),
    /// The platform said no, in its words.
    Rejected(String),
}

/// Characters of a query code, and how many stand together.
const QUERY_CODE_CHARS: usize = 10;
const QUERY_CODE_GROUP: usize = 5;

impl ProjectNumber {
    /// By what somebody asks after a request at a window: the last ten characters, in two groups.
    pub fn query_code(&self) -> String {
        let number = self.as_str();
        let start = number.char_indices().rev().nth(QUERY_CODE_CHARS - 1).map_or(0, |(place, _)| place);
        let tail = &number[start..];
        match tail.char_indices().nth(QUERY_CODE_GROUP) {
            Some((middle, _)) => format!("{} {}", &tail[..middle], &tail[middle..]),
            None => tail.to_owned(),
        }
    }
}

/// How a request ended at the platform.
#[derive(Clone, PartialEq, Eq)]
pub enum FilingOutcome {
    /// Done: the number on the platform.
    Done {
        /// 备案号.
        serial: String,
    },
    /// Refused for good; why, in words for residents where the platform has some.
    Rejected(String),
    /// Not reached or not answered yet; it stays kept and is sent later.
    NotYet,
}

/// Somebody bound to the resident's family account (亲情账户).
#[derive(Clone, PartialEq, Eq)]
pub struct FamilyMember {
    /// 人员编号.
    pub person_number: String,
    /// Name.
    pub name: PersonName,
    /// Certificate number.
    pub certificate: CertificateNumber,
    /// What the resident is to them.
    pub relation: Relation,
    /// The day they were bound.
    pub bound: Date,
}

impl Drop for FamilyMember {
    fn drop(&mut self) {
        self.person_number.zeroize();
    }
}

impl fmt::Debug for FamilyMember {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FamilyMember({:?}, …)", self.relation)
    }
}

impl fmt::Debug for FiledRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FiledRecord({:?}, {:?}, …)", self.category, self.status)
    }
}

impl fmt::Debug for KeptFiling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeptFiling({}, …)", self.number.as_str())
    }
}

/// The platform's words can name somebody, and its numbers lead to them.
impl fmt::Debug for KeptStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Waiting => "Waiting",
            Self::Done(_) => "Done(…)",
            Self::Rejected(_) => "Rejected(…)",
        })
    }
}

impl fmt::Debug for FilingOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Done { .. } => "Done(…)",
            Self::Rejected(_) => "Rejected(…)",
            Self::NotYet => "NotYet",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_code_is_the_tail_in_two_groups() {
        let check =
            |number: &str, expected: &str| assert_eq!(ProjectNumber::from_stored(number).query_code(), expected);
        check("371002A00320261121ABCDE12345", "ABCDE 12345");
        check("ABCDE12345", "ABCDE 12345");
        check("K1", "K1");
    }
}
