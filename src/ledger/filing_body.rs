//! The JSON body of a filing request. It wipes itself; nothing of it stays once the platform has answered.

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::domain::filing::{
    Agent, Category, Commitment, FilingAction, FilingRequest, Grounds, NewFiling, Period, PhoneNumber, Referral,
    Relation, TravelReason,
};
use crate::domain::{AreaCode, CertificateNumber, InsuranceType, PersonName, ProjectNumber};

/// A request as it is stored. Exactly one of `file`, `cancel` and `extend` is there.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub(super) struct FilingBody {
    person: String,
    name: String,
    certificate: String,
    insurance: String,
    area: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    file: Option<FileBody>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cancel: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    extend: Option<ExtendBody>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    agent: Option<AgentBody>,
    #[zeroize(skip)]
    at: DateTime,
}

#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
struct FileBody {
    #[zeroize(skip)]
    reason: TravelReason,
    #[zeroize(skip)]
    category: Category,
    destination: String,
    #[zeroize(skip)]
    period: Period,
    phone: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    address: Option<String>,
    #[zeroize(skip)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    commitment: Option<Commitment>,
    /// Number and hospital.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    referral: Option<(String, String)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    replaces: Option<String>,
}

#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
struct ExtendBody {
    serial: String,
    #[zeroize(skip)]
    until: Date,
}

#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
struct AgentBody {
    name: String,
    certificate: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    phone: Option<String>,
    #[zeroize(skip)]
    relation: Relation,
}

impl FilingBody {
    /// Takes a request apart.
    pub(super) fn of(request: &FilingRequest) -> Self {
        let (file, cancel, extend) = match &request.action {
            FilingAction::File(new) => (Some(FileBody::of(new)), None, None),
            FilingAction::Cancel { serial } => (None, Some(serial.clone()), None),
            FilingAction::Extend { serial, until } => {
                (None, None, Some(ExtendBody { serial: serial.clone(), until: *until }))
            }
        };
        Self {
            person: request.person_number.clone(),
            name: request.name.to_text(),
            certificate: request.certificate.expose().to_owned(),
            insurance: request.insurance.code().to_owned(),
            area: request.insured_area.as_str().to_owned(),
            file,
            cancel,
            extend,
            agent: request.agent.as_ref().map(AgentBody::of),
            at: request.at,
        }
    }

    /// Puts the request together again; `None` for what no version of this program wrote.
    pub(super) fn into_request(mut self, number: ProjectNumber) -> Option<FilingRequest> {
        let action = match (&self.file, &mut self.cancel, &mut self.extend) {
            (Some(file), None, None) => FilingAction::File(Box::new(file.filing()?)),
            (None, Some(serial), None) => FilingAction::Cancel { serial: std::mem::take(serial) },
            (None, None, Some(extend)) => {
                FilingAction::Extend { serial: std::mem::take(&mut extend.serial), until: extend.until }
            }
            _ => return None,
        };
        let agent = match &self.agent {
            Some(agent) => Some(agent.agent()?),
            None => None,
        };
        Some(FilingRequest {
            number,
            person_number: std::mem::take(&mut self.person),
            name: PersonName::from_text(&self.name),
            certificate: certificate(&self.certificate)?,
            insurance: InsuranceType::from_code(&self.insurance),
            insured_area: AreaCode::parse(&self.area)?,
            action,
            agent,
            at: self.at,
        })
    }
}

impl FileBody {
    fn of(new: &NewFiling) -> Self {
        let (commitment, referral) = match &new.grounds {
            Grounds::Nothing => (None, None),
            Grounds::Commitment(commitment) => (Some(commitment.clone()), None),
            Grounds::Referral(referral) => (None, Some((referral.number.clone(), referral.hospital.clone()))),
        };
        Self {
            reason: new.reason,
            category: new.category,
            destination: new.destination.as_str().to_owned(),
            period: new.period,
            phone: new.phone.expose().to_owned(),
            address: new.address.clone(),
            commitment,
            referral,
            replaces: new.replaces.clone(),
        }
    }

    fn filing(&self) -> Option<NewFiling> {
        let grounds = match (&self.commitment, &self.referral) {
            (None, None) => Grounds::Nothing,
            (Some(commitment), None) => Grounds::Commitment(commitment.clone()),
            (None, Some((number, hospital))) => {
                Grounds::Referral(Referral { number: number.clone(), hospital: hospital.clone() })
            }
            (Some(_), Some(_)) => return None,
        };
        Some(NewFiling {
            reason: self.reason,
            category: self.category,
            destination: AreaCode::parse(&self.destination)?,
            period: self.period,
            phone: PhoneNumber::parse(&self.phone).ok()?,
            address: self.address.clone(),
            grounds,
            replaces: self.replaces.clone(),
        })
    }
}

impl AgentBody {
    fn of(agent: &Agent) -> Self {
        Self {
            name: agent.name.to_text(),
            certificate: agent.certificate.expose().to_owned(),
            phone: agent.phone.as_ref().map(|phone| phone.expose().to_owned()),
            relation: agent.relation,
        }
    }

