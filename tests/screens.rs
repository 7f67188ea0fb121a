//! What every screen owes a resident, checked on the screens themselves: everything to press can be
//! reached and read, says what it does and does what it says; nothing of a person stays behind.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a helper of a test fails the test")]
#![cfg(feature = "screen")]

#[path = "screens/languages.rs"]
mod languages;
#[path = "screens/rare.rs"]
mod rare;

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use yibao_kiosk::domain::{Level, Service};
use yibao_kiosk::screen::fixtures::{self, Fixture};
use yibao_kiosk::screen::{Display, Element, Screen, ScreenError};
use yibao_kiosk::session::{Event, Language, Modes, Press, Stepper, Typed, View};
use yibao_kiosk::words::{self, Key, Words};

/// Smallest side of anything to press where the short side of the glass has 1080 pixels.
const TARGET_PX_MIN: f32 = 60.0;
/// The same in large font.
const TARGET_LARGE_PX_MIN: f32 = 81.0;
/// Rounding of layouts.
const SLACK_PX: f32 = 1.0;
const PORTRAIT: (u32, u32) = (1080, 1920);
const LANDSCAPE: (u32, u32) = (1920, 1080);
const LANGUAGES: [Language; 2] = [Language::ZhCn, Language::En];

fn open((width, height): (u32, u32)) -> Screen {
    Screen::open(Display::Still { width, height }, fixtures::options(), |_| {}).expect("a window drawn nowhere")
}

fn fixture(name: &str) -> View {
    let found = fixtures::all().into_iter().find(|fixture| fixture.name == name);
    found.unwrap_or_else(|| panic!("no fixture {name}")).view
}

fn in_modes(view: &View, large_font: bool, contrast: bool, language: Language) -> View {
    fixtures::in_modes(view, Modes { large_font, contrast, language, ..view.modes })
}

/// Every mix of modes, with the caption of the voice; the colours only where nothing else is unusual.
fn combinations() -> Vec<Modes> {
    let mut all = Vec::new();
    for language in LANGUAGES {
        for large_font in [false, true] {
            let plain = Modes { large_font, language, voice: true, ..Modes::default() };
            all.extend([plain, Modes { contrast: true, ..plain }, Modes { reach: true, ..plain }]);
            all.push(Modes { voice: false, ..plain });
        }
    }
    all
}

/// Everything wrong with one picture.
fn faults(elements: &[Element], (width, height): (u32, u32), large: bool) -> Vec<String> {
    let mut faults = Vec::new();
    let target = if large { TARGET_LARGE_PX_MIN } else { TARGET_PX_MIN };
    let pressable: Vec<&Element> = elements.iter().filter(|e| e.button && e.enabled).collect();
    if pressable.is_empty() && !elements.iter().any(|e| e.button) {
        faults.push("nothing to press at all".into());
    }
    for element in elements {
        let what = format!("{} “{}”", element.id, element.label.replace('\n', " "));
        let place = format!("{}×{} at {},{}", element.width, element.height, element.x, element.y);
        let inside = element.x >= -SLACK_PX
            && element.y >= -SLACK_PX
            && element.x + element.width <= width as f32 + SLACK_PX
            && element.y + element.height <= height as f32 + SLACK_PX;
        if !inside {
            faults.push(format!("{what} leaves the glass: {place}"));
        }
        if element.truncated {
            faults.push(format!("{what} does not fit: {place}"));
        }
        if element.button && element.label.trim().is_empty() {
            faults.push(format!("{what} says nothing: {place}"));
        }
        if element.button && element.width.min(element.height) < target - SLACK_PX {
            faults.push(format!("{what} is smaller than {target}: {place}"));
        }
    }
    for (index, one) in pressable.iter().enumerate() {
        for other in pressable.iter().skip(index + 1).filter(|other| overlap(one, other)) {
            faults.push(format!("“{}” and “{}” lie over each other", one.label, other.label));
        }
    }
    faults
}

/// A button that lies over what is being said.
fn covered(elements: &[Element], caption: &str) -> Option<String> {
    let said = elements.iter().find(|element| !element.button && element.label == caption)?;
    let over = elements.iter().find(|element| element.button && overlap(element, said))?;
    Some(format!("“{}” lies over the caption", over.label))
}

