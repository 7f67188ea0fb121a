//! The thread that renders, so that a press never waits for a synthesiser. It holds one job, the newest, and, for when it
//! has none, a list of what may be asked for soon. A job calls off whatever is rendered ahead.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use super::{Pace, Recall, Rendered, Synthesiser, Utterance, UtteranceId, VoiceError, stretch};

/// One thing to render.
#[derive(Clone)]
pub struct Job {
    /// Whose sound it will be; nobody's yet where it is rendered ahead.
    pub id: Option<UtteranceId>,
    /// What it says.
    pub utterance: Utterance,
    /// How fast.
    pub pace: Pace,
}

impl Job {
    fn sounds_like(&self, other: &Self) -> bool {
        self.utterance == other.utterance && self.pace == other.pace
    }
}

/// Hands finished sound back, with what it says.
pub type Deliver = Box<dyn Fn(Job, Result<Rendered, VoiceError>) + Send>;

/// Where the next job lies.
#[derive(Default)]
struct Desk {
    slot: Mutex<Slot>,
    changed: Condvar,
}

#[derive(Default)]
struct Slot {
    job: Option<Job>,
    ahead: VecDeque<Job>,
    /// What is being rendered ahead; it stays on the list until it is done.
    under_way: Option<(Job, Recall)>,
    closed: bool,
}

/// What the thread does next.
enum Task {
    Now(Job),
    Ahead(Job, Recall),
}

impl Desk {
    /// Nothing is left half done in a slot, so a panic elsewhere does not spoil it.
    fn slot(&self) -> MutexGuard<'_, Slot> {
        self.slot.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn next(&self) -> Option<Task> {
        let mut slot = self.slot();
        loop {
            if slot.closed {
                return None;
            }
            if let Some(job) = slot.job.take() {
                return Some(Task::Now(job));
            }
            if let Some(job) = slot.ahead.front().cloned() {
                let recall = Recall::default();
                slot.under_way = Some((job.clone(), recall.clone()));
                return Some(Task::Ahead(job, recall));
            }
            slot = self.changed.wait(slot).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// One that was called off stays on the list, unless there is another list by now.
    fn done_ahead(&self, job: &Job, recall: &Recall) {
        let mut slot = self.slot();
        slot.under_way = None;
        if !recall.is_called() {
            slot.ahead.retain(|waiting| !waiting.sounds_like(job));
        }
    }
}

impl Slot {
    /// What is to be called off, after the slot is let go, unless it is of `wanted` too.
    fn to_call_off(&self, wanted: &VecDeque<Job>) -> Option<Recall> {
        let (job, recall) = self.under_way.as_ref()?;
        (!wanted.iter().any(|waiting| waiting.sounds_like(job))).then(|| recall.clone())
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
                while let Some(task) = theirs.next() {
                    match task {
                        Task::Now(job) => {
                            let rendered = synthesiser.render_for_now(job.utterance.script(), job.utterance.language());
                            let rendered = rendered.map(|it| Rendered { sound: stretch(&it.sound, job.pace), ..it });
                            deliver(job, rendered);
                        }
                        Task::Ahead(job, recall) => {
                            let (script, language) = (job.utterance.script(), job.utterance.language());
                            let sound = synthesiser.render_ahead(script, language, &recall);
                            theirs.done_ahead(&job, &recall);
                            if let Some(sound) = sound.map(|sound| stretch(&sound, job.pace)) {
                                deliver(job, Ok(Rendered { sound, makeshift: false }));
                            }
                        }
                    }
                }
            })
            .map_err(|error| VoiceError::NoThread(error.to_string()))?;
        Ok(Self { desk })
    }

    /// Renders this next; a job not yet begun is dropped, and what is rendered ahead waits.
    pub fn render(&self, job: Job) {
        let call_off = {
            let mut slot = self.desk.slot();
            slot.job = Some(job);
            slot.to_call_off(&VecDeque::new())
        };
        self.turn(call_off);
    }

    /// Renders these when there is nothing else to do, in this order, and no others.
    pub fn expect(&self, jobs: Vec<Job>) {
        let call_off = {
            let mut slot = self.desk.slot();
            slot.ahead = jobs.into();
            slot.to_call_off(&slot.ahead)
        };
        self.turn(call_off);
    }

    fn turn(&self, call_off: Option<Recall>) {
        if let Some(recall) = call_off {
            recall.call();
        }
        self.desk.changed.notify_one();
    }

    /// Drops a job not yet begun.
    pub fn forget(&self) {
        self.desk.slot().job = None;
    }
}

impl Drop for Synthesis {
    fn drop(&mut self) {
        let call_off = {
            let mut slot = self.desk.slot();
            slot.job = None;
            slot.closed = true;
            slot.to_call_off(&VecDeque::new())
        };
        self.turn(call_off);
    }
}
