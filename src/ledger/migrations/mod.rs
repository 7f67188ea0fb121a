//! The schema's history: forward only, one frozen module a version. A shipped step is never edited;
//! a change is a new step.

mod v0001;

use rusqlite::{Connection, TransactionBehavior};

use super::LedgerError;

const STEPS: &[&str] = &[v0001::STEP];

/// The schema this program writes.
pub(super) const NEWEST: u32 = STEPS.len() as u32;

/// Brings a file up to [`NEWEST`]; all missing steps commit together or not at all.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), LedgerError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found: u32 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found > NEWEST {
        return Err(LedgerError::NewerSchema { found, known: NEWEST });
    }
    if found < NEWEST {
        for step in &STEPS[found as usize..] {
            transaction.execute_batch(step)?;
        }
        transaction.pragma_update(None, "user_version", NEWEST)?;
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

    #[test]
    fn version_1_is_frozen() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection).unwrap();
        assert_eq!(schema(&connection), include_str!("v0001.snapshot.sql"));
        migrate(&mut connection).unwrap();
        assert_eq!(schema(&connection), include_str!("v0001.snapshot.sql"), "migrating twice changes nothing");
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
