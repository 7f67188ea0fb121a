//! `kiosk queue export` and `import`: the queue of a site without network, carried by hand.
//!
//! Out: what waits, sealed. At a machine with network it is taken in and delivered. Back: its receipts,
//! sealed with the same secret. Only a receipt takes a record out of the queue it was born in, so a lost,
//! cut or repeated file neither loses nor doubles anything.

use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::sealed::{self, SealError, Secret};
use super::{Answer, QueueError, counted, now};
use crate::ledger::{Carried, CarriedReceipt, Key, Ledger, ReceiptsTaken, RecordsTaken};

/// What to write, and where.
#[derive(Debug, Args)]
pub(super) struct Export {
    /// The file, on the stick
    file: PathBuf,
    /// Receipts for what was taken in from other machines and is delivered, instead of what waits
    #[arg(long)]
    receipts: bool,
    #[command(flatten)]
    secret: SecretOptions,
}

/// What to take in.
#[derive(Debug, Args)]
pub(super) struct Import {
    /// The file, on the stick
    file: PathBuf,
    #[command(flatten)]
    secret: SecretOptions,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct SecretOptions {
    /// Sealed with this key, made by `kiosk queue site-key`
    #[arg(long)]
    key_file: Option<PathBuf>,
    /// Sealed with a passphrase, read from the first line of standard input; a terminal shows what is typed
    #[arg(long)]
    passphrase: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Load {
    Records(Vec<Carried>),
    Receipts(Vec<CarriedReceipt>),
}

#[derive(Serialize)]
struct Exported<'a> {
    file: &'a Path,
    records: usize,
    receipts: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
enum Imported {
    Records(RecordsTaken),
    Receipts(ReceiptsTaken),
}

impl SecretOptions {
    fn read(&self) -> Result<Secret, QueueError> {
        match &self.key_file {
            Some(path) if !path.exists() => Err(SealError::NoKey(path.clone()).into()),
            Some(path) => Ok(Secret::Key(Key::obtain(path, true)?)),
            None => {
                let mut words = Zeroizing::new(String::new());
                io::stdin().lock().read_line(&mut words)?;
                Ok(Secret::Passphrase(Zeroizing::new(words.trim_end_matches(['\r', '\n']).to_owned())))
            }
        }
    }
}

impl Export {
    pub fn run(&self, ledger: &Ledger, answer: &mut Answer<impl Write>) -> Result<(), QueueError> {
        let secret = self.secret.read()?;
        let load = match self.receipts {
            true => Load::Receipts(ledger.receipts_out()?),
            false => Load::Records(ledger.carry_out(now())?),
        };
        let mut content = Zeroizing::new(Vec::new());
        serde_json::to_writer(&mut *content, &load).map_err(io::Error::from)?;
        sealed::write(&self.file, &secret, content)?;
        let (records, receipts) = match &load {
            Load::Records(records) => (records.len(), 0),
            Load::Receipts(receipts) => (0, receipts.len()),
        };
        answer.give(&Exported { file: &self.file, records, receipts }, |out| match load {
            Load::Records(_) => {
                let records = counted(records, "record");
                writeln!(out, "{records} in {}; they wait here until their receipts come back", self.file.display())
            }
            Load::Receipts(_) => writeln!(out, "{} in {}", counted(receipts, "receipt"), self.file.display()),
        })
    }
}

impl Import {
    pub fn run(&self, ledger: &Ledger, answer: &mut Answer<impl Write>) -> Result<(), QueueError> {
        let content = sealed::read(&self.file, &self.secret.read()?)?;
        let load = serde_json::from_slice(&content).map_err(|_| SealError::NotOurs(self.file.clone()))?;
        let imported = match load {
            Load::Records(records) => Imported::Records(ledger.carry_in(&records, now())?),
            Load::Receipts(receipts) => Imported::Receipts(ledger.receipts_in(&receipts, now())?),
        };
        answer.give(&imported, |out| match &imported {
            Imported::Records(RecordsTaken { added, known, conflicting, damaged }) => writeln!(
                out,
                "records: {added} new, {known} known, {conflicting} of a matter that has another, {damaged} damaged"
            ),
            Imported::Receipts(ReceiptsTaken { settled, known, unknown }) => {
                writeln!(out, "receipts: {settled} settled, {known} known, {unknown} for no record of this ledger")
            }
        })
    }
}

/// Makes a key for two machines to share.
pub(super) fn make_key(file: &Path) -> Result<(), QueueError> {
    if file.exists() {
        return Err(QueueError::Taken(file.to_owned()));
    }
    Key::obtain(file, false)?;
    Ok(())
}
