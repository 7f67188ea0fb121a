//! The program of the kiosk inside the world: the real session, ledger, delivery rules and driver,
//! joined as the runtime joins them, with every wait an entry in the agenda.

use std::collections::VecDeque;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::line::{Fate, Seen, unreachable};
use super::people::Person;
use super::scanner::{self, Scanner};
use super::watch::{Breach, breach};
use super::world::{BALLAST_BYTES, Own, Task, World};
use super::{Sabotage, vfs};
use crate::delivery::dispatch::{Dispatch, MATTERS_MAX, Notice};
use crate::delivery::national::{NationalConfig, envelope, judge};
use crate::delivery::{DeliveryFailure, Queue};
use crate::domain::{Credential, Entry, PersonRecord};
use crate::ledger::{Class, Ledger, LedgerError, Moment, Options, Record, RecordId};
use crate::runtime::keeper::{self, Orphans};
use crate::session::{Effect, Event, Now, PlatformTrouble, Session, Ticket};

/// The runtime's pause between two ticks.
const TICK_MS: u64 = 250;
/// How often a ledger that could not be written is tried again.
const PROBE_MS: u64 = 3_000;
/// How often the service manager starts a program that did not start.
const START_AGAIN_MS: u64 = 20_000;
/// An idle reader is left alone once it has had so long to say that it works.
const READER_SETTLES_MS: u64 = 5_000;
/// The queue towards the ledger never holds more.
const KEEPER_ENTRIES_MAX: usize = 64;

/// A running program.
pub(super) struct Machine {
    pub session: Session,
    pub ledger: Ledger,
    pub began_ms: u64,
    dispatch: Dispatch,
    pub filings: Dispatch,
    pub filing_serial: u64,
    keeper: VecDeque<(Ticket, Entry)>,
    keeper_works: bool,
    orphans: Orphans,
    round_serial: u64,
    spoken_serial: u64,
    ticking: bool,
    requests: u64,
}

impl World {
    pub fn boot(&mut self) -> Result<(), Breach> {
        if self.machine.is_some() {
            return Ok(());
        }
        self.disk.switch_on();
        self.boots += 1;
        let (path, key_path) = (self.folder.path().join("ledger.db"), self.folder.path().join("ledger.key"));
        let options = Options { ballast_bytes: BALLAST_BYTES, ..Options::new(path, key_path) };
        match vfs::open(&self.disk, options) {
            Ok(ledger) => self.begin(ledger),
            Err(error) => {
                self.trace.line(self.now_ms, "the ledger does not open");
                let excused = self.disk.dark()
                    || self.disk.unreadable()
                    || self.disk_troubled && matches!(error, LedgerError::Sqlite(_) | LedgerError::DiskFull);
                self.at(self.now_ms + START_AGAIN_MS, Task::Boot);
                if excused { Ok(()) } else { breach("the ledger opens again", error.to_string()) }
            }
        }
    }

    fn begin(&mut self, ledger: Ledger) -> Result<(), Breach> {
        self.trace.line(self.now_ms, "boot");
        self.watcher.rebooted(self.now_ms);
        let now = Now { tick_ms: 0, wall: self.wall() };
        let session = Session::new(self.config.clone(), self.chance.random(), now);
        self.machine = Some(Machine {
            session,
            ledger,
            began_ms: self.now_ms,
            dispatch: Dispatch::new(MATTERS_MAX, ChaCha8Rng::seed_from_u64(self.chance.random())),
            filings: Dispatch::new(MATTERS_MAX, ChaCha8Rng::seed_from_u64(self.chance.random())).of(Queue::Filings),
            filing_serial: 0,
            keeper: VecDeque::new(),
            keeper_works: true,
            orphans: Orphans::default(),
            round_serial: 0,
            spoken_serial: 0,
            ticking: false,
            requests: self.boots << 32,
        });
        self.audit()?;
        let (card, plugged, manner) = (self.reader.card().cloned(), self.reader.plugged(), self.reader.manner);
        self.reader = super::reader::Reader::new(card, plugged);
        self.reader.manner = manner;
        self.wake_reader();
        self.scanner = Scanner::new(self.scanner.plugged());
        self.tell_scanner()?;
        self.handle(Event::Platform(!self.insurance_away))?;
        self.round()?;
        self.file_round()
    }

