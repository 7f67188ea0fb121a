//! Visits by ear: keys go in, only what was spoken is looked at. And the rules behind it, one by one.

use super::tests::*;
use super::tests_filing::{done, nothing_on_record};
use super::*;
use crate::domain::*;
use crate::words::{Words, heard};

/// Somebody who hears, and presses keys.
struct Ear {
    bench: Bench,
    words: Words,
    heard: Vec<String>,
}

impl Ear {
    fn new() -> Self {
        Self { bench: Bench::new(), words: Words::new(Language::ZhCn), heard: Vec::new() }
    }

    fn note(&mut self) {
        let view = self.bench.session.view();
        for effect in &self.bench.effects {
            if let Effect::Speak(prompt) = effect {
                self.heard.push(heard(&self.words, &view, prompt, None).caption().to_string());
            }
        }
    }

    fn key(&mut self, key: PadKey) -> &mut Self {
        self.bench.tick_ms += 1_000;
        self.bench.event(Event::Key(key));
        self.note();
        self
    }

    fn keys(&mut self, typed: &str) -> &mut Self {
        for character in typed.chars() {
            self.key(PadKey::Type(character));
        }
        self
    }

    /// Lets it speak until it has nothing more to say.
    fn listen(&mut self) -> Vec<String> {
        let from = self.heard.len();
        for _ in 0..60 {
            self.bench.event(Event::SpeechEnded);
            let before = self.heard.len();
            for _ in 0..4 {
                self.bench.pass(500);
                self.note();
            }
            if self.heard.len() == before {
                break;
            }
        }
        self.heard[from..].to_vec()
    }

    fn said_last(&self, what: &str) -> bool {
        let last = self.heard.last().map(String::as_str).unwrap_or_default();
        last == what || last.starts_with(&format!("{what}，"))
    }

    /// Goes down until it hears this, and chooses it.
    fn choose(&mut self, what: &str) -> &mut Self {
        let from = self.heard.len();
        for _ in 0..80 {
            self.key(PadKey::Down);
            if self.said_last(what) {
                return self.key(PadKey::Choose);
            }
        }
        panic!("“{what}” was not to be heard, only {:?}", &self.heard[from..])
    }

    fn hears(&mut self, what: &str) -> &mut Self {
        assert!(self.heard.iter().any(|said| said.contains(what)), "“{what}” was not said: {:?}", self.heard);
        self
    }

    fn heard_nothing_of(&self, parts: &[&str]) {
        for part in parts {
            assert!(!self.heard.iter().any(|said| said.contains(part)), "{part}: {:?}", self.heard);
        }
    }

    fn rate(&mut self) {
        self.choose("不满意").hears("哪里没做好？");
        self.choose("没给样本").hears("选上了。");
        self.choose("提交评价");
        let (ticket, _) = self.bench.stored();
        self.bench.event(Event::Stored(ticket));
        self.note();
        self.hears("谢谢您！请拿好您的身份证。");
    }
}

#[test]
fn balance_and_rating_by_keys_and_sound_alone() {
    let mut ear = Ear::new();
    ear.key(PadKey::Repeat).hears("您好，医保自助机。");
    ear.choose("点这里开始").choose("查医保余额").hears("请把身份证平放在下面的读卡区");
    ear.bench.lay(&zhang_card());
    ear.note();
    ear.hears("是您本人吗？").heard_nothing_of(&["1", "张"]);
    ear.choose("是我");
    ear.bench.answer(zhang());
    ear.note();
    ear.choose("念给我听").hears("您的个人账户还有一千二百三十四元五角六分。");
    ear.choose("办完了").hears("您满意吗？");
    ear.rate();
    ear.heard_nothing_of(&["张", "3710"]);
}

#[test]
fn a_filing_by_keys_and_sound_alone() {
    let mut ear = Ear::new();
    ear.key(PadKey::Repeat).choose("点这里开始").choose("异地就医备案");
    ear.bench.lay(&zhang_card());
    ear.choose("是我");
    ear.bench.answer(zhang()).on_record(nothing_on_record());
    ear.note();
    ear.hears("您为什么去外地看病？");
    ear.choose("临时出去，怕生病");
    ear.hears("您要去哪里看病？");
    ear.choose("北京").hears("从哪天开始");
    ear.choose("晚一天").hears("从2026年11月22日开始。");
    ear.choose("下一步").keys("06315221234").choose("下一步");
    ear.choose("知道了，往下办").hears("请把屏幕上的内容核对一遍。");
    ear.key(PadKey::Down).key(PadKey::Down).key(PadKey::Down);
    ear.hears("去哪里，北京市，改").hears("为什么去外地，临时出去，怕生病，改");
    ear.choose("提交备案");
    let (ticket, request) = ear.bench.handed_over();
    ear.bench.event(Event::Stored(ticket));
    ear.bench.settle(&request.number, done());
    ear.note();
    ear.hears("备案办好了。").choose("去评价");
    ear.rate();
    ear.heard_nothing_of(&["张", "3710", "0631", "522"]);
}

#[test]
fn a_screen_says_what_it_is_then_what_can_be_pressed_then_how_to_go_on() {
    let mut ear = Ear::new();
    ear.bench.press(Press::Start);
    ear.note();
    let said = ear.listen();
    assert_eq!(said.first().map(String::as_str), Some("大字版"));
    assert_eq!(said[2], "查医保余额");
    assert_eq!(said[9], "意见评价");
    assert!(said[10].starts_with("想再听一遍"), "{said:?}");
    assert_eq!(said.len(), 11);
    assert_eq!(ear.bench.session.view().focus, Some(Press::Service(Service::Opinion)), "the ring stays at the last");
}

