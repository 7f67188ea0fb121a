//! What the kiosk asks of a platform about out-of-area filings.

use async_trait::async_trait;

use super::{PlatformError, RefusalText};
use crate::domain::filing::{FamilyMember, FilingRequest, PlatformFilings};

/// A platform that takes filings. Every call is bounded in time.
#[async_trait]
pub trait FilingPlatform: Send + Sync {
    /// The filings on record for the `person_number` of a person record, latest first.
    ///
    /// # Errors
    /// See [`PlatformError`].
    async fn filings(&self, person_number: &str) -> Result<PlatformFilings, PlatformError>;

    /// Who is bound to this person's family account.
    ///
    /// # Errors
    /// See [`PlatformError`].
    async fn family(&self, person_number: &str) -> Result<Vec<FamilyMember>, PlatformError>;

    /// Where a request stands that may have been sent before; `None` if the platform never took one under its number.
    ///
    /// # Errors
    /// See [`PlatformError`].
    async fn find(&self, request: &FilingRequest) -> Result<Option<Standing>, PlatformError>;

    /// Sends a request, once. Sending it twice may file it twice, so whoever got no answer asks [`Self::find`] first.
    ///
    /// # Errors
    /// See [`PlatformError`]; only [`PlatformError::Refused`] says for sure that nothing was filed.
    async fn submit(&self, request: &FilingRequest) -> Result<Standing, PlatformError>;
}

/// Where a request stands at the platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Done, under this number (`trt_dcla_detl_sn`).
    Done(String),
    /// Received, not decided.
    Pending,
    /// Decided against, in these words.
    Rejected(RefusalText),
}
