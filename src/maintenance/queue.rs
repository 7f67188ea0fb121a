//! `kiosk queue`: what waits for delivery, as a technician may see it. No name, no number, no body.

use std::io::{self, Write};
use std::path::PathBuf;

use serde::Serialize;

use super::config::{Config, ConfigError};
use crate::ledger::{Counts, Filter, Ledger, LedgerError, Listing, Options, RecordId};

/// What to show, and of which ledger.
#[derive(Debug, clap::Args)]
pub struct QueueOptions {
    /// Configuration that names the ledger
    #[arg(long, default_value = "/etc/yibao-kiosk/kiosk.toml")]
    config: PathBuf,
    /// A stand's folder instead of a configuration
    #[arg(long, conflicts_with = "config")]
    data: Option<PathBuf>,
    /// Delivered records too
    #[arg(long)]
    all: bool,
    /// At most so many records
    #[arg(long, default_value_t = 50)]
    limit: u32,
    /// As JSON
    #[arg(long)]
    json: bool,
    /// Puts a refused record back into the normal lane, to be sent at once
    #[arg(long, value_name = "ID")]
    retry: Option<String>,
}

/// Why the queue cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum QueueError {
    /// The configuration.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The ledger.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// There is no ledger there yet.
    #[error("there is no ledger at {0}; the kiosk makes it at its first start")]
    Absent(PathBuf),
    /// The output is gone.
    #[error("cannot write the list: {0}")]
    Output(#[from] io::Error),
}

#[derive(Serialize)]
struct Report {
    counts: Counts,
    records: Vec<Listing>,
}

/// Shows the queue.
///
/// # Errors
/// When configuration, ledger or output fail; each says what to do.
pub fn run(options: &QueueOptions, mut output: impl Write) -> Result<(), QueueError> {
    let ledger = open(options)?;
    if let Some(id) = &options.retry {
        ledger.retry(&RecordId::from_text(id.as_str()))?;
    }
    let filter = if options.all { Filter::All } else { Filter::Unsent };
    let report = Report { counts: ledger.counts()?, records: ledger.list(filter, options.limit)? };
    if options.json {
        serde_json::to_writer_pretty(&mut output, &report).map_err(io::Error::from)?;
        writeln!(output)?;
        return Ok(());
    }
    let Counts { pending, slow, parked, delivered } = report.counts;
    writeln!(output, "waiting {pending}, in the slow lane {slow}, damaged {parked}, delivered {delivered}")?;
    for record in &report.records {
        let reason = record.last_error.as_deref().unwrap_or_default();
        let Listing { id, class, matter, kept_at, lane, tries, .. } = record;
        writeln!(output, "{}  {class:8}  {matter}  {kept_at}  {lane}, tried {tries}  {reason}", id.as_str())?;
    }
    Ok(())
}

/// Opens an existing ledger; a tool that looks must not make a new one.
fn open(options: &QueueOptions) -> Result<Ledger, QueueError> {
    let (path, key_path) = match &options.data {
        Some(folder) => (folder.join("ledger.db"), folder.join("ledger.key")),
        None => {
            let config = Config::load(&options.config)?;
            (config.ledger_path, config.ledger_key_path)
        }
    };
    if !path.exists() {
        return Err(QueueError::Absent(path));
    }
    Ok(Ledger::open(Options::new(path, key_path))?)
}
