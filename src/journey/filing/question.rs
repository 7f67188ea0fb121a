//! The questions of a filing, one a screen, each answered by one press.

use super::case::Case;
use super::digits::Keys;
use super::record::Listing;
use super::route::{self, Stop};
use super::submit::{self, Order};
use super::told::{Telling, Tidings};
use super::writing::Write;
use super::{Relative, Step, in_language, show, stay};
use crate::domain::filing::{Relation, TravelReason};
use crate::journey::finding::name_of;
use crate::session::desk::Desk;
use crate::session::states::State;
use crate::session::{
    Ask, AskOption, DigitsField, Dwelling, Effect, Event, Inquiry, Press, Prompt, Screen, WritingField,
};

/// What is asked.
#[derive(Debug, Clone)]
pub(super) enum Topic {
    Relation,
    Insurance,
    Why,
    HaveReferral,
    Dwelling,
    Conflict,
    /// Cancel it, extend it?
    Change(Order),
    /// 有人在电话里教您这样办吗？ before this is submitted.
    Scam(Order),
}

/// One question.
#[derive(Debug)]
pub(super) struct Question {
    topic: Topic,
}

impl Question {
    pub fn new(topic: Topic) -> Self {
        Self { topic }
    }

    fn options(&self, case: &Case) -> Vec<AskOption> {
        match self.topic {
            Topic::Relation => Relation::ALL.map(AskOption::Relation).to_vec(),
            Topic::Insurance => {
                let insured = case.subject.insured.iter();
                insured.map(|one| AskOption::Insurance(one.insurance, one.area_name.clone())).collect()
            }
            Topic::Why => TravelReason::ALL.map(AskOption::Reason).to_vec(),
            Topic::HaveReferral => vec![AskOption::HaveIt, AskOption::HaveItNot],
            Topic::Dwelling => Dwelling::ALL.map(AskOption::Dwelling).to_vec(),
            Topic::Conflict | Topic::Change(_) => vec![AskOption::Yes, AskOption::No],
            Topic::Scam(_) => vec![AskOption::SomebodyTellsMe, AskOption::NobodyTellsMe],
        }
    }

    fn inquiry(&self, case: &Case, desk: &Desk) -> Inquiry {
        match &self.topic {
            Topic::Relation => Inquiry::WhichRelation,
            Topic::Insurance => Inquiry::WhichInsurance,
            Topic::Why => Inquiry::WhyAway,
            Topic::HaveReferral => Inquiry::HaveReferral,
            Topic::Dwelling => Inquiry::WhichDwelling,
            Topic::Conflict => Inquiry::Conflict {
                from: case.conflicts().first().map(|filed| name_of(&filed.destination)).unwrap_or_default(),
                to: case.draft.destination.as_ref().map(|spot| spot.name.clone()).unwrap_or_default(),
            },
            Topic::Change(Order::Extend { place, until, .. }) => {
                Inquiry::ExtendIt { place: name_of(place), until: *until }
            }
            Topic::Change(Order::Cancel { place, group, .. }) => {
                let note = case.policy.cancel_note(*group);
                let note = in_language(desk, &note.zh, &note.en).clone();
                Inquiry::CancelIt { place: name_of(place), note: Some(note) }
            }
            Topic::Change(Order::File) | Topic::Scam(_) => Inquiry::Scam,
        }
    }

    fn chosen(&self, case: &Case) -> Option<u8> {
        let draft = &case.draft;
        let place = match self.topic {
            Topic::Relation => Relation::ALL.iter().position(|one| Some(*one) == case.helper.and_then(|h| h.relation)),
            Topic::Insurance => case.subject.insured.iter().position(|one| Some(one) == draft.insured.as_ref()),
            Topic::Why => TravelReason::ALL.iter().position(|one| Some(*one) == draft.reason),
            Topic::Dwelling => Dwelling::ALL.iter().position(|one| Some(*one) == draft.dwelling),
            _ => None,
        };
        place.and_then(|place| u8::try_from(place).ok())
    }

    fn stop(&self) -> Option<Stop> {
        match self.topic {
            Topic::Insurance => Some(Stop::Insurance),
            Topic::Why => Some(Stop::Why),
            Topic::HaveReferral => Some(Stop::Referral),
            Topic::Dwelling => Some(Stop::Address),
            Topic::Conflict => Some(Stop::Conflict),
            Topic::Relation | Topic::Change(_) | Topic::Scam(_) => None,
        }
    }

