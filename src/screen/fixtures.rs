//! One invented view for every screen and every variant of it, for the gallery and the tests.
//!
//! 张*华 and her number are nobody's: they exist only here and already masked.

mod filing;

use jiff::civil::{Date, date};

use crate::domain::{AccountStatus, DeviceKind, Fen, InsuranceType, Level, Service, active_indicators};
use crate::journey::lines_a_page;
use crate::session::{
    AccountLine, Balance, DeviceBoard, Fault, FaultKind, Identify, IdentifyBy, IdentifyNotice, Modes, MovementLine,
    Movements, Overlay, Prompt, Rate, Screen, Tile, TileState, View,
};

use super::ScreenOptions;

/// Masked name of the fixtures.
pub const NAME: &str = "张*华";
/// One that ends in a character of extension B.
pub const RARE_NAME: &str = "张*𫠠";
/// One that ends in a code nobody has agreed on, as some chips carry.
pub const CODED_NAME: &str = "张*\u{F0000}";
/// Masked number of the fixtures.
pub const NUMBER: &str = "371002********1234";
/// Balance of the fixtures.
pub const AMOUNT: Fen = Fen(123_456);

const BOTH: DeviceBoard = DeviceBoard { id_reader: true, scanner: true };
/// A view with the name its picture gets.
#[derive(Debug, Clone)]
pub struct Fixture {
    /// Screen and variant: `balance-covered`.
    pub name: &'static str,
    /// What is shown, in default modes.
    pub view: View,
}

/// The same view for somebody who chose these modes: in large font the session puts fewer lines on a page.
pub fn in_modes(view: &View, modes: Modes) -> View {
    let mut view = View { modes, ..view.clone() };
    if let Screen::Movements(page) = &mut view.screen {
        page.lines.truncate(lines_a_page(modes.large_font));
    }
    if let Screen::Places(places) = &mut view.screen {
        places.names.truncate(if modes.large_font { 12 } else { 24 });
    }
    filing::with_policy_texts(&mut view.screen, modes.language);
    view
}

/// What a hall configures.
pub fn options() -> ScreenOptions {
    ScreenOptions {
        hall: "威海医保".into(),
        machine: "一楼大厅 3 号机".into(),
        window_name: "3 号窗口".into(),
        window_way: "往左走 10 米，不用再取号".into(),
        window_name_en: "window 3".into(),
        window_way_en: "10 metres to the left, no new ticket needed".into(),
        // As long as a notice may be.
        notices: vec![(
            "2027年居民医保开始缴费，年底截止".into(),
            "可以到一楼的窗口缴，也可以用手机缴。低保、特困的居民由政府代缴，不用自己来。".into(),
        )],
        ..ScreenOptions::default()
    }
}

/// All screens with their variants.
pub fn all() -> Vec<Fixture> {
    [begin(), identification(), account(), rating(), filing::all(), trouble(), overlays()].concat()
}

fn begin() -> Vec<Fixture> {
    vec![
        fixture("standby", Screen::Standby(BOTH), Prompt::Standby),
        fixture("standby-no-reader", Screen::Standby(DeviceBoard { id_reader: false, scanner: true }), Prompt::Standby),
        fixture(
            "standby-no-device",
            Screen::Standby(DeviceBoard { id_reader: false, scanner: false }),
            Prompt::Standby,
        ),
        fixture("home", home(false, TileState::Open), Prompt::Home),
        fixture("home-more", home(true, TileState::Open), Prompt::MoreServices),
        fixture("home-no-device", home(false, TileState::NoDevice), Prompt::Home),
        fixture("home-no-platform", home(false, TileState::NoPlatform), Prompt::Home),
        fixture("guide", Screen::Guide, Prompt::Guide),
        fixture("elsewhere", Screen::Elsewhere(Service::Offices), Prompt::Elsewhere(Service::Offices)),
    ]
}

