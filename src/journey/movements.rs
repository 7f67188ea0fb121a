//! 看全部: every movement, a page at a time; arrows that can be pressed, no scrolling.

use super::Balance;
use super::lines::movement_line;
use crate::session::desk::Desk;
use crate::session::states::{Afterwards, Stage, State};
use crate::session::{Event, Press, Prompt, Screen};

/// The list of movements, over the balance it belongs to.
#[derive(Debug)]
pub(crate) struct Movements {
    balance: Balance,
    page: usize,
}

/// How many lines a page has: what fits at the floors of type and target on either orientation.
pub(crate) fn lines_a_page(large_font: bool) -> usize {
    if large_font { 4 } else { 6 }
}

impl Movements {
    pub fn enter(balance: Balance, desk: &mut Desk) -> State {
        desk.say(Prompt::Movements);
        State::Movements(Self { balance, page: 0 })
    }

    fn pages(&self, desk: &Desk) -> usize {
        self.balance.movements().len().div_ceil(lines_a_page(desk.modes.large_font)).max(1)
    }
}

impl Stage for Movements {
    fn on(mut self, event: Event, desk: &mut Desk) -> State {
        let last = self.pages(desk) - 1;
        match event {
            Event::Press(Press::PageDown) => self.page = (self.page + 1).min(last),
            Event::Press(Press::PageUp) => self.page = self.page.saturating_sub(1),
            Event::Press(Press::Back) => return self.balance.resume(desk),
            Event::Press(Press::Finish) => return self.balance.finish(desk, Afterwards::Standby),
            // The large font shows fewer lines a page, so a page number may fall off the end.
            _ => self.page = self.page.min(last),
        }
        State::Movements(self)
    }

    fn screen(&self, desk: &Desk) -> Screen {
        let size = lines_a_page(desk.modes.large_font);
        let page = self.page.min(self.pages(desk) - 1);
        let lines = self.balance.movements().iter().skip(page * size).take(size);
        Screen::Movements(crate::session::Movements {
            lines: lines.map(movement_line).collect(),
            page,
            pages: self.pages(desk),
            covered: self.balance.covered(),
        })
    }

    fn prompt(&self, _: &Desk) -> Prompt {
        Prompt::Movements
    }

    fn leave(self, desk: &mut Desk) -> State {
        self.balance.leave(desk)
    }

    fn in_visit(&self) -> bool {
        true
    }
}
