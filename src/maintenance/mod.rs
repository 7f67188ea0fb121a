//! What technicians use: config, gallery, queue and audit tools.

pub mod audit;
pub mod config;
#[cfg(feature = "screen")]
pub mod gallery;
pub mod queue;
pub mod receipt;
