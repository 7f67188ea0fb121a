//! The filing profile's bytes: field names are those of the filing record `out_appy_d`, as far as it has them.
//!
//! Three are the profile's own, since a record has no place for them: `appy_no` (our number of the request), `oprt_type`
//! (1 file, 2 cancel, 3 extend) and `cmt_*` (the commitment). Codes of `rloc_rea` are not published nationally; the
//! profile counts the categories in the order of the annex, article 7.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::client::certificate_kind;
use super::wire::{ROWS_MAX, Text, certificate, day, field, output};
use crate::domain::filing::{
    Agent, Category, FamilyMember, FiledRecord, FiledStatus, FilingAction, FilingRequest, Grounds, NewFiling, Period,
    PhoneNumber, PhoneOnRecord, PlatformFilings, Relation, SERIAL_CHARS_MAX,
};
use crate::domain::{AreaCode, PersonName, ProjectNumber};
use crate::places::{Places, SiteAreas};
use crate::platform::{PlatformError, RefusalText, Standing};

/// A question about a person, or about one request of theirs.
#[derive(Serialize, Zeroize, ZeroizeOnDrop)]
pub(super) struct Question {
    #[serde(skip_serializing_if = "String::is_empty")]
    psn_no: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    appy_no: String,
}

impl Question {
    /// Person number as [`crate::domain::PersonRecord`] has it, without its area.
    pub(super) fn about(person_number: &str, request: Option<&ProjectNumber>) -> Self {
        let (psn_no, _) = split(person_number);
        Self { psn_no: psn_no.to_owned(), appy_no: request.map_or_else(String::new, |n| n.as_str().to_owned()) }
    }
}

/// Number and insured area of a `person_number`.
pub(super) fn split(person_number: &str) -> (&str, &str) {
    person_number.split_once('@').unwrap_or((person_number, ""))
}

/// One request. Fields that do not apply are left out.
#[derive(Default, Serialize, Zeroize, ZeroizeOnDrop)]
pub(super) struct Row {
    appy_no: String,
    oprt_type: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    psn_no: String,
    psn_cert_type: String,
    certno: String,
    psn_name: String,
    insutype: String,
    insu_admdvs: String,
    appy_time: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    trt_dcla_detl_sn: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    rloc_rea: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    rloc_admdvs: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    begndate: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    enddate: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    tel: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    resout_addr: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    cmt_ver: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    cmt_cont: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    cmt_time: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    refl_no: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    trafout_fixmedins_name: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    agnter_name: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    agnter_cert_type: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    agnter_certno: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    agnter_tel: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    agnter_rlts: String,
}

impl Row {
    /// Destinations are written in the platform's own codes.
    pub(super) fn of(request: &FilingRequest, areas: &SiteAreas) -> Self {
        let mut row = Self::default();
        row.appy_no = request.number.as_str().to_owned();
        row.psn_no = split(&request.person_number).0.to_owned();
        row.psn_cert_type = certificate_kind(request.certificate.expose()).to_owned();
        row.certno = request.certificate.expose().to_owned();
        row.psn_name = request.name.to_text();
        row.insutype = request.insurance.code().to_owned();
        row.insu_admdvs = request.insured_area.as_str().to_owned();
        row.appy_time = request.at.strftime("%Y-%m-%d %H:%M:%S").to_string();
        match &request.action {
            FilingAction::File(new) => row.file(new, areas),
            FilingAction::Cancel { serial } => {
                row.oprt_type = "2".to_owned();
                row.trt_dcla_detl_sn.clone_from(serial);
            }
            FilingAction::Extend { serial, until } => {
                row.oprt_type = "3".to_owned();
                row.trt_dcla_detl_sn.clone_from(serial);
                row.enddate = until.to_string();
            }
        }
        if let Some(agent) = &request.agent {
            row.by(agent);
        }
        row
    }

    fn file(&mut self, new: &NewFiling, areas: &SiteAreas) {
        self.oprt_type = "1".to_owned();
        self.trt_dcla_detl_sn = new.replaces.clone().unwrap_or_default();
        self.rloc_rea = category_code(new.category).to_owned();
        let place = Places::national().find(&new.destination);
        self.rloc_admdvs = place.map_or(&new.destination, |place| areas.code_of(place)).as_str().to_owned();
        self.begndate = new.period.begin.to_string();
        self.enddate = new.period.end.map_or_else(String::new, |end| end.to_string());
        self.tel = new.phone.expose().to_owned();
        self.resout_addr = new.address.clone().unwrap_or_default();
        match &new.grounds {
            Grounds::Nothing => {}
            Grounds::Commitment(commitment) => {
                self.cmt_ver.clone_from(&commitment.version);
                self.cmt_cont.clone_from(&commitment.text);
                self.cmt_time = commitment.accepted.strftime("%Y-%m-%d %H:%M:%S").to_string();
            }
            Grounds::Referral(referral) => {
                self.refl_no.clone_from(&referral.number);
                self.trafout_fixmedins_name.clone_from(&referral.hospital);
            }
        }
    }

