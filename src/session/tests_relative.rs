//! Helping a relative in virtual time, the scam guard, handwriting, and the hospital search.

use jiff::civil::date;

use super::tests::*;
use super::tests_filing::*;
use super::*;
use crate::domain::filing::*;
use crate::domain::*;

fn record_of(card: &IdentityCard) -> PersonRecord {
    let accounts = vec![account(InsuranceType::Resident, AccountStatus::Active, None)];
    PersonRecord {
        person_number: "37100000000000000002".into(),
        name: card.name.clone(),
        number: card.number.clone(),
        accounts,
    }
}

fn third_card() -> IdentityCard {
    card("王芳", "37100219600101222", Expiry::LongTerm)
}

impl Bench {
    /// The helper, 李平, has shown who they are.
    fn help(&mut self) -> &mut Self {
        self.press(Press::Start).press(Press::Service(Service::Relative)).lay(&li_card()).press(Press::ItIsMe);
        self.event(Event::CardLifted).expect("Ask")
    }

    /// The relative, 张建华, lays a card down and is confirmed; what they are to each other is told.
    fn meet_by_card(&mut self) -> &mut Self {
        self.answer_with(&AskOption::ByCard).expect("Identify").lay(&zhang_card()).expect("Waiting");
        self.answer(record_of(&zhang_card())).expect("WhoAreYou").press(Press::ItIsMe);
        self.on_record(nothing_on_record()).answer_with(&AskOption::Relation(Relation::Child))
    }

    /// On to the review, without an address.
    fn up_to_review(&mut self) -> &mut Self {
        self.why(TravelReason::Precaution).go_to("北京").press(Press::Next).phone("13800005678");
        self.press(Press::Next).expect("Review")
    }

    fn family(&mut self, members: Vec<FamilyMember>) -> &mut Self {
        let asked = self.effects.iter().find_map(|effect| match effect {
            Effect::AskFamily(ticket, _) => Some(*ticket),
            _ => None,
        });
        self.event(Event::Family(asked.unwrap(), Ok(members)))
    }
}

fn mother() -> FamilyMember {
    let card = zhang_card();
    FamilyMember {
        person_number: "37100000000000000002".into(),
        name: card.name.clone(),
        certificate: card.number.clone(),
        relation: Relation::Child,
        bound: date(2024, 1, 1),
    }
}

#[test]
fn a_relative_is_helped_with_their_card() {
    let mut bench = Bench::new();
    bench.help().meet_by_card().up_to_review();
    let helper = |line: &ReviewLine| matches!(line, ReviewLine::Helper(name, Relation::Child) if name == "李*");
    assert!(bench.review().lines.iter().any(helper));
    bench.press(Press::SubmitFiling).stores_nothing();
    assert_eq!((bench.inquiry(), bench.caption()), (Inquiry::Scam, Some(Prompt::Scam)));
    let (ticket, request) = bench.answer_with(&AskOption::NobodyTellsMe).handed_over();
    let agent = request.agent.as_ref().unwrap();
    assert!(agent.certificate == li_card().number && agent.name == li_card().name);
    assert_eq!(agent.relation, Relation::Child);
    assert!(request.certificate == zhang_card().number, "the insured person is the relative");
    bench.event(Event::Stored(ticket)).settle(&request.number, done()).expect("Filed");
    let Entry::Service { matter, certificate, .. } = bench.stored().1 else { panic!() };
    assert_eq!((matter.service, certificate.as_str()), (Service::Relative, li_card().number.expose()));
    bench.press(Press::Finish).expect("Rate");
}

#[test]
fn somebody_on_the_phone_stops_it() {
    let mut bench = Bench::new();
    bench.help().meet_by_card().up_to_review().press(Press::SubmitFiling).answer_with(&AskOption::SomebodyTellsMe);
    assert_eq!(bench.screen(), Screen::Told(Told::TalkToStaff));
    assert!(bench.did(&Effect::CallStaff));
    bench.stores_nothing().session.view();
    bench.event(Event::CardLifted).press(Press::Next).expect("Standby").stores_nothing();
}

