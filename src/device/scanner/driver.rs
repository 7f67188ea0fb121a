//! Which scans are told and when the beam is driven. No port and no clock.

use std::mem;

use super::lexer::{Lexer, Scan};
use super::{ScannerOptions, Trigger};
use crate::device::DeviceEvent;
use crate::domain::{DeviceKind, DeviceState, EVoucher};

/// A code held before the scanner is read many times a second; repetitions within this are one scan.
const REPEAT_MS: u64 = 1_500;
/// Engines go dark by themselves after a while; a wanted beam is asked for again this often.
const BEAM_EVERY_MS: u64 = 3_000;
/// How long a listening thread may wait when nothing is due.
const IDLE_MS: u64 = 1_000;

/// The logic of one scanner.
pub struct Driver {
    options: ScannerOptions,
    lexer: Lexer,
    heard_ms: u64,
    last_voucher: Option<(EVoucher, u64)>,
    last_other_ms: Option<u64>,
    beam_sent: Option<u64>,
    state: Option<DeviceState>,
    events: Vec<DeviceEvent>,
}

impl Driver {
    /// A driver whose line is not open yet.
    pub fn new(options: ScannerOptions) -> Self {
        Self {
            options,
            lexer: Lexer::default(),
            heard_ms: 0,
            last_voucher: None,
            last_other_ms: None,
            beam_sent: None,
            state: None,
            events: Vec::new(),
        }
    }

    /// What has happened since the last call.
    pub fn take_events(&mut self) -> Vec<DeviceEvent> {
        mem::take(&mut self.events)
    }

    /// The line is open. A scanner is mute by nature: open is all that can be known.
    pub fn opened(&mut self) {
        self.lexer.reset();
        self.beam_sent = None;
        self.set_state(DeviceState::Starting);
        self.set_state(DeviceState::Online);
    }

    /// The line is not open: `refused` if something is at its path.
    pub fn closed(&mut self, refused: bool) {
        self.lexer.reset();
        self.set_state(if refused { DeviceState::Offline } else { DeviceState::NoDevice });
    }

    /// Bytes have come, or (empty) time has passed.
    pub fn receive(&mut self, now_ms: u64, bytes: &[u8]) {
        let mut scans = Vec::new();
        if !bytes.is_empty() {
            self.heard_ms = now_ms;
            self.lexer.push(bytes, |scan| scans.push(scan));
        } else if self.lexer.pending() && now_ms >= self.heard_ms + self.options.idle_gap_ms {
            self.lexer.idle(|scan| scans.push(scan));
        }
        scans.into_iter().for_each(|scan| self.tell(now_ms, scan));
        if self.last_voucher.as_ref().is_some_and(|(_, at)| now_ms >= at + REPEAT_MS) {
            self.last_voucher = None;
        }
    }

    /// How long the thread may listen before time itself is news.
    pub fn wait_ms(&self, now_ms: u64) -> u64 {
        let gap = self.lexer.pending().then(|| (self.heard_ms + self.options.idle_gap_ms).saturating_sub(now_ms));
        let forget = self.last_voucher.as_ref().map(|(_, at)| (at + REPEAT_MS).saturating_sub(now_ms));
        gap.into_iter().chain(forget).min().unwrap_or(IDLE_MS)
    }

    /// The bytes that bring the beam to where it is wanted, if any are due.
    pub fn beam(&mut self, now_ms: u64, wanted: bool) -> Option<&'static [u8]> {
        let (on, off) = self.options.trigger.bytes()?;
        match (wanted, self.beam_sent) {
            (true, Some(at)) if now_ms < at + BEAM_EVERY_MS => None,
            (true, _) => {
                self.beam_sent = Some(now_ms);
                Some(on)
            }
            (false, Some(_)) => {
                self.beam_sent = None;
                Some(off)
            }
            (false, None) => None,
        }
    }

    fn tell(&mut self, now_ms: u64, scan: Scan) {
        // A successful scan darkens a triggered beam.
        self.beam_sent = self.beam_sent.map(|_| 0);
        match scan {
            Scan::Voucher(voucher) => {
                let repeated =
                    self.last_voucher.as_ref().is_some_and(|(last, at)| *last == voucher && now_ms < at + REPEAT_MS);
                self.last_voucher = Some((voucher.clone(), now_ms));
                if !repeated {
                    self.events.push(DeviceEvent::Scanned(voucher));
                }
            }
            Scan::Other => {
                let repeated = self.last_other_ms.is_some_and(|at| now_ms < at + REPEAT_MS);
                self.last_other_ms = Some(now_ms);
                if !repeated {
                    self.events.push(DeviceEvent::ScannedOther);
                }
            }
        }
    }

    fn set_state(&mut self, state: DeviceState) {
        if self.state != Some(state) {
            self.state = Some(state);
            self.events.push(DeviceEvent::State(DeviceKind::Scanner, state));
        }
    }
}

impl Trigger {
    /// Bytes for on and off.
    fn bytes(self) -> Option<(&'static [u8], &'static [u8])> {
        match self {
            Self::None => None,
            Self::Honeywell => Some((&[0x16, 0x54, 0x0D], &[0x16, 0x55, 0x0D])),
            Self::Newland => Some((&[0x1B, 0x31], &[0x1B, 0x30])),
            Self::Zkteco => Some((b"T", b"P")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODE: &[u8] = b"4241111222233334444566330000\r";
    const OTHER: &[u8] = b"4241111222233334444566330001\r";

    /// Input at moments; how many vouchers and others are told.
    fn check(input: &[(u64, &[u8])], vouchers: usize, others: usize) {
        let mut driver = Driver::new(ScannerOptions::default());
        driver.opened();
        input.iter().for_each(|(now_ms, bytes)| driver.receive(*now_ms, bytes));
        let events = driver.take_events();
        let count = |pick: fn(&DeviceEvent) -> bool| events.iter().filter(|event| pick(event)).count();
        assert_eq!(count(|event| matches!(event, DeviceEvent::Scanned(_))), vouchers);
        assert_eq!(count(|event| matches!(event, DeviceEvent::ScannedOther)), others);
    }

    #[test]
    fn repetitions_are_one_scan() {
        check(&[(0, CODE), (100, CODE), (1_500, CODE), (2_900, CODE)], 1, 0);
        check(&[(0, CODE), (1_500, CODE)], 2, 0);
        check(&[(0, CODE), (100, OTHER), (200, OTHER)], 2, 0);
        check(&[(0, b"a\r"), (100, b"b\r"), (1_700, b"c\r")], 0, 2);
    }

    #[test]
    fn an_idle_gap_ends_a_scan() {
        let code = &CODE[..28];
        check(&[(0, code), (79, b"")], 0, 0);
        check(&[(0, code), (80, b"")], 1, 0);
        check(&[(0, &code[..10]), (70, &code[10..]), (140, b""), (150, b"")], 1, 0);
    }

    #[test]
    fn a_wanted_beam_is_renewed_and_put_out() {
        let mut driver = Driver::new(ScannerOptions { trigger: Trigger::Honeywell, ..ScannerOptions::default() });
        let mut check = |now_ms, wanted, expected: Option<&[u8]>| assert_eq!(driver.beam(now_ms, wanted), expected);
        check(0, false, None);
        check(10, true, Some(&[0x16, 0x54, 0x0D]));
        check(20, true, None);
        check(3_010, true, Some(&[0x16, 0x54, 0x0D]));
        check(3_020, false, Some(&[0x16, 0x55, 0x0D]));
        check(3_030, false, None);
    }
}
