//! The audit log: what was done with records, in a chain of hashes, in the same file and the same
//! transaction as the act itself. It holds words for events and salted references, never a name, a
//! number, a rating or a record's own id.

mod head;
mod truncate;
mod verify;

use std::cell::Cell;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};

use jiff::ToSpan;
use jiff::civil::DateTime;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};
use serde::Serialize;
use sha2::{Digest, Sha256};

pub use head::{AuditHead, NotAHead};
pub use verify::{AuditFault, AuditReport, AuditTrouble};

use super::{Ledger, LedgerError, RecordId};

/// What is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuditEvent {
    /// A program opened the ledger and then did what follows.
    Opened,
    /// An entry is on disk.
    Kept,
    /// Somebody made a filing request for another; the reference names the helper.
    Helped,
    /// For whom; it follows on [`Self::Helped`].
    HelpedFor,
    /// The platform has it.
    Delivered,
    /// The platform has said no to it for good.
    Rejected,
    /// Refused so often that it went to the slow lane.
    Slowed,
    /// Found damaged and set aside.
    Parked,
    /// A technician had it tried again.
    Retried,
    /// Given up to make room, as the rule of its class says.
    Dropped,
    /// About to be written to a file for another machine.
    Exported,
    /// Taken in from another machine's file.
    Imported,
    /// Another machine delivered it, says its receipt.
    Receipted,
    /// The ledger was copied.
    BackedUp,
    /// The wall clock went back.
    ClockBack,
    /// The oldest entries of this log were given up.
    Shortened,
}

impl AuditEvent {
    /// The word in the log. It is part of the chain and so never changes.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Kept => "kept",
            Self::Helped => "helped",
            Self::HelpedFor => "helped-for",
            Self::Delivered => "delivered",
            Self::Rejected => "rejected",
            Self::Slowed => "slowed",
            Self::Parked => "parked",
            Self::Retried => "retried",
            Self::Dropped => "dropped",
            Self::Exported => "exported",
            Self::Imported => "imported",
            Self::Receipted => "receipted",
            Self::BackedUp => "backed-up",
            Self::ClockBack => "clock-back",
            Self::Shortened => "shortened",
        }
    }
}

/// One line of a record's history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AuditLine {
    /// Its number in the log.
    pub number: u64,
    /// Local wall-clock time.
    pub at: String,
    /// What happened, as [`AuditEvent::as_str`] says it.
    pub event: String,
}

/// A clock may be corrected by so much without being called jumping.
const CLOCK_BACK_S_MAX: i64 = 60;
const SALT: &str = "audit_salt";
const REFERENCE_BYTES: usize = 16;
type Hash = [u8; 32];

/// What appending needs beside the file.
pub(super) struct Audit {
    epoch: String,
    salt: Vec<u8>,
    /// Whether this opening is in the log yet. Looking leaves no trace, so the first act writes it.
    opened: AtomicBool,
    /// The wall-clock time last told by any caller.
    told: Mutex<DateTime>,
}

impl Audit {
    /// Reads salt and ends, or begins the log where the file has none yet.
    pub fn found(connection: &Connection, epoch: &str) -> Result<Self, LedgerError> {
        let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
        let kept = transaction
            .query_row("SELECT value FROM meta WHERE key = ?1", [SALT], |row| row.get::<_, String>(0))
            .optional()?;
        let salt = match kept {
            Some(salt) => salt,
            None => begin(&transaction, epoch)?,
        };
        let told = last_wall(&transaction)?.unwrap_or_default();
        transaction.commit()?;
        let salt = salt.into_bytes();
        Ok(Self { epoch: epoch.to_owned(), salt, opened: AtomicBool::new(false), told: Mutex::new(told) })
    }

    /// Every caller that knows the time tells it; acts whose callers do not are dated by it.
    pub fn tell(&self, wall: DateTime) {
        *self.told.lock().unwrap_or_else(PoisonError::into_inner) = wall;
    }

    fn wall(&self) -> DateTime {
        *self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Names a record to those who have its id and the salt, and says nothing to others.
    fn reference(&self, id: &str) -> Vec<u8> {
        let mut hasher = Sha256::new();
        for part in [self.salt.as_slice(), id.as_bytes()] {
            hasher.update((part.len() as u64).to_be_bytes());
            hasher.update(part);
        }
        hasher.finalize()[..REFERENCE_BYTES].to_vec()
    }
}

fn begin(transaction: &Transaction<'_>, epoch: &str) -> Result<String, LedgerError> {
    let salt = hex::encode(rand::random::<[u8; 32]>());
    transaction.execute("INSERT INTO meta (key, value) VALUES (?1, ?2)", [SALT, &salt])?;
    for side in ["anchor", "head"] {
        transaction.execute(
            "INSERT INTO audit_end (side, number, at_wall, hash) VALUES (?1, 0, '', ?2)",
            (side, genesis(epoch)),
        )?;
    }
    Ok(salt)
}

fn last_wall(connection: &Connection) -> Result<Option<DateTime>, LedgerError> {
    let found = connection
        .prepare_cached("SELECT at_wall FROM audit_end WHERE side = 'head'")?
        .query_row([], |row| row.get::<_, String>(0))
        .optional()?;
    Ok(found.and_then(|text| text.parse().ok()))
}

/// The hash before the first entry. It belongs to this file alone.
fn genesis(epoch: &str) -> Hash {
    link(&[0; 32], 0, epoch, "", "", &[])
}

/// An entry's hash: SHA-256 over the hash before it and every part of the entry, each led by its length.
fn link(before: &Hash, number: u64, epoch: &str, at_wall: &str, event: &str, reference: &[u8]) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update(before);
    hasher.update(number.to_be_bytes());
    for part in [epoch.as_bytes(), at_wall.as_bytes(), event.as_bytes(), reference] {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    hasher.finalize().into()
}

/// Writes the entries of one act, inside its transaction.
pub(super) struct Scribe<'a> {
    audit: &'a Audit,
    transaction: &'a Transaction<'a>,
    wrote: Cell<bool>,
}

