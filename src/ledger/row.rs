//! How an entry lies in a row: its class, its JSON body and the SHA-256 over both.
//!
//! The JSON is the ledger's own and not the domain's: a type may be renamed, a stored row stays readable.

use std::fmt;

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::filing_body::FilingBody;
use crate::domain::{Entry, Level, Matter, ProjectNumber, Rating, Service};

/// Names one record for good: epoch and sequence number, made before the first send.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct RecordId(String);

impl RecordId {
    pub(super) fn compose(epoch: &str, seq: i64) -> Self {
        Self(format!("{epoch}-{seq}"))
    }

    /// From a command line or storage.
    pub fn from_text(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What kind of entry a record carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// A finished matter.
    Service,
    /// Its rating.
    Rating,
    /// The answers to its questionnaire.
    Answers,
    /// A request about an out-of-area filing, under a number of its own.
    Filing,
}

impl Class {
    /// The word in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Rating => "rating",
            Self::Answers => "answers",
            Self::Filing => "filing",
        }
    }

    pub(super) fn from_stored(word: &str) -> Option<Self> {
        [Self::Service, Self::Rating, Self::Answers, Self::Filing].into_iter().find(|class| class.as_str() == word)
    }

    /// The place within a matter: the province takes a rating only after its service record.
    pub(super) fn place(self) -> u8 {
        self as u8
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Which queue a record stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lane {
    /// The usual one.
    Normal,
    /// For records the platform keeps refusing; tried seldom, after all others.
    Slow,
}

impl Lane {
    /// The word in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Slow => "slow",
        }
    }

    pub(super) fn from_stored(word: &str) -> Self {
        if word == "slow" { Self::Slow } else { Self::Normal }
    }
}

#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
struct ServiceBody {
    #[zeroize(skip)]
    service: Service,
    #[zeroize(skip)]
    started: DateTime,
    #[zeroize(skip)]
    finished: DateTime,
    name: String,
    certificate: String,
}

#[derive(Serialize, Deserialize)]
struct RatingBody {
    level: Level,
    reasons: Vec<u16>,
    at: DateTime,
}

#[derive(Serialize, Deserialize)]
struct AnswersBody {
    answers: Vec<(u8, u8)>,
    at: DateTime,
}

/// An entry taken apart for storing. The body wipes itself.
pub(super) struct Parts<'a> {
    pub class: Class,
    pub matter: &'a ProjectNumber,
    pub body: Zeroizing<Vec<u8>>,
}

/// Takes an entry apart.
pub(super) fn encode(entry: &Entry) -> Parts<'_> {
    match entry {
        Entry::Service { matter, name, certificate } => {
            let body = ServiceBody {
                service: matter.service,
                started: matter.started,
                finished: matter.finished,
                name: name.clone(),
                certificate: certificate.clone(),
            };
            Parts { class: Class::Service, matter: &matter.project, body: json(&body, BODY_BYTES_USUAL) }
        }
        Entry::Rating { project, rating, at } => {
            let body = RatingBody { level: rating.level(), reasons: rating.reasons().to_vec(), at: *at };
            Parts { class: Class::Rating, matter: project, body: json(&body, BODY_BYTES_USUAL) }
        }
        Entry::Answers { project, answers, at } => {
            let body = AnswersBody { answers: answers.clone(), at: *at };
            Parts { class: Class::Answers, matter: project, body: json(&body, BODY_BYTES_USUAL) }
        }
        Entry::Filing(request) => {
            let body = FilingBody::of(request);
            Parts { class: Class::Filing, matter: &request.number, body: json(&body, FILING_BYTES_USUAL) }
        }
    }
}

