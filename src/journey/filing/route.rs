//! The way through a filing: which stops there are, which are done, and where forward and back lead.

use super::case::Case;
use super::dates::When;
use super::digits::Keys;
use super::place::Where;
use super::question::{Question, Topic};
use super::record::Listing;
use super::review::Review;
use super::told::{Telling, Tidings};
use super::{At, show};
use crate::domain::filing::TravelReason;
use crate::session::desk::Desk;
use crate::session::states::State;
use crate::session::{DigitsField, Step};

/// A stop on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    Insurance,
    Why,
    Referral,
    Where,
    Address,
    When,
    Conflict,
    Phone,
    Notice,
    Review,
}

/// How many steps the resident is told of; side questions belong to the step they follow.
const STEPS: u8 = 5;

impl Stop {
    /// Which step the screen says it is.
    pub fn step(self) -> Option<Step> {
        let now = match self {
            Self::Insurance => return None,
            Self::Why | Self::Referral => 1,
            Self::Where | Self::Address => 2,
            Self::When | Self::Conflict => 3,
            Self::Phone => 4,
            Self::Notice | Self::Review => STEPS,
        };
        Some(Step { now, of: STEPS })
    }
}

/// The stops of this filing, as far as the answers so far tell.
fn plan(case: &Case) -> Vec<Stop> {
    let rule = case.rule();
    let wanted = |stop| match stop {
        Stop::Insurance => case.subject.insured.len() > 1,
        Stop::Referral => rule.is_some_and(|rule| rule.referral.value),
        Stop::Address => rule.is_some_and(|rule| rule.address.value),
        Stop::Conflict => !case.conflicts().is_empty(),
        _ => true,
    };
    use Stop::{Address, Conflict, Insurance, Notice, Phone, Referral, Review, When, Where, Why};
    let all = [Insurance, Why, Referral, Where, Address, When, Conflict, Phone, Notice, Review];
    all.into_iter().filter(|stop| wanted(*stop)).collect()
}

/// Whether a stop has its answer, and the answer still fits the others.
fn done(stop: Stop, case: &Case, desk: &Desk) -> bool {
    let draft = &case.draft;
    match stop {
        Stop::Insurance => draft.insured.is_some(),
        Stop::Why => draft.reason.is_some_and(|reason| reason != TravelReason::Emergency),
        Stop::Referral => draft.referral.is_some(),
        Stop::Where => draft.destination.as_ref().is_some_and(|spot| Some(&spot.code) != case.home().as_ref()),
        Stop::Address => draft.address.is_some(),
        Stop::When => When::fits(case, desk.now.wall.date()),
        Stop::Conflict => matches!(&case.conflicts()[..], [one] if draft.replaces.as_ref() == Some(&one.serial)),
        Stop::Phone => draft.phone.is_some(),
        Stop::Notice => draft.told.is_some() && draft.told == case.category(),
        Stop::Review => false,
    }
}

/// Whether everything before the review is answered.
pub(super) fn all_done(case: &Case, desk: &Desk) -> bool {
    plan(case).into_iter().filter(|stop| *stop != Stop::Review).all(|stop| done(stop, case, desk))
}

/// On from a stop: to the next one, or after a change to what the change left open, and else to the review.
pub(super) fn forward(from: Stop, case: Box<Case>, desk: &mut Desk) -> State {
    let plan = plan(&case);
    let next = if case.changing {
        plan.iter().find(|stop| !done(**stop, &case, desk))
    } else {
        plan.iter().skip_while(|stop| **stop != from).nth(1)
    };
    // A conflict that was settled before is not asked about again; one that arose is.
    let next = match next.copied() {
        Some(Stop::Conflict) if done(Stop::Conflict, &case, desk) => Stop::Phone,
        Some(stop) => stop,
        None => plan.into_iter().find(|stop| !done(*stop, &case, desk)).unwrap_or(Stop::Review),
    };
    open(next, case, desk)
}

/// Back from a stop: to the review where one came from there, else to the stop before, else to the list or away.
pub(super) fn back(from: Stop, case: Box<Case>, desk: &mut Desk) -> State {
    if case.changing && all_done(&case, desk) {
        return open(Stop::Review, case, desk);
    }
    let before = plan(&case).into_iter().take_while(|stop| *stop != from).filter(|stop| *stop != Stop::Conflict).last();
    match before {
        Some(stop) => open(stop, case, desk),
        None => Listing::back(case, desk),
    }
}

/// Shows a stop.
pub(super) fn open(stop: Stop, mut case: Box<Case>, desk: &mut Desk) -> State {
    let at: At = match stop {
        Stop::Insurance => Question::new(Topic::Insurance).into(),
        Stop::Why => Question::new(Topic::Why).into(),
        Stop::Referral => Question::new(Topic::HaveReferral).into(),
        Stop::Where => Where::new(&case).into(),
        Stop::Address => Question::new(Topic::Dwelling).into(),
        Stop::When => When::new(&case, desk).into(),
        Stop::Conflict => return conflict(case, desk),
        Stop::Phone => Keys::new(DigitsField::Phone, &case).into(),
        Stop::Notice => Telling::new(Tidings::Before).into(),
        Stop::Review => {
            case.changing = false;
            Review::default().into()
        }
    };
    show(at, case, desk)
}

/// Asks whether the old filing gives way; where it may not yet, the list says from when.
fn conflict(case: Box<Case>, desk: &mut Desk) -> State {
    let today = desk.now.wall.date();
    match &case.conflicts()[..] {
        [one] if case.changeable(one, today) => show(Question::new(Topic::Conflict), case, desk),
        [first, ..] => {
            let serial = first.serial.clone();
            show(Listing::at(&serial, &case), case, desk)
        }
        [] => open(Stop::Phone, case, desk),
    }
}
