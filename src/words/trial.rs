//! Words that are tried on the screens for the audit of their layout. Never offered to a resident.

/// What is tried in place of a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Trial {
    /// English 40 % longer: what still fits then fits a language nobody has tried yet.
    Longer,
    /// Uyghur on the first screen, from right to left; the rest in English.
    Uyghur,
    /// Tibetan on the first screen; the rest in English.
    Tibetan,
}

impl Trial {
    /// The tag of the language.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Longer => "en",
            Self::Uyghur => "ug",
            Self::Tibetan => "bo",
        }
    }

    /// What stands before the English catalogue.
    pub(super) fn source(self) -> &'static str {
        match self {
            Self::Longer => "",
            Self::Uyghur => include_str!("../../locales/trial/ug.ftl"),
            Self::Tibetan => include_str!("../../locales/trial/bo.ftl"),
        }
    }
}

/// Letters added for every ten, rounded over the whole text.
const ADDED_PER_TEN: usize = 4;

/// The text 40 % longer, letters spread over its words; figures, marks and other scripts stay.
pub(super) fn lengthen(text: &str) -> String {
    let (mut longer, mut letters, mut added) = (String::new(), 0_usize, 0);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        longer.push(character);
        if !character.is_ascii_alphabetic() {
            continue;
        }
        letters += 1;
        // A word ends by saying its last letter again.
        if !characters.peek().is_some_and(char::is_ascii_alphabetic) {
            let wanted = (letters * ADDED_PER_TEN + 5) / 10;
            longer.extend(std::iter::repeat_n(character, wanted - added));
            added = wanted;
        }
    }
    longer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_tried_is_a_text_of_the_catalogue() {
        use crate::words::{Key, Words};
        for trial in [Trial::Uyghur, Trial::Tibetan] {
            let words = Words::trial(trial);
            let ids: Vec<&str> =
                trial.source().lines().filter_map(|line| line.split_once(" =")).map(|(id, _)| id).collect();
            assert!(ids.len() > 25, "{trial:?}: {ids:?}");
            for id in ids {
                let key = Key::ALL.iter().find(|key| key.id() == id).unwrap_or_else(|| panic!("{trial:?}: no {id}"));
                let text = words.text(*key);
                let letters = text.chars().filter(|c| c.is_alphabetic());
                assert!(
                    letters.clone().count() > 1 && letters.clone().all(|c| !c.is_ascii()),
                    "{trial:?} {id}: {text}"
                );
            }
            assert_eq!(words.tag(), trial.tag());
        }
    }

    #[test]
    fn only_what_is_longer_is_set_smaller() {
        use crate::session::Language;
        use crate::words::{Key, Words};
        let letters = |words: &Words| Key::ALL.iter().map(|key| words.text(*key).chars().count()).sum::<usize>();
        let english = letters(&Words::new(Language::En));
        let offered = Language::ALL.into_iter().map(Words::new);
        let tried = [Trial::Longer, Trial::Uyghur, Trial::Tibetan].map(Words::trial);
        for words in offered.chain(tried) {
            assert_eq!(words.is_long(), 5 * letters(&words) > 6 * english, "{}", words.tag());
        }
        assert!(Words::trial(Trial::Longer).is_long());
    }

    fn check(text: &str, longer: &str) {
        assert_eq!(lengthen(text), longer);
    }

    #[test]
    fn words_grow_and_nothing_else() {
        check("", "");
        check("Back", "Backkk");
        check("I go to it", "I goo too itt");
        check("Press “Large type” now.", "Pressss “Largeee typeee” noww.");
        check("1,234.56 yuan 张*华\nto 北京市", "1,234.56 yuannn 张*华\nto 北京市");
    }
}
