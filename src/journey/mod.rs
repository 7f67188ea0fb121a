//! What a resident does, on top of the session's vocabulary: read the balance, see the insurance, rate.
//!
//! No ports, no SQL, no widgets. Every journey ends by offering its rating.

mod answering;
mod balance;
mod insured;
mod lines;
mod movements;
mod rating;

pub(crate) use answering::Answering;
pub(crate) use balance::Balance;
pub(crate) use insured::{Insured, NotInsured};
pub(crate) use movements::Movements;
#[cfg(feature = "screen")]
pub(crate) use movements::lines_a_page;
pub(crate) use rating::{PhoneRating, Rate};
