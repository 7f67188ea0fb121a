//! The ledger's thread: keeps what the session hands over and says so only when it is durable.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use tokio::sync::Notify;

use super::{Clock, Post};
use crate::domain::{Entry, ProjectNumber};
use crate::ledger::{Ledger, LedgerError, Moment, RecordId};
use crate::session::{Event, Ticket};

/// How often a ledger that could not be written is tried again.
const TRY_AGAIN: Duration = Duration::from_secs(3);

/// The way from the loop to the disk.
pub(super) struct Keeper {
    entries: Sender<(Ticket, Entry)>,
}

impl Keeper {
    /// # Errors
    /// When the system gives no thread.
    pub fn start(ledger: Arc<Ledger>, clock: Clock, post: Post, kicks: Kicks) -> std::io::Result<Self> {
        let (entries, inbox) = channel::<(Ticket, Entry)>();
        thread::Builder::new().name("ledger".into()).spawn(move || {
            let (mut works, mut orphans) = (true, Orphans::default());
            loop {
                match inbox.recv_timeout(TRY_AGAIN) {
                    Ok((ticket, entry)) => {
                        let outcome = orphans.keep(&ledger, &entry, clock.moment());
                        let (events, still_works) = answers(&outcome, ticket);
                        works = still_works.unwrap_or(works);
                        events.into_iter().for_each(|event| post.event(event));
                        kicks.of(&entry).notify_one();
                    }
                    Err(RecvTimeoutError::Timeout) if works => {}
                    Err(RecvTimeoutError::Timeout) => {
                        works = ledger.probe(clock.moment()).is_ok();
                        if works {
                            post.event(Event::Ledger(true));
                        }
                    }
                    Err(RecvTimeoutError::Disconnected) => return,
                }
            }
        })?;
        Ok(Self { entries })
    }

    pub fn keep(&self, ticket: Ticket, entry: Entry) {
        // The thread lives as long as this handle.
        let _ = self.entries.send((ticket, entry));
    }
}

/// Wakes the worker that sends what was kept just now.
#[derive(Clone, Default)]
pub(super) struct Kicks {
    /// Service records, ratings and answers.
    pub ratings: Arc<Notify>,
    /// Filing requests.
    pub filings: Arc<Notify>,
}

impl Kicks {
    fn of(&self, entry: &Entry) -> &Notify {
        match entry {
            Entry::Filing(_) => &self.filings,
            _ => &self.ratings,
        }
    }
}

/// So many matters whose own entry was not kept are remembered; their visits are long over by then.
const ORPHANS_MAX: usize = 64;

/// Matters whose own entry was not kept. Their ratings may already be on the way here, and would wait
/// for ever at a province that never heard of the matter.
#[derive(Default)]
pub(crate) struct Orphans(VecDeque<ProjectNumber>);

impl Orphans {
    /// Keeps an entry, unless the matter it belongs to was not kept.
    ///
    /// # Errors
    /// [`LedgerError::Orphan`], and whatever the ledger says.
    pub(crate) fn keep(&mut self, ledger: &Ledger, entry: &Entry, moment: Moment) -> Result<RecordId, LedgerError> {
        match entry {
            Entry::Rating { project, .. } | Entry::Answers { project, .. } => {
                if self.0.contains(project) {
                    Err(LedgerError::Orphan)
                } else {
                    ledger.keep(entry, moment)
                }
            }
            Entry::Filing(_) => ledger.keep(entry, moment),
            Entry::Service { matter, .. } => {
                let outcome = ledger.keep(entry, moment);
                if outcome.is_err() {
                    if self.0.len() == ORPHANS_MAX {
                        self.0.pop_front();
                    }
                    self.0.push_back(matter.project.clone());
                }
                outcome
            }
        }
    }
}

/// What the session is told about an entry, and what is known of the ledger now: `None` is nothing new.
pub(crate) fn answers(outcome: &Result<RecordId, LedgerError>, ticket: Ticket) -> (Vec<Event>, Option<bool>) {
    let Err(error) = outcome else { return (vec![Event::Stored(ticket)], Some(true)) };
    tracing::error!(%error, "ledger: an entry was not kept");
    match error {
        LedgerError::Orphan => (vec![Event::NotStored(ticket)], None),
        // These are about this entry alone; the ledger itself can be written.
        LedgerError::Conflict(_) | LedgerError::ClassFull(_) => {
            (vec![Event::NotStored(ticket), Event::Ledger(true)], Some(true))
        }
        _ => (vec![Event::NotStored(ticket), Event::Ledger(false)], Some(false)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Level, Rating};
    use crate::ledger::Options;
    use jiff::civil::date;

    /// Found by the simulator: on a slow and failing disk a rating was kept whose matter was not.
    #[test]
    fn a_rating_whose_matter_was_not_kept_is_not_kept() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = Ledger::open(Options::new(folder.path().join("a.db"), folder.path().join("a.key"))).unwrap();
        let at = date(2026, 11, 21).at(9, 0, 0, 0);
        let moment = Moment { wall: at, tick_ms: 1 };
        let project = ProjectNumber::from_stored("37K1");
        let rating = Rating::new(Level::Satisfied, Vec::new()).unwrap();
        let entry = Entry::Rating { project: project.clone(), rating, at };
        let mut orphans = Orphans(VecDeque::from([project]));
        assert!(matches!(orphans.keep(&ledger, &entry, moment), Err(LedgerError::Orphan)));
        assert_eq!(answers(&Err(LedgerError::Orphan), Ticket(1)), (vec![Event::NotStored(Ticket(1))], None));
        assert!(Orphans::default().keep(&ledger, &entry, moment).is_ok());
    }
}
