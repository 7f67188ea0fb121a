//! The machine itself: what every screen has in common, and the hand-over to the state underneath.

use super::desk::Desk;
use super::idle::{Idle, IdleStep};
use super::listening::Listener;
use super::states::{Afterwards, Home, Standby, State, Thanks};
use super::{Effect, Event, Now, Overlay, Press, Prompt, Screen, SessionConfig, Tone, View};

/// Which screen it is.
type Place = (std::mem::Discriminant<State>, u32);

/// The state machine of a kiosk.
///
/// Hand it every event with the moment it happened; perform the effects it gives back; show its view.
#[derive(Debug)]
pub struct Session {
    /// `None` only while an event is being handled.
    state: Option<State>,
    pub(super) desk: Desk,
    idle: Idle,
    pub(super) overlay: Option<Overlay>,
    pub(super) listener: Listener,
    last_press_ms: Option<u64>,
    last_change_ms: u64,
}

impl Session {
    /// A kiosk nobody stands at. The seed decides every project number.
    pub fn new(config: SessionConfig, seed: u64, now: Now) -> Self {
        let mut desk = Desk::new(config, seed, now);
        let state = Standby::enter(&mut desk);
        desk.take_effects();
        Self {
            state: Some(state),
            desk,
            idle: Idle::new(now.tick_ms),
            overlay: None,
            listener: Listener::default(),
            last_press_ms: None,
            last_change_ms: now.tick_ms,
        }
    }

    /// Takes one event and gives back what is to be done.
    pub fn handle(&mut self, event: Event, now: Now) -> Vec<Effect> {
        self.desk.now = now;
        let before = self.place();
        self.note(&event);
        let by_itself = matches!(event, Event::Device(..));
        let heard = self.before(&event);
        match event {
            Event::Press(press) => self.press(press),
            Event::Key(key) => self.key(key),
            Event::Tick => self.tick(),
            event => self.deliver(event),
        }
        let moved = self.after(before, by_itself);
        self.listen(heard, moved);
        self.desk.take_effects()
    }

    /// What the screen must show now.
    pub fn view(&self) -> View {
        let state = self.state.as_ref();
        let mut view = View {
            screen: state.map_or(Screen::OutOfService, |state| state.screen(&self.desk)),
            overlay: self.idle.overlay(&self.desk).or(self.overlay),
            modes: self.desk.shown_modes(),
            caption: self.desk.caption,
            speaking: self.desk.speaking,
            private: self.desk.private,
            focus: None,
            can_go_back: state.is_some_and(State::can_go_back),
            staff_call: self.desk.config.staff_call,
            wall: self.desk.now.wall,
        };
        view.focus = self.listener.focus(&view);
        view
    }

    /// Whether a resident is being served, so that maintenance waits.
    pub fn occupied(&self) -> bool {
        !matches!(self.state, Some(State::Standby(_) | State::OutOfService(_)))
    }

    /// What every event tells, whatever the state.
    fn note(&mut self, event: &Event) {
        let desk = &mut self.desk;
        match event {
            Event::Device(kind, state) => desk.device_changed(*kind, *state),
            Event::CardFound | Event::CardRead(_) | Event::CardUnreadable(_) => {
                desk.card_lies = true;
                self.idle.touch(desk.now.tick_ms);
            }
            Event::Scanned(_) | Event::ScannedOther | Event::Stroke(_) => self.idle.touch(desk.now.tick_ms),
            Event::CardLifted => desk.card_lies = false,
            Event::Ledger(works) => desk.ledger_works = *works,
            Event::Platform(works) => desk.platform_works = *works,
            Event::Handwriting(works) => desk.handwriting_works = *works,
            Event::Headphones(plugged) => desk.headphones(*plugged),
            Event::SpeechEnded => {
                desk.speaking = false;
                self.said();
            }
            _ => {}
        }
    }

    /// Another person's card or code ends the running visit, unless a second person is awaited; the same person's
    /// changes nothing.
    fn deliver(&mut self, event: Event) {
        let alone = |state: &State| state.in_visit() && !state.awaits_second_person();
        let in_visit = self.state.as_ref().is_some_and(alone);
        match event {
            Event::CardRead(card) if in_visit => {
                if !self.desk.same_visitor(card.number.expose()) {
                    self.next_person();
                    self.go(|_, desk| Home::welcome_card(&card, desk));
                }
            }
            Event::Scanned(voucher) if in_visit => {
                if !self.desk.same_visitor(voucher.expose()) {
                    self.next_person();
                    self.go(|_, desk| Home::welcome_voucher(voucher, desk));
                }
            }
            event => self.go(|state, desk| state.on(event, desk)),
        }
    }

    /// The running visit is dropped and wiped; modes are the next person's to choose.
    fn next_person(&mut self) {
        self.overlay = None;
        self.listener.leave();
        self.state = None;
        self.desk.wipe();
        self.desk.reset_modes();
    }

    fn press(&mut self, press: Press) {
        if self.shakes() {
            return;
        }
        self.quieten();
        self.desk.tone(Tone::Press);
        if self.was_counting() {
            return self.press_while_counting(press);
        }
        if self.explores(press) {
            return self.land(press);
        }
        if !self.desk.modes.explore {
            self.listener.let_go();
        }
        self.act(press);
    }

    /// Somebody is here; whether they had been asked.
    pub(super) fn was_counting(&mut self) -> bool {
        let was_counting = self.idle.counting();
        self.idle.touch(self.desk.now.tick_ms);
        was_counting
    }