    /// The power has failed or the process was killed: the program is gone, its disk is not.
    pub fn fell_dark(&mut self) {
        if self.machine.take().is_some() {
            self.trace.line(self.now_ms, "dark");
            self.counts.dark += 1;
            let back_ms = self.now_ms + self.chance.random_range(5_000..120_000);
            self.at(back_ms, Task::Boot);
        }
    }

    pub fn own_at(&mut self, at_ms: u64, own: Own) {
        self.at(at_ms, Task::Own(self.boots, own));
    }

    pub fn moment(&self) -> Moment {
        let began_ms = self.machine.as_ref().map_or(0, |machine| machine.began_ms);
        Moment { wall: self.wall(), tick_ms: self.now_ms - began_ms }
    }

    pub fn own(&mut self, own: Own) -> Result<(), Breach> {
        match own {
            Own::Tick => self.tick(),
            Own::Reader(serial) if serial == self.reader_serial => self.step_reader(),
            Own::Reader(_) => Ok(()),
            Own::Scanner(bytes) => self.scanned(&bytes),
            Own::Keep => self.keep(),
            Own::Probe => self.probe(),
            Own::Round(serial) if self.machine.as_ref().is_some_and(|m| m.round_serial == serial) => self.round(),
            Own::Round(_) => Ok(()),
            Own::Land(request, id, fate) => self.land(request, &id, fate),
            Own::Unreachable(id) => self.settle(&id, Err(unreachable())),
            Own::Event(event) => self.handle(*event),
            Own::Spoken(serial) if self.machine.as_ref().is_some_and(|m| m.spoken_serial == serial) => {
                self.handle(Event::SpeechEnded)
            }
            Own::Spoken(_) => Ok(()),
            Own::FileRound(serial) if self.machine.as_ref().is_some_and(|m| m.filing_serial == serial) => {
                self.file_round()
            }
            Own::FileRound(_) => Ok(()),
            Own::FileEnded(ended) => self.file_ended(*ended),
        }
    }

    /// One event through the session, and everything that must hold after it.
    pub fn handle(&mut self, event: Event) -> Result<(), Breach> {
        if self.machine.is_none() {
            return Ok(());
        }
        let Moment { wall, tick_ms } = self.moment();
        let now = Now { tick_ms, wall };
        let Some(machine) = &mut self.machine else { return Ok(()) };
        let identified = self.watcher.before(self.now_ms, &event, &self.people);
        let before = self.watcher.screen;
        let effects = machine.session.handle(event.clone(), now);
        let view = machine.session.view();
        let screen = view.screen.name();
        self.counts.events += 1;
        if event != Event::Tick || !effects.is_empty() || screen != before {
            self.trace.line(self.now_ms, &format!("{event:?} {before}>{screen} {effects:?}"));
        }
        let (watcher, session) = (&mut self.watcher, &machine.session);
        watcher.after(self.now_ms, &event, identified, &effects, session, &view, &self.people)?;
        for effect in effects {
            self.perform_effect(effect)?;
        }
        let Some(machine) = &mut self.machine else { return Ok(()) };
        if machine.session.occupied() && !std::mem::replace(&mut machine.ticking, true) {
            self.own_at(self.now_ms + TICK_MS, Own::Tick);
        }
        Ok(())
    }

    fn tick(&mut self) -> Result<(), Breach> {
        if let Some(machine) = &mut self.machine {
            machine.ticking = false;
        }
        self.handle(Event::Tick)
    }

