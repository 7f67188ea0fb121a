//! What is indexed of a name, and how a typed text becomes a full-text query. The query only narrows down; whether a
//! name really fits is decided by [`fit`].
//!
//! Characters, syllables and initials are words of three columns, one word a character, so that a piece of a name is a
//! phrase: 协和 is `name : "协 和"`, `xiehe` is `syllables : "xie he"`, `xh` is `initials : "x h"`.

use std::collections::HashSet;
use std::sync::OnceLock;

use pinyin::ToPinyin;

use crate::domain::AreaCode;
use crate::places::{Fit, Place, PlaceKind, Places, Query, Spelling};

/// Ways to divide letters into syllables that are tried, the shortest first.
const DIVISIONS_MAX: usize = 6;

/// Stands between the ways a name is written and read, so that no phrase goes across.
const BETWEEN: &str = "qqq";

/// A name as it is indexed: words with spaces between them.
pub(super) struct Indexed {
    pub name: String,
    pub syllables: String,
    pub initials: String,
}

/// The name without the 省, 市, 区 and 县 that people leave out: 济南中心医院. `None` where there are none.
fn bare(name: &str) -> Option<String> {
    let bare = name.replace(['省', '市', '区', '县'], "");
    (bare != name && !bare.is_empty()).then_some(bare)
}

/// How well the text fits the name, whole or bare.
pub(super) fn fit(name: &str, query: &Query) -> Option<Fit> {
    Spelling::of(name).fit(query).or_else(|| Spelling::of(&bare(name)?).fit(query))
}

pub(super) fn indexed(name: &str) -> Indexed {
    let mut written = Vec::new();
    let mut read: Vec<Vec<String>> = Vec::new();
    for spelling in [Some(name.to_owned()), bare(name)].iter().flatten().map(|name| Spelling::of(name)) {
        let sounds = spelling.sounds();
        written.push(joined(sounds.iter().map(|sound| sound.character.to_string())));
        let here = sounds.iter().map(|sound| word(sound.reading, sound.character)).collect();
        let usual = sounds.iter().map(|s| word(s.other.unwrap_or(s.reading), s.character)).collect();
        read.extend([here, usual]);
    }
    read.dedup();
    let between = format!(" {BETWEEN} ");
    let each = |of: &dyn Fn(&String) -> String| {
        let rows: Vec<String> = read.iter().map(|words| joined(words.iter().map(of))).collect();
        rows.join(&between)
    };
    let syllables = each(&String::clone);
    let initials = each(&|word| word.chars().take(1).collect());
    Indexed { name: written.join(&between), syllables, initials }
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

/// The full-text query for names with all these characters; `None` unless all of at least two are written out.
pub(super) fn for_scattered(query: &Query) -> Option<String> {
    let chars = query.chars();
    let written = chars.len() >= 2 && !chars.iter().copied().any(is_letter);
    let words: Vec<String> = chars.iter().map(|character| format!("\"{character}\"")).collect();
    written.then(|| format!("name : ({})", words.join(" AND ")))
}

/// Whether the name has these characters in this order, with others between them: 北大一院 for 北京大学第一医院.
pub(super) fn is_scattered(query: &Query, name: &str) -> bool {
    let mut rest = name.chars();
    query.chars().iter().all(|wanted| rest.any(|character| character == *wanted))
}

/// The full-text query for a typed text.
pub(super) fn for_text(query: &Query, place: Where) -> String {
    let mut parts = Vec::new();
    for run in query.chars().chunk_by(|a, b| is_letter(*a) == is_letter(*b)) {
        let anchor = if place == Where::Start && parts.is_empty() { "^ " } else { "" };
        if run.first().copied().is_some_and(is_letter) {
            let letters: String = run.iter().collect();
            let ways: Vec<String> = divisions(&letters).iter().map(|pieces| for_pieces(pieces, anchor)).collect();
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece<'a> {
    /// A whole reading.
    Syllable(&'a str),
    /// The beginning of a reading of which only the first letter counts: `z` also for `zh`.
    Initial(char),
    /// The beginning of the last reading, two letters at least.
    Begun(&'a str),
}

impl Piece<'_> {
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

impl Piece<'_> {
    fn text(&self) -> Option<&str> {
        match self {
            Self::Syllable(text) | Self::Begun(text) => Some(text),
            Self::Initial(_) => None,
        }
    }
}

/// The ways to divide letters into readings and initials, those with the fewest pieces first; at least one.
fn divisions<'a>(letters: &'a str) -> Vec<Vec<Piece<'a>>> {
    let known = syllables();
    // What can follow from each letter on; filled from the end.
    let mut from: Vec<Vec<Vec<Piece<'a>>>> = vec![Vec::new(); letters.len() + 1];
    from[letters.len()].push(Vec::new());
    for start in (0..letters.len()).rev() {
        let rest = &letters[start..];
        let mut ways = Vec::new();
        let mut add = |piece: Piece<'a>, next: usize| {
            let later = from[next].iter().map(|later| [&[piece], later.as_slice()].concat());
            ways.extend(later);
        };
        for end in (1..=rest.len().min(SYLLABLE_LETTERS_MAX)).rev() {
            let text = &rest[..end];
            if known.whole.contains(text) {
                add(Piece::Syllable(text), start + end);
            }
            if matches!(text, "zh" | "ch" | "sh") || (end == 1 && !matches!(text, "i" | "u" | "v")) {
                add(Piece::Initial(rest.chars().next().unwrap_or_default()), start + end);
            }
        }
        if rest.len() >= 2 && known.begun.contains(rest) {
            ways.push(vec![Piece::Begun(rest)]);
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
        let words = indexed("重庆301");
        assert_eq!(words.name, "重 庆 3 0 1");
        assert_eq!(words.syllables, "chong qing 3 0 1 qqq zhong qing 3 0 1");
        assert_eq!(words.initials, "c q 3 0 1 qqq z q 3 0 1");
    }

    #[test]
    fn names_are_indexed_with_and_without_the_units() {
        let words = indexed("文登区医院");
        assert_eq!(words.name, "文 登 区 医 院 qqq 文 登 医 院");
        assert_eq!(words.syllables, "wen deng qu yi yuan qqq wen deng yi yuan");
        assert_eq!(words.initials, "w d q y y qqq w d y y");
    }

    #[test]
    fn a_long_row_of_letters_has_few_divisions() {
        for letters in ["shengrenminyiyuan", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "iiiiii"] {
            let ways = divisions(letters);
            assert!((1..=DIVISIONS_MAX + 1).contains(&ways.len()), "{letters}: {}", ways.len());
        }
    }
}
