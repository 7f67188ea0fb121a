//! What stands on answers, places, matches and filings: everything that is picked out of a list.

use crate::session::{AskOption, Inquiry, Screen};
use crate::words::Key;
use crate::words::filing::{dwelling_key, relation_key, travel_reason_key};
use crate::words::format::insurance_key;

use super::Label;

/// What the nth thing to be picked says.
pub(super) fn picked(screen: &Screen, n: usize) -> Option<Label> {
    let shown = |text: &String| Label::Shown(text.clone());
    match screen {
        Screen::Ask(ask) => match ask.options.get(n)? {
            AskOption::Relative(name, _) => Some(shown(name)),
            option => answer_key(option, &ask.inquiry).map(Label::Fixed),
        },
        Screen::Places(places) => places.names.get(n).map(shown),
        Screen::Writing(writing) => writing.matches.get(n).map(|found| shown(&found.title)),
        Screen::Filings(filings) => filings.lines.get(n).map(|line| match line.place.is_empty() {
            true => Label::Fixed(Key::FilingsCancelWaits),
            false => shown(&line.place),
        }),
        _ => None,
    }
}

/// The text of an answer to a question of a filing; `None` for a relative, who is shown by a masked name.
#[must_use]
pub fn answer_key(option: &AskOption, inquiry: &Inquiry) -> Option<Key> {
    Some(match option {
        AskOption::Reason(reason) => travel_reason_key(*reason),
        AskOption::Insurance(insurance, _) => insurance_key(*insurance),
        AskOption::Relation(relation) => relation_key(*relation),
        AskOption::Dwelling(dwelling) => dwelling_key(*dwelling),
        AskOption::Relative(..) => return None,
        AskOption::ByCard => Key::AskByCard,
        AskOption::ByVoucher => Key::AskByVoucher,
        AskOption::ByFamily => Key::AskByFamily,
        AskOption::Yes => yes(inquiry),
        AskOption::No => no(inquiry),
        AskOption::SomebodyTellsMe => Key::AskSomebody,
        AskOption::NobodyTellsMe => Key::AskNobody,
        AskOption::HaveIt => Key::AskHaveIt,
        AskOption::HaveItNot => Key::AskHaveItNot,
    })
}

/// What “yes” means here; a bare yes is easily given to the wrong question.
fn yes(inquiry: &Inquiry) -> Key {
    match inquiry {
        Inquiry::CancelIt { .. } => Key::FilingsCancel,
        Inquiry::ExtendIt { .. } => Key::AskExtendYes,
        _ => Key::AskConflictYes,
    }
}

fn no(inquiry: &Inquiry) -> Key {
    match inquiry {
        Inquiry::CancelIt { .. } => Key::AskCancelNo,
        Inquiry::ExtendIt { .. } => Key::AskExtendNo,
        _ => Key::AskConflictNo,
    }
}
