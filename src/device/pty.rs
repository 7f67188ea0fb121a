//! The line of an emulated device: the master side of a pseudo terminal whose slave is published under
//! a stable path, written at the pace of a real wire. Only emulators use it.

use std::fs;
use std::io::{self, Read, Write};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serialport::{SerialPort, TTYPort};

/// Bits on the wire for a byte at 8N1.
const BITS_PER_BYTE: u64 = 10;

/// An emulated port. Dropping it is an unplug: the link goes and an open slave breaks.
pub(super) struct EmulatedPort {
    master: TTYPort,
    /// Held, so that the master does not break whenever the driver closes its side.
    slave: TTYPort,
    link: PathBuf,
}

impl EmulatedPort {
    /// Makes a pseudo terminal and points `link` to it.
    pub(super) fn plug(link: &Path) -> io::Result<Self> {
        let (master, slave) = TTYPort::pair()?;
        let node = slave.name().ok_or(io::ErrorKind::NotFound)?;
        if fs::symlink_metadata(link).is_ok_and(|found| !found.is_symlink()) {
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, "the path exists and is no symbolic link"));
        }
        let fresh = link.with_extension("new");
        let _ = fs::remove_file(&fresh);
        symlink(node, &fresh)?;
        fs::rename(&fresh, link)?;
        Ok(Self { master, slave, link: link.to_owned() })
    }

    /// What has come from the driver within `wait`.
    pub(super) fn read(&mut self, into: &mut [u8], wait: Duration) -> io::Result<usize> {
        self.master.set_timeout(wait)?;
        match self.master.read(into) {
            Err(error) if matches!(error.kind(), io::ErrorKind::TimedOut | io::ErrorKind::Interrupted) => Ok(0),
            other => other,
        }
    }

    /// Writes now, without pace. A driver that reads nothing loses bytes, as on a wire.
    pub(super) fn write(&mut self, bytes: &[u8]) {
        let _ = self.master.set_timeout(Duration::from_millis(100)).map(|()| self.master.write_all(bytes));
    }

    /// Frees the slave for the next opener: a driver that was killed leaves it marked as held. Closing
    /// a copy of the descriptor clears the mark; the lock that keeps two living drivers apart stays.
    pub(super) fn release(&self) {
        drop(self.slave.try_clone_native());
    }
}

impl Drop for EmulatedPort {
    fn drop(&mut self) {
        let ours = self.slave.name().map(PathBuf::from);
        if fs::read_link(&self.link).ok() == ours {
            let _ = fs::remove_file(&self.link);
        }
    }
}

/// How long so many bytes are on the wire.
pub(super) fn wire_time(bytes: usize, baud: u32) -> Duration {
    let bits = u64::try_from(bytes).unwrap_or(u64::MAX).saturating_mul(BITS_PER_BYTE);
    Duration::from_micros(bits.saturating_mul(1_000_000) / u64::from(baud.max(1)))
}