/// Puts an entry together again; `None` for what no version of this program wrote.
pub(super) fn decode(class: Class, matter: &str, body: &[u8]) -> Option<Entry> {
    let project = ProjectNumber::from_stored(matter);
    Some(match class {
        Class::Service => {
            let mut body: ServiceBody = read(body)?;
            let matter = Matter { project, service: body.service, started: body.started, finished: body.finished };
            let (name, certificate) = (std::mem::take(&mut body.name), std::mem::take(&mut body.certificate));
            Entry::Service { matter, name, certificate }
        }
        Class::Rating => {
            let body: RatingBody = read(body)?;
            Entry::Rating { project, rating: Rating::new(body.level, body.reasons).ok()?, at: body.at }
        }
        Class::Answers => {
            let body: AnswersBody = read(body)?;
            Entry::Answers { project, answers: body.answers, at: body.at }
        }
        Class::Filing => Entry::Filing(Box::new(read::<FilingBody>(body)?.into_request(project)?)),
    })
}

/// SHA-256 over everything of a row that is sent, each part led by its length.
pub(super) fn digest(id: &str, class: &str, matter: &str, at_wall: &str, body: &[u8]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for part in [id.as_bytes(), class.as_bytes(), matter.as_bytes(), at_wall.as_bytes(), body] {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    hasher.finalize().into()
}

/// Reasons and receipts are cut to this; they are for a technician's list, not for analysis.
const REASON_CHARS_MAX: usize = 120;

/// A reason or receipt as it is stored.
pub(super) fn shortened(text: &str) -> String {
    text.chars().take(REASON_CHARS_MAX).collect()
}

/// Large enough for any body, so that the buffer never moves and leaves a copy behind.
const BODY_BYTES_USUAL: usize = 1024;
/// The same for a filing, which carries the text of its commitment.
const FILING_BYTES_USUAL: usize = 8192;

fn json<T: Serialize>(body: &T, bytes_usual: usize) -> Zeroizing<Vec<u8>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(bytes_usual));
    #[expect(clippy::expect_used, reason = "numbers, strings and times without maps always serialise into memory")]
    serde_json::to_writer(&mut *bytes, body).expect("a body serialises");
    bytes
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Option<T> {
    serde_json::from_slice(body).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn check(entry: Entry, json: &str) {
        let parts = encode(&entry);
        assert_eq!(std::str::from_utf8(&parts.body).unwrap(), json, "stored rows must stay readable for ever");
        assert_eq!(decode(parts.class, parts.matter.as_str(), &parts.body), Some(entry));
    }

    #[test]
    fn bodies_are_frozen() {
        let project = ProjectNumber::from_stored("37K1");
        let at = date(2026, 3, 9).at(9, 5, 7, 0);
        let matter = Matter { project: project.clone(), service: Service::Balance, started: at, finished: at };
        check(
            Entry::Service { matter, name: "张试".into(), certificate: "1".into() },
            r#"{"service":"balance","started":"2026-03-09T09:05:07","finished":"2026-03-09T09:05:07","name":"张试","certificate":"1"}"#,
        );
        let rating = Rating::new(Level::Dissatisfied, vec![214]).unwrap();
        check(
            Entry::Rating { project: project.clone(), rating, at },
            r#"{"level":"dissatisfied","reasons":[214],"at":"2026-03-09T09:05:07"}"#,
        );
        check(
            Entry::Answers { project, answers: vec![(0, 2), (1, 0)], at },
            r#"{"answers":[[0,2],[1,0]],"at":"2026-03-09T09:05:07"}"#,
        );
    }

    #[test]
    fn a_rating_that_breaks_the_rules_is_not_read() {
        let body = br#"{"level":"dissatisfied","reasons":[],"at":"2026-03-09T09:05:07"}"#;
        assert_eq!(decode(Class::Rating, "37K1", body), None);
    }

    #[test]
    fn every_part_changes_the_digest() {
        let whole = digest("id", "class", "matter", "at", b"body");
        let moved = digest("idc", "lass", "matter", "at", b"body");
        assert_ne!(whole, moved);
        assert_ne!(whole, digest("id", "class", "matter", "at", b"bodz"));
    }
}
