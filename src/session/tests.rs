//! Whole visits in virtual time: no window, no device, no network.

use jiff::civil::{DateTime, date};

use super::*;
use crate::domain::*;

/// A kiosk on a bench: events go in by hand, effects and screens are looked at.
pub(super) struct Bench {
    pub session: Session,
    pub tick_ms: u64,
    pub wall: DateTime,
    pub effects: Vec<Effect>,
}

impl Bench {
    pub fn new() -> Self {
        Self::with(SessionConfig::default())
    }

    pub fn with(config: SessionConfig) -> Self {
        let wall = date(2026, 11, 21).at(9, 12, 0, 0);
        let session = Session::new(config, 7, Now { tick_ms: 0, wall });
        let mut bench = Self { session, tick_ms: 0, wall, effects: Vec::new() };
        bench.event(Event::Device(DeviceKind::IdReader, DeviceState::Online));
        bench.event(Event::Device(DeviceKind::Scanner, DeviceState::Online));
        bench
    }

    pub fn event(&mut self, event: Event) -> &mut Self {
        self.effects = self.session.handle(event, Now { tick_ms: self.tick_ms, wall: self.wall });
        self
    }

    /// A press after a decent pause.
    pub fn press(&mut self, press: Press) -> &mut Self {
        self.tick_ms += 1_000;
        self.event(Event::Press(press))
    }

    /// Time passes in ticks of half a second; effects of all of them are kept.
    pub fn pass(&mut self, ms: u64) -> &mut Self {
        let mut all = Vec::new();
        for _ in 0..ms.div_ceil(500) {
            self.tick_ms += 500;
            self.event(Event::Tick);
            all.append(&mut self.effects);
        }
        self.effects = all;
        self
    }

    pub fn lay(&mut self, card: &IdentityCard) -> &mut Self {
        self.tick_ms += 400;
        self.event(Event::CardFound);
        self.tick_ms += 400;
        self.event(Event::CardRead(Box::new(card.clone())))
    }

    pub fn asked(&self) -> Ticket {
        let asked = self.effects.iter().find_map(|e| match e {
            Effect::AskPerson(ticket, _) => Some(*ticket),
            _ => None,
        });
        asked.unwrap_or_else(|| panic!("the platform was not asked: {:?}", self.effects))
    }

    pub fn stored(&self) -> (Ticket, &Entry) {
        let stored = self.effects.iter().find_map(|e| match e {
            Effect::Store(ticket, entry) => Some((*ticket, entry)),
            _ => None,
        });
        stored.unwrap_or_else(|| panic!("nothing was stored: {:?}", self.effects))
    }

    pub fn answer(&mut self, record: PersonRecord) -> &mut Self {
        let ticket = self.asked();
        self.tick_ms += 300;
        self.event(Event::Person(ticket, Ok(Box::new(record))))
    }

    /// From standby to the balance of this card's owner.
    pub fn reach_balance(&mut self) -> &mut Self {
        self.press(Press::Start).press(Press::Service(Service::Balance)).lay(&zhang_card());
        self.press(Press::ItIsMe).answer(zhang())
    }

    pub fn reach_rating(&mut self) -> &mut Self {
        self.reach_balance().press(Press::Finish)
    }

    pub fn screen(&self) -> Screen {
        self.session.view().screen
    }

    pub fn rate(&self) -> Rate {
        match self.screen() {
            Screen::Rate(rate) => rate,
            other => panic!("not at the rating: {other:?}"),
        }
    }

    pub fn expect(&mut self, name: &str) -> &mut Self {
        assert_eq!(self.screen().name(), name);
        self
    }

    pub fn did(&self, wanted: &Effect) -> bool {
        self.effects.contains(wanted)
    }
}

fn number(first_17: &str) -> CertificateNumber {
    CertificateNumber::parse(&CertificateNumber::complete(first_17).unwrap()).unwrap()
}

