//! The loop every serial device is served by: it opens the line, tells the driver of its state, and carries bytes to
//! and fro. What they mean is the driver's business.

use std::thread;
use std::time::{Duration, Instant};

use zeroize::{Zeroize, Zeroizing};

use super::line::{Line, LineLost, LineState};
use super::{DeviceEvent, Sink, Switches};

/// Read buffer; a short one keeps latency low at no cost on a serial line.
const CHUNK_BYTES: usize = 512;

/// One exchange on an open line.
#[derive(Debug, Default)]
pub(super) struct Turn {
    /// Stale input is thrown away before anything is sent.
    pub fresh: bool,
    /// Bytes to send; empty for none.
    pub send: Vec<u8>,
    /// How long to listen; `None` for not at all.
    pub listen: Option<Duration>,
}

/// The driver of one kind of serial device, without port and clock. Times are milliseconds that never go back.
pub(super) trait Served {
    /// The line is open.
    fn opened(&mut self, now_ms: u64);

    /// The line is not open: `refused` if something is at its path.
    fn closed(&mut self, refused: bool);

    /// What to do now.
    fn turn(&mut self, now_ms: u64, switches: &Switches) -> Turn;

    /// Bytes have come, or (empty) none came while it listened.
    fn receive(&mut self, now_ms: u64, bytes: &[u8]);

    /// What has happened since the last call.
    fn take_events(&mut self) -> Vec<DeviceEvent>;

    /// Bytes that leave the device at rest when the thread ends.
    fn farewell(&mut self, _now_ms: u64) -> Vec<u8> {
        Vec::new()
    }
}

/// Serves one device until it shall stop.
pub(super) fn serve(mut driver: impl Served, mut line: Line, sink: &Sink, switches: &Switches) {
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
        if state == LineState::Ready {
            let turn = driver.turn(now_ms(), switches);
            // A lost line is noticed by the next poll.
            if let Ok(Some(count)) = exchange(&mut line, &turn, &mut chunk[..]) {
                driver.receive(now_ms(), &chunk[..count]);
                chunk[..count].zeroize();
            }
        }
        driver.take_events().into_iter().for_each(sink);
        if state != LineState::Ready {
            thread::park_timeout(line.retry_in());
        }
    }
    let _ = line.write(&driver.farewell(now_ms()));
}

/// Sends and listens; says how many bytes came, if it listened.
fn exchange(line: &mut Line, turn: &Turn, chunk: &mut [u8]) -> Result<Option<usize>, LineLost> {
    if turn.fresh {
        line.discard_input()?;
    }
    if !turn.send.is_empty() {
        line.write(&turn.send)?;
    }
    turn.listen.map(|wait| line.read(chunk, wait)).transpose()
}
