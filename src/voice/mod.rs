//! From meaning to sound: text is rendered by a [`Synthesiser`], and one [`Voice`] plays it.
//!
//! No screen, no catalogue and no wording lives here, and no port: words come in as finished text, sound goes out.

mod cache;
mod conductor;
mod engine;
mod espeak;
mod jack;
mod lexicon;
mod output;
mod pack;
mod pinyin;
mod player;
mod script;
mod stretch;
mod synthesis;
mod tone;
mod wav;

use std::fmt;
use std::time::Duration;

use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::session::Language;
pub use crate::session::{Loudness, Pace};

pub use engine::{Engine, EngineError, Recall, SlowVoice};
pub use espeak::Espeak;
pub use jack::{Control, JackSource, JackWatch, headphones};
pub use lexicon::words as lexicon;
#[cfg(feature = "sound")]
pub use output::{AlsaCards, RodioOpener};
pub use output::{LostSignal, Output, OutputOpener, SilentOpener};
pub use pack::{ClipEntry, Manifest, PackError, PackSynthesiser, Speaker, VoicePack, open_packs};
pub use pinyin::numbered_pinyin;
pub use player::{UtteranceId, Voice, VoiceEvent};
pub use script::{
    Carrier, CarrierPiece, Clip, Part, SHORT_CHARACTERS_MAX, Script, Segment, Unit, carriers, clip_text,
    place_of_value, spell_out,
};
pub use stretch::stretch;
pub use tone::tone_pcm;
pub use wav::{render_wav, write_wav};

/// Makes sound out of text. A better voice than the one shipped is another implementation of this.
pub trait Synthesiser: Send + Sync {
    /// Renders one text. It may take its time, but not for ever: an implementation keeps a deadline of its own.
    ///
    /// # Errors
    /// When there is no synthesiser, or it does not answer in time, or not with sound.
    fn render(&self, text: &str, language: Language) -> Result<Pcm, VoiceError>;

    /// Renders a script; as text, unless an implementation has something better for its values.
    ///
    /// What says nothing but somebody's name is silence, as long as its caption takes to read.
    ///
    /// # Errors
    /// As [`Synthesiser::render`].
    fn render_script(&self, script: &Script, language: Language) -> Result<Pcm, VoiceError> {
        let spoken = script.spoken(language);
        let caption = script.caption();
        if *spoken != *caption && !spoken.chars().any(char::is_alphanumeric) {
            return SilentVoice.render(&caption, language);
        }
        self.render(&spoken, language)
    }

    /// The same, and whether it is makeshift: said without what it should have, so that the next time may sound better.
    ///
    /// # Errors
    /// As [`Synthesiser::render`].
    fn render_for_now(&self, script: &Script, language: Language) -> Result<Rendered, VoiceError> {
        self.render_script(script, language).map(|sound| Rendered { sound, makeshift: false })
    }

    /// Whether [`Synthesiser::render_ahead`] ever gains anything; where not, nobody has to tell what may be asked for.
    fn looks_ahead(&self) -> bool {
        false
    }

    /// Renders what may be asked for soon, at leisure, and comes back at once when recalled. `None` where nothing is
    /// gained: it is quick, or not to be had, or was recalled.
    fn render_ahead(&self, _script: &Script, _language: Language, _recall: &Recall) -> Option<Pcm> {
        None
    }
}

/// Sound, and how far it can be trusted to be the best there is.
#[derive(Debug, Clone, PartialEq)]
pub struct Rendered {
    /// The sound.
    pub sound: Pcm,
    /// Whether something was missing that may be there the next time.
    pub makeshift: bool,
}

/// Says nothing, in no time: for a kiosk without a voice, which still shows its captions.
#[derive(Debug, Clone, Copy, Default)]
pub struct SilentVoice;

impl Synthesiser for SilentVoice {
    fn render(&self, text: &str, language: Language) -> Result<Pcm, VoiceError> {
        const RATE_HZ: u32 = 8_000;
        let samples = estimated_time(text, language).as_millis() * u128::from(RATE_HZ) / 1000;
        Ok(Pcm { rate_hz: RATE_HZ, samples: vec![0.0; usize::try_from(samples).unwrap_or(0)] })
    }
}

/// Sound: mono samples between -1 and 1. Wiped when dropped, for it may say an amount.
#[derive(Clone, PartialEq, Zeroize, ZeroizeOnDrop)]
pub struct Pcm {
    /// Samples a second.
    pub rate_hz: u32,
    /// The samples.
    pub samples: Vec<f32>,
}