#[test]
fn any_press_cuts_what_is_being_read() {
    let mut ear = Ear::new();
    ear.bench.press(Press::Start).event(Event::SpeechEnded);
    ear.bench.pass(2_000);
    assert!(ear.bench.effects.contains(&Effect::Speak(Prompt::Offer(Press::LargeFont))));
    ear.bench.press(Press::Hotline);
    assert!(ear.bench.did(&Effect::Hush) && ear.bench.did(&Effect::Speak(Prompt::Hotline)));
    ear.bench.press(Press::Close).press(Press::Service(Service::Balance)).expect("Identify");
    ear.note();
    assert_eq!(ear.listen()[0], "用手机医保码", "nothing of the first screen is read on the second");
}

#[test]
fn in_standard_mode_nothing_is_read_and_keys_show_where_they_are() {
    let config = SessionConfig { voice_at_start: false, ..SessionConfig::default() };
    let mut ear = Ear { bench: Bench::with(config), ..Ear::new() };
    ear.bench.press(Press::Start);
    ear.listen();
    ear.key(PadKey::Down).key(PadKey::Down).key(PadKey::Down);
    assert_eq!(ear.heard, [""; 0]);
    assert_eq!(ear.bench.session.view().focus, Some(Press::Service(Service::Balance)));
    ear.key(PadKey::Choose).bench.expect("Identify");
    ear.key(PadKey::Repeat).hears("请把身份证");
}

#[test]
fn explore_by_touch_says_first_and_does_second() {
    let mut bench = Bench::new();
    bench.press(Press::Start).press(Press::Voice);
    assert_eq!(bench.session.view().overlay, Some(Overlay::Voice));
    bench.press(Press::Explore).press(Press::Close).press(Press::Close);
    assert!(bench.session.view().modes.explore);
    bench.press(Press::Service(Service::Balance)).expect("Home");
    assert!(bench.did(&Effect::Speak(Prompt::Offer(Press::Service(Service::Balance)))));
    assert_eq!(bench.session.view().focus, Some(Press::Service(Service::Balance)));
    bench.press(Press::Service(Service::Guide)).expect("Home");
    bench.press(Press::Service(Service::Guide)).expect("Guide");
    bench.press(Press::Finish).expect("Guide").press(Press::Finish).expect("Home");
}

#[test]
fn pace_and_loudness_are_heard_at_once_and_go_with_the_visit() {
    let mut bench = Bench::new();
    bench.press(Press::Start).press(Press::Voice).press(Press::Slower);
    let slower = Pace::NORMAL.slower();
    assert!(bench.did(&Effect::Pace(slower)) && bench.did(&Effect::Speak(Prompt::Pace(slower))));
    bench.press(Press::Louder);
    let louder = Loudness::default().louder();
    assert!(bench.did(&Effect::Loudness(louder)) && bench.did(&Effect::Speak(Prompt::Loudness(louder))));
    bench.press(Press::ReadAloud);
    assert!(bench.did(&Effect::Speak(Prompt::Home)) && bench.session.view().overlay.is_none());
    bench.pass(200_000).expect("Standby");
    assert!(bench.did(&Effect::Pace(Pace::NORMAL)) && bench.did(&Effect::Loudness(Loudness::default())));
}

#[test]
fn the_voice_is_off_in_its_panel_and_on_with_one_press() {
    let mut bench = Bench::new();
    bench.press(Press::Start).press(Press::Voice).press(Press::VoiceOff);
    assert!(!bench.session.view().modes.voice && bench.session.view().overlay.is_none());
    bench.press(Press::Voice);
    assert!(bench.session.view().modes.voice && bench.did(&Effect::Speak(Prompt::Home)));
}

#[test]
fn keys_go_round_over_overlays_and_back() {
    let mut ear = Ear::new();
    ear.bench.press(Press::Start);
    ear.key(PadKey::Help).hears("请到旁边的窗口").choose("知道了");
    assert_eq!(ear.bench.session.view().overlay, None);
    ear.key(PadKey::Up);
    assert_eq!(ear.heard.last().map(String::as_str), Some("叫人帮忙"), "from the beginning to the end");
    ear.choose("异地就医备案").key(PadKey::Back).bench.expect("Home");
    ear.choose("语言").choose("English");
    assert_eq!(ear.bench.session.view().modes.language, Language::En);
}

#[test]
fn a_closed_tile_says_why_and_stays_closed() {
    let mut ear = Ear::new();
    for kind in [DeviceKind::IdReader, DeviceKind::Scanner] {
        ear.bench.event(Event::Device(kind, DeviceState::NoDevice));
    }
    ear.bench.press(Press::Start);
    ear.choose("查医保余额").bench.expect("Home");
    assert_eq!(ear.heard.last().map(String::as_str), Some("查医保余额，读卡和扫码在修"));
}

#[test]
fn what_is_typed_is_not_said() {
    let mut ear = Ear::new();
    ear.bench.begin_filing(nothing_on_record()).why(crate::domain::filing::TravelReason::Precaution).go_to("北京");
    ear.bench.press(Press::Next).expect("Digits");
    ear.keys("06315").key(PadKey::Erase);
    assert_eq!(ear.heard, [""; 0]);
    assert!(matches!(ear.bench.screen(), Screen::Digits(digits) if digits.text.replace(' ', "") == "0631"));
    assert!(!format!("{:?}", Event::Key(PadKey::Type('7'))).contains('7'));
}
