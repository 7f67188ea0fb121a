//! What the rating service accepted, in memory and, if wanted, line by line on disk before it answers.

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::Path;

use serde_json::{Value, json};

/// The three books.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Shelf {
    Services,
    Ratings,
    Answers,
}

impl Shelf {
    const ALL: [Self; 3] = [Self::Services, Self::Ratings, Self::Answers];

    fn name(self) -> &'static str {
        match self {
            Self::Services => "service",
            Self::Ratings => "evaluate",
            Self::Answers => "answers",
        }
    }
}

/// Which matter, and the how-manieth service or rating of it.
pub(super) type Key = (String, u64);

/// Everything accepted so far.
#[derive(Default)]
pub(super) struct RatingBook {
    rows: HashMap<(Shelf, Key), Value>,
    order: Vec<(Shelf, Key)>,
    file: Option<File>,
}

impl RatingBook {
    /// Opens the file and reads what an earlier run accepted. A last line that was cut off was never answered for,
    /// so it is taken away.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let mut file = OpenOptions::new().read(true).append(true).create(true).open(path)?;
        let text = io::read_to_string(&mut file)?;
        let whole = text.rfind('\n').map_or(0, |end| end + 1);
        file.set_len(whole as u64)?;
        file.seek(SeekFrom::End(0))?;
        let mut book = Self::default();
        for line in text[..whole].lines() {
            book.read_line(line).ok_or_else(|| io::Error::other("a line of the rating store cannot be read"))?;
        }
        book.file = Some(file);
        Ok(book)
    }

    fn read_line(&mut self, line: &str) -> Option<()> {
        let mut line: Value = serde_json::from_str(line).ok()?;
        let name = line.get("kind")?.as_str()?;
        let shelf = Shelf::ALL.into_iter().find(|s| s.name() == name)?;
        let key = (line.get("projectNo")?.as_str()?.to_owned(), line.get("number")?.as_u64()?);
        self.keep(shelf, key, line.get_mut("record")?.take());
        Some(())
    }

    fn keep(&mut self, shelf: Shelf, key: Key, record: Value) {
        self.order.push((shelf, key.clone()));
        self.rows.insert((shelf, key), record);
    }

    /// What was accepted under this key.
    pub(super) fn find(&self, shelf: Shelf, key: &Key) -> Option<&Value> {
        self.rows.get(&(shelf, key.clone()))
    }

    /// Keeps a record; it is on disk when this returns.
    pub(super) fn accept(&mut self, shelf: Shelf, key: Key, record: Value) -> io::Result<()> {
        if let Some(file) = &mut self.file {
            let line = json!({"kind": shelf.name(), "projectNo": key.0, "number": key.1, "record": record});
            file.write_all(format!("{line}\n").as_bytes())?;
            file.sync_data()?;
        }
        self.keep(shelf, key, record);
        Ok(())
    }

    /// All records of a book in the order they were accepted.
    pub(super) fn all(&self, shelf: Shelf) -> Vec<Value> {
        self.order.iter().filter(|k| k.0 == shelf).filter_map(|k| self.rows.get(k)).cloned().collect()
    }
}
