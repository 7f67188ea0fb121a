//! What the screens of a filing, of the hospital search and of writing show, as plain values.
//!
//! What is offered to be pressed is listed; [`super::Press::Pick`] names it by its place in the list, counted from 0.

use jiff::civil::Date;

use crate::domain::filing::{Category, CategoryGroup, FiledStatus, Period, Relation, TravelReason};
use crate::domain::{InsuranceType, Service};

/// Which step of how many, both counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// This one.
    pub now: u8,
    /// All.
    pub of: u8,
}

/// One question with its answers, a page at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// Where in the journey; `None` outside of its steps.
    pub step: Option<Step>,
    /// The question.
    pub inquiry: Inquiry,
    /// Its answers.
    pub options: Vec<AskOption>,
    /// Which of them was chosen before, when one comes back to change it.
    pub chosen: Option<u8>,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inquiry {
    /// 为什么去外地看病？
    WhyAway,
    /// Which insurance is it about? Asked where there are several.
    WhichInsurance,
    /// Has the hospital given a referral certificate?
    HaveReferral,
    /// 帮家人办: how does the relative show who they are?
    HowHelped,
    /// Which of the bound relatives?
    WhichRelative,
    /// What are you to the person you help?
    WhichRelation,
    /// 您已经备案到上海，要改到北京吗？
    Conflict {
        /// Name of the place filed to now.
        from: String,
        /// Name of the new place.
        to: String,
    },
    /// Cancel the filing to this place?
    CancelIt {
        /// Name of the place.
        place: String,
        /// Something the policy says about it, such as how soon one may file again; in the resident's language.
        note: Option<String>,
    },
    /// Extend the filing to this place?
    ExtendIt {
        /// Name of the place.
        place: String,
        /// The new last day.
        until: Date,
    },
    /// 有人在电话里教您这样办吗？
    Scam,
    /// Which kind of address: with children, own flat, dormitory, care home …
    WhichDwelling,
}

/// An answer on offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AskOption {
    /// A reason, with its official category in small.
    Reason(TravelReason),
    /// An insurance in an area.
    Insurance(InsuranceType, String),
    /// A bound relative: 李*英, and what they are.
    Relative(String, Relation),
    /// What the helper is.
    Relation(Relation),
    /// The relative's own ID card.
    ByCard,
    /// The relative's e-voucher.
    ByVoucher,
    /// Out of the family account.
    ByFamily,
    /// A dwelling.
    Dwelling(Dwelling),
    /// Yes, go on.
    Yes,
    /// No, leave everything as it is.
    No,
    /// Somebody is telling me to: help, please.
    SomebodyTellsMe,
    /// Nobody tells me, I want this.
    NobodyTellsMe,
    /// I have the certificate with me.
    HaveIt,
    /// I do not have it.
    HaveItNot,
}

/// The kind of place somebody lives at; the address begins with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dwelling {
    /// With children.
    Children,
    /// In one's own or a rented flat.
    Own,
    /// At the employer's.
    Employer,
    /// In a care home.
    CareHome,
}

impl Dwelling {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 4] = [Self::Children, Self::Own, Self::Employer, Self::CareHome];
}

/// Where to? Common places or provinces first, then the cities of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// Where in the journey.
    pub step: Option<Step>,
    /// For a filing or for the hospital search.
    pub service: Service,
    /// The province whose cities are listed; `None` on the first list.
    pub province: Option<String>,
    /// Short names, to be picked. On the first list these are whole municipalities and provinces.
    pub names: Vec<String>,
    /// Which of them was chosen before.
    pub chosen: Option<u8>,
    /// Which page, counted from 0.
    pub page: usize,
    /// How many pages.
    pub pages: usize,
}

