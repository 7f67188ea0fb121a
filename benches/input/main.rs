//! How well and how fast handwriting is read and pinyin composed: `cargo bench --bench input -- --strokes DIR`.
//!
//! `install/strokes.sh` fetches the strokes. They are the middle lines of printed characters; a writer with a seed makes
//! handwriting of them, neat, shaky, out of order or joined. What is tried out is tried on other characters (`--skip`).
//! Accuracy repeats exactly with the seed. Absolute times are printed for reading; only the ratio means anything elsewhere.

#![allow(clippy::expect_used, reason = "a bench that cannot begin has nothing to say")]

mod strokes;
mod writer;

use std::fs;
use std::hint::black_box;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Parser;
use sha2::{Digest, Sha256};
use yibao_kiosk::input::handwriting::{Ink, MODEL_FILE, Pad, Recogniser, find_model_folder};
use yibao_kiosk::input::pinyin::{Composer, Field, Lexicon};

use strokes::Strokes;
use writer::{Hand, Writer};

/// Characters of given names that are not in GB 2312.
const RARE: &str = "喆堃昇垚祎羴瑄昉彧镕濛烜";
/// What people write in these fields: places, hospitals, names, illnesses.
const PHRASES: [&str; 20] = [
    "北京市",
    "山东威海",
    "成都",
    "乌鲁木齐",
    "呼和浩特",
    "人民医院",
    "中医院",
    "妇幼保健院",
    "协和医院",
    "市立医院",
    "王建国",
    "李秀英",
    "欧阳明",
    "张桂兰",
    "高血压",
    "糖尿病",
    "心脏病",
    "幸福小区",
    "和平街道",
    "三号楼二单元",
];
/// What is typed to time the composer.
const TYPED: [&str; 10] = [
    "woyaobanlitongchouquwaijiuyi",
    "shandongshengweihaishi",
    "xingfuxiaoqusanhaolou",
    "wangjianguo",
    "zhangguilan",
    "renminyiyuan",
    "zhongguo",
    "xianggang",
    "yi",
    "zhezhangshenfenzhengshiwode",
];
const PAGE: usize = 6;

