//! What can be pressed on a view, in reading order: the one list behind speech, keys, explore by touch and transcripts.
//!
//! What stands on each is the catalogue's ([`crate::words::label`]); where it lies on the glass is the screen's.

use crate::domain::{Level, Service};
use crate::session::{
    Balance, Dates, Digits, DigitsField, Fault, FaultKind, Filings, Identify, IdentifyBy, Language, Movements, Overlay,
    Places, Press, Rate, Review, Screen, Tile, TileState, View, Writing, WritingBy,
};

/// Something that stands there to be pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer {
    /// The press it is.
    pub press: Press,
    /// Whether it can be pressed now. What is closed and says why is offered all the same, for the reason is worth hearing.
    pub open: bool,
}

/// Everything that can be pressed, in reading order: the screen first, then the bar below it. What lies over a screen is
/// pressed alone. Each press stands there once.
#[must_use]
pub fn offers(view: &View) -> Vec<Offer> {
    if let Some(overlay) = view.overlay {
        return open(&on_overlay(overlay));
    }
    let mut offers = on_screen(view);
    offers.extend(open(&bar(view)));
    offers
}

/// What is read out after the question of a screen: what it offers, without the keys of a pad, which the question names,
/// and without the bar, which is the same everywhere but on the first screens.
#[must_use]
pub fn read_out(view: &View) -> Vec<Press> {
    let offers = match view.overlay {
        Some(Overlay::Idle { .. }) => Vec::new(),
        Some(overlay) => open(&on_overlay(overlay)),
        None => on_screen(view),
    };
    let private = matches!(&view.screen, Screen::Writing(writing) if !writing.field.finds());
    let read = |press: &Press| match press {
        Press::Key(_) => false,
        Press::Candidate(_) => !private,
        _ => true,
    };
    offers.into_iter().map(|offer| offer.press).filter(read).collect()
}

fn open(presses: &[Press]) -> Vec<Offer> {
    presses.iter().map(|press| Offer { press: *press, open: true }).collect()
}

fn on_overlay(overlay: Overlay) -> Vec<Press> {
    match overlay {
        Overlay::Idle { .. } => vec![Press::StillHere, Press::Leave],
        Overlay::Languages => Language::ALL.map(Press::Language).into_iter().chain([Press::Close]).collect(),
        Overlay::HelpCalled => vec![Press::Close],
        Overlay::Hotline => vec![Press::Help, Press::Close],
        Overlay::Voice => vec![
            Press::ReadAloud,
            Press::Slower,
            Press::Faster,
            Press::Softer,
            Press::Louder,
            Press::Explore,
            Press::VoiceOff,
            Press::Close,
        ],
    }
}

/// The five buttons below every screen.
fn bar(view: &View) -> Vec<Press> {
    if matches!(view.screen, Screen::Standby(_) | Screen::Home { .. }) {
        return vec![Press::Languages, Press::Contrast, Press::Reach, Press::Hotline, Press::Help];
    }
    let mut bar = vec![Press::Home];
    bar.extend(view.can_go_back.then_some(Press::Back));
    bar.extend([Press::LargeFont, Press::Voice, Press::Help]);
    bar
}

