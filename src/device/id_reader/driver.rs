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
mod tests;
