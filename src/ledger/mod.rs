//! What must not be lost: SQLite, migrations, outbox. No HTTP, no screens.
