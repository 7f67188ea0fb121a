//! The transactions of the national interface: sign-in, person, institution, and the embedded profile's movements.

use axum::http::HeaderMap;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::gate::{check_envelope, check_fields, check_headers, text};
use super::population::{Insurance, Person};
use super::server::{Shared, parse_object};
use super::{FIXMEDINS_CODE, Fault, filing_routes};
use crate::domain::china_time;
use crate::domain::{CertificateNumber, Sex};

/// The transaction behind an address, in either of the two styles.
pub(super) fn transaction(path: &str) -> Option<&'static str> {
    match path {
        "/fsi/api/signInSignOutService/signIn" | "/9001" => Some("9001"),
        "/fsi/api/fsiPsnInfoService/queryPsnInfo" | "/1101" => Some("1101"),
        "/fsi/api/fsiFixMedInsService/queryFixMedIns" | "/1201" => Some("1201"),
        "/fsi/api/embeddedService/queryAccountMovements" | "/KX01" => Some("KX01"),
        _ => filing_routes::transaction(path),
    }
}

/// Status and answer to one request.
pub(super) fn answer(shared: &Shared, transaction: &str, headers: &HeaderMap, body: &[u8]) -> (u16, Value) {
    let now = shared.now();
    if let Err(refusal) = check_headers(headers, &shared.options, &mut shared.session(), now.as_second()) {
        return (401, gateway_refusal(&refusal));
    }
    let Some(envelope) = parse_object(body) else {
        return (400, gateway_refusal("请求报文不是JSON对象"));
    };
    let message_id = text(&envelope, "msgid");
    // The session is let go of before the work, which takes it again.
    let checked = check_envelope(&envelope, transaction, &mut shared.session(), now.as_second());
    let outcome = checked.and_then(|input| work(shared, transaction, input, now));
    (200, seal(shared, message_id, now, outcome))
}

/// How a gateway refuses before any business is looked at.
pub(super) fn gateway_refusal(message: &str) -> Value {
    json!({"code": 401, "type": "error", "message": message, "data": null})
}

fn work(shared: &Shared, transaction: &str, input: &Map<String, Value>, now: Timestamp) -> Result<Value, String> {
    match shared.faults.current() {
        Some(Fault::RefuseBusiness(words)) => return Err(words),
        Some(Fault::MessageTaken(taken)) if taken == transaction => {
            shared.faults.clear();
            return Err("msgid重复".into());
        }
        _ => {}
    }
    match transaction {
        "9001" => sign_in(shared, input, now),
        "1101" => person(shared, input, now),
        "1201" => institution(input),
        "KX11" | "KX12" | "KX13" | "KX14" => {
            filing_routes::work(shared, transaction, part(input, "data")?, china_time(now).date())
        }
        _ => movements(shared, input, now),
    }
}

fn seal(shared: &Shared, message_id: &str, now: Timestamp, outcome: Result<Value, String>) -> Value {
    let (code, words, output) = match outcome {
        Ok(output) => (0, String::new(), output),
        Err(words) => (-1, words, Value::Null),
    };
    let infcode = if shared.options.infcode_as_number { json!(code) } else { json!(code.to_string()) };
    let moment = china_time(now).strftime("%Y%m%d%H%M%S%3f").to_string();
    let answer = json!({
        "infcode": infcode,
        "inf_refmsgid": format!("371000{}{:010}", &moment[..14], now.subsec_nanosecond()),
        "refmsg_time": moment,
        "respond_time": moment,
        "msgid": message_id,
        "enctype": null,
        "signtype": null,
        "cainfo": null,
        "err_msg": words,
        "warn_msg": null,
        "output": output,
    });
    if shared.options.wrapped {
        json!({"code": 0, "type": "success", "message": "成功", "data": answer})
    } else {
        answer
    }
}

fn part<'a>(input: &'a Map<String, Value>, name: &str) -> Result<&'a Map<String, Value>, String> {
    input.get(name).and_then(Value::as_object).ok_or_else(|| format!("缺少必填项{name}"))
}

fn sign_in(shared: &Shared, input: &Map<String, Value>, now: Timestamp) -> Result<Value, String> {
    let sign_in = part(input, "signIn")?;
    check_fields(sign_in, &[("opter_no", 20, true), ("mac", 20, false), ("ip", 20, true)])?;
    let number = shared.session().sign_in(now.as_second(), shared.options.sign_in_lifetime);
    let time = china_time(now).strftime("%Y-%m-%d %H:%M:%S").to_string();
    Ok(json!({"signinoutb": {"sign_time": time, "sign_no": number}}))
}

const PERSON_FIELDS: &[(&str, usize, bool)] = &[
    ("mdtrt_cert_type", 3, true),
    ("mdtrt_cert_no", 50, true),
    ("card_sn", 32, false),
    ("begntime", 19, false),
    ("psn_cert_type", 6, false),
    ("certno", 50, false),
    ("psn_name", 50, false),
];

