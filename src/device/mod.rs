//! One folder a peripheral: pure protocol, driver, emulator. No platform, no ledger, no screens.
//!
//! Each device has one thread of its own that opens its path, speaks its protocol and tells what
//! happened through a [`Sink`]. Nothing here knows what a visit is.

pub mod emulate;
pub mod id_reader;
pub mod line;
mod pty;
pub mod scanner;
mod serve;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};

use crate::domain::{CardTrouble, DeviceKind, DeviceState, EVoucher, IdentityCard};

pub use id_reader::{IdReaderOptions, spawn_id_reader};
pub use scanner::{ScannerOptions, Trigger, spawn_scanner};

/// What a device tells. Card events come in brackets: one `CardFound`, then `CardRead` or
/// `CardUnreadable`, at last `CardLifted`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeviceEvent {
    /// A device changed its state; told only on change.
    State(DeviceKind, DeviceState),
    /// A card lies on the reader and is being read.
    CardFound,
    /// The card was read; it may be lifted now.
    CardRead(Box<IdentityCard>),
    /// The card that lies there cannot be used. Told once until it is lifted.
    CardUnreadable(CardTrouble),
    /// The card that was read or tried is gone.
    CardLifted,
    /// An e-voucher was scanned.
    Scanned(EVoucher),
    /// Something else was scanned.
    ScannedOther,
}

/// Where a device's thread puts its events. Called on that thread; it must not block for long.
pub type Sink = Box<dyn Fn(DeviceEvent) + Send>;

/// A running device. Dropping it stops and joins the thread, which takes at most a read time-out.
#[derive(Debug)]
pub struct DeviceHandle {
    shared: Arc<Switches>,
    thread: Option<JoinHandle<()>>,
}

/// What the outside may ask of a device's thread while it runs.
#[derive(Debug, Default)]
pub(crate) struct Switches {
    stop: AtomicBool,
    beam: AtomicBool,
}

impl Switches {
    /// Whether the thread shall end.
    pub(crate) fn stopping(&self) -> bool {
        self.stop.load(Ordering::Acquire)
    }

    /// Whether the scanner shall shine.
    pub(crate) fn beam_wanted(&self) -> bool {
        self.beam.load(Ordering::Acquire)
    }
}

impl DeviceHandle {
    /// Starts `work` on a named thread. If the system has no thread left, the handle is inert.
    pub(crate) fn spawn(name: &str, work: impl FnOnce(&Switches) + Send + 'static) -> Self {
        let shared = Arc::new(Switches::default());
        let theirs = Arc::clone(&shared);
        let thread = thread::Builder::new().name(name.to_owned()).spawn(move || work(&theirs));
        if let Err(error) = &thread {
            tracing::error!(name, %error, "no thread for the device; restart the terminal");
        }
        Self { shared, thread: thread.ok() }
    }

    /// Ends the thread and waits for it.
    pub fn stop(self) {
        drop(self);
    }

    /// Asks the scanner to shine or to go dark; without effect on other devices and on scanners
    /// without a trigger.
    pub fn beam(&self, on: bool) {
        self.shared.beam.store(on, Ordering::Release);
        self.wake();
    }

    fn wake(&self) {
        if let Some(thread) = &self.thread {
            thread.thread().unpark();
        }
    }
}

impl Drop for DeviceHandle {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::Release);
        self.wake();
        if self.thread.take().is_some_and(|thread| thread.join().is_err()) {
            tracing::error!("a device thread had ended by itself");
        }
    }
}
