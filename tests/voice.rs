//! The voice from text to samples and from command to loudspeaker, with a real synthesiser and a feigned sound card.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking, its helpers too"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, Weak};
use std::time::Duration;

use yibao_kiosk::domain::Fen;
use yibao_kiosk::maintenance::voice::{TextList, WantedUtterance, check_pack};
use yibao_kiosk::session::{Language, Prompt, Tone};
use yibao_kiosk::voice::{
    Espeak, LostSignal, Loudness, Output, OutputOpener, Pace, PackError, PackSynthesiser, Pcm, Script, Segment,
    SilentOpener, SilentVoice, Synthesiser, Utterance, Voice, VoiceError, VoiceEvent, VoicePack, open_packs,
    place_of_value, render_wav,
};
use yibao_kiosk::words::{self, Words};

/// No condition of these tests takes nearly as long.
const PATIENCE: Duration = Duration::from_secs(20);

// ---- The synthesiser as a child process.

#[test]
fn espeak_says_something_in_both_languages() {
    let check = |text: &str, language: Language| {
        let pcm = Espeak::default().render(text, language).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert!(pcm.peak() > 0.1, "{text} is silent");
        let seconds = pcm.duration().as_secs_f32();
        assert!((0.8..15.0).contains(&seconds), "{text} takes {seconds} s");
    };
    check("请把身份证放在读卡器上，先不要拿开。", Language::ZhCn);
    check("您的余额是一千二百三十四元五角六分。", Language::ZhCn);
    check("Please put your ID card on the reader.", Language::En);
}

#[test]
fn different_words_sound_different() {
    let say = |text| Espeak::default().render(text, Language::ZhCn).unwrap();
    assert_ne!(say("非常满意"), say("非常不满意"));
}

#[test]
fn what_is_rendered_can_be_written_down() {
    let words = ["请评价。", "谢谢您。"].map(|text| Utterance::fixed(text, Language::ZhCn));
    let wav = render_wav(&Espeak::default(), &words).unwrap();
    assert!(wav.starts_with(b"RIFF") && wav.len() > 40_000, "{} bytes", wav.len());
}

#[test]
fn a_synthesiser_that_fails_is_an_error_and_no_wait() {
    let folder = tempfile::tempdir().unwrap();
    let check = |program: &Path, deadline_ms: u64, fits: fn(&VoiceError) -> bool| {
        let error =
            Espeak::new(program, Duration::from_millis(deadline_ms)).render("您好", Language::ZhCn).unwrap_err();
        assert!(fits(&error), "{}: {error}", program.display());
    };
    let script = |name, body| script(folder.path(), name, body);
    // On a loaded machine even a script that ends at once takes long to start: only the one that hangs has a short deadline.
    let patience_ms = 60_000;
    check(&folder.path().join("missing"), patience_ms, |e| matches!(e, VoiceError::NotStarted { .. }));
    check(&script("hangs", "exec sleep 600"), 300, |e| matches!(e, VoiceError::TooSlow { deadline_ms: 300 }));
    check(&script("fails", "exit 1"), patience_ms, |e| matches!(e, VoiceError::NoSound(_)));
    let babbles = script("babbles", "cat >/dev/null; echo no sound at all");
    check(&babbles, patience_ms, |e| matches!(e, VoiceError::NoSound(_)));
}

#[test]
fn an_endless_text_is_refused() {
    let error = Espeak::default().render(&"好".repeat(2_000), Language::ZhCn).unwrap_err();
    assert!(matches!(error, VoiceError::TooLong { bytes: 6_000, .. }), "{error}");
}

/// Written by a child process: were it open for writing here while another test starts a program, it could not be executed.
fn script(folder: &Path, name: &str, body: &str) -> PathBuf {
    let path = folder.join(name);
    let write = "printf '#!/bin/sh\\n%s\\n' \"$1\" > \"$0\" && chmod 755 \"$0\"";
    assert!(Command::new("sh").args(["-c", write]).arg(&path).arg(body).status().unwrap().success());
    path
}

// ---- The voice on a feigned sound card.

#[test]
fn an_utterance_is_played_and_its_end_is_told() {
    let stage = Stage::new();
    let id = stage.voice.say(fixed("short"));
    assert_eq!(stage.told(), VoiceEvent::Ended(id));
    assert_eq!(stage.heard(), ["short"]);
}

