//! A disk that can lose its power: what was synced stays, what was not may stay, vanish or be torn.
//!
//! Only bytes and faults live here; how SQLite reaches them is in [`super::vfs`].

use std::collections::BTreeMap;
use std::io::{Error, ErrorKind};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rand::RngExt;
use rand_chacha::ChaCha8Rng;

/// The unit in which a write is torn.
const SECTOR_BYTES: usize = 512;

/// How the disk misbehaves until told otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Trouble {
    /// Not at all.
    #[default]
    None,
    /// No file grows any more.
    Full,
    /// So many out of a hundred writes and syncs fail.
    Errors(u32),
    /// So many out of a hundred reads fail.
    ReadErrors(u32),
    /// It says “synced” at once and syncs nothing. No honest disk does; the checks must notice.
    Lies,
}

/// A disk, shared by the files SQLite has open on it.
#[derive(Clone)]
pub(super) struct Disk(Arc<Mutex<Platter>>);

pub(super) struct Platter {
    files: BTreeMap<String, File>,
    /// Grows with every loss of power: files opened before are gone for those who held them.
    pub generation: u64,
    /// So many operations more, then the power fails.
    cut_in: Option<u32>,
    dark: bool,
    trouble: Trouble,
    bytes_max: u64,
    /// Counts changes over all files, so that their order is known.
    changes: u64,
    ballast: PathBuf,
    ballast_bytes: u64,
    chance: ChaCha8Rng,
}

#[derive(Default)]
struct File {
    now: Vec<u8>,
    /// What a loss of power leaves for certain. `None` until the first sync.
    synced: Option<Vec<u8>>,
    /// Each with its number among the changes of the whole disk.
    unsynced: Vec<(u64, Change)>,
}

/// What a loss of power leaves of the writes that were not synced.
enum Left {
    Nothing,
    /// All before this one, and of this one its first sectors.
    UpTo(u64),
    /// Each stays, vanishes or is torn by itself, in whatever order the disk wrote them.
    Any,
}

enum Change {
    Write { at: usize, bytes: Vec<u8> },
    Length(usize),
}

impl Disk {
    /// An empty disk. The ballast is a real file; while it is missing there is that much more room.
    pub fn new(chance: ChaCha8Rng, ballast: PathBuf, ballast_bytes: u64) -> Self {
        Self(Arc::new(Mutex::new(Platter {
            files: BTreeMap::new(),
            generation: 0,
            cut_in: None,
            dark: false,
            trouble: Trouble::None,
            bytes_max: u64::MAX,
            changes: 0,
            ballast,
            ballast_bytes,
            chance,
        })))
    }

    pub fn lock(&self) -> MutexGuard<'_, Platter> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// From now on the disk behaves like this.
    pub fn trouble(&self, trouble: Trouble) {
        let mut platter = self.lock();
        if platter.trouble != Trouble::Lies {
            platter.trouble = trouble;
            platter.bytes_max = if trouble == Trouble::Full { platter.used() } else { u64::MAX };
        }
    }

    /// Whether reads fail now and then. Nobody can tell a page that cannot be read from a damaged one.
    pub fn unreadable(&self) -> bool {
        matches!(self.lock().trouble, Trouble::ReadErrors(_))
    }

    /// The power fails now, or in the middle of the work to come after so many operations.
    pub fn cut_after(&self, operations: u32) {
        let mut platter = self.lock();
        if operations == 0 {
            platter.cut();
        } else {
            platter.cut_in = Some(operations);
        }
    }

    /// The process is killed: the system keeps what it was given.
    pub fn kill(&self) {
        let mut platter = self.lock();
        platter.generation += 1;
        platter.dark = true;
    }

    /// Whether the power has failed or the process was killed, and nobody has switched on again.
    pub fn dark(&self) -> bool {
        self.lock().dark
    }

    /// Power is back.
    pub fn switch_on(&self) {
        let mut platter = self.lock();
        (platter.dark, platter.cut_in) = (false, None);
    }
}

impl Platter {
    pub fn exists(&self, name: &str) -> bool {
        self.files.contains_key(name)
    }

    pub fn create(&mut self, name: &str) {
        self.files.entry(name.to_owned()).or_default();
    }

    pub fn delete(&mut self, name: &str) -> Result<(), Error> {
        self.operate()?;
        self.files.remove(name).map(drop).ok_or_else(|| ErrorKind::NotFound.into())
    }

