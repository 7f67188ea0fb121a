//! Filing requests in a simulated day: the insurance platform's desk, which would file a repeated request twice, the
//! line that loses requests and answers, and what must hold of every request that was kept.

use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use async_trait::async_trait;
use jiff::ToSpan;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::plan::{DAY_MS, PEOPLE};
use super::watch::{Breach, breach};
use super::world::{Own, Task, World};
use crate::delivery::filing::FilingDelivery;
use crate::delivery::{DeliveryFailure, DeliveryProfile, Receipt, Transport};
use crate::domain::filing::{
    Category, FamilyMember, FilingAction, FilingRequest, Grounds, KeptStatus, NewFiling, Period, PhoneNumber,
    PlatformFilings, TravelReason,
};
use crate::domain::{AreaCode, Entry, InsuranceType, ProjectNumber};
use crate::ledger::{Record, RecordId};
use crate::platform::fsi::FilingProfile;
use crate::platform::{Defect, FilingPlatform, PlatformError, RefusalText, Standing};
use crate::session::Ticket;

const FILINGS_A_DAY: std::ops::Range<u64> = 2..9;
/// Somebody files between these.
const HOURS_MS: std::ops::Range<u64> = 8 * 3_600_000..17 * 3_600_000;
/// A request that was given up arrives at most so much later. The line's quiet time is longer, and has to be.
const LATE_MS: std::ops::Range<u64> = 1_000..50_000;
/// A request nobody answered is given up after this.
const TIMEOUT_MS: u64 = 30_000;
/// Tickets of filings begin here; the session's own never come so far.
const TICKETS_FROM: u64 = 1 << 60;

/// How handing a request over ended.
pub(super) type FilingEnded = (RecordId, Result<Receipt, DeliveryFailure>);

/// The desk. Behind a lock because the adapter it stands in for is shared between threads.
pub(super) struct Office(Mutex<Book>);

struct Book {
    chance: ChaCha8Rng,
    /// How often each request had its effect.
    filed: BTreeMap<String, u32>,
    /// Requests on their way although nobody waits for them any more, and after how long they arrive.
    late: Vec<(u64, String)>,
    away: bool,
    /// Says of every request that it never came. No honest platform does so; the checks must notice.
    forgetful: bool,
}

impl Office {
    pub fn new(seed: u64, forgetful: bool) -> Self {
        let chance = ChaCha8Rng::seed_from_u64(seed ^ 0x0FF1_CE00);
        let (filed, late) = (BTreeMap::new(), Vec::new());
        Self(Mutex::new(Book { chance, filed, late, away: false, forgetful }))
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether it cannot be reached.
    pub fn away(&self, away: bool) {
        self.book().away = away;
    }

    /// A request arrives that nobody waits for any more.
    pub fn arrives(&self, number: &str) {
        // A request against the rules arrives in vain.
        let _ = self.book().file(number);
    }
}

/// One request in seven is against the rules, whoever sends it and however often.
fn against_the_rules(number: &str) -> bool {
    number.bytes().map(u32::from).sum::<u32>().is_multiple_of(7)
}

impl Book {
    fn file(&mut self, number: &str) -> Result<Standing, PlatformError> {
        if against_the_rules(number) {
            return Err(refused("不符合备案条件"));
        }
        *self.filed.entry(number.to_owned()).or_default() += 1;
        Ok(Standing::Done(format!("BA{number}")))
    }
}

fn refused(words: &str) -> PlatformError {
    PlatformError::Refused { infcode: "-1".to_owned(), message: RefusalText::new(words) }
}

#[async_trait]
impl FilingPlatform for Office {
    async fn filings(&self, _: &str) -> Result<PlatformFilings, PlatformError> {
        Err(PlatformError::TimedOut)
    }

    async fn family(&self, _: &str) -> Result<Vec<FamilyMember>, PlatformError> {
        Err(PlatformError::TimedOut)
    }

    async fn find(&self, request: &FilingRequest) -> Result<Option<Standing>, PlatformError> {
        let mut book = self.book();
        if book.away {
            return Err(PlatformError::Unreachable("away"));
        }
        if book.chance.random_bool(0.1) {
            return Err(PlatformError::TimedOut);
        }
        let number = request.number.as_str();
        let known = book.filed.contains_key(number) && !book.forgetful;
        Ok(known.then(|| Standing::Done(format!("BA{number}"))))
    }

