//! Reading a list somebody typed in a spreadsheet: CSV with a header, in UTF-8 or GB18030, with mistakes said by line
//! and column. What a column means is the caller's.

use encoding_rs::GB18030;

/// What is wrong with a list, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}{}: {trouble}", column.as_deref().map(|name| format!(", column {name}")).unwrap_or_default())]
pub struct TableError {
    /// Line of the file, from 1; the header is one, and a field may go over several.
    pub line: u64,
    /// The column, by its header.
    pub column: Option<String>,
    /// What is wrong.
    pub trouble: TableTrouble,
}

/// What can be wrong with a list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableTrouble {
    /// Bytes that are no text.
    #[error("neither UTF-8 nor GB18030; save the list as “CSV UTF-8”")]
    Encoding,
    /// UTF-16.
    #[error("this is UTF-16; save the list as “CSV UTF-8”")]
    Utf16,
    /// No line, or only the header.
    #[error("the list is empty")]
    Empty,
    /// A column that must be there is not.
    #[error("the header lacks the column {0}")]
    Missing(&'static str),
    /// A column nobody knows.
    #[error("the header has an unknown column {0:?}{1}")]
    Unknown(String, String),
    /// A column stands there twice.
    #[error("the header has the column {0} twice")]
    Twice(&'static str),
    /// More or fewer fields than the header.
    #[error("{found} fields where the header has {wanted}; is a comma inside a field without quotes?")]
    Width {
        /// Fields of this line.
        found: usize,
        /// Fields of the header.
        wanted: usize,
    },
    /// More lines than the program takes.
    #[error("more than {0} lines")]
    TooLong(usize),
    /// A field holds what it must not.
    #[error("{0}")]
    Value(String),
}

/// A list, read and with its columns found.
pub(crate) struct Table {
    columns: Vec<&'static str>,
    rows: Vec<Row>,
}

struct Row {
    line: u64,
    /// In the order of the known columns; empty where the list has no such column.
    fields: Vec<String>,
}

/// One line of a list.
#[derive(Clone, Copy)]
pub(crate) struct Line<'a> {
    table: &'a Table,
    row: &'a Row,
}

/// The columns a list may have.
pub(crate) struct Columns {
    /// These it must have.
    pub required: &'static [&'static str],
    /// These it may have.
    pub optional: &'static [&'static str],
}

impl Table {
    /// Reads a list of at most `rows_max` lines below its header. Columns stand in any order; fields are trimmed.
    pub fn read(bytes: &[u8], columns: &Columns, rows_max: usize) -> Result<Self, TableError> {
        let text = decoded(bytes)?;
        let mut settings = csv::ReaderBuilder::new();
        let mut reader = settings.has_headers(false).flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
        let mut records = reader.records().map(|record| {
            let record = record
                .map_err(|error| at(error.position().map_or(1, csv::Position::line), None)(TableTrouble::Encoding))?;
            Ok((record.position().map_or(1, csv::Position::line), record))
        });
        let (line, header) = records.next().ok_or_else(|| at(1, None)(TableTrouble::Empty))??;
        let places = header_places(line, &header, columns)?;
        let mut table = Self { columns: [columns.required, columns.optional].concat(), rows: Vec::new() };
        for record in records {
            let (line, record) = record?;
            if record.iter().all(str::is_empty) {
                continue;
            }
            if record.len() != header.len() {
                let width = TableTrouble::Width { found: record.len(), wanted: header.len() };
                return Err(at(line, None)(width));
            }
            if table.rows.len() == rows_max {
                return Err(at(line, None)(TableTrouble::TooLong(rows_max)));
            }
            let field = |place: &Option<usize>| place.and_then(|at| record.get(at)).unwrap_or_default().to_owned();
            table.rows.push(Row { line, fields: places.iter().map(field).collect() });
        }
        if table.rows.is_empty() { Err(at(line, None)(TableTrouble::Empty)) } else { Ok(table) }
    }

    /// The lines below the header.
    pub fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        self.rows.iter().map(|row| Line { table: self, row })
    }
}

impl<'a> Line<'a> {
    /// The field of a known column; empty where the list lacks the column.
    pub fn get(self, column: &str) -> &'a str {
        let at = self.table.columns.iter().position(|known| *known == column);
        at.map_or("", |at| self.row.fields[at].as_str())
    }

    /// The mistake in this line's column.
    pub fn wrong(self, column: &str, reason: impl Into<String>) -> TableError {
        at(self.row.line, Some(column))(TableTrouble::Value(reason.into()))
    }
}

