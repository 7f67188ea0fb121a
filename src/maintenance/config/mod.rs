//! The configuration in two stages: read as written, then checked into values the rooms can use at once.
//!
//! A mistake is said with its line, the wrong key and the key that was probably meant.

mod filing;
mod lists;
mod panel;
mod raw;
mod suggest;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use lists::Lists;
pub use lists::WrongList;
pub use panel::Panel;
pub use raw::{
    RawBus, RawConfig, RawFiling, RawHospitals, RawKiosk, RawLedger, RawNotice, RawPatience, RawQuestion, RawScreen,
    RawVoice, VoiceEngine,
};

use crate::delivery::national::NationalConfig;
use crate::device::{IdReaderOptions, ScannerOptions};
use crate::domain::AreaCode;
use crate::platform::fsi::FsiConfig;
use crate::session::{KeyMap, Limits, Loudness, Question, Questionnaire, SessionConfig};

/// A configuration that has been checked.
#[derive(Debug, Clone)]
pub struct Config {
    /// What the session machine needs.
    pub session: SessionConfig,
    /// Names in the header and the window residents are sent to.
    pub place: Place,
    /// The window.
    pub screen: RawScreen,
    /// The ledger's database file.
    pub ledger_path: PathBuf,
    /// The ledger's key file.
    pub ledger_key_path: PathBuf,
    /// The resident-ID reader.
    pub id_reader: IdReaderOptions,
    /// The e-voucher scanner.
    pub scanner: ScannerOptions,
    /// The insurance platform.
    pub platform: FsiConfig,
    /// The rating system.
    pub rating: NationalConfig,
    /// The fleet bus, which carries records in the rating system's stead where it is given.
    pub bus: Option<RawBus>,
    /// The site's list of designated hospitals; `None` for the invented ones.
    pub hospitals: Option<PathBuf>,
    /// Lists that are left out for a mistake, but that of hospitals, which is not read here.
    pub wrong_lists: Vec<WrongList>,
    /// The voice.
    pub voice: RawVoice,
    /// Keys of a keyboard or a tactile pad.
    pub keys: KeyMap,
    /// Program that calls staff, with its arguments; empty for none.
    pub staff_call: Vec<String>,
}

/// Names for the header and for directions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The panel the screens are laid out for.
    pub panel: Panel,
    /// 威海医保.
    pub hall: String,
    /// 一楼大厅 3 号机.
    pub machine: String,
    /// 3 号窗口.
    pub window_name: String,
    /// 往左走 10 米，不用再取号.
    pub window_way: String,
    /// Window 3; empty where nobody wrote it in English.
    pub window_name_en: String,
    /// Ten metres to the left; empty where nobody wrote it in English.
    pub window_way_en: String,
    /// Public notices: title and text.
    pub notices: Vec<(String, String)>,
}

#[cfg(feature = "screen")]
impl Config {
    /// What the screens show and obey that is configured.
    pub fn screen_options(&self) -> crate::screen::ScreenOptions {
        let place = &self.place;
        crate::screen::ScreenOptions {
            hall: place.hall.clone(),
            machine: place.machine.clone(),
            window_name: place.window_name.clone(),
            window_way: place.window_way.clone(),
            window_name_en: place.window_name_en.clone(),
            window_way_en: place.window_way_en.clone(),
            notices: place.notices.clone(),
            reading: place.panel.reading(),
            keys: self.keys.clone(),
        }
    }
}

/// Why a configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read the configuration {path}: {reason}; give its path with --config and check its permissions")]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        reason: std::io::Error,
    },
    /// It is not TOML, or a key is wrong.
    #[error("the configuration has a mistake\n{message}{hint}")]
    Mistake {
        /// Line, column and what is wrong there.
        message: String,
        /// The key that was probably meant, if one is near.
        hint: String,
    },
    /// The table is for another build of this program.
    #[error(
        "the configuration has a [bus], and this program is built without it: build with `--features bus`, or take the table out"
    )]
    NoBus,
    /// A value is out of its range.
    #[error("the configuration's {key} cannot be used: {reason}")]
    Value {
        /// Which key.
        key: &'static str,
        /// What it must be.
        reason: String,
    },
}

impl ConfigError {
    /// What the parser said, with the key that was probably meant.
    pub(super) fn mistake(error: &toml::de::Error) -> Self {
        Self::Mistake { hint: suggest::nearest_key(error.message()), message: error.to_string() }
    }
}

/// Two to four choices fit on a screen without crowding.
const CHOICES: std::ops::RangeInclusive<usize> = 2..=4;
/// Shorter is no answer from any model; longer is silence that nobody understands.
const MODEL_DEADLINE_MS: std::ops::RangeInclusive<u64> = 500..=8_000;

impl Config {
    /// Reads and checks a file.
    ///
    /// # Errors
    /// Says where the mistake is and what was probably meant.
    pub fn load(path: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(path)
            .map_err(|reason| ConfigError::Unreadable { path: path.to_owned(), reason })?;
        Self::parse(&text)
    }

