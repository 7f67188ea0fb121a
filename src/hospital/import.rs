//! From a list in a spreadsheet to a file that can be searched. The new file takes the old one's place in one step, so a
//! kiosk sees the old list or the new one and never half of one.
//!
//! The list is a CSV with a header, in UTF-8 or GB18030. Columns, in any order:
//!
//! | column | | holds |
//! |---|---|---|
//! | `code` | required | 定点医药机构编码: 1 to 30 letters and digits, each once |
//! | `name` | required | official name, 2 to 60 characters |
//! | `area` | required | six digits of the area it lies in, GB/T 2260 or the platform's own |
//! | `level` | optional | 三级甲等, 二级, 未定级 or nothing |
//! | `services` | optional | 住院, 门诊, 慢特病 with `;` or `、` between them, or nothing |
//! | `address` | optional | at most 120 characters |
//! | `phone` | optional | digits, `-`, `+`, `()`, spaces; several with `;` or `、` between them |

use std::collections::HashSet;
use std::fs::{self, File};
use std::path::Path;

use rusqlite::{Connection, params};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::record::{Hospital, Level, Services};
use super::{HospitalError, Hospitals, LIST_BYTES_MAX, query};
use crate::domain::AreaCode;
use crate::places::table::{Columns, Line, Table};
use crate::places::{Places, TableError};

/// A list of invented hospitals, in the form that is imported.
pub const TRIAL_LIST: &[u8] = include_bytes!("../../assets/data/hospitals.csv");

const COLUMNS: Columns =
    Columns { required: &["code", "name", "area"], optional: &["level", "services", "address", "phone"] };

/// All designated institutions of the country away from home were fewer in 2026 than this.
const HOSPITALS_MAX: usize = 300_000;
const CODE_CHARS_MAX: usize = 30;
const NAME_CHARS: std::ops::RangeInclusive<usize> = 2..=60;
const ADDRESS_CHARS_MAX: usize = 120;
const PHONE_CHARS_MAX: usize = 60;

/// What the file says it is; another form gets another number.
pub(super) const FORM: &str = "hospitals 1";

/// Hospitals stand in the order in which they are found: high levels first. The text is not kept twice (`content=''`).
const SCHEMA: &str = "
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    CREATE TABLE form (name TEXT NOT NULL);
    CREATE TABLE source (sha256 TEXT NOT NULL);
    CREATE TABLE hospital (
        id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, name TEXT NOT NULL, area TEXT NOT NULL,
        level INTEGER NOT NULL, services INTEGER NOT NULL, address TEXT NOT NULL, phone TEXT NOT NULL);
    CREATE VIRTUAL TABLE hospital_text USING fts5 (
        name, syllables, initials, area, content = '', columnsize = 0, prefix = '2 3 4',
        tokenize = 'unicode61 remove_diacritics 0');
";

/// What an import did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Imported {
    /// Hospitals in the list.
    pub hospitals: usize,
    /// Of these, those whose area lies in no place of the picker; they are found by name alone.
    pub unplaced: usize,
}

/// Reads a list from a file and puts it, searchable, where `to` says, in place of what was there.
///
/// # Errors
/// A mistake in the list with its line and column, or what the disk refused; then the old file is as it was.
pub fn import(list: &Path, to: &Path) -> Result<Imported, HospitalError> {
    import_bytes(&bytes_of(list)?, to)
}

/// The same, unless what `to` holds was imported from this very list; then `None`.
///
/// # Errors
/// As [`import`].
pub fn import_if_changed(list: &Path, to: &Path) -> Result<Option<Imported>, HospitalError> {
    let bytes = bytes_of(list)?;
    let known = Hospitals::open(to).ok().and_then(|hospitals| hospitals.source());
    if known.as_deref() == Some(&*digest(&bytes)) { Ok(None) } else { import_bytes(&bytes, to).map(Some) }
}

/// Looks a list through without importing it; how many hospitals it has.
///
/// # Errors
/// As [`import`].
pub fn check(list: &Path) -> Result<usize, HospitalError> {
    Ok(read(&bytes_of(list)?)?.len())
}

fn bytes_of(list: &Path) -> Result<Vec<u8>, HospitalError> {
    let failed = |reason| HospitalError::File { path: list.to_owned(), reason };
    let bytes = fs::metadata(list).map_err(failed)?.len();
    if bytes > LIST_BYTES_MAX {
        return Err(HospitalError::TooLarge { path: list.to_owned(), bytes });
    }
    fs::read(list).map_err(failed)
}

