//! `kiosk voice`: what a voice pack must hold, whether one holds it, and a journey's speech as a file.

mod amounts;
mod check;
mod latency;
mod rehearsal;
mod texts;

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::{Args, Subcommand, ValueEnum};

use crate::session::Language;
use crate::voice::{
    Engine, EngineError, Espeak, PackError, PackSynthesiser, Pcm, Synthesiser, Utterance, VoiceError, VoicePack,
    render_wav, write_wav,
};
use crate::words::{Words, script, tag};

pub use amounts::{SampleAmount, sample_amounts};
pub use check::{PackReport, check_pack};
pub use latency::{Latencies, LatencyError, measure as measure_latency, median_and_worst};
pub use rehearsal::{Journey, Said, rehearse};
pub use texts::{TextList, WantedPiece, WantedUtterance};

/// About three seconds of speech.
const SENTENCE_CHARACTERS_MIN: usize = 14;
/// A technician waits longer than a resident.
const TOOL_DEADLINE: Duration = Duration::from_secs(120);

/// What to do about the voice.
#[derive(Debug, Args)]
pub struct VoiceOptions {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Lists every text a voice pack must speak, for whoever records or makes one
    Texts {
        /// In which language
        #[arg(long, value_enum, default_value_t = Tongue::ZhCn)]
        language: Tongue,
        /// Buttons and titles as well, for a voice that says what a finger is on
        #[arg(long)]
        all: bool,
        /// As JSON, with the sentences that group clips are cut out of
        #[arg(long)]
        json: bool,
    },
    /// Fails when a text has no clip, or a clip is not the one its manifest describes
    Check {
        #[command(flatten)]
        packs: Packs,
    },
    /// Renders what a journey says, one prompt after the other, into one file
    Render {
        #[command(flatten)]
        packs: Packs,
        /// Which journey
        #[arg(long, value_enum)]
        journey: Journey,
        /// In which language
        #[arg(long, value_enum, default_value_t = Tongue::ZhCn)]
        language: Tongue,
        /// The WAV file
        #[arg(long)]
        out: PathBuf,
    },
    /// Renders random amounts, each a file beside its text, for a recogniser to judge
    Amounts {
        #[command(flatten)]
        packs: Packs,
        /// How many
        #[arg(long, default_value_t = 200)]
        count: u32,
        /// Which ones
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Folder for the WAV files and amounts.tsv
        #[arg(long)]
        out: PathBuf,
    },
    /// Says any Mandarin text with a model folder, such as a name or a place, and how long that took
    Say {
        /// The model folder (install/voice-engine.sh)
        #[arg(long)]
        model: PathBuf,
        /// The WAV file
        #[arg(long)]
        out: PathBuf,
        /// The texts, one after the other in the file
        #[arg(required = true)]
        texts: Vec<String>,
    },
    /// Measures from a press to silence and to sound, at the monitor of a PulseAudio sink (install/voice-latency.sh)
    Latency {
        #[command(flatten)]
        packs: Packs,
        /// How many presses of each kind
        #[arg(long, default_value_t = 60)]
        count: u32,
        /// What to listen to
        #[arg(long, default_value = "kiosk.monitor")]
        monitor: String,
    },
}

/// Where the packs are.
#[derive(Debug, Args)]
struct Packs {
    /// Folder with one voice pack a language
    #[arg(long, default_value = "assets/voice")]
    packs: PathBuf,
}

/// A language, as written on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Tongue {
    /// Mandarin
    #[value(name = "zh-CN")]
    ZhCn,
    /// English
    #[value(name = "en")]
    En,
}

impl Tongue {
    fn language(self) -> Language {
        match self {
            Self::ZhCn => Language::ZhCn,
            Self::En => Language::En,
        }
    }
}

