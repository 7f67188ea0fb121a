//! kill -9 at random instants: what was acknowledged is there, once.
//!
//! The test starts itself again as the child that keeps entries. `KIOSK_KILLS` sets how often it is
//! killed, `KIOSK_SEED` repeats a run. A killed process loses no page cache, so this proves the order
//! of commit and acknowledgement; power cuts are the simulator's business.

use std::collections::{BTreeSet, HashMap};
use std::io::{BufRead, BufReader};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use yibao_kiosk::domain::Level;
use yibao_kiosk::ledger::{Filter, Ledger};

use crate::carry::tool;
use crate::support::*;

const CHILD_FOLDER: &str = "KIOSK_TEST_LEDGER_CHILD";

pub fn number_from(variable: &str, usual: u64) -> u64 {
    std::env::var(variable).map_or(usual, |text| text.parse().expect(variable))
}

/// A ledger is killed so often before a fresh one takes its place: looking at all its rows after each kill
/// must not take longer and longer.
const KILLS_A_LEDGER: u64 = 50;
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

/// Runs the child and kills it a while after it has acknowledged something, whatever it does then.
fn run_and_kill(test: &str, folder: &Path, after: Duration) -> Vec<(String, String)> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([test, "--exact", "--nocapture", "--test-threads=1"])
        .env(CHILD_FOLDER, folder)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let (begun, wait) = channel();
    let killer = thread::spawn(move || {
        // Nothing comes after the first word but the end of the time.
        let _ = wait.recv().map(|()| wait.recv_timeout(after));
        let _ = child.kill();
        child.wait().unwrap()
    });
    let mut acknowledged = Vec::new();
    // What it printed before it died is in the pipe and counts.
    for line in lines {
        if let Some((id, matter)) = line.split_once("kept ").and_then(|(_, rest)| rest.split_once(' ')) {
            if acknowledged.is_empty() {
                begun.send(()).unwrap();
            }
            acknowledged.push((id.to_owned(), matter.to_owned()));
        }
    }
    drop(begun);
    assert_eq!(killer.join().unwrap().signal(), Some(9), "the child ends by the kill only");
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
        for (id, matter) in
            run_and_kill("kill::killed_at_any_instant_nothing_acknowledged_is_lost", folder.path(), after)
        {
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

/// One round of a site without network: out, in, delivered, receipts out, receipts in.
fn carry_round(folder: &Path, origin: &Path, relay: &Path) {
    let with_key = |task: &str, file: &str| {
        format!("{task} {} --key-file {}", folder.join(file).display(), folder.join("key").display())
    };
    tool(origin, &with_key("export", "out")).unwrap();
    tool(relay, &with_key("import", "out")).unwrap();
    let ledger = Ledger::open(options(relay)).unwrap();
    for record in ledger.due(at(5), u32::MAX).unwrap() {
        ledger.delivered(&record.id, "code 0", at(6)).unwrap();
    }
    drop(ledger);
    tool(relay, &with_key("export --receipts", "back")).unwrap();
    tool(origin, &with_key("import", "back")).unwrap();
}

/// Goes round until killed, with one more rating each time; prints the first id before anything can go wrong.
fn carry_until_killed(folder: &Path) -> ! {
    let (origin, relay) = (folder.join("origin"), folder.join("relay"));
    let mut number = Ledger::open(options(&origin)).unwrap().list(Filter::All, u32::MAX).unwrap().len() as u64;
    loop {
        let id = Ledger::open(options(&origin)).unwrap().keep(&rating(number, Level::Satisfied), at(0)).unwrap();
        println!("kept {id} {}", project(number).as_str());
        carry_round(folder, &origin, &relay);
        number += 1;
    }
}

fn ids(ledger: &Ledger, filter: Filter) -> BTreeSet<String> {
    let rows = ledger.list(filter, u32::MAX).unwrap();
    let ids: BTreeSet<String> = rows.iter().map(|row| row.id.to_string()).collect();
    assert_eq!(ids.len(), rows.len(), "no id twice");
    ids
}

#[test]
fn killed_while_a_stick_is_written_or_read_nothing_is_lost_or_doubled() {
    if let Some(folder) = std::env::var_os(CHILD_FOLDER) {
        carry_until_killed(Path::new(&folder));
    }
    let (kills, seed) =
        (number_from("KIOSK_STICK_KILLS", 10), number_from("KIOSK_SEED", rand::random_range(0..1_000_000)));
    println!("KIOSK_SEED={seed} KIOSK_STICK_KILLS={kills}");
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let folder = tempfile::tempdir().unwrap();
    let (origin, relay) = (folder.path().join("origin"), folder.path().join("relay"));
    drop(Ledger::open(options(&relay)).unwrap());
    drop(Ledger::open(options(&origin)).unwrap());
    tool(&origin, &format!("site-key {}", folder.path().join("key").display())).unwrap();
    let mut acknowledged = BTreeSet::new();
    let look = |acknowledged: &BTreeSet<String>, context: &str| {
        let (at_origin, at_relay) = (Ledger::open(options(&origin)).unwrap(), Ledger::open(options(&relay)).unwrap());
        assert!(acknowledged.is_subset(&ids(&at_origin, Filter::All)), "nothing is lost, {context}");
        assert!(ids(&at_relay, Filter::All).is_subset(&ids(&at_origin, Filter::All)), "nothing is made up, {context}");
        let settled = ids(&at_origin, Filter::Delivered);
        assert!(settled.is_subset(&ids(&at_relay, Filter::Delivered)), "nothing is settled undelivered, {context}");
        for ledger in [&at_origin, &at_relay] {
            assert_eq!(ledger.audit_verify(None).unwrap().fault, None, "{context}");
        }
        settled.len()
    };
    for kill in 0..kills {
        let after = Duration::from_micros(rng.random_range(0..400_000));
        let test = "kill::killed_while_a_stick_is_written_or_read_nothing_is_lost_or_doubled";
        acknowledged.extend(run_and_kill(test, folder.path(), after).into_iter().map(|(id, _)| id));
        look(&acknowledged, &format!("kill {kill}, seed {seed}"));
    }
    carry_round(folder.path(), &origin, &relay);
    let settled = look(&acknowledged, "at the end");
    let all = ids(&Ledger::open(options(&origin)).unwrap(), Filter::All).len();
    assert_eq!(settled, all, "what was left of a round is made good by the next, seed {seed}");
    println!("{settled} carried over {kills} kills, none lost, none twice");
}