const NOBODY: &str = "未查询到人员信息";

fn person(shared: &Shared, input: &Map<String, Value>, now: Timestamp) -> Result<Value, String> {
    let data = part(input, "data")?;
    check_fields(data, PERSON_FIELDS)?;
    let credential = text(data, "mdtrt_cert_no");
    let person = match text(data, "mdtrt_cert_type") {
        "01" => {
            let holder = shared.session().holder_of_token(credential, now.as_second());
            shared.population.people().get(holder.ok_or("电子凭证令牌ecToken无效或已过期")?)
        }
        "02" => by_certificate(shared, credential, text(data, "certno"))?,
        "03" if text(data, "card_sn").is_empty() => return Err("凭证类型03时card_sn必填".into()),
        "03" => None,
        _ => return Err("mdtrt_cert_type不在字典内".into()),
    };
    let person = person.filter(|p| !p.insurances.is_empty()).ok_or(NOBODY)?;
    let (name, number) = (text(data, "psn_name"), text(data, "certno"));
    if !number.is_empty() && number != person.number {
        return Err("证件号码与凭证不符".into());
    }
    if !name.is_empty() && name != person.name && Some(name) != person.foreign_name {
        return Err("姓名与证件号码不符".into());
    }
    Ok(person_output(person, now))
}

fn by_certificate<'a>(shared: &'a Shared, number: &str, again: &str) -> Result<Option<&'a Person>, String> {
    if CertificateNumber::parse(number).is_err() && CertificateNumber::parse_foreign_2017(number).is_err() {
        return Err("证件号码格式错误".into());
    }
    if !again.is_empty() && again != number {
        return Err("certno与mdtrt_cert_no不符".into());
    }
    Ok(shared.population.by_number(number))
}

fn person_output(person: &Person, now: Timestamp) -> Value {
    let today = china_time(now).date();
    let kind = match person.number.as_bytes() {
        [b'8', ..] => "17",
        [b'9' | b'A'..=b'Z', ..] => "07",
        _ => "01",
    };
    json!({
        "baseinfo": {
            "psn_no": person.psn_no,
            "psn_cert_type": kind,
            "certno": person.number,
            "psn_name": person.name,
            "gend": if person.sex == Sex::Male { "1" } else { "2" },
            "naty": person.nation,
            "brdy": person.birth.to_string(),
            "age": today.year() - person.birth.year(),
            "exp_content": "",
        },
        "insuinfo": person.insurances.iter().map(|i| insurance_row(person, i)).collect::<Vec<_>>(),
        "idetinfo": [],
    })
}

/// Balances come as number for every other person and as text for the rest; an account that does not exist comes
/// as empty text or as 0. Real platforms do all of these.
fn insurance_row(person: &Person, insurance: &Insurance) -> Value {
    let even = person.index.is_multiple_of(2);
    let balance = match insurance.balance {
        Some(fen) if even => json!(fen.0 as f64 / 100.0),
        Some(fen) => json!(format!("{}{}", fen.0 / 100, fen.decimals())),
        None if even && insurance.insutype == "390" => json!(0),
        None => json!(""),
    };
    json!({
        "balc": balance,
        "insutype": insurance.insutype,
        "psn_type": insurance.psn_type,
        "psn_insu_stas": insurance.status,
        "psn_insu_date": insurance.since.to_string(),
        "paus_insu_date": if insurance.status == "2" { json!("2025-06-30") } else { Value::Null },
        "cvlserv_flag": "0",
        "insuplc_admdvs": insurance.area,
        "emp_name": insurance.employer,
    })
}

fn institution(input: &Map<String, Value>) -> Result<Value, String> {
    let medinsinfo = part(input, "medinsinfo")?;
    check_fields(
        medinsinfo,
        &[("fixmedins_type", 6, true), ("fixmedins_name", 200, false), ("fixmedins_code", 12, false)],
    )?;
    match text(medinsinfo, "fixmedins_code") {
        FIXMEDINS_CODE => Ok(json!({"medinsinfo": [{"fixmedins_code": FIXMEDINS_CODE, "fixmedins_type": "1"}]})),
        _ => Ok(json!({"medinsinfo": []})),
    }
}

fn movements(shared: &Shared, input: &Map<String, Value>, now: Timestamp) -> Result<Value, String> {
    let data = part(input, "data")?;
    check_fields(data, &[("psn_no", 30, true)])?;
    let person = shared.population.by_person_number(text(data, "psn_no")).ok_or(NOBODY)?;
    let rows: Vec<_> = person
        .movements(china_time(now).date())
        .iter()
        .map(|m| {
            let sign = if m.amount.0 < 0 { "-" } else { "" };
            json!({
                "chg_date": m.on.to_string(),
                "chg_type_name": m.what,
                "fixmedins_name": m.place,
                "chg_amt": format!("{sign}{}{}", m.amount.0.abs() / 100, m.amount.decimals()),
            })
        })
        .collect();
    Ok(json!({"acctflow": rows}))
}