    fn perform_effect(&mut self, effect: Effect) -> Result<(), Breach> {
        match effect {
            Effect::Speak(_) | Effect::Hush => {
                let takes_ms = self.chance.random_range(800..6_000);
                let Some(machine) = &mut self.machine else { return Ok(()) };
                machine.spoken_serial += 1;
                let serial = machine.spoken_serial;
                if matches!(effect, Effect::Speak(_)) {
                    self.own_at(self.now_ms + takes_ms, Own::Spoken(serial));
                }
            }
            Effect::AskPerson(ticket, credential) => {
                let (answer, takes_ms) = self.person(&credential);
                let event = Event::Person(ticket, answer);
                self.own_at(self.now_ms + takes_ms, Own::Event(Box::new(event)));
            }
            Effect::AskMovements(ticket, _) => {
                let offered = !self.insurance_away && self.chance.random_bool(0.8);
                let takes_ms = self.chance.random_range(20..8_000);
                let event = Event::Movements(ticket, offered.then(Person::movements));
                self.own_at(self.now_ms + takes_ms, Own::Event(Box::new(event)));
            }
            Effect::Store(ticket, entry) => return self.hand_over(ticket, entry),
            // FILING-WIRE
            Effect::AskFilings(..)
            | Effect::AskFamily(..)
            | Effect::Recognise(..)
            | Effect::AskHospitals(..)
            | Effect::Seal(..) => {}
            Effect::Tone(_)
            | Effect::Pace(_)
            | Effect::Loudness(_)
            | Effect::Scanner(_)
            | Effect::CallStaff
            | Effect::Wipe => {}
        }
        Ok(())
    }

    /// What the insurance platform says, and after how long.
    fn person(&mut self, credential: &Credential) -> (Result<Box<PersonRecord>, PlatformTrouble>, u64) {
        let takes_ms = self.chance.random_range(50..3_000);
        let person = self.people.iter().find(|person| match credential {
            Credential::IdCard { number, .. } => person.number == *number,
            Credential::EVoucher(voucher) => person.voucher == *voucher,
        });
        let by_voucher = matches!(credential, Credential::EVoucher(_));
        match (self.chance.random_range(0..100), person) {
            _ if self.insurance_away => (Err(PlatformTrouble::Unreachable), takes_ms * 3),
            (0..3, _) => (Err(PlatformTrouble::Refused), takes_ms),
            (3..6, _) => (Err(PlatformTrouble::Unreachable), takes_ms * 4),
            (6..10, _) if by_voucher => (Err(PlatformTrouble::StaleVoucher), takes_ms),
            (_, None) | (10..13, _) => (Err(PlatformTrouble::NotFound), takes_ms),
            // Longer than anybody waits: the answer comes to a ticket that is no more.
            (13..17, Some(person)) => (Ok(Box::new(person.record.clone())), 20_000 + takes_ms),
            (_, Some(person)) => (Ok(Box::new(person.record.clone())), takes_ms),
        }
    }

    // The ledger's thread.

    pub fn hand_over(&mut self, ticket: Ticket, entry: Entry) -> Result<(), Breach> {
        let Some(machine) = &mut self.machine else { return Ok(()) };
        machine.keeper.push_back((ticket, entry));
        match machine.keeper.len() {
            1 => self.keep_soon(),
            2..=KEEPER_ENTRIES_MAX => {}
            waiting => return breach("memory is bounded", format!("{waiting} entries wait for the ledger")),
        }
        Ok(())
    }

    fn keep_soon(&mut self) {
        let takes_ms = self.chance.random_range(2..30) + self.disk_slow_ms;
        self.own_at(self.now_ms + takes_ms, Own::Keep);
    }

