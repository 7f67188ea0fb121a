//! 查医保余额: the balance in digits and words, the latest movements, covered when somebody looks on.

use super::lines::{account_line, movement_line};
use super::{Movements, Rate};
use crate::domain::{Account, AccountStatus, Fen, Matter, Movement, Service};
use crate::session::desk::Desk;
use crate::session::guest::Guest;
use crate::session::states::{Afterwards, Stage, State, Thanks};
use crate::session::{Effect, Event, Press, Prompt, Screen, Ticket};

/// The balance is on the screen. The matter counts as done from this moment.
#[derive(Debug)]
pub(crate) struct Balance {
    guest: Guest,
    matter: Matter,
    /// The matter's own entry; a rating makes sense only once it is kept.
    matter_ticket: Ticket,
    matter_kept: bool,
    covered: bool,
    movements: Statement,
}

/// What is known of the movements.
#[derive(Debug)]
enum Statement {
    Pending(Ticket),
    NotOffered,
    Known(Vec<Movement>),
}

/// The screen has room for no more of them.
const LATEST_MAX: usize = 4;

impl Balance {
    /// Shows the balance of somebody whose record is known.
    pub fn enter(guest: Guest, desk: &mut Desk) -> State {
        let matter = guest.finish_matter(Service::Balance, desk);
        let matter_ticket = desk.last_ticket();
        let ticket = desk.ticket();
        if let Some(record) = &guest.record {
            desk.effect(Effect::AskMovements(ticket, record.person_number.clone()));
        }
        let state = Self {
            guest,
            matter,
            matter_ticket,
            matter_kept: true,
            covered: false,
            movements: Statement::Pending(ticket),
        };
        state.tell(desk);
        State::Balance(state)
    }

    /// Back from the list of movements.
    pub fn resume(self, desk: &mut Desk) -> State {
        self.tell(desk);
        State::Balance(self)
    }

    /// What this screen is; into headphones the amount itself.
    fn tell(&self, desk: &mut Desk) {
        match self.amount() {
            Some(amount) if desk.listens_alone() => self.read_aloud(amount, desk),
            _ => desk.say(self.prompt(desk)),
        }
    }

    /// The amount is spoken once; the caption on the glass does not keep it.
    fn read_aloud(&self, amount: Fen, desk: &mut Desk) {
        desk.say_aloud(Prompt::Amount(amount));
        desk.caption = Some(self.prompt(desk));
    }

    /// The movements, newest first, as far as they are known.
    pub fn movements(&self) -> &[Movement] {
        match &self.movements {
            Statement::Known(movements) => movements,
            Statement::Pending(_) | Statement::NotOffered => &[],
        }
    }

    /// Whether the resident has covered the amounts.
    pub fn covered(&self) -> bool {
        self.covered
    }

    fn amount(&self) -> Option<Fen> {
        self.guest.record.as_ref()?.main_account()?.balance
    }

    /// The account the screen is about: the one with a balance, else the first on record.
    fn main(&self) -> Option<&Account> {
        let record = self.guest.record.as_ref()?;
        record.main_account().or_else(|| record.accounts.first())
    }

    /// Done: everything personal goes, the rating of this matter comes by itself.
    pub fn finish(self, desk: &mut Desk, afterwards: Afterwards) -> State {
        let Self { matter, matter_ticket, matter_kept, guest, .. } = self;
        drop(guest);
        if matter_kept {
            Rate::enter(matter, matter_ticket, afterwards, desk)
        } else {
            Thanks::end_visit(afterwards, desk)
        }
    }

    /// What is said where there is no personal account: who is not in force is promised nothing.
    fn no_account(&self) -> Prompt {
        match self.main() {
            Some(account) if account.status != AccountStatus::Active => Prompt::AccountNotInForce,
            _ => Prompt::NoPersonalAccount,
        }
    }

    fn take_movements(&mut self, ticket: Ticket, answer: Option<Vec<Movement>>) {
        if matches!(self.movements, Statement::Pending(own) if own == ticket) {
            self.movements = answer.map_or(Statement::NotOffered, Statement::Known);
        }
    }
}

impl Stage for Balance {
    fn on(mut self, event: Event, desk: &mut Desk) -> State {
        match event {
            Event::Movements(ticket, answer) => self.take_movements(ticket, answer),
            Event::NotStored(ticket) if ticket == self.matter_ticket => self.matter_kept = false,
            Event::Press(Press::CoverAmount) => {
                self.covered = !self.covered;
                desk.hush();
            }
            Event::Press(Press::ReadAloud) => match self.amount() {
                Some(amount) => self.read_aloud(amount, desk),
                None => desk.say_aloud(self.no_account()),
            },
            Event::Press(Press::AllMovements) if !self.movements().is_empty() => return Movements::enter(self, desk),
            Event::Press(Press::Finish) => return self.finish(desk, Afterwards::Standby),
            Event::Press(Press::Back) => return self.leave(desk),
            _ => {}
        }
        State::Balance(self)
    }

    fn screen(&self, _: &Desk) -> Screen {
        let main = self.main();
        let others = self.guest.record.as_ref().map(|r| &r.accounts[..]).unwrap_or_default();
        let others = others.iter().filter(|a| main.is_none_or(|m| !std::ptr::eq(*a, m)));
        Screen::Balance(crate::session::Balance {
            name: self.guest.masked_name(),
            amount: self.amount(),
            covered: self.covered,
            main: main.map(account_line),
            others: others.map(account_line).collect(),
            movements: match &self.movements {
                Statement::Known(known) => Some(known.iter().take(LATEST_MAX).map(movement_line).collect()),
                Statement::Pending(_) => Some(Vec::new()),
                Statement::NotOffered => None,
            },
            movements_pending: matches!(self.movements, Statement::Pending(_)),
        })
    }

    fn prompt(&self, _: &Desk) -> Prompt {
        if self.amount().is_some() { Prompt::BalanceShown } else { self.no_account() }
    }

    fn leave(self, desk: &mut Desk) -> State {
        self.finish(desk, Afterwards::Home)
    }

    fn in_visit(&self) -> bool {
        true
    }
}