    fn by(&mut self, agent: &Agent) {
        self.agnter_name = agent.name.to_text();
        self.agnter_cert_type = certificate_kind(agent.certificate.expose()).to_owned();
        self.agnter_certno = agent.certificate.expose().to_owned();
        let own = agent.phone.as_ref().map(|phone| phone.expose().to_owned());
        self.agnter_tel = own.unwrap_or_else(|| self.tel.clone());
        self.agnter_rlts = relation_code(agent.relation).to_owned();
    }
}

fn category_code(category: Category) -> &'static str {
    match category {
        Category::RetiredResettled => "1",
        Category::LongTermResident => "2",
        Category::LongTermWorker => "3",
        Category::Referred => "4",
        Category::Emergency => "5",
        Category::OtherTemporary => "6",
    }
}

fn relation_code(relation: Relation) -> &'static str {
    match relation {
        Relation::Spouse => "1",
        Relation::Child => "2",
        Relation::Parent => "3",
        Relation::OtherRelative => "4",
        Relation::Other => "9",
    }
}

/// The answer to the question for a person's filings.
///
/// # Errors
/// As the other readers of this interface.
pub(super) fn read_filings(bytes: &[u8]) -> Result<PlatformFilings, PlatformError> {
    let output: FilingsOutput = output(bytes)?;
    let rows = output.outappy.unwrap_or_default();
    if rows.len() > ROWS_MAX {
        return Err(field("outappy"));
    }
    let mut filings = rows.iter().map(filed).collect::<Result<Vec<_>, _>>()?;
    filings.sort_by_key(|filing| std::cmp::Reverse((filing.filed, filing.serial.clone())));
    let phone = PhoneNumber::parse(output.tel.0.trim()).ok();
    let phone = phone.map(|number| PhoneOnRecord { number, changed: day(&output.tel_chg_date.0) });
    Ok(PlatformFilings { filings, phone })
}

fn filed(row: &FiledRow) -> Result<FiledRecord, PlatformError> {
    let category = Category::ALL.into_iter().find(|category| category_code(*category) == row.rloc_rea.0);
    let status = match row.fil_stas.0.as_str() {
        "1" => FiledStatus::Valid,
        "2" => FiledStatus::Pending,
        "3" => FiledStatus::Expired,
        "0" => FiledStatus::Cancelled,
        _ => return Err(field("fil_stas")),
    };
    Ok(FiledRecord {
        serial: serial(&row.trt_dcla_detl_sn)?,
        request: Some(&row.appy_no.0).filter(|no| !no.is_empty()).map(ProjectNumber::from_stored),
        category: category.ok_or_else(|| field("rloc_rea"))?,
        destination: AreaCode::parse(&row.rloc_admdvs.0).ok_or_else(|| field("rloc_admdvs"))?,
        period: Period { begin: day(&row.begndate.0).ok_or_else(|| field("begndate"))?, end: end(&row.enddate)? },
        status,
        filed: day(&row.opt_time.0).ok_or_else(|| field("opt_time"))?,
        used: row.used_flag.0 == "1",
    })
}

/// Empty is 长期; platforms also write the last day of all time.
fn end(text: &Text) -> Result<Option<Date>, PlatformError> {
    match text.0.as_str() {
        "" => Ok(None),
        far if far.starts_with("9999") || far.starts_with("2099") => Ok(None),
        other => day(other).map(Some).ok_or_else(|| field("enddate")),
    }
}

fn serial(text: &Text) -> Result<String, PlatformError> {
    let fits = !text.0.is_empty() && text.0.len() <= SERIAL_CHARS_MAX && text.0.bytes().all(|b| b.is_ascii_graphic());
    if fits { Ok(text.0.clone()) } else { Err(field("trt_dcla_detl_sn")) }
}

/// The answer to the question for the family account.
///
/// # Errors
/// As the other readers of this interface.
pub(super) fn read_family(bytes: &[u8]) -> Result<Vec<FamilyMember>, PlatformError> {
    let output: FamilyOutput = output(bytes)?;
    let rows = output.family.unwrap_or_default();
    if rows.len() > ROWS_MAX {
        return Err(field("family"));
    }
    rows.iter().map(member).collect()
}

fn member(row: &MemberRow) -> Result<FamilyMember, PlatformError> {
    let relation = Relation::ALL.into_iter().find(|relation| relation_code(*relation) == row.rlts.0);
    Ok(FamilyMember {
        person_number: format!("{}@{}", row.psn_no.0, row.insu_admdvs.0),
        name: PersonName::from_text(&row.psn_name.0),
        certificate: certificate(&row.certno.0)?,
        relation: relation.unwrap_or(Relation::Other),
        bound: day(&row.bind_date.0).ok_or_else(|| field("bind_date"))?,
    })
}

