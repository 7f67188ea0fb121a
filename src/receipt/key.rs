//! The site's Ed25519 key: its secret half lies beside the ledger, its public half is given to windows. The ledger's own key
//! may come from a folder that cannot be written to.

use std::fmt;
use std::path::Path;
use std::str::FromStr;

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};

use crate::ledger::{Key, LedgerError};

/// The file beside the ledger, made at the first start with mode 0600.
const FILE_NAME: &str = "receipt.key";

/// Signs receipts. Wiped on drop.
pub struct SiteKey(SigningKey);

impl SiteKey {
    /// Reads the key beside the ledger, or makes it.
    ///
    /// # Errors
    /// When the file can be read by others, holds something else, or cannot be written.
    pub fn beside(ledger: &Path) -> Result<Self, LedgerError> {
        Self::obtain(ledger, false)
    }

    /// Reads the key beside the ledger; one that is not there is not made.
    ///
    /// # Errors
    /// As [`Self::beside`], and when there is none.
    pub fn found_beside(ledger: &Path) -> Result<Self, LedgerError> {
        Self::obtain(ledger, true)
    }

    fn obtain(ledger: &Path, must_exist: bool) -> Result<Self, LedgerError> {
        let key = Key::obtain(&ledger.with_file_name(FILE_NAME), must_exist)?;
        Ok(Self(SigningKey::from_bytes(key.bytes())))
    }

    /// The half that may be known.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    pub(super) fn sign(&self, text: &[u8]) -> [u8; 64] {
        self.0.sign(text).to_bytes()
    }
}

impl fmt::Debug for SiteKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SiteKey(…)")
    }
}

/// Tells whether a site signed something. Written as 64 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

impl PublicKey {
    pub(super) fn signed(&self, text: &[u8], signature: &[u8; 64]) -> bool {
        self.0.verify_strict(text, &Signature::from_bytes(signature)).is_ok()
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0.to_bytes()))
    }
}

/// A text that is no public key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a public key has 64 hexadecimal digits, as `kiosk receipt site-key` prints it")]
pub struct NotAPublicKey;

impl FromStr for PublicKey {
    type Err = NotAPublicKey;

    fn from_str(text: &str) -> Result<Self, NotAPublicKey> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text.trim(), &mut bytes).map_err(|_| NotAPublicKey)?;
        VerifyingKey::from_bytes(&bytes).map(Self).map_err(|_| NotAPublicKey)
    }
}
