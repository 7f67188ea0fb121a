//! The head of the audit log as text: short enough to be written down, or countersigned by a centre.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

/// An entry's number and hash. Whoever keeps one can tell later whether the log still leads to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditHead {
    /// The entry's number; 0 before the first.
    pub number: u64,
    /// Its hash.
    pub hash: [u8; 32],
}

/// The text is no head.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a head is written as number:hash with 64 hexadecimal digits, as `kiosk audit verify` prints it")]
pub struct NotAHead;

impl fmt::Display for AuditHead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.number, hex::encode(self.hash))
    }
}

impl FromStr for AuditHead {
    type Err = NotAHead;

    fn from_str(text: &str) -> Result<Self, NotAHead> {
        let (number, digits) = text.trim().split_once(':').ok_or(NotAHead)?;
        let mut hash = [0; 32];
        hex::decode_to_slice(digits, &mut hash).map_err(|_| NotAHead)?;
        Ok(Self { number: number.parse().map_err(|_| NotAHead)?, hash })
    }
}

impl Serialize for AuditHead {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<u64>) {
        assert_eq!(text.parse::<AuditHead>().ok().map(|head| head.number), expected, "{text}");
    }

    #[test]
    fn a_head_is_read_as_it_is_written() {
        let head = AuditHead { number: 12, hash: [0xAB; 32] };
        assert_eq!(head.to_string().parse(), Ok(head));
        check(&format!(" {head}\n"), Some(12));
        check("12", None);
        check("12:abcd", None);
        check(&head.to_string().replace("12:", "-1:"), None);
    }
}
