//! The balance, its other accounts and the latest movements.

use slint::{ComponentHandle, SharedString};

use crate::domain::{AccountStatus, Fen};
use crate::session::{AccountLine, Balance};
use crate::words::{Key, Words, args};

use super::super::generated::{AccountModel, App, BalanceModel};
use super::super::models::{hand_over, update_rows};
use super::{Setting, movements};

pub(super) fn fill(app: &App, balance: &Balance, setting: Setting<'_>) {
    let words = setting.words;
    let covered = setting.covered || balance.covered;
    let model = app.global::<BalanceModel<'_>>();
    model.set_title(hand_over(words.balance_title(balance.name.as_str())));
    model.set_has_account(balance.amount.is_some());
    fill_amount(&model, balance.amount.unwrap_or_default(), covered, words);
    model.set_main_line(balance.main.as_ref().map(|line| hand_over(in_one_line(line, words))).unwrap_or_default());
    model.set_none_text(words.no_account(balance.main.as_ref().map(|line| line.status)).into());
    model.set_covered(covered);
    let others = balance.others.iter().map(|line| account(line, covered, words)).collect();
    if let Some(list) = update_rows(model.get_others(), others) {
        model.set_others(list);
    }
    model.set_offers_movements(balance.movements.is_some() || balance.movements_pending);
    model.set_movements_pending(balance.movements_pending);
    let lines = balance.movements.as_deref().unwrap_or_default();
    let lines = lines.iter().map(|line| movements::row(line, covered, words)).collect();
    if let Some(list) = update_rows(model.get_movements(), lines) {
        model.set_movements(list);
    }
}

pub(super) fn blank(app: &App) {
    let model = app.global::<BalanceModel<'_>>();
    model.set_title(SharedString::new());
    model.set_yuan(SharedString::new());
    model.set_decimals(SharedString::new());
    model.set_words(SharedString::new());
    model.set_main_line(SharedString::new());
    model.set_covered(false);
    update_rows(model.get_others(), Vec::new());
    update_rows(model.get_movements(), Vec::new());
}

/// One account as a row; also the insured screen's.
pub(super) fn account(line: &AccountLine, covered: bool, words: &Words) -> AccountModel {
    let balance = match line.balance {
        Some(_) if covered => words.text(Key::AmountCovered),
        Some(amount) => words.figures(amount),
        None => String::new(),
    };
    AccountModel {
        insurance: words.insurance(line.insurance).into(),
        area: line.area.as_str().into(),
        status: words.status(line.status).into(),
        good: line.status == AccountStatus::Active,
        since: line.since.map(|day| hand_over(words.since(day))).unwrap_or_default(),
        balance: hand_over(balance),
    }
}

fn fill_amount(model: &BalanceModel<'_>, amount: Fen, covered: bool, words: &Words) {
    if covered {
        model.set_yuan(words.text(Key::AmountCovered).into());
        model.set_decimals(SharedString::new());
        model.set_words(words.text(Key::AmountCoveredWords).into());
        return;
    }
    let sign = if amount.0 < 0 { "−" } else { "" };
    model.set_yuan(hand_over(format!("{sign}{}", amount.yuan_grouped())));
    model.set_decimals(hand_over(amount.decimals()));
    model.set_words(hand_over(words.amount(amount)));
}

fn in_one_line(line: &AccountLine, words: &Words) -> String {
    words.account_line(args::AccountLine {
        area: line.area.as_str().into(),
        insurance: words.insurance(line.insurance).into(),
        status: words.status(line.status).into(),
    })
}
