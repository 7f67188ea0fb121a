//! The outbox as delivery sees it: what is due, in which order, and how each attempt ended.

use std::fmt;

use jiff::ToSpan;
use jiff::civil::DateTime;
use rusqlite::{Row, named_params};
use zeroize::Zeroizing;

use super::audit::AuditEvent;
use super::row::{self, Class, Lane, RecordId};
use super::{Ledger, LedgerError, Moment, filings};
use crate::domain::{Entry, ProjectNumber};

/// A record that may be sent now.
#[derive(Clone, PartialEq, Eq)]
pub struct Record {
    /// Its id, the same through every retry.
    pub id: RecordId,
    /// What it carries.
    pub class: Class,
    /// The matter it belongs to.
    pub matter: ProjectNumber,
    /// The entry itself; a service entry wipes itself on drop.
    pub entry: Entry,
    /// The lane it stands in.
    pub lane: Lane,
    /// Attempts so far.
    pub tries: u32,
    /// How many of them the platform answered with a refusal.
    pub refusals: u32,
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Record({} {} {:?} tries {})", self.id, self.class, self.lane, self.tries)
    }
}

/// When and in which lane a refused record is tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retry {
    /// The lane from now on.
    pub lane: Lane,
    /// Not before this tick of the running program.
    pub next_try_ms: u64,
}

/// After a start the slow lane waits this long, so that restarts do not hammer a platform that refuses.
const SLOW_START_MS: u64 = 600_000;
/// Rows deleted by one statement, so that no transaction grows with the backlog.
pub(super) const DELETE_ROWS_MAX: u32 = 500;
pub(super) const DELETE_DELIVERED: &str = "DELETE FROM outbox WHERE seq IN (
    SELECT seq FROM outbox WHERE state = 'delivered' ORDER BY seq LIMIT ?1)";
/// Personal data is removed with the same statement that settles.
pub(super) const DELIVERED: &str = "UPDATE outbox SET state = 'delivered', tries = tries + 1, last_error = NULL,
    delivered_at = :at, receipt = :receipt, body = CASE WHEN class IN ('service', 'filing') THEN x'' ELSE body END
    WHERE id = :id AND state <> 'delivered'";

/// A record is due when its time has come and no earlier record of its matter still waits. Filing requests go to
/// another receiver and have a queue of their own, see `filings`.
/// Times of another opening mean nothing here, so its records are due at once (slow lane: soon).
const DUE: &str = "
SELECT id, class, matter, at_wall, body, sha256, lane, tries, refusals FROM outbox AS this
WHERE state = 'pending' AND class <> 'filing'
  AND CASE WHEN next_try_run = :run THEN next_try_ms <= :tick WHEN lane = 'slow' THEN :tick >= :slow ELSE 1 END
  AND NOT EXISTS (
    SELECT 1 FROM outbox AS other
    WHERE other.state = 'pending' AND other.matter = this.matter AND (other.place, other.seq) < (this.place, this.seq))
ORDER BY lane, seq LIMIT :limit";

/// The soonest time that is still to come. Asked after every batch, so each half is one step into an index.
/// Records of another opening are due at once, save the slow lane's, which wait for `:slow`.
const NEXT: &str = "
SELECT min(at) FROM (
  SELECT min(next_try_ms) AS at FROM outbox WHERE state = 'pending' AND next_try_run = :run AND next_try_ms > :tick
  UNION ALL
  SELECT :slow WHERE :slow > :tick AND EXISTS (
    SELECT 1 FROM outbox WHERE state = 'pending' AND lane = 'slow' AND next_try_run <> :run))";

/// A row as found, before its digest is checked.
pub(super) struct Found {
    pub id: String,
    pub class: String,
    pub matter: String,
    pub at_wall: String,
    pub body: Zeroizing<Vec<u8>>,
    pub sha256: Vec<u8>,
    lane: String,
    tries: u32,
    refusals: u32,
}

impl Found {
    pub fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            class: row.get(1)?,
            matter: row.get(2)?,
            at_wall: row.get(3)?,
            body: Zeroizing::new(row.get(4)?),
            sha256: row.get(5)?,
            lane: row.get(6)?,
            tries: row.get(7)?,
            refusals: row.get(8)?,
        })
    }

    /// `None` for a row that is not what was written.
    pub fn verified(&self) -> Option<Record> {
        let sha256 = row::digest(&self.id, &self.class, &self.matter, &self.at_wall, &self.body);
        let class = Class::from_stored(&self.class).filter(|_| sha256 == *self.sha256)?;
        Some(Record {
            id: RecordId::from_text(&*self.id),
            class,
            matter: ProjectNumber::from_stored(&*self.matter),
            entry: row::decode(class, &self.matter, &self.body)?,
            lane: Lane::from_stored(&self.lane),
            tries: self.tries,
            refusals: self.refusals,
        })
    }
}