#[test]
fn a_fixed_prompt_is_rendered_once_and_a_private_one_every_time() {
    let check = |utterance: fn() -> Utterance, renderings: usize| {
        let stage = Stage::new();
        for _ in 0..3 {
            let id = stage.voice.say(utterance());
            assert_eq!(stage.told(), VoiceEvent::Ended(id));
        }
        assert_eq!(stage.heard().len(), 3);
        assert_eq!(stage.renderings.load(Ordering::SeqCst), renderings);
    };
    check(|| fixed("short"), 1);
    check(|| Utterance::private("short", Language::ZhCn), 3);
}

#[test]
fn the_newest_utterance_wins() {
    let stage = Stage::new();
    stage.voice.say(fixed("long"));
    stage.card.wait_until(|card| card.playing.is_some());
    let id = stage.voice.say(fixed("short"));
    assert_eq!(stage.told(), VoiceEvent::Ended(id), "the end of one cut short is not told");
    assert_eq!(stage.heard(), ["long", "short"]);
}

#[test]
fn hush_silences_at_once_and_tells_nothing() {
    let stage = Stage::new();
    stage.voice.say(fixed("long"));
    stage.card.wait_until(|card| card.playing.is_some());
    stage.voice.hush();
    stage.card.wait_until(|card| card.playing.is_none());
    let id = stage.voice.say(fixed("short"));
    assert_eq!(stage.told(), VoiceEvent::Ended(id));
}

#[test]
fn sound_that_comes_after_hush_is_never_heard() {
    let stage = Stage::new();
    stage.voice.say(fixed("gated"));
    wait_until(|| stage.renderings.load(Ordering::SeqCst) == 1);
    stage.voice.hush();
    // The hush is through while the synthesiser still works.
    stage.voice.tone(Tone::Press);
    stage.card.wait_until(|card| card.tones == 1);
    let id = stage.voice.say(fixed("short"));
    stage.gate.send(()).unwrap();
    assert_eq!(stage.told(), VoiceEvent::Ended(id));
    assert_eq!(stage.heard(), ["short"]);
}

#[test]
fn of_many_waiting_utterances_only_the_last_is_rendered() {
    let stage = Stage::new();
    stage.voice.say(fixed("gated"));
    wait_until(|| stage.renderings.load(Ordering::SeqCst) == 1);
    for _ in 0..20 {
        stage.voice.say(fixed("long"));
    }
    let id = stage.voice.say(fixed("short"));
    stage.voice.tone(Tone::Press);
    stage.card.wait_until(|card| card.tones == 1);
    stage.gate.send(()).unwrap();
    assert_eq!(stage.told(), VoiceEvent::Ended(id));
    assert_eq!(stage.renderings.load(Ordering::SeqCst), 2);
}

#[test]
fn nobody_holds_on_to_private_sound() {
    let check = |utterance: Utterance, kept: bool| {
        let stage = Stage::new();
        stage.voice.say(utterance);
        stage.card.wait_until(|card| card.playing.is_some());
        let sound = stage.card.0.lock().unwrap().playing.as_ref().map(Arc::downgrade).unwrap();
        stage.voice.hush();
        stage.card.wait_until(|card| card.playing.is_none());
        // A tone later everything the hush let go of is gone.
        stage.voice.tone(Tone::Press);
        stage.card.wait_until(|card| card.tones == 1);
        assert_eq!(sound.upgrade().is_some(), kept);
        drop(stage);
        wait_until(|| Weak::upgrade(&sound).is_none());
    };
    check(fixed("long"), true);
    check(Utterance::private("long", Language::ZhCn), false);
}

#[test]
fn volume_holds_for_the_present_and_the_future() {
    let stage = Stage::new();
    stage.voice.set_volume(7.0);
    stage.card.wait_until(|card| card.volume == 1.0);
    stage.voice.set_volume(0.4);
    stage.card.wait_until(|card| card.volume == 0.4);
}

#[test]
fn without_a_sound_card_everything_goes_on_in_silence() {
    let (report, events) = channel();
    let voice = Voice::start_on(SilentOpener, Arc::new(SilentVoice), move |event| report.send(event).unwrap()).unwrap();
    assert!(matches!(events.recv_timeout(PATIENCE), Ok(VoiceEvent::Unavailable(VoiceError::NoOutput(_)))));
    let id = voice.say(fixed("好"));
    assert_eq!(events.recv_timeout(PATIENCE), Ok(VoiceEvent::Ended(id)));
}

