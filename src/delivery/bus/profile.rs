//! The kiosk's side: publishes a record, waits until the bus has it, and then for the receiver's own receipt.

use std::sync::Arc;
use std::time::Duration;

use async_nats::Request;
use async_nats::jetstream::context::{PublishError, PublishErrorKind};
use async_nats::jetstream::message::PublishMessage;
use async_nats::jetstream::{self, ErrorCode};
use async_trait::async_trait;
use tokio::sync::Mutex;

use super::config::{BusConfig, BusConfigError, KioskName};
use super::link::{Expected, Link};
use super::wire::{self, Notice, Verdict};
use crate::delivery::{DeliveryFailure, DeliveryProfile, Receipt, Transport};
use crate::ledger::Record;

/// How long a full stream is left alone.
const FULL_MS: u64 = 30_000;
/// A record waits for two servers and two disks; so many wait together. The servers sync for each message apart.
const MATTERS_MAX: usize = 32;
/// An answer to a question about a receipt comes at once or not at all.
const ANSWER_WAIT_MAX: Duration = Duration::from_secs(3);

/// The client.
pub struct BusProfile {
    config: BusConfig,
    kiosk: KioskName,
    link: Mutex<Option<Arc<Link>>>,
}

impl BusProfile {
    /// Checks the configuration; connects at the first record.
    ///
    /// # Errors
    /// Names the key of the configuration that cannot stand.
    pub fn new(config: BusConfig, kiosk: KioskName) -> Result<Self, BusConfigError> {
        Ok(Self { config: config.checked()?, kiosk, link: Mutex::new(None) })
    }

    /// The link that is up, or a new one. Several records that find it down wait for one attempt together.
    async fn link(&self) -> Result<Arc<Link>, Transport> {
        let mut place = self.link.lock().await;
        if let Some(link) = place.as_ref().filter(|link| link.is_up()) {
            return Ok(Arc::clone(link));
        }
        *place = None;
        let link = Arc::new(Link::open(&self.config, &self.kiosk).await?);
        *place = Some(Arc::clone(&link));
        Ok(link)
    }

    /// Hands the record to the bus; `true` if the bus had it already.
    async fn publish(&self, link: &Link, record: &Record) -> Result<bool, DeliveryFailure> {
        let subject = wire::record_subject(&self.kiosk, record.class);
        let denied = link.denied(&subject);
        let message = PublishMessage::build()
            .payload(wire::body(record)?.into())
            .message_id(wire::message_id(&self.kiosk, record))
            .expected_stream(super::STREAM);
        let published = async { link.jetstream.send_publish(subject, message).await?.await };
        tokio::select! {
            acknowledged = published => acknowledged.map(|ack| ack.duplicate).map_err(|error| trouble(&error)),
            () = denied => Err(Transport::Denied.into()),
        }
    }

    /// The receipt as it is said, or, where it was missed, as it is told on asking.
    async fn receipt(&self, link: &Link, mut expected: Expected, known: bool) -> Result<Receipt, DeliveryFailure> {
        if known && let Some(outcome) = self.ask(link, &expected).await.and_then(Verdict::outcome) {
            return outcome;
        }
        let wait = Duration::from_millis(self.config.receipt_ms_max);
        let said = match tokio::time::timeout(wait, &mut expected.verdict).await {
            Ok(verdict) => verdict.ok(),
            Err(_) => self.ask(link, &expected).await,
        };
        said.and_then(Verdict::outcome).unwrap_or(Err(Transport::TimedOut.into()))
    }

    async fn ask(&self, link: &Link, expected: &Expected) -> Option<Verdict> {
        let request = Request::new().payload(expected.id().to_owned().into()).timeout(Some(ANSWER_WAIT_MAX));
        let answer = link.client.send_request(wire::ask_subject(&self.kiosk), request).await.ok()?;
        let notice: Notice = serde_json::from_slice(&answer.payload).ok()?;
        (notice.id == expected.id()).then_some(notice.verdict)
    }
}

#[async_trait]
impl DeliveryProfile for BusProfile {
    async fn deliver(&self, record: &Record) -> Result<Receipt, DeliveryFailure> {
        let link = self.link().await?;
        let expected = link.expect(record.id.as_str());
        let known = self.publish(&link, record).await?;
        self.receipt(&link, expected, known).await
    }

    fn matters_max(&self) -> usize {
        MATTERS_MAX
    }
}

/// None of these judges the record, save that it is too large for any bus.
fn trouble(error: &PublishError) -> DeliveryFailure {
    tracing::debug!(%error, "bus: not published");
    let kind = match error.kind() {
        PublishErrorKind::MaxPayloadExceeded => return DeliveryFailure::Refused("larger than the bus takes".into()),
        PublishErrorKind::TimedOut => Transport::TimedOut,
        // Also what the servers say while they choose a new leader.
        PublishErrorKind::StreamNotFound => Transport::NoStream,
        _ if is_full(error) => return DeliveryFailure::NotYet { after_ms: FULL_MS },
        _ => Transport::Unreachable,
    };
    kind.into()
}

fn is_full(error: &PublishError) -> bool {
    let source = std::error::Error::source(error).and_then(|source| source.downcast_ref::<jetstream::Error>());
    let full =
        [ErrorCode::STREAM_STORE_FAILED, ErrorCode::STORAGE_RESOURCES_EXCEEDED, ErrorCode::INSUFFICIENT_RESOURCES];
    source.is_some_and(|error| full.contains(&error.error_code()))
}