fn overlap(one: &Element, other: &Element) -> bool {
    let apart = |a: f32, a_size: f32, b: f32, b_size: f32| a + a_size <= b + SLACK_PX || b + b_size <= a + SLACK_PX;
    !apart(one.x, one.width, other.x, other.width) && !apart(one.y, one.height, other.y, other.height)
}

fn check_layout(size: (u32, u32)) {
    let screen = open(size);
    let mut all = Vec::new();
    for modes in combinations() {
        for Fixture { name, view } in fixtures::all() {
            screen.show_now(fixtures::in_modes(&view, modes));
            let words = Words::new(modes.language);
            // What lies over a screen says its own words, and covers those of the screen beneath.
            let captioned = modes.voice && view.overlay.is_none();
            let caption = view.caption.filter(|_| captioned).map(|prompt| words::say(&words, &prompt));
            // A review too long for one page is checked page by page.
            for page in 0.. {
                let elements = screen.elements_now();
                let mut found = faults(&elements, size, modes.large_font);
                found.extend(caption.as_deref().and_then(|caption| covered(&elements, caption)));
                all.extend(found.into_iter().map(|fault| format!("{name} page {page} {modes:?}: {fault}")));
                if page > 8 || screen.press_now(&words.text(Key::ReviewLinesRight)).is_err() {
                    break;
                }
            }
        }
    }
    assert!(all.is_empty(), "{} faults at {size:?}:\n{}", all.len(), all.join("\n"));
}

#[test]
fn portrait_screens_can_be_read_and_pressed() {
    check_layout(PORTRAIT);
}

#[test]
fn landscape_screens_can_be_read_and_pressed() {
    check_layout(LANDSCAPE);
}

/// The check above is only worth something if it sees what it looks for.
#[test]
fn the_layout_check_finds_faults() {
    let button = |label: &str, x: f32, width: f32| Element {
        id: "b".into(),
        label: label.into(),
        button: true,
        enabled: true,
        truncated: false,
        x,
        y: 0.0,
        width,
        height: 100.0,
    };
    let sees = |elements: &[Element], large, part: &str| {
        let found = faults(elements, PORTRAIT, large);
        assert!(found.iter().any(|fault| fault.contains(part)), "{part}: {found:?}");
    };
    assert!(faults(&[button("a", 0.0, 100.0), button("b", 100.0, 100.0)], PORTRAIT, true).is_empty());
    sees(&[button("a", 0.0, 100.0), button("b", 90.0, 100.0)], false, "over each other");
    sees(&[button("a", 1000.0, 100.0)], false, "leaves the glass");
    sees(&[button("a", 0.0, 70.0)], true, "smaller");
    sees(&[button(" ", 0.0, 100.0)], false, "says nothing");
    sees(&[Element { truncated: true, ..button("a", 0.0, 100.0) }], false, "does not fit");
    sees(&[], false, "nothing to press");
}

