//! The ledger's thread: keeps what the session hands over and says so only when it is durable.

use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use tokio::sync::Notify;

use super::{Clock, Post};
use crate::domain::Entry;
use crate::ledger::{Ledger, LedgerError};
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
    pub fn start(ledger: Arc<Ledger>, clock: Clock, post: Post, delivery: Arc<Notify>) -> std::io::Result<Self> {
        let (entries, inbox) = channel::<(Ticket, Entry)>();
        thread::Builder::new().name("ledger".into()).spawn(move || {
            let mut works = true;
            loop {
                match inbox.recv_timeout(TRY_AGAIN) {
                    Ok((ticket, entry)) => {
                        works = keep(&ledger, clock, &post, ticket, &entry);
                        delivery.notify_one();
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

fn keep(ledger: &Ledger, clock: Clock, post: &Post, ticket: Ticket, entry: &Entry) -> bool {
    match ledger.keep(entry, clock.moment()) {
        Ok(_) => {
            post.event(Event::Stored(ticket));
            true
        }
        Err(error) => {
            tracing::error!(%error, "ledger: an entry was not kept");
            // A conflict is about this entry alone; the ledger itself can be written.
            let works = matches!(error, LedgerError::Conflict(_));
            post.event(Event::NotStored(ticket));
            post.event(Event::Ledger(works));
            works
        }
    }
}