    async fn submit(&self, request: &FilingRequest) -> Result<Standing, PlatformError> {
        let (mut book, number) = (self.book(), request.number.as_str());
        if book.away {
            return Err(PlatformError::Unreachable("away"));
        }
        match book.chance.random_range(0..12) {
            0 => Err(PlatformError::TimedOut),
            1 => {
                let _ = book.file(number);
                Err(PlatformError::TimedOut)
            }
            2 => {
                let after_ms = book.chance.random_range(LATE_MS);
                book.late.push((after_ms, number.to_owned()));
                Err(PlatformError::TimedOut)
            }
            3 => {
                let _ = book.file(number);
                Err(PlatformError::NotAnAnswer(Defect::Status(502)))
            }
            4 => Err(PlatformError::NotAnAnswer(Defect::WebPage)),
            5 => Err(refused("系统繁忙，请稍后重试")),
            _ => book.file(number),
        }
    }
}

/// What was asked of the kiosk and what it answered for.
#[derive(Default)]
pub(super) struct FilingWatch {
    /// Everything ever handed over, and whose it is.
    handed: BTreeMap<String, usize>,
    /// Everything that was said to be kept.
    acknowledged: BTreeSet<String>,
}

impl FilingWatch {
    /// The ledger has said that it has it.
    pub fn kept(&mut self, entry: &Entry) {
        if let Entry::Filing(request) = entry {
            self.acknowledged.insert(request.number.as_str().to_owned());
        }
    }
}

impl World {
    pub fn schedule_filings(&mut self) {
        let mut chance = ChaCha8Rng::seed_from_u64(self.plan.seed ^ 0xF111);
        let mut count = 0;
        for day in 0..u64::from(self.plan.days) {
            for _ in 0..chance.random_range(FILINGS_A_DAY) {
                count += 1;
                let person = chance.random_range(0..PEOPLE);
                self.at(day * DAY_MS + chance.random_range(HOURS_MS), Task::File(count, person));
            }
        }
    }

    /// Somebody's request reaches the ledger's thread, as [`crate::session::Effect::Store`] would send it there.
    pub fn file(&mut self, count: u64, person: usize) -> Result<(), Breach> {
        let Some(request) = self.filing_request(count, person) else { return Ok(()) };
        if self.machine.is_none() {
            return Ok(());
        }
        self.trace.line(self.now_ms, &format!("file {}", request.number.as_str()));
        self.filings.handed.insert(request.number.as_str().to_owned(), person);
        self.hand_over(Ticket(TICKETS_FROM + count), Entry::Filing(Box::new(request)))
    }

    fn filing_request(&self, count: u64, person: usize) -> Option<FilingRequest> {
        let (person, at) = (self.people.get(person)?, self.wall());
        let until = at.date().saturating_add(6.months());
        Some(FilingRequest {
            number: ProjectNumber::from_stored(format!("37SIM{count:010}")),
            person_number: person.record.person_number.clone(),
            name: person.record.name.clone(),
            certificate: person.number.clone(),
            insurance: InsuranceType::Employee,
            insured_area: AreaCode::parse("370100")?,
            action: FilingAction::File(Box::new(NewFiling {
                reason: TravelReason::Precaution,
                category: Category::OtherTemporary,
                destination: AreaCode::parse("110000")?,
                period: Period { begin: at.date(), end: Some(until) },
                phone: PhoneNumber::parse("13800000000").ok()?,
                address: None,
                grounds: Grounds::Nothing,
                replaces: None,
            })),
            agent: None,
            at,
        })
    }

    /// What of the filings may be sent at this moment.
    pub fn file_round(&mut self) -> Result<(), Breach> {
        let moment = self.moment();
        let Some(machine) = &mut self.machine else { return Ok(()) };
        let round = machine.filings.round(&machine.ledger, moment);
        if self.disk.dark() {
            self.fell_dark();
            return Ok(());
        }
        machine.filing_serial += 1;
        let (serial, began_ms) = (machine.filing_serial, machine.began_ms);
        self.own_at(began_ms.saturating_add(round.wake_ms), Own::FileRound(serial));
        round.send.iter().for_each(|record| self.send_filing(record));
        self.notices();
        Ok(())
    }

