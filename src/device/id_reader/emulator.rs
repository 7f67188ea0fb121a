//! An emulated reader on a pseudo terminal: the same bytes at the same pace as the hardware, and every
//! way to misbehave that one meets in a hall.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::command::Status;
use super::image::CardImage;
use super::sam::{Mishaps, Sam};
use crate::device::pty::{EmulatedPort, wire_time};

const BAUD: u32 = 115_200;
/// So many bytes are written at once; 1.4 ms of wire.
const PACE_BYTES: usize = 16;
/// How long the emulator's thread listens before it looks at its controls again.
const LISTEN_MS: u64 = 20;
/// Half a request is forgotten after so many silent listens.
const SILENT_LISTENS_MAX: u32 = 10;

/// How an emulated reader misbehaves until told otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fault {
    /// Not at all.
    #[default]
    None,
    /// It sees no card, whatever lies there.
    NoCard,
    /// The card is pulled away while it is read (41).
    PulledMidRead,
    /// The card is none of the module's (40).
    NotAnIdentityCard,
    /// Every answer's XOR is wrong.
    BadChecksum,
    /// One byte a second.
    OneBytePerSecond,
    /// Rubbish before every answer.
    NoiseBeforeFrame,
    /// No answer at all.
    Silent,
    /// Every byte is another one, as with a wrong baud rate.
    Garbled,
    /// The module is not authorised (66).
    Unauthorised,
    /// The module's self-test failed (60).
    SelfTestFailed,
}

impl Fault {
    /// Every fault with its name on the console.
    pub const ALL: [(&'static str, Self); 11] = [
        ("none", Self::None),
        ("no-card", Self::NoCard),
        ("pulled-mid-read", Self::PulledMidRead),
        ("not-an-identity-card", Self::NotAnIdentityCard),
        ("bad-checksum", Self::BadChecksum),
        ("one-byte-per-second", Self::OneBytePerSecond),
        ("noise-before-frame", Self::NoiseBeforeFrame),
        ("silent", Self::Silent),
        ("garbled", Self::Garbled),
        ("unauthorised", Self::Unauthorised),
        ("self-test-failed", Self::SelfTestFailed),
    ];

    /// The fault of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, fault)| *fault)
    }

    fn mishaps(self) -> Mishaps {
        let always = match self {
            Self::Unauthorised => Some(Status::Unauthorised),
            Self::SelfTestFailed => Some(Status::SelfTestFailed),
            _ => None,
        };
        Mishaps { always, foreign_card: self == Self::NotAnIdentityCard, pulled: self == Self::PulledMidRead }
    }
}

/// What the controls say.
#[derive(Default)]
struct Bench {
    stop: bool,
    plugged: bool,
    /// Grows with every plugging, so that a quick unplug and replug is not missed.
    pluggings: u64,
    card: Option<CardImage>,
    /// Grows with every laying and lifting.
    card_moves: u64,
    fault: Fault,
    unplug_at_byte: Option<usize>,
}

/// An emulated reader. Its controls may be used from any thread; dropping it unplugs it.
pub struct IdReaderEmulator {
    bench: Arc<Mutex<Bench>>,
    thread: Option<JoinHandle<()>>,
}

impl IdReaderEmulator {
    /// Plugs a reader in at `link`, a symbolic link that comes and goes with the reader.
    ///
    /// # Errors
    /// If no pseudo terminal can be had or the link cannot be made.
    pub fn start(link: &Path) -> io::Result<Self> {
        let port = EmulatedPort::plug(link)?;
        let bench = Arc::new(Mutex::new(Bench { plugged: true, ..Bench::default() }));
        let theirs = Desk { bench: Arc::clone(&bench), link: link.to_owned(), sam: Sam::default() };
        let thread = thread::Builder::new().name("id-reader-emulator".to_owned()).spawn(move || theirs.work(port))?;
        Ok(Self { bench, thread: Some(thread) })
    }

    /// Lays a card on the reader, instead of the one that may lie there.
    pub fn lay(&self, card: CardImage) {
        let mut bench = lock(&self.bench);
        bench.card = Some(card);
        bench.card_moves += 1;
    }

    /// Takes the card away.
    pub fn lift(&self) {
        let mut bench = lock(&self.bench);
        bench.card = None;
        bench.card_moves += 1;
    }

    /// Misbehaves like this from now on.
    pub fn fault(&self, fault: Fault) {
        lock(&self.bench).fault = fault;
    }

    /// Pulls the plug. A card stays where it lies.
    pub fn unplug(&self) {
        lock(&self.bench).plugged = false;
    }

    /// Plugs it in again, as another device node under the same path.
    pub fn replug(&self) {
        let mut bench = lock(&self.bench);
        bench.plugged = true;
        bench.pluggings += 1;
    }

    /// Pulls the plug once so many bytes of the next card's answer have been sent.
    pub fn unplug_at_read_byte(&self, byte: usize) {
        lock(&self.bench).unplug_at_byte = Some(byte);
    }

    /// Whether it is, or is about to be, plugged in.
    pub fn plugged(&self) -> bool {
        lock(&self.bench).plugged
    }