fn identification() -> Vec<Fixture> {
    let card = Identify {
        service: Service::Balance,
        by: IdentifyBy::IdCard,
        notice: None,
        reading: false,
        devices: BOTH,
        relative: false,
    };
    let voucher = Identify { by: IdentifyBy::EVoucher, ..card };
    let pulled = Identify { notice: Some(IdentifyNotice::PulledAway), ..card };
    let again = Identify { notice: Some(IdentifyNotice::LiftAndLayAgain), ..card };
    let stale = Identify { notice: Some(IdentifyNotice::StaleVoucher), ..voucher };
    let only_card = Identify { devices: DeviceBoard { id_reader: true, scanner: false }, ..card };
    let me = |number: &str, expired| Screen::WhoAreYou {
        name: NAME.into(),
        number: number.into(),
        expired,
        relative: false,
    };
    let named =
        |name: &str| Screen::WhoAreYou { name: name.into(), number: NUMBER.into(), expired: false, relative: false };
    let waiting = |seconds| Screen::Waiting { service: Service::Balance, seconds };
    vec![
        fixture("identify", Screen::Identify(card), Prompt::IdentifyByCard),
        fixture("identify-voucher", Screen::Identify(voucher), Prompt::IdentifyByVoucher),
        fixture("identify-reading", Screen::Identify(Identify { reading: true, ..card }), Prompt::ReadingCard),
        fixture("identify-pulled-away", Screen::Identify(pulled), Prompt::CardPulledAway),
        fixture("identify-again", Screen::Identify(again), Prompt::LiftAndLayAgain),
        fixture("identify-stale", Screen::Identify(stale), Prompt::VoucherStale),
        fixture("identify-no-scanner", Screen::Identify(only_card), Prompt::IdentifyByCard),
        fixture("who-are-you", me(NUMBER, false), Prompt::WhoAreYou),
        fixture("who-are-you-rare", named(RARE_NAME), Prompt::WhoAreYou),
        fixture("who-are-you-coded", named(CODED_NAME), Prompt::WhoAreYou),
        fixture("who-are-you-expired", me(NUMBER, true), Prompt::CardExpired),
        fixture("who-are-you-voucher", me("", false), Prompt::WhoAreYou),
        fixture("identify-relative", Screen::Identify(Identify { relative: true, ..card }), Prompt::RelativesCard),
        fixture("waiting", waiting(1), Prompt::Waiting),
        fixture("waiting-long", waiting(7), Prompt::WaitingLonger),
    ]
}

fn account() -> Vec<Fixture> {
    let plain = Balance {
        name: NAME.into(),
        amount: Some(AMOUNT),
        covered: false,
        main: Some(employee()),
        others: Vec::new(),
        movements: Some(lines(3)),
        movements_pending: false,
    };
    let covered = Balance { covered: true, ..plain.clone() };
    let pending = Balance { movements: None, movements_pending: true, ..plain.clone() };
    let without = Balance { movements: None, ..plain.clone() };
    let several = Balance { others: vec![resident(), maternity()], ..plain.clone() };
    let none = Balance { amount: None, main: Some(resident()), movements: None, ..plain.clone() };
    let page = |page, covered| Screen::Movements(Movements { lines: lines(6), page, pages: 3, covered });
    let insured = Screen::Insured { name: NAME.into(), accounts: vec![employee(), resident(), maternity()] };
    vec![
        fixture("balance", Screen::Balance(plain), Prompt::BalanceShown),
        fixture("balance-covered", Screen::Balance(covered), Prompt::BalanceShown),
        fixture("balance-pending", Screen::Balance(pending), Prompt::BalanceShown),
        fixture("balance-no-movements", Screen::Balance(without), Prompt::BalanceShown),
        fixture("balance-several", Screen::Balance(several), Prompt::Amount(AMOUNT)),
        fixture("balance-no-account", Screen::Balance(none), Prompt::NoPersonalAccount),
        fixture("movements", page(0, false), Prompt::Movements),
        fixture("movements-covered", page(1, true), Prompt::Movements),
        fixture("insured", insured, Prompt::InsuredShown),
        fixture("not-insured", Screen::NotInsured, Prompt::NotInsured),
    ]
}

fn rating() -> Vec<Fixture> {
    let none = Rate {
        service: Service::Balance,
        level: None,
        reasons: Vec::new(),
        complete: false,
        storing: false,
        failed: false,
        by_phone: true,
    };
    let good = Rate { level: Some(Level::VerySatisfied), complete: true, ..none.clone() };
    let bad = Rate {
        level: Some(Level::Dissatisfied),
        reasons: reasons(Level::Dissatisfied, 2),
        complete: true,
        ..none.clone()
    };
    let asking =
        Rate { level: Some(Level::VeryDissatisfied), reasons: reasons(Level::VeryDissatisfied, 0), ..none.clone() };
    let no_phone = Rate { by_phone: false, ..none.clone() };
    let storing = Rate { storing: true, ..good.clone() };
    let failed = Rate { failed: true, ..good.clone() };
    let question = Screen::Question {
        text: "今天等了多久？".into(),
        choices: vec!["不到 5 分钟".into(), "5 到 15 分钟".into(), "15 分钟以上".into()],
    };
    let address = "https://haoping.example.cn/r?p=37&m=3710021003202611210000000001".to_owned();
    let thanks = |rated, card_left| Screen::Thanks { rated, card_left };
    vec![
        fixture("rate", Screen::Rate(none), Prompt::Rate),
        fixture("rate-no-phone", Screen::Rate(no_phone), Prompt::Rate),
        fixture("rate-good", Screen::Rate(good), Prompt::LevelChosen(Level::VerySatisfied)),
        fixture("rate-bad", Screen::Rate(bad), Prompt::AskReason),
        fixture("rate-bad-asking", Screen::Rate(asking), Prompt::AskReason),
        fixture("rate-storing", Screen::Rate(storing), Prompt::Rate),
        fixture("rate-failed", Screen::Rate(failed), Prompt::NotKept),
        fixture("rate-by-phone", Screen::RateByPhone { address }, Prompt::RateByPhone),
        fixture("question", question, Prompt::Question),
        fixture("thanks", thanks(true, false), Prompt::Thanks),
        fixture("thanks-card-left", thanks(true, true), Prompt::ThanksTakeCard),
        fixture("thanks-not-rated", thanks(false, false), Prompt::Goodbye),
        fixture("thanks-not-rated-card-left", thanks(false, true), Prompt::TakeCard),
    ]
}

