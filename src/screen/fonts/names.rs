//! Names and addresses as they can be drawn: a character without a picture is shown by its code, never as a gap.
//!
//! What is sent is not touched: this works on the view, which holds names masked.

use zeroize::Zeroize;

use crate::session::{AskOption, ReviewLine, Screen as Shown};
use crate::words::{Key, Words};

use super::Fonts;
use super::private::meant;

/// How a code stands in a text.
const OPEN: char = '〔';
const CLOSE: char = '〕';

/// A part of a name: letters to draw, or the code of one that cannot be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::screen) struct NamePiece {
    /// The letters, or the code.
    pub text: String,
    /// Whether it is a code.
    pub coded: bool,
}

/// Gives every name and address of a screen a form that can be drawn.
pub(in crate::screen) fn make_drawable(shown: &mut Shown, fonts: &mut Fonts, words: &Words) {
    let mut draws = |character| fonts.draws(character);
    match shown {
        Shown::WhoAreYou { name, .. } | Shown::Insured { name, .. } => settle(name, &mut draws, None),
        Shown::Balance(balance) => settle(&mut balance.name, &mut draws, None),
        Shown::Filings(filings) => settle(&mut filings.name, &mut draws, None),
        Shown::Filed(filed) => settle(&mut filed.name, &mut draws, Some(words)),
        Shown::Review(review) => {
            for line in &mut review.lines {
                if let ReviewLine::Who(text, _) | ReviewLine::Helper(text, _) | ReviewLine::Address(text) = line {
                    settle(text, &mut draws, Some(words));
                }
            }
        }
        Shown::Ask(ask) => {
            for option in &mut ask.options {
                if let AskOption::Relative(name, _) = option {
                    settle(name, &mut draws, Some(words));
                }
            }
        }
        Shown::Hospital(hospital) => {
            settle(&mut hospital.name, &mut draws, None);
            settle(&mut hospital.address, &mut draws, None);
        }
        _ => {}
    }
}

/// Takes a text apart at its codes.
pub(in crate::screen) fn pieces(name: &str) -> Vec<NamePiece> {
    let piece = |text: &str, coded| NamePiece { text: text.to_owned(), coded };
    let mut parts = Vec::new();
    let mut rest = name;
    while let Some((before, (code, after))) =
        rest.split_once(OPEN).and_then(|(before, behind)| Some((before, behind.split_once(CLOSE)?)))
    {
        parts.push(piece(before, false));
        parts.push(piece(code, true));
        rest = after;
    }
    parts.push(piece(rest, false));
    parts.retain(|part| !part.text.is_empty());
    parts
}

/// Puts the code of every character that cannot be drawn in its place; with `words`, also what to do about it.
fn settle(text: &mut String, draws: &mut impl FnMut(char) -> bool, words: Option<&Words>) {
    if text.chars().all(|character| meant(character) == character && draws(character)) {
        return;
    }
    let mut settled = String::new();
    for character in text.chars().map(meant) {
        if draws(character) {
            settled.push(character);
            continue;
        }
        settled.push(OPEN);
        settled.push_str(&format!("U+{:04X}", u32::from(character)));
        if let Some(words) = words {
            settled.push(' ');
            settled.push_str(&words.text(Key::NameAsOnCard));
        }
        settled.push(CLOSE);
    }
    text.zeroize();
    *text = settled;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Language;

    /// Draws what GB 2312 has, and 䶮.
    fn few(character: char) -> bool {
        matches!(character, '王' | '明' | '*' | '䶮')
    }

    fn check(name: &str, short: &str, long: &str) {
        let (mut one, mut other) = (name.to_owned(), name.to_owned());
        settle(&mut one, &mut few, None);
        settle(&mut other, &mut few, Some(&Words::new(Language::ZhCn)));
        assert_eq!((one.as_str(), other.as_str()), (short, long), "{name}");
    }

    #[test]
    fn a_character_without_a_picture_is_shown_by_its_code() {
        check("王*明", "王*明", "王*明");
        check("王*\u{F0000}", "王*〔U+F0000〕", "王*〔U+F0000 照证件上的字〕");
        check("\u{E000}*", "〔U+E000〕*", "〔U+E000 照证件上的字〕*");
        check("王*\u{E863}", "王*䶮", "王*䶮");
    }

    #[test]
    fn a_name_comes_apart_at_its_codes() {
        let apart = |name: &str| pieces(name).into_iter().map(|part| (part.text, part.coded)).collect::<Vec<_>>();
        assert_eq!(apart("王*明"), [("王*明".to_owned(), false)]);
        let both = [("U+E000".to_owned(), true), ("*".to_owned(), false), ("U+F0000".to_owned(), true)];
        assert_eq!(apart("〔U+E000〕*〔U+F0000〕"), both);
        assert!(apart("").is_empty());
        assert_eq!(apart("〔王"), [("〔王".to_owned(), false)]);
    }
}