#[test]
fn a_press_is_what_its_button_says() {
    let pressed: Rc<RefCell<Vec<Event>>> = Rc::default();
    let sink = Rc::clone(&pressed);
    let (width, height) = PORTRAIT;
    let screen = Screen::open(Display::Still { width, height }, fixtures::options(), move |event| {
        sink.borrow_mut().push(event);
    })
    .expect("a window drawn nowhere");
    let words = Words::new(Language::ZhCn);
    let check = |name: &str, label: String, expected: Press| {
        let view = fixture(name);
        let modes = Modes { voice: false, ..view.modes };
        screen.show_now(View { modes, ..view });
        screen.press_now(&label).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert_eq!(pressed.take(), [Event::Press(expected)], "{name} “{label}”");
    };
    let plain = [
        ("standby", Key::StandbyStart, Press::Start),
        ("home", Key::ServiceBalance, Press::Service(Service::Balance)),
        ("home", Key::ServiceOpinion, Press::Service(Service::Opinion)),
        ("home", Key::HomeLargeFont, Press::LargeFont),
        ("home", Key::HomeVoice, Press::Voice),
        ("home", Key::BarLanguage, Press::Languages),
        ("home", Key::BarContrast, Press::Contrast),
        ("home", Key::BarReach, Press::Reach),
        ("home", Key::BarHotline, Press::Hotline),
        ("home", Key::BarHelp, Press::Help),
        ("identify", Key::IdentifyUseVoucher, Press::ByEVoucher),
        ("identify-voucher", Key::IdentifyUseCard, Press::ByIdCard),
        ("who-are-you", Key::PersonIsMe, Press::ItIsMe),
        ("who-are-you", Key::PersonNotMe, Press::NotMe),
        ("who-are-you", Key::BarHome, Press::Home),
        ("who-are-you", Key::BarBack, Press::Back),
        ("balance", Key::ReadsAloud, Press::ReadAloud),
        ("balance", Key::BalanceCover, Press::CoverAmount),
        ("balance-covered", Key::BalanceUncover, Press::CoverAmount),
        ("balance", Key::BalanceAllMovements, Press::AllMovements),
        ("balance", Key::BalanceFinish, Press::Finish),
        ("movements", Key::MovementsEarlier, Press::PageDown),
        ("movements-covered", Key::MovementsLater, Press::PageUp),
        ("rate", Key::RateSkip, Press::SkipRating),
        ("rate-good", Key::RateSubmit, Press::SubmitRating),
        ("rate", Key::RateByPhone, Press::RateByPhone),
        ("fault-platform", Key::FaultTryAgain, Press::TryAgain),
        ("home", Key::ServiceFiling, Press::Service(Service::Filing)),
        ("ask-why", Key::ReasonWithChildren, Press::Pick(0)),
        ("ask-why", Key::ReasonEmergency, Press::Pick(5)),
        ("ask-conflict", Key::AskConflictNo, Press::Pick(1)),
        ("ask-scam", Key::AskSomebody, Press::Pick(0)),
        ("places", Key::PlacesSearch, Press::Search),
        ("places", Key::PlacesMore, Press::PageDown),
        ("places-cities", Key::PlacesBack, Press::PageUp),
        ("writing", Key::WritingUndo, Press::UndoStroke),
        ("writing", Key::WritingClear, Press::ClearInk),
        ("writing", Key::WritingByPinyin, Press::ByPinyin),
        ("writing", Key::WritingErase, Press::Erase),
        ("writing-pinyin", Key::WritingByHand, Press::ByHand),
        ("writing-address", Key::WritingDone, Press::Next),
        ("digits", Key::DigitsErase, Press::Erase),
        ("digits", Key::FilingNext, Press::Next),
        ("digits-empty", Key::DigitsOnRecord, Press::UseOnRecord),
        ("dates", Key::DatesDayUp, Press::Step(Stepper::Day, true)),
        ("dates", Key::DatesMonthDown, Press::Step(Stepper::Month, false)),
        ("dates-months", Key::DatesMonthsUp, Press::Step(Stepper::Months, true)),
        ("dates", Key::FilingNext, Press::Next),
        ("review-short", Key::ReviewChange, Press::Change(0)),
        ("review-short", Key::ReviewSubmit, Press::SubmitFiling),
        ("review-short", Key::ReviewTakeAlong, Press::TakeAlong),
        ("filed", Key::FiledRate, Press::Finish),
        ("filings", Key::FilingsNew, Press::NewFiling),
        ("filings", Key::FilingsFinish, Press::Finish),
        ("filings-picked", Key::FilingsCancel, Press::CancelFiling),
        ("filings-picked", Key::FilingsExtend, Press::ExtendFiling),
        ("told-before", Key::ToldNext, Press::Next),
        ("told-staff", Key::ToldClose, Press::Next),
        ("carry", Key::CarryFinish, Press::Finish),
        ("hospital", Key::HospitalFinish, Press::Finish),
        ("overlay-idle", Key::IdleStay, Press::StillHere),
        ("overlay-idle", Key::IdleLeave, Press::Leave),
        ("overlay-hotline", Key::HotlineClose, Press::Close),
        ("overlay-languages", Key::LanguageEnglish, Press::Language(Language::En)),
        ("overlay-languages", Key::LanguageTraditional, Press::Language(Language::ZhHant)),
        ("overlay-languages", Key::LanguageChinese, Press::Language(Language::ZhCn)),
    ];
    for (name, key, expected) in plain {
        check(name, words.text(key), expected);
    }
    for level in Level::ALL {
        check("rate", words.level(level), Press::Level(level));
    }
    check("rate-bad", words.reason(207), Press::Reason(207));
    check("question", "5 到 15 分钟".into(), Press::Answer(1));
    check("places", "上海".into(), Press::Pick(1));
    check("writing", "阿".into(), Press::Candidate(5));
    check("writing", "沈丘县".into(), Press::Pick(1));
    check("filings", "北京市".into(), Press::Pick(0));
    for (label, key) in [("1", '1'), ("9", '9'), ("0", '0')] {
        check("digits", label.into(), Press::Key(key.into()));
    }
    check("digits-referral", "X".into(), Press::Key(Typed('X')));
    check("digits-referral", "-".into(), Press::Key(Typed('-')));
    check("writing-address", "8".into(), Press::Key(Typed('8')));
    for (label, key) in [("A", 'a'), ("Z", 'z')] {
        check("writing-pinyin", label.into(), Press::Key(key.into()));
    }
}

