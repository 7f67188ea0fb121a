//! Synthetic matters and ledgers in temporary folders.

use std::path::Path;

use jiff::civil::date;
use rusqlite::Connection;
use tempfile::TempDir;
use yibao_kiosk::domain::filing::{FilingAction, FilingRequest};
use yibao_kiosk::domain::{
    AreaCode, CertificateNumber, Entry, InsuranceType, Level, Matter, PersonName, ProjectNumber, Rating, Service,
};
use yibao_kiosk::ledger::{Ledger, Moment, Options};

/// A name nobody has, to be looked for where it must not be.
pub const NAME: &str = "测试甲乙丙";

pub fn project(number: u64) -> ProjectNumber {
    ProjectNumber::from_stored(format!("37T{number:06}"))
}

pub fn service(number: u64) -> Entry {
    let at = date(2026, 3, 9).at(9, 0, 0, 0);
    let matter = Matter { project: project(number), service: Service::Balance, started: at, finished: at };
    Entry::Service { matter, name: NAME.into(), certificate: "371002194803150016".into() }
}

pub fn rating(number: u64, level: Level) -> Entry {
    let reasons = if level.needs_reason() { vec![214] } else { vec![] };
    let rating = Rating::new(level, reasons).unwrap();
    Entry::Rating { project: project(number), rating, at: date(2026, 3, 9).at(9, 1, 0, 0) }
}

pub fn answers(number: u64) -> Entry {
    Entry::Answers { project: project(number), answers: vec![(0, 2)], at: date(2026, 3, 9).at(9, 2, 0, 0) }
}

/// An invented person's number.
pub fn person() -> CertificateNumber {
    CertificateNumber::parse(&CertificateNumber::complete("37100219480315001").unwrap()).unwrap()
}

pub fn filing(number: u64) -> Entry {
    Entry::Filing(Box::new(FilingRequest {
        number: ProjectNumber::from_stored(format!("37F{number:06}")),
        person_number: "3710@371002".into(),
        name: PersonName::from_text(NAME),
        certificate: person(),
        insurance: InsuranceType::Employee,
        insured_area: AreaCode::parse("371002").unwrap(),
        action: FilingAction::Cancel { serial: format!("BA{number}") },
        agent: None,
        at: date(2026, 3, 9).at(9, 3, 0, 0),
    }))
}

pub fn at(tick_ms: u64) -> Moment {
    let wall = date(2026, 3, 9).at(8, 0, 0, 0) + jiff::Span::new().milliseconds(i64::try_from(tick_ms).unwrap());
    Moment { wall, tick_ms }
}

pub fn options(folder: &Path) -> Options {
    Options { ballast_bytes: 100_000, ..Options::new(folder.join("ledger.db"), folder.join("ledger.key")) }
}

pub fn fresh() -> (TempDir, Ledger) {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::open(options(folder.path())).unwrap();
    (folder, ledger)
}

/// A second way into the file, for damage and for looking behind the ledger's back.
pub fn behind_the_back(folder: &Path) -> Connection {
    let connection = Connection::open(folder.join("ledger.db")).unwrap();
    let key = std::fs::read_to_string(folder.join("ledger.key")).unwrap();
    connection.execute_batch(&format!("PRAGMA key = \"x'{}'\";", key.trim())).unwrap();
    connection
}

/// Every byte the ledger has on disk.
pub fn bytes_on_disk(folder: &Path) -> Vec<u8> {
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    files
        .filter(|path| path.extension().is_none_or(|e| e != "key"))
        .flat_map(|path| std::fs::read(path).unwrap())
        .collect()
}

pub fn holds(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}
