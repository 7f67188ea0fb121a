//! Text a resident is still writing: wiped when it goes, hidden in debug output.

use std::fmt;
use std::ops::Deref;

use zeroize::{Zeroize, ZeroizeOnDrop};

/// A text that wipes itself.
#[derive(Clone, Default, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub(crate) struct Secret(String);

impl Secret {
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// Adds text, up to so many characters in all; `false` where it does not fit and is dropped whole. Three bytes a
    /// character are counted on, so that rare ones of four count for more.
    pub fn push(&mut self, text: &str, chars_max: usize) -> bool {
        let bytes = self.0.len() + text.len();
        if self.0.chars().count() + text.chars().count() > chars_max || bytes > 3 * chars_max {
            return false;
        }
        // Growing would leave a copy behind: the old buffer is wiped by hand.
        let mut longer = String::with_capacity((self.0.len() + text.len()).next_power_of_two());
        longer.push_str(&self.0);
        longer.push_str(text);
        self.0.zeroize();
        self.0 = longer;
        true
    }

    pub fn pop(&mut self) -> bool {
        self.0.pop().is_some()
    }

    pub fn clear(&mut self) {
        self.0.zeroize();
    }
}

impl Deref for Secret {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}