impl Pcm {
    /// How long it sounds.
    #[must_use]
    pub fn duration(&self) -> Duration {
        let rate_hz = u64::from(self.rate_hz.max(1));
        Duration::from_micros(self.samples.len() as u64 * 1_000_000 / rate_hz)
    }

    /// The loudest sample, 0 for silence and 1 for full scale.
    #[must_use]
    pub fn peak(&self) -> f32 {
        self.samples.iter().fold(0.0, |peak, sample| sample.abs().max(peak))
    }
}

impl fmt::Debug for Pcm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pcm").field("rate_hz", &self.rate_hz).field("duration", &self.duration()).finish()
    }
}

/// One thing to say.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Utterance {
    script: Script,
    #[zeroize(skip)]
    language: Language,
    #[zeroize(skip)]
    private: bool,
}

impl Utterance {
    /// A script; private as soon as it says a value, for values are about somebody.
    #[must_use]
    pub fn of(script: Script, language: Language) -> Self {
        let private = script.has_values();
        Self { script, language, private }
    }

    /// A fixed prompt that says nothing about anybody; its sound may be kept for the next time.
    pub fn fixed(text: impl Into<String>, language: Language) -> Self {
        Self { script: Script::fixed(text), language, private: false }
    }

    /// A text about somebody, such as an amount; neither the text nor its sound is kept.
    pub fn private(text: impl Into<String>, language: Language) -> Self {
        Self { script: Script::fixed(text), language, private: true }
    }

    /// A script whose values are about nobody, such as the places everybody may choose from; its sound may be kept.
    #[must_use]
    pub fn public(script: Script, language: Language) -> Self {
        Self { script, language, private: false }
    }

    /// What is said.
    #[must_use]
    pub fn script(&self) -> &Script {
        &self.script
    }

    /// The words, as the caption shows them.
    #[must_use]
    pub fn text(&self) -> Zeroizing<String> {
        self.script.caption()
    }

    /// Their language.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// Whether it says something about somebody.
    #[must_use]
    pub fn is_private(&self) -> bool {
        self.private
    }
}

impl fmt::Debug for Utterance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let caption = self.script.caption();
        let text = if self.private { "(private)" } else { caption.as_str() };
        f.debug_struct("Utterance").field("text", &text).field("language", &self.language).finish()
    }
}

/// Why nothing is heard.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VoiceError {
    /// There is no loudspeaker, or it does not open.
    #[error("no sound output: {0}; plug in or enable a sound card, it is tried again every few seconds")]
    NoOutput(String),
    /// The synthesiser does not start.
    #[error("the synthesiser {program} does not start: {reason}; install it or correct its path")]
    NotStarted {
        /// What was to be started.
        program: String,
        /// What the system said.
        reason: String,
    },
    /// The synthesiser did not finish in time.
    #[error("the synthesiser did not finish within {deadline_ms} ms and was ended")]
    TooSlow {
        /// The time it had.
        deadline_ms: u64,
    },
    /// The text is longer than anything a kiosk has to say.
    #[error("the text has {bytes} bytes, more than {text_bytes_max}; shorten it")]
    TooLong {
        /// Its length.
        bytes: usize,
        /// The limit.
        text_bytes_max: usize,
    },
    /// Somebody else is listened to first.
    #[error("the rendering was called off")]
    Recalled,
    /// The synthesiser ended without sound.
    #[error("the synthesiser gave no sound: {0}")]
    NoSound(String),
    /// A thread could not be started.
    #[error("no thread for the voice: {0}")]
    NoThread(String),
}

/// About how long a text takes to say, slowly; captions stay that long where nothing is heard.
#[must_use]
pub fn estimated_time(text: &str, language: Language) -> Duration {
    const ESTIMATE_MS_MAX: u64 = 60_000;
    const PAUSE_MS: u64 = 500;
    let char_ms = match language {
        Language::ZhCn | Language::ZhHant => 260,
        Language::En => 80,
    };
    let spoken_ms = text.chars().count() as u64 * char_ms + PAUSE_MS;
    Duration::from_millis(spoken_ms.min(ESTIMATE_MS_MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_output_hides_what_is_private() {
        let text = "您的余额是一元";
        let shown = format!("{:?}", Utterance::private(text, Language::ZhCn));
        assert!(!shown.contains("一元"), "{shown}");
        assert!(format!("{:?}", Utterance::fixed(text, Language::ZhCn)).contains("一元"));
    }

    #[test]
    fn a_silent_voice_takes_as_long_as_speech() {
        let pcm = SilentVoice.render("请放身份证", Language::ZhCn).unwrap();
        assert_eq!(pcm.duration(), estimated_time("请放身份证", Language::ZhCn));
        assert_eq!(pcm.peak(), 0.0);
    }
}
