//! Keeping: the one way into the outbox.

use rusqlite::{Connection, OptionalExtension, Transaction, named_params};

use super::audit::AuditEvent;
use super::bounds;
use super::row::{self, Parts, RecordId};
use super::{Ledger, LedgerError, Moment, filings};
use crate::domain::Entry;

/// Delivered records given up at once when a full ledger must take a new one.
const GIVEN_UP_ROWS_MAX: u32 = 500;

impl Ledger {
    /// Keeps an entry and returns when it is on disk for good. The same entry again gives the same id
    /// and stores nothing, so a caller that saw no answer may ask again.
    ///
    /// # Errors
    /// [`LedgerError::Conflict`] for a second, different entry of the same class and matter;
    /// [`LedgerError::ClassFull`] when the class has a bound that refuses;
    /// [`LedgerError::DiskFull`] when even giving up delivered records makes no room.
    pub fn keep(&self, entry: &Entry, moment: Moment) -> Result<RecordId, LedgerError> {
        self.audit.tell(moment.wall);
        let parts = row::encode(entry);
        // While the ballast is gone the rest of the disk belongs to draining.
        self.restore_ballast()?;
        match self.store(entry, &parts, moment) {
            Err(LedgerError::DiskFull) => {
                self.delete_delivered_oldest(GIVEN_UP_ROWS_MAX)?;
                self.restore_ballast()?;
                self.store(entry, &parts, moment)
            }
            outcome => outcome,
        }
    }

    fn store(&self, entry: &Entry, parts: &Parts<'_>, moment: Moment) -> Result<RecordId, LedgerError> {
        self.with(|connection| {
            self.act(connection, |transaction, scribe| {
                if let Some(id) = kept_already(transaction, parts)? {
                    return Ok(id);
                }
                let class = parts.class.as_str();
                bounds::make_room(transaction, scribe, class, parts.body.len(), bounds::bound(class))?;
                let id = insert(transaction, &self.epoch, &self.run, parts, moment)?;
                if let Entry::Filing(request) = entry {
                    filings::insert(transaction, &self.persons, request)?;
                }
                scribe.write(AuditEvent::Kept, Some(id.as_str()))?;
                if let Entry::Filing(request) = entry {
                    filings::write_helper(scribe, &self.persons, request)?;
                }
                Ok(id)
            })
        })
    }
}

fn kept_already(connection: &Connection, parts: &Parts<'_>) -> Result<Option<RecordId>, LedgerError> {
    let earlier = connection
        .prepare_cached("SELECT id, at_wall, sha256 FROM outbox WHERE matter = ?1 AND class = ?2")?
        .query_row([parts.matter.as_str(), parts.class.as_str()], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, Vec<u8>>(2)?))
        })
        .optional()?;
    let Some((id, at_wall, sha256)) = earlier else { return Ok(None) };
    // The digest outlives the body, which may be wiped after delivery.
    if row::digest(&id, parts.class.as_str(), parts.matter.as_str(), &at_wall, &parts.body) == *sha256 {
        Ok(Some(RecordId::from_text(id)))
    } else {
        Err(LedgerError::Conflict(parts.class))
    }
}

fn insert(
    transaction: &Transaction<'_>,
    epoch: &str,
    run: &str,
    parts: &Parts<'_>,
    moment: Moment,
) -> Result<RecordId, LedgerError> {
    // AUTOINCREMENT's own counter: a deleted record's number never comes again.
    let last: Option<i64> = transaction
        .prepare_cached("SELECT seq FROM sqlite_sequence WHERE name = 'outbox'")?
        .query_row([], |row| row.get(0))
        .optional()?;
    let seq = last.unwrap_or(0) + 1;
    let id = RecordId::compose(epoch, seq);
    let (class, matter, at_wall) = (parts.class.as_str(), parts.matter.as_str(), moment.wall.to_string());
    let sha256 = row::digest(id.as_str(), class, matter, &at_wall, &parts.body);
    transaction
        .prepare_cached(
            "INSERT INTO outbox (seq, id, class, matter, place, body, sha256, at_wall, at_run, at_tick_ms)
             VALUES (:seq, :id, :class, :matter, :place, :body, :sha256, :at_wall, :at_run, :at_tick_ms)",
        )?
        .execute(named_params! {
            ":seq": seq, ":id": id.as_str(), ":class": class, ":matter": matter, ":place": parts.class.place(),
            ":body": parts.body.as_slice(), ":sha256": sha256, ":at_wall": at_wall, ":at_run": run,
            ":at_tick_ms": moment.tick_ms,
        })?;
    Ok(id)
}