pub(super) fn card(name: &str, first_17: &str, expiry: Expiry) -> IdentityCard {
    IdentityCard {
        layout: CardLayout::Resident,
        name: PersonName::from_text(name),
        number: number(first_17),
        sex: Sex::Male,
        expiry,
    }
}

pub(super) fn zhang_card() -> IdentityCard {
    card("张建华", "37100219480315123", Expiry::LongTerm)
}

pub(super) fn li_card() -> IdentityCard {
    card("李平", "37100219520820456", Expiry::LongTerm)
}

pub(super) fn account(insurance: InsuranceType, status: AccountStatus, balance: Option<Fen>) -> Account {
    Account {
        insurance,
        status,
        area: AreaCode::parse("371000"),
        area_name: "威海市".into(),
        balance,
        since: None,
        employer: String::new(),
    }
}

pub(super) fn zhang() -> PersonRecord {
    let card = zhang_card();
    PersonRecord {
        person_number: "37100000000000000001".into(),
        name: card.name.clone(),
        number: card.number.clone(),
        accounts: vec![account(InsuranceType::Employee, AccountStatus::Active, Some(Fen(123_456)))],
    }
}

pub(super) fn voucher(last: u8) -> EVoucher {
    EVoucher::parse(&format!("42411112222333344445663300{last:02}")).unwrap()
}

#[test]
fn from_card_to_thanks() {
    let mut bench = Bench::new();
    bench.expect("Standby").press(Press::Start).expect("Home");
    bench.press(Press::Service(Service::Balance)).expect("Identify");
    bench.lay(&zhang_card()).expect("WhoAreYou");
    let Screen::WhoAreYou { name, number, expired, .. } = bench.screen() else { panic!() };
    assert_eq!((name.as_str(), number.as_str(), expired), ("张*华", "371002********1239", false));
    bench.press(Press::ItIsMe).expect("Waiting").answer(zhang()).expect("Balance");
    let (_, entry) = bench.stored();
    assert!(matches!(entry, Entry::Service { matter, .. } if matter.service == Service::Balance));
    bench.press(Press::Finish).expect("Rate");
    assert!(bench.did(&Effect::Wipe));
    bench.press(Press::Level(Level::Satisfied)).press(Press::SubmitRating).expect("Rate");
    let (ticket, entry) = bench.stored();
    assert!(matches!(entry, Entry::Rating { rating, .. } if rating.level() == Level::Satisfied));
    bench.event(Event::Stored(ticket)).expect("Thanks");
    assert_eq!(bench.screen(), Screen::Thanks { rated: true, card_left: true });
    bench.event(Event::CardLifted).pass(9_000).expect("Standby");
}

#[test]
fn thanks_only_after_the_disk_has_it() {
    let mut bench = Bench::new();
    bench.reach_rating().press(Press::Level(Level::VerySatisfied)).press(Press::SubmitRating);
    let (ticket, _) = bench.stored();
    assert!(bench.rate().storing);
    bench.pass(6_000).expect("Rate");
    assert!(bench.rate().failed);
    let level = bench.press(Press::Level(Level::Dissatisfied)).rate().level;
    assert_eq!(level, Some(Level::VerySatisfied), "a rating that may be on disk already is not changed");
    let first = bench.press(Press::SubmitRating).stored().1.clone();
    assert!(matches!(first, Entry::Rating { at, .. } if at == bench.wall), "the same entry is handed over again");
    bench.event(Event::Stored(ticket)).expect("Thanks");
}

#[test]
fn nothing_is_chosen_in_advance_and_a_bad_level_needs_a_reason() {
    let mut bench = Bench::new();
    bench.reach_rating();
    assert_eq!((bench.rate().level, bench.rate().complete, bench.rate().reasons.len()), (None, false, 0));
    bench.press(Press::SubmitRating).expect("Rate");
    assert!(!bench.effects.iter().any(|e| matches!(e, Effect::Store(..))));
    bench.press(Press::Level(Level::Dissatisfied));
    assert_eq!((bench.rate().complete, bench.rate().reasons.len()), (false, 8));
    bench.press(Press::Reason(213));
    assert!(bench.rate().complete);
    bench.press(Press::Level(Level::VeryDissatisfied));
    assert!(!bench.rate().complete, "a reason of another level does not count");
    bench.press(Press::Level(Level::Satisfied));
    assert_eq!((bench.rate().complete, bench.rate().reasons.len()), (true, 0));
}

