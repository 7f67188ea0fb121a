//! The days of a filing: last day, first days on offer, steps of a stepper, and from when it may be changed.
//!
//! Pure arithmetic of the calendar; how many months or days it is comes from the policy.

use std::ops::RangeInclusive;

use jiff::{Span, ToSpan, civil::Date};

/// The last day of a filing that begins on `begin` and holds `months` months, both days included.
///
/// It is the day before the same day of the month so many months on; where that month has no such day, its last day
/// (as article 202 of the Civil Code counts months).
pub fn last_day(begin: Date, months: u8) -> Date {
    let same_day = add(begin, Span::new().months(i64::from(months)));
    if same_day.day() == begin.day() { add(same_day, -1.day()) } else { same_day }
}

/// The new last day when a filing that ends on `end` is extended by `months` months.
pub fn extended_until(end: Date, months: u8) -> Date {
    last_day(add(end, 1.day()), months)
}

/// First days on offer: so many days back and ahead of today.
pub fn first_days(today: Date, days_back: u16, days_ahead: u16) -> RangeInclusive<Date> {
    add(today, -i64::from(days_back).days())..=add(today, i64::from(days_ahead).days())
}

/// A first day moved by years, months or days, and held within what is on offer. A 31st becomes the last day of a shorter month.
pub fn stepped(begin: Date, by: Span, offered: &RangeInclusive<Date>) -> Date {
    add(begin, by).clamp(*offered.start(), *offered.end())
}

/// From which day on a filing made on `filed` may be changed or cancelled.
pub fn changeable_from(filed: Date, months: u8) -> Date {
    add(filed, Span::new().months(i64::from(months)))
}