#[test]
fn a_phone_that_changed_lately_is_asked_about() {
    let check = |changed, digits: &str, asked: bool| {
        let phone = PhoneOnRecord { number: PhoneNumber::parse("13800005678").unwrap(), changed };
        let platform = Some(PlatformFilings { filings: Vec::new(), phone: Some(phone) });
        let mut bench = Bench::new();
        bench.begin_filing(FilingsOnRecord { platform, here: Vec::new() }).why(TravelReason::Precaution).go_to("北京");
        bench.press(Press::Next).phone(digits).press(Press::Next).press(Press::SubmitFiling);
        assert_eq!(matches!(bench.screen(), Screen::Ask(_)), asked, "{changed:?} {digits}");
    };
    check(None, "13800005678", false);
    check(Some(date(2026, 11, 1)), "13800005678", true);
    check(Some(date(2026, 10, 1)), "13800005678", false);
    check(None, "13900001111", true);
}

#[test]
fn a_third_card_ends_it() {
    let mut bench = Bench::new();
    bench.help().meet_by_card().event(Event::CardLifted).lay(&li_card()).expect("Ask").event(Event::CardLifted);
    bench.lay(&zhang_card()).expect("Ask").event(Event::CardLifted);
    bench.lay(&third_card()).expect("WhoAreYou").stores_nothing();
    assert!(bench.did(&Effect::Wipe));
    let Screen::WhoAreYou { name, relative, .. } = bench.screen() else { panic!() };
    assert_eq!((name.as_str(), relative), ("王*", false));
}

#[test]
fn ones_own_card_is_no_relatives() {
    let mut bench = Bench::new();
    bench.help().answer_with(&AskOption::ByCard).lay(&li_card()).expect("Identify");
    assert_eq!(bench.caption(), Some(Prompt::RelativesCard));
    bench.event(Event::CardLifted).lay(&zhang_card()).answer(record_of(&zhang_card())).expect("WhoAreYou");
    bench.press(Press::NotMe).expect("Ask");
    assert_eq!(bench.inquiry(), Inquiry::HowHelped);
}

#[test]
fn a_relative_is_helped_with_their_code() {
    let mut bench = Bench::new();
    bench.help().answer_with(&AskOption::ByVoucher).expect("Identify").event(Event::ScannedOther);
    assert_eq!(bench.caption(), Some(Prompt::NotAVoucher));
    bench.event(Event::Scanned(voucher(1))).answer(record_of(&zhang_card())).press(Press::ItIsMe);
    bench.on_record(nothing_on_record());
    assert_eq!(bench.inquiry(), Inquiry::WhichRelation);
    bench.press(Press::Back);
    assert_eq!(bench.inquiry(), Inquiry::HowHelped);
}

#[test]
fn a_relative_of_the_family_account_needs_no_card() {
    let mut bench = Bench::new();
    bench.help().answer_with(&AskOption::ByFamily).family(vec![mother()]);
    bench.answer_with(&AskOption::Relative("张*华".into(), Relation::Child)).answer(record_of(&zhang_card()));
    bench.on_record(nothing_on_record());
    assert_eq!(bench.inquiry(), Inquiry::WhyAway, "what they are to each other is known");
    let mut bench = Bench::new();
    bench.help().answer_with(&AskOption::ByFamily).family(Vec::new());
    assert_eq!(bench.screen(), Screen::Told(Told::NoFamily));
}

#[test]
fn a_relative_who_is_not_insured_cannot_be_filed_for() {
    let mut bench = Bench::new();
    bench.help().answer_with(&AskOption::ByCard).lay(&zhang_card());
    let ticket = bench.asked();
    bench.event(Event::Person(ticket, Err(PlatformTrouble::NotFound)));
    assert_eq!(bench.screen(), Screen::Told(Told::CannotFile));
}

/// Where the one button of a told screen leads, once the card has been lifted.
fn ends(told: &Told) -> &'static str {
    match told {
        // “往下办”
        Told::Before { .. } => "Review",
        // “可以用家人的身份证，或者家人的医保码来办”
        Told::NoFamily => "Ask",
        // Nothing is left to be done here: at the window, with staff, or not at all.
        Told::EmergencyIsFiled
        | Told::BringToWindow { .. }
        | Told::TalkToStaff
        | Told::NoMoreRelatives
        | Told::CannotFile => "Standby",
    }
}

