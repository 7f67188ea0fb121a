//! What may stay below a floor, with the reason. Nothing else may.

use crate::screen::Element;

use super::{Check, Setting};

/// One thing that is let pass.
pub struct Exception {
    /// Which floor.
    pub check: Check,
    /// Screens it holds for: the beginning of their names; empty: all.
    pub screen: &'static str,
    /// Components of `ui/` it holds for.
    pub kinds: &'static [&'static str],
    /// Why nothing is lost.
    pub reason: &'static str,
}

/// All of them.
pub const EXCEPTIONS: [Exception; 2] = [
    Exception {
        check: Check::Reach,
        screen: "",
        kinds: &["LevelRow", "ChoiceRow", "FilingRow", "KeyButton", "SearchLine", "PromiseBox"],
        reason: "rows and keys that fill the glass; 放低 brings all of them into the lower half, the way on lies low always",
    },
    Exception {
        check: Check::Reach,
        screen: "",
        kinds: &["ModeTile", "CardButton", "LinkButton"],
        reason: "stands with what it belongs to: under the greeting, on the card of the amount; 放低 brings it down",
    },
];

/// Whether this is let pass here.
pub fn excused(check: Check, setting: &Setting, element: &Element) -> bool {
    EXCEPTIONS.iter().any(|exception| {
        exception.check == check
            && setting.screen.starts_with(exception.screen)
            && element.kinds.iter().any(|kind| exception.kinds.contains(&kind.as_str()))
    })
}