#[test]
fn what_cannot_be_done_cannot_be_pressed() {
    let pressed: Rc<RefCell<usize>> = Rc::default();
    let sink = Rc::clone(&pressed);
    let display = Display::Still { width: PORTRAIT.0, height: PORTRAIT.1 };
    let screen = Screen::open(display, fixtures::options(), move |_| *sink.borrow_mut() += 1).expect("a window");
    let words = Words::new(Language::ZhCn);
    let check = |name: &str, key: Key| {
        screen.show_now(fixture(name));
        let label = words.text(key);
        assert!(matches!(screen.press_now(&label), Err(ScreenError::NoSuchButton(_))), "{name} “{label}”");
        assert_eq!(*pressed.borrow(), 0);
    };
    check("home-no-device", Key::ServiceBalance);
    check("rate", Key::RateSubmit);
    check("rate-bad-asking", Key::RateSubmit);
    check("rate-no-phone", Key::RateByPhone);
    check("review", Key::ReviewSubmit);
    check("review-sending", Key::ReviewSubmit);
    check("digits-empty", Key::FilingNext);
    check("dates", Key::DatesYearDown);
    check("filings-away", Key::FilingsExtend);
    check("overlay-idle", Key::BalanceFinish);
    check("overlay-hotline", Key::ServiceBalance);
}

/// The promise is the resident's to give: it is there unpressed, and pressing it is told at once.
#[test]
fn a_promise_starts_unpressed_and_its_whole_row_is_the_target() {
    let pressed: Rc<RefCell<Vec<Event>>> = Rc::default();
    let sink = Rc::clone(&pressed);
    let display = Display::Still { width: PORTRAIT.0, height: PORTRAIT.1 };
    let screen =
        Screen::open(display, fixtures::options(), move |event| sink.borrow_mut().push(event)).expect("a window");
    let words = Words::new(Language::ZhCn);
    screen.show_now(fixture("review"));
    while screen.press_now(&words.text(Key::ReviewLinesRight)).is_ok() {
        assert!(pressed.take().is_empty(), "turning the page tells nobody anything");
    }
    let promise = screen.elements_now().into_iter().find(|e| e.button && e.label == words.text(Key::ReviewPromise));
    let promise = promise.expect("the promise");
    assert!(promise.width > 900.0, "{promise:?}");
    screen.press_now(&promise.label).expect("a button");
    assert_eq!(pressed.take(), [Event::Press(Press::Promise)]);
}

