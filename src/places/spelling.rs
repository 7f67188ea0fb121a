//! How names sound in pinyin, and how well a typed text fits one. The usual readings come from the crate `pinyin`,
//! those of place names from `assets/data/readings.csv`; a reading that is usual elsewhere is understood as well.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::OnceLock;

use pinyin::ToPinyin;

const READINGS: &str = include_str!("../../assets/data/readings.csv");

/// Characters of a typed text that are looked at; nobody types a longer one by hand.
const QUERY_CHARS_MAX: usize = 32;

/// A typed text, without spaces and marks, in small half-width letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query(Vec<char>);

impl Query {
    /// `None` if nothing is left to search for.
    pub fn new(text: &str) -> Option<Self> {
        let chars: Vec<char> = text.chars().filter_map(kept).take(QUERY_CHARS_MAX).collect();
        (!chars.is_empty()).then_some(Self(chars))
    }

    /// The characters to search for, at least one.
    pub fn chars(&self) -> &[char] {
        &self.0
    }
}

/// A letter, digit or character in its plain form; `None` for spaces and marks.
fn kept(character: char) -> Option<char> {
    let plain = match character {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(character) - 0xFEE0)?,
        'ü' | 'Ü' => 'v',
        other => other,
    };
    plain.is_alphanumeric().then_some(plain.to_ascii_lowercase())
}

/// A name as it is written and read.
#[derive(Debug, Clone)]
pub struct Spelling {
    sounds: Vec<Sound>,
    /// Sounds that make up the name proper, without 市 or 县 behind it.
    proper: usize,
}

/// One character of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sound {
    /// The character, in its plain form.
    pub character: char,
    /// Its reading here without tone, such as `chong`; `ü` stands as such. Empty for letters, digits and what has none.
    pub reading: &'static str,
    /// What it is often read as instead, such as `zhong`.
    pub other: Option<&'static str>,
}

/// How a typed text fits a name; the lesser one fits better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fit {
    /// It begins after the name's first character.
    pub inside: bool,
    /// It ends before the last character of the name proper.
    pub open: bool,
    /// Characters that are read otherwise here.
    pub misread: u8,
}

impl Spelling {
    /// Reads a name. Marks and spaces have no sound and are left out.
    pub fn of(name: &str) -> Self {
        let chars: Vec<char> = name.chars().filter_map(kept).collect();
        let mut sounds = Vec::with_capacity(chars.len());
        while let Some(rest) = chars.get(sounds.len()..).filter(|rest| !rest.is_empty()) {
            match known(rest) {
                Some(readings) => {
                    sounds.extend(rest.iter().zip(readings).map(|(&c, &reading)| Sound::read(c, Some(reading))));
                }
                None => sounds.push(Sound::read(rest[0], None)),
            }
        }
        let proper = sounds.len();
        Self { sounds, proper }
    }

    /// Reads a name whose last characters may be typed or not: 市 in 北京市.
    pub fn with_tail(name: &str, tail_chars: usize) -> Self {
        let whole = Self::of(name);
        let proper = whole.sounds.len().saturating_sub(tail_chars);
        Self { proper, ..whole }
    }

    /// Its characters, each with how it sounds.
    pub fn sounds(&self) -> &[Sound] {
        &self.sounds
    }

    /// How well the text fits: from which character on, and how far. `None` where it does not.
    ///
    /// Each character of the name is met by itself, by its whole reading or by its initial (`z` as well as `zh`); the
    /// last one also by the beginning of its reading.
    pub fn fit(&self, query: &Query) -> Option<Fit> {
        let first = *query.chars().first()?;
        let begins = |start: &usize| self.sounds[*start].begins_with(first);
        let fits = (0..self.proper).filter(begins).filter_map(|start| {
            let Met { misread, used: Reverse(used) } = meet(query.chars(), &self.sounds[start..])?;
            Some(Fit { inside: start > 0, open: start + used < self.proper, misread })
        });
        fits.min()
    }
}

impl Sound {
    /// A cheap look before the thorough one; nearly all names end here.
    fn begins_with(&self, typed: char) -> bool {
        let letter = |reading: &str| reading.as_bytes().first().is_some_and(|byte| char::from(*byte) == typed);
        self.character == typed || letter(self.reading) || self.other.is_some_and(letter)
    }

    fn read(character: char, reading: Option<&'static str>) -> Self {
        let usual = character.to_pinyin().map(|pinyin| pinyin.plain());
        let reading_here = reading.or(usual).unwrap_or_default();
        Self { character, reading: reading_here, other: usual.filter(|usual| *usual != reading_here) }
    }
}

/// How a query is met by sounds; the lesser is the better.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Met {
    misread: u8,
    /// `sh` means 上海 rather than 上.
    used: Reverse<usize>,
}

