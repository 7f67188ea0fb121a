//! What the model's answers stand for: which label is which character, and which of two twins comes first.

use std::sync::LazyLock;

use encoding_rs::GBK;
use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;

use super::HandwritingError;

/// One label of the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// Nothing, or not a Chinese character: digits, letters, marks.
    Other,
    /// A character of GB 2312, the everyday set.
    Common(char),
    /// Any other Chinese character: traditional, rare.
    Rare(char),
}

impl Label {
    pub(super) fn of(text: &str) -> Self {
        let mut characters = text.chars();
        match (characters.next(), characters.next()) {
            (Some(character), None) if is_han(character) => {
                if is_gb2312(character) {
                    Self::Common(character)
                } else {
                    Self::Rare(character)
                }
            }
            _ => Self::Other,
        }
    }
}

/// The labels by index. Index 0 is the blank between characters, so the list in the model begins at 1.
pub(super) fn labels(list: &str) -> Vec<Label> {
    std::iter::once(Label::Other).chain(list.split('\n').map(|line| Label::of(line.trim_end_matches('\r')))).collect()
}

/// Chinese characters, with 〇 and the compatibility block that GB 18030 draws twelve characters from.
fn is_han(character: char) -> bool {
    matches!(character,
        '〇' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether GB 2312 has the character.
pub(super) fn is_gb2312(character: char) -> bool {
    static CHARACTERS: LazyLock<Vec<char>> = LazyLock::new(gb2312);
    CHARACTERS.binary_search(&character).is_ok()
}

/// The Chinese characters of GB 2312 in the order of Unicode: rows B0 to F7 of GBK with both bytes from A1 up. Decoded in
/// one go, because asking for one character at a time means searching the whole table for each.
fn gb2312() -> Vec<char> {
    let bytes: Vec<u8> = (0xb0..=0xf7).flat_map(|row| (0xa1..=0xfe).flat_map(move |cell| [row, cell])).collect();
    let (text, _) = GBK.decode_without_bom_handling(&bytes);
    let mut characters: Vec<char> = text.chars().filter(|character| is_han(*character)).collect();
    characters.sort_unstable();
    characters
}

/// Finds the simplified twin of a traditional character.
pub(super) struct Twins(OpenCC);

impl Twins {
    /// # Errors
    /// [`HandwritingError::Twins`] when the built-in table cannot be read.
    pub(super) fn new() -> Result<Self, HandwritingError> {
        OpenCC::from_config(BuiltinConfig::T2s).map(Self).map_err(|error| HandwritingError::Twins(error.to_string()))
    }

    /// The one character people write instead of this one today, if it is another and in GB 2312.
    pub(super) fn simplified(&self, character: char) -> Option<char> {
        let mut utf8 = [0; 4];
        let text = self.0.convert(character.encode_utf8(&mut utf8));
        let mut characters = text.chars();
        match (characters.next(), characters.next()) {
            (Some(twin), None) if twin != character && is_gb2312(twin) => Some(twin),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, label: Label) {
        assert_eq!(Label::of(text), label, "{text}");
    }

    #[test]
    fn tells_everyday_characters_from_rare_ones_and_from_marks() {
        check("阳", Label::Common('阳'));
        check("齄", Label::Common('齄'));
        check("陽", Label::Rare('陽'));
        check("喆", Label::Rare('喆'));
        check("䶮", Label::Rare('䶮'));
        check("𠮷", Label::Rare('𠮷'));
        check("镕", Label::Rare('镕'));
        check("〇", Label::Rare('〇'));
        for other in ["", "7", "Ａ", "。", "か", "阳光"] {
            check(other, Label::Other);
        }
    }

    #[test]
    fn the_set_has_the_size_the_standard_gives() {
        assert_eq!(('\u{4e00}'..='\u{9fff}').filter(|character| is_gb2312(*character)).count(), 6_763);
    }

    #[test]
    fn the_list_begins_after_the_blank() {
        assert_eq!(labels("中\r\n7"), [Label::Other, Label::Common('中'), Label::Other]);
    }

    #[test]
    fn finds_the_twin() {
        let twins = Twins::new().unwrap();
        for (traditional, simplified) in
            [('黃', Some('黄')), ('屬', Some('属')), ('魯', Some('鲁')), ('喆', None), ('中', None)]
        {
            assert_eq!(twins.simplified(traditional), simplified, "{traditional}");
        }
    }
}