    fn keep(&mut self) -> Result<(), Breach> {
        let moment = self.moment();
        let Some(machine) = &mut self.machine else { return Ok(()) };
        let Some((ticket, entry)) = machine.keeper.pop_front() else { return Ok(()) };
        let drops = self.sabotage == Sabotage::DropsAcknowledged && matches!(entry, Entry::Rating { .. });
        let outcome =
            if drops { Ok(RecordId::from_text("none")) } else { machine.orphans.keep(&machine.ledger, &entry, moment) };
        if self.disk.dark() {
            self.fell_dark();
            return Ok(());
        }
        let (events, works) = keeper::answers(&outcome, ticket);
        let works = works.unwrap_or(machine.keeper_works);
        machine.keeper_works = works;
        let more = !machine.keeper.is_empty();
        if more {
            self.keep_soon();
        } else if !works {
            self.own_at(self.now_ms + PROBE_MS, Own::Probe);
        }
        self.counts.kept += u64::from(outcome.is_ok());
        if outcome.is_ok() {
            self.filings.kept(&entry);
        }
        if let (Entry::Filing(_), Some(machine)) = (&entry, &mut self.machine) {
            machine.filings.urge(moment);
        }
        for event in events {
            self.handle(event)?;
        }
        self.round()?;
        self.file_round()
    }

    fn probe(&mut self) -> Result<(), Breach> {
        let moment = self.moment();
        let Some(machine) = &mut self.machine else { return Ok(()) };
        if machine.keeper_works || !machine.keeper.is_empty() {
            return Ok(());
        }
        machine.keeper_works = machine.ledger.probe(moment).is_ok();
        if self.disk.dark() {
            self.fell_dark();
            return Ok(());
        }
        if machine.keeper_works {
            return self.handle(Event::Ledger(true));
        }
        self.own_at(self.now_ms + PROBE_MS, Own::Probe);
        Ok(())
    }

    // Delivery.

    fn round(&mut self) -> Result<(), Breach> {
        let moment = self.moment();
        let Some(machine) = &mut self.machine else { return Ok(()) };
        let round = machine.dispatch.round(&machine.ledger, moment);
        if self.disk.dark() {
            self.fell_dark();
            return Ok(());
        }
        machine.round_serial += 1;
        let (serial, began_ms) = (machine.round_serial, machine.began_ms);
        let on_the_way = machine.dispatch.on_the_way();
        if on_the_way > MATTERS_MAX {
            return breach("memory is bounded", format!("{on_the_way} records on their way"));
        }
        self.own_at(began_ms.saturating_add(round.wake_ms), Own::Round(serial));
        round.send.into_iter().for_each(|record| self.send(&record));
        self.notices();
        Ok(())
    }

    fn send(&mut self, record: &Record) {
        self.trace.line(self.now_ms, &format!("send {} {}", record.matter.as_str(), record.class));
        self.counts.sent += 1;
        let Some(machine) = &mut self.machine else { return };
        machine.requests += 1;
        let request = machine.requests;
        if self.province_away {
            let after_ms = self.now_ms + self.chance.random_range(10..5_000);
            return self.own_at(after_ms, Own::Unreachable(record.id.clone()));
        }
        // The default settings always sign; a body that could not be made shows as one that cannot be opened.
        let body = envelope(&NationalConfig::default(), record, self.wall()).unwrap_or_default();
        let fate = Fate::draw(&mut self.chance);
        let pretends = self.sabotage == Sabotage::PretendsDelivered && record.class == Class::Service;
        for after_ms in fate.arrivals_ms(&mut self.chance) {
            if !pretends {
                self.at(self.now_ms + after_ms, Task::Reach(request, body.clone()));
            }
        }
        let known_ms = self.now_ms + fate.known_ms(&mut self.chance);
        self.own_at(known_ms, Own::Land(request, record.id.clone(), fate));
    }

