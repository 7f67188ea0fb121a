//! The handle of the voice, for whoever has something to say. What happens behind it is the conductor's.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use crate::session::Tone;

use super::conductor::{Command, Conductor};
use super::synthesis::Synthesis;
use super::{Loudness, OutputOpener, Pace, Synthesiser, Utterance, VoiceError};

/// Names one utterance, so that the end of an earlier one is not taken for that of a later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UtteranceId(pub u64);

/// What the voice tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VoiceEvent {
    /// This has been said to its end, or would have been by now if it could be heard. Not told of what was hushed or cut short.
    Ended(UtteranceId),
    /// From now on nothing is heard; told once.
    Unavailable(VoiceError),
    /// It is heard again; told once, and only after [`VoiceEvent::Unavailable`].
    Available,
}

/// The way to the loudspeaker. Every call returns at once; dropping it ends the sound.
#[derive(Debug)]
pub struct Voice {
    commands: Sender<Command>,
    utterances: AtomicU64,
    /// For saying it again; never anything private, which is the session's to say once more.
    last: Mutex<Option<Utterance>>,
    looks_ahead: bool,
    conductor: Option<JoinHandle<()>>,
}

impl Voice {
    /// Starts a voice on the machine's loudspeaker; silent when built without the feature `sound`.
    ///
    /// `report` is called on the voice's thread and must not block.
    ///
    /// # Errors
    /// [`VoiceError::NoThread`] when the system gives no thread. A missing sound card is no error.
    pub fn start(
        synthesiser: Arc<dyn Synthesiser>,
        report: impl Fn(VoiceEvent) + Send + 'static,
    ) -> Result<Self, VoiceError> {
        #[cfg(feature = "sound")]
        let opener = super::RodioOpener::default();
        #[cfg(not(feature = "sound"))]
        let opener = super::SilentOpener;
        Self::start_on(opener, synthesiser, report)
    }

    /// Starts a voice on any output.
    ///
    /// # Errors
    /// [`VoiceError::NoThread`] when the system gives no thread.
    pub fn start_on(
        opener: impl OutputOpener + 'static,
        synthesiser: Arc<dyn Synthesiser>,
        report: impl Fn(VoiceEvent) + Send + 'static,
    ) -> Result<Self, VoiceError> {
        let looks_ahead = synthesiser.looks_ahead();
        let (commands, inbox) = channel();
        let rendered = commands.clone();
        let synthesis = Synthesis::start(
            synthesiser,
            Box::new(move |job, sound| {
                // Nobody is there any more only when the voice is being dropped.
                let _ = rendered.send(Command::Rendered(job, sound));
            }),
        )?;
        let to_itself = commands.clone();
        let conductor = thread::Builder::new()
            .name("voice".to_owned())
            // Made on its thread: an open output never leaves the thread that opened it.
            .spawn(move || Conductor::new(Box::new(opener), synthesis, to_itself, Box::new(report)).run(&inbox))
            .map_err(|error| VoiceError::NoThread(error.to_string()))?;
        Ok(Self {
            commands,
            utterances: AtomicU64::new(0),
            last: Mutex::new(None),
            looks_ahead,
            conductor: Some(conductor),
        })
    }

    /// Says this; whatever is being said stops first.
    pub fn say(&self, utterance: Utterance) -> UtteranceId {
        let id = UtteranceId(self.utterances.fetch_add(1, Ordering::Relaxed));
        let repeatable = (!utterance.is_private()).then(|| utterance.clone());
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = repeatable;
        self.send(Command::Say(id, utterance));
        id
    }

    /// Says the last utterance once more, at the pace of now; `None` if there was none or it was private.
    pub fn repeat(&self) -> Option<UtteranceId> {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner).clone()?;
        Some(self.say(last))
    }

    /// Whether anything is gained by [`Voice::expect`]: every clip is quick, an engine is not.
    #[must_use]
    pub fn looks_ahead(&self) -> bool {
        self.looks_ahead
    }

    /// Renders ahead what may be said soon, while nothing is to be said: the newest list alone, first things first,
    /// and nothing private.
    pub fn expect(&self, mut utterances: Vec<Utterance>) {
        utterances.retain(|utterance| !utterance.is_private());
        self.send(Command::Expect(utterances));
    }

    /// Slower or faster, at the same pitch, from the next utterance on.
    pub fn set_pace(&self, pace: Pace) {
        self.send(Command::Pace(pace));
    }

    /// Loudness in a resident's steps, at once.
    pub fn set_loudness(&self, loudness: Loudness) {
        self.set_volume(loudness.volume());
    }

    /// Is silent at once.
    pub fn hush(&self) {
        self.send(Command::Hush);
    }

    /// A short tone, beside whatever is being said.
    pub fn tone(&self, tone: Tone) {
        self.send(Command::Tone(tone));
    }

    /// Loudness, 0 to 1, of what is being said and of everything after it.
    pub fn set_volume(&self, volume: f32) {
        self.send(Command::Volume(volume.clamp(0.0, 1.0)));
    }

    fn send(&self, command: Command) {
        // The thread ends only with the voice; were it gone, there would be silence, which is what is left then.
        let _ = self.commands.send(command);
    }
}

impl Drop for Voice {
    fn drop(&mut self) {
        self.send(Command::Close);
        if let Some(conductor) = self.conductor.take() {
            let _ = conductor.join();
        }
    }
}

#[cfg(test)]
mod tests;
