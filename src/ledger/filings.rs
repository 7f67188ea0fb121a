//! What became of filing requests: their own queue order, how each ended, and finding them again by card.
//!
//! A request's record in the outbox is sent and wiped like any other; a row beside it keeps what is needed to tell
//! its person later where it stands.

use hmac::{Hmac, KeyInit, Mac};
use jiff::ToSpan;
use jiff::civil::DateTime;
use rusqlite::{Connection, Row, Transaction, named_params};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::audit::{AuditEvent, AuditLine, Scribe};
use super::key::Key;
use super::outbox::{DELIVERED, Found};
use super::{Ledger, LedgerError, Moment, Record, RecordId};
use crate::domain::filing::{FilingAction, FilingRequest, KeptFiling, KeptStatus};
use crate::domain::{AreaCode, CertificateNumber, ProjectNumber};

/// Where the digest that names a person comes from; another purpose would take another text.
const PURPOSE: &[u8] = b"yibao-kiosk: persons of filings, 1";
/// What became of a request is told for so many days after it was settled.
const SETTLED_DAYS_MAX: i32 = 180;
/// And for the latest so many.
const SETTLED_ROWS_MAX: u32 = 50_000;
/// Of one person, the latest so many are told.
const TOLD_MAX: u32 = 20;
/// A platform's words of refusal are kept up to this; `err_msg` is no longer.
const WORDS_CHARS_MAX: usize = 200;
/// What a killed program had sent may be under way for so long; only then is the platform asked about it. Nobody stands
/// there any more.
const START_MS: u64 = 60_000;
/// After a start the slow lane waits this long, as that of the other records does.
const SLOW_START_MS: u64 = 600_000;

/// Requests of one person go in the order they were made: a later one may stand on an earlier one.
/// What nobody has tried yet goes first, for somebody may be standing there.
const DUE: &str = "
SELECT id, class, matter, at_wall, body, sha256, lane, tries, refusals FROM outbox AS this
WHERE class = 'filing' AND state = 'pending'
  AND CASE WHEN next_try_run = :run THEN next_try_ms <= :tick WHEN lane = 'slow' THEN :tick >= :slow
           WHEN at_run = :run THEN 1 ELSE :tick >= :start END
  AND NOT EXISTS (
    SELECT 1 FROM filing AS mine JOIN filing AS other ON other.person = mine.person
    JOIN outbox AS earlier ON earlier.matter = other.number AND earlier.class = 'filing'
    WHERE mine.number = this.matter AND earlier.state = 'pending' AND earlier.seq < this.seq)
ORDER BY lane, tries > 0, seq LIMIT :limit";

const NEXT: &str = "
SELECT min(at) FROM (
  SELECT CASE WHEN next_try_run = :run THEN next_try_ms WHEN lane = 'slow' THEN :slow
              WHEN at_run = :run THEN 0 ELSE :start END AS at
  FROM outbox WHERE class = 'filing' AND state = 'pending')
WHERE at > :tick";

/// How a request ended at the platform.
#[derive(Clone, PartialEq, Eq)]
pub enum FilingEnd {
    /// Done, under this number.
    Done(String),
    /// Refused for good, with the platform's words for the resident.
    Rejected(String),
}

impl FilingEnd {
    /// The word in the database.
    pub(super) fn word(&self) -> &'static str {
        match self {
            Self::Done(_) => "done",
            Self::Rejected(_) => "rejected",
        }
    }

    pub(super) fn words(&self) -> &str {
        match self {
            Self::Done(words) | Self::Rejected(words) => words,
        }
    }

    pub(super) fn from_stored(word: &str, words: String) -> Option<Self> {
        match word {
            "done" => Some(Self::Done(words)),
            "rejected" => Some(Self::Rejected(words)),
            _ => None,
        }
    }

    /// What a technician's list may hold: a platform's words can name people, a number of its own does not.
    pub(super) fn receipt(&self) -> &str {
        match self {
            Self::Done(serial) => serial,
            Self::Rejected(_) => "rejected",
        }
    }

    fn event(&self) -> AuditEvent {
        match self {
            Self::Done(_) => AuditEvent::Delivered,
            Self::Rejected(_) => AuditEvent::Rejected,
        }
    }
}

/// Says how, never the words.
impl std::fmt::Debug for FilingEnd {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.word())
    }
}

/// Names persons by a digest under a key of its own, drawn from the ledger's.
pub(super) struct Persons(Zeroizing<[u8; 32]>);

impl Persons {
    pub(super) fn under(key: &Key) -> Self {
        Self(Zeroizing::new(digest(key.bytes(), PURPOSE)))
    }

    fn reference(&self, certificate: &CertificateNumber) -> String {
        hex::encode(self.name(certificate))
    }

