//! With what a resident showed who they are.

use std::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop};

use super::{CertificateNumber, PersonName};

/// A 医保电子凭证 code: 28 digits, opaque here, decoded by the platform, used at once and never kept.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct EVoucher(String);

/// Why a scanned text is not an e-voucher.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EVoucherError {
    /// Not 28 digits.
    #[error("an e-voucher has 28 digits")]
    Shape,
    /// 28 digits that do not begin with the mark of the national administration, 424.
    #[error("an e-voucher begins with 424")]
    Prefix,
}

impl EVoucher {
    /// Accepts 28 digits that begin with 424.
    ///
    /// # Errors
    /// Says which rule the text breaks.
    pub fn parse(text: &str) -> Result<Self, EVoucherError> {
        if text.len() != 28 || !text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(EVoucherError::Shape);
        }
        if !text.starts_with("424") {
            return Err(EVoucherError::Prefix);
        }
        Ok(Self(text.to_owned()))
    }

    /// The digits, for the decoding service alone.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for EVoucher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EVoucher(…)")
    }
}

/// What the platform is asked with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credential {
    /// A card that was read (`mdtrt_cert_type` 02).
    IdCard {
        /// Name as read.
        name: PersonName,
        /// Number as read.
        number: CertificateNumber,
    },
    /// A code that was scanned (`mdtrt_cert_type` 01 after decoding).
    EVoucher(EVoucher),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Result<(), EVoucherError>) {
        assert_eq!(EVoucher::parse(text).map(|_| ()), expected, "{text}");
    }

    #[test]
    fn takes_only_e_vouchers() {
        check("4241111222233334444566330000", Ok(()));
        check("424111122223333444456633000", Err(EVoucherError::Shape));
        check("4251111222233334444566330000", Err(EVoucherError::Prefix));
        check("424111122223333444456633000X", Err(EVoucherError::Shape));
        check("https://example.invalid/q=12", Err(EVoucherError::Shape));
    }
}
