//! What a visit is told about its kiosk: numbers, limits, questions. Values only, already checked.

use std::fmt;
use std::sync::Arc;

use crate::domain::filing::FilingPolicy;
use crate::domain::{AreaCode, Service};
use crate::places::SiteAreas;

use super::{Language, Loudness};

/// Settings of the session machine. Its debug text names the kiosk alone: the rest is the same all day, and long.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionConfig {
    /// Two digits of the province, the head of every project number.
    pub province: String,
    /// Number of this kiosk within the province, letters and digits.
    pub kiosk: String,
    /// Modes every visit starts with.
    pub voice_at_start: bool,
    /// Language every visit starts with.
    pub language: Language,
    /// How loud every visit starts.
    pub loudness: Loudness,
    /// Address of rating by phone; `{project}` stands for the project number. `None`: not offered.
    pub phone_rating: Option<String>,
    /// Whether staff can be called from here; if not, the screen sends residents to the window.
    pub staff_call: bool,
    /// Questions asked after a rating, by service.
    pub questionnaires: Vec<Questionnaire>,
    /// The rules of out-of-area filing; `None` where this kiosk does not file.
    pub filing: Option<Arc<FilingPolicy>>,
    /// The insurance area this kiosk stands in.
    pub own_area: AreaCode,
    /// What the platform's own area codes mean.
    pub areas: Arc<SiteAreas>,
    /// How long things may take.
    pub limits: Limits,
}

impl fmt::Debug for SessionConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SessionConfig").field("kiosk", &self.kiosk).finish_non_exhaustive()
    }
}

/// Questions about one service, all of them optional for the resident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Questionnaire {
    /// The service asked about.
    pub service: Service,
    /// The questions, in order.
    pub questions: Vec<Question>,
}

/// One question in each language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The question in Chinese.
    pub zh: String,
    /// The question in English.
    pub en: String,
    /// Its choices: Chinese, English.
    pub choices: Vec<(String, String)>,
}

/// Every wait has a limit. Milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Without a press for so long, the idle prompt appears.
    pub idle_prompt_ms: u64,
    /// The same in large font.
    pub idle_prompt_large_ms: u64,
    /// Length of the countdown that follows.
    pub idle_countdown_ms: u64,
    /// The same in large font.
    pub idle_countdown_large_ms: u64,
    /// Longest wait for the platform.
    pub lookup_ms: u64,
    /// Longest wait for the ledger.
    pub store_ms: u64,
    /// Longest wait for what became of a filing, once it is on disk.
    pub filing_ms: u64,
    /// How long “thank you” stands when no card is left.
    pub thanks_ms: u64,
    /// How often the resident is reminded of a card left behind.
    pub card_reminder_ms: u64,
    /// A second press within so long of the first is a trembling finger.
    pub debounce_ms: u64,
    /// The same in large font.
    pub debounce_large_ms: u64,
    /// A press so soon after the screen changed was meant for the screen before.
    pub settle_ms: u64,
    /// After the question of a screen, so long passes before what can be pressed is read out.
    pub read_out_ms: u64,
    /// So long passes between one thing read out and the next.
    pub next_ms: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            idle_prompt_ms: 60_000,
            idle_prompt_large_ms: 120_000,
            idle_countdown_ms: 30_000,
            idle_countdown_large_ms: 45_000,
            lookup_ms: 20_000,
            store_ms: 5_000,
            filing_ms: 15_000,
            thanks_ms: 8_000,
            card_reminder_ms: 8_000,
            debounce_ms: 80,
            debounce_large_ms: 150,
            settle_ms: 300,
            read_out_ms: 1_200,
            next_ms: 300,
        }
    }
}

impl Default for SessionConfig {
    fn default() -> Self {
        Self {
            province: "37".into(),
            kiosk: "1002A003".into(),
            voice_at_start: true,
            language: Language::ZhCn,
            loudness: Loudness::default(),
            phone_rating: None,
            staff_call: false,
            questionnaires: Vec::new(),
            filing: FilingPolicy::national().ok().map(Arc::new),
            own_area: AreaCode::province_of("37"),
            areas: Arc::default(),
            limits: Limits::default(),
        }
    }
}
