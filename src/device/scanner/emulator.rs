//! An emulated scanner on a pseudo terminal: shows codes with any terminator at the pace of 9600 baud, and misbehaves.

use std::collections::VecDeque;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use zeroize::Zeroizing;

use crate::device::pty::{EmulatedPort, wire_time};

const BAUD: u32 = 9_600;
/// How long the emulator's thread listens before it looks at its controls again.
const LISTEN_MS: u64 = 20;
/// Pause between the pieces of a code that comes slowly; shorter than any sensible idle gap.
const PIECE_PAUSE_MS: u64 = 30;
/// How often a flooding scanner repeats a code.
const FLOOD_SCANS: usize = 50;
/// How many bytes an overlong code has.
const OVERLONG_BYTES: usize = 2_000;
/// What was heard from the driver is kept up to this number of bytes.
const HEARD_BYTES_MAX: usize = 4_096;
/// The thread frees the slave for another opener after so many listens.
const RELEASE_LISTENS: u32 = 50;

/// What ends a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Terminator {
    /// CR.
    #[default]
    Cr,
    /// LF.
    Lf,
    /// CR LF.
    CrLf,
    /// Nothing but silence.
    None,
}

impl Terminator {
    /// Every terminator with its name on the console.
    pub const ALL: [(&'static str, Self); 4] =
        [("cr", Self::Cr), ("lf", Self::Lf), ("crlf", Self::CrLf), ("none", Self::None)];

    fn bytes(self) -> &'static [u8] {
        match self {
            Self::Cr => b"\r",
            Self::Lf => b"\n",
            Self::CrLf => b"\r\n",
            Self::None => b"",
        }
    }
}

/// How an emulated scanner misbehaves until told otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ScannerFault {
    /// Not at all.
    #[default]
    None,
    /// Rubbish bytes before each code.
    Noise,
    /// Codes come in small pieces.
    SplitSlowly,
    /// Codes are drowned in two thousand digits.
    Overlong,
    /// Each code is sent many times.
    Flood,
    /// Nothing is sent.
    Mute,
}

impl ScannerFault {
    /// Every fault with its name on the console.
    pub const ALL: [(&'static str, Self); 6] = [
        ("none", Self::None),
        ("noise", Self::Noise),
        ("split-slowly", Self::SplitSlowly),
        ("overlong", Self::Overlong),
        ("flood", Self::Flood),
        ("mute", Self::Mute),
    ];
}

#[derive(Default)]
struct Bench {
    stop: bool,
    plugged: bool,
    /// Grows with every plugging, so that a quick unplug and replug is not missed.
    pluggings: u64,
    terminator: Terminator,
    fault: ScannerFault,
    shown: VecDeque<Zeroizing<Vec<u8>>>,
    heard: Vec<u8>,
}

/// An emulated scanner. Its controls may be used from any thread; dropping it unplugs it.
pub struct ScannerEmulator {
    bench: Arc<Mutex<Bench>>,
    thread: Option<JoinHandle<()>>,
}

impl ScannerEmulator {
    /// Plugs a scanner in at `link`, a symbolic link that comes and goes with the scanner.
    ///
    /// # Errors
    /// If no pseudo terminal can be had or the link cannot be made.
    pub fn start(link: &Path) -> io::Result<Self> {
        let port = EmulatedPort::plug(link)?;
        let bench = Arc::new(Mutex::new(Bench { plugged: true, ..Bench::default() }));
        let (theirs, link) = (Arc::clone(&bench), link.to_owned());
        let thread =
            thread::Builder::new().name("scanner-emulator".to_owned()).spawn(move || work(&theirs, &link, port))?;
        Ok(Self { bench, thread: Some(thread) })
    }

    /// Holds a code before the scanner, once.
    pub fn show(&self, code: &str) {
        self.send(code.as_bytes());
    }

    /// The same for bytes that are no text.
    pub fn send(&self, code: &[u8]) {
        lock(&self.bench).shown.push_back(Zeroizing::new(code.to_vec()));
    }

