//! What the steps of a filing, the hospital search and writing show, as plain values.
//!
//! What is offered to be pressed is listed; [`super::Press::Pick`] names it by its place in the list, counted from 0.

use std::fmt;

use jiff::civil::Date;

use crate::domain::filing::{Relation, TravelReason};
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
#[derive(Clone, PartialEq, Eq)]
pub struct Writing {
    /// Where in the journey.
    pub step: Option<Step>,
    /// What is written.
    pub field: WritingField,
    /// How.
    pub by: WritingBy,
    /// What stands there already.
    pub text: String,
    /// The last that was written did not fit any more.
    pub full: bool,
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

impl WritingField {
    /// Whether something is looked for: a match must be picked, and what is written is nobody's own.
    #[must_use]
    pub fn finds(self) -> bool {
        matches!(self, Self::Place | Self::Hospital)
    }
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
#[derive(Clone, PartialEq, Eq)]
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
#[derive(Clone, PartialEq, Eq)]
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

/// What is written stands in no debug text.
impl fmt::Debug for Writing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Writing({:?}, {:?}, {} strokes)", self.field, self.by, self.strokes.len())
    }
}

impl fmt::Debug for Match {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Match(…)")
    }
}

/// What is typed stands in no debug text.
impl fmt::Debug for Digits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digits({:?}, {:?}, …)", self.field, self.notice)
    }
}
