//! The ledger's key: 32 random bytes in a file only the kiosk's user can read, made on the first
//! opening and never again.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

use rand::TryRng;
use rusqlite::Connection;
use zeroize::Zeroizing;

use super::LedgerError;

/// The raw key. It derives nothing from a passphrase, so opening costs no key stretching.
pub(crate) struct Key(Zeroizing<[u8; 32]>);

impl Key {
    /// Reads the key, or makes it where neither key nor database exists yet.
    pub(crate) fn obtain(path: &Path, database_exists: bool) -> Result<Self, LedgerError> {
        match fs::read(path) {
            Ok(text) => Self::read(path, Zeroizing::new(text)),
            Err(error) if error.kind() != ErrorKind::NotFound => Err(LedgerError::file(path, error)),
            Err(_) if database_exists => Err(LedgerError::KeyMissing(path.to_owned())),
            Err(_) => Self::create(path),
        }
    }

    fn read(path: &Path, text: Zeroizing<Vec<u8>>) -> Result<Self, LedgerError> {
        let mode = fs::metadata(path).map_err(|e| LedgerError::file(path, e))?.permissions().mode();
        // A service manager may hand its credential over with the group's read bit; never with others'.
        if mode & 0o027 != 0 {
            return Err(LedgerError::KeyExposed(path.to_owned()));
        }
        let mut key = Zeroizing::new([0; 32]);
        hex::decode_to_slice(text.trim_ascii(), key.as_mut_slice())
            .map_err(|_| LedgerError::KeyMalformed(path.to_owned()))?;
        Ok(Self(key))
    }

    /// The key is on disk for good before the first encrypted byte can be.
    pub(crate) fn create(path: &Path) -> Result<Self, LedgerError> {
        let mut key = Zeroizing::new([0; 32]);
        rand::rngs::SysRng
            .try_fill_bytes(key.as_mut_slice())
            .map_err(|e| LedgerError::File { path: path.to_owned(), source: std::io::Error::other(e.to_string()) })?;
        let draft = path.with_extension("new");
        write_durably(&draft, path, &Zeroizing::new(hex::encode(key.as_slice())))
            .map_err(|e| LedgerError::file(path, e))?;
        Ok(Self(key))
    }

    /// The bytes themselves, for sealing files.
    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Hands the key to SQLCipher, before any other statement reads. With `wipes`, what SQLCipher allocates is
    /// locked in memory and overwritten when it is freed, since decrypted pages hold names.
    pub(crate) fn unlock(&self, connection: &Connection, wipes: bool) -> Result<(), LedgerError> {
        let digits = Zeroizing::new(hex::encode(self.0.as_slice()));
        let security = if wipes { "ON" } else { "OFF" };
        let statement = Zeroizing::new(format!(
            "PRAGMA cipher_memory_security = {security}; PRAGMA key = \"x'{}'\";",
            digits.as_str()
        ));
        Ok(connection.execute_batch(&statement)?)
    }
}

fn write_durably(draft: &Path, path: &Path, text: &str) -> std::io::Result<()> {
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(draft)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(draft, path)?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}
