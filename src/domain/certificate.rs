//! Certificate numbers: the citizen number of GB 11643 and the numbers of the other cards.

use std::fmt;

use jiff::civil::Date;
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::Sex;

/// The number on an identity card: 18 characters after GB 11643 (ISO 7064 MOD 11-2), or the
/// 15 characters of the 2017 foreign permanent-resident card. Wiped on drop; hidden in debug output.
#[derive(Clone, PartialEq, Eq, Hash, Zeroize, ZeroizeOnDrop)]
pub struct CertificateNumber(String);

/// Why a text is not a certificate number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CertificateNumberError {
    /// Neither 18 nor 15 characters of the right kind.
    #[error("not the shape of a certificate number: 18 characters, or 3 letters and 12 digits")]
    Shape,
    /// The check character does not fit the first 17 digits.
    #[error("the check character does not fit: the number was misread or mistyped")]
    CheckDigit,
    /// Digits 7 to 14 are no calendar date.
    #[error("the birth date inside the number is no calendar date")]
    BirthDate,
}

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_CHARACTERS: &[u8; 11] = b"10X98765432";

impl CertificateNumber {
    /// An 18-character number: check character verified; a birth date is required unless the
    /// number begins with 9 (2023 foreign permanent-resident card).
    ///
    /// Area codes are not looked up: cards carry codes that have long been withdrawn.
    ///
    /// # Errors
    /// Says which rule the text breaks.
    pub fn parse(text: &str) -> Result<Self, CertificateNumberError> {
        let bytes = text.as_bytes();
        let (digits, check) = match bytes {
            [digits @ .., check] if digits.len() == 17 => (digits, *check),
            _ => return Err(CertificateNumberError::Shape),
        };
        if !digits.iter().all(u8::is_ascii_digit) || !(check.is_ascii_digit() || check == b'X') {
            return Err(CertificateNumberError::Shape);
        }
        if check_character(digits) != check {
            return Err(CertificateNumberError::CheckDigit);
        }
        let number = Self(text.to_owned());
        if digits[0] != b'9' && number.birth().is_none() {
            return Err(CertificateNumberError::BirthDate);
        }
        Ok(number)
    }

    /// The 15-character number of the 2017 foreign permanent-resident card: three capital letters, twelve digits.
    ///
    /// # Errors
    /// [`CertificateNumberError::Shape`] for anything else.
    pub fn parse_foreign_2017(text: &str) -> Result<Self, CertificateNumberError> {
        let bytes = text.as_bytes();
        let fits = bytes.len() == 15
            && bytes[..3].iter().all(u8::is_ascii_uppercase)
            && bytes[3..].iter().all(u8::is_ascii_digit);
        if fits { Ok(Self(text.to_owned())) } else { Err(CertificateNumberError::Shape) }
    }

    /// Completes 17 digits with their check character; `None` if they are not 17 digits. For synthetic people.
    pub fn complete(first_17: &str) -> Option<String> {
        let digits = first_17.as_bytes();
        let fits = digits.len() == 17 && digits.iter().all(u8::is_ascii_digit);
        fits.then(|| format!("{first_17}{}", char::from(check_character(digits))))
    }

    /// The whole number, for the platform alone.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The number as a screen may show it: six characters, stars, four characters.
    pub fn masked(&self) -> String {
        let hidden = self.0.len() - 10;
        format!("{}{}{}", &self.0[..6], "*".repeat(hidden), &self.0[self.0.len() - 4..])
    }

    /// The birth date inside an 18-character number.
    pub fn birth(&self) -> Option<Date> {
        if self.0.len() != 18 {
            return None;
        }
        Date::strptime("%Y%m%d", &self.0[6..14]).ok()
    }

    /// The sex inside an 18-character number: the 17th digit is odd for men.
    pub fn sex(&self) -> Option<Sex> {
        let digit = self.0.as_bytes().get(16).filter(|_| self.0.len() == 18)?;
        Some(if digit % 2 == 1 { Sex::Male } else { Sex::Female })
    }
}

fn check_character(first_17: &[u8]) -> u8 {
    let sum: u32 = first_17.iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    CHECK_CHARACTERS[(sum % 11) as usize]
}

impl fmt::Debug for CertificateNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CertificateNumber(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: Result<&str, CertificateNumberError>) {
        assert_eq!(CertificateNumber::parse(text).map(|n| n.masked()), expected.map(str::to_owned), "{text}");
    }

    #[test]
    fn follows_gb_11643() {
        check("110101202311012176", Ok("110101********2176"));
        check("110101202311012171", Err(CertificateNumberError::CheckDigit));
        check("11010120231101217", Err(CertificateNumberError::Shape));
        check("11010120231101217x", Err(CertificateNumberError::Shape));
        let no_such_day = CertificateNumber::complete("37100219480230123").unwrap();
        check(&no_such_day, Err(CertificateNumberError::BirthDate));
        assert!(CertificateNumber::parse_foreign_2017("AUS110000000001").is_ok());
        assert!(CertificateNumber::parse_foreign_2017("Aus110000000001").is_err());
    }

    proptest! {
        #[test]
        fn any_single_wrong_digit_is_noticed(serial in 0u32..1000, place in 0usize..17, shift in 1u8..10) {
            let number = CertificateNumber::complete(&format!("37100219480315{serial:03}")).unwrap();
            let mut bytes = number.into_bytes();
            bytes[place] = b'0' + (bytes[place] - b'0' + shift) % 10;
            let wrong = String::from_utf8(bytes).unwrap();
            prop_assert!(CertificateNumber::parse(&wrong).is_err());
        }
    }
}
