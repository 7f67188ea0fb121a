//! The worker: empties the outbox through one profile, some matters at a time.
//!
//! Tasks, threads and the clock are here; what is sent and when is decided by [`Dispatch`].

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use rand_chacha::ChaCha8Rng;
use tokio::sync::{Notify, watch};
use tokio::task::{Id, JoinError, JoinSet};

use super::clock::Clock;
pub use super::dispatch::Notice;
use super::dispatch::{Dispatch, Ended, Round};
use super::{DeliveryFailure, DeliveryProfile, Receipt};
use crate::ledger::{Ledger, Moment, Record, RecordId};

/// How soon the queue is looked at again when no thread could be had for looking.
const NO_THREAD_PAUSE_MS: u64 = 10_000;

/// Who is told.
pub type Observer = Arc<dyn Fn(Notice) + Send + Sync>;

/// What the worker works with.
pub struct Worker {
    /// The queue.
    pub ledger: Arc<Ledger>,
    /// The way out.
    pub profile: Arc<dyn DeliveryProfile>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Notified after something was kept, so that it is sent at once.
    pub kick: Arc<Notify>,
    /// Told what happens.
    pub observer: Observer,
    /// Chance for the waits; seeded by the caller so that a run can be repeated.
    pub rng: ChaCha8Rng,
}

impl Worker {
    /// Runs until `shutdown` turns true or its sender is gone. What is on its way then is abandoned:
    /// it stays in the ledger and the receiver knows it by its numbers.
    pub async fn run(self, mut shutdown: watch::Receiver<bool>) {
        let (clock, kick) = (self.clock.clone(), self.kick.clone());
        let mut running = Running::new(self);
        while !*shutdown.borrow() {
            let wake_ms = running.round().await;
            tokio::select! {
                // In this order: what has ended is written down before time moves on.
                biased;
                changed = shutdown.changed() => if changed.is_err() { break },
                Some(ended) = running.tasks.join_next_with_id() => running.settle(ended).await,
                () = kick.notified() => running.urge().await,
                () = clock.sleep_until(wake_ms) => {}
            }
        }
    }
}

type TaskEnded = Result<(Id, Result<Receipt, DeliveryFailure>), JoinError>;

struct Running {
    ledger: Arc<Ledger>,
    profile: Arc<dyn DeliveryProfile>,
    clock: Arc<dyn Clock>,
    observer: Observer,
    dispatch: Arc<Mutex<Dispatch>>,
    tasks: JoinSet<Result<Receipt, DeliveryFailure>>,
    sent: HashMap<Id, RecordId>,
}

impl Running {
    fn new(worker: Worker) -> Self {
        let Worker { ledger, profile, clock, observer, rng, .. } = worker;
        let dispatch = Arc::new(Mutex::new(Dispatch::new(profile.matters_max(), rng).of(profile.queue())));
        Self { ledger, profile, clock, observer, dispatch, tasks: JoinSet::new(), sent: HashMap::new() }
    }

    /// Sends what may be sent; returns the tick at which to look again if nothing else happens.
    async fn round(&mut self) -> u64 {
        let asked = self.on_ledger(|dispatch, ledger, now| dispatch.round(ledger, now)).await;
        let Some(Round { send, wake_ms }) = asked else { return self.clock.now().tick_ms + NO_THREAD_PAUSE_MS };
        for record in send {
            self.send(record);
        }
        wake_ms
    }

    /// Something was kept just now.
    async fn urge(&self) {
        self.on_ledger(|dispatch, _, now| dispatch.urge(now)).await;
    }

    fn send(&mut self, record: Record) {
        let (id, profile) = (record.id.clone(), self.profile.clone());
        let task = self.tasks.spawn(async move { profile.deliver(&record).await });
        self.sent.insert(task.id(), id);
    }

    /// Writes down what has ended, together with everything else that has ended meanwhile.
    async fn settle(&mut self, first: TaskEnded) {
        let mut ended: Vec<Ended> = self.outcome(first).into_iter().collect();
        while let Some(another) = self.tasks.try_join_next_with_id() {
            ended.extend(self.outcome(another));
        }
        self.on_ledger(move |dispatch, ledger, now| dispatch.settle(ledger, now, ended)).await;
    }

    fn outcome(&mut self, ended: TaskEnded) -> Option<Ended> {
        // A profile that panics over a record is a refusal: the slow lane keeps it out of the others' way.
        let (task, outcome) = ended.unwrap_or_else(|error| {
            (error.id(), Err(DeliveryFailure::Refused("the delivery profile panicked".into())))
        });
        self.sent.remove(&task).map(|id| (id, outcome))
    }

    /// The ledger waits for the disk, so it is asked on a thread that may. `None` while the program ends.
    async fn on_ledger<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&mut Dispatch, &Ledger, Moment) -> T + Send + 'static,
    ) -> Option<T> {
        let (ledger, clock, dispatch) = (self.ledger.clone(), self.clock.clone(), self.dispatch.clone());
        let asked = tokio::task::spawn_blocking(move || {
            let mut dispatch = dispatch.lock().unwrap_or_else(PoisonError::into_inner);
            let answer = ask(&mut dispatch, &ledger, clock.now());
            (answer, dispatch.take_notices())
        });
        let (answer, notices) = asked.await.ok()?;
        notices.into_iter().for_each(&*self.observer);
        Some(answer)
    }
}