    /// Reads and checks a text.
    ///
    /// # Errors
    /// As [`Config::load`].
    pub fn parse(text: &str) -> Result<Self, ConfigError> {
        let raw: RawConfig = toml::from_str(text).map_err(|error| ConfigError::mistake(&error))?;
        Self::check(raw)
    }

    fn check(raw: RawConfig) -> Result<Self, ConfigError> {
        check_kiosk(&raw.kiosk)?;
        if raw.voice.volume_percent > 100 {
            return Err(value("voice.volume_percent", "0 to 100"));
        }
        if !MODEL_DEADLINE_MS.contains(&raw.voice.model_deadline_ms) {
            return Err(value("voice.model_deadline_ms", "500 to 8000"));
        }
        if raw.patience.idle_prompt_s < 20 || raw.patience.idle_countdown_s < 10 {
            return Err(value("patience", "at least 20 s before the prompt and 10 s of countdown"));
        }
        if cfg!(not(feature = "bus")) && raw.bus.is_some() {
            return Err(ConfigError::NoBus);
        }
        raw.keys.check().map_err(|reason| value("keys", &reason))?;
        let ledger_key_path = key_place(&raw.ledger, std::env::var_os("CREDENTIALS_DIRECTORY"))?;
        let questionnaires = check_questions(&raw.questions)?;
        let own_area = AreaCode::parse(&raw.platform.mdtrtarea_admvs)
            .ok_or_else(|| value("platform.mdtrtarea_admvs", "six digits, the insurance area of the hall"))?;
        let Lists { areas, common, wrong } = Lists::read(raw.platform.areas.as_deref(), raw.filing.common.as_deref());
        // Without the platform's transactions nothing could ever be delivered, so nothing is taken.
        let filing = filing::policy(&raw.filing, common)?.filter(|_| raw.platform.filing.is_some());
        let kiosk = raw.kiosk;
        Ok(Self {
            session: SessionConfig {
                province: kiosk.province,
                kiosk: kiosk.number,
                voice_at_start: kiosk.voice_at_start && raw.voice.engine != VoiceEngine::None,
                language: kiosk.language,
                loudness: Loudness::nearest(raw.voice.volume_percent),
                phone_rating: Some(kiosk.phone_rating).filter(|address| !address.is_empty()),
                staff_call: !kiosk.staff_call.is_empty(),
                questionnaires,
                filing,
                own_area,
                areas: Arc::clone(&areas),
                limits: limits(&raw.patience),
            },
            place: Place {
                panel: raw.screen.panel,
                hall: kiosk.hall,
                machine: kiosk.machine,
                window_name: kiosk.window_name,
                window_way: kiosk.window_way,
                window_name_en: kiosk.window_name_en,
                window_way_en: kiosk.window_way_en,
                notices: raw.notices.into_iter().map(|notice| (notice.title, notice.text)).collect(),
            },
            screen: raw.screen,
            ledger_path: raw.ledger.path,
            ledger_key_path,
            id_reader: raw.id_reader,
            scanner: raw.scanner,
            platform: FsiConfig { site_areas: areas, ..raw.platform },
            rating: raw.rating,
            bus: raw.bus,
            hospitals: raw.hospitals.list,
            wrong_lists: wrong,
            voice: raw.voice,
            keys: raw.keys,
            staff_call: kiosk.staff_call,
        })
    }
}

/// Where the ledger's key lies: the service's credential if one is named, else the file. systemd hands credentials
/// over in a folder that it names to the service alone.
fn key_place(ledger: &RawLedger, credentials: Option<OsString>) -> Result<PathBuf, ConfigError> {
    let name = ledger.key_credential.as_str();
    if name.is_empty() {
        return Ok(ledger.key_path.clone());
    }
    if name.contains('/') || name.starts_with('.') {
        return Err(value("ledger.key_credential", "the name of a credential, not a path"));
    }
    let reason = "a credential the service was given: LoadCredential=NAME:FILE in the unit, or by hand \
        `systemd-run --pty --property=LoadCredential=NAME:FILE kiosk …`";
    credentials.map(|folder| PathBuf::from(folder).join(name)).ok_or_else(|| value("ledger.key_credential", reason))
}

fn check_kiosk(kiosk: &RawKiosk) -> Result<(), ConfigError> {
    let two_digits = kiosk.province.len() == 2 && kiosk.province.bytes().all(|b| b.is_ascii_digit());
    if !two_digits {
        return Err(value("kiosk.province", "two digits, such as 37 for Shandong"));
    }
    let plain = kiosk.number.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase());
    if !plain || !(4..=12).contains(&kiosk.number.len()) {
        return Err(value("kiosk.number", "4 to 12 capital letters and digits"));
    }
    if !kiosk.phone_rating.is_empty() && !kiosk.phone_rating.contains("{project}") {
        return Err(value("kiosk.phone_rating", "an address with {project} in it, or empty"));
    }
    Ok(())
}

