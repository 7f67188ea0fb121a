//! What technicians use: config, gallery, queue and audit tools.

pub mod audit;
pub mod config;
#[cfg(feature = "screen")]
pub mod gallery;
#[cfg(feature = "bus")]
pub mod ingest;
pub mod queue;
