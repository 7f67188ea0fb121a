//! What is to be said, as typed segments: fixed text, money, dates, times, counts, digits, names, places.
//!
//! An amount stays an amount down to the sound, so nobody ever reads a value back out of a rendered
//! sentence. The words come from the catalogues; none live here but those of numbers, which every
//! language has one way to say.

mod chinese;
mod inventory;
mod spelling;

use std::fmt;

use jiff::civil;
use zeroize::{Zeroize, Zeroizing};

use crate::domain::Fen;
use crate::session::Language;

pub use inventory::{Carrier, CarrierPiece, carriers};
pub use spelling::{clip_text, spell_out};

/// One thing said, by its kind.
#[derive(Clone, PartialEq, Eq)]
pub enum Segment {
    /// A piece of a catalogue's text without values.
    Text(String),
    /// An amount of money.
    Money(Fen),
    /// A day of the calendar.
    Date(civil::Date),
    /// A day without an end: 长期.
    Unlimited,
    /// A time of day; seconds are not said.
    Time(civil::Time),
    /// So many of something.
    Count(u32, Unit),
    /// A row of digits, said one by one, such as a telephone number.
    Digits(String),
    /// A person's name.
    Name(String),
    /// A place's name.
    Place(String),
}

/// What is counted; the measure word decides between 二 and 两.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// 位: persons, politely.
    Persons,
    /// 个: things.
    Things,
    /// 天: days.
    Days,
    /// 分钟: minutes.
    Minutes,
    /// 秒: seconds.
    Seconds,
    /// 页: pages.
    Pages,
    /// 号: the number of a ticket or a window.
    Number,
}

impl Unit {
    /// All units.
    pub const ALL: [Self; 7] =
        [Self::Persons, Self::Things, Self::Days, Self::Minutes, Self::Seconds, Self::Pages, Self::Number];
}

/// A segment with the words the caption shows for it.
#[derive(Clone, PartialEq, Eq)]
struct Piece {
    segment: Segment,
    shown: String,
}

/// An utterance: its segments in order. Wiped when dropped.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Script {
    pieces: Vec<Piece>,
}

/// Stands for the nth value while a catalogue's text is filled; no catalogue and no font uses it.
const FIRST_PLACE: u32 = 0xE000;

/// A text of up to so many characters is read as a sentence: without a stop Kokoro swallows its last syllable, and a
/// longer one is said worse with it (docs/voice.md).
pub const SHORT_CHARACTERS_MAX: usize = 5;

/// What to hand a catalogue's text in place of its nth value, so that [`Script::filled`] finds the place again.
#[must_use]
pub fn place_of_value(nth: u8) -> String {
    char::from_u32(FIRST_PLACE + u32::from(nth)).map(String::from).unwrap_or_default()
}

impl Script {
    /// A text without values.
    #[must_use]
    pub fn fixed(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { pieces: vec![Piece { segment: Segment::Text(text.clone()), shown: text }] }
    }

    /// A catalogue's text whose values are segments: `template` has [`place_of_value`] where the nth of `values` belongs,
    /// each given with the words the caption shows for it.
    #[must_use]
    pub fn filled(template: &str, values: &[(Segment, String)]) -> Self {
        let mut pieces = Vec::with_capacity(values.len() * 2 + 1);
        let mut text = String::new();
        for character in template.chars() {
            let nth = u32::from(character).checked_sub(FIRST_PLACE).and_then(|nth| usize::try_from(nth).ok());
            match nth.and_then(|nth| values.get(nth)) {
                Some((segment, shown)) => {
                    push_text(&mut pieces, &mut text);
                    pieces.push(Piece { segment: segment.clone(), shown: shown.clone() });
                }
                None => text.push(character),
            }
        }
        push_text(&mut pieces, &mut text);
        Self { pieces }
    }

    /// One after the other, as one utterance.
    #[must_use]
    pub fn followed_by(mut self, mut next: Self) -> Self {
        self.pieces.append(&mut next.pieces);
        self
    }

    /// The caption: every segment as the screen shows it.
    #[must_use]
    pub fn caption(&self) -> Zeroizing<String> {
        let length = self.pieces.iter().map(|piece| piece.shown.len()).sum();
        let mut caption = Zeroizing::new(String::with_capacity(length));
        self.pieces.iter().for_each(|piece| caption.push_str(&piece.shown));
        caption
    }

    /// For a synthesiser that reads any text: numbers in words, digits one by one, places as they are.
    ///
    /// Names of persons are left out: a voice that is hard to understand does not call anybody by name.
    #[must_use]
    pub fn spoken(&self, language: Language) -> Zeroizing<String> {
        self.in_words(language, |piece| !matches!(piece.segment, Segment::Name(_)))
    }

    /// The same for a voice that says names as well: the engine.
    #[must_use]
    pub fn spoken_with_names(&self, language: Language) -> Zeroizing<String> {
        self.in_words(language, |_| true)
    }

