//! The stand: an embedded platform and emulated devices behind the same paths and addresses as real ones.

use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::device::id_reader::emulator::IdReaderEmulator;
use crate::device::id_reader::image::{CardFields, CardImage};
use crate::device::scanner::emulator::ScannerEmulator;
use crate::domain::{DeviceKind, Expiry, PersonName};
use crate::maintenance::config::{Config, ConfigError};
use crate::platform::embedded::{self, EmbeddedOptions, EmbeddedPlatform, Fault, Person};

const TEMPLATE: &str = include_str!("embedded.toml");
/// Enough to choose from on the dock.
const CARDS_MAX: usize = 12;

/// A running stand.
pub struct Stand {
    tokio: tokio::runtime::Runtime,
    platform: EmbeddedPlatform,
    id_reader: IdReaderEmulator,
    scanner: ScannerEmulator,
    links: TempDir,
    data: PathBuf,
}

impl Stand {
    /// Starts platform and devices. What the platform accepts is kept under `data`, beside the kiosk's ledger.
    ///
    /// # Errors
    /// When no port, no pseudo-terminal or no folder can be had.
    pub fn start(data: &Path) -> io::Result<Self> {
        std::fs::create_dir_all(data)?;
        let tokio = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let options = EmbeddedOptions { store: Some(data.join("province.jsonl")), ..EmbeddedOptions::default() };
        let platform = tokio.block_on(embedded::start(options))?;
        let links = tempfile::Builder::new().prefix("yibao-kiosk-").tempdir()?;
        let id_reader = IdReaderEmulator::start(&links.path().join("id-reader"))?;
        let scanner = ScannerEmulator::start(&links.path().join("scanner"))?;
        Ok(Self { tokio, platform, id_reader, scanner, links, data: data.to_owned() })
    }

    /// The configuration that reaches this stand.
    ///
    /// # Errors
    /// Only if the built-in template is wrong, which a test rules out.
    pub fn config(&self) -> Result<Config, ConfigError> {
        let values = [
            ("{base}", self.platform.base_url()),
            ("{paasid}", embedded::PAASID.into()),
            ("{secret}", embedded::SECRET.into()),
            ("{app_mark}", embedded::APP_MARK.into()),
            ("{app_word}", embedded::APP_WORD.into()),
            ("{data}", self.data.display().to_string()),
            ("{links}", self.links.path().display().to_string()),
        ];
        let filled = values.iter().fold(TEMPLATE.to_owned(), |text, (place, value)| text.replace(place, value));
        Config::parse(&filled)
    }

    /// The platform, for looking into its book.
    pub fn platform(&self) -> &EmbeddedPlatform {
        &self.platform
    }

    /// People worth laying a card of, with a few words about each.
    pub fn people(&self) -> Vec<(usize, String)> {
        let mut people: Vec<(usize, String)> = Vec::new();
        for person in self.platform.population().people() {
            let label = person.label();
            let kind = label.split(' ').next().unwrap_or_default();
            let shown = people.iter().filter(|(_, other)| other.starts_with(kind)).count();
            if shown < 2 && people.len() < CARDS_MAX {
                people.push((person.index, label));
            }
        }
        people
    }

    /// Lays a person's card on the reader; `false` if there is no such person.
    pub fn lay(&self, index: usize) -> bool {
        let person = self.platform.population().people().get(index);
        if let Some(person) = person {
            self.id_reader.lay(card_of(person));
        }
        person.is_some()
    }

    /// Takes the card away.
    pub fn lift(&self) {
        self.id_reader.lift();
    }

    /// Holds a person's fresh e-voucher before the scanner; `false` if there is no such person.
    pub fn show(&self, index: usize) -> bool {
        let voucher = self.platform.fresh_voucher(index);
        if let Some(voucher) = &voucher {
            self.scanner.show(voucher);
        }
        voucher.is_some()
    }

    /// Holds something before the scanner that is no e-voucher.
    pub fn show_other(&self) {
        self.scanner.show("6901234567892");
    }

    /// Pulls a device's plug or puts it back.
    pub fn plug(&self, device: DeviceKind, plugged: bool) {
        match (device, plugged) {
            (DeviceKind::IdReader, true) => self.id_reader.replug(),
            (DeviceKind::IdReader, false) => self.id_reader.unplug(),
            (DeviceKind::Scanner, true) => self.scanner.replug(),
            (DeviceKind::Scanner, false) => self.scanner.unplug(),
        }
    }

    /// Takes the platform away or brings it back.
    pub fn platform_up(&self, up: bool) {
        let faults = self.platform.faults();
        if up { faults.clear() } else { faults.set(Fault::Down) }
    }
}

impl Drop for Stand {
    fn drop(&mut self) {
        self.tokio.block_on(self.platform.stop());
    }
}

/// The card a person of the population carries.
pub fn card_of(person: &Person) -> CardImage {
    let resident = CardFields::resident(&person.name, &person.number);
    let fields = CardFields {
        layout: person.layout,
        name: PersonName::from_text(&person.name),
        latin_name: person.foreign_name.unwrap_or_default().to_owned(),
        sex: person.sex,
        nation: person.nation.parse().unwrap_or(resident.nation),
        birth: person.birth,
        address: person.address.clone(),
        issuer: person.issuer.to_owned(),
        valid_from: person.valid_from,
        expiry: person.valid_to.map_or(Expiry::LongTerm, Expiry::On),
        nationality: person.nationality.unwrap_or("AUS").to_owned(),
        pass_number: person.permit_number.clone().unwrap_or_default(),
        ..resident
    };
    fields.image().labelled(&person.label())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_is_a_right_configuration() {
        let folder = tempfile::tempdir().unwrap();
        let stand = Stand::start(folder.path()).unwrap();
        let config = stand.config().unwrap();
        assert_eq!(config.session.questionnaires.len(), 1);
        assert!(stand.people().len() >= 6, "{:?}", stand.people());
    }
}
