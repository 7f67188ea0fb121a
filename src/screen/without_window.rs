//! The room of the screens in a build without them, for its tests alone: the invented views, and what they say.

pub mod fixtures;
mod hearing;
mod options;

pub use options::{Reading, ScreenOptions};
