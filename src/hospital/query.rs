//! What is indexed of a name, and how a typed text becomes a full-text query. The query only narrows down; whether a
//! name really fits is decided by [`Spelling::fit`].
//!
//! Characters, syllables and initials are words of three columns, one word a character, so that a piece of a name is a
//! phrase: 协和 is `name : "协 和"`, `xiehe` is `syllables : "xie he"`, `xh` is `initials : "x h"`.

use std::collections::HashSet;
use std::sync::OnceLock;

use pinyin::ToPinyin;

use crate::domain::AreaCode;
use crate::places::{Place, PlaceKind, Places, Query, Spelling};

/// Ways to divide letters into syllables that are tried, the shortest first.
const DIVISIONS_MAX: usize = 6;

/// Stands between the right readings and the usual ones, so that no phrase goes across.
const BETWEEN: &str = "qqq";

/// A name as it is indexed: words with spaces between them.
pub(super) struct Indexed {
    pub name: String,
    pub syllables: String,
    pub initials: String,
}

pub(super) fn indexed(spelling: &Spelling) -> Indexed {
    let sounds = spelling.sounds();
    let name = joined(sounds.iter().map(|sound| sound.character.to_string()));
    let here: Vec<String> = sounds.iter().map(|sound| word(sound.reading, sound.character)).collect();
    let usual: Vec<String> = sounds.iter().map(|s| word(s.other.unwrap_or(s.reading), s.character)).collect();
    let initials = |words: &[String]| joined(words.iter().map(|word| word.chars().take(1).collect()));
    if here == usual {
        return Indexed { name, syllables: here.join(" "), initials: initials(&here) };
    }
    let both = |a: String, b: String| format!("{a} {BETWEEN} {b}");
    let syllables = both(here.join(" "), usual.join(" "));
    Indexed { name, syllables, initials: both(initials(&here), initials(&usual)) }
}

/// A syllable with v for ü; what has no reading stands for itself.
fn word(reading: &str, character: char) -> String {
    if reading.is_empty() { character.to_string() } else { reading.replace('ü', "v") }
}

fn joined(words: impl Iterator<Item = String>) -> String {
    words.collect::<Vec<_>>().join(" ")
}

/// The words an area is found by: itself, its place in the picker, its province.
pub(super) fn area_words(area: &AreaCode, place: Option<&Place>) -> String {
    let province = place.map_or(&area.as_str()[..2], |place| &place.province.as_str()[..2]);
    let place = place.map(|place| format!("d{}", place.code.as_str())).unwrap_or_default();
    format!("a{} {place} p{province}", area.as_str())
}

/// The full-text query for hospitals in an area: a province, a destination or exactly this code.
pub(super) fn in_area(area: &AreaCode) -> String {
    let code = area.as_str();
    match Places::national().find(area) {
        Some(place) if place.kind == PlaceKind::Province => format!("area : p{}", &code[..2]),
        Some(_) => format!("area : d{code}"),
        None => format!("area : a{code}"),
    }
}

/// Where in a name the text is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Where {
    /// From its first character.
    Start,
    /// Anywhere.
    Anywhere,
}

/// The full-text query for a typed text.
pub(super) fn for_text(query: &Query, place: Where) -> String {
    let mut parts = Vec::new();
    for run in query.chars().chunk_by(|a, b| is_letter(*a) == is_letter(*b)) {
        let anchor = if place == Where::Start && parts.is_empty() { "^ " } else { "" };
        if run.first().copied().is_some_and(is_letter) {
            let ways = divisions(&run.iter().collect::<String>());
            let ways: Vec<String> = ways.iter().map(|pieces| for_pieces(pieces, anchor)).collect();
            parts.push(format!("({})", ways.join(" OR ")));
        } else {
            parts.push(format!("name : {anchor}\"{}\"", joined(run.iter().map(char::to_string))));
        }
    }
    parts.join(" AND ")
}

fn is_letter(character: char) -> bool {
    character.is_ascii_lowercase()
}

/// A part of the typed letters that stands for one character.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    /// A whole reading.
    Syllable(String),
    /// The beginning of a reading of which only the first letter counts: `z` also for `zh`.
    Initial(char),
    /// The beginning of the last reading, two letters at least.
    Begun(String),
}

impl Piece {
    fn initial(&self) -> Option<char> {
        match self {
            Self::Initial(letter) => Some(*letter),
            Self::Syllable(text) | Self::Begun(text) => text.chars().next(),
        }
    }
}

fn for_pieces(pieces: &[Piece], anchor: &str) -> String {
    let mut parts = Vec::new();
    if pieces.iter().any(|piece| matches!(piece, Piece::Initial(_))) {
        let initials = pieces.iter().filter_map(|piece| piece.initial().map(String::from));
        parts.push(format!("initials : {anchor}\"{}\"", joined(initials)));
    }
    for run in pieces.chunk_by(|a, b| matches!((a, b), (Piece::Syllable(_), Piece::Syllable(_) | Piece::Begun(_)))) {
        let words: Vec<&str> = run.iter().filter_map(Piece::text).collect();
        if !words.is_empty() {
            let begun = if matches!(run.last(), Some(Piece::Begun(_))) { " *" } else { "" };
            let anchor = if parts.is_empty() { anchor } else { "" };
            parts.push(format!("syllables : {anchor}\"{}\"{begun}", words.join(" ")));
        }
    }
    format!("({})", parts.join(" AND "))
}

