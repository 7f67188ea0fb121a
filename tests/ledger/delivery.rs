//! The worker in virtual time: outages, poison, clumsy receivers, and the order of a matter.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use tokio::sync::{Notify, watch};
use yibao_kiosk::delivery::clock::Clock;
use yibao_kiosk::delivery::worker::{Notice, Observer, Worker};
use yibao_kiosk::delivery::{DeliveryFailure, DeliveryProfile, Receipt, Transport};
use yibao_kiosk::domain::Level;
use yibao_kiosk::ledger::{Class, Counts, Filter, Ledger, Moment, Record};

use crate::support::*;

pub const MINUTE: u64 = 60_000;
pub const DAY: u64 = 24 * 60 * MINUTE;
const REAL_TIME_MAX: Duration = Duration::from_secs(120);

/// Moves on to whatever the worker waits for, as soon as nothing is on its way.
#[derive(Default)]
pub struct VirtualClock {
    tick_ms: AtomicU64,
    on_the_way: AtomicUsize,
}

#[async_trait]
impl Clock for VirtualClock {
    fn now(&self) -> Moment {
        at(self.tick_ms.load(SeqCst))
    }

    async fn sleep_until(&self, tick_ms: u64) {
        loop {
            tokio::time::sleep(Duration::from_millis(1)).await;
            if self.on_the_way.load(SeqCst) == 0 {
                self.tick_ms.fetch_max(tick_ms, SeqCst);
                return;
            }
        }
    }
}

/// Tells the clock what is on its way and writes down when what was tried.
struct Watched {
    inner: Box<dyn DeliveryProfile>,
    clock: Arc<VirtualClock>,
    attempts: Arc<Mutex<Vec<Attempt>>>,
}

#[derive(Debug, Clone)]
pub struct Attempt {
    pub tick_ms: u64,
    pub class: Class,
    pub delivered: bool,
}

#[async_trait]
impl DeliveryProfile for Watched {
    async fn deliver(&self, record: &Record) -> Result<Receipt, DeliveryFailure> {
        self.clock.on_the_way.fetch_add(1, SeqCst);
        let _landed = Landed(&self.clock.on_the_way);
        let outcome = self.inner.deliver(record).await;
        let tick_ms = self.clock.now().tick_ms;
        self.attempts.lock().unwrap().push(Attempt { tick_ms, class: record.class, delivered: outcome.is_ok() });
        outcome
    }
}

struct Landed<'a>(&'a AtomicUsize);

impl Drop for Landed<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, SeqCst);
    }
}

/// A receiver that is a function of the record and the tick.
struct Scripted<F>(F, Arc<VirtualClock>);

#[async_trait]
impl<F: Fn(&Record, u64) -> Result<(), DeliveryFailure> + Send + Sync> DeliveryProfile for Scripted<F> {
    async fn deliver(&self, record: &Record) -> Result<Receipt, DeliveryFailure> {
        (self.0)(record, self.1.now().tick_ms).map(|()| Receipt { text: "code 0".into(), already: false })
    }
}