    /// What ends codes from now on.
    pub fn terminator(&self, terminator: Terminator) {
        lock(&self.bench).terminator = terminator;
    }

    /// Misbehaves like this from now on.
    pub fn fault(&self, fault: ScannerFault) {
        lock(&self.bench).fault = fault;
    }

    /// Pulls the plug.
    pub fn unplug(&self) {
        lock(&self.bench).plugged = false;
    }

    /// Plugs it in again, as another device node under the same path.
    pub fn replug(&self) {
        let mut bench = lock(&self.bench);
        bench.plugged = true;
        bench.pluggings += 1;
    }

    /// Whether it is, or is about to be, plugged in.
    pub fn plugged(&self) -> bool {
        lock(&self.bench).plugged
    }

    /// What the driver has sent so far, such as beam commands.
    pub fn heard(&self) -> Vec<u8> {
        lock(&self.bench).heard.clone()
    }
}

impl Drop for ScannerEmulator {
    fn drop(&mut self) {
        lock(&self.bench).stop = true;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// A control that panicked half-way leaves nothing that could mislead.
fn lock(bench: &Mutex<Bench>) -> MutexGuard<'_, Bench> {
    bench.lock().unwrap_or_else(PoisonError::into_inner)
}

fn work(bench: &Mutex<Bench>, link: &Path, first: EmulatedPort) {
    let mut port = Some(first);
    let (mut pluggings, mut listens) = (0, 0u32);
    loop {
        let shown = {
            let mut bench = lock(bench);
            if bench.stop {
                return;
            }
            if !bench.plugged || pluggings != bench.pluggings {
                port = None;
                pluggings = bench.pluggings;
            }
            if bench.plugged && port.is_none() {
                port = EmulatedPort::plug(link).ok();
            }
            // What is held before an unplugged scanner is not seen.
            let code = bench.shown.pop_front();
            code.map(|code| pieces(&code, bench.terminator, bench.fault))
        };
        let Some(open) = &mut port else {
            thread::sleep(Duration::from_millis(LISTEN_MS));
            continue;
        };
        for piece in shown.into_iter().flatten() {
            thread::sleep(wire_time(piece.len(), BAUD) + Duration::from_millis(PIECE_PAUSE_MS));
            open.write(&piece);
        }
        let mut bytes = [0; 64];
        let count = open.read(&mut bytes, Duration::from_millis(LISTEN_MS)).unwrap_or(0);
        hear(bench, &bytes[..count]);
        listens += 1;
        if listens.is_multiple_of(RELEASE_LISTENS) {
            open.release();
        }
    }
}

fn hear(bench: &Mutex<Bench>, bytes: &[u8]) {
    let mut bench = lock(bench);
    let room = HEARD_BYTES_MAX - bench.heard.len().min(HEARD_BYTES_MAX);
    bench.heard.extend_from_slice(&bytes[..bytes.len().min(room)]);
}

/// A code as it goes over the wire, cut where the scanner pauses.
fn pieces(code: &[u8], terminator: Terminator, fault: ScannerFault) -> Vec<Zeroizing<Vec<u8>>> {
    let whole = |head: &[u8]| {
        let mut line = Zeroizing::new(Vec::with_capacity(head.len() + code.len() + 2));
        line.extend_from_slice(head);
        line.extend_from_slice(code);
        line.extend_from_slice(terminator.bytes());
        line
    };
    match fault {
        ScannerFault::None => vec![whole(&[])],
        ScannerFault::Noise => vec![whole(&[0xFF, 0x00, 0x9A, 0x41])],
        ScannerFault::SplitSlowly => whole(&[]).chunks(4).map(|piece| Zeroizing::new(piece.to_vec())).collect(),
        ScannerFault::Overlong => vec![whole(&[b'4'; OVERLONG_BYTES])],
        ScannerFault::Flood => vec![Zeroizing::new(whole(&[]).repeat(FLOOD_SCANS))],
        ScannerFault::Mute => Vec::new(),
    }
}
