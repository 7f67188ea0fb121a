//! Whole filings in virtual time: each category, for oneself and for a relative, with everything that can go wrong.

use jiff::civil::{Date, date};

use super::tests::*;
use super::*;
use crate::domain::filing::*;
use crate::domain::*;

pub(super) const TODAY: Date = date(2026, 11, 21);

impl Bench {
    /// The platform's and the ledger's answer to what is on record.
    pub fn on_record(&mut self, on_record: FilingsOnRecord) -> &mut Self {
        let asked = self.effects.iter().find_map(|effect| match effect {
            Effect::AskFilings(ticket, _) => Some(*ticket),
            _ => None,
        });
        let ticket = asked.unwrap_or_else(|| panic!("filings were not asked for: {:?}", self.effects));
        self.event(Event::Filings(ticket, Box::new(on_record)))
    }

    pub fn caption(&self) -> Option<Prompt> {
        self.session.view().caption
    }

    pub fn filings(&self) -> Filings {
        match self.screen() {
            Screen::Filings(filings) => filings,
            other => panic!("not at the list: {other:?}"),
        }
    }

    pub fn inquiry(&self) -> Inquiry {
        match self.screen() {
            Screen::Ask(ask) => ask.inquiry,
            other => panic!("no question: {other:?}"),
        }
    }

    /// Picks an answer of the question on the screen.
    pub fn answer_with(&mut self, option: &AskOption) -> &mut Self {
        let Screen::Ask(ask) = self.screen() else { panic!("no question: {:?}", self.screen()) };
        let place = ask.options.iter().position(|one| one == option).unwrap_or_else(|| panic!("{option:?}: {ask:?}"));
        self.press(Press::Pick(u8::try_from(place).unwrap()))
    }

    /// From standby to the first screen of a filing of this card's owner.
    pub fn begin_filing(&mut self, on_record: FilingsOnRecord) -> &mut Self {
        self.press(Press::Start).press(Press::Service(Service::Filing)).lay(&zhang_card());
        self.press(Press::ItIsMe).answer(zhang()).on_record(on_record)
    }

    pub fn why(&mut self, reason: TravelReason) -> &mut Self {
        let place = TravelReason::ALL.iter().position(|one| *one == reason).unwrap();
        self.press(Press::Pick(u8::try_from(place).unwrap()))
    }

    /// Picks a place of the grid by its short name.
    pub fn go_to(&mut self, name: &str) -> &mut Self {
        let Screen::Places(places) = self.screen() else { panic!("not at the places: {:?}", self.screen()) };
        let place = places.names.iter().position(|one| one == name).unwrap_or_else(|| panic!("{name}: {places:?}"));
        self.press(Press::Pick(u8::try_from(place).unwrap()))
    }

    pub fn keys(&mut self, keys: &str) -> &mut Self {
        for key in keys.chars() {
            self.press(Press::Key(key.into()));
        }
        self
    }

    /// Dwelling and the rest of the address, by pinyin.
    pub fn live_at(&mut self, dwelling: u8) -> &mut Self {
        self.press(Press::Pick(dwelling)).expect("Writing").press(Press::ByPinyin);
        self.keys("zhongshanlu").press(Press::Candidate(0)).keys("12").press(Press::Next)
    }

    pub fn phone(&mut self, digits: &str) -> &mut Self {
        self.expect("Digits").keys(digits).press(Press::Next)
    }

    /// From “why” to the review of somebody who moves to their children in Beijing.
    pub fn reach_review(&mut self) -> &mut Self {
        self.expect("Ask").why(TravelReason::WithChildren).go_to("北京").live_at(0);
        self.expect("Dates").press(Press::Next).phone("13800005678");
        self.expect("Told").press(Press::Next).expect("Review")
    }

    pub fn review(&self) -> Review {
        match self.screen() {
            Screen::Review(review) => review,
            other => panic!("not at the review: {other:?}"),
        }
    }

    pub fn filed(&self) -> Filed {
        match self.screen() {
            Screen::Filed(filed) => filed,
            other => panic!("not at the result: {other:?}"),
        }
    }

    /// The request handed to the disk, and its ticket.
    pub fn handed_over(&self) -> (Ticket, FilingRequest) {
        match self.stored() {
            (ticket, Entry::Filing(request)) => (ticket, (**request).clone()),
            (_, other) => panic!("no filing was stored: {other:?}"),
        }
    }

    /// Submits, and the disk has it.
    pub fn submit(&mut self) -> FilingRequest {
        let (ticket, request) = self.press(Press::SubmitFiling).handed_over();
        self.event(Event::Stored(ticket));
        request
    }

    pub fn settle(&mut self, number: &ProjectNumber, outcome: FilingOutcome) -> &mut Self {
        self.event(Event::FilingSettled(number.clone(), outcome))
    }

