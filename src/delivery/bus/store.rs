//! What the receiver has: one encrypted SQLite file whose primary key is the last word on duplicates.

use std::fs;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};
use sha2::{Digest, Sha256};

use super::config::KioskName;
use super::wire::{Head, Verdict};
use crate::ledger::{Key, LedgerError};

const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS record (
  province TEXT NOT NULL, kiosk TEXT NOT NULL, id TEXT NOT NULL,
  class TEXT NOT NULL, project TEXT NOT NULL, body BLOB NOT NULL, sha256 BLOB NOT NULL, received_at TEXT NOT NULL,
  PRIMARY KEY (province, kiosk, id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS refusal (
  province TEXT NOT NULL, kiosk TEXT NOT NULL, id TEXT NOT NULL, why TEXT NOT NULL,
  PRIMARY KEY (province, kiosk, id)) WITHOUT ROWID;";
const BUSY_WAIT_MAX: Duration = Duration::from_secs(5);

/// The receiver's store could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// SQLite, or the disk under it.
    #[error("the receiver's store: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// Its key is missing, can be read by others, is none, or does not fit.
    #[error("the receiver's store: {0}")]
    Key(#[from] LedgerError),
}

/// One record as it was received.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stored {
    /// The record's id at its kiosk.
    pub id: String,
    /// What kind of record.
    pub class: String,
    /// The matter it belongs to.
    pub project: String,
    /// The text as it came.
    pub body: Vec<u8>,
}

/// A message of the bus, read as far as the receiver needs it.
pub(super) struct Incoming {
    pub(super) kiosk: KioskName,
    /// The record's id by the bus, for a body that cannot be read.
    pub(super) id: String,
    pub(super) head: Result<Head, String>,
    pub(super) body: Vec<u8>,
}

/// The file. Every method blocks for as long as the disk takes.
pub struct Store {
    connection: Mutex<Connection>,
}

impl Store {
    /// Opens the file, or makes it, and its key (mode 0600) where neither is there yet. Service records hold names,
    /// so nothing of it can be read without the key.
    ///
    /// # Errors
    /// When the file cannot be opened, is something else, or has another key.
    pub fn open(path: &Path, key_path: &Path) -> Result<Self, StoreError> {
        let exists = fs::metadata(path).is_ok_and(|file| file.len() > 0);
        let key = Key::obtain(key_path, exists)?;
        let connection = Connection::open(path)?;
        key.unlock(&connection, true)?;
        // The first read shows whether the key fits.
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())).map_err(LedgerError::from)?;
        connection.busy_timeout(BUSY_WAIT_MAX)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        // A receipt lets the kiosk forget, so it must outlast a power cut here.
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.execute_batch(SCHEMA)?;
        Ok(Self { connection: Mutex::new(connection) })
    }

    /// Everything received from a kiosk, by id.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn records(&self, kiosk: &KioskName) -> Result<Vec<Stored>, StoreError> {
        let connection = self.locked();
        let mut statement = connection.prepare_cached(
            "SELECT id, class, project, body FROM record WHERE province = ?1 AND kiosk = ?2 ORDER BY id",
        )?;
        let rows = statement.query_map((&kiosk.province, &kiosk.number), |row| {
            Ok(Stored { id: row.get(0)?, class: row.get(1)?, project: row.get(2)?, body: row.get(3)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Takes all of them in one transaction; every verdict holds when this returns.
    pub(super) fn take(&self, incoming: &[Incoming]) -> Result<Vec<Verdict>, StoreError> {
        let mut connection = self.locked();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let verdicts = incoming.iter().map(|one| take_one(&transaction, one)).collect::<Result<_, _>>()?;
        transaction.commit()?;
        Ok(verdicts)
    }

    /// What was decided about a record earlier.
    pub(super) fn verdict(&self, kiosk: &KioskName, id: &str) -> Result<Verdict, StoreError> {
        let connection = self.locked();
        let key = (&kiosk.province, &kiosk.number, id);
        let known = connection
            .prepare_cached("SELECT 1 FROM record WHERE province = ?1 AND kiosk = ?2 AND id = ?3")?
            .exists(key)?;
        if known {
            return Ok(Verdict::Already);
        }
        let why: Option<String> = connection
            .prepare_cached("SELECT why FROM refusal WHERE province = ?1 AND kiosk = ?2 AND id = ?3")?
            .query_row(key, |row| row.get(0))
            .optional()?;
        Ok(why.map_or(Verdict::Unknown, Verdict::Refused))
    }

    fn locked(&self) -> MutexGuard<'_, Connection> {
        // A panic elsewhere leaves no half-done transaction behind: dropping one rolls it back.
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn take_one(transaction: &Transaction<'_>, one: &Incoming) -> Result<Verdict, StoreError> {
    let head = match &one.head {
        Ok(head) if head.id == one.id => head,
        Ok(_) => return refuse(transaction, one, "the body names another id than the message"),
        Err(why) => return refuse(transaction, one, why),
    };
    let sha256: [u8; 32] = Sha256::digest(&one.body).into();
    let fresh = transaction
        .prepare_cached(
            "INSERT INTO record (province, kiosk, id, class, project, body, sha256, received_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) ON CONFLICT DO NOTHING",
        )?
        .execute((&one.kiosk.province, &one.kiosk.number, &head.id, &head.class, &head.project, &one.body, sha256))?;
    if fresh == 1 {
        return Ok(Verdict::Stored);
    }
    let known: Vec<u8> = transaction
        .prepare_cached("SELECT sha256 FROM record WHERE province = ?1 AND kiosk = ?2 AND id = ?3")?
        .query_row((&one.kiosk.province, &one.kiosk.number, &head.id), |row| row.get(0))?;
    if known == sha256 { Ok(Verdict::Already) } else { Ok(Verdict::Refused("another record has this id".into())) }
}

fn refuse(transaction: &Transaction<'_>, one: &Incoming, why: &str) -> Result<Verdict, StoreError> {
    transaction
        .prepare_cached("INSERT OR REPLACE INTO refusal (province, kiosk, id, why) VALUES (?1, ?2, ?3, ?4)")?
        .execute((&one.kiosk.province, &one.kiosk.number, &one.id, why))?;
    Ok(Verdict::Refused(why.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::super::wire;
    use super::*;

    fn incoming(id: &str, body: &str) -> Incoming {
        let kiosk = KioskName::new("37", "A").unwrap();
        Incoming { kiosk, id: id.into(), head: wire::head(body.as_bytes(), "rating"), body: body.into() }
    }

    #[test]
    fn one_id_is_one_record_for_ever() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("received.db");
        let body = |id: &str, project: &str| format!(r#"{{"v":1,"id":"{id}","class":"rating","project":"{project}"}}"#);
        let check = |store: &Store, one: Incoming, expected: Verdict| {
            assert_eq!(store.take(&[one]).unwrap(), [expected]);
        };
        let key = folder.path().join("received.key");
        let store = Store::open(&path, &key).unwrap();
        check(&store, incoming("e-1", &body("e-1", "37K1")), Verdict::Stored);
        check(&store, incoming("e-1", &body("e-1", "37K1")), Verdict::Already);
        check(&store, incoming("e-1", &body("e-1", "37K2")), Verdict::Refused("another record has this id".into()));
        let other = "the body names another id than the message";
        check(&store, incoming("e-2", &body("e-3", "37K3")), Verdict::Refused(other.into()));
        check(&store, incoming("e-4", "{"), Verdict::Refused("the body is no record".into()));
        drop(store);

        let store = Store::open(&path, &key).unwrap();
        check(&store, incoming("e-1", &body("e-1", "37K1")), Verdict::Already);
        let kiosk = KioskName::new("37", "A").unwrap();
        assert_eq!(store.records(&kiosk).unwrap().len(), 1);
        assert!(store.records(&KioskName::new("37", "B").unwrap()).unwrap().is_empty());
        for (id, verdict) in
            [("e-1", Verdict::Already), ("e-2", Verdict::Refused(other.into())), ("e-9", Verdict::Unknown)]
        {
            assert_eq!(store.verdict(&kiosk, id).unwrap(), verdict);
        }
        drop(store);

        let bytes = fs::read(&path).unwrap();
        assert!(!bytes.windows(4).any(|window| window == b"37K1"), "nothing can be read without the key");
        let other = folder.path().join("other.key");
        Key::create(&other).unwrap();
        assert!(matches!(Store::open(&path, &other), Err(StoreError::Key(LedgerError::WrongKey))));
        assert!(matches!(Store::open(&path, &folder.path().join("none")), Err(StoreError::Key(_))));
    }
}