/// The answer to a request that was sent.
///
/// # Errors
/// As the other readers of this interface.
pub(super) fn read_submitted(bytes: &[u8]) -> Result<Standing, PlatformError> {
    standing(&output::<StandingOutput>(bytes)?.result.ok_or_else(|| field("result"))?)
}

/// The answer to the question where a request stands.
///
/// # Errors
/// As the other readers of this interface.
pub(super) fn read_found(bytes: &[u8]) -> Result<Option<Standing>, PlatformError> {
    output::<StandingOutput>(bytes)?.result.as_ref().map(standing).transpose()
}

fn standing(row: &StandingRow) -> Result<Standing, PlatformError> {
    match row.rslt.0.as_str() {
        "1" => serial(&row.trt_dcla_detl_sn).map(Standing::Done),
        "2" => Ok(Standing::Pending),
        "0" => Ok(Standing::Rejected(RefusalText::new(row.rslt_desc.0.clone()))),
        _ => Err(field("rslt")),
    }
}

#[derive(Deserialize)]
struct FilingsOutput {
    outappy: Option<Vec<FiledRow>>,
    #[serde(default)]
    tel: Text,
    #[serde(default)]
    tel_chg_date: Text,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct FiledRow {
    trt_dcla_detl_sn: Text,
    appy_no: Text,
    rloc_rea: Text,
    rloc_admdvs: Text,
    begndate: Text,
    enddate: Text,
    fil_stas: Text,
    opt_time: Text,
    used_flag: Text,
}

#[derive(Deserialize)]
struct FamilyOutput {
    family: Option<Vec<MemberRow>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct MemberRow {
    psn_no: Text,
    insu_admdvs: Text,
    psn_name: Text,
    certno: Text,
    rlts: Text,
    bind_date: Text,
}

#[derive(Deserialize)]
struct StandingOutput {
    /// Required: an answer without it says nothing about the request.
    #[serde(deserialize_with = "Option::deserialize")]
    result: Option<StandingRow>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct StandingRow {
    rslt: Text,
    trt_dcla_detl_sn: Text,
    rslt_desc: Text,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn answer(output: &serde_json::Value) -> Vec<u8> {
        json!({"infcode": "0", "output": output}).to_string().into_bytes()
    }

    #[test]
    fn says_where_a_request_stands() {
        let check = |output: serde_json::Value, expected: Result<Option<Standing>, PlatformError>| {
            assert_eq!(read_found(&answer(&output)), expected, "{output}");
        };
        let done = Standing::Done("B20261121000001".into());
        check(json!({"result": {"rslt": 1, "trt_dcla_detl_sn": "B20261121000001"}}), Ok(Some(done)));
        check(json!({"result": {"rslt": "2"}}), Ok(Some(Standing::Pending)));
        check(json!({"result": null}), Ok(None));
        // Neither is “there is none”: taking it for that would file twice.
        check(json!({}), Err(field("output")));
        check(json!({"result": {"rslt": "1", "trt_dcla_detl_sn": ""}}), Err(field("trt_dcla_detl_sn")));
        check(json!({"result": {}}), Err(field("rslt")));
        assert_eq!(read_submitted(&answer(&json!({"result": null}))), Err(field("result")));
    }

    #[test]
    fn reads_filings_latest_first() {
        let row = |serial: &str, filed: &str, end: &str| {
            json!({"trt_dcla_detl_sn": serial, "rloc_rea": "6", "rloc_admdvs": "110000", "begndate": "2026-01-01",
                "enddate": end, "fil_stas": "1", "opt_time": filed, "used_flag": "0"})
        };
        let rows = [row("B1", "2025-01-01", "9999-12-31"), row("B2", "2026-01-01 08:00:00", "2026-06-30")];
        let told = read_filings(&answer(&json!({"outappy": rows, "tel": "13800000001", "tel_chg_date": "2026-11-01"})));
        let told = told.unwrap();
        assert_eq!(told.filings.iter().map(|filing| filing.serial.as_str()).collect::<Vec<_>>(), ["B2", "B1"]);
        assert_eq!(told.filings[1].period.end, None);
        assert_eq!(told.phone.unwrap().changed, day("2026-11-01"));
        let mut odd = row("B1", "2025-01-01", "");
        odd["rloc_rea"] = json!("77");
        assert_eq!(read_filings(&answer(&json!({"outappy": [odd]}))), Err(field("rloc_rea")));
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = (read_filings(&bytes), read_family(&bytes), read_found(&bytes), read_submitted(&bytes));
        }
    }
}