fn digest(list: &[u8]) -> String {
    hex::encode(Sha256::digest(list))
}

/// The same from memory.
pub(super) fn import_bytes(list: &[u8], to: &Path) -> Result<Imported, HospitalError> {
    let hospitals = read(list)?;
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let failed = |reason| HospitalError::File { path: to.to_owned(), reason };
    fs::create_dir_all(folder).map_err(failed)?;
    let new = tempfile::Builder::new().prefix(".hospitals").tempfile_in(folder).map_err(failed)?.into_temp_path();
    let imported = write(&new, &hospitals, &digest(list))?;
    make_readable(&new).map_err(failed)?;
    File::open(&new).and_then(|file| file.sync_all()).map_err(failed)?;
    new.persist(to).map_err(|error| failed(error.error))?;
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)?;
    Ok(imported)
}

/// The list is public, and the kiosk runs as another user than the technician who imports.
fn make_readable(file: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(file, fs::Permissions::from_mode(0o644))
}

fn read(list: &[u8]) -> Result<Vec<Hospital>, TableError> {
    let table = Table::read(list, &COLUMNS, HOSPITALS_MAX)?;
    let mut codes = HashSet::new();
    let mut hospitals = Vec::new();
    for line in table.lines() {
        let hospital = hospital(line)?;
        if !codes.insert(line.get("code")) {
            return Err(line.wrong("code", format!("{} stands in the list twice", hospital.code)));
        }
        hospitals.push(hospital);
    }
    hospitals.sort_by_key(|hospital| std::cmp::Reverse(Level::number(hospital.level)));
    Ok(hospitals)
}

fn hospital(line: Line) -> Result<Hospital, TableError> {
    let field = |column: &str, fits: &dyn Fn(&str) -> bool, rule: &str| {
        let text = line.get(column);
        if fits(text) { Ok(text.to_owned()) } else { Err(line.wrong(column, format!("{text:?} must be {rule}"))) }
    };
    let code_fits =
        |text: &str| (1..=CODE_CHARS_MAX).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric());
    let phone_fits = |text: &str| {
        text.chars().all(|c| c.is_ascii_digit() || "-+() ;；、转".contains(c))
            && text.chars().count() <= PHONE_CHARS_MAX
    };
    Ok(Hospital {
        code: field("code", &code_fits, "1 to 30 letters and digits")?,
        name: field("name", &|text| NAME_CHARS.contains(&text.chars().count()), "2 to 60 characters")?,
        area: AreaCode::parse(line.get("area")).ok_or_else(|| line.wrong("area", "an area is six digits"))?,
        level: Level::read(line.get("level")).map_err(|reason| line.wrong("level", reason))?,
        services: Services::read(line.get("services")).map_err(|reason| line.wrong("services", reason))?,
        address: field("address", &|text| text.chars().count() <= ADDRESS_CHARS_MAX, "at most 120 characters")?,
        phone: field("phone", &phone_fits, "a telephone number")?,
    })
}

fn write(path: &Path, hospitals: &[Hospital], source: &str) -> Result<Imported, HospitalError> {
    let mut connection = Connection::open(path)?;
    connection.execute_batch(SCHEMA)?;
    let transaction = connection.transaction()?;
    transaction.execute("INSERT INTO form VALUES (?1)", [FORM])?;
    transaction.execute("INSERT INTO source VALUES (?1)", [source])?;
    let mut unplaced = 0;
    {
        let mut row = transaction.prepare("INSERT INTO hospital VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?;
        let columns = "INSERT INTO hospital_text (rowid, name, syllables, initials, area) VALUES (?1, ?2, ?3, ?4, ?5)";
        let mut text = transaction.prepare(columns)?;
        for (id, hospital) in (1_i64..).zip(hospitals) {
            let Hospital { code, name, area, level, services, address, phone } = hospital;
            let (level, services) = (Level::number(*level), services.number());
            row.execute(params![id, code, name, area.as_str(), level, services, address, phone])?;
            let place = Places::national().destination_of(area);
            unplaced += usize::from(place.is_none());
            let words = query::indexed(name);
            text.execute(params![id, words.name, words.syllables, words.initials, query::area_words(area, place)])?;
        }
    }
    transaction.execute("INSERT INTO hospital_text (hospital_text) VALUES ('optimize')", [])?;
    transaction.commit()?;
    connection.close().map_err(|(_, error)| error)?;
    Ok(Imported { hospitals: hospitals.len(), unplaced })
}
