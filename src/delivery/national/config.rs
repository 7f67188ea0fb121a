//! What a site sets for its province's rating platform.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use serde::Deserialize;
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::seal::{Signature, Sm2Order};
use crate::domain::Service;

/// Settings of the national rating interface. Every key has a default that fits the embedded platform.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NationalConfig {
    /// Address before `/hcp/…`, http or https.
    pub base_url: String,
    /// 应用标识 given by the province.
    pub app_mark: String,
    /// The secret that belongs to it. Better in `app_word_file`.
    pub app_word: AppWord,
    /// File that holds the secret; wins over `app_word`.
    pub app_word_file: Option<PathBuf>,
    /// What vouches for an envelope.
    pub signature: Signature,
    /// Public key of the province for SM2: hexadecimal digits of both coordinates, with or without the leading 04.
    pub sm2_public_key: String,
    /// Order of the parts of an SM2 ciphertext.
    pub sm2_order: Sm2Order,
    /// 实施编码 of the office: area code, underscore, unified credit code.
    pub org_code: String,
    /// Name of the office.
    pub org_name: String,
    /// 12-digit area code of the office.
    pub area_code: String,
    /// 3-digit code the province gave this source of data.
    pub data_source: String,
    /// Which way the levels count.
    pub scale: Scale,
    /// 事项: code and name, by service. Services left out keep their default.
    pub tasks: BTreeMap<Service, Task>,
    /// Milliseconds to wait for a connection.
    pub connect_timeout_ms: u64,
    /// Milliseconds for a whole request with its answer.
    pub timeout_ms: u64,
    /// A message that holds one of these says the platform has the record already.
    pub already_words: Vec<String>,
    /// A message that holds one of these refuses the envelope, not the record.
    pub envelope_words: Vec<String>,
}

/// The two number scales in use for the five levels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scale {
    /// National interface: 5 is best.
    #[default]
    National,
    /// GB/T 39046-2020 table A.8: 1 is best.
    Gbt39046,
}

/// 事项 as the province's catalogue has it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Task {
    /// 事项编码.
    pub code: String,
    /// 事项名称.
    pub name: String,
}

/// The secret of the envelope. Wiped on drop, hidden in debug output.
#[derive(Clone, Default, Deserialize, Zeroize, ZeroizeOnDrop)]
#[serde(transparent)]
pub struct AppWord(String);

impl AppWord {
    /// From a test or another source of secrets.
    pub fn new(word: impl Into<String>) -> Self {
        Self(word.into())
    }

    pub(super) fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for AppWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AppWord(…)")
    }
}

/// Which setting cannot stand.
#[derive(Debug, thiserror::Error)]
pub enum NationalConfigError {
    /// Not an address.
    #[error("base_url must be an http or https address")]
    BaseUrl,
    /// Not twelve digits.
    #[error("area_code must be 12 digits")]
    AreaCode,
    /// The secret is empty.
    #[error("app_word is empty: set it, or app_word_file")]
    AppWordMissing,
    /// The key of the province is missing or no point of the curve.
    #[error("sm2_public_key must be the province's SM2 key: 128 hexadecimal digits, or 130 with the leading 04")]
    Sm2PublicKey,
    /// The secret's file cannot be read.
    #[error("app_word_file {path}: {source}")]
    AppWordFile {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A wait of nothing or of more than five minutes.
    #[error("connect_timeout_ms and timeout_ms must lie between 100 and 300000")]
    Timeout,
    /// The HTTP client could not be made.
    #[error("no HTTP client: {0}")]
    Client(String),
}

impl Default for NationalConfig {
    fn default() -> Self {
        Self {
            base_url: "http://127.0.0.1:8900".into(),
            app_mark: "yibao-kiosk".into(),
            app_word: AppWord::default(),
            app_word_file: None,
            signature: Signature::default(),
            sm2_public_key: String::new(),
            sm2_order: Sm2Order::default(),
            org_code: "370000000000_000000000000000000".into(),
            org_name: "医疗保障经办服务大厅".into(),
            area_code: "370000000000".into(),
            data_source: "165".into(),
            scale: Scale::default(),
            tasks: BTreeMap::new(),
            connect_timeout_ms: 5_000,
            timeout_ms: 30_000,
            already_words: vec!["请勿重复评价".into(), "请勿重复提交".into()],
            envelope_words: vec!["签名".into(), "验签".into(), "时间戳".into(), "appMark".into()],
        }
    }
}

impl NationalConfig {
    /// The task of a service, as set or by default.
    pub fn task(&self, service: Service) -> Task {
        self.tasks.get(&service).cloned().unwrap_or_else(|| default_task(service))
    }

