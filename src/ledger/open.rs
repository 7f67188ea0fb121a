//! Opening the ledger: key, pragmas, check, migrations, ballast, in this order.

use std::fs;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, OptionalExtension};

use super::audit::Audit;
use super::ballast::Ballast;
use super::filings::Persons;
use super::key::Key;
use super::{Ledger, LedgerError, migrations};

/// Where the ledger lies and how large it may grow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The database file. Its folder is made if absent; `-wal`, `-shm` and `.ballast` lie beside it.
    pub path: PathBuf,
    /// The key file, made with mode 0600 on the first opening. Best on another folder of the same disk.
    pub key_path: PathBuf,
    /// Most pages (4 KiB each) keeping may fill.
    pub pages_max: u32,
    /// Space set aside for draining a full disk; 0 sets none aside.
    pub ballast_bytes: u64,
    /// Delivered records are deleted after this many days.
    pub delivered_days_max: u32,
    /// And at the latest when there are this many.
    pub delivered_rows_max: u32,
    /// Entries of the audit log, about 100 bytes each. The oldest go beyond it.
    pub audit_rows_max: u32,
    /// SQLite's name of the file system to use instead of the machine's own; the simulator's disk is one.
    pub vfs: Option<String>,
}

impl Options {
    /// The usual limits: 256 MiB, 4 MB of ballast, 30 days or 20,000 delivered records,
    /// and 600,000 audit entries: 184 days of 800 ratings a day.
    pub fn new(path: impl Into<PathBuf>, key_path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            key_path: key_path.into(),
            pages_max: 65_536,
            ballast_bytes: 4_000_000,
            delivered_days_max: 30,
            delivered_rows_max: 20_000,
            audit_rows_max: 600_000,
            vfs: None,
        }
    }
}

/// Pages above the limit that only settling and deleting may touch.
pub(super) const RESERVE_PAGES: u32 = 256;
/// New indexes of a full ledger take less than this part of it.
const MIGRATION_PART: u32 = 4;
/// How long a queue tool in another process may hold the file.
const BUSY_MS_MAX: u64 = 5_000;
/// The WAL file is cut back to this after a checkpoint.
const WAL_BYTES_MAX: u32 = 1024 * 1024;
/// Pages kept decrypted in memory (4 KiB each, 8 MiB): the indexes of a month's backlog, and some of its rows.
const CACHE_PAGES: u32 = 2_048;
/// Prepared statements kept; more than the ledger has.
const STATEMENTS_MAX: usize = 64;

impl Ledger {
    /// Opens the ledger, making file and key where neither exists.
    ///
    /// # Errors
    /// Every error says what to do; without a ledger the kiosk must not begin a visit.
    pub fn open(options: Options) -> Result<Self, LedgerError> {
        let exists = prepare_file(&options.path, &options.key_path)?;
        let key = Key::obtain(&options.key_path, exists)?;
        create_private(&options.path).map_err(|e| LedgerError::file(&options.path, e))?;
        let ballast = Ballast::new(&options.path, options.ballast_bytes);
        let (connection, epoch, audit) = match prepared(&options, &key) {
            // Even opening needs a little room, for the index of the write-ahead log.
            Err(LedgerError::DiskFull) => {
                ballast.release();
                prepared(&options, &key)?
            }
            outcome => outcome?,
        };
        if let Err(error) = ballast.restore() {
            // Not fatal: what is queued can still be read, sent and settled.
            tracing::warn!(%error, "ledger: no ballast");
        }
        let run = hex::encode(rand::random::<[u8; 8]>());
        let persons = Persons::under(&key);
        Ok(Self { connection: Mutex::new(Some(connection)), ballast, audit, persons, run, epoch, options })
    }
}