fn trouble() -> Vec<Fixture> {
    let fault = |what, id_reader, scanner| {
        Screen::Fault(Fault { what, service: Service::Balance, devices: DeviceBoard { id_reader, scanner } })
    };
    let reader = FaultKind::Device(DeviceKind::IdReader);
    let scanner = FaultKind::Device(DeviceKind::Scanner);
    vec![
        fixture("fault-reader", fault(reader, false, true), Prompt::DeviceFault(DeviceKind::IdReader)),
        fixture("fault-scanner", fault(scanner, true, false), Prompt::DeviceFault(DeviceKind::Scanner)),
        fixture("fault-both", fault(reader, false, false), Prompt::DeviceFault(DeviceKind::IdReader)),
        fixture("fault-platform", fault(FaultKind::Platform, true, true), Prompt::PlatformFault),
        fixture("out-of-service", Screen::OutOfService, Prompt::OutOfService),
    ]
}

fn overlays() -> Vec<Fixture> {
    let mut at_window = fixture("overlay-help-at-window", home(false, TileState::Open), Prompt::HelpAtWindow);
    at_window.view.overlay = Some(Overlay::HelpCalled);
    at_window.view.staff_call = false;
    let over = |name, screen, overlay, prompt| {
        let mut fixture = fixture(name, screen, prompt);
        fixture.view.overlay = Some(overlay);
        fixture
    };
    let balance = Balance {
        name: NAME.into(),
        amount: Some(AMOUNT),
        covered: false,
        main: Some(employee()),
        others: Vec::new(),
        movements: Some(lines(3)),
        movements_pending: false,
    };
    let home = || home(false, TileState::Open);
    vec![
        at_window,
        over("overlay-idle", Screen::Balance(balance), Overlay::Idle { left_s: 20, of_s: 30 }, Prompt::StillHere),
        over("overlay-languages", home(), Overlay::Languages, Prompt::Languages),
        over("overlay-help-called", home(), Overlay::HelpCalled, Prompt::HelpCalled),
        over("overlay-hotline", home(), Overlay::Hotline, Prompt::Hotline),
        over("overlay-voice", home(), Overlay::Voice, Prompt::VoicePanel),
    ]
}

fn fixture(name: &'static str, screen: Screen, prompt: Prompt) -> Fixture {
    let can_go_back = !matches!(screen, Screen::Standby(_) | Screen::Home { .. } | Screen::OutOfService);
    let view = View {
        screen,
        overlay: None,
        modes: Modes { voice: true, ..Modes::default() },
        caption: Some(prompt),
        speaking: true,
        private: false,
        focus: None,
        can_go_back,
        staff_call: true,
        wall: date(2026, 11, 21).at(9, 12, 0, 0),
    };
    Fixture { name, view }
}

fn home(more: bool, state: TileState) -> Screen {
    let needs_person =
        |service| matches!(service, Service::Balance | Service::Insured | Service::Filing | Service::Relative);
    let state_of = |service| if needs_person(service) { state } else { TileState::Open };
    Screen::Home { tiles: Service::ALL.map(|service| Tile { service, state: state_of(service) }).into(), more }
}

fn employee() -> AccountLine {
    line(InsuranceType::Employee, "威海市", AccountStatus::Active, Some(date(2019, 3, 1)), Some(AMOUNT))
}

fn resident() -> AccountLine {
    line(InsuranceType::Resident, "荣成市", AccountStatus::Suspended, Some(date(2015, 1, 1)), None)
}

fn maternity() -> AccountLine {
    line(InsuranceType::Maternity, "威海市", AccountStatus::Active, None, None)
}

fn line(
    insurance: InsuranceType,
    area: &str,
    status: AccountStatus,
    since: Option<Date>,
    balance: Option<Fen>,
) -> AccountLine {
    AccountLine { insurance, area: area.into(), status, since, balance }
}

fn lines(count: usize) -> Vec<MovementLine> {
    let movement = |on, what: &str, place: &str, fen| MovementLine {
        on,
        what: what.into(),
        place: place.into(),
        amount: Fen(fen),
    };
    let all = [
        movement(date(2026, 11, 18), "买药", "威海市立医院药房", -8_640),
        movement(date(2026, 11, 10), "每月划入", "", 21_530),
        movement(date(2026, 11, 3), "看门诊", "环翠楼社区卫生服务中心", -3_275),
        movement(date(2026, 10, 22), "住院自付", "威海市中心医院", -123_000),
        movement(date(2026, 10, 10), "每月划入", "", 21_530),
        movement(date(2026, 9, 28), "买药", "同和堂大药房文化西路店", -5_600),
    ];
    all.into_iter().take(count).collect()
}

fn reasons(level: Level, chosen: usize) -> Vec<(u16, bool)> {
    active_indicators(level).enumerate().map(|(place, indicator)| (indicator.code, place < chosen)).collect()
}
