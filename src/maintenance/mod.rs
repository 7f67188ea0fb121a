//! What technicians use: config, gallery, queue, audit, places and hospitals tools.

pub mod audit;
pub mod config;
#[cfg(feature = "screen")]
pub mod gallery;
pub mod hospitals;
pub mod places;
#[cfg(feature = "bus")]
pub mod ingest;
pub mod queue;
pub mod voice;
