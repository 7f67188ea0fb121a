//! Synthetic cards: the 256 bytes of text and a photo block as a chip would carry them. Only for emulated readers.

use jiff::civil::{Date, date};
use zeroize::Zeroizing;

use super::text::{Field, LONG_TERM, MARK, PHOTO_BYTES, TEXT_BYTES, mark, places};
use crate::domain::{CardLayout, Expiry, PersonName, Sex};

/// What is printed on an invented card. What a layout has no place for is left out.
#[derive(Clone)]
pub struct CardFields {
    /// Which layout to write.
    pub layout: CardLayout,
    /// Chinese name, up to 15 units; may be empty on cards of foreigners.
    pub name: PersonName,
    /// Foreign name, on cards of foreigners.
    pub latin_name: String,
    /// Sex.
    pub sex: Sex,
    /// Nation after GB/T 3304, on resident cards.
    pub nation: u8,
    /// Birth date.
    pub birth: Date,
    /// Address, up to 35 units.
    pub address: String,
    /// Certificate number; it may be wrong on purpose.
    pub number: String,
    /// Issuing office.
    pub issuer: String,
    /// First valid day.
    pub valid_from: Date,
    /// Last valid day.
    pub expiry: Expiry,
    /// Nationality after GB/T 2659 (three letters), on cards of foreigners.
    pub nationality: String,
    /// Number of the travel permit (通行证), on permits of HK, Macao and Taiwan residents.
    pub pass_number: String,
    /// A newer address that 30 03 reads.
    pub new_address: Option<String>,
}

const ADDRESS: Field = Field { start: 52, bytes: 70 };
const BIRTH: Field = Field { start: 36, bytes: 16 };
const BIRTH_2017: Field = Field { start: 220, bytes: 16 };
const ISSUER: Field = Field { start: 158, bytes: 30 };
const PASS_NUMBER: Field = Field { start: 220, bytes: 18 };
const PASS_ISSUES: Field = Field { start: 238, bytes: 4 };
const NATIONALITY_2017: Field = Field { start: 152, bytes: 6 };
const NATIONALITY_2023: Field = Field { start: 242, bytes: 6 };
const CARD_VERSION_2017: Field = Field { start: 236, bytes: 4 };
const OFFICE_2017: Field = Field { start: 240, bytes: 8 };
const RENEWALS_2023: Field = Field { start: 32, bytes: 4 };
const NEW_ADDRESS: Field = Field { start: 0, bytes: 70 };

impl CardFields {
    /// A resident card of an invented person; birth and sex are taken from the number where it has them.
    pub fn resident(name: &str, number: &str) -> Self {
        let birth = number.get(6..14).and_then(|digits| Date::strptime("%Y%m%d", digits).ok());
        let male = number.as_bytes().get(16).is_some_and(|digit| digit % 2 == 1);
        Self {
            layout: CardLayout::Resident,
            name: PersonName::from_text(name),
            latin_name: String::new(),
            sex: if male { Sex::Male } else { Sex::Female },
            nation: 1,
            birth: birth.unwrap_or(date(1950, 1, 1)),
            address: "示例省示例市示例路１号".to_owned(),
            number: number.to_owned(),
            issuer: "示例市公安局".to_owned(),
            valid_from: date(2016, 1, 1),
            expiry: Expiry::LongTerm,
            nationality: "AUS".to_owned(),
            pass_number: "H00000000".to_owned(),
            new_address: None,
        }
    }

    /// Writes the card.
    pub fn image(&self) -> CardImage {
        let mut text = Writer::new(TEXT_BYTES);
        let places = places(self.layout);
        text.units(places.chinese_name, self.name.utf16());
        self.write_latin_name(&mut text);
        text.text(places.sex, sex_code(self.sex));
        text.text(places.number, &self.number);
        text.text(places.valid_from, &day(self.valid_from));
        match self.expiry {
            Expiry::On(last) => text.text(places.valid_to, &day(last)),
            Expiry::LongTerm => text.units(places.valid_to, &LONG_TERM),
            Expiry::Unreadable => text.text(places.valid_to, "00000000"),
        }
        self.write_own_fields(&mut text);
        text.text(MARK, char::from(mark(self.layout)).encode_utf8(&mut [0; 4]));
        let new_address = self.new_address.as_ref().map(|address| {
            let mut block = Writer::new(NEW_ADDRESS.bytes);
            block.text(NEW_ADDRESS, address);
            block.0
        });
        CardImage { label: label(self.layout, &self.name, self.expiry), text: text.0, new_address }
    }

    fn write_latin_name(&self, text: &mut Writer) {
        let places = places(self.layout);
        let Some(place) = places.latin_name else { return };
        let units: Vec<u16> = self.latin_name.encode_utf16().collect();
        let (head, rest) = units.split_at(units.len().min(place.bytes / 2));
        text.units(place, head);
        if let Some(place) = places.latin_name_rest {
            text.units(place, rest);
        }
    }

