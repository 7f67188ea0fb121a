//! The queue as a technician may see it: numbers, states and reasons, never a body.

use rusqlite::OptionalExtension;
use serde::Serialize;

use super::{Ledger, LedgerError, RecordId};

/// How many records stand where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counts {
    /// Waiting in the normal lane.
    pub pending: u64,
    /// Waiting in the slow lane.
    pub slow: u64,
    /// Damaged, never sent.
    pub parked: u64,
    /// Delivered and not yet deleted.
    pub delivered: u64,
}

impl Counts {
    /// Everything the platform does not have yet and still can get.
    pub fn unsent(self) -> u64 {
        self.pending + self.slow
    }
}

/// The record that has waited longest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OldestUnsent {
    /// Its id.
    pub id: RecordId,
    /// Local wall-clock time it was kept, as far as the clock was right.
    pub kept_at: String,
    /// Attempts so far.
    pub tries: u32,
}

/// Which records to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filter {
    /// All.
    All,
    /// What the platform does not have yet.
    Unsent,
    /// The slow lane only.
    Slow,
    /// Damaged ones.
    Parked,
    /// Delivered ones.
    Delivered,
}

impl Filter {
    fn condition(self) -> &'static str {
        match self {
            Self::All => "1",
            Self::Unsent => "state = 'pending'",
            Self::Slow => "state = 'pending' AND lane = 'slow'",
            Self::Parked => "state = 'parked'",
            Self::Delivered => "state = 'delivered'",
        }
    }
}

/// One record in a technician's list. It holds nothing of the body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Listing {
    /// Its id.
    pub id: RecordId,
    /// Its class, as stored.
    pub class: String,
    /// The matter's number.
    pub matter: String,
    /// `pending`, `delivered` or `parked`.
    pub state: String,
    /// `normal` or `slow`.
    pub lane: String,
    /// Attempts so far.
    pub tries: u32,
    /// Refusals among them.
    pub refusals: u32,
    /// Local wall-clock time it was kept.
    pub kept_at: String,
    /// Size of the body in bytes; 0 once wiped.
    pub body_bytes: u64,
    /// Why the last attempt failed.
    pub last_error: Option<String>,
    /// When the platform took it.
    pub delivered_at: Option<String>,
    /// What the platform said when it took it.
    pub receipt: Option<String>,
}

impl Ledger {
    /// How many records stand where.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn counts(&self) -> Result<Counts, LedgerError> {
        self.with(|connection| {
            // Each is counted in an index of its own; bodies are not read.
            let sql = "SELECT
                (SELECT count(*) FROM outbox WHERE state = 'pending' AND lane = 'normal'),
                (SELECT count(*) FROM outbox WHERE state = 'pending' AND lane = 'slow'),
                (SELECT count(*) FROM outbox WHERE state = 'parked'),
                (SELECT count(*) FROM outbox WHERE state = 'delivered')";
            Ok(connection.prepare_cached(sql)?.query_row([], |row| {
                Ok(Counts { pending: row.get(0)?, slow: row.get(1)?, parked: row.get(2)?, delivered: row.get(3)? })
            })?)
        })
    }

    /// The record that has waited longest, if any waits.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn oldest_unsent(&self) -> Result<Option<OldestUnsent>, LedgerError> {
        let first = self.list(Filter::Unsent, 1)?.into_iter().next();
        Ok(first.map(|row| OldestUnsent { id: row.id, kept_at: row.kept_at, tries: row.tries }))
    }

    /// At most `limit` records, oldest first, masked.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn list(&self, filter: Filter, limit: u32) -> Result<Vec<Listing>, LedgerError> {
        let sql = format!(
            "SELECT id, class, matter, state, lane, tries, refusals, at_wall, length(body), last_error, delivered_at,
                receipt FROM outbox WHERE {} ORDER BY seq LIMIT ?1",
            filter.condition()
        );
        self.with(|connection| {
            let mut statement = connection.prepare_cached(&sql)?;
            let rows = statement.query_map([limit], listing)?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }
}

impl Ledger {
    /// One record, masked.
    ///
    /// # Errors
    /// [`LedgerError::NoSuchRecord`] when there is none by this id.
    pub fn show(&self, id: &RecordId) -> Result<Listing, LedgerError> {
        let sql = "SELECT id, class, matter, state, lane, tries, refusals, at_wall, length(body), last_error,
            delivered_at, receipt FROM outbox WHERE id = ?1";
        let found = self
            .with(|connection| Ok(connection.prepare_cached(sql)?.query_row([id.as_str()], listing).optional()?))?;
        found.ok_or(LedgerError::NoSuchRecord)
    }
}

fn listing(row: &rusqlite::Row<'_>) -> rusqlite::Result<Listing> {
    Ok(Listing {
        id: RecordId::from_text(row.get::<_, String>(0)?),
        class: row.get(1)?,
        matter: row.get(2)?,
        state: row.get(3)?,
        lane: row.get(4)?,
        tries: row.get(5)?,
        refusals: row.get(6)?,
        kept_at: row.get(7)?,
        body_bytes: row.get(8)?,
        last_error: row.get(9)?,
        delivered_at: row.get(10)?,
        receipt: row.get(11)?,
    })
}
