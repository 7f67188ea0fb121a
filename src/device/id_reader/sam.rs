//! The reader's side of the protocol, as strict as the hardware: it checks every request, keeps the
//! order find → select → read, and denies a card that was read until it is lifted. Pure.

use zeroize::Zeroizing;

use super::command::Status;
use super::frame::{PREAMBLE, encode_answer, xor};
use super::image::CardImage;

/// No request is longer.
const REQUEST_LENGTH_MAX: usize = 64;
const HEADER_BYTES: usize = 7;

/// What the module knows of the card in its field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Card {
    /// None, or one that nobody asked for yet.
    #[default]
    Unknown,
    Found,
    Selected,
    /// Selected and read: find denies it now.
    Read,
}

/// What makes a whole module refuse or a card fail, from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Mishaps {
    /// Answer everything with this.
    pub(crate) always: Option<Status>,
    /// The card in the field is no identity card.
    pub(crate) foreign_card: bool,
    /// The card leaves the field while it is read.
    pub(crate) pulled: bool,
}

/// An answer and whether it carries a card.
pub(crate) struct Answer {
    pub(crate) bytes: Zeroizing<Vec<u8>>,
    pub(crate) carries_card: bool,
}

/// The module.
#[derive(Default)]
pub(crate) struct Sam {
    held: Vec<u8>,
    card: Card,
}

impl Sam {
    /// The card in the field has changed or the power was gone.
    pub(crate) fn forget_card(&mut self) {
        self.card = Card::Unknown;
    }

    /// Half a request is dropped when its rest does not come.
    pub(crate) fn forget_input(&mut self) {
        self.held.clear();
    }

    /// Takes bytes in and gives the next complete request's body, or the status that refuses it.
    pub(crate) fn request(&mut self, bytes: &[u8]) -> Option<Result<Vec<u8>, Status>> {
        self.held.extend_from_slice(bytes);
        let start = (0..self.held.len()).find(|at| {
            let rest = &self.held[*at..];
            let seen = rest.len().min(PREAMBLE.len());
            rest[..seen] == PREAMBLE[..seen]
        });
        self.held.drain(..start.unwrap_or(self.held.len()));
        let [_, _, _, _, _, high, low, ..] = self.held.as_slice() else { return None };
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        if !(3..=REQUEST_LENGTH_MAX).contains(&length) {
            self.held.drain(..HEADER_BYTES);
            return Some(Err(Status::RequestLength));
        }
        if self.held.len() < HEADER_BYTES + length {
            return None;
        }
        let frame: Vec<u8> = self.held.drain(..HEADER_BYTES + length).collect();
        if xor(&frame[PREAMBLE.len()..]) != 0 {
            return Some(Err(Status::RequestChecksum));
        }
        Some(Ok(frame[HEADER_BYTES..frame.len() - 1].to_vec()))
    }

    /// Answers one request.
    pub(crate) fn answer(
        &mut self,
        request: Result<&[u8], Status>,
        card: Option<&CardImage>,
        mishaps: Mishaps,
    ) -> Answer {
        let body = match (mishaps.always, request) {
            (Some(status), _) | (None, Err(status)) => return short(status),
            (None, Ok(body)) => body,
        };
        match body {
            [0x10, 0xFF] => {
                self.forget_card();
                short(Status::Ok)
            }
            [0x11, 0xFF] | [0x60, 0x00..=0x04] | [0x61, 0xFF, 0x50] => short(Status::Ok),
            [0x12, 0xFF] => long(Status::Ok, &[5, 0, 1, 0, 0x27, 0x1F, 0x33, 1, 1, 0, 0, 0, 1, 0, 0, 0]),
            [0x20, 0x01] => self.find(card),
            [0x20, 0x02] => self.select(card, mishaps),
            [0x30, 0x01] => self.read(card, false, mishaps),
            [0x30, 0x10] => self.read(card, true, mishaps),
            [0x30, 0x03] => self.new_address(card),
            [_, _] => short(Status::UnknownCommand),
            _ => short(Status::RequestLength),
        }
    }