fn at(line: u64, column: Option<&str>) -> impl FnOnce(TableTrouble) -> TableError {
    move |trouble| TableError { line, column: column.map(str::to_owned), trouble }
}

/// Where each known column stands in the header.
fn header_places(line: u64, header: &csv::StringRecord, columns: &Columns) -> Result<Vec<Option<usize>>, TableError> {
    let known = [columns.required, columns.optional].concat();
    let wrong = at(line, None);
    for name in header {
        if !known.contains(&name) {
            let near = known.iter().max_by(|a, b| strsim::jaro(a, name).total_cmp(&strsim::jaro(b, name)));
            let hint = near.map(|near| format!("; is {near} meant?")).unwrap_or_default();
            return Err(wrong(TableTrouble::Unknown(name.to_owned(), hint)));
        }
    }
    if let Some(twice) = known.iter().find(|name| header.iter().filter(|field| field == *name).count() > 1) {
        return Err(wrong(TableTrouble::Twice(twice)));
    }
    if let Some(missing) = columns.required.iter().find(|name| !header.iter().any(|field| field == **name)) {
        return Err(wrong(TableTrouble::Missing(missing)));
    }
    Ok(known.iter().map(|name| header.iter().position(|field| field == *name)).collect())
}

/// The text of UTF-8 with or without its mark, else of GB18030.
fn decoded(bytes: &[u8]) -> Result<String, TableError> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(at(1, None)(TableTrouble::Utf16));
    }
    let bytes = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.to_owned());
    }
    // Line by line, to say where it fails: a line end is never part of a longer GB18030 character.
    let mut text = String::with_capacity(bytes.len() * 3 / 2);
    for (line, piece) in (1..).zip(bytes.split_inclusive(|byte| *byte == b'\n')) {
        let decoded = GB18030.decode_without_bom_handling_and_without_replacement(piece);
        text.push_str(&decoded.ok_or_else(|| at(line, None)(TableTrouble::Encoding))?);
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: Columns = Columns { required: &["code", "name"], optional: &["phone"] };

    fn check(bytes: &[u8], expected: Result<&[[&str; 3]], &str>) {
        let rows = Table::read(bytes, &COLUMNS, 3).map(|table| {
            let fields = |line: Line| COLUMNS_ALL.map(|column| line.get(column).to_owned());
            table.lines().map(fields).collect::<Vec<_>>()
        });
        let expected = expected.map(|rows| rows.iter().map(|row| row.map(str::to_owned)).collect());
        assert_eq!(rows.map_err(|error| error.to_string()), expected.map_err(str::to_owned));
    }

    const COLUMNS_ALL: [&str; 3] = ["code", "name", "phone"];

    #[test]
    fn lists_are_read_as_spreadsheets_save_them() {
        let rows: &[[&str; 3]] = &[["1", "甲,乙", ""], ["2", "丙", ""]];
        check("name,code\n\"甲,乙\",1\r\n\r\n 丙 ,2\n".as_bytes(), Ok(rows));
        check("\u{FEFF}code,name,phone\n1,甲,0631".as_bytes(), Ok(&[["1", "甲", "0631"]]));
        let (gb, _, _) = GB18030.encode("code,name\n1,威海\n2,䶮\n");
        check(&gb, Ok(&[["1", "威海", ""], ["2", "䶮", ""]]));
    }

    #[test]
    fn mistakes_are_said_with_their_place() {
        check(b"", Err("line 1: the list is empty"));
        check(b"code,name\n\n", Err("line 1: the list is empty"));
        check(b"code\n1", Err("line 1: the header lacks the column name"));
        check(b"code,nmae\n1,2", Err("line 1: the header has an unknown column \"nmae\"; is name meant?"));
        check(b"code,name,code\n1,2,3", Err("line 1: the header has the column code twice"));
        let width = "line 3: 3 fields where the header has 2; is a comma inside a field without quotes?";
        check(b"code,name\n1,2\n1,2,3\n", Err(width));
        check(b"code,name\n1,a\n1,b\n1,c\n1,d\n", Err("line 5: more than 3 lines"));
        check(b"\xFF\xFEc\0", Err("line 1: this is UTF-16; save the list as “CSV UTF-8”"));
        let encoding = "line 2: neither UTF-8 nor GB18030; save the list as “CSV UTF-8”";
        check(b"code,name\n1,\xFF\xFF\n", Err(encoding));
        let table = Table::read(b"code,name\n1,\"a\nb\"\n2,c\n", &COLUMNS, 3).unwrap();
        let errors: Vec<String> = table.lines().map(|line| line.wrong("code", "no").to_string()).collect();
        assert_eq!(errors, ["line 2, column code: no", "line 4, column code: no"]);
    }
}
