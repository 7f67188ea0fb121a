//! The worker: empties the outbox through one profile, some matters at a time.
//!
//! What belongs to a record (tries, lane, next try) is in the ledger; what belongs to the line is
//! here in memory: after a failed transport one record at a time feels whether the line is back, so
//! that an outage of a month costs some writes a day and not a write a record.

use std::collections::HashMap;
use std::sync::Arc;

use rand_chacha::ChaCha8Rng;
use tokio::sync::{Notify, watch};
use tokio::task::{Id, JoinError, JoinSet};

use super::clock::Clock;
use super::{DeliveryFailure, DeliveryProfile, Receipt, schedule};
use crate::domain::ProjectNumber;
use crate::ledger::{Class, Lane, Ledger, LedgerError, Record, RecordId, Retry};

/// Matters on their way at the same time.
const MATTERS_MAX: usize = 4;
/// How long the queue rests when the ledger itself fails.
const LEDGER_PAUSE_MS: u64 = 10_000;
/// How often old delivered records are deleted.
const RETAIN_PERIOD_MS: u64 = 3_600_000;
/// A receiver that asks to wait is not believed beyond this.
const WAIT_MS_MAX: u64 = schedule::RETRY_DELAY_MS_MAX;

/// What the worker tells whoever watches: counters, the technician's page, a test.
#[derive(Debug)]
pub enum Notice {
    /// The receiver has it.
    Delivered {
        /// Which record.
        id: RecordId,
        /// Its class.
        class: Class,
        /// It had it before.
        already: bool,
    },
    /// The receiver does not want it.
    Refused {
        /// Which record.
        id: RecordId,
        /// Where it stands now.
        lane: Lane,
    },
    /// The receiver was not reached, or asked to wait.
    Postponed {
        /// Which record.
        id: RecordId,
    },
    /// The receiver answers again, or no longer.
    Line {
        /// Whether it answers.
        up: bool,
    },
    /// The ledger failed; the queue rests for some seconds.
    Ledger(LedgerError),
}

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
                () = kick.notified() => {}
                () = clock.sleep_until(wake_ms) => {}
            }
        }
    }
}

/// A record on its way, without its content.
struct Sent {
    id: RecordId,
    class: Class,
    matter: ProjectNumber,
    lane: Lane,
    tries: u32,
    refusals: u32,
}

struct Running {
    worker: Worker,
    tasks: JoinSet<Result<Receipt, DeliveryFailure>>,
    sent: HashMap<Id, Sent>,
    line_failures: u32,
    line_rests_until_ms: u64,
    ledger_rests_until_ms: u64,
    retain_at_ms: u64,
}

impl Running {
    fn new(worker: Worker) -> Self {
        let (tasks, sent) = (JoinSet::new(), HashMap::new());
        Self {
            worker,
            tasks,
            sent,
            line_failures: 0,
            line_rests_until_ms: 0,
            ledger_rests_until_ms: 0,
            retain_at_ms: 0,
        }
    }

    /// Sends what may be sent; returns the tick at which to look again if nothing else happens.
    async fn round(&mut self) -> u64 {
        let now = self.worker.clock.now();
        let rests_until = self.line_rests_until_ms.max(self.ledger_rests_until_ms);
        if rests_until > now.tick_ms {
            return rests_until;
        }
        match self.fill().await {
            Ok(wake_ms) => wake_ms,
            Err(error) => self.rest_ledger(error),
        }
    }

    async fn fill(&mut self) -> Result<u64, LedgerError> {
        let now = self.worker.clock.now();
        if self.retain_at_ms <= now.tick_ms {
            self.retain_at_ms = now.tick_ms + RETAIN_PERIOD_MS;
            self.on_ledger(move |ledger| ledger.retain(now)).await?;
        }
        // A line that failed is felt with one record before all go at once.
        let room = if self.line_failures > 0 { 1 } else { MATTERS_MAX };
        if self.sent.len() < room {
            let limit = MATTERS_MAX + self.sent.len();
            let due = self.on_ledger(move |ledger| ledger.due(now, limit as u32)).await?;
            for record in due {
                if self.sent.len() < room && self.may_go(&record) {
                    self.send(record);
                }
            }
        }
        let next = self.on_ledger(move |ledger| ledger.next_due_ms(now)).await?;
        Ok(next.unwrap_or(u64::MAX).min(self.retain_at_ms))
    }

    /// One at a time per matter, and one at a time out of the slow lane.
    fn may_go(&self, record: &Record) -> bool {
        let slow = record.lane == Lane::Slow;
        !self.sent.values().any(|sent| sent.matter == record.matter || slow && sent.lane == Lane::Slow)
    }

