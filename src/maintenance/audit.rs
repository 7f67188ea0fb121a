//! `kiosk audit`: whether the audit log is whole, and its head for a centre to countersign.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::config::ConfigError;
use super::queue::{Answer, Site};
use crate::ledger::{AuditFault, AuditHead, Ledger, LedgerError, Options};

/// What to do with the audit log, and of which ledger.
#[derive(Debug, Args)]
pub struct AuditOptions {
    #[command(flatten)]
    site: Site,
    /// A copy of the ledger instead, such as a backup; it opens with the same key file
    #[arg(long, global = true)]
    file: Option<PathBuf>,
    /// As JSON
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Finds a cut, edited, reordered or foreign log, and says at which entry
    Verify {
        /// A head printed or countersigned earlier, to which the log must lead: number:hash
        #[arg(long)]
        head: Option<AuditHead>,
    },
}

/// Why the log was not verified, or what is wrong with it.
#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    /// The configuration.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The ledger.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// There is no ledger there.
    #[error("there is no ledger at {0}")]
    Absent(PathBuf),
    /// The log is not what was written.
    #[error("the audit log is not whole: entry {} {}; keep the file as it is and tell the centre", .0.number, .0.trouble)]
    Broken(AuditFault),
    /// The output is gone.
    #[error("cannot write the answer: {0}")]
    Output(#[from] io::Error),
}

/// Does what is asked.
///
/// # Errors
/// [`AuditError::Broken`] for a log that does not verify; the others say what to do.
pub fn run(options: &AuditOptions, output: impl Write) -> Result<(), AuditError> {
    let Task::Verify { head } = &options.task;
    let (path, key_path) = options.site.files()?;
    let path = options.file.clone().unwrap_or(path);
    if !path.exists() {
        return Err(AuditError::Absent(path));
    }
    let ballast_bytes = if options.file.is_some() { 0 } else { Options::new("", "").ballast_bytes };
    let ledger = Ledger::open(Options { ballast_bytes, ..Options::new(path, key_path) })?;
    let report = ledger.audit_verify(head.as_ref())?;
    let mut answer = Answer { json: options.json, output };
    answer.give::<AuditError>(&report, |out| {
        let since = report.since.as_deref().unwrap_or("nothing yet");
        writeln!(out, "ledger {}: {} entries verified, since {since}", report.ledger, report.entries)?;
        writeln!(out, "anchor {}", report.anchor)?;
        writeln!(out, "head {}", report.head)
    })?;
    report.fault.map_or(Ok(()), |fault| Err(AuditError::Broken(fault)))
}
