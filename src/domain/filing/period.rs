//! From when to when a filing holds.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Days of a filing, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// First day.
    pub begin: Date,
    /// Last day; `None` for 长期有效, which holds until it is changed or cancelled.
    pub end: Option<Date>,
}

impl Period {
    /// Whether both share a day.
    pub fn overlaps(&self, other: &Self) -> bool {
        let before = |a: &Self, b: &Self| a.end.is_none_or(|end| b.begin <= end);
        before(self, other) && before(other, self)
    }

    /// Whether this day lies in it.
    pub fn holds_on(&self, day: Date) -> bool {
        self.begin <= day && self.end.is_none_or(|end| day <= end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn periods_overlap_when_they_share_a_day() {
        let period = |begin, end| Period { begin, end };
        let check = |a: Period, b: Period, expected| {
            assert_eq!((a.overlaps(&b), b.overlaps(&a)), (expected, expected), "{a:?} {b:?}");
        };
        let (first, last) = (date(2026, 1, 1), date(2026, 6, 30));
        check(period(first, Some(last)), period(last, None), true);
        check(period(first, Some(last)), period(date(2026, 7, 1), None), false);
        check(period(first, None), period(date(2030, 1, 1), Some(date(2030, 1, 1))), true);
        assert!(period(first, Some(last)).holds_on(last) && !period(first, Some(last)).holds_on(date(2026, 7, 1)));
    }

    fn any_period() -> impl Strategy<Value = Period> {
        let days = |from: Date, count: i64| from.saturating_add(count.days());
        (0i64..60, prop::option::of(0i64..60)).prop_map(move |(begin, length)| {
            let begin = days(date(2028, 2, 1), begin);
            Period { begin, end: length.map(|length| days(begin, length)) }
        })
    }

    proptest! {
        #[test]
        fn two_periods_overlap_where_a_day_lies_in_both(a in any_period(), b in any_period()) {
            let shared = (0i64..200).map(|day| date(2028, 1, 15).saturating_add(day.days()));
            let shared = shared.into_iter().any(|day| a.holds_on(day) && b.holds_on(day));
            prop_assert_eq!((a.overlaps(&b), b.overlaps(&a)), (shared, shared));
        }

        #[test]
        fn a_period_holds_from_its_first_to_its_last_day(period in any_period()) {
            prop_assert!(period.holds_on(period.begin) && !period.holds_on(period.begin.saturating_add(-1.days())));
            if let Some(end) = period.end {
                prop_assert!(period.holds_on(end) && !period.holds_on(end.saturating_add(1.days())));
            }
        }
    }
}
