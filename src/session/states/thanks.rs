//! The end of a visit: everything is wiped already; a card left behind is called after until it has gone.

use super::{Home, IdleRule, Stage, Standby, State};
use crate::session::desk::Desk;
use crate::session::{Effect, Event, Press, Prompt, Screen, Tone};

/// Where it goes from here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Afterwards {
    /// The resident pressed “回首页” and stays.
    Home,
    /// The resident leaves.
    Standby,
}

/// Thank you, and take your card.
#[derive(Debug)]
pub(crate) struct Thanks {
    rated: bool,
    afterwards: Afterwards,
    began_ms: u64,
    reminded_ms: u64,
}

impl Thanks {
    /// Ends the visit without a word of thanks for a rating. Nobody's card stays behind.
    pub fn end_visit(afterwards: Afterwards, desk: &mut Desk) -> State {
        desk.wipe();
        desk.effect(Effect::Scanner(false));
        match afterwards {
            _ if desk.card_lies => Self::enter(false, afterwards, desk),
            Afterwards::Home => Home::enter(None, desk),
            Afterwards::Standby => Standby::enter(desk),
        }
    }

    /// The last screen of a visit.
    pub fn enter(rated: bool, afterwards: Afterwards, desk: &mut Desk) -> State {
        let state = Self { rated, afterwards, began_ms: desk.now.tick_ms, reminded_ms: desk.now.tick_ms };
        let prompt = state.prompt(desk);
        if desk.card_lies {
            desk.tone(Tone::Attention);
            desk.say_aloud(prompt);
        } else {
            desk.say(prompt);
        }
        State::Thanks(state)
    }

    fn go_on(self, desk: &mut Desk) -> State {
        match self.afterwards {
            Afterwards::Home => Home::enter(None, desk),
            Afterwards::Standby => Standby::enter(desk),
        }
    }

    fn remind(mut self, desk: &mut Desk) -> State {
        let now_ms = desk.now.tick_ms;
        let limits = desk.config.limits;
        if !desk.card_lies && now_ms.saturating_sub(self.began_ms) >= limits.thanks_ms {
            return self.go_on(desk);
        }
        if desk.card_lies && now_ms.saturating_sub(self.reminded_ms) >= limits.card_reminder_ms {
            self.reminded_ms = now_ms;
            desk.tone(Tone::Attention);
            desk.say_aloud(Prompt::TakeCard);
        }
        State::Thanks(self)
    }
}

impl Stage for Thanks {
    fn on(mut self, event: Event, desk: &mut Desk) -> State {
        match event {
            Event::CardLifted if self.rated => {
                self.began_ms = desk.now.tick_ms;
                desk.say(Prompt::Goodbye);
                State::Thanks(self)
            }
            Event::CardLifted => self.go_on(desk),
            Event::CardRead(card) => {
                desk.reset_modes();
                Home::welcome_card(&card, desk)
            }
            Event::Scanned(voucher) => {
                desk.reset_modes();
                Home::welcome_voucher(voucher, desk)
            }
            Event::Tick => self.remind(desk),
            Event::Press(Press::Finish | Press::Back) if !desk.card_lies => self.go_on(desk),
            _ => State::Thanks(self),
        }
    }

    fn screen(&self, desk: &Desk) -> Screen {
        Screen::Thanks { rated: self.rated, card_left: desk.card_lies }
    }

    fn prompt(&self, desk: &Desk) -> Prompt {
        match (self.rated, desk.card_lies) {
            (true, true) => Prompt::ThanksTakeCard,
            (true, false) => Prompt::Thanks,
            (false, true) => Prompt::TakeCard,
            (false, false) => Prompt::Goodbye,
        }
    }

    fn leave(self, desk: &mut Desk) -> State {
        Home::enter(None, desk)
    }

    fn can_go_back(&self) -> bool {
        false
    }

    fn idle_rule(&self) -> IdleRule {
        IdleRule::Never
    }
}
