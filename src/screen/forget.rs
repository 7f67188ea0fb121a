//! Wipes what a view says of a person, in place, once it is no longer shown.

use zeroize::Zeroize;

use crate::session::{
    AccountLine, AskOption, FiledWhat, Filing, FilingLine, Inquiry, LineStatus, Match, MatchNote, MovementLine,
    ReviewLine, Screen as Shown, View, Writing,
};

/// Wipes every string and amount of a view in place.
pub(super) fn forget(view: &mut View) {
    match &mut view.screen {
        Shown::WhoAreYou { name, number, .. } => {
            name.zeroize();
            number.zeroize();
        }
        Shown::Balance(balance) => {
            balance.name.zeroize();
            balance.amount = None;
            balance.main.iter_mut().chain(&mut balance.others).for_each(forget_account);
            balance.movements.iter_mut().flatten().for_each(forget_movement);
        }
        Shown::Movements(movements) => movements.lines.iter_mut().for_each(forget_movement),
        Shown::Insured { name, accounts } => {
            name.zeroize();
            accounts.iter_mut().for_each(forget_account);
        }
        Shown::RateByPhone { address } => address.zeroize(),
        Shown::Ask(_)
        | Shown::Places(_)
        | Shown::Writing(_)
        | Shown::Digits(_)
        | Shown::Review(_)
        | Shown::Filed(_)
        | Shown::Filings(_)
        | Shown::Told(_)
        | Shown::Carry(_)
        | Shown::Hospital(_) => forget_filing(&mut view.screen),
        Shown::Standby(_)
        | Shown::Home { .. }
        | Shown::Identify(_)
        | Shown::Waiting { .. }
        | Shown::NotInsured
        | Shown::Rate(_)
        | Shown::Question { .. }
        | Shown::Thanks { .. }
        | Shown::Fault(_)
        | Shown::Elsewhere(_)
        | Shown::Dates(_)
        | Shown::Guide
        | Shown::OutOfService => {}
    }
    view.caption = None;
}

fn forget_account(line: &mut AccountLine) {
    line.area.zeroize();
    line.balance = None;
}

fn forget_movement(line: &mut MovementLine) {
    line.what.zeroize();
    line.place.zeroize();
    line.amount.0.zeroize();
}

/// The screens of a filing: names, numbers, places one goes to, what was written.
fn forget_filing(shown: &mut Shown) {
    match shown {
        Shown::Ask(ask) => {
            forget_inquiry(&mut ask.inquiry);
            ask.options.iter_mut().for_each(forget_option);
        }
        Shown::Places(places) => {
            places.province.zeroize();
            places.chosen = None;
        }
        Shown::Writing(writing) => forget_writing(writing),
        Shown::Digits(digits) => {
            digits.text.zeroize();
            digits.on_record.zeroize();
        }
        Shown::Review(review) => {
            review.lines.iter_mut().for_each(forget_line);
            review.route.from.zeroize();
            review.route.to.zeroize();
        }
        Shown::Filed(filed) => {
            filed.name.zeroize();
            filed.code.zeroize();
            forget_what(&mut filed.what);
            let (Filing::Done(text) | Filing::Kept(text) | Filing::Rejected(text)) = &mut filed.outcome;
            text.zeroize();
        }
        Shown::Filings(filings) => {
            filings.name.zeroize();
            filings.lines.iter_mut().for_each(forget_filing_line);
        }
        Shown::Carry(carry) => carry.code.zeroize(),
        Shown::Hospital(hospital) => {
            hospital.name.zeroize();
            hospital.address.zeroize();
        }
        _ => {}
    }
}

fn forget_inquiry(inquiry: &mut Inquiry) {
    match inquiry {
        Inquiry::Conflict { from, to } => {
            from.zeroize();
            to.zeroize();
        }
        Inquiry::CancelIt { place, .. } | Inquiry::ExtendIt { place, .. } => place.zeroize(),
        _ => {}
    }
}

fn forget_option(option: &mut AskOption) {
    if let AskOption::Insurance(_, text) | AskOption::Relative(text, _) = option {
        text.zeroize();
    }
}

fn forget_writing(writing: &mut Writing) {
    writing.text.zeroize();
    writing.letters.zeroize();
    writing.candidates.zeroize();
    writing.strokes.iter_mut().flatten().for_each(|point| *point = (0, 0));
    writing.matches.iter_mut().for_each(forget_match);
}

fn forget_match(found: &mut Match) {
    found.title.zeroize();
    match &mut found.note {
        MatchNote::In(text) => text.zeroize(),
        MatchNote::FiledTo { within, to } => {
            within.zeroize();
            to.zeroize();
        }
        MatchNote::Hospital { address, .. } => address.zeroize(),
        MatchNote::None => {}
    }
}

fn forget_line(line: &mut ReviewLine) {
    match line {
        ReviewLine::Who(one, other) | ReviewLine::Referral(one, other) => {
            one.zeroize();
            other.zeroize();
        }
        ReviewLine::Helper(text, _)
        | ReviewLine::Insurance(_, text)
        | ReviewLine::Where(text)
        | ReviewLine::Phone(text)
        | ReviewLine::Address(text) => text.zeroize(),
        ReviewLine::Why(..) | ReviewLine::When(_) => {}
    }
}

fn forget_what(what: &mut FiledWhat) {
    match what {
        FiledWhat::New(route) => {
            route.from.zeroize();
            route.to.zeroize();
        }
        FiledWhat::Cancelled(place) | FiledWhat::Extended(place, _) => place.zeroize(),
    }
}

fn forget_filing_line(line: &mut FilingLine) {
    line.place.zeroize();
    if let LineStatus::Waiting(text) | LineStatus::Rejected(text) = &mut line.status {
        text.zeroize();
    }
}
