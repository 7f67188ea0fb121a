//! Filings on record: listed, cancelled, extended, in conflict; and what every step does when somebody walks away.

use jiff::civil::{Date, date};

use super::tests::*;
use super::tests_filing::*;
use super::*;
use crate::domain::filing::*;
use crate::domain::*;

fn filed(serial: &str, category: Category, to: &str, filed: Date, end: Option<Date>) -> FiledRecord {
    FiledRecord {
        serial: serial.into(),
        request: None,
        category,
        destination: AreaCode::parse(to).unwrap(),
        period: Period { begin: filed, end },
        status: FiledStatus::Valid,
        filed,
        used: false,
    }
}

fn on_record(filings: Vec<FiledRecord>) -> FilingsOnRecord {
    FilingsOnRecord { platform: Some(PlatformFilings { filings, phone: None }), here: Vec::new() }
}

/// Long since, so that it may be changed.
fn old_shanghai() -> FiledRecord {
    filed("SN-OLD", Category::LongTermResident, "310000", date(2025, 3, 1), None)
}

#[test]
fn a_filing_that_holds_gives_way_only_after_a_question() {
    let mut bench = Bench::new();
    bench.begin_filing(on_record(vec![old_shanghai()])).expect("Filings").press(Press::NewFiling);
    bench.why(TravelReason::WithChildren).go_to("北京").live_at(0).press(Press::Next).expect("Ask");
    assert_eq!(bench.inquiry(), Inquiry::Conflict { from: "上海市".into(), to: "北京市".into() });
    bench.press(Press::Back).expect("Dates").press(Press::Next).answer_with(&AskOption::Yes);
    bench.phone("13800005678").press(Press::Next).press(Press::Promise);
    assert_eq!(new_filing(&bench.submit()).replaces.as_deref(), Some("SN-OLD"));
}

#[test]
fn saying_no_leaves_everything_as_it_is() {
    let mut bench = Bench::new();
    bench.begin_filing(on_record(vec![old_shanghai()])).press(Press::NewFiling);
    bench.why(TravelReason::WithChildren).go_to("北京").live_at(0).press(Press::Next);
    bench.answer_with(&AskOption::No).expect("Filings").stores_nothing();
}

#[test]
fn what_may_not_be_changed_yet_says_from_when() {
    let young = filed("SN-NEW", Category::LongTermResident, "310000", date(2026, 10, 1), None);
    let mut bench = Bench::new();
    bench.begin_filing(on_record(vec![young])).press(Press::NewFiling);
    bench.why(TravelReason::WithChildren).go_to("北京").live_at(0).press(Press::Next).expect("Filings");
    let list = bench.filings();
    assert_eq!((list.picked, list.lines[0].can_cancel), (Some(0), false));
    assert_eq!(list.lines[0].change_from, Some(date(2027, 4, 1)));
    bench.press(Press::CancelFiling).expect("Filings");
}

#[test]
fn a_filing_is_cancelled_after_one_question() {
    let mut bench = Bench::new();
    bench.begin_filing(on_record(vec![old_shanghai()])).press(Press::CancelFiling).expect("Filings");
    bench.press(Press::Pick(0)).press(Press::CancelFiling);
    assert!(matches!(bench.inquiry(), Inquiry::CancelIt { place, note: Some(_) } if place == "上海市"));
    bench.answer_with(&AskOption::No).press(Press::Pick(0)).press(Press::CancelFiling);
    let (ticket, request) = bench.answer_with(&AskOption::Yes).handed_over();
    assert!(matches!(&request.action, FilingAction::Cancel { serial } if serial == "SN-OLD"));
    bench.expect("Waiting").event(Event::NotStored(ticket)).expect("Ask");
    assert_eq!(bench.caption(), Some(Prompt::FilingNotKept));
    let (ticket, again) = bench.answer_with(&AskOption::Yes).handed_over();
    assert_eq!(again.number, request.number);
    bench.event(Event::Stored(ticket)).settle(&request.number, done()).expect("Filed");
    assert_eq!(
        (bench.filed().what, bench.caption()),
        (FiledWhat::Cancelled("上海市".into()), Some(Prompt::FilingCancelled))
    );
}

