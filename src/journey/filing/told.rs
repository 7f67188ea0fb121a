//! What is told before or instead of a step, with one way on.

use super::case::Case;
use super::question::{Question, Topic};
use super::route::{self, Stop};
use super::{Step, in_language, show, stay};
use crate::domain::filing::Category;
use crate::session::desk::Desk;
use crate::session::states::{Afterwards, State, Thanks};
use crate::session::{Effect, Event, PhoneCode, Press, Prompt, Screen, Slip, Ticket, Told};

/// What is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tidings {
    EmergencyIsFiled,
    /// 一次性告知.
    Before,
    BringToWindow,
    TalkToStaff,
    CannotFile,
}

/// A screen that tells. What to bring can be taken along as a code.
#[derive(Debug)]
pub(super) struct Telling {
    tidings: Tidings,
    slip: Option<(Ticket, PhoneCode)>,
}

impl Telling {
    pub fn new(tidings: Tidings) -> Self {
        Self { tidings, slip: None }
    }

    /// What to bring to the window, on the screen and as a code for the phone.
    pub fn bring(case: &Case, desk: &mut Desk) -> Self {
        let slip = Slip::ToBring { language: desk.modes.language, materials: materials(case, desk) };
        let ticket = desk.ticket();
        desk.effect(Effect::Seal(ticket, Box::new(slip)));
        Self { tidings: Tidings::BringToWindow, slip: Some((ticket, PhoneCode::Pending)) }
    }

    fn sealed(&mut self, ticket: Ticket, code: Option<String>) {
        if let Some(slip) = self.slip.as_mut().filter(|slip| slip.0 == ticket) {
            slip.1 = PhoneCode::of(code);
        }
    }
}

/// The category; there is one wherever something is told of it.
pub(super) fn category(case: &Case) -> Category {
    case.category().unwrap_or(Category::OtherTemporary)
}

/// What to bring, in the resident's language.
fn materials(case: &Case, desk: &Desk) -> Vec<String> {
    let materials = case.rule().map(|rule| in_language(desk, &rule.materials.zh, &rule.materials.en).clone());
    materials.unwrap_or_default()
}

impl Step for Telling {
    fn on(mut self, event: Event, mut case: Box<Case>, desk: &mut Desk) -> State {
        match (self.tidings, event) {
            (Tidings::Before, Event::Press(Press::Next | Press::Finish)) => {
                case.draft.told = case.category();
                route::forward(Stop::Notice, case, desk)
            }
            (_, Event::Press(Press::Next | Press::Finish)) => {
                drop(case);
                Thanks::end_visit(Afterwards::Standby, desk)
            }
            (Tidings::Before, Event::Press(Press::Back)) => route::back(Stop::Notice, case, desk),
            (Tidings::EmergencyIsFiled, Event::Press(Press::Back)) => {
                case.draft.reason = None;
                route::open(Stop::Why, case, desk)
            }
            (Tidings::BringToWindow, Event::Press(Press::Back)) => show(Question::new(Topic::HaveReferral), case, desk),
            (_, Event::Sealed(ticket, code)) => {
                self.sealed(ticket, code);
                stay(self, case)
            }
            _ => stay(self, case),
        }
    }

    fn screen(&self, case: &Case, desk: &Desk) -> Screen {
        Screen::Told(match self.tidings {
            Tidings::EmergencyIsFiled => Told::EmergencyIsFiled,
            Tidings::Before => {
                let category = category(case);
                Told::Before {
                    step: Stop::Notice.step(),
                    category,
                    group: category.group(),
                    notice: notice(case, desk),
                }
            }
            Tidings::BringToWindow => Told::BringToWindow {
                materials: materials(case, desk),
                code: self.slip.as_ref().map(|slip| slip.1.clone()).unwrap_or_default(),
            },
            Tidings::TalkToStaff => Told::TalkToStaff,
            Tidings::CannotFile => Told::CannotFile,
        })
    }

    fn prompt(&self, case: &Case, _: &Desk) -> Prompt {
        match self.tidings {
            Tidings::EmergencyIsFiled => Prompt::EmergencyIsFiled,
            Tidings::Before => Prompt::FilingNotice(category(case).group()),
            Tidings::BringToWindow => Prompt::BringToWindow(category(case)),
            Tidings::TalkToStaff => Prompt::TalkToStaff,
            Tidings::CannotFile => Prompt::CannotFile,
        }
    }

    fn can_go_back(&self, _: &Case) -> bool {
        !matches!(self.tidings, Tidings::TalkToStaff | Tidings::CannotFile)
    }
}

/// What filing under this category means, in the resident's language.
pub(super) fn notice(case: &Case, desk: &Desk) -> Vec<String> {
    let texts = case.policy.notice(category(case).group());
    in_language(desk, &texts.zh, &texts.en).clone()
}