    fn land(&mut self, request: u64, id: &RecordId, fate: Fate) -> Result<(), Breach> {
        let answer = self.answers.remove(&request);
        if answer.is_none() && self.sabotage == Sabotage::PretendsDelivered && fate == Fate::Through {
            let receipt = crate::delivery::Receipt { text: "never sent".into(), already: false };
            return self.settle(id, Ok(receipt));
        }
        let outcome = match fate.seen(answer) {
            Seen::Reply(reply) => judge(&reply, &NationalConfig::default()),
            Seen::Nothing(transport) => Err(DeliveryFailure::Transport(transport)),
        };
        self.settle(id, outcome)
    }

    fn settle(
        &mut self,
        id: &RecordId,
        outcome: Result<crate::delivery::Receipt, DeliveryFailure>,
    ) -> Result<(), Breach> {
        let moment = self.moment();
        let Some(machine) = &mut self.machine else { return Ok(()) };
        machine.dispatch.settle(&machine.ledger, moment, vec![(id.clone(), outcome)]);
        if self.disk.dark() {
            self.fell_dark();
            return Ok(());
        }
        self.notices();
        self.round()
    }

    pub fn notices(&mut self) {
        let Some(machine) = &mut self.machine else { return };
        let told = [machine.dispatch.take_notices(), machine.filings.take_notices()];
        for notice in told.into_iter().flatten() {
            let text = match &notice {
                Notice::Delivered { class, already, .. } => {
                    self.counts.delivered += 1;
                    format!("delivered {class} {already}")
                }
                Notice::Refused { lane, .. } => format!("refused {lane:?}"),
                Notice::Postponed { .. } => "postponed".to_owned(),
                Notice::Filing { .. } => "filing".to_owned(),
                Notice::Line { up } => format!("line {up}"),
                Notice::Ledger(_) => "the ledger failed".to_owned(),
            };
            self.trace.line(self.now_ms, &text);
        }
    }

    // The scanner.

    /// Somebody holds a code before the scanner.
    pub fn hold_up(&mut self, code: &str) -> Result<(), Breach> {
        for (after_ms, bytes) in scanner::pieces(code, &mut self.chance) {
            self.own_at(self.now_ms + after_ms, Own::Scanner(bytes));
        }
        Ok(())
    }

    fn scanned(&mut self, bytes: &[u8]) -> Result<(), Breach> {
        let Some(began_ms) = self.machine.as_ref().map(|machine| machine.began_ms) else { return Ok(()) };
        if let Some(again_ms) = self.scanner.receive(self.now_ms - began_ms, bytes) {
            self.own_at(began_ms + again_ms, Own::Scanner(Vec::new()));
        }
        self.tell_scanner()
    }

    pub fn tell_scanner(&mut self) -> Result<(), Breach> {
        if self.machine.is_none() {
            return Ok(());
        }
        for event in self.scanner.take_events() {
            self.handle(event.into())?;
        }
        Ok(())
    }

    // The reader.

    pub fn wake_reader(&mut self) {
        self.reader_rests = false;
        self.reader_serial += 1;
        self.own_at(self.now_ms, Own::Reader(self.reader_serial));
    }

    fn step_reader(&mut self) -> Result<(), Breach> {
        let Some(machine) = &self.machine else { return Ok(()) };
        let (began_ms, occupied) = (machine.began_ms, machine.session.occupied());
        let tick_ms = self.now_ms - began_ms;
        let next_ms = self.reader.step(tick_ms);
        // Nobody is there and nothing lies there: what it would ask again and again would change nothing.
        let idle = !occupied && !self.somebody() && self.reader.card().is_none() && tick_ms > READER_SETTLES_MS;
        self.reader_rests = idle && self.reader.quiet();
        if let Some(next_ms) = next_ms.filter(|_| !self.reader_rests) {
            self.own_at(began_ms + next_ms, Own::Reader(self.reader_serial));
        }
        self.tell_reader()
    }

    pub fn tell_reader(&mut self) -> Result<(), Breach> {
        if self.machine.is_none() {
            return Ok(());
        }
        for event in self.reader.take_events() {
            self.handle(event.into())?;
        }
        Ok(())
    }
}
