//! What stands at the end of a filing: the review, the result, what is on record, what is told; as plain values.

use std::fmt;

use jiff::civil::Date;
use zeroize::Zeroize;

use super::Step;
use crate::domain::InsuranceType;
use crate::domain::filing::{Category, CategoryGroup, FiledStatus, Period, Relation, TravelReason};

/// 请核对一遍: every line with its “改”.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// Where in the journey.
    pub step: Option<Step>,
    /// What stands there.
    pub lines: Vec<ReviewLine>,
    /// From → to as one sentence.
    pub route: Route,
    /// What it means: sentences of the policy file in the resident's language.
    pub notice: Vec<String>,
    /// 承诺书 to be accepted, in the resident's language; `None` where the category needs none.
    pub promise: Option<String>,
    /// Accepted. Starts as not.
    pub promised: bool,
    /// “提交备案” may be pressed.
    pub complete: bool,
    /// It is being written to disk or sent at this moment.
    pub sending: Option<Sending>,
    /// It could not be kept on disk.
    pub failed: bool,
}

/// How far a submitted filing has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sending {
    /// On its way to the disk.
    Keeping,
    /// On disk; the platform is being asked.
    Asking,
}

/// One line of the review.
#[derive(Clone, PartialEq, Eq)]
pub enum ReviewLine {
    /// Who goes: 张*华, 371002********1234.
    Who(String, String),
    /// Who helps: 李*英, and what they are.
    Helper(String, Relation),
    /// Which insurance, where.
    Insurance(InsuranceType, String),
    /// Why, with its category.
    Why(TravelReason, Category),
    /// Where to: full name.
    Where(String),
    /// When.
    When(Period),
    /// 138****5678.
    Phone(String),
    /// Address.
    Address(String),
    /// Referral certificate: number, hospital.
    Referral(String, String),
}

/// From → to as a sentence: 从威海市到北京市，2026年11月21日起，长期有效.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// Name of the insured area.
    pub from: String,
    /// Name of the destination.
    pub to: String,
    /// From when to when.
    pub period: Period,
}

/// A request that was submitted, as far as it is known.
#[derive(Clone, PartialEq, Eq)]
pub struct Filed {
    /// What became of it.
    pub outcome: Filing,
    /// What was asked for.
    pub what: FiledWhat,
    /// 张*华.
    pub name: String,
    /// Why, where it is a new filing.
    pub reason: Option<TravelReason>,
    /// The receipt's QR code.
    pub code: PhoneCode,
    /// What to do at the far hospital: sentences of the policy file.
    pub advice: Vec<String>,
}

/// A QR code to be photographed with a phone.
#[derive(Clone, PartialEq, Eq, Default, Zeroize)]
pub enum PhoneCode {
    /// It is being made.
    #[default]
    Pending,
    /// Its text.
    Made(String),
    /// There will be none: nothing to sign it with, or more text than a code holds.
    Impossible,
}

impl PhoneCode {
    /// What came of making one.
    pub(crate) fn of(sealed: Option<String>) -> Self {
        sealed.map_or(Self::Impossible, Self::Made)
    }

    /// Its text, if there is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Made(text) => Some(text),
            Self::Pending | Self::Impossible => None,
        }
    }
}

/// What was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FiledWhat {
    /// A new filing.
    New(Route),
    /// The filing to this place was cancelled.
    Cancelled(String),
    /// The filing to this place was extended to this day.
    Extended(String, Date),
}

/// What became of a request.
#[derive(Clone, PartialEq, Eq)]
pub enum Filing {
    /// 备案办好了, with its number.
    Done(String),
    /// 已暂存，还没办好, with its query code.
    Kept(String),
    /// Refused; why, in the platform's words, may be empty.
    Rejected(String),
}

/// What is on record for this person.
#[derive(Clone, PartialEq, Eq)]
pub struct Filings {
    /// 张*华.
    pub name: String,
    /// Lines, those that hold first.
    pub lines: Vec<FilingLine>,
    /// The one that was picked, with what can be done with it.
    pub picked: Option<u8>,
    /// The platform could not be asked; only what this kiosk knows is listed.
    pub platform_away: bool,
}

