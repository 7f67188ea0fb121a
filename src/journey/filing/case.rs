//! What a filing in the making knows: who stands here, who is insured, what is on record, what was answered so far.
//!
//! It lives in memory alone; leaving the journey drops it, and dropping wipes it.

use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;
use zeroize::Zeroize;

use super::submit::Outgoing;
use crate::domain::filing::{
    Category, CategoryRule, Commitment, FiledRecord, FiledStatus, FilingPolicy, FilingsOnRecord, Period, PhoneNumber,
    PhoneOnRecord, Referral, Relation, TravelReason, calendar,
};
use crate::domain::{
    AccountStatus, AreaCode, CertificateNumber, InsuranceType, PersonName, PersonRecord, ProjectNumber, Service,
};
use crate::journey::finding::{Spot, insured_area_name, prefecture};
use crate::journey::secret::Secret;
use crate::session::guest::Guest;
use crate::session::{Dwelling, PersonKey, SessionConfig};

/// One insurance a filing can be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Insured {
    pub insurance: InsuranceType,
    pub area: AreaCode,
    pub area_name: String,
    /// 参保地 as a place of the picker: nobody files to where they are insured.
    home: AreaCode,
}

/// The insured person.
pub(crate) struct Subject {
    person_number: String,
    pub(super) name: PersonName,
    pub(super) certificate: CertificateNumber,
    /// What a filing can be about. Where the platform is away these are guesses, and the resident chooses.
    pub(super) insured: Vec<Insured>,
}

impl Subject {
    /// As the platform knows them: insurances in force that pay for treatment.
    pub fn known(record: &PersonRecord, config: &SessionConfig) -> Self {
        let pays = |insurance| {
            use InsuranceType::{Employee, Resident, RetiredCadre};
            matches!(insurance, Employee | Resident | RetiredCadre)
        };
        let accounts = record.accounts.iter().filter(|a| a.status == AccountStatus::Active && pays(a.insurance));
        let insured = accounts.map(|account| {
            let area = account.area.clone().unwrap_or_else(|| config.own_area.clone());
            let home = prefecture(&area, &config.areas);
            Insured { insurance: account.insurance, area, area_name: account.area_name.clone(), home }
        });
        Self {
            person_number: record.person_number.clone(),
            name: record.name.clone(),
            certificate: record.number.clone(),
            insured: insured.collect(),
        }
    }

    /// As their card alone tells. The platform will know their number by the certificate; the insured area can only
    /// be this kiosk's own, and is said to be.
    pub fn by_card(name: PersonName, certificate: CertificateNumber, config: &SessionConfig) -> Self {
        let area = &config.own_area;
        let insured = [InsuranceType::Employee, InsuranceType::Resident].map(|insurance| Insured {
            insurance,
            area: area.clone(),
            area_name: insured_area_name(area, &config.areas),
            home: prefecture(area, &config.areas),
        });
        Self { person_number: String::new(), name, certificate, insured: insured.to_vec() }
    }

    pub fn key(&self) -> PersonKey {
        PersonKey { person_number: self.person_number.clone(), certificate: self.certificate.clone() }
    }
}

impl Drop for Subject {
    fn drop(&mut self) {
        self.person_number.zeroize();
    }
}

impl fmt::Debug for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Subject(…)")
    }
}

/// What makes the visitor somebody who helps.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Helper {
    /// Known from the family account, else asked.
    pub relation: Option<Relation>,
}

/// First day, and how many months; none for 长期有效.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dated {
    pub begin: Date,
    pub months: Option<u8>,
}

impl Dated {
    pub fn period(self) -> Period {
        Period { begin: self.begin, end: self.months.map(|months| calendar::last_day(self.begin, months)) }
    }
}

/// What was answered so far.
#[derive(Default)]
pub(super) struct Draft {
    pub insured: Option<Insured>,
    pub reason: Option<TravelReason>,
    pub referral: Option<Referral>,
    pub destination: Option<Spot>,
    pub dwelling: Option<Dwelling>,
    pub address: Option<Secret>,
    pub dated: Option<Dated>,
    pub phone: Option<PhoneNumber>,
    /// The category whose notice was read.
    pub told: Option<Category>,
    /// Serial of the filing that gives way.
    pub replaces: Option<String>,
    pub promise: Option<Commitment>,
}

impl fmt::Debug for Draft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Draft(…)")
    }
}

