//! What must hold after every step, whatever happens. The first promise that does not ends the run.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt::Write;
use std::rc::Rc;

use super::people::Person;
use super::province::{Key, Province};
use crate::domain::{DeviceKind, Entry};
use crate::ledger::{Filter, Ledger, LedgerError};
use crate::session::{Effect, Event, Limits, Screen, Session, Ticket, View};

/// Two late ticks.
const SLACK_MS: u64 = 1_000;
/// The debug text of a session is longer only if something in it grows.
const SESSION_CHARS_MAX: usize = 100_000;
/// So many of the people seen last are looked for.
const REMEMBERED_MAX: usize = 2;

/// A promise that was broken: which, and how it showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Breach {
    pub promise: &'static str,
    pub what: String,
}

pub(super) fn breach<T>(promise: &'static str, what: impl Into<String>) -> Result<T, Breach> {
    Err(Breach { promise, what: what.into() })
}

/// Looks on.
pub(super) struct Watcher {
    standby_ms_max: u64,
    touched_ms: u64,
    card_lies: bool,
    beam: bool,
    pub screen: &'static str,
    /// Whose visit runs, as far as the session was told.
    current: Option<usize>,
    /// Whose visits are over.
    finished: VecDeque<usize>,
    /// What was handed over by the running program and is not answered.
    stores: BTreeMap<Ticket, Key>,
    /// Everything ever handed over.
    handed: BTreeSet<Key>,
    /// Everything the session was told is safe.
    pub acknowledged: BTreeSet<Key>,
    pub thanked: u64,
    /// The session's and the view's debug text, written anew for every step.
    inside: String,
    shown: String,
}

/// The name the province will know an entry by.
pub(super) fn key_of(entry: &Entry) -> Key {
    match entry {
        Entry::Service { matter, .. } => (matter.project.as_str().to_owned(), "service"),
        Entry::Rating { project, .. } => (project.as_str().to_owned(), "evaluate"),
        Entry::Answers { project, .. } => (project.as_str().to_owned(), "answers"),
        Entry::Filing(request) => (request.number.as_str().to_owned(), "filing"),
    }
}

impl Watcher {
    pub fn new(limits: &Limits) -> Self {
        // The longest way without a touch: an answer or the thanks, then a prompt, its countdown, the end.
        let idle_ms = limits.idle_prompt_large_ms + limits.idle_countdown_large_ms;
        let standby_ms_max = limits.lookup_ms + limits.store_ms + limits.thanks_ms + idle_ms + SLACK_MS;
        Self {
            standby_ms_max,
            touched_ms: 0,
            card_lies: false,
            beam: false,
            screen: "Standby",
            current: None,
            finished: VecDeque::new(),
            stores: BTreeMap::new(),
            handed: BTreeSet::new(),
            acknowledged: BTreeSet::new(),
            thanked: 0,
            inside: String::new(),
            shown: String::new(),
        }
    }

    /// Whether the scanner reads: while it shines, or always.
    pub fn beam_or(&self, always: bool) -> bool {
        always || self.beam
    }

    /// The program has begun anew and knows nobody.
    pub fn rebooted(&mut self, now_ms: u64) {
        self.stores.clear();
        (self.touched_ms, self.card_lies, self.beam, self.screen) = (now_ms, false, false, "Standby");
        self.current_leaves();
    }

    /// Somebody's card or code reaches the session with this event.
    fn identified(&mut self, event: &Event, people: &[Rc<Person>]) -> Option<usize> {
        match event {
            Event::CardRead(card) => people.iter().position(|person| person.number == card.number),
            Event::Scanned(voucher) => people.iter().position(|person| person.voucher == *voucher),
            _ => None,
        }
    }

    /// Before the event: who is here, and what it tells.
    pub fn before(&mut self, now_ms: u64, event: &Event, people: &[Rc<Person>]) -> Option<usize> {
        match event {
            Event::Press(_) | Event::CardLifted | Event::Scanned(_) | Event::ScannedOther => self.touched_ms = now_ms,
            Event::CardFound | Event::CardRead(_) | Event::CardUnreadable(_) => self.touched_ms = now_ms,
            _ => {}
        }
        match event {
            Event::CardFound | Event::CardRead(_) | Event::CardUnreadable(_) => self.card_lies = true,
            Event::CardLifted => self.card_lies = false,
            Event::Device(DeviceKind::IdReader, state) if !state.usable() && self.card_lies => {
                (self.card_lies, self.touched_ms) = (false, now_ms);
            }
            _ => {}
        }
        self.identified(event, people)
    }

    /// After the event: everything that must hold.
    #[expect(clippy::too_many_arguments, reason = "one event with everything there is to see of it")]
    pub fn after(
        &mut self,
        now_ms: u64,
        event: &Event,
        identified: Option<usize>,
        effects: &[Effect],
        session: &Session,
        view: &View,
        people: &[Rc<Person>],
    ) -> Result<(), Breach> {
        for effect in effects {
            match effect {
                Effect::Store(ticket, entry) => {
                    let key = key_of(entry);
                    self.handed.insert(key.clone());
                    self.stores.insert(*ticket, key);
                }
                Effect::Scanner(on) => self.beam = *on,
                Effect::Wipe => self.current_leaves(),
                _ => {}
            }
        }
        if matches!(view.screen, Screen::Standby(_) | Screen::OutOfService) {
            self.current_leaves();
        }
        if identified.is_some() {
            self.current_leaves();
            self.current = identified;
            self.finished.retain(|person| Some(*person) != identified);
        }
        self.thanks(event, view)?;
        self.standby(now_ms, view)?;
        if *event != Event::Tick || !effects.is_empty() {
            self.strings(session, view, people)?;
        }
        Ok(())
    }

