//! How much of each class may wait, and what happens to one more.
//!
//! A class stands here before the program knows how to make it: the rule is about what waits in the
//! file, whoever put it there.

use rusqlite::Transaction;

use super::LedgerError;
use super::audit::{AuditEvent, Scribe};

/// What happens when a class has reached its bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhenFull {
    /// It is kept all the same; only the ledger's page limit ends it. A resident's word is never refused by a count.
    Keep,
    /// It is refused, and whoever asked says so in words.
    Refuse,
    /// The oldest that waits gives way.
    DropOldest,
}

/// The rule of a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bound {
    /// Most records that wait.
    pub rows_max: u64,
    /// Most bytes of bodies that wait.
    pub bytes_max: u64,
    /// And then.
    pub when_full: WhenFull,
}

/// Service records and answers hang on a rating's matter and share its rule.
const BOUNDS: &[(&str, Bound)] = &[
    ("service", KEEP),
    ("rating", KEEP),
    ("answers", KEEP),
    ("filing", Bound { rows_max: 2_000, bytes_max: 16_000_000, when_full: WhenFull::Refuse }),
    ("telemetry", Bound { rows_max: 5_000, bytes_max: 4_000_000, when_full: WhenFull::DropOldest }),
];
const KEEP: Bound = Bound { rows_max: u64::MAX, bytes_max: u64::MAX, when_full: WhenFull::Keep };

/// Dropped in one go, so that a full class does not drop with every record.
const DROPPED_PART: u64 = 50;

/// The rule of a class by its word in the database; a class without one of its own is never dropped.
pub fn bound(class: &str) -> Bound {
    BOUNDS.iter().find(|(word, _)| *word == class).map_or(KEEP, |(_, bound)| *bound)
}

/// Sees to it that one more record of a class may be kept.
pub(super) fn make_room(
    transaction: &Transaction<'_>,
    scribe: &Scribe<'_>,
    class: &str,
    bytes: usize,
    bound: Bound,
) -> Result<(), LedgerError> {
    // Counting costs what waits; classes without a bound do not pay for it.
    if bound.when_full == WhenFull::Keep {
        return Ok(());
    }
    let (rows, waiting): (u64, u64) = transaction
        .prepare_cached(
            "SELECT count(*), coalesce(sum(length(body)), 0) FROM outbox WHERE class = ?1 AND state = 'pending'",
        )?
        .query_row([class], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let wanted = waiting.saturating_add(bytes as u64);
    if rows < bound.rows_max && wanted <= bound.bytes_max {
        return Ok(());
    }
    if bound.when_full == WhenFull::Refuse || bytes as u64 > bound.bytes_max {
        return Err(LedgerError::ClassFull(class.to_owned()));
    }
    let surplus = (rows + 1).saturating_sub(bound.rows_max).max(1) + bound.rows_max / DROPPED_PART;
    drop_oldest(transaction, scribe, class, surplus, wanted.saturating_sub(bound.bytes_max))
}

/// Drops at least so many records and bytes, or all there are.
fn drop_oldest(
    transaction: &Transaction<'_>,
    scribe: &Scribe<'_>,
    class: &str,
    rows: u64,
    bytes: u64,
) -> Result<(), LedgerError> {
    let oldest: Vec<(i64, String, u64)> = transaction
        .prepare_cached("SELECT seq, id, length(body) FROM outbox WHERE class = ?1 AND state = 'pending' ORDER BY seq")?
        .query_map([class], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<Result<_, _>>()?;
    let mut freed = 0;
    for (count, (seq, id, length)) in (0..).zip(oldest) {
        if count >= rows && freed >= bytes {
            break;
        }
        transaction.prepare_cached("DELETE FROM outbox WHERE seq = ?1")?.execute([seq])?;
        scribe.write(AuditEvent::Dropped, Some(&id))?;
        freed += length;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{Ledger, Options};

    /// Puts ten records of ten bytes into a class and asks for room; the seqs that remain, or the error.
    fn check(class: &str, bound: Bound, bytes: usize, expected: Result<&[i64], &str>) {
        let folder = tempfile::tempdir().unwrap();
        let ledger = Ledger::open(Options::new(folder.path().join("a.db"), folder.path().join("a.key"))).unwrap();
        let sql = "INSERT INTO outbox (id, class, matter, place, body, sha256, at_wall, at_run, at_tick_ms)
                   VALUES ('e-' || ?1, ?2, 'm' || ?1, 9, zeroblob(10), x'', '', '', 0)";
        let outcome = ledger.with(|connection| {
            for number in 1..=10 {
                connection.execute(sql, (number, class))?;
            }
            ledger.act(connection, |transaction, scribe| make_room(transaction, scribe, class, bytes, bound))?;
            let mut left = connection.prepare("SELECT seq FROM outbox ORDER BY seq")?;
            let left = left.query_map([], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
            Ok(left)
        });
        match (outcome, expected) {
            (Ok(left), Ok(expected)) => assert_eq!(left, expected, "{class} {bound:?}"),
            (Err(error), Err(expected)) => assert!(error.to_string().contains(expected), "{error}"),
            (outcome, expected) => panic!("{outcome:?}, not {expected:?}"),
        }
        let dropped = 10 - ledger.counts().unwrap().pending;
        assert!(ledger.audit_verify(None).unwrap().entries >= dropped, "what is dropped is written down");
    }

    #[test]
    fn a_full_class_follows_its_rule() {
        let all: &[i64] = &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
        let bound = |rows_max, bytes_max, when_full| Bound { rows_max, bytes_max, when_full };
        check("rating", bound(10, 100, WhenFull::Keep), 1_000, Ok(all));
        check("filing", bound(11, 200, WhenFull::Refuse), 100, Ok(all));
        check("filing", bound(10, 200, WhenFull::Refuse), 1, Err("filing"));
        check("filing", bound(11, 100, WhenFull::Refuse), 1, Err("filing"));
        check("telemetry", bound(11, 200, WhenFull::DropOldest), 1, Ok(all));
        check("telemetry", bound(10, 200, WhenFull::DropOldest), 1, Ok(&all[1..]));
        check("telemetry", bound(11, 100, WhenFull::DropOldest), 25, Ok(&all[3..]));
        check("telemetry", bound(11, 100, WhenFull::DropOldest), 101, Err("telemetry"));
    }

    #[test]
    fn a_residents_word_is_never_refused_by_a_count() {
        for class in ["service", "rating", "answers", "something-new"] {
            assert_eq!(bound(class).when_full, WhenFull::Keep, "{class}");
        }
        assert_eq!(bound("filing").when_full, WhenFull::Refuse);
        assert_eq!(bound("telemetry").when_full, WhenFull::DropOldest);
    }
}
