//! Decoding of an e-voucher (`ec.query`): the 28 digits go out, who it is and a short-lived token come back. Pure.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::FsiConfig;
use super::refusal;
use super::wire::{Text, field, parse};
use crate::domain::EVoucher;
use crate::platform::PlatformError;

/// Longest token the interface allows.
const TOKEN_CHARACTERS_MAX: usize = 50;

/// What an e-voucher stands for. Wiped on drop, hidden in debug output.
#[derive(PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Decoded {
    /// Name of its holder.
    pub name: String,
    /// Certificate number of its holder.
    pub number: String,
    /// Kind of that certificate, 01 where the answer does not say.
    pub number_kind: String,
    /// The token with which 1101 is asked.
    pub token: String,
}

impl fmt::Debug for Decoded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Decoded(…)")
    }
}

/// Reads the answer of the decoding service.
///
/// # Errors
/// [`PlatformError::StaleVoucher`] for a code it does not accept, else as the other answers.
pub fn read_answer(bytes: &[u8]) -> Result<Decoded, PlatformError> {
    let head: Head = parse(bytes)?;
    let code = head.code.as_ref().ok_or_else(|| field("code"))?;
    if code.0 != "0" {
        return Err(refusal::classify(&code.0, &head.message.0));
    }
    let row = parse::<Answer>(bytes).map_err(|_| field("data"))?.data;
    let token = &row.ec_token.0;
    if token.is_empty() || token.chars().count() > TOKEN_CHARACTERS_MAX {
        return Err(field("ecToken"));
    }
    if row.id_no.0.is_empty() {
        return Err(field("idNo"));
    }
    let number_kind = if row.id_type.0.is_empty() { "01".to_owned() } else { row.id_type.0.clone() };
    Ok(Decoded { name: row.user_name.0.clone(), number: row.id_no.0.clone(), number_kind, token: token.clone() })
}

/// The request for one scanned code.
pub(super) fn request(config: &FsiConfig, voucher: &EVoucher) -> Zeroizing<Vec<u8>> {
    let mut data = Map::new();
    let fixed = [
        ("orgId", config.fixmedins_code.as_str()),
        ("businessType", &config.business_type),
        ("operatorId", &config.opter),
        ("operatorName", &config.opter_name),
        ("officeId", &config.office_id),
        ("officeName", &config.office_name),
        ("deviceType", "SelfService"),
        (&config.voucher_field, voucher.expose()),
    ];
    for (key, value) in fixed {
        data.insert(key.to_owned(), Value::String(value.to_owned()));
    }
    let request = Request { data, org_id: &config.fixmedins_code, trans_type: "ec.query", extra: "" };
    let bytes = Zeroizing::new(serde_json::to_vec(&request).unwrap_or_default());
    wipe(request.data);
    bytes
}

fn wipe(data: Map<String, Value>) {
    for (_, value) in data {
        if let Value::String(mut text) = value {
            text.zeroize();
        }
    }
}

#[derive(Serialize)]
struct Request<'a> {
    data: Map<String, Value>,
    #[serde(rename = "orgId")]
    org_id: &'a str,
    #[serde(rename = "transType")]
    trans_type: &'static str,
    extra: &'static str,
}

#[derive(Deserialize)]
struct Head {
    code: Option<Text>,
    #[serde(default)]
    message: Text,
}

#[derive(Deserialize)]
struct Answer {
    data: Row,
}

#[derive(Deserialize)]
struct Row {
    #[serde(rename = "userName", default)]
    user_name: Text,
    #[serde(rename = "idNo", default)]
    id_no: Text,
    #[serde(rename = "idType", default)]
    id_type: Text,
    #[serde(rename = "ecToken", default)]
    ec_token: Text,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: Result<&str, PlatformError>) {
        assert_eq!(read_answer(text.as_bytes()).map(|d| d.token.clone()), expected.map(str::to_owned), "{text}");
    }

    #[test]
    fn reads_what_the_decoder_says() {
        check(r#"{"code":0,"data":{"userName":"某","idNo":"1","ecToken":"371002abc"}}"#, Ok("371002abc"));
        check(r#"{"code":"0","data":{"userName":"某","idNo":"1","ecToken":"t"},"message":null}"#, Ok("t"));
        check(r#"{"code":500159,"message":"请使用医保电子凭证二维码"}"#, Err(PlatformError::StaleVoucher));
        check(r#"{"code":1,"message":"电子凭证已失效","data":null}"#, Err(PlatformError::StaleVoucher));
        check(r#"{"code":401,"message":"签名校验失败"}"#, Err(PlatformError::SignatureRefused));
        check(r#"{"code":0,"data":{"idNo":"1","ecToken":""}}"#, Err(field("ecToken")));
        check(r#"{"code":0,"data":{"ecToken":"t"}}"#, Err(field("idNo")));
        check(r#"{"code":0}"#, Err(field("data")));
    }

    #[test]
    fn debug_says_nothing() {
        let decoded = read_answer(r#"{"code":0,"data":{"userName":"某","idNo":"1","ecToken":"t"}}"#.as_bytes());
        assert_eq!(format!("{decoded:?}"), "Ok(Decoded(…))");
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = read_answer(&bytes);
        }
    }
}
