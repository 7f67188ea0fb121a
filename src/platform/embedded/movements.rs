//! Account movements of synthetic people: planned relative to today, so that they are always recent.

use jiff::ToSpan;
use jiff::civil::Date;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

use super::names::{HOSPITALS, PHARMACIES};
use super::population::pick;
use crate::domain::{Fen, Movement};

/// A movement without its date.
#[derive(Debug, Clone)]
pub(super) struct Planned {
    when: When,
    what: &'static str,
    place: &'static str,
    amount: Fen,
}

#[derive(Debug, Clone, Copy)]
enum When {
    DaysAgo(i64),
    /// The latest such day of the month up to today, and whole months before that.
    MonthDay {
        day: i8,
        months_before: i64,
    },
}

const PAID_IN: &str = "单位缴费划入";

/// What the designs show for the first person, and enough before it to turn a page.
pub(super) fn plan_of_the_first() -> Vec<Planned> {
    let monthly = |months_before| (When::MonthDay { day: 5, months_before }, PAID_IN, "", 21_530);
    let rows = [
        (When::DaysAgo(3), "门诊看病", HOSPITALS[0], -8_640),
        monthly(0),
        (When::MonthDay { day: 27, months_before: 0 }, "买药", PHARMACIES[0], -4_200),
        monthly(1),
        (When::MonthDay { day: 12, months_before: 2 }, "门诊看病", HOSPITALS[3], -15_725),
        monthly(2),
        (When::MonthDay { day: 20, months_before: 3 }, "买药", PHARMACIES[1], -6_380),
        monthly(3),
        (When::MonthDay { day: 16, months_before: 4 }, "门诊看病", HOSPITALS[2], -23_150),
        monthly(4),
        (When::MonthDay { day: 9, months_before: 5 }, "买药", PHARMACIES[2], -3_990),
        monthly(5),
    ];
    rows.into_iter().map(|(when, what, place, fen)| Planned { when, what, place, amount: Fen(fen) }).collect()
}

/// Goes back from today's balance; the account is never overdrawn on the way.
pub(super) fn plan(balance: Fen, rng: &mut ChaCha8Rng) -> Vec<Planned> {
    let count = rng.random_range(6..=30);
    let (mut after, mut days_ago) = (balance.0, 0);
    let mut planned = Vec::with_capacity(count);
    for _ in 0..count {
        days_ago += rng.random_range(1..=19);
        let paid_in = rng.random_range(8_000..40_000).min(after);
        let (what, place, amount) = if paid_in > 0 && rng.random_bool(0.5) {
            (PAID_IN, "", paid_in)
        } else if rng.random_bool(0.5) {
            ("买药", *pick(PHARMACIES, rng), -rng.random_range(800..20_000))
        } else {
            ("门诊看病", *pick(HOSPITALS, rng), -rng.random_range(1_500..60_000))
        };
        after -= amount;
        planned.push(Planned { when: When::DaysAgo(days_ago), what, place, amount: Fen(amount) });
    }
    planned
}

/// The movements as of a day, latest first.
pub(super) fn play(planned: &[Planned], today: Date) -> Vec<Movement> {
    let mut movements: Vec<_> = planned
        .iter()
        .map(|p| Movement { on: p.when.day(today), what: p.what.into(), place: p.place.into(), amount: p.amount })
        .collect();
    movements.sort_by_key(|m| std::cmp::Reverse(m.on));
    movements
}

impl When {
    fn day(self, today: Date) -> Date {
        match self {
            Self::DaysAgo(days) => today.saturating_sub(days.days()),
            Self::MonthDay { day, months_before } => {
                let late = i64::from(today.day() < day);
                let month = today.first_of_month().saturating_sub((months_before + late).months());
                month.saturating_add(i64::from(day - 1).days())
            }
        }
    }
}