impl Piece {
    fn text(&self) -> Option<&str> {
        match self {
            Self::Syllable(text) | Self::Begun(text) => Some(text),
            Self::Initial(_) => None,
        }
    }
}

/// The ways to divide letters into readings and initials, those with the fewest pieces first; at least one.
fn divisions(letters: &str) -> Vec<Vec<Piece>> {
    let known = syllables();
    // What can follow from each letter on; filled from the end.
    let mut from: Vec<Vec<Vec<Piece>>> = vec![Vec::new(); letters.len() + 1];
    from[letters.len()].push(Vec::new());
    for start in (0..letters.len()).rev() {
        let rest = &letters[start..];
        let mut ways = Vec::new();
        let mut add = |piece: Piece, next: usize| {
            let later = from[next].iter().map(|later| [std::slice::from_ref(&piece), later].concat());
            ways.extend(later);
        };
        for end in (1..=rest.len().min(SYLLABLE_LETTERS_MAX)).rev() {
            let text = &rest[..end];
            if known.whole.contains(text) {
                add(Piece::Syllable(text.to_owned()), start + end);
            }
            if matches!(text, "zh" | "ch" | "sh") || (end == 1 && !matches!(text, "i" | "u" | "v")) {
                add(Piece::Initial(rest.chars().next().unwrap_or_default()), start + end);
            }
        }
        if rest.len() >= 2 && known.begun.contains(rest) {
            ways.push(vec![Piece::Begun(rest.to_owned())]);
        }
        ways.sort_by_key(Vec::len);
        ways.dedup();
        ways.truncate(DIVISIONS_MAX);
        from[start] = ways;
    }
    let mut ways = from.swap_remove(0);
    // Initials alone have the most pieces and are what is typed most.
    let initials: Vec<Piece> = letters.chars().map(Piece::Initial).collect();
    if !ways.contains(&initials) {
        ways.push(initials);
    }
    ways
}

/// The longest reading is zhuang.
const SYLLABLE_LETTERS_MAX: usize = 6;

struct Syllables {
    whole: HashSet<String>,
    /// What readings begin with, short of the whole.
    begun: HashSet<String>,
}

/// All readings of the unified ideographs.
fn syllables() -> &'static Syllables {
    static TABLE: OnceLock<Syllables> = OnceLock::new();
    TABLE.get_or_init(|| {
        let readings = ('\u{4E00}'..='\u{9FA5}').filter_map(|character| character.to_pinyin());
        let plain: HashSet<&str> = readings.map(|reading| reading.plain()).collect();
        let mut whole: HashSet<String> = plain.iter().map(|reading| reading.replace('ü', "v")).collect();
        whole.retain(|reading| reading.is_ascii());
        let begun = whole.iter().flat_map(|reading| (2..reading.len()).map(|end| reading[..end].to_owned())).collect();
        Syllables { whole, begun }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(for_text(&Query::new(text).unwrap(), Where::Anywhere), expected, "{text}");
    }

    #[test]
    fn typed_texts_become_phrases() {
        check("协和", "name : \"协 和\"");
        check("301", "name : \"3 0 1\"");
        check("xh", "((initials : \"x h\"))");
        let several = for_text(&Query::new("xiehe").unwrap(), Where::Anywhere);
        assert!(several.starts_with("((syllables : \"xie he\") OR "), "{several}");
        assert!(several.contains("(syllables : \"xi e he\")"), "{several}");
        let mixed = for_text(&Query::new("bjxieh").unwrap(), Where::Anywhere);
        assert!(mixed.contains("(initials : \"b j x h\" AND syllables : \"xie\")"), "{mixed}");
        assert!(for_text(&Query::new("北zhon").unwrap(), Where::Anywhere).contains("syllables : \"zhon\" *"));
        let anchored = for_text(&Query::new("北京xh").unwrap(), Where::Start);
        assert_eq!(anchored, "name : ^ \"北 京\" AND ((initials : \"x h\"))");
    }

    #[test]
    fn both_readings_are_indexed() {
        let words = indexed(&Spelling::of("重庆301"));
        assert_eq!(words.name, "重 庆 3 0 1");
        assert_eq!(words.syllables, "chong qing 3 0 1 qqq zhong qing 3 0 1");
        assert_eq!(words.initials, "c q 3 0 1 qqq z q 3 0 1");
    }

    #[test]
    fn a_long_row_of_letters_has_few_divisions() {
        for letters in ["shengrenminyiyuan", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "iiiiii"] {
            let ways = divisions(letters);
            assert!((1..=DIVISIONS_MAX + 1).contains(&ways.len()), "{letters}: {}", ways.len());
        }
    }
}
