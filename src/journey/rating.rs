//! 好差评: five levels, none chosen in advance; a bad one asks for a reason; skipping is as easy as submitting.
//!
//! When this begins, everything personal of the visit is gone. Only the matter's number is left.

use super::Answering;
use crate::domain::{Entry, Level, Matter, Rating, active_indicators};
use crate::session::desk::Desk;
use crate::session::states::{Afterwards, IdleRule, Stage, State, Thanks};
use crate::session::{Event, Press, Prompt, Screen, Ticket, Tone};

/// A rating in the making.
#[derive(Debug)]
pub(crate) struct Rate {
    matter: Matter,
    /// The matter's own entry may still be on its way to the disk; without it there is nothing to rate.
    matter_ticket: Ticket,
    afterwards: Afterwards,
    level: Option<Level>,
    reasons: Vec<u16>,
    storing: Option<Storing>,
    failed: bool,
}

/// A rating on its way to the disk.
#[derive(Debug)]
struct Storing {
    /// Every ticket it was handed over with: any of them may be answered.
    tickets: Vec<Ticket>,
    entry: Entry,
    since_ms: u64,
    given_up: bool,
}

impl Rate {
    pub fn enter(matter: Matter, matter_ticket: Ticket, afterwards: Afterwards, desk: &mut Desk) -> State {
        desk.wipe_copies();
        desk.say(Prompt::Rate);
        let (level, reasons) = (None, Vec::new());
        State::Rate(Self { matter, matter_ticket, afterwards, level, reasons, storing: None, failed: false })
    }

    /// The matter itself could not be kept: its rating would never be accepted, so none is asked for.
    fn no_matter(self, desk: &mut Desk) -> State {
        desk.tone(Tone::Attention);
        Thanks::end_visit(self.afterwards, desk)
    }

    fn is_storing(&self) -> bool {
        self.storing.as_ref().is_some_and(|storing| !storing.given_up)
    }

    fn rating(&self) -> Option<Rating> {
        Rating::new(self.level?, self.reasons.clone()).ok()
    }

    fn choose(&mut self, level: Level, desk: &mut Desk) {
        if self.level != Some(level) {
            self.reasons.clear();
        }
        self.level = Some(level);
        desk.say(if level.needs_reason() { Prompt::AskReason } else { Prompt::LevelChosen(level) });
    }

    fn toggle(&mut self, code: u16) {
        match self.reasons.iter().position(|chosen| *chosen == code) {
            Some(place) => {
                self.reasons.remove(place);
            }
            None => self.reasons.push(code),
        }
    }

    fn submit(&mut self, desk: &mut Desk) {
        let Some(rating) = self.rating() else {
            desk.say(if self.level.is_some() { Prompt::AskReason } else { Prompt::Rate });
            return;
        };
        let entry = Entry::Rating { project: self.matter.project.clone(), rating, at: desk.now.wall };
        // One that was given up on may be on disk by now: then the very same entry is handed over again.
        let (mut tickets, entry) = self.storing.take().map_or((Vec::new(), entry), |s| (s.tickets, s.entry));
        tickets.push(desk.store(entry.clone()));
        self.failed = false;
        self.storing = Some(Storing { tickets, entry, since_ms: desk.now.tick_ms, given_up: false });
    }

    fn not_kept(&mut self, desk: &mut Desk) {
        self.failed = true;
        desk.tone(Tone::Attention);
        desk.say(Prompt::NotKept);
    }

    /// On disk. Only now is there a thank you.
    fn kept(self, desk: &mut Desk) -> State {
        desk.tone(Tone::Done);
        Answering::enter(self.matter, self.afterwards, desk)
    }

    fn tick(&mut self, desk: &mut Desk) {
        let Some(storing) = self.storing.as_mut().filter(|storing| !storing.given_up) else { return };
        if desk.now.tick_ms.saturating_sub(storing.since_ms) >= desk.config.limits.store_ms {
            storing.given_up = true;
            self.not_kept(desk);
        }
    }