    fn send_filing(&mut self, record: &Record) {
        self.trace.line(self.now_ms, &format!("send {} {}", record.matter.as_str(), record.class));
        self.counts.sent += 1;
        let profile = FilingDelivery::new(self.office.clone(), FilingProfile::default().later_words);
        let outcome = at_once(profile.deliver(record)).unwrap_or(Err(Transport::TimedOut.into()));
        let late = std::mem::take(&mut self.office.book().late);
        for (after_ms, number) in late {
            self.at(self.now_ms + after_ms, Task::FilingArrives(number));
        }
        let silent = outcome == Err(Transport::TimedOut.into());
        let takes_ms = if silent { TIMEOUT_MS } else { self.chance.random_range(100..3_000) };
        self.own_at(self.now_ms + takes_ms, Own::FileEnded(Box::new((record.id.clone(), outcome))));
    }

    pub fn file_ended(&mut self, ended: FilingEnded) -> Result<(), Breach> {
        let moment = self.moment();
        let Some(machine) = &mut self.machine else { return Ok(()) };
        machine.filings.settle(&machine.ledger, moment, vec![ended]);
        if self.disk.dark() {
            self.fell_dark();
            return Ok(());
        }
        self.notices();
        self.file_round()
    }

    /// No request had its effect twice, and none that was said to be kept is gone.
    pub fn audit_filings(&self) -> Result<(), Breach> {
        self.filed_once()?;
        for number in &self.filings.acknowledged {
            if self.standing(number).is_some_and(|status| status.is_none()) && !self.over(number) {
                return breach("nothing acknowledged is lost", format!("{number} filing is nowhere"));
            }
        }
        Ok(())
    }

    /// When everything has been mended and had time, every request that was kept is done or rejected, and its person
    /// is told the same as the platform knows.
    pub fn close_filings(&self) -> Result<(), Breach> {
        self.audit_filings()?;
        for number in &self.filings.acknowledged {
            let fits = match self.standing(number).flatten() {
                Some(KeptStatus::Waiting) => false,
                Some(KeptStatus::Done(serial)) => serial == format!("BA{number}") && self.filed(number) == 1,
                Some(KeptStatus::Rejected(_)) => against_the_rules(number) && self.filed(number) == 0,
                // Forgotten after its days; a clock that jumped makes them pass.
                None => self.over(number),
            };
            if !fits {
                return breach("every kept filing ends done or rejected", number.as_str());
            }
        }
        Ok(())
    }

    fn filed_once(&self) -> Result<(), Breach> {
        for (number, times) in &self.office.book().filed {
            if *times != 1 {
                return breach("no effect twice", format!("{number} filing {times} times"));
            }
            if !self.filings.handed.contains_key(number) {
                return breach("nothing is invented", format!("{number} filing"));
            }
        }
        Ok(())
    }

    fn filed(&self, number: &str) -> u32 {
        self.office.book().filed.get(number).copied().unwrap_or_default()
    }

    /// The platform has decided, whatever the kiosk knows of it.
    fn over(&self, number: &str) -> bool {
        against_the_rules(number) || self.filed(number) > 0
    }

    /// What its person would be told; `None` while the ledger cannot be asked.
    fn standing(&self, number: &str) -> Option<Option<KeptStatus>> {
        let machine = self.machine.as_ref()?;
        let person = self.people.get(*self.filings.handed.get(number)?)?;
        let told = machine.ledger.filings_of(&person.number).ok()?;
        Some(told.into_iter().find(|kept| kept.number.as_str() == number).map(|kept| kept.status))
    }
}

/// The desk answers without waiting, so there is nothing to wait for.
fn at_once<T>(work: impl Future<Output = T>) -> Option<T> {
    match pin!(work).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}

/// The desk as the world holds it.
pub(super) fn office(seed: u64, forgetful: bool) -> Arc<Office> {
    Arc::new(Office::new(seed, forgetful))
}
