//! What a refusal means. The interface has few codes and many wordings, so the words are looked at, and never shown.

use crate::platform::{PlatformError, RefusalText};

/// The decoding service's code for “this is no e-voucher”.
const NOT_A_VOUCHER_CODE: &str = "500159";

const CLOCK: &[&str] = &["时间戳", "请求已过期", "请求超时失效", "时间偏差"];
const SIGNATURE: &[&str] = &["签名", "验签", "x-tif-", "paasid", "appkey不存在"];
const SIGN_IN: &[&str] = &["签到", "sign_no"];
const MESSAGE_ID: &[&str] = &["msgid", "报文ID", "报文编号", "重复报文"];
const NOBODY: &[&str] =
    &["未查询到人员", "未查到人员", "查无此人", "人员信息不存在", "未找到参保人", "无参保信息", "未查询到参保"];
const VOUCHER: &[&str] = &["电子凭证", "ecToken", "ectoken", "医保码", "二维码"];
/// A message that merely mentions vouchers is no reason to ask for a fresh one.
const RUN_OUT: &[&str] = &["失效", "过期", "无效", "已使用", "不存在", "请使用"];

/// The error a refusal is.
pub(super) fn classify(code: &str, words: &str) -> PlatformError {
    let says = |any: &[&str]| any.iter().any(|part| words.contains(part));
    // Signing in (签到) before signing (签名): a message about the former can name the latter, not the other way round.
    if says(SIGN_IN) {
        return refused(code, words);
    }
    if says(MESSAGE_ID) && words.contains("重复") {
        return PlatformError::MessageTaken;
    }
    if says(CLOCK) {
        return PlatformError::ClockSkew;
    }
    if says(SIGNATURE) {
        return PlatformError::SignatureRefused;
    }
    if code == NOT_A_VOUCHER_CODE || (says(VOUCHER) && says(RUN_OUT)) {
        return PlatformError::StaleVoucher;
    }
    if says(NOBODY) {
        return PlatformError::NotFound;
    }
    refused(code, words)
}

/// Whether the refusal says that the session number of the sign-in has run out.
pub(super) fn asks_for_sign_in(error: &PlatformError) -> bool {
    match error {
        PlatformError::Refused { message, .. } => SIGN_IN.iter().any(|part| message.expose().contains(part)),
        _ => false,
    }
}

/// Codes are short; whatever is longer is not worth a log line.
const CODE_CHARACTERS_MAX: usize = 12;
/// `err_msg` has 200 characters at most.
const MESSAGE_CHARACTERS_MAX: usize = 200;

fn refused(code: &str, words: &str) -> PlatformError {
    let infcode = code.chars().filter(|c| c.is_ascii_graphic()).take(CODE_CHARACTERS_MAX).collect();
    let message = RefusalText::new(words.chars().take(MESSAGE_CHARACTERS_MAX).collect::<String>());
    PlatformError::Refused { infcode, message }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(code: &str, words: &str, expected: &str) {
        let error = classify(code, words);
        let kind = match &error {
            PlatformError::ClockSkew => "clock",
            PlatformError::SignatureRefused => "signature",
            PlatformError::StaleVoucher => "voucher",
            PlatformError::NotFound => "nobody",
            _ if asks_for_sign_in(&error) => "sign-in",
            PlatformError::MessageTaken => "message",
            _ => "refused",
        };
        assert_eq!(kind, expected, "{words}");
    }

    #[test]
    fn tells_the_refusals_apart() {
        check("401", "时间戳超出允许范围", "clock");
        check("401", "签名校验失败", "signature");
        check("-1", "签到编号无效，请重新签到", "sign-in");
        check("-1", "sign_no已过期", "sign-in");
        check("-1", "msgid重复", "message");
        check("-1", "该报文ID重复，请勿重复提交", "message");
        check("-1", "请勿重复备案", "refused");
        check("500159", "", "voucher");
        check("-1", "电子凭证令牌已失效", "voucher");
        check("-1", "请先激活电子凭证", "refused");
        check("-1", "未查询到人员信息", "nobody");
        check("-2", "参保地系统维护中", "refused");
    }

    #[test]
    fn says_nothing_of_the_words() {
        let error = classify("-1", "张建华的业务已冻结");
        assert!(!format!("{error} {error:?}").contains("张建华"));
    }
}
