//! An online backup: a whole copy of the ledger under the same key, taken while the kiosk works.

use std::fs::{self, File};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::Duration;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};

use super::audit::AuditEvent;
use super::key::Key;
use super::{Ledger, LedgerError, Moment};

/// How often a busy source is asked again, and for how long.
const BUSY_TRIES_MAX: u32 = 50;
const BUSY_PAUSE: Duration = Duration::from_millis(100);

impl Ledger {
    /// Copies the ledger to a new file. The copy is whole and checked before it gets its name; it opens
    /// with the key file of this ledger, which must be kept with it.
    ///
    /// # Errors
    /// When the file is there already, or cannot be written.
    pub fn backup(&self, to: &Path, moment: Moment) -> Result<(), LedgerError> {
        if to.exists() {
            let taken = std::io::Error::from(std::io::ErrorKind::AlreadyExists);
            return Err(LedgerError::file(to, taken));
        }
        self.audit.tell(moment.wall);
        self.drain(|connection| self.act(connection, |_, scribe| scribe.write(AuditEvent::BackedUp, None)))?;
        let draft = to.with_extension("part");
        let outcome = self.copy_to(&draft).and_then(|()| {
            File::open(&draft).and_then(|file| file.sync_all()).map_err(|e| LedgerError::file(&draft, e))?;
            fs::rename(&draft, to).map_err(|e| LedgerError::file(to, e))
        });
        if outcome.is_err() {
            let _ = fs::remove_file(&draft);
        }
        outcome
    }

    fn copy_to(&self, draft: &Path) -> Result<(), LedgerError> {
        let key = Key::obtain(&self.options.key_path, true)?;
        let _ = fs::remove_file(draft);
        let file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(draft);
        file.map_err(|e| LedgerError::file(draft, e))?;
        let mut copy = Connection::open_with_flags(draft, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        key.unlock(&copy, true)?;
        self.with(|connection| {
            let backup = Backup::new(connection, &mut copy)?;
            // All pages in one step: one moment of the ledger, and a writer never makes it begin again.
            for _ in 0..BUSY_TRIES_MAX {
                match backup.step(-1)? {
                    StepResult::Done => return Ok(()),
                    _ => std::thread::sleep(BUSY_PAUSE),
                }
            }
            Err(LedgerError::Busy)
        })?;
        // Read back from the disk, under the key, every page.
        let verdict: String = copy.pragma_query_value(None, "quick_check", |row| row.get(0))?;
        if verdict == "ok" { Ok(()) } else { Err(LedgerError::Damaged("the copy is not whole".into())) }
    }
}
