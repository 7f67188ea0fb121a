//! Numbered pinyin to the phonemes Kokoro was trained on. No character is read here: that is the pinyin reader's.
//!
//! A syllable is an initial and a final; the tone is an arrow behind the vowel. The table is ours, and the test holds it
//! against what the model's own reader makes of every syllable in every tone (`install/voice/syllables.py`).

use zeroize::Zeroizing;

/// Initials, two letters first.
const INITIALS: [(&str, &str); 21] = [
    ("zh", "ꭧ"),
    ("ch", "ꭧʰ"),
    ("sh", "ʂ"),
    ("b", "p"),
    ("p", "pʰ"),
    ("m", "m"),
    ("f", "f"),
    ("d", "t"),
    ("t", "tʰ"),
    ("n", "n"),
    ("l", "l"),
    ("g", "k"),
    ("k", "kʰ"),
    ("h", "x"),
    ("j", "ʨ"),
    ("q", "ʨʰ"),
    ("x", "ɕ"),
    ("r", "ɻ"),
    ("z", "ʦ"),
    ("c", "ʦʰ"),
    ("s", "s"),
];

/// Finals in full: the final, what sounds up to its vowel, what sounds behind the tone.
const FINALS: [(&str, &str, &str); 38] = [
    ("a", "a", ""),
    ("o", "ɔ", ""),
    ("e", "ɤ", ""),
    ("i", "i", ""),
    ("u", "u", ""),
    ("ü", "y", ""),
    ("ai", "ai", ""),
    ("ei", "ei", ""),
    ("ao", "au", ""),
    ("ou", "ou", ""),
    ("er", "ɚ", ""),
    ("an", "a", "n"),
    ("en", "ə", "n"),
    ("ang", "a", "ŋ"),
    ("eng", "ə", "ŋ"),
    ("ong", "ʊ", "ŋ"),
    ("ia", "ja", ""),
    ("ie", "je", ""),
    ("iao", "jau", ""),
    ("iou", "jou", ""),
    ("ian", "jɛ", "n"),
    ("in", "i", "n"),
    ("iang", "ja", "ŋ"),
    ("ing", "i", "ŋ"),
    ("iong", "jʊ", "ŋ"),
    ("io", "wo", ""),
    ("ua", "wa", ""),
    ("uo", "wo", ""),
    ("uai", "wai", ""),
    ("uei", "wei", ""),
    ("uan", "wa", "n"),
    ("uen", "wə", "n"),
    ("uang", "wa", "ŋ"),
    ("ueng", "wə", "ŋ"),
    ("üe", "ɥe", ""),
    ("üan", "ɥɛ", "n"),
    ("ün", "y", "n"),
    // 知 and 资: the consonant sounds on.
    ("ɨ", "ɨ", ""),
];

/// The four tones; the neutral one has no mark.
const TONES: [&str; 5] = ["→", "↗", "↓", "↘", ""];

/// Phonemes of a text in numbered pinyin as [`crate::voice::numbered_pinyin`] writes it; `None` where a syllable or a
/// letter has none.
///
/// Marks stay: they are pauses, and the melody before them. Between syllables stands no blank, for the reader knows no
/// words.
pub fn phonemes(numbered: &str) -> Option<Zeroizing<String>> {
    // A syllable has at most seven letters in pinyin and fewer phonemes, none longer than three bytes.
    let mut said = Zeroizing::new(String::with_capacity(numbered.len() * 3 + 8));
    for word in numbered.split_whitespace() {
        let letters = word.trim_end_matches(is_mark);
        if !letters.is_empty() {
            push_syllable(&mut said, letters)?;
        }
        for mark in word.chars().skip(letters.chars().count()) {
            push_mark(&mut said, mark);
        }
    }
    let length = said.trim_end().len();
    said.truncate(length);
    Some(said)
}

fn is_mark(character: char) -> bool {
    matches!(character, ',' | '.' | '!' | '?')
}

/// One pause where several marks follow each other, the last of them.
fn push_mark(said: &mut String, mark: char) {
    let length = said.trim_end().trim_end_matches(is_mark).len();
    said.truncate(length);
    if !said.is_empty() {
        said.push(mark);
        said.push(' ');
    }
}

