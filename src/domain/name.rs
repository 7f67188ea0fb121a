//! A person's name, exactly as a card or the platform gave it.

use std::fmt;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// A name as UTF-16 code units, so that private-use characters and unpaired surrogates from a
/// chip survive unchanged. Wiped on drop; hidden in debug output.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct PersonName(Vec<u16>);

impl PersonName {
    /// Keeps the units as read, less the padding spaces (U+0020, U+0000) at the end.
    pub fn from_utf16(units: &[u16]) -> Self {
        let end = units.iter().rposition(|u| *u != 0x20 && *u != 0).map_or(0, |last| last + 1);
        Self(units[..end].to_vec())
    }

    /// The same for text that came as UTF-8, such as a platform answer.
    pub fn from_text(text: &str) -> Self {
        Self(text.encode_utf16().collect())
    }

    /// The units exactly as read.
    pub fn utf16(&self) -> &[u16] {
        &self.0
    }

    /// Whether nothing was written in the name's place.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The whole name for sending. An unpaired surrogate, which no text can carry, becomes U+FFFD.
    pub fn to_text(&self) -> String {
        String::from_utf16_lossy(&self.0)
    }

    /// The name as a screen may show it: first and last character, stars between (张*华, 李*).
    pub fn masked(&self) -> String {
        let characters: Vec<char> =
            char::decode_utf16(self.0.iter().copied()).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
        match characters.as_slice() {
            [] => String::new(),
            [only] => format!("{only}*"),
            [first, _] => format!("{first}*"),
            [first, middle @ .., last] => format!("{first}{}{last}", "*".repeat(middle.len().min(STARS_MAX))),
        }
    }
}

/// Long names show no more stars than this, so that their length tells nothing.
const STARS_MAX: usize = 3;

impl fmt::Debug for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PersonName(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, masked: &str) {
        assert_eq!(PersonName::from_text(name).masked(), masked, "{}", name.chars().count());
    }

    #[test]
    fn masks_every_length() {
        check("", "");
        check("王", "王*");
        check("李平", "李*");
        check("张建华", "张*华");
        check("欧阳建华", "欧**华");
        check("阿卜杜拉·买买提依明", "阿***明");
        check("𠮷野𫠠", "𠮷*𫠠");
    }

    #[test]
    fn keeps_lone_surrogates_and_private_use() {
        let units = [0x738B, 0xE863, 0xD842, 0x20, 0x20];
        let name = PersonName::from_utf16(&units);
        assert_eq!(name.utf16(), &units[..3]);
        assert_eq!(name.to_text(), "王\u{E863}\u{FFFD}");
    }

    #[test]
    fn debug_says_nothing() {
        assert_eq!(format!("{:?}", PersonName::from_text("张建华")), "PersonName(…)");
    }
}
