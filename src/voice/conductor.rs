//! The voice's own thread: one utterance at a time, the newest wins, and silence at once when asked for.
//!
//! It renders nothing itself and never waits for a synthesiser, so a press is always heard. Without
//! a sound card everything goes on in silence, in the time the words would have taken.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use crate::session::Tone;

use super::cache::PromptCache;
use super::synthesis::{Job, Synthesis};
use super::{
    Output, OutputOpener, Pace, Pcm, Rendered, Utterance, UtteranceId, VoiceError, VoiceEvent, estimated_time, tone_pcm,
};

/// Until a missing sound card is looked for again.
const REOPEN_DELAY_MS: u64 = 3_000;
/// What has been played still has to leave the card's buffers.
const OUTPUT_DELAY_MS: u64 = 60;
/// A synthesiser that has not answered by then has broken its own deadline; the caption does not wait for it.
const SYNTHESIS_WAIT_MS_MAX: u64 = 10_000;
/// What is rendered ahead for one screen; a page of places has fewer.
const AHEAD_MAX: usize = 32;

/// What the thread is told.
pub enum Command {
    /// Say this now.
    Say(UtteranceId, Utterance),
    /// Be silent.
    Hush,
    /// Sound a tone.
    Tone(Tone),
    /// Render this ahead, and nothing else.
    Expect(Vec<Utterance>),
    /// Change the loudness.
    Volume(f32),
    /// Speak slower or faster from the next utterance on.
    Pace(Pace),
    /// The synthesiser is done with this.
    Rendered(Job, Result<Rendered, VoiceError>),
    /// The nth output opened has stopped working.
    OutputLost(u64),
    /// End.
    Close,
}

/// What is being said, or rendered to be said.
struct Current {
    id: UtteranceId,
    /// When it counts as said, whatever happens.
    ends_at: Instant,
}

/// Everything the thread holds.
pub struct Conductor {
    opener: Box<dyn OutputOpener>,
    output: Option<Box<dyn Output>>,
    outputs_opened: u64,
    reopen_at: Instant,
    to_itself: Sender<Command>,
    synthesis: Synthesis,
    prompts: PromptCache,
    expected: Vec<Utterance>,
    current: Option<Current>,
    volume: f32,
    pace: Pace,
    told_unavailable: bool,
    report: Box<dyn Fn(VoiceEvent) + Send>,
}

impl Conductor {
    /// Holds nothing open yet; `to_itself` is the sending end of what [`Conductor::run`] receives.
    pub fn new(
        opener: Box<dyn OutputOpener>,
        synthesis: Synthesis,
        to_itself: Sender<Command>,
        report: Box<dyn Fn(VoiceEvent) + Send>,
    ) -> Self {
        Self {
            opener,
            output: None,
            outputs_opened: 0,
            reopen_at: Instant::now(),
            to_itself,
            synthesis,
            prompts: PromptCache::default(),
            expected: Vec::new(),
            current: None,
            volume: 1.0,
            pace: Pace::NORMAL,
            told_unavailable: false,
            report,
        }
    }

