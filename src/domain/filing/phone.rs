//! A phone number on which the insurance office can reach somebody.

use std::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop};

/// A mainland mobile number (eleven digits, 13…19) or a landline with its area code (0…, ten to twelve digits).
/// Wiped on drop, hidden in debug output.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct PhoneNumber(String);

/// Why digits are no phone number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PhoneNumberError {
    /// Fewer digits than the kind has.
    #[error("too few digits")]
    TooShort,
    /// More digits than the kind has.
    #[error("too many digits")]
    TooLong,
    /// A first digit no number of the mainland has, or something that is no digit.
    #[error("no such number")]
    NoSuchNumber,
}

impl PhoneNumber {
    /// Checks the digits.
    ///
    /// # Errors
    /// Says what is wrong with them.
    pub fn parse(digits: &str) -> Result<Self, PhoneNumberError> {
        if !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(PhoneNumberError::NoSuchNumber);
        }
        let bytes = digits.as_bytes();
        let (shortest, longest) = match (bytes.first(), bytes.get(1)) {
            (None, _) | (Some(b'0' | b'1'), None) => return Err(PhoneNumberError::TooShort),
            (Some(b'1'), Some(b'3'..=b'9')) => (11, 11),
            (Some(b'0'), Some(b'1'..=b'9')) => (10, 12),
            _ => return Err(PhoneNumberError::NoSuchNumber),
        };
        match digits.len() {
            n if n < shortest => Err(PhoneNumberError::TooShort),
            n if n > longest => Err(PhoneNumberError::TooLong),
            _ => Ok(Self(digits.to_owned())),
        }
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

impl fmt::Debug for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PhoneNumber(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_numbers_of_the_mainland() {
        let check = |digits: &str, expected: Result<&str, PhoneNumberError>| {
            let found = PhoneNumber::parse(digits).map(|number| number.masked());
            assert_eq!(found.as_deref().map_err(|error| *error), expected, "{digits}");
        };
        check("13800005678", Ok("138****5678"));
        check("06315221234", Ok("063****1234"));
        check("", Err(PhoneNumberError::TooShort));
        check("1380000567", Err(PhoneNumberError::TooShort));
        check("138000056789", Err(PhoneNumberError::TooLong));
        check("12000005678", Err(PhoneNumberError::NoSuchNumber));
        check("5221234", Err(PhoneNumberError::NoSuchNumber));
        check("1380000567X", Err(PhoneNumberError::NoSuchNumber));
    }
}
