//! Both ends of the bus: a kiosk with its real ledger and worker, and the province's receiver.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use jiff::civil::date;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;
use yibao_kiosk::delivery::DeliveryProfile;
use yibao_kiosk::delivery::bus::{BusProfile, KioskName, Receiver, ReceiverConfig, Store};
use yibao_kiosk::delivery::clock::Clock;
use yibao_kiosk::delivery::worker::{Notice, Worker};
use yibao_kiosk::domain::{Entry, Level, Matter, ProjectNumber, Rating, Service};
use yibao_kiosk::ledger::{Filter, Ledger, Moment, Options};

use crate::broker::{Broker, until};

pub fn name() -> KioskName {
    KioskName::new("37", "1002A003").unwrap()
}

/// Runs twenty times as fast, so that waits of half a minute are over in two seconds.
pub struct FastClock(Instant);

const FASTER: u32 = 20;

#[async_trait]
impl Clock for FastClock {
    fn now(&self) -> Moment {
        let elapsed = self.0.elapsed() * FASTER;
        Moment { wall: date(2026, 3, 9).at(8, 0, 0, 0), tick_ms: u64::try_from(elapsed.as_millis()).unwrap() }
    }

    async fn sleep_until(&self, tick_ms: u64) {
        let left = Duration::from_millis(tick_ms.saturating_sub(self.now().tick_ms)) / FASTER;
        tokio::time::sleep(left).await;
    }
}

/// Opens the kiosk's ledger in a folder; a second opening after the first was dropped is a restart.
pub fn open(folder: &Path) -> Arc<Ledger> {
    let options =
        Options { ballast_bytes: 100_000, ..Options::new(folder.join("ledger.db"), folder.join("ledger.key")) };
    Arc::new(Ledger::open(options).unwrap())
}

/// A fresh ledger with so many matters, each with its rating.
pub fn queue(folder: &Path, matters: u64) -> Arc<Ledger> {
    let ledger = open(folder);
    for number in 0..matters {
        ledger.keep(&service(number), moment()).unwrap();
        ledger.keep(&rating(number), moment()).unwrap();
    }
    ledger
}

pub fn moment() -> Moment {
    Moment { wall: date(2026, 3, 9).at(8, 0, 0, 0), tick_ms: 0 }
}

fn service(number: u64) -> Entry {
    let at = date(2026, 3, 9).at(9, 0, 0, 0);
    let project = ProjectNumber::from_stored(format!("37T{number:06}"));
    let matter = Matter { project, service: Service::Balance, started: at, finished: at };
    Entry::Service { matter, name: "测试甲".into(), certificate: String::new() }
}

pub fn rating(number: u64) -> Entry {
    let project = ProjectNumber::from_stored(format!("37T{number:06}"));
    let rating = Rating::new(Level::VerySatisfied, vec![]).unwrap();
    Entry::Rating { project, rating, at: date(2026, 3, 9).at(9, 1, 0, 0) }
}

/// A worker at work. Stopping it abandons what is on its way, as a kill does.
pub struct Working {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
    pub notices: Arc<Mutex<Vec<String>>>,
}

impl Working {
    pub fn start(ledger: &Arc<Ledger>, profile: Arc<dyn DeliveryProfile>) -> Self {
        let notices = Arc::new(Mutex::new(Vec::new()));
        let told = Arc::clone(&notices);
        let worker = Worker {
            ledger: Arc::clone(ledger),
            profile,
            clock: Arc::new(FastClock(Instant::now())),
            kick: Arc::new(Notify::new()),
            observer: Arc::new(move |notice| {
                assert!(!matches!(notice, Notice::Ledger(_) | Notice::Refused { .. }), "{notice:?}");
                told.lock().unwrap().push(format!("{notice:?}"));
            }),
            rng: ChaCha8Rng::seed_from_u64(1),
        };
        let (stop, stopped) = watch::channel(false);
        Self { stop, task: tokio::spawn(worker.run(stopped)), notices }
    }

    pub fn with_bus(ledger: &Arc<Ledger>, broker: &Broker) -> Self {
        Self::start(ledger, Arc::new(BusProfile::new(broker.config("kiosk"), name()).unwrap()))
    }

    pub fn heard(&self, part: &str) -> usize {
        self.notices.lock().unwrap().iter().filter(|notice| notice.contains(part)).count()
    }

    pub async fn stop(self) {
        self.stop.send(true).unwrap();
        self.task.await.unwrap();
    }
}

/// The province's side. It ends when it is dropped.
pub struct Receiving {
    _stop: watch::Sender<bool>,
    pub store: Arc<Store>,
}

impl Receiving {
    pub fn start(broker: &Broker) -> Self {
        let config = ReceiverConfig {
            bus: broker.config("receiver"),
            store: broker.path("received.db"),
            store_key: broker.path("received.key"),
            stream: None,
            redelivery_s: 2,
        };
        let receiver = Receiver::new(config).unwrap();
        let store = receiver.store();
        let (stop, stopped) = watch::channel(false);
        tokio::spawn(receiver.run(stopped));
        Self { _stop: stop, store }
    }
}

pub async fn delivered(ledger: &Ledger, count: u64) {
    until(&format!("{count} delivered"), async || (ledger.counts().unwrap().delivered >= count).then_some(())).await;
}

/// Every record of the kiosk is at the receiver, once, and nothing else is.
pub fn agree(ledger: &Ledger, store: &Store) {
    let counts = ledger.counts().unwrap();
    assert_eq!(counts.unsent(), 0, "{counts:?}");
    let kept: BTreeSet<String> =
        ledger.list(Filter::All, u32::MAX).unwrap().iter().map(|row| row.id.as_str().to_owned()).collect();
    let received = store.records(&name()).unwrap();
    let ids: BTreeSet<String> = received.iter().map(|record| record.id.clone()).collect();
    assert_eq!((ids.len(), &ids), (received.len(), &kept), "each once, and all of them");
    let effects: BTreeSet<_> = received.iter().map(|record| (&record.project, &record.class)).collect();
    assert_eq!(effects.len(), received.len(), "no matter has a class twice");
}
