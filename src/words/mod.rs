//! The Fluent catalogues: what is shown and what is spoken.
//!
//! The catalogues are built into the program and checked while it is built, so a text can be
//! neither missing nor short of a value here. No screen, sound or file is touched.

mod filing;
mod format;
mod labels;
mod speech;
mod texts;
mod trial;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use crate::session::Language;

pub use labels::{Label, answer_key, label};
pub use speech::{heard, policy_texts, say, script};
pub use texts::{SpokenText, spoken_texts};
pub use trial::Trial;

include!(concat!(env!("OUT_DIR"), "/words_generated.rs"));

/// The words of one language.
pub struct Words {
    language: Language,
    bundle: FluentBundle<FluentResource>,
    trial: Option<Trial>,
}

impl Words {
    /// Takes the catalogue of a language out of the program itself; no file is needed at run time.
    pub fn new(language: Language) -> Self {
        let tag = tag(language);
        // The tag only chooses plural rules; all tags here are well formed.
        let identifier: LanguageIdentifier = tag.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
        // Isolation marks around values would be drawn and spoken.
        bundle.set_use_isolating(false);
        for source in SOURCES.iter().filter(|(of, _)| *of == tag).flat_map(|(_, sources)| *sources) {
            let resource = match FluentResource::try_new((*source).to_owned()) {
                Ok(resource) | Err((resource, _)) => resource,
            };
            bundle.add_resource_overriding(resource);
        }
        Self { language, bundle, trial: None }
    }

    /// Words that are tried for the audit of the screens; what the trial does not have is English.
    pub fn trial(trial: Trial) -> Self {
        let mut words = Self { trial: Some(trial), ..Self::new(Language::En) };
        let resource = match FluentResource::try_new(trial.source().to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        words.bundle.add_resource_overriding(resource);
        words
    }

    /// The tag of what is written, which chooses font and direction.
    pub fn tag(&self) -> &'static str {
        self.trial.map_or(tag(self.language), Trial::tag)
    }

    /// Whether its texts are a fifth longer than the English ones, or more, so that they are set smaller. A test counts.
    pub fn is_long(&self) -> bool {
        self.trial == Some(Trial::Longer)
    }

    /// Which language this is.
    pub fn language(&self) -> Language {
        self.language
    }

    /// What is shown.
    pub fn text(&self, key: Key) -> String {
        self.format(key.id(), None)
    }

    /// What is said: the `.spoken` attribute, or what is shown where there is none.
    pub fn spoken(&self, key: Key) -> String {
        let message = self.bundle.get_message(key.id());
        let Some(spoken) = message.and_then(|message| message.get_attribute("spoken")) else {
            return self.text(key);
        };
        self.bundle.format_pattern(spoken.value(), None, &mut Vec::new()).into_owned()
    }

    /// Sentences one after the other, as this language sets them: Chinese ones need no space between.
    pub fn paragraph(&self, sentences: &[String]) -> String {
        sentences.join(if self.language == Language::En { " " } else { "" })
    }

    fn format(&self, id: &str, values: Option<&FluentArgs<'_>>) -> String {
        let Some(pattern) = self.bundle.get_message(id).and_then(|message| message.value()) else {
            return id.to_owned();
        };
        let text = self.bundle.format_pattern(pattern, values, &mut Vec::new()).into_owned();
        if self.trial == Some(Trial::Longer) { trial::lengthen(&text) } else { text }
    }
}

/// Whether a character is as wide as it is high, as Chinese ones and their marks are; Latin letters are half as wide.
#[must_use]
pub fn is_wide(character: char) -> bool {
    character >= '\u{2e80}'
}

/// The tag of a language, which names its folder of catalogues and of clips.
#[must_use]
pub fn tag(language: Language) -> &'static str {
    match language {
        Language::ZhCn => "zh-CN",
        Language::ZhHant => "zh-Hant",
        Language::En => "en",
    }
}

