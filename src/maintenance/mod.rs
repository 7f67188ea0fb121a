//! What technicians use: config, gallery, queue tools.

#[cfg(feature = "screen")]
pub mod gallery;
