//! What technicians use: config, gallery, queue tools.

pub mod config;
#[cfg(feature = "screen")]
pub mod gallery;
pub mod queue;
