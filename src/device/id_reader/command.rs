//! The commands of the SAM and what it answers: names for bytes, and which answer can belong to which command.

use zeroize::Zeroizing;

use super::frame;

/// What the kiosk asks of a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// 11 FF: whether the module works.
    SamStatus,
    /// 20 01, 寻卡: whether a card lies there that is not selected yet.
    Find,
    /// 20 02, 选卡.
    Select,
    /// 30 01: text and photo.
    ReadBase,
    /// 30 03: the newest address; asked only to learn whether the selected card still lies there.
    ReadNewAddress,
}

impl Command {
    /// Command and parameter.
    pub fn code(self) -> [u8; 2] {
        match self {
            Self::SamStatus => [0x11, 0xFF],
            Self::Find => [0x20, 0x01],
            Self::Select => [0x20, 0x02],
            Self::ReadBase => [0x30, 0x01],
            Self::ReadNewAddress => [0x30, 0x03],
        }
    }

    /// The whole request.
    pub fn encode(self) -> Zeroizing<Vec<u8>> {
        frame::encode(&self.code())
    }

    /// Whether an answer of this status and so many data bytes can be meant for this command.
    ///
    /// The protocol numbers nothing. A reader answers in order, so dropping answers of the wrong
    /// shape is enough to get back into step after one that came too late.
    pub fn accepts(self, status: Status, data_bytes: usize) -> bool {
        if status.is_general() {
            return data_bytes == 0;
        }
        match (self, status) {
            (Self::SamStatus, Status::Ok) => data_bytes == 0,
            (Self::Find, Status::Found | Status::FindFailed) => true,
            (Self::Select, Status::Ok) => (1..=16).contains(&data_bytes),
            (Self::Select, Status::SelectFailed) => true,
            (Self::ReadBase, Status::Ok) => data_bytes >= 260,
            (Self::ReadNewAddress, Status::Ok) => (17..260).contains(&data_bytes),
            (Self::ReadBase, Status::NoContent) => true,
            (Self::ReadNewAddress, Status::NoContent | Status::FindFailed | Status::SelectFailed) => true,
            (Self::SamStatus, _) => false,
            (_, status) => status.is_about_card(),
        }
    }
}

/// The third status byte of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// 90.
    Ok,
    /// 9F: a card was found.
    Found,
    /// 91: the card has no such content.
    NoContent,
    /// 80: no card found, or only one that is selected already.
    FindFailed,
    /// 81.
    SelectFailed,
    /// 10: the request's XOR was wrong.
    RequestChecksum,
    /// 11: the request's length was wrong.
    RequestLength,
    /// 21: no such command.
    UnknownCommand,
    /// 24.
    Unrecognised,
    /// 31: the card does not trust the module.
    CardRefusesModule,
    /// 32: the module does not trust the card.
    ModuleRefusesCard,
    /// 33.
    VerificationFailed,
    /// 40: a card of an unknown kind.
    UnknownCard,
    /// 41.
    ReadFailed,
    /// 47.
    RandomFailed,
    /// 60: the module's self-test failed.
    SelfTestFailed,
    /// 66: the module is not authorised.
    Unauthorised,
    /// Anything else.
    Other(u8),
}

const CODES: [(u8, Status); 17] = [
    (0x90, Status::Ok),
    (0x9F, Status::Found),
    (0x91, Status::NoContent),
    (0x80, Status::FindFailed),
    (0x81, Status::SelectFailed),
    (0x10, Status::RequestChecksum),
    (0x11, Status::RequestLength),
    (0x21, Status::UnknownCommand),
    (0x24, Status::Unrecognised),
    (0x31, Status::CardRefusesModule),
    (0x32, Status::ModuleRefusesCard),
    (0x33, Status::VerificationFailed),
    (0x40, Status::UnknownCard),
    (0x41, Status::ReadFailed),
    (0x47, Status::RandomFailed),
    (0x60, Status::SelfTestFailed),
    (0x66, Status::Unauthorised),
];

impl Status {
    /// The status of this byte.
    pub fn from_byte(byte: u8) -> Self {
        CODES.iter().find(|(code, _)| *code == byte).map_or(Self::Other(byte), |(_, status)| *status)
    }

    /// The byte of this status.
    pub fn byte(self) -> u8 {
        match self {
            Self::Other(byte) => byte,
            known => CODES.iter().find(|(_, status)| *status == known).map_or(0, |(code, _)| *code),
        }
    }

    /// The module itself cannot work.
    pub fn is_hardware_error(self) -> bool {
        matches!(self, Self::SelfTestFailed | Self::Unauthorised)
    }

    /// The request did not arrive as it was sent.
    pub fn is_request_error(self) -> bool {
        matches!(self, Self::RequestChecksum | Self::RequestLength | Self::UnknownCommand | Self::Unrecognised)
    }

    /// The card is no identity card, or not one of this module's.
    pub fn is_foreign_card(self) -> bool {
        matches!(self, Self::CardRefusesModule | Self::ModuleRefusesCard | Self::VerificationFailed | Self::UnknownCard)
    }

    fn is_general(self) -> bool {
        self.is_hardware_error() || self.is_request_error()
    }

    fn is_about_card(self) -> bool {
        self.is_foreign_card() || matches!(self, Self::ReadFailed | Self::RandomFailed | Self::Other(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(command: Command, expected: &str) {
        assert_eq!(hex::encode_upper(&*command.encode()), expected.replace(' ', ""), "{command:?}");
    }

    #[test]
    fn requests_are_the_printed_ones() {
        check(Command::SamStatus, "AA AA AA 96 69 00 03 11 FF ED");
        check(Command::Find, "AA AA AA 96 69 00 03 20 01 22");
        check(Command::Select, "AA AA AA 96 69 00 03 20 02 21");
        check(Command::ReadBase, "AA AA AA 96 69 00 03 30 01 32");
        check(Command::ReadNewAddress, "AA AA AA 96 69 00 03 30 03 30");
    }

    #[test]
    fn every_byte_comes_back() {
        for byte in 0..=u8::MAX {
            assert_eq!(Status::from_byte(byte).byte(), byte);
        }
    }

    #[test]
    fn late_answers_fit_no_other_command() {
        let answers = [
            (Command::SamStatus, Status::Ok, 0),
            (Command::Find, Status::Found, 4),
            (Command::Select, Status::Ok, 8),
            (Command::ReadBase, Status::Ok, 1284),
            (Command::ReadNewAddress, Status::Ok, 70),
        ];
        for (asked, status, data_bytes) in answers {
            for (command, ..) in answers {
                assert_eq!(command.accepts(status, data_bytes), command == asked, "{command:?} {status:?}");
            }
        }
    }
}