/// Saturates at the ends of the calendar, which no filing comes near.
fn add(date: Date, span: Span) -> Date {
    date.saturating_add(span)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn last_days_follow_the_calendar() {
        let check = |begin: Date, months: u8, expected: Date| assert_eq!(last_day(begin, months), expected, "{begin}");
        check(date(2026, 11, 21), 6, date(2027, 5, 20));
        check(date(2026, 1, 1), 12, date(2026, 12, 31));
        check(date(2026, 7, 1), 6, date(2026, 12, 31));
        check(date(2026, 8, 31), 6, date(2027, 2, 28));
        check(date(2027, 8, 31), 6, date(2028, 2, 29));
        check(date(2027, 8, 29), 6, date(2028, 2, 28));
        check(date(2028, 2, 29), 12, date(2029, 2, 28));
        check(date(2028, 2, 29), 48, date(2032, 2, 28));
        check(date(2026, 12, 31), 6, date(2027, 6, 30));
        check(date(2027, 3, 1), 6, date(2027, 8, 31));
    }

    #[test]
    fn an_extension_begins_where_the_old_one_ends() {
        let check = |end: Date, months: u8, expected: Date| assert_eq!(extended_until(end, months), expected, "{end}");
        check(date(2027, 5, 20), 6, date(2027, 11, 20));
        check(date(2026, 12, 31), 6, date(2027, 6, 30));
        check(date(2028, 2, 29), 6, date(2028, 8, 31));
        check(date(2028, 2, 28), 12, date(2029, 2, 28));
        check(date(2027, 2, 28), 12, date(2028, 2, 29));
        check(date(2027, 8, 30), 6, date(2028, 2, 29));
        check(date(2026, 8, 30), 6, date(2027, 2, 28));
        check(date(2027, 12, 31), 2, date(2028, 2, 29));
    }

    #[test]
    fn the_shortest_time_before_a_change_follows_the_calendar() {
        let check = |filed: Date, months: u8, expected: Date| assert_eq!(changeable_from(filed, months), expected);
        check(date(2027, 8, 31), 6, date(2028, 2, 29));
        check(date(2026, 8, 31), 6, date(2027, 2, 28));
        check(date(2028, 2, 29), 12, date(2029, 2, 28));
        check(date(2026, 10, 31), 3, date(2027, 1, 31));
        check(date(2026, 12, 31), 6, date(2027, 6, 30));
    }

    #[test]
    fn steps_stay_within_what_is_offered() {
        let offered = date(2026, 1, 31)..=date(2028, 12, 31);
        let check =
            |begin: Date, by: Span, expected: Date| assert_eq!(stepped(begin, by, &offered), expected, "{begin}");
        check(date(2026, 1, 31), 1.month(), date(2026, 2, 28));
        check(date(2028, 1, 31), 1.month(), date(2028, 2, 29));
        check(date(2028, 2, 29), 1.year(), date(2028, 12, 31));
        check(date(2026, 12, 31), 1.day(), date(2027, 1, 1));
        check(date(2026, 2, 5), -1.month(), date(2026, 1, 31));
    }

    fn any_day() -> impl Strategy<Value = Date> {
        (0i64..36_500).prop_map(|days| date(2000, 1, 1).saturating_add(days.days()))
    }

    proptest! {
        /// Between two firsts of a month lie whole months; the last day is the same distance from any begin within a day or so.
        #[test]
        fn a_filing_of_so_many_months_lasts_so_many_months(begin in any_day(), months in 1u8..=60) {
            let last = last_day(begin, months);
            let month_of = |day: Date| i32::from(day.year()) * 12 + i32::from(day.month());
            prop_assert!(begin <= last);
            let after = last.saturating_add(1.day());
            let full = month_of(after) - month_of(begin);
            // The day after the last is the same day of the month, or the first where the month is too short for it.
            if after.day() == begin.day() {
                prop_assert_eq!(full, i32::from(months));
            } else {
                prop_assert_eq!((after.day(), full), (1, i32::from(months) + 1));
                prop_assert!(begin.day() > last.day());
            }
        }

        #[test]
        fn a_later_begin_never_ends_earlier(begin in any_day(), months in 1u8..=60) {
            prop_assert!(last_day(begin, months) <= last_day(begin.saturating_add(1.day()), months));
        }

        #[test]
        fn more_months_end_later(begin in any_day(), months in 1u8..60) {
            prop_assert!(last_day(begin, months) < last_day(begin, months + 1));
        }

        #[test]
        fn an_extension_leaves_no_gap(begin in any_day(), months in 1u8..=24) {
            let end = last_day(begin, months);
            prop_assert!(extended_until(end, months) > end);
            prop_assert_eq!(extended_until(end, 12) , last_day(end.saturating_add(1.day()), 12));
        }

        /// Extending twice comes to the same as filing for longer, but for the ends of short months.
        #[test]
        fn extensions_add_up(begin in any_day(), first in 1u8..=12, second in 1u8..=12) {
            let twice = extended_until(last_day(begin, first), second);
            let once = last_day(begin, first + second);
            let apart = twice.since(once).map(|span| span.get_days().abs());
            prop_assert!(apart.is_ok_and(|days| days <= 3), "{twice} and {once}");
        }

        #[test]
        fn first_days_hold_today_and_every_step_stays_inside(
            today in any_day(), back in 0u16..400, ahead in 0u16..400, unit in 0usize..3, up in any::<bool>(), steps in 0usize..40,
        ) {
            let offered = first_days(today, back, ahead);
            prop_assert!(offered.contains(&today));
            let sign = if up { 1i64 } else { -1 };
            let by = [sign.years(), sign.months(), sign.days()][unit];
            let mut begin = today;
            for _ in 0..steps {
                let next = stepped(begin, by, &offered);
                prop_assert!(offered.contains(&next));
                let onward = if up { next >= begin } else { next <= begin };
                prop_assert!(onward);
                begin = next;
            }
        }

        #[test]
        fn a_filing_may_be_changed_after_its_time(filed in any_day(), months in 0u8..=24) {
            let from = changeable_from(filed, months);
            prop_assert!(from >= filed);
            prop_assert_eq!(from == filed, months == 0);
            prop_assert!(from.day() <= filed.day());
        }
    }
}