/// Expects what is written in Chinese and in English.
#[cfg(test)]
fn check_both(chinese: &str, english: &str, write: impl Fn(&Words) -> String) {
    assert_eq!(write(&Words::new(Language::ZhCn)), chinese);
    assert_eq!(write(&Words::new(Language::En)), english);
}

#[cfg(test)]
mod tests {
    use ferrous_opencc::OpenCC;
    use ferrous_opencc::config::BuiltinConfig;

    use super::*;

    /// A text as a resident would meet it: not empty, no bare braces, punctuation of its language.
    fn check(language: Language, id: &str, text: &str) {
        assert!(!text.trim().is_empty(), "{language:?} {id} is empty");
        assert!(!text.contains(['{', '}', '\u{2068}', '\u{2069}']), "{language:?} {id}: {text}");
        assert_ne!(text, id, "{language:?} {id} is not in the catalogue");
        if language != Language::En {
            let letters: Vec<char> = text.chars().collect();
            let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
            for pair in letters.windows(2) {
                let wrong = han(pair[0]) && matches!(pair[1], ',' | '?' | '!' | ';' | ':' | '.' | '(' | ')');
                assert!(!wrong, "{id}: half-width {:?} after a Han character: {text}", pair[1]);
            }
        }
    }

    #[test]
    fn every_text_is_there_in_every_language() {
        for language in Language::ALL {
            let words = Words::new(language);
            for key in Key::ALL {
                check(language, key.id(), &words.text(*key));
                check(language, key.id(), &words.spoken(*key));
            }
        }
    }

    #[test]
    fn every_value_appears_in_its_text() {
        for language in Language::ALL {
            let words = Words::new(language);
            for (id, variables) in VARYING {
                let mut values = FluentArgs::new();
                for (place, variable) in variables.iter().enumerate() {
                    values.set(*variable, 7 + place);
                }
                let text = words.format(id, Some(&values));
                check(language, id, &text);
                for (place, variable) in variables.iter().enumerate() {
                    assert!(text.contains(&(7 + place).to_string()), "{language:?} {id} drops ${variable}: {text}");
                }
            }
        }
    }

    /// So what fits in one script fits in the other, and nothing was left out.
    #[test]
    fn traditional_texts_are_as_long_as_simplified_ones() {
        let [simplified, traditional] = [Language::ZhCn, Language::ZhHant].map(Words::new);
        for key in Key::ALL {
            let lines = |text: String| text.lines().map(|line| line.chars().count()).collect::<Vec<_>>();
            let (one, other) = (simplified.text(*key), traditional.text(*key));
            assert_eq!(lines(one.clone()), lines(other.clone()), "{}: {one} / {other}", key.id());
        }
    }

    /// Every character of the catalogue that has a traditional form has it: reading both back gives the same text.
    #[test]
    fn traditional_texts_read_back_as_the_simplified_ones() {
        let converter = OpenCC::from_config(BuiltinConfig::T2s).unwrap();
        // 著 is kept for 著作; here it is always the 着 of 留着.
        let simplify = |text: &str| converter.convert(text).replace('著', "着");
        let [simplified, traditional] = [Language::ZhCn, Language::ZhHant].map(Words::new);
        for key in Key::ALL {
            let (one, other) = (simplified.text(*key), traditional.text(*key));
            assert_eq!(simplify(&one), simplify(&other), "{}", key.id());
        }
    }

    /// A voice that says “press X” is only of use where X stands on a button.
    #[test]
    fn what_the_voice_names_stands_on_the_screen() {
        for language in Language::ALL {
            let words = Words::new(language);
            let (said, shown): (Vec<Key>, Vec<Key>) = Key::ALL.iter().partition(|key| key.id().starts_with("say-"));
            let shown: Vec<String> = shown.into_iter().map(|key| words.text(key)).collect();
            for key in said {
                let text = words.text(key);
                for quoted in text.split(['“', '”', '"']).skip(1).step_by(2) {
                    let there = quoted == "嘀" || shown.iter().any(|label| label.starts_with(quoted));
                    assert!(there, "{language:?} {}: “{quoted}” stands on no screen", key.id());
                }
            }
        }
    }
}
