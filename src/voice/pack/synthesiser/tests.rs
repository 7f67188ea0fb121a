//! Who says what: the clips of the pack, the engine, the last resort, or the caption alone.

use std::path::Path;
use std::sync::Mutex;
use std::sync::mpsc::channel;

use super::*;
use crate::voice::script::{Segment, place_of_value};
use crate::voice::{SlowVoice, VoiceError};

/// A text with a clip in the shipped pack.
const CLIP: &str = "请选一种语言。";
/// The samples of the engine and of the last resort, by which they are told apart.
const MADE: f32 = 0.25;
const LAST: f32 = 0.75;
const PATIENCE: Duration = Duration::from_secs(20);
const IMPATIENCE: Duration = Duration::from_millis(30);

/// Says anything but what hangs, and writes down what.
#[derive(Default)]
struct Maker {
    texts: Mutex<Vec<String>>,
    hangs: bool,
}

impl SlowVoice for Maker {
    fn speaks(&self, language: Language) -> bool {
        language == Language::ZhCn
    }

    fn render(&self, text: &str, _: Language, recall: &Recall) -> Result<Pcm, VoiceError> {
        self.texts.lock().unwrap().push(text.to_owned());
        if self.hangs {
            let (called, waiting) = channel();
            recall.on_call(move || called.send(()).unwrap_or_default());
            let _ = waiting.recv_timeout(PATIENCE);
        }
        Ok(Pcm { rate_hz: 24_000, samples: vec![MADE; 2_400] })
    }
}

#[derive(Default)]
struct LastResort(Mutex<Vec<String>>);

impl Synthesiser for LastResort {
    fn render(&self, text: &str, _: Language) -> Result<Pcm, VoiceError> {
        self.0.lock().unwrap().push(text.to_owned());
        Ok(Pcm { rate_hz: 22_050, samples: vec![LAST; 2_205] })
    }
}

struct Stage {
    voice: PackSynthesiser,
    maker: Arc<Maker>,
    last: Arc<LastResort>,
}

