//! 异地就医备案: from the plain question to a request on its way, one file a step.
//!
//! The draft lives in memory alone. Walking away, going home or another person's card drops it and files nothing.

mod carry;
mod case;
mod dates;
mod digits;
mod filed;
mod place;
mod question;
mod record;
mod relative;
mod review;
mod route;
mod submit;
mod told;
mod writing;

pub(crate) use case::Subject;
pub(crate) use filed::Filed;
pub(crate) use relative::Relative;

use carry::Carrying;
use case::{Case, Helper};
use dates::When;
use digits::Keys;
use place::Where;
use question::Question;
use record::{Asking, Listing};
use review::Review;
use submit::Sending;
use told::{Telling, Tidings};
use writing::Write;

use crate::domain::{Credential, Service};
use crate::session::desk::Desk;
use crate::session::guest::Guest;
use crate::session::states::{IdleRule, Information, Stage, State};
use crate::session::{Event, Prompt, Screen};

/// A filing in the making.
#[derive(Debug)]
pub(crate) struct Filing {
    case: Box<Case>,
    at: At,
}

/// What every step can do. It owns nothing of the person; the case does.
trait Step {
    fn on(self, event: Event, case: Box<Case>, desk: &mut Desk) -> State;
    fn screen(&self, case: &Case, desk: &Desk) -> Screen;
    fn prompt(&self, case: &Case, desk: &Desk) -> Prompt;
    fn can_go_back(&self, _: &Case) -> bool {
        true
    }
}

macro_rules! steps {
    ($($step:ident),+) => {
        /// The step it is at.
        #[derive(Debug)]
        #[expect(clippy::large_enum_variant, reason = "one lives at a time, and it moves once a press")]
        enum At { $($step($step)),+ }

        $(impl From<$step> for At {
            fn from(step: $step) -> Self {
                Self::$step(step)
            }
        })+

        impl Step for At {
            fn on(self, event: Event, case: Box<Case>, desk: &mut Desk) -> State {
                match self { $(Self::$step(step) => step.on(event, case, desk)),+ }
            }
            fn screen(&self, case: &Case, desk: &Desk) -> Screen {
                match self { $(Self::$step(step) => step.screen(case, desk)),+ }
            }
            fn prompt(&self, case: &Case, desk: &Desk) -> Prompt {
                match self { $(Self::$step(step) => step.prompt(case, desk)),+ }
            }
            fn can_go_back(&self, case: &Case) -> bool {
                match self { $(Self::$step(step) => step.can_go_back(case)),+ }
            }
        }
    };
}

steps!(Asking, Listing, Question, Telling, Where, Write, When, Keys, Review, Sending, Carrying);

impl Filing {
    /// For oneself. Without the platform a card is enough: the filing is kept and sent later.
    pub fn for_oneself(guest: Guest, desk: &mut Desk) -> State {
        let subject = match (&guest.record, &guest.credential) {
            (Some(record), _) => Some(Subject::known(record, &desk.config)),
            (None, Credential::IdCard { name, number }) => {
                Some(Subject::by_card(name.clone(), number.clone(), &desk.config))
            }
            (None, Credential::EVoucher(_)) => None,
        };
        match subject {
            Some(subject) => Self::begin(Service::Filing, guest, subject, None, desk),
            None => Information::about(Service::Filing, Some(guest), desk),
        }
    }

    fn begin(service: Service, visitor: Guest, subject: Subject, helper: Option<Helper>, desk: &mut Desk) -> State {
        let Some(policy) = desk.config.filing.clone() else {
            return Information::about(service, Some(visitor), desk);
        };
        let case = Box::new(Case::new(service, visitor, subject, helper, policy));
        if case.subject.insured.is_empty() {
            return show(Telling::new(Tidings::CannotFile), case, desk);
        }
        Asking::enter(case, desk)
    }
}

/// Shows a new step and says what it is.
fn show(at: impl Into<At>, mut case: Box<Case>, desk: &mut Desk) -> State {
    let at = at.into();
    case.turns += 1;
    desk.say(at.prompt(&case, desk));
    State::Filing(Filing { case, at })
}

/// Stays where it is.
fn stay(at: impl Into<At>, case: Box<Case>) -> State {
    State::Filing(Filing { case, at: at.into() })
}

/// The sentences in the resident's language.
fn in_language<'a, T: ?Sized>(desk: &Desk, zh: &'a T, en: &'a T) -> &'a T {
    desk.modes.language.choose(zh, en)
}

impl Stage for Filing {
    fn on(self, event: Event, desk: &mut Desk) -> State {
        let Self { mut case, at } = self;
        // What became of the request counts wherever its visit has come to meanwhile.
        match &event {
            Event::Stored(ticket) if submit::owns(&case, *ticket) => submit::stored(case, desk),
            Event::NotStored(ticket) if submit::owns(&case, *ticket) => {
                if submit::not_stored(&mut case, *ticket) {
                    submit::failed(case, desk)
                } else {
                    stay(at, case)
                }
            }
            Event::FilingSettled(number, outcome) if submit::names(&case, number) => {
                Filed::enter(case, outcome.clone(), desk)
            }
            _ => at.on(event, case, desk),
        }
    }

    fn screen(&self, desk: &Desk) -> Screen {
        self.at.screen(&self.case, desk)
    }

    fn prompt(&self, desk: &Desk) -> Prompt {
        self.at.prompt(&self.case, desk)
    }

    /// A request that is being kept or sent is not walked away from by a stray press.
    fn leave(self, desk: &mut Desk) -> State {
        if matches!(self.at, At::Sending(_)) {
            return State::Filing(self);
        }
        drop(self);
        crate::session::states::Thanks::end_visit(crate::session::states::Afterwards::Home, desk)
    }

    fn can_go_back(&self) -> bool {
        self.at.can_go_back(&self.case)
    }

    fn idle_rule(&self) -> IdleRule {
        if matches!(self.at, At::Sending(_) | At::Asking(_)) { IdleRule::Never } else { IdleRule::Prompt }
    }

    fn in_visit(&self) -> bool {
        true
    }

    fn turn(&self) -> u32 {
        self.case.turns
    }
}