#[test]
fn every_told_screen_ends_where_its_words_promise() {
    let mut met = Vec::new();
    let mut check = |reach: &dyn Fn(&mut Bench)| {
        let mut bench = Bench::new();
        reach(&mut bench);
        let Screen::Told(told) = bench.screen() else { panic!("nothing is told: {:?}", bench.screen()) };
        bench.event(Event::CardLifted).press(Press::Next).expect(ends(&told)).stores_nothing();
        met.push(std::mem::discriminant(&told));
    };
    let on_the_way = |bench: &mut Bench| {
        bench.begin_filing(nothing_on_record()).why(TravelReason::Precaution).go_to("北京").press(Press::Next);
        bench.phone("13800005678");
    };
    let not_insured = |bench: &mut Bench| {
        let mut record = record_of(&zhang_card());
        record.accounts = vec![account(InsuranceType::Resident, AccountStatus::Suspended, None)];
        bench.press(Press::Start).press(Press::Service(Service::Filing)).lay(&zhang_card()).press(Press::ItIsMe);
        bench.answer(record);
    };
    let relative_not_insured = |bench: &mut Bench| {
        bench.help().answer_with(&AskOption::ByCard).lay(&zhang_card());
        let ticket = bench.asked();
        bench.event(Event::Person(ticket, Err(PlatformTrouble::NotFound)));
    };
    check(&|bench| {
        bench.begin_filing(nothing_on_record()).why(TravelReason::Emergency);
    });
    check(&on_the_way);
    check(&|bench| {
        bench.begin_filing(nothing_on_record()).why(TravelReason::Referred).answer_with(&AskOption::HaveItNot);
    });
    check(&|bench| {
        bench.help().meet_by_card().up_to_review().press(Press::SubmitFiling).answer_with(&AskOption::SomebodyTellsMe);
    });
    check(&too_many_relatives);
    check(&not_insured);
    check(&relative_not_insured);
    check(&|bench| {
        bench.help().answer_with(&AskOption::ByFamily).family(Vec::new());
    });
    met.dedup();
    assert_eq!(met.len(), 7, "every kind was met");
}

#[test]
fn what_to_bring_is_taken_along_as_a_code() {
    let mut bench = Bench::new();
    bench.begin_filing(nothing_on_record()).why(TravelReason::Referred).answer_with(&AskOption::HaveItNot);
    let asked = bench.effects.iter().find_map(|effect| match effect {
        Effect::Seal(ticket, slip) => Some((*ticket, slip.clone())),
        _ => None,
    });
    let (ticket, slip) = asked.expect("a code is made");
    let Slip::ToBring { language: Language::ZhCn, materials } = *slip else { panic!("{slip:?}") };
    let code = |bench: &Bench| match bench.screen() {
        Screen::Told(Told::BringToWindow { materials, code }) => (materials, code),
        other => panic!("{other:?}"),
    };
    assert_eq!(code(&bench), (materials.clone(), PhoneCode::Pending));
    bench.event(Event::Sealed(Ticket(0), Some("another".into())));
    bench.event(Event::Sealed(ticket, Some("到窗口办".into())));
    assert_eq!(code(&bench), (materials, PhoneCode::Made("到窗口办".into())));
}

#[test]
fn one_helps_so_many_relatives_a_day() {
    let mut bench = Bench::new();
    too_many_relatives(&mut bench);
    assert_eq!(bench.screen(), Screen::Told(Told::NoMoreRelatives));
}

/// One person helps three relatives and begins with a fourth.
fn too_many_relatives(bench: &mut Bench) {
    for serial in 0..4 {
        let relative = card("王芳", &format!("3710021960010122{serial}"), Expiry::LongTerm);
        bench.help().answer_with(&AskOption::ByCard).lay(&relative).answer(record_of(&relative)).press(Press::ItIsMe);
        if serial == 3 {
            break;
        }
        bench.on_record(nothing_on_record()).answer_with(&AskOption::Relation(Relation::Other)).up_to_review();
        let (ticket, request) = bench.press(Press::SubmitFiling).answer_with(&AskOption::NobodyTellsMe).handed_over();
        bench.event(Event::Stored(ticket)).settle(&request.number, done()).event(Event::CardLifted);
        bench.press(Press::Finish).press(Press::SkipRating).pass(9_000).expect("Standby");
    }
}

#[test]
fn without_the_platform_a_relatives_card_is_enough() {
    let mut bench = Bench::new();
    bench.event(Event::Platform(false)).help();
    let Screen::Ask(ask) = bench.screen() else { panic!() };
    assert_eq!(ask.options, [AskOption::ByCard], "a code or the family account needs the platform");
    bench.press(Press::Pick(0)).lay(&zhang_card());
    let ticket = bench.asked();
    bench.event(Event::Person(ticket, Err(PlatformTrouble::Unreachable))).expect("WhoAreYou");
}

