//! What is on record: asked once, then listed with what can be done with each line.

use jiff::civil::Date;

use super::case::Case;
use super::question::{Question, Topic};
use super::route::{self, Stop};
use super::submit::Order;
use super::{Step, show, stay};
use crate::domain::filing::{FiledRecord, FiledStatus, FilingsOnRecord, KeptFiling, KeptStatus};
use crate::journey::finding::name_of;
use crate::session::desk::Desk;
use crate::session::states::{Afterwards, State, Thanks};
use crate::session::{Effect, Event, FilingLine, Filings, LineStatus, Press, Prompt, Screen, Ticket};

/// The list has no more lines than a screen.
const LINES_MAX: usize = 6;
/// From here on the screen says how long it may take.
const LONGER_AFTER_MS: u64 = 3_000;

/// Platform and ledger are being asked. Bounded: an answer, or the time is up.
#[derive(Debug)]
pub(super) struct Asking {
    ticket: Ticket,
    began_ms: u64,
    told_longer: bool,
}

impl Asking {
    pub fn enter(case: Box<Case>, desk: &mut Desk) -> State {
        let ticket = desk.ticket();
        desk.effect(Effect::AskFilings(ticket, case.subject.key()));
        show(Self { ticket, began_ms: desk.now.tick_ms, told_longer: false }, case, desk)
    }

    fn waited_ms(&self, desk: &Desk) -> u64 {
        desk.now.tick_ms.saturating_sub(self.began_ms)
    }
}

fn known(on_record: FilingsOnRecord, mut case: Box<Case>, desk: &mut Desk) -> State {
    case.on_record = on_record;
    match case.helper {
        Some(helper) if helper.relation.is_none() => show(Question::new(Topic::Relation), case, desk),
        _ => Listing::enter(case, desk),
    }
}

impl Step for Asking {
    fn on(mut self, event: Event, case: Box<Case>, desk: &mut Desk) -> State {
        match event {
            Event::Filings(ticket, on_record) if ticket == self.ticket => return known(*on_record, case, desk),
            Event::Tick if self.waited_ms(desk) >= desk.config.limits.lookup_ms => {
                return known(FilingsOnRecord::default(), case, desk);
            }
            Event::Tick if self.waited_ms(desk) >= LONGER_AFTER_MS && !self.told_longer => {
                self.told_longer = true;
                desk.say(Prompt::WaitingLonger);
            }
            Event::Press(Press::Back) => return away(case, Afterwards::Home, desk),
            _ => {}
        }
        stay(self, case)
    }

    fn screen(&self, case: &Case, desk: &Desk) -> Screen {
        Screen::Waiting { service: case.service, seconds: self.waited_ms(desk) / 1000 }
    }

    fn prompt(&self, _: &Case, _: &Desk) -> Prompt {
        if self.told_longer { Prompt::WaitingLonger } else { Prompt::Waiting }
    }
}

/// Away from the filing; nothing was filed.
fn away(case: Box<Case>, afterwards: Afterwards, desk: &mut Desk) -> State {
    drop(case);
    Thanks::end_visit(afterwards, desk)
}

/// Filings on record.
#[derive(Debug)]
pub(super) struct Listing {
    picked: Option<u8>,
}

/// One line, and what it stands for.
enum Line<'a> {
    Platform(&'a FiledRecord),
    Here(&'a KeptFiling),
}

impl Listing {
    /// The list where there is something to tell, else straight to the first question.
    pub fn enter(case: Box<Case>, desk: &mut Desk) -> State {
        if Self::tells(&case) { show(Self { picked: None }, case, desk) } else { Self::file_anew(case, desk) }
    }

    /// Back from the first question.
    pub fn back(case: Box<Case>, desk: &mut Desk) -> State {
        if Self::tells(&case) { show(Self { picked: None }, case, desk) } else { away(case, Afterwards::Home, desk) }
    }

    /// With the line of this serial picked.
    pub fn at(serial: &str, case: &Case) -> Self {
        let lines = lines(case);
        let place = lines.iter().position(|line| matches!(line, Line::Platform(filed) if filed.serial == serial));
        Self { picked: place.and_then(|place| u8::try_from(place).ok()) }
    }

    /// Something is on record, or the platform is away and the resident should know before they begin.
    fn tells(case: &Case) -> bool {
        case.on_record.platform.is_none() || !lines(case).is_empty()
    }

    fn file_anew(mut case: Box<Case>, desk: &mut Desk) -> State {
        case.changing = false;
        let first = if case.subject.insured.len() > 1 { Stop::Insurance } else { Stop::Why };
        route::open(first, case, desk)
    }

    fn picked<'a>(&self, case: &'a Case) -> Option<&'a FiledRecord> {
        match lines(case).get(usize::from(self.picked?)) {
            Some(Line::Platform(filed)) => Some(filed),
            _ => None,
        }
    }

    /// What is to be asked about the picked line.
    fn change(&self, press: Press, case: &Case, today: Date) -> Option<Order> {
        let filed = self.picked(case)?;
        let (serial, place) = (filed.serial.clone(), filed.destination.clone());
        match press {
            Press::CancelFiling if case.changeable(filed, today) => {
                Some(Order::Cancel { serial, place, group: filed.category.group() })
            }
            Press::ExtendFiling => {
                let until = case.extendable(filed, today)?;
                Some(Order::Extend { serial, place, until })
            }
            _ => None,
        }
    }
}

