//! A voice that makes any name and place at run time, out of a folder a technician points the configuration at.
//!
//! It is slow: a second of speech takes it about two. So whoever asks waits only so long, and what comes later is dropped.
//! What model it is stays inside; without the cargo feature `engine` there is none, and everything else is the same.

#[cfg(any(feature = "engine", test))]
mod folder;
#[cfg(feature = "engine")]
mod kokoro;
#[cfg(any(feature = "engine", test))]
mod phonemes;
#[cfg(any(feature = "engine", test))]
mod polish;
mod recall;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use zeroize::Zeroizing;

use super::{Pcm, Script, Synthesiser, VoiceError};
use crate::session::Language;

pub use recall::Recall;

/// Renderings that nobody waits for any more and that have not come back. One that hangs must not keep the next one from
/// being tried, and a model that hangs every time must not fill the machine with threads.
const UNDER_WAY_MAX: usize = 2;

/// Why there is no engine. The kiosk speaks with what else it has.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// This program has none.
    #[error(
        "this program is built without an engine for names and places: build with `--features engine`, or take voice.model out"
    )]
    NotBuilt,
    /// A file of the folder is not there.
    #[error("the model folder lacks {path}; assemble it with install/voice-engine.sh")]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// A file of the folder cannot be read.
    #[error("{path}: {source}; assemble the model folder again with install/voice-engine.sh")]
    Unread {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file of the folder is something else.
    #[error("{path} cannot be used: {reason}; assemble the model folder again with install/voice-engine.sh")]
    Unusable {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A thread could not be started.
    #[error("no thread for the engine: {0}")]
    NoThread(io::Error),
}

/// A voice that may take long, or hang.
pub trait SlowVoice: Send + Sync {
    /// Whether it knows this language at all.
    fn speaks(&self, language: Language) -> bool;

    /// Renders one text, and gives up early, if it can, when it is recalled.
    ///
    /// # Errors
    /// When it does not speak this language or this text, or is recalled.
    fn render(&self, text: &str, language: Language, recall: &Recall) -> Result<Pcm, VoiceError>;
}

/// Waits for a slow voice, but never long.
pub struct Engine {
    voice: Arc<dyn SlowVoice>,
    deadline: Duration,
    under_way: Arc<AtomicUsize>,
}

impl Engine {
    /// Looks whether a model folder can be used, and loads nothing large.
    ///
    /// # Errors
    /// As [`Engine::open`].
    pub fn check(folder: &Path) -> Result<(), EngineError> {
        #[cfg(feature = "engine")]
        return folder::ModelFolder::open(folder).map(drop);
        #[cfg(not(feature = "engine"))]
        {
            let _ = folder;
            Err(EngineError::NotBuilt)
        }
    }

    /// Looks at a model folder and begins to load it; what is said before that is done waits for it, up to the
    /// deadline.
    ///
    /// # Errors
    /// When a file is missing or is not what it should be, or this program has no engine.
    #[cfg(feature = "engine")]
    pub fn open(folder: &Path, deadline: Duration) -> Result<Self, EngineError> {
        let kokoro = Arc::new(kokoro::Kokoro::new(folder::ModelFolder::open(folder)?));
        let loading = Arc::clone(&kokoro);
        let load = move || match loading.load() {
            Ok(()) => tracing::info!("voice: the model is loaded"),
            Err(error) => tracing::warn!(%error, "voice: the model does not load; names and places are not said by it"),
        };
        thread::Builder::new().name("voice-model".to_owned()).spawn(load).map_err(EngineError::NoThread)?;
        Ok(Self::new(kokoro, deadline))
    }

    /// Says that this program has none.
    ///
    /// # Errors
    /// Always.
    #[cfg(not(feature = "engine"))]
    pub fn open(_folder: &Path, _deadline: Duration) -> Result<Self, EngineError> {
        Err(EngineError::NotBuilt)
    }

    /// Any slow voice, and how long somebody who waits for it waits.
    #[must_use]
    pub fn new(voice: Arc<dyn SlowVoice>, deadline: Duration) -> Self {
        Self { voice, deadline, under_way: Arc::default() }
    }

    /// How long somebody waits for one utterance.
    #[must_use]
    pub fn deadline(&self) -> Duration {
        self.deadline
    }

    /// Whether it knows this language at all.
    #[must_use]
    pub fn speaks(&self, language: Language) -> bool {
        self.voice.speaks(language)
    }

    /// Renders one text within a time. What is not done then is recalled, and its sound dropped if it comes all the
    /// same.
    ///
    /// # Errors
    /// [`VoiceError::TooSlow`] after the time, or at once while earlier texts hang; [`VoiceError::Recalled`]; what the
    /// voice says.
    pub fn speak(&self, text: &str, language: Language, time: Duration, recall: &Recall) -> Result<Pcm, VoiceError> {
        let too_slow = || VoiceError::TooSlow { deadline_ms: u64::try_from(time.as_millis()).unwrap_or(u64::MAX) };
        let under_way = UnderWay::begin(&self.under_way).ok_or_else(too_slow)?;
        let (done, waiting) = channel();
        let recalled = done.clone();
        recall.on_call(move || drop(recalled.send(Err(VoiceError::Recalled))));
        // Its own, for the deadline recalls as well.
        let called_off = Recall::default();
        let (voice, text, theirs) = (Arc::clone(&self.voice), Zeroizing::new(text.to_owned()), called_off.clone());
        let render = move || {
            let sound = voice.render(&text, language, &theirs);
            drop(under_way);
            // Nobody listens any more after the deadline; then the sound is wiped right here.
            drop(done.send(sound));
        };
        thread::Builder::new()
            .name("voice-engine".to_owned())
            .spawn(render)
            .map_err(|error| VoiceError::NoThread(error.to_string()))?;
        let sound = match waiting.recv_timeout(time) {
            Ok(sound) => sound,
            Err(RecvTimeoutError::Timeout) => Err(too_slow()),
            Err(RecvTimeoutError::Disconnected) => Err(VoiceError::NoSound("the engine broke down".to_owned())),
        };
        if sound.is_err() {
            called_off.call();
        }
        sound
    }
}

impl Synthesiser for Engine {
    fn render(&self, text: &str, language: Language) -> Result<Pcm, VoiceError> {
        self.speak(text, language, self.deadline, &Recall::default())
    }

    fn render_script(&self, script: &Script, language: Language) -> Result<Pcm, VoiceError> {
        self.render(&script.spoken_with_names(language), language)
    }
}

/// Counts a rendering until its thread is done with it, however that ends.
struct UnderWay(Arc<AtomicUsize>);

impl UnderWay {
    fn begin(count: &Arc<AtomicUsize>) -> Option<Self> {
        let one_more = |so_far| (so_far < UNDER_WAY_MAX).then_some(so_far + 1);
        count.fetch_update(Ordering::SeqCst, Ordering::SeqCst, one_more).ok()?;
        Some(Self(Arc::clone(count)))
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;
    use std::sync::mpsc::{Receiver, Sender};

    /// None of these tests takes nearly as long.
    const PATIENCE: Duration = Duration::from_secs(20);
    /// Short enough to wait for where something hangs.
    const IMPATIENCE: Duration = Duration::from_millis(30);

    /// Hangs at “hang” until the test lets one go, whatever it is told; ends at “wait” when it is recalled.
    struct Moody(Mutex<Receiver<()>>);

    fn moody() -> (Engine, Sender<()>) {
        let (release, held) = channel();
        (Engine::new(Arc::new(Moody(Mutex::new(held))), PATIENCE), release)
    }

    impl SlowVoice for Moody {
        fn speaks(&self, _: Language) -> bool {
            true
        }

        fn render(&self, text: &str, _: Language, recall: &Recall) -> Result<Pcm, VoiceError> {
            match text {
                "hang" => drop(self.0.lock().unwrap().recv_timeout(PATIENCE)),
                "wait" => {
                    let (called, waiting) = channel();
                    recall.on_call(move || called.send(()).unwrap_or_default());
                    let _ = waiting.recv_timeout(PATIENCE);
                }
                _ => {}
            }
            Ok(Pcm { rate_hz: 1_000, samples: vec![0.5; 10] })
        }
    }

    fn speak(engine: &Engine, text: &str, time: Duration) -> Result<Pcm, VoiceError> {
        engine.speak(text, Language::ZhCn, time, &Recall::default())
    }

    fn until(condition: impl Fn() -> bool) {
        let deadline = std::time::Instant::now() + PATIENCE;
        while !condition() {
            assert!(std::time::Instant::now() < deadline, "waited in vain");
            thread::yield_now();
        }
    }

    #[test]
    fn a_voice_that_answers_is_heard() {
        let (engine, _release) = moody();
        assert_eq!(engine.render("乌鲁木齐市", Language::ZhCn).unwrap().samples.len(), 10);
    }

    #[test]
    fn a_voice_that_hangs_is_left_and_the_next_text_is_heard() {
        let (engine, release) = moody();
        assert!(matches!(speak(&engine, "hang", IMPATIENCE), Err(VoiceError::TooSlow { deadline_ms: 30 })));
        assert!(speak(&engine, "好", PATIENCE).is_ok());
        release.send(()).unwrap();
        until(|| engine.under_way.load(Ordering::SeqCst) == 0);
    }

    #[test]
    fn a_voice_that_always_hangs_is_not_asked_for_ever() {
        let (engine, release) = moody();
        for _ in 0..UNDER_WAY_MAX {
            assert!(speak(&engine, "hang", IMPATIENCE).is_err());
        }
        // Not after the time, or this would take as long as a test may.
        assert!(matches!(speak(&engine, "好", PATIENCE * 100), Err(VoiceError::TooSlow { .. })));
        release.send(()).unwrap();
        until(|| engine.under_way.load(Ordering::SeqCst) < UNDER_WAY_MAX);
        assert!(speak(&engine, "好", PATIENCE).is_ok());
        release.send(()).unwrap();
    }

    #[test]
    fn the_deadline_recalls_what_is_under_way() {
        let (engine, _release) = moody();
        assert!(speak(&engine, "wait", IMPATIENCE).is_err());
        until(|| engine.under_way.load(Ordering::SeqCst) == 0);
    }

    #[test]
    fn who_is_recalled_does_not_wait() {
        let (engine, release) = moody();
        let recall = Recall::default();
        recall.call();
        let sound = engine.speak("hang", Language::ZhCn, PATIENCE * 100, &recall);
        assert_eq!(sound, Err(VoiceError::Recalled));
        release.send(()).unwrap();
    }

    #[cfg(not(feature = "engine"))]
    #[test]
    fn a_program_without_an_engine_says_how_to_get_one() {
        let error = Engine::open(Path::new("/nonexistent"), PATIENCE).map(drop).unwrap_err().to_string();
        assert!(error.contains("--features engine"), "{error}");
    }
}
