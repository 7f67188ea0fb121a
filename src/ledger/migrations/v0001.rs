//! Version 1: the ledger's own facts and the outbox. Frozen.

/// `outbox.class` is open to classes to come; only those that hang on a matter are unique to it.
/// `place` orders the records of one matter before `seq` does. `next_try_ms` counts within the
/// opening named by `next_try_run`.
pub(super) const STEP: &str = "
CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE outbox (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    class TEXT NOT NULL,
    matter TEXT NOT NULL,
    place INTEGER NOT NULL,
    body BLOB NOT NULL,
    sha256 BLOB NOT NULL,
    at_wall TEXT NOT NULL,
    at_run TEXT NOT NULL,
    at_tick_ms INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivered', 'parked')),
    lane TEXT NOT NULL DEFAULT 'normal' CHECK (lane IN ('normal', 'slow')),
    tries INTEGER NOT NULL DEFAULT 0,
    refusals INTEGER NOT NULL DEFAULT 0,
    next_try_run TEXT NOT NULL DEFAULT '',
    next_try_ms INTEGER NOT NULL DEFAULT 0,
    last_error TEXT,
    delivered_at TEXT,
    receipt TEXT
) STRICT;

CREATE UNIQUE INDEX outbox_one_a_matter ON outbox (matter, class) WHERE class IN ('service', 'rating', 'answers');
CREATE INDEX outbox_pending ON outbox (lane, seq) WHERE state = 'pending';
CREATE INDEX outbox_matter_order ON outbox (matter, place, seq) WHERE state = 'pending';
CREATE INDEX outbox_settled ON outbox (seq) WHERE state = 'delivered';
";