    fn send(&mut self, record: Record) {
        let sent = Sent {
            id: record.id.clone(),
            class: record.class,
            matter: record.matter.clone(),
            lane: record.lane,
            tries: record.tries,
            refusals: record.refusals,
        };
        let profile = self.worker.profile.clone();
        let task = self.tasks.spawn(async move { profile.deliver(&record).await });
        self.sent.insert(task.id(), sent);
    }

    async fn settle(&mut self, ended: Result<(Id, Result<Receipt, DeliveryFailure>), JoinError>) {
        // A profile that panics over a record is a refusal: the slow lane keeps it out of the others' way.
        let (task, outcome) = ended.unwrap_or_else(|error| {
            (error.id(), Err(DeliveryFailure::Refused("the delivery profile panicked".into())))
        });
        let Some(sent) = self.sent.remove(&task) else { return };
        if let Err(error) = self.mark(sent, outcome).await {
            self.rest_ledger(error);
        }
    }

    async fn mark(&mut self, sent: Sent, outcome: Result<Receipt, DeliveryFailure>) -> Result<(), LedgerError> {
        match outcome {
            Ok(receipt) => {
                self.line_answers();
                self.mark_delivered(sent, receipt).await
            }
            Err(DeliveryFailure::Refused(why)) => {
                self.line_answers();
                self.mark_refused(sent, why).await
            }
            Err(DeliveryFailure::NotYet { after_ms }) => {
                let now = self.worker.clock.now().tick_ms;
                self.line_rests_until_ms = now + after_ms.clamp(schedule::RETRY_DELAY_MS_MIN, WAIT_MS_MAX);
                self.mark_postponed(sent, self.line_rests_until_ms, "the platform asked to wait".into()).await
            }
            Err(DeliveryFailure::Transport(trouble)) => {
                self.line_fails();
                let now = self.worker.clock.now().tick_ms;
                let next = now + schedule::retry_delay_ms(sent.tries.saturating_add(1), &mut self.worker.rng);
                self.mark_postponed(sent, next, trouble.to_string()).await
            }
        }
    }

    async fn mark_delivered(&self, sent: Sent, receipt: Receipt) -> Result<(), LedgerError> {
        let (id, now) = (sent.id.clone(), self.worker.clock.now());
        self.on_ledger(move |ledger| ledger.delivered(&id, &receipt.text, now)).await?;
        (self.worker.observer)(Notice::Delivered { id: sent.id, class: sent.class, already: receipt.already });
        Ok(())
    }

    async fn mark_refused(&mut self, sent: Sent, why: String) -> Result<(), LedgerError> {
        let (lane, wait_ms) = schedule::after_refusal(sent.refusals.saturating_add(1), &mut self.worker.rng);
        let retry = Retry { lane, next_try_ms: self.worker.clock.now().tick_ms + wait_ms };
        let id = sent.id.clone();
        self.on_ledger(move |ledger| ledger.refused(&id, retry, &why)).await?;
        (self.worker.observer)(Notice::Refused { id: sent.id, lane });
        Ok(())
    }

    async fn mark_postponed(&self, sent: Sent, next_try_ms: u64, why: String) -> Result<(), LedgerError> {
        let id = sent.id.clone();
        self.on_ledger(move |ledger| ledger.postponed(&id, next_try_ms, &why)).await?;
        (self.worker.observer)(Notice::Postponed { id: sent.id });
        Ok(())
    }

    fn line_answers(&mut self) {
        self.line_rests_until_ms = 0;
        if std::mem::take(&mut self.line_failures) > 0 {
            tracing::info!("delivery: the platform answers again");
            (self.worker.observer)(Notice::Line { up: true });
        }
    }

    /// Several that were on their way together count as one failure of the line.
    fn line_fails(&mut self) {
        let now = self.worker.clock.now().tick_ms;
        if self.line_rests_until_ms > now {
            return;
        }
        if self.line_failures == 0 {
            tracing::warn!("delivery: the platform does not answer; what is queued waits");
            (self.worker.observer)(Notice::Line { up: false });
        }
        self.line_failures = self.line_failures.saturating_add(1);
        self.line_rests_until_ms = now + schedule::retry_delay_ms(self.line_failures, &mut self.worker.rng);
    }

    fn rest_ledger(&mut self, error: LedgerError) -> u64 {
        tracing::error!(%error, "delivery: the ledger failed");
        (self.worker.observer)(Notice::Ledger(error));
        self.ledger_rests_until_ms = self.worker.clock.now().tick_ms + LEDGER_PAUSE_MS;
        self.ledger_rests_until_ms
    }

    /// The ledger waits for the disk, so it is asked on a thread that may.
    async fn on_ledger<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&Ledger) -> Result<T, LedgerError> + Send + 'static,
    ) -> Result<T, LedgerError> {
        let ledger = self.worker.ledger.clone();
        tokio::task::spawn_blocking(move || ask(&ledger)).await.unwrap_or(Err(LedgerError::Stopped))
    }
}