    fn current_leaves(&mut self) {
        if let Some(person) = self.current.take() {
            self.finished.push_back(person);
            if self.finished.len() > REMEMBERED_MAX {
                self.finished.pop_front();
            }
        }
    }

    /// “Stored” is acknowledged from the moment the session is told; thanks for a rating come only then.
    fn thanks(&mut self, event: &Event, view: &View) -> Result<(), Breach> {
        let mut rating_stored = false;
        if let Event::Stored(ticket) = event
            && let Some(key) = self.stores.remove(ticket)
        {
            rating_stored = key.1 == "evaluate";
            self.acknowledged.insert(key);
        }
        let before = std::mem::replace(&mut self.screen, view.screen.name());
        let thanks = matches!(view.screen, Screen::Thanks { rated: true, .. } | Screen::Question { .. });
        if thanks && matches!(before, "Rate" | "RateByPhone") {
            self.thanked += 1;
            if !rating_stored {
                return breach("thanks only for what is stored", format!("{} without “stored”", self.screen));
            }
        }
        Ok(())
    }

    fn standby(&mut self, now_ms: u64, view: &View) -> Result<(), Breach> {
        if matches!(view.screen, Screen::Standby(_) | Screen::OutOfService) {
            self.touched_ms = now_ms;
            if self.beam {
                return breach("no device is left on", format!("the beam shines in {}", view.screen.name()));
            }
        }
        if self.card_lies {
            self.touched_ms = now_ms;
        }
        if now_ms - self.touched_ms > self.standby_ms_max {
            return breach("back to standby in time", format!("still {}", view.screen.name()));
        }
        Ok(())
    }

    fn strings(&mut self, session: &Session, view: &View, people: &[Rc<Person>]) -> Result<(), Breach> {
        self.inside.clear();
        self.shown.clear();
        // Writing into a string cannot fail.
        let _ = write!(self.inside, "{session:?}").and(write!(self.shown, "{view:?}"));
        if self.inside.len() > SESSION_CHARS_MAX {
            let length = self.inside.len();
            return breach("memory is bounded", format!("the session's debug text has {length} characters"));
        }
        for person in self.finished.iter().chain(&self.current).filter_map(|index| people.get(*index)) {
            if person.is_in(&self.inside) {
                return breach("no name in debug output", format!("on {}", self.screen));
            }
        }
        for person in self.finished.iter().filter_map(|index| people.get(*index)) {
            if person.is_in(&self.shown) {
                return breach("no string of a finished visit", format!("on {}", self.screen));
            }
        }
        Ok(())
    }

    /// The ledger and the province's book together hold everything acknowledged, and nothing twice. A ledger on an
    /// `unreadable` disk need not answer.
    pub fn audit(&self, ledger: &Ledger, province: &Province, unreadable: bool) -> Result<(), Breach> {
        self.books(province)?;
        let rows = match ledger.list(Filter::All, u32::MAX) {
            Ok(rows) => rows,
            Err(_) if unreadable => return Ok(()),
            Err(LedgerError::Sqlite(_) | LedgerError::DiskFull) => return Ok(()),
            Err(error) => return breach("the ledger can be read", error.to_string()),
        };
        let states: BTreeMap<(String, String), String> =
            rows.into_iter().map(|row| ((row.matter, row.class), row.state)).collect();
        for key in &self.acknowledged {
            let class = if key.1 == "evaluate" { "rating" } else { key.1 };
            let state = states.get(&(key.0.clone(), class.to_owned())).map(String::as_str);
            if state != Some("pending") && !province.effects.contains_key(key) {
                return breach("nothing acknowledged is lost", format!("{} {} is {state:?}", key.0, key.1));
            }
        }
        Ok(())
    }

    fn books(&self, province: &Province) -> Result<(), Breach> {
        if let Some(what) = province.breaches.first() {
            return breach("order and content of what is sent", what.as_str());
        }
        for (key, effect) in &province.effects {
            if effect.times != 1 {
                return breach("no effect twice", format!("{} {} {} times", key.0, key.1, effect.times));
            }
            if !self.handed.contains(key) {
                return breach("nothing is invented", format!("{} {}", key.0, key.1));
            }
        }
        Ok(())
    }

    /// When everything has been mended and had time: the province has all that was acknowledged.
    pub fn closing(&self, ledger: &Ledger, province: &Province) -> Result<(), Breach> {
        self.audit(ledger, province, false)?;
        if let Some(key) = self.acknowledged.iter().find(|key| !province.effects.contains_key(*key)) {
            return breach("everything acknowledged arrives", format!("{} {}", key.0, key.1));
        }
        Ok(())
    }
}