    fn answer(self, option: &AskOption, n: usize, mut case: Box<Case>, desk: &mut Desk) -> State {
        match (self.topic, option) {
            (Topic::Relation, AskOption::Relation(relation)) => related(*relation, case, desk),
            (Topic::Insurance, _) => {
                case.draft.insured = case.subject.insured.get(n).cloned();
                route::forward(Stop::Insurance, case, desk)
            }
            (Topic::Why, AskOption::Reason(reason)) => because(*reason, case, desk),
            (Topic::HaveReferral, AskOption::HaveIt) => show(Keys::new(DigitsField::ReferralNumber, &case), case, desk),
            (Topic::HaveReferral, _) => {
                let telling = Telling::bring(&case, desk);
                show(telling, case, desk)
            }
            (Topic::Dwelling, AskOption::Dwelling(dwelling)) => {
                case.draft.dwelling = Some(*dwelling);
                show(Write::new(WritingField::Address, &case, desk), case, desk)
            }
            (Topic::Conflict, AskOption::Yes) => {
                case.draft.replaces = case.conflicts().first().map(|filed| filed.serial.clone());
                route::forward(Stop::Conflict, case, desk)
            }
            (Topic::Conflict | Topic::Change(_), AskOption::No) => Listing::enter(case, desk),
            (Topic::Change(order), AskOption::Yes) => submit::submit(order, case, desk),
            (Topic::Scam(_), AskOption::SomebodyTellsMe) => {
                desk.effect(Effect::CallStaff);
                show(Telling::new(Tidings::TalkToStaff), case, desk)
            }
            (Topic::Scam(order), AskOption::NobodyTellsMe) => {
                case.guarded = true;
                submit::submit(order, case, desk)
            }
            (topic, _) => stay(Self { topic }, case),
        }
    }

    fn back(self, case: Box<Case>, desk: &mut Desk) -> State {
        match (self.stop(), self.topic) {
            (Some(stop), _) => route::back(stop, case, desk),
            (None, Topic::Relation) if case.changing => route::open(Stop::Review, case, desk),
            (None, Topic::Relation) => Relative::enter(case.visitor, desk),
            (None, Topic::Scam(Order::File)) => route::open(Stop::Review, case, desk),
            (None, _) => Listing::enter(case, desk),
        }
    }
}

fn related(relation: Relation, mut case: Box<Case>, desk: &mut Desk) -> State {
    if let Some(helper) = &mut case.helper {
        helper.relation = Some(relation);
    }
    if case.changing { route::forward(Stop::Review, case, desk) } else { Listing::enter(case, desk) }
}

fn because(reason: TravelReason, mut case: Box<Case>, desk: &mut Desk) -> State {
    if case.category() != Some(reason.category()) {
        case.draft.referral = None;
        case.draft.promise = None;
    }
    case.draft.reason = Some(reason);
    if reason == TravelReason::Emergency {
        return show(Telling::new(Tidings::EmergencyIsFiled), case, desk);
    }
    route::forward(Stop::Why, case, desk)
}

impl Step for Question {
    fn on(self, event: Event, case: Box<Case>, desk: &mut Desk) -> State {
        // What may be on disk already is tried again or left, not turned into something else.
        let frozen = case.outgoing.is_some();
        match event {
            Event::Press(Press::Pick(n)) => match self.options(&case).get(usize::from(n)) {
                Some(AskOption::No) if frozen => stay(self, case),
                Some(option) => self.answer(option, usize::from(n), case, desk),
                None => stay(self, case),
            },
            Event::Press(Press::Back) if !frozen => self.back(case, desk),
            _ => stay(self, case),
        }
    }

    fn screen(&self, case: &Case, desk: &Desk) -> Screen {
        Screen::Ask(Ask {
            step: self.stop().and_then(Stop::step),
            inquiry: self.inquiry(case, desk),
            options: self.options(case),
            chosen: self.chosen(case),
        })
    }

    fn prompt(&self, _: &Case, _: &Desk) -> Prompt {
        match self.topic {
            Topic::Relation => Prompt::WhichRelation,
            Topic::Insurance => Prompt::WhichInsurance,
            Topic::Why => Prompt::WhyAway,
            Topic::HaveReferral => Prompt::HaveReferral,
            Topic::Dwelling => Prompt::WhichDwelling,
            Topic::Conflict => Prompt::Conflict,
            Topic::Change(Order::Extend { .. }) => Prompt::ExtendIt,
            Topic::Change(Order::Cancel { group, .. }) => Prompt::CancelIt(group),
            Topic::Change(Order::File) | Topic::Scam(_) => Prompt::Scam,
        }
    }

    fn can_go_back(&self, case: &Case) -> bool {
        case.outgoing.is_none()
    }
}
