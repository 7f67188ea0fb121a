//! Whole processes: the real program over pseudo-terminals, HTTP and a real ledger, killed and searched.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a helper of a test fails the test")]

mod stage;

use std::time::Duration;

use stage::{Stage, number_of, synthetic};

/// Bytes cross a pseudo-terminal, the balance crosses HTTP, the rating crosses SQLite, and a kill -9 sits between
/// rating and delivery: the province has both records, each once.
#[test]
fn a_killed_kiosk_delivers_once() {
    let mut stage = Stage::set();
    stage.reach_balance();
    stage.kill_platform();
    stage.rate("满意");
    stage.kill_kiosk();
    assert_eq!(stage.province(), (0, 0), "nothing could have been delivered yet");
    stage.start_platform();
    stage.start_kiosk();
    stage.wait_province(1, 1);
    // What would be sent again is sent within a moment of the start; a second start sends nothing more.
    stage.kill_kiosk();
    stage.start_kiosk();
    stage.wait_queue_empty();
    assert_eq!(stage.province(), (1, 1));
}

/// Killed at any instant around the press of “提交评价”: what was thanked for arrives, and nothing arrives twice.
#[test]
fn what_was_thanked_for_survives_a_kill_at_any_instant() {
    let mut stage = Stage::set();
    let mut thanked = 0;
    for after_ms in [0, 3, 8, 20, 60, 200] {
        stage.reach_balance();
        stage.press("办完了");
        stage.wait("Rate");
        stage.press("非常满意");
        stage.press("提交评价");
        std::thread::sleep(Duration::from_millis(after_ms));
        thanked += usize::from(stage.screen() == "Question");
        stage.kill_kiosk();
        stage.start_kiosk();
        stage.wait_queue_empty();
        let (services, ratings) = stage.province();
        assert!(ratings >= thanked, "thanked {thanked}, arrived {ratings}");
        assert!(services >= ratings, "a rating arrived before its service record");
    }
    assert!(thanked > 0, "no kill came after the thanks; the test shows nothing");
}

/// Name, numbers and amounts of a visit are nowhere in the kiosk's memory after it.
#[test]
fn nothing_of_a_person_stays_in_memory() {
    let mut stage = Stage::set();
    stage.reach_balance();
    let traces = synthetic(&number_of(0));
    let during = stage.found_in_memory(&traces);
    assert!(during.len() >= 3, "the search finds nothing even during the visit: {during:?}");
    stage.rate("满意");
    stage.press("跳过");
    stage.lift();
    stage.wait("Standby");
    stage.wait_province(1, 1);
    stage.wait_queue_empty();
    stage.wait_nothing_in_memory(&traces);
}

/// Unplugged while somebody stands there, and plugged in again under another name.
#[test]
fn an_unplugged_reader_is_said_within_two_seconds_and_back_within_five() {
    let mut stage = Stage::set();
    stage.press("点这里开始");
    stage.wait("Home");
    stage.press("查医保余额");
    stage.wait("Identify");
    stage.reader("unplug");
    stage.wait_within("Fault", 2);
    stage.reader("replug");
    stage.wait_within("Identify", 5);
    stage.reader("lay 1");
    stage.wait("WhoAreYou");
}
