//! From when, and for how long: large steppers, no calendar.

use jiff::ToSpan;
use jiff::civil::Date;

use super::case::{Case, Dated};
use super::route::{self, Stop};
use super::{Step, stay};
use crate::domain::filing::{CategoryRule, calendar};
use crate::session::desk::Desk;
use crate::session::states::State;
use crate::session::{Dates, Event, Length, Press, Prompt, Screen, Stepper};

/// The dates as they stand.
#[derive(Debug)]
pub(super) struct When {
    dated: Dated,
}

impl When {
    /// What was chosen before where it still fits, else today and the months of the policy.
    pub fn new(case: &Case, desk: &Desk) -> Self {
        let today = desk.now.wall.date();
        let fresh =
            Dated { begin: today, months: case.rule().and_then(CategoryRule::months).map(|months| months.default) };
        let dated = case.draft.dated.filter(|_| Self::fits(case, today)).unwrap_or(fresh);
        Self { dated }
    }

    /// Whether dates were chosen and the policy allows them today.
    pub fn fits(case: &Case, today: Date) -> bool {
        let (Some(dated), Some(rule)) = (case.draft.dated, case.rule()) else { return false };
        let months_fit = match (dated.months, rule.months()) {
            (None, None) => true,
            (Some(chosen), Some(months)) => (months.min..=months.max).contains(&chosen),
            _ => false,
        };
        months_fit && offered(rule, today).contains(&dated.begin)
    }

    fn stepped(&self, stepper: Stepper, up: bool, rule: &CategoryRule, today: Date) -> Dated {
        let one = if up { 1i64 } else { -1 };
        let by = match stepper {
            Stepper::Year => one.years(),
            Stepper::Month => one.months(),
            Stepper::Day => one.days(),
            Stepper::Months => return Dated { months: self.stepped_months(up, rule), ..self.dated },
        };
        Dated { begin: calendar::stepped(self.dated.begin, by, &offered(rule, today)), ..self.dated }
    }

    fn stepped_months(&self, up: bool, rule: &CategoryRule) -> Option<u8> {
        let (now, months) = (self.dated.months?, rule.months()?);
        let next = if up { now.saturating_add(1) } else { now.saturating_sub(1) };
        Some(next.clamp(months.min, months.max))
    }

    fn keep(self, mut case: Box<Case>, desk: &mut Desk) -> State {
        let draft = &mut case.draft;
        if draft.dated != Some(self.dated) {
            draft.replaces = None;
            draft.promise = None;
        }
        draft.dated = Some(self.dated);
        route::forward(Stop::When, case, desk)
    }
}

fn offered(rule: &CategoryRule, today: Date) -> std::ops::RangeInclusive<Date> {
    calendar::first_days(today, rule.first_day_back_days.value, rule.first_day_ahead_days.value)
}

impl Step for When {
    fn on(mut self, event: Event, case: Box<Case>, desk: &mut Desk) -> State {
        match event {
            Event::Press(Press::Step(stepper, up)) => {
                if let Some(rule) = case.rule() {
                    self.dated = self.stepped(stepper, up, rule, desk.now.wall.date());
                }
                stay(self, case)
            }
            Event::Press(Press::Next) => self.keep(case, desk),
            Event::Press(Press::Back) => route::back(Stop::When, case, desk),
            _ => stay(self, case),
        }
    }

    fn screen(&self, case: &Case, desk: &Desk) -> Screen {
        let today = desk.now.wall.date();
        let moves = |stepper, up| case.rule().is_some_and(|rule| self.stepped(stepper, up, rule, today) != self.dated);
        let mut steppers = vec![Stepper::Year, Stepper::Month, Stepper::Day];
        steppers.extend(self.dated.months.map(|_| Stepper::Months));
        Screen::Dates(Dates {
            step: Stop::When.step(),
            begin: self.dated.begin,
            length: match (self.dated.months, self.dated.period().end) {
                (Some(months), Some(last)) => Length::Months(months, last),
                _ => Length::OpenEnded,
            },
            steppers: steppers.into_iter().map(|one| (one, moves(one, false), moves(one, true))).collect(),
            today: self.dated.begin == today,
        })
    }

    fn prompt(&self, _: &Case, _: &Desk) -> Prompt {
        if self.dated.months.is_some() { Prompt::FromWhenAndHowLong } else { Prompt::FromWhen }
    }
}
