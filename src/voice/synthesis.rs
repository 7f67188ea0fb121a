//! The thread that renders, so that a press never waits for a synthesiser. It holds one job: the newest.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use super::{Pcm, Synthesiser, Utterance, UtteranceId, VoiceError};

/// Hands finished sound back, with what it says.
pub type Deliver = Box<dyn Fn(UtteranceId, Utterance, Result<Pcm, VoiceError>) + Send>;

/// Where the next job lies.
#[derive(Default)]
struct Desk {
    slot: Mutex<Slot>,
    changed: Condvar,
}

#[derive(Default)]
struct Slot {
    job: Option<(UtteranceId, Utterance)>,
    closed: bool,
}

impl Desk {
    /// Nothing is left half done in a slot, so a panic elsewhere does not spoil it.
    fn slot(&self) -> MutexGuard<'_, Slot> {
        self.slot.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn next(&self) -> Option<(UtteranceId, Utterance)> {
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
                while let Some((id, utterance)) = theirs.next() {
                    let sound = synthesiser.render(utterance.text(), utterance.language());
                    deliver(id, utterance, sound);
                }
            })
            .map_err(|error| VoiceError::NoThread(error.to_string()))?;
        Ok(Self { desk })
    }

    /// Renders this next; a job not yet begun is dropped.
    pub fn render(&self, id: UtteranceId, utterance: Utterance) {
        self.desk.slot().job = Some((id, utterance));
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
