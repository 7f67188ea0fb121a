//! The trade's words as types: who a resident is, what an account holds, what a rating says.
//!
//! Nothing here does I/O, reads a clock or holds a sentence for people. Everything that names a
//! person wipes itself when it is dropped and hides itself in debug output.

mod account;
mod card;
mod certificate;
mod credential;
mod device;
mod entry;
pub mod filing;
mod indicator;
mod matter;
mod money;
mod name;
mod rating;
mod time;

pub use account::{Account, AccountStatus, AreaCode, InsuranceType, Movement, PersonRecord};
pub use card::{CardLayout, CardTrouble, Expiry, IdentityCard, Sex};
pub use certificate::{CertificateNumber, CertificateNumberError};
pub use credential::{Credential, EVoucher, EVoucherError};
pub use device::{DeviceKind, DeviceState};
pub use entry::Entry;
pub use indicator::{Indicator, active_indicators, indicator};
pub use matter::{Matter, ProjectNumber, Service};
pub use money::Fen;
pub use name::PersonName;
pub use rating::{Level, Rating, RatingError};
pub use time::china_time;
