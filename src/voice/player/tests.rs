//! What is rendered ahead of need, and that nobody waits for it.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use super::*;
use crate::session::Language;
use crate::voice::{LostSignal, Output, Pcm, Recall, Rendered, Script};

/// No condition of these tests takes nearly as long.
const PATIENCE: Duration = Duration::from_secs(20);

/// Writes down what it renders; ahead of need it takes for ever at “slow”, until it is recalled.
#[derive(Default)]
struct Maker {
    now: Mutex<Vec<String>>,
    ahead: Mutex<Vec<String>>,
}

fn sound() -> Pcm {
    Pcm { rate_hz: 1_000, samples: vec![0.5; 20] }
}

impl Synthesiser for Maker {
    fn render(&self, text: &str, _: Language) -> Result<Pcm, VoiceError> {
        self.now.lock().unwrap().push(text.to_owned());
        Ok(sound())
    }

    fn render_for_now(&self, script: &Script, language: Language) -> Result<Rendered, VoiceError> {
        let makeshift = script.caption().starts_with("makeshift");
        Ok(Rendered { sound: self.render_script(script, language)?, makeshift })
    }

    fn render_ahead(&self, script: &Script, _: Language, recall: &Recall) -> Option<Pcm> {
        self.ahead.lock().unwrap().push(script.caption().to_string());
        if *script.caption() == "slow" {
            let (called, waiting) = channel();
            recall.on_call(move || called.send(()).unwrap_or_default());
            waiting.recv_timeout(PATIENCE).expect("a recall");
            return None;
        }
        (!script.caption().starts_with("clip")).then(sound)
    }
}

/// A sound card nobody listens to.
struct Card;

impl OutputOpener for Card {
    fn open(&mut self, _: LostSignal) -> Result<Box<dyn Output>, VoiceError> {
        Ok(Box::new(Self))
    }
}

impl Output for Card {
    fn play(&mut self, _: Arc<Pcm>) {}
    fn tone(&mut self, _: Arc<Pcm>) {}
    fn stop(&mut self) {}
    fn set_volume(&mut self, _: f32) {}
}

struct Stage {
    voice: Voice,
    maker: Arc<Maker>,
    events: Receiver<VoiceEvent>,
}

fn stage() -> Stage {
    let maker = Arc::new(Maker::default());
    let (report, events): (Sender<VoiceEvent>, _) = channel();
    let voice = Voice::start_on(Card, Arc::clone(&maker) as _, move |event| drop(report.send(event))).unwrap();
    Stage { voice, maker, events }
}

fn fixed(text: &str) -> Utterance {
    Utterance::fixed(text, Language::ZhCn)
}

impl Stage {
    fn expect(&self, texts: &[&str]) {
        self.voice.expect(texts.iter().map(|text| fixed(text)).collect());
    }

    fn say(&self, utterance: Utterance) {
        let id = self.voice.say(utterance);
        assert_eq!(self.events.recv_timeout(PATIENCE), Ok(VoiceEvent::Ended(id)));
    }

    fn until_ahead(&self, texts: &[&str]) {
        let deadline = Instant::now() + PATIENCE;
        while *self.maker.ahead.lock().unwrap() != texts {
            assert!(Instant::now() < deadline, "{:?} and not {texts:?}", self.maker.ahead.lock().unwrap());
            thread::yield_now();
        }
    }

    fn rendered_now(&self) -> Vec<String> {
        self.maker.now.lock().unwrap().clone()
    }
}

#[test]
fn what_is_said_does_not_wait_for_what_is_rendered_ahead_and_that_goes_on_afterwards() {
    let stage = stage();
    stage.expect(&["slow"]);
    stage.until_ahead(&["slow"]);
    stage.say(fixed("say"));
    assert_eq!(stage.rendered_now(), ["say"]);
    stage.until_ahead(&["slow", "slow"]);
}

#[test]
fn what_was_rendered_ahead_is_said_without_rendering() {
    let stage = stage();
    stage.expect(&["first", "slow"]);
    // The next one begins when the first has been handed over.
    stage.until_ahead(&["first", "slow"]);
    stage.say(fixed("first"));
    assert!(stage.rendered_now().is_empty());
}

#[test]
fn nothing_private_is_rendered_ahead_or_kept() {
    let stage = stage();
    let private = || Utterance::private("private", Language::ZhCn);
    stage.voice.expect(vec![private(), fixed("first"), fixed("slow")]);
    stage.until_ahead(&["first", "slow"]);
    stage.say(private());
    stage.say(private());
    assert_eq!(stage.rendered_now(), ["private", "private"]);
}

#[test]
fn the_newest_list_wins() {
    let stage = stage();
    stage.expect(&["slow", "second"]);
    stage.until_ahead(&["slow"]);
    stage.expect(&["third", "clip", "fourth"]);
    stage.until_ahead(&["slow", "third", "clip", "fourth"]);
}

#[test]
fn what_is_under_way_is_not_begun_anew_for_a_list_that_has_it_too() {
    let stage = stage();
    stage.expect(&["slow", "second"]);
    stage.until_ahead(&["slow"]);
    stage.expect(&["third", "slow"]);
    // Recalled by the words that are said, and only then the new list is begun.
    stage.say(fixed("say"));
    stage.until_ahead(&["slow", "third", "slow"]);
}

#[test]
fn what_is_kept_is_not_rendered_again_but_at_another_pace() {
    let stage = stage();
    stage.expect(&["first", "second"]);
    stage.until_ahead(&["first", "second"]);
    stage.say(fixed("say"));
    stage.expect(&["second", "first", "third"]);
    stage.until_ahead(&["first", "second", "third"]);
    stage.say(fixed("say"));
    stage.voice.set_pace(Pace::SLOWEST);
    stage.until_ahead(&["first", "second", "third", "second", "first", "third"]);
}

#[test]
fn what_is_makeshift_is_not_kept() {
    let stage = stage();
    for text in ["makeshift", "makeshift", "whole", "whole"] {
        stage.say(fixed(text));
    }
    assert_eq!(stage.rendered_now(), ["makeshift", "makeshift", "whole"]);
}
