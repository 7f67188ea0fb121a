//! Time for delivery: handed in, so that a test lives through a month in a second.

use std::time::{Duration, Instant};

use async_trait::async_trait;
use jiff::Timestamp;

use crate::domain::china_time;
use crate::ledger::Moment;

/// Where delivery takes its time from.
#[async_trait]
pub trait Clock: Send + Sync {
    /// The moment it is.
    fn now(&self) -> Moment;

    /// Returns when the tick is reached or a little later. Dropping it early is harmless.
    async fn sleep_until(&self, tick_ms: u64);
}

/// The machine's own clock.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock {
    start: Instant,
}

impl SystemClock {
    /// Ticks count from `start`, which the whole program shares.
    pub fn counting_from(start: Instant) -> Self {
        Self { start }
    }
}

#[async_trait]
impl Clock for SystemClock {
    fn now(&self) -> Moment {
        let tick_ms = u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX);
        Moment { wall: china_time(Timestamp::now()).datetime(), tick_ms }
    }

    async fn sleep_until(&self, tick_ms: u64) {
        let left = tick_ms.saturating_sub(self.now().tick_ms);
        tokio::time::sleep(Duration::from_millis(left)).await;
    }
}
