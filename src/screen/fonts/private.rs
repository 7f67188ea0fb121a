//! Characters older chips write with codes of private use, because GBK had no others for them.
//!
//! Only for the eye: what is sent keeps the code as it was read.

use encoding_rs::GB18030;

/// First and last code point GBK lent to the row FE50–FEA0.
const LENT: std::ops::RangeInclusive<u32> = 0xE815..=0xE864;
/// The row's first byte.
const LEAD: u8 = 0xFE;
/// Its second bytes begin here and leave out [`TRAIL_GAP`].
const TRAIL_FIRST: u32 = 0x50;
/// No second byte of any row.
const TRAIL_GAP: u32 = 0x7F;
/// What GB 18030-2022 still maps to private use in this row, and the characters of Unicode these stand for.
const STILL_PRIVATE: [(char, char); 6] = [
    ('\u{E816}', '\u{20087}'),
    ('\u{E817}', '\u{20089}'),
    ('\u{E818}', '\u{200CC}'),
    ('\u{E831}', '\u{215D7}'),
    ('\u{E83B}', '\u{2298F}'),
    ('\u{E855}', '\u{241FE}'),
];

/// The character that is meant; the same one where it is not of that row.
pub(super) fn meant(character: char) -> char {
    let code = u32::from(character);
    if !LENT.contains(&code) {
        return character;
    }
    if let Some((_, meant)) = STILL_PRIVATE.iter().find(|(private, _)| *private == character) {
        return *meant;
    }
    let place = TRAIL_FIRST + code - LENT.start();
    let trail = if place >= TRAIL_GAP { place + 1 } else { place };
    let Ok(trail) = u8::try_from(trail) else { return character };
    let bytes = [LEAD, trail];
    let (text, _) = GB18030.decode_without_bom_handling(&bytes);
    text.chars().next().unwrap_or(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(private: char, character: char) {
        assert_eq!(meant(private), character, "U+{:04X}", u32::from(private));
    }

    #[test]
    fn old_codes_are_read_as_the_characters_they_stood_for() {
        check('\u{E815}', '\u{2E81}');
        check('\u{E816}', '\u{20087}');
        check('\u{E843}', '\u{9FB9}');
        check('\u{E844}', '\u{4723}');
        check('\u{E863}', '䶮');
        check('\u{E864}', '\u{9FBB}');
        check('\u{E814}', '\u{E814}');
        check('\u{E865}', '\u{E865}');
        check('王', '王');
    }

    #[test]
    fn no_lent_code_is_left_private() {
        let private = |c: &char| ('\u{E000}'..='\u{F8FF}').contains(c);
        let left: Vec<char> = LENT.filter_map(char::from_u32).map(meant).filter(private).collect();
        assert!(left.is_empty(), "{left:?}");
    }
}
