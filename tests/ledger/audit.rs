//! The audit log: what is written down, what verifies, and what a walk along a spoilt log finds.

use jiff::ToSpan;
use rusqlite::Connection;
use yibao_kiosk::domain::Level;
use yibao_kiosk::ledger::{AuditHead, AuditReport, Lane, Ledger, Moment, Options, Retry};

use crate::support::*;

fn events(folder: &std::path::Path) -> Vec<String> {
    let raw = behind_the_back(folder);
    let mut statement = raw.prepare("SELECT event FROM audit ORDER BY number").unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

/// A ledger with twelve entries in its log: opened, kept ten times, delivered.
fn twelve() -> (tempfile::TempDir, Ledger) {
    let (folder, ledger) = fresh();
    let ids: Vec<_> =
        (0..10).map(|number| ledger.keep(&rating(number, Level::Satisfied), at(number)).unwrap()).collect();
    ledger.delivered(&ids[0], "ok", at(20)).unwrap();
    (folder, ledger)
}

#[test]
fn every_act_is_written_down_once_and_by_a_reference_only() {
    let (folder, ledger) = fresh();
    let id = ledger.keep(&service(1), at(0)).unwrap();
    assert_eq!(ledger.keep(&service(1), at(1)).unwrap(), id, "the same again is no act");
    let slow = Retry { lane: Lane::Slow, next_try_ms: 9 };
    ledger.refused(&id, Retry { lane: Lane::Normal, next_try_ms: 3 }, "no").unwrap();
    ledger.refused(&id, slow, "no").unwrap();
    ledger.refused(&id, slow, "no").unwrap();
    ledger.postponed(&id, 5, "no connection").unwrap();
    ledger.retry(&id, at(4)).unwrap();
    ledger.delivered(&id, "ok", at(5)).unwrap();
    assert!(ledger.delivered(&id, "ok", at(6)).is_err(), "delivered once");
    let damaged = ledger.keep(&rating(2, Level::Satisfied), at(7)).unwrap();
    let raw = behind_the_back(folder.path());
    raw.execute("UPDATE outbox SET body = x'00' WHERE seq = 2", []).unwrap();
    ledger.due(at(8), 9).unwrap();
    assert_eq!(events(folder.path()), ["opened", "kept", "slowed", "retried", "delivered", "kept", "parked"]);
    let history: Vec<String> = ledger.history(&id).unwrap().into_iter().map(|line| line.event).collect();
    assert_eq!(history, ["kept", "slowed", "retried", "delivered"]);
    assert_eq!(ledger.history(&damaged).unwrap().len(), 2);
    let columns =
        "SELECT CAST(group_concat(number || at_wall || event || hex(reference) || reference) AS BLOB) FROM audit";
    let bytes: Vec<u8> = raw.query_row(columns, [], |row| row.get(0)).unwrap();
    assert!(holds(&bytes, b"retried"));
    for secret in [NAME, "371002194803150016", "37T", id.as_str(), "atisf"] {
        assert!(!holds(&bytes, secret.as_bytes()), "{secret}");
    }
    drop(ledger);
    let other = Ledger::open(options(folder.path())).unwrap();
    other.counts().unwrap();
    assert_eq!(events(folder.path()).len(), 7, "looking leaves no entry");
    other.keep(&rating(3, Level::Satisfied), at(9)).unwrap();
    assert_eq!(events(folder.path())[7..], ["opened", "kept"]);
    assert_eq!(other.audit_verify(None).unwrap().entries, 9);
}

#[test]
fn a_clock_that_goes_back_is_written_down() {
    let (folder, ledger) = fresh();
    let keep = |number: u64, seconds: i64| {
        let moment = Moment { wall: at(0).wall + seconds.seconds(), tick_ms: number };
        ledger.keep(&rating(number, Level::Satisfied), moment).unwrap();
    };
    keep(1, 3_600);
    keep(2, 3_570);
    assert_eq!(events(folder.path()), ["opened", "kept", "kept"], "a small correction is no jump");
    keep(3, -315_000_000);
    keep(4, -314_999_000);
    assert_eq!(events(folder.path())[3..], ["clock-back", "kept", "kept"]);
    assert_eq!(ledger.audit_verify(None).unwrap().fault, None);
}

#[test]
fn an_audit_entry_is_neither_changed_nor_removed() {
    let (folder, _ledger) = twelve();
    let raw = behind_the_back(folder.path());
    for (sql, expected) in [
        ("UPDATE audit SET event = 'kept' WHERE number = 12", "never changed"),
        ("DELETE FROM audit WHERE number = 12", "behind the anchor"),
        ("DELETE FROM audit", "behind the anchor"),
        ("INSERT INTO audit VALUES (14, '', 'kept', x'', x'')", "follows the last one"),
        ("INSERT OR REPLACE INTO audit VALUES (3, '', 'kept', x'', x'')", "follows the last one"),
        ("UPDATE audit_end SET number = 3 WHERE side = 'head'", "moves forward"),
        ("UPDATE audit_end SET number = 12 WHERE side = 'anchor'", "moves forward"),
        ("DELETE FROM audit_end", "two ends"),
        ("INSERT OR REPLACE INTO audit_end VALUES ('head', 3, '', x'')", "two ends"),
    ] {
        let error = raw.execute(sql, []).unwrap_err().to_string();
        assert!(error.contains(expected), "{sql}: {error}");
    }
}

/// Spoils a log of twelve entries the way somebody would who has the key, and says what a walk finds.
fn check(spoil: &str, head: Option<&AuditHead>, expected: &str) {
    let (folder, ledger) = twelve();
    let raw = behind_the_back(folder.path());
    for trigger in ["in_order", "unchanged", "kept", "end_once", "end_forward", "end_kept"] {
        raw.execute_batch(&format!("DROP TRIGGER audit_{trigger}")).unwrap();
    }
    raw.execute_batch(spoil).unwrap();
    let report = ledger.audit_verify(head).unwrap();
    let found = report.fault.map_or("whole".into(), |fault| format!("{} {}", fault.number, fault.trouble));
    assert_eq!(found, expected, "{spoil}");
}

#[test]
fn a_spoilt_log_is_found_out_at_its_number() {
    check("", None, "whole");
    check("DELETE FROM audit WHERE number = 7", None, "7 is missing");
    check("DELETE FROM audit WHERE number <= 4", None, "1 is missing");
    check("DELETE FROM audit WHERE number >= 9", None, "9 and what follows it was cut off");
    check("DELETE FROM audit", None, "1 and what follows it was cut off");
    check("UPDATE audit SET event = 'delivered' WHERE number = 5", None, "5 is not what was written there");
    check("UPDATE audit SET at_wall = '2020-01-01T00:00:00' WHERE number = 5", None, "5 is not what was written there");
    check("UPDATE audit SET reference = x'' WHERE number = 5", None, "5 is not what was written there");
    check("UPDATE audit SET hash = x'00' WHERE number = 12", None, "12 is not what was written there");
    let swap = "UPDATE audit SET number = -1 WHERE number = 5; UPDATE audit SET number = 5 WHERE number = 6;
                UPDATE audit SET number = 6 WHERE number = -1";
    check(swap, None, "5 is not what was written there");
    check(
        "INSERT INTO audit SELECT 13, at_wall, event, reference, hash FROM audit WHERE number = 12",
        None,
        "13 is not what was written there",
    );
    check("UPDATE audit_end SET hash = zeroblob(32) WHERE side = 'anchor'", None, "0 belongs to another ledger");
    check("UPDATE audit_end SET hash = zeroblob(32) WHERE side = 'head'", None, "12 is not what was written there");
    check("DELETE FROM audit_end", None, "0 is missing");
}

#[test]
fn a_log_of_another_ledger_is_found_out() {
    let (other, _ledger) = twelve();
    let whole = |folder: &std::path::Path| format!("{}/plain.db", folder.display());
    let raw = behind_the_back(other.path());
    raw.execute_batch(&format!(
        "ATTACH '{}' AS plain KEY ''; CREATE TABLE plain.audit AS SELECT * FROM main.audit;
         CREATE TABLE plain.audit_end AS SELECT * FROM main.audit_end; DETACH plain;",
        whole(other.path())
    ))
    .unwrap();
    let (copy, ends) =
        ("INSERT INTO audit SELECT * FROM plain.audit", "INSERT INTO audit_end SELECT * FROM plain.audit_end");
    let attach = format!("ATTACH '{}' AS plain KEY ''", whole(other.path()));
    check(&format!("{attach}; DELETE FROM audit; {copy}"), None, "1 is not what was written there");
    check(
        &format!("{attach}; DELETE FROM audit; DELETE FROM audit_end; {copy}; {ends}"),
        None,
        "0 belongs to another ledger",
    );
    // Whole in itself and under its own key, but not the one whose head was countersigned.
    let signed = twelve().1.audit_verify(None).unwrap().head;
    check("", Some(&signed), "12 does not lead to the countersigned head");
}

#[test]
fn a_countersigned_head_finds_a_log_that_was_cut_and_mended() {
    let (folder, ledger) = twelve();
    let AuditReport { head, entries: 12, fault: None, .. } = ledger.audit_verify(None).unwrap() else {
        panic!("twelve entries verify")
    };
    let signed: AuditHead = head.to_string().parse().unwrap();
    ledger.keep(&rating(99, Level::Satisfied), at(30)).unwrap();
    assert_eq!(ledger.audit_verify(Some(&signed)).unwrap().fault, None, "the log goes on from what was signed");
    let raw = behind_the_back(folder.path());
    cut_and_mend(&raw, 9);
    assert_eq!(ledger.audit_verify(None).unwrap().fault, None, "it looks whole by itself");
    let fault = ledger.audit_verify(Some(&signed)).unwrap().fault.unwrap();
    assert_eq!(format!("{} {}", fault.number, fault.trouble), "10 and what follows it was cut off");
    for number in 100..110 {
        ledger.keep(&rating(number, Level::Satisfied), at(40)).unwrap();
    }
    let fault = ledger.audit_verify(Some(&signed)).unwrap().fault.unwrap();
    assert_eq!(format!("{} {}", fault.number, fault.trouble), "12 does not lead to the countersigned head");
}

fn cut_and_mend(raw: &Connection, last: u64) {
    for trigger in ["kept", "end_forward"] {
        raw.execute_batch(&format!("DROP TRIGGER audit_{trigger}")).unwrap();
    }
    raw.execute_batch(&format!(
        "DELETE FROM audit WHERE number > {last}; UPDATE audit_end SET number = {last},
         hash = (SELECT hash FROM audit WHERE number = {last}) WHERE side = 'head'"
    ))
    .unwrap();
}

#[test]
fn a_log_at_its_limit_gives_up_its_oldest_and_still_verifies() {
    let folder = tempfile::tempdir().unwrap();
    let small = Options { audit_rows_max: 100, ..options(folder.path()) };
    let ledger = Ledger::open(small).unwrap();
    for number in 0..40 {
        ledger.keep(&rating(number, Level::Satisfied), at(number)).unwrap();
    }
    let signed = ledger.audit_verify(None).unwrap().head;
    for number in 40..99 {
        ledger.keep(&rating(number, Level::Satisfied), at(number)).unwrap();
    }
    ledger.retain(at(100)).unwrap();
    assert_eq!(ledger.audit_verify(Some(&signed)).unwrap().entries, 100, "at the limit nothing goes");
    ledger.keep(&rating(99, Level::Satisfied), at(100)).unwrap();
    // A clock ten years ahead takes no more than the count does.
    ledger.retain(Moment { wall: at(100).wall + 10.years(), tick_ms: 101 }).unwrap();
    let report = ledger.audit_verify(None).unwrap();
    assert_eq!((report.fault, report.entries, report.anchor.number), (None, 99, 3));
    assert_eq!(ledger.audit_verify(Some(&signed)).unwrap().fault, None);
    assert_eq!(ledger.audit_verify(Some(&report.anchor)).unwrap().fault, None, "the anchor counts as signed too");
    assert_eq!(events(folder.path()).last().map(String::as_str), Some("shortened"));
}