/// Writing with a finger or by pinyin, with what matches so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Writing {
    /// Where in the journey.
    pub step: Option<Step>,
    /// What is written.
    pub field: WritingField,
    /// How.
    pub by: WritingBy,
    /// What stands there already.
    pub text: String,
    /// Letters typed that are no characters yet.
    pub letters: String,
    /// Candidates to continue with, best first; picked with [`super::Press::Candidate`].
    pub candidates: Vec<String>,
    /// Strokes on the pad so far, each a row of points (x, y) in ten-thousandths of the pad's width and height.
    pub strokes: Vec<Vec<(u16, u16)>>,
    /// The recogniser is at work on them.
    pub recognising: bool,
    /// Whether handwriting can be used at all.
    pub handwriting_works: bool,
    /// What matches, to be picked.
    pub matches: Vec<Match>,
    /// Whether “写好了” may be pressed with what stands there.
    pub complete: bool,
}

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WritingField {
    /// A place to go to; one of the matches must be picked.
    Place,
    /// A hospital to look for.
    Hospital,
    /// The rest of an address.
    Address,
    /// The hospital that issued the referral certificate.
    ReferralHospital,
}

/// How it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WritingBy {
    /// With a finger.
    Hand,
    /// Letters of pinyin or initials.
    Pinyin,
}

/// Something found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Its name.
    pub title: String,
    /// Where it lies, and what it is filed as where that is another place.
    pub note: MatchNote,
}

/// The small line under something found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MatchNote {
    /// Nothing.
    None,
    /// Its province.
    In(String),
    /// It is filed to this other place: “河南省周口市，要备案到周口市”.
    FiledTo {
        /// Province and city.
        within: String,
        /// Name of the place it is filed to.
        to: String,
    },
    /// Address and level of a hospital, as the list has them.
    Hospital {
        /// Address.
        address: String,
        /// 三级, 二级 …, as the list has it.
        level: String,
    },
}

/// Digits on a large pad.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digits {
    /// Where in the journey.
    pub step: Option<Step>,
    /// What they are.
    pub field: DigitsField,
    /// Digits so far, in groups: 138 0000 0000.
    pub text: String,
    /// What is wrong with them, said only after “下一步” was pressed.
    pub notice: Option<DigitsNotice>,
    /// Whether they can be a number as they stand.
    pub complete: bool,
    /// A number on record may be taken instead: masked.
    pub on_record: Option<String>,
}

/// What the digits are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DigitsField {
    /// A phone number.
    Phone,
    /// The number of a referral certificate: digits, X and a dash.
    ReferralNumber,
}

/// What is wrong with digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DigitsNotice {
    /// Too few.
    TooShort,
    /// Too many.
    TooLong,
    /// No such number.
    NoSuchNumber,
}

/// From when, and for how long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dates {
    /// Where in the journey.
    pub step: Option<Step>,
    /// First day as it stands.
    pub begin: Date,
    /// How long as it stands.
    pub length: Length,
    /// Which of the steppers can still go up or down: each stepper with (down, up).
    pub steppers: Vec<(Stepper, bool, bool)>,
    /// First day is today.
    pub today: bool,
}

/// How long a filing holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// 长期有效.
    OpenEnded,
    /// So many months, and the last day that makes.
    Months(u8, Date),
}

/// Something that goes up and down by one press.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stepper {
    /// Year of the first day.
    Year,
    /// Month of the first day.
    Month,
    /// First day.
    Day,
    /// Months it holds.
    Months,
}

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
#[derive(Debug, Clone, PartialEq, Eq)]
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filed {
    /// What became of it.
    pub outcome: Filing,
    /// What was asked for.
    pub what: FiledWhat,
    /// 张*华.
    pub name: String,
    /// Why, where it is a new filing.
    pub reason: Option<TravelReason>,
    /// Text of the receipt's QR code, as soon as it is made.
    pub code: Option<String>,
    /// What to do at the far hospital: sentences of the policy file.
    pub advice: Vec<String>,
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filing {
    /// 备案办好了, with its number.
    Done(String),
    /// 已暂存，还没办好, with its query code.
    Kept(String),
    /// Refused; why, in the platform's words, may be empty.
    Rejected(String),
}

/// What is on record for this person.
#[derive(Debug, Clone, PartialEq, Eq)]
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
#[derive(Debug, Clone, PartialEq, Eq)]
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
#[derive(Debug, Clone, PartialEq, Eq)]
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