    /// Whether a card lies on it.
    pub fn card_lies(&self) -> bool {
        lock(&self.bench).card.is_some()
    }
}

impl Drop for IdReaderEmulator {
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

/// The emulator's thread.
struct Desk {
    bench: Arc<Mutex<Bench>>,
    link: PathBuf,
    sam: Sam,
}

impl Desk {
    fn work(mut self, first: EmulatedPort) {
        let mut port = Some(first);
        let (mut pluggings, mut card_moves, mut silent_listens) = (0, 0, 0);
        while !lock(&self.bench).stop {
            let (plugged, now_pluggings, now_moves) = {
                let bench = lock(&self.bench);
                (bench.plugged, bench.pluggings, bench.card_moves)
            };
            if !plugged || pluggings != now_pluggings {
                port = None;
                self.sam = Sam::default();
            }
            if card_moves != now_moves {
                self.sam.forget_card();
            }
            (pluggings, card_moves) = (now_pluggings, now_moves);
            if plugged && port.is_none() {
                port = EmulatedPort::plug(&self.link).ok();
            }
            let Some(open) = &mut port else {
                thread::sleep(Duration::from_millis(LISTEN_MS));
                continue;
            };
            let mut bytes = [0; 256];
            let count = open.read(&mut bytes, Duration::from_millis(LISTEN_MS)).unwrap_or(0);
            silent_listens = if count == 0 { silent_listens + 1 } else { 0 };
            if silent_listens == SILENT_LISTENS_MAX {
                self.sam.forget_input();
                open.release();
            }
            self.serve(open, &bytes[..count], &mut card_moves);
        }
    }

    fn serve(&mut self, port: &mut EmulatedPort, bytes: &[u8], card_moves: &mut u64) {
        let mut next = self.sam.request(bytes);
        while let Some(request) = next {
            let (bytes, unplug_at) = self.answer(&request, card_moves);
            self.send(port, &bytes, unplug_at);
            next = self.sam.request(&[]);
        }
    }

    fn answer(
        &mut self,
        request: &Result<Vec<u8>, Status>,
        card_moves: &mut u64,
    ) -> (zeroize::Zeroizing<Vec<u8>>, Option<usize>) {
        let mut bench = lock(&self.bench);
        if *card_moves != bench.card_moves {
            *card_moves = bench.card_moves;
            self.sam.forget_card();
        }
        let fault = bench.fault;
        if fault == Fault::PulledMidRead && matches!(request.as_deref(), Ok([0x30, 0x01 | 0x10])) {
            bench.card = None;
        }
        let card = bench.card.as_ref().filter(|_| fault != Fault::NoCard);
        let request = request.as_ref().map(Vec::as_slice).map_err(|status| *status);
        let answer = self.sam.answer(request, card, fault.mishaps());
        let unplug_at = if answer.carries_card { bench.unplug_at_byte.take() } else { None };
        (distort(answer.bytes, fault), unplug_at)
    }

    /// Sends at the wire's pace, up to the byte at which the plug is pulled.
    fn send(&self, port: &mut EmulatedPort, bytes: &[u8], unplug_at: Option<usize>) {
        let mut due = Instant::now();
        let mut sent = 0;
        let end = unplug_at.map_or(bytes.len(), |byte| byte.min(bytes.len()));
        while sent < end {
            let slow = lock(&self.bench).fault == Fault::OneBytePerSecond;
            let count = if slow { 1 } else { PACE_BYTES.min(end - sent) };
            due += if slow { Duration::from_secs(1) } else { wire_time(count, BAUD) };
            if !self.sleep_until(due) {
                return;
            }
            port.write(&bytes[sent..sent + count]);
            sent += count;
        }
        if unplug_at.is_some() {
            lock(&self.bench).plugged = false;
        }
    }

    /// Sleeps in short portions; `false` if the plug was pulled meanwhile.
    fn sleep_until(&self, due: Instant) -> bool {
        let pluggings = lock(&self.bench).pluggings;
        loop {
            {
                let bench = lock(&self.bench);
                if bench.stop || !bench.plugged || bench.pluggings != pluggings {
                    return false;
                }
            }
            let left = due.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return true;
            }
            thread::sleep(left.min(Duration::from_millis(LISTEN_MS)));
        }
    }
}

/// What the fault makes of an answer on its way.
fn distort(mut bytes: zeroize::Zeroizing<Vec<u8>>, fault: Fault) -> zeroize::Zeroizing<Vec<u8>> {
    match fault {
        Fault::Silent => bytes.clear(),
        Fault::BadChecksum => bytes.iter_mut().rev().take(1).for_each(|byte| *byte ^= 0x5A),
        Fault::Garbled => bytes.iter_mut().for_each(|byte| *byte = byte.rotate_left(3) ^ 0x35),
        Fault::NoiseBeforeFrame => {
            let mut noisy = zeroize::Zeroizing::new(vec![0x00, 0xFF, 0xAA, 0x55, 0xAA, 0xAA, 0x96, 0x13, 0xAA]);
            noisy.extend_from_slice(&bytes);
            return noisy;
        }
        _ => {}
    }
    bytes
}
