//! The real driver of the scanner, with the bytes of a code as a line brings them: whole, in pieces, without an
//! end, twice, after noise, with a wrong digit, or half.

use rand::RngExt;
use rand_chacha::ChaCha8Rng;

use crate::device::DeviceEvent;
use crate::device::scanner::ScannerOptions;
use crate::device::scanner::driver::Driver;

/// When some bytes arrive after the code is held up, and which.
pub(super) type Piece = (u64, Vec<u8>);

/// Driver and line.
pub(super) struct Scanner {
    driver: Driver,
    plugged: bool,
}

impl Scanner {
    /// A scanner at a machine that has just started.
    pub fn new(plugged: bool) -> Self {
        let mut scanner = Self { driver: Driver::new(ScannerOptions::default()), plugged: !plugged };
        scanner.plug(plugged);
        scanner
    }

    pub fn plug(&mut self, plugged: bool) {
        if plugged != self.plugged {
            self.plugged = plugged;
            if plugged { self.driver.opened() } else { self.driver.closed(false) }
        }
    }

    pub fn plugged(&self) -> bool {
        self.plugged
    }

    /// Bytes that have come, or none: time has passed. Tells when to ask again.
    pub fn receive(&mut self, tick_ms: u64, bytes: &[u8]) -> Option<u64> {
        if !self.plugged {
            return None;
        }
        self.driver.receive(tick_ms, bytes);
        (!bytes.is_empty()).then(|| tick_ms + self.driver.wait_ms(tick_ms))
    }

    pub fn take_events(&mut self) -> Vec<DeviceEvent> {
        self.driver.take_events()
    }
}

/// What the line brings of a code.
pub(super) fn pieces(code: &str, chance: &mut ChaCha8Rng) -> Vec<Piece> {
    let (half, line) = (code.len() / 2, format!("{code}\r").into_bytes());
    match chance.random_range(0..16) {
        0 => vec![(0, line[..half].to_vec()), (chance.random_range(1..70), line[half..].to_vec())],
        1 => vec![(0, code.as_bytes().to_vec())],
        2 => vec![(0, line.clone()), (chance.random_range(1..3_000), line)],
        3 => vec![(0, b"\x06%%NoRead\r\xFF\xFE\r".to_vec()), (5, line)],
        4 => {
            let (place, mut wrong) = (chance.random_range(3..code.len()), line);
            wrong[place] = if wrong[place] == b'9' { b'0' } else { wrong[place] + 1 };
            vec![(0, wrong)]
        }
        5 => vec![(0, line[..half].to_vec())],
        _ => vec![(0, line)],
    }
}
