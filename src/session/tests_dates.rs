//! The policy's rules about days, on any day of a leap cycle: first and last days, extensions, and from when a filing may
//! be changed. Only what residents can press leads there.

use jiff::civil::{Date, date};
use jiff::{Span, ToSpan};
use proptest::prelude::*;

use super::tests::*;
use super::tests_filing::*;
use super::*;
use crate::domain::filing::*;
use crate::domain::*;

const STEPPERS: [Stepper; 4] = [Stepper::Year, Stepper::Month, Stepper::Day, Stepper::Months];

/// Two leap days, and every month's end around them.
fn any_day() -> impl Strategy<Value = Date> {
    let anywhere = (0i64..2_200).prop_map(|days| date(2026, 11, 1).saturating_add(days.days()));
    let turns = (0i64..72, -2i64..3).prop_map(|(months, days)| {
        date(2026, 12, 1).saturating_add(Span::new().months(months)).saturating_add(days.days())
    });
    prop_oneof![anywhere, turns]
}

/// A kiosk on this day.
fn bench_on(day: Date) -> Bench {
    let mut bench = Bench::new();
    bench.wall = day.at(9, 12, 0, 0);
    bench
}

fn rule(category: Category) -> CategoryRule {
    FilingPolicy::national().unwrap().rule(category).unwrap().clone()
}

/// What is filed after these presses on the dates.
fn filed_after(day: Date, reason: TravelReason, presses: &[(usize, bool)]) -> Period {
    let mut bench = bench_on(day);
    bench.begin_filing(nothing_on_record()).why(reason).go_to("北京");
    if rule(reason.category()).address.value {
        bench.live_at(0);
    }
    bench.expect("Dates");
    for (stepper, up) in presses {
        bench.press(Press::Step(STEPPERS[*stepper], *up));
    }
    bench.press(Press::Next).phone("13800005678").press(Press::Next).expect("Review");
    if bench.review().promise.is_some() {
        bench.press(Press::Promise);
    }
    new_filing(&bench.submit()).period
}

/// The one line of somebody whose filing was made so many days before today.
fn listed(day: Date, category: Category, days_ago: i64, months: u8) -> (Bench, FiledRecord) {
    let filed = day.saturating_add(-days_ago.days());
    let end = rule(category).months().map(|_| calendar::last_day(filed, months));
    let expired = end.is_some_and(|end| end < day);
    let record = FiledRecord {
        serial: "SN".into(),
        request: None,
        category,
        destination: AreaCode::parse("310000").unwrap(),
        period: Period { begin: filed, end },
        status: if expired { FiledStatus::Expired } else { FiledStatus::Valid },
        filed,
        used: false,
    };
    let platform = Some(PlatformFilings { filings: vec![record.clone()], phone: None });
    let mut bench = bench_on(day);
    bench.begin_filing(FilingsOnRecord { platform, here: Vec::new() }).expect("Filings");
    (bench, record)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_press_leads_out_of_what_the_policy_allows(
        day in any_day(),
        reason in prop::sample::select(vec![TravelReason::WithChildren, TravelReason::Precaution]),
        presses in prop::collection::vec((0usize..4, any::<bool>()), 0..40),
    ) {
        let rule = rule(reason.category());
        let period = filed_after(day, reason, &presses);
        let offered = calendar::first_days(day, rule.first_day_back_days.value, rule.first_day_ahead_days.value);
        prop_assert!(offered.contains(&period.begin), "{} is not offered on {day}", period.begin);
        let fits = |months: Months| {
            (months.min..=months.max).any(|count| period.end == Some(calendar::last_day(period.begin, count)))
        };
        prop_assert_eq!(rule.months().map_or(period.end.is_none(), fits), true, "{:?}", period);
    }

    #[test]
    fn a_filing_is_extended_only_near_its_end_and_from_there(
        day in any_day(), days_ago in 0i64..400, months in 6u8..=12,
    ) {
        let (mut bench, record) = listed(day, Category::OtherTemporary, days_ago, months);
        let (rule, end) = (rule(Category::OtherTemporary), record.period.end.unwrap());
        let within = i64::from(rule.extend_within_days.as_ref().unwrap().value);
        let near = day <= end && day.saturating_add(within.days()) >= end;
        prop_assert_eq!(bench.filings().lines[0].can_extend, near, "{} ends on {}", day, end);
        bench.press(Press::Pick(0)).press(Press::ExtendFiling);
        if near {
            let Inquiry::ExtendIt { until, .. } = bench.inquiry() else { panic!("{:?}", bench.inquiry()) };
            // The months begin the day after the old end, so none is lost and none is counted twice.
            let next = end.saturating_add(1.days());
            prop_assert_eq!(until, calendar::last_day(next, rule.months().unwrap().default));
        } else {
            bench.expect("Filings");
        }
    }

    #[test]
    fn a_filing_is_changed_only_after_its_shortest_time(
        day in any_day(),
        category in prop::sample::select(vec![Category::LongTermResident, Category::OtherTemporary]),
        days_ago in 0i64..400,
    ) {
        let (bench, record) = listed(day, category, days_ago, 12);
        let months = i64::from(rule(category).months_before_change.value);
        let from = record.filed.saturating_add(Span::new().months(months));
        let holds = record.status == FiledStatus::Valid;
        let line = bench.filings().lines.into_iter().next().unwrap();
        prop_assert_eq!(line.can_cancel, holds && day >= from, "{} filed on {}", day, record.filed);
        prop_assert_eq!(line.change_from, Some(from).filter(|from| holds && *from > day));
    }
}

/// The shortest time ends on the last day of a month that is too short for its day.
#[test]
fn half_a_year_may_end_in_february() {
    let check = |filed: Date, from: Date| {
        for (day, changeable) in [(from.saturating_add(-1.days()), false), (from, true)] {
            let days_ago = i64::from(day.since(filed).unwrap().get_days());
            let (bench, _) = listed(day, Category::LongTermResident, days_ago, 0);
            assert_eq!(bench.filings().lines[0].can_cancel, changeable, "filed on {filed}, {day}");
        }
    };
    check(date(2027, 8, 31), date(2028, 2, 29));
    check(date(2026, 8, 31), date(2027, 2, 28));
    check(date(2027, 8, 29), date(2028, 2, 29));
    check(date(2028, 2, 29), date(2028, 8, 29));
    check(date(2026, 6, 30), date(2026, 12, 30));
    check(date(2026, 7, 1), date(2027, 1, 1));
}
