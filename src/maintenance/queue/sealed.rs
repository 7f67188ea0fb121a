//! One file for a USB stick, encrypted and authenticated: XChaCha20-Poly1305 (RFC 8439 with the
//! extended nonce) under a site key, or under a passphrase stretched by Argon2id (RFC 9106).
//!
//! `YBSTICK1`, one byte for the kind of secret, 16 bytes salt, 24 bytes nonce, then the sealed content.
//! The bytes before the content are authenticated with it. What is inside is not known here.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use argon2::Argon2;
use chacha20poly1305::aead::AeadInOut;
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use rand::TryRng;
use zeroize::Zeroizing;

use crate::ledger::Key;

const MAGIC: &[u8; 8] = b"YBSTICK1";
const SALT: std::ops::Range<usize> = 9..25;
const NONCE: std::ops::Range<usize> = 25..49;
const HEADER_BYTES: usize = 49;
/// No honest file is larger.
const FILE_BYTES_MAX: u64 = 128_000_000;

/// Why a file cannot be sealed or opened.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// Not one of ours.
    #[error("{0} is no sealed file of a kiosk")]
    NotOurs(PathBuf),
    /// The other kind of secret seals it.
    #[error("{0} was sealed with a {1}; give that")]
    OtherSecret(PathBuf, &'static str),
    /// The secret does not fit, or the file is not whole.
    #[error(
        "{0} does not open: the key or passphrase is another one, or the file was cut or changed; nothing was taken from it, export it again"
    )]
    Closed(PathBuf),
    /// The passphrase could be guessed.
    #[error("the passphrase is shorter than {PASSPHRASE_CHARS_MIN} characters; take four words or more")]
    Short,
    /// The key file is not there.
    #[error(
        "there is no key file {0}; make one with kiosk queue site-key and carry a copy to the other machine by hand"
    )]
    NoKey(PathBuf),
    /// A file cannot be read or written.
    #[error("{path}: {reason}; check that the stick is plugged in, mounted and not full")]
    File {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        reason: std::io::Error,
    },
    /// The system gives no random numbers, or the content is too large to seal.
    #[error("the file cannot be sealed on this machine")]
    Machine,
}

/// A passphrase that is shorter is refused when sealing.
const PASSPHRASE_CHARS_MIN: usize = 16;

/// What seals a file.
pub(super) enum Secret {
    /// A key both machines have.
    Key(Key),
    /// Words a technician knows.
    Passphrase(Zeroizing<String>),
}

impl Secret {
    fn kind(&self) -> u8 {
        match self {
            Self::Key(_) => b'k',
            Self::Passphrase(_) => b'p',
        }
    }

    fn cipher(&self, salt: &[u8]) -> Result<XChaCha20Poly1305, SealError> {
        let mut stretched = Zeroizing::new([0; 32]);
        let key = match self {
            Self::Key(key) => key.bytes(),
            Self::Passphrase(words) => {
                Argon2::default()
                    .hash_password_into(words.as_bytes(), salt, stretched.as_mut_slice())
                    .map_err(|_| SealError::Machine)?;
                &stretched
            }
        };
        Ok(XChaCha20Poly1305::new(key.into()))
    }
}

/// Seals the content in place and writes it; the file gets its name only when it is whole and on the disk.
pub(super) fn write(path: &Path, secret: &Secret, mut content: Zeroizing<Vec<u8>>) -> Result<(), SealError> {
    if matches!(secret, Secret::Passphrase(words) if words.chars().count() < PASSPHRASE_CHARS_MIN) {
        return Err(SealError::Short);
    }
    let mut header = [0; HEADER_BYTES];
    rand::rngs::SysRng.try_fill_bytes(&mut header[SALT.start..]).map_err(|_| SealError::Machine)?;
    header[..MAGIC.len()].copy_from_slice(MAGIC);
    header[MAGIC.len()] = secret.kind();
    let cipher = secret.cipher(&header[SALT])?;
    cipher.encrypt_in_place(&nonce(&header), &header, &mut *content).map_err(|_| SealError::Machine)?;
    let draft = path.with_extension("part");
    write_durably(&draft, path, &[&header, &content]).map_err(|reason| {
        let _ = fs::remove_file(&draft);
        SealError::File { path: path.to_owned(), reason }
    })
}

