//! Everything that can happen to a visit: the one closed enum the main loop turns.

use std::fmt;

use jiff::civil::DateTime;

use super::{HospitalCard, Stepper};
use crate::domain::filing::{FamilyMember, FilingOutcome, FilingsOnRecord};
use crate::domain::{
    CardTrouble, DeviceKind, DeviceState, EVoucher, IdentityCard, Level, Movement, PersonRecord, ProjectNumber, Service,
};

/// The moment an event is handled. Time comes in as data; the core owns no clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// Milliseconds since the program started, never going back.
    pub tick_ms: u64,
    /// Local wall-clock time. It may jump; nothing is timed by it.
    pub wall: DateTime,
}

/// Names one request to the platform or the ledger, so that a late answer to an old one is dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ticket(pub u64);

/// What happened.
#[derive(Clone, PartialEq, Eq)]
pub enum Event {
    /// A deadline the session asked for has come, or a second has passed.
    Tick,
    /// A finger on the glass.
    Press(Press),
    /// A key of the tactile pad or of a keyboard.
    Key(PadKey),
    /// A device changed its state.
    Device(DeviceKind, DeviceState),
    /// A card lies on the reader and is being read.
    CardFound,
    /// A card was read.
    CardRead(Box<IdentityCard>),
    /// A card lies there but cannot be read.
    CardUnreadable(CardTrouble),
    /// The card that was read or tried has been taken away.
    CardLifted,
    /// The scanner read an e-voucher.
    Scanned(EVoucher),
    /// The scanner read something else: a payment code, a parcel label, half a code.
    ScannedOther,
    /// The platform answered who this is, or why it cannot.
    Person(Ticket, Result<Box<PersonRecord>, PlatformTrouble>),
    /// The platform answered with movements; `None` where its profile offers none.
    Movements(Ticket, Option<Vec<Movement>>),
    /// The ledger has it durably.
    Stored(Ticket),
    /// The ledger could not keep it: disk full, read-only, broken.
    NotStored(Ticket),
    /// What is on record of this person's filings.
    Filings(Ticket, Box<FilingsOnRecord>),
    /// Who is bound to the family account, or why it cannot be told.
    Family(Ticket, Result<Vec<FamilyMember>, PlatformTrouble>),
    /// What became of a request, told whenever delivery learns it: in the same visit or long after.
    FilingSettled(ProjectNumber, FilingOutcome),
    /// A finger was lifted from the writing pad: points (x, y) in ten-thousandths of its width and height.
    Stroke(Vec<(u16, u16)>),
    /// Characters the ink may be, best first.
    Recognised(Ticket, Vec<String>),
    /// Whether handwriting can be used at all.
    Handwriting(bool),
    /// Whether headphones are plugged in; nobody else hears what is said then.
    Headphones(bool),
    /// Hospitals that match.
    Hospitals(Ticket, Vec<HospitalCard>),
    /// The text for a QR code; `None` where it cannot be made.
    Sealed(Ticket, Option<String>),
    /// Whether the ledger can be written at all; without it no matter is begun.
    Ledger(bool),
    /// Whether the insurance platform can be reached, from the runtime's regular probe.
    Platform(bool),
    /// What was being said has been said.
    SpeechEnded,
}

/// A key of the tactile pad or of a plain keyboard, by what it does.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum PadKey {
    /// To what stands before.
    Up,
    /// To what comes next.
    Down,
    /// Presses what the keys are on.
    Choose,
    /// 上一步, or closes what lies over the screen.
    Back,
    /// Says once more what this screen is and what it offers.
    Repeat,
    /// One step louder, from the loudest back to the start.
    Louder,
    /// 叫人帮忙.
    Help,
    /// Covers the picture for somebody who listens through headphones, or opens it.
    Curtain,
    /// Takes the last character back.
    Erase,
    /// A character, where the screen has a key for it.
    Type(char),
}

/// What is typed stands in no debug text.
impl fmt::Debug for PadKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Up => "Up",
            Self::Down => "Down",
            Self::Choose => "Choose",
            Self::Back => "Back",
            Self::Repeat => "Repeat",
            Self::Louder => "Louder",
            Self::Help => "Help",
            Self::Curtain => "Curtain",
            Self::Erase => "Erase",
            Self::Type(_) => "Type(…)",
        })
    }
}

