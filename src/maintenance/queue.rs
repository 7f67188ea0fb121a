//! `kiosk queue`: what waits for delivery, as a technician may see and carry it. No name, no number,
//! no body is ever shown.

mod carrying;
mod sealed;

use std::fmt::Display;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde::Serialize;

use super::config::{Config, ConfigError};
use crate::ledger::{AuditLine, Counts, Filter, Ledger, LedgerError, Listing, Moment, Options, RecordId};
use crate::runtime::Clock;

/// What to do with the queue, and of which ledger. Without a task it is listed.
#[derive(Debug, Args)]
pub struct QueueOptions {
    #[command(flatten)]
    site: Site,
    /// As JSON
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    task: Option<Task>,
}

/// Which ledger.
#[derive(Debug, Args)]
pub struct Site {
    /// Configuration that names the ledger
    #[arg(long, global = true, default_value = "/etc/yibao-kiosk/kiosk.toml")]
    config: PathBuf,
    /// A stand's folder instead of a configuration
    #[arg(long, global = true, conflicts_with = "config")]
    data: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Lists what waits
    List {
        /// Delivered and damaged records too
        #[arg(long)]
        all: bool,
        /// At most so many records
        #[arg(long, default_value_t = LISTED_MAX)]
        limit: u32,
    },
    /// Shows one record and what was done with it
    Show {
        /// The record
        id: String,
    },
    /// Puts a refused record back into the normal lane, to be sent at once
    Retry {
        /// The record
        id: String,
    },
    /// Writes what waits into one sealed file for a machine with network; the records stay here too
    Export(carrying::Export),
    /// Takes in a sealed file: records of another machine, or receipts for our own
    Import(carrying::Import),
    /// Makes the key that two machines share to seal files
    SiteKey {
        /// Where it shall lie, readable by its owner only
        file: PathBuf,
    },
    /// Copies the ledger while the kiosk works; the copy opens with the same key file
    Backup {
        /// Where to; must not exist yet
        file: PathBuf,
    },
}

/// Records listed unless told otherwise.
const LISTED_MAX: u32 = 50;