/// One filing in the making.
#[derive(Debug)]
pub(super) struct Case {
    pub service: Service,
    pub policy: Arc<FilingPolicy>,
    /// Who stands here.
    pub visitor: Guest,
    /// Who is insured.
    pub subject: Subject,
    pub helper: Option<Helper>,
    pub on_record: FilingsOnRecord,
    pub draft: Draft,
    /// Came back from the review to change something.
    pub changing: bool,
    /// Nobody on the phone told them to: asked and answered.
    pub guarded: bool,
    /// Names the request from the first try on.
    pub number: Option<ProjectNumber>,
    /// On its way to the disk, or perhaps there.
    pub outgoing: Option<Outgoing>,
    /// Screens shown so far, so that a new one is known as new.
    pub turns: u32,
}

impl Case {
    pub fn new(
        service: Service,
        visitor: Guest,
        subject: Subject,
        helper: Option<Helper>,
        policy: Arc<FilingPolicy>,
    ) -> Self {
        let mut draft = Draft::default();
        if let [only] = &subject.insured[..] {
            draft.insured = Some(only.clone());
        }
        Self {
            service,
            policy,
            visitor,
            subject,
            helper,
            on_record: FilingsOnRecord::default(),
            draft,
            changing: false,
            guarded: false,
            number: None,
            outgoing: None,
            turns: 0,
        }
    }

    pub fn category(&self) -> Option<Category> {
        self.draft.reason.map(TravelReason::category)
    }

    pub fn rule(&self) -> Option<&CategoryRule> {
        self.policy.rule(self.category()?)
    }

    pub fn insured(&self) -> Option<&Insured> {
        self.draft.insured.as_ref().or(self.subject.insured.first())
    }

    /// 参保地 as a place of the picker.
    pub fn home(&self) -> Option<AreaCode> {
        self.insured().map(|insured| insured.home.clone())
    }

    pub fn period(&self) -> Option<Period> {
        self.draft.dated.map(Dated::period)
    }

    pub fn phone_on_record(&self) -> Option<&PhoneOnRecord> {
        self.on_record.platform.as_ref()?.phone.as_ref()
    }

    /// Filings on the platform, latest first.
    pub fn filed(&self) -> &[FiledRecord] {
        self.on_record.platform.as_ref().map(|platform| &platform.filings[..]).unwrap_or_default()
    }

    /// Filings that share a day with the new one.
    pub fn conflicts(&self) -> Vec<&FiledRecord> {
        let Some(period) = self.period() else { return Vec::new() };
        let holds = |status| matches!(status, FiledStatus::Valid | FiledStatus::Pending);
        self.filed().iter().filter(|filed| holds(filed.status) && filed.period.overlaps(&period)).collect()
    }

    /// From when a filing on record may be changed or cancelled.
    pub fn changeable_from(&self, filed: &FiledRecord) -> Date {
        let months = self.policy.rule(filed.category).map_or(0, |rule| rule.months_before_change.value);
        calendar::changeable_from(filed.filed, months)
    }

    /// Whether one may be cancelled or give way today.
    pub fn changeable(&self, filed: &FiledRecord, today: Date) -> bool {
        let rule = self.policy.rule(filed.category);
        let used_up = filed.used && !rule.is_some_and(|rule| rule.cancel_when_used.value);
        let holds = matches!(filed.status, FiledStatus::Valid | FiledStatus::Pending);
        holds && !used_up && today >= self.changeable_from(filed)
    }

    /// The new last day, where one may be extended today.
    pub fn extendable(&self, filed: &FiledRecord, today: Date) -> Option<Date> {
        let rule = self.policy.rule(filed.category)?;
        let (end, months, within) = (filed.period.end?, rule.months()?, rule.extend_within_days.as_ref()?);
        let soon = calendar::first_days(today, 0, within.value).contains(&end);
        (filed.status == FiledStatus::Valid && soon).then(|| calendar::extended_until(end, months.default))
    }

    /// Whether one calm question stands before submitting: somebody else's card, or something that changed lately.
    pub fn guard_due(&self, today: Date) -> bool {
        let lately = calendar::first_days(today, self.policy.scam_guard_days.value, 0);
        let changed = |day: Option<Date>| day.is_some_and(|day| lately.contains(&day));
        let other_phone = match (self.phone_on_record(), &self.draft.phone) {
            (Some(known), Some(given)) => known.number != *given,
            _ => false,
        };
        let phone_changed = self.phone_on_record().is_some_and(|phone| changed(phone.changed));
        !self.guarded && (self.helper.is_some() || other_phone || phone_changed)
    }
}