    fn name(&self, certificate: &CertificateNumber) -> [u8; 32] {
        digest(&self.0, certificate.expose().to_ascii_uppercase().as_bytes())
    }
}

fn digest(key: &[u8; 32], text: &[u8]) -> [u8; 32] {
    #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("a key of any length");
    mac.update(text);
    mac.finalize().into_bytes().into()
}

/// Writes the row beside a request's record.
pub(super) fn insert(
    transaction: &Transaction<'_>,
    persons: &Persons,
    request: &FilingRequest,
) -> Result<(), LedgerError> {
    let destination = match &request.action {
        FilingAction::File(new) => Some(new.destination.as_str()),
        FilingAction::Cancel { .. } | FilingAction::Extend { .. } => None,
    };
    transaction
        .prepare_cached("INSERT OR IGNORE INTO filing (number, person, destination, at) VALUES (?1, ?2, ?3, ?4)")?
        .execute((request.number.as_str(), persons.name(&request.certificate), destination, request.at.to_string()))?;
    Ok(())
}

/// Who did it for whom stands in the audit log too, under names only this ledger can give.
pub(super) fn write_helper(scribe: &Scribe<'_>, persons: &Persons, request: &FilingRequest) -> Result<(), LedgerError> {
    let Some(agent) = &request.agent else { return Ok(()) };
    scribe.write(AuditEvent::Helped, Some(&persons.reference(&agent.certificate)))?;
    scribe.write(AuditEvent::HelpedFor, Some(&persons.reference(&request.certificate)))
}

/// Marks record and row; `false` if the record was settled before, or is gone.
pub(super) fn settle(
    transaction: &Transaction<'_>,
    id: &str,
    end: &FilingEnd,
    moment: Moment,
) -> Result<bool, LedgerError> {
    let at = moment.wall.to_string();
    let arguments = named_params! { ":id": id, ":at": at, ":receipt": end.receipt() };
    if transaction.prepare_cached(DELIVERED)?.execute(arguments)? == 0 {
        return Ok(false);
    }
    let words: String = end.words().chars().take(WORDS_CHARS_MAX).collect();
    transaction
        .prepare_cached(
            "UPDATE filing SET outcome = ?2, words = ?3, settled_at = ?4
             WHERE number = (SELECT matter FROM outbox WHERE id = ?1) AND outcome IS NULL",
        )?
        .execute((id, end.word(), words, at))?;
    Ok(true)
}

/// Forgets what was settled long ago.
pub(super) fn forget(connection: &Connection, now: Moment) -> Result<(), LedgerError> {
    let oldest = now.wall.checked_sub(SETTLED_DAYS_MAX.days()).unwrap_or(DateTime::MIN);
    connection.prepare_cached("DELETE FROM filing WHERE settled_at < ?1")?.execute([oldest.to_string()])?;
    connection
        .prepare_cached(
            "DELETE FROM filing WHERE number IN (
                SELECT number FROM filing WHERE outcome IS NOT NULL ORDER BY settled_at DESC LIMIT -1 OFFSET ?1)",
        )?
        .execute([SETTLED_ROWS_MAX])?;
    Ok(())
}

impl Ledger {
    /// Filing requests that may be sent now, as [`Ledger::due`] tells of the other records.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn due_filings(&self, now: Moment, limit: u32) -> Result<Vec<Record>, LedgerError> {
        self.audit.tell(now.wall);
        self.verified(|| {
            self.with(|connection| {
                let mut statement = connection.prepare_cached(DUE)?;
                let arguments = named_params! {
                    ":run": self.run, ":tick": now.tick_ms, ":slow": SLOW_START_MS, ":start": START_MS, ":limit": limit
                };
                let rows = statement.query_map(arguments, Found::from_row)?;
                Ok(rows.collect::<Result<Vec<_>, _>>()?)
            })
        })
    }

    /// The next tick at which a filing request that is not due now becomes due.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn next_filing_ms(&self, now: Moment) -> Result<Option<u64>, LedgerError> {
        self.with(|connection| {
            let arguments = named_params! {
                ":run": self.run, ":tick": now.tick_ms, ":slow": SLOW_START_MS, ":start": START_MS
            };
            Ok(connection.prepare_cached(NEXT)?.query_row(arguments, |row| row.get(0))?)
        })
    }

    /// The platform has answered a request. Its body is wiped at once; how it ended stays to be told.
    /// `false` if that was written down before.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn filing_ended(&self, id: &RecordId, end: &FilingEnd, moment: Moment) -> Result<bool, LedgerError> {
        self.audit.tell(moment.wall);
        self.drain(|connection| {
            self.act(connection, |transaction, scribe| {
                let settled = settle(transaction, id.as_str(), end, moment)?;
                if settled {
                    scribe.write(end.event(), Some(id.as_str()))?;
                }
                Ok(settled)
            })
        })
    }

    /// When this person helped others with filings, and when they were helped, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn helped(&self, certificate: &CertificateNumber) -> Result<Vec<AuditLine>, LedgerError> {
        self.history(&RecordId::from_text(self.persons.reference(certificate)))
    }

    /// What was asked for here for the holder of this card, and where each stands, latest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn filings_of(&self, certificate: &CertificateNumber) -> Result<Vec<KeptFiling>, LedgerError> {
        let person = self.persons.name(certificate);
        self.with(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT number, destination, at, outcome, coalesce(words, '') FROM filing
                 WHERE person = ?1 ORDER BY at DESC, rowid DESC LIMIT ?2",
            )?;
            let rows = statement.query_map((person, TOLD_MAX), kept)?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }
}

