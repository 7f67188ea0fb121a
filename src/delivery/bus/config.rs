//! How a machine reaches the bus and who it is there. No subject and no stream: those follow from its name.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use async_nats::ConnectOptions;
use nkeys::KeyPair;
use serde::Deserialize;
use zeroize::Zeroizing;

/// Settings of one machine on the bus.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BusConfig {
    /// Addresses of the servers, `tls://host:4222`; one that answers is enough.
    pub servers: Vec<String>,
    /// File that holds the machine's secret seed (nkey), readable by its owner only.
    pub nkey_file: Option<PathBuf>,
    /// Whether a connection without TLS is refused. Only a trial on one machine goes without.
    pub tls: bool,
    /// Certificates that vouch for the servers; the system's where it is left out.
    pub ca_file: Option<PathBuf>,
    /// The machine's own certificate.
    pub certificate_file: Option<PathBuf>,
    /// The key that belongs to it.
    pub certificate_key_file: Option<PathBuf>,
    /// Milliseconds to wait for a connection.
    pub connect_ms_max: u64,
    /// Milliseconds to wait until the bus has taken a record.
    pub acknowledge_ms_max: u64,
    /// Milliseconds to wait for the receiver's receipt after that.
    pub receipt_ms_max: u64,
}

impl Default for BusConfig {
    fn default() -> Self {
        Self {
            servers: vec!["tls://127.0.0.1:4222".into()],
            nkey_file: None,
            tls: true,
            ca_file: None,
            certificate_file: None,
            certificate_key_file: None,
            connect_ms_max: 5_000,
            acknowledge_ms_max: 5_000,
            receipt_ms_max: 10_000,
        }
    }
}

/// Which setting cannot stand.
#[derive(Debug, thiserror::Error)]
pub enum BusConfigError {
    /// No address, or one that is none.
    #[error("servers must name at least one address like tls://host:4222")]
    Servers,
    /// A province that is not two digits or a kiosk's number with other signs than letters and digits.
    #[error("the kiosk's province and number must be letters and digits to stand in a subject")]
    Name,
    /// A wait of nothing or of more than five minutes.
    #[error("connect_ms_max, acknowledge_ms_max and receipt_ms_max must lie between 100 and 300000")]
    Wait,
    /// A certificate without its key or the other way round.
    #[error("certificate_file and certificate_key_file go together")]
    Certificate,
    /// The seed cannot be read.
    #[error("nkey_file {path}: {source}")]
    SeedFile {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Others can read the seed.
    #[error("nkey_file {0} can be read by others: run chmod 600 on it")]
    SeedExposed(PathBuf),
    /// The file holds something else.
    #[error("nkey_file {0} does not hold the seed of a user (SU…)")]
    Seed(PathBuf),
}

/// A kiosk's name on the bus: the middle of its subjects.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct KioskName {
    pub(super) province: String,
    pub(super) number: String,
}

impl KioskName {
    /// Two digits of the province and the kiosk's number.
    ///
    /// # Errors
    /// [`BusConfigError::Name`] for signs that mean something in a subject.
    pub fn new(province: &str, number: &str) -> Result<Self, BusConfigError> {
        let plain = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if plain(province) && plain(number) {
            Ok(Self { province: province.into(), number: number.into() })
        } else {
            Err(BusConfigError::Name)
        }
    }

    /// `37.1002A003`.
    pub(super) fn tokens(&self) -> String {
        format!("{}.{}", self.province, self.number)
    }
}

impl BusConfig {
    pub(super) fn checked(self) -> Result<Self, BusConfigError> {
        let address = |text: &String| text.parse::<async_nats::ServerAddr>().is_ok();
        if self.servers.is_empty() || !self.servers.iter().all(address) {
            return Err(BusConfigError::Servers);
        }
        let waits = [self.connect_ms_max, self.acknowledge_ms_max, self.receipt_ms_max];
        if waits.iter().any(|wait| !(100..=300_000).contains(wait)) {
            return Err(BusConfigError::Wait);
        }
        if self.certificate_file.is_some() != self.certificate_key_file.is_some() {
            return Err(BusConfigError::Certificate);
        }
        if let Some(path) = &self.nkey_file {
            read_seed(path)?;
        }
        Ok(self)
    }