impl Ledger {
    /// At most `limit` records that may be sent to the rating system now, the first of each matter only, normal lane first.
    /// A row that fails its SHA-256 is parked and reported in the log, never returned, and its matter goes on without it.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn due(&self, now: Moment, limit: u32) -> Result<Vec<Record>, LedgerError> {
        self.audit.tell(now.wall);
        self.verified(|| self.find_due(now, limit))
    }

    /// What was found, once every row that is not what was written has been parked.
    pub(super) fn verified(
        &self,
        find: impl Fn() -> Result<Vec<Found>, LedgerError>,
    ) -> Result<Vec<Record>, LedgerError> {
        loop {
            let found = find()?;
            let mut records = Vec::with_capacity(found.len());
            let mut damaged = false;
            for row in &found {
                match row.verified() {
                    Some(record) => records.push(record),
                    None => {
                        self.park_damaged(row)?;
                        damaged = true;
                    }
                }
            }
            // A parked row no longer stands before the others: look again. Each turn parks at least one.
            if !damaged {
                return Ok(records);
            }
        }
    }

    fn find_due(&self, now: Moment, limit: u32) -> Result<Vec<Found>, LedgerError> {
        self.with(|connection| {
            let mut statement = connection.prepare_cached(DUE)?;
            let arguments =
                named_params! { ":run": self.run, ":tick": now.tick_ms, ":slow": SLOW_START_MS, ":limit": limit };
            let rows = statement.query_map(arguments, Found::from_row)?;
            Ok(rows.collect::<Result<Vec<_>, _>>()?)
        })
    }

    /// The next tick at which a record that is not due now becomes due.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn next_due_ms(&self, now: Moment) -> Result<Option<u64>, LedgerError> {
        self.with(|connection| {
            let arguments = named_params! { ":run": self.run, ":tick": now.tick_ms, ":slow": SLOW_START_MS };
            Ok(connection.prepare_cached(NEXT)?.query_row(arguments, |row| row.get(0))?)
        })
    }

    /// The platform has it. Personal data is removed at once; id, digest and receipt stay until [`Ledger::retain`].
    ///
    /// # Errors
    /// When the row is gone or the file cannot be written.
    pub fn delivered(&self, id: &RecordId, receipt: &str, moment: Moment) -> Result<(), LedgerError> {
        match self.delivered_together(&[(id, receipt)], moment)? {
            0 => Err(LedgerError::NoSuchRecord),
            _ => Ok(()),
        }
    }

    /// The platform has all of these, with its receipts: one commit for all, since a commit costs a sync of the
    /// disk. Returns how many were still waiting; one that is gone or was settled otherwise is passed over.
    ///
    /// # Errors
    /// When the file cannot be written; then none is marked.
    pub fn delivered_together(&self, receipts: &[(&RecordId, &str)], moment: Moment) -> Result<usize, LedgerError> {
        self.audit.tell(moment.wall);
        let at = moment.wall.to_string();
        self.drain(|connection| {
            self.act(connection, |transaction, scribe| {
                let mut settled = 0;
                for (id, receipt) in receipts {
                    let arguments =
                        named_params! { ":id": id.as_str(), ":at": at, ":receipt": row::shortened(receipt) };
                    if transaction.prepare_cached(DELIVERED)?.execute(arguments)? > 0 {
                        scribe.write(AuditEvent::Delivered, Some(id.as_str()))?;
                        settled += 1;
                    }
                }
                Ok(settled)
            })
        })
    }

    /// The platform answered and does not want it. `why` must hold no personal data.
    ///
    /// # Errors
    /// When the row is gone or the file cannot be written.
    pub fn refused(&self, id: &RecordId, retry: Retry, why: &str) -> Result<(), LedgerError> {
        let event = self.moves_to_slow(id, retry.lane)?.then_some(AuditEvent::Slowed);
        self.settle(
            "UPDATE outbox SET tries = tries + 1, refusals = refusals + 1, lane = :lane, next_try_run = :run,
                next_try_ms = :next, last_error = :why
             WHERE id = :id AND state = 'pending'",
            named_params! {
                ":id": id.as_str(), ":lane": retry.lane.as_str(), ":run": self.run, ":next": retry.next_try_ms,
                ":why": row::shortened(why),
            },
            event,
            id.as_str(),
        )
    }

    /// The platform was not reached, or asked to wait.
    ///
    /// # Errors
    /// When the row is gone or the file cannot be written.
    pub fn postponed(&self, id: &RecordId, next_try_ms: u64, why: &str) -> Result<(), LedgerError> {
        self.settle(
            "UPDATE outbox SET tries = tries + 1, next_try_run = :run, next_try_ms = :next, last_error = :why
             WHERE id = :id AND state = 'pending'",
            named_params! { ":id": id.as_str(), ":run": self.run, ":next": next_try_ms, ":why": row::shortened(why) },
            None,
            id.as_str(),
        )
    }

    /// A technician wants it tried now: back to the normal lane, refusals forgotten.
    ///
    /// # Errors
    /// [`LedgerError::NoSuchRecord`] unless the record is pending.
    pub fn retry(&self, id: &RecordId, moment: Moment) -> Result<(), LedgerError> {
        self.audit.tell(moment.wall);
        self.settle(
            "UPDATE outbox SET lane = 'normal', refusals = 0, next_try_run = '', next_try_ms = 0
             WHERE id = :id AND state = 'pending'",
            named_params! { ":id": id.as_str() },
            Some(AuditEvent::Retried),
            id.as_str(),
        )
    }

    /// Deletes delivered records past their days or their number, the oldest audit entries past theirs, and
    /// sets the ballast aside again.
    /// Returns how many records went.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn retain(&self, now: Moment) -> Result<u64, LedgerError> {
        self.audit.tell(now.wall);
        let oldest = now.wall.checked_sub(i64::from(self.options.delivered_days_max).days()).unwrap_or(DateTime::MIN);
        let expired = "DELETE FROM outbox WHERE seq IN (
            SELECT seq FROM outbox WHERE state = 'delivered' AND delivered_at < ?1 ORDER BY seq LIMIT ?2)";
        let mut gone = 0;
        loop {
            let batch = self.drain(|connection| {
                Ok(connection.prepare_cached(expired)?.execute((oldest.to_string(), DELETE_ROWS_MAX))?)
            })?;
            gone += batch as u64;
            if batch < DELETE_ROWS_MAX as usize {
                break;
            }
        }
        let delivered = self.counts()?.delivered;
        let surplus = delivered.saturating_sub(self.options.delivered_rows_max.into());
        gone += self.delete_delivered_oldest(u32::try_from(surplus).unwrap_or(u32::MAX))?;
        self.drain(|connection| filings::forget(connection, now))?;
        self.shorten_audit(now)?;
        self.restore_ballast()?;
        Ok(gone)
    }

    pub(super) fn delete_delivered_oldest(&self, rows: u32) -> Result<u64, LedgerError> {
        let gone = self.drain(|connection| Ok(connection.prepare_cached(DELETE_DELIVERED)?.execute([rows])?))?;
        Ok(gone as u64)
    }

    pub(super) fn park_damaged(&self, row: &Found) -> Result<(), LedgerError> {
        tracing::error!(id = %row.id, "ledger: a record is not what was written; it is parked");
        self.settle(
            "UPDATE outbox SET state = 'parked', last_error = 'damaged: the digest does not fit' WHERE id = :id",
            named_params! { ":id": row.id },
            Some(AuditEvent::Parked),
            &row.id,
        )
    }

    fn moves_to_slow(&self, id: &RecordId, lane: Lane) -> Result<bool, LedgerError> {
        if lane == Lane::Normal {
            return Ok(false);
        }
        let sql = "SELECT 1 FROM outbox WHERE id = ?1 AND lane = 'normal'";
        self.with(|connection| Ok(connection.prepare_cached(sql)?.exists([id.as_str()])?))
    }

    fn settle(
        &self,
        sql: &str,
        arguments: &[(&str, &dyn rusqlite::ToSql)],
        event: Option<AuditEvent>,
        id: &str,
    ) -> Result<(), LedgerError> {
        self.drain(|connection| {
            self.act(connection, |transaction, scribe| {
                if transaction.prepare_cached(sql)?.execute(arguments)? == 0 {
                    return Err(LedgerError::NoSuchRecord);
                }
                event.map_or(Ok(()), |event| scribe.write(event, Some(id)))
            })
        })
    }
}
