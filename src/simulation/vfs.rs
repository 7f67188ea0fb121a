//! SQLite's door to the simulated disks: a file system of its own, registered once a process.
//!
//! Every ledger has a disk of its own, found by the path of its database. One connection a disk; so
//! locks are always granted and the index of the write-ahead log lives in that connection's memory.

use std::collections::HashMap;
use std::io::{Error, ErrorKind};
use std::ops::Range;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use sqlite_vfs::wip::{WalIndex, WalIndexLock};
use sqlite_vfs::{DatabaseHandle, LockKind, OpenAccess, OpenOptions, Vfs};

use super::disk::{Disk, Platter};
use crate::ledger::{Ledger, LedgerError, Options};

const NAME: &str = "kiosk-simulated";
const INDEX_REGION_BYTES: usize = 32_768;

static DISKS: OnceLock<Mutex<HashMap<String, Disk>>> = OnceLock::new();

fn disks() -> MutexGuard<'static, HashMap<String, Disk>> {
    DISKS.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner)
}

/// Opens a ledger on a simulated disk. One at a time in this process: the door counts what it opens
/// without a lock.
pub(super) fn open(disk: &Disk, mut options: Options) -> Result<Ledger, LedgerError> {
    static ONE_AT_A_TIME: Mutex<bool> = Mutex::new(false);
    let mut registered = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    if !*registered {
        *registered = sqlite_vfs::register(NAME, SimulatedDisks, false).is_ok();
        // A disk without power is no page that fails its check; SQLCipher would report it on standard error.
        rusqlite::Connection::open_in_memory()?.execute_batch("PRAGMA cipher_log_level = NONE")?;
    }
    disks().insert(options.path.display().to_string(), disk.clone());
    options.vfs = Some(NAME.to_owned());
    Ledger::open(options)
}

/// Forgets the disk of a ledger nobody will open again.
pub(super) fn forget(path: &str) {
    disks().remove(path);
}

struct SimulatedDisks;

/// The disk a file lies on: its database's name begins the file's.
fn disk_of(file: &str) -> Result<Disk, Error> {
    let database = file.strip_suffix("-wal").or_else(|| file.strip_suffix("-journal")).unwrap_or(file);
    disks().get(database).cloned().ok_or_else(|| ErrorKind::NotFound.into())
}

impl Vfs for SimulatedDisks {
    type Handle = OpenFile;

    fn open(&self, name: &str, options: OpenOptions) -> Result<OpenFile, Error> {
        let disk = disk_of(name)?;
        let generation = {
            let mut platter = disk.lock();
            // The ledger makes its database with an ordinary file call; here that is the first opening.
            if !platter.exists(name) && options.access == OpenAccess::Read {
                return Err(ErrorKind::NotFound.into());
            }
            platter.create(name);
            platter.generation
        };
        Ok(OpenFile { disk, name: name.to_owned(), generation, lock: LockKind::None })
    }

    fn delete(&self, name: &str) -> Result<(), Error> {
        disk_of(name)?.lock().delete(name)
    }

    fn exists(&self, name: &str) -> Result<bool, Error> {
        Ok(disk_of(name).is_ok_and(|disk| disk.lock().exists(name)))
    }

    /// The ledger keeps its temporary tables in memory, so no such file is ever opened.
    fn temporary_name(&self) -> String {
        String::new()
    }

    fn random(&self, buffer: &mut [i8]) {
        buffer.fill(1);
    }

    /// Nobody waits in a simulation.
    fn sleep(&self, duration: Duration) -> Duration {
        duration
    }
}

/// A file SQLite holds open.
pub(super) struct OpenFile {
    disk: Disk,
    name: String,
    generation: u64,
    lock: LockKind,
}

impl OpenFile {
    /// The disk, as long as the power has not failed since this was opened.
    fn platter(&self) -> Result<MutexGuard<'_, Platter>, Error> {
        let platter = self.disk.lock();
        if platter.generation == self.generation { Ok(platter) } else { Err(Error::other("no power")) }
    }
}

fn place(offset: u64) -> Result<usize, Error> {
    usize::try_from(offset).map_err(Error::other)
}

impl DatabaseHandle for OpenFile {
    type WalIndex = OwnIndex;

    fn size(&self) -> Result<u64, Error> {
        Ok(self.platter()?.length(&self.name) as u64)
    }

    fn read_exact_at(&mut self, buffer: &mut [u8], offset: u64) -> Result<(), Error> {
        self.platter()?.read(&self.name, place(offset)?, buffer)
    }

    fn write_all_at(&mut self, buffer: &[u8], offset: u64) -> Result<(), Error> {
        self.platter()?.write(&self.name, place(offset)?, buffer)
    }

    fn sync(&mut self, _: bool) -> Result<(), Error> {
        self.platter()?.sync(&self.name)
    }

    fn set_len(&mut self, size: u64) -> Result<(), Error> {
        self.platter()?.set_length(&self.name, place(size)?)
    }

    fn lock(&mut self, lock: LockKind) -> Result<bool, Error> {
        self.lock = lock;
        Ok(true)
    }

    fn reserved(&mut self) -> Result<bool, Error> {
        Ok(matches!(self.lock, LockKind::Reserved | LockKind::Pending | LockKind::Exclusive))
    }

    fn current_lock(&self) -> Result<LockKind, Error> {
        Ok(self.lock)
    }

    fn wal_index(&self, _: bool) -> Result<OwnIndex, Error> {
        Ok(OwnIndex)
    }
}

/// The index of the write-ahead log of a disk's only connection.
pub(super) struct OwnIndex;

impl WalIndex for OwnIndex {
    fn map(&mut self, _: u32) -> Result<[u8; INDEX_REGION_BYTES], Error> {
        Ok([0; INDEX_REGION_BYTES])
    }

    fn lock(&mut self, _: Range<u8>, _: WalIndexLock) -> Result<bool, Error> {
        Ok(true)
    }

    fn delete(self) -> Result<(), Error> {
        Ok(())
    }
}
