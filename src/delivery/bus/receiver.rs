//! The province's side: takes records off the bus, commits them, and only then says the receipt.
//!
//! It may die at any point. What it had not acknowledged comes again and is known by its primary key; a receipt that
//! got lost is told again when the kiosk asks.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use async_nats::jetstream::consumer::{AckPolicy, pull};
use async_nats::jetstream::{self, Message as Delivery};
use async_nats::{Client, Message, Subscriber};
use futures_util::StreamExt;
use tokio::sync::{broadcast, watch};

use super::config::{BusConfig, BusConfigError, KioskName};
use super::link;
use super::store::{Incoming, Store, StoreError};
use super::streams::{STREAM, StreamLimits, make_stream};
use super::wire::{self, Notice, Verdict};

/// Records committed together.
const BATCH_MAX: usize = 256;
/// The servers' sign of life while there is nothing to take.
const HEARTBEAT: Duration = Duration::from_secs(1);
const REQUEST_LIFETIME: Duration = Duration::from_secs(5);
/// Waits between attempts after a failure: the first and the longest.
const RETRY_MS_MIN: u64 = 200;
const RETRY_MS_MAX: u64 = 5_000;
/// Records on their way to the receiver before the servers wait for it.
const UNACKNOWLEDGED_MAX: i64 = 2_048;

/// How a receiver is set up.
#[derive(Debug, Clone)]
pub struct ReceiverConfig {
    /// How it reaches the bus.
    pub bus: BusConfig,
    /// Its SQLite file.
    pub store: PathBuf,
    /// The file with the key of that, made with it.
    pub store_key: PathBuf,
    /// Limits with which it makes the stream, or `None` where that is not its office.
    pub stream: Option<StreamLimits>,
    /// Seconds after which what it has not acknowledged comes again.
    pub redelivery_s: u64,
}

/// A receiver that is ready to run.
pub struct Receiver {
    config: ReceiverConfig,
    store: Arc<Store>,
}

/// Why a receiver cannot begin.
#[derive(Debug, thiserror::Error)]
pub enum ReceiverError {
    /// A setting cannot stand.
    #[error("[bus] {0}")]
    Settings(#[from] BusConfigError),
    /// The store does not open.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why a turn of the receiver ended; the next one starts soon.
#[derive(Debug, thiserror::Error)]
enum Broken {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("{0}")]
    Bus(String),
}

impl Broken {
    fn bus(error: impl std::fmt::Display) -> Self {
        Self::Bus(error.to_string())
    }
}

impl Receiver {
    /// Checks the configuration and opens the store.
    ///
    /// # Errors
    /// What cannot stand, or why the store does not open.
    pub fn new(config: ReceiverConfig) -> Result<Self, ReceiverError> {
        let bus = config.bus.clone().checked()?;
        let store = Arc::new(Store::open(&config.store, &config.store_key)?);
        Ok(Self { config: ReceiverConfig { bus, ..config }, store })
    }

    /// What it has, for looking on.
    pub fn store(&self) -> Arc<Store> {
        Arc::clone(&self.store)
    }

    /// Runs until `shutdown` turns true or its sender is gone. No failure of the bus or the disk ends it.
    pub async fn run(self, mut shutdown: watch::Receiver<bool>) {
        let mut wait_ms = RETRY_MS_MIN;
        loop {
            let broken = tokio::select! {
                _ = shutdown.wait_for(|stop| *stop) => return,
                broken = self.turn(&mut wait_ms) => broken,
            };
            if let Err(error) = broken {
                tracing::warn!(%error, wait_ms, "receiver: starts again soon");
            }
            tokio::select! {
                _ = shutdown.wait_for(|stop| *stop) => return,
                () = tokio::time::sleep(Duration::from_millis(wait_ms)) => {}
            }
            wait_ms = (2 * wait_ms).min(RETRY_MS_MAX);
        }
    }

    /// One connection, from its start to its end. What goes well makes the next wait short again.
    async fn turn(&self, wait_ms: &mut u64) -> Result<(), Broken> {
        let (denials, _) = broadcast::channel(1);
        let client = link::connect(&self.config.bus, "_INBOX_receiver", denials).await.map_err(Broken::bus)?;
        let asked = client.queue_subscribe("ask.*.*", "receiver".into()).await.map_err(Broken::bus)?;
        tokio::select! {
            ended = self.take_records(&client, wait_ms) => ended,
            ended = self.answer(&client, asked) => ended,
        }
    }

