//! The world around one kiosk: the agenda of what happens when, people at the machine, and mishaps.
//!
//! What the program itself does is in [`super::machine`]; what must hold is in [`super::watch`].

use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;
use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::{DateTime, date};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use tempfile::TempDir;

use super::disk::{Disk, Trouble};
use super::line::Fate;
use super::machine::Machine;
use super::office::{FilingEnded, FilingWatch, Office, office};
use super::people::{Act, Person, Visitor};
use super::plan::{DAY_MS, Harm, Mood, PEOPLE, Plan, Resident};
use super::province::Province;
use super::reader::{Manner, Reader};
use super::scanner::Scanner;
use super::trace::Trace;
use super::watch::{Breach, Watcher, breach};
use super::{Counts, Sabotage, SimulationError, vfs};
use crate::delivery::national::Reply;
use crate::domain::Service;
use crate::ledger::RecordId;
use crate::session::{Event, Question, Questionnaire, SessionConfig, View};

/// The bar code of a packet of noodles.
const SOMETHING_ELSE: &str = "6901234567892";
/// Midnight before the first day.
const START: DateTime = date(2026, 11, 21).at(0, 0, 0, 0);
/// How often the books are compared.
const AUDIT_EVERY_MS: u64 = 3_600_000;
/// When everything is mended, this long may pass until the last record has arrived.
const DRAIN_MS_MAX: u64 = 3 * DAY_MS;
/// Space set aside beside a simulated ledger; little, for speed.
pub(super) const BALLAST_BYTES: u64 = 65_536;

/// What is to happen.
pub(super) enum Task {
    Arrive(usize),
    Act(u64),
    RemoveCard(u64),
    Harm(usize),
    Heal(usize),
    Flap(usize),
    Audit,
    Boot,
    /// A request reaches the province.
    Reach(u64, Vec<u8>),
    /// The n-th filing request, and whose.
    File(u64, usize),
    /// A filing request reaches the platform that nobody waits for any more.
    FilingArrives(String),
    /// Belongs to the program that was started with this number, and ends with it.
    Own(u64, Own),
}

/// What a running program waits for.
pub(super) enum Own {
    Tick,
    Reader(u64),
    /// Bytes come from the scanner, or none: time has passed.
    Scanner(Vec<u8>),
    Keep,
    Probe,
    Round(u64),
    /// It is known what became of a request.
    Land(u64, RecordId, Fate),
    Unreachable(RecordId),
    Event(Box<Event>),
    Spoken(u64),
    FileRound(u64),
    FileEnded(Box<FilingEnded>),
}

/// Everything there is.
pub(super) struct World {
    pub plan: Plan,
    pub sabotage: Sabotage,
    pub now_ms: u64,
    pub chance: ChaCha8Rng,
    pub disk: Disk,
    pub folder: TempDir,
    pub people: Vec<Rc<Person>>,
    pub config: SessionConfig,
    pub province: Province,
    pub answers: BTreeMap<u64, Reply>,
    pub watcher: Watcher,
    pub office: Arc<Office>,
    pub filings: FilingWatch,
    pub trace: Trace,
    pub counts: Counts,
    pub machine: Option<Machine>,
    pub boots: u64,
    pub reader: Reader,
    pub reader_serial: u64,
    pub reader_rests: bool,
    pub scanner: Scanner,
    pub province_away: bool,
    pub insurance_away: bool,
    pub disk_slow_ms: u64,
    pub disk_troubled: bool,
    /// What the wall clock would have shown when everything began.
    wall_start: DateTime,
    agenda: BTreeMap<(u64, u64), Task>,
    sequence: u64,
    visitor: Option<Visitor>,
    visits: u64,
    queue: VecDeque<(Resident, bool)>,
    card_moves: u64,
}

