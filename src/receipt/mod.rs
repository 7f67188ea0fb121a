//! What a resident takes along on a phone: a receipt of what was done, or a draft for the window, as the text of a QR code.
//!
//! Any scanner shows it as plain lines; the last line proves them, without a network, to whoever has the site's public
//! key. No full certificate number stands in either. Drawing the code belongs to the screens.

mod draft;
mod key;
mod paper;
mod proof;

pub use draft::{Draft, DraftError, read_draft};
pub use key::{NotAPublicKey, PublicKey, SiteKey};
pub use paper::seal;
pub use proof::{Forged, verify};

/// A QR code of version 20 at level L takes so many bytes; a denser one is hard to scan from a screen.
pub const CODE_BYTES_MAX: usize = 858;
/// Up to so many bytes a code of version 20 can be drawn at level M, which forgives twice as much glare and dirt.
pub const CODE_BYTES_AT_LEVEL_M: usize = 666;
