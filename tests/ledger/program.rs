//! kill -9 of the real program: loop, session, drivers, ledger, delivery and audit log in one process on a real file.
//!
//! `KIOSK_PROGRAM_KILLS` sets how often it is killed, `KIOSK_SEED` repeats the instants. Two kiosks live and die side
//! by side, since most of a visit is waiting for the wire of the ID reader.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use yibao_kiosk::ledger::{Filter, Ledger, Options};

use crate::kill::number_from;
use crate::support::at;

const PROGRAM: &str = env!("CARGO_BIN_EXE_kiosk");
/// Enough that nobody is ever done before the kill.
const VISITS: &str = "1000000";
/// After so many kills a fresh ledger takes the place of the old one.
const KILLS_A_LEDGER: u64 = 50;
const KIOSKS: u64 = 2;

fn rehearse(folder: &Path, visits: &str) -> Child {
    let mut command = Command::new(PROGRAM);
    command.args(["rehearse", "--visits", visits, "--data"]).arg(folder);
    command.env("RUST_LOG", "error").stdout(Stdio::piped()).spawn().unwrap()
}

/// Record and project of a line that says a rating was thanked for.
fn thanked(line: &str) -> Option<(String, String)> {
    let (id, project) = line.strip_prefix("thanked ")?.split_once(' ')?;
    Some((id.to_owned(), project.to_owned()))
}

/// Runs the program and kills it so long after it was ready, or after its first thanks.
fn run_and_kill(folder: &Path, after_thanks: bool, after: Duration) -> Vec<(String, String)> {
    let mut child = rehearse(folder, VISITS);
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let (begun, wait) = channel();
    let killer = thread::spawn(move || {
        // Nothing comes after the first word but the end of the time, or of the program.
        let _ = wait.recv().map(|()| wait.recv_timeout(after));
        let _ = child.kill();
        child.wait().unwrap()
    });
    let (mut told, mut acknowledged) = (false, Vec::new());
    // What it said before it died is in the pipe and counts.
    for line in lines {
        acknowledged.extend(thanked(&line));
        let starts = !acknowledged.is_empty() || line == "ready" && !after_thanks;
        if starts && !std::mem::replace(&mut told, true) {
            begun.send(()).unwrap();
        }
    }
    drop(begun);
    assert_eq!(killer.join().unwrap().signal(), Some(9), "the program ends by the kill only");
    acknowledged
}

fn open(folder: &Path) -> Ledger {
    Ledger::open(Options::new(folder.join("ledger.db"), folder.join("ledger.key"))).unwrap()
}

/// Every rating thanked for is in the ledger under its id, every row is what was written, and the audit log is whole.
fn look(folder: &Path, acknowledged: &BTreeSet<(String, String)>, context: &str) -> usize {
    let ledger = open(folder);
    let rows = ledger.list(Filter::All, u32::MAX).unwrap();
    let ratings = rows.iter().filter(|row| row.class == "rating" && row.state != "parked");
    let kept: BTreeSet<_> = ratings.map(|row| (row.id.to_string(), row.matter.clone())).collect();
    let lost: Vec<_> = acknowledged.difference(&kept).collect();
    assert_eq!(lost, Vec::<&(String, String)>::new(), "acknowledged and lost, {context}");
    ledger.due(at(0), u32::MAX).unwrap();
    assert_eq!(ledger.list(Filter::Parked, 9).unwrap().len(), 0, "every digest fits, {context}");
    assert_eq!(ledger.audit_verify(None).unwrap().fault, None, "{context}");
    kept.len() - acknowledged.len()
}

/// The province has every rating exactly once, whichever program sent it.
fn settle(folder: &Path, acknowledged: &BTreeSet<(String, String)>, context: &str) {
    let ended = rehearse(folder, "0").wait_with_output().unwrap();
    assert!(ended.status.success() && String::from_utf8_lossy(&ended.stdout).contains("delivered"), "{context}");
    let book = std::fs::read_to_string(folder.join("province.jsonl")).unwrap();
    let accepted: Vec<serde_json::Value> = book.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let ratings: Vec<&str> = accepted
        .iter()
        .filter(|line| line["kind"] == "evaluate")
        .filter_map(|line| line["projectNo"].as_str())
        .collect();
    let projects: BTreeSet<&str> = ratings.iter().copied().collect();
    assert_eq!(projects.len(), ratings.len(), "a rating arrived twice, {context}");
    assert!(acknowledged.iter().all(|(_, project)| projects.contains(project.as_str())), "not delivered, {context}");
}