    async fn take_records(&self, client: &Client, wait_ms: &mut u64) -> Result<(), Broken> {
        let mut jetstream = jetstream::new(client.clone());
        // Asked while the servers choose a leader, they do not answer at all; asking again soon is quicker.
        jetstream.set_timeout(Duration::from_millis(self.config.bus.acknowledge_ms_max));
        if let Some(limits) = self.config.stream {
            make_stream(&jetstream, limits).await.map_err(Broken::bus)?;
        }
        let stream = jetstream.get_stream(STREAM).await.map_err(Broken::bus)?;
        let consumer = stream.get_or_create_consumer("receiver", self.consumer()).await.map_err(Broken::bus)?;
        let records = consumer.stream().heartbeat(HEARTBEAT).expires(REQUEST_LIFETIME).messages();
        let mut records = records.await.map_err(Broken::bus)?.ready_chunks(BATCH_MAX);
        while let Some(batch) = records.next().await {
            let batch: Vec<Delivery> = batch.into_iter().collect::<Result<_, _>>().map_err(Broken::bus)?;
            self.take(client, batch).await?;
            *wait_ms = RETRY_MS_MIN;
        }
        Err(Broken::bus("the stream of records ended"))
    }

    fn consumer(&self) -> pull::Config {
        pull::Config {
            durable_name: Some("receiver".into()),
            ack_policy: AckPolicy::Explicit,
            ack_wait: Duration::from_secs(self.config.redelivery_s),
            max_ack_pending: UNACKNOWLEDGED_MAX,
            ..pull::Config::default()
        }
    }

    /// Commit, receipt, acknowledgement, in this order: whichever is lost, what came before it holds.
    async fn take(&self, client: &Client, batch: Vec<Delivery>) -> Result<(), Broken> {
        let incoming: Vec<Incoming> = batch.iter().filter_map(read).collect();
        let store = Arc::clone(&self.store);
        let taking = tokio::task::spawn_blocking(move || store.take(&incoming).map(|verdicts| (incoming, verdicts)));
        let (incoming, verdicts) = taking.await.map_err(Broken::bus)??;
        for (one, verdict) in incoming.iter().zip(verdicts) {
            let receipt = text_of(&one.id, verdict);
            client.publish(wire::receipt_subject(&one.kiosk), receipt.into()).await.map_err(Broken::bus)?;
        }
        for delivery in &batch {
            delivery.ack().await.map_err(Broken::bus)?;
        }
        Ok(())
    }

    /// Tells kiosks that missed a receipt what became of their record.
    async fn answer(&self, client: &Client, mut asked: Subscriber) -> Result<(), Broken> {
        while let Some(question) = asked.next().await {
            let Some((reply, kiosk, id)) = read_question(question) else { continue };
            let (store, wanted) = (Arc::clone(&self.store), id.clone());
            let looking = tokio::task::spawn_blocking(move || store.verdict(&kiosk, &wanted));
            let verdict = looking.await.map_err(Broken::bus)??;
            client.publish(reply, text_of(&id, verdict).into()).await.map_err(Broken::bus)?;
        }
        Err(Broken::bus("the questions ended"))
    }
}

/// `None` for what no kiosk can have sent; it is acknowledged and forgotten.
fn read(delivery: &Delivery) -> Option<Incoming> {
    let (kiosk, class) = wire::owner(&delivery.subject, 4)?;
    let head = wire::head(&delivery.payload, class);
    let by_bus = delivery.headers.as_ref().and_then(|headers| headers.get("Nats-Msg-Id"));
    let prefix = format!("{}.", kiosk.tokens());
    let id = match by_bus.and_then(|id| id.as_str().strip_prefix(&prefix)) {
        Some(id) => id.to_owned(),
        None => head.as_ref().ok()?.id.clone(),
    };
    Some(Incoming { kiosk, id, head, body: delivery.payload.to_vec() })
}

fn read_question(question: Message) -> Option<(async_nats::Subject, KioskName, String)> {
    let (kiosk, _) = wire::owner(&question.subject, 3)?;
    let id = std::str::from_utf8(&question.payload).ok()?.to_owned();
    Some((question.reply?, kiosk, id))
}

fn text_of(id: &str, verdict: Verdict) -> Vec<u8> {
    #[expect(clippy::expect_used, reason = "two strings always serialise into memory")]
    serde_json::to_vec(&Notice { id: id.to_owned(), verdict }).expect("a notice serialises")
}
