//! 请核对一遍: every line with its “改”, what it means, the commitment, and the press that submits.

use super::carry::Carrying;
use super::case::Case;
use super::question::{Question, Topic};
use super::route::{self, Stop};
use super::submit::{self, Order};
use super::told;
use super::{Step, in_language, show, stay};
use crate::domain::filing::{Commitment, PhoneNumber};
use crate::session::desk::Desk;
use crate::session::states::{Identify, State};
use crate::session::{self, Event, Press, Prompt, ReviewLine, Route, Screen, Sending};

/// The review.
#[derive(Debug, Default)]
pub(super) struct Review {
    failed: bool,
}

/// Where “改” leads.
#[derive(Debug, Clone, Copy)]
enum Change {
    /// Somebody else goes: from the beginning.
    Person,
    Relation,
    To(Stop),
}

impl Review {
    /// The request could not be kept.
    pub fn failed() -> Self {
        Self { failed: true }
    }

    fn change(self, n: u8, mut case: Box<Case>, desk: &mut Desk) -> State {
        let change = lines(&case).into_iter().nth(usize::from(n)).map(|line| line.1);
        case.changing = true;
        match change {
            Some(Change::Person) => {
                let service = case.service;
                drop(case);
                desk.wipe();
                Identify::enter(service, desk)
            }
            Some(Change::Relation) => show(Question::new(Topic::Relation), case, desk),
            Some(Change::To(stop)) => route::open(stop, case, desk),
            None => {
                case.changing = false;
                stay(self, case)
            }
        }
    }

    fn submit(self, case: Box<Case>, desk: &mut Desk) -> State {
        if !complete(&case, desk) {
            desk.say(Prompt::PromiseFirst);
            return stay(self, case);
        }
        submit::submit(Order::File, case, desk)
    }
}

/// Accepts the commitment with its exact text, or takes it back.
fn promise(case: &mut Case, desk: &mut Desk) {
    let accepted = promised(case, desk);
    case.draft.promise = promise_text(case, desk).filter(|_| !accepted).map(|text| Commitment {
        version: case.policy.commitment.version.clone(),
        text,
        accepted: desk.now.wall,
    });
}

/// 承诺书 in the resident's language; `None` where the category needs none.
fn promise_text(case: &Case, desk: &Desk) -> Option<String> {
    let text = &case.policy.commitment;
    case.rule().filter(|rule| rule.commitment.value).map(|_| in_language(desk, &text.zh, &text.en).clone())
}

/// What was accepted must be what stands on the screen, word for word.
fn promised(case: &Case, desk: &Desk) -> bool {
    let text = promise_text(case, desk);
    text.is_some() && case.draft.promise.as_ref().map(|promise| &promise.text) == text.as_ref()
}

/// Whether it may be submitted.
pub(super) fn complete(case: &Case, desk: &Desk) -> bool {
    route::all_done(case, desk) && (promise_text(case, desk).is_none() || promised(case, desk))
}

fn lines(case: &Case) -> Vec<(ReviewLine, Change)> {
    let draft = &case.draft;
    let who = ReviewLine::Who(case.subject.name.masked(), case.subject.certificate.masked());
    let mut lines = vec![(who, Change::Person)];
    if let Some(relation) = case.helper.and_then(|helper| helper.relation) {
        lines.push((ReviewLine::Helper(case.visitor.masked_name(), relation), Change::Relation));
    }
    if let Some(insured) = draft.insured.as_ref().filter(|_| case.subject.insured.len() > 1) {
        let line = ReviewLine::Insurance(insured.insurance, insured.area_name.clone());
        lines.push((line, Change::To(Stop::Insurance)));
    }
    let mut add = |line: Option<ReviewLine>, stop| lines.extend(line.map(|line| (line, Change::To(stop))));
    add(draft.reason.map(|reason| ReviewLine::Why(reason, reason.category())), Stop::Why);
    let referral = draft.referral.as_ref();
    add(referral.map(|r| ReviewLine::Referral(r.number.clone(), r.hospital.clone())), Stop::Referral);
    add(draft.destination.as_ref().map(|spot| ReviewLine::Where(spot.name.clone())), Stop::Where);
    let asks_address = case.rule().is_some_and(|rule| rule.address.value);
    let address = draft.address.as_ref().filter(|_| asks_address);
    add(address.map(|address| ReviewLine::Address(address.to_string())), Stop::Address);
    add(case.period().map(ReviewLine::When), Stop::When);
    add(draft.phone.as_ref().map(PhoneNumber::masked).map(ReviewLine::Phone), Stop::Phone);
    lines
}

/// From → to as one sentence.
pub(super) fn route_of(case: &Case) -> Option<Route> {
    Some(Route {
        from: case.insured()?.area_name.clone(),
        to: case.draft.destination.as_ref()?.name.clone(),
        period: case.period()?,
    })
}

/// The review as it is shown, also while the request is on its way.
pub(super) fn screen(case: &Case, sending: Option<Sending>, failed: bool, desk: &Desk) -> Option<Screen> {
    Some(Screen::Review(session::Review {
        step: Stop::Review.step(),
        lines: lines(case).into_iter().map(|line| line.0).collect(),
        route: route_of(case)?,
        notice: told::notice(case, desk),
        promise: promise_text(case, desk),
        promised: promised(case, desk),
        complete: complete(case, desk),
        sending,
        failed,
    }))
}

impl Step for Review {
    fn on(self, event: Event, mut case: Box<Case>, desk: &mut Desk) -> State {
        let Event::Press(press) = event else { return stay(self, case) };
        // What may be on disk already is not changed any more; it can only be tried again.
        let frozen = case.outgoing.is_some();
        match press {
            Press::SubmitFiling => return self.submit(case, desk),
            _ if frozen => {}
            Press::Promise => promise(&mut case, desk),
            Press::Change(n) => return self.change(n, case, desk),
            Press::TakeAlong => return Carrying::enter(case, desk),
            Press::Back => return route::back(Stop::Review, case, desk),
            _ => {}
        }
        stay(self, case)
    }

    fn screen(&self, case: &Case, desk: &Desk) -> Screen {
        // Every stop before has its answer, so there is a route to show.
        screen(case, None, self.failed, desk).unwrap_or(Screen::Waiting { service: case.service, seconds: 0 })
    }

    fn prompt(&self, case: &Case, _: &Desk) -> Prompt {
        if self.failed { Prompt::FilingNotKept } else { Prompt::Review(told::category(case)) }
    }

    fn can_go_back(&self, case: &Case) -> bool {
        case.outgoing.is_none()
    }
}
