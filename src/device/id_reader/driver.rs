//! What to ask a reader next and what its answers mean. No port and no clock: bytes and milliseconds
//! come in, commands and events go out.

use std::mem;

use super::command::{Command, Status};
use super::frame::{Decoder, Frame};
use super::{IdReaderOptions, text};
use crate::device::DeviceEvent;
use crate::domain::{CardTrouble, DeviceKind, DeviceState, IdentityCard};

/// Silence inside an answer that ends it.
const INTER_BYTE_MS_MAX: u64 = 200;
/// Longest whole answer to “read base”: 2.4 s of wire at 9600 baud and a card that takes its time.
const READ_MS_MAX: u64 = 5_000;
/// Longest whole answer to any other command.
const COMMAND_MS_MAX: u64 = 1_500;
/// After an answer failed, what still trickles in is let pass before the next command.
const SETTLE_MS: u64 = 50;
/// Commands in a row without a usable answer until the reader counts as offline.
const FAILURES_MAX: u32 = 2;
/// How often a reader that does not work is asked for its status.
const PROBE_EVERY_MS: u64 = 300;
/// How often one “read base” is repeated whose answer came garbled.
const READ_REPEATS_MAX: u32 = 1;

/// What the thread shall do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Throw stale bytes away, then send this.
    Send(Command),
    /// Listen for at most so long.
    Listen {
        /// Milliseconds until the driver wants to be asked again.
        wait_ms: u64,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Not known to work: ask for the status.
    Probing,
    /// Look for a card.
    Finding,
    /// A card was found.
    Selecting,
    /// It is selected.
    Reading { repeats: u32 },
    /// It was read: see whether it still lies there.
    Holding,
}

/// What has been told of the card that lies there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    Nothing,
    Found,
    Read,
    Unreadable,
}

#[derive(Debug)]
struct Flight {
    command: Command,
    sent_ms: u64,
    heard_ms: Option<u64>,
}

/// The poll logic of one reader.
pub struct Driver {
    options: IdReaderOptions,
    decoder: Decoder,
    phase: Phase,
    told: Told,
    flight: Option<Flight>,
    next_ms: u64,
    failures: u32,
    state: Option<DeviceState>,
    events: Vec<DeviceEvent>,
}

impl Driver {
    /// A driver whose line is not open yet.
    pub fn new(options: IdReaderOptions) -> Self {
        Self {
            options,
            decoder: Decoder::default(),
            phase: Phase::Probing,
            told: Told::Nothing,
            flight: None,
            next_ms: 0,
            failures: 0,
            state: None,
            events: Vec::new(),
        }
    }

    /// What has happened since the last call.
    pub fn take_events(&mut self) -> Vec<DeviceEvent> {
        mem::take(&mut self.events)
    }

    /// The line is open: nothing is known of what lies at its other end.
    pub fn opened(&mut self, now_ms: u64) {
        self.forget_line();
        self.next_ms = now_ms;
        self.set_state(DeviceState::Starting);
    }

    /// The line is not open: `refused` if something is at its path.
    pub fn closed(&mut self, refused: bool) {
        self.forget_line();
        self.set_state(if refused { DeviceState::Offline } else { DeviceState::NoDevice });
    }

    /// Bytes have come.
    pub fn receive(&mut self, now_ms: u64, bytes: &[u8]) {
        if bytes.is_empty() {
            return;
        }
        if let Some(flight) = &mut self.flight {
            flight.heard_ms = Some(now_ms);
            self.decode(now_ms, |decoder, on_frame| decoder.push(bytes, on_frame));
        }
    }

    /// What to do at this moment.
    pub fn step(&mut self, now_ms: u64) -> Step {
        if let Some(due_ms) = self.due_ms() {
            if now_ms < due_ms {
                return Step::Listen { wait_ms: due_ms - now_ms };
            }
            self.decode(now_ms, |decoder, on_frame| decoder.expire(on_frame));
            self.give_up(now_ms);
        }
        if now_ms < self.next_ms {
            return Step::Listen { wait_ms: self.next_ms - now_ms };
        }
        let command = self.command();
        self.decoder.reset();
        self.flight = Some(Flight { command, sent_ms: now_ms, heard_ms: None });
        Step::Send(command)
    }

    fn command(&self) -> Command {
        match self.phase {
            Phase::Probing => Command::SamStatus,
            Phase::Finding => Command::Find,
            Phase::Selecting => Command::Select,
            Phase::Reading { .. } => Command::ReadBase,
            Phase::Holding => Command::ReadNewAddress,
        }
    }

