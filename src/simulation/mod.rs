//! A whole kiosk in one process, on a virtual clock and from one seed.
//!
//! The session, the ledger with its SQLite file, the rules of delivery, the wire of the rating system
//! and the drivers of ID reader and scanner are the real ones. The disk, the lines, the platforms and the
//! residents are made up here. No real device, socket or clock is ever touched.

mod cuts;
mod disk;
mod line;
mod machine;
mod office;
mod people;
mod plan;
mod province;
mod reader;
mod run;
mod scanner;
mod shrink;
mod trace;
mod vfs;
mod watch;
mod world;

pub use cuts::{CutsReport, power_cuts};
pub use run::{Counts, Failure, Outcome, Sabotage, SimulateOptions, SimulationError, run, simulate};

/// A folder for the few real files of a ledger; in memory where the system has such a place.
fn folder() -> std::io::Result<tempfile::TempDir> {
    let memory = std::path::Path::new("/dev/shm");
    let mut builder = tempfile::Builder::new();
    builder.prefix("kiosk-simulate-");
    if memory.is_dir() { builder.tempdir_in(memory).or_else(|_| builder.tempdir()) } else { builder.tempdir() }
}