/// Why the platform gives no answer, as far as a resident can do something about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlatformTrouble {
    /// No line, time-out, a proxy's page instead of an answer, a refused signature.
    Unreachable,
    /// It knows nobody by this credential.
    NotFound,
    /// The e-voucher is stale or none; show a fresh one.
    StaleVoucher,
    /// It answered with a refusal of its own.
    Refused,
}

/// Languages of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize)]
pub enum Language {
    /// 简体中文.
    #[default]
    #[serde(rename = "zh-CN")]
    ZhCn,
    /// 繁體中文: the same sentences in the other script.
    #[serde(rename = "zh-Hant")]
    ZhHant,
    /// English.
    #[serde(rename = "en")]
    En,
}

/// One character of what a resident writes. Hidden in debug output.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Typed(pub char);

impl From<char> for Typed {
    fn from(character: char) -> Self {
        Self(character)
    }
}

impl fmt::Debug for Typed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

impl Language {
    /// All of them, in the order of the choice.
    pub const ALL: [Self; 3] = [Self::ZhCn, Self::ZhHant, Self::En];

    /// The Chinese or the English of two texts; both scripts read the Chinese one.
    #[must_use]
    pub fn choose<'a, T: ?Sized>(self, zh: &'a T, en: &'a T) -> &'a T {
        match self {
            Self::ZhCn | Self::ZhHant => zh,
            Self::En => en,
        }
    }

    /// The language the voice speaks where this one is read: one Mandarin for both scripts.
    #[must_use]
    pub fn spoken(self) -> Self {
        match self {
            Self::ZhCn | Self::ZhHant => Self::ZhCn,
            Self::En => Self::En,
        }
    }
}

/// Everything that can be pressed, on any screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Press {
    /// 点这里开始.
    Start,
    /// 回首页; in a visit it ends the visit.
    Home,
    /// 上一步.
    Back,
    /// 大字.
    LargeFont,
    /// 语音: turns the voice on; while it is on, opens how it sounds.
    Voice,
    /// 高对比.
    Contrast,
    /// 放低.
    Reach,
    /// 语言: the choice of languages.
    Languages,
    /// One language out of the choice.
    Language(Language),
    /// 叫人帮忙.
    Help,
    /// Closes whatever lies over the screen.
    Close,
    /// 12393: what the number is for and how to call it.
    Hotline,
    /// A tile of the first screen.
    Service(Service),
    /// 更多服务 on the large-font first screen, and back.
    MoreServices,
    /// 用手机医保码.
    ByEVoucher,
    /// 用身份证.
    ByIdCard,
    /// 是我.
    ItIsMe,
    /// 不是我.
    NotMe,
    /// 念给我听, 再念一遍.
    ReadAloud,
    /// 慢一点.
    Slower,
    /// 快一点.
    Faster,
    /// 轻一点.
    Softer,
    /// 响一点.
    Louder,
    /// 先念后按: a first press says what it is on, a second one does it; and back.
    Explore,
    /// 不念了: the voice is off again.
    VoiceOff,
    /// Stops what is being said.
    Hush,
    /// Draws the curtain over the whole picture, and opens it again; only somebody who listens alone can do without it.
    Curtain,
    /// 遮住金额, and uncovers it again.
    CoverAmount,
    /// 看全部.
    AllMovements,
    /// Next page of a list.
    PageDown,
    /// Previous page of a list.
    PageUp,
    /// 办完了.
    Finish,
    /// 再试一次.
    TryAgain,
    /// A level of the rating.
    Level(Level),
    /// A reason, chosen or taken back.
    Reason(u16),
    /// 提交评价.
    SubmitRating,
    /// 不评了.
    SkipRating,
    /// 手机评价, and back to rating here.
    RateByPhone,
    /// One choice of a question of the questionnaire.
    Answer(u8),
    /// The n-th of what this screen offers, counted from 0.
    Pick(u8),
    /// The n-th line's “改”.
    Change(u8),
    /// The n-th candidate of the writing screen.
    Candidate(u8),
    /// Opens the writing screen.
    Search,
    /// 手写.
    ByHand,
    /// 拼音.
    ByPinyin,
    /// A key: 0–9, X, a dash, or a letter of pinyin.
    Key(Typed),
    /// 删除: the last key, letter or character.
    Erase,
    /// 重写: the pad is blank again.
    ClearInk,
    /// 退一笔.
    UndoStroke,
    /// Up (`true`) or down by one.
    Step(Stepper, bool),
    /// 下一步, 写好了.
    Next,
    /// 用登记的电话: the number on record.
    UseOnRecord,
    /// 我承诺以上情况属实, and takes it back.
    Promise,
    /// 提交备案.
    SubmitFiling,
    /// 带走，到窗口办: the draft as a code.
    TakeAlong,
    /// 取消备案, of the line that was picked.
    CancelFiling,
    /// 延长, of the line that was picked.
    ExtendFiling,
    /// 办新的备案.
    NewFiling,
    /// 我还在.
    StillHere,
    /// 不用了，回首页.
    Leave,
}

