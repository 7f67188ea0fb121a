//! What a resident-ID reader gives us of a card: enough to know who stands here, and no photo.

use jiff::civil::Date;

use super::{CertificateNumber, PersonName};

/// The four layouts a chip can carry (GA/T 467 and the 2017 and 2023 rules for foreign residents).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CardLayout {
    /// 居民身份证.
    Resident,
    /// 港澳台居民居住证, marker `J`.
    HkMacaoTaiwanPermit,
    /// 外国人永久居留证 of 2017, marker `I`.
    ForeignResident2017,
    /// 外国人永久居留身份证 of 2023, marker `Y`.
    ForeignResident2023,
}

/// GB/T 2261.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sex {
    /// 男, code 1.
    Male,
    /// 女, code 2.
    Female,
    /// 未知 or 未说明, codes 0 and 9.
    Unstated,
}

/// Until when a card is valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Expiry {
    /// The last valid day.
    On(Date),
    /// 长期.
    LongTerm,
    /// The chip carries no readable date; the card is not refused for it.
    Unreadable,
}

/// A card as far as the kiosk uses it. Name and number wipe themselves on drop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentityCard {
    /// Which of the four chip layouts was read.
    pub layout: CardLayout,
    /// The Chinese name where the card has one, else the foreign name.
    pub name: PersonName,
    /// The certificate number, check character verified.
    pub number: CertificateNumber,
    /// Sex as the chip codes it.
    pub sex: Sex,
    /// Last day of validity.
    pub expiry: Expiry,
}

impl IdentityCard {
    /// Whether the card had run out before `today`. A card is valid through its last day.
    pub fn expired(&self, today: Date) -> bool {
        matches!(self.expiry, Expiry::On(last) if last < today)
    }
}

/// Why a card that lies there cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CardTrouble {
    /// Taken away while it was being read (SW3 41, or silence after a find).
    PulledAway,
    /// Not an identity card, or one the module does not accept (SW3 31 to 33, 40).
    NotAnIdentityCard,
    /// It was read, but what it says cannot be (check character, empty name).
    Nonsense,
}