/// How well and how fast handwriting is read and pinyin composed
#[derive(Parser)]
struct Options {
    /// Folder with one JSON file of strokes a character, as install/strokes.sh leaves it; without it only pinyin is timed
    #[arg(long)]
    strokes: Option<PathBuf>,
    /// How many characters, the most used first
    #[arg(long, default_value_t = 500)]
    characters: usize,
    /// How many of the most used are left out, to try things on others than those that are reported
    #[arg(long, default_value_t = 0)]
    skip: usize,
    /// How often each hand writes each character
    #[arg(long, default_value_t = 4)]
    samples: u64,
    /// Seed of the writer
    #[arg(long, default_value_t = 20261122)]
    seed: u64,
    /// Given by cargo
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() {
    let options = Options::parse();
    match &options.strokes {
        Some(folder) => handwriting(&options, &Strokes::open(folder)),
        None => println!("No handwriting: give --strokes DIR, as install/strokes.sh leaves it."),
    }
    pinyin();
}

fn handwriting(options: &Options, strokes: &Strokes) {
    let folder = find_model_folder().expect("the model; run install/models.sh");
    let unit = checksum_time(&folder.join(MODEL_FILE));
    let before = resident_mb();
    let started = Instant::now();
    let recogniser = Recogniser::load(&folder).expect("a model that loads");
    println!("seed {}; model loaded in {:.0} ms", options.seed, ms(started.elapsed()));
    let common = strokes.most_used(options.skip + options.characters).split_off(options.skip);
    println!(
        "\n| hand | n | top 1 | top 5 | top 8 | p50 | p99 | processor time | p50 as part of the SHA-256 of the model |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    for hand in Hand::ALL {
        characters(options, &recogniser, strokes, &common, (hand, hand.name()), unit);
    }
    let rare: Vec<char> = RARE.chars().filter(|character| strokes.get(*character).is_some()).collect();
    characters(options, &recogniser, strokes, &rare, (Hand::Neat, "neat, rare characters of names"), unit);
    lines(options, &recogniser, strokes);
    println!("\nMemory {before:.0} MB before loading, {:.0} MB now.", resident_mb());
}

fn characters(
    options: &Options,
    recogniser: &Recogniser,
    strokes: &Strokes,
    characters: &[char],
    (hand, name): (Hand, &str),
    unit: Duration,
) {
    let mut written: Vec<(char, Ink)> = Vec::new();
    for character in characters {
        let glyph = strokes.get(*character).expect("strokes");
        for sample in 0..options.samples {
            written.push((*character, Writer::new(options.seed, hand, *character, sample).character(&glyph)));
        }
    }
    let (mut ranks, mut times) = (Vec::new(), Vec::new());
    let busy = processor_time();
    for (character, ink) in &written {
        let started = Instant::now();
        let reading = recogniser.recognise(ink, Pad::Character).expect("a reading");
        times.push(started.elapsed());
        ranks.push(reading.candidates().iter().position(|candidate| candidate.character == *character));
    }
    let busy = (processor_time() - busy) / written.len() as f64;
    let within =
        |limit: usize| share(ranks.iter().filter(|rank| rank.is_some_and(|rank| rank < limit)).count(), ranks.len());
    let (p50, p99) = percentiles(&mut times);
    println!(
        "| {name} | {} | {:.1} | {:.1} | {:.1} | {:.1} ms | {:.1} ms | {busy:.1} ms | {:.2} |",
        ranks.len(),
        within(1),
        within(5),
        within(8),
        ms(p50),
        ms(p99),
        p50.as_secs_f64() / unit.as_secs_f64()
    );
}

fn lines(options: &Options, recogniser: &Recogniser, strokes: &Strokes) {
    println!("\n| lines of several characters | n | exact | right characters | offered among 8 | p50 a character |");
    println!("|---|---|---|---|---|---|");
    for hand in Hand::ALL {
        let (mut exact, mut right, mut offered, mut all, mut times) = (0, 0, 0, 0, Vec::new());
        for phrase in PHRASES {
            let glyphs: Vec<_> = phrase.chars().map(|character| strokes.get(character).expect("strokes")).collect();
            let first = phrase.chars().next().expect("a character");
            let ink: Ink = Writer::new(options.seed, hand, first, 1_000).line(&glyphs);
            let started = Instant::now();
            let reading = recogniser.recognise(&ink, Pad::Line).expect("a reading");
            times.push(started.elapsed() / u32::try_from(glyphs.len()).expect("few"));
            exact += usize::from(reading.text() == phrase);
            all += glyphs.len();
            // Places are compared one by one only where as many were read as written.
            if reading.positions().len() == glyphs.len() {
                for (character, position) in phrase.chars().zip(reading.positions()) {
                    right += usize::from(position[0].character == character);
                    offered += usize::from(position.iter().any(|candidate| candidate.character == character));
                }
            }
        }
        let (p50, _) = percentiles(&mut times);
        println!(
            "| {} | {} | {exact} | {:.1} % | {:.1} % | {:.1} ms |",
            hand.name(),
            PHRASES.len(),
            share(right, all),
            share(offered, all),
            ms(p50)
        );
    }
}

fn pinyin() {
    let before = resident_mb();
    let started = Instant::now();
    let lexicon = Arc::new(Lexicon::load([]));
    let loaded = started.elapsed();
    let mut times = Vec::new();
    for _ in 0..20 {
        for typed in TYPED {
            let mut composer = Composer::new(Arc::clone(&lexicon), Field::Name, PAGE);
            for letter in typed.chars() {
                let started = Instant::now();
                composer.press(letter);
                black_box(composer.page());
                times.push(started.elapsed());
            }
        }
    }
    let count = times.len();
    let (p50, p99) = percentiles(&mut times);
    println!("\n| pinyin | n | p50 a key | p99 a key | longest | dictionary opened | memory |");
    println!("|---|---|---|---|---|---|---|");
    println!(
        "| key pressed to page of phrases | {count} | {:.2} ms | {:.2} ms | {:.2} ms | {:.0} ms | {:.0} MB |",
        ms(p50),
        ms(p99),
        ms(times[count - 1]),
        ms(loaded),
        resident_mb() - before
    );
}

/// How long this machine takes for something that is the same everywhere: the middle of five.
fn checksum_time(file: &std::path::Path) -> Duration {
    let bytes = fs::read(file).expect("the model");
    let mut times: Vec<Duration> = (0..5)
        .map(|_| {
            let started = Instant::now();
            black_box(Sha256::digest(&bytes));
            started.elapsed()
        })
        .collect();
    percentiles(&mut times).0
}

fn percentiles(times: &mut [Duration]) -> (Duration, Duration) {
    times.sort();
    (times[times.len() / 2], times[(times.len() * 99 / 100).min(times.len() - 1)])
}

fn share(part: usize, all: usize) -> f64 {
    100.0 * part as f64 / all.max(1) as f64
}

fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

/// Processor time of all threads of this process so far, in milliseconds; unlike the clock it does not see other programs.
fn processor_time() -> f64 {
    /// The kernel counts in these, whatever the machine.
    const TICK_MS: f64 = 10.0;
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name in brackets may hold spaces; user and system time are the 12th and 13th field after it.
    let fields = stat.rsplit(") ").next().unwrap_or("").split(' ');
    fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() * TICK_MS
}

/// Resident memory of this process.
fn resident_mb() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}
