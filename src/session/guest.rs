//! The person of a running visit. Everything in here is wiped when it is dropped.

use jiff::civil::DateTime;

use crate::domain::{CertificateNumber, Credential, EVoucher, Entry, IdentityCard, Matter, PersonRecord, Service};

use super::desk::Desk;

/// Who stands here, as far as is known yet.
#[derive(Debug)]
pub(crate) struct Guest {
    pub credential: Credential,
    pub record: Option<Box<PersonRecord>>,
    pub card_expired: bool,
    pub began: DateTime,
}

impl Guest {
    pub fn by_card(card: &IdentityCard, desk: &mut Desk) -> Self {
        desk.remember_visitor(card.number.expose());
        Self {
            credential: Credential::IdCard { name: card.name.clone(), number: card.number.clone() },
            record: None,
            card_expired: card.expired(desk.now.wall.date()),
            began: desk.now.wall,
        }
    }

    pub fn by_voucher(voucher: EVoucher, desk: &mut Desk) -> Self {
        desk.remember_visitor(voucher.expose());
        Self { credential: Credential::EVoucher(voucher), record: None, card_expired: false, began: desk.now.wall }
    }

    /// The platform's answer: from now on a card of the same person is known as theirs.
    pub fn met(mut self, record: Box<PersonRecord>, desk: &mut Desk) -> Self {
        desk.remember_visitor(record.number.expose());
        self.record = Some(record);
        self
    }

    /// 张*华, from the card or else from the platform.
    pub fn masked_name(&self) -> String {
        match (&self.credential, &self.record) {
            (Credential::IdCard { name, .. }, _) => name.masked(),
            (Credential::EVoucher(_), Some(record)) => record.name.masked(),
            (Credential::EVoucher(_), None) => String::new(),
        }
    }

    /// 371002********1234; empty as long as only an opaque voucher is known.
    pub fn masked_number(&self) -> String {
        self.certificate().map(CertificateNumber::masked).unwrap_or_default()
    }

    /// The number, as long as more than an opaque voucher is known.
    pub fn certificate(&self) -> Option<&CertificateNumber> {
        match (&self.credential, &self.record) {
            (Credential::IdCard { number, .. }, _) => Some(number),
            (Credential::EVoucher(_), Some(record)) => Some(&record.number),
            (Credential::EVoucher(_), None) => None,
        }
    }

    /// The finished matter, with its entry on the way to the ledger.
    pub fn finish_matter(&self, service: Service, desk: &mut Desk) -> Matter {
        let matter = Matter { project: desk.new_project(), service, started: self.began, finished: desk.now.wall };
        let name = match (&self.credential, &self.record) {
            (_, Some(record)) => record.name.to_text(),
            (Credential::IdCard { name, .. }, None) => name.to_text(),
            (Credential::EVoucher(_), None) => String::new(),
        };
        let certificate = self.certificate().map(|n| n.expose().to_owned()).unwrap_or_default();
        desk.store(Entry::Service { matter: matter.clone(), name, certificate });
        matter
    }
}