#[test]
fn skipping_keeps_nothing() {
    let mut bench = Bench::new();
    bench.reach_rating().press(Press::SkipRating).expect("Thanks");
    assert!(!bench.effects.iter().any(|e| matches!(e, Effect::Store(..))));
    assert_eq!(bench.screen(), Screen::Thanks { rated: false, card_left: true });
}

#[test]
fn another_persons_card_ends_the_visit() {
    let mut bench = Bench::new();
    bench.reach_balance().press(Press::LargeFont);
    bench.event(Event::CardLifted).expect("Balance");
    bench.lay(&li_card()).expect("WhoAreYou");
    let Screen::WhoAreYou { name, .. } = bench.screen() else { panic!() };
    assert_eq!(name, "李*");
    assert!(bench.did(&Effect::Wipe));
    assert!(!bench.session.view().modes.large_font, "the next person chooses for themselves");
    assert!(!format!("{:?}", bench.session.view()).contains("张*华"));
}

#[test]
fn the_same_card_again_changes_nothing() {
    let mut bench = Bench::new();
    bench.reach_balance().event(Event::CardLifted).lay(&zhang_card()).expect("Balance");
    bench.press(Press::Finish).event(Event::CardLifted).lay(&zhang_card()).expect("Rate");
    bench.event(Event::CardLifted).lay(&li_card()).expect("WhoAreYou");
}

#[test]
fn a_late_answer_of_the_last_person_is_dropped() {
    let mut bench = Bench::new();
    bench.press(Press::Start).press(Press::Service(Service::Balance)).lay(&zhang_card()).press(Press::ItIsMe);
    let late = bench.asked();
    bench.event(Event::CardLifted).lay(&li_card()).press(Press::ItIsMe).expect("Home");
    bench.press(Press::Service(Service::Balance)).expect("Waiting");
    bench.event(Event::Person(late, Ok(Box::new(zhang())))).expect("Waiting");
}

#[test]
fn a_voucher_has_its_name_confirmed_after_the_platform_told_it() {
    let mut bench = Bench::new();
    bench.press(Press::Start).press(Press::Service(Service::Balance)).press(Press::ByEVoucher);
    assert!(bench.did(&Effect::Scanner(true)));
    bench.event(Event::ScannedOther).expect("Identify");
    assert_eq!(bench.session.view().caption, Some(Prompt::NotAVoucher));
    bench.event(Event::Scanned(voucher(1))).expect("Waiting").answer(zhang()).expect("WhoAreYou");
    bench.press(Press::ItIsMe).expect("Balance");
    bench.event(Event::Scanned(voucher(1))).expect("Balance");
    bench.lay(&zhang_card()).expect("Balance");
    bench.event(Event::Scanned(voucher(2))).expect("Waiting");
    assert!(bench.effects.contains(&Effect::Wipe));
}

#[test]
fn the_platform_keeps_silent() {
    let mut bench = Bench::new();
    bench.press(Press::Start).press(Press::Service(Service::Balance)).lay(&zhang_card()).press(Press::ItIsMe);
    bench.pass(4_000).expect("Waiting");
    assert_eq!(bench.session.view().caption, Some(Prompt::WaitingLonger));
    bench.pass(17_000).expect("Fault");
    bench.press(Press::TryAgain).expect("Waiting").answer(zhang()).expect("Balance");
}

#[test]
fn each_trouble_of_the_platform_has_its_screen() {
    let check = |trouble, screen: &str| {
        let mut bench = Bench::new();
        bench.press(Press::Start).press(Press::Service(Service::Balance)).lay(&zhang_card()).press(Press::ItIsMe);
        let ticket = bench.asked();
        bench.event(Event::Person(ticket, Err(trouble))).expect(screen);
    };
    check(PlatformTrouble::Unreachable, "Fault");
    check(PlatformTrouble::Refused, "Fault");
    check(PlatformTrouble::NotFound, "NotInsured");
    check(PlatformTrouble::StaleVoucher, "Identify");
}