    /// Reads the seed anew each time, so that a renewed one needs no restart.
    pub(super) fn options(&self) -> Result<ConnectOptions, BusConfigError> {
        let mut options = ConnectOptions::new().require_tls(self.tls).ignore_discovered_servers();
        if let Some(path) = &self.nkey_file {
            options = options.nkey(read_seed(path)?.trim().to_owned());
        }
        if let Some(path) = &self.ca_file {
            options = options.add_root_certificates(path.clone());
        }
        if let (Some(certificate), Some(key)) = (&self.certificate_file, &self.certificate_key_file) {
            options = options.add_client_certificate(certificate.clone(), key.clone());
        }
        Ok(options)
    }
}

fn read_seed(path: &Path) -> Result<Zeroizing<String>, BusConfigError> {
    let trouble = |source| BusConfigError::SeedFile { path: path.to_owned(), source };
    let text = Zeroizing::new(fs::read_to_string(path).map_err(trouble)?);
    // A service manager may hand its credential over with the group's read bit; never with others'.
    if fs::metadata(path).map_err(trouble)?.permissions().mode() & 0o027 != 0 {
        return Err(BusConfigError::SeedExposed(path.to_owned()));
    }
    match public_key(&text) {
        Some(key) if key.starts_with('U') => Ok(text),
        _ => Err(BusConfigError::Seed(path.to_owned())),
    }
}

/// A new secret seed for one machine; `None` on a machine without chance.
pub fn fresh_seed() -> Option<Zeroizing<String>> {
    KeyPair::new_user().seed().ok().map(Zeroizing::new)
}

/// What the servers' configuration must hold for a seed; `None` for what is no seed.
pub fn public_key(seed: &str) -> Option<String> {
    KeyPair::from_seed(seed.trim()).ok().map(|pair| pair.public_key())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(toml: &str, expected: Option<&str>) {
        let outcome = toml::from_str::<BusConfig>(toml)
            .map_err(|error| error.message().to_owned())
            .and_then(|config| config.checked().map_err(|error| error.to_string()));
        match expected {
            None => assert!(outcome.is_ok(), "{toml}: {outcome:?}"),
            Some(part) => assert!(outcome.as_ref().is_err_and(|text| text.contains(part)), "{toml}: {outcome:?}"),
        }
    }

    #[test]
    fn settings_are_checked() {
        check("", None);
        check("servers = ['tls://a:4222', 'tls://b:4222']", None);
        check("servers = []", Some("servers"));
        check("servers = ['http://a']", Some("servers"));
        check("receipt_ms_max = 0", Some("receipt_ms_max"));
        check("certificate_file = '/a'", Some("go together"));
        check("nkey_file = '/nowhere/seed'", Some("/nowhere/seed"));
        check("sevrers = []", Some("unknown field `sevrers`"));
    }

    #[test]
    fn a_seed_is_the_owners_alone_and_a_users() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("seed");
        let with = |text: &str, mode| {
            fs::write(&path, text).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            format!("nkey_file = '{}'", path.display())
        };
        let seed = fresh_seed().unwrap();
        check(&with(&format!("{}\n", *seed), 0o600), None);
        check(&with(&seed, 0o644), Some("chmod 600"));
        check(&with("SUAM", 0o600), Some("does not hold the seed"));
        check(&with(&KeyPair::new_account().seed().unwrap(), 0o600), Some("does not hold the seed"));
    }

    #[test]
    fn a_name_never_widens_a_subject() {
        for (province, number, fits) in
            [("37", "1002A003", true), ("37", "*", false), ("3.7", "1", false), ("37", "", false)]
        {
            assert_eq!(KioskName::new(province, number).is_ok(), fits, "{province} {number}");
        }
    }
}
