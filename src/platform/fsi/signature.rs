//! The gateway's signature: who calls, when, and that they hold the secret.

use sha2::{Digest, Sha256};

use super::HexCase;

/// Name of the header with the caller's account.
pub const HEADER_PAASID: &str = "x-tif-paasid";
/// Name of the header with the time in Unix seconds.
pub const HEADER_TIMESTAMP: &str = "x-tif-timestamp";
/// Name of the header with the value that is used once.
pub const HEADER_NONCE: &str = "x-tif-nonce";
/// Name of the header with the signature.
pub const HEADER_SIGNATURE: &str = "x-tif-signature";

/// SHA-256 over timestamp, secret, nonce and timestamp again, as hexadecimal digits of the given case.
pub fn sign(timestamp: &str, secret: &str, nonce: &str, case: HexCase) -> String {
    let mut hash = Sha256::new();
    for part in [timestamp, secret, nonce, timestamp] {
        hash.update(part.as_bytes());
    }
    let digest = hash.finalize();
    match case {
        HexCase::Lower => hex::encode(digest),
        HexCase::Upper => hex::encode_upper(digest),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_the_four_parts_in_order() {
        let known = hex::encode(Sha256::digest(b"1700000000s3cretn0nce1700000000"));
        assert_eq!(sign("1700000000", "s3cret", "n0nce", HexCase::Lower), known);
        assert_eq!(sign("1700000000", "s3cret", "n0nce", HexCase::Upper), known.to_uppercase());
        assert_ne!(sign("1700000000", "s3cre", "tn0nce", HexCase::Lower), sign("1700000000", "x", "y", HexCase::Lower));
    }
}