fn stage(maker: Option<Maker>, deadline: Duration) -> Stage {
    let with_engine = maker.is_some();
    let (maker, last) = (Arc::new(maker.unwrap_or_default()), Arc::new(LastResort::default()));
    let pack = VoicePack::open(&Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/voice/zh-CN")).unwrap();
    let voice = PackSynthesiser::new(vec![pack], Arc::clone(&last) as _);
    let engine = || Arc::new(Engine::new(Arc::clone(&maker) as _, deadline));
    let voice = if with_engine { voice.with_engine(engine()) } else { voice };
    Stage { voice, maker, last }
}

fn quick() -> Stage {
    stage(Some(Maker::default()), PATIENCE)
}

fn hanging() -> Stage {
    stage(Some(Maker { hangs: true, ..Maker::default() }), IMPATIENCE)
}

fn without() -> Stage {
    stage(None, PATIENCE)
}

/// A template with one value in the place of the star.
fn script(template: &str, value: Segment, shown: &str) -> Script {
    Script::filled(&template.replace('*', &place_of_value(0)), &[(value, shown.to_owned())])
}

fn place(template: &str) -> Script {
    script(template, Segment::Place("乌鲁木齐市".to_owned()), "乌鲁木齐市")
}

fn name(template: &str) -> Script {
    script(template, Segment::Name("欧阳试娜".to_owned()), "欧阳试娜")
}

impl Stage {
    /// Who spoke, in letters: c a clip, e the engine, l the last resort, – nobody.
    fn check(&self, script: &Script, who: &str, makeshift: bool) {
        let rendered = self.voice.render_for_now(script, Language::ZhCn).unwrap();
        let samples = &rendered.sound.samples;
        let of = |wanted: f32| samples.iter().filter(|sample| (**sample - wanted).abs() < 1e-6).count() > 1_000;
        let clip = VoicePack::sound(&self.voice.packs[0], CLIP).unwrap().unwrap();
        let mut heard = String::new();
        heard.extend(samples.starts_with(&clip.samples).then_some('c'));
        heard.extend(of(MADE).then_some('e'));
        heard.extend(of(LAST).then_some('l'));
        heard.extend((rendered.sound.peak() == 0.0).then_some('–'));
        assert_eq!((heard.as_str(), rendered.makeshift), (who, makeshift));
    }

    fn made(&self) -> Vec<String> {
        self.maker.texts.lock().unwrap().clone()
    }

    fn last_said(&self) -> Vec<String> {
        self.last.0.lock().unwrap().clone()
    }
}

#[test]
fn what_has_a_clip_asks_nobody() {
    let stage = quick();
    stage.check(&Script::fixed(CLIP), "c", false);
    assert!(stage.made().is_empty() && stage.last_said().is_empty());
}

#[test]
fn a_place_without_a_clip_is_made_by_the_engine_behind_its_clips() {
    let stage = quick();
    stage.check(&place(&format!("{CLIP}*")), "ce", false);
    stage.check(&place("*"), "e", false);
    stage.check(&name(&format!("{CLIP}*")), "ce", false);
    assert_eq!(stage.made(), ["乌鲁木齐市", "乌鲁木齐市", "欧阳试娜"]);
}

#[test]
fn what_follows_each_other_without_clips_is_made_as_one() {
    let stage = quick();
    stage.check(&place("没有人录过这句话，*，也没有这20句。"), "e", false);
    assert_eq!(stage.made(), ["没有人录过这句话，乌鲁木齐市，也没有这二十句。"]);
}

#[test]
fn an_engine_that_is_late_leaves_a_place_to_its_caption_and_a_sentence_to_the_last_resort() {
    hanging().check(&place(&format!("{CLIP}*")), "c", true);
    let stage = hanging();
    stage.check(&place("没有人录过，*"), "l", true);
    stage.check(&place("*"), "l", true);
    assert_eq!(stage.last_said(), ["没有人录过，乌鲁木齐市", "乌鲁木齐市"]);
}

#[test]
fn without_an_engine_places_are_said_and_nobody_is_called_by_name() {
    let stage = without();
    stage.check(&name(&format!("{CLIP}*")), "c", false);
    stage.check(&name("没有人录过，*，这一句"), "l", false);
    stage.check(&place("*"), "l", false);
    stage.check(&name("*"), "–", false);
    assert_eq!(stage.last_said(), ["没有人录过，，这一句", "乌鲁木齐市"]);
    let silence = stage.voice.render_script(&name("*"), Language::ZhCn).unwrap();
    assert_eq!(silence.duration(), crate::voice::estimated_time("欧阳试娜", Language::ZhCn));
}

#[test]
fn a_late_engine_calls_nobody_by_name_either() {
    let stage = hanging();
    stage.check(&name("没有人录过，*"), "l", true);
    assert_eq!(stage.last_said(), ["没有人录过，"]);
}

#[test]
fn a_language_the_engine_does_not_know_is_left_to_the_next_voice() {
    let stage = quick();
    let rendered = stage.voice.render_for_now(&Script::fixed("Nobody recorded this."), Language::En).unwrap();
    assert!(!rendered.makeshift);
    assert!(stage.made().is_empty());
    assert_eq!(stage.last_said(), ["Nobody recorded this."]);
}

#[test]
fn ahead_of_need_only_what_lacks_a_clip_is_made_and_only_whole() {
    let ahead = |stage: &Stage, script: &Script| {
        stage.voice.render_ahead(script, Language::ZhCn, &Recall::default()).map(|sound| sound.samples.len())
    };
    assert!(ahead(&quick(), &place("*")).is_some());
    assert!(ahead(&quick(), &Script::fixed("没有人录过这句话。")).is_some());
    assert_eq!(ahead(&quick(), &Script::fixed(CLIP)), None);
    assert_eq!(ahead(&without(), &place("*")), None);
    let recall = Recall::default();
    recall.call();
    let half = hanging().voice.render_ahead(&place(&format!("{CLIP}*")), Language::ZhCn, &recall);
    assert_eq!(half, None);
}
