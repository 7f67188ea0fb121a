//! Speed, as ratios to something in the same run: `cargo bench`. Figures go to `docs/measurements.md`.
//!
//! Absolute times are printed for reading, but only the ratios mean anything on another machine.

#![allow(clippy::expect_used, reason = "a bench that cannot begin has nothing to say")]

use std::fs::OpenOptions;
use std::io::Write;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use jiff::civil::date;
use yibao_kiosk::device::id_reader::emulator::IdReaderEmulator;
use yibao_kiosk::device::id_reader::samples::sample_cards;
use yibao_kiosk::device::{DeviceEvent, IdReaderOptions, spawn_id_reader};
use yibao_kiosk::domain::{DeviceKind, DeviceState, Entry, Level, ProjectNumber, Rating};
use yibao_kiosk::ledger::{Ledger, Moment, Options};
use yibao_kiosk::screen::{Display, Screen, ScreenOptions, fixtures};

/// 1,295 bytes of ten bits each at 115,200 baud.
const WIRE_MS: f64 = 112.4;
const ROUNDS: usize = 30;

fn main() {
    println!("| what | median | 95th percentile | ratio |");
    println!("|---|---|---|---|");
    card_read();
    rating_commit();
    frames();
}

fn row(what: &str, times: &mut [Duration], ratio: &str) {
    times.sort();
    let ms = |duration: Duration| duration.as_secs_f64() * 1000.0;
    let median = ms(times[times.len() / 2]);
    let high = ms(times[times.len() * 95 / 100]);
    println!("| {what} | {median:.2} ms | {high:.2} ms | {ratio} |");
}

fn median(times: &mut [Duration]) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64()
}

/// From the moment a card is found to the card in hand, over a line paced like 115,200 baud.
fn card_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("id-reader");
    let reader = IdReaderEmulator::start(&path).expect("a pseudo-terminal");
    let (sender, events) = channel();
    let handle = spawn_id_reader(
        IdReaderOptions { path, ..IdReaderOptions::default() },
        Box::new(move |event| drop(sender.send((Instant::now(), event)))),
    );
    let limit = Duration::from_secs(10);
    let wait = |wanted: &dyn Fn(&DeviceEvent) -> bool| loop {
        let (at, event) = events.recv_timeout(limit).expect("an event in time");
        if wanted(&event) {
            return at;
        }
    };
    wait(&|event| matches!(event, DeviceEvent::State(DeviceKind::IdReader, DeviceState::Online)));
    let card = sample_cards().swap_remove(0);
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        reader.lay(card.clone());
        let found = wait(&|event| matches!(event, DeviceEvent::CardFound));
        let read = wait(&|event| matches!(event, DeviceEvent::CardRead(_)));
        times.push(read - found);
        reader.lift();
        wait(&|event| matches!(event, DeviceEvent::CardLifted));
    }
    drop(handle);
    let ratio = median(&mut times) * 1000.0 / WIRE_MS;
    row("card found to card read, paced 115200 8N1", &mut times, &format!("{ratio:.2} × its {WIRE_MS} ms on the wire"));
}

/// A rating durable in the ledger, against a bare append with fdatasync on the same disk, alternating.
fn rating_commit() {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder on the disk");
    let at = |name: &str| folder.path().join(name);
    let ledger = Ledger::open(Options::new(at("ledger.db"), at("ledger.key"))).expect("a ledger");
    let mut bare = OpenOptions::new().create(true).append(true).open(at("bare")).expect("a file");
    let (mut kept, mut synced) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS * 4 {
        let wall = date(2026, 11, 21).at(9, 12, 0, 0);
        let entry = Entry::Rating {
            project: ProjectNumber::from_stored(format!("37BENCH{round:06}")),
            rating: Rating::new(Level::Satisfied, Vec::new()).expect("a rating within the rules"),
            at: wall,
        };
        let begun = Instant::now();
        ledger.keep(&entry, Moment { wall, tick_ms: round as u64 }).expect("kept");
        kept.push(begun.elapsed());
        let begun = Instant::now();
        bare.write_all(&[0x55; 600]).and_then(|()| bare.sync_data()).expect("synced");
        synced.push(begun.elapsed());
    }
    let ratio = median(&mut kept) / median(&mut synced);
    row("600-byte append with fdatasync", &mut synced, "1");
    row("rating kept (SQLCipher, WAL, FULL)", &mut kept, &format!("{ratio:.2} × the append"));
}

/// From start to the first frame, a full repaint, and the balance, drawn into memory.
fn frames() {
    let begun = Instant::now();
    let display = Display::Still { width: 1080, height: 1920 };
    let screen = Screen::open(display, ScreenOptions::default(), |_| {}).expect("a screen");
    let fixtures = fixtures::all();
    let view = |name: &str| fixtures.iter().find(|f| f.name == name).map(|f| f.view.clone()).expect("a fixture");
    screen.show_now(view("standby"));
    screen.pixels_now().expect("pixels");
    let mut first = [begun.elapsed()];
    let (mut standby, mut balance) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        for (name, times) in [("standby", &mut standby), ("balance", &mut balance)] {
            screen.show_now(view(name));
            let begun = Instant::now();
            screen.pixels_now().expect("pixels");
            times.push(begun.elapsed());
        }
    }
    let ratio = first[0].as_secs_f64() / median(&mut standby);
    row("full repaint, standby, 1080×1920", &mut standby, "1");
    row("full repaint, balance, 1080×1920", &mut balance, "");
    row("window opened to first frame, standby", &mut first, &format!("{ratio:.1} × a repaint"));
}