/// One line of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilingLine {
    /// Name of the destination; empty for a cancelling or an extension that waits.
    pub place: String,
    /// Its category, where known.
    pub category: Option<Category>,
    /// From when to when, where known.
    pub period: Option<Period>,
    /// Where it stands.
    pub status: LineStatus,
    /// It may be cancelled here now.
    pub can_cancel: bool,
    /// It may be extended here now.
    pub can_extend: bool,
    /// From when it may be changed, where the policy makes one wait.
    pub change_from: Option<Date>,
}

/// Where a line stands.
#[derive(Clone, PartialEq, Eq)]
pub enum LineStatus {
    /// On the platform.
    Platform(FiledStatus),
    /// Kept here, not sent yet: its query code.
    Waiting(String),
    /// Refused since; why.
    Rejected(String),
}

/// Something told before or instead of a step, with one way on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// 急诊视同已备案: nothing needs to be done.
    EmergencyIsFiled,
    /// What filing under this category means, sentences of the policy file (一次性告知).
    Before {
        /// Where in the journey.
        step: Option<Step>,
        /// The category.
        category: Category,
        /// Its group, for the heading.
        group: CategoryGroup,
        /// The sentences, in the resident's language.
        notice: Vec<String>,
    },
    /// No certificate at hand: what to bring to the window.
    BringToWindow {
        /// What to bring, in the resident's language.
        materials: Vec<String>,
        /// The same as a QR code.
        code: PhoneCode,
    },
    /// A scam is likely: nothing was submitted, staff is told.
    TalkToStaff,
    /// So many relatives may be helped in one visit or day; no more.
    NoMoreRelatives,
    /// This person may not file from here: not insured, or insurance not in force.
    CannotFile,
    /// Nobody is bound to the family account.
    NoFamily,
}

/// A draft as a QR code for a window or a relative's phone.
#[derive(Clone, PartialEq, Eq)]
pub struct Carry {
    /// Text of the code; `None` while it is being made.
    pub code: Option<String>,
}

/// One designated hospital.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HospitalCard {
    /// Name.
    pub name: String,
    /// 三级甲等 …, as the list has it.
    pub level: String,
    /// City.
    pub place: String,
    /// Address, may be empty.
    pub address: String,
    /// Phone, may be empty.
    pub phone: String,
    /// What it does for people from elsewhere, as the list has it: 住院, 门诊, 慢特病.
    pub services: Vec<String>,
}

/// Says which line it is, never what stands there.
impl fmt::Debug for ReviewLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Who(..) => "Who",
            Self::Helper(..) => "Helper",
            Self::Insurance(..) => "Insurance",
            Self::Why(..) => "Why",
            Self::Where(_) => "Where",
            Self::When(_) => "When",
            Self::Phone(_) => "Phone",
            Self::Address(_) => "Address",
            Self::Referral(..) => "Referral",
        })
    }
}

/// Names, numbers, codes and the platform's words are left out.
impl fmt::Debug for Filed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Filed({:?}, code: {:?}, {} sentences)", self.outcome, self.code, self.advice.len())
    }
}

impl fmt::Debug for PhoneCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Pending => "Pending",
            Self::Made(_) => "Made(…)",
            Self::Impossible => "Impossible",
        })
    }
}

impl fmt::Debug for Filing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Done(_) => "Done(…)",
            Self::Kept(_) => "Kept(…)",
            Self::Rejected(_) => "Rejected(…)",
        })
    }
}

impl fmt::Debug for Filings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Filings({:?}, picked: {:?}, away: {})", self.lines, self.picked, self.platform_away)
    }
}

impl fmt::Debug for LineStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Platform(status) => write!(f, "Platform({status:?})"),
            Self::Waiting(_) => f.write_str("Waiting(…)"),
            Self::Rejected(_) => f.write_str("Rejected(…)"),
        }
    }
}

impl fmt::Debug for Carry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Carry(code: {})", self.code.is_some())
    }
}
