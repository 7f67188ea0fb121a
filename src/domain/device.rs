//! Device kinds and their closed set of states, named after CEN XFS4IoT.

use serde::{Deserialize, Serialize};

/// A peripheral the kiosk knows by role, never by port.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeviceKind {
    /// Resident-ID reader (居民身份证阅读器), SDT/SAM protocol.
    IdReader,
    /// Barcode scanner that reads the e-voucher (医保电子凭证).
    Scanner,
}

/// What a device can be, after CEN XFS4IoT `CommonStatus.device`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeviceState {
    /// Present and answering.
    Online,
    /// Present, but it does not answer (silent, garbled or far too slow).
    Offline,
    /// Nothing at its path: unplugged, or never there.
    NoDevice,
    /// It answers that it cannot work (self-test failed, module not authorised).
    HardwareError,
    /// It works, but what a person did with it cannot work (card pulled away, wrong card).
    UserError,
    /// A command is under way.
    Busy,
    /// Opened, not yet known to answer.
    Starting,
}

impl DeviceState {
    /// Whether a resident can be sent to this device now.
    pub fn usable(self) -> bool {
        matches!(self, Self::Online | Self::Busy | Self::UserError)
    }
}
