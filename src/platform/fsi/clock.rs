//! The time the interface is spoken in: Beijing time, whatever the machine's own zone is.

use std::sync::Arc;

use jiff::{Timestamp, Zoned, tz::Offset};

/// Where the time comes from; tests put their own here.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

const BEIJING: Offset = Offset::constant(8);

/// The moment in Beijing time.
pub fn china_time(at: Timestamp) -> Zoned {
    at.to_zoned(BEIJING.to_time_zone())
}
