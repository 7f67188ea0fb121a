//! The thread that renders, so that a press never waits for a synthesiser. It holds one job: the newest.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use super::{Pace, Pcm, Synthesiser, Utterance, UtteranceId, VoiceError, stretch};

/// One thing to render.
pub struct Job {
    /// Whose sound it will be.
    pub id: UtteranceId,
    /// What it says.
    pub utterance: Utterance,
    /// How fast.
    pub pace: Pace,
}

/// Hands finished sound back, with what it says.
pub type Deliver = Box<dyn Fn(Job, Result<Pcm, VoiceError>) + Send>;

/// Where the next job lies.
#[derive(Default)]
struct Desk {
    slot: Mutex<Slot>,
    changed: Condvar,
}

#[derive(Default)]
struct Slot {
    job: Option<Job>,
    closed: bool,
}

impl Desk {
    /// Nothing is left half done in a slot, so a panic elsewhere does not spoil it.
    fn slot(&self) -> MutexGuard<'_, Slot> {
        self.slot.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn next(&self) -> Option<Job> {
        let mut slot = self.slot();
        loop {
            if slot.closed {
                return None;
            }
            if let Some(job) = slot.job.take() {
                return Some(job);
            }
            slot = self.changed.wait(slot).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// The way to the rendering thread. Dropping it ends the thread after the job it is at.
pub struct Synthesis {
    desk: Arc<Desk>,
}

impl Synthesis {
    /// Starts the thread.
    pub fn start(synthesiser: Arc<dyn Synthesiser>, deliver: Deliver) -> Result<Self, VoiceError> {
        let desk = Arc::new(Desk::default());
        let theirs = Arc::clone(&desk);
        thread::Builder::new()
            .name("voice-synthesis".to_owned())
            .spawn(move || {
                while let Some(job) = theirs.next() {
                    let sound = synthesiser.render_script(job.utterance.script(), job.utterance.language());
                    let sound = sound.map(|sound| stretch(&sound, job.pace));
                    deliver(job, sound);
                }
            })
            .map_err(|error| VoiceError::NoThread(error.to_string()))?;
        Ok(Self { desk })
    }

    /// Renders this next; a job not yet begun is dropped.
    pub fn render(&self, job: Job) {
        self.desk.slot().job = Some(job);
        self.desk.changed.notify_one();
    }

    /// Drops a job not yet begun.
    pub fn forget(&self) {
        self.desk.slot().job = None;
    }
}

impl Drop for Synthesis {
    fn drop(&mut self) {
        let mut slot = self.desk.slot();
        slot.job = None;
        slot.closed = true;
        self.desk.changed.notify_one();
    }
}
