//! The national service-rating interface (国家“好差评”): finished matters, their ratings and answers
//! over HTTP. The wire is in `wire`, what an answer means in `reply`,
//! what vouches for it in `seal`, addresses and words in `config`.

mod config;
mod reply;
mod seal;
mod wire;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use jiff::civil::DateTime;
use reqwest::header::{CONTENT_TYPE, RETRY_AFTER};
use reqwest::redirect;

use super::clock::Clock;
use super::{DeliveryFailure, DeliveryProfile, Receipt, Transport};
use crate::ledger::Record;

pub use config::{AppWord, NationalConfig, NationalConfigError, Scale, Task};
pub use reply::{Reply, judge};
pub use seal::{Signature, Sm2Order};

use seal::Seal;

/// The whole request body under these settings, for whoever stands in for the line.
///
/// # Errors
/// When the settings allow no signature.
pub(crate) fn envelope(config: &NationalConfig, record: &Record, now: DateTime) -> Result<Vec<u8>, DeliveryFailure> {
    let seal = Seal::new(config).map_err(|error| DeliveryFailure::Refused(error.to_string()))?;
    wire::envelope(config, &seal, record, now)
}

/// No answer of the platform is longer.
const REPLY_BYTES_MAX: usize = 64 * 1024;

/// The client.
pub struct NationalProfile {
    config: NationalConfig,
    seal: Seal,
    client: reqwest::Client,
    clock: Arc<dyn Clock>,
}

impl NationalProfile {
    /// Checks the configuration and makes the client; connects nowhere yet.
    ///
    /// # Errors
    /// Names the key of the configuration that cannot stand.
    pub fn new(config: NationalConfig, clock: Arc<dyn Clock>) -> Result<Self, NationalConfigError> {
        let config = config.checked()?;
        let seal = Seal::new(&config)?;
        // Another client of this program may have installed it already; it is the same one.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .connect_timeout(Duration::from_millis(config.connect_timeout_ms))
            .timeout(Duration::from_millis(config.timeout_ms))
            // A hall's log-in page redirects; a resident's name must not follow it there.
            .redirect(redirect::Policy::none())
            .no_proxy()
            // A kept connection keeps its buffers, and in them whoever was sent last.
            .pool_max_idle_per_host(0)
            .build()
            .map_err(|error| NationalConfigError::Client(error.to_string()))?;
        Ok(Self { config, seal, client, clock })
    }

    async fn post(&self, record: &Record) -> Result<Reply, DeliveryFailure> {
        let url = format!("{}/hcp/{}", self.config.base_url.trim_end_matches('/'), wire::path(record.class));
        let body = wire::envelope(&self.config, &self.seal, record, self.clock.now().wall)?;
        let request = self.client.post(url).header(CONTENT_TYPE, "application/json; charset=utf-8").body(body);
        let mut response = request.send().await.map_err(|error| trouble(&error))?;
        let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let (described, retry_after) = (header("C-Response-Desc"), header(RETRY_AFTER.as_str()));
        let status = response.status().as_u16();
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| trouble(&error))? {
            if body.len() + chunk.len() > REPLY_BYTES_MAX {
                return Err(Transport::Foreign.into());
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Reply { status, described, retry_after_s: retry_after.and_then(|text| text.parse().ok()), body })
    }
}

#[async_trait]
impl DeliveryProfile for NationalProfile {
    async fn deliver(&self, record: &Record) -> Result<Receipt, DeliveryFailure> {
        let reply = self.post(record).await?;
        judge(&reply, &self.config).map_err(|failure| wire::redacted(failure, record))
    }
}

fn trouble(error: &reqwest::Error) -> DeliveryFailure {
    let kind = if error.is_timeout() { Transport::TimedOut } else { Transport::Unreachable };
    kind.into()
}
