//! The only clock of the program. Everything else is told the time.

use std::time::{Duration, Instant};

use async_trait::async_trait;
use jiff::Timestamp;

use crate::delivery;
use crate::domain::china_time;
use crate::ledger::Moment;
use crate::session::Now;

/// Monotonic milliseconds since the program started, and the wall clock beside them.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    began: Instant,
}

impl Clock {
    /// Starts counting.
    pub fn start() -> Self {
        Self::counting_from(Instant::now())
    }

    /// Ticks count from a moment that others share.
    pub fn counting_from(began: Instant) -> Self {
        Self { began }
    }

    /// Milliseconds since the start, never going back.
    pub fn tick_ms(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// The moment for the session.
    pub fn now(&self) -> Now {
        Now { tick_ms: self.tick_ms(), wall: china_time(Timestamp::now()).datetime() }
    }

    /// The moment for the ledger.
    pub fn moment(&self) -> Moment {
        Moment { wall: china_time(Timestamp::now()).datetime(), tick_ms: self.tick_ms() }
    }
}

#[async_trait]
impl delivery::clock::Clock for Clock {
    fn now(&self) -> Moment {
        self.moment()
    }

    async fn sleep_until(&self, tick_ms: u64) {
        let left = tick_ms.saturating_sub(self.tick_ms());
        tokio::time::sleep(Duration::from_millis(left)).await;
    }
}
