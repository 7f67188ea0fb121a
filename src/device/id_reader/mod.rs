//! The resident-ID reader (居民身份证阅读器) after GA 450 and GA/T 467: options and the thread that joins
//! line and driver. The photo is never taken out of the frame it came in.

pub mod command;
pub mod driver;
pub mod emulator;
pub mod frame;
pub mod image;
pub(crate) mod sam;
pub mod samples;
pub mod text;

use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, Zeroizing};

use self::driver::{Driver, Step};
use super::line::{Line, LineLost, LineState};
use super::{DeviceHandle, Sink, Switches};

/// How to reach and poll a reader.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct IdReaderOptions {
    /// Stable path of the port, best a udev symlink.
    pub path: PathBuf,
    /// Baud rate, 8N1.
    pub baud: u32,
    /// How often an empty reader is asked for a card.
    pub find_every_ms: u64,
    /// How often it is asked whether the card that was read still lies there.
    pub hold_every_ms: u64,
    /// How long an answer may take to begin.
    pub answer_ms_max: u64,
    /// The same for reading a card, which takes the reader about a second of radio.
    pub read_answer_ms_max: u64,
}

impl Default for IdReaderOptions {
    fn default() -> Self {
        Self {
            path: PathBuf::from("/dev/kiosk/id-reader"),
            baud: 115_200,
            find_every_ms: 300,
            hold_every_ms: 400,
            answer_ms_max: 600,
            read_answer_ms_max: 1_800,
        }
    }
}

/// Starts the thread that serves one reader. It opens the path as soon as it is there.
pub fn spawn_id_reader(options: IdReaderOptions, sink: Sink) -> DeviceHandle {
    DeviceHandle::spawn("id-reader", move |switches| serve(options, &sink, switches))
}

/// Read buffer; a short one keeps latency low at no cost on a serial line.
const CHUNK_BYTES: usize = 512;

fn serve(options: IdReaderOptions, sink: &Sink, switches: &Switches) {
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
                LineState::Ready => driver.opened(now_ms()),
                LineState::Refused => driver.closed(true),
                LineState::Absent | LineState::Lost => driver.closed(false),
            }
        }
        if state != LineState::Ready {
            driver.take_events().into_iter().for_each(sink);
            thread::park_timeout(line.retry_in());
            continue;
        }
        // A lost line is noticed by the next poll.
        let _ = advance(&mut line, &mut driver, &mut chunk[..], &now_ms);
        driver.take_events().into_iter().for_each(sink);
    }
}

fn advance(line: &mut Line, driver: &mut Driver, chunk: &mut [u8], now_ms: &dyn Fn() -> u64) -> Result<(), LineLost> {
    match driver.step(now_ms()) {
        Step::Send(command) => {
            line.discard_input()?;
            line.write(&command.encode())
        }
        Step::Listen { wait_ms } => {
            let count = line.read(chunk, Duration::from_millis(wait_ms))?;
            driver.receive(now_ms(), &chunk[..count]);
            chunk[..count].zeroize();
            Ok(())
        }
    }
}