#[test]
fn a_filing_near_its_end_is_extended() {
    let near = filed("SN-T", Category::OtherTemporary, "310000", date(2026, 6, 21), Some(date(2026, 12, 20)));
    let far = filed("SN-F", Category::OtherTemporary, "440100", date(2026, 11, 1), Some(date(2027, 4, 30)));
    let mut bench = Bench::new();
    bench.begin_filing(on_record(vec![near, far]));
    assert_eq!(bench.filings().lines.iter().map(|line| line.can_extend).collect::<Vec<_>>(), [true, false]);
    bench.press(Press::Pick(0)).press(Press::ExtendFiling);
    let until = date(2027, 6, 20);
    assert_eq!(bench.inquiry(), Inquiry::ExtendIt { place: "上海市".into(), until });
    let (_, request) = bench.answer_with(&AskOption::Yes).handed_over();
    assert!(matches!(request.action, FilingAction::Extend { until: asked, .. } if asked == until));
    bench.settle(&request.number, done()).expect("Filed");
    assert_eq!(bench.caption(), Some(Prompt::FilingExtended));
}

#[test]
fn what_waits_or_was_refused_here_is_found_again_by_card() {
    let kept = |number: &str, status| KeptFiling {
        number: ProjectNumber::from_stored(number),
        destination: AreaCode::parse("110000"),
        at: date(2026, 11, 20).at(10, 0, 0, 0),
        status,
    };
    let arrived = FiledRecord { request: Some(ProjectNumber::from_stored("37K1ARRIVED")), ..old_shanghai() };
    let here = vec![
        kept("37K1REFUSED00", KeptStatus::Rejected("未参保".into())),
        kept("37K1WAITING00", KeptStatus::Waiting),
        kept("37K1ARRIVED", KeptStatus::Waiting),
        kept("37K1DONE", KeptStatus::Done("SN".into())),
    ];
    let mut bench = Bench::new();
    bench.begin_filing(FilingsOnRecord { here, ..on_record(vec![arrived]) });
    let found: Vec<LineStatus> = bench.filings().lines.into_iter().map(|line| line.status).collect();
    let waiting = LineStatus::Waiting("1WAIT ING00".into());
    let expected = [LineStatus::Platform(FiledStatus::Valid), waiting, LineStatus::Rejected("未参保".into())];
    assert_eq!(found, expected);
}

#[test]
fn steppers_stay_within_what_the_policy_allows() {
    let mut bench = Bench::new();
    bench.begin_filing(nothing_on_record()).why(TravelReason::Precaution).go_to("北京").expect("Dates");
    let dates = |bench: &Bench| match bench.screen() {
        Screen::Dates(dates) => dates,
        other => panic!("not at the dates: {other:?}"),
    };
    assert_eq!(dates(&bench).steppers.iter().find(|one| one.0 == Stepper::Day), Some(&(Stepper::Day, false, true)));
    bench.press(Press::Step(Stepper::Day, false));
    assert!(dates(&bench).today, "not before today");
    bench.press(Press::Step(Stepper::Month, true)).press(Press::Step(Stepper::Month, true));
    assert_eq!(dates(&bench).begin, date(2026, 12, 21), "not more than 30 days ahead");
    bench.press(Press::Step(Stepper::Months, false));
    assert_eq!(dates(&bench).length, Length::Months(6, date(2027, 6, 20)), "not less than six months");
    for _ in 0..10 {
        bench.press(Press::Step(Stepper::Months, true));
    }
    assert_eq!(dates(&bench).length, Length::Months(12, date(2027, 12, 20)));
}

