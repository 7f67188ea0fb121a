//! Records and receipts on their way between two ledgers by hand, for sites without network.
//!
//! The origin keeps every record until its receipt comes back; the relay takes each in under the id it
//! was born with. So any file may be lost, cut, or taken in twice. How a file is sealed is not known here.

use rusqlite::{OptionalExtension, Transaction, named_params};
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::audit::{AuditEvent, Scribe};
use super::outbox::{DELIVERED, Found};
use super::row::{self, Class};
use super::{FilingEnd, Ledger, LedgerError, Moment, filings};
use crate::domain::Entry;

/// Bytes of bodies in one file; the rest waits for the next.
const CARRY_BYTES_MAX: usize = 32_000_000;
/// Records or receipts in one file.
const CARRY_ROWS_MAX: u32 = 20_000;

/// A record as it travels. It wipes itself.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct Carried {
    id: String,
    class: String,
    matter: String,
    at_wall: String,
    sha256: String,
    body: String,
}

/// A receipt as it travels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CarriedReceipt {
    id: String,
    receipt: String,
    delivered_at: String,
    /// How a filing request ended: `done` or `rejected`, and its number or the platform's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    filing: Option<(String, String)>,
}

/// What became of the records of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct RecordsTaken {
    /// New here.
    pub added: u64,
    /// Here already, or born here.
    pub known: u64,
    /// Their matter has another record of the class.
    pub conflicting: u64,
    /// Not what was written at their origin.
    pub damaged: u64,
}

/// What became of the receipts of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct ReceiptsTaken {
    /// Waited here and are delivered now.
    pub settled: u64,
    /// Were delivered already.
    pub known: u64,
    /// No such record here.
    pub unknown: u64,
}