#[test]
fn a_finger_on_the_pad_draws_a_stroke() {
    let drawn: Rc<RefCell<Vec<Event>>> = Rc::default();
    let sink = Rc::clone(&drawn);
    let display = Display::Still { width: PORTRAIT.0, height: PORTRAIT.1 };
    let screen =
        Screen::open(display, fixtures::options(), move |event| sink.borrow_mut().push(event)).expect("a window");
    let pad = Words::new(Language::ZhCn).text(Key::WritingPad);
    for (width, height) in [PORTRAIT, LANDSCAPE] {
        screen.resize(width, height);
        screen.show_now(fixture("home"));
        screen.show_now(fixture("writing-blank"));
        let before = screen.pixels_now().expect("a renderer");
        screen.draw_now(&pad, &[(0.2, 0.1), (0.5, 0.5), (0.8, 0.9)]).expect("a pad");
        let after = screen.pixels_now().expect("a renderer");
        let Some(Event::Stroke(points)) = drawn.take().pop() else { panic!("no stroke") };
        let near = |point: (u16, u16), x: i32, y: i32| {
            (i32::from(point.0) - x).abs() < 40 && (i32::from(point.1) - y).abs() < 40
        };
        assert!(near(points[0], 2_000, 1_000) && near(points[points.len() - 1], 8_000, 9_000), "{points:?}");
        let changed = before.as_slice().iter().zip(after.as_slice()).filter(|(one, other)| one != other).count();
        assert!(changed > 2_000, "the line is drawn at once, not only when the view brings it back: {changed} pixels");
        screen.draw_now(&pad, &[(0.3, 0.3)]).expect("a pad");
        assert!(matches!(drawn.take().pop(), Some(Event::Stroke(points)) if points.len() == 1), "a dot is a stroke");
    }
}

#[test]
fn nothing_of_a_rating_is_chosen_in_advance_and_all_levels_are_alike() {
    let screen = open(PORTRAIT);
    let words = Words::new(Language::ZhCn);
    screen.show_now(fixture("rate"));
    let elements = screen.elements_now();
    let levels: Vec<&Element> =
        elements.iter().filter(|e| e.button && Level::ALL.iter().any(|level| words.level(*level) == e.label)).collect();
    assert_eq!(levels.len(), Level::ALL.len());
    for level in &levels {
        let same =
            (level.width - levels[0].width).abs() <= SLACK_PX && (level.height - levels[0].height).abs() <= SLACK_PX;
        assert!(same, "“{}” is {}×{}", level.label, level.width, level.height);
    }
}

#[test]
fn the_language_changes_under_way() {
    let screen = open(PORTRAIT);
    let home = fixture("home");
    for language in [Language::ZhCn, Language::En, Language::ZhCn] {
        screen.show_now(in_modes(&home, false, false, language));
        let said: Vec<String> = screen.elements_now().into_iter().map(|element| element.label).collect();
        for other in LANGUAGES {
            let words = Words::new(other);
            for key in [Key::ServiceBalance, Key::BarHelp] {
                let there = said.iter().any(|label| label.contains(&words.text(key)));
                assert_eq!(there, other == language, "{language:?}: “{}”", words.text(key));
            }
        }
    }
}

const PERSONAL: [&str; 12] = [
    fixtures::NAME,
    fixtures::NUMBER,
    "1,234",
    "一千二百三十四",
    "威海市立医院",
    "215.30",
    "荣成",
    "1,230.00",
    "138 0000",
    "138****5678",
    "花家地",
    "李*英",
];

fn personal(screen: &Screen) -> Vec<String> {
    let labels = screen.elements_now().into_iter().map(|element| element.label);
    labels.filter(|label| PERSONAL.iter().any(|part| label.contains(part))).collect()
}

#[test]
fn a_wipe_leaves_nothing_of_a_person() {
    let screen = open(PORTRAIT);
    let filing = ["review", "filed", "filed-kept", "filings", "digits", "writing-address", "ask-relative"];
    for name in ["who-are-you", "balance", "balance-several", "movements", "insured"].into_iter().chain(filing) {
        screen.show_now(fixture(name));
        assert!(!personal(&screen).is_empty(), "{name} shows nothing personal, so this test shows nothing");
        screen.wipe_now();
        assert_eq!(personal(&screen), Vec::<String>::new(), "{name} after the wipe");
        screen.show_now(fixture(name));
        assert!(!personal(&screen).is_empty(), "{name} is filled again after a wipe");
    }
}

