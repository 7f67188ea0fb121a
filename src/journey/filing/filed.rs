//! What became of the request: done, kept, or refused — said as it is, with a code for the phone.
//!
//! When this begins the draft is gone. A masked name and the request's number are left.

use std::sync::Arc;

use jiff::civil::DateTime;

use super::case::Case;
use super::{in_language, submit};
use crate::domain::filing::{CategoryGroup, FilingOutcome, FilingPolicy, TravelReason};
use crate::domain::{Matter, ProjectNumber};
use crate::journey::Rate;
use crate::session::desk::Desk;
use crate::session::states::{Afterwards, Stage, State, Thanks};
use crate::session::{
    self, Effect, Event, FiledWhat, Filing as Outcome, PhoneCode, Press, Prompt, Screen, Slip, Ticket, Tone,
};

/// The result is on the screen. The matter counts as done from this moment.
#[derive(Debug)]
pub(crate) struct Filed {
    number: ProjectNumber,
    outcome: Outcome,
    what: FiledWhat,
    name: String,
    reason: Option<TravelReason>,
    group: Option<CategoryGroup>,
    policy: Arc<FilingPolicy>,
    at: DateTime,
    code: PhoneCode,
    code_ticket: Ticket,
    matter: Matter,
    /// The matter's own entry; a rating makes sense only once it is kept.
    matter_ticket: Ticket,
    matter_kept: bool,
    turns: u32,
}

impl Filed {
    pub(super) fn enter(case: Box<Case>, outcome: FilingOutcome, desk: &mut Desk) -> State {
        let Some((number, what)) = submit::sent(&case) else {
            return Thanks::end_visit(Afterwards::Home, desk);
        };
        let matter = case.visitor.finish_matter(case.service, desk);
        let matter_ticket = desk.last_ticket();
        if case.helper.is_some() {
            desk.note_helped(case.visitor.certificate(), &case.subject.certificate);
        }
        let (name, group, policy) = (case.subject.name.masked(), submit::group(&case), Arc::clone(&case.policy));
        let reason = group.and(case.draft.reason);
        let turns = case.turns + 1;
        drop(case);
        desk.wipe_copies();
        let outcome = said(outcome, &number);
        let (at, code, code_ticket) = (desk.now.wall, PhoneCode::Pending, desk.last_ticket());
        let (matter_kept, settled) = (true, !matches!(outcome, Outcome::Kept(_)));
        let mut state = Self {
            number,
            outcome,
            what,
            name,
            reason,
            group,
            policy,
            at,
            code,
            code_ticket,
            matter,
            matter_ticket,
            matter_kept,
            turns,
        };
        state.seal(desk);
        desk.tone(if settled { Tone::Done } else { Tone::Attention });
        desk.say(state.prompt(desk));
        State::Filed(state)
    }

    /// The code for the phone says what is known now.
    fn seal(&mut self, desk: &mut Desk) {
        let serial = match &self.outcome {
            Outcome::Done(serial) => Some(serial.clone()),
            Outcome::Kept(_) => None,
            Outcome::Rejected(_) => return,
        };
        self.code_ticket = desk.ticket();
        let (number, name, what) = (self.number.clone(), self.name.clone(), self.what.clone());
        let notice = self.group.map(|group| {
            let notice = self.policy.notice(group);
            in_language(desk, &notice.zh, &notice.en).clone()
        });
        let notice = (desk.modes.language, notice.unwrap_or_default());
        let slip = Slip::Receipt { number, serial, name, what, at: self.at, notice };
        desk.effect(Effect::Seal(self.code_ticket, Box::new(slip)));
    }

    /// Delivery learnt more while the resident still stands here.
    fn settled(&mut self, outcome: FilingOutcome, desk: &mut Desk) {
        if !matches!(self.outcome, Outcome::Kept(_)) || outcome == FilingOutcome::NotYet {
            return;
        }
        self.outcome = said(outcome, &self.number);
        self.code = PhoneCode::Pending;
        self.turns += 1;
        self.seal(desk);
        desk.tone(Tone::Done);
        desk.say(self.prompt(desk));
    }

    fn finish(self, desk: &mut Desk, afterwards: Afterwards) -> State {
        if self.matter_kept {
            Rate::enter(self.matter, self.matter_ticket, afterwards, desk)
        } else {
            Thanks::end_visit(afterwards, desk)
        }
    }
}

fn said(outcome: FilingOutcome, number: &ProjectNumber) -> Outcome {
    match outcome {
        FilingOutcome::Done { serial } => Outcome::Done(serial),
        FilingOutcome::Rejected(why) => Outcome::Rejected(why),
        FilingOutcome::NotYet => Outcome::Kept(number.query_code()),
    }
}

impl Stage for Filed {
    fn on(mut self, event: Event, desk: &mut Desk) -> State {
        match event {
            Event::FilingSettled(number, outcome) if number == self.number => self.settled(outcome, desk),
            Event::Sealed(ticket, code) if ticket == self.code_ticket => self.code = PhoneCode::of(code),
            Event::NotStored(ticket) if ticket == self.matter_ticket => self.matter_kept = false,
            Event::Press(Press::Finish | Press::Next) => return self.finish(desk, Afterwards::Standby),
            Event::Press(Press::Back) => return self.leave(desk),
            _ => {}
        }
        State::Filed(self)
    }

    fn screen(&self, desk: &Desk) -> Screen {
        let advice = self.group.filter(|_| matches!(self.outcome, Outcome::Done(_))).map(|group| {
            let advice = self.policy.advice(group);
            in_language(desk, &advice.zh, &advice.en).clone()
        });
        Screen::Filed(session::Filed {
            outcome: self.outcome.clone(),
            what: self.what.clone(),
            name: self.name.clone(),
            reason: self.reason,
            code: self.code.clone(),
            advice: advice.unwrap_or_default(),
        })
    }

    fn prompt(&self, _: &Desk) -> Prompt {
        match (&self.outcome, &self.what) {
            (Outcome::Kept(_), _) => Prompt::FilingKept,
            (Outcome::Rejected(_), _) => Prompt::FilingRejected,
            (Outcome::Done(_), FiledWhat::New(_)) => Prompt::FilingDone(self.group.unwrap_or(CategoryGroup::Temporary)),
            (Outcome::Done(_), FiledWhat::Cancelled(_)) => Prompt::FilingCancelled,
            (Outcome::Done(_), FiledWhat::Extended(..)) => Prompt::FilingExtended,
        }
    }

    fn leave(self, desk: &mut Desk) -> State {
        self.finish(desk, Afterwards::Home)
    }

    fn in_visit(&self) -> bool {
        true
    }

    fn turn(&self) -> u32 {
        self.turns
    }
}
