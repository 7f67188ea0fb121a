//! From the press that submits to the answer: one calm question where it is due, the disk, the platform.
//!
//! The request has its number before it is first handed over. One that may be on disk already is handed over again
//! as it is, never made anew, so that a filing cannot be filed twice.

use jiff::civil::Date;

use super::case::Case;
use super::filed::Filed;
use super::question::{Question, Topic};
use super::review::{self, Review};
use super::{Step, show, stay};
use crate::domain::filing::{
    Agent, Category, CategoryGroup, FilingAction, FilingOutcome, FilingRequest, Grounds, NewFiling, PhoneNumber,
};
use crate::domain::{AreaCode, Credential, Entry, ProjectNumber};
use crate::session::desk::Desk;
use crate::session::states::State;
use crate::session::{self, Dwelling, Event, FiledWhat, Prompt, Screen, Ticket, Tone};

/// What is about to be submitted.
#[derive(Debug, Clone)]
pub(super) enum Order {
    /// The draft as a new filing.
    File,
    Cancel {
        serial: String,
        place: AreaCode,
        group: CategoryGroup,
    },
    Extend {
        serial: String,
        place: AreaCode,
        until: Date,
    },
}

/// A request handed over to the disk.
#[derive(Debug)]
pub(super) struct Outgoing {
    number: ProjectNumber,
    order: Order,
    entry: Entry,
    /// Every ticket it was handed over with that was not refused: any of them may still be answered.
    tickets: Vec<Ticket>,
}

/// On its way to the disk, then to the platform.
#[derive(Debug)]
pub(super) struct Sending {
    since_ms: u64,
    phase: session::Sending,
}

/// Submits, after the one question where it is due.
pub(super) fn submit(order: Order, mut case: Box<Case>, desk: &mut Desk) -> State {
    if case.outgoing.is_none() && case.guard_due(desk.now.wall.date()) {
        return show(Question::new(Topic::Scam(order)), case, desk);
    }
    let outgoing = match case.outgoing.take() {
        Some(outgoing) => Some(outgoing),
        None => first_time(order, &mut case, desk),
    };
    let Some(mut outgoing) = outgoing else { return show(Review::default(), case, desk) };
    outgoing.tickets.push(desk.store(outgoing.entry.clone()));
    case.outgoing = Some(outgoing);
    show(Sending { since_ms: desk.now.tick_ms, phase: session::Sending::Keeping }, case, desk)
}

fn first_time(order: Order, case: &mut Case, desk: &mut Desk) -> Option<Outgoing> {
    let number = case.number.get_or_insert_with(|| desk.new_project()).clone();
    let entry = Entry::Filing(Box::new(request(&order, number.clone(), case, desk)?));
    Some(Outgoing { number, order, entry, tickets: Vec::new() })
}

/// The request as the platform will receive it; `None` while something is missing.
pub(super) fn request(order: &Order, number: ProjectNumber, case: &Case, desk: &Desk) -> Option<FilingRequest> {
    let insured = case.insured()?;
    let key = case.subject.key();
    Some(FilingRequest {
        number,
        person_number: key.person_number.clone(),
        name: case.subject.name.clone(),
        certificate: case.subject.certificate.clone(),
        insurance: insured.insurance,
        insured_area: insured.area.clone(),
        action: match order {
            Order::File => FilingAction::File(Box::new(new_filing(case)?)),
            Order::Cancel { serial, .. } => FilingAction::Cancel { serial: serial.clone() },
            Order::Extend { serial, until, .. } => FilingAction::Extend { serial: serial.clone(), until: *until },
        },
        agent: agent(case),
        at: desk.now.wall,
    })
}

fn new_filing(case: &Case) -> Option<NewFiling> {
    let draft = &case.draft;
    let (reason, category, rule) = (draft.reason?, case.category()?, case.rule()?);
    let grounds = match (&draft.referral, &draft.promise) {
        (Some(referral), _) if rule.referral.value => Grounds::Referral(referral.clone()),
        (_, Some(promise)) if rule.commitment.value => Grounds::Commitment(promise.clone()),
        _ => Grounds::Nothing,
    };
    Some(NewFiling {
        reason,
        category,
        destination: draft.destination.as_ref()?.code.clone(),
        period: case.period()?,
        phone: draft.phone.clone()?,
        address: address(case).filter(|_| rule.address.value),
        grounds,
        replaces: draft.replaces.clone(),
    })
}

/// Place, what was written, and the kind of dwelling in the words of the policy.
fn address(case: &Case) -> Option<String> {
    let words = &case.policy.dwelling;
    let dwelling = match case.draft.dwelling? {
        Dwelling::Children => &words.children,
        Dwelling::Own => &words.own,
        Dwelling::Employer => &words.employer,
        Dwelling::CareHome => &words.care_home,
    };
    let (place, written) = (&case.draft.destination.as_ref()?.name, case.draft.address.as_ref()?);
    Some(format!("{place}{}（{}）", &**written, dwelling.zh))
}