#[test]
fn a_sound_card_that_goes_is_opened_again() {
    let stage = Stage::new();
    let id = stage.voice.say(fixed("short"));
    assert_eq!(stage.told(), VoiceEvent::Ended(id));
    stage.voice.set_volume(0.4);
    let lost = stage.card.0.lock().unwrap().lost.clone().unwrap();
    lost();
    assert!(matches!(stage.told(), VoiceEvent::Unavailable(VoiceError::NoOutput(_))));
    assert_eq!(stage.told(), VoiceEvent::Available);
    assert_eq!(stage.card.0.lock().unwrap().opened, 2);
    stage.card.wait_until(|card| card.volume == 0.4);
    lost();
    let id = stage.voice.say(fixed("short"));
    assert_eq!(stage.told(), VoiceEvent::Ended(id), "the loss of an output long gone is nobody's loss");
}

#[test]
fn a_broken_synthesiser_is_told_once_and_captions_keep_their_time() {
    let stage = Stage::new();
    let first = stage.voice.say(fixed("fails"));
    assert!(matches!(stage.told(), VoiceEvent::Unavailable(VoiceError::NoSound(_))));
    assert_eq!(stage.told(), VoiceEvent::Ended(first));
    let second = stage.voice.say(fixed("fails"));
    assert_eq!(stage.told(), VoiceEvent::Ended(second));
    let third = stage.voice.say(fixed("short"));
    assert_eq!(stage.told(), VoiceEvent::Available);
    assert_eq!(stage.told(), VoiceEvent::Ended(third));
}

#[test]
fn a_slower_pace_lasts_longer_from_the_next_utterance_on() {
    let stage = Stage::new();
    let length = |pace: Pace| {
        stage.voice.set_pace(pace);
        stage.voice.hush();
        stage.voice.say(fixed("paced"));
        stage.card.wait_until(|card| card.playing.is_some());
        let length = stage.card.0.lock().unwrap().playing.as_ref().unwrap().duration();
        stage.voice.hush();
        stage.card.wait_until(|card| card.playing.is_none());
        length.as_secs_f32()
    };
    let normal = length(Pace::NORMAL);
    assert!((length(Pace::SLOWEST) / normal - 1.0 / 0.7).abs() < 0.01);
    assert!((length(Pace::FASTEST) / normal - 1.0 / 1.2).abs() < 0.01);
    assert_eq!(length(Pace::NORMAL), normal);
}

#[test]
fn what_was_said_is_said_again_unless_it_was_private() {
    let stage = Stage::new();
    assert_eq!(stage.voice.repeat(), None);
    let id = stage.voice.say(fixed("short"));
    assert_eq!(stage.told(), VoiceEvent::Ended(id));
    let again = stage.voice.repeat().unwrap();
    assert_eq!(stage.told(), VoiceEvent::Ended(again));
    assert_eq!(stage.heard(), ["short", "short"]);
    let id = stage.voice.say(Utterance::private("short", Language::ZhCn));
    assert_eq!(stage.told(), VoiceEvent::Ended(id));
    assert_eq!(stage.voice.repeat(), None);
}

#[test]
fn loudness_goes_in_steps() {
    let stage = Stage::new();
    for loudness in Loudness::ALL {
        stage.voice.set_loudness(loudness);
        stage.card.wait_until(|card| card.volume == loudness.volume());
    }
}

// ---- The voice packs.

/// The packs the repository keeps.
fn packs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/voice")
}

/// The packs and no other voice behind them: what has no clip is an error.
fn clips_only() -> PackSynthesiser {
    let packs = open_packs(&packs(), |error| panic!("{error}"));
    PackSynthesiser::new(packs, Arc::new(Espeak::new("/nonexistent", Duration::from_secs(1))))
}

#[test]
fn every_prompt_has_a_clip_that_is_what_its_manifest_says() {
    let report = check_pack(&packs(), Language::ZhCn).unwrap();
    assert!(report.is_whole(), "run install/voice-pack.sh; no clip of {:?}", report.lacking);
    assert!(report.unused.is_empty(), "run install/voice-pack.sh; nobody says {:?}", report.unused);
}

#[test]
fn every_synthetic_clip_is_marked() {
    for language in ["zh-CN", "en"] {
        let pack = VoicePack::open(&packs().join(language)).unwrap();
        for clip in &pack.manifest().clips {
            let speaker = &pack.manifest().speakers[&clip.speaker];
            let bytes = fs::read(packs().join(language).join(&clip.file)).unwrap();
            let marked = bytes.windows(16).any(|part| part == b"synthetic speech");
            assert_eq!(marked, speaker.synthetic, "{}", clip.text);
        }
    }
}