fn on_screen(view: &View) -> Vec<Offer> {
    let presses = match &view.screen {
        Screen::Home { tiles, more } => return home(tiles, *more, view.modes.large_font),
        Screen::Standby(_) => vec![Press::Start],
        Screen::Identify(identify) => other_way(identify),
        Screen::WhoAreYou { .. } => vec![Press::ItIsMe, Press::NotMe],
        Screen::Waiting { .. } => Vec::new(),
        Screen::Balance(balance) => on_balance(balance),
        Screen::Movements(movements) => on_movements(movements),
        Screen::NotInsured => vec![Press::Hotline, Press::Finish],
        Screen::Rate(rate) => on_rate(rate),
        Screen::RateByPhone { .. } => vec![Press::RateByPhone, Press::Finish],
        Screen::Question { choices, .. } => nth(choices.len(), Press::Answer).chain([Press::SkipRating]).collect(),
        Screen::Thanks { card_left: true, .. } => Vec::new(),
        Screen::Fault(fault) => on_fault(fault),
        Screen::OutOfService => vec![Press::Hotline],
        Screen::Ask(ask) => nth(ask.options.len(), Press::Pick).collect(),
        Screen::Places(places) => on_places(places),
        Screen::Writing(writing) => on_writing(writing, view.modes.reach),
        Screen::Digits(digits) => on_digits(digits, view.modes.reach),
        Screen::Dates(dates) => on_dates(dates),
        Screen::Review(review) => on_review(review),
        Screen::Filings(filings) => on_filings(filings),
        Screen::Told(_) => vec![Press::Next],
        Screen::Insured { .. }
        | Screen::Thanks { card_left: false, .. }
        | Screen::Elsewhere(_)
        | Screen::Guide
        | Screen::Filed(_)
        | Screen::Carry(_)
        | Screen::Hospital(_) => vec![Press::Finish],
    };
    open(&presses)
}

/// As many presses as a list has places that a press can name.
fn nth(count: usize, press: fn(u8) -> Press) -> impl Iterator<Item = Press> {
    (0..=u8::MAX).take(count).map(press)
}

/// The modes, then the tiles row by row; in large font four of them, the others on a second page.
fn home(tiles: &[Tile], more: bool, large_font: bool) -> Vec<Offer> {
    use Service::{Balance, Filing, Guide, Hospitals, Insured, Offices, Opinion, Relative};
    let (services, turn): (&[Service], bool) = match (large_font, more) {
        (false, _) => (&[Balance, Filing, Insured, Relative, Hospitals, Guide, Offices, Opinion], false),
        (true, false) => (&[Balance, Filing, Relative], true),
        (true, true) => (&[Insured, Guide, Hospitals, Offices, Opinion], true),
    };
    let state = |service| tiles.iter().find(|tile| tile.service == service).map(|tile| tile.state);
    let tiles = services
        .iter()
        .map(|service| Offer { press: Press::Service(*service), open: state(*service) == Some(TileState::Open) });
    let turn = turn.then_some(Offer { press: Press::MoreServices, open: true });
    open(&[Press::LargeFont, Press::Voice]).into_iter().chain(tiles).chain(turn).collect()
}

fn other_way(identify: &Identify) -> Vec<Press> {
    match identify.by {
        IdentifyBy::IdCard if identify.devices.scanner => vec![Press::ByEVoucher],
        IdentifyBy::EVoucher if identify.devices.id_reader => vec![Press::ByIdCard],
        IdentifyBy::IdCard | IdentifyBy::EVoucher => Vec::new(),
    }
}

fn on_balance(balance: &Balance) -> Vec<Press> {
    let mut presses = Vec::new();
    if balance.amount.is_some() {
        presses.extend([Press::ReadAloud, Press::CoverAmount]);
    }
    let known = balance.movements.as_ref().is_some_and(|lines| !lines.is_empty());
    presses.extend(known.then_some(Press::AllMovements));
    presses.push(Press::Finish);
    presses
}

fn pages(page: usize, of: usize) -> impl Iterator<Item = Press> {
    let back = (page > 0).then_some(Press::PageUp);
    let on = (page + 1 < of).then_some(Press::PageDown);
    back.into_iter().chain(on)
}

fn on_movements(movements: &Movements) -> Vec<Press> {
    pages(movements.page, movements.pages).chain([Press::Finish]).collect()
}

fn on_rate(rate: &Rate) -> Vec<Press> {
    if rate.storing {
        return Vec::new();
    }
    let mut presses: Vec<Press> = Level::ALL.map(Press::Level).into();
    presses.extend(rate.reasons.iter().map(|(code, _)| Press::Reason(*code)));
    presses.extend(rate.by_phone.then_some(Press::RateByPhone));
    presses.push(Press::SkipRating);
    presses.extend(rate.complete.then_some(Press::SubmitRating));
    presses
}

