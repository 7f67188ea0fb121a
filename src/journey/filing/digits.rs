//! Digits on a large pad: the phone number, and the number of a referral certificate.

use super::case::Case;
use super::question::{Question, Topic};
use super::route::{self, Stop};
use super::writing::Write;
use super::{Step, show, stay};
use crate::domain::filing::{PhoneNumber, PhoneNumberError};
use crate::input::digits::grouped_phone;
use crate::journey::secret::Secret;
use crate::session::desk::Desk;
use crate::session::states::State;
use crate::session::{Digits, DigitsField, DigitsNotice, Event, Press, Prompt, Screen, Tone};

/// Shortest and longest number of a certificate.
const CERTIFICATE_CHARS: std::ops::RangeInclusive<usize> = 4..=30;

/// The key pad.
#[derive(Debug)]
pub(super) struct Keys {
    field: DigitsField,
    digits: Secret,
    notice: Option<DigitsNotice>,
}

impl Keys {
    /// With what was given before, so that one wrong digit can be put right.
    pub fn new(field: DigitsField, case: &Case) -> Self {
        let known = match field {
            DigitsField::Phone => case.draft.phone.as_ref().map(PhoneNumber::expose),
            DigitsField::ReferralNumber => case.draft.referral.as_ref().map(|referral| referral.number.as_str()),
        };
        Self { field, digits: Secret::new(known.unwrap_or_default().to_owned()), notice: None }
    }

    fn wrong(&self) -> Option<DigitsNotice> {
        let wrong = |error| match error {
            PhoneNumberError::TooShort => DigitsNotice::TooShort,
            PhoneNumberError::TooLong => DigitsNotice::TooLong,
            PhoneNumberError::NoSuchNumber => DigitsNotice::NoSuchNumber,
        };
        match self.field {
            DigitsField::Phone => PhoneNumber::parse(&self.digits).err().map(wrong),
            DigitsField::ReferralNumber if self.digits.len() < *CERTIFICATE_CHARS.start() => {
                Some(DigitsNotice::TooShort)
            }
            DigitsField::ReferralNumber => None,
        }
    }

    fn key(&mut self, key: char) {
        let (fits, chars_max) = match self.field {
            DigitsField::Phone => (key.is_ascii_digit(), PhoneNumber::DIGITS_MAX),
            DigitsField::ReferralNumber => (matches!(key, '0'..='9' | 'X' | '-'), *CERTIFICATE_CHARS.end()),
        };
        if fits {
            self.notice = None;
            self.digits.push(key.encode_utf8(&mut [0; 4]), chars_max);
        }
    }

    fn next(mut self, mut case: Box<Case>, desk: &mut Desk) -> State {
        self.notice = self.wrong();
        if self.notice.is_some() {
            desk.tone(Tone::Attention);
            desk.say(Prompt::DigitsWrong);
            return stay(self, case);
        }
        match self.field {
            DigitsField::Phone => {
                case.draft.phone = PhoneNumber::parse(&self.digits).ok();
                route::forward(Stop::Phone, case, desk)
            }
            DigitsField::ReferralNumber => show(Write::referral_hospital(self.digits, &case, desk), case, desk),
        }
    }

    fn on_record(self, mut case: Box<Case>, desk: &mut Desk) -> State {
        match case.phone_on_record().map(|phone| phone.number.clone()) {
            Some(number) if self.field == DigitsField::Phone => {
                case.draft.phone = Some(number);
                route::forward(Stop::Phone, case, desk)
            }
            _ => stay(self, case),
        }
    }

    fn grouped(&self) -> String {
        match self.field {
            DigitsField::Phone => grouped_phone(&self.digits).to_string(),
            DigitsField::ReferralNumber => self.digits.to_string(),
        }
    }

    fn stop(&self) -> Stop {
        if self.field == DigitsField::Phone { Stop::Phone } else { Stop::Referral }
    }
}

impl Step for Keys {
    fn on(mut self, event: Event, case: Box<Case>, desk: &mut Desk) -> State {
        let Event::Press(press) = event else { return stay(self, case) };
        match press {
            Press::Key(key) => self.key(key.0),
            Press::Erase => {
                self.notice = None;
                self.digits.pop();
            }
            Press::Next => return self.next(case, desk),
            Press::UseOnRecord => return self.on_record(case, desk),
            Press::Back if self.field == DigitsField::Phone => return route::back(Stop::Phone, case, desk),
            Press::Back => return show(Question::new(Topic::HaveReferral), case, desk),
            _ => {}
        }
        stay(self, case)
    }

    fn screen(&self, case: &Case, _: &Desk) -> Screen {
        let on_record = case.phone_on_record().filter(|_| self.field == DigitsField::Phone);
        Screen::Digits(Digits {
            step: self.stop().step(),
            field: self.field,
            text: self.grouped(),
            notice: self.notice,
            complete: self.wrong().is_none(),
            on_record: on_record.map(|phone| phone.number.masked()),
        })
    }

    fn prompt(&self, _: &Case, _: &Desk) -> Prompt {
        match (self.notice, self.field) {
            (Some(_), _) => Prompt::DigitsWrong,
            (None, DigitsField::Phone) => Prompt::PhoneNumber,
            (None, DigitsField::ReferralNumber) => Prompt::ReferralNumber,
        }
    }
}
