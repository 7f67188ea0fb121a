//! Every screen measured as a resident meets it: on every panel, in every mode and language, in millimetres and ratios.
//!
//! Draws without a display. What must be how large stands in `screen::floors`; what may stay below, and why, in
//! [`exceptions`]. Knows nothing of devices, ledgers and platforms.

pub mod exceptions;
pub mod layout;
pub mod pixels;
#[cfg(test)]
mod tests;
pub mod walk;

use std::fmt;

use crate::session::Modes;
use crate::words::tag;

use super::config::Panel;

pub use walk::{Report, Scope, run};

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Check {
    /// Nothing leaves the glass.
    Glass,
    /// Every text fits its place.
    Fit,
    /// Nothing is cut with an ellipsis.
    Elision,
    /// Font sizes.
    Text,
    /// Font size of the balance.
    Amount,
    /// From line to line.
    LineHeight,
    /// Chinese characters a line.
    LineLength,
    /// No slanted letters.
    Italic,
    /// Short side of what can be pressed.
    Target,
    /// Between two things to press.
    Gap,
    /// Nothing to press lies over another.
    Overlap,
    /// No text lies over another.
    TextOverlap,
    /// Nothing to press lies over what is being said.
    Caption,
    /// Everything to press lies in the lower two thirds of an upright panel.
    Reach,
    /// With 放低, everything to press lies in its lower half.
    Low,
    /// Everything that takes a finger is a button and says what it does.
    Label,
    /// There is always something to press.
    Way,
    /// Things to begin on the first screen.
    Tiles,
    /// The keys of a pad go the way one reads.
    Order,
    /// Words against their ground, on the pixels.
    TextContrast,
    /// Edge or fill of what can be pressed against its surroundings, on the pixels.
    EdgeContrast,
    /// What is chosen can be told without colours, on the pixels.
    Greyscale,
    /// Every text has ink: no glyph is missing.
    Ink,
}

/// One screen as somebody has it before them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Setting {
    /// Name of the fixture.
    pub screen: &'static str,
    /// Page of a screen that has several, from 0.
    pub page: usize,
    /// The panel.
    pub panel: Panel,
    /// The modes.
    pub modes: Modes,
}

/// Something that is not as it must be.
#[derive(Debug, Clone, PartialEq)]
pub struct Violation {
    /// Where.
    pub setting: Setting,
    /// What was measured.
    pub check: Check,
    /// On what.
    pub element: String,
    /// What it came to, with its unit.
    pub measured: String,
    /// What it had to come to.
    pub wanted: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { setting, check, element, measured, wanted } = self;
        write!(f, "{check:?}: {setting}: {element}: {measured}, wanted {wanted}")
    }
}

impl fmt::Display for Setting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.screen)?;
        if self.page > 0 {
            write!(f, " page {}", self.page + 1)?;
        }
        write!(f, " on {} {}", self.panel.name(), describe(self.modes))
    }
}

/// Modes in words that also serve in file names: `large-contrast-reach-voice-en`.
pub fn describe(modes: Modes) -> String {
    let font = if modes.large_font { "large" } else { "standard" };
    let on = [(modes.contrast, "contrast"), (modes.reach, "reach"), (modes.voice, "voice")];
    let parts = on.into_iter().filter_map(|(on, name)| on.then_some(name));
    [font].into_iter().chain(parts).chain([tag(modes.language)]).collect::<Vec<_>>().join("-")
}
