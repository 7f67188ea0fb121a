//! What travels on the bus: a record as JSON, and the receiver's verdict on it. Both are frozen, since kiosks and
//! receivers are never renewed on the same day.

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

use super::config::KioskName;
use crate::delivery::{DeliveryFailure, Receipt};
use crate::domain::{Entry, Level, Service};
use crate::ledger::{Class, Record};

const VERSION: u8 = 1;

/// A record on its way. The receiver keeps the text itself, so a newer kiosk may say more.
#[derive(Serialize)]
struct Body<'a> {
    v: u8,
    id: &'a str,
    class: &'static str,
    project: &'a str,
    entry: EntryBody<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum EntryBody<'a> {
    Service { service: Service, started: DateTime, finished: DateTime, name: &'a str, certificate: &'a str },
    Rating { level: Level, reasons: &'a [u16], at: DateTime },
    Answers { answers: &'a [(u8, u8)], at: DateTime },
}

/// The part of a record the receiver needs to know where it belongs.
#[derive(Debug, PartialEq, Eq, Deserialize)]
pub(super) struct Head {
    pub(super) v: u8,
    pub(super) id: String,
    pub(super) class: String,
    pub(super) project: String,
}

/// What the receiver says about a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Notice {
    pub(super) id: String,
    #[serde(flatten)]
    pub(super) verdict: Verdict,
}

/// How it decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verdict", content = "why", rename_all = "kebab-case")]
pub(super) enum Verdict {
    /// Committed now.
    Stored,
    /// Committed earlier.
    Already,
    /// It does not want it.
    Refused(String),
    /// It has not seen it yet.
    Unknown,
}

impl Verdict {
    /// `None` while nothing is decided.
    pub(super) fn outcome(self) -> Option<Result<Receipt, DeliveryFailure>> {
        match self {
            Self::Stored => Some(Ok(Receipt { text: "stored".into(), already: false })),
            Self::Already => Some(Ok(Receipt { text: "stored earlier".into(), already: true })),
            Self::Refused(why) => Some(Err(DeliveryFailure::Refused(why))),
            Self::Unknown => None,
        }
    }
}

/// `kiosk.37.1002A003.rating`.
pub(super) fn record_subject(kiosk: &KioskName, class: Class) -> String {
    format!("kiosk.{}.{class}", kiosk.tokens())
}

/// Where receipts for a kiosk are said.
pub(super) fn receipt_subject(kiosk: &KioskName) -> String {
    format!("receipt.{}", kiosk.tokens())
}

/// Where a kiosk asks for a receipt it missed.
pub(super) fn ask_subject(kiosk: &KioskName) -> String {
    format!("ask.{}", kiosk.tokens())
}

/// Which kiosk a subject of `parts` parts belongs to, and the last part.
pub(super) fn owner(subject: &str, parts: usize) -> Option<(KioskName, &str)> {
    let tokens: Vec<&str> = subject.split('.').collect();
    let [_, province, number, ..] = tokens[..] else { return None };
    let last = tokens.last().copied().filter(|_| tokens.len() == parts)?;
    KioskName::new(province, number).ok().map(|kiosk| (kiosk, last))
}

/// Tells the bus that two messages are the same. The kiosk's name stands before the record's id, so that no kiosk
/// can take another's id.
pub(super) fn message_id(kiosk: &KioskName, record: &Record) -> String {
    format!("{}.{}", kiosk.tokens(), record.id)
}

/// The bytes of a record.
///
/// # Errors
/// For a filing request, which goes to the insurance platform and never over the bus.
pub(super) fn body(record: &Record) -> Result<Vec<u8>, DeliveryFailure> {
    let entry = match &record.entry {
        Entry::Service { matter, name, certificate } => EntryBody::Service {
            service: matter.service,
            started: matter.started,
            finished: matter.finished,
            name,
            certificate,
        },
        Entry::Rating { rating, at, .. } => {
            EntryBody::Rating { level: rating.level(), reasons: rating.reasons(), at: *at }
        }
        Entry::Answers { answers, at, .. } => EntryBody::Answers { answers, at: *at },
        Entry::Filing(_) => return Err(DeliveryFailure::Refused("a filing does not travel over the bus".into())),
    };
    let body = Body {
        v: VERSION,
        id: record.id.as_str(),
        class: record.class.as_str(),
        project: record.matter.as_str(),
        entry,
    };
    #[expect(clippy::expect_used, reason = "numbers, strings and times without maps always serialise into memory")]
    Ok(serde_json::to_vec(&body).expect("a record serialises"))
}

