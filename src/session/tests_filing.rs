//! Whole filings in virtual time: each category, for oneself and for a relative, with everything that can go wrong.

use jiff::civil::{Date, date};

use super::tests::*;
use super::*;
use crate::domain::filing::*;
use crate::domain::*;

pub(super) const TODAY: Date = date(2026, 11, 21);

impl Bench {
    /// The platform's and the ledger's answer to what is on record.
    fn on_record(&mut self, on_record: FilingsOnRecord) -> &mut Self {
        let asked = self.effects.iter().find_map(|effect| match effect {
            Effect::AskFilings(ticket, _) => Some(*ticket),
            _ => None,
        });
        let ticket = asked.unwrap_or_else(|| panic!("filings were not asked for: {:?}", self.effects));
        self.event(Event::Filings(ticket, Box::new(on_record)))
    }

    /// From standby to the first screen of a filing of this card's owner.
    fn begin_filing(&mut self, on_record: FilingsOnRecord) -> &mut Self {
        self.press(Press::Start).press(Press::Service(Service::Filing)).lay(&zhang_card());
        self.press(Press::ItIsMe).answer(zhang()).on_record(on_record)
    }

    fn why(&mut self, reason: TravelReason) -> &mut Self {
        let place = TravelReason::ALL.iter().position(|one| *one == reason).unwrap();
        self.press(Press::Pick(u8::try_from(place).unwrap()))
    }

    /// Picks a place of the grid by its short name.
    fn go_to(&mut self, name: &str) -> &mut Self {
        let Screen::Places(places) = self.screen() else { panic!("not at the places: {:?}", self.screen()) };
        let place = places.names.iter().position(|one| one == name).unwrap_or_else(|| panic!("{name}: {places:?}"));
        self.press(Press::Pick(u8::try_from(place).unwrap()))
    }

    fn keys(&mut self, keys: &str) -> &mut Self {
        for key in keys.chars() {
            self.press(Press::Key(key));
        }
        self
    }

    /// Dwelling and the rest of the address, by pinyin.
    fn live_at(&mut self, dwelling: u8) -> &mut Self {
        self.press(Press::Pick(dwelling)).expect("Writing").press(Press::ByPinyin);
        self.keys("zhongshanlu").press(Press::Candidate(0)).keys("12").press(Press::Next)
    }

    fn phone(&mut self, digits: &str) -> &mut Self {
        self.expect("Digits").keys(digits).press(Press::Next)
    }

    /// From “why” to the review of somebody who moves to their children in Beijing.
    fn reach_review(&mut self) -> &mut Self {
        self.expect("Ask").why(TravelReason::WithChildren).go_to("北京").live_at(0);
        self.expect("Dates").press(Press::Next).phone("13800005678");
        self.expect("Told").press(Press::Next).expect("Review")
    }

    fn review(&self) -> Review {
        match self.screen() {
            Screen::Review(review) => review,
            other => panic!("not at the review: {other:?}"),
        }
    }

    fn filed(&self) -> Filed {
        match self.screen() {
            Screen::Filed(filed) => filed,
            other => panic!("not at the result: {other:?}"),
        }
    }

    /// The request handed to the disk, and its ticket.
    fn handed_over(&self) -> (Ticket, FilingRequest) {
        match self.stored() {
            (ticket, Entry::Filing(request)) => (ticket, (**request).clone()),
            (_, other) => panic!("no filing was stored: {other:?}"),
        }
    }

    /// Submits, and the disk has it.
    fn submit(&mut self) -> FilingRequest {
        let (ticket, request) = self.press(Press::SubmitFiling).handed_over();
        self.event(Event::Stored(ticket));
        request
    }

    fn settle(&mut self, number: &ProjectNumber, outcome: FilingOutcome) -> &mut Self {
        self.event(Event::FilingSettled(number.clone(), outcome))
    }

    fn stores_nothing(&self) -> &Self {
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