fn kept(row: &Row<'_>) -> rusqlite::Result<KeptFiling> {
    let end = row.get::<_, Option<String>>(3)?.zip(Some(row.get(4)?));
    let status = match end.and_then(|(word, words)| FilingEnd::from_stored(&word, words)) {
        None => KeptStatus::Waiting,
        Some(FilingEnd::Done(serial)) => KeptStatus::Done(serial),
        Some(FilingEnd::Rejected(words)) => KeptStatus::Rejected(words),
    };
    Ok(KeptFiling {
        number: ProjectNumber::from_stored(row.get::<_, String>(0)?),
        destination: row.get::<_, Option<String>>(1)?.and_then(|code| AreaCode::parse(&code)),
        at: row.get::<_, String>(2)?.parse().unwrap_or_default(),
        status,
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::domain::Entry;
    use crate::domain::filing::Grounds;
    use crate::ledger::filing_body::tests::{invented, new_filing, request};
    use crate::ledger::{Filter, Lane, Options, Retry};

    struct Desk {
        folder: tempfile::TempDir,
        ledger: Ledger,
    }

    fn at(tick_ms: u64) -> Moment {
        Moment { wall: date(2026, 3, 9).at(9, 5, 8, 0), tick_ms }
    }

    impl Desk {
        fn open() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let ledger = Ledger::open(Options::new(folder.path().join("a.db"), folder.path().join("a.key"))).unwrap();
            Self { folder, ledger }
        }

        fn keep(&self, number: &str, person: u32) -> RecordId {
            let mut wanted = request(number, new_filing(Grounds::Nothing), None);
            wanted.certificate = invented(person);
            self.ledger.keep(&Entry::Filing(Box::new(wanted)), at(1)).unwrap()
        }

        fn due(&self, tick_ms: u64) -> Vec<String> {
            let due = self.ledger.due_filings(at(tick_ms), 9).unwrap();
            due.into_iter().map(|record| record.matter.as_str().to_owned()).collect()
        }

        fn told(&self, person: u32) -> Vec<(String, KeptStatus)> {
            let told = self.ledger.filings_of(&invented(person)).unwrap();
            told.into_iter().map(|kept| (kept.number.as_str().to_owned(), kept.status)).collect()
        }
    }

    #[test]
    fn how_a_request_ended_is_found_by_card_and_nothing_else_stays() {
        let desk = Desk::open();
        let (first, second) = (desk.keep("37F1", 1), desk.keep("37F2", 2));
        assert_eq!(desk.keep("37F1", 1), first, "the same again is the same record");
        assert_eq!(desk.told(1), [("37F1".to_owned(), KeptStatus::Waiting)]);
        assert!(desk.ledger.filing_ended(&first, &FilingEnd::Done("BA1".into()), at(2)).unwrap());
        assert!(!desk.ledger.filing_ended(&first, &FilingEnd::Done("BA2".into()), at(3)).unwrap(), "once is enough");
        assert!(desk.ledger.filing_ended(&second, &FilingEnd::Rejected("张试不符合条件".into()), at(4)).unwrap());
        assert_eq!(desk.told(1), [("37F1".to_owned(), KeptStatus::Done("BA1".into()))]);
        assert_eq!(desk.told(2), [("37F2".to_owned(), KeptStatus::Rejected("张试不符合条件".into()))]);
        assert!(desk.told(3).is_empty());
        let listed = desk.ledger.list(Filter::All, 9).unwrap();
        assert!(listed.iter().all(|row| row.body_bytes == 0 && row.state == "delivered"));
        assert!(!format!("{listed:?}").contains("张试"), "a technician's list names nobody");
        let destination = desk.ledger.filings_of(&invented(2)).unwrap()[0].destination.clone();
        assert_eq!(destination.as_ref().map(AreaCode::as_str), Some("310000"));
    }

    #[test]
    fn a_persons_requests_go_in_order_and_fresh_ones_before_tried_ones() {
        let desk = Desk::open();
        let first = desk.keep("37F1", 1);
        desk.keep("37F2", 1);
        desk.keep("37F3", 2);
        assert_eq!(desk.due(1), ["37F1", "37F3"]);
        assert!(desk.ledger.due(at(1), 9).unwrap().is_empty(), "filings are no business of the rating system");
        desk.ledger.postponed(&first, 500, "no line").unwrap();
        assert_eq!((desk.due(499), desk.ledger.next_filing_ms(at(1)).unwrap()), (vec!["37F3".to_owned()], Some(500)));
        assert_eq!(desk.due(500), ["37F3", "37F1"]);
        desk.ledger.filing_ended(&first, &FilingEnd::Rejected(String::new()), at(501)).unwrap();
        assert_eq!(desk.due(501), ["37F2", "37F3"]);
    }

    /// What a killed program sent may still be under way when the next one asks after it.
    #[test]
    fn after_a_start_the_platform_is_asked_a_moment_later() {
        let Desk { folder, ledger } = Desk::open();
        ledger.keep(&Entry::Filing(Box::new(request("37F1", new_filing(Grounds::Nothing), None))), at(1)).unwrap();
        drop(ledger);
        let ledger = Ledger::open(Options::new(folder.path().join("a.db"), folder.path().join("a.key"))).unwrap();
        let desk = Desk { folder, ledger };
        assert_eq!((desk.due(0), desk.due(START_MS)), (vec![], vec!["37F1".to_owned()]));
        assert_eq!(desk.ledger.next_filing_ms(at(0)).unwrap(), Some(START_MS));
        desk.ledger.filings_of(&invented(123)).unwrap().first().expect("the same key finds the same person");
    }

    #[test]
    fn what_was_settled_long_ago_is_forgotten_and_what_waits_is_not() {
        let desk = Desk::open();
        let first = desk.keep("37F1", 1);
        desk.keep("37F2", 1);
        desk.ledger.filing_ended(&first, &FilingEnd::Done("BA1".into()), at(2)).unwrap();
        let later = Moment { wall: at(3).wall.saturating_add((SETTLED_DAYS_MAX + 1).days()), tick_ms: 3 };
        desk.ledger.retain(later).unwrap();
        assert_eq!(desk.told(1), [("37F2".to_owned(), KeptStatus::Waiting)]);
    }

    #[test]
    fn who_helped_whom_is_in_the_audit_log() {
        use crate::domain::PersonName;
        use crate::domain::filing::{Agent, Relation};
        let desk = Desk::open();
        let name = PersonName::from_text("李试");
        let agent = Agent { name, certificate: invented(7), phone: None, relation: Relation::Child };
        let mut wanted = request("37F1", new_filing(Grounds::Nothing), Some(agent));
        wanted.certificate = invented(8);
        desk.ledger.keep(&Entry::Filing(Box::new(wanted)), at(1)).unwrap();
        desk.keep("37F2", 9);
        let events = |person| {
            let lines = desk.ledger.helped(&invented(person)).unwrap();
            lines.into_iter().map(|line| line.event).collect::<Vec<_>>()
        };
        assert_eq!((events(7), events(8)), (vec!["helped".to_owned()], vec!["helped-for".to_owned()]));
        assert!(events(9).is_empty());
        assert!(desk.ledger.audit_verify(None).unwrap().fault.is_none());
    }

    #[test]
    fn a_request_in_the_slow_lane_still_waits() {
        let desk = Desk::open();
        let id = desk.keep("37F1", 1);
        desk.ledger.refused(&id, Retry { lane: Lane::Slow, next_try_ms: 900 }, "to come back").unwrap();
        assert_eq!((desk.due(899), desk.due(900)), (vec![], vec!["37F1".to_owned()]));
        assert_eq!(desk.told(1), [("37F1".to_owned(), KeptStatus::Waiting)]);
    }

    /// The file is encrypted, but a copy of a row that leaves it must not tell either.
    #[test]
    fn no_number_stands_in_the_index() {
        let desk = Desk::open();
        desk.keep("37F1", 1);
        let person: Vec<u8> = desk
            .ledger
            .with(|connection| Ok(connection.query_row("SELECT person FROM filing", [], |row| row.get(0))?))
            .unwrap();
        let plain =
            sha2::Digest::finalize(sha2::Digest::chain_update(<Sha256 as sha2::Digest>::new(), invented(1).expose()));
        assert_eq!(person.len(), 32);
        assert_ne!(person, plain.as_slice(), "a digest without a key could be tried through");
    }
}