impl World {
    pub fn new(plan: Plan, sabotage: Sabotage) -> Result<Self, SimulationError> {
        let folder = super::folder()?;
        let mut chance = ChaCha8Rng::seed_from_u64(plan.seed ^ 0x5EED);
        let ballast = folder.path().join("ledger.ballast");
        let disk = Disk::new(ChaCha8Rng::seed_from_u64(chance.random()), ballast, BALLAST_BYTES);
        if sabotage == Sabotage::LyingDisk {
            disk.trouble(Trouble::Lies);
        }
        let mut config = session_config();
        let watcher = Watcher::new(&config.limits);
        if sabotage == Sabotage::StaysTooLong {
            config.limits.idle_prompt_ms *= 5;
        }
        let mut world = Self {
            sabotage,
            now_ms: 0,
            disk,
            folder,
            people: (0..PEOPLE).filter_map(Person::of).map(Rc::new).collect(),
            config,
            province: Province { forgetful: sabotage == Sabotage::ForgetfulProvince, ..Province::default() },
            answers: BTreeMap::new(),
            watcher,
            office: office(plan.seed, sabotage == Sabotage::ForgetfulOffice),
            filings: FilingWatch::default(),
            trace: Trace::default(),
            counts: Counts::default(),
            machine: None,
            boots: 0,
            reader: Reader::new(None, true),
            reader_serial: 0,
            reader_rests: false,
            scanner: Scanner::new(true),
            province_away: false,
            insurance_away: false,
            disk_slow_ms: 0,
            disk_troubled: false,
            wall_start: START,
            agenda: BTreeMap::new(),
            sequence: 0,
            visitor: None,
            visits: 0,
            queue: VecDeque::new(),
            card_moves: 0,
            chance,
            plan,
        };
        world.schedule();
        Ok(world)
    }

    fn schedule(&mut self) {
        self.at(0, Task::Boot);
        self.at(AUDIT_EVERY_MS, Task::Audit);
        self.schedule_filings();
        for index in 0..self.plan.residents.len() {
            self.at(self.plan.residents[index].at_ms, Task::Arrive(index));
        }
        for index in 0..self.plan.mishaps.len() {
            let mishap = &self.plan.mishaps[index];
            let (from_ms, to_ms) = (mishap.at_ms, mishap.at_ms + mishap.for_ms);
            self.at(from_ms, Task::Harm(index));
            self.at(to_ms, Task::Heal(index));
        }
    }

    /// Lets time pass until everybody has gone, everything is mended and everything has arrived.
    pub fn run(&mut self) -> Result<(), Breach> {
        let mended_ms = self.plan.mishaps.iter().map(|mishap| mishap.at_ms + mishap.for_ms).max().unwrap_or(0);
        let over_ms = mended_ms.max(u64::from(self.plan.days) * DAY_MS);
        while let Some(((at_ms, _), task)) = self.agenda.pop_first() {
            self.now_ms = at_ms;
            let audit = matches!(task, Task::Audit);
            self.perform(task)?;
            if audit && at_ms > over_ms && (self.drained() || at_ms > over_ms + DRAIN_MS_MAX) {
                break;
            }
        }
        match &self.machine {
            Some(machine) => {
                self.watcher.closing(&machine.ledger, &self.province)?;
                self.close_filings()
            }
            None => breach("the kiosk starts again", "it is still dark at the end"),
        }
    }

    fn drained(&self) -> bool {
        let unsent = self.machine.as_ref().and_then(|machine| machine.ledger.counts().ok());
        unsent.is_some_and(|counts| counts.unsent() == 0)
    }

    pub fn at(&mut self, at_ms: u64, task: Task) {
        self.sequence += 1;
        self.agenda.insert((at_ms.max(self.now_ms), self.sequence), task);
    }

    pub fn wall(&self) -> DateTime {
        let past = i64::try_from(self.now_ms).unwrap_or(0).milliseconds();
        self.wall_start.saturating_add(past)
    }

    fn perform(&mut self, task: Task) -> Result<(), Breach> {
        match task {
            Task::Arrive(index) => {
                self.queue.push_back((self.plan.residents[index].clone(), false));
                self.next_visitor();
            }
            Task::Act(visit) if visit == self.visits => return self.act(),
            Task::Act(_) => {}
            Task::RemoveCard(moves) if moves == self.card_moves => self.lay_card(None),
            Task::RemoveCard(_) => {}
            Task::Harm(index) => return self.harm(index),
            Task::Heal(index) => return self.heal(index),
            Task::Flap(index) => return self.flap(index),
            Task::Boot => return self.boot(),
            Task::File(count, person) => return self.file(count, person),
            Task::FilingArrives(number) => self.office.arrives(&number),
            Task::Reach(request, body) => self.reach(request, &body),
            Task::Own(boot, own) if boot == self.boots && self.machine.is_some() => return self.own(own),
            Task::Own(..) => {}
            Task::Audit => {
                self.at(self.now_ms + AUDIT_EVERY_MS, Task::Audit);
                return self.audit();
            }
        }
        Ok(())
    }

