//! Version 2: the audit log, and the index that bounds a class. Frozen.

/// `audit_end` holds two rows: the anchor (the last entry given up, number 0 at first) and the head (the
/// last entry). The triggers hold honest programs to the rules; whoever removes them is found by the chain.
pub(super) const STEP: &str = "
CREATE TABLE audit (
    number INTEGER PRIMARY KEY,
    at_wall TEXT NOT NULL,
    event TEXT NOT NULL,
    reference BLOB NOT NULL,
    hash BLOB NOT NULL
) STRICT;

CREATE TABLE audit_end (
    side TEXT PRIMARY KEY CHECK (side IN ('anchor', 'head')),
    number INTEGER NOT NULL,
    at_wall TEXT NOT NULL,
    hash BLOB NOT NULL
) STRICT;

CREATE TRIGGER audit_in_order BEFORE INSERT ON audit
WHEN NEW.number IS NOT (SELECT number + 1 FROM audit_end WHERE side = 'head')
BEGIN SELECT RAISE(ABORT, 'an audit entry follows the last one'); END;

CREATE TRIGGER audit_unchanged BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'an audit entry is never changed'); END;

CREATE TRIGGER audit_kept BEFORE DELETE ON audit
WHEN OLD.number > coalesce((SELECT number FROM audit_end WHERE side = 'anchor'), 0)
BEGIN SELECT RAISE(ABORT, 'an audit entry is given up only behind the anchor'); END;

CREATE TRIGGER audit_end_once BEFORE INSERT ON audit_end
WHEN EXISTS (SELECT 1 FROM audit_end WHERE side = NEW.side)
BEGIN SELECT RAISE(ABORT, 'the audit log has two ends'); END;

CREATE TRIGGER audit_end_forward BEFORE UPDATE ON audit_end
WHEN NEW.side IS NOT OLD.side OR NEW.number < OLD.number
    OR NEW.hash IS NOT (SELECT hash FROM audit WHERE number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'an end of the audit log moves forward to an entry'); END;

CREATE TRIGGER audit_end_kept BEFORE DELETE ON audit_end
BEGIN SELECT RAISE(ABORT, 'the audit log has two ends'); END;

CREATE INDEX outbox_class_pending ON outbox (class, seq) WHERE state = 'pending';
";