fn push_syllable(said: &mut String, numbered: &str) -> Option<()> {
    let tone = numbered.chars().last()?.to_digit(10)?;
    let tone = TONES.get(usize::try_from(tone).ok()?.checked_sub(1)?)?;
    let spelled = numbered.get(..numbered.len() - 1)?.replace('v', "ü");
    let (initial, rest) = INITIALS
        .iter()
        .find_map(|(letters, sound)| Some((Some((*letters, *sound)), spelled.strip_prefix(letters)?)))
        .unwrap_or((None, spelled.as_str()));
    let (sound, rest) = match (initial, rest) {
        // 儿 after another syllable.
        (Some(("r", _)), "") => ("", "er".to_owned()),
        (Some((letters, sound)), rest) => (sound, full_final(letters, rest)),
        (None, rest) => ("", without_initial(rest)),
    };
    let (_, vowel, end) = FINALS.iter().find(|(letters, ..)| *letters == rest)?;
    said.extend([sound, vowel, tone, end]);
    Some(())
}

/// What pinyin writes short behind an initial.
fn full_final(initial: &str, written: &str) -> String {
    match (initial, written) {
        ("zh" | "ch" | "sh" | "r" | "z" | "c" | "s", "i") => "ɨ".to_owned(),
        ("j" | "q" | "x", _) if written.starts_with('u') => written.replacen('u', "ü", 1),
        (_, "iu") => "iou".to_owned(),
        (_, "ui") => "uei".to_owned(),
        (_, "un") => "uen".to_owned(),
        (_, "o") => "uo".to_owned(),
        _ => written.to_owned(),
    }
}

/// A syllable without an initial is written with y or w where its final begins with i, ü or u.
fn without_initial(written: &str) -> String {
    match written.split_at_checked(1) {
        Some(("y", "o")) => "io".to_owned(),
        Some(("y", rest)) if rest.starts_with('i') => rest.to_owned(),
        Some(("y", rest)) if rest.starts_with('u') => rest.replacen('u', "ü", 1),
        Some(("y", rest)) => format!("i{rest}"),
        Some(("w", "u")) => "u".to_owned(),
        Some(("w", rest)) => format!("u{rest}"),
        _ => written.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voice::numbered_pinyin;

    fn said(numbered: &str) -> Option<String> {
        phonemes(numbered).map(|said| said.to_string())
    }

    #[test]
    fn every_syllable_in_every_tone_is_what_the_model_was_trained_on() {
        let mut checked = 0;
        for line in include_str!("syllables.tsv").lines() {
            let mut columns = line.split('\t');
            let syllable = columns.next().unwrap();
            for (tone, expected) in (1..).zip(columns) {
                assert_eq!(said(&format!("{syllable}{tone}")).as_deref(), Some(expected), "{syllable}{tone}");
                checked += 1;
            }
        }
        assert!(checked > 2_000, "{checked} syllables");
    }

    #[test]
    fn places_and_sentences() {
        let check = |text: &str, expected: &str| {
            assert_eq!(said(&numbered_pinyin(text)).as_deref(), Some(expected), "{text}");
        };
        check("重庆市", "ꭧʰʊ↗ŋʨʰi↘ŋʂɨ↘");
        check("吕梁市", "ly↓lja↗ŋʂɨ↘");
        check("参保地，上海。", "ʦʰa→npau↓ti↘, ʂa↘ŋxai↓.");
        check("在哪儿？！", "ʦai↘na↓ɚ!");
        check("，，", "");
        check("", "");
    }

    #[test]
    fn what_has_no_phonemes_is_told() {
        for text in ["an4 a jian4", "xyz1", "ma6", "ma", "5"] {
            assert_eq!(said(text), None, "{text}");
        }
    }

    #[test]
    fn every_character_of_a_division_has_phonemes() {
        for text in
            ["克孜勒苏柯尔克孜自治州", "呼和浩特市", "乌鲁木齐市", "濮阳市", "亳州市", "衢州市", "欧阳试娜", "吕测试"]
        {
            let said = said(&numbered_pinyin(text)).unwrap_or_else(|| panic!("{text}"));
            assert!(said.chars().count() > text.chars().count() * 2, "{text}: {said}");
        }
    }
}
