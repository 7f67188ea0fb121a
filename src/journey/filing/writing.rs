//! Writing within a filing: a place to go to, the rest of an address, the hospital of a referral.

use super::case::Case;
use super::digits::Keys;
use super::place::{self, Where};
use super::question::{Question, Topic};
use super::route::{self, Stop};
use super::{Step, show, stay};
use crate::domain::filing::Referral;
use crate::journey::finding::{Pad, PadMove};
use crate::journey::secret::Secret;
use crate::session::desk::Desk;
use crate::session::states::State;
use crate::session::{DigitsField, Event, Prompt, Screen, WritingField};

/// The writing pad.
#[derive(Debug)]
pub(super) struct Write {
    field: WritingField,
    pad: Pad,
    /// The number of the referral certificate, which was given just before its hospital.
    referral_number: Option<Secret>,
}

impl Write {
    pub fn new(field: WritingField, case: &Case, desk: &Desk) -> Self {
        let pad = Pad::new(field, desk);
        let pad = match (field, case.home(), &case.draft.address) {
            (WritingField::Place, Some(home), _) => pad.without(home),
            (WritingField::Address, _, Some(address)) => pad.with_text(address),
            _ => pad,
        };
        Self { field, pad, referral_number: None }
    }

    pub fn referral_hospital(number: Secret, case: &Case, desk: &Desk) -> Self {
        let mut write = Self::new(WritingField::ReferralHospital, case, desk);
        if let Some(known) = &case.draft.referral {
            write.pad = write.pad.with_text(&known.hospital);
        }
        write.referral_number = Some(number);
        write
    }

    fn stop(&self) -> Stop {
        match self.field {
            WritingField::Address => Stop::Address,
            WritingField::ReferralHospital => Stop::Referral,
            WritingField::Place | WritingField::Hospital => Stop::Where,
        }
    }

    fn written(self, text: Secret, mut case: Box<Case>, desk: &mut Desk) -> State {
        match (self.stop(), self.referral_number) {
            (Stop::Referral, Some(number)) => {
                case.draft.referral = Some(Referral { number: number.to_string(), hospital: text.to_string() });
                route::forward(Stop::Referral, case, desk)
            }
            _ => {
                case.draft.address = Some(text);
                route::forward(Stop::Address, case, desk)
            }
        }
    }

    fn back(self, case: Box<Case>, desk: &mut Desk) -> State {
        match self.stop() {
            Stop::Address => show(Question::new(Topic::Dwelling), case, desk),
            Stop::Referral => show(Keys::new(DigitsField::ReferralNumber, &case), case, desk),
            _ => show(Where::new(&case), case, desk),
        }
    }
}

impl Step for Write {
    fn on(mut self, event: Event, case: Box<Case>, desk: &mut Desk) -> State {
        match self.pad.on(event, desk) {
            PadMove::Stay | PadMove::Hospital(_) => stay(self, case),
            PadMove::Back => self.back(case, desk),
            PadMove::Done(text) => self.written(text, case, desk),
            PadMove::Place(found) => place::found(found.spot, case, desk),
        }
    }

    fn screen(&self, _: &Case, desk: &Desk) -> Screen {
        Screen::Writing(self.pad.view(self.stop().step(), desk))
    }

    fn prompt(&self, _: &Case, _: &Desk) -> Prompt {
        self.pad.prompt()
    }
}
