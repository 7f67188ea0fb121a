//! The poll logic against the strict module, in virtual time.

use super::*;
use crate::device::id_reader::sam::{Mishaps, Sam};
use crate::device::id_reader::samples::sample_cards;

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
