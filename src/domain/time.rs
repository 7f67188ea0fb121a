//! The time this trade is done in: Beijing time, whatever the machine's own zone is.

use jiff::{Timestamp, Zoned, tz::Offset};

const BEIJING: Offset = Offset::constant(8);

/// A moment in Beijing time. A kiosk whose system was left on UTC shows and sends the right hour all the same.
pub fn china_time(at: Timestamp) -> Zoned {
    at.to_zoned(BEIJING.to_time_zone())
}
