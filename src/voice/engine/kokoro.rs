//! Kokoro-82M through the ONNX runtime of the model folder. It reads Mandarin and nothing else.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use ort::environment::Environment;
use ort::session::{RunOptions, Session};
use ort::value::Tensor;
use zeroize::{Zeroize, Zeroizing};

use super::folder::{ModelFolder, STYLE};
use super::phonemes::phonemes;
use super::polish::polish;
use super::{Recall, SlowVoice};
use crate::session::Language;
use crate::voice::{Pcm, SHORT_CHARACTERS_MAX, VoiceError, numbered_pinyin};

/// What the model speaks at.
const RATE_HZ: u32 = 24_000;
/// The pace of the packs: the listeners are old.
const SPEED: f32 = 0.9;
/// A third core is the screen's; of two it gets its share.
const THREADS_MAX: usize = 2;

/// A process has one runtime: the first folder's stays.
static RUNTIME: OnceLock<Result<Environment, String>> = OnceLock::new();

/// The model with one speaker.
pub struct Kokoro {
    folder: ModelFolder,
    session: OnceLock<Result<Mutex<Session>, String>>,
}

impl Kokoro {
    /// Loads nothing yet.
    pub fn new(folder: ModelFolder) -> Self {
        Self { folder, session: OnceLock::new() }
    }

    /// Loads runtime and model, or waits for whoever does. It takes a second or two, once.
    ///
    /// # Errors
    /// What the runtime says; it is not tried again.
    pub fn load(&self) -> Result<(), VoiceError> {
        self.session().map(drop)
    }

    fn session(&self) -> Result<&Mutex<Session>, VoiceError> {
        let session = self.session.get_or_init(|| {
            let runtime = RUNTIME.get_or_init(|| start_runtime(&self.folder)).as_ref().map_err(Clone::clone)?;
            open_session(runtime, &self.folder).map(Mutex::new).map_err(|error| error.to_string())
        });
        session.as_ref().map_err(|error| VoiceError::NoSound(error.clone()))
    }

    fn run(&self, tokens: Vec<i64>, recall: &Recall) -> Result<Pcm, VoiceError> {
        let mut session = self.session()?.lock().unwrap_or_else(PoisonError::into_inner);
        let options = Arc::new(RunOptions::new().map_err(no_sound)?);
        let ends = Arc::clone(&options);
        recall.on_call(move || drop(ends.terminate()));
        if recall.is_called() {
            return Err(VoiceError::Recalled);
        }
        let length = tokens.len();
        let inputs = ort::inputs![
            "tokens" => Tensor::from_array(([1, length], tokens)).map_err(no_sound)?,
            "style" => Tensor::from_array(([1, STYLE], self.folder.style(length))).map_err(no_sound)?,
            "speed" => Tensor::from_array(([1_usize], vec![SPEED])).map_err(no_sound)?,
        ];
        let mut outputs = session.run_with_options(inputs, &*options).map_err(no_sound)?;
        let audio = outputs.get_mut("audio").ok_or_else(|| VoiceError::NoSound("the model has no audio".to_owned()))?;
        let (_, samples) = audio.try_extract_tensor_mut::<f32>().map_err(no_sound)?;
        let sound = Pcm { rate_hz: RATE_HZ, samples: samples.to_vec() };
        // The runtime gives the memory to the next text.
        samples.zeroize();
        Ok(sound)
    }
}

impl SlowVoice for Kokoro {
    fn speaks(&self, language: Language) -> bool {
        matches!(language, Language::ZhCn | Language::ZhHant)
    }

    fn render(&self, text: &str, language: Language, recall: &Recall) -> Result<Pcm, VoiceError> {
        if !self.speaks(language) {
            return Err(VoiceError::NoSound("the model reads Mandarin only".to_owned()));
        }
        let unspeakable =
            || VoiceError::NoSound("the text has what the model does not read, or is too long".to_owned());
        let phonemes = ended(phonemes(&numbered_pinyin(text)).ok_or_else(unspeakable)?, text);
        let tokens = self.folder.tokens(&phonemes).ok_or_else(unspeakable)?;
        let sound = self.run(tokens, recall)?;
        polish(&sound).ok_or_else(|| VoiceError::NoSound("the model was silent".to_owned()))
    }
}

/// With a full stop behind a short text.
fn ended(phonemes: Zeroizing<String>, text: &str) -> Zeroizing<String> {
    let short = text.chars().filter(|character| character.is_alphanumeric()).count() <= SHORT_CHARACTERS_MAX;
    if !short || phonemes.is_empty() || phonemes.ends_with(['.', ',', '!', '?']) {
        return phonemes;
    }
    let mut ended = Zeroizing::new(String::with_capacity(phonemes.len() + 1));
    ended.push_str(&phonemes);
    ended.push('.');
    ended
}

fn start_runtime(folder: &ModelFolder) -> Result<Environment, String> {
    let builder = ort::init_from(&folder.library).map_err(|error| error.to_string())?;
    builder.with_name("kiosk").with_telemetry(false).build().map_err(|error| error.to_string())
}

fn open_session(runtime: &Environment, folder: &ModelFolder) -> ort::Result<Session> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    Session::builder(runtime)?
        .with_intra_threads(cores.min(THREADS_MAX))?
        .with_inter_threads(1)?
        // Threads that spin while they wait take the core the screen is drawn on.
        .with_intra_op_spinning(false)?
        .commit_from_file(&folder.model)
}

fn no_sound(error: ort::Error) -> VoiceError {
    VoiceError::NoSound(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voice::{Engine, Recall};
    use std::path::PathBuf;
    use std::time::{Duration, Instant};

    /// Needs a real folder: `KIOSK_VOICE_MODEL=FOLDER cargo test --lib --features engine -- --ignored real_model`.
    #[test]
    #[ignore = "needs a model folder"]
    fn a_real_model_speaks_and_what_is_late_makes_room_for_the_next() {
        let folder = std::env::var_os("KIOSK_VOICE_MODEL").map(PathBuf::from).expect("KIOSK_VOICE_MODEL");
        let engine = Engine::open(&folder, Duration::from_secs(120)).unwrap();
        let speak = |text: &str, time_ms: u64| {
            engine.speak(text, Language::ZhCn, Duration::from_millis(time_ms), &Recall::default())
        };
        let place = speak("乌鲁木齐市", 120_000).unwrap();
        assert!((0.9..2.5).contains(&place.duration().as_secs_f32()), "{:?}", place.duration());
        let begun = Instant::now();
        assert!(speak("乌鲁木齐市", 120_000).is_ok());
        let whole = begun.elapsed();
        let long = "山东第一医科大学附属省立医院，".repeat(5);
        assert!(matches!(speak(&long, 200), Err(VoiceError::TooSlow { .. })));
        let begun = Instant::now();
        assert!(speak("乌鲁木齐市", 120_000).is_ok());
        // The long one, which takes fifteen times as long, was ended and not waited for.
        assert!(begun.elapsed() < whole * 5, "{:?} after {whole:?}", begun.elapsed());
        assert!(speak("ABC", 120_000).is_err());
    }
}
