//! Whether the ledger can be written at this moment, found out by writing.

use super::{Ledger, LedgerError, Moment};

impl Ledger {
    /// Writes a line of its own, durably, and nothing else.
    ///
    /// # Errors
    /// As keeping an entry would fail now.
    pub fn probe(&self, moment: Moment) -> Result<(), LedgerError> {
        self.audit.tell(moment.wall);
        self.ballast.restore()?;
        self.with(|connection| {
            connection
                .prepare_cached("INSERT OR REPLACE INTO meta (key, value) VALUES ('probed_at', ?1)")?
                .execute([moment.wall.to_string()])?;
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::ledger::Options;

    #[test]
    fn a_ledger_that_can_be_written_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = Ledger::open(Options::new(folder.path().join("a.db"), folder.path().join("a.key"))).unwrap();
        let moment = Moment { wall: date(2026, 11, 21).at(9, 0, 0, 0), tick_ms: 1 };
        assert!(ledger.probe(moment).is_ok());
        assert!(ledger.probe(moment).is_ok());
    }
}
