//! The filing profile, as strict as an office: lists, the family account, and requests with every rule they must keep.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use serde_json::{Map, Value, json};

use super::filing_book::{Deed, Filed, FilingBook};
use super::gate::{check_fields, digits, text};
use super::population::{Person, Population};
use super::server::Shared;
use super::{Fault, Resubmit};
use crate::domain::CertificateNumber;
use crate::domain::filing::PhoneNumber;

/// The transaction that files, cancels and extends; its number for faults.
pub const FILING_SUBMIT: &str = "KX14";

/// The transaction behind an address.
pub(super) fn transaction(path: &str) -> Option<&'static str> {
    match path {
        "/fsi/api/embeddedService/queryFilings" | "/KX11" => Some("KX11"),
        "/fsi/api/embeddedService/queryFamily" | "/KX12" => Some("KX12"),
        "/fsi/api/embeddedService/queryFilingRequest" | "/KX13" => Some("KX13"),
        "/fsi/api/embeddedService/submitFilingRequest" | "/KX14" => Some(FILING_SUBMIT),
        _ => None,
    }
}

type Fields = Map<String, Value>;

/// Does one transaction.
pub(super) fn work(shared: &Shared, transaction: &str, data: &Fields, today: Date) -> Result<Value, String> {
    match transaction {
        "KX11" => list(shared, data, today),
        "KX12" => family(&shared.population, data, today),
        "KX13" => find(shared, data),
        _ => submit(shared, data, today),
    }
}

fn list(shared: &Shared, data: &Fields, today: Date) -> Result<Value, String> {
    check_fields(data, &[("psn_no", 30, true)])?;
    let person = by_person_number(&shared.population, data)?;
    let rows: Vec<_> = shared.filings().of(&person.psn_no).map(|filed| filed.row(today)).collect();
    let changed = phone_changed(person, today).map_or_else(String::new, |day| day.to_string());
    Ok(json!({"outappy": rows, "tel": phone_of(person), "tel_chg_date": changed}))
}

fn family(population: &Population, data: &Fields, today: Date) -> Result<Value, String> {
    check_fields(data, &[("psn_no", 30, true)])?;
    let person = by_person_number(population, data)?;
    let rows: Vec<_> = bound(population, person, today)
        .map(|(other, relation, day)| {
            json!({
                "psn_no": other.psn_no,
                "insu_admdvs": other.insurances.first().map_or("", |insurance| insurance.area),
                "psn_name": other.name,
                "certno": other.number,
                "rlts": relation,
                "bind_date": day.to_string(),
            })
        })
        .collect();
    Ok(json!({"family": rows}))
}

fn find(shared: &Shared, data: &Fields) -> Result<Value, String> {
    check_fields(data, &[("psn_no", 30, false), ("appy_no", 50, true)])?;
    let book = shared.filings();
    Ok(json!({"result": book.answered(text(data, "appy_no")).map(done)}))
}

fn done(serial: &str) -> Value {
    json!({"rslt": "1", "trt_dcla_detl_sn": serial, "rslt_desc": ""})
}

const NOBODY: &str = "未查询到人员信息";

fn by_person_number<'a>(population: &'a Population, data: &Fields) -> Result<&'a Person, String> {
    population.by_person_number(text(data, "psn_no")).ok_or_else(|| NOBODY.to_owned())
}

/// An invented number; the block is not given out.
fn phone_of(person: &Person) -> String {
    format!("1380000{:04}", person.index % 10_000)
}

/// Every seventh person from the fourth changed it some days ago.
fn phone_changed(person: &Person, today: Date) -> Option<Date> {
    (person.index % 7 == 4).then(|| today.saturating_sub(5.days()))
}

/// Every fourth person is bound to the next one, every eighth lately to the one after as well.
fn bound<'a>(
    population: &'a Population,
    person: &Person,
    today: Date,
) -> impl Iterator<Item = (&'a Person, &'static str, Date)> {
    let days = |days: i64| today.saturating_sub(days.days());
    let at = |distance: usize| population.people().get(person.index + distance).filter(|p| !p.insurances.is_empty());
    let first = at(1).filter(|_| person.index.is_multiple_of(4)).map(|p| (p, "1", days(900)));
    let second = at(2).filter(|_| person.index.is_multiple_of(8)).map(|p| (p, "2", days(3)));
    first.into_iter().chain(second)
}

const FIELDS: &[(&str, usize, bool)] = &[
    ("appy_no", 50, true),
    ("oprt_type", 1, true),
    ("psn_no", 30, false),
    ("psn_cert_type", 6, true),
    ("certno", 50, true),
    ("psn_name", 50, true),
    ("insutype", 6, false),
    ("insu_admdvs", 6, true),
    ("appy_time", 19, true),
    ("trt_dcla_detl_sn", 40, false),
    ("rloc_rea", 6, false),
    ("rloc_admdvs", 6, false),
    ("begndate", 10, false),
    ("enddate", 10, false),
    ("tel", 50, false),
    ("resout_addr", 200, false),
    ("cmt_ver", 20, false),
    ("cmt_cont", 2_000, false),
    ("cmt_time", 19, false),
    ("refl_no", 50, false),
    ("trafout_fixmedins_name", 200, false),
    ("agnter_name", 50, false),
    ("agnter_cert_type", 6, false),
    ("agnter_certno", 50, false),
    ("agnter_tel", 50, false),
    ("agnter_rlts", 6, false),
];