#[test]
fn walking_away_wipes_everything() {
    let mut bench = Bench::new();
    bench.reach_balance().event(Event::CardLifted);
    assert!(format!("{:?}", bench.session.view()).contains("张*华"));
    bench.pass(60_500);
    assert!(matches!(bench.session.view().overlay, Some(Overlay::Idle { .. })));
    bench.press(Press::StillHere).expect("Balance");
    assert_eq!(bench.session.view().overlay, None);
    bench.pass(60_500).pass(31_000).expect("Standby");
    assert!(bench.did(&Effect::Wipe));
    assert!(!format!("{:?}", bench.session.view()).contains("张*华"));
}

#[test]
fn a_card_left_behind_is_called_after_until_it_has_gone() {
    let mut bench = Bench::new();
    bench.reach_balance().pass(60_500).pass(31_000).expect("Thanks");
    bench.pass(60_000).expect("Thanks");
    assert!(bench.did(&Effect::Tone(Tone::Attention)) && bench.did(&Effect::Speak(Prompt::TakeCard)));
    bench.event(Event::CardLifted).expect("Standby");
}

#[test]
fn large_font_gives_more_time() {
    let mut bench = Bench::new();
    bench.reach_balance().press(Press::LargeFont).pass(119_000);
    assert_eq!(bench.session.view().overlay, None);
    bench.pass(1_000);
    assert_eq!(bench.session.view().overlay, Some(Overlay::Idle { left_s: 45, of_s: 45 }));
}

#[test]
fn a_reader_that_fails_is_said_and_comes_back_by_itself() {
    let mut bench = Bench::new();
    bench.press(Press::Start).press(Press::Service(Service::Balance)).expect("Identify");
    bench.event(Event::Device(DeviceKind::IdReader, DeviceState::NoDevice)).expect("Fault");
    assert_eq!(bench.session.view().caption, Some(Prompt::DeviceFault(DeviceKind::IdReader)));
    bench.event(Event::Device(DeviceKind::IdReader, DeviceState::Online)).expect("Identify");
    assert_eq!(bench.session.view().caption, Some(Prompt::DeviceBack(DeviceKind::IdReader)));
}

#[test]
fn without_any_device_the_tile_says_so() {
    let mut bench = Bench::new();
    bench.event(Event::Device(DeviceKind::IdReader, DeviceState::Offline));
    bench.event(Event::Device(DeviceKind::Scanner, DeviceState::NoDevice));
    bench.press(Press::Start).press(Press::Service(Service::Balance)).expect("Home");
    let Screen::Home { tiles, .. } = bench.screen() else { panic!() };
    assert_eq!(tiles[0], Tile { service: Service::Balance, state: TileState::NoDevice });
    assert_eq!(tiles[5].state, TileState::Open, "what needs nobody's card still works");
}

#[test]
fn a_full_disk_closes_the_kiosk_and_a_free_one_opens_it() {
    let mut bench = Bench::new();
    bench.reach_rating().press(Press::Level(Level::Satisfied)).press(Press::SubmitRating);
    let (ticket, _) = bench.stored();
    bench.event(Event::NotStored(ticket)).event(Event::Ledger(false)).expect("Rate");
    assert!(bench.rate().failed);
    bench.press(Press::SkipRating).event(Event::CardLifted).expect("OutOfService");
    bench.event(Event::Ledger(true)).expect("Standby");
}

#[test]
fn a_trembling_finger_presses_once() {
    let mut bench = Bench::new();
    bench.press(Press::Start).expect("Home");
    bench.tick_ms += 250;
    bench.event(Event::Press(Press::Service(Service::Balance))).expect("Home");
    bench.press(Press::Service(Service::Balance)).expect("Identify");
    bench.press(Press::LargeFont);
    bench.tick_ms += 60;
    bench.event(Event::Press(Press::LargeFont));
    assert!(bench.session.view().modes.large_font);
}

