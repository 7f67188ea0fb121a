//! What the screen must show, as plain values; the words come from the catalogue.

use jiff::civil::{Date, DateTime};

use crate::domain::{AccountStatus, DeviceKind, Fen, InsuranceType, Level, Service};

use super::{Ask, Carry, Dates, Digits, Filed, Filings, HospitalCard, Language, Places, Prompt, Review, Told, Writing};
use super::{Loudness, Pace, Press};

/// How this resident wants the kiosk; back to default after the visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Modes {
    /// 大字版.
    pub large_font: bool,
    /// 语音版.
    pub voice: bool,
    /// 高对比.
    pub contrast: bool,
    /// 放低.
    pub reach: bool,
    /// The picture is covered while headphones are in; keys go on.
    pub curtain: bool,
    /// Language of the words.
    pub language: Language,
    /// 先念后按: a first press says, a second one does. Off at first, for most who listen see as well and would press everything
    /// twice; somebody who cannot see turns it on, or goes by keys and needs it not.
    pub explore: bool,
    /// How fast the voice speaks.
    pub pace: Pace,
    /// How loud it sounds.
    pub loudness: Loudness,
}

/// The whole picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// What fills the middle.
    pub screen: Screen,
    /// What lies over it, if anything.
    pub overlay: Option<Overlay>,
    /// Modes, for every screen alike.
    pub modes: Modes,
    /// What is being said or was said last on this screen; the caption shows it while voice is on.
    pub caption: Option<Prompt>,
    /// Whether it is being said at this moment.
    pub speaking: bool,
    /// What the keys are on, or what is being read out: the screen draws a ring around it.
    pub focus: Option<Press>,
    /// Whether “上一步” leads anywhere from here.
    pub can_go_back: bool,
    /// Whether headphones are in, so that what is said is heard by one person only.
    pub private: bool,
    /// Whether staff is told when help is needed; if not, the words send the resident to the window.
    pub staff_call: bool,
    /// Local time for the header.
    pub wall: DateTime,
}

/// One screen with its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Screen {
    /// What passers-by see.
    Standby(DeviceBoard),
    /// The first screen; `more` shows the rest of the tiles in large font.
    Home {
        /// Which tiles can be used, and why others cannot.
        tiles: Vec<Tile>,
        /// Large font: the second page of tiles.
        more: bool,
    },
    /// Lay the card down or show the code.
    Identify(Identify),
    /// Is this you?
    WhoAreYou {
        /// 张*华.
        name: String,
        /// 371002********1234, or empty where the credential does not tell.
        number: String,
        /// The card's last day has passed: said, not refused.
        expired: bool,
        /// It is the relative who is shown, not the one who stands here.
        relative: bool,
    },
    /// Work is under way.
    Waiting {
        /// For what.
        service: Service,
        /// Whole seconds since it began; from 3 on the screen says how long it may take.
        seconds: u64,
    },
    /// The balance.
    Balance(Balance),
    /// All movements, a page at a time.
    Movements(Movements),
    /// Insured areas and statuses.
    Insured {
        /// 张*华.
        name: String,
        /// One line each.
        accounts: Vec<AccountLine>,
    },
    /// Nobody by this credential is insured here.
    NotInsured,
    /// The rating.
    Rate(Rate),
    /// Rating by phone: the address is drawn as a QR code.
    RateByPhone {
        /// The address.
        address: String,
    },
    /// One question of the questionnaire.
    Question {
        /// The question, as configured.
        text: String,
        /// Its choices, as configured.
        choices: Vec<String>,
    },
    /// The end.
    Thanks {
        /// Whether a rating was kept.
        rated: bool,
        /// Whether a card still lies there.
        card_left: bool,
    },
    /// A device, the platform or the ledger fails, and what to do instead.
    Fault(Fault),
    /// A service this kiosk does not do, and where it is done.
    Elsewhere(Service),
    /// One question of a filing.
    Ask(Ask),
    /// Where to?
    Places(Places),
    /// Writing with a finger or by pinyin.
    Writing(Writing),
    /// A large key pad.
    Digits(Digits),
    /// From when, and for how long.
    Dates(Dates),
    /// 请核对一遍.
    Review(Review),
    /// What became of a request.
    Filed(Filed),
    /// Filings on record.
    Filings(Filings),
    /// Something told, with one way on.
    Told(Told),
    /// A draft to take along.
    Carry(Carry),
    /// One designated hospital.
    Hospital(HospitalCard),
    /// What to bring for what.
    Guide,
    /// Nothing can be done here now.
    OutOfService,
}

