//! The embedded platform: a stand-in on the loopback that checks what it receives as strictly as a real gateway,
//! with a synthetic population, and that can be told to fail. Nothing in it is shared with the client's own code.

mod faults;
mod filing_book;
mod filing_routes;
mod fsi_routes;
mod gate;
mod movements;
mod names;
mod population;
mod rating_book;
mod rating_routes;
mod rating_seal;
mod server;
mod voucher_routes;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

pub use faults::{Fault, Faults};
pub use filing_book::Filed;
pub use filing_routes::FILING_SUBMIT;
pub use population::{Insurance, Kind, Person, Population};
pub use rating_seal::{SM2_PUBLIC_KEY, Sm2Parts};
pub use server::{EmbeddedPlatform, serve_alone, start};

use super::fsi::{HexCase, Secret};

/// The account the embedded platform knows, unless told otherwise.
pub const PAASID: &str = "kiosk-embedded";
/// Its secret. It protects nothing: everybody behind it is invented.
pub const SECRET: &str = "embedded-platform-secret";
/// The institution it knows.
pub const FIXMEDINS_CODE: &str = "H37100200001";
/// `appMark` of the rating service.
pub const APP_MARK: &str = "kiosk-rating";
/// `appWord` of the rating service.
pub const APP_WORD: &str = "embedded-rating-word";

/// What happens to a filing request whose number is known already. Real platforms do either.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Resubmit {
    /// It is refused.
    #[default]
    Refused,
    /// It is filed a second time, overlap or not.
    FiledTwice,
}

/// How an embedded platform is set up.
#[derive(Debug, Clone)]
pub struct EmbeddedOptions {
    /// Where it listens; port 0 lets the system choose.
    pub listen: SocketAddr,
    /// Seed of the population.
    pub seed: u64,
    /// How many people.
    pub population: usize,
    /// File that keeps what the rating service accepted; in memory only without it.
    pub store: Option<PathBuf>,
    /// The account at the gateway.
    pub paasid: String,
    /// Its secret.
    pub secret: Secret,
    /// Which case of signature it accepts.
    pub hex_case: HexCase,
    /// Whether answers come inside `{code,type,message,data}`, as in some provinces.
    pub wrapped: bool,
    /// Whether `infcode` is a number, as in some provinces.
    pub infcode_as_number: bool,
    /// Order of the parts it expects in an SM2 ciphertext of the rating service.
    pub sm2_parts: Sm2Parts,
    /// How long a session number holds.
    pub sign_in_lifetime: Duration,
    /// How long an e-voucher can be shown.
    pub voucher_lifetime: Duration,
    /// What a repeated filing request meets.
    pub resubmit: Resubmit,
}

impl Default for EmbeddedOptions {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            seed: 1,
            population: 400,
            store: None,
            paasid: PAASID.into(),
            secret: Secret::new(SECRET),
            hex_case: HexCase::Lower,
            wrapped: false,
            infcode_as_number: false,
            sm2_parts: Sm2Parts::default(),
            sign_in_lifetime: Duration::from_secs(3_600),
            voucher_lifetime: Duration::from_secs(60),
            resubmit: Resubmit::default(),
        }
    }
}