/// Of a label or a name of two syllables one misheard is half already; they count in the whole.
#[test]
fn no_prompt_was_misheard_by_more_than_a_quarter_and_the_pack_by_no_more_than_six_percent() {
    let pack = VoicePack::open(&packs().join("zh-CN")).unwrap();
    let list = TextList::of(Language::ZhCn);
    let prompts: BTreeSet<&str> = list.utterances.iter().filter(|said| said.id != "group").flat_map(texts).collect();
    let (mut misheard, mut characters) = (0.0, 0.0);
    for clip in &pack.manifest().clips {
        let percent = clip.misheard_percent;
        if prompts.contains(clip.text.as_str()) {
            assert!(percent.is_some_and(|percent| percent <= 25.0), "{}: {percent:?}", clip.text);
        }
        let length = clip.text.chars().count() as f32;
        misheard += length * percent.unwrap_or(0.0) / 100.0;
        characters += percent.map_or(0.0, |_| length);
    }
    assert!(prompts.len() > 100 && misheard <= 0.06 * characters, "{misheard} of {characters}");
}

fn texts(said: &WantedUtterance) -> impl Iterator<Item = &str> {
    said.pieces.iter().filter(|piece| piece.wanted).map(|piece| piece.text.as_str())
}

#[test]
fn amounts_are_glued_from_clips_alone() {
    let words = Words::new(Language::ZhCn);
    let voice = clips_only();
    let check = |fen: i64, seconds: std::ops::Range<f32>| {
        let script = words::script(&words, &Prompt::Amount(Fen(fen)));
        let sound = voice.render_script(&script, Language::ZhCn).unwrap_or_else(|error| panic!("{fen}: {error}"));
        assert!(seconds.contains(&sound.duration().as_secs_f32()), "{fen}: {:?}", sound.duration());
        assert!(sound.peak() > 0.1);
    };
    check(123_456, 3.0..7.0);
    check(8_650, 2.0..5.5);
    check(30_405, 2.0..6.0);
    check(2_000_010, 2.0..6.0);
    check(12_345_678, 4.0..8.0);
}

#[test]
fn what_has_no_clip_is_left_to_the_other_voice_or_to_the_caption() {
    let packs = open_packs(&packs(), |error| panic!("{error}"));
    let voice = PackSynthesiser::new(packs, Arc::new(SilentVoice));
    let render = |script: &Script| voice.render_script(script, Language::ZhCn).unwrap();
    let silent = |script: &Script| render(script).peak() == 0.0;
    assert!(silent(&Script::fixed("没有人录过这句话。")));
    assert!(!silent(&Script::fixed("请选一种语言。")));
    // A name is left out, and what stands around it is still said.
    let template = format!("请选一种语言。{}", place_of_value(0));
    let named = Script::filled(&template, &[(Segment::Name("王小明".to_owned()), "王小明".to_owned())]);
    assert_eq!(render(&named), render(&Script::fixed("请选一种语言。")));
}

