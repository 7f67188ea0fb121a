//! The e-voucher decoding service (`ec.query`).

use axum::http::HeaderMap;
use serde_json::{Map, Value, json};

use super::Fault;
use super::gate::{check_fields, check_headers, digits, text};
use super::server::{Shared, VoucherState, parse_object};

/// Where it is.
pub(super) const PATH: &str = "/fsi/api/hsecfc/localQrCodeQuery";

const OUTER: &[(&str, usize, bool)] = &[("orgId", 40, true), ("transType", 40, true), ("extra", 2_000, false)];

const DATA: &[(&str, usize, bool)] = &[
    ("orgId", 40, true),
    ("businessType", 5, true),
    ("operatorId", 20, true),
    ("operatorName", 30, true),
    ("officeId", 20, true),
    ("officeName", 30, true),
    ("deviceType", 20, true),
    ("ecQrCode", 64, true),
];

/// Status and answer to one request.
pub(super) fn answer(shared: &Shared, headers: &HeaderMap, body: &[u8]) -> (u16, Value) {
    let now = shared.now().as_second();
    if let Err(refusal) = check_headers(headers, &shared.options, &mut shared.session(), now) {
        return (401, super::fsi_routes::gateway_refusal(&refusal));
    }
    let Some(request) = parse_object(body) else {
        return (400, super::fsi_routes::gateway_refusal("请求报文不是JSON对象"));
    };
    let outcome = check(&request).and_then(|code| decode(shared, code, now));
    let answer = match outcome {
        Ok(data) => json!({"code": 0, "message": "成功", "data": data}),
        Err((code, message)) => json!({"code": code, "message": message, "data": null}),
    };
    (200, answer)
}

type Refusal = (u32, String);

fn check(request: &Map<String, Value>) -> Result<&str, Refusal> {
    let wrong = |message: String| (500_100, message);
    check_fields(request, OUTER).map_err(wrong)?;
    if text(request, "transType") != "ec.query" {
        return Err(wrong("transType不支持".into()));
    }
    let data = request.get("data").and_then(Value::as_object).ok_or_else(|| wrong("缺少必填项data".into()))?;
    check_fields(data, DATA).map_err(wrong)?;
    if text(data, "orgId") != super::FIXMEDINS_CODE || text(request, "orgId") != super::FIXMEDINS_CODE {
        return Err(wrong("orgId未登记".into()));
    }
    if text(data, "deviceType") != "SelfService" {
        return Err(wrong("deviceType不支持".into()));
    }
    if !digits(text(data, "businessType"), 5) {
        return Err(wrong("businessType应为5位数字".into()));
    }
    let code = text(data, "ecQrCode");
    if digits(code, 28) && code.starts_with("424") {
        Ok(code)
    } else {
        Err((500_159, "请使用医保电子凭证二维码".into()))
    }
}

fn decode(shared: &Shared, code: &str, now: i64) -> Result<Value, Refusal> {
    if let Some(Fault::RefuseBusiness(words)) = shared.faults.current() {
        return Err((500_100, words));
    }
    let mut session = shared.session();
    let index = match session.use_voucher(code, now, shared.options.voucher_lifetime) {
        VoucherState::Good(index) => index,
        VoucherState::Stale => return Err((500_160, "电子凭证二维码已失效，请刷新后重试".into())),
        VoucherState::Unknown => return Err((500_159, "请使用医保电子凭证二维码".into())),
    };
    let person = &shared.population.people()[index];
    let area = person.insurances.first().map_or("370000", |i| i.area);
    let token = session.token_for(index, area, now);
    let kind = match person.number.as_bytes() {
        [b'8', ..] => "17",
        [b'9' | b'A'..=b'Z', ..] => "07",
        _ => "01",
    };
    Ok(json!({
        "userName": person.name,
        "idNo": person.number,
        "idType": kind,
        "insuOrg": area,
        "ecIndexNo": format!("{index:032}"),
        "ecToken": token,
        "gender": if person.sex == crate::domain::Sex::Male { "1" } else { "2" },
        "birthday": person.birth.to_string(),
        "nationality": person.nationality.unwrap_or("CHN"),
        "email": "",
        "extra": "",
        "chnlId": "",
        "ecQrCode": code,
        "authNo": "",
    }))
}
