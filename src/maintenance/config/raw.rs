//! The configuration file as it is written: one table a part of the kiosk, every key documented.

use std::path::PathBuf;

use serde::Deserialize;

use crate::delivery::national::NationalConfig;
use crate::device::{IdReaderOptions, ScannerOptions};
use crate::domain::Service;
use crate::platform::fsi::FsiConfig;
use crate::session::{KeyMap, Language};

use super::panel::Panel;

/// The whole file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawConfig {
    /// Who and where this kiosk is.
    pub kiosk: RawKiosk,
    /// The window.
    #[serde(default)]
    pub screen: RawScreen,
    /// Where residents' records wait.
    #[serde(default)]
    pub ledger: RawLedger,
    /// The resident-ID reader.
    #[serde(default)]
    pub id_reader: IdReaderOptions,
    /// The e-voucher scanner.
    #[serde(default)]
    pub scanner: ScannerOptions,
    /// The insurance platform.
    pub platform: FsiConfig,
    /// The rating system of the province.
    pub rating: NationalConfig,
    /// Out-of-area filing.
    #[serde(default)]
    pub filing: RawFiling,
    /// Designated hospitals.
    #[serde(default)]
    pub hospitals: RawHospitals,
    /// The voice.
    #[serde(default)]
    pub voice: RawVoice,
    /// Keys of a keyboard or a tactile pad.
    #[serde(default)]
    pub keys: KeyMap,
    /// The fleet bus; where it is given, records travel over it and not straight to the rating system.
    pub bus: Option<RawBus>,
    /// How long the kiosk waits for a resident.
    #[serde(default)]
    pub patience: RawPatience,
    /// What passers-by read on the standby screen.
    #[serde(default, rename = "notice")]
    pub notices: Vec<RawNotice>,
    /// Questions asked after a rating.
    #[serde(default, rename = "question")]
    pub questions: Vec<RawQuestion>,
}

/// How this kiosk reaches the fleet bus.
#[cfg(feature = "bus")]
pub type RawBus = crate::delivery::bus::BusConfig;
/// Read only to be refused with words: this program is built without the bus.
#[cfg(not(feature = "bus"))]
pub type RawBus = toml::Table;

/// Who and where this kiosk is.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawKiosk {
    /// Two digits of the province, the head of every project number (Shandong: 37).
    pub province: String,
    /// Number of this kiosk within the province: 4 to 12 capital letters and digits.
    pub number: String,
    /// Name of the hall in the header.
    pub hall: String,
    /// Where the machine stands.
    pub machine: String,
    /// The window residents are sent to when the kiosk cannot help.
    pub window_name: String,
    /// How to get there.
    pub window_way: String,
    /// The same for those who read English; empty: as above.
    #[serde(default)]
    pub window_name_en: String,
    /// The way in English; empty: as above.
    #[serde(default)]
    pub window_way_en: String,
    /// Language at the start of a visit.
    #[serde(default)]
    pub language: Language,
    /// Whether a visit starts with voice.
    #[serde(default = "yes")]
    pub voice_at_start: bool,
    /// Program started when a resident calls for help or a device fails; empty: the screen sends residents to the window instead.
    #[serde(default)]
    pub staff_call: Vec<String>,
    /// Address of rating by phone, `{project}` stands for the project number; empty: not offered.
    #[serde(default)]
    pub phone_rating: String,
}

/// The window.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RawScreen {
    /// Cover the whole display.
    pub fullscreen: bool,
    /// Width in pixels where it does not.
    pub width: u32,
    /// Height in pixels where it does not.
    pub height: u32,
    /// The panel, so that nothing is smaller on it than a finger and old eyes need.
    pub panel: Panel,
    /// A folder of public notices, each a Markdown file.
    pub notices: Option<PathBuf>,
}

impl Default for RawScreen {
    fn default() -> Self {
        Self { fullscreen: true, width: 1080, height: 1920, panel: Panel::default(), notices: None }
    }
}

/// Where residents' records wait.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RawLedger {
    /// The database, best on a partition of its own.
    pub path: PathBuf,
    /// Its key, a file only the kiosk can read; made at the first start.
    pub key_path: PathBuf,
    /// Name of the service's credential that holds the key instead (systemd's `LoadCredential`); empty: the file.
    pub key_credential: String,
}

impl Default for RawLedger {
    fn default() -> Self {
        Self {
            path: "/var/lib/yibao-kiosk/ledger.db".into(),
            key_path: "/var/lib/yibao-kiosk/ledger.key".into(),
            key_credential: String::new(),
        }
    }
}

/// Out-of-area filing.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RawFiling {
    /// Whether this kiosk files at all; if not, the tile says where it is done.
    pub offered: bool,
    /// The site's own rules; none for those that ship with the kiosk (assets/policy/national.toml).
    pub policy: Option<PathBuf>,
    /// The site's own common destinations, a code a line; none for those of the policy.
    pub common: Option<PathBuf>,
}

impl Default for RawFiling {
    fn default() -> Self {
        Self { offered: true, policy: None, common: None }
    }
}

/// Designated hospitals.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RawHospitals {
    /// The site's list, a CSV; none for the invented one that ships.
    pub list: Option<PathBuf>,
}

/// Which synthesiser speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum VoiceEngine {
    /// The clips of the voice packs; for what has none the model, if there is one, and espeak-ng last.
    #[default]
    Pack,
    /// espeak-ng as a separate process.
    Espeak,
    /// Captions only.
    None,
}

/// The voice.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RawVoice {
    /// Which synthesiser speaks.
    pub engine: VoiceEngine,
    /// Folder with one voice pack a language.
    pub packs: PathBuf,
    /// Folder of a model that makes names, places and whatever else has no clip (install/voice-engine.sh); none:
    /// espeak-ng and captions do.
    pub model: Option<PathBuf>,
    /// How long an utterance may take the model until the next voice or the caption takes over, in milliseconds.
    pub model_deadline_ms: u64,
    /// Volume at the start of every visit, 0 to 100.
    pub volume_percent: u8,
}

impl Default for RawVoice {
    fn default() -> Self {
        Self {
            engine: VoiceEngine::Pack,
            packs: "/usr/share/yibao-kiosk/voice".into(),
            model: None,
            model_deadline_ms: 3_000,
            volume_percent: 80,
        }
    }
}

/// How long the kiosk waits for a resident, in seconds.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RawPatience {
    /// Without a press for so long, it asks “您还在吗？”.
    pub idle_prompt_s: u64,
    /// The same in large font.
    pub idle_prompt_large_s: u64,
    /// Then it counts down so long.
    pub idle_countdown_s: u64,
    /// The same in large font.
    pub idle_countdown_large_s: u64,
    /// How long “谢谢” stands when no card is left.
    pub thanks_s: u64,
}

impl Default for RawPatience {
    fn default() -> Self {
        Self {
            idle_prompt_s: 60,
            idle_prompt_large_s: 120,
            idle_countdown_s: 30,
            idle_countdown_large_s: 45,
            thanks_s: 8,
        }
    }
}

/// One public notice.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawNotice {
    /// One line.
    pub title: String,
    /// One more line.
    pub text: String,
}

/// One question after a rating.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawQuestion {
    /// The service asked about.
    pub service: Service,
    /// The question in Chinese.
    pub zh: String,
    /// The question in English.
    pub en: String,
    /// Two to four choices, each in Chinese and English.
    pub choices: Vec<(String, String)>,
}

fn yes() -> bool {
    true
}
