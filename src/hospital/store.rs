//! The imported file, opened for searching.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use rusqlite::{Connection, OpenFlags, OptionalExtension, Row};

use super::HospitalError;
use super::import::{FORM, TRIAL_LIST, import_bytes};
use super::query::{Where, fit, for_scattered, for_text, in_area, is_scattered};
use super::record::{Hospital, Level, Services};
use crate::domain::AreaCode;
use crate::places::{Fit, Query};

/// Rows looked at more closely for each row that is wanted.
const CANDIDATES_FACTOR: usize = 4;
/// And so many at least.
const CANDIDATES_MIN: usize = 48;

/// A searchable list of hospitals.
#[derive(Debug)]
pub struct Hospitals {
    connection: Mutex<Connection>,
    path: PathBuf,
    file: Option<(u64, u64)>,
}

impl Hospitals {
    /// Opens an imported list for reading.
    ///
    /// # Errors
    /// When there is none, or the file is something else.
    pub fn open(path: &Path) -> Result<Self, HospitalError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let file = identity(path);
        let none = |_| HospitalError::NotAList(path.to_owned());
        let connection = Connection::open_with_flags(path, flags).map_err(none)?;
        let form: Option<String> =
            connection.query_row("SELECT name FROM form", [], |row| row.get(0)).optional().map_err(none)?;
        if form.as_deref() != Some(FORM) {
            return Err(HospitalError::NotAList(path.to_owned()));
        }
        Ok(Self { connection: Mutex::new(connection), path: path.to_owned(), file })
    }

    /// Opens the list, and where there is none puts the one of invented hospitals there first.
    ///
    /// # Errors
    /// As [`Hospitals::open`], or when the disk refuses.
    pub fn open_or_trial(path: &Path) -> Result<Self, HospitalError> {
        if !path.exists() {
            import_bytes(TRIAL_LIST, path)?;
        }
        Self::open(path)
    }

    /// Whether another list has been imported since this one was opened. It goes on answering from the old one.
    pub fn is_replaced(&self) -> bool {
        identity(&self.path) != self.file
    }

    /// SHA-256 of the list it was imported from; `None` in files of versions that did not keep it.
    pub(super) fn source(&self) -> Option<String> {
        self.with(|connection| connection.query_row("SELECT sha256 FROM source", [], |row| row.get(0))).ok()
    }

    /// How many hospitals the list has.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn count(&self) -> Result<usize, HospitalError> {
        self.with(|connection| connection.query_row("SELECT count(*) FROM hospital", [], |row| row.get(0)))
    }

    /// The hospital with this code.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn find(&self, code: &str) -> Result<Option<Hospital>, HospitalError> {
        let text = "SELECT code, name, area, level, services, address, phone FROM hospital WHERE code = ?1";
        self.with(|connection| connection.prepare_cached(text)?.query_row([code], hospital).optional())
    }

    /// Hospitals whose names fit the typed text, best first: from the start of the name before its middle, then
    /// high levels before low ones. Where nothing fits, names with the same characters further apart (北大一院). An empty
    /// text lists the area; no area means the whole country.
    ///
    /// `area` is a province, a destination of the picker or exactly one area.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn search(&self, area: Option<&AreaCode>, text: &str, limit: usize) -> Result<Vec<Hospital>, HospitalError> {
        let area = area.map(in_area);
        let Some(query) = Query::new(text) else {
            return match area {
                Some(area) => self.matching(&area, limit),
                None => self.first(limit),
            };
        };
        let narrowed = |text: String| area.iter().cloned().chain([text]).collect::<Vec<_>>().join(" AND ");
        let candidates = CANDIDATES_MIN.max(limit * CANDIDATES_FACTOR);
        let mut found: Vec<(Fit, Hospital)> = Vec::new();
        for place in [Where::Start, Where::Anywhere] {
            if found.len() >= limit {
                break;
            }
            for hospital in self.matching(&narrowed(for_text(&query, place)), candidates)? {
                if let Some(fit) =
                    fit(&hospital.name, &query).filter(|_| found.iter().all(|(_, known)| known.code != hospital.code))
                {
                    found.push((fit, hospital));
                }
            }
        }
        // The sort keeps the order of levels among those that fit alike.
        found.sort_by_key(|(fit, _)| (fit.inside, fit.misread));
        let mut found: Vec<Hospital> = found.into_iter().map(|(_, hospital)| hospital).collect();
        if let Some(scattered) = for_scattered(&query).filter(|_| found.is_empty()) {
            found = self.matching(&narrowed(scattered), candidates)?;
            found.retain(|hospital| is_scattered(&query, &hospital.name));
        }
        found.truncate(limit);
        Ok(found)
    }

    /// What a full-text query finds, high levels first.
    fn matching(&self, narrowed: &str, limit: usize) -> Result<Vec<Hospital>, HospitalError> {
        let text = "SELECT code, h.name, h.area, level, services, address, phone
             FROM hospital_text AS t JOIN hospital AS h ON h.id = t.rowid
             WHERE hospital_text MATCH ?1 ORDER BY t.rowid LIMIT ?2";
        self.with(|connection| {
            let mut statement = connection.prepare_cached(text)?;
            statement.query_map((narrowed, limit), hospital)?.collect()
        })
    }

    fn first(&self, limit: usize) -> Result<Vec<Hospital>, HospitalError> {
        let text = "SELECT code, name, area, level, services, address, phone FROM hospital ORDER BY id LIMIT ?1";
        self.with(|connection| connection.prepare_cached(text)?.query_map([limit], hospital)?.collect())
    }

    fn with<T>(&self, read: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, HospitalError> {
        // A panic while reading leaves nothing half done.
        let connection = self.connection.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        Ok(read(&connection)?)
    }
}

/// Which file lies there: device and number.
fn identity(path: &Path) -> Option<(u64, u64)> {
    fs::metadata(path).ok().map(|meta| (meta.dev(), meta.ino()))
}

fn hospital(row: &Row) -> rusqlite::Result<Hospital> {
    let area: String = row.get(2)?;
    let area = AreaCode::parse(&area).ok_or(rusqlite::Error::InvalidQuery)?;
    Ok(Hospital {
        code: row.get(0)?,
        name: row.get(1)?,
        area,
        level: Level::from_number(row.get(3)?),
        services: Services::from_number(row.get(4)?),
        address: row.get(5)?,
        phone: row.get(6)?,
    })
}
