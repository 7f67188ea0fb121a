//! How typed digits are grouped to be read back, and which of them can be a telephone number.
//!
//! Whether a number is in use is never asked, and certificate numbers are checked by `domain`, not here.

use zeroize::Zeroizing;

/// Digits of a mobile number.
const MOBILE_DIGITS: usize = 11;
/// Groups of a certificate number: area, birth, order with check character.
const CERTIFICATE_GROUPS: [usize; 3] = [6, 8, 4];
/// Digits of the area codes 010 and 020 to 029, with their zero.
const SHORT_AREA_DIGITS: usize = 3;
/// Digits of all other area codes, with their zero.
const LONG_AREA_DIGITS: usize = 4;

/// What kind of telephone a number belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhoneKind {
    /// A mobile number of mainland China: 1, then 3 to 9, then nine digits.
    Mobile,
    /// A landline with its area code: `0` and two digits for ten cities, three for all others, then seven or eight digits.
    Landline,
}

/// Why typed digits are no telephone number (yet).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PhoneFault {
    /// Something other than digits.
    #[error("a telephone number has only digits")]
    NotDigits,
    /// No number begins like this, however it goes on.
    #[error("a telephone number begins with 13 to 19, or with the 0 of an area code")]
    Beginning,
    /// More digits are needed.
    #[error("digits are missing")]
    TooShort,
    /// There are digits too many.
    #[error("there are digits too many")]
    TooLong,
}

/// Whether the digits are a telephone number that can be called in mainland China, and of what kind. Prefixes within
/// 13 to 19 are not told apart: new ones are opened every few years.
///
/// # Errors
/// Says what is wrong, [`PhoneFault::TooShort`] for what may still become one.
pub fn check_phone(digits: &str) -> Result<PhoneKind, PhoneFault> {
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(PhoneFault::NotDigits);
    }
    match digits.as_bytes() {
        [] | [b'1'] => Err(PhoneFault::TooShort),
        [b'1', b'3'..=b'9', ..] => check_length(digits.len(), MOBILE_DIGITS, MOBILE_DIGITS, PhoneKind::Mobile),
        [b'0', rest @ ..] => check_landline(digits.len(), rest),
        _ => Err(PhoneFault::Beginning),
    }
}

fn check_landline(length: usize, after_zero: &[u8]) -> Result<PhoneKind, PhoneFault> {
    // 00 is the way abroad and 01x the old prefix for mobiles from another city; only 010 is an area.
    let (area, local_min) = match after_zero {
        [] | [b'1'] => return Err(PhoneFault::TooShort),
        [b'1', b'0', ..] | [b'2', ..] => (SHORT_AREA_DIGITS, 8),
        [b'3'..=b'9', ..] => (LONG_AREA_DIGITS, 7),
        _ => return Err(PhoneFault::Beginning),
    };
    // Local numbers begin with 2 to 8; 0, 1 and 9 are for trunk calls and services.
    match after_zero.get(area - 1) {
        Some(b'2'..=b'8') | None => check_length(length, area + local_min, area + 8, PhoneKind::Landline),
        Some(_) => Err(PhoneFault::Beginning),
    }
}

fn check_length(length: usize, low: usize, high: usize, kind: PhoneKind) -> Result<PhoneKind, PhoneFault> {
    match length {
        _ if length < low => Err(PhoneFault::TooShort),
        _ if length > high => Err(PhoneFault::TooLong),
        _ => Ok(kind),
    }
}

/// A telephone number in groups, also while it is being typed: `138 0000 0000`, `0631 522 0000`, `010 6522 0000`.
pub fn grouped_phone(digits: &str) -> Zeroizing<String> {
    let area = match digits.as_bytes() {
        [b'0', b'1' | b'2', ..] => SHORT_AREA_DIGITS,
        [b'0', ..] => LONG_AREA_DIGITS,
        _ => return grouped(digits, &[3, 4, 4]),
    };
    let local = digits.len().saturating_sub(area);
    grouped(digits, &[area, if local == 7 { 3 } else { 4 }, 4])
}

