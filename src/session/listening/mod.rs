//! Going about by listening: what is read out after the question of a screen, what the keys are on, and what a press or a
//! key then does. Nothing is said here; the meaning of what is to be said is given back.

mod keys;
mod offers;

use std::collections::VecDeque;

use super::{Press, Prompt, Screen, View};

use offers::read_out;
pub use offers::{Offer, offers};

/// Everything a view says by itself, in order: its question, what can be pressed, and how to go on from there.
///
/// Where nothing can be pressed, such as while a card is awaited or work is under way, the question is all.
#[must_use]
pub fn reading(view: &View, by_keys: bool) -> Vec<Prompt> {
    view.caption.into_iter().chain(list(view, by_keys)).collect()
}

/// What follows the question.
fn list(view: &View, by_keys: bool) -> Vec<Prompt> {
    let mut list: Vec<Prompt> = read_out(view).into_iter().map(Prompt::Offer).collect();
    // Where 语音 is not within reach, or nothing is left to be done, nobody is sent there.
    let asks = !matches!(view.screen, Screen::Standby(_) | Screen::Thanks { .. }) && view.overlay.is_none();
    if asks && !list.is_empty() {
        list.push(Prompt::WaysOn { by_keys });
    }
    list
}

/// No button takes so long to say.
const ITEM_MS_MAX: u64 = 15_000;

/// What is being read out, and what the keys are on.
#[derive(Debug, Default)]
pub(super) struct Listener {
    focus: Option<Press>,
    /// When the reading moved the focus, not the resident.
    moved_ms: Option<u64>,
    left: VecDeque<Prompt>,
    /// When the next is due; unknown while something is being said.
    due_ms: Option<u64>,
    /// How much had been said when the reading was last in order.
    said: u32,
}

impl Listener {
    /// Whether something is still to be read out.
    pub fn reads(&self) -> bool {
        !self.left.is_empty()
    }

    /// Whether somebody is in the middle of a list that is really read; one that hangs keeps nobody here.
    pub fn under_way(&self, now_ms: u64) -> bool {
        self.reads() && self.moved_ms.is_some_and(|moved_ms| now_ms.saturating_sub(moved_ms) < ITEM_MS_MAX)
    }

    /// What the keys are on, as long as it stands there.
    pub fn focus(&self, view: &View) -> Option<Press> {
        self.focus.filter(|focus| offers(view).iter().any(|offer| offer.press == *focus))
    }

    /// Reads no further.
    pub fn stop(&mut self) {
        self.left.clear();
        self.due_ms = None;
    }

    /// Another screen: nothing is read of the old one, and the keys are on nothing.
    pub fn leave(&mut self) {
        *self = Self::default();
    }

    fn land(&mut self, press: Press) {
        self.focus = Some(press);
        self.moved_ms = None;
    }

    /// Whether the reading moved on so short ago that a press was meant for what was read before.
    fn just_moved(&self, now_ms: u64, settle_ms: u64) -> bool {
        self.moved_ms.is_some_and(|moved_ms| now_ms.saturating_sub(moved_ms) < settle_ms)
    }

    fn begin(&mut self, list: Vec<Prompt>, said: u32, due_ms: Option<u64>) {
        self.left = list.into();
        (self.said, self.due_ms) = (said, due_ms);
    }

    /// Something was said to its end.
    fn goes_on(&mut self, due_ms: u64) {
        self.due_ms = self.reads().then_some(due_ms);
    }

    fn next(&mut self, now_ms: u64) -> Option<Prompt> {
        self.due_ms.take_if(|due_ms| now_ms >= *due_ms)?;
        let next = self.left.pop_front()?;
        if let Prompt::Offer(press) = next {
            self.focus = Some(press);
            self.moved_ms = Some(now_ms);
        }
        self.said = self.said.wrapping_add(1);
        Some(next)
    }
}

/// What a press brought that was not there before, to be read out: all of another page, what matches by now, new answers.
fn news(before: &[Press], after: &View, press: Press) -> Vec<Press> {
    let after_list = read_out(after);
    match press {
        Press::PageDown | Press::PageUp | Press::MoreServices => after_list,
        Press::Key(_) | Press::Erase | Press::Candidate(_) if matches!(after.screen, Screen::Writing(_)) => {
            let found = |press: &Press| matches!(press, Press::Pick(_) | Press::Candidate(_) | Press::Next);
            after_list.into_iter().filter(found).collect()
        }
        _ => after_list.into_iter().filter(|press| !before.contains(press)).collect(),
    }
}

/// What is said of a press that changed something without a word of its own.
fn feedback(press: Press, after: &View) -> Option<Prompt> {
    use super::{Length, Stepper};
    match (press, &after.screen) {
        (Press::Reason(code), Screen::Rate(rate)) => Some(Prompt::Chosen(rate.reasons.contains(&(code, true)))),
        (Press::Promise, Screen::Review(review)) => Some(Prompt::Chosen(review.promised)),
        (Press::Pick(n), Screen::Filings(filings)) => Some(Prompt::Chosen(filings.picked == Some(n))),
        (Press::CoverAmount, Screen::Balance(balance)) => Some(Prompt::Covered(balance.covered)),
        (Press::Step(Stepper::Months, _), Screen::Dates(dates)) => match dates.length {
            Length::Months(months, _) => Some(Prompt::ForMonths(months)),
            Length::OpenEnded => None,
        },
        (Press::Step(..), Screen::Dates(dates)) => Some(Prompt::BeginsOn(dates.begin)),
        (Press::Contrast | Press::Reach, _) => Some(Prompt::Offer(press)),
        _ => None,
    }
}