    pub fn length(&self, name: &str) -> usize {
        self.files.get(name).map_or(0, |file| file.now.len())
    }

    pub fn read(&mut self, name: &str, at: usize, out: &mut [u8]) -> Result<(), Error> {
        if let Trouble::ReadErrors(percent) = self.trouble
            && self.chance.random_range(0..100) < percent
        {
            return Err(Error::other("I/O error"));
        }
        let file = self.files.get(name).ok_or(ErrorKind::NotFound)?;
        let there = file.now.get(at..).unwrap_or_default();
        let count = there.len().min(out.len());
        out[..count].copy_from_slice(&there[..count]);
        out[count..].fill(0);
        if count < out.len() { Err(ErrorKind::UnexpectedEof.into()) } else { Ok(()) }
    }

    pub fn write(&mut self, name: &str, at: usize, bytes: &[u8]) -> Result<(), Error> {
        self.operate()?;
        self.may_fail()?;
        let grows = (at + bytes.len()).saturating_sub(self.length(name));
        if grows > 0 && self.used() + grows as u64 > self.room() {
            return Err(ErrorKind::WriteZero.into());
        }
        self.change(name, Change::Write { at, bytes: bytes.to_vec() })
    }

    pub fn set_length(&mut self, name: &str, length: usize) -> Result<(), Error> {
        self.operate()?;
        self.may_fail()?;
        let grows = length.saturating_sub(self.length(name));
        if grows > 0 && self.used() + grows as u64 > self.room() {
            return Err(ErrorKind::WriteZero.into());
        }
        self.change(name, Change::Length(length))
    }

    pub fn sync(&mut self, name: &str) -> Result<(), Error> {
        self.operate()?;
        if self.trouble == Trouble::Lies {
            return Ok(());
        }
        let failed = self.may_fail();
        let mut chance = self.chance.clone();
        let file = self.files.get_mut(name).ok_or(ErrorKind::NotFound)?;
        let synced = file.synced.get_or_insert_default();
        for (_, change) in std::mem::take(&mut file.unsynced) {
            // After a sync that failed, what was to be written is clean for the system and may be lost for good.
            if failed.is_ok() || chance.random_bool(0.5) {
                change.apply(synced);
            }
        }
        self.chance = chance;
        failed
    }

    /// What every operation that changes something goes through.
    fn operate(&mut self) -> Result<(), Error> {
        if let Some(left) = &mut self.cut_in {
            *left = left.saturating_sub(1);
            if *left == 0 {
                self.cut();
            }
        }
        if self.dark { Err(Error::other("no power")) } else { Ok(()) }
    }

    fn may_fail(&mut self) -> Result<(), Error> {
        match self.trouble {
            Trouble::Errors(percent) if self.chance.random_range(0..100) < percent => Err(Error::other("I/O error")),
            _ => Ok(()),
        }
    }

    fn change(&mut self, name: &str, change: Change) -> Result<(), Error> {
        let file = self.files.get_mut(name).ok_or(ErrorKind::NotFound)?;
        change.apply(&mut file.now);
        self.changes += 1;
        file.unsynced.push((self.changes, change));
        Ok(())
    }

    fn used(&self) -> u64 {
        self.files.values().map(|file| file.now.len() as u64).sum()
    }

    fn room(&self) -> u64 {
        let released = self.trouble == Trouble::Full && !self.ballast.exists();
        self.bytes_max.saturating_add(if released { self.ballast_bytes } else { 0 })
    }

    /// A third of all cuts drop every unsynced write, a third keep them up to one of them, the others any of them.
    fn cut(&mut self) {
        self.generation += 1;
        (self.dark, self.cut_in) = (true, None);
        let left = self.left();
        let chance = &mut self.chance;
        self.files.retain(|_, file| {
            let was_synced = file.synced.is_some();
            let mut bytes = file.synced.take().unwrap_or_default();
            for (number, change) in file.unsynced.drain(..) {
                match left {
                    Left::Nothing => {}
                    Left::UpTo(last) if number < last => change.apply(&mut bytes),
                    Left::UpTo(last) if number == last => change.torn(chance.random_range(0..=8)).apply(&mut bytes),
                    Left::UpTo(_) => {}
                    Left::Any => match chance.random_range(0..3) {
                        0 => change.apply(&mut bytes),
                        1 => change.torn(chance.random_range(0..=8)).apply(&mut bytes),
                        _ => {}
                    },
                }
            }
            let stays = was_synced || !bytes.is_empty();
            file.now.clone_from(&bytes);
            file.synced = Some(bytes);
            stays
        });
    }