    pub fn stores_nothing(&self) -> &Self {
        let stores = self.effects.iter().any(|effect| matches!(effect, Effect::Store(..)));
        assert!(!stores, "{:?}", self.effects);
        self
    }
}

pub(super) fn nothing_on_record() -> FilingsOnRecord {
    FilingsOnRecord { platform: Some(PlatformFilings::default()), here: Vec::new() }
}

pub(super) fn done() -> FilingOutcome {
    FilingOutcome::Done { serial: "3710002026112100001".into() }
}

pub(super) fn new_filing(request: &FilingRequest) -> &NewFiling {
    match &request.action {
        FilingAction::File(filing) => filing,
        _ => panic!("not a new filing"),
    }
}

#[test]
fn from_the_plain_question_to_the_rating() {
    let mut bench = Bench::new();
    bench.begin_filing(nothing_on_record()).reach_review();
    let review = bench.review();
    assert_eq!((review.promised, review.complete, review.sending), (false, false, None));
    bench.press(Press::SubmitFiling).stores_nothing();
    assert_eq!(bench.session.view().caption, Some(Prompt::PromiseFirst));
    bench.press(Press::Promise);
    assert!(bench.review().complete);
    let request = bench.submit();
    assert_eq!(bench.review().sending, Some(Sending::Asking));
    let filing = new_filing(&request);
    assert_eq!(filing.category, Category::LongTermResident);
    assert_eq!(filing.destination.as_str(), "110000");
    assert_eq!(filing.period, Period { begin: TODAY, end: None });
    assert_eq!(filing.address.as_deref(), Some("北京市中山路12（随子女居住）"));
    assert!(
        matches!(&filing.grounds, Grounds::Commitment(c) if c.version == "2026-11" && c.text.starts_with("我承诺"))
    );
    assert_eq!((request.agent.is_none(), request.insurance), (true, InsuranceType::Employee));
    bench.settle(&request.number, done()).expect("Filed");
    let matter = bench.stored().1.clone();
    let Entry::Service { matter, .. } = &matter else { panic!("{matter:?}") };
    assert_eq!(matter.service, Service::Filing);
    assert_ne!(matter.project, request.number, "the filing's number is its own");
    assert!(matches!(bench.filed().outcome, Filing::Done(serial) if serial == "3710002026112100001"));
    assert_eq!(bench.filed().advice.len(), 3);
    bench.press(Press::Finish).expect("Rate");
}

/// What a category asks for, and what comes of it.
fn check_category(reason: TravelReason, category: Category, end: Option<Date>, grounds: &str) {
    let mut bench = Bench::new();
    bench.begin_filing(nothing_on_record()).why(reason);
    if reason == TravelReason::Referred {
        bench.answer_with(&AskOption::HaveIt).expect("Digits").keys("371-0028X").press(Press::Next);
        bench.expect("Writing").press(Press::ByPinyin).keys("yiyuan").press(Press::Candidate(0)).press(Press::Next);
    }
    bench.go_to("山东").expect("Places").go_to("青岛");
    if end.is_none() {
        bench.live_at(3);
    }
    bench.press(Press::Next).phone("06315221234").press(Press::Next).expect("Review");
    if bench.review().promise.is_some() {
        bench.press(Press::Promise);
    }
    let request = bench.submit();
    let filing = new_filing(&request);
    assert_eq!((filing.reason, filing.category, filing.period), (reason, category, Period { begin: TODAY, end }));
    assert_eq!((filing.destination.as_str(), format!("{:?}", filing.grounds).as_str()), ("370200", grounds));
    assert_eq!(filing.address.is_some(), end.is_none(), "{reason:?}");
    bench.settle(&request.number, done()).expect("Filed").press(Press::Finish).expect("Rate");
}

#[test]
fn each_category_asks_for_its_own() {
    let half_a_year = Some(date(2027, 5, 20));
    check_category(TravelReason::WithChildren, Category::LongTermResident, None, "Commitment");
    check_category(TravelReason::RetiredHome, Category::RetiredResettled, None, "Commitment");
    check_category(TravelReason::Working, Category::LongTermWorker, None, "Commitment");
    check_category(TravelReason::Referred, Category::Referred, half_a_year, "Referral");
    check_category(TravelReason::Precaution, Category::OtherTemporary, half_a_year, "Nothing");
}

#[test]
fn emergency_care_is_told_to_be_filed_and_nothing_is_submitted() {
    let mut bench = Bench::new();
    bench.begin_filing(nothing_on_record()).why(TravelReason::Emergency);
    assert_eq!(bench.screen(), Screen::Told(Told::EmergencyIsFiled));
    bench.press(Press::Back).expect("Ask").why(TravelReason::Emergency);
    bench.event(Event::CardLifted).press(Press::Next).expect("Standby").stores_nothing();
}

