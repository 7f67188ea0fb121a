//! Insured areas and statuses.

use slint::{ComponentHandle, SharedString};

use crate::session::AccountLine;

use super::super::generated::{App, InsuredModel};
use super::super::models::{hand_over, update_rows};
use super::{Setting, balance};

pub(super) fn fill(app: &App, name: &str, accounts: &[AccountLine], setting: Setting<'_>) {
    let model = app.global::<InsuredModel<'_>>();
    model.set_title(hand_over(setting.words.insured_title(name)));
    let rows = accounts.iter().map(|line| balance::account(line, setting.covered, setting.words)).collect();
    if let Some(list) = update_rows(model.get_accounts(), rows) {
        model.set_accounts(list);
    }
}

pub(super) fn blank(app: &App) {
    let model = app.global::<InsuredModel<'_>>();
    model.set_title(SharedString::new());
    update_rows(model.get_accounts(), Vec::new());
}
