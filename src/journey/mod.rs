//! What a resident does, on top of the session's vocabulary: read the balance, see the insurance, file, look for
//! hospitals, rate.
//!
//! No ports, no SQL, no widgets. Every journey that did something ends by offering its rating.

mod answering;
mod balance;
mod filing;
mod finding;
mod hospitals;
mod insured;
mod lines;
mod movements;
mod rating;
mod secret;

pub(crate) use answering::Answering;
pub(crate) use balance::Balance;
pub(crate) use filing::{Filed, Filing, Relative};
pub(crate) use finding::warm_up;
pub(crate) use hospitals::Hospitals;
pub(crate) use insured::{Insured, NotInsured};
pub(crate) use movements::Movements;
#[cfg(any(test, feature = "screen"))]
pub(crate) use movements::lines_a_page;
pub(crate) use rating::{PhoneRating, Rate};
