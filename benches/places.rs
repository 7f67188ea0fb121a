//! Speed of the searches over places and hospitals, as ratios to one plain pass over the same names in the same run:
//! `cargo bench --no-default-features --bench places`. Figures go to `docs/measurements.md`.

#![allow(clippy::expect_used, reason = "a bench that cannot begin has nothing to say")]

use std::fmt::Write;
use std::hint::black_box;
use std::time::{Duration, Instant};

use yibao_kiosk::domain::AreaCode;
use yibao_kiosk::hospital::{Hospitals, import};
use yibao_kiosk::places::{Divisions, Places};

const ROUNDS: usize = 20;
const KINDS: [(&str, &str); 9] = [
    ("人民医院", "三级甲等"),
    ("中医院", "三级乙等"),
    ("妇幼保健院", "二级甲等"),
    ("协和医院", "三级甲等"),
    ("第二人民医院", "二级甲等"),
    ("骨伤专科医院", "二级"),
    ("口腔医院", ""),
    ("康复医院", ""),
    ("城关社区卫生服务中心", "一级"),
];
const PLACE_TEXTS: [&str; 10] = ["b", "bj", "beijing", "北", "北京市", "cq", "zq", "kunshan", "xian", "qqqq"];
const HOSPITAL_TEXTS: [&str; 20] = [
    "y",
    "yy",
    "医",
    "医院",
    "人民医院",
    "rmyy",
    "renminyiyuan",
    "协和",
    "xh",
    "xiehe",
    "xieh",
    "昆山协和",
    "ksxh",
    "kunshanxieheyiyuan",
    "bjcyqrmyy",
    "昆山rm",
    "zzzz",
    "sszz",
    "骨伤",
    "guang",
];

fn main() {
    println!("| what | median | 95th percentile | slowest | ratio |");
    println!("|---|---|---|---|---|");
    places();
    hospitals();
}

fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

/// The median in milliseconds.
fn row(what: &str, times: &mut [Duration], plain_ms: Option<f64>) -> f64 {
    times.sort();
    let at = |part: usize| ms(times[(times.len() - 1) * part / 100]);
    let median = at(50);
    let ratio = plain_ms.map_or_else(|| "1".to_owned(), |plain| format!("{:.1} × the pass", median / plain));
    println!("| {what} | {median:.2} ms | {:.2} ms | {:.2} ms | {ratio} |", at(95), at(100));
    median
}

fn time(mut work: impl FnMut()) -> Duration {
    let begun = Instant::now();
    work();
    begun.elapsed()
}

/// One look at every name for a text that is in none.
fn pass(names: &[String]) -> Vec<Duration> {
    let one = || names.iter().filter(|name| name.contains(black_box("无处"))).count();
    (0..ROUNDS).map(|_| time(|| assert_eq!(one(), 0))).collect()
}

fn counties() -> Vec<(AreaCode, String)> {
    let codes = (110_000..660_000).filter(|code| code % 100 != 0);
    let codes = codes.filter_map(|code| AreaCode::parse(&code.to_string()));
    codes.filter_map(|code| Divisions::national().name(&code).map(|name| (code.clone(), name.to_owned()))).collect()
}

fn places() {
    let mut first = [time(|| drop(black_box(Places::national().search("bj", 8))))];
    let names: Vec<String> = counties().into_iter().map(|(_, name)| name).collect();
    let plain = row("plain pass over 2,800 names of counties", &mut pass(&names), None);
    row("tables read, names spelled, first search", &mut first, Some(plain));
    let mut times = Vec::new();
    for text in PLACE_TEXTS {
        times.extend((0..ROUNDS).map(|_| time(|| drop(black_box(Places::national().search(text, 8))))));
    }
    row("place searched, ten texts", &mut times, Some(plain));
}

fn hospitals() {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder on the disk");
    let (list, file) = (folder.path().join("list.csv"), folder.path().join("hospitals.db"));
    let mut text = String::from("code,name,area,level\n");
    let mut names = Vec::new();
    for (area, county) in counties() {
        for (number, (kind, level)) in KINDS.iter().enumerate() {
            let code = area.as_str();
            writeln!(text, "H{code}{number},{county}{kind},{code},{level}").expect("memory");
            names.push(format!("{county}{kind}"));
        }
    }
    std::fs::write(&list, text).expect("a list");
    let count = names.len();
    let plain = row(&format!("plain pass over {count} names of hospitals"), &mut pass(&names), None);
    let mut imported = [time(|| assert_eq!(import(&list, &file).expect("imported").hospitals, count))];
    row(&format!("list of {count} hospitals imported"), &mut imported, Some(plain));
    let all = Hospitals::open(&file).expect("the imported list");
    all.search(None, "bj", 8).expect("found");
    let city = AreaCode::parse("320500");
    for (what, area) in [("in the whole country", None), ("in one city", city.as_ref())] {
        let (mut times, mut worst) = (Vec::new(), (Duration::ZERO, ""));
        for text in HOSPITAL_TEXTS {
            let one = || drop(black_box(all.search(area, text, 8).expect("found")));
            let mut own: Vec<Duration> = (0..ROUNDS).map(|_| time(one)).collect();
            own.sort();
            worst = worst.max((own[ROUNDS / 2], text));
            times.extend(own);
        }
        row(&format!("hospital searched {what}, twenty texts"), &mut times, Some(plain));
        println!("| the slowest of them, {} | {:.2} ms | | | |", worst.1, ms(worst.0));
    }
    let bytes = std::fs::metadata(&file).expect("the file").len();
    println!("\nThe file has {} KiB.", bytes / 1024);
}