/// Reads a sealed file and opens it; anything but the very bytes that were written is refused.
pub(super) fn read(path: &Path, secret: &Secret) -> Result<Zeroizing<Vec<u8>>, SealError> {
    let failed = |reason| SealError::File { path: path.to_owned(), reason };
    let mut bytes = Zeroizing::new(Vec::new());
    File::open(path).map_err(failed)?.take(FILE_BYTES_MAX).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() < HEADER_BYTES || !bytes.starts_with(MAGIC) {
        return Err(SealError::NotOurs(path.to_owned()));
    }
    let mut content = Zeroizing::new(bytes.split_off(HEADER_BYTES));
    match bytes[MAGIC.len()] {
        kind if kind == secret.kind() => {}
        b'k' => return Err(SealError::OtherSecret(path.to_owned(), "key file")),
        b'p' => return Err(SealError::OtherSecret(path.to_owned(), "passphrase")),
        _ => return Err(SealError::NotOurs(path.to_owned())),
    }
    let cipher = secret.cipher(&bytes[SALT])?;
    let opened = cipher.decrypt_in_place(&nonce(&bytes), &bytes, &mut *content);
    opened.map_err(|_| SealError::Closed(path.to_owned()))?;
    Ok(content)
}

fn nonce(header: &[u8]) -> XNonce {
    let mut nonce = [0; 24];
    nonce.copy_from_slice(&header[NONCE]);
    nonce.into()
}

fn write_durably(draft: &Path, path: &Path, parts: &[&[u8]]) -> std::io::Result<()> {
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(draft)?;
    for part in parts {
        file.write_all(part)?;
    }
    file.sync_all()?;
    fs::rename(draft, path)?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passphrase(words: &str) -> Secret {
        Secret::Passphrase(Zeroizing::new(words.to_owned()))
    }

    /// Seals "content" with four words, changes the file, opens it with `words`.
    fn check(change: impl FnOnce(&mut Vec<u8>), words: &str, expected: Result<&[u8], &str>) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        write(&path, &passphrase("correct horse battery staple"), Zeroizing::new(b"content".to_vec())).unwrap();
        let mut bytes = fs::read(&path).unwrap();
        assert!(!bytes.windows(7).any(|window| window == b"content"));
        change(&mut bytes);
        fs::write(&path, bytes).unwrap();
        match (read(&path, &passphrase(words)), expected) {
            (Ok(content), Ok(expected)) => assert_eq!(&**content, expected),
            (Err(error), Err(expected)) => assert!(error.to_string().contains(expected), "{error}, not {expected}"),
            (outcome, expected) => panic!("{outcome:?}, not {expected:?}"),
        }
    }

    #[test]
    fn only_the_very_bytes_open_with_the_very_words() {
        let words = "correct horse battery staple";
        check(|_| {}, words, Ok(b"content"));
        check(|_| {}, "correct horse battery stable", Err("does not open"));
        check(|bytes| bytes[SALT.start] ^= 1, words, Err("does not open"));
        check(|bytes| bytes[NONCE.start] ^= 1, words, Err("does not open"));
        check(|bytes| bytes[HEADER_BYTES] ^= 1, words, Err("does not open"));
        check(|bytes| bytes.truncate(HEADER_BYTES + 20), words, Err("does not open"));
        check(|bytes| bytes.push(0), words, Err("does not open"));
        check(|bytes| bytes.truncate(20), words, Err("no sealed file"));
        check(|bytes| bytes.clear(), words, Err("no sealed file"));
        check(|bytes| bytes[8] = b'k', words, Err("sealed with a key file"));
        check(|bytes| bytes[8] = b'z', words, Err("no sealed file"));
    }

    #[test]
    fn a_passphrase_that_can_be_guessed_seals_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let outcome = write(&folder.path().join("file"), &passphrase("123456"), Zeroizing::new(vec![]));
        assert!(matches!(outcome, Err(SealError::Short)));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
