//! Reads the strokes of printed characters: the files of npm `hanzi-writer-data`.

use std::fs;
use std::path::{Path, PathBuf};

use inputx_pinyin::PinyinDict;
use serde::Deserialize;

/// The coordinates of the files run from 0 to this, y upwards.
const UNITS: f32 = 1024.0;
/// Of these, y begins this far below the line.
const DESCENT: f32 = 124.0;

/// Where the strokes are.
pub struct Strokes {
    folder: PathBuf,
}

/// The middle line of every stroke of a character, in a box from 0 to 1, y downwards.
pub type Glyph = Vec<Vec<(f32, f32)>>;

#[derive(Deserialize)]
struct File {
    medians: Vec<Vec<(f32, f32)>>,
}

impl Strokes {
    /// Takes the folder.
    pub fn open(folder: &Path) -> Self {
        assert!(folder.join("一.json").is_file(), "no strokes in {}; run install/strokes.sh", folder.display());
        Self { folder: folder.to_owned() }
    }

    /// The strokes of a character; `None` when there are none.
    pub fn get(&self, character: char) -> Option<Glyph> {
        let text = fs::read_to_string(self.folder.join(format!("{character}.json"))).ok()?;
        let file: File = serde_json::from_str(&text).ok()?;
        let place = |(x, y): (f32, f32)| (x / UNITS, 1.0 - (y + DESCENT) / UNITS);
        Some(file.medians.into_iter().map(|stroke| stroke.into_iter().map(place).collect()).collect())
    }

    /// The characters most used in the pinyin dictionary's corpora that strokes are there for.
    pub fn most_used(&self, count: usize) -> Vec<char> {
        let dictionary = PinyinDict::embedded();
        let mut characters: Vec<char> = ('\u{4e00}'..='\u{9fa5}').collect();
        characters.sort_by_key(|character| (std::cmp::Reverse(dictionary.char_max_freq(*character)), *character));
        let has_strokes = |character: &char| self.folder.join(format!("{character}.json")).is_file();
        characters.into_iter().filter(has_strokes).take(count).collect()
    }
}
