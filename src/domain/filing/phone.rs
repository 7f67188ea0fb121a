//! A phone number on which the insurance office can reach somebody.

use std::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop};

/// Digits of a mobile number.
const MOBILE_DIGITS: usize = 11;
/// Digits of the area codes 010 and 020 to 029, with their zero; their numbers have eight more.
const SHORT_AREA_DIGITS: usize = 3;
/// Digits of all other area codes, with their zero; their numbers have seven or eight more.
const LONG_AREA_DIGITS: usize = 4;

/// A number that can be called in mainland China: mobile (1, then 3 to 9, then nine digits), or landline with its area
/// code. Whether it is in use is never asked. Wiped on drop, hidden in debug output.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct PhoneNumber(String);

/// Why digits are no phone number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PhoneNumberError {
    /// Digits are missing; it may still become a number.
    #[error("too few digits")]
    TooShort,
    /// More digits than the kind has.
    #[error("too many digits")]
    TooLong,
    /// No number of the mainland begins like this, or something is no digit.
    #[error("no such number")]
    NoSuchNumber,
}

impl PhoneNumber {
    /// No phone number of the mainland is longer.
    pub const DIGITS_MAX: usize = 12;

    /// Checks the digits. Prefixes within 13 to 19 are not told apart: new ones are opened every few years.
    ///
    /// # Errors
    /// Says what is wrong with them; [`PhoneNumberError::TooShort`] for every beginning of a number.
    pub fn parse(digits: &str) -> Result<Self, PhoneNumberError> {
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(PhoneNumberError::NoSuchNumber);
        }
        match digits.as_bytes() {
            [] | [b'1'] => Err(PhoneNumberError::TooShort),
            [b'1', b'3'..=b'9', ..] => check_length(digits.len(), MOBILE_DIGITS, MOBILE_DIGITS),
            [b'0', rest @ ..] => check_landline(digits.len(), rest),
            _ => Err(PhoneNumberError::NoSuchNumber),
        }?;
        Ok(Self(digits.to_owned()))
    }

    /// The digits, for sending.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// 138****5678, as a screen may show it once it is no longer being typed.
    pub fn masked(&self) -> String {
        let digits = &self.0;
        format!("{}****{}", &digits[..3], &digits[digits.len() - 4..])
    }
}

fn check_landline(length: usize, after_zero: &[u8]) -> Result<(), PhoneNumberError> {
    // 00 is the way abroad and 01x the old prefix for mobiles from another city; only 010 is an area.
    let (area, local_min) = match after_zero {
        [] | [b'1'] => return Err(PhoneNumberError::TooShort),
        [b'1', b'0', ..] | [b'2', ..] => (SHORT_AREA_DIGITS, 8),
        [b'3'..=b'9', ..] => (LONG_AREA_DIGITS, 7),
        _ => return Err(PhoneNumberError::NoSuchNumber),
    };
    // Local numbers begin with 2 to 8; 0, 1 and 9 are for trunk calls and services.
    match after_zero.get(area - 1) {
        Some(b'2'..=b'8') | None => check_length(length, area + local_min, area + 8),
        Some(_) => Err(PhoneNumberError::NoSuchNumber),
    }
}

fn check_length(length: usize, low: usize, high: usize) -> Result<(), PhoneNumberError> {
    match length {
        _ if length < low => Err(PhoneNumberError::TooShort),
        _ if length > high => Err(PhoneNumberError::TooLong),
        _ => Ok(()),
    }
}

impl fmt::Debug for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PhoneNumber(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use PhoneNumberError::{NoSuchNumber, TooLong, TooShort};

    #[test]
    fn takes_numbers_of_the_mainland() {
        let check = |digits: &str, expected: Result<&str, PhoneNumberError>| {
            let found = PhoneNumber::parse(digits).map(|number| number.masked());
            assert_eq!(found.as_deref().map_err(|error| *error), expected, "{digits}");
        };
        check("13800005678", Ok("138****5678"));
        check("19912345678", Ok("199****5678"));
        check("01065220000", Ok("010****0000"));
        check("02165220000", Ok("021****0000"));
        check("06315221234", Ok("063****1234"));
        check("063152200001", Ok("063****0001"));
        check("075522220000", Ok("075****0000"));
        for digits in ["", "0", "1", "1380000567", "0106522000"] {
            check(digits, Err(TooShort));
        }
        for digits in ["138000056789", "010652200001", "0631522000012"] {
            check(digits, Err(TooLong));
        }
        for digits in ["12000005678", "5221234", "1380000567X", "10086", "110", "0086138", "013800000000", "0101"] {
            check(digits, Err(NoSuchNumber));
        }
        for digits in ["06319", "138 0000 0000", "1３8"] {
            check(digits, Err(NoSuchNumber));
        }
    }

    proptest::proptest! {
        /// What can still be completed is called too short and never wrong, so that no red mark stands beside half a number.
        #[test]
        fn every_beginning_of_a_number_is_only_too_short(
            number in "(1[3-9][0-9]{9}|010[2-8][0-9]{7}|02[0-9][2-8][0-9]{7}|0[3-9][0-9]{2}[2-8][0-9]{6,7})",
        ) {
            proptest::prop_assert!(PhoneNumber::parse(&number).is_ok());
            proptest::prop_assert!(number.len() <= PhoneNumber::DIGITS_MAX);
            for end in 0..10.min(number.len()) {
                proptest::prop_assert_eq!(PhoneNumber::parse(&number[..end]), Err(TooShort));
            }
        }
    }
}