impl Scribe<'_> {
    /// Writes down an event about a record, or about the ledger itself.
    pub fn write(&self, event: AuditEvent, id: Option<&str>) -> Result<(), LedgerError> {
        let wall = self.audit.wall();
        if !self.wrote.replace(true) {
            if !self.audit.opened.load(Relaxed) {
                self.append(AuditEvent::Opened, &[], wall)?;
            }
            let allowed = CLOCK_BACK_S_MAX.seconds();
            let latest = last_wall(self.transaction)?;
            if latest.is_some_and(|latest| wall.saturating_add(allowed) < latest) {
                tracing::warn!("ledger: the wall clock went back");
                self.append(AuditEvent::ClockBack, &[], wall)?;
            }
        }
        self.append(event, &id.map_or(vec![], |id| self.audit.reference(id)), wall)
    }

    fn append(&self, event: AuditEvent, reference: &[u8], wall: DateTime) -> Result<(), LedgerError> {
        let (last, before): (u64, Hash) = self
            .transaction
            .prepare_cached("SELECT number, hash FROM audit_end WHERE side = 'head'")?
            .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let (number, at_wall) = (last + 1, wall.to_string());
        let hash = link(&before, number, &self.audit.epoch, &at_wall, event.as_str(), reference);
        self.transaction
            .prepare_cached("INSERT INTO audit (number, at_wall, event, reference, hash) VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute((number, &at_wall, event.as_str(), reference, hash))?;
        self.transaction
            .prepare_cached("UPDATE audit_end SET number = ?1, at_wall = ?2, hash = ?3 WHERE side = 'head'")?
            .execute((number, &at_wall, hash))?;
        Ok(())
    }
}

impl Ledger {
    /// An act and what the audit log says of it: both are on disk, or neither.
    pub(super) fn act<T>(
        &self,
        connection: &Connection,
        work: impl FnOnce(&Transaction<'_>, &Scribe<'_>) -> Result<T, LedgerError>,
    ) -> Result<T, LedgerError> {
        let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
        let scribe = Scribe { audit: &self.audit, transaction: &transaction, wrote: Cell::new(false) };
        let outcome = work(&transaction, &scribe)?;
        let wrote = scribe.wrote.get();
        transaction.commit()?;
        if wrote {
            self.audit.opened.store(true, Relaxed);
        }
        Ok(outcome)
    }

    /// What the audit log says of one record, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn history(&self, id: &RecordId) -> Result<Vec<AuditLine>, LedgerError> {
        let reference = self.audit.reference(id.as_str());
        self.with(|connection| {
            let sql = "SELECT number, at_wall, event FROM audit WHERE reference = ?1 ORDER BY number";
            let mut statement = connection.prepare_cached(sql)?;
            let rows = statement.query_map([reference], |row| {
                Ok(AuditLine { number: row.get(0)?, at: row.get(1)?, event: row.get(2)? })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chain_is_frozen() {
        let first = link(&genesis("00ff"), 1, "00ff", "2026-03-09T08:00:00", "kept", &[1, 2, 3]);
        let expected = "aeb9ab002dda79caa0092bbff14d0c2cb5ba2baf7aef14c0dd833005ad1d1743";
        assert_eq!(hex::encode(first), expected, "logs written before must still verify");
    }

    #[test]
    fn every_part_changes_the_hash() {
        let hashes = [
            link(&[0; 32], 1, "e", "at", "kept", &[1]),
            link(&[1; 32], 1, "e", "at", "kept", &[1]),
            link(&[0; 32], 2, "e", "at", "kept", &[1]),
            link(&[0; 32], 1, "f", "at", "kept", &[1]),
            link(&[0; 32], 1, "e", "atk", "ept", &[1]),
            link(&[0; 32], 1, "e", "at", "kept", &[2]),
            link(&[0; 32], 1, "e", "at", "kept", &[]),
        ];
        assert!(hashes.iter().enumerate().all(|(place, hash)| !hashes[..place].contains(hash)));
    }
}
