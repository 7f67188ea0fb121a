//! What to send now and what each answer means for the queue: the worker's rules without its threads.
//!
//! No task, no timer and no socket lives here: time comes in as data, and whoever sends hands the
//! outcome back. The worker and the simulator both turn this one crank. What belongs to a record
//! (tries, lane, next try) is in the ledger; what belongs to the line is here in memory: after a failed
//! transport one record at a time feels whether the line is back, so that an outage of a month costs
//! some writes a day and not a write a record.

use rand_chacha::ChaCha8Rng;

use super::{DeliveryFailure, Queue, Receipt, schedule};
use crate::domain::ProjectNumber;
use crate::domain::filing::FilingOutcome;
use crate::ledger::{Class, FilingEnd, Lane, Ledger, LedgerError, Moment, Record, RecordId, Retry};

/// Matters on their way at the same time, unless the way out stands more of them.
pub const MATTERS_MAX: usize = 4;
/// How long the queue rests when the ledger itself fails.
const LEDGER_PAUSE_MS: u64 = 10_000;
/// How often old delivered records are deleted.
const RETAIN_PERIOD_MS: u64 = 3_600_000;
/// A receiver that asks to wait is not believed beyond this.
const WAIT_MS_MAX: u64 = schedule::RETRY_DELAY_MS_MAX;
/// A filing that went unanswered may still be under way for so long; asking after it earlier could miss it.
const FILING_QUIET_MS: u64 = 60_000;
/// While somebody waits for a filing, a line that failed is felt again after this.
const URGED_MS: u64 = 3_000;

/// What happened, for whoever watches: counters, the technician's page, a test.
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
    /// What became of a filing request, as far as it is known now.
    Filing {
        /// Its number.
        number: ProjectNumber,
        /// How it stands.
        outcome: FilingOutcome,
    },
    /// The receiver answers again, or no longer.
    Line {
        /// Whether it answers.
        up: bool,
    },
    /// The ledger failed; the queue rests for some seconds.
    Ledger(LedgerError),
}

/// What to do until the next answer or the next record.
#[derive(Debug)]
pub struct Round {
    /// To be handed over now; every one of them must be settled.
    pub send: Vec<Record>,
    /// The tick at which to ask again if nothing else happens.
    pub wake_ms: u64,
}

/// A record on its way, without its content.
#[derive(Debug)]
struct Sent {
    id: RecordId,
    class: Class,
    matter: ProjectNumber,
    lane: Lane,
    tries: u32,
    refusals: u32,
}

/// How handing over one record ended.
pub type Ended = (RecordId, Result<Receipt, DeliveryFailure>);

/// The state of one line to one receiver.
#[derive(Debug)]
pub struct Dispatch {
    queue: Queue,
    matters_max: usize,
    sent: Vec<Sent>,
    line_failures: u32,
    line_rests_until_ms: u64,
    line_failed_at_ms: u64,
    ledger_rests_until_ms: u64,
    retain_at_ms: u64,
    /// Chance for the waits; seeded by the caller so that a run can be repeated.
    rng: ChaCha8Rng,
    notices: Vec<Notice>,
}

impl Dispatch {
    /// A line nothing is known of yet, with at most so many matters on their way at the same time.
    pub fn new(matters_max: usize, rng: ChaCha8Rng) -> Self {
        Self {
            queue: Queue::Ratings,
            matters_max: matters_max.max(1),
            sent: Vec::new(),
            line_failures: 0,
            line_rests_until_ms: 0,
            line_failed_at_ms: 0,
            ledger_rests_until_ms: 0,
            retain_at_ms: 0,
            rng,
            notices: Vec::new(),
        }
    }

    /// The same line for another queue.
    #[must_use]
    pub fn of(mut self, queue: Queue) -> Self {
        self.queue = queue;
        self
    }

    /// Something was kept just now. Who filed something stands there and waits, so that line is felt at once.
    pub fn urge(&mut self, now: Moment) {
        if self.queue == Queue::Filings && self.line_failures > 0 {
            let soon_ms = now.tick_ms.max(self.line_failed_at_ms.saturating_add(URGED_MS));
            self.line_rests_until_ms = self.line_rests_until_ms.min(soon_ms);
        }
    }

    /// How many records are on their way.
    pub fn on_the_way(&self) -> usize {
        self.sent.len()
    }

