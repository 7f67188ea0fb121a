//! The list of what a voice pack must speak, out of the catalogues and the groups of numbers.

use serde::Serialize;

use crate::domain::filing::FilingPolicy;
use crate::places::Places;
use crate::session::Language;
use crate::voice::{SHORT_CHARACTERS_MAX, carriers, clip_text, lexicon, numbered_pinyin, spell_out};
use crate::words::{SpokenText, Words, is_wide, policy_texts, spoken_texts, tag};

/// What stands for a value in a sentence around a piece of a text.
const SAMPLE_VALUE: &str = "八百三十元";

/// The id of sentences of the filing policy. A site may have its own, for which no pack has clips: it need not have these
/// to be whole, and the last-resort voice reads what it lacks.
pub(super) const POLICY: &str = "policy";

/// What a pack of one language speaks.
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
    /// The message of the catalogue, `policy`, `group` or `place`.
    pub id: String,
    /// Its pieces in order.
    pub pieces: Vec<WantedPiece>,
}

impl WantedUtterance {
    fn texts(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter(|piece| piece.wanted).map(|piece| piece.text.as_str())
    }
}

/// A piece of an utterance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WantedPiece {
    /// The text, by which the clip is found.
    pub text: String,
    /// The same with digits in words, as it is to be read.
    pub say: String,
    /// How the kiosk itself reads it, in numbered pinyin, to hold another reader against; empty in other languages.
    pub reading: String,
    /// Whether it becomes a clip; otherwise it only carries the others.
    pub wanted: bool,
}

impl TextList {
    /// What the kiosk says by itself in a language: a pack that lacks one of these is not whole, but for sentences of the policy.
    #[must_use]
    pub fn of(language: Language) -> Self {
        Self::with(language, false)
    }

    /// The same with every button, title and place of the picker behind it, for a voice that says what a finger is on.
    #[must_use]
    pub fn with_what_is_shown(language: Language) -> Self {
        Self::with(language, true)
    }

    fn with(language: Language, shown_too: bool) -> Self {
        let words = Words::new(language);
        let (said, shown): (Vec<_>, Vec<_>) = spoken_texts(&words).into_iter().partition(|text| text.is_said());
        let mut utterances: Vec<WantedUtterance> = said.into_iter().map(|text| whole(text, language)).collect();
        let policy = FilingPolicy::national().ok();
        let policy = policy.iter().flat_map(|policy| policy_texts(policy, language));
        let policy = policy.map(|text| SpokenText { id: POLICY, text: clip_text(text), neighbours: None });
        utterances.extend(policy.map(|text| whole(text, language)));
        let mut readings = Vec::new();
        if language == Language::ZhCn {
            readings.extend_from_slice(lexicon());
            let groups = carriers().into_iter().filter(|carrier| carrier.needed || shown_too);
            utterances.extend(groups.map(|carrier| WantedUtterance {
                id: "group".to_owned(),
                pieces: carrier.pieces.into_iter().map(|p| piece(p.text, language, p.wanted)).collect(),
            }));
        }
        utterances.extend(shown.into_iter().filter(|_| shown_too).map(|text| whole(text, language)));
        if language == Language::ZhCn && shown_too {
            utterances.extend(picked_places().map(|name| alone("place", name, language)));
        }
        Self { format: 1, language: tag(language), lexicon: readings, utterances }
    }

    /// The texts of all clips.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.utterances.iter().flat_map(WantedUtterance::texts)
    }

    /// The texts a pack must have to be whole.
    pub fn needed_texts(&self) -> impl Iterator<Item = &str> {
        self.utterances.iter().filter(|utterance| utterance.id != POLICY).flat_map(WantedUtterance::texts)
    }
}

/// What stands on the buttons of the picker.
fn picked_places() -> impl Iterator<Item = &'static str> {
    let places = Places::national();
    places
        .provinces()
        .flat_map(|first| std::iter::once(first).chain(places.children(&first.code)))
        .map(|place| place.short)
}

fn alone(id: &str, text: &str, language: Language) -> WantedUtterance {
    WantedUtterance { id: id.to_owned(), pieces: vec![as_a_sentence(piece(text.to_owned(), language, true))] }
}

/// With a stop behind a word or a short name.
fn as_a_sentence(mut piece: WantedPiece) -> WantedPiece {
    let open = piece.say.chars().next_back().is_some_and(char::is_alphanumeric);
    if open && piece.say.chars().count() <= SHORT_CHARACTERS_MAX && piece.say.chars().all(is_wide) {
        piece.say.push('。');
    }
    piece
}

fn whole(text: SpokenText, language: Language) -> WantedUtterance {
    let mut pieces = Vec::with_capacity(5);
    let (before, after) = text.neighbours.unwrap_or_default();
    let sample = if language == Language::ZhCn { SAMPLE_VALUE } else { "twelve" };
    // The piece is cut out in a pause: without one, every amount was heard with a 一 before it.
    let pause = if language == Language::ZhCn { "，" } else { "," };
    let carried = |said: &str| piece(said.to_owned(), language, false);
    if !before.is_empty() {
        pieces.extend([carried(sample), carried(pause)]);
    }
    let said = piece(text.text, language, true);
    pieces.push(if after.is_empty() { as_a_sentence(said) } else { said });
    if !after.is_empty() {
        pieces.extend([carried(pause), carried(sample)]);
    }
    WantedUtterance { id: text.id.to_owned(), pieces }
}

fn piece(text: String, language: Language, wanted: bool) -> WantedPiece {
    if language != Language::ZhCn {
        return WantedPiece { say: text.clone(), reading: String::new(), text, wanted };
    }
    let say = spell_out(&text);
    let reading = numbered_pinyin(&say).to_string();
    WantedPiece { text, say, reading, wanted }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn check(language: Language, least: usize) {
        let list = TextList::with_what_is_shown(language);
        assert!(TextList::of(language).texts().all(|text| list.texts().any(|known| known == text)));
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
    fn sentences_of_the_policy_are_listed_and_may_be_lacking() {
        let list = TextList::of(Language::ZhCn);
        let promise = clip_text(&FilingPolicy::national().unwrap().commitment.zh);
        assert!(list.texts().any(|text| text == promise));
        assert!(!list.needed_texts().any(|text| text == promise));
    }

    #[test]
    fn lists_name_every_text_once_without_digits() {
        check(Language::ZhCn, 500);
        check(Language::En, 150);
    }
}
