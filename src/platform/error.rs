//! Why the platform gives no answer, for whoever has to mend it. Words for residents live elsewhere.

use std::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop};

/// Why a question to the platform failed. Nothing in here prints a name, a number or the platform's own words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlatformError {
    /// No connection, or it broke before the answer.
    #[error("the platform cannot be reached ({0}): check cable, address and firewall")]
    Unreachable(&'static str),
    /// Connected, but no whole answer within the limit.
    #[error("the platform did not answer in time")]
    TimedOut,
    /// Something answered that is not the platform, or not in the agreed form.
    #[error("what came back is no platform answer: {0}")]
    NotAnAnswer(Defect),
    /// The gateway does not accept the signature or does not know the caller.
    #[error("the gateway refuses the signature: check paasid, secret and hex_case")]
    SignatureRefused,
    /// The gateway's clock and ours differ too much.
    #[error("the gateway refuses the timestamp: set this machine's clock (NTP)")]
    ClockSkew,
    /// It knows nobody by this credential.
    #[error("the platform knows nobody by this credential")]
    NotFound,
    /// The e-voucher has been used, has run out, or never was one.
    #[error("the e-voucher is stale")]
    StaleVoucher,
    /// Another message came before under the same id; nothing was judged.
    #[error("the platform has had another message under this id")]
    MessageTaken,
    /// A business refusal of its own.
    #[error("the platform refuses with infcode {infcode}")]
    Refused {
        /// The answer's `infcode` (or `code`) as text.
        infcode: String,
        /// Its words; they can name people, so they hide themselves and are never shown or logged.
        message: RefusalText,
    },
}

/// What is wrong with something that should have been an answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Defect {
    /// A web page, as captive portals and proxies send.
    #[error("a web page (captive portal or proxy)")]
    WebPage,
    /// A redirect; the interface has none, so somebody is in between.
    #[error("a redirect (HTTP {0}; captive portal or proxy)")]
    Redirect(u16),
    /// A bare HTTP status without an answer in the body.
    #[error("HTTP status {0} without an answer")]
    Status(u16),
    /// Not JSON, or cut off.
    #[error("broken JSON")]
    BrokenJson,
    /// Larger than any answer can be.
    #[error("an answer beyond the size limit")]
    TooLarge,
    /// A field is missing or holds what it cannot hold.
    #[error("field {0} missing or unusable")]
    Field(&'static str),
    /// The answer is about somebody else than was asked for.
    #[error("an answer about another person than was asked for")]
    SomebodyElse,
}

/// The platform's own words of refusal (`err_msg`). Wiped on drop, hidden in debug output.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct RefusalText(String);

impl RefusalText {
    /// Keeps the words.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The words, for tests and for staff who ask for them on purpose.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for RefusalText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RefusalText(…)")
    }
}