fn submit(shared: &Shared, data: &Fields, today: Date) -> Result<Value, String> {
    check_fields(data, FIELDS)?;
    if let Some(stranger) = data.keys().find(|key| FIELDS.iter().all(|(name, ..)| name != key)) {
        return Err(format!("{stranger}不在接口定义内"));
    }
    if DateTime::strptime("%Y-%m-%d %H:%M:%S", text(data, "appy_time")).is_err() {
        return Err("appy_time格式错误".into());
    }
    let person = whose(&shared.population, data)?;
    check_agent(person, data)?;
    let mut book = shared.filings();
    let known = book.answered(text(data, "appy_no")).is_some();
    if known && shared.options.resubmit == Resubmit::Refused {
        return Err("申请编号重复".into());
    }
    let deed = match text(data, "oprt_type") {
        "1" => file(&book, person, data, today, known)?,
        "2" => cancel(&book, person, data, today)?,
        "3" => extend(&book, person, data, today)?,
        _ => return Err("oprt_type不在字典内".into()),
    };
    let serial = deed.serial.clone();
    book.accept(deed).map_err(|_| "系统繁忙，请稍后重试")?;
    Ok(json!({"result": done(&serial)}))
}

/// Whom it is about: by person number, or by certificate alone where a kiosk could not ask before.
fn whose<'a>(population: &'a Population, data: &Fields) -> Result<&'a Person, String> {
    let (psn_no, certificate) = (text(data, "psn_no"), text(data, "certno"));
    let person = if psn_no.is_empty() {
        population.by_number(certificate)
    } else {
        population.by_person_number(psn_no).filter(|person| person.number == certificate)
    };
    let person = person.filter(|p| !p.insurances.is_empty()).ok_or(NOBODY)?;
    if text(data, "psn_name") != person.name && Some(text(data, "psn_name")) != person.foreign_name {
        return Err("姓名与证件号码不符".into());
    }
    let (area, kind) = (text(data, "insu_admdvs"), text(data, "insutype"));
    let insured = person.insurances.iter().any(|insurance| {
        let named = insurance.area == area && (kind.is_empty() || insurance.insutype == kind);
        insurance.status == "1" && (psn_no.is_empty() || named)
    });
    if insured { Ok(person) } else { Err("参保状态异常，不能办理备案".into()) }
}

const AGENT: [&str; 5] = ["agnter_name", "agnter_cert_type", "agnter_certno", "agnter_tel", "agnter_rlts"];

/// Nothing of an agent, or everything.
fn check_agent(person: &Person, data: &Fields) -> Result<(), String> {
    let given = AGENT.iter().filter(|name| !text(data, name).is_empty()).count();
    // Cancelling and extending bring no phone along.
    let needed = if text(data, "oprt_type") == "1" { AGENT.len() } else { AGENT.len() - 1 };
    let number = text(data, "agnter_certno");
    match given {
        0 => Ok(()),
        given if given < needed => Err("代办人信息不完整".into()),
        _ if number == person.number => Err("代办人不能是本人".into()),
        _ if CertificateNumber::parse(number).is_err() && CertificateNumber::parse_foreign_2017(number).is_err() => {
            Err("代办人证件号码格式错误".into())
        }
        _ => Ok(()),
    }
}

fn file(book: &FilingBook, person: &Person, data: &Fields, today: Date, again: bool) -> Result<Deed, String> {
    let category = text(data, "rloc_rea");
    let long_term = match category {
        "1" | "2" | "3" => true,
        "4" | "6" => false,
        "5" => return Err("急诊抢救视同已备案，无需申报".into()),
        _ => return Err("备案类型不在字典内".into()),
    };
    let destination = text(data, "rloc_admdvs");
    if !can_be_filed_to(destination) {
        return Err("就医地行政区划不存在".into());
    }
    if destination.get(..4) == text(data, "insu_admdvs").get(..4) {
        return Err("就医地与参保地相同".into());
    }
    let (begin, end) = period(data, long_term)?;
    if PhoneNumber::parse(text(data, "tel")).is_err() {
        return Err("联系电话格式错误".into());
    }
    check_grounds(category, data)?;
    let replaced = text(data, "trt_dcla_detl_sn");
    let clash = |filed: &&Filed| {
        let apart = filed.end.is_some_and(|last| last < begin) || end.is_some_and(|last| last < filed.begin);
        filed.holds(today) && filed.serial != replaced && !apart
    };
    // One that files twice on purpose does not look.
    if !again && let Some(other) = book.of(&person.psn_no).find(clash) {
        return Err(format!("与已有备案{}时间重叠", other.serial));
    }
    let mut filings = Vec::new();
    if !replaced.is_empty() {
        filings.push(ended_before(holding(book, person, replaced, today)?, begin));
    }
    let serial = book.next_serial(today);
    filings.push(Filed {
        serial: serial.clone(),
        request: text(data, "appy_no").into(),
        psn_no: person.psn_no.clone(),
        category: category.into(),
        destination: destination.into(),
        begin,
        end,
        filed: today,
        cancelled: false,
        used: false,
        agent: text(data, "agnter_certno").into(),
    });
    Ok(Deed { request: text(data, "appy_no").into(), serial, filings })
}

