//! Walking the chain: is every entry there, unchanged, in its place, and of this ledger?

use rusqlite::{Connection, OptionalExtension};
use serde::Serialize;

use super::super::{Ledger, LedgerError};
use super::{AuditHead, Hash, genesis, link};

/// What is wrong with an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AuditTrouble {
    /// It is not there, but later ones are.
    Missing,
    /// It, or its place, is not what was written.
    Changed,
    /// The log ends before it.
    CutOff,
    /// The log was begun by another ledger.
    Foreign,
    /// The log does not lead to the head that was countersigned.
    NotCountersigned,
}

impl std::fmt::Display for AuditTrouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Missing => "is missing",
            Self::Changed => "is not what was written there",
            Self::CutOff => "and what follows it was cut off",
            Self::Foreign => "belongs to another ledger",
            Self::NotCountersigned => "does not lead to the countersigned head",
        })
    }
}

/// The first entry that is not as it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct AuditFault {
    /// Its number.
    pub number: u64,
    /// What is wrong with it.
    pub trouble: AuditTrouble,
}

/// What a walk along the log found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AuditReport {
    /// The ledger's epoch: another file has another one.
    pub ledger: String,
    /// Entries that verify.
    pub entries: u64,
    /// The last entry given up; the walk starts behind it.
    pub anchor: AuditHead,
    /// The last entry that verifies, to be countersigned.
    pub head: AuditHead,
    /// Wall-clock time of the first entry kept.
    pub since: Option<String>,
    /// The first fault.
    pub fault: Option<AuditFault>,
}

impl Ledger {
    /// Verifies the audit log, and that it leads to a head countersigned earlier if one is given. A cut
    /// that also resets the log's own record of its end can only be seen with such a head.
    ///
    /// # Errors
    /// When the file cannot be read; what is wrong with the log is in the report.
    pub fn audit_verify(&self, countersigned: Option<&AuditHead>) -> Result<AuditReport, LedgerError> {
        self.with(|connection| walk(connection, self.epoch(), countersigned))
    }
}

fn end(connection: &Connection, side: &str) -> Result<Option<AuditHead>, LedgerError> {
    Ok(connection
        .query_row("SELECT number, hash FROM audit_end WHERE side = ?1", [side], |row| {
            let hash = row.get::<_, Vec<u8>>(1)?.try_into().unwrap_or_default();
            Ok(AuditHead { number: row.get(0)?, hash })
        })
        .optional()?)
}

fn walk(connection: &Connection, epoch: &str, signed: Option<&AuditHead>) -> Result<AuditReport, LedgerError> {
    let beginning = AuditHead { number: 0, hash: genesis(epoch) };
    let (Some(anchor), Some(end)) = (end(connection, "anchor")?, end(connection, "head")?) else {
        let fault = Some(AuditFault { number: 0, trouble: AuditTrouble::Missing });
        return Ok(AuditReport {
            ledger: epoch.to_owned(),
            entries: 0,
            anchor: beginning,
            head: beginning,
            since: None,
            fault,
        });
    };
    let mut report =
        AuditReport { ledger: epoch.to_owned(), entries: 0, anchor, head: anchor, since: None, fault: None };
    let fail = |number, trouble| Some(AuditFault { number, trouble });
    let leads = |head: &AuditHead| signed.is_none_or(|signed| signed.number != head.number || signed.hash == head.hash);
    if anchor.number == 0 && anchor.hash != beginning.hash {
        report.fault = fail(0, AuditTrouble::Foreign);
    } else if !leads(&anchor) {
        report.fault = fail(anchor.number, AuditTrouble::NotCountersigned);
    }
    let mut statement =
        connection.prepare("SELECT number, at_wall, event, reference, hash FROM audit ORDER BY number")?;
    let mut rows = statement.query([])?;
    while let (None, Some(row)) = (report.fault, rows.next()?) {
        let (number, at, event): (u64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let (reference, stored): (Vec<u8>, Vec<u8>) = (row.get(3)?, row.get(4)?);
        let expected = report.head.number + 1;
        let hash: Hash = link(&report.head.hash, number, epoch, &at, &event, &reference);
        if number > expected {
            report.fault = fail(expected, AuditTrouble::Missing);
        } else if number < expected || hash != *stored || number > end.number {
            report.fault = fail(number, AuditTrouble::Changed);
        } else if !leads(&AuditHead { number, hash }) {
            report.fault = fail(number, AuditTrouble::NotCountersigned);
        } else {
            report.head = AuditHead { number, hash };
            report.entries += 1;
            report.since.get_or_insert(at);
        }
    }
    report.fault = report.fault.or_else(|| last_fault(&report.head, &end, signed));
    Ok(report)
}

/// Whether the walk ended where the log says it ends, and beyond what was countersigned.
fn last_fault(reached: &AuditHead, end: &AuditHead, signed: Option<&AuditHead>) -> Option<AuditFault> {
    let next = reached.number + 1;
    if reached.number < end.number {
        return Some(AuditFault { number: next, trouble: AuditTrouble::CutOff });
    }
    if reached.hash != end.hash {
        return Some(AuditFault { number: reached.number, trouble: AuditTrouble::Changed });
    }
    let cut = signed.is_some_and(|signed| signed.number > reached.number);
    cut.then_some(AuditFault { number: next, trouble: AuditTrouble::CutOff })
}