fn on_fault(fault: &Fault) -> Vec<Press> {
    let device = fault.what != FaultKind::Platform;
    let mut presses = Vec::new();
    presses.extend((device && fault.devices.scanner).then_some(Press::ByEVoucher));
    presses.extend((device && fault.devices.id_reader).then_some(Press::ByIdCard));
    presses.push(Press::TryAgain);
    presses
}

fn on_places(places: &Places) -> Vec<Press> {
    let names = nth(places.names.len(), Press::Pick);
    [Press::Search].into_iter().chain(names).chain(pages(places.page, places.pages)).collect()
}

/// What matches stands above the candidates, and lying low beside the pad.
fn on_writing(writing: &Writing, low: bool) -> Vec<Press> {
    let by_hand = writing.by == WritingBy::Hand;
    let found = || nth(if writing.field.finds() { writing.matches.len() } else { 0 }, Press::Pick);
    let mut presses = Vec::new();
    presses.extend((!low).then(found).into_iter().flatten());
    presses.extend(nth(writing.candidates.len(), Press::Candidate));
    if !writing.field.finds() {
        presses.extend(('0'..='9').map(key));
    }
    if !by_hand {
        presses.extend(('a'..='z').map(key).chain([Press::Erase]));
    }
    presses.extend(low.then(found).into_iter().flatten());
    if by_hand {
        presses.extend([Press::UndoStroke, Press::ClearInk].into_iter().filter(|_| !writing.strokes.is_empty()));
        presses.extend((!writing.text.is_empty()).then_some(Press::Erase));
        presses.push(Press::ByPinyin);
    } else {
        presses.extend(writing.handwriting_works.then_some(Press::ByHand));
    }
    presses.extend(writing.complete.then_some(Press::Next));
    presses
}

fn key(character: char) -> Press {
    Press::Key(character.into())
}

/// The key that takes one back stands beside a long number, and lying low below the others.
fn on_digits(digits: &Digits, low: bool) -> Vec<Press> {
    let mut presses: Vec<Press> = ('1'..='9').map(key).collect();
    match digits.field {
        DigitsField::Phone => presses.extend([key('0'), Press::Erase]),
        DigitsField::ReferralNumber => {
            presses.extend(['X', '0', '-'].map(key));
            presses.insert(if low { presses.len() } else { 0 }, Press::Erase);
        }
    }
    presses.extend(digits.on_record.as_ref().map(|_| Press::UseOnRecord));
    presses.extend(digits.complete.then_some(Press::Next));
    presses
}

fn on_dates(dates: &Dates) -> Vec<Press> {
    let both = dates.steppers.iter().flat_map(|(stepper, down, up)| {
        let less = down.then_some(Press::Step(*stepper, false));
        let more = up.then_some(Press::Step(*stepper, true));
        less.into_iter().chain(more)
    });
    both.chain([Press::Next]).collect()
}

fn on_review(review: &Review) -> Vec<Press> {
    if review.sending.is_some() {
        return Vec::new();
    }
    let mut presses: Vec<Press> = nth(review.lines.len(), Press::Change).collect();
    presses.extend(review.promise.as_ref().map(|_| Press::Promise));
    presses.push(Press::TakeAlong);
    presses.extend(review.complete.then_some(Press::SubmitFiling));
    presses
}

fn on_filings(filings: &Filings) -> Vec<Press> {
    let picked = filings.picked.and_then(|place| filings.lines.get(usize::from(place)));
    let mut presses: Vec<Press> = nth(filings.lines.len(), Press::Pick).collect();
    presses.extend(picked.filter(|line| line.can_cancel).map(|_| Press::CancelFiling));
    presses.extend(picked.filter(|line| line.can_extend).map(|_| Press::ExtendFiling));
    presses.extend([Press::Finish, Press::NewFiling]);
    presses
}
