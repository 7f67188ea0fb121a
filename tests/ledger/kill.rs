//! kill -9 at random instants: what was acknowledged is there, once.
//!
//! The test starts itself again as the child that keeps entries. `KIOSK_KILLS` sets how often it is
//! killed, `KIOSK_SEED` repeats a run. A killed process loses no page cache, so this proves the order
//! of commit and acknowledgement; power cuts are the simulator's business.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use yibao_kiosk::domain::Level;
use yibao_kiosk::ledger::{Filter, Ledger};

use crate::support::*;

const CHILD_FOLDER: &str = "KIOSK_TEST_LEDGER_CHILD";
const ITSELF: &str = "kill::killed_at_any_instant_nothing_acknowledged_is_lost";

fn number_from(variable: &str, usual: u64) -> u64 {
    std::env::var(variable).map_or(usual, |text| text.parse().expect(variable))
}

/// A ledger is killed so often before a fresh one takes its place: looking at all its rows after each kill
/// must not take longer and longer.
const KILLS_A_LEDGER: u64 = 50;
/// Longer than any run: it is killed once only.
const NEVER: Duration = Duration::from_secs(86_400);

/// Keeps ratings until killed; prints each id when `keep` has returned.
fn keep_until_killed(folder: &Path) -> ! {
    let ledger = Ledger::open(options(folder)).unwrap();
    let mut number = u64::try_from(ledger.list(Filter::All, u32::MAX).unwrap().len()).unwrap();
    loop {
        // Each entry twice, as a caller does that saw no answer.
        let id = ledger.keep(&rating(number, Level::Satisfied), at(0)).unwrap();
        assert_eq!(ledger.keep(&rating(number, Level::Satisfied), at(1)).unwrap(), id);
        println!("kept {id} {}", project(number).as_str());
        number += 1;
    }
}

/// Runs the child, kills it once it has acknowledged something and a random while has passed.
fn run_and_kill(folder: &Path, after: Duration) -> Vec<(String, String)> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([ITSELF, "--exact", "--nocapture", "--test-threads=1"])
        .env(CHILD_FOLDER, folder)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let mut acknowledged = Vec::new();
    let mut kill_at = None;
    for line in lines {
        if let Some((id, matter)) = line.split_once("kept ").and_then(|(_, rest)| rest.split_once(' ')) {
            acknowledged.push((id.to_owned(), matter.to_owned()));
            kill_at.get_or_insert_with(|| Instant::now() + after);
        }
        if kill_at.is_some_and(|instant| Instant::now() >= instant) {
            child.kill().unwrap();
            // What it printed before it died is still in the pipe and counts.
            kill_at = Some(Instant::now() + NEVER);
        }
    }
    assert!(!child.wait().unwrap().success(), "the child ends by the kill only");
    acknowledged
}

#[test]
fn killed_at_any_instant_nothing_acknowledged_is_lost() {
    if let Some(folder) = std::env::var_os(CHILD_FOLDER) {
        keep_until_killed(Path::new(&folder));
    }
    let (kills, seed) = (number_from("KIOSK_KILLS", 20), number_from("KIOSK_SEED", rand::random_range(0..1_000_000)));
    println!("KIOSK_SEED={seed} KIOSK_KILLS={kills}");
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut folder = tempfile::tempdir().unwrap();
    let (mut acknowledged, mut total) = (HashMap::new(), 0);
    for kill in 0..kills {
        if kill % KILLS_A_LEDGER == 0 {
            total += acknowledged.len();
            acknowledged.clear();
            folder = tempfile::tempdir().unwrap();
        }
        let after = Duration::from_micros(rng.random_range(0..40_000));
        for (id, matter) in run_and_kill(folder.path(), after) {
            assert_eq!(acknowledged.insert(id.clone(), matter), None, "{id} acknowledged twice, kill {kill}");
        }
        // Opening includes quick_check.
        let ledger = Ledger::open(options(folder.path())).unwrap();
        let rows = ledger.list(Filter::All, u32::MAX).unwrap();
        let kept: HashMap<_, _> = rows.iter().map(|row| (row.id.to_string(), row.matter.clone())).collect();
        assert_eq!(kept.len(), rows.len(), "no id twice, kill {kill}");
        for (id, matter) in &acknowledged {
            assert_eq!(kept.get(id), Some(matter), "{id} was acknowledged, kill {kill}, seed {seed}");
        }
        assert_eq!(ledger.due(at(0), u32::MAX).unwrap().len(), rows.len(), "every digest fits, kill {kill}");
        assert_eq!(ledger.audit_verify(None).unwrap().fault, None, "the audit log is whole, kill {kill}, seed {seed}");
        let kept = "SELECT count(*) FROM audit WHERE event = 'kept'";
        let kept: usize = behind_the_back(folder.path()).query_row(kept, [], |row| row.get(0)).unwrap();
        assert_eq!(
            kept,
            rows.len(),
            "an entry and what the audit log says of it, or neither, kill {kill}, seed {seed}"
        );
    }
    total += acknowledged.len();
    assert!(total as u64 >= kills);
    println!("{total} acknowledged over {kills} kills, none lost, none twice");
}