/// A connection that may be worked with, the file's epoch and its audit log.
fn prepared(options: &Options, key: &Key) -> Result<(Connection, String, Audit), LedgerError> {
    let mut connection = connect(options, key)?;
    // A full ledger must still take the next version's tables and indexes.
    cap_pages(
        &connection,
        options.pages_max.saturating_add(options.pages_max / MIGRATION_PART).saturating_add(RESERVE_PAGES),
    )?;
    check_pages(&connection)?;
    migrations::migrate(&mut connection)?;
    let epoch = epoch(&connection)?;
    let audit = Audit::found(&connection, &epoch)?;
    cap_pages(&connection, options.pages_max)?;
    Ok((connection, epoch, audit))
}

/// A new connection to a ledger this program has opened before.
pub(super) fn again(options: &Options) -> Result<Connection, LedgerError> {
    let connection = connect(options, &Key::obtain(&options.key_path, true)?)?;
    cap_pages(&connection, options.pages_max)?;
    tracing::warn!("ledger: opened again after a failure to read");
    Ok(connection)
}

/// Makes the folders; tells whether a database with content is already there.
fn prepare_file(path: &Path, key_path: &Path) -> Result<bool, LedgerError> {
    for file in [path, key_path] {
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).map_err(|e| LedgerError::file(folder, e))?;
        }
    }
    match fs::metadata(path) {
        Ok(file) => Ok(file.len() > 0),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(LedgerError::file(path, error)),
    }
}

/// SQLite gives the WAL and its index the mode of the database file, so that mode is set first.
fn create_private(path: &Path) -> std::io::Result<()> {
    fs::OpenOptions::new().append(true).create(true).mode(0o600).open(path).map(drop)
}

fn connect(options: &Options, key: &Key) -> Result<Connection, LedgerError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = match &options.vfs {
        Some(vfs) => Connection::open_with_flags_and_vfs(&options.path, flags, vfs.as_str())?,
        None => Connection::open_with_flags(&options.path, flags)?,
    };
    // On a simulated disk the people are invented, and wiping would cost a fifth of a simulated day.
    key.unlock(&connection, options.vfs.is_none())?;
    connection.busy_timeout(Duration::from_millis(BUSY_MS_MAX))?;
    // The first read shows whether the key fits.
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    // FULL: in WAL mode NORMAL loses acknowledged commits in a power cut.
    for (pragma, value) in [
        ("temp_store", "MEMORY"),
        ("journal_mode", "WAL"),
        ("synchronous", "FULL"),
        ("foreign_keys", "ON"),
        ("secure_delete", "ON"),
    ] {
        connection.pragma_update(None, pragma, value)?;
    }
    connection.pragma_update(None, "journal_size_limit", WAL_BYTES_MAX)?;
    connection.pragma_update(None, "cache_size", CACHE_PAGES)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_MAX);
    // A plan must not depend on the values bound: SQLite would plan every statement anew for every new time.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(connection)
}

/// SQLite never lowers the limit below what the file already has.
pub(super) fn cap_pages(connection: &Connection, pages_max: u32) -> Result<(), LedgerError> {
    Ok(connection.pragma_update(None, "max_page_count", pages_max)?)
}

fn check_pages(connection: &Connection) -> Result<(), LedgerError> {
    let verdict: String =
        connection.pragma_query_value(None, "quick_check", |row| row.get(0)).map_err(
            |error| match LedgerError::from(error) {
                // Page 1 opened with this key, so a page that does not is a damaged one.
                LedgerError::WrongKey => LedgerError::Damaged("a page fails its check".into()),
                other => other,
            },
        )?;
    if verdict == "ok" { Ok(()) } else { Err(LedgerError::Damaged("quick_check finds faults".into())) }
}

/// Drawn once a file, so that a re-imaged kiosk that counts from 1 again makes no id twice.
fn epoch(connection: &Connection) -> Result<String, LedgerError> {
    let fresh = hex::encode(rand::random::<[u8; 8]>());
    let found = connection
        .query_row("SELECT value FROM meta WHERE key = 'epoch'", [], |row| row.get::<_, String>(0))
        .optional()?;
    if let Some(epoch) = found {
        return Ok(epoch);
    }
    connection.execute("INSERT INTO meta (key, value) VALUES ('epoch', ?1)", [&fresh])?;
    Ok(fresh)
}