#[test]
fn without_a_certificate_one_is_told_what_to_bring() {
    let mut bench = Bench::new();
    bench.begin_filing(nothing_on_record()).why(TravelReason::Referred).answer_with(&AskOption::HaveItNot);
    let Screen::Told(Told::BringToWindow { materials, .. }) = bench.screen() else { panic!("{:?}", bench.screen()) };
    assert!(materials.iter().any(|text| text.contains("转诊")), "{materials:?}");
    bench.press(Press::Back).expect("Ask");
    assert_eq!(bench.inquiry(), Inquiry::HaveReferral);
}

#[test]
fn without_the_platform_a_card_is_enough_and_the_filing_is_kept() {
    let mut bench = Bench::new();
    bench.event(Event::Platform(false)).press(Press::Start).press(Press::Service(Service::Filing));
    bench.lay(&zhang_card()).press(Press::ItIsMe).on_record(FilingsOnRecord::default());
    assert!(bench.filings().platform_away);
    assert_eq!(bench.caption(), Some(Prompt::NoFilings));
    bench.press(Press::NewFiling);
    assert_eq!(bench.inquiry(), Inquiry::WhichInsurance);
    bench.press(Press::Pick(1)).why(TravelReason::Precaution).go_to("上海").press(Press::Next);
    bench.phone("13800005678").press(Press::Next);
    let asked_area = |line: &ReviewLine| matches!(line, ReviewLine::Insurance(InsuranceType::Resident, _));
    assert!(bench.review().lines.iter().any(asked_area), "the area that was taken for granted is said");
    let request = bench.submit();
    assert_eq!((request.person_number.as_str(), request.insured_area.as_str()), ("", "370000"));
    assert_eq!(bench.filed().outcome, Filing::Kept(request.number.query_code()));
    assert_eq!((bench.caption(), bench.filed().advice.len()), (Some(Prompt::FilingKept), 0));
    bench.settle(&request.number, done());
    assert!(matches!(bench.filed().outcome, Filing::Done(_)));
    assert_eq!(bench.caption(), Some(Prompt::FilingDone(CategoryGroup::Temporary)));
}

#[test]
fn nothing_is_said_to_be_done_before_the_platform_said_so() {
    let mut bench = Bench::new();
    bench.begin_filing(nothing_on_record()).reach_review().press(Press::Promise);
    let request = bench.submit();
    bench.settle(&ProjectNumber::from_stored("37K1ANOTHER"), done()).expect("Review");
    bench.press(Press::Home).expect("Review");
    bench.pass(16_000).expect("Filed");
    assert_eq!(bench.filed().outcome, Filing::Kept(request.number.query_code()));
    bench.settle(&ProjectNumber::from_stored("37K1ANOTHER"), done());
    assert!(matches!(bench.filed().outcome, Filing::Kept(_)));
    bench.settle(&request.number, FilingOutcome::Rejected("暂停参保".into()));
    assert_eq!(bench.filed().outcome, Filing::Rejected("暂停参保".into()));
}

#[test]
fn the_code_for_the_phone_follows_what_is_known() {
    let sealed = |bench: &Bench| {
        bench.effects.iter().find_map(|effect| match effect {
            Effect::Seal(ticket, slip) => Some((*ticket, (**slip).clone())),
            _ => None,
        })
    };
    let mut bench = Bench::new();
    bench.begin_filing(nothing_on_record()).reach_review().press(Press::Promise);
    let request = bench.submit();
    bench.settle(&request.number, FilingOutcome::NotYet);
    let (early, slip) = sealed(&bench).unwrap();
    let Slip::Receipt { number, serial, name, notice, .. } = slip else { panic!("{slip:?}") };
    assert_eq!((number, serial, name.as_str()), (request.number.clone(), None, "张*华"));
    let told = FilingPolicy::national().unwrap().notice(CategoryGroup::LongTerm).zh.clone();
    assert_eq!(notice, (Language::ZhCn, told), "what was told is taken home");
    bench.settle(&request.number, done());
    let (late, slip) = sealed(&bench).unwrap();
    assert!(matches!(slip, Slip::Receipt { serial: Some(_), .. }));
    bench.event(Event::Sealed(early, Some("EARLY".into())));
    assert_eq!(bench.filed().code, PhoneCode::Pending, "a code that says “kept” must not stand under “done”");
    bench.event(Event::Sealed(late, Some("LATE".into())));
    assert_eq!(bench.filed().code.text(), Some("LATE"));
    bench.event(Event::Sealed(late, None));
    assert_eq!(bench.filed().code, PhoneCode::Impossible, "nobody waits for a code that never comes");
}

