//! The queue on a stick: out, into another machine, delivered there, and its receipts back; with every
//! file lost, cut or taken in twice. All of it through the commands technicians type.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Parser;
use serde_json::Value;
use yibao_kiosk::domain::Level;
use yibao_kiosk::domain::filing::KeptStatus;
use yibao_kiosk::ledger::{Class, Counts, FilingEnd, Filter, Ledger, Options};
use yibao_kiosk::maintenance::{audit, queue};

use crate::support::*;

#[derive(Parser)]
struct QueueLine {
    #[command(flatten)]
    options: queue::QueueOptions,
}

#[derive(Parser)]
struct AuditLine {
    #[command(flatten)]
    options: audit::AuditOptions,
}

/// `kiosk queue LINE --data FOLDER`: what it prints, or what it says is wrong.
pub fn tool(folder: &Path, line: &str) -> Result<String, String> {
    let words = ["queue"].into_iter().chain(line.split_whitespace()).chain(["--data", folder.to_str().unwrap()]);
    let line = QueueLine::try_parse_from(words).map_err(|error| error.to_string())?;
    let mut output = Vec::new();
    queue::run(&line.options, &mut output).map_err(|error| error.to_string())?;
    Ok(String::from_utf8(output).unwrap())
}

fn verify(folder: &Path, line: &str) -> Result<String, String> {
    let words = ["audit", "verify"].into_iter().chain(line.split_whitespace());
    let line = AuditLine::try_parse_from(words.chain(["--data", folder.to_str().unwrap()])).unwrap();
    let mut output = Vec::new();
    audit::run(&line.options, &mut output).map_err(|error| error.to_string())?;
    Ok(String::from_utf8(output).unwrap())
}

fn check(folder: &Path, line: &str, expected: &str) {
    let said = tool(folder, line).unwrap_or_else(|error| error);
    assert!(said.contains(expected), "`kiosk queue {line}` says {said}, not {expected}");
}

/// Two machines and a stick with the key on it.
struct Site {
    origin: (tempfile::TempDir, Ledger),
    relay: (tempfile::TempDir, Ledger),
    stick: tempfile::TempDir,
}

impl Site {
    fn new() -> Self {
        let site = Self { origin: fresh(), relay: fresh(), stick: tempfile::tempdir().unwrap() };
        check(site.origin(), &format!("site-key {}", site.on_stick("key").display()), "by hand");
        site
    }

    fn origin(&self) -> &Path {
        self.origin.0.path()
    }

    fn relay(&self) -> &Path {
        self.relay.0.path()
    }

    fn on_stick(&self, name: &str) -> PathBuf {
        self.stick.path().join(name)
    }

    fn with_key(&self, task: &str, file: &str) -> String {
        format!("{task} {} --key-file {}", self.on_stick(file).display(), self.on_stick("key").display())
    }

    /// Delivers all that waits at the relay, in the order it is due.
    fn deliver(&self) -> Vec<(String, Class)> {
        let mut sent = Vec::new();
        loop {
            let due = self.relay.1.due(at(50), 100).unwrap();
            if due.is_empty() {
                return sent;
            }
            for record in due {
                self.relay.1.delivered(&record.id, "code 0", at(51)).unwrap();
                sent.push((record.id.to_string(), record.class));
            }
        }
    }
}

#[test]
fn a_site_without_network_is_delivered_by_hand_once() {
    let site = Site::new();
    let first = site.origin.1.keep(&service(1), at(0)).unwrap();
    let second = site.origin.1.keep(&rating(1, Level::Dissatisfied), at(1)).unwrap();
    site.relay.1.keep(&rating(7, Level::Satisfied), at(2)).unwrap();
    check(site.origin(), &site.with_key("export", "out"), "2 records");
    assert_eq!(site.origin.1.counts().unwrap().pending, 2, "they stay until their receipts come back");
    let bytes = fs::read(site.on_stick("out")).unwrap();
    assert!(!holds(&bytes, NAME.as_bytes()) && !holds(&bytes, first.as_str().as_bytes()));

    check(site.relay(), &site.with_key("import", "out"), "2 new, 0 known");
    check(site.relay(), &site.with_key("import", "out"), "0 new, 2 known");
    check(site.origin(), &site.with_key("import", "out"), "0 new, 2 known");
    let sent = site.deliver();
    let expected = [(first.to_string(), Class::Service), (second.to_string(), Class::Rating)];
    assert_eq!(sent.iter().filter(|sent| expected.contains(sent)).cloned().collect::<Vec<_>>(), expected);
    assert_eq!(sent.len(), 3, "and the relay's own");
    check(site.relay(), &site.with_key("import", "out"), "0 new, 2 known");

    check(site.relay(), &format!("{} --receipts", site.with_key("export", "back")), "2 receipts");
    check(site.origin(), &site.with_key("import", "back"), "2 settled, 0 known, 0 for no record");
    check(site.origin(), &site.with_key("import", "back"), "0 settled, 2 known, 0 for no record");
    check(site.relay(), &site.with_key("import", "back"), "0 settled, 2 known, 0 for no record");
    assert_eq!(site.origin.1.counts().unwrap(), Counts { delivered: 2, ..Counts::default() });
    assert_eq!(site.origin.1.list(Filter::All, 9).unwrap()[0].body_bytes, 0, "a settled record forgets the person");
    let history: Vec<String> = site.origin.1.history(&first).unwrap().into_iter().map(|line| line.event).collect();
    assert_eq!(history, ["kept", "exported", "receipted"]);
    for machine in [site.origin(), site.relay()] {
        assert!(verify(machine, "").unwrap().contains("head "), "both logs verify");
    }
}

