//! The schema's history: forward only, one frozen module a version. A shipped step is never edited;
//! a change is a new step.

mod v0001;
mod v0002;
mod v0003;
mod v0004;

use rusqlite::{Connection, TransactionBehavior};

use super::LedgerError;

const STEPS: &[&str] = &[v0001::STEP, v0002::STEP, v0003::STEP, v0004::STEP];

/// The schema this program writes.
pub(super) const NEWEST: u32 = STEPS.len() as u32;

/// Brings a file up to [`NEWEST`]; all missing steps commit together or not at all.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), LedgerError> {
    migrate_to(connection, NEWEST)
}

fn migrate_to(connection: &mut Connection, version: u32) -> Result<(), LedgerError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found: u32 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found > NEWEST {
        return Err(LedgerError::NewerSchema { found, known: NEWEST });
    }
    if found < version {
        for step in &STEPS[found as usize..version as usize] {
            transaction.execute_batch(step)?;
        }
        transaction.pragma_update(None, "user_version", version)?;
    }
    Ok(transaction.commit()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schema(connection: &Connection) -> String {
        let mut statement =
            connection.prepare("SELECT sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY rowid").unwrap();
        let rows = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
        rows.map(|sql| sql.unwrap() + ";\n").collect()
    }

    fn check(version: u32, snapshot: &str) {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate_to(&mut connection, version).unwrap();
        assert_eq!(schema(&connection), snapshot, "version {version}");
        migrate_to(&mut connection, version).unwrap();
        assert_eq!(schema(&connection), snapshot, "migrating twice changes nothing");
    }

    #[test]
    fn versions_are_frozen() {
        check(1, include_str!("v0001.snapshot.sql"));
        let second = concat!(include_str!("v0001.snapshot.sql"), include_str!("v0002.snapshot.sql"));
        check(2, second);
        let replaced = "CREATE INDEX outbox_pending ON outbox (lane, seq) WHERE state = 'pending';\n";
        let third = second.replace(replaced, "") + include_str!("v0003.snapshot.sql");
        check(3, &third);
        check(4, &(third + include_str!("v0004.snapshot.sql")));
    }

    #[test]
    fn rows_of_version_1_come_along() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate_to(&mut connection, 1).unwrap();
        let old = "INSERT INTO outbox (id, class, matter, place, body, sha256, at_wall, at_run, at_tick_ms)
                   VALUES ('e-1', 'rating', 'm', 1, x'01', x'02', 't', 'r', 3)";
        connection.execute(old, []).unwrap();
        migrate(&mut connection).unwrap();
        let kept: (String, Vec<u8>) =
            connection.query_row("SELECT id, body FROM outbox", [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        assert_eq!(kept, ("e-1".to_owned(), vec![1]));
    }

    #[test]
    fn a_newer_file_is_left_alone() {
        let mut connection = Connection::open_in_memory().unwrap();
        connection.pragma_update(None, "user_version", NEWEST + 1).unwrap();
        let outcome = migrate(&mut connection);
        assert!(matches!(outcome, Err(LedgerError::NewerSchema { found, known: NEWEST }) if found == NEWEST + 1));
        assert_eq!(schema(&connection), "");
    }
}