/// Why a question about the voice has no answer.
#[derive(Debug, thiserror::Error)]
pub enum VoiceToolError {
    /// The output is gone, or a file cannot be written.
    #[error("cannot write the answer: {0}")]
    Output(#[from] io::Error),
    /// The list does not become JSON.
    #[error("cannot write the list as JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// A pack cannot be used.
    #[error(transparent)]
    Pack(#[from] PackError),
    /// Something cannot be rendered.
    #[error(transparent)]
    Voice(#[from] VoiceError),
    /// Nothing was measured.
    #[error(transparent)]
    Latency(#[from] LatencyError),
    /// The model folder cannot be used.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// Texts without clips.
    #[error("{0} texts have no clip; make them with install/voice-pack.sh, or record them")]
    Lacking(usize),
}

/// Does what is asked.
///
/// # Errors
/// Says what is missing or wrong, and what to do.
pub fn run(options: &VoiceOptions, mut out: impl Write) -> Result<(), VoiceToolError> {
    match &options.task {
        Task::Texts { language, all, json } => {
            let list = if *all { TextList::with_what_is_shown } else { TextList::of };
            write_texts(&list(language.language()), *json, out)?;
        }
        Task::Check { packs } => return check(&packs.packs, out),
        Task::Render { packs, journey, language, out: file } => {
            let language = language.language();
            let words = Words::new(language);
            let utterances: Vec<Utterance> =
                rehearse(*journey).iter().map(|said| Utterance::of(script(&words, &said.prompt), language)).collect();
            for utterance in &utterances {
                writeln!(out, "{}", utterance.text().as_str())?;
            }
            fs::write(file, render_wav(&synthesiser(&packs.packs)?, &utterances)?)?;
        }
        Task::Amounts { packs, count, seed, out: folder } => {
            fs::create_dir_all(folder)?;
            let synthesiser = synthesiser(&packs.packs)?;
            let mut list = String::new();
            for (nth, sample) in sample_amounts(*seed, *count).into_iter().enumerate() {
                let name = format!("{nth:03}.wav");
                fs::write(folder.join(&name), render_wav(&synthesiser, &[sample.utterance])?)?;
                list.push_str(&format!("{name}\t{}\n", sample.said));
            }
            fs::write(folder.join("amounts.tsv"), list)?;
            writeln!(out, "{count} amounts in {}", folder.display())?;
        }
        Task::Say { model, out: file, texts } => {
            let sounds = say(model, texts, out)?;
            fs::write(file, write_wav(&sounds)?)?;
        }
        Task::Latency { packs, count, monitor } => {
            let list = TextList::of(Language::ZhCn);
            let pack = VoicePack::open(&packs.packs.join(tag(Language::ZhCn)))?;
            // Sentences long enough to be cut short; every one for the first time, so that none comes out of the cache.
            let long = |text: &&str| pack.has(text) && text.chars().count() >= SENTENCE_CHARACTERS_MIN;
            let texts: Vec<String> = list.texts().filter(long).map(str::to_owned).collect();
            let found = measure_latency(Arc::new(synthesiser(&packs.packs)?), &texts, *count, monitor)?;
            write_times(&mut out, "press to silence", &found.to_silence_ms)?;
            write_times(&mut out, "press to first sound", &found.to_sound_ms)?;
        }
    }
    Ok(())
}

/// The first text waits for the model to be loaded, so one is said before that nobody hears.
fn say(model: &Path, texts: &[String], mut out: impl Write) -> Result<Vec<Pcm>, VoiceToolError> {
    let begun = Instant::now();
    let engine = Engine::open(model, TOOL_DEADLINE)?;
    engine.render("好", Language::ZhCn)?;
    writeln!(out, "loaded in {:.1} s", begun.elapsed().as_secs_f32())?;
    let mut sounds = Vec::with_capacity(texts.len());
    for text in texts {
        let begun = Instant::now();
        let sound = engine.render(text, Language::ZhCn)?;
        let (took, lasts) = (begun.elapsed().as_secs_f32(), sound.duration().as_secs_f32());
        writeln!(out, "{text}\t{lasts:.2} s of speech, made in {took:.2} s")?;
        sounds.push(sound);
    }
    Ok(sounds)
}

fn write_times(mut out: impl Write, what: &str, times: &[f64]) -> io::Result<()> {
    let (median, worst) = median_and_worst(times).unwrap_or_default();
    writeln!(out, "{what}: median {median:.0} ms, worst {worst:.0} ms of {}", times.len())
}

fn write_texts(list: &TextList, json: bool, mut out: impl Write) -> Result<(), VoiceToolError> {
    if json {
        serde_json::to_writer_pretty(&mut out, list)?;
        writeln!(out)?;
    } else {
        for text in list.texts() {
            writeln!(out, "{text}")?;
        }
    }
    Ok(())
}

/// Every language that has a pack; without any, nothing would be checked.
fn check(packs: &Path, mut out: impl Write) -> Result<(), VoiceToolError> {
    let mut lacking = 0;
    for language in [Language::ZhCn, Language::En] {
        if language != Language::ZhCn && !packs.join(tag(language)).exists() {
            writeln!(out, "{}: no pack; the last-resort voice speaks", tag(language))?;
            continue;
        }
        let report = check_pack(packs, language)?;
        lacking += report.lacking.len();
        report.lacking.iter().try_for_each(|text| writeln!(out, "no clip: {text}"))?;
        report.unused.iter().try_for_each(|text| writeln!(out, "not said any more: {text}"))?;
        let (clips, lacks) = (report.clips, report.lacking.len());
        writeln!(
            out,
            "{}: {clips} clips; {lacks} texts lack theirs; {} more may do without",
            tag(language),
            report.without
        )?;
    }
    if lacking == 0 { Ok(()) } else { Err(VoiceToolError::Lacking(lacking)) }
}

fn synthesiser(packs: &Path) -> Result<PackSynthesiser, PackError> {
    let folders = [Language::ZhCn, Language::En].map(|language| packs.join(tag(language)));
    let packs = folders.iter().filter(|folder| folder.exists()).map(|folder| VoicePack::open(folder));
    Ok(PackSynthesiser::new(packs.collect::<Result<_, _>>()?, Arc::new(Espeak::default())))
}