impl Screen {
    /// A name for logs and scripts, without any of the screen's values.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Standby(_) => "Standby",
            Self::Home { .. } => "Home",
            Self::Identify(_) => "Identify",
            Self::WhoAreYou { .. } => "WhoAreYou",
            Self::Waiting { .. } => "Waiting",
            Self::Balance(_) => "Balance",
            Self::Movements(_) => "Movements",
            Self::Insured { .. } => "Insured",
            Self::NotInsured => "NotInsured",
            Self::Rate(_) => "Rate",
            Self::RateByPhone { .. } => "RateByPhone",
            Self::Question { .. } => "Question",
            Self::Thanks { .. } => "Thanks",
            Self::Fault(_) => "Fault",
            Self::Elsewhere(_) => "Elsewhere",
            Self::Ask(_) => "Ask",
            Self::Places(_) => "Places",
            Self::Writing(_) => "Writing",
            Self::Digits(_) => "Digits",
            Self::Dates(_) => "Dates",
            Self::Review(_) => "Review",
            Self::Filed(_) => "Filed",
            Self::Filings(_) => "Filings",
            Self::Told(_) => "Told",
            Self::Carry(_) => "Carry",
            Self::Hospital(_) => "Hospital",
            Self::Guide => "Guide",
            Self::OutOfService => "OutOfService",
        }
    }
}

/// What lies over a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overlay {
    /// Still there? The rest of the countdown and its whole length, in seconds. Amounts behind are covered.
    Idle {
        /// Seconds left.
        left_s: u64,
        /// Seconds at the start.
        of_s: u64,
    },
    /// Choose a language.
    Languages,
    /// Staff has been called.
    HelpCalled,
    /// What 12393 is.
    Hotline,
    /// How the voice sounds: slower, louder, once more, off.
    Voice,
}

/// Which devices can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DeviceBoard {
    /// The ID reader can be used.
    pub id_reader: bool,
    /// The scanner can be used.
    pub scanner: bool,
}

impl DeviceBoard {
    /// Whether nothing is left that could tell who somebody is.
    #[must_use]
    pub fn is_empty(self) -> bool {
        !self.id_reader && !self.scanner
    }
}

/// A tile of the first screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tile {
    /// What it opens.
    pub service: Service,
    /// Whether it can be used.
    pub state: TileState,
}

/// Whether a tile can be used, and why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TileState {
    /// It opens.
    Open,
    /// No way to identify anybody: both reader and scanner are away.
    NoDevice,
    /// The platform does not answer.
    NoPlatform,
}

/// Where identification stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identify {
    /// For what.
    pub service: Service,
    /// With what.
    pub by: IdentifyBy,
    /// What was last wrong, if anything.
    pub notice: Option<IdentifyNotice>,
    /// A card is being read at this moment.
    pub reading: bool,
    /// Which devices can be used.
    pub devices: DeviceBoard,
    /// It is the relative who is to be shown, not the one who stands here.
    pub relative: bool,
}

/// With what somebody is about to identify.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdentifyBy {
    /// 身份证.
    IdCard,
    /// 医保电子凭证.
    EVoucher,
}

/// What went wrong with a card or a code, in a sentence of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdentifyNotice {
    /// Taken away too early.
    PulledAway,
    /// Another kind of card.
    WrongKind,
    /// Unreadable.
    Nonsense,
    /// Not an e-voucher.
    NotAVoucher,
    /// A stale e-voucher.
    StaleVoucher,
    /// A card that was read before still lies there; it can be read again only after it was lifted.
    LiftAndLayAgain,
}

/// The balance and the latest movements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Balance {
    /// 张*华.
    pub name: String,
    /// The main account's balance; `None` where there is no personal account.
    pub amount: Option<Fen>,
    /// Covered by the resident.
    pub covered: bool,
    /// Area and status of the main account.
    pub main: Option<AccountLine>,
    /// Other accounts, one line each.
    pub others: Vec<AccountLine>,
    /// Latest movements; `None` where the platform offers none.
    pub movements: Option<Vec<MovementLine>>,
    /// Movements are still on their way.
    pub movements_pending: bool,
}

/// One page of movements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Movements {
    /// The lines of this page.
    pub lines: Vec<MovementLine>,
    /// Which page, counted from 0.
    pub page: usize,
    /// How many pages.
    pub pages: usize,
    /// Covered by the resident.
    pub covered: bool,
}

/// One insurance in one area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountLine {
    /// Which insurance.
    pub insurance: InsuranceType,
    /// Name of the insured area.
    pub area: String,
    /// In force or not.
    pub status: AccountStatus,
    /// Since when.
    pub since: Option<Date>,
    /// Balance, where it keeps one.
    pub balance: Option<Fen>,
}

/// One movement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovementLine {
    /// Day.
    pub on: Date,
    /// What.
    pub what: String,
    /// Where, may be empty.
    pub place: String,
    /// Amount with sign.
    pub amount: Fen,
}

/// The rating as far as it has come. Nothing is chosen until the resident chooses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rate {
    /// What was done.
    pub service: Service,
    /// The level chosen.
    pub level: Option<Level>,
    /// Reasons on offer, which are those of a bad level, with whether each is chosen.
    pub reasons: Vec<(u16, bool)>,
    /// Whether it can be submitted as it stands.
    pub complete: bool,
    /// Being written to disk.
    pub storing: bool,
    /// Could not be written; it can be tried again.
    pub failed: bool,
    /// Rating by phone is offered.
    pub by_phone: bool,
}

/// What fails, and what can be done instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// What fails.
    pub what: FaultKind,
    /// For which service somebody was here.
    pub service: Service,
    /// Which devices can be used instead.
    pub devices: DeviceBoard,
}

/// What fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// A device.
    Device(DeviceKind),
    /// The insurance platform.
    Platform,
}