#[test]
fn amounts_are_said_only_after_a_press() {
    let mut bench = Bench::new();
    bench.reach_balance();
    let amount = Effect::Speak(Prompt::Amount(Fen(123_456)));
    assert!(!bench.did(&amount));
    bench.press(Press::ReadAloud);
    assert!(bench.did(&amount));
    assert_ne!(bench.session.view().caption, Some(Prompt::Amount(Fen(123_456))));
}

#[test]
fn with_voice_off_only_a_card_left_behind_is_spoken_of() {
    let mut bench = Bench::with(SessionConfig { voice_at_start: false, ..SessionConfig::default() });
    bench.reach_balance();
    assert!(!bench.effects.iter().any(|e| matches!(e, Effect::Speak(_))));
    bench.press(Press::Finish).press(Press::SkipRating);
    assert!(bench.did(&Effect::Speak(Prompt::TakeCard)));
}

#[test]
fn home_from_the_balance_still_offers_the_rating() {
    let mut bench = Bench::new();
    bench.reach_balance().event(Event::CardLifted).press(Press::Home).expect("Rate");
    bench.press(Press::SkipRating).expect("Home");
}

#[test]
fn the_questionnaire_comes_after_the_rating_is_safe() {
    let question = Question {
        zh: "字看得清吗？".into(),
        en: "Could you read the text?".into(),
        choices: vec![("看得清".into(), "Yes".into()), ("看不清".into(), "No".into())],
    };
    let questionnaire = Questionnaire { service: Service::Balance, questions: vec![question.clone(), question] };
    let mut bench = Bench::with(SessionConfig { questionnaires: vec![questionnaire], ..SessionConfig::default() });
    bench.reach_rating().press(Press::Level(Level::Satisfied)).press(Press::SubmitRating);
    let (ticket, _) = bench.stored();
    bench.event(Event::Stored(ticket)).expect("Question");
    bench.press(Press::SkipRating).expect("Question").press(Press::Answer(1)).expect("Thanks");
    assert!(matches!(bench.stored().1, Entry::Answers { answers, .. } if answers == &[(1, 1)]));
}

#[test]
fn the_phone_code_carries_the_project_number_and_nothing_else() {
    let phone_rating = Some("https://rate.example.invalid/?p={project}".to_owned());
    let mut bench = Bench::with(SessionConfig { phone_rating, ..SessionConfig::default() });
    bench.reach_rating().press(Press::RateByPhone);
    let Screen::RateByPhone { address } = bench.screen() else { panic!("{:?}", bench.screen()) };
    assert!(address.starts_with("https://rate.example.invalid/?p=371002A00320261121"), "{address}");
    bench.press(Press::Back).expect("Rate");
}

#[test]
fn the_same_seed_makes_the_same_day() {
    let day = || {
        let mut bench = Bench::new();
        bench.reach_rating();
        bench.press(Press::Level(Level::Satisfied)).press(Press::SubmitRating);
        format!("{:?}", bench.effects)
    };
    assert_eq!(day(), day());
}

#[test]
fn a_reader_that_comes_and_goes_does_not_hold_the_screen() {
    let mut bench = Bench::new();
    bench.press(Press::Start).press(Press::Service(Service::Balance)).expect("Identify");
    for state in [DeviceState::NoDevice, DeviceState::Online].into_iter().cycle().take(6) {
        bench.pass(20_000).event(Event::Device(DeviceKind::IdReader, state));
    }
    bench.expect("Standby");
}

#[test]
fn a_matter_that_was_not_kept_is_not_rated() {
    let mut bench = Bench::new();
    let matter = bench.reach_balance().stored().0;
    bench.press(Press::Finish).expect("Rate");
    bench.event(Event::NotStored(matter)).expect("Thanks");
    bench.event(Event::CardLifted).expect("Standby");
}
