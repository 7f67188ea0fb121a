//! What the machine does about listening: reads out, says before it does, goes by keys.

use super::{Listener, feedback, list, news, offers, read_out};
use crate::session::machine::Session;
use crate::session::{Event, Loudness, Overlay, PadKey, Press, Prompt, Tone, View};

/// What stood there before an event, as far as the voice must know.
pub(in crate::session) struct Before {
    offered: Vec<Press>,
    overlay: Option<Overlay>,
    said: u32,
    press: Press,
}

impl Session {
    /// To be kept before an event; only a press is answered with what it brought.
    pub(in crate::session) fn before(&self, event: &Event) -> Option<Before> {
        if !self.desk.modes.voice {
            return None;
        }
        let view = self.view();
        let press = match event {
            Event::Press(press) => *press,
            Event::Key(PadKey::Choose) => view.focus?,
            Event::Key(PadKey::Type(character)) => typed(&view, *character),
            Event::Key(PadKey::Erase) => Press::Erase,
            _ => return None,
        };
        Some(Before { offered: read_out(&view), overlay: view.overlay, said: self.desk.said, press })
    }

    /// What is to be said after an event, besides what the screen said itself.
    pub(in crate::session) fn listen(&mut self, before: Option<Before>, moved: bool) {
        if !self.desk.modes.voice {
            return self.listener.stop();
        }
        if moved {
            // A screen that says nothing by itself waits for nobody.
            return if self.desk.speaking { self.read_out() } else { self.listener.stop() };
        }
        let Some(before) = before else { return self.heed() };
        let view = self.view();
        if view.overlay != before.overlay {
            return;
        }
        if self.listener.reads() {
            return self.heed();
        }
        let press = before.press;
        let found = news(&before.offered, &view, press);
        if self.desk.said == before.said
            && let Some(prompt) = feedback(press, &view)
        {
            self.desk.say(prompt);
        }
        if !found.is_empty() && !self.just_said_what_it_is(press) {
            let due_ms = (!self.desk.speaking).then(|| self.desk.now.tick_ms + self.desk.config.limits.read_out_ms);
            self.listener.begin(found.into_iter().map(Prompt::Offer).collect(), self.desk.said, due_ms);
        }
    }

    /// Explored, not done.
    fn just_said_what_it_is(&self, press: Press) -> bool {
        self.desk.caption == Some(Prompt::Offer(press))
    }

    /// Something else was said meanwhile: nobody wants the rest of a list after it.
    fn heed(&mut self) {
        if self.listener.said != self.desk.said {
            self.listener.stop();
            self.listener.said = self.desk.said;
        }
    }

    /// Reads out what can be pressed, as soon as what is being said has been said.
    pub(in crate::session) fn read_out(&mut self) {
        let list = list(&self.view(), self.desk.by_keys);
        self.listener.begin(list, self.desk.said, None);
    }

    /// Something was said to its end; the list goes on after a pause.
    pub(in crate::session) fn said(&mut self) {
        let limits = self.desk.config.limits;
        let in_list = matches!(self.desk.caption, Some(Prompt::Offer(_)));
        let pause_ms = if in_list { limits.next_ms } else { limits.read_out_ms };
        self.listener.goes_on(self.desk.now.tick_ms + pause_ms);
    }

    /// The next thing of the list, when its time has come.
    pub(in crate::session) fn read_on(&mut self) {
        if self.desk.modes.voice
            && !self.desk.speaking
            && let Some(prompt) = self.listener.next(self.desk.now.tick_ms)
        {
            self.desk.say(prompt);
        }
    }

    /// Whether this press is only to be said first.
    pub(in crate::session) fn explores(&self, press: Press) -> bool {
        let modes = self.desk.modes;
        let view = self.view();
        modes.voice && modes.explore && view.focus != Some(press) && stands(&view, press)
    }

    /// Puts the keys on something and says what it is.
    pub(in crate::session) fn land(&mut self, press: Press) {
        self.listener.land(press);
        self.desk.say(Prompt::Offer(press));
    }