/// Reads where a record belongs; the text says what is wrong with it, and quotes nothing of it.
pub(super) fn head(body: &[u8], subject_class: &str) -> Result<Head, String> {
    let head: Head = serde_json::from_slice(body).map_err(|_| "the body is no record")?;
    if head.v != VERSION {
        return Err(format!("version {} of the body is unknown", head.v));
    }
    if head.class != subject_class || head.id.is_empty() || head.project.is_empty() {
        return Err("the body does not belong under this subject".into());
    }
    Ok(head)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Matter, ProjectNumber, Rating};
    use crate::ledger::{Lane, RecordId};
    use jiff::civil::date;

    fn check(class: Class, entry: Entry, expected: &str) {
        let (id, matter) = (RecordId::from_text("e-1"), ProjectNumber::from_stored("37K1"));
        let record = Record { id, class, matter, entry, lane: Lane::Normal, tries: 0, refusals: 0 };
        let bytes = body(&record).unwrap();
        assert_eq!(std::str::from_utf8(&bytes).unwrap(), expected, "what travels is frozen");
        let head = head(&bytes, class.as_str()).unwrap();
        assert_eq!((head.id.as_str(), head.project.as_str()), ("e-1", "37K1"));
    }

    #[test]
    fn records_are_frozen() {
        let project = ProjectNumber::from_stored("37K1");
        let at = date(2026, 3, 9).at(9, 5, 7, 0);
        let matter = Matter { project: project.clone(), service: Service::Balance, started: at, finished: at };
        check(
            Class::Service,
            Entry::Service { matter, name: "张试".into(), certificate: "1".into() },
            r#"{"v":1,"id":"e-1","class":"service","project":"37K1","entry":{"service":"balance","started":"2026-03-09T09:05:07","finished":"2026-03-09T09:05:07","name":"张试","certificate":"1"}}"#,
        );
        let rating = Rating::new(Level::Dissatisfied, vec![214]).unwrap();
        check(
            Class::Rating,
            Entry::Rating { project: project.clone(), rating, at },
            r#"{"v":1,"id":"e-1","class":"rating","project":"37K1","entry":{"level":"dissatisfied","reasons":[214],"at":"2026-03-09T09:05:07"}}"#,
        );
        check(
            Class::Answers,
            Entry::Answers { project, answers: vec![(0, 2)], at },
            r#"{"v":1,"id":"e-1","class":"answers","project":"37K1","entry":{"answers":[[0,2]],"at":"2026-03-09T09:05:07"}}"#,
        );
    }

    #[test]
    fn verdicts_are_frozen() {
        for (verdict, text) in [
            (Verdict::Stored, r#"{"id":"e-1","verdict":"stored"}"#),
            (Verdict::Already, r#"{"id":"e-1","verdict":"already"}"#),
            (Verdict::Refused("x".into()), r#"{"id":"e-1","verdict":"refused","why":"x"}"#),
            (Verdict::Unknown, r#"{"id":"e-1","verdict":"unknown"}"#),
        ] {
            let notice = Notice { id: "e-1".into(), verdict };
            assert_eq!(serde_json::to_string(&notice).unwrap(), text);
            assert_eq!(serde_json::from_str::<Notice>(text).unwrap(), notice);
        }
    }

    #[test]
    fn a_body_under_a_foreign_subject_is_no_record() {
        let whole = r#"{"v":1,"id":"e-1","class":"rating","project":"37K1","entry":{}}"#;
        for (body, class, fits) in [
            (whole.to_owned(), "rating", true),
            (whole.to_owned(), "service", false),
            (whole.replace("\"v\":1", "\"v\":2"), "rating", false),
            (whole.replace("e-1", ""), "rating", false),
            ("{".into(), "rating", false),
        ] {
            assert_eq!(head(body.as_bytes(), class).is_ok(), fits, "{body}");
        }
        assert_eq!(
            owner("kiosk.37.1002A003.rating", 4).map(|(kiosk, class)| (kiosk.tokens(), class)).unwrap(),
            ("37.1002A003".into(), "rating")
        );
        assert!(owner("kiosk.37.1002A003.rating.more", 4).is_none() && owner("ask.37", 3).is_none());
    }
}
