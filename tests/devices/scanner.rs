//! Scanners over real pseudo terminals.

use yibao_kiosk::device::scanner::emulator::{ScannerEmulator, ScannerFault, Terminator};
use yibao_kiosk::device::{DeviceEvent, DeviceHandle, ScannerOptions, Trigger, spawn_scanner};
use yibao_kiosk::domain::{DeviceKind, DeviceState};

use crate::{Events, PATIENCE, VOUCHER, events, wait_for};

struct Scanner {
    emulator: ScannerEmulator,
    events: Events,
    driver: DeviceHandle,
    _folder: tempfile::TempDir,
}

fn scanner(trigger: Trigger) -> Scanner {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("scanner");
    let emulator = ScannerEmulator::start(&path).unwrap();
    let (sink, events) = events();
    let driver = spawn_scanner(ScannerOptions { path, trigger, ..ScannerOptions::default() }, sink);
    events.check(&["Starting", "Online"]);
    Scanner { emulator, events, driver, _folder: folder }
}

fn check_scan(terminator: Terminator, fault: ScannerFault, expected: &[&str]) {
    let scanner = scanner(Trigger::None);
    scanner.emulator.terminator(terminator);
    scanner.emulator.fault(fault);
    scanner.emulator.show(VOUCHER);
    scanner.events.check(expected);
    // Whatever came before, another kind of scan is told at once: nothing of the first is left over.
    scanner.emulator.fault(ScannerFault::None);
    scanner.emulator.terminator(Terminator::Cr);
    let (next, name) = if expected == ["Scanned"] { ("6901234567892", "ScannedOther") } else { (VOUCHER, "Scanned") };
    scanner.emulator.show(next);
    scanner.events.check(&[name]);
}

#[test]
fn a_voucher_is_scanned_with_every_terminator() {
    for (_, terminator) in Terminator::ALL {
        check_scan(terminator, ScannerFault::None, &["Scanned"]);
    }
}

#[test]
fn a_misbehaving_scanner_gives_the_right_voucher_or_none() {
    check_scan(Terminator::Cr, ScannerFault::SplitSlowly, &["Scanned"]);
    check_scan(Terminator::CrLf, ScannerFault::Flood, &["Scanned"]);
    check_scan(Terminator::Cr, ScannerFault::Noise, &["ScannedOther"]);
    check_scan(Terminator::Cr, ScannerFault::Overlong, &["ScannedOther"]);
}

#[test]
fn an_unplugged_scanner_is_told_of_and_comes_back() {
    let scanner = scanner(Trigger::None);
    scanner.emulator.unplug();
    scanner.events.check(&["NoDevice"]);
    scanner.emulator.replug();
    scanner.events.check(&["Starting", "Online"]);
    scanner.emulator.show(VOUCHER);
    scanner.events.check(&["Scanned"]);
}

#[test]
fn the_beam_follows_the_wish() {
    let scanner = scanner(Trigger::Honeywell);
    scanner.driver.beam(true);
    wait_for("the beam is asked for", || scanner.emulator.heard().starts_with(&[0x16, 0x54, 0x0D]));
    scanner.driver.beam(false);
    wait_for("the beam is put out", || scanner.emulator.heard().ends_with(&[0x16, 0x55, 0x0D]));
}

#[test]
fn a_scanner_speaks_for_itself() {
    let scanner = scanner(Trigger::None);
    scanner.emulator.unplug();
    let event = scanner.events.receiver.recv_timeout(PATIENCE).unwrap();
    assert_eq!(event, DeviceEvent::State(DeviceKind::Scanner, DeviceState::NoDevice));
}