/// Lets the whole query be met by the first sounds, at best.
fn meet(query: &[char], sounds: &[Sound]) -> Option<Met> {
    let Some(&typed) = query.first() else { return Some(Met { misread: 0, used: Reverse(0) }) };
    let (sound, rest) = sounds.split_first()?;
    let further = |used: usize, misread: u8| {
        let later = meet(&query[used..], rest)?;
        Some(Met { misread: later.misread + misread, used: Reverse(later.used.0 + 1) })
    };
    let written = if sound.character == typed { further(1, 0) } else { None };
    let spoken = [Some(sound.reading), sound.other].into_iter().zip([0, 1]).filter_map(|(reading, misread)| {
        let reading = reading?;
        let letters = query.iter().zip(reading.chars()).take_while(|(typed, letter)| same(**typed, *letter)).count();
        let whole = reading.chars().count();
        let ends = [whole, 2, 1].into_iter().filter(|&end| match end {
            0 => false,
            2 if whole != 2 => letters >= 2 && reading.as_bytes().get(1) == Some(&b'h'),
            end => letters >= end,
        });
        let partial =
            (letters == query.len() && letters < whole && letters > 0).then_some(Met { misread, used: Reverse(1) });
        ends.filter_map(|end| further(end, misread)).chain(partial).min()
    });
    spoken.chain(written).min()
}

/// `ü` is typed as v, and often as u.
fn same(typed: char, letter: char) -> bool {
    typed == letter || (letter == 'ü' && matches!(typed, 'v' | 'u'))
}

type Readings = HashMap<char, Vec<(Vec<char>, Vec<&'static str>)>>;

/// The readings of the longest known text the characters begin with.
fn known(chars: &[char]) -> Option<&'static [&'static str]> {
    static TABLE: OnceLock<Readings> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let mut table = Readings::new();
        for (text, reading) in READINGS.lines().skip(1).filter_map(|line| line.split_once(',')) {
            let text: Vec<char> = text.chars().collect();
            let entry = (text.clone(), reading.split(' ').collect());
            table.entry(text[0]).or_default().push(entry);
        }
        table.values_mut().for_each(|entries| entries.sort_by_key(|(text, _)| Reverse(text.len())));
        table
    });
    let entries = table.get(chars.first()?)?;
    entries.iter().find(|(text, _)| chars.starts_with(text)).map(|(_, reading)| reading.as_slice())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(name: &str, query: &str, expected: Option<(bool, bool, u8)>) {
        let fit = Spelling::of(name).fit(&Query::new(query).unwrap());
        let expected = expected.map(|(inside, open, misread)| Fit { inside, open, misread });
        assert_eq!(fit, expected, "{query} in {name}");
    }

    #[test]
    fn a_name_is_met_by_characters_syllables_and_initials_in_any_mixture() {
        for query in ["北京", "beijing", "bj", "beij", "bjing", "北j", "b京", "Bei Jing", "bei'jing", "ｂｊ"] {
            check("北京", query, Some((false, false, 0)));
        }
        check("北京", "b", Some((false, true, 0)));
        check("北京", "京", Some((true, false, 0)));
        check("北京", "bjs", None);
        check("北京", "eijing", None);
        check("郑州", "zz", Some((false, false, 0)));
        check("郑州", "zhzh", Some((false, false, 0)));
        check("西安", "xian", Some((false, false, 0)));
        check("吕梁", "lvliang", Some((false, false, 0)));
        check("吕梁", "luliang", Some((false, false, 0)));
        check("301医院", "301yy", Some((false, false, 0)));
        check("北京（朝阳）医院", "bjcyyy", Some((false, false, 0)));
    }

    #[test]
    fn a_misreading_is_understood_and_known_as_such() {
        check("重庆", "cq", Some((false, false, 0)));
        check("重庆", "zq", Some((false, false, 1)));
        check("重庆", "zhongqing", Some((false, false, 1)));
        check("单县", "danxian", Some((false, false, 1)));
    }

    #[test]
    fn every_listed_reading_is_the_one_used() {
        for line in READINGS.lines().skip(1) {
            let (text, reading) = line.split_once(',').unwrap();
            assert_eq!(text.chars().count(), reading.split(' ').count(), "{line}");
            let read: Vec<&str> = Spelling::of(text).sounds().iter().map(|sound| sound.reading).collect();
            assert_eq!(read.join(" "), reading);
        }
    }

    #[test]
    fn place_names_are_read_as_people_there_read_them() {
        let read = |name: &str| Spelling::of(name).sounds().iter().map(|s| s.reading).collect::<Vec<_>>().join(" ");
        let cases = [
            ("长治市", "chang zhi shi"),
            ("长子县", "zhang zi xian"),
            ("浚县", "xun xian"),
            ("单县", "shan xian"),
            ("涡阳县", "guo yang xian"),
            ("洪洞县", "hong tong xian"),
            ("繁峙县", "fan shi xian"),
            ("朝阳区", "chao yang qu"),
            ("阿勒泰地区", "a le tai di qu"),
            ("什邡市", "shi fang shi"),
            ("筠连县", "jun lian xian"),
            ("荥经县", "ying jing xian"),
            ("荥阳市", "xing yang shi"),
            ("郫都区", "pi du qu"),
            ("六安市", "lu an shi"),
            ("六盘水市", "liu pan shui shi"),
            ("蚌埠市", "beng bu shi"),
            ("厦门市", "xia men shi"),
            ("西藏自治区", "xi zang zi zhi qu"),
            ("成都市", "cheng du shi"),
        ];
        cases.iter().for_each(|(name, reading)| assert_eq!(read(name), *reading));
    }

    proptest! {
        #[test]
        fn no_query_makes_it_fail(name in "\\PC{0,20}", query in "[a-z北京重庆 ]{0,40}") {
            let fit = Query::new(&query).and_then(|query| Spelling::of(&name).fit(&query));
            prop_assert!(fit.is_none_or(|fit| usize::from(fit.misread) <= name.chars().count()));
        }
    }
}