    fn in_words(&self, language: Language, said: impl Fn(&Piece) -> bool) -> Zeroizing<String> {
        let mut spoken = Zeroizing::new(String::with_capacity(self.pieces.len() * 48));
        self.pieces.iter().filter(|piece| said(piece)).for_each(|piece| push_words(&mut spoken, piece, language));
        spoken
    }

    /// The clips this is made of, in order.
    #[must_use]
    pub fn clips(&self, language: Language) -> Vec<Clip> {
        self.parts(language).into_iter().flat_map(|part| part.clips).collect()
    }

    /// Its parts, each to be said out of clips or by a voice that makes them.
    #[must_use]
    pub fn parts(&self, language: Language) -> Vec<Part> {
        self.pieces.iter().map(|piece| part_of(piece, language)).collect()
    }

    /// Whether it says something about somebody: more than fixed text.
    #[must_use]
    pub fn has_values(&self) -> bool {
        self.pieces.iter().any(|piece| !matches!(piece.segment, Segment::Text(_)))
    }
}

/// A clip that is wanted.
#[derive(Clone, PartialEq, Eq)]
pub struct Clip {
    /// Its text, the key in the voice pack.
    pub text: Zeroizing<String>,
}

impl fmt::Debug for Clip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clip(…)")
    }
}

/// A part of a script that is said in one voice.
#[derive(Clone, PartialEq, Eq)]
pub struct Part {
    /// Its clips, in order. None for marks between words, and for a person's name, of which no pack has one.
    pub clips: Vec<Clip>,
    /// Its words, for a voice that makes them.
    pub words: Zeroizing<String>,
    /// Whether the rest may be said without it: a place without a clip stays with the caption, as does a name.
    pub optional: bool,
}

impl Part {
    /// Whether it is more than marks.
    #[must_use]
    pub fn says_something(&self) -> bool {
        self.words.chars().any(char::is_alphanumeric)
    }
}

impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Part").field("clips", &self.clips).field("optional", &self.optional).finish_non_exhaustive()
    }
}

fn part_of(piece: &Piece, language: Language) -> Part {
    let mut words = Zeroizing::new(String::with_capacity(piece.shown.len() + 48));
    push_words(&mut words, piece, language);
    let clips = clips_of(piece, language);
    let optional = clips.is_empty() || matches!(piece.segment, Segment::Place(_));
    Part { clips, words, optional }
}

fn push_words(words: &mut String, piece: &Piece, language: Language) {
    let groups = if language == Language::ZhCn { chinese::groups(&piece.segment) } else { None };
    match groups {
        Some(groups) => groups.iter().for_each(|group| words.push_str(group)),
        None if language == Language::ZhCn && matches!(piece.segment, Segment::Text(_)) => {
            words.push_str(&spell_out(&piece.shown));
        }
        None => words.push_str(&piece.shown),
    }
}

fn clips_of(piece: &Piece, language: Language) -> Vec<Clip> {
    let clip = |text: &str| Clip { text: Zeroizing::new(text.to_owned()) };
    match &piece.segment {
        Segment::Text(text) => {
            let text = Zeroizing::new(clip_text(text));
            let silent = !text.chars().any(char::is_alphanumeric);
            if silent { Vec::new() } else { vec![clip(&text)] }
        }
        Segment::Name(_) => Vec::new(),
        Segment::Place(name) => vec![clip(name)],
        segment if language == Language::ZhCn => {
            chinese::groups(segment).unwrap_or_default().iter().map(|group| clip(group)).collect()
        }
        _ => vec![clip(&piece.shown)],
    }
}

fn push_text(pieces: &mut Vec<Piece>, text: &mut String) {
    if !text.is_empty() {
        let text = std::mem::take(text);
        pieces.push(Piece { segment: Segment::Text(text.clone()), shown: text });
    }
}

impl Zeroize for Script {
    fn zeroize(&mut self) {
        for piece in &mut self.pieces {
            piece.shown.zeroize();
            match &mut piece.segment {
                Segment::Text(words) | Segment::Digits(words) | Segment::Name(words) | Segment::Place(words) => {
                    words.zeroize();
                }
                Segment::Money(amount) => amount.0.zeroize(),
                other => *other = Segment::Unlimited,
            }
        }
        self.pieces.clear();
    }
}

impl Drop for Script {
    fn drop(&mut self) {
        self.zeroize();
    }
}

impl zeroize::ZeroizeOnDrop for Script {}

impl fmt::Debug for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.pieces.iter().map(|piece| &piece.segment)).finish()
    }
}

impl fmt::Debug for Segment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.debug_tuple("Text").field(text).finish(),
            Self::Money(_) => f.write_str("Money(…)"),
            Self::Date(_) => f.write_str("Date(…)"),
            Self::Unlimited => f.write_str("Unlimited"),
            Self::Time(_) => f.write_str("Time(…)"),
            Self::Count(count, unit) => f.debug_tuple("Count").field(count).field(unit).finish(),
            Self::Digits(_) => f.write_str("Digits(…)"),
            Self::Name(_) => f.write_str("Name(…)"),
            Self::Place(_) => f.write_str("Place(…)"),
        }
    }
}