/// How many were acknowledged, and how many were kept of which nobody was told.
fn live_and_die(seed: u64, kills: u64) -> (usize, usize) {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let (mut total, mut unannounced, mut left) = (0, 0, kills);
    while left > 0 {
        let folder = tempfile::tempdir().unwrap();
        let (mut acknowledged, mut untold) = (BTreeSet::new(), 0);
        for kill in 0..left.min(KILLS_A_LEDGER) {
            let context = format!("seed {seed}, {left} kills left, kill {kill}");
            let (after_thanks, after_ms) = (rng.random_bool(0.5), rng.random_range(0..2_500));
            let after = Duration::from_millis(if after_thanks { after_ms / 4 } else { after_ms });
            for thanks in run_and_kill(folder.path(), after_thanks, after) {
                assert!(acknowledged.insert(thanks), "thanked twice, {context}");
            }
            untold = look(folder.path(), &acknowledged, &context);
        }
        settle(folder.path(), &acknowledged, &format!("seed {seed}, {left} kills left"));
        (total, unannounced) = (total + acknowledged.len(), unannounced + untold);
        left -= left.min(KILLS_A_LEDGER);
    }
    (total, unannounced)
}

#[test]
fn the_real_program_killed_at_any_instant_loses_nothing_it_thanked_for() {
    let (kills, seed) =
        (number_from("KIOSK_PROGRAM_KILLS", 30), number_from("KIOSK_SEED", rand::random_range(0..1_000_000)));
    println!("KIOSK_SEED={seed} KIOSK_PROGRAM_KILLS={kills}");
    let kiosks: Vec<_> = (0..KIOSKS)
        .map(|kiosk| thread::spawn(move || live_and_die(seed.wrapping_add(kiosk), kills.div_ceil(KIOSKS))))
        .collect();
    let (mut acknowledged, mut unannounced) = (0, 0);
    for kiosk in kiosks {
        let (told, untold) = kiosk.join().unwrap();
        (acknowledged, unannounced) = (acknowledged + told, unannounced + untold);
    }
    println!("{acknowledged} thanked for over {kills} kills: none lost, none twice; {unannounced} kept and not said");
    assert!(acknowledged as u64 >= kills / 4, "half of the kills wait for thanks");
}

/// systemd hands the key over in a folder it names to the service; without it the tool says what to do.
#[test]
fn the_key_of_the_ledger_may_be_a_credential_of_the_service() {
    let folder = tempfile::tempdir().unwrap();
    let credentials = folder.path().join("credentials");
    std::fs::create_dir(&credentials).unwrap();
    drop(Ledger::open(Options::new(folder.path().join("ledger.db"), credentials.join("ledger-key"))).unwrap());
    let sample = include_str!("../../install/kiosk.toml");
    let path = folder.path().join("ledger.db").display().to_string();
    let config = sample
        .replace("/var/lib/yibao-kiosk/ledger.db", &path)
        .replace("key_credential = \"\"", "key_credential = \"ledger-key\"");
    let file = folder.path().join("kiosk.toml");
    std::fs::write(&file, config).unwrap();
    let list = |credentials: Option<&Path>| {
        let mut command = Command::new(PROGRAM);
        command.args(["queue", "list", "--config"]).arg(&file).env_remove("CREDENTIALS_DIRECTORY");
        command.envs(credentials.map(|folder| ("CREDENTIALS_DIRECTORY", folder)));
        command.output().unwrap()
    };
    let given = list(Some(&credentials));
    assert!(given.status.success(), "{}", String::from_utf8_lossy(&given.stderr));
    let without = list(None);
    assert!(!without.status.success());
    assert!(String::from_utf8_lossy(&without.stderr).contains("LoadCredential"));
}