#[test]
fn a_place_is_written_with_a_finger() {
    let mut bench = Bench::new();
    bench.event(Event::Handwriting(true)).begin_filing(nothing_on_record()).why(TravelReason::Precaution);
    bench.press(Press::Search).expect("Writing");
    let writing = |bench: &Bench| match bench.screen() {
        Screen::Writing(writing) => writing,
        other => panic!("not at the pad: {other:?}"),
    };
    let asked = |bench: &Bench| {
        bench.effects.iter().find_map(|effect| match effect {
            Effect::Recognise(ticket, ink) => Some((*ticket, ink.strokes.len())),
            _ => None,
        })
    };
    assert_eq!(writing(&bench).by, WritingBy::Hand);
    bench.event(Event::Stroke(vec![(1_000, 1_000), (2_000, 9_000)]));
    let (stale, _) = asked(&bench).unwrap();
    bench.event(Event::Stroke(vec![(3_000, 1_000), (4_000, 9_000)]));
    let (ticket, strokes) = asked(&bench).unwrap();
    assert_eq!((strokes, writing(&bench).recognising), (2, true));
    bench.event(Event::Recognised(stale, vec!["一".into()]));
    assert!(writing(&bench).candidates.is_empty(), "an answer to older ink is void");
    bench.event(Event::Recognised(ticket, vec!["沈".into(), "沉".into()])).press(Press::Candidate(0));
    assert_eq!((writing(&bench).text.as_str(), writing(&bench).strokes.len()), ("沈", 0));
    assert_eq!(bench.caption(), Some(Prompt::Character(Typed('沈'))));
    bench.press(Press::Erase).press(Press::ByPinyin).keys("shenqiu");
    let county = writing(&bench).matches.into_iter().next().unwrap();
    assert_eq!(county.title, "沈丘县");
    assert_eq!(county.note, MatchNote::FiledTo { within: "河南省周口市".into(), to: "周口市".into() });
    bench.press(Press::Pick(0)).expect("Dates");
}

#[test]
fn hospitals_are_found_without_showing_who_one_is() {
    let hospital = HospitalCard {
        name: "示例第一医院".into(),
        level: "三级甲等".into(),
        place: "北京市".into(),
        address: "示例路1号".into(),
        phone: String::new(),
        services: vec!["住院".into()],
    };
    let mut bench = Bench::new();
    bench.press(Press::Start).press(Press::Service(Service::Hospitals)).expect("Places").go_to("北京");
    bench.expect("Writing").keys("sl");
    let asked = bench.effects.iter().find_map(|effect| match effect {
        Effect::AskHospitals(ticket, area, query) => Some((*ticket, area.clone(), query.clone())),
        _ => None,
    });
    let (ticket, area, query) = asked.unwrap();
    assert_eq!((area, query.as_str()), (AreaCode::parse("110000"), "sl"));
    bench.event(Event::Hospitals(ticket, vec![hospital.clone()])).press(Press::Pick(0));
    assert_eq!(bench.screen(), Screen::Hospital(hospital));
    bench.press(Press::Back).expect("Writing").press(Press::Back).expect("Places").press(Press::Back).expect("Home");
}

#[test]
fn a_tile_opens_as_long_as_something_can_be_kept() {
    let check = |events: &[Event], expected: [TileState; 2]| {
        let mut bench = Bench::new();
        bench.press(Press::Start);
        for event in events {
            bench.event(event.clone());
        }
        let Screen::Home { tiles, .. } = bench.screen() else { panic!() };
        let state = |service| tiles.iter().find(|tile| tile.service == service).map(|tile| tile.state);
        assert_eq!([Service::Filing, Service::Hospitals].map(state), expected.map(Some), "{events:?}");
    };
    let away = |kind| Event::Device(kind, DeviceState::NoDevice);
    let (reader, scanner) = (away(DeviceKind::IdReader), away(DeviceKind::Scanner));
    check(&[], [TileState::Open, TileState::Open]);
    check(&[Event::Platform(false)], [TileState::Open, TileState::Open]);
    check(&[Event::Platform(false), reader.clone()], [TileState::NoPlatform, TileState::Open]);
    check(&[reader, scanner], [TileState::NoDevice, TileState::Open]);
}

#[test]
fn a_kiosk_that_does_not_file_says_where_it_is_done() {
    let mut bench = Bench::with(SessionConfig { filing: None, ..SessionConfig::default() });
    bench.press(Press::Start).press(Press::Service(Service::Filing)).expect("Elsewhere");
}
