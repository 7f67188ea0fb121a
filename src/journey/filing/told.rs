//! What is told before or instead of a step, with one way on.

use super::case::Case;
use super::question::{Question, Topic};
use super::route::{self, Stop};
use super::{Step, in_language, show, stay};
use crate::domain::filing::{Category, CategoryGroup};
use crate::session::desk::Desk;
use crate::session::states::{Afterwards, State, Thanks};
use crate::session::{Event, Press, Prompt, Screen, Told};

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

/// A screen that tells.
#[derive(Debug)]
pub(super) struct Telling(pub Tidings);

impl Step for Telling {
    fn on(self, event: Event, mut case: Box<Case>, desk: &mut Desk) -> State {
        match (self.0, event) {
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
            _ => stay(self, case),
        }
    }

    fn screen(&self, case: &Case, desk: &Desk) -> Screen {
        Screen::Told(match self.0 {
            Tidings::EmergencyIsFiled => Told::EmergencyIsFiled,
            Tidings::Before => {
                let category = case.category().unwrap_or(Category::OtherTemporary);
                Told::Before {
                    step: Stop::Notice.step(),
                    category,
                    group: category.group(),
                    notice: notice(case, desk),
                }
            }
            Tidings::BringToWindow => {
                let materials = case.rule().map(|rule| &rule.materials);
                let materials = materials.map(|texts| in_language(desk, &texts.zh, &texts.en).clone());
                Told::BringToWindow { materials: materials.unwrap_or_default() }
            }
            Tidings::TalkToStaff => Told::TalkToStaff,
            Tidings::CannotFile => Told::CannotFile,
        })
    }

    fn prompt(&self, _: &Case, _: &Desk) -> Prompt {
        match self.0 {
            Tidings::EmergencyIsFiled => Prompt::EmergencyIsFiled,
            Tidings::Before => Prompt::FilingNotice,
            Tidings::BringToWindow => Prompt::BringToWindow,
            Tidings::TalkToStaff => Prompt::TalkToStaff,
            Tidings::CannotFile => Prompt::CannotFile,
        }
    }

    fn can_go_back(&self, _: &Case) -> bool {
        !matches!(self.0, Tidings::TalkToStaff | Tidings::CannotFile)
    }
}

/// What filing under this category means, in the resident's language.
pub(super) fn notice(case: &Case, desk: &Desk) -> Vec<String> {
    let group = case.category().map_or(CategoryGroup::Temporary, Category::group);
    let texts = case.policy.notice(group);
    in_language(desk, &texts.zh, &texts.en).clone()
}