    fn skip(self, desk: &mut Desk) -> State {
        let afterwards = self.afterwards;
        drop(self);
        desk.wipe();
        match afterwards {
            Afterwards::Home if !desk.card_lies => crate::session::states::Home::enter(None, desk),
            _ => Thanks::enter(false, afterwards, desk),
        }
    }
}

impl Stage for Rate {
    fn on(mut self, event: Event, desk: &mut Desk) -> State {
        let own = |ticket: Ticket| self.storing.as_ref().is_some_and(|s| s.tickets.contains(&ticket));
        match event {
            // Even a late “stored” counts: the rating is safe, whatever the clock said.
            Event::Stored(ticket) if own(ticket) => return self.kept(desk),
            Event::NotStored(ticket) if ticket == self.matter_ticket => return self.no_matter(desk),
            Event::NotStored(ticket) if own(ticket) => {
                self.storing = None;
                self.not_kept(desk);
            }
            Event::Tick => self.tick(desk),
            Event::Press(_) if self.is_storing() => {}
            Event::Press(Press::Level(_) | Press::Reason(_)) if self.storing.is_some() => {}
            Event::Press(Press::Level(level)) => self.choose(level, desk),
            Event::Press(Press::Reason(code)) => self.toggle(code),
            Event::Press(Press::SubmitRating) => self.submit(desk),
            Event::Press(Press::SkipRating) => return self.skip(desk),
            Event::Press(Press::RateByPhone) if desk.config.phone_rating.is_some() => {
                return PhoneRating::enter(self, desk);
            }
            _ => {}
        }
        State::Rate(self)
    }

    fn screen(&self, desk: &Desk) -> Screen {
        let offered = self.level.filter(|level| level.needs_reason());
        let reasons = offered.map(|level| {
            active_indicators(level).map(|i| (i.code, self.reasons.contains(&i.code))).collect::<Vec<_>>()
        });
        Screen::Rate(crate::session::Rate {
            service: self.matter.service,
            level: self.level,
            reasons: reasons.unwrap_or_default(),
            complete: self.rating().is_some(),
            storing: self.is_storing(),
            failed: self.failed,
            by_phone: desk.config.phone_rating.is_some(),
        })
    }

    fn prompt(&self, _: &Desk) -> Prompt {
        match self.level {
            Some(level) if level.needs_reason() && self.reasons.is_empty() => Prompt::AskReason,
            Some(level) => Prompt::LevelChosen(level),
            None => Prompt::Rate,
        }
    }

    fn leave(self, desk: &mut Desk) -> State {
        if self.is_storing() { State::Rate(self) } else { self.skip(desk) }
    }

    fn can_go_back(&self) -> bool {
        false
    }

    fn idle_rule(&self) -> IdleRule {
        if self.is_storing() { IdleRule::Never } else { IdleRule::Prompt }
    }

    fn in_visit(&self) -> bool {
        true
    }
}

/// 手机评价: the address of this matter's rating as a code for the phone.
#[derive(Debug)]
pub(crate) struct PhoneRating {
    rate: Rate,
}

impl PhoneRating {
    fn enter(rate: Rate, desk: &mut Desk) -> State {
        desk.say(Prompt::RateByPhone);
        State::PhoneRating(Self { rate })
    }
}

impl Stage for PhoneRating {
    fn on(self, event: Event, desk: &mut Desk) -> State {
        match event {
            Event::Press(Press::Back | Press::RateByPhone) => {
                desk.say(Prompt::Rate);
                State::Rate(self.rate)
            }
            Event::Press(Press::Finish) => self.rate.skip(desk),
            Event::NotStored(ticket) if ticket == self.rate.matter_ticket => self.rate.no_matter(desk),
            _ => State::PhoneRating(self),
        }
    }

    fn screen(&self, desk: &Desk) -> Screen {
        let template = desk.config.phone_rating.as_deref().unwrap_or_default();
        Screen::RateByPhone { address: template.replace("{project}", self.rate.matter.project.as_str()) }
    }

    fn prompt(&self, _: &Desk) -> Prompt {
        Prompt::RateByPhone
    }

    fn leave(self, desk: &mut Desk) -> State {
        self.rate.skip(desk)
    }

    fn in_visit(&self) -> bool {
        true
    }
}