#[test]
fn how_a_filing_ended_elsewhere_is_told_where_it_was_made() {
    let site = Site::new();
    let (first, second) = (filing(1), filing(2));
    site.origin.1.keep(&first, at(0)).unwrap();
    site.origin.1.keep(&second, at(1)).unwrap();
    check(site.origin(), &site.with_key("export", "out"), "2 records");
    check(site.relay(), &site.with_key("import", "out"), "2 new, 0 known");
    assert!(site.deliver().is_empty(), "filings are no business of the rating system");
    let due = site.relay.1.due_filings(at(70_000), 9).unwrap();
    // One person's requests go one after the other.
    assert_eq!(due.iter().map(|record| record.entry.clone()).collect::<Vec<_>>(), [first]);
    site.relay.1.filing_ended(&due[0].id, &FilingEnd::Done("BA1".into()), at(70_001)).unwrap();
    let due = site.relay.1.due_filings(at(70_002), 9).unwrap();
    assert_eq!(due.iter().map(|record| record.entry.clone()).collect::<Vec<_>>(), [second]);
    site.relay.1.filing_ended(&due[0].id, &FilingEnd::Rejected("不符合条件".into()), at(70_003)).unwrap();
    check(site.relay(), &format!("{} --receipts", site.with_key("export", "back")), "2 receipts");
    check(site.origin(), &site.with_key("import", "back"), "2 settled, 0 known, 0 for no record");
    check(site.origin(), &site.with_key("import", "back"), "0 settled, 2 known, 0 for no record");
    let kept = site.origin.1.filings_of(&person()).unwrap();
    let told: Vec<KeptStatus> = kept.into_iter().map(|kept| kept.status).collect();
    assert_eq!(told.len(), 2);
    for ended in [KeptStatus::Done("BA1".into()), KeptStatus::Rejected("不符合条件".into())] {
        assert!(told.contains(&ended), "{ended:?} was not told");
    }
    let listed = tool(site.origin(), "list --all").unwrap();
    assert!(listed.contains("filing") && !listed.contains("不符合条件") && !listed.contains(NAME), "{listed}");
}

#[test]
fn a_cut_or_foreign_file_takes_nothing_in() {
    let site = Site::new();
    for number in 0..5 {
        site.origin.1.keep(&service(number), at(0)).unwrap();
    }
    check(site.origin(), &site.with_key("export", "out"), "5 records");
    let whole = fs::read(site.on_stick("out")).unwrap();
    for length in (0..whole.len()).step_by(97).chain([whole.len() - 1]) {
        fs::write(site.on_stick("cut"), &whole[..length]).unwrap();
        let error = tool(site.relay(), &site.with_key("import", "cut")).unwrap_err();
        assert!(error.contains("no sealed file") || error.contains("does not open"), "{length}: {error}");
    }
    let other =
        format!("import {} --key-file {}", site.on_stick("out").display(), site.relay().join("ledger.key").display());
    check(site.relay(), &other, "does not open");
    check(site.relay(), &site.with_key("import", "nothing"), "stick");
    check(site.relay(), &format!("import {} --key-file /nonexistent", site.on_stick("out").display()), "site-key");
    check(site.relay(), &format!("import {}", site.on_stick("out").display()), "required");
    assert_eq!(site.relay.1.counts().unwrap(), Counts::default());
    check(site.relay(), &site.with_key("import", "out"), "5 new");
}