#[test]
fn a_double_press_stores_once() {
    let mut bench = Bench::new();
    bench.begin_filing(nothing_on_record()).reach_review().press(Press::Promise);
    let (ticket, _) = bench.press(Press::SubmitFiling).handed_over();
    bench.press(Press::SubmitFiling).stores_nothing();
    bench.event(Event::Stored(ticket)).press(Press::SubmitFiling).stores_nothing();
}

#[test]
fn what_the_disk_refused_is_tried_again_under_the_same_number() {
    let mut bench = Bench::new();
    bench.begin_filing(nothing_on_record()).reach_review().press(Press::Promise);
    let (ticket, first) = bench.press(Press::SubmitFiling).handed_over();
    bench.event(Event::NotStored(ticket)).expect("Review");
    assert!(bench.review().failed);
    assert_eq!(bench.caption(), Some(Prompt::FilingNotKept));
    bench.press(Press::Change(5)).expect("Digits").press(Press::Next).expect("Review");
    assert!(bench.review().promised, "the same number was taken again: nothing was changed");
    let (_, second) = bench.press(Press::SubmitFiling).handed_over();
    assert_eq!(first.number, second.number);
}

#[test]
fn what_may_be_on_disk_is_handed_over_again_as_it_is() {
    let mut bench = Bench::new();
    bench.begin_filing(nothing_on_record()).reach_review().press(Press::Promise);
    let (slow, first) = bench.press(Press::SubmitFiling).handed_over();
    bench.pass(6_000);
    assert!(bench.review().failed);
    bench.press(Press::Change(1)).press(Press::Promise).press(Press::Back).expect("Review");
    let (_, second) = bench.press(Press::SubmitFiling).handed_over();
    assert!(first == second, "the very same request");
    bench.event(Event::Stored(slow)).settle(&first.number, done()).expect("Filed");
}

#[test]
fn one_change_comes_back_to_the_review_and_takes_the_promise_back() {
    let mut bench = Bench::new();
    bench.begin_filing(nothing_on_record()).reach_review().press(Press::Promise);
    bench.press(Press::Change(2)).expect("Places").press(Press::Back).expect("Review");
    assert!(bench.review().promised, "nothing was changed");
    bench.press(Press::Change(2)).go_to("上海").expect("Ask").live_at(0).expect("Review");
    assert_eq!((bench.review().route.to.as_str(), bench.review().promised), ("上海市", false));
    bench.press(Press::Change(1)).why(TravelReason::Precaution).expect("Dates").press(Press::Next);
    bench.expect("Told").press(Press::Next).expect("Review");
    assert_eq!(bench.review().promise, None, "this category needs none");
    assert!(!bench.review().lines.iter().any(|line| matches!(line, ReviewLine::Address(_))));
}

#[test]
fn a_promise_is_to_the_words_on_the_screen() {
    let mut bench = Bench::new();
    bench.begin_filing(nothing_on_record()).reach_review().press(Press::Promise);
    bench.press(Press::Languages).press(Press::Language(Language::En));
    assert!(!bench.review().promised);
    let request = bench.press(Press::Promise).submit();
    assert!(matches!(&new_filing(&request).grounds, Grounds::Commitment(c) if c.text.starts_with("I declare")));
}

#[test]
fn a_draft_is_taken_along_and_nothing_is_filed() {
    let mut bench = Bench::new();
    bench.begin_filing(nothing_on_record()).reach_review().press(Press::TakeAlong).expect("Carry").stores_nothing();
    let sealed = bench.effects.iter().find_map(|effect| match effect {
        Effect::Seal(ticket, slip) if matches!(**slip, Slip::Draft(_)) => Some(*ticket),
        _ => None,
    });
    bench.event(Event::Sealed(sealed.unwrap(), Some("DRAFT".into())));
    assert_eq!(bench.screen(), Screen::Carry(Carry { code: Some("DRAFT".into()) }));
    bench.press(Press::Back).expect("Review").press(Press::TakeAlong).press(Press::Finish).expect("Thanks");
    bench.stores_nothing();
}

#[test]
fn an_address_that_is_full_says_so_and_what_is_over_is_dropped() {
    let mut bench = Bench::new();
    bench.begin_filing(nothing_on_record()).why(TravelReason::WithChildren).go_to("北京").press(Press::Pick(0));
    let writing = |bench: &Bench| match bench.screen() {
        Screen::Writing(writing) => (writing.text.chars().count(), writing.full),
        other => panic!("not at the pad: {other:?}"),
    };
    bench.keys(&"7".repeat(WRITTEN_CHARS_MAX));
    assert_eq!(writing(&bench), (WRITTEN_CHARS_MAX, false));
    bench.keys("7");
    assert_eq!(writing(&bench), (WRITTEN_CHARS_MAX, true));
    assert!(bench.did(&Effect::Tone(Tone::Attention)));
    bench.press(Press::Erase);
    assert_eq!(writing(&bench), (WRITTEN_CHARS_MAX - 1, false));
}
