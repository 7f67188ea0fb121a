//! The stream that carries records from kiosks to the receiver, with its limits.

use std::time::Duration;

use async_nats::jetstream::context::CreateStreamError;
use async_nats::jetstream::stream::{Config, DiscardPolicy, RetentionPolicy, StorageType};
use async_nats::jetstream::{Context, stream::Info};
use serde::Deserialize;

/// Its name.
pub const STREAM: &str = "KIOSK_RECORDS";

/// How large it may grow and how often it is kept.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StreamLimits {
    /// Servers that keep each record: 3 in a fleet, 1 only for trials.
    pub replicas: usize,
    /// Bytes on each of them; a full stream takes nothing more, so kiosks keep what they have.
    pub bytes_max: i64,
    /// Seconds for which the servers know a record that is sent again. What comes later is told by the receiver.
    pub duplicates_s: u64,
}

impl Default for StreamLimits {
    fn default() -> Self {
        Self { replicas: 3, bytes_max: 4 << 30, duplicates_s: 7_200 }
    }
}

impl StreamLimits {
    fn config(self) -> Config {
        Config {
            name: STREAM.into(),
            description: Some("records of kiosks on their way to the receiver".into()),
            subjects: vec!["kiosk.*.*.*".into()],
            // Gone from the servers as soon as the receiver has it: names do not lie about.
            retention: RetentionPolicy::WorkQueue,
            discard: DiscardPolicy::New,
            storage: StorageType::File,
            num_replicas: self.replicas,
            max_bytes: self.bytes_max,
            max_message_size: MESSAGE_BYTES_MAX,
            duplicate_window: Duration::from_secs(self.duplicates_s),
            deny_purge: true,
            ..Config::default()
        }
    }
}

/// No record is larger.
const MESSAGE_BYTES_MAX: i32 = 64 * 1_024;

/// Makes the stream, or gives an existing one these limits.
///
/// # Errors
/// When the servers do not let it, or too few of them run.
pub async fn make_stream(jetstream: &Context, limits: StreamLimits) -> Result<Info, CreateStreamError> {
    jetstream.create_or_update_stream(limits.config()).await
}