/// A pack of one clip in a folder of its own, as somebody who records would make it.
fn recorded(folder: &Path, text: &str, digest: Option<&str>) -> Result<VoicePack, PackError> {
    let shipped = VoicePack::open(&packs().join("zh-CN")).unwrap();
    let clip = shipped.manifest().clips.iter().find(|clip| clip.text == "请选一种语言。").unwrap();
    fs::copy(packs().join("zh-CN").join(&clip.file), folder.join("hello.ogg")).unwrap();
    let speakers = r#"{"ann":{"source":"recorded in the hall","licence":"CC0-1.0","synthetic":false}}"#;
    let digest = digest.unwrap_or(&clip.sha256);
    let clip = format!(r#"{{"text":"{text}","file":"hello.ogg","sha256":"{digest}","length_ms":1,"speaker":"ann"}}"#);
    let manifest = format!(r#"{{"format":1,"language":"zh-CN","speakers":{speakers},"clips":[{clip}]}}"#);
    fs::write(folder.join("manifest.json"), manifest).unwrap();
    VoicePack::open(folder)
}

#[test]
fn a_recording_drops_in() {
    let folder = tempfile::tempdir().unwrap();
    let pack = recorded(folder.path(), "有人录了这句话。", None).unwrap();
    pack.verify().unwrap();
    let voice = PackSynthesiser::new(vec![pack], Arc::new(SilentVoice));
    assert!(voice.render("有人录了这句话。", Language::ZhCn).unwrap().peak() > 0.1);
}

#[test]
fn a_clip_that_was_changed_or_lost_is_found_out() {
    let folder = tempfile::tempdir().unwrap();
    let pack = recorded(folder.path(), "您好", Some(&"0".repeat(64))).unwrap();
    assert!(matches!(pack.verify(), Err(PackError::Changed { .. })));
    let pack = recorded(folder.path(), "您好", None).unwrap();
    fs::write(folder.path().join("hello.ogg"), "no sound").unwrap();
    assert!(matches!(pack.sound("您好"), Some(Err(PackError::NoClip { .. }))));
    fs::remove_file(folder.path().join("hello.ogg")).unwrap();
    assert!(matches!(pack.verify(), Err(PackError::Unread { .. })));
}

// ---- What the tests stand on.

fn fixed(text: &str) -> Utterance {
    Utterance::fixed(text, Language::ZhCn)
}

fn wait_until(mut condition: impl FnMut() -> bool) {
    let deadline = std::time::Instant::now() + PATIENCE;
    while !condition() {
        assert!(std::time::Instant::now() < deadline, "waited in vain");
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// A voice with everything around it feigned.
struct Stage {
    voice: Voice,
    events: Receiver<VoiceEvent>,
    card: Card,
    gate: Sender<()>,
    renderings: Arc<AtomicUsize>,
}

impl Stage {
    fn new() -> Self {
        let (report, events) = channel();
        let (gate, gated) = channel();
        let renderings = Arc::new(AtomicUsize::new(0));
        let card = Card::default();
        let script = Scripted { renderings: Arc::clone(&renderings), gated: Mutex::new(gated) };
        // A test that has ended no longer listens.
        let tell = move |event| drop(report.send(event));
        let voice = Voice::start_on(card.clone(), Arc::new(script), tell).unwrap();
        Self { voice, events, card, gate, renderings }
    }

    fn told(&self) -> VoiceEvent {
        self.events.recv_timeout(PATIENCE).unwrap()
    }

    fn heard(&self) -> Vec<&'static str> {
        self.card.0.lock().unwrap().heard.clone()
    }
}

/// Renders by name: each text has its own sample rate, by which the card knows it again.
struct Scripted {
    renderings: Arc<AtomicUsize>,
    gated: Mutex<Receiver<()>>,
}

const SHORT_HZ: u32 = 1_000;
const LONG_HZ: u32 = 2_000;
const GATED_HZ: u32 = 3_000;
const PACED_HZ: u32 = 4_000;

impl Synthesiser for Scripted {
    fn render(&self, text: &str, _language: Language) -> Result<Pcm, VoiceError> {
        self.renderings.fetch_add(1, Ordering::SeqCst);
        let (rate_hz, length_ms) = match text {
            "short" => (SHORT_HZ, 20),
            "long" => (LONG_HZ, 600_000),
            "paced" => (PACED_HZ, 1_000),
            "gated" => {
                self.gated.lock().unwrap().recv_timeout(PATIENCE).unwrap();
                (GATED_HZ, 20)
            }
            other => return Err(VoiceError::NoSound(other.to_owned())),
        };
        Ok(Pcm { rate_hz, samples: vec![0.5; (rate_hz / 1000 * length_ms) as usize] })
    }
}

/// A sound card that writes down what it is told.
#[derive(Clone, Default)]
struct Card(Arc<Mutex<CardState>>);

#[derive(Default)]
struct CardState {
    opened: usize,
    lost: Option<LostSignal>,
    heard: Vec<&'static str>,
    playing: Option<Arc<Pcm>>,
    tones: usize,
    volume: f32,
}

impl Card {
    fn wait_until(&self, condition: impl Fn(&CardState) -> bool) {
        wait_until(|| condition(&self.0.lock().unwrap()));
    }
}

impl OutputOpener for Card {
    fn open(&mut self, lost: LostSignal) -> Result<Box<dyn Output>, VoiceError> {
        let mut state = self.0.lock().unwrap();
        state.opened += 1;
        state.volume = 0.0;
        state.lost = Some(lost);
        Ok(Box::new(self.clone()))
    }
}

impl Output for Card {
    fn play(&mut self, speech: Arc<Pcm>) {
        let mut state = self.0.lock().unwrap();
        state.heard.push(match speech.rate_hz {
            SHORT_HZ => "short",
            LONG_HZ => "long",
            PACED_HZ => "paced",
            _ => "gated",
        });
        state.playing = Some(speech);
    }

    fn tone(&mut self, tone: Arc<Pcm>) {
        assert!(tone.peak() > 0.1);
        self.0.lock().unwrap().tones += 1;
    }

    fn stop(&mut self) {
        self.0.lock().unwrap().playing = None;
    }

    fn set_volume(&mut self, volume: f32) {
        self.0.lock().unwrap().volume = volume;
    }
}
