//! What an answer means. Only an answer that is surely the platform's judges a record; anything else
//! is transport and is tried again.

use serde_json::Value;

use super::NationalConfig;
use crate::delivery::{DeliveryFailure, Receipt, Transport};

/// An answer as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Header `C-Response-Desc`, by which some provinces report success.
    pub described: Option<String>,
    /// Header `Retry-After` where it is a number of seconds.
    pub retry_after_s: Option<u64>,
    /// The body, cut nowhere.
    pub body: Vec<u8>,
}

/// Sorts an answer.
///
/// # Errors
/// Everything but “the platform has it”.
pub fn judge(reply: &Reply, config: &NationalConfig) -> Result<Receipt, DeliveryFailure> {
    if matches!(reply.status, 429 | 503)
        && let Some(seconds) = reply.retry_after_s
    {
        return Err(DeliveryFailure::NotYet { after_ms: seconds.saturating_mul(1000) });
    }
    let fine = (200..300).contains(&reply.status);
    // Gateways answer other statuses in the platform's stead, and may do so in JSON.
    if !fine && !matches!(reply.status, 400 | 409 | 422) {
        return Err(Transport::Status(reply.status).into());
    }
    if fine && reply.described.as_deref().is_some_and(|text| text.eq_ignore_ascii_case("success")) {
        return Ok(Receipt { text: "C-Response-Desc: success".into(), already: false });
    }
    let Ok(Value::Object(answer)) = serde_json::from_slice(&reply.body) else {
        return Err(Transport::Foreign.into());
    };
    let Some(code) = answer.get("code").filter(|code| !code.is_null()) else {
        return Err(Transport::Foreign.into());
    };
    let message = answer.get("message").and_then(Value::as_str).unwrap_or_default();
    let holds = |words: &[String]| words.iter().any(|word| message.contains(word.as_str()));
    if holds(&config.already_words) {
        return Ok(Receipt { text: message.to_owned(), already: true });
    }
    if fine && means_success(code) {
        return Ok(Receipt { text: format!("code {code}"), already: false });
    }
    if holds(&config.envelope_words) {
        return Err(Transport::Envelope.into());
    }
    Err(DeliveryFailure::Refused(format!("code {code}: {message}")))
}

/// Provinces answer 0 as a number or as text, or true.
fn means_success(code: &Value) -> bool {
    match code {
        Value::Bool(yes) => *yes,
        Value::Number(number) => number.as_i64() == Some(0),
        Value::String(text) => matches!(text.as_str(), "0" | "true"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(status: u16, body: &str, expected: &str) {
        let reply = Reply { status, described: None, retry_after_s: None, body: body.into() };
        assert_eq!(summary(&reply), expected, "{status} {body}");
    }

    fn summary(reply: &Reply) -> String {
        match judge(reply, &NationalConfig::default()) {
            Ok(receipt) if receipt.already => "already".into(),
            Ok(_) => "delivered".into(),
            Err(failure) => failure.to_string(),
        }
    }

    #[test]
    fn the_platforms_own_answers() {
        for code in ["0", "\"0\"", "true", "\"true\""] {
            check(200, &format!(r#"{{"code":{code},"message":"ok"}}"#), "delivered");
        }
        check(200, r#"{"code":"1","message":"请勿重复评价"}"#, "already");
        check(409, r#"{"code":409,"message":"该办件请勿重复评价！"}"#, "already");
        check(200, r#"{"code":"1","message":"事项编码不存在"}"#, "refused: code \"1\": 事项编码不存在");
        check(400, r#"{"code":0,"message":"缺少字段"}"#, "refused: code 0: 缺少字段");
        check(200, r#"{"code":"403","message":"签名校验失败"}"#, &Transport::Envelope.to_string());
    }

    #[test]
    fn anything_else_judges_no_record() {
        let foreign = &Transport::Foreign.to_string();
        for body in ["", "<html>请登录</html>", "{", "[]", "null", "{}", r#"{"code":null}"#, r#"{"message":"ok"}"#] {
            check(200, body, foreign);
        }
        check(500, r#"{"code":0}"#, "HTTP status 500");
        check(404, r#"{"code":404,"message":"no route"}"#, "HTTP status 404");
        check(302, "", "HTTP status 302");
    }

    #[test]
    fn headers_count() {
        let plain = Reply { status: 200, described: Some("success".into()), retry_after_s: None, body: vec![] };
        assert_eq!(summary(&plain), "delivered");
        assert_eq!(summary(&Reply { status: 500, ..plain.clone() }), "HTTP status 500");
        let busy = Reply { status: 429, described: None, retry_after_s: Some(30), body: vec![] };
        assert_eq!(summary(&busy), "asked to wait 30000 ms");
    }

    proptest! {
        #[test]
        fn noise_is_never_a_receipt(status in 100u16..600, body: Vec<u8>) {
            let reply = Reply { status, described: None, retry_after_s: None, body };
            prop_assert!(judge(&reply, &NationalConfig::default()).is_err());
        }
    }
}
