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
use std::time::Duration;

use serde::{Deserialize, Serialize};

use self::driver::{Driver, Step};
use super::line::Line;
use super::serve::{Served, Turn, serve};
use super::{DeviceEvent, DeviceHandle, Sink, Switches};

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
    let line = Line::new(options.path.clone(), options.baud);
    DeviceHandle::spawn("id-reader", move |switches| serve(Driver::new(options), line, &sink, switches))
}

impl Served for Driver {
    fn opened(&mut self, now_ms: u64) {
        self.opened(now_ms);
    }

    fn closed(&mut self, refused: bool) {
        self.closed(refused);
    }

    fn turn(&mut self, now_ms: u64, _switches: &Switches) -> Turn {
        match self.step(now_ms) {
            Step::Send(command) => Turn { fresh: true, send: command.encode().to_vec(), listen: None },
            Step::Listen { wait_ms } => Turn { listen: Some(Duration::from_millis(wait_ms)), ..Turn::default() },
        }
    }

    fn receive(&mut self, now_ms: u64, bytes: &[u8]) {
        self.receive(now_ms, bytes);
    }

    fn take_events(&mut self) -> Vec<DeviceEvent> {
        self.take_events()
    }
}