#[test]
fn amounts_are_covered_when_the_resident_covers_them_or_seems_gone() {
    let screen = open(PORTRAIT);
    for name in ["balance-covered", "movements-covered", "overlay-idle"] {
        screen.show_now(fixture(name));
        let amounts: Vec<String> = personal(&screen)
            .into_iter()
            .filter(|label| ["1,234", "一千二百", "215.30", "1,230.00"].iter().any(|part| label.contains(part)))
            .collect();
        assert_eq!(amounts, Vec::<String>::new(), "{name}");
    }
}

/// A glyph no font has is drawn as nothing, so a text is only there if its place has ink.
#[test]
fn texts_have_ink_in_large_font_and_high_contrast() {
    let screen = open(PORTRAIT);
    let mut blank = Vec::new();
    for language in LANGUAGES {
        for name in [
            "standby",
            "home",
            "identify",
            "balance",
            "rate-bad",
            "thanks",
            "ask-why",
            "places",
            "filed-kept",
            "told-before",
        ] {
            screen.show_now(in_modes(&fixture(name), true, true, language));
            let pixels = screen.pixels_now().expect("a renderer");
            let width = pixels.width() as usize;
            for element in screen.elements_now().iter().filter(|e| !e.label.trim().is_empty() && e.width >= 1.0) {
                let rows =
                    element.y.max(0.0) as usize..(element.y + element.height).min(pixels.height() as f32) as usize;
                let (left, right) = (element.x.max(0.0) as usize, ((element.x + element.width) as usize).min(width));
                let mut shades = rows.flat_map(|y| &pixels.as_slice()[y * width + left..y * width + right]);
                let first = shades.next();
                if shades.all(|shade| Some(shade) == first) {
                    blank.push(format!("{name} {language:?}: “{}”", element.label));
                }
            }
        }
    }
    assert!(blank.is_empty(), "{}", blank.join("\n"));
}

/// The way the kiosk itself goes: a running loop, views and presses from another thread.
#[test]
fn another_thread_shows_presses_wipes_and_closes() {
    let (events, pressed) = mpsc::channel();
    let display = Display::Headless { width: PORTRAIT.0, height: PORTRAIT.1 };
    let screen = Screen::open(display, fixtures::options(), move |event| {
        let _ = events.send(event);
    })
    .expect("a window drawn nowhere");
    let handle = screen.handle();
    let script = thread::spawn(move || {
        let labels = || handle.elements().map(|all| all.into_iter().map(|e| e.label).collect::<Vec<_>>());
        let words = Words::new(Language::ZhCn);
        handle.show(fixture("balance"));
        handle.show(fixture("home"));
        handle.press_label(&words.text(Key::ServiceBalance))?;
        let event = pressed.recv_timeout(Duration::from_secs(10));
        handle.show(fixture("who-are-you"));
        handle.settle()?;
        let shown = labels()?;
        let folder = tempfile::tempdir().expect("a folder");
        let picture = folder.path().join("who.png");
        handle.snapshot(&picture)?;
        let bytes = std::fs::metadata(&picture).expect("a picture").len();
        handle.wipe();
        let wiped = labels()?;
        handle.wipe();
        handle.show(fixture("home"));
        let home = labels()?;
        let missing = handle.press_label("no such button");
        handle.close();
        Ok::<_, ScreenError>((event, shown, bytes, wiped, home, missing))
    });
    screen.run().expect("the loop ends by the handle");
    let (event, shown, bytes, wiped, home, missing) = script.join().expect("the script").expect("answers");
    let has = |labels: &[String], part: &str| labels.iter().any(|label| label.contains(part));
    assert_eq!(event, Ok(Event::Press(Press::Service(Service::Balance))));
    assert!(has(&shown, fixtures::NAME) && has(&shown, fixtures::NUMBER), "{shown:?}");
    assert!(bytes > 10_000, "{bytes} bytes are no picture of a screen");
    assert!(!has(&wiped, fixtures::NAME) && !has(&wiped, fixtures::NUMBER), "{wiped:?}");
    assert!(has(&home, "查医保余额"), "a view shown after a wipe stays: {home:?}");
    assert!(matches!(missing, Err(ScreenError::NoSuchButton(_))));
}
