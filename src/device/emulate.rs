//! `kiosk emulate id-reader|scanner`: an emulated device moved by lines of text, for technicians and tests.

use std::io::{self, BufRead, Write};
use std::path::Path;

use super::id_reader::emulator::{Fault, IdReaderEmulator};
use super::id_reader::image::CardImage;
use super::id_reader::samples::sample_cards;
use super::scanner::emulator::{ScannerEmulator, ScannerFault, Terminator};
use crate::domain::DeviceKind;

/// Invented codes: two e-vouchers, a payment code, a parcel label.
pub const SAMPLE_CODES: [&str; 4] =
    ["4241111222233334444566330000", "4249999888877776666512370000", "134512345678901234", "SF0000000000000"];

const COMMON_HELP: &str = "fault NAME   misbehave, see below
unplug       pull the plug
replug       plug it in again
help         this list
quit         end";

/// Serves an emulated device at `link` until `quit` or the end of `input`. `cards` come before the
/// built-in ones in the list.
///
/// # Errors
/// If the device cannot be set up or `output` cannot be written.
pub fn run_console(
    kind: DeviceKind,
    link: &Path,
    cards: &[CardImage],
    input: impl BufRead,
    mut output: impl Write,
) -> io::Result<()> {
    let mut device: Box<dyn Console> = match kind {
        DeviceKind::IdReader => {
            let cards = cards.iter().cloned().chain(sample_cards()).collect();
            Box::new(Reader { emulator: IdReaderEmulator::start(link)?, cards })
        }
        DeviceKind::Scanner => Box::new(Scanner(ScannerEmulator::start(link)?)),
    };
    writeln!(output, "listening at {}\n{}", link.display(), device.help())?;
    for line in input.lines() {
        let line = line?;
        let (word, rest) = line.trim().split_once(' ').unwrap_or((line.trim(), ""));
        let answer = match word {
            "" => continue,
            "quit" => return Ok(()),
            "help" => device.help(),
            word => device.obey(word, rest.trim()).unwrap_or_else(|| format!("unknown: {line}; try help")),
        };
        writeln!(output, "{answer}")?;
        output.flush()?;
    }
    Ok(())
}

/// What a console can do with a device.
trait Console {
    /// All commands.
    fn help(&self) -> String;
    /// Does one; `None` if there is no such command.
    fn obey(&mut self, word: &str, rest: &str) -> Option<String>;
}

struct Reader {
    emulator: IdReaderEmulator,
    cards: Vec<CardImage>,
}

impl Console for Reader {
    fn help(&self) -> String {
        let cards: Vec<String> =
            self.cards.iter().enumerate().map(|(index, card)| format!("  {:3}  {}", index + 1, card.label())).collect();
        format!(
            "lay N        lay a card\nlift         take it away\n{COMMON_HELP}\nfaults: {}\ncards:\n{}",
            names(&Fault::ALL),
            cards.join("\n")
        )
    }

    fn obey(&mut self, word: &str, rest: &str) -> Option<String> {
        match word {
            "lay" => {
                let Some(card) = rest.parse().ok().and_then(|n: usize| self.cards.get(n.checked_sub(1)?)) else {
                    return Some(format!("no card {rest}; there are {}", self.cards.len()));
                };
                self.emulator.lay(card.clone());
                return Some(format!("lies there: {}", card.label()));
            }
            "lift" => self.emulator.lift(),
            "fault" => match Fault::named(rest) {
                Some(fault) => self.emulator.fault(fault),
                None => return Some(format!("no fault {rest}; there are {}", names(&Fault::ALL))),
            },
            "unplug" => self.emulator.unplug(),
            "replug" => self.emulator.replug(),
            _ => return None,
        }
        Some("done".to_owned())
    }
}

struct Scanner(ScannerEmulator);

impl Console for Scanner {
    fn help(&self) -> String {
        let codes: Vec<String> =
            SAMPLE_CODES.iter().enumerate().map(|(index, code)| format!("  {:3}  {code}", index + 1)).collect();
        format!(
            "show N|TEXT  hold a code before it\nend NAME     what ends a code: {}\n{COMMON_HELP}\nfaults: {}\ncodes:\n{}",
            names(&Terminator::ALL),
            names(&ScannerFault::ALL),
            codes.join("\n")
        )
    }

    fn obey(&mut self, word: &str, rest: &str) -> Option<String> {
        match word {
            "show" => {
                let sample = rest.parse().ok().and_then(|n: usize| SAMPLE_CODES.get(n.checked_sub(1)?));
                self.0.show(sample.unwrap_or(&rest));
            }
            "end" => match named(&Terminator::ALL, rest) {
                Some(terminator) => self.0.terminator(terminator),
                None => return Some(format!("no end {rest}; there are {}", names(&Terminator::ALL))),
            },
            "fault" => match named(&ScannerFault::ALL, rest) {
                Some(fault) => self.0.fault(fault),
                None => return Some(format!("no fault {rest}; there are {}", names(&ScannerFault::ALL))),
            },
            "unplug" => self.0.unplug(),
            "replug" => self.0.replug(),
            _ => return None,
        }
        Some("done".to_owned())
    }
}

fn names<T>(all: &[(&str, T)]) -> String {
    all.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
}

fn named<T: Copy>(all: &[(&str, T)], name: &str) -> Option<T> {
    all.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: DeviceKind, line: &str, expected: &str) {
        let folder = tempfile::tempdir().unwrap();
        let mut output = Vec::new();
        let script = format!("{line}\nquit\nnever read\n");
        run_console(kind, &folder.path().join("device"), &[], script.as_bytes(), &mut output).unwrap();
        let said = String::from_utf8(output).unwrap();
        assert_eq!(said.lines().last(), Some(expected), "{line}");
    }

    #[test]
    fn a_reader_is_moved_by_words() {
        check(DeviceKind::IdReader, "lay 1", "lies there: 张*华 (resident, long-term)");
        check(DeviceKind::IdReader, "lay 99", "no card 99; there are 11");
        check(DeviceKind::IdReader, "lay 0", "no card 0; there are 11");
        for line in ["lift", "fault silent", "unplug", "replug", "  lift  "] {
            check(DeviceKind::IdReader, line, "done");
        }
        check(DeviceKind::IdReader, "show 1", "unknown: show 1; try help");
    }

    #[test]
    fn a_scanner_is_moved_by_words() {
        for line in ["show 1", "show 424", "end crlf", "fault flood", "unplug", "replug"] {
            check(DeviceKind::Scanner, line, "done");
        }
        check(DeviceKind::Scanner, "end cat", "no end cat; there are cr, lf, crlf, none");
    }
}