/// Why the queue tool did not do it.
#[derive(Debug, thiserror::Error)]
pub enum QueueError {
    /// The configuration.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The ledger.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The sealed file.
    #[error(transparent)]
    Sealed(#[from] sealed::SealError),
    /// There is no ledger there yet.
    #[error("there is no ledger at {0}; the kiosk makes it at its first start")]
    Absent(PathBuf),
    /// A file that would be written is there.
    #[error("{0} is there already; give another name, or move it away")]
    Taken(PathBuf),
    /// The output is gone.
    #[error("cannot write the answer: {0}")]
    Output(#[from] io::Error),
}

#[derive(Serialize)]
struct Report {
    counts: Counts,
    records: Vec<Listing>,
}

#[derive(Serialize)]
struct Shown {
    record: Listing,
    history: Vec<AuditLine>,
}

/// Does what is asked.
///
/// # Errors
/// When configuration, ledger, sealed file or output fail; each says what to do.
pub fn run(options: &QueueOptions, output: impl Write) -> Result<(), QueueError> {
    let mut answer = Answer { json: options.json, output };
    if let Some(Task::SiteKey { file }) = &options.task {
        carrying::make_key(file)?;
        return answer
            .give(&file, |out| writeln!(out, "{}: carry a copy to the other machine by hand", file.display()));
    }
    let ledger = options.site.open()?;
    match &options.task {
        None => list(&ledger, false, LISTED_MAX, &mut answer),
        Some(Task::List { all, limit }) => list(&ledger, *all, *limit, &mut answer),
        Some(Task::Show { id }) => show(&ledger, id, &mut answer),
        Some(Task::Retry { id }) => {
            ledger.retry(&RecordId::from_text(id.as_str()), now())?;
            show(&ledger, id, &mut answer)
        }
        Some(Task::Export(export)) => export.run(&ledger, &mut answer),
        Some(Task::Import(import)) => import.run(&ledger, &mut answer),
        Some(Task::Backup { file }) => {
            if file.exists() {
                return Err(QueueError::Taken(file.clone()));
            }
            ledger.backup(file, now())?;
            answer.give(&file, |out| writeln!(out, "{}: whole; keep it with the ledger's key file", file.display()))
        }
        Some(Task::SiteKey { .. }) => Ok(()),
    }
}

fn list(ledger: &Ledger, all: bool, limit: u32, answer: &mut Answer<impl Write>) -> Result<(), QueueError> {
    let filter = if all { Filter::All } else { Filter::Unsent };
    let report = Report { counts: ledger.counts()?, records: ledger.list(filter, limit)? };
    answer.give(&report, |out| {
        let Counts { pending, slow, parked, delivered } = report.counts;
        writeln!(out, "waiting {pending}, in the slow lane {slow}, damaged {parked}, delivered {delivered}")?;
        report.records.iter().try_for_each(|record| line(out, record))
    })
}

fn show(ledger: &Ledger, id: &str, answer: &mut Answer<impl Write>) -> Result<(), QueueError> {
    let id = RecordId::from_text(id);
    let shown = Shown { record: ledger.show(&id)?, history: ledger.history(&id)? };
    answer.give(&shown, |out| {
        line(out, &shown.record)?;
        let Listing { state, refusals, body_bytes, delivered_at, receipt, .. } = &shown.record;
        let settled = [delivered_at.as_deref(), receipt.as_deref()].map(Option::unwrap_or_default);
        writeln!(out, "{state}, refused {refusals}, {body_bytes} bytes  {}", settled.join(" "))?;
        shown.history.iter().try_for_each(|AuditLine { number, at, event }| writeln!(out, "  {number}  {at}  {event}"))
    })
}

fn line(out: &mut impl Write, record: &Listing) -> io::Result<()> {
    let Listing { id, class, matter, kept_at, lane, tries, last_error, .. } = record;
    let reason = last_error.as_deref().unwrap_or_default();
    writeln!(out, "{id}  {class:8}  {matter}  {kept_at}  {lane}, tried {tries}  {reason}")
}

/// Where answers go, and in which form.
pub(super) struct Answer<W> {
    /// As JSON, not as words.
    pub json: bool,
    /// Where to.
    pub output: W,
}

impl<W: Write> Answer<W> {
    /// Writes the value as JSON, or the words for it.
    pub fn give<E: From<io::Error>>(
        &mut self,
        value: &impl Serialize,
        words: impl FnOnce(&mut W) -> io::Result<()>,
    ) -> Result<(), E> {
        if self.json {
            serde_json::to_writer_pretty(&mut self.output, value).map_err(io::Error::from)?;
            writeln!(self.output)?;
        } else {
            words(&mut self.output)?;
        }
        Ok(())
    }
}

/// The tool's own moment: its ticks begin with it.
pub(super) fn now() -> Moment {
    Clock::start().moment()
}

impl Site {
    /// The ledger's files: the database and its key.
    pub(super) fn files(&self) -> Result<(PathBuf, PathBuf), ConfigError> {
        Ok(match &self.data {
            Some(folder) => (folder.join("ledger.db"), folder.join("ledger.key")),
            None => {
                let config = Config::load(&self.config)?;
                (config.ledger_path, config.ledger_key_path)
            }
        })
    }

    /// Opens an existing ledger; a tool that looks must not make a new one.
    fn open(&self) -> Result<Ledger, QueueError> {
        let (path, key_path) = self.files()?;
        if !path.exists() {
            return Err(QueueError::Absent(path));
        }
        Ok(Ledger::open(Options::new(path, key_path))?)
    }
}

/// "3 records", "1 record".
fn counted(count: usize, what: &str) -> impl Display {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