    fn left(&mut self) -> Left {
        let unsynced = self.files.values().flat_map(|file| file.unsynced.first());
        let first = unsynced.map(|(number, _)| *number).min();
        match (self.chance.random_range(0..3), first) {
            (0, Some(first)) => Left::UpTo(self.chance.random_range(first..=self.changes)),
            (1, _) => Left::Any,
            _ => Left::Nothing,
        }
    }
}

impl Change {
    fn apply(&self, file: &mut Vec<u8>) {
        match self {
            Self::Length(length) => file.resize(*length, 0),
            Self::Write { at, bytes } => {
                if file.len() < *at {
                    file.resize(*at, 0);
                }
                let over = bytes.len().min(file.len() - at);
                file[*at..at + over].copy_from_slice(&bytes[..over]);
                file.extend_from_slice(&bytes[over..]);
            }
        }
    }

    /// Only the first sectors of it.
    fn torn(self, sectors: usize) -> Self {
        match self {
            Self::Write { at, mut bytes } => {
                bytes.truncate(sectors * SECTOR_BYTES);
                Self::Write { at, bytes }
            }
            length => length,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;

    /// What a power cut leaves of a file, over many cuts.
    fn left_after(prepare: impl Fn(&mut Platter)) -> Vec<Vec<u8>> {
        let mut left: Vec<Vec<u8>> = (0..200)
            .map(|seed| {
                let disk = Disk::new(ChaCha8Rng::seed_from_u64(seed), "/nowhere".into(), 0);
                let mut platter = disk.lock();
                platter.create("f");
                prepare(&mut platter);
                platter.cut();
                platter.files.get("f").map(|file| file.now.clone()).unwrap_or_default()
            })
            .collect();
        left.sort();
        left.dedup();
        left
    }

    #[test]
    fn what_was_synced_stays_and_what_was_not_may_go() {
        let synced_only = |platter: &mut Platter| {
            platter.write("f", 0, b"kept").unwrap();
            platter.sync("f").unwrap();
        };
        assert_eq!(left_after(synced_only), [b"kept".to_vec()]);
        let and_more = |platter: &mut Platter| {
            synced_only(platter);
            platter.write("f", 4, b"?").unwrap();
        };
        assert_eq!(left_after(and_more), [b"kept".to_vec(), b"kept?".to_vec()]);
        let lied = |platter: &mut Platter| {
            platter.trouble = Trouble::Lies;
            synced_only(platter);
        };
        assert_eq!(left_after(lied), [b"".to_vec(), b"kept".to_vec()]);
    }

    #[test]
    fn a_cut_may_leave_what_was_written_up_to_a_moment() {
        let three = |platter: &mut Platter| {
            platter.write("f", 0, b"a").unwrap();
            platter.sync("f").unwrap();
            platter.write("f", 1, b"b").unwrap();
            platter.write("f", 2, b"c").unwrap();
        };
        let left = left_after(three);
        for expected in [b"a".to_vec(), b"ab".to_vec(), b"abc".to_vec(), b"a\0c".to_vec()] {
            assert!(left.contains(&expected), "{left:?}");
        }
    }

    #[test]
    fn reads_fail_as_long_as_they_are_told_to() {
        let disk = Disk::new(ChaCha8Rng::seed_from_u64(1), "/".into(), 0);
        disk.lock().create("f");
        disk.lock().write("f", 0, b"four").unwrap();
        let mut out = [0; 4];
        disk.trouble(Trouble::ReadErrors(100));
        assert!(disk.lock().read("f", 0, &mut out).is_err());
        disk.trouble(Trouble::None);
        assert!(disk.lock().read("f", 0, &mut out).is_ok());
        assert_eq!(&out, b"four");
    }

    #[test]
    fn a_full_disk_takes_what_needs_no_room() {
        let disk = Disk::new(ChaCha8Rng::seed_from_u64(1), "/".into(), 0);
        disk.lock().create("f");
        disk.lock().write("f", 0, b"four").unwrap();
        disk.trouble(Trouble::Full);
        assert!(disk.lock().write("f", 0, b"FOUR").is_ok());
        assert_eq!(disk.lock().write("f", 4, b"5").unwrap_err().kind(), ErrorKind::WriteZero);
    }
}
