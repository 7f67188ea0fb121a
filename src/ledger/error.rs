//! What can go wrong with the ledger, each with what to do about it. Technicians read these texts;
//! none of them ever holds a word of a record.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use super::Class;

/// Why the ledger could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The disk or the ledger's own page limit is reached.
    #[error(
        "the disk or the ledger's share of it is full: free space on its partition, or restore the network so that the queue drains"
    )]
    DiskFull,
    /// The file or its folder cannot be written.
    #[error(
        "the ledger cannot be written: check the owner of its folder and whether the partition is mounted read-only"
    )]
    ReadOnly,
    /// A database is there but its key is not. No new key is made: it would hide the old records for good.
    #[error("the ledger exists but its key file {0} is missing: restore the key from the provisioning backup")]
    KeyMissing(PathBuf),
    /// Others than the owner can read the key.
    #[error("the key file {0} can be read by others: run chmod 600 on it")]
    KeyExposed(PathBuf),
    /// The key file holds something else than a key.
    #[error("the key file {0} does not hold 64 hexadecimal digits: restore it from the provisioning backup")]
    KeyMalformed(PathBuf),
    /// The key does not open the file, or the very first page is destroyed.
    #[error(
        "the ledger does not open with its key: the key belongs to another ledger, or the file is no ledger any more; restore the matching pair"
    )]
    WrongKey,
    /// A page does not carry what was written to it.
    #[error("the ledger is damaged ({0}): stop the kiosk, keep the file, and restore the newest backup")]
    Damaged(String),
    /// A newer program has been here.
    #[error("the ledger has schema {found}, this program knows {known}: install the newer program again")]
    NewerSchema {
        /// What the file has.
        found: u32,
        /// What this program can read.
        known: u32,
    },
    /// The matter already has another entry of this class.
    #[error("the matter already has a different {0} entry; the first one stands")]
    Conflict(Class),
    /// As many of this class wait as may.
    #[error(
        "no more {0} records may wait: restore the network so that the queue drains, or carry them out with kiosk queue export"
    )]
    ClassFull(String),
    /// The matter itself could not be kept, so its rating and answers would never be accepted.
    #[error("the matter's own entry was not kept, so nothing else of it is")]
    Orphan,
    /// Another process holds the file for longer than the time-out.
    #[error("another program is holding the ledger: stop the other kiosk process or queue tool")]
    Busy,
    /// No record by this id, or not in a state that allows what was asked.
    #[error("no such record, or its state does not allow this")]
    NoSuchRecord,
    /// A file beside the database could not be read or written.
    #[error("{path}: {source}; check that the folder exists and belongs to the kiosk's user")]
    File {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A worker thread that was to ask the ledger ended early.
    #[error("the ledger was not asked: the program is shutting down")]
    Stopped,
    /// Anything else SQLite reports.
    #[error("the ledger failed: {0}; if it happens again, run kiosk doctor")]
    Sqlite(rusqlite::Error),
}

impl LedgerError {
    /// Whether the connection it came from is of no more use: what SQLCipher says of a page that could not be read,
    /// and of every page after that.
    pub(super) fn spoils_the_connection(&self) -> bool {
        let Self::Sqlite(error) = self else { return matches!(self, Self::Damaged(_) | Self::WrongKey) };
        let unread = |inner: &rusqlite::ffi::Error| inner.extended_code == rusqlite::ffi::SQLITE_IOERR_READ;
        let sticks = matches!(error.sqlite_error_code(), Some(ErrorCode::Unknown | ErrorCode::OutOfMemory));
        sticks || error.sqlite_error().is_some_and(unread)
    }

    pub(super) fn file(path: &Path, source: std::io::Error) -> Self {
        match source.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::DiskFull,
            std::io::ErrorKind::ReadOnlyFilesystem | std::io::ErrorKind::PermissionDenied => Self::ReadOnly,
            _ => Self::File { path: path.to_owned(), source },
        }
    }
}

impl From<rusqlite::Error> for LedgerError {
    fn from(error: rusqlite::Error) -> Self {
        // The index of the write-ahead log, which is a file too, found no room.
        if error.sqlite_error().is_some_and(|inner| inner.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE) {
            return Self::DiskFull;
        }
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => Self::ReadOnly,
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged("a page fails its check".into()),
            Some(ErrorCode::NotADatabase) => Self::WrongKey,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            _ => Self::Sqlite(error),
        }
    }
}
