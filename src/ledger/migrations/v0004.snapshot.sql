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
