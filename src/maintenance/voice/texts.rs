//! The list of what a voice pack must speak, out of the catalogues and the groups of numbers.

use serde::Serialize;

use crate::session::Language;
use crate::voice::{carriers, lexicon, spell_out};
use crate::words::{SpokenText, Words, spoken_texts, tag};

/// What stands for a value in a sentence around a piece of a text: any number will do.
const SAMPLE_VALUE: &str = "一千二百三十四元";

/// Everything a pack of one language speaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TextList {
    /// Grows when the shape of this list changes.
    pub format: u32,
    /// Tag of the language.
    pub language: &'static str,
    /// Words with a reading of their own, in numbered pinyin.
    pub lexicon: Vec<(&'static str, &'static str)>,
    /// What is to be spoken, the most needed first.
    pub utterances: Vec<WantedUtterance>,
}

/// What is spoken in one breath.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WantedUtterance {
    /// The message of the catalogue, or `group`.
    pub id: String,
    /// Its pieces in order.
    pub pieces: Vec<WantedPiece>,
}

/// A piece of an utterance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WantedPiece {
    /// The text, by which the clip is found.
    pub text: String,
    /// The same with digits in words, as it is to be read.
    pub say: String,
    /// Whether it becomes a clip; otherwise it only carries the others.
    pub wanted: bool,
}

impl TextList {
    /// The list of a language.
    #[must_use]
    pub fn of(language: Language) -> Self {
        let words = Words::new(language);
        let (said, shown): (Vec<_>, Vec<_>) = spoken_texts(&words).into_iter().partition(|text| text.is_said());
        let mut utterances: Vec<WantedUtterance> = said.into_iter().map(|text| whole(text, language)).collect();
        let mut readings = Vec::new();
        if language == Language::ZhCn {
            readings.extend_from_slice(lexicon());
            utterances.extend(carriers().into_iter().map(|carrier| WantedUtterance {
                id: "group".to_owned(),
                pieces: carrier.pieces.into_iter().map(|p| piece(p.text, language, p.wanted)).collect(),
            }));
        }
        utterances.extend(shown.into_iter().map(|text| whole(text, language)));
        Self { format: 1, language: tag(language), lexicon: readings, utterances }
    }

    /// The texts of all clips.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let pieces = self.utterances.iter().flat_map(|utterance| &utterance.pieces);
        pieces.filter(|piece| piece.wanted).map(|piece| piece.text.as_str())
    }
}

fn whole(text: SpokenText, language: Language) -> WantedUtterance {
    let mut pieces = Vec::with_capacity(3);
    let (before, after) = text.neighbours.unwrap_or_default();
    let sample = if language == Language::ZhCn { SAMPLE_VALUE } else { "twelve" };
    let carried = |pieces: &mut Vec<WantedPiece>, neighbour: &str| {
        if !neighbour.is_empty() {
            pieces.push(piece(sample.to_owned(), language, false));
        }
    };
    carried(&mut pieces, &before);
    pieces.push(piece(text.text, language, true));
    carried(&mut pieces, &after);
    WantedUtterance { id: text.id.to_owned(), pieces }
}

fn piece(text: String, language: Language, wanted: bool) -> WantedPiece {
    let say = if language == Language::ZhCn { spell_out(&text) } else { text.clone() };
    WantedPiece { text, say, wanted }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn check(language: Language, least: usize) {
        let list = TextList::of(language);
        let texts: Vec<&str> = list.texts().collect();
        assert!(texts.len() > least, "{}", texts.len());
        let different: BTreeSet<&&str> = texts.iter().collect();
        assert_eq!(different.len(), texts.len(), "a text is wanted twice");
        for utterance in &list.utterances {
            assert!(utterance.pieces.iter().any(|piece| piece.wanted), "{} wants nothing", utterance.id);
            for piece in utterance.pieces.iter().filter(|_| language == Language::ZhCn) {
                assert!(!piece.say.contains(|c: char| c.is_ascii_digit()), "{}: {}", utterance.id, piece.say);
            }
        }
    }

    #[test]
    fn lists_name_every_text_once_without_digits() {
        check(Language::ZhCn, 500);
        check(Language::En, 150);
    }
}
