//! What must not be lost: one encrypted SQLite file with its migrations, the outbox and the audit log.
//!
//! [`Ledger::keep`] returns only when an entry is durable; only then may a screen say so. Ids are made
//! here, before anything is sent, and stay the same through every retry. The order and the sending
//! belong to `delivery`; no HTTP, no screen and no word for residents ever lives here.

mod audit;
mod backup;
mod ballast;
mod bounds;
mod carry;
mod error;
mod filing_body;
mod filings;
mod keep;
mod key;
mod migrations;
mod open;
mod outbox;
mod probe;
mod report;
mod row;

use std::sync::{Mutex, PoisonError};

use jiff::civil::DateTime;
use rusqlite::Connection;

pub use audit::{AuditEvent, AuditFault, AuditHead, AuditLine, AuditReport, AuditTrouble, NotAHead};
pub use bounds::{Bound, WhenFull, bound};
pub use carry::{Carried, CarriedReceipt, ReceiptsTaken, RecordsTaken};
pub use error::LedgerError;
pub use filings::FilingEnd;
pub use open::Options;
pub use outbox::{Record, Retry};
pub use report::{Counts, Filter, Listing, OldestUnsent};
pub use row::{Class, Lane, RecordId};

pub(crate) use key::Key;

use audit::Audit;
use ballast::Ballast;
use filings::Persons;

/// The moment something is asked of the ledger. Time comes in as data; the ledger owns no clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Local wall-clock time. It may jump; it is written down but nothing is ordered or retried by it.
    pub wall: DateTime,
    /// Milliseconds since the program started, never going back.
    pub tick_ms: u64,
}

/// The kiosk's memory on disk. One connection behind a lock: every method may be called from any
/// thread, blocks for as long as the disk takes, and so does not belong on an async thread.
pub struct Ledger {
    /// `None` after a failure that leaves a connection useless, until it is needed again.
    connection: Mutex<Option<Connection>>,
    ballast: Ballast,
    audit: Audit,
    persons: Persons,
    /// Names this opening of the file: ticks of another opening mean nothing to this one.
    run: String,
    epoch: String,
    options: Options,
}

impl Ledger {
    /// Sixteen characters drawn when the file was made; the first part of every record id.
    pub fn epoch(&self) -> &str {
        &self.epoch
    }

    fn with<T>(&self, work: impl FnOnce(&mut Connection) -> Result<T, LedgerError>) -> Result<T, LedgerError> {
        // A panic elsewhere leaves no half-done transaction behind: dropping one rolls it back.
        let mut place = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let connection = match &mut *place {
            Some(connection) => connection,
            none => none.insert(open::again(&self.options)?),
        };
        let outcome = work(connection);
        // SQLCipher never again reads through a connection on which one page could not be read. A new one
        // shows whether the file is damaged or only that moment of the disk was.
        if outcome.as_ref().is_err_and(LedgerError::spoils_the_connection) {
            *place = None;
        }
        outcome
    }

    /// Work that shrinks or settles the queue. It must succeed on a full disk, so it may use the
    /// ballast and a reserve of pages that keeping is never given.
    fn drain<T>(&self, work: impl Fn(&Connection) -> Result<T, LedgerError>) -> Result<T, LedgerError> {
        self.with(|connection| match work(connection) {
            Err(LedgerError::DiskFull) => {
                self.ballast.release();
                open::cap_pages(connection, self.options.pages_max.saturating_add(open::RESERVE_PAGES))?;
                let outcome = with_room_made(connection, work);
                open::cap_pages(connection, self.options.pages_max)?;
                outcome
            }
            outcome => outcome,
        })
    }

    /// Sets the ballast aside again. Where it was used up, the write-ahead log has likely grown into
    /// its place and is cut back first.
    fn restore_ballast(&self) -> Result<(), LedgerError> {
        if !self.ballast.in_place() {
            self.with(|connection| cut_back_wal(connection))?;
        }
        self.ballast.restore()
    }
}

/// Tries again with the write-ahead log cut back, and once more when delivered records have given way:
/// settling writes an audit entry, which needs room even where the record itself shrinks.
fn with_room_made<T>(
    connection: &Connection,
    work: impl Fn(&Connection) -> Result<T, LedgerError>,
) -> Result<T, LedgerError> {
    cut_back_wal(connection)?;
    match work(connection) {
        Err(LedgerError::DiskFull) => {
            connection.execute(outbox::DELETE_DELIVERED, [outbox::DELETE_ROWS_MAX])?;
            cut_back_wal(connection)?;
            work(connection)
        }
        outcome => outcome,
    }
}

fn cut_back_wal(connection: &Connection) -> Result<(), LedgerError> {
    Ok(connection.pragma_update(None, "wal_checkpoint", "TRUNCATE")?)
}

impl std::fmt::Debug for Ledger {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ledger").field("path", &self.options.path).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Found by the simulator: after one page that could not be read SQLCipher failed every read until the program
    /// was started again.
    #[test]
    fn a_page_that_could_not_be_read_costs_the_connection_and_not_the_ledger() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = Ledger::open(Options::new(folder.path().join("a.db"), folder.path().join("a.key"))).unwrap();
        let check = |error: LedgerError, stays: bool| {
            let mark = |sql: &str| ledger.with(|connection| Ok(connection.execute_batch(sql)?));
            mark("CREATE TEMP TABLE IF NOT EXISTS mark (x)").unwrap();
            let text = error.to_string();
            assert!(ledger.with(|_| Err::<(), _>(error)).is_err());
            let found = ledger.with(|connection| Ok(connection.table_exists(Some("temp"), "mark")?)).unwrap();
            assert_eq!(found, stays, "{text}");
            assert_eq!(ledger.counts().unwrap(), Counts::default());
        };
        let sqlite = |code| LedgerError::from(rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None));
        check(sqlite(rusqlite::ffi::SQLITE_CORRUPT), false);
        check(sqlite(rusqlite::ffi::SQLITE_NOTADB), false);
        check(sqlite(rusqlite::ffi::SQLITE_IOERR_READ), false);
        check(sqlite(rusqlite::ffi::SQLITE_ERROR), false);
        check(sqlite(rusqlite::ffi::SQLITE_IOERR_WRITE), true);
        check(sqlite(rusqlite::ffi::SQLITE_FULL), true);
        check(LedgerError::NoSuchRecord, true);
    }
}
