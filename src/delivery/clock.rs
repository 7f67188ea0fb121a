//! Time for delivery: handed in, so that a test lives through a month in a second. The machine's own clock is
//! `runtime`'s.

use async_trait::async_trait;

use crate::ledger::Moment;

/// Where delivery takes its time from.
#[async_trait]
pub trait Clock: Send + Sync {
    /// The moment it is.
    fn now(&self) -> Moment;

    /// Returns when the tick is reached or a little later. Dropping it early is harmless.
    async fn sleep_until(&self, tick_ms: u64);
}
