//! The serial line: opening by path, deadlines, losing and re-opening.
//!
//! It knows bytes and paths, never what they mean. Any error but a time-out closes the port: USB
//! adapters report an unplug in too many ways to tell them apart.

use std::io::{ErrorKind, Read, Write};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use serialport::{ClearBuffer, SerialPort, TTYPort};

/// First wait before a path is tried again.
const RETRY_MS_MIN: u64 = 200;
/// Longest wait before a path is tried again.
const RETRY_MS_MAX: u64 = 1_000;
/// How often an open line checks that its path still leads to the same node.
const PATH_CHECK_MS: u64 = 500;
/// A write that takes longer is given up; the missing answer then tells the rest.
const WRITE_MS_MAX: u64 = 200;
/// Longest single wait in a read, so that a thread notices quickly that it shall stop.
const READ_MS_MAX: u64 = 50;
/// Stale bytes are thrown away up to this number, so that a flood cannot hold the line for ever.
const DISCARD_BYTES_MAX: usize = 8_192;

/// Where a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineState {
    /// Nothing at the path.
    Absent,
    /// Something is there and refuses to be opened: no right, held by another program, not a port.
    Refused,
    /// Open.
    Ready,
    /// It was open and broke; it will be tried again after a short wait.
    Lost,
}

/// The line broke while it was used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the serial line broke; it is opened again as soon as its path is back")]
pub struct LineLost;

/// A serial port that is found by its path again and again.
#[derive(Debug)]
pub struct Line {
    path: PathBuf,
    baud: u32,
    port: Option<TTYPort>,
    /// What the path led to when the port was opened; udev may point it elsewhere.
    target: Option<PathBuf>,
    state: LineState,
    due: Instant,
    retry_ms: u64,
}

impl Line {
    /// A closed line; [`Line::poll`] opens it.
    pub fn new(path: PathBuf, baud: u32) -> Self {
        let state = LineState::Absent;
        Self { path, baud, port: None, target: None, state, due: Instant::now(), retry_ms: RETRY_MS_MIN }
    }

    /// Opens the line when that is due, notices when its path has moved, and says where it is.
    pub fn poll(&mut self) -> LineState {
        if Instant::now() < self.due {
            return self.state;
        }
        if self.port.is_none() {
            self.open();
        } else if self.moved() {
            self.lose();
        } else {
            self.due = Instant::now() + Duration::from_millis(PATH_CHECK_MS);
        }
        self.state
    }

    /// How long a thread may sleep before it polls a closed line again.
    pub fn retry_in(&self) -> Duration {
        self.due.saturating_duration_since(Instant::now())
    }

    /// Reads what is there, waiting at most `wait` and never longer than 50 ms. 0 means nothing came.
    ///
    /// # Errors
    /// [`LineLost`] once the line is closed; it opens again by [`Line::poll`].
    pub fn read(&mut self, into: &mut [u8], wait: Duration) -> Result<usize, LineLost> {
        let port = self.port.as_mut().ok_or(LineLost)?;
        // Less than a millisecond would turn the caller's loop into a busy one.
        let wait = wait.clamp(Duration::from_millis(1), Duration::from_millis(READ_MS_MAX));
        let outcome = port.set_timeout(wait).map_err(std::io::Error::from).and_then(|()| port.read(into));
        match outcome {
            Ok(0) => Err(self.lose()),
            Ok(count) => Ok(count),
            Err(error) if patient(&error) => Ok(0),
            Err(_) => Err(self.lose()),
        }
    }

    /// Sends all of `bytes`. A device that takes nothing in is no error here: it will not answer either.
    ///
    /// # Errors
    /// [`LineLost`] once the line is closed.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), LineLost> {
        let port = self.port.as_mut().ok_or(LineLost)?;
        let _ = port.set_timeout(Duration::from_millis(WRITE_MS_MAX));
        match port.write_all(bytes) {
            Ok(()) => Ok(()),
            Err(error) if patient(&error) => {
                let _ = port.clear(ClearBuffer::Output);
                Ok(())
            }
            Err(_) => Err(self.lose()),
        }
    }

    /// Throws away what has come and was not read: answers to commands nobody waits for any more.
    ///
    /// # Errors
    /// [`LineLost`] once the line is closed.
    pub fn discard_input(&mut self) -> Result<(), LineLost> {
        let _ = self.port.as_ref().ok_or(LineLost)?.clear(ClearBuffer::Input);
        let mut waste = zeroize::Zeroizing::new([0u8; 512]);
        let mut discarded = 0;
        while discarded < DISCARD_BYTES_MAX && self.bytes_waiting() {
            discarded += self.read(waste.as_mut(), Duration::ZERO)?.max(1);
        }
        Ok(())
    }

    fn bytes_waiting(&self) -> bool {
        self.port.as_ref().is_some_and(|port| port.bytes_to_read().is_ok_and(|waiting| waiting > 0))
    }

    fn open(&mut self) {
        let target = std::fs::canonicalize(&self.path).ok();
        let builder = serialport::new(self.path.to_string_lossy(), self.baud).dtr_on_open(true);
        match builder.timeout(Duration::from_millis(READ_MS_MAX)).open_native() {
            Ok(mut port) => {
                // Pseudo terminals and some adapters have no such pin; the line works without.
                let _ = port.write_request_to_send(true);
                (self.port, self.target, self.state) = (Some(port), target, LineState::Ready);
                self.retry_ms = RETRY_MS_MIN;
                self.due = Instant::now() + Duration::from_millis(PATH_CHECK_MS);
                let _ = self.discard_input();
            }
            Err(_) => {
                self.state = if self.path.exists() { LineState::Refused } else { LineState::Absent };
                self.due = Instant::now() + Duration::from_millis(self.retry_ms);
                self.retry_ms = (self.retry_ms * 3 / 2).min(RETRY_MS_MAX);
            }
        }
    }

    fn moved(&self) -> bool {
        self.target.is_some() && std::fs::canonicalize(&self.path).ok() != self.target
    }

    fn lose(&mut self) -> LineLost {
        if let Some(port) = self.port.take() {
            // Unsent bytes would make the kernel wait for them in close.
            let _ = port.clear(ClearBuffer::All);
        }
        self.state = LineState::Lost;
        self.retry_ms = RETRY_MS_MIN;
        self.due = Instant::now() + Duration::from_millis(RETRY_MS_MIN);
        LineLost
    }
}

/// Errors that only mean "not yet".
fn patient(error: &std::io::Error) -> bool {
    matches!(error.kind(), ErrorKind::TimedOut | ErrorKind::Interrupted)
}
