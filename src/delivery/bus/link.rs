//! One connection to the bus, made when it is needed and thrown away when it breaks.
//!
//! The client library gives up for good when a server refuses its credentials, and keeps what is published while it is
//! away. Both are the outbox's business here, so a broken link is not mended but replaced at the next attempt.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_nats::connection::State;
use async_nats::jetstream::{self, Context};
use async_nats::{Client, ConnectErrorKind, Event, ServerError, Subscriber};
use futures_util::StreamExt;
use tokio::sync::{broadcast, oneshot};
use tokio::task::JoinHandle;

use super::config::{BusConfig, KioskName};
use super::wire::{self, Notice, Verdict};
use crate::delivery::Transport;

/// Refusals remembered for those who wait; more at once are all alike.
const DENIALS_MAX: usize = 64;

type Waiting = Arc<Mutex<HashMap<String, oneshot::Sender<Verdict>>>>;

/// A connection with the kiosk's receipts coming in.
pub(super) struct Link {
    pub(super) client: Client,
    pub(super) jetstream: Context,
    waiting: Waiting,
    denials: broadcast::Sender<String>,
    reader: JoinHandle<()>,
}

impl Drop for Link {
    fn drop(&mut self) {
        self.reader.abort();
    }
}

/// Connects anyone.
pub(super) async fn connect(
    config: &BusConfig,
    inbox: &str,
    denials: broadcast::Sender<String>,
) -> Result<Client, Transport> {
    // Another client of this program may have installed it already; it is the same one.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let options = config.options().map_err(|error| {
        tracing::error!(%error, "bus");
        Transport::Unreachable
    })?;
    let wait = Duration::from_millis(config.connect_ms_max);
    let options = options.connection_timeout(wait).custom_inbox_prefix(inbox).event_callback(move |event| {
        let denials = denials.clone();
        async move { report(event, &denials) }
    });
    let connecting = tokio::time::timeout(wait, options.connect(config.servers.as_slice()));
    match connecting.await {
        Ok(Ok(client)) => Ok(client),
        Ok(Err(error)) => {
            tracing::warn!(%error, "bus: no connection");
            let denied = [ConnectErrorKind::AuthorizationViolation, ConnectErrorKind::Authentication];
            Err(if denied.contains(&error.kind()) { Transport::Denied } else { Transport::Unreachable })
        }
        Err(_) => Err(Transport::TimedOut),
    }
}

/// A refused subject comes as an event of the connection; the publication itself only times out.
fn report(event: Event, denials: &broadcast::Sender<String>) {
    match event {
        Event::ServerError(ServerError::Other(text)) => {
            tracing::error!(%text, "bus: the server complains");
            // Nobody may be waiting.
            let _ = denials.send(text);
        }
        Event::Connected | Event::Disconnected => tracing::info!(%event, "bus"),
        event => tracing::warn!(%event, "bus"),
    }
}

impl Link {
    /// Connects a kiosk and listens for its receipts.
    pub(super) async fn open(config: &BusConfig, kiosk: &KioskName) -> Result<Self, Transport> {
        let (denials, _) = broadcast::channel(DENIALS_MAX);
        let client = connect(config, &format!("_INBOX_{}_{}", kiosk.province, kiosk.number), denials.clone()).await?;
        let receipts = client.subscribe(wire::receipt_subject(kiosk)).await.map_err(|_| Transport::Unreachable)?;
        let mut jetstream = jetstream::new(client.clone());
        jetstream.set_timeout(Duration::from_millis(config.acknowledge_ms_max));
        let waiting = Waiting::default();
        let reader = tokio::spawn(read_receipts(receipts, waiting.clone()));
        Ok(Self { client, jetstream, waiting, denials, reader })
    }

    pub(super) fn is_up(&self) -> bool {
        self.client.connection_state() == State::Connected && !self.reader.is_finished()
    }

    /// From now on the receipt of this record is kept for the caller.
    pub(super) fn expect(&self, id: &str) -> Expected {
        let (sender, verdict) = oneshot::channel();
        locked(&self.waiting).insert(id.to_owned(), sender);
        Expected { id: id.to_owned(), verdict, waiting: self.waiting.clone() }
    }

    /// Returns when the server has refused this subject since the call; never otherwise.
    pub(super) fn denied(&self, subject: &str) -> impl Future<Output = ()> + Send + use<> {
        let (mut denials, quoted) = (self.denials.subscribe(), format!("\"{subject}\""));
        async move {
            loop {
                match denials.recv().await {
                    Ok(text) if text.contains(&quoted) => return,
                    Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => {}
                    Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
                }
            }
        }
    }
}

/// A receipt that is waited for; dropping it ends the waiting.
pub(super) struct Expected {
    id: String,
    pub(super) verdict: oneshot::Receiver<Verdict>,
    waiting: Waiting,
}

impl Expected {
    pub(super) fn id(&self) -> &str {
        &self.id
    }
}

impl Drop for Expected {
    fn drop(&mut self) {
        locked(&self.waiting).remove(&self.id);
    }
}

async fn read_receipts(mut receipts: Subscriber, waiting: Waiting) {
    while let Some(message) = receipts.next().await {
        let Ok(notice) = serde_json::from_slice::<Notice>(&message.payload) else {
            tracing::warn!("bus: a receipt cannot be read");
            continue;
        };
        if let Some(sender) = locked(&waiting).remove(&notice.id) {
            // Whoever waited may have left.
            let _ = sender.send(notice.verdict);
        }
    }
}

fn locked(waiting: &Waiting) -> MutexGuard<'_, HashMap<String, oneshot::Sender<Verdict>>> {
    waiting.lock().unwrap_or_else(PoisonError::into_inner)
}