    /// What happened since this was asked last.
    pub fn take_notices(&mut self) -> Vec<Notice> {
        std::mem::take(&mut self.notices)
    }

    /// What may be sent at this moment.
    pub fn round(&mut self, ledger: &Ledger, now: Moment) -> Round {
        let rests_until_ms = self.line_rests_until_ms.max(self.ledger_rests_until_ms);
        if rests_until_ms > now.tick_ms {
            return Round { send: Vec::new(), wake_ms: rests_until_ms };
        }
        let known = self.sent.len();
        self.fill(ledger, now).unwrap_or_else(|error| {
            // What was chosen before the failure was not handed out.
            self.sent.truncate(known);
            self.rest_ledger(error, now);
            Round { send: Vec::new(), wake_ms: self.ledger_rests_until_ms }
        })
    }

    fn fill(&mut self, ledger: &Ledger, now: Moment) -> Result<Round, LedgerError> {
        if self.queue == Queue::Ratings && self.retain_at_ms <= now.tick_ms {
            self.retain_at_ms = now.tick_ms + RETAIN_PERIOD_MS;
            ledger.retain(now)?;
        }
        // A line that failed is felt with one record before all go at once.
        let room = if self.line_failures > 0 { 1 } else { self.matters_max };
        let mut send = Vec::new();
        if self.sent.len() < room {
            let limit = u32::try_from(room + self.sent.len()).unwrap_or(u32::MAX);
            let due = match self.queue {
                Queue::Ratings => ledger.due(now, limit)?,
                Queue::Filings => ledger.due_filings(now, limit)?,
            };
            for record in due {
                if self.sent.len() < room && self.may_go(&record) {
                    self.sent.push(Sent::of(&record));
                    send.push(record);
                }
            }
        }
        // While there is no room, the next answer is waited for and not the next record.
        let next_ms = match self.queue {
            _ if self.sent.len() >= room => None,
            Queue::Ratings => ledger.next_due_ms(now)?,
            Queue::Filings => ledger.next_filing_ms(now)?,
        };
        let retain_at_ms = if self.queue == Queue::Ratings { self.retain_at_ms } else { u64::MAX };
        Ok(Round { send, wake_ms: next_ms.unwrap_or(u64::MAX).min(retain_at_ms) })
    }

    /// One at a time per matter, and one at a time out of the slow lane.
    fn may_go(&self, record: &Record) -> bool {
        let slow = record.lane == Lane::Slow;
        !self.sent.iter().any(|sent| sent.matter == record.matter || slow && sent.lane == Lane::Slow)
    }

    /// How handing over some records ended. What was delivered is marked in one commit for all; until this returns
    /// nothing of the same matters is chosen. A record that is not on its way is passed over.
    pub fn settle(&mut self, ledger: &Ledger, now: Moment, ended: Vec<Ended>) {
        let mut delivered = Vec::new();
        for (id, outcome) in ended {
            let Some(place) = self.sent.iter().position(|sent| sent.id == id) else { continue };
            let sent = self.sent.swap_remove(place);
            match outcome {
                Ok(receipt) if sent.class == Class::Filing => {
                    self.end(ledger, now, sent, FilingEnd::Done(receipt.text), receipt.already)
                        .unwrap_or_else(|error| self.rest_ledger(error, now));
                }
                Ok(receipt) => {
                    self.line_answers();
                    delivered.push((sent, receipt));
                }
                Err(DeliveryFailure::Rejected(words)) if sent.class == Class::Filing => {
                    self.end(ledger, now, sent, FilingEnd::Rejected(words.expose().to_owned()), false)
                        .unwrap_or_else(|error| self.rest_ledger(error, now));
                }
                Err(failure) => {
                    self.put_back(ledger, now, sent, failure).unwrap_or_else(|error| self.rest_ledger(error, now));
                }
            }
        }
        self.mark(ledger, now, delivered).unwrap_or_else(|error| self.rest_ledger(error, now));
    }

    fn mark(&mut self, ledger: &Ledger, now: Moment, delivered: Vec<(Sent, Receipt)>) -> Result<(), LedgerError> {
        if delivered.is_empty() {
            return Ok(());
        }
        let receipts: Vec<(&RecordId, &str)> =
            delivered.iter().map(|(sent, receipt)| (&sent.id, receipt.text.as_str())).collect();
        ledger.delivered_together(&receipts, now)?;
        self.notices.extend(delivered.into_iter().map(|(sent, receipt)| Notice::Delivered {
            id: sent.id,
            class: sent.class,
            already: receipt.already,
        }));
        Ok(())
    }