#[test]
fn an_export_that_was_interrupted_is_made_again() {
    let site = Site::new();
    site.origin.1.keep(&rating(1, Level::Satisfied), at(0)).unwrap();
    // A folder in the draft's place stops the export as a pulled stick does.
    fs::create_dir(site.on_stick("out.part")).unwrap();
    check(site.origin(), &site.with_key("export", "out"), "stick");
    assert!(!site.on_stick("out").exists());
    fs::remove_dir(site.on_stick("out.part")).unwrap();
    site.origin.1.keep(&rating(2, Level::Satisfied), at(1)).unwrap();
    check(site.origin(), &site.with_key("export", "out"), "2 records");
    check(site.relay(), &site.with_key("import", "out"), "2 new");
    site.origin.1.keep(&rating(3, Level::Satisfied), at(2)).unwrap();
    check(site.origin(), &site.with_key("export", "out"), "3 records");
    check(site.relay(), &site.with_key("import", "out"), "1 new, 2 known");
    assert_eq!(site.deliver().len(), 3);
}

#[test]
fn a_record_whose_matter_is_rated_here_is_not_taken_in() {
    let site = Site::new();
    site.origin.1.keep(&rating(1, Level::Satisfied), at(0)).unwrap();
    site.relay.1.keep(&rating(1, Level::Dissatisfied), at(0)).unwrap();
    check(site.origin(), &site.with_key("export", "out"), "1 record ");
    check(site.relay(), &site.with_key("import", "out"), "0 new, 0 known, 1 of a matter");
}

#[test]
fn the_queue_tool_shows_retries_and_tells_nothing_of_a_person() {
    let (folder, ledger) = fresh();
    let id = ledger.keep(&service(1), at(0)).unwrap();
    let slow = yibao_kiosk::ledger::Retry { lane: yibao_kiosk::ledger::Lane::Slow, next_try_ms: 9 };
    ledger.refused(&id, slow, "code 7").unwrap();
    let folder = folder.path();
    check(folder, "", "waiting 0, in the slow lane 1, damaged 0, delivered 0\n");
    check(folder, "list --all", "code 7");
    check(folder, &format!("show {id}"), "slowed");
    check(folder, &format!("retry {id}"), "retried");
    check(folder, "list", "waiting 1, in the slow lane 0");
    check(folder, "show nothing", "no such record");
    check(folder, "retry nothing", "no such record");
    check(&folder.join("nowhere"), "list", "there is no ledger");
    let line = QueueLine::try_parse_from(["queue", "--config", "/nonexistent.toml"]).unwrap();
    let error = queue::run(&line.options, Vec::new()).unwrap_err().to_string();
    assert!(error.contains("/nonexistent.toml"), "{error}");
    for line in [String::new(), "list --all".into(), format!("show {id}")] {
        let json = tool(folder, &format!("{line} --json")).unwrap();
        assert!(serde_json::from_str::<Value>(&json).unwrap().is_object(), "{json}");
        let words = tool(folder, &line).unwrap();
        for secret in [NAME, "371002194803150016"] {
            assert!(!json.contains(secret) && !words.contains(secret), "{line} {secret}");
        }
    }
}

#[test]
fn a_backup_taken_while_the_kiosk_works_opens_and_verifies() {
    let (folder, ledger) = fresh();
    for number in 0..20 {
        ledger.keep(&service(number), at(number)).unwrap();
    }
    let file = folder.path().join("copy").join("ledger.db");
    fs::create_dir(file.parent().unwrap()).unwrap();
    std::thread::scope(|scope| {
        let busy = scope.spawn(|| (20..60).for_each(|number| drop(ledger.keep(&service(number), at(number)).unwrap())));
        check(folder.path(), &format!("backup {}", file.display()), "whole");
        busy.join().unwrap();
    });
    check(folder.path(), &format!("backup {}", file.display()), "there already");
    assert!(!holds(&fs::read(&file).unwrap(), b"SQLite format 3"), "as unreadable as the ledger");
    let copy = Ledger::open(Options { path: file.clone(), ..options(folder.path()) }).unwrap();
    let rows = copy.counts().unwrap().pending;
    assert!((20..=60).contains(&rows), "{rows}");
    assert_eq!(copy.due(at(0), 100).unwrap().len() as u64, rows, "every digest fits");
    drop(copy);
    assert!(verify(folder.path(), &format!("--file {}", file.display())).unwrap().contains("entries verified"));
    let cut = behind_the_back(folder.path());
    cut.execute_batch("DROP TRIGGER audit_kept; DELETE FROM audit WHERE number = 3").unwrap();
    assert!(verify(folder.path(), "").unwrap_err().contains("entry 3 is missing"));
}
