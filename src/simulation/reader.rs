//! The real driver of the ID reader against the strict module, joined by bytes in virtual time.

use crate::device::DeviceEvent;
use crate::device::id_reader::IdReaderOptions;
use crate::device::id_reader::command::Command;
use crate::device::id_reader::driver::{Driver, Step};
use crate::device::id_reader::image::CardImage;
use crate::device::id_reader::sam::{Mishaps, Sam};

/// How the module behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Manner {
    #[default]
    Answers,
    Silent,
    Garbled,
}

/// A second of radio for a card, some milliseconds for everything else.
const READ_MS: u64 = 900;
const ANSWER_MS: u64 = 12;

/// Driver, line and module.
pub(super) struct Reader {
    driver: Driver,
    sam: Sam,
    card: Option<CardImage>,
    pub manner: Manner,
    plugged: bool,
    /// What was asked and when the answer is on the line.
    asked: Option<(u64, Command)>,
}

impl Reader {
    /// A reader at a machine that has just started.
    pub fn new(card: Option<CardImage>, plugged: bool) -> Self {
        let mut reader = Self {
            driver: Driver::new(IdReaderOptions::default()),
            sam: Sam::default(),
            card,
            manner: Manner::default(),
            plugged: !plugged,
            asked: None,
        };
        reader.plug(plugged, 0);
        reader
    }

    pub fn plug(&mut self, plugged: bool, tick_ms: u64) {
        if plugged == self.plugged {
            return;
        }
        (self.plugged, self.asked, self.sam) = (plugged, None, Sam::default());
        if plugged { self.driver.opened(tick_ms) } else { self.driver.closed(false) }
    }

    pub fn lay(&mut self, card: Option<CardImage>) {
        self.card = card;
        self.sam.forget_card();
    }

    pub fn card(&self) -> Option<&CardImage> {
        self.card.as_ref()
    }

    pub fn plugged(&self) -> bool {
        self.plugged
    }

    /// Turns the crank; returns the tick at which to turn it again.
    pub fn step(&mut self, tick_ms: u64) -> Option<u64> {
        if !self.plugged {
            return None;
        }
        if let Some((at_ms, command)) = self.asked.filter(|(at_ms, _)| *at_ms <= tick_ms) {
            self.asked = None;
            self.answer(at_ms, command);
        }
        match self.driver.step(tick_ms) {
            Step::Send(command) => {
                let takes_ms = if command == Command::ReadBase { READ_MS } else { ANSWER_MS };
                self.asked = Some((tick_ms + takes_ms, command));
                Some(tick_ms + takes_ms)
            }
            Step::Listen { wait_ms } => {
                let due_ms = tick_ms + wait_ms.max(1);
                Some(self.asked.map_or(due_ms, |(at_ms, _)| at_ms.clamp(tick_ms + 1, due_ms)))
            }
        }
    }

    /// Judged when it is sent: a card that was lifted meanwhile is gone.
    fn answer(&mut self, at_ms: u64, command: Command) {
        let answer = self.sam.answer(Ok(&command.code()), self.card.as_ref(), Mishaps::default());
        match self.manner {
            Manner::Answers => self.driver.receive(at_ms, &answer.bytes),
            Manner::Silent => {}
            Manner::Garbled => {
                let garbled: Vec<u8> = answer.bytes.iter().map(|byte| byte ^ 0x55).collect();
                self.driver.receive(at_ms, &garbled);
            }
        }
    }

    /// Nothing is asked and nothing is waited for.
    pub fn quiet(&self) -> bool {
        self.asked.is_none() && self.manner == Manner::Answers
    }

    pub fn take_events(&mut self) -> Vec<DeviceEvent> {
        self.driver.take_events()
    }
}
