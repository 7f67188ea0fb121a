//! Nothing but power cuts: entries are kept and settled until the power fails somewhere inside the
//! work, the ledger is opened again, and what was acknowledged is looked for.

use std::collections::BTreeSet;
use std::path::Path;

use jiff::civil::date;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::SimulationError;
use super::disk::{Disk, Trouble};
use super::vfs;
use crate::domain::{Entry, Level, ProjectNumber, Rating};
use crate::ledger::{Filter, Ledger, Moment, Options};

/// The power fails within so many writes and syncs of the disk.
const OPERATIONS_MAX: u32 = 200;
/// Openings in a row that fail for want of power before the run is given up.
const OPENINGS_MAX: u32 = 1_000;

/// What a run of power cuts came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CutsReport {
    /// Power cuts.
    pub cuts: u64,
    /// Entries the ledger acknowledged.
    pub acknowledged: u64,
    /// Acknowledged ones that were gone or damaged afterwards.
    pub lost: u64,
    /// Entries found that nobody was told of: the power failed between the disk and the answer.
    pub unannounced: u64,
}

/// Runs so many power cuts. With `lies` the disk syncs nothing, to see that losses are noticed.
///
/// # Errors
/// When the ledger cannot be opened although there is power.
pub fn power_cuts(seed: u64, cuts: u64, lies: bool) -> Result<CutsReport, SimulationError> {
    let folder = super::folder()?;
    let mut chance = ChaCha8Rng::seed_from_u64(seed);
    let disk = Disk::new(ChaCha8Rng::seed_from_u64(chance.random()), folder.path().join("none"), 0);
    if lies {
        disk.trouble(Trouble::Lies);
    }
    let mut bench = Bench { disk, report: CutsReport::default(), acknowledged: BTreeSet::new(), next: 0, chance };
    for _ in 0..cuts {
        bench.until_dark(folder.path())?;
        bench.look(folder.path())?;
    }
    vfs::forget(&folder.path().join("ledger.db").display().to_string());
    Ok(bench.report)
}

struct Bench {
    disk: Disk,
    report: CutsReport,
    /// Acknowledged and not yet settled and deleted.
    acknowledged: BTreeSet<String>,
    next: u64,
    chance: ChaCha8Rng,
}

impl Bench {
    fn open(&self, folder: &Path) -> Result<Ledger, crate::ledger::LedgerError> {
        let options = Options::new(folder.join("ledger.db"), folder.join("ledger.key"));
        vfs::open(&self.disk, Options { ballast_bytes: 0, ..options })
    }

    /// Works until the power fails, which it may do while the ledger is being opened.
    fn until_dark(&mut self, folder: &Path) -> Result<(), SimulationError> {
        self.disk.switch_on();
        self.disk.cut_after(self.chance.random_range(1..=OPERATIONS_MAX));
        self.report.cuts += 1;
        match self.open(folder) {
            Ok(ledger) => self.work(&ledger),
            Err(_) if self.disk.dark() => {}
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }

    fn work(&mut self, ledger: &Ledger) {
        while !self.disk.dark() {
            let rating = Rating::new(Level::Satisfied, Vec::new());
            let Ok(rating) = rating else { return };
            let project = format!("37S{:09}", self.next);
            self.next += 1;
            let at = date(2026, 11, 21).at(9, 0, 0, 0);
            let entry = Entry::Rating { project: ProjectNumber::from_stored(project.as_str()), rating, at };
            let moment = Moment { wall: at, tick_ms: self.next };
            let Ok(id) = ledger.keep(&entry, moment) else { continue };
            self.report.acknowledged += 1;
            self.acknowledged.insert(project);
            if self.chance.random_bool(0.3) {
                // Settling rewrites the row; the row itself must stay.
                let _ = ledger.delivered(&id, "taken", moment);
            }
        }
    }

    /// Opens with the power on for good and counts what is missing.
    fn look(&mut self, folder: &Path) -> Result<(), SimulationError> {
        self.disk.switch_on();
        let mut tries = 0;
        let ledger = loop {
            match self.open(folder) {
                Ok(ledger) => break ledger,
                Err(_) if self.disk.dark() && tries < OPENINGS_MAX => tries += 1,
                Err(error) => return Err(error.into()),
            }
        };
        let moment = Moment { wall: date(2026, 11, 21).at(10, 0, 0, 0), tick_ms: u64::MAX / 4 };
        // Reading every body checks every digest; a damaged one is parked.
        let due = ledger.due(moment, u32::MAX)?;
        drop(due);
        let rows = ledger.list(Filter::All, u32::MAX)?;
        let whole: BTreeSet<String> =
            rows.into_iter().filter(|row| row.state != "parked").map(|row| row.matter).collect();
        self.report.lost += self.acknowledged.difference(&whole).count() as u64;
        self.report.unannounced += whole.difference(&self.acknowledged).count() as u64;
        // The next round begins with a short queue, or a long run would only read.
        self.acknowledged = whole;
        if self.acknowledged.len() > 500 {
            self.empty(&ledger)?;
        }
        Ok(())
    }

    fn empty(&mut self, ledger: &Ledger) -> Result<(), SimulationError> {
        let later = Moment { wall: date(2027, 11, 21).at(10, 0, 0, 0), tick_ms: u64::MAX / 4 };
        for record in ledger.due(later, u32::MAX)? {
            ledger.delivered(&record.id, "taken", Moment { wall: date(2026, 11, 21).at(10, 0, 0, 0), ..later })?;
        }
        ledger.retain(later)?;
        let left = ledger.list(Filter::All, u32::MAX)?;
        self.acknowledged = left.into_iter().map(|row| row.matter).collect();
        Ok(())
    }
}
