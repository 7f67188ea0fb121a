//! `kiosk ingest`: the province's end of the fleet bus, which commits records in a database of its own and only
//! then says their receipts. No kiosk runs here; a bridge into the province's systems reads that database.

use std::path::{Path, PathBuf};

use clap::Args;
use serde::Deserialize;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use super::config::ConfigError;
use crate::delivery::bus::{BusConfig, Receiver, ReceiverConfig, ReceiverError, StreamLimits};

/// Where its configuration is.
#[derive(Debug, Args)]
pub struct IngestOptions {
    /// Configuration of the receiver
    #[arg(long, default_value = "/etc/yibao-kiosk/ingest.toml")]
    config: PathBuf,
}

/// The file as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct IngestConfig {
    /// How it reaches the bus.
    bus: BusConfig,
    /// What it receives.
    #[serde(default)]
    store: StoreConfig,
    /// Limits with which it makes the stream; left out where somebody else makes it.
    stream: Option<StreamLimits>,
}

#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct StoreConfig {
    /// The database.
    path: PathBuf,
    /// Its key, made with it.
    key_path: PathBuf,
    /// Seconds after which what was not acknowledged comes again.
    redelivery_s: u64,
}

impl Default for StoreConfig {
    fn default() -> Self {
        Self {
            path: "/var/lib/yibao-ingest/received.db".into(),
            key_path: "/var/lib/yibao-ingest/received.key".into(),
            redelivery_s: 60,
        }
    }
}

/// Why the receiver does not run.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    /// The file.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// What it is set up with cannot stand, or the database does not open.
    #[error(transparent)]
    Receiver(#[from] ReceiverError),
    /// The system gives no thread or catches no signal.
    #[error("the system gives no thread or signal: {0}")]
    System(#[from] std::io::Error),
}

/// Receives until SIGTERM or SIGINT. No failure of the bus or of the disk ends it.
///
/// # Errors
/// When it cannot begin.
pub fn run(options: &IngestOptions) -> Result<(), IngestError> {
    let receiver = Receiver::new(load(&options.config)?)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        let (stop, stopped) = watch::channel(false);
        let running = tokio::spawn(receiver.run(stopped));
        tracing::info!("ingest: receiving");
        tokio::select! { _ = terminate.recv() => {}, _ = interrupt.recv() => {} }
        let _ = stop.send(true);
        // A panic in there has been reported; what it had not acknowledged comes again.
        let _ = running.await;
        Ok(())
    })
}

fn load(path: &Path) -> Result<ReceiverConfig, ConfigError> {
    let text =
        std::fs::read_to_string(path).map_err(|reason| ConfigError::Unreadable { path: path.to_owned(), reason })?;
    parse(&text)
}

fn parse(text: &str) -> Result<ReceiverConfig, ConfigError> {
    let IngestConfig { bus, store, stream } = toml::from_str(text).map_err(|error| ConfigError::mistake(&error))?;
    Ok(ReceiverConfig { bus, store: store.path, store_key: store.key_path, stream, redelivery_s: store.redelivery_s })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_is_right_and_a_slip_is_said() {
        let sample = include_str!("../../install/ingest.toml");
        let config = parse(sample).unwrap();
        assert_eq!(config.stream.map(|stream| stream.replicas), Some(3));
        assert!(config.bus.tls);
        let error = parse(&sample.replacen("replicas", "replcias", 1)).expect_err("a slip").to_string();
        assert!(error.contains("did you mean `replicas`?"), "{error}");
    }
}
