//! What technicians use: config, gallery, queue, audit, places and hospitals tools.

pub mod audit;
pub mod config;
#[cfg(feature = "screen")]
pub mod gallery;
pub mod hospitals;
#[cfg(feature = "bus")]
pub mod ingest;
pub mod places;
pub mod queue;
pub mod receipt;
#[cfg(feature = "screen")]
pub mod screen_audit;
pub mod voice;
