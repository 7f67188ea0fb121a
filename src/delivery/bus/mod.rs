//! The fleet bus: records travel over NATS JetStream to a receiver of the province, which answers with receipts.
//!
//! The bus's own acknowledgement is never a receipt: a record leaves the kiosk's queue only when the receiver has
//! committed it. Subjects, limits and the servers' configuration are described in `docs/fleet-bus.md`.
//! No screen, no device, and no rule about when to try again.

mod config;
mod link;
mod profile;
mod receiver;
mod store;
mod streams;
mod wire;

pub use config::{BusConfig, BusConfigError, KioskName, fresh_seed, public_key};
pub use profile::BusProfile;
pub use receiver::{Receiver, ReceiverConfig, ReceiverError};
pub use store::{Store, StoreError, Stored};
pub use streams::{STREAM, StreamLimits, make_stream};