/// Like the derived one, without what was written, what was found for it, and the text of a code.
impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tick => f.write_str("Tick"),
            Self::Press(press) => write!(f, "Press({press:?})"),
            Self::Device(kind, state) => write!(f, "Device({kind:?}, {state:?})"),
            Self::CardFound => f.write_str("CardFound"),
            Self::CardRead(_) => f.write_str("CardRead(…)"),
            Self::CardUnreadable(trouble) => write!(f, "CardUnreadable({trouble:?})"),
            Self::CardLifted => f.write_str("CardLifted"),
            Self::Scanned(_) => f.write_str("Scanned(…)"),
            Self::ScannedOther => f.write_str("ScannedOther"),
            Self::Person(ticket, answer) => write!(f, "Person({ticket:?}, {:?})", answer.as_ref().map(|_| "…")),
            Self::Movements(ticket, found) => write!(f, "Movements({ticket:?}, {:?})", found.as_ref().map(Vec::len)),
            Self::Stored(ticket) => write!(f, "Stored({ticket:?})"),
            Self::NotStored(ticket) => write!(f, "NotStored({ticket:?})"),
            Self::Filings(ticket, _) => write!(f, "Filings({ticket:?}, …)"),
            Self::Family(ticket, answer) => write!(f, "Family({ticket:?}, {:?})", answer.as_ref().map(Vec::len)),
            Self::FilingSettled(number, outcome) => write!(f, "FilingSettled({number:?}, {outcome:?})"),
            Self::Stroke(points) => write!(f, "Stroke({} points)", points.len()),
            Self::Recognised(ticket, found) => write!(f, "Recognised({ticket:?}, {})", found.len()),
            Self::Handwriting(works) => write!(f, "Handwriting({works})"),
            Self::Hospitals(ticket, found) => write!(f, "Hospitals({ticket:?}, {})", found.len()),
            Self::Sealed(ticket, text) => write!(f, "Sealed({ticket:?}, {:?})", text.as_ref().map(|_| "…")),
            Self::Ledger(works) => write!(f, "Ledger({works})"),
            Self::Platform(works) => write!(f, "Platform({works})"),
            Self::SpeechEnded => f.write_str("SpeechEnded"),
            Self::Key(key) => write!(f, "Key({key:?})"),
            Self::Headphones(plugged) => write!(f, "Headphones({plugged})"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::filing::{KeptStatus, PlatformFilings};

    #[test]
    fn debug_says_nothing_of_what_was_written_or_answered() {
        let check = |event: Event, expected: &str| assert_eq!(format!("{event:?}"), expected);
        let number = || ProjectNumber::from_stored("37K1");
        check(Event::Press(Press::Key(Typed('7'))), "Press(Key(…))");
        check(Event::Stroke(vec![(1_234, 5_678)]), "Stroke(1 points)");
        check(Event::Recognised(Ticket(1), vec!["沈".into()]), "Recognised(Ticket(1), 1)");
        check(Event::Sealed(Ticket(1), Some("姓名：张*华".into())), "Sealed(Ticket(1), Some(\"…\"))");
        let refused = FilingOutcome::Rejected("张建华未参保".into());
        check(Event::FilingSettled(number(), refused), "FilingSettled(ProjectNumber(\"37K1\"), Rejected(…))");
        let done = FilingOutcome::Done { serial: "BA1".into() };
        check(Event::FilingSettled(number(), done), "FilingSettled(ProjectNumber(\"37K1\"), Done(…))");
        let platform = Some(PlatformFilings::default());
        check(
            Event::Filings(Ticket(1), Box::new(FilingsOnRecord { platform, here: Vec::new() })),
            "Filings(Ticket(1), …)",
        );
        assert_eq!(format!("{:?}", KeptStatus::Rejected("张建华未参保".into())), "Rejected(…)");
    }
}
