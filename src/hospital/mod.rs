//! Designated hospitals (定点医疗机构): importing the list a site brings, and searching it by city, name, pinyin and
//! initials. The list is public; nothing of a person is ever in it.
//!
//! The search is one short, synchronous read of a file; callers with a screen run it on a thread of their own.

mod import;
mod query;
mod record;
mod store;

use std::path::PathBuf;

pub use import::{Imported, TRIAL_LIST, check, import, import_if_changed};
pub use record::{Grade, Hospital, Level, Services, Tier};
pub use store::Hospitals;

use crate::places::TableError;

/// Why a list of hospitals cannot be imported or searched.
#[derive(Debug, thiserror::Error)]
pub enum HospitalError {
    /// A mistake in the list.
    #[error("the list of hospitals has a mistake in {0}")]
    List(#[from] TableError),
    /// The list is larger than is read.
    #[error("the list {path} has {bytes} bytes, more than {LIST_BYTES_MAX}; is it a list of hospitals?")]
    TooLarge {
        /// Which file.
        path: PathBuf,
        /// Its size.
        bytes: u64,
    },
    /// A file cannot be read or written.
    #[error("cannot use {path}: {reason}")]
    File {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        reason: std::io::Error,
    },
    /// The file is none that was imported, or of another version.
    #[error("{0} is no imported list of hospitals; import one with `kiosk hospitals import`")]
    NotAList(PathBuf),
    /// The database.
    #[error("the list of hospitals cannot be used: {0}; import it again")]
    Store(#[from] rusqlite::Error),
}

/// A list as it comes: 60,000 rows of 500 bytes, twice over.
const LIST_BYTES_MAX: u64 = 64 * 1024 * 1024;

#[cfg(test)]
mod tests;
