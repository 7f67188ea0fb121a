//! 带走，到窗口办: the draft as a code that a window's machine reads back. Nothing is filed.

use super::case::Case;
use super::review::Review;
use super::submit::{self, Order};
use super::{Step, show, stay};
use crate::session::desk::Desk;
use crate::session::states::{Afterwards, State, Thanks};
use crate::session::{Carry, Effect, Event, Press, Prompt, Screen, Slip, Ticket, Tone};

/// The code of a draft.
#[derive(Debug)]
pub(super) struct Carrying {
    ticket: Ticket,
    code: Option<String>,
}

impl Carrying {
    /// The draft has a number of its own: what is filed at the window is another request than what may be filed here.
    pub fn enter(case: Box<Case>, desk: &mut Desk) -> State {
        let number = desk.new_project();
        let Some(draft) = submit::request(&Order::File, number, &case, desk) else {
            return show(Review::default(), case, desk);
        };
        let ticket = desk.ticket();
        desk.effect(Effect::Seal(ticket, Box::new(Slip::Draft(Box::new(draft)))));
        show(Self { ticket, code: None }, case, desk)
    }
}

impl Step for Carrying {
    fn on(mut self, event: Event, case: Box<Case>, desk: &mut Desk) -> State {
        match event {
            Event::Sealed(ticket, Some(code)) if ticket == self.ticket => {
                self.code = Some(code);
                stay(self, case)
            }
            Event::Sealed(ticket, None) if ticket == self.ticket => {
                desk.tone(Tone::Attention);
                show(Review::default(), case, desk)
            }
            Event::Press(Press::Finish | Press::Next) => {
                drop(case);
                Thanks::end_visit(Afterwards::Standby, desk)
            }
            Event::Press(Press::Back) => show(Review::default(), case, desk),
            _ => stay(self, case),
        }
    }

    fn screen(&self, _: &Case, _: &Desk) -> Screen {
        Screen::Carry(Carry { code: self.code.clone() })
    }

    fn prompt(&self, _: &Case, _: &Desk) -> Prompt {
        Prompt::TakeAlong
    }
}
