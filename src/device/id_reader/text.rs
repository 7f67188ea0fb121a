//! The 256 bytes a chip carries → the few facts the kiosk uses. Pure.
//!
//! UTF-16LE padded with spaces, in four layouts told apart by the character at offset 248. Address,
//! issuer and photo are never taken out: what is not held cannot leak.

use jiff::civil::Date;
use zeroize::Zeroizing;

use crate::domain::{CardLayout, CardTrouble, CertificateNumber, Expiry, IdentityCard, PersonName, Sex};

/// Length of the text on every card.
pub const TEXT_BYTES: usize = 256;
/// Length of the compressed photo that follows it.
pub const PHOTO_BYTES: usize = 1024;

/// Where the layout's mark stands.
pub(super) const MARK: Field = Field { start: 248, bytes: 2 };
/// “长期”.
pub(super) const LONG_TERM: [u16; 2] = [0x957F, 0x671F];

/// A place in the text, in bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field {
    pub(super) start: usize,
    pub(super) bytes: usize,
}

const fn field(start: usize, bytes: usize) -> Field {
    Field { start, bytes }
}

/// Where each layout keeps what. Offsets from GA/T 467 and the 2017 and 2023 rules for foreign residents.
pub(super) struct Places {
    pub(super) chinese_name: Field,
    pub(super) latin_name: Option<Field>,
    pub(super) latin_name_rest: Option<Field>,
    pub(super) sex: Field,
    pub(super) nation: Option<Field>,
    pub(super) number: Field,
    pub(super) valid_from: Field,
    pub(super) valid_to: Field,
}

const RESIDENT: Places = Places {
    chinese_name: field(0, 30),
    latin_name: None,
    latin_name_rest: None,
    sex: field(30, 2),
    nation: Some(field(32, 4)),
    number: field(122, 36),
    valid_from: field(188, 16),
    valid_to: field(204, 16),
};
const PERMIT: Places = Places { nation: None, ..RESIDENT };
const FOREIGN_2023: Places =
    Places { latin_name: Some(field(52, 70)), latin_name_rest: Some(field(220, 22)), nation: None, ..RESIDENT };
const FOREIGN_2017: Places = Places {
    chinese_name: field(158, 30),
    latin_name: Some(field(0, 120)),
    latin_name_rest: None,
    sex: field(120, 2),
    nation: None,
    number: field(122, 30),
    valid_from: field(188, 16),
    valid_to: field(204, 16),
};

/// The places of one layout.
pub(super) fn places(layout: CardLayout) -> &'static Places {
    match layout {
        CardLayout::Resident => &RESIDENT,
        CardLayout::HkMacaoTaiwanPermit => &PERMIT,
        CardLayout::ForeignResident2017 => &FOREIGN_2017,
        CardLayout::ForeignResident2023 => &FOREIGN_2023,
    }
}

/// The mark of one layout; a resident card has none.
pub(super) fn mark(layout: CardLayout) -> u8 {
    match layout {
        CardLayout::Resident => b' ',
        CardLayout::HkMacaoTaiwanPermit => b'J',
        CardLayout::ForeignResident2017 => b'I',
        CardLayout::ForeignResident2023 => b'Y',
    }
}

/// What was written on the chip, nothing judged yet. Name and number wipe themselves; it has no `Debug`.
pub struct CardText {
    /// Which layout the mark says.
    pub layout: CardLayout,
    /// The Chinese name, or the foreign one where there is none.
    pub name: PersonName,
    /// The number, as it stands there.
    pub number: Zeroizing<String>,
    /// Sex after GB/T 2261.1.
    pub sex: Sex,
    /// Nation after GB/T 3304 (01 汉 … 56 基诺, 97, 98), on resident cards.
    pub nation: Option<u8>,
    /// Until when.
    pub expiry: Expiry,
}

/// Why bytes are no card text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Not 256 bytes.
    #[error("a card's text has 256 bytes")]
    Length,
    /// The length words of the answer do not fit what follows them.
    #[error("the lengths in the reader's answer do not fit the answer")]
    Shape,
}

/// Finds the text in the data of a “read base” answer by its length words, with or without fingerprints.
///
/// # Errors
/// [`TextError`] if lengths and data disagree.
pub fn text_of_answer(data: &[u8]) -> Result<&[u8], TextError> {
    let word = |at: usize| data.get(at..at + 2).map(|pair| usize::from(u16::from_be_bytes([pair[0], pair[1]])));
    let (Some(text), Some(photo)) = (word(0), word(2)) else { return Err(TextError::Shape) };
    let fingers = word(4).unwrap_or(0);
    let start = if data.len() == 4 + text + photo {
        4
    } else if data.len() == 6 + text + photo + fingers {
        6
    } else {
        return Err(TextError::Shape);
    };
    if text != TEXT_BYTES {
        return Err(TextError::Length);
    }
    data.get(start..start + text).ok_or(TextError::Shape)
}

