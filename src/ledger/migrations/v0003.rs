//! Version 3: indexes that keep a backlog of tens of thousands quick. Frozen.

/// `outbox_pending` now says by itself whether a row is due, so that rows which wait are passed without being read;
/// `outbox_next` finds the soonest of them; `outbox_parked` counts the damaged.
pub(super) const STEP: &str = "
DROP INDEX outbox_pending;

CREATE INDEX outbox_pending ON outbox (lane, seq, next_try_run, next_try_ms) WHERE state = 'pending';

CREATE INDEX outbox_next ON outbox (next_try_run, next_try_ms) WHERE state = 'pending';

CREATE INDEX outbox_parked ON outbox (seq) WHERE state = 'parked';
";