/// A certificate number in groups, also while it is being typed: area, date of birth, the rest.
pub fn grouped_certificate(number: &str) -> Zeroizing<String> {
    grouped(number, &CERTIFICATE_GROUPS)
}

/// Spaces after so many characters each; what is left over is joined to the last group.
fn grouped(text: &str, sizes: &[usize]) -> Zeroizing<String> {
    // Room for every space, so that no half-filled buffer is left behind unwiped.
    let mut out = Zeroizing::new(String::with_capacity(text.len() + sizes.len()));
    let mut sizes = sizes.iter();
    let mut next_gap = sizes.next().copied();
    for (place, character) in text.chars().enumerate() {
        if next_gap == Some(place) && sizes.len() > 0 {
            out.push(' ');
            next_gap = sizes.next().map(|size| place + size);
        }
        out.push(character);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(digits: &str, expected: Result<PhoneKind, PhoneFault>) {
        assert_eq!(check_phone(digits), expected, "{digits}");
    }

    #[test]
    fn tells_mobiles_landlines_and_faults_apart() {
        check("13800000000", Ok(PhoneKind::Mobile));
        check("19912345678", Ok(PhoneKind::Mobile));
        check("01065220000", Ok(PhoneKind::Landline));
        check("02165220000", Ok(PhoneKind::Landline));
        check("06315220000", Ok(PhoneKind::Landline));
        check("075522220000", Ok(PhoneKind::Landline));
        check("", Err(PhoneFault::TooShort));
        check("0", Err(PhoneFault::TooShort));
        check("1", Err(PhoneFault::TooShort));
        check("1380000000", Err(PhoneFault::TooShort));
        check("138000000000", Err(PhoneFault::TooLong));
        check("12800000000", Err(PhoneFault::Beginning));
        check("10086", Err(PhoneFault::Beginning));
        check("110", Err(PhoneFault::Beginning));
        check("0086138", Err(PhoneFault::Beginning));
        check("013800000000", Err(PhoneFault::Beginning));
        check("0101", Err(PhoneFault::Beginning));
        check("06319", Err(PhoneFault::Beginning));
        check("0106522000", Err(PhoneFault::TooShort));
        check("010652200001", Err(PhoneFault::TooLong));
        check("063152200001", Ok(PhoneKind::Landline));
        check("0631522000012", Err(PhoneFault::TooLong));
        check("65220000", Err(PhoneFault::Beginning));
        check("138 0000 0000", Err(PhoneFault::NotDigits));
        check("1３8", Err(PhoneFault::NotDigits));
    }

    fn check_grouped(typed: &str, shown: &str) {
        assert_eq!(*grouped_phone(typed), shown, "{typed}");
    }

    #[test]
    fn numbers_are_grouped_while_they_are_typed() {
        check_grouped("", "");
        check_grouped("138", "138");
        check_grouped("1380", "138 0");
        check_grouped("13800000000", "138 0000 0000");
        check_grouped("138000000009", "138 0000 00009");
        check_grouped("0631", "0631");
        check_grouped("06315220", "0631 5220");
        check_grouped("06315220000", "0631 522 0000");
        check_grouped("063152200001", "0631 5220 0001");
        check_grouped("01065220000", "010 6522 0000");
        assert_eq!(*grouped_certificate("11010519491231002X"), "110105 19491231 002X");
        assert_eq!(*grouped_certificate("1101051949"), "110105 1949");
    }

    proptest::proptest! {
        /// What can still be completed is called too short and never wrong, so that no red mark stands beside half a number.
        #[test]
        fn every_beginning_of_a_number_is_only_too_short(number in "(1[3-9][0-9]{9}|010[2-8][0-9]{7}|0[3-9][0-9]{2}[2-8][0-9]{6})") {
            proptest::prop_assert!(check_phone(&number).is_ok());
            for end in 0..number.len() {
                proptest::prop_assert_eq!(check_phone(&number[..end]), Err(PhoneFault::TooShort));
            }
            let spaces = |character: &char| *character != ' ';
            proptest::prop_assert_eq!(grouped_phone(&number).chars().filter(spaces).collect::<String>(), number);
        }
    }
}
