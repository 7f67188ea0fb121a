//! The national platform's interface for designated institutions (定点医药机构接口, FSI), as a client.
//!
//! Pure parts (envelope, signature, wire, voucher, refusal) turn values into bytes and bytes into values; only
//! `client` talks to the network. No view, no storage, no device.

mod client;
mod clock;
mod config;
mod envelope;
mod filing;
mod filing_wire;
mod gateway;
mod refusal;
pub mod signature;
pub mod voucher;
pub mod wire;

pub use client::FsiClient;
pub use clock::Clock;
pub use config::{FilingCall, FilingProfile, FsiConfig, FsiConfigError, HexCase, MovementsProfile, Secret, UrlStyle};