    /// Works until told to close.
    pub fn run(mut self, inbox: &Receiver<Command>) {
        loop {
            self.at(Instant::now());
            let command = match self.wakes_at() {
                Some(moment) => inbox.recv_timeout(moment.saturating_duration_since(Instant::now())),
                None => inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match command {
                Ok(Command::Close) | Err(RecvTimeoutError::Disconnected) => return,
                Ok(command) => self.obey(command),
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }

    fn wakes_at(&self) -> Option<Instant> {
        let ends = self.current.as_ref().map(|current| current.ends_at);
        let reopens = self.output.is_none().then_some(self.reopen_at);
        ends.into_iter().chain(reopens).min()
    }

    /// Does what is due by now.
    fn at(&mut self, now: Instant) {
        if self.output.is_none() && now >= self.reopen_at {
            self.open();
        }
        if let Some(current) = self.current.take_if(|current| now >= current.ends_at) {
            (self.report)(VoiceEvent::Ended(current.id));
        }
    }

    fn obey(&mut self, command: Command) {
        match command {
            Command::Say(id, utterance) => self.say(id, utterance),
            Command::Hush => self.hush(),
            Command::Tone(tone) => {
                if let Some(output) = &mut self.output {
                    output.tone(Arc::new(tone_pcm(tone)));
                }
            }
            Command::Volume(volume) => {
                self.volume = volume;
                if let Some(output) = &mut self.output {
                    output.set_volume(volume);
                }
            }
            Command::Pace(pace) if pace != self.pace => {
                self.pace = pace;
                // What is kept sounds at the old pace.
                self.prompts = PromptCache::default();
                self.look_ahead();
            }
            Command::Expect(utterances) => {
                self.expected = utterances;
                self.look_ahead();
            }
            Command::Rendered(job, sound) => self.rendered(job, sound),
            Command::OutputLost(nth) if nth == self.outputs_opened => self.lose_output(),
            Command::Pace(_) | Command::OutputLost(_) | Command::Close => {}
        }
    }

    fn hush(&mut self) {
        self.current = None;
        self.synthesis.forget();
        if let Some(output) = &mut self.output {
            output.stop();
        }
    }

    fn say(&mut self, id: UtteranceId, utterance: Utterance) {
        self.hush();
        if self.output.is_none() {
            // Nothing would hear it, so nothing is rendered; the caption still has its time.
            let time = estimated_time(&utterance.text(), utterance.language());
            self.current = Some(Current { id, ends_at: Instant::now() + time });
        } else if let Some(sound) = self.prompts.get(&utterance) {
            self.play(id, sound);
        } else {
            let ends_at = Instant::now() + Duration::from_millis(SYNTHESIS_WAIT_MS_MAX);
            self.current = Some(Current { id, ends_at });
            self.synthesis.render(Job { id: Some(id), utterance, pace: self.pace });
        }
    }

    /// Where nothing is heard, or it is kept already, nothing is rendered ahead.
    fn look_ahead(&mut self) {
        let mut jobs = Vec::new();
        if self.output.is_some() {
            let unknown = self.expected.iter().filter(|utterance| !self.prompts.has(utterance));
            let job = |utterance: &Utterance| Job { id: None, utterance: utterance.clone(), pace: self.pace };
            jobs = unknown.take(AHEAD_MAX).map(job).collect();
        }
        self.synthesis.expect(jobs);
    }

    fn rendered(&mut self, job: Job, sound: Result<Rendered, VoiceError>) {
        let Job { id, utterance, pace } = job;
        let wanted = id.filter(|id| self.current.as_ref().is_some_and(|current| current.id == *id));
        match sound {
            Ok(Rendered { sound, makeshift }) => {
                let sound = Arc::new(sound);
                if pace == self.pace && !makeshift {
                    self.prompts.keep(utterance, Arc::clone(&sound));
                }
                self.heard_again();
                if let Some(id) = wanted {
                    self.play(id, sound);
                }
            }
            Err(error) => {
                self.unheard(error);
                if let Some(id) = wanted {
                    let time = estimated_time(&utterance.text(), utterance.language());
                    self.current = Some(Current { id, ends_at: Instant::now() + time });
                }
            }
        }
    }

    fn play(&mut self, id: UtteranceId, sound: Arc<Pcm>) {
        let time = sound.duration() + Duration::from_millis(OUTPUT_DELAY_MS);
        self.current = Some(Current { id, ends_at: Instant::now() + time });
        if let Some(output) = &mut self.output {
            output.play(sound);
        }
    }

    fn open(&mut self) {
        self.outputs_opened += 1;
        let nth = self.outputs_opened;
        let to_itself = self.to_itself.clone();
        let lost = Arc::new(move || {
            // Nobody is there any more only when the voice is being dropped.
            let _ = to_itself.send(Command::OutputLost(nth));
        });
        match self.opener.open(lost) {
            Ok(mut output) => {
                output.set_volume(self.volume);
                self.output = Some(output);
                self.look_ahead();
                self.heard_again();
            }
            Err(error) => {
                self.reopen_at = Instant::now() + Duration::from_millis(REOPEN_DELAY_MS);
                self.unheard(error);
            }
        }
    }

    /// The utterance under way keeps its time; it goes on as a caption.
    fn lose_output(&mut self) {
        self.output = None;
        self.reopen_at = Instant::now() + Duration::from_millis(REOPEN_DELAY_MS);
        self.unheard(VoiceError::NoOutput("the sound card has gone".to_owned()));
    }

    fn unheard(&mut self, error: VoiceError) {
        if !self.told_unavailable {
            self.told_unavailable = true;
            (self.report)(VoiceEvent::Unavailable(error));
        }
    }

    fn heard_again(&mut self) {
        if self.told_unavailable && self.output.is_some() {
            self.told_unavailable = false;
            (self.report)(VoiceEvent::Available);
        }
    }
}
