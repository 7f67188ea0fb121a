//! The ballast: space set aside on the ledger's partition. A full disk refuses even deletes; letting
//! the ballast go gives settling and deleting the room they need. Keeping never gets that room.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::LedgerError;

pub(super) struct Ballast {
    path: PathBuf,
    bytes: u64,
}

impl Ballast {
    pub(super) fn new(database: &Path, bytes: u64) -> Self {
        Self { path: database.with_extension("ballast"), bytes }
    }

    /// Lets the space go.
    pub(super) fn release(&self) {
        if self.in_place() && self.bytes > 0 {
            tracing::warn!("ledger: the disk is full, the ballast is released");
            let _ = fs::remove_file(&self.path);
        }
    }

    /// Sets the space aside again where it is missing.
    pub(super) fn restore(&self) -> Result<(), LedgerError> {
        if self.in_place() {
            return Ok(());
        }
        self.write().map_err(|error| {
            let _ = fs::remove_file(&self.path);
            LedgerError::file(&self.path, error)
        })
    }

    /// Whether the space is set aside now.
    pub(super) fn in_place(&self) -> bool {
        fs::metadata(&self.path).map_or(0, |file| file.len()) >= self.bytes
    }

    /// Real bytes: a file with holes would set nothing aside.
    fn write(&self) -> std::io::Result<()> {
        static CHUNK: [u8; 65_536] = [0xB5; 65_536];
        let mut file = fs::File::create(&self.path)?;
        let mut left = self.bytes;
        while left > 0 {
            let now = left.min(CHUNK.len() as u64);
            file.write_all(&CHUNK[..now as usize])?;
            left -= now;
        }
        file.sync_all()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_set_aside_let_go_and_set_aside_again() {
        let folder = tempfile::tempdir().unwrap();
        let ballast = Ballast::new(&folder.path().join("ledger.db"), 100_000);
        let size = || fs::metadata(folder.path().join("ledger.ballast")).map_or(0, |file| file.len());
        ballast.restore().unwrap();
        assert_eq!(size(), 100_000);
        ballast.release();
        assert_eq!(size(), 0);
        ballast.restore().unwrap();
        assert_eq!(size(), 100_000);
    }
}