fn agent(case: &Case) -> Option<Agent> {
    let relation = case.helper?.relation?;
    let (name, certificate) = match (&case.visitor.credential, &case.visitor.record) {
        (Credential::IdCard { name, number }, _) => (name.clone(), number.clone()),
        (Credential::EVoucher(_), record) => {
            let record = record.as_ref()?;
            (record.name.clone(), record.number.clone())
        }
    };
    let phone: Option<PhoneNumber> = None;
    Some(Agent { name, certificate, phone, relation })
}

/// Whether this ticket is of the request on its way.
pub(super) fn owns(case: &Case, ticket: Ticket) -> bool {
    case.outgoing.as_ref().is_some_and(|outgoing| outgoing.tickets.contains(&ticket))
}

/// Whether this number is that of the request on its way.
pub(super) fn names(case: &Case, number: &ProjectNumber) -> bool {
    case.outgoing.as_ref().is_some_and(|outgoing| outgoing.number == *number)
}

/// On disk: whatever the clock said, it is safe now. With the platform away there is nothing to wait for.
pub(super) fn stored(case: Box<Case>, desk: &mut Desk) -> State {
    if desk.platform_works {
        if desk.caption == Some(Prompt::FilingNotKept) {
            desk.say(Prompt::Submitting);
        }
        stay(Sending { since_ms: desk.now.tick_ms, phase: session::Sending::Asking }, case)
    } else {
        Filed::enter(case, FilingOutcome::NotYet, desk)
    }
}

/// One hand-over was refused. Whether that was the last one that could still succeed.
pub(super) fn not_stored(case: &mut Case, ticket: Ticket) -> bool {
    let Some(outgoing) = &mut case.outgoing else { return false };
    outgoing.tickets.retain(|own| *own != ticket);
    outgoing.tickets.is_empty()
}

/// It was not kept: said as it is, and it can be tried again under the same number.
pub(super) fn failed(mut case: Box<Case>, desk: &mut Desk) -> State {
    let order = case.outgoing.as_ref().map(|outgoing| outgoing.order.clone());
    // None of its tickets can succeed any more, so it is surely not on disk and may be changed again.
    case.outgoing.take_if(|outgoing| outgoing.tickets.is_empty());
    desk.tone(Tone::Attention);
    let next = match order {
        Some(order @ (Order::Cancel { .. } | Order::Extend { .. })) => {
            show(Question::new(Topic::Change(order)), case, desk)
        }
        _ => show(Review::failed(), case, desk),
    };
    desk.say(Prompt::FilingNotKept);
    next
}

/// The number and the meaning of a request that was handed over.
pub(super) fn sent(case: &Case) -> Option<(ProjectNumber, FiledWhat)> {
    let outgoing = case.outgoing.as_ref()?;
    let place = crate::journey::finding::name_of;
    let what = match &outgoing.order {
        Order::File => FiledWhat::New(review::route_of(case)?),
        Order::Cancel { place: area, .. } => FiledWhat::Cancelled(place(area)),
        Order::Extend { place: area, until, .. } => FiledWhat::Extended(place(area), *until),
    };
    Some((outgoing.number.clone(), what))
}

/// The group of a new filing, for the advice that goes with it.
pub(super) fn group(case: &Case) -> Option<CategoryGroup> {
    let outgoing = case.outgoing.as_ref()?;
    matches!(outgoing.order, Order::File).then(|| case.category().map(Category::group)).flatten()
}

impl Step for Sending {
    fn on(self, event: Event, case: Box<Case>, desk: &mut Desk) -> State {
        let waited_ms = desk.now.tick_ms.saturating_sub(self.since_ms);
        let limits = desk.config.limits;
        match (event, self.phase) {
            (Event::Tick, session::Sending::Keeping) if waited_ms >= limits.store_ms => failed(case, desk),
            (Event::Tick, session::Sending::Asking) if waited_ms >= limits.filing_ms => {
                Filed::enter(case, FilingOutcome::NotYet, desk)
            }
            _ => stay(self, case),
        }
    }

    fn screen(&self, case: &Case, desk: &Desk) -> Screen {
        let seconds = desk.now.tick_ms.saturating_sub(self.since_ms) / 1000;
        let waiting = Screen::Waiting { service: case.service, seconds };
        match case.outgoing.as_ref().map(|outgoing| &outgoing.order) {
            Some(Order::File) => review::screen(case, Some(self.phase), false, desk).unwrap_or(waiting),
            _ => waiting,
        }
    }

    fn prompt(&self, _: &Case, _: &Desk) -> Prompt {
        Prompt::Submitting
    }

    fn can_go_back(&self, _: &Case) -> bool {
        false
    }
}
