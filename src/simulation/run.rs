//! Running seeds: what is asked for, what came out, and `kiosk simulate`.

use std::io::{self, Write};
use std::ops::AddAssign;

use tracing::subscriber::{NoSubscriber, with_default};

use super::cuts::power_cuts;
use super::plan::Plan;
use super::shrink::shrink;
use super::world::World;
use crate::ledger::LedgerError;

/// What to simulate.
#[derive(Debug, Clone, clap::Args)]
pub struct SimulateOptions {
    /// The first seed
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// How many seeds, one after the other
    #[arg(long, default_value_t = 1)]
    pub seeds: u64,
    /// Days of each seed
    #[arg(long, default_value_t = 1)]
    pub days: u32,
    /// The province cannot be reached for so many days from the first morning on
    #[arg(long, default_value_t = 0)]
    pub outage_days: u32,
    /// Instead of days: so many power cuts in the middle of the ledger's work
    #[arg(long, conflicts_with_all = ["seeds", "days", "outage_days"])]
    pub power_cuts: Option<u64>,
}

/// Why a simulation could not be run, or what it found.
#[derive(Debug, thiserror::Error)]
pub enum SimulationError {
    /// The ledger failed where it must not.
    #[error("the ledger failed in the simulation: {0}")]
    Ledger(#[from] LedgerError),
    /// No folder, or nowhere to write the report.
    #[error("the simulation needs a folder and an output: {0}")]
    Files(#[from] io::Error),
    /// A promise was broken.
    #[error("{0}")]
    Broken(Box<Failure>),
    /// Acknowledged entries were lost in power cuts.
    #[error("{0} acknowledged entries were lost in power cuts; run again with the same seed")]
    Lost(u64),
}

/// Something broken on purpose, to see that the checks can fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sabotage {
    /// Nothing.
    #[default]
    None,
    /// Ratings are acknowledged and not kept.
    DropsAcknowledged,
    /// The province does not notice repeats.
    ForgetfulProvince,
    /// The insurance platform says of every filing request that it never came.
    ForgetfulOffice,
    /// Service records are marked as delivered and were never sent.
    PretendsDelivered,
    /// The disk says “synced” and syncs nothing, while the province cannot be reached.
    LyingDisk,
    /// The screen waits five times as long as it may.
    StaysTooLong,
}

/// How much happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// People who came to the machine.
    pub visits: u64,
    /// Events the session handled.
    pub events: u64,
    /// Entries the ledger acknowledged.
    pub kept: u64,
    /// Requests to the province.
    pub sent: u64,
    /// Records the province acknowledged.
    pub delivered: u64,
    /// Mishaps.
    pub mishaps: u64,
    /// Power cuts and kills that met a running program.
    pub dark: u64,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.visits += other.visits;
        self.events += other.events;
        self.kept += other.kept;
        self.sent += other.sent;
        self.delivered += other.delivered;
        self.mishaps += other.mishaps;
        self.dark += other.dark;
    }
}

/// A broken promise, with what repeats it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "seed {seed}, step {step}, {at_ms} ms: {promise}: {what}\n{}\n{}",
    last.join("\n"),
    enough.as_deref().unwrap_or_default()
)]
pub struct Failure {
    /// The seed that repeats it.
    pub seed: u64,
    /// At which step of the trace.
    pub step: u64,
    /// At which virtual millisecond.
    pub at_ms: u64,
    /// Which promise.
    pub promise: &'static str,
    /// How it showed.
    pub what: String,
    /// Residents and mishaps of the plan that are enough for it, after shrinking.
    pub enough: Option<String>,
    /// The last lines of the trace.
    pub last: Vec<String>,
}

/// What came of one seed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// SHA-256 of everything that happened. Same seed, same program: same digest.
    pub digest: String,
    /// How much happened.
    pub counts: Counts,
    /// The first broken promise, if any.
    pub failure: Option<Failure>,
}

/// Lives through one seed.
///
/// # Errors
/// When the system gives no folder. A broken promise is part of the outcome.
pub fn simulate(seed: u64, days: u32, sabotage: Sabotage) -> Result<Outcome, SimulationError> {
    live(Plan::of(seed, days), sabotage)
}

pub(super) fn live(plan: Plan, sabotage: Sabotage) -> Result<Outcome, SimulationError> {
    let seed = plan.seed;
    // What was delivered may be lost; so to see a loss nothing is delivered for a day.
    let plan = if sabotage == Sabotage::LyingDisk { plan.with_outage(1) } else { plan };
    let mut world = World::new(plan, sabotage)?;
    // What goes wrong on purpose is no news for a log.
    let ended = with_default(NoSubscriber::default(), || world.run());
    let (counts, at_ms, step) = (world.counts, world.now_ms, world.trace.steps);
    let (digest, last) = std::mem::take(&mut world.trace).finish();
    let failure = ended.err().map(|breach| Failure {
        seed,
        step,
        at_ms,
        promise: breach.promise,
        what: breach.what,
        enough: None,
        last,
    });
    Ok(Outcome { digest, counts, failure })
}

/// `kiosk simulate`.
///
/// # Errors
/// A broken promise, with its seed and what is enough to break it.
pub fn run(options: &SimulateOptions, mut output: impl Write) -> Result<(), SimulationError> {
    if let Some(cuts) = options.power_cuts {
        let report = power_cuts(options.seed, cuts, false)?;
        writeln!(output, "{report:?}")?;
        return if report.lost == 0 { Ok(()) } else { Err(SimulationError::Lost(report.lost)) };
    }
    let mut total = Counts::default();
    for seed in options.seed..options.seed.saturating_add(options.seeds) {
        let plan = Plan::of(seed, options.days).with_outage(options.outage_days);
        let outcome = live(plan.clone(), Sabotage::None)?;
        total += outcome.counts;
        if let Some(failure) = outcome.failure {
            return Err(SimulationError::Broken(Box::new(shrink(plan, failure, Sabotage::None)?)));
        }
        if options.seeds == 1 {
            writeln!(output, "seed {seed}: {}", outcome.digest)?;
        }
    }
    writeln!(output, "{} seeds held: {total:?}", options.seeds)?;
    Ok(())
}
