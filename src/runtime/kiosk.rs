//! The one loop: mail in, session, effects out, view shown. Nothing else changes the session.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use super::asker::Asker;
use super::hospital_desk::{HospitalDesk, Question};
use super::ink_reader::InkReader;
use super::keeper::Keeper;
use super::mail::Mail;
use super::sealer::Sealer;
use super::{Clock, ScreenDoor, staff};
use crate::device::DeviceHandle;
use crate::domain::filing::FilingPolicy;
use crate::session::{Effect, Event, Press, Prompt, Screen, Session, View, reading};
use crate::voice::{Utterance, UtteranceId, Voice};
use crate::words::{self, Words};

/// Longest pause between two ticks; the countdown of the idle prompt needs whole seconds.
const TICK: Duration = Duration::from_millis(250);

/// Everything the loop performs effects with.
pub(super) struct Hands {
    pub asker: Asker,
    pub keeper: Keeper,
    pub sealer: Sealer,
    pub reader: InkReader,
    pub hospitals: HospitalDesk,
    pub voice: Option<Voice>,
    pub scanner: Option<DeviceHandle>,
    pub screen: Arc<dyn ScreenDoor>,
    pub staff_call: Vec<String>,
    /// Whose sentences are read aloud; `None` where this kiosk does not file.
    pub policy: Option<Arc<FilingPolicy>>,
}

/// The loop with its session.
pub(super) struct Loop {
    session: Session,
    hands: Hands,
    clock: Clock,
    words: Words,
    saying: Option<UtteranceId>,
    shown: Option<View>,
    ticked_ms: u64,
}

impl Loop {
    pub fn new(session: Session, hands: Hands, clock: Clock) -> Self {
        let words = Words::new(session.view().modes.language);
        Self { session, hands, clock, words, saying: None, shown: None, ticked_ms: 0 }
    }

    /// Turns until it is told to stop.
    pub fn run(mut self, inbox: &Receiver<Mail>) {
        self.show();
        loop {
            match inbox.recv_timeout(TICK) {
                Ok(Mail::Event(event)) => self.handle(event),
                Ok(Mail::Spoken(id)) if self.saying == Some(id) => {
                    self.saying = None;
                    self.handle(Event::SpeechEnded);
                }
                Ok(Mail::Spoken(_)) | Err(RecvTimeoutError::Timeout) => {}
                Ok(Mail::Stop) | Err(RecvTimeoutError::Disconnected) => break,
            }
            // A flood of events must not hold up the countdown.
            if self.clock.tick_ms().saturating_sub(self.ticked_ms) >= TICK.as_millis() as u64 {
                self.ticked_ms = self.clock.tick_ms();
                self.handle(Event::Tick);
            }
        }
        self.hands.screen.wipe();
        self.hands.screen.close();
    }

    fn handle(&mut self, event: Event) {
        for effect in self.session.handle(event, self.clock.now()) {
            self.perform(effect);
        }
        self.show();
    }

    fn show(&mut self) {
        let view = self.session.view();
        if self.shown.as_ref() != Some(&view) {
            self.hands.screen.show(view.clone());
            self.expect(&view);
            self.shown = Some(view);
        }
    }

    fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::Speak(prompt) => self.speak(prompt),
            Effect::Hush => {
                self.saying = None;
                self.with_voice(Voice::hush);
            }
            Effect::Tone(tone) => self.with_voice(|voice| voice.tone(tone)),
            Effect::Pace(pace) => self.with_voice(|voice| voice.set_pace(pace)),
            Effect::Loudness(loudness) => self.with_voice(|voice| voice.set_loudness(loudness)),
            Effect::AskPerson(ticket, credential) => self.hands.asker.person(ticket, credential),
            Effect::AskMovements(ticket, person) => self.hands.asker.movements(ticket, person),
            Effect::Store(ticket, entry) => self.hands.keeper.keep(ticket, entry),
            Effect::Scanner(on) => {
                if let Some(scanner) = &self.hands.scanner {
                    scanner.beam(on);
                }
            }
            Effect::CallStaff => staff::call(&self.hands.staff_call),
            Effect::AskFilings(ticket, key) => self.hands.asker.filings(ticket, key),
            Effect::AskFamily(ticket, key) => self.hands.asker.family(ticket, key),
            Effect::Seal(ticket, slip) => self.hands.sealer.seal(ticket, &slip),
            Effect::Recognise(ticket, ink) => self.hands.reader.read(ticket, &ink),
            Effect::AskHospitals(ticket, area, text) => {
                let language = self.session.view().modes.language;
                self.hands.hospitals.search(Question { ticket, area, text, language });
            }
            Effect::Wipe => {
                self.shown = None;
                self.hands.reader.forget();
                self.hands.screen.wipe();
            }
        }
    }

    fn speak(&mut self, prompt: Prompt) {
        let view = self.session.view();
        let utterance = self.utterance(&view, &prompt);
        self.saying = self.hands.voice.as_ref().map(|voice| voice.say(utterance));
    }

    /// What a screen says of itself is asked for next, so it is made ready where that takes long.
    fn expect(&mut self, view: &View) {
        if !self.hands.voice.as_ref().is_some_and(Voice::looks_ahead) {
            return;
        }
        let prompts = if view.modes.voice { reading(view, false) } else { Vec::new() };
        let utterances = prompts.iter().map(|prompt| self.utterance(view, prompt)).collect();
        self.with_voice(|voice| voice.expect(utterances));
    }

    fn utterance(&mut self, view: &View, prompt: &Prompt) -> Utterance {
        let language = view.modes.language.spoken();
        if self.words.language() != language {
            self.words = Words::new(language);
        }
        let script = words::heard(&self.words, view, prompt, self.hands.policy.as_deref());
        match (&view.screen, prompt) {
            // Everybody is offered the same places; only the one that is chosen is about somebody.
            (Screen::Places(places), Prompt::Offer(Press::Pick(n))) if places.chosen != Some(*n) => {
                Utterance::public(script, language)
            }
            _ => Utterance::of(script, language),
        }
    }

    fn with_voice(&self, act: impl FnOnce(&Voice)) {
        if let Some(voice) = &self.hands.voice {
            act(voice);
        }
    }
}
