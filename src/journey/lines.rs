//! From what the platform knows to the lines a screen shows.

use crate::domain::{Account, Movement};
use crate::session::{AccountLine, MovementLine};

pub(super) fn account_line(account: &Account) -> AccountLine {
    AccountLine {
        insurance: account.insurance,
        area: account.area_name.clone(),
        status: account.status,
        since: account.since,
        balance: account.balance,
    }
}

pub(super) fn movement_line(movement: &Movement) -> MovementLine {
    MovementLine {
        on: movement.on,
        what: movement.what.clone(),
        place: movement.place.clone(),
        amount: movement.amount,
    }
}