    fn agent(&self) -> Option<Agent> {
        let phone = match &self.phone {
            Some(phone) => Some(PhoneNumber::parse(phone).ok()?),
            None => None,
        };
        Some(Agent {
            name: PersonName::from_text(&self.name),
            certificate: certificate(&self.certificate)?,
            phone,
            relation: self.relation,
        })
    }
}

fn certificate(text: &str) -> Option<CertificateNumber> {
    CertificateNumber::parse(text).or_else(|_| CertificateNumber::parse_foreign_2017(text)).ok()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::domain::Entry;
    use crate::ledger::row::{Class, decode, encode};
    use jiff::civil::date;

    /// An invented person's number.
    pub(in crate::ledger) fn invented(serial: u32) -> CertificateNumber {
        let number = CertificateNumber::complete(&format!("37100219480315{serial:03}")).unwrap();
        CertificateNumber::parse(&number).unwrap()
    }

    pub(in crate::ledger) fn request(number: &str, action: FilingAction, agent: Option<Agent>) -> FilingRequest {
        FilingRequest {
            number: ProjectNumber::from_stored(number),
            person_number: "3710@371002".into(),
            name: PersonName::from_text("张试"),
            certificate: invented(123),
            insurance: InsuranceType::Employee,
            insured_area: AreaCode::parse("371002").unwrap(),
            action,
            agent,
            at: date(2026, 3, 9).at(9, 5, 7, 0),
        }
    }

    pub(in crate::ledger) fn new_filing(grounds: Grounds) -> FilingAction {
        FilingAction::File(Box::new(NewFiling {
            reason: TravelReason::WithChildren,
            category: Category::LongTermResident,
            destination: AreaCode::parse("310000").unwrap(),
            period: Period { begin: date(2026, 3, 10), end: None },
            phone: PhoneNumber::parse("13800000001").unwrap(),
            address: Some("试路1号".into()),
            grounds,
            replaces: None,
        }))
    }

    fn check(request: FilingRequest, json: &str) {
        let entry = Entry::Filing(Box::new(request));
        let parts = encode(&entry);
        let number = invented(123);
        let stored = std::str::from_utf8(&parts.body).unwrap().replace(number.expose(), "#");
        assert_eq!(stored, json, "stored rows must stay readable for ever");
        assert_eq!(decode(Class::Filing, parts.matter.as_str(), &parts.body), Some(entry));
    }

    #[test]
    fn bodies_are_frozen() {
        let at = date(2026, 3, 9).at(9, 5, 0, 0);
        let promise = Commitment { version: "1".into(), text: "我承诺".into(), accepted: at };
        check(
            request("37F1", new_filing(Grounds::Commitment(promise)), None),
            r##"{"person":"3710@371002","name":"张试","certificate":"#","insurance":"310","area":"371002","file":{"reason":"with-children","category":"long-term-resident","destination":"310000","period":{"begin":"2026-03-10","end":null},"phone":"13800000001","address":"试路1号","commitment":{"version":"1","text":"我承诺","accepted":"2026-03-09T09:05:00"}},"at":"2026-03-09T09:05:07"}"##,
        );
        let phone = PhoneNumber::parse("13800000002").ok();
        let agent =
            Agent {
                name: PersonName::from_text("李试"), certificate: invented(123), phone, relation: Relation::Child
            };
        check(
            request("37F2", FilingAction::Cancel { serial: "B1".into() }, Some(agent)),
            r##"{"person":"3710@371002","name":"张试","certificate":"#","insurance":"310","area":"371002","cancel":"B1","agent":{"name":"李试","certificate":"#","phone":"13800000002","relation":"child"},"at":"2026-03-09T09:05:07"}"##,
        );
        check(
            request("37F3", FilingAction::Extend { serial: "B1".into(), until: date(2027, 3, 9) }, None),
            r##"{"person":"3710@371002","name":"张试","certificate":"#","insurance":"310","area":"371002","extend":{"serial":"B1","until":"2027-03-09"},"at":"2026-03-09T09:05:07"}"##,
        );
    }

    #[test]
    fn every_kind_of_grounds_comes_back() {
        let referral = Grounds::Referral(Referral { number: "ZZ-1".into(), hospital: "试医院".into() });
        for grounds in [Grounds::Nothing, referral] {
            let entry = Entry::Filing(Box::new(request("37F4", new_filing(grounds), None)));
            let parts = encode(&entry);
            assert_eq!(decode(Class::Filing, "37F4", &parts.body), Some(entry.clone()));
        }
    }

    #[test]
    fn a_body_that_asks_for_two_things_is_not_read() {
        let entry = Entry::Filing(Box::new(request("37F5", FilingAction::Cancel { serial: "B1".into() }, None)));
        let body = String::from_utf8(encode(&entry).body.to_vec()).unwrap();
        let both = body.replace(r#""cancel""#, r#""extend":{"serial":"B1","until":"2027-03-09"},"cancel""#);
        assert_eq!(decode(Class::Filing, "37F5", both.as_bytes()), None);
    }
}
