//! The log's limit. The oldest entries go, the hash of the last of them stays as the anchor, so that
//! the rest can still be verified.
//!
//! Only the count decides, never the wall clock: a clock ten years ahead must not empty the log. The
//! usual limit holds six months of a busy hall several times over.

use jiff::ToSpan;

use super::super::{Ledger, LedgerError, Moment};
use super::AuditEvent;

/// Entries are to be kept so long; going below is said in the log.
const DAYS_MIN: i64 = 184;
/// One entry in so many goes beyond the surplus, so that shortening is rare.
const SPARE_PART: u64 = 50;
/// Entries given up in one transaction.
const BATCH_MAX: u64 = 2_000;

impl Ledger {
    /// Brings the audit log back below its limit; returns how many entries went.
    pub(in crate::ledger) fn shorten_audit(&self, now: Moment) -> Result<u64, LedgerError> {
        let rows_max = u64::from(self.options.audit_rows_max);
        let (anchor, head): (u64, u64) = self.with(|connection| {
            let sql = "SELECT min(number), max(number) FROM audit_end";
            Ok(connection.prepare_cached(sql)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?)
        })?;
        if head - anchor <= rows_max {
            return Ok(0);
        }
        let last = head - (rows_max - rows_max / SPARE_PART);
        let mut reached = anchor;
        while reached < last {
            reached = last.min(reached + BATCH_MAX);
            self.move_anchor(reached, reached == last, now)?;
        }
        Ok(last - anchor)
    }

    fn move_anchor(&self, number: u64, ends: bool, now: Moment) -> Result<(), LedgerError> {
        self.drain(|connection| {
            self.act(connection, |transaction, scribe| {
                transaction.prepare_cached(
                    "UPDATE audit_end SET (number, at_wall, hash) = (SELECT number, at_wall, hash FROM audit WHERE number = ?1)
                     WHERE side = 'anchor'",
                )?.execute([number])?;
                transaction.prepare_cached("DELETE FROM audit WHERE number <= ?1")?.execute([number])?;
                if ends {
                    let at: String = transaction
                        .prepare_cached("SELECT at_wall FROM audit_end WHERE side = 'anchor'")?
                        .query_row([], |row| row.get(0))?;
                    let kept_since = now.wall.saturating_sub(DAYS_MIN.days()).to_string();
                    if at > kept_since {
                        tracing::warn!("ledger: the audit log is full before its {DAYS_MIN} days; have its head countersigned more often");
                    }
                    scribe.write(AuditEvent::Shortened, None)?;
                }
                Ok(())
            })
        })
    }
}
