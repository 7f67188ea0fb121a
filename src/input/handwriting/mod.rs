//! Handwriting: ink on a pad in, characters to choose from out.
//!
//! A model that reads whole pictures of characters is used, so neither the order nor the number of the strokes matters, nor
//! whether they are joined. No screen lives here, no dictionary, and no memory of what anybody wrote before.

mod desk;
mod ink;
mod labels;
mod ranking;
mod raster;
mod recogniser;
#[cfg(test)]
mod tests;

use std::fmt;
use std::path::PathBuf;

use zeroize::{Zeroize, ZeroizeOnDrop};

pub use desk::{DeskEvent, HandwritingDesk, Ticket};
pub use ink::{Ink, POINTS_MAX, STROKES_MAX};
pub use recogniser::{MODEL_FILE, Recogniser, find_model_folder};

/// As many characters are offered for one position; more keys would be too small to press or too many to read.
pub const CANDIDATES_MAX: usize = 8;

/// Why there is no handwriting. The kiosk goes on without it; pinyin needs no model.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HandwritingError {
    /// The file is not there.
    #[error("there is no handwriting model at {}; install/models.sh fetches it", .0.display())]
    NoModel(PathBuf),
    /// The file is there and cannot be used.
    #[error("the handwriting model at {} cannot be used ({reason}); remove it and run install/models.sh", .path.display())]
    BadModel {
        /// The file.
        path: PathBuf,
        /// What the runtime said.
        reason: String,
    },
    /// The table of traditional and simplified characters inside the program is broken.
    #[error("the table of simplified characters cannot be read: {0}")]
    Twins(String),
    /// The model failed on an image.
    #[error("the handwriting model failed: {0}")]
    Run(String),
    /// The system gave no thread to work on.
    #[error("no thread for handwriting: {0}")]
    NoThread(String),
}

/// What a pad is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pad {
    /// One character at a time.
    Character,
    /// Several characters side by side.
    Line,
}

/// One character the ink may stand for. Debug output hides it.
#[derive(Clone, Copy, PartialEq, Zeroize)]
pub struct Candidate {
    /// The character.
    pub character: char,
    /// Larger is likelier; comparable within one position only.
    pub score: f32,
}

impl fmt::Debug for Candidate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Candidate(…)")
    }
}

/// What was read from a pad. Wiped when dropped; debug output tells only how much.
#[derive(Clone, PartialEq, Default, Zeroize, ZeroizeOnDrop)]
pub struct Reading {
    positions: Vec<Vec<Candidate>>,
}

impl Reading {
    /// From left to right, what each character may be: likeliest first, at least one and at most [`CANDIDATES_MAX`].
    /// Empty when nothing was read; a pad for one character gives at most one position.
    pub fn positions(&self) -> &[Vec<Candidate>] {
        &self.positions
    }

    /// What the first position may be; empty when nothing was read.
    pub fn candidates(&self) -> &[Candidate] {
        self.positions.first().map_or(&[], Vec::as_slice)
    }

    /// The likeliest character of every position, one after the other.
    pub fn text(&self) -> String {
        self.positions.iter().filter_map(|candidates| candidates.first()).map(|best| best.character).collect()
    }
}

impl fmt::Debug for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Reading({} positions)", self.positions.len())
    }
}
