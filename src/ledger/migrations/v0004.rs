//! Version 4: what becomes of filing requests, found by person. Frozen.

/// One row a request, beside its record in the outbox and longer than it. `person` is a keyed digest of the
/// certificate number: it finds a person's rows and tells nobody whose they are.
pub(super) const STEP: &str = "
CREATE TABLE filing (
    number TEXT PRIMARY KEY,
    person BLOB NOT NULL,
    destination TEXT,
    at TEXT NOT NULL,
    outcome TEXT CHECK (outcome IN ('done', 'rejected')),
    words TEXT,
    settled_at TEXT
) STRICT;

CREATE INDEX filing_person ON filing (person, at);
CREATE INDEX filing_settled ON filing (settled_at) WHERE outcome IS NOT NULL;
";
