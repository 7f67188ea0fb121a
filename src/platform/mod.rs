//! The insurance platform's trait, the national interface, and the strict embedded stand-in. No devices, no screens.

use async_trait::async_trait;

use crate::domain::{Credential, Movement, PersonRecord};

pub mod embedded;
mod error;
mod filing;
pub mod fsi;

pub use error::{Defect, PlatformError, RefusalText};
pub use filing::{FilingPlatform, Standing};

/// What the kiosk asks of an insurance platform. A profile that cannot tell movements says so; nothing else is optional.
#[async_trait]
pub trait InsurancePlatform: Send + Sync {
    /// Who this is, and how they are insured.
    ///
    /// # Errors
    /// See [`PlatformError`]; the whole call is bounded in time.
    async fn person(&self, credential: &Credential) -> Result<PersonRecord, PlatformError>;

    /// Latest movements first, for the `person_number` of a [`PersonRecord`]; `Ok(None)` where the profile offers none.
    ///
    /// # Errors
    /// See [`PlatformError`]; the whole call is bounded in time.
    async fn movements(&self, person_number: &str) -> Result<Option<Vec<Movement>>, PlatformError>;

    /// Whether the platform can be reached and accepts this kiosk now. Cheap; signs in if that was not done yet.
    ///
    /// # Errors
    /// Says why it cannot be used at this moment.
    async fn probe(&self) -> Result<(), PlatformError>;
}
