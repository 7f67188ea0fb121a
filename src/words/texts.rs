//! Everything the catalogues can have a voice say: what a voice pack must hold a clip of. No sound is made here.

use fluent_bundle::FluentArgs;

use super::{Key, VARYING, Words};
use crate::session::Language;
use crate::voice::{Script, clip_text, place_of_value};

/// Texts with these ids are said; others are only shown, and read out when a finger asks for them.
const SAID: [&str; 10] = [
    "say-",
    "elsewhere-offices",
    "elsewhere-opinion",
    "elsewhere-other",
    "identify-pulled-away",
    "identify-wrong-kind",
    "identify-nonsense",
    "identify-not-a-voucher",
    "identify-stale-voucher",
    "identify-lift-and-lay-again",
];

/// A text of the catalogue with a clip of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpokenText {
    /// The id of the message it comes from; the first, where several say the same.
    pub id: &'static str,
    /// The text, as a clip is found by it.
    pub text: String,
    /// What is said before it and after it in the same breath, where values stand between.
    pub neighbours: Option<(String, String)>,
}

impl SpokenText {
    /// Whether it is a prompt, and not a button or a title that is read out only when it is touched.
    #[must_use]
    pub fn is_said(&self) -> bool {
        is_said(self.id)
    }
}

/// All of them in the order of their ids, the prompts first, no text twice.
///
/// Buttons and titles are among them, for a voice that says what a finger is on.
#[must_use]
pub fn spoken_texts(words: &Words) -> Vec<SpokenText> {
    let mut texts: Vec<SpokenText> = Vec::new();
    let keys = Key::ALL.iter().map(|key| key_text(words, *key));
    let pieces = VARYING.iter().filter(|(id, _)| is_said(id)).flat_map(|(id, names)| pieces(words, id, names));
    let (said, shown): (Vec<_>, Vec<_>) = keys.chain(pieces).partition(|text| is_said(text.id));
    for text in said.into_iter().chain(shown) {
        let speakable = text.text.chars().any(|character| belongs(character, words.language()));
        if speakable && !texts.iter().any(|known| known.text == text.text) {
            texts.push(text);
        }
    }
    texts
}

fn is_said(id: &str) -> bool {
    SAID.iter().any(|said| id.starts_with(said))
}

fn key_text(words: &Words, key: Key) -> SpokenText {
    SpokenText { id: key.id(), text: clip_text(&words.spoken(key)), neighbours: None }
}

/// The fixed pieces of a text with values.
fn pieces(words: &Words, id: &'static str, names: &[&str]) -> Vec<SpokenText> {
    let mut values = FluentArgs::new();
    for (nth, name) in (0..).zip(names) {
        values.set(*name, place_of_value(nth));
    }
    let template = words.format(id, Some(&values));
    let nothing = names.iter().map(|_| (crate::voice::Segment::Name(String::new()), String::new())).collect::<Vec<_>>();
    let clips = Script::filled(&template, &nothing).clips(words.language());
    clips
        .into_iter()
        .filter(|clip| !clip.text.is_empty())
        .map(|clip| {
            let (before, after) = template.split_once(clip.text.as_str()).unwrap_or_default();
            let neighbours = Some((before.to_owned(), after.to_owned()));
            SpokenText { id, text: clip.text.to_string(), neighbours }
        })
        .collect()
}

fn belongs(character: char, language: Language) -> bool {
    match language {
        Language::ZhCn | Language::ZhHant => ('\u{4e00}'..='\u{9fff}').contains(&character),
        Language::En => character.is_ascii_alphabetic(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(language: Language, id: &str, text: &str) {
        let texts = spoken_texts(&Words::new(language));
        assert!(texts.iter().any(|known| known.id == id && known.text == text), "{id}: {text}");
    }

    #[test]
    fn prompts_titles_and_pieces_are_spoken() {
        check(Language::ZhCn, "say-languages", "请选一种语言。");
        check(Language::ZhCn, "home-title", "您好，今天想办什么事？");
        check(Language::ZhCn, "say-amount", "您的个人账户还有");
        check(Language::En, "say-amount", "Your account holds");
    }

    #[test]
    fn no_text_is_spoken_twice_and_none_is_of_marks_only() {
        for language in [Language::ZhCn, Language::En] {
            let texts = spoken_texts(&Words::new(language));
            for (nth, text) in texts.iter().enumerate() {
                assert!(!texts[..nth].iter().any(|earlier| earlier.text == text.text), "{}", text.text);
                assert!(text.text.chars().any(char::is_alphabetic), "{}: {}", text.id, text.text);
            }
        }
    }
}
