//! The barcode scanner that reads e-vouchers (医保电子凭证): options and the thread that joins line and driver.

pub mod driver;
pub mod emulator;
pub mod lexer;

use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, Zeroizing};

use self::driver::Driver;
use super::line::{Line, LineLost, LineState, READ_MS_MAX};
use super::{DeviceHandle, Sink, Switches};

/// How the beam is switched over the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trigger {
    /// Not at all: the scanner sees by itself when a code is held before it.
    #[default]
    None,
    /// SYN T CR and SYN U CR, in serial trigger mode.
    Honeywell,
    /// ESC 1 and ESC 0.
    Newland,
    /// `T` and `P`.
    Zkteco,
}

/// How to reach a scanner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ScannerOptions {
    /// Stable path of the port, best a udev symlink.
    pub path: PathBuf,
    /// Baud rate, 8N1.
    pub baud: u32,
    /// How the beam is switched.
    pub trigger: Trigger,
    /// Silence that ends a scan of a scanner without terminator.
    pub idle_gap_ms: u64,
}

impl Default for ScannerOptions {
    fn default() -> Self {
        Self { path: PathBuf::from("/dev/kiosk/scanner"), baud: 9_600, trigger: Trigger::None, idle_gap_ms: 80 }
    }
}

/// Starts the thread that serves one scanner. It opens the path as soon as it is there.
pub fn spawn_scanner(options: ScannerOptions, sink: Sink) -> DeviceHandle {
    DeviceHandle::spawn("scanner", move |switches| serve(options, &sink, switches))
}

/// Read buffer.
const CHUNK_BYTES: usize = 256;

fn serve(options: ScannerOptions, sink: &Sink, switches: &Switches) {
    let mut line = Line::new(options.path.clone(), options.baud);
    let mut driver = Driver::new(options);
    let mut chunk = Zeroizing::new([0u8; CHUNK_BYTES]);
    let begun = Instant::now();
    let now_ms = || u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    let mut last = None;
    while !switches.stopping() {
        let state = line.poll();
        if last.replace(state) != Some(state) {
            match state {
                LineState::Ready => driver.opened(),
                LineState::Refused => driver.closed(true),
                LineState::Absent | LineState::Lost => driver.closed(false),
            }
        }
        if state == LineState::Ready {
            // A lost line is noticed by the next poll.
            let _ = advance(&mut line, &mut driver, &mut chunk[..], switches, &now_ms);
        }
        driver.take_events().into_iter().for_each(sink);
        if state != LineState::Ready {
            thread::park_timeout(line.retry_in());
        }
    }
    if let Some(off) = driver.beam(now_ms(), false) {
        let _ = line.write(off);
    }
}

fn advance(
    line: &mut Line,
    driver: &mut Driver,
    chunk: &mut [u8],
    switches: &Switches,
    now_ms: &dyn Fn() -> u64,
) -> Result<(), LineLost> {
    if let Some(bytes) = driver.beam(now_ms(), switches.beam_wanted()) {
        line.write(bytes)?;
    }
    let wait_ms = driver.wait_ms(now_ms()).min(READ_MS_MAX);
    let count = line.read(chunk, Duration::from_millis(wait_ms))?;
    driver.receive(now_ms(), &chunk[..count]);
    chunk[..count].zeroize();
    Ok(())
}