/// Reads the text of a card.
///
/// # Errors
/// [`TextError::Length`] unless there are 256 bytes; any 256 bytes give something.
pub fn decode(text: &[u8]) -> Result<CardText, TextError> {
    if text.len() != TEXT_BYTES {
        return Err(TextError::Length);
    }
    let layout = layout(text);
    let places = places(layout);
    Ok(CardText {
        layout,
        name: name(text, places),
        number: plain(text, places.number),
        sex: sex(text, places.sex),
        nation: places.nation.and_then(|place| plain(text, place).parse().ok()),
        expiry: expiry(text, places.valid_to),
    })
}

impl CardText {
    /// The card as the kiosk knows it, its number checked.
    ///
    /// # Errors
    /// [`CardTrouble::Nonsense`] if it has no name or its number cannot be.
    pub fn into_card(self) -> Result<IdentityCard, CardTrouble> {
        let number = match self.layout {
            CardLayout::ForeignResident2017 => CertificateNumber::parse_foreign_2017(&self.number),
            _ => CertificateNumber::parse(&self.number),
        };
        let number = number.map_err(|_| CardTrouble::Nonsense)?;
        if self.name.is_empty() {
            return Err(CardTrouble::Nonsense);
        }
        Ok(IdentityCard { layout: self.layout, name: self.name, number, sex: self.sex, expiry: self.expiry })
    }
}

/// The mark is tested before anything else: the other layouts overlap.
fn layout(text: &[u8]) -> CardLayout {
    match units(text, MARK)[0] {
        0x49 => CardLayout::ForeignResident2017,
        0x4A => CardLayout::HkMacaoTaiwanPermit,
        0x59 => CardLayout::ForeignResident2023,
        _ => CardLayout::Resident,
    }
}

fn units(text: &[u8], place: Field) -> Zeroizing<Vec<u16>> {
    let bytes = &text[place.start..place.start + place.bytes];
    Zeroizing::new(bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect())
}

fn name(text: &[u8], places: &Places) -> PersonName {
    let chinese = PersonName::from_utf16(&units(text, places.chinese_name));
    if !chinese.is_empty() {
        return chinese;
    }
    let parts = [places.latin_name, places.latin_name_rest];
    let mut latin = Zeroizing::new(Vec::with_capacity(TEXT_BYTES / 2));
    for place in parts.into_iter().flatten() {
        latin.extend_from_slice(&units(text, place));
    }
    PersonName::from_utf16(&latin)
}

/// A field of plain characters. Whatever is not ASCII becomes a sign that no number contains.
fn plain(text: &[u8], place: Field) -> Zeroizing<String> {
    let units = units(text, place);
    let end = units.iter().rposition(|unit| *unit != 0x20 && *unit != 0).map_or(0, |last| last + 1);
    let ascii = |unit: &u16| u8::try_from(*unit).ok().filter(u8::is_ascii).map_or('?', char::from);
    let mut plain = Zeroizing::new(String::with_capacity(place.bytes));
    plain.extend(units[..end].iter().map(ascii));
    plain
}

fn sex(text: &[u8], place: Field) -> Sex {
    match units(text, place)[0] {
        0x31 => Sex::Male,
        0x32 => Sex::Female,
        _ => Sex::Unstated,
    }
}

fn expiry(text: &[u8], place: Field) -> Expiry {
    if units(text, place).starts_with(&LONG_TERM) {
        return Expiry::LongTerm;
    }
    let digits = plain(text, place);
    let eight_digits = digits.len() == 8 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let date = eight_digits.then(|| Date::strptime("%Y%m%d", digits.as_bytes()).ok()).flatten();
    date.map_or(Expiry::Unreadable, Expiry::On)
}

#[cfg(test)]
mod tests {
    use super::super::image::{CardFields, CardImage};
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn number(first_17: &str) -> String {
        CertificateNumber::complete(first_17).unwrap()
    }

    fn resident(name: &str) -> CardFields {
        CardFields::resident(name, &number("37100219480315002"))
    }

    fn check(fields: &CardFields, expected: Result<(CardLayout, &str, &str, Sex, Expiry), CardTrouble>) {
        let image = fields.image();
        let card = decode(image.text()).unwrap().into_card();
        let seen = card.as_ref().map(|c| (c.layout, c.name.to_text(), c.number.expose(), c.sex, c.expiry));
        let expected = expected.map(|(layout, name, number, sex, to)| (layout, name.to_owned(), number, sex, to));
        assert_eq!(seen.map_err(|trouble| *trouble), expected);
    }

