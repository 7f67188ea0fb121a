//! The gate: headers, signature, clock, and every rule of the envelope. What passes here is a well-formed request.

use axum::http::HeaderMap;
use jiff::civil::DateTime;
use serde_json::{Map, Value};

use super::EmbeddedOptions;
use super::server::Session;
use crate::platform::fsi::signature::{HEADER_NONCE, HEADER_PAASID, HEADER_SIGNATURE, HEADER_TIMESTAMP, sign};

/// How far a caller's clock may be off.
pub(super) const CLOCK_DIFFERENCE_S_MAX: i64 = 300;
const NONCE_CHARACTERS: std::ops::RangeInclusive<usize> = 8..=64;
const INPUT_CHARACTERS_MAX: usize = 40_000;

/// Checks the gateway headers; the text says which rule is broken.
pub(super) fn check_headers(
    headers: &HeaderMap,
    options: &EmbeddedOptions,
    session: &mut Session,
    now_s: i64,
) -> Result<(), String> {
    let header = |name: &'static str| {
        let value = headers.get(name).and_then(|v| v.to_str().ok()).filter(|v| !v.is_empty());
        value.ok_or_else(|| format!("缺少请求头{name}"))
    };
    let (paasid, timestamp) = (header(HEADER_PAASID)?, header(HEADER_TIMESTAMP)?);
    let (nonce, signature) = (header(HEADER_NONCE)?, header(HEADER_SIGNATURE)?);
    if paasid != options.paasid {
        return Err("paasid未注册".into());
    }
    let seconds = Some(timestamp).filter(|t| t.len() == 10).and_then(|t| t.parse::<i64>().ok());
    let seconds = seconds.ok_or("时间戳格式错误，应为10位秒数")?;
    if (now_s - seconds).abs() > CLOCK_DIFFERENCE_S_MAX {
        return Err("时间戳超出允许范围".into());
    }
    if !NONCE_CHARACTERS.contains(&nonce.len()) {
        return Err("x-tif-nonce长度错误".into());
    }
    if signature != sign(timestamp, options.secret.expose(), nonce, options.hex_case) {
        return Err("签名校验失败".into());
    }
    if session.first_use_of_nonce(nonce, now_s) { Ok(()) } else { Err("x-tif-nonce重复使用，签名拒绝".into()) }
}

/// One field of the envelope: name, longest value in characters, whether it must be there.
const FIELDS: &[(&str, usize, bool)] = &[
    ("infno", 6, true),
    ("msgid", 30, true),
    ("mdtrtarea_admvs", 6, true),
    ("insuplc_admdvs", 6, false),
    ("recer_sys_code", 10, true),
    ("dev_no", 100, false),
    ("dev_safe_info", 2_000, false),
    ("cainfo", 1_024, false),
    ("signtype", 10, false),
    ("infver", 6, true),
    ("opter_type", 3, true),
    ("opter", 30, true),
    ("opter_name", 50, true),
    ("inf_time", 19, true),
    ("fixmedins_code", 30, true),
    ("fixmedins_name", 200, true),
    ("sign_no", 30, false),
];

/// The transaction whose address was called, and the envelope that came; the text says which rule is broken.
pub(super) fn check_envelope<'a>(
    envelope: &'a Map<String, Value>,
    transaction: &str,
    session: &mut Session,
    now_s: i64,
) -> Result<&'a Map<String, Value>, String> {
    check_fields(envelope, FIELDS)?;
    let is = |name: &str, value: &str| text(envelope, name) == value;
    if !is("infno", transaction) {
        return Err("infno与服务地址不符".into());
    }
    check_message_id(text(envelope, "msgid"))?;
    if !digits(text(envelope, "mdtrtarea_admvs"), 6) {
        return Err("mdtrtarea_admvs应为6位数字".into());
    }
    if !is("fixmedins_code", super::FIXMEDINS_CODE) {
        return Err("fixmedins_code未登记".into());
    }
    if !is("opter_type", "2") {
        return Err("opter_type与自助终端不符".into());
    }
    if DateTime::strptime("%Y-%m-%d %H:%M:%S", text(envelope, "inf_time")).is_err() {
        return Err("inf_time格式错误".into());
    }
    if !session.first_use_of_message(text(envelope, "msgid")) {
        return Err("msgid重复".into());
    }
    if transaction != "9001" && !session.signed_in(text(envelope, "sign_no"), now_s) {
        return Err("sign_no无效或已过期，请重新签到".into());
    }
    let input = envelope.get("input").and_then(Value::as_object).ok_or("缺少必填项input")?;
    if Value::Object(input.clone()).to_string().chars().count() > INPUT_CHARACTERS_MAX {
        return Err("input超长".into());
    }
    if names_a_person(input) && !digits(text(envelope, "insuplc_admdvs"), 6) {
        return Err("输入含人员编号时insuplc_admdvs必填".into());
    }
    Ok(input)
}

/// Twelve of the institution, a moment, four digits.
fn check_message_id(id: &str) -> Result<(), String> {
    let moment = id.get(12..26).filter(|_| id.len() == 30 && id.starts_with(super::FIXMEDINS_CODE));
    let form = moment.is_some_and(|m| DateTime::strptime("%Y%m%d%H%M%S", m).is_ok());
    if form && digits(&id[26..], 4) { Ok(()) } else { Err("msgid格式错误".into()) }
}

fn names_a_person(input: &Map<String, Value>) -> bool {
    input.values().any(|part| part.get("psn_no").is_some())
}

/// Checks that each field is text, no longer than allowed, and there if it must be.
pub(super) fn check_fields(object: &Map<String, Value>, fields: &[(&str, usize, bool)]) -> Result<(), String> {
    for (name, characters_max, required) in fields {
        match object.get(*name) {
            None | Some(Value::Null) if !required => {}
            Some(Value::String(value)) if *required && value.is_empty() => return Err(format!("缺少必填项{name}")),
            Some(Value::String(value)) if value.chars().count() > *characters_max => return Err(format!("{name}超长")),
            Some(Value::String(_)) => {}
            None | Some(Value::Null) => return Err(format!("缺少必填项{name}")),
            Some(_) => return Err(format!("{name}应为字符串")),
        }
    }
    Ok(())
}

/// The text of a field, empty if it is not there.
pub(super) fn text<'a>(object: &'a Map<String, Value>, name: &str) -> &'a str {
    object.get(name).and_then(Value::as_str).unwrap_or_default()
}

pub(super) fn digits(text: &str, count: usize) -> bool {
    text.len() == count && text.bytes().all(|b| b.is_ascii_digit())
}