    pub(super) fn checked(mut self) -> Result<Self, NationalConfigError> {
        let url = reqwest::Url::parse(&self.base_url).map_err(|_| NationalConfigError::BaseUrl)?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(NationalConfigError::BaseUrl);
        }
        if self.area_code.len() != 12 || !self.area_code.bytes().all(|b| b.is_ascii_digit()) {
            return Err(NationalConfigError::AreaCode);
        }
        if [self.connect_timeout_ms, self.timeout_ms].iter().any(|wait| !(100..=300_000).contains(wait)) {
            return Err(NationalConfigError::Timeout);
        }
        if let Some(path) = &self.app_word_file {
            let mut text = std::fs::read_to_string(path)
                .map_err(|source| NationalConfigError::AppWordFile { path: path.clone(), source })?;
            self.app_word = AppWord::new(text.trim());
            text.zeroize();
        }
        if self.app_word.expose().is_empty() {
            return Err(NationalConfigError::AppWordMissing);
        }
        Ok(self)
    }
}

/// Names as offices list them; codes are stand-ins, since every province numbers its own catalogue.
fn default_task(service: Service) -> Task {
    let (code, name) = match service {
        Service::Balance => ("0001", "医疗保险个人账户查询"),
        Service::Insured => ("0002", "参保人员参保信息查询"),
        Service::Filing => ("0003", "基本医疗保险异地就医备案"),
        Service::Relative => ("0004", "医疗保障服务事项代办"),
        Service::Hospitals => ("0005", "定点医药机构信息查询"),
        Service::Guide => ("0006", "医疗保障政策咨询"),
        Service::Offices => ("0007", "医疗保障经办网点查询"),
        Service::Opinion => ("0008", "医疗保障服务意见建议"),
    };
    Task { code: format!("002036{code}000"), name: name.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(toml: &str, expected: Result<&str, &str>) {
        let outcome = toml::from_str::<NationalConfig>(toml)
            .map_err(|error| error.message().to_owned())
            .and_then(|config| config.checked().map_err(|error| error.to_string()))
            .map(|config| config.task(Service::Balance).code);
        match expected {
            Ok(code) => assert_eq!(outcome.as_deref(), Ok(code)),
            Err(part) => assert!(outcome.as_ref().is_err_and(|text| text.contains(part)), "{toml}: {outcome:?}"),
        }
    }

    #[test]
    fn settings_are_checked() {
        check("app_word = 'w'", Ok("0020360001000"));
        check("app_word = 'w'\n[tasks.balance]\ncode = '77'\nname = '查'", Ok("77"));
        check("", Err("app_word is empty"));
        check("app_word = 'w'\nbase_url = 'ftp://x'", Err("base_url"));
        check("app_word = 'w'\narea_code = '3700'", Err("area_code"));
        check("app_word = 'w'\ntimeout_ms = 0", Err("timeout_ms"));
        check("app_wrod = 'w'", Err("unknown field `app_wrod`"));
        check("app_word_file = '/nowhere/word'", Err("/nowhere/word"));
    }

    #[test]
    fn the_secret_hides_itself() {
        let config = NationalConfig { app_word: AppWord::new("hush-hush"), ..NationalConfig::default() };
        assert!(!format!("{config:?}").contains("hush"));
    }
}