    /// Does what a press asks for.
    pub(super) fn act(&mut self, press: Press) {
        match press {
            Press::Voice if self.desk.modes.voice => self.cover(Some(Overlay::Voice)),
            Press::Slower | Press::Faster | Press::Softer | Press::Louder | Press::Explore | Press::VoiceOff => {
                self.tune(press)
            }
            Press::LargeFont | Press::Voice | Press::Contrast | Press::Reach | Press::Curtain => {
                self.switch_mode(press)
            }
            Press::Languages => self.cover(Some(Overlay::Languages)),
            Press::Language(language) => {
                self.desk.modes.language = language;
                self.overlay = None;
                self.repeat();
            }
            Press::Help => {
                self.desk.effect(Effect::CallStaff);
                self.cover(Some(Overlay::HelpCalled));
            }
            Press::Hotline => self.cover(Some(Overlay::Hotline)),
            Press::Close => self.cover(None),
            Press::ReadAloud if self.overlay == Some(Overlay::Voice) => self.cover(None),
            Press::Hush => self.desk.hush(),
            _ if self.overlay.is_some() => {}
            Press::Home | Press::Leave => self.go(State::leave),
            Press::StillHere => {}
            press => self.state_press(press),
        }
    }

    /// “念给我听” is the state's where it has something of its own to read, else it repeats the caption.
    fn state_press(&mut self, press: Press) {
        let reads_itself = matches!(self.state, Some(State::Balance(_)));
        if press == Press::ReadAloud && !reads_itself {
            let prompt = self.desk.caption.or_else(|| self.state.as_ref().map(|s| s.prompt(&self.desk)));
            if let Some(prompt) = prompt {
                self.desk.say_aloud(prompt);
            }
            return;
        }
        self.go(|state, desk| state.on(Event::Press(press), desk));
    }

    /// Over the idle prompt every press means “I am here”, except leaving.
    fn press_while_counting(&mut self, press: Press) {
        match press {
            Press::Leave | Press::Home => self.go(State::leave),
            _ => self.repeat(),
        }
    }

    fn switch_mode(&mut self, press: Press) {
        let modes = &mut self.desk.modes;
        match press {
            Press::LargeFont => {
                modes.large_font = !modes.large_font;
                let large_font = modes.large_font;
                self.desk.say(Prompt::LargeFont(large_font));
            }
            Press::Voice => {
                modes.voice = true;
                self.repeat();
            }
            Press::Contrast => modes.contrast = !modes.contrast,
            Press::Curtain => self.desk.draw_curtain(),
            _ => modes.reach = !modes.reach,
        }
    }

    /// Lays something over the screen, or takes it away, and says what is there now.
    fn cover(&mut self, overlay: Option<Overlay>) {
        self.overlay = overlay;
        self.repeat();
    }

    /// Says what this screen is, or what lies over it, and what it offers.
    pub(super) fn repeat(&mut self) {
        let prompt = match self.overlay {
            Some(Overlay::Languages) => Some(Prompt::Languages),
            Some(Overlay::HelpCalled) => Some(self.help_prompt()),
            Some(Overlay::Hotline) => Some(Prompt::Hotline),
            Some(Overlay::Voice) => Some(Prompt::VoicePanel),
            Some(Overlay::Idle { .. }) | None => self.state.as_ref().map(|state| state.prompt(&self.desk)),
        };
        if let Some(prompt) = prompt {
            self.desk.say(prompt);
            self.read_out();
        }
    }

    fn help_prompt(&self) -> Prompt {
        if self.desk.config.staff_call { Prompt::HelpCalled } else { Prompt::HelpAtWindow }
    }

    fn tick(&mut self) {
        self.go(|state, desk| state.on(Event::Tick, desk));
        self.read_on();
        let Some(rule) = self.state.as_ref().map(State::idle_rule) else { return };
        self.desk.reads_out = self.listener.under_way(self.desk.now.tick_ms);
        match self.idle.step(rule, &self.desk) {
            IdleStep::Wait => {}
            IdleStep::Ask => {
                self.overlay = None;
                self.listener.stop();
                self.desk.tone(Tone::Attention);
                self.desk.say(Prompt::StillHere);
            }
            IdleStep::End => {
                self.state = None;
                self.idle.touch(self.desk.now.tick_ms);
                self.go(|_, desk| Thanks::end_visit(Afterwards::Standby, desk));
            }
        }
    }

    /// A trembling finger presses twice, and a late one hits a screen it never saw.
    pub(super) fn shakes(&mut self) -> bool {
        let now_ms = self.desk.now.tick_ms;
        let since = |then_ms: u64| now_ms.saturating_sub(then_ms);
        let again = self.last_press_ms.is_some_and(|last_ms| since(last_ms) < self.desk.debounce_ms());
        self.last_press_ms = Some(now_ms);
        again || since(self.last_change_ms) < self.desk.config.limits.settle_ms
    }

    fn go(&mut self, step: impl FnOnce(State, &mut Desk) -> State) {
        let state = self.state.take().unwrap_or(State::Standby(Standby));
        self.state = Some(step(state, &mut self.desk));
    }

    fn place(&self) -> Option<Place> {
        self.state.as_ref().map(State::place)
    }

    /// A new screen begins with nothing over it and with the idle clock at zero; but a device that comes
    /// and goes by itself is no sign of a resident. Says whether it is a new one.
    fn after(&mut self, before: Option<Place>, by_itself: bool) -> bool {
        if self.place() == before {
            return false;
        }
        self.listener.leave();
        self.overlay = None;
        self.last_change_ms = self.desk.now.tick_ms;
        if !by_itself {
            self.idle.touch(self.desk.now.tick_ms);
        }
        true
    }
}