/// Runs the worker over the ledger until `done`, and returns every attempt with its virtual time.
pub async fn run_until(
    ledger: &Arc<Ledger>,
    clock: &Arc<VirtualClock>,
    profile: Box<dyn DeliveryProfile>,
    done: impl Fn(Counts, u64) -> bool,
) -> Vec<Attempt> {
    let attempts = Arc::new(Mutex::new(Vec::new()));
    let observer: Observer = Arc::new(|notice| assert!(!matches!(notice, Notice::Ledger(_)), "{notice:?}"));
    let worker = Worker {
        ledger: ledger.clone(),
        profile: Arc::new(Watched { inner: profile, clock: clock.clone(), attempts: attempts.clone() }),
        clock: clock.clone(),
        kick: Arc::new(Notify::new()),
        observer,
        rng: ChaCha8Rng::seed_from_u64(1),
    };
    let (stop, stopped) = watch::channel(false);
    let running = tokio::spawn(worker.run(stopped));
    let deadline = Instant::now() + REAL_TIME_MAX;
    while !done(ledger.counts().unwrap(), clock.now().tick_ms) {
        assert!(Instant::now() < deadline, "not done: {:?} at {:?}", ledger.counts(), clock.now());
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    stop.send(true).unwrap();
    running.await.unwrap();
    Arc::into_inner(attempts).unwrap().into_inner().unwrap()
}

async fn scripted(
    ledger: &Arc<Ledger>,
    script: impl Fn(&Record, u64) -> Result<(), DeliveryFailure> + Send + Sync + 'static,
    done: impl Fn(Counts, u64) -> bool,
) -> Vec<Attempt> {
    let clock = Arc::new(VirtualClock::default());
    run_until(ledger, &clock, Box::new(Scripted(script, clock.clone())), done).await
}

fn queue(matters: u64) -> (tempfile::TempDir, Arc<Ledger>) {
    let (folder, ledger) = fresh();
    for number in 0..matters {
        ledger.keep(&service(number), at(0)).unwrap();
        ledger.keep(&rating(number, Level::Satisfied), at(0)).unwrap();
    }
    (folder, Arc::new(ledger))
}

#[tokio::test]
async fn a_platform_away_for_days_gets_everything_when_it_returns() {
    let (_folder, ledger) = queue(40);
    let back = 3 * DAY;
    let script = move |_: &Record, tick| if tick < back { Err(Transport::Unreachable.into()) } else { Ok(()) };
    let attempts = scripted(&ledger, script, |counts, _| counts.unsent() == 0).await;
    let in_vain = attempts.iter().filter(|attempt| !attempt.delivered).count();
    assert!((200..2_500).contains(&in_vain), "{in_vain} attempts over three days: patient, but not asleep");
    let last = attempts.last().unwrap().tick_ms;
    assert!(last < back + 25 * MINUTE, "all delivered {} s after the return", (last - back) / 1000);
    assert_eq!(ledger.counts().unwrap().delivered, 80);
}

/// One record is poison in its own way; all others must be through within a virtual minute.
async fn check_poison(
    poison: impl Fn() -> Result<(), DeliveryFailure> + Send + Sync + 'static,
    slow: u64,
    tries_max: usize,
) {
    let (_folder, ledger) = queue(30);
    let matter = project(0);
    let script = move |record: &Record, _| if record.matter == matter { poison() } else { Ok(()) };
    let attempts = scripted(&ledger, script, |counts, tick| counts.delivered == 58 && tick > 2 * DAY).await;
    let others = attempts.iter().filter(|attempt| attempt.delivered).map(|attempt| attempt.tick_ms);
    assert!(others.max().unwrap() < MINUTE, "the others do not wait");
    let tries: Vec<_> = attempts.iter().filter(|attempt| !attempt.delivered).collect();
    assert!(tries.iter().all(|attempt| attempt.class == Class::Service), "its rating waits for it");
    assert!((8..tries_max).contains(&tries.len()), "{} tries in two days", tries.len());
    assert_eq!(ledger.counts().unwrap().slow, slow);
}

#[tokio::test]
async fn a_record_the_platform_refuses_goes_to_the_slow_lane() {
    check_poison(|| Err(DeliveryFailure::Refused("no such task".into())), 1, 60).await;
}

#[tokio::test]
async fn a_record_that_breaks_the_platform_holds_up_nobody() {
    check_poison(|| Err(Transport::Status(500).into()), 0, 1_500).await;
}

#[tokio::test]
async fn a_platform_that_asks_to_wait_is_left_alone() {
    let (_folder, ledger) = queue(3);
    let wait = || DeliveryFailure::NotYet { after_ms: 5 * MINUTE };
    let script = move |_: &Record, tick| if tick < 12 * MINUTE { Err(wait()) } else { Ok(()) };
    let attempts = scripted(&ledger, script, |counts, _| counts.unsent() == 0).await;
    // Four may be on their way when it first asks; after that one attempt a wait.
    let in_vain: Vec<u64> = attempts.iter().filter(|a| !a.delivered).map(|a| a.tick_ms).collect();
    let moments: BTreeSet<u64> = in_vain.iter().copied().collect();
    assert!(moments.iter().zip(moments.iter().skip(1)).all(|(a, b)| b - a >= 5 * MINUTE), "{in_vain:?}");
    assert!(in_vain.len() <= 3 * 3, "{in_vain:?}");
}

#[tokio::test]
async fn a_clumsy_receiver_has_every_effect_once_and_in_order() {
    let seed: u64 = rand::random_range(0..1_000_000);
    println!("seed {seed}");
    let (_folder, ledger) = queue(25);
    let effects = Arc::new(Mutex::new(BTreeMap::<String, Vec<Class>>::new()));
    let (seen, rng) = (effects.clone(), Mutex::new(ChaCha8Rng::seed_from_u64(seed)));
    let script = move |record: &Record, _| {
        let luck: u8 = rng.lock().unwrap().random_range(0..10);
        let mut seen = seen.lock().unwrap();
        let done = seen.entry(record.matter.as_str().to_owned()).or_default();
        match luck {
            0 | 1 => return Err(Transport::Unreachable.into()),
            2 | 3 => return Err(DeliveryFailure::Refused("not today".into())),
            _ => {}
        }
        if !done.contains(&record.class) {
            done.push(record.class);
        }
        // The answer gets lost although the effect is there.
        if luck == 4 { Err(Transport::TimedOut.into()) } else { Ok(()) }
    };
    scripted(&ledger, script, |counts, _| counts.unsent() == 0).await;
    let effects = effects.lock().unwrap();
    assert_eq!(effects.len(), 25);
    assert!(effects.values().all(|classes| *classes == [Class::Service, Class::Rating]), "seed {seed}: {effects:?}");
    assert!(ledger.list(Filter::Delivered, 99).unwrap().iter().all(|row| row.tries >= 1));
}