    fn write_own_fields(&self, text: &mut Writer) {
        match self.layout {
            CardLayout::Resident => {
                text.text(Field { start: 32, bytes: 4 }, &format!("{:02}", self.nation));
                self.write_home(text);
            }
            CardLayout::HkMacaoTaiwanPermit => {
                self.write_home(text);
                text.text(PASS_NUMBER, &self.pass_number);
                text.text(PASS_ISSUES, "01");
            }
            CardLayout::ForeignResident2017 => {
                text.text(NATIONALITY_2017, &self.nationality);
                text.text(BIRTH_2017, &day(self.birth));
                text.text(CARD_VERSION_2017, "01");
                text.text(OFFICE_2017, "1500");
            }
            CardLayout::ForeignResident2023 => {
                text.text(RENEWALS_2023, "00");
                text.text(BIRTH, &day(self.birth));
                text.text(NATIONALITY_2023, &self.nationality);
            }
        }
    }

    fn write_home(&self, text: &mut Writer) {
        text.text(BIRTH, &day(self.birth));
        text.text(ADDRESS, &self.address);
        text.text(ISSUER, &self.issuer);
    }
}

/// A card as bytes, ready to be laid on an emulated reader.
#[derive(Clone)]
pub struct CardImage {
    label: String,
    text: Zeroizing<Vec<u8>>,
    new_address: Option<Zeroizing<Vec<u8>>>,
}

impl CardImage {
    /// Any 256 bytes as a card, for tests that need nonsense.
    pub fn from_text(label: &str, text: [u8; TEXT_BYTES]) -> Self {
        Self { label: label.to_owned(), text: Zeroizing::new(text.to_vec()), new_address: None }
    }

    /// The same card under another name in lists.
    #[must_use]
    pub fn labelled(mut self, label: &str) -> Self {
        self.label = label.to_owned();
        self
    }

    /// What a technician's list calls it.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// The text.
    pub fn text(&self) -> &[u8] {
        &self.text
    }

    /// The newer address, if the card has one.
    pub fn new_address(&self) -> Option<&[u8]> {
        self.new_address.as_ref().map(|block| block.as_slice())
    }

    /// The data of a “read base” answer: lengths, text, photo, and for 30 10 no finger.
    pub fn answer(&self, with_fingers: bool) -> Zeroizing<Vec<u8>> {
        let mut data = Zeroizing::new(Vec::with_capacity(6 + TEXT_BYTES + PHOTO_BYTES));
        data.extend_from_slice(&[0x01, 0x00, 0x04, 0x00]);
        if with_fingers {
            data.extend_from_slice(&[0, 0]);
        }
        data.extend_from_slice(&self.text);
        // Nobody's face: a pattern, begun like the compressed photos begin and with preambles inside
        // it, which a careless decoder would stumble over.
        data.extend_from_slice(b"WLf\0");
        let pattern = [0xAA, 0xAA, 0xAA, 0x96, 0x69, 0x00, 0x04, 0x5C];
        data.extend(pattern.iter().cycle().take(PHOTO_BYTES - 4));
        data
    }
}

struct Writer(Zeroizing<Vec<u8>>);

impl Writer {
    fn new(bytes: usize) -> Self {
        Self(Zeroizing::new([0x20, 0x00].repeat(bytes / 2)))
    }

    /// Writes what fits; the rest is cut off.
    fn units(&mut self, place: Field, units: &[u16]) {
        let target = self.0[place.start..place.start + place.bytes].chunks_exact_mut(2);
        for (pair, unit) in target.zip(units) {
            pair.copy_from_slice(&unit.to_le_bytes());
        }
    }

    fn text(&mut self, place: Field, text: &str) {
        let units = Zeroizing::new(text.encode_utf16().collect::<Vec<u16>>());
        self.units(place, &units);
    }
}

fn day(date: Date) -> String {
    format!("{:04}{:02}{:02}", date.year(), date.month(), date.day())
}

fn sex_code(sex: Sex) -> &'static str {
    match sex {
        Sex::Male => "1",
        Sex::Female => "2",
        Sex::Unstated => "9",
    }
}

fn label(layout: CardLayout, name: &PersonName, expiry: Expiry) -> String {
    let kind = match layout {
        CardLayout::Resident => "resident",
        CardLayout::HkMacaoTaiwanPermit => "HK/Macao/Taiwan permit",
        CardLayout::ForeignResident2017 => "foreign resident 2017",
        CardLayout::ForeignResident2023 => "foreign resident 2023",
    };
    let until = match expiry {
        Expiry::On(last) => format!("until {last}"),
        Expiry::LongTerm => "long-term".to_owned(),
        Expiry::Unreadable => "no readable expiry".to_owned(),
    };
    format!("{} ({kind}, {until})", name.masked())
}