    /// When the command in flight has failed.
    fn due_ms(&self) -> Option<u64> {
        let flight = self.flight.as_ref()?;
        let (answer_ms, whole_ms) = match flight.command {
            Command::ReadBase => (self.options.read_answer_ms_max, READ_MS_MAX),
            _ => (self.options.answer_ms_max, COMMAND_MS_MAX),
        };
        let whole = flight.sent_ms + if self.decoder.in_frame() { whole_ms } else { answer_ms.min(whole_ms) };
        Some(flight.heard_ms.map_or(whole, |heard| whole.min(heard + INTER_BYTE_MS_MAX)))
    }

    fn decode(&mut self, now_ms: u64, feed: impl FnOnce(&mut Decoder, &mut dyn FnMut(Frame<'_>))) {
        let mut decoder = mem::take(&mut self.decoder);
        feed(&mut decoder, &mut |frame| self.frame(now_ms, &frame));
        self.decoder = decoder;
        if self.flight.is_none() {
            self.decoder.reset();
        }
    }

    fn frame(&mut self, now_ms: u64, frame: &Frame<'_>) {
        let Some(flight) = &mut self.flight else { return };
        if !flight.command.accepts(frame.status(), frame.data().len()) {
            // A late answer to an older command; ours is still to come.
            flight.heard_ms = None;
            return;
        }
        self.flight = None;
        self.next_ms = now_ms;
        if frame.status().is_request_error() {
            return self.fail(now_ms, true);
        }
        self.failures = 0;
        self.answer(now_ms, frame.status(), frame.data());
    }

    fn answer(&mut self, now_ms: u64, status: Status, data: &[u8]) {
        if status.is_hardware_error() {
            return self.broken(now_ms);
        }
        match self.phase {
            Phase::Probing => self.works(),
            Phase::Finding => self.found(now_ms, status),
            Phase::Selecting => match status {
                Status::Ok => self.phase = Phase::Reading { repeats: 0 },
                other => self.unreadable(now_ms, trouble(other)),
            },
            Phase::Reading { .. } => match status {
                Status::Ok => self.read(now_ms, data),
                Status::NoContent => self.unreadable(now_ms, CardTrouble::Nonsense),
                other => self.unreadable(now_ms, trouble(other)),
            },
            Phase::Holding => match status {
                Status::Ok | Status::NoContent => self.next_ms = now_ms + self.options.hold_every_ms,
                _ => {
                    self.phase = Phase::Finding;
                    self.lifted();
                }
            },
        }
    }

    fn works(&mut self) {
        // A card that was told of may have gone or stayed while nobody could ask: 30 03 knows.
        self.phase = if self.told == Told::Nothing { Phase::Finding } else { Phase::Holding };
        let state = if self.told == Told::Unreadable { DeviceState::UserError } else { DeviceState::Online };
        self.set_state(state);
    }

    fn broken(&mut self, now_ms: u64) {
        self.next_ms = now_ms + PROBE_EVERY_MS;
        self.phase = Phase::Probing;
        self.forget_found();
        self.set_state(DeviceState::HardwareError);
    }

    fn found(&mut self, now_ms: u64, status: Status) {
        match status {
            Status::Found => {
                self.phase = Phase::Selecting;
                if self.told == Told::Nothing {
                    self.told = Told::Found;
                    self.events.push(DeviceEvent::CardFound);
                    self.set_state(DeviceState::Busy);
                }
            }
            Status::FindFailed if self.told == Told::Found => self.unreadable(now_ms, CardTrouble::PulledAway),
            Status::FindFailed => {
                self.next_ms = now_ms + self.options.find_every_ms;
                self.lifted();
            }
            other => self.unreadable(now_ms, trouble(other)),
        }
    }

    fn read(&mut self, now_ms: u64, data: &[u8]) {
        let card = text::text_of_answer(data).and_then(text::decode).map_err(|_| CardTrouble::Nonsense);
        match card.and_then(text::CardText::into_card) {
            Ok(card) => self.card(now_ms, card),
            Err(trouble) => {
                self.unreadable(now_ms, trouble);
                // It stays selected, so that find would deny it while it still lies there.
                self.phase = Phase::Holding;
            }
        }
    }

    fn card(&mut self, now_ms: u64, card: IdentityCard) {
        if self.told == Told::Unreadable {
            self.events.push(DeviceEvent::CardFound);
        }
        self.told = Told::Read;
        self.phase = Phase::Holding;
        self.next_ms = now_ms + self.options.hold_every_ms;
        self.events.push(DeviceEvent::CardRead(Box::new(card)));
        self.set_state(DeviceState::Online);
    }

    /// Tells the trouble once; the card is tried again in silence until it is read or gone.
    fn unreadable(&mut self, now_ms: u64, trouble: CardTrouble) {
        self.phase = Phase::Finding;
        self.next_ms = now_ms + self.options.find_every_ms;
        if self.told != Told::Unreadable {
            self.told = Told::Unreadable;
            self.events.push(DeviceEvent::CardUnreadable(trouble));
            self.set_state(DeviceState::UserError);
        }
    }

    fn lifted(&mut self) {
        if self.told != Told::Nothing {
            self.told = Told::Nothing;
            self.events.push(DeviceEvent::CardLifted);
        }
        self.set_state(DeviceState::Online);
    }

    /// The deadline passed and the bytes held hid no answer.
    fn give_up(&mut self, now_ms: u64) {
        if let Some(flight) = self.flight.take() {
            self.next_ms = now_ms + SETTLE_MS;
            self.fail(now_ms, flight.heard_ms.is_some());
        }
    }

    fn fail(&mut self, now_ms: u64, garbled: bool) {
        self.failures += 1;
        match self.phase {
            Phase::Reading { repeats } if garbled && repeats < READ_REPEATS_MAX => {
                self.phase = Phase::Reading { repeats: repeats + 1 };
            }
            Phase::Reading { .. } | Phase::Selecting => {
                self.unreadable(now_ms, CardTrouble::PulledAway);
                // Whether the card was pulled or the reader fell silent is the next question.
                self.next_ms = now_ms + SETTLE_MS;
            }
            _ => {}
        }
        if self.failures >= FAILURES_MAX && !matches!(self.phase, Phase::Reading { .. }) {
            self.phase = Phase::Probing;
            self.forget_found();
            self.set_state(DeviceState::Offline);
            self.next_ms = now_ms + PROBE_EVERY_MS;
        }
    }

    fn forget_line(&mut self) {
        self.decoder.reset();
        self.flight = None;
        self.phase = Phase::Probing;
        self.failures = 0;
        self.forget_found();
    }

    /// A card that was found and lost with the reader is told of anew when the reader is back.
    fn forget_found(&mut self) {
        if self.told == Told::Found {
            self.told = Told::Nothing;
        }
    }

    fn set_state(&mut self, state: DeviceState) {
        if self.state != Some(state) {
            self.state = Some(state);
            self.events.push(DeviceEvent::State(DeviceKind::IdReader, state));
        }
    }
}

fn trouble(status: Status) -> CardTrouble {
    if status.is_foreign_card() { CardTrouble::NotAnIdentityCard } else { CardTrouble::PulledAway }
}

#[cfg(test)]
mod tests {
    use super::super::sam::{Mishaps, Sam};
    use super::super::samples::sample_cards;
    use super::*;

    /// How the simulated reader behaves.
    #[derive(Clone, Copy, PartialEq)]
    enum Manner {
        Answers,
        Silent,
        /// Rubbish without end, whatever is asked.
        Roars,
        /// Says half of an answer that carries a card, once, then answers.
        ChokesOnce,
    }

    /// A driver and a strict module without line and clock.
    struct Desk {
        driver: Driver,
        sam: Sam,
        card: bool,
        manner: Manner,
        now_ms: u64,
        log: Vec<(u64, String)>,
    }

    impl Desk {
        fn new(card: bool) -> Self {
            let mut driver = Driver::new(IdReaderOptions::default());
            driver.opened(0);
            Self { driver, sam: Sam::default(), card, manner: Manner::Answers, now_ms: 0, log: Vec::new() }
        }

        fn run(&mut self, for_ms: u64) {
            let end_ms = self.now_ms + for_ms;
            while self.now_ms < end_ms {
                match self.driver.step(self.now_ms) {
                    Step::Send(command) => self.answer(command),
                    Step::Listen { wait_ms } => {
                        let wait_ms = if self.manner == Manner::Roars { wait_ms.min(10) } else { wait_ms };
                        self.now_ms = end_ms.min(self.now_ms + wait_ms.max(1));
                    }
                }
                if self.manner == Manner::Roars {
                    self.driver.receive(self.now_ms, &[0x13, 0xAA, 0x96, 0x69, 0xAA]);
                }
                self.note();
            }
        }

        fn answer(&mut self, command: Command) {
            let cards = sample_cards();
            let card = cards.first().filter(|_| self.card);
            let answer = self.sam.answer(Ok(&command.code()), card, Mishaps::default());
            self.now_ms += 2;
            match self.manner {
                Manner::Answers => self.driver.receive(self.now_ms, &answer.bytes),
                Manner::ChokesOnce if answer.carries_card => {
                    self.driver.receive(self.now_ms, &answer.bytes[..700]);
                    self.manner = Manner::Answers;
                }
                Manner::ChokesOnce => self.driver.receive(self.now_ms, &answer.bytes),
                Manner::Silent | Manner::Roars => {}
            }
        }

        fn note(&mut self) {
            for event in self.driver.take_events() {
                let name = match event {
                    DeviceEvent::State(_, state) => format!("{state:?}"),
                    DeviceEvent::CardRead(_) => "Read".to_owned(),
                    DeviceEvent::CardUnreadable(trouble) => format!("{trouble:?}"),
                    other => format!("{other:?}"),
                };
                self.log.push((self.now_ms, name));
            }
        }

        fn check(&mut self, expected: &[&str]) {
            let names: Vec<String> = self.log.drain(..).map(|(_, name)| name).collect();
            assert_eq!(names, expected);
        }
    }

    #[test]
    fn a_card_is_read_once_and_its_lifting_told() {
        let mut desk = Desk::new(true);
        desk.run(5_000);
        desk.check(&["Starting", "Online", "CardFound", "Busy", "Read", "Online"]);
        desk.card = false;
        desk.sam.forget_card();
        desk.run(1_000);
        desk.check(&["CardLifted"]);
    }

    /// From any moment on, with or without a card: the trouble is told within two seconds, and once
    /// it is over the reader is back within five.
    fn check_offline(manner: Manner, card: bool) {
        for moment_ms in (1_000..1_900).step_by(7) {
            let mut desk = Desk::new(card);
            desk.run(moment_ms);
            desk.log.clear();
            desk.manner = manner;
            desk.run(2_000);
            desk.check(&["Offline"]);
            desk.run(10_000);
            desk.check(&[]);
            desk.manner = Manner::Answers;
            desk.run(5_000);
            desk.check(&["Online"]);
        }
    }

    #[test]
    fn silence_is_told_within_two_seconds() {
        check_offline(Manner::Silent, false);
        check_offline(Manner::Silent, true);
    }

    #[test]
    fn rubbish_is_told_within_two_seconds() {
        check_offline(Manner::Roars, false);
        check_offline(Manner::Roars, true);
    }

    #[test]
    fn silence_while_a_card_is_read_is_told_within_two_seconds() {
        let mut desk = Desk::new(true);
        while !matches!(desk.driver.phase, Phase::Reading { .. }) {
            desk.run(1);
        }
        desk.log.clear();
        desk.manner = Manner::Silent;
        desk.run(2_000);
        desk.check(&["PulledAway", "UserError"]);
        desk.run(1_000);
        desk.check(&["Offline"]);
    }

    #[test]
    fn a_read_that_breaks_off_is_repeated_unseen() {
        let mut desk = Desk::new(true);
        desk.manner = Manner::ChokesOnce;
        desk.run(3_000);
        desk.check(&["Starting", "Online", "CardFound", "Busy", "Read", "Online"]);
    }

    #[test]
    fn a_card_lifted_while_the_reader_was_away_is_told_when_it_is_back() {
        let mut desk = Desk::new(true);
        desk.run(1_000);
        desk.log.clear();
        desk.driver.closed(false);
        (desk.card, desk.sam) = (false, Sam::default());
        desk.driver.opened(desk.now_ms);
        desk.run(1_000);
        desk.check(&["NoDevice", "Starting", "Online", "CardLifted"]);
    }

    #[test]
    fn a_card_that_lay_through_a_power_cut_is_read_anew() {
        let mut desk = Desk::new(true);
        desk.run(1_000);
        desk.log.clear();
        desk.driver.closed(false);
        desk.sam = Sam::default();
        desk.driver.opened(desk.now_ms);
        desk.run(1_000);
        desk.check(&["NoDevice", "Starting", "Online", "CardLifted", "CardFound", "Busy", "Read", "Online"]);
    }
}
