//! The stand-in's filings: what people start out with, what was accepted since, and, if wanted, on disk before an answer.

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::population::{Person, Population};

/// One filing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filed {
    /// `trt_dcla_detl_sn`.
    pub serial: String,
    /// The number its request came under; empty for those people start out with.
    pub request: String,
    /// Whose: `psn_no`.
    pub psn_no: String,
    /// `rloc_rea`.
    pub category: String,
    /// `rloc_admdvs`.
    pub destination: String,
    /// First day.
    pub begin: Date,
    /// Last day; `None` for 长期.
    pub end: Option<Date>,
    /// The day it was filed.
    pub filed: Date,
    /// Cancelled.
    pub cancelled: bool,
    /// A bill was settled under it.
    pub used: bool,
    /// Who filed it for them: certificate number; empty for themselves.
    pub agent: String,
}

impl Filed {
    /// Whether it holds on some day from `today` on.
    pub(super) fn holds(&self, today: Date) -> bool {
        !self.cancelled && self.end.is_none_or(|end| end >= today)
    }

    /// `fil_stas`.
    fn status(&self, today: Date) -> &'static str {
        match self {
            Self { cancelled: true, .. } => "0",
            filed if !filed.holds(today) => "3",
            _ => "1",
        }
    }

    /// The row of a list.
    pub(super) fn row(&self, today: Date) -> Value {
        json!({
            "trt_dcla_detl_sn": self.serial,
            "appy_no": self.request,
            "rloc_rea": self.category,
            "rloc_admdvs": self.destination,
            "begndate": self.begin.to_string(),
            "enddate": self.end.map_or_else(String::new, |end| end.to_string()),
            "fil_stas": self.status(today),
            "opt_time": format!("{} 09:00:00", self.filed),
            "used_flag": if self.used { "1" } else { "0" },
        })
    }
}

/// What one request did, as it is kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Deed {
    pub(super) request: String,
    /// The number it is answered with.
    pub(super) serial: String,
    /// The filings it made or changed, as they are now.
    pub(super) filings: Vec<Filed>,
}

/// All filings.
#[derive(Default)]
pub(super) struct FilingBook {
    filings: Vec<Filed>,
    requests: HashMap<String, String>,
    deeds: u64,
    file: Option<File>,
}

/// Where filings are kept beside the book of ratings.
pub(super) fn beside(store: &Path) -> PathBuf {
    store.with_extension("filings.jsonl")
}

impl FilingBook {
    /// What people start out with on this day, and what an earlier run accepted.
    pub(super) fn open(population: &Population, today: Date, store: Option<&Path>) -> io::Result<Self> {
        let filings = population.people().iter().filter_map(|person| started_with(person, today)).collect();
        let mut book = Self { filings, ..Self::default() };
        let Some(store) = store else { return Ok(book) };
        let mut file = OpenOptions::new().read(true).append(true).create(true).open(beside(store))?;
        let text = io::read_to_string(&mut file)?;
        let whole = text.rfind('\n').map_or(0, |end| end + 1);
        file.set_len(whole as u64)?;
        file.seek(SeekFrom::End(0))?;
        for line in text[..whole].lines() {
            let deed = serde_json::from_str(line).map_err(|_| io::Error::other("a line of the filings is broken"))?;
            book.keep(deed);
        }
        book.file = Some(file);
        Ok(book)
    }

    /// All that was accepted since the start, in order.
    pub(super) fn accepted(&self) -> Vec<Filed> {
        self.filings.iter().filter(|filed| !filed.request.is_empty()).cloned().collect()
    }

    pub(super) fn of(&self, psn_no: &str) -> impl Iterator<Item = &Filed> {
        self.filings.iter().filter(move |filed| filed.psn_no == psn_no)
    }

    /// The number a request was answered with.
    pub(super) fn answered(&self, request: &str) -> Option<&str> {
        self.requests.get(request).map(String::as_str)
    }

    /// A number nothing has yet.
    pub(super) fn next_serial(&self, today: Date) -> String {
        format!("BA{}{:06}", today.strftime("%Y%m%d"), self.deeds + 1)
    }

    /// Keeps what a request did; it is on disk when this returns.
    pub(super) fn accept(&mut self, deed: Deed) -> io::Result<()> {
        if let Some(file) = &mut self.file {
            file.write_all(format!("{}\n", serde_json::to_string(&deed)?).as_bytes())?;
            file.sync_data()?;
        }
        self.keep(deed);
        Ok(())
    }

    fn keep(&mut self, deed: Deed) {
        self.deeds += 1;
        for filed in deed.filings {
            match self.filings.iter_mut().find(|known| known.serial == filed.serial) {
                Some(known) => *known = filed,
                None => self.filings.push(filed),
            }
        }
        self.requests.insert(deed.request, deed.serial);
    }
}

/// Every tenth person from the third has moved for good, every tenth from the fifth is away for some months, every
/// tenth from the second has a filing that ran out. Person 0 has none.
fn started_with(person: &Person, today: Date) -> Option<Filed> {
    let ago = |days: i64| today.saturating_sub(days.days());
    let (category, destination, begin, end, used) = match person.index % 10 {
        2 => ("6", "110000", ago(500), Some(ago(300)), true),
        3 => ("2", "310000", ago(400), None, person.index % 20 == 3),
        5 => ("6", "320100", ago(30), Some(today.saturating_add(160.days())), false),
        _ => return None,
    };
    Some(Filed {
        serial: format!("BA{}9{:05}", begin.strftime("%Y%m%d"), person.index),
        request: String::new(),
        psn_no: person.psn_no.clone(),
        category: category.into(),
        destination: destination.into(),
        begin,
        end,
        filed: begin,
        cancelled: false,
        used,
        agent: String::new(),
    })
}