    fn find(&mut self, card: Option<&CardImage>) -> Answer {
        if card.is_none() || self.card == Card::Read {
            return short(Status::FindFailed);
        }
        self.card = Card::Found;
        long(Status::Found, &[0; 4])
    }

    fn select(&mut self, card: Option<&CardImage>, mishaps: Mishaps) -> Answer {
        if card.is_none() || self.card != Card::Found {
            return short(Status::SelectFailed);
        }
        if mishaps.foreign_card {
            self.forget_card();
            return short(Status::UnknownCard);
        }
        self.card = Card::Selected;
        long(Status::Ok, &[0; 8])
    }

    fn read(&mut self, card: Option<&CardImage>, with_fingers: bool, mishaps: Mishaps) -> Answer {
        let selected = matches!(self.card, Card::Selected | Card::Read);
        let Some(card) = card.filter(|_| selected && !mishaps.pulled) else {
            self.forget_card();
            return short(Status::ReadFailed);
        };
        self.card = Card::Read;
        Answer { carries_card: true, ..long(Status::Ok, &card.answer(with_fingers)) }
    }

    fn new_address(&self, card: Option<&CardImage>) -> Answer {
        let selected = matches!(self.card, Card::Selected | Card::Read);
        match card.filter(|_| selected).map(CardImage::new_address) {
            None => short(Status::ReadFailed),
            Some(None) => short(Status::NoContent),
            Some(Some(address)) => long(Status::Ok, address),
        }
    }
}

fn short(status: Status) -> Answer {
    long(status, &[])
}

fn long(status: Status, data: &[u8]) -> Answer {
    Answer { bytes: encode_answer(status, data), carries_card: false }
}

#[cfg(test)]
mod tests {
    use super::super::samples::sample_cards;
    use super::*;

    /// Requests as hex, each with the status byte the module must answer.
    fn check(exchange: &[(&str, u8)]) {
        let cards = sample_cards();
        let mut sam = Sam::default();
        for (step, (request, expected)) in exchange.iter().enumerate() {
            let bytes = hex::decode(format!("AAAAAA9669{}", request.replace(' ', ""))).unwrap();
            let request = sam.request(&bytes).expect("a whole request");
            let body = request.as_ref().map(Vec::as_slice).map_err(|status| *status);
            let answer = sam.answer(body, cards.first(), Mishaps::default());
            assert_eq!(answer.bytes[9], *expected, "step {step}");
        }
    }

    const FIND: &str = "0003 2001 22";
    const SELECT: &str = "0003 2002 21";
    const READ: &str = "0003 3001 32";
    const ADDRESS: &str = "0003 3003 30";

    #[test]
    fn keeps_the_order() {
        check(&[(SELECT, 0x81), (READ, 0x41), (ADDRESS, 0x41)]);
        check(&[(FIND, 0x9F), (READ, 0x41), (SELECT, 0x81)]);
        check(&[(FIND, 0x9F), (SELECT, 0x90), (READ, 0x90), (FIND, 0x80), (ADDRESS, 0x91), (READ, 0x90)]);
        check(&[(FIND, 0x9F), (SELECT, 0x90), (READ, 0x90), ("0003 10FF EC", 0x90), (FIND, 0x9F)]);
    }

    #[test]
    fn refuses_requests_that_published_drivers_get_wrong() {
        check(&[("0003 2001 21", 0x10), ("0003 2000 23", 0x21), ("0002 2001", 0x11), (FIND, 0x9F)]);
        check(&[("0003 1001 12", 0x21), ("0004 200100 25", 0x11), ("0005 30010000 34", 0x11)]);
    }

    #[test]
    fn a_read_answer_has_the_known_head_and_length() {
        let cards = sample_cards();
        let mut sam = Sam { card: Card::Selected, ..Sam::default() };
        let answer = sam.answer(Ok(&[0x30, 0x01]), cards.first(), Mishaps::default());
        assert!(answer.carries_card);
        assert_eq!(hex::encode(&answer.bytes[..14]), "aaaaaa9669050800009001000400");
        assert_eq!(answer.bytes.len(), 1295);
    }
}