    /// A key of the pad. Moving about harms nothing, so only keys that do something are kept from trembling.
    pub(in crate::session) fn key(&mut self, key: PadKey) {
        let moves = matches!(key, PadKey::Up | PadKey::Down | PadKey::Repeat | PadKey::Louder);
        if !moves && self.shakes() {
            return;
        }
        let view = self.view();
        self.quieten();
        self.desk.by_keys = true;
        if self.was_counting() {
            return self.repeat();
        }
        match key {
            PadKey::Up => self.step(&view, false),
            PadKey::Down => self.step(&view, true),
            PadKey::Choose => self.choose(&view),
            PadKey::Back => self.back(&view),
            PadKey::Repeat => self.say_again(),
            PadKey::Louder => self.louder_or_from_the_start(),
            PadKey::Help => self.act(Press::Help),
            PadKey::Curtain => self.act(Press::Curtain),
            PadKey::Erase => self.type_one(&view, Press::Erase),
            PadKey::Type(character) => self.type_one(&view, typed(&view, character)),
        }
    }

    /// To the next thing or the one before; from the end to the beginning.
    fn step(&mut self, view: &View, on: bool) {
        let all = offers(view);
        let at = view.focus.and_then(|focus| all.iter().position(|offer| offer.press == focus));
        let to = match (at, on) {
            (None, true) => 0,
            (None, false) => all.len().saturating_sub(1),
            (Some(at), true) => (at + 1) % all.len(),
            (Some(at), false) => (at + all.len() - 1) % all.len(),
        };
        match all.get(to) {
            Some(offer) => self.land(offer.press),
            None => self.repeat(),
        }
    }

    /// Presses what the keys are on; what is closed says once more why.
    fn choose(&mut self, view: &View) {
        let Some(press) = view.focus else { return self.say_again() };
        let open = offers(view).iter().any(|offer| offer.press == press && offer.open);
        let limits = self.desk.config.limits;
        if !open || self.listener.just_moved(self.desk.now.tick_ms, limits.settle_ms) {
            return self.land(press);
        }
        self.listener.land(press);
        self.desk.tone(Tone::Press);
        self.act(press);
    }

    fn back(&mut self, view: &View) {
        let press = if view.overlay.is_some() { Press::Close } else { Press::Back };
        if stands(view, press) {
            self.desk.tone(Tone::Press);
            self.act(press);
        } else {
            self.desk.tone(Tone::Attention);
            self.repeat();
        }
    }

    /// A character that has a key on the screen; what is typed is not said, for it may be a number of somebody.
    fn type_one(&mut self, view: &View, press: Press) {
        if stands(view, press) {
            self.desk.tone(Tone::Press);
            self.act(press);
        }
    }

    /// Whoever asks to hear it wants the voice.
    fn say_again(&mut self) {
        self.desk.modes.voice = true;
        self.repeat();
    }

    fn louder_or_from_the_start(&mut self) {
        let now = self.desk.modes.loudness;
        let louder = if now.louder() == now { self.desk.config.loudness } else { now.louder() };
        self.change_loudness(louder);
    }

    fn change_loudness(&mut self, loudness: Loudness) {
        self.desk.set_loudness(loudness);
        self.desk.say(Prompt::Loudness(loudness));
    }

    /// A press of the panel of the voice.
    pub(in crate::session) fn tune(&mut self, press: Press) {
        let modes = self.desk.modes;
        match press {
            Press::Slower | Press::Faster => {
                let pace = if press == Press::Slower { modes.pace.slower() } else { modes.pace.faster() };
                self.desk.set_pace(pace);
                self.desk.say(Prompt::Pace(pace));
            }
            Press::Softer => self.change_loudness(modes.loudness.softer()),
            Press::Louder => self.change_loudness(modes.loudness.louder()),
            Press::Explore => {
                self.desk.modes.explore = !modes.explore;
                self.listener.land(press);
                self.desk.say(Prompt::Offer(press));
            }
            _ => {
                self.desk.modes.voice = false;
                self.desk.modes.explore = false;
                self.desk.hush();
                self.overlay = None;
            }
        }
    }

    /// Any press or key stops what is being said and what was still to be read.
    pub(in crate::session) fn quieten(&mut self) {
        self.listener.stop();
        self.desk.hush();
    }
}

/// The key on the screen that a character of the keyboard stands for; numbers of certificates end in a capital X.
fn typed(view: &View, character: char) -> Press {
    let capital = Press::Key(character.to_ascii_uppercase().into());
    if stands(view, capital) { capital } else { Press::Key(character.into()) }
}

fn stands(view: &View, press: Press) -> bool {
    offers(view).iter().any(|offer| offer.press == press && offer.open)
}

impl Listener {
    /// A finger looks for itself.
    pub(in crate::session) fn let_go(&mut self) {
        self.focus = None;
    }
}