    #[test]
    fn reads_a_resident_card() {
        let to = date(2036, 3, 14);
        let fields =
            CardFields { expiry: Expiry::On(to), nation: 5, ..resident("阿卜杜热西提·麦麦提依明江阿") };
        let digits = number("37100219480315002");
        check(&fields, Ok((CardLayout::Resident, "阿卜杜热西提·麦麦提依明江阿", &digits, Sex::Female, Expiry::On(to))));
        assert_eq!(decode(fields.image().text()).unwrap().nation, Some(5));
    }

    #[test]
    fn a_name_of_fifteen_characters_fills_its_field() {
        let name = "阿卜杜热西提·麦麦提依明江阿吉";
        assert_eq!(name.chars().count(), 15);
        let digits = number("37100219480315002");
        check(
            &CardFields { expiry: Expiry::LongTerm, ..resident(name) },
            Ok((CardLayout::Resident, name, &digits, Sex::Female, Expiry::LongTerm)),
        );
    }

    #[test]
    fn reads_the_other_layouts() {
        let to = Expiry::On(date(2031, 1, 31));
        let digits = number("81000019550607001");
        let permit = CardFields { layout: CardLayout::HkMacaoTaiwanPermit, expiry: to, ..resident("陈大文") };
        check(
            &CardFields { number: digits.clone(), sex: Sex::Male, ..permit },
            Ok((CardLayout::HkMacaoTaiwanPermit, "陈大文", &digits, Sex::Male, to)),
        );
        let digits = number("91103619600229001");
        let foreign = CardFields { layout: CardLayout::ForeignResident2023, expiry: to, ..resident("") };
        let long = "WOLFESCHLEGELSTEINHAUSENBERGERDORFF, MAXI";
        check(
            &CardFields { number: digits.clone(), latin_name: long.to_owned(), ..foreign },
            Ok((CardLayout::ForeignResident2023, long, &digits, Sex::Female, to)),
        );
        let old = CardFields { layout: CardLayout::ForeignResident2017, expiry: to, ..resident("安娜") };
        check(
            &CardFields { number: "AUS110000000001".to_owned(), latin_name: "SMITH, ANNA".to_owned(), ..old },
            Ok((CardLayout::ForeignResident2017, "安娜", "AUS110000000001", Sex::Female, to)),
        );
    }

    #[test]
    fn keeps_units_no_text_can_carry() {
        let units = [0x738B, 0xE863, 0xD842, 0xDFB7, 0xD842];
        let fields = CardFields { name: PersonName::from_utf16(&units), ..resident("王") };
        let card = decode(fields.image().text()).unwrap().into_card().unwrap();
        assert_eq!(card.name.utf16(), units);
    }

    #[test]
    fn refuses_what_cannot_be() {
        check(&CardFields { number: "371002194803150021".to_owned(), ..resident("王芳") }, Err(CardTrouble::Nonsense));
        check(&resident(""), Err(CardTrouble::Nonsense));
        check(&CardFields { layout: CardLayout::ForeignResident2017, ..resident("王芳") }, Err(CardTrouble::Nonsense));
    }

    #[test]
    fn an_answer_is_taken_apart_by_its_lengths() {
        let image = resident("王芳").image();
        for with_fingers in [false, true] {
            let answer = image.answer(with_fingers);
            assert_eq!(text_of_answer(&answer), Ok(image.text()));
            assert_eq!(text_of_answer(&answer[..answer.len() - 1]), Err(TextError::Shape));
        }
        assert_eq!(text_of_answer(&[]), Err(TextError::Shape));
        assert_eq!(text_of_answer(&[0, 1, 0, 0, 7]), Err(TextError::Length));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn any_text_gives_a_card_or_a_reason(bytes in prop::collection::vec(any::<u8>(), TEXT_BYTES)) {
            let _ = decode(&bytes).unwrap().into_card();
        }

        #[test]
        fn any_length_is_survived(bytes in prop::collection::vec(any::<u8>(), 0..1400)) {
            prop_assert_eq!(decode(&bytes).is_ok(), bytes.len() == TEXT_BYTES);
            let _ = text_of_answer(&bytes);
        }

        #[test]
        fn any_name_comes_back_unit_by_unit(units in prop::collection::vec(1u16..=u16::MAX, 1..=15)) {
            let name = PersonName::from_utf16(&units);
            prop_assume!(!name.is_empty());
            let image: CardImage = CardFields { name: name.clone(), ..resident("王") }.image();
            prop_assert_eq!(decode(image.text()).unwrap().name, name);
        }
    }
}
