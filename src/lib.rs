//! yibao-kiosk: the self-service terminal of medical-insurance halls that an elderly resident can use alone.
//!
//! `ARCHITECTURE.md` shows the rooms of this house and the doors between them.

pub mod delivery;
pub mod device;
pub mod domain;
mod fetched;
pub mod hospital;
pub mod input;
pub mod journey;
pub mod ledger;
pub mod maintenance;
pub mod places;
pub mod platform;
pub mod receipt;
pub mod runtime;
#[cfg(feature = "screen")]
pub mod screen;
#[cfg(all(test, not(feature = "screen")))]
#[path = "screen/without_window.rs"]
pub mod screen;
pub mod session;
pub mod simulation;
pub mod voice;
pub mod words;
