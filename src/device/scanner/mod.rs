//! The barcode scanner that reads e-vouchers (医保电子凭证): options and the thread that joins line and driver.

pub mod driver;
pub mod emulator;
pub mod lexer;

use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use self::driver::Driver;
use super::line::Line;
use super::serve::{Served, Turn, serve};
use super::{DeviceEvent, DeviceHandle, Sink, Switches};

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
    let line = Line::new(options.path.clone(), options.baud);
    DeviceHandle::spawn("scanner", move |switches| serve(Driver::new(options), line, &sink, switches))
}

impl Served for Driver {
    fn opened(&mut self, _now_ms: u64) {
        self.opened();
    }

    fn closed(&mut self, refused: bool) {
        self.closed(refused);
    }

    fn turn(&mut self, now_ms: u64, switches: &Switches) -> Turn {
        let send = self.beam(now_ms, switches.beam_wanted()).unwrap_or_default().to_vec();
        Turn { fresh: false, send, listen: Some(Duration::from_millis(self.wait_ms(now_ms))) }
    }

    fn receive(&mut self, now_ms: u64, bytes: &[u8]) {
        self.receive(now_ms, bytes);
    }

    fn take_events(&mut self) -> Vec<DeviceEvent> {
        self.take_events()
    }

    fn farewell(&mut self, now_ms: u64) -> Vec<u8> {
        self.beam(now_ms, false).unwrap_or_default().to_vec()
    }
}
