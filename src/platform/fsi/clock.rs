//! Where the interface takes its time from.

use std::sync::Arc;

use jiff::Timestamp;

/// Where the time comes from; tests put their own here.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;
