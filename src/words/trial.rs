//! Words that are tried on the screens for the audit of their layout. Never offered to a resident.

/// What is tried in place of a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Trial {
    /// English with every word 40 % longer: what still fits then fits a language nobody has tried yet.
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

/// Letters added for every ten of a word, rounded up.
const ADDED_PER_TEN: usize = 4;

/// The text with every word of letters 40 % longer; figures, marks and other scripts stay.
pub(super) fn lengthen(text: &str) -> String {
    let mut longer = String::new();
    let mut word = String::new();
    for character in text.chars() {
        if character.is_ascii_alphabetic() {
            word.push(character);
        } else {
            close(&mut longer, &mut word);
            longer.push(character);
        }
    }
    close(&mut longer, &mut word);
    longer
}

/// Ends a word by saying its last letter again.
fn close(longer: &mut String, word: &mut String) {
    let added = (word.len() * ADDED_PER_TEN).div_ceil(10);
    let last = word.chars().next_back();
    longer.push_str(word);
    longer.extend(last.into_iter().cycle().take(added));
    word.clear();
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

    fn check(text: &str, longer: &str) {
        assert_eq!(lengthen(text), longer);
    }

    #[test]
    fn words_grow_and_nothing_else() {
        check("", "");
        check("Back", "Backkk");
        check("Press “Large type” now.", "Pressss “Largeee typeee” nowww.");
        check("1,234.56 yuan 张*华\nto 北京市", "1,234.56 yuannn 张*华\ntoo 北京市");
    }
}