/// Those that hold first, then what waits or was refused here, then what is over.
fn lines(case: &Case) -> Vec<Line<'_>> {
    let holds = |filed: &&FiledRecord| matches!(filed.status, FiledStatus::Valid | FiledStatus::Pending);
    let arrived = |kept: &KeptFiling| case.filed().iter().any(|filed| filed.request.as_ref() == Some(&kept.number));
    let here = |waits: bool| {
        let of_kind = move |kept: &&KeptFiling| match kept.status {
            KeptStatus::Waiting => waits && !arrived(kept),
            KeptStatus::Rejected(_) => !waits,
            KeptStatus::Done(_) => false,
        };
        case.on_record.here.iter().filter(of_kind).map(Line::Here)
    };
    let holding = case.filed().iter().filter(holds).map(Line::Platform);
    let over = case.filed().iter().filter(move |filed| !holds(filed)).map(Line::Platform);
    holding.chain(here(true)).chain(here(false)).chain(over).take(LINES_MAX).collect()
}

fn filed_line(filed: &FiledRecord, case: &Case, today: Date) -> FilingLine {
    let from = case.changeable_from(filed);
    FilingLine {
        place: name_of(&filed.destination),
        category: Some(filed.category),
        period: Some(filed.period),
        status: LineStatus::Platform(filed.status),
        can_cancel: case.changeable(filed, today),
        can_extend: case.extendable(filed, today).is_some(),
        change_from: (from > today && filed.status == FiledStatus::Valid).then_some(from),
    }
}

fn kept_line(kept: &KeptFiling) -> FilingLine {
    let status = match &kept.status {
        KeptStatus::Rejected(why) => LineStatus::Rejected(why.clone()),
        KeptStatus::Waiting | KeptStatus::Done(_) => LineStatus::Waiting(kept.number.query_code()),
    };
    FilingLine {
        place: kept.destination.as_ref().map(name_of).unwrap_or_default(),
        category: None,
        period: None,
        status,
        can_cancel: false,
        can_extend: false,
        change_from: None,
    }
}

impl Step for Listing {
    fn on(mut self, event: Event, case: Box<Case>, desk: &mut Desk) -> State {
        let Event::Press(press) = event else { return stay(self, case) };
        match press {
            Press::Pick(n) if usize::from(n) < lines(&case).len() => self.picked = Some(n),
            Press::CancelFiling | Press::ExtendFiling => {
                if let Some(order) = self.change(press, &case, desk.now.wall.date()) {
                    return show(Question::new(Topic::Change(order)), case, desk);
                }
            }
            Press::NewFiling => return Self::file_anew(case, desk),
            Press::Finish => return away(case, Afterwards::Standby, desk),
            Press::Back => return away(case, Afterwards::Home, desk),
            _ => {}
        }
        stay(self, case)
    }

    fn screen(&self, case: &Case, desk: &Desk) -> Screen {
        let today = desk.now.wall.date();
        let line = |line: Line<'_>| match line {
            Line::Platform(filed) => filed_line(filed, case, today),
            Line::Here(kept) => kept_line(kept),
        };
        Screen::Filings(Filings {
            name: case.subject.name.masked(),
            lines: lines(case).into_iter().map(line).collect(),
            picked: self.picked,
            platform_away: case.on_record.platform.is_none(),
        })
    }

    fn prompt(&self, case: &Case, _: &Desk) -> Prompt {
        if lines(case).is_empty() { Prompt::NoFilings } else { Prompt::FilingsShown }
    }
}
