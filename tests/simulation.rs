//! Whole simulated days: many seeds, the same trace for the same seed, and proof that the checks can fail.
//!
//! `KIOSK_SIM_SEEDS` sets how many seeds are lived through, `KIOSK_SIM_SEED` the first of them,
//! `KIOSK_SIM_CUTS` how often the power fails, `KIOSK_SIM_OUTAGE_DAYS` how long the province is away.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a helper of a test fails the test")]

use yibao_kiosk::simulation::{Counts, Outcome, Sabotage, SimulateOptions, power_cuts, run, simulate};

const SEEDS: u64 = 10;
const CUTS: u64 = 60;
fn number_from(variable: &str, usual: u64) -> u64 {
    std::env::var(variable).map_or(usual, |text| text.parse().expect(variable))
}

fn day(seed: u64, sabotage: Sabotage) -> Outcome {
    simulate(seed, 1, sabotage).expect("a folder")
}

/// Every seed of this part of all seeds holds every promise.
fn check_seeds(part: u64, parts: u64) {
    let (first, seeds) = (number_from("KIOSK_SIM_SEED", 1), number_from("KIOSK_SIM_SEEDS", SEEDS));
    println!("KIOSK_SIM_SEED={first} KIOSK_SIM_SEEDS={seeds}, part {part} of {parts}");
    let mut counts = Counts::default();
    for seed in (first..first + seeds).filter(|seed| seed % parts == part) {
        let outcome = day(seed, Sabotage::None);
        if let Some(failure) = outcome.failure {
            panic!("kiosk simulate --seed {seed}\n{failure}");
        }
        counts += outcome.counts;
    }
    println!("{counts:?}");
}

#[test]
fn every_promise_holds_through_every_even_seed() {
    check_seeds(0, 2);
}

#[test]
fn every_promise_holds_through_every_odd_seed() {
    check_seeds(1, 2);
}

#[test]
fn the_same_seed_gives_the_same_trace() {
    let (once, again) = (day(5, Sabotage::None), day(5, Sabotage::None));
    assert_eq!(once, again);
    assert_ne!(once.digest, day(6, Sabotage::None).digest);
}

#[test]
fn what_an_outage_of_days_has_piled_up_arrives_once() {
    let outage_days = u32::try_from(number_from("KIOSK_SIM_OUTAGE_DAYS", 2)).expect("days");
    let options = SimulateOptions { seed: 1, seeds: 1, days: 1, outage_days, power_cuts: None };
    let mut report = Vec::new();
    run(&options, &mut report).unwrap_or_else(|error| panic!("{error}"));
    println!("{}", String::from_utf8_lossy(&report));
}

/// Within a few seeds the sabotage breaks one of these promises, and only ever one of these.
fn check_caught(sabotage: Sabotage, promises: &[&str]) {
    let broken: Vec<&str> =
        (1..=3).filter_map(|seed| day(seed, sabotage).failure.map(|failure| failure.promise)).collect();
    assert!(!broken.is_empty(), "{sabotage:?} goes unnoticed");
    assert!(broken.iter().all(|promise| promises.contains(promise)), "{sabotage:?}: {broken:?}");
}

#[test]
fn an_acknowledged_record_that_is_dropped_is_caught() {
    check_caught(Sabotage::DropsAcknowledged, &["nothing acknowledged is lost"]);
}

#[test]
fn a_province_that_counts_twice_is_caught() {
    check_caught(Sabotage::ForgetfulProvince, &["no effect twice"]);
}

#[test]
fn a_platform_that_denies_having_a_filing_is_caught() {
    check_caught(Sabotage::ForgetfulOffice, &["no effect twice"]);
}

#[test]
fn a_record_marked_as_delivered_and_never_sent_is_caught() {
    check_caught(Sabotage::PretendsDelivered, &["nothing acknowledged is lost", "order and content of what is sent"]);
}

#[test]
fn a_disk_that_lies_about_syncing_is_caught() {
    check_caught(Sabotage::LyingDisk, &["nothing acknowledged is lost", "the ledger opens again"]);
    let report = power_cuts(1, 50, true);
    assert!(report.is_err() || report.is_ok_and(|report| report.lost > 0), "the lie goes unnoticed");
}

#[test]
fn a_screen_that_stays_too_long_is_caught() {
    check_caught(Sabotage::StaysTooLong, &["back to standby in time"]);
}

#[test]
fn power_cuts_inside_the_ledgers_work_lose_nothing() {
    let (seed, cuts) = (number_from("KIOSK_SIM_SEED", 1), number_from("KIOSK_SIM_CUTS", CUTS));
    println!("KIOSK_SIM_SEED={seed} KIOSK_SIM_CUTS={cuts}");
    let report = power_cuts(seed, cuts, false).expect("a folder");
    println!("{report:?}");
    assert_eq!(report.lost, 0, "{report:?}");
    assert!(report.acknowledged >= cuts, "{report:?}");
}