fn check_questions(questions: &[RawQuestion]) -> Result<Vec<Questionnaire>, ConfigError> {
    let mut questionnaires: Vec<Questionnaire> = Vec::new();
    for raw in questions {
        if !CHOICES.contains(&raw.choices.len()) {
            return Err(value("question.choices", "two to four choices"));
        }
        let question = Question { zh: raw.zh.clone(), en: raw.en.clone(), choices: raw.choices.clone() };
        match questionnaires.iter_mut().find(|q| q.service == raw.service) {
            Some(questionnaire) => questionnaire.questions.push(question),
            None => questionnaires.push(Questionnaire { service: raw.service, questions: vec![question] }),
        }
    }
    Ok(questionnaires)
}

fn limits(patience: &RawPatience) -> Limits {
    Limits {
        idle_prompt_ms: patience.idle_prompt_s * 1000,
        idle_prompt_large_ms: patience.idle_prompt_large_s * 1000,
        idle_countdown_ms: patience.idle_countdown_s * 1000,
        idle_countdown_large_ms: patience.idle_countdown_large_s * 1000,
        thanks_ms: patience.thanks_s * 1000,
        ..Limits::default()
    }
}

fn value(key: &'static str, reason: &str) -> ConfigError {
    ConfigError::Value { key, reason: format!("it must be {reason}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = include_str!("../../../install/kiosk.toml");

    fn check(change: (&str, &str), expected: &str) {
        assert!(SAMPLE.contains(change.0), "the sample has no {}", change.0);
        let error = Config::parse(&SAMPLE.replacen(change.0, change.1, 1)).expect_err(change.1).to_string();
        assert!(error.contains(expected), "{error}");
    }

    #[test]
    fn the_sample_is_right() {
        let config = Config::parse(SAMPLE).unwrap();
        assert_eq!(config.session.province, "37");
        assert_eq!(config.place.window_name, "3 号窗口");
        assert_eq!(config.keys, KeyMap::default(), "the sample shows what is there without it");
    }

    #[test]
    fn a_mistake_is_said_with_its_place_and_the_nearest_key() {
        check(("window_name", "windwo_name"), "did you mean `window_name`?");
        check(("window_name", "windwo_name"), "line ");
        check(("province = \"37\"", "province = \"Shandong\""), "kiosk.province");
        check(("province = \"37\"", "province = 37"), "expected a string");
        check(("number = \"1002A003\"", "number = \"一号\""), "kiosk.number");
        check(("volume_percent = 80", "volume_percent = 180"), "voice.volume_percent");
        check(("model_deadline_ms = 3000", "model_deadline_ms = 30"), "voice.model_deadline_ms");
        check(("help = [\"f1\"]", "help = [\"f0\"]"), "did you mean `f1`?");
        check(("help = [\"f1\"]", "hepl = [\"f1\"]"), "did you mean `help`?");
        check(("help = [\"f1\"]", "help = [\"escape\"]"), "every key for one thing only");
    }

    #[test]
    fn the_ledgers_key_may_be_a_credential_of_the_service() {
        let check = |name: &str, folder: Option<&str>, expected: Result<&str, &str>| {
            let ledger = RawLedger { key_credential: name.into(), key_path: "/k".into(), ..RawLedger::default() };
            match (key_place(&ledger, folder.map(Into::into)), expected) {
                (Ok(place), Ok(expected)) => assert_eq!(place, Path::new(expected)),
                (Err(error), Err(part)) => assert!(error.to_string().contains(part), "{error}"),
                (place, _) => panic!("{name}: {place:?}"),
            }
        };
        check("", Some("/run/credentials/kiosk.service"), Ok("/k"));
        check("ledger-key", Some("/run/credentials/kiosk.service"), Ok("/run/credentials/kiosk.service/ledger-key"));
        check("ledger-key", None, Err("LoadCredential"));
        check("../key", Some("/run/credentials/kiosk.service"), Err("not a path"));
    }

    #[cfg(not(feature = "bus"))]
    #[test]
    fn a_bus_that_is_not_built_in_is_refused_with_words() {
        let error = Config::parse(&format!("{SAMPLE}\n[bus]\nservers = []\n")).expect_err("no bus").to_string();
        assert!(error.contains("--features bus"), "{error}");
    }

    #[cfg(feature = "bus")]
    #[test]
    fn the_bus_has_a_table_of_its_own() {
        let with = |line: &str| Config::parse(&format!("{SAMPLE}\n[bus]\n{line}\n"));
        let bus = with("servers = ['tls://bus.example.invalid:4222']").unwrap().bus.unwrap();
        assert_eq!(bus.servers, ["tls://bus.example.invalid:4222"]);
        assert!(bus.tls, "a connection without TLS is asked for, never usual");
        let error = with("sevrers = []").expect_err("a slip").to_string();
        assert!(error.contains("did you mean `servers`?"), "{error}");
        assert!(Config::parse(SAMPLE).unwrap().bus.is_none());
    }

    #[test]
    fn a_missing_file_is_said_in_words() {
        let error = Config::load(Path::new("/nonexistent/kiosk.toml")).expect_err("no such file").to_string();
        assert!(error.contains("--config"), "{error}");
    }
}