    pub fn audit(&self) -> Result<(), Breach> {
        self.audit_filings()?;
        let Some(machine) = &self.machine else { return Ok(()) };
        let troubled = self.disk.unreadable();
        self.watcher.audit(&machine.ledger, &self.province, troubled)
    }

    fn reach(&mut self, request: u64, body: &[u8]) {
        if self.province_away {
            return;
        }
        let answer = self.province.receive(body);
        self.answers.entry(request).or_insert(answer);
    }

    // The people.

    fn next_visitor(&mut self) {
        if self.visitor.is_some() {
            return;
        }
        let Some((resident, came_back)) = self.queue.pop_front() else { return };
        let mut visitor = Visitor::new(resident);
        visitor.came_back = came_back;
        self.visitor = Some(visitor);
        self.visits += 1;
        self.counts.visits += 1;
        self.wake_reader();
        // The next one steps up within a second.
        let soon_ms = self.now_ms + self.chance.random_range(50..1_000);
        self.at(soon_ms, Task::Act(self.visits));
    }

    fn act(&mut self) -> Result<(), Breach> {
        let Some(mut visitor) = self.visitor.take() else { return Ok(()) };
        let (act, pause_ms) = match self.machine.as_ref().map(|machine| machine.session.view()) {
            Some(view) => visitor.act(&view),
            None => visitor.act(&dark()),
        };
        if let Act::Leave { card_stays } = act {
            self.leaves(&visitor, card_stays);
            return Ok(());
        }
        let person = Rc::clone(&self.people[visitor.resident.person]);
        match act {
            Act::LayCard => visitor.has_card_laid = true,
            Act::LiftCard => visitor.has_card_laid = false,
            _ => {}
        }
        self.visitor = Some(visitor);
        self.at(self.now_ms + pause_ms, Task::Act(self.visits));
        let scanner = self.scanner.plugged() && self.watcher.beam_or(self.plan.seed.is_multiple_of(2));
        match act {
            Act::Press(press) => self.handle(Event::Press(press)),
            Act::ShowVoucher if scanner => self.hold_up(person.voucher.expose()),
            Act::ShowSomethingElse if scanner => self.hold_up(SOMETHING_ELSE),
            Act::LayCard => {
                self.lay_card(Some(&person));
                Ok(())
            }
            Act::LiftCard => {
                self.lay_card(None);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn leaves(&mut self, visitor: &Visitor, card_stays: bool) {
        if visitor.has_card_laid && !card_stays {
            self.lay_card(None);
        }
        if card_stays {
            let found_ms = self.now_ms + self.chance.random_range(10_000..1_200_000);
            self.at(found_ms, Task::RemoveCard(self.card_moves));
        }
        if visitor.resident.mood == Mood::ComesBack && !visitor.came_back {
            self.queue.push_back((visitor.resident.clone(), true));
        }
        self.next_visitor();
    }

    fn lay_card(&mut self, person: Option<&Person>) {
        self.card_moves += 1;
        self.reader.lay(person.map(Person::card));
        self.wake_reader();
    }

    // The mishaps.

    fn harm(&mut self, index: usize) -> Result<(), Breach> {
        let what = self.plan.mishaps[index].what;
        self.trace.line(self.now_ms, &format!("harm {what:?}"));
        self.counts.mishaps += 1;
        match what {
            Harm::ProvinceAway => self.province_away = true,
            Harm::ProvinceRefuses => self.province.refuses = true,
            Harm::InsuranceAway => return self.insurance(false),
            Harm::PowerCut => {
                self.disk.cut_after(0);
                self.fell_dark();
            }
            Harm::PowerCutInside(operations) => self.disk.cut_after(operations),
            Harm::Killed => {
                self.disk.kill();
                self.fell_dark();
            }
            Harm::DiskFull => self.disk_trouble(Trouble::Full),
            Harm::DiskErrors(percent) => self.disk_trouble(Trouble::Errors(percent)),
            Harm::DiskReadErrors(percent) => self.disk_trouble(Trouble::ReadErrors(percent)),
            Harm::DiskSlow(ms) => self.disk_slow_ms = ms,
            Harm::ClockJump(days) => self.wall_start = START.saturating_add(days.days()),
            Harm::ReaderAway => return self.plug_reader(false),
            Harm::ReaderSilent => self.reader.manner = Manner::Silent,
            Harm::ReaderGarbled => self.reader.manner = Manner::Garbled,
            Harm::ReaderFlaps(_) => return self.flap(index),
            Harm::ScannerAway => return self.plug_scanner(false),
        }
        self.wake_reader();
        Ok(())
    }

    fn heal(&mut self, index: usize) -> Result<(), Breach> {
        match self.plan.mishaps[index].what {
            Harm::ProvinceAway => self.province_away = false,
            Harm::ProvinceRefuses => self.province.refuses = false,
            Harm::InsuranceAway => return self.insurance(true),
            Harm::DiskFull | Harm::DiskErrors(_) | Harm::DiskReadErrors(_) => self.disk_trouble(Trouble::None),
            Harm::DiskSlow(_) => self.disk_slow_ms = 0,
            Harm::ClockJump(_) => self.wall_start = START,
            Harm::ReaderAway | Harm::ReaderFlaps(_) => return self.plug_reader(true),
            Harm::ReaderSilent | Harm::ReaderGarbled => self.reader.manner = Manner::Answers,
            Harm::ScannerAway => return self.plug_scanner(true),
            Harm::PowerCut | Harm::PowerCutInside(_) | Harm::Killed => {}
        }
        Ok(())
    }

    fn flap(&mut self, index: usize) -> Result<(), Breach> {
        let mishap = &self.plan.mishaps[index];
        let Harm::ReaderFlaps(seconds) = mishap.what else { return Ok(()) };
        if self.now_ms >= mishap.at_ms + mishap.for_ms {
            return Ok(());
        }
        self.at(self.now_ms + seconds * 1_000, Task::Flap(index));
        self.plug_reader(!self.reader.plugged())
    }

    fn disk_trouble(&mut self, trouble: Trouble) {
        self.disk.trouble(trouble);
        self.disk_troubled = trouble != Trouble::None;
    }

    fn insurance(&mut self, works: bool) -> Result<(), Breach> {
        self.insurance_away = !works;
        self.office.away(!works);
        self.handle(Event::Platform(works))
    }

    fn plug_scanner(&mut self, plugged: bool) -> Result<(), Breach> {
        self.scanner.plug(plugged);
        self.tell_scanner()
    }

    fn plug_reader(&mut self, plugged: bool) -> Result<(), Breach> {
        if let Some(tick_ms) = self.machine.as_ref().map(|machine| self.now_ms - machine.began_ms) {
            self.reader.plug(plugged, tick_ms);
        } else {
            self.reader = Reader::new(self.reader.card().cloned(), plugged);
        }
        self.wake_reader();
        self.tell_reader()
    }

    /// Whether somebody stands at the machine, so that the reader is worth asking.
    pub fn somebody(&self) -> bool {
        self.visitor.is_some()
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.machine = None;
        vfs::forget(&self.folder.path().join("ledger.db").display().to_string());
    }
}

/// What somebody sees of a machine without power.
fn dark() -> View {
    View {
        screen: crate::session::Screen::OutOfService,
        overlay: None,
        modes: crate::session::Modes::default(),
        caption: None,
        speaking: false,
        private: false,
        focus: None,
        can_go_back: false,
        staff_call: false,
        wall: START,
    }
}

fn session_config() -> SessionConfig {
    let question = |zh: &str, en: &str| Question {
        zh: zh.to_owned(),
        en: en.to_owned(),
        choices: vec![("是".to_owned(), "Yes".to_owned()), ("否".to_owned(), "No".to_owned())],
    };
    SessionConfig {
        phone_rating: Some("https://rate.example/{project}".to_owned()),
        questionnaires: vec![Questionnaire {
            service: Service::Balance,
            questions: vec![question("清楚吗", "Clear?"), question("快吗", "Quick?")],
        }],
        ..SessionConfig::default()
    }
}