#[test]
fn a_wrong_phone_number_is_said_and_the_one_on_record_is_offered() {
    let phone = PhoneOnRecord { number: PhoneNumber::parse("13900001111").unwrap(), changed: None };
    let platform = Some(PlatformFilings { filings: Vec::new(), phone: Some(phone) });
    let mut bench = Bench::new();
    bench.begin_filing(FilingsOnRecord { platform, here: Vec::new() }).why(TravelReason::Precaution).go_to("北京");
    bench.press(Press::Next).phone("1380000");
    let Screen::Digits(digits) = bench.screen() else { panic!("{:?}", bench.screen()) };
    assert_eq!((digits.text.as_str(), digits.notice), ("138 0000", Some(DigitsNotice::TooShort)));
    assert_eq!((digits.on_record.as_deref(), bench.caption()), (Some("139****1111"), Some(Prompt::DigitsWrong)));
    bench.press(Press::UseOnRecord).press(Press::Next);
    let request = bench.submit();
    assert_eq!(new_filing(&request).phone.expose(), "13900001111");
}

/// Every step of a filing on the way to its review, each reached by one press more.
fn steps() -> Vec<Press> {
    let phone = "13800005678".chars().map(|key| Press::Key(key.into()));
    let mut all = vec![
        Press::Pick(0),
        Press::Search,
        Press::ByPinyin,
        Press::Key(Typed('b')),
        Press::Key(Typed('j')),
        Press::Pick(0),
    ];
    all.extend([
        Press::Pick(0),
        Press::ByPinyin,
        Press::Key(Typed('l')),
        Press::Key(Typed('u')),
        Press::Candidate(0),
        Press::Key(Typed('1')),
    ]);
    all.extend([Press::Next, Press::Next]);
    all.extend(phone.chain([Press::Next, Press::Next, Press::Promise]));
    all
}

#[test]
fn every_step_leads_to_the_review() {
    let mut bench = Bench::new();
    bench.begin_filing(nothing_on_record());
    for press in steps() {
        bench.press(press);
    }
    assert!(bench.expect("Review").review().complete);
}

/// Does something after every step and expects the draft to be gone with nothing filed.
fn check_every_step(happens: impl Fn(&mut Bench)) {
    for count in 0..=steps().len() {
        let mut bench = Bench::new();
        bench.begin_filing(nothing_on_record()).event(Event::CardLifted);
        for press in steps().into_iter().take(count) {
            bench.press(press).stores_nothing();
        }
        happens(&mut bench);
        bench.stores_nothing();
        assert!(bench.did(&Effect::Wipe), "after {count} steps");
        let shown = format!("{:?}", bench.session.view());
        assert!(!shown.contains("张*华") && !shown.contains("138"), "after {count} steps: {shown}");
    }
}

#[test]
fn walking_away_at_any_step_files_nothing_and_wipes() {
    check_every_step(|bench| {
        bench.pass(60_500).stores_nothing();
        bench.pass(31_000).expect("Standby");
    });
}

#[test]
fn going_home_at_any_step_files_nothing_and_wipes() {
    check_every_step(|bench| {
        bench.press(Press::Home).expect("Home");
    });
}

#[test]
fn another_persons_card_at_any_step_files_nothing_and_wipes() {
    check_every_step(|bench| {
        bench.lay(&li_card()).expect("WhoAreYou");
    });
}

#[test]
fn back_leads_out_of_every_step() {
    let mut bench = Bench::new();
    bench.begin_filing(nothing_on_record()).event(Event::CardLifted);
    for press in steps() {
        bench.press(press);
    }
    let mut seen = Vec::new();
    while !matches!(bench.screen(), Screen::Home { .. }) {
        assert!(bench.session.view().can_go_back && seen.len() < 20, "stuck after {seen:?}");
        seen.push(bench.screen().name());
        bench.press(Press::Back).stores_nothing();
    }
    assert_eq!(seen, ["Review", "Told", "Digits", "Dates", "Ask", "Places", "Ask"]);
}

#[test]
fn what_is_typed_stands_in_no_debug_text() {
    let mut bench = Bench::new();
    bench.begin_filing(nothing_on_record());
    for press in steps() {
        bench.press(press);
    }
    let request = bench.submit();
    let text = format!("{:?} {:?} {request:?}", bench.session, bench.session.view());
    for secret in ["13800005678", "138 0000 5678", "张建华", zhang_card().number.expose(), "北京市路1"] {
        assert!(!text.contains(secret), "{secret}");
    }
}
