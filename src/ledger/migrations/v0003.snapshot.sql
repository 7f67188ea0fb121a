CREATE INDEX outbox_pending ON outbox (lane, seq, next_try_run, next_try_ms) WHERE state = 'pending';
CREATE INDEX outbox_next ON outbox (next_try_run, next_try_ms) WHERE state = 'pending';
CREATE INDEX outbox_parked ON outbox (seq) WHERE state = 'parked';