    /// A filing request has its answer; nobody is told before the ledger has it.
    fn end(
        &mut self,
        ledger: &Ledger,
        now: Moment,
        sent: Sent,
        end: FilingEnd,
        already: bool,
    ) -> Result<(), LedgerError> {
        self.line_answers();
        ledger.filing_ended(&sent.id, &end, now)?;
        let outcome = match end {
            FilingEnd::Done(serial) => {
                self.notices.push(Notice::Delivered { id: sent.id, class: sent.class, already });
                FilingOutcome::Done { serial }
            }
            FilingEnd::Rejected(words) => {
                self.notices.push(Notice::Refused { id: sent.id, lane: sent.lane });
                FilingOutcome::Rejected(words)
            }
        };
        self.notices.push(Notice::Filing { number: sent.matter, outcome });
        Ok(())
    }

    fn put_back(
        &mut self,
        ledger: &Ledger,
        now: Moment,
        sent: Sent,
        failure: DeliveryFailure,
    ) -> Result<(), LedgerError> {
        if sent.class == Class::Filing {
            self.notices.push(Notice::Filing { number: sent.matter.clone(), outcome: FilingOutcome::NotYet });
        }
        match failure {
            DeliveryFailure::Rejected(_) => {
                let rejected = DeliveryFailure::Refused("decided against".into());
                return self.put_back(ledger, now, sent, rejected);
            }
            DeliveryFailure::Refused(why) => {
                self.line_answers();
                let (lane, wait_ms) = schedule::after_refusal(sent.refusals.saturating_add(1), &mut self.rng);
                ledger.refused(&sent.id, Retry { lane, next_try_ms: now.tick_ms + wait_ms }, &why)?;
                self.notices.push(Notice::Refused { id: sent.id, lane });
            }
            DeliveryFailure::NotYet { after_ms } => {
                self.line_rests_until_ms = now.tick_ms + after_ms.clamp(schedule::RETRY_DELAY_MS_MIN, WAIT_MS_MAX);
                ledger.postponed(&sent.id, self.line_rests_until_ms, "the platform asked to wait")?;
                self.notices.push(Notice::Postponed { id: sent.id });
            }
            DeliveryFailure::Transport(trouble) => {
                self.line_fails(now);
                let quiet_ms = if sent.class == Class::Filing { FILING_QUIET_MS } else { 0 };
                let wait_ms = schedule::retry_delay_ms(sent.tries.saturating_add(1), &mut self.rng).max(quiet_ms);
                ledger.postponed(&sent.id, now.tick_ms + wait_ms, &trouble.to_string())?;
                self.notices.push(Notice::Postponed { id: sent.id });
            }
        }
        Ok(())
    }

    fn line_answers(&mut self) {
        self.line_rests_until_ms = 0;
        if std::mem::take(&mut self.line_failures) > 0 {
            tracing::info!("delivery: the platform answers again");
            self.notices.push(Notice::Line { up: true });
        }
    }

    /// Several that were on their way together count as one failure of the line.
    fn line_fails(&mut self, now: Moment) {
        if self.line_rests_until_ms > now.tick_ms {
            return;
        }
        if self.line_failures == 0 {
            tracing::warn!("delivery: the platform does not answer; what is queued waits");
            self.notices.push(Notice::Line { up: false });
        }
        self.line_failures = self.line_failures.saturating_add(1);
        self.line_failed_at_ms = now.tick_ms;
        self.line_rests_until_ms = now.tick_ms + schedule::retry_delay_ms(self.line_failures, &mut self.rng);
    }

    fn rest_ledger(&mut self, error: LedgerError, now: Moment) {
        tracing::error!(%error, "delivery: the ledger failed");
        self.notices.push(Notice::Ledger(error));
        self.ledger_rests_until_ms = now.tick_ms + LEDGER_PAUSE_MS;
    }
}

impl Sent {
    fn of(record: &Record) -> Self {
        Self {
            id: record.id.clone(),
            class: record.class,
            matter: record.matter.clone(),
            lane: record.lane,
            tries: record.tries,
            refusals: record.refusals,
        }
    }
}