impl Ledger {
    /// What waits, oldest first, for another machine to deliver. Each is written down as exported before
    /// the caller has it: nothing leaves without a trace. The records go on waiting here.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub fn carry_out(&self, moment: Moment) -> Result<Vec<Carried>, LedgerError> {
        self.audit.tell(moment.wall);
        let found: Vec<Found> = self.with(|connection| {
            let sql = "SELECT id, class, matter, at_wall, body, sha256, lane, tries, refusals FROM outbox
                WHERE state = 'pending' ORDER BY seq LIMIT ?1";
            let mut statement = connection.prepare_cached(sql)?;
            let rows = statement.query_map([CARRY_ROWS_MAX], Found::from_row)?;
            Ok(rows.collect::<Result<_, _>>()?)
        })?;
        let (mut records, mut bytes) = (Vec::new(), 0);
        for row in found {
            bytes += row.body.len();
            if bytes > CARRY_BYTES_MAX {
                break;
            }
            match (row.verified(), std::str::from_utf8(&row.body)) {
                (Some(_), Ok(body)) => records.push(Carried {
                    id: row.id.clone(),
                    class: row.class.clone(),
                    matter: row.matter.clone(),
                    at_wall: row.at_wall.clone(),
                    sha256: hex::encode(&row.sha256),
                    body: body.to_owned(),
                }),
                _ => self.park_damaged(&row)?,
            }
        }
        self.write_exported(&records)?;
        Ok(records)
    }

    fn write_exported(&self, records: &[Carried]) -> Result<(), LedgerError> {
        self.drain(|connection| {
            self.act(connection, |_, scribe| {
                records.iter().try_for_each(|record| scribe.write(AuditEvent::Exported, Some(&record.id)))
            })
        })
    }

    /// Takes in records of another machine, all or none. One that is here already is left as it is.
    ///
    /// # Errors
    /// When the file cannot be written; then nothing was taken.
    pub fn carry_in(&self, records: &[Carried], moment: Moment) -> Result<RecordsTaken, LedgerError> {
        self.audit.tell(moment.wall);
        self.with(|connection| {
            self.act(connection, |transaction, scribe| {
                let mut taken = RecordsTaken::default();
                for record in records {
                    match take(transaction, scribe, self, record)? {
                        Taken::Added => taken.added += 1,
                        Taken::Known => taken.known += 1,
                        Taken::Conflicting => taken.conflicting += 1,
                        Taken::Damaged => taken.damaged += 1,
                    }
                }
                Ok(taken)
            })
        })
    }

    /// Receipts for records that were born on other machines and delivered from here.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn receipts_out(&self) -> Result<Vec<CarriedReceipt>, LedgerError> {
        self.with(|connection| {
            let sql = "SELECT id, coalesce(receipt, ''), coalesce(delivered_at, ''), outcome, coalesce(words, '')
                FROM outbox LEFT JOIN filing ON class = 'filing' AND number = matter
                WHERE state = 'delivered' AND substr(id, 1, length(?1)) <> ?1 ORDER BY seq DESC LIMIT ?2";
            let mut statement = connection.prepare_cached(sql)?;
            let rows = statement.query_map((&self.epoch, CARRY_ROWS_MAX), |row| {
                let filing = row.get::<_, Option<String>>(3)?.zip(Some(row.get(4)?));
                Ok(CarriedReceipt { id: row.get(0)?, receipt: row.get(1)?, delivered_at: row.get(2)?, filing })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Settles what another machine has delivered, all or none; personal data is removed as after a
    /// delivery of our own.
    ///
    /// # Errors
    /// When the file cannot be written; then nothing was settled.
    pub fn receipts_in(&self, receipts: &[CarriedReceipt], moment: Moment) -> Result<ReceiptsTaken, LedgerError> {
        self.audit.tell(moment.wall);
        let at = moment.wall.to_string();
        self.drain(|connection| {
            self.act(connection, |transaction, scribe| {
                let mut taken = ReceiptsTaken::default();
                for CarriedReceipt { id, receipt, filing, .. } in receipts {
                    let arguments = named_params! { ":id": id, ":at": at, ":receipt": row::shortened(receipt) };
                    let end = filing.clone().and_then(|(word, words)| FilingEnd::from_stored(&word, words));
                    let settled = match &end {
                        Some(end) => filings::settle(transaction, id, end, moment)?,
                        None => transaction.prepare_cached(DELIVERED)?.execute(arguments)? > 0,
                    };
                    if settled {
                        scribe.write(AuditEvent::Receipted, Some(id))?;
                        taken.settled += 1;
                    } else if transaction.prepare_cached("SELECT 1 FROM outbox WHERE id = ?1")?.exists([id])? {
                        taken.known += 1;
                    } else {
                        taken.unknown += 1;
                    }
                }
                Ok(taken)
            })
        })
    }
}

enum Taken {
    Added,
    Known,
    Conflicting,
    Damaged,
}

fn take(
    transaction: &Transaction<'_>,
    scribe: &Scribe<'_>,
    ledger: &Ledger,
    record: &Carried,
) -> Result<Taken, LedgerError> {
    let Carried { id, class, matter, at_wall, sha256, body } = record;
    let digest = row::digest(id, class, matter, at_wall, body.as_bytes());
    let readable = |class: Class| row::decode(class, matter, body.as_bytes()).map(|entry| (class, entry));
    let known = Class::from_stored(class).and_then(readable);
    let Some((class, entry)) = known.filter(|_| hex::encode(digest) == *sha256) else { return Ok(Taken::Damaged) };
    let here: Option<String> = transaction
        .prepare_cached(
            "SELECT id FROM outbox WHERE id = ?1 OR (matter = ?2 AND class = ?3) ORDER BY id <> ?1 LIMIT 1",
        )?
        .query_row([id, matter, class.as_str()], |row| row.get(0))
        .optional()?;
    match here {
        Some(here) if here != *id => return Ok(Taken::Conflicting),
        Some(_) => return Ok(Taken::Known),
        // Born here and gone since: it was delivered.
        None if id.starts_with(&ledger.epoch) => return Ok(Taken::Known),
        None => {}
    }
    transaction
        .prepare_cached(
            "INSERT INTO outbox (id, class, matter, place, body, sha256, at_wall, at_run, at_tick_ms)
             VALUES (:id, :class, :matter, :place, :body, :sha256, :at_wall, '', 0)",
        )?
        .execute(named_params! {
            ":id": id, ":class": class.as_str(), ":matter": matter, ":place": class.place(),
            ":body": body.as_bytes(), ":sha256": digest, ":at_wall": at_wall,
        })?;
    if let Entry::Filing(request) = &entry {
        filings::insert(transaction, &ledger.persons, request)?;
    }
    scribe.write(AuditEvent::Imported, Some(id))?;
    Ok(Taken::Added)
}