/// Provinces by the first two digits.
const PROVINCES: [&str; 31] = [
    "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43", "44",
    "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65",
];

/// A city, a municipality or another unit filed whole, or a county directly under a province; never another county.
fn can_be_filed_to(code: &str) -> bool {
    if !digits(code, 6) || !PROVINCES.contains(&&code[..2]) {
        return false;
    }
    match (&code[..2], &code[2..4], &code[4..]) {
        ("11" | "12" | "31" | "50" | "46", "00", "00") | ("65", "90", "00") => true,
        (_, "90", county) => county != "00",
        (_, city, "00") => city != "00",
        _ => false,
    }
}

/// A filing away from home for less is not worth its name (notice 22 of 2022).
const TEMPORARY_MONTHS_MIN: i32 = 6;

fn period(data: &Fields, long_term: bool) -> Result<(Date, Option<Date>), String> {
    let day = |name: &str| Date::strptime("%Y-%m-%d", text(data, name)).map_err(|_| format!("{name}格式错误"));
    let begin = day("begndate")?;
    let end = if text(data, "enddate").is_empty() { None } else { Some(day("enddate")?) };
    match end {
        Some(end) if end < begin => Err("结束日期早于开始日期".into()),
        None if !long_term => Err("临时外出备案须有结束日期".into()),
        Some(end) if !long_term => {
            let least = begin.saturating_add(TEMPORARY_MONTHS_MIN.months()).saturating_sub(1.day());
            if end < least { Err("备案有效期不足6个月".into()) } else { Ok((begin, Some(end))) }
        }
        end => Ok((begin, end)),
    }
}

fn check_grounds(category: &str, data: &Fields) -> Result<(), String> {
    let has = |names: &[&str]| names.iter().all(|name| !text(data, name).is_empty());
    match category {
        "1" | "2" | "3" if !has(&["cmt_ver", "cmt_cont", "cmt_time"]) => Err("缺少个人承诺书".into()),
        "4" if !has(&["refl_no", "trafout_fixmedins_name"]) => Err("缺少转诊转院证明".into()),
        _ => Ok(()),
    }
}

fn holding(book: &FilingBook, person: &Person, serial: &str, today: Date) -> Result<Filed, String> {
    let found = book.of(&person.psn_no).find(|filed| filed.serial == serial && filed.holds(today));
    found.cloned().ok_or_else(|| "原备案不存在或已失效".to_owned())
}

fn ended_before(mut filed: Filed, begin: Date) -> Filed {
    if filed.begin >= begin {
        filed.cancelled = true;
    } else {
        filed.end = Some(begin.saturating_sub(1.day()));
    }
    filed
}

/// One that was used is ended, one that was not is as if it had never been.
fn cancel(book: &FilingBook, person: &Person, data: &Fields, today: Date) -> Result<Deed, String> {
    let mut filed = holding(book, person, text(data, "trt_dcla_detl_sn"), today)?;
    if filed.used {
        filed.end = Some(today.saturating_sub(1.day()));
    } else {
        filed.cancelled = true;
    }
    Ok(Deed { request: text(data, "appy_no").into(), serial: filed.serial.clone(), filings: vec![filed] })
}

fn extend(book: &FilingBook, person: &Person, data: &Fields, today: Date) -> Result<Deed, String> {
    let mut filed = holding(book, person, text(data, "trt_dcla_detl_sn"), today)?;
    let until = Date::strptime("%Y-%m-%d", text(data, "enddate")).map_err(|_| "enddate格式错误")?;
    match filed.end {
        Some(end) if end < until => filed.end = Some(until),
        Some(_) => return Err("延长后的日期须晚于原结束日期".into()),
        None => return Err("长期备案无需延长".into()),
    }
    Ok(Deed { request: text(data, "appy_no").into(), serial: filed.serial.clone(), filings: vec![filed] })
}

/// The fault a path of the stand-in's own names, such as `lose-reply/KX14`; `None` for no such fault.
pub(super) fn fault_named(name: &str) -> Option<Option<Fault>> {
    let known = |number: &str| (number == FILING_SUBMIT).then_some(FILING_SUBMIT);
    match name.split_once('/') {
        None if name == "none" => Some(None),
        None if name == "down" => Some(Some(Fault::Down)),
        Some(("lose-request", number)) => known(number).map(|number| Some(Fault::RequestLost(number))),
        Some(("lose-reply", number)) => known(number).map(|number| Some(Fault::ReplyLost(number))),
        _ => None,
    }
}
