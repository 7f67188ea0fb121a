//! One signed POST to the gateway: limits, no redirects, and every way it can fail told apart.

use std::sync::Once;
use std::time::Duration;

use axum::body::Bytes;
use reqwest::header::CONTENT_TYPE;
use reqwest::redirect::Policy;
use reqwest::{Certificate, Client, Response};
use zeroize::Zeroizing;

use super::signature::{self, sign};
use super::{Clock, FsiConfig, FsiConfigError, HexCase, Secret};
use crate::platform::{Defect, PlatformError};

/// No answer of the interface comes near this.
const ANSWER_BYTES_MAX: usize = 1 << 20;

/// The way to the gateway.
pub(super) struct Gateway {
    http: Client,
    paasid: String,
    secret: Secret,
    hex_case: HexCase,
    clock: Clock,
}

/// A POST that brought no answer.
pub(super) struct Failure {
    /// Why.
    pub(super) error: PlatformError,
    /// How far it got.
    pub(super) reached: Reached,
}

/// How far a failed POST got; decides whether it may be repeated.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reached {
    /// No connection came about, so nothing was sent.
    Nobody,
    /// The connection broke; the platform may have seen it.
    Perhaps,
    /// Time ran out, or something did answer. Repeating it helps nobody.
    Enough,
}

impl Gateway {
    pub(super) fn new(config: &FsiConfig, clock: Clock) -> Result<Self, FsiConfigError> {
        let secret = config.read_secret()?;
        Ok(Self { http: client(config)?, paasid: config.paasid.clone(), secret, hex_case: config.hex_case, clock })
    }

    pub(super) fn set_clock(&mut self, clock: Clock) {
        self.clock = clock;
    }

    /// Sends and receives once. The body is wiped when the connection has let go of it.
    pub(super) async fn post(&self, url: &str, body: Zeroizing<Vec<u8>>) -> Result<Zeroizing<Vec<u8>>, Failure> {
        let timestamp = (self.clock)().as_second().to_string();
        let nonce = format!("{:032x}", rand::random::<u128>());
        let request = self
            .http
            .post(url)
            .header(CONTENT_TYPE, "application/json; charset=utf-8")
            .header(signature::HEADER_PAASID, &self.paasid)
            .header(signature::HEADER_SIGNATURE, sign(&timestamp, self.secret.expose(), &nonce, self.hex_case))
            .header(signature::HEADER_TIMESTAMP, &timestamp)
            .header(signature::HEADER_NONCE, nonce)
            .body(Bytes::from_owner(body));
        let response = request.send().await.map_err(|e| failure(&e))?;
        self.read(response).await
    }

    async fn read(&self, mut response: Response) -> Result<Zeroizing<Vec<u8>>, Failure> {
        let status = response.status();
        if status.is_redirection() {
            return Err(defect(Defect::Redirect(status.as_u16())));
        }
        let kind = response.headers().get(CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let says_html = kind.to_ascii_lowercase().contains("html");
        let mut body = Zeroizing::new(Vec::new());
        while let Some(chunk) = response.chunk().await.map_err(|e| failure(&e))? {
            if body.len() + chunk.len() > ANSWER_BYTES_MAX {
                return Err(defect(Defect::TooLarge));
            }
            body.extend_from_slice(&chunk);
        }
        let first = body.iter().find(|b| !b.is_ascii_whitespace());
        // Gateways refuse with 4xx and 5xx too; what they say is in the body.
        match first {
            Some(b'{') if !says_html => Ok(body),
            _ if !status.is_success() => Err(defect(Defect::Status(status.as_u16()))),
            Some(b'<') => Err(defect(Defect::WebPage)),
            _ if says_html => Err(defect(Defect::WebPage)),
            _ => Err(defect(Defect::BrokenJson)),
        }
    }
}

fn defect(defect: Defect) -> Failure {
    Failure { error: PlatformError::NotAnAnswer(defect), reached: Reached::Enough }
}

fn failure(error: &reqwest::Error) -> Failure {
    let (error, reached) = match (error.is_connect(), error.is_timeout()) {
        (true, true) => (PlatformError::Unreachable("no connection in time"), Reached::Enough),
        (true, false) => (PlatformError::Unreachable("no connection"), Reached::Nobody),
        (false, true) => (PlatformError::TimedOut, Reached::Enough),
        (false, false) => (PlatformError::Unreachable("the connection broke"), Reached::Perhaps),
    };
    Failure { error, reached }
}

fn client(config: &FsiConfig) -> Result<Client, FsiConfigError> {
    install_crypto();
    let mut builder = Client::builder()
        .redirect(Policy::none())
        .no_proxy()
        // A kept connection keeps its buffers, and in them the last person's answer.
        .pool_max_idle_per_host(0)
        .connect_timeout(Duration::from_millis(config.connect_ms_max))
        .timeout(Duration::from_millis(config.total_ms_max));
    if let Some(path) = &config.ca_file {
        let file = |source| FsiConfigError::File { field: "ca_file", path: path.clone(), source };
        let pem = std::fs::read(path).map_err(file)?;
        builder = builder.tls_certs_merge(Certificate::from_pem_bundle(&pem)?);
    } else if config.base_url.starts_with("http://") {
        // Without TLS no authorities are needed, and a machine that has none must still start.
        builder = builder.tls_certs_only([]);
    }
    Ok(builder.build()?)
}

/// The crypto provider is one for the whole process; whoever comes first installs it.
fn install_crypto() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // An error means that somebody else installed one already, which serves as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
}
