//! `kiosk receipt`: the site's public key, and what a receipt or a draft out of a code is worth.

use std::io::{self, Read, Write};

use clap::{Args, Subcommand};
use jiff::civil::DateTime;

use super::config::ConfigError;
use super::queue::{Site, now};
use crate::ledger::LedgerError;
use crate::receipt::{DraftError, Forged, PublicKey, SiteKey, read_draft, verify};

/// What to do with receipts, and with whose keys.
#[derive(Debug, Args)]
pub struct ReceiptOptions {
    #[command(flatten)]
    site: Site,
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Prints this kiosk's public key, for windows and other offices
    SiteKey,
    /// Says whether a receipt is as a kiosk signed it, and if not, what was altered
    Verify(Shown),
    /// Reads a draft into JSON for the window's machine
    Read(Shown),
}

/// A text out of a code.
#[derive(Debug, Args)]
struct Shown {
    /// The text as it was scanned; - reads it from standard input
    text: String,
    /// Public key of a kiosk, may be given several times; without it this kiosk's own
    #[arg(long)]
    key: Vec<PublicKey>,
}

/// Why a receipt is not good, or was not looked at.
#[derive(Debug, thiserror::Error)]
pub enum ReceiptError {
    /// The configuration.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The key beside the ledger's.
    #[error(transparent)]
    Key(#[from] LedgerError),
    /// Not what was signed.
    #[error("{0}")]
    Forged(#[from] Forged),
    /// Not a draft that may be used.
    #[error("{0}")]
    Draft(#[from] DraftError),
    /// Input or output is gone.
    #[error("cannot read the text or write the answer: {0}")]
    Stream(#[from] io::Error),
}

/// Does what is asked; a text of `-` is taken from `input`.
///
/// # Errors
/// [`ReceiptError::Forged`] and [`ReceiptError::Draft`] say what is wrong with the text, the others what to do.
pub fn run(options: &ReceiptOptions, input: impl Read, output: impl Write) -> Result<(), ReceiptError> {
    run_at(options, input, output, now().wall)
}

/// A receipt is never longer.
const TEXT_BYTES_MAX: u64 = 8_192;

fn run_at(
    options: &ReceiptOptions,
    input: impl Read,
    mut output: impl Write,
    now: DateTime,
) -> Result<(), ReceiptError> {
    match &options.task {
        Task::SiteKey => Ok(writeln!(output, "{}", SiteKey::beside(&options.site.files()?.0)?.public())?),
        Task::Verify(shown) => {
            let text = shown.read(input)?;
            let lines = verify(&text, &shown.keys(&options.site)?)?;
            writeln!(output, "genuine:")?;
            Ok(lines.iter().try_for_each(|line| writeln!(output, "  {line}"))?)
        }
        Task::Read(shown) => {
            let text = shown.read(input)?;
            let draft = read_draft(&text, &shown.keys(&options.site)?, now)?;
            serde_json::to_writer_pretty(&mut output, &draft).map_err(io::Error::from)?;
            Ok(writeln!(output)?)
        }
    }
}

fn own_key(site: &Site) -> Result<PublicKey, ReceiptError> {
    Ok(SiteKey::found_beside(&site.files()?.0)?.public())
}

impl Shown {
    fn read(&self, input: impl Read) -> io::Result<String> {
        if self.text != "-" {
            // A shell's $'…' is not at hand everywhere, so \n may stand for the end of a line.
            return Ok(self.text.replace("\\n", "\n"));
        }
        let mut text = String::new();
        input.take(TEXT_BYTES_MAX).read_to_string(&mut text)?;
        Ok(text)
    }

    fn keys(&self, site: &Site) -> Result<Vec<PublicKey>, ReceiptError> {
        if self.key.is_empty() { Ok(vec![own_key(site)?]) } else { Ok(self.key.clone()) }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use clap::Parser;

    use super::*;
    use crate::domain::ProjectNumber;
    use crate::receipt::seal;
    use crate::session::{FiledWhat, Language, Slip};

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        options: ReceiptOptions,
    }

    fn tool(words: &[&str], input: &str, folder: &Path) -> Result<String, String> {
        let words = ["receipt"].into_iter().chain(words.iter().copied()).chain(["--data", folder.to_str().unwrap()]);
        let line = Line::try_parse_from(words).map_err(|error| error.to_string())?;
        let mut output = Vec::new();
        run(&line.options, input.as_bytes(), &mut output).map_err(|error| error.to_string())?;
        Ok(String::from_utf8(output).unwrap())
    }

    fn check(words: &[&str], input: &str, folder: &Path, expected: Result<&str, &str>) {
        match (tool(words, input, folder), expected) {
            (Ok(said), Ok(part)) | (Err(said), Err(part)) => assert!(said.contains(part), "{said}, not {part}"),
            (said, expected) => panic!("{said:?}, not {expected:?}"),
        }
    }

    #[test]
    fn prints_the_key_verifies_and_names_what_was_altered() {
        let (folder, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        check(&["verify", "x"], "", folder.path(), Err("receipt.key"));
        let key = tool(&["site-key"], "", folder.path()).unwrap();
        assert_eq!(tool(&["site-key"], "", folder.path()).unwrap(), key, "it stays the same");
        let slip = Slip::Receipt {
            number: ProjectNumber::from_stored("371002A003202611220123456789"),
            serial: Some("BA1".into()),
            name: "张*华".into(),
            what: FiledWhat::Cancelled("北京市".into()),
            at: jiff::civil::date(2026, 11, 22).at(9, 30, 0, 0),
            notice: (Language::ZhCn, Vec::new()),
        };
        let site = SiteKey::beside(&folder.path().join("ledger.key")).unwrap();
        let text = seal(&slip, Some(&site)).unwrap();
        check(&["verify", &text], "", folder.path(), Ok("北京市"));
        check(&["verify", "-"], &text, folder.path(), Ok("genuine"));
        check(&["verify", &text.replace('\n', "\\n")], "", folder.path(), Ok("genuine"));
        check(&["verify", "-", "--key", key.trim()], &text, elsewhere.path(), Ok("genuine"));
        check(&["verify", "-"], &text.replace("北京", "上海"), folder.path(), Err("上海"));
        check(&["verify", "-", "--key", "12"], &text, folder.path(), Err("64 hexadecimal digits"));
        check(&["read", "-"], &text, folder.path(), Err("no draft"));
    }
}
