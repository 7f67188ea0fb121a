//! What the national interface needs to know about this kiosk: one table of the configuration file.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use serde::Deserialize;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::places::SiteAreas;

/// A shared secret. Wiped on drop, hidden in debug output.
#[derive(Clone, PartialEq, Eq, Deserialize, Zeroize, ZeroizeOnDrop)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// Keeps the text as secret.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The secret, for signing alone.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// How a transaction finds its address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UrlStyle {
    /// The national paths under the base address, such as `/fsi/api/fsiPsnInfoService/queryPsnInfo`.
    #[default]
    Paths,
    /// The base address followed by the transaction number, as in Guangdong.
    Number,
}

/// Case of the hexadecimal digits of the signature; provinces differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HexCase {
    /// `0123456789abcdef`.
    #[default]
    Lower,
    /// `0123456789ABCDEF`.
    Upper,
}

/// Where account movements come from. The national interface has no transaction for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MovementsProfile {
    /// The platform offers none; the screen leaves them out.
    #[default]
    None,
    /// Transaction `KX01` of the embedded platform: shaped like the national ones, but known to nobody else.
    Embedded,
}

/// One transaction of the filing profile.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FilingCall {
    /// `infno`, at most 6 characters.
    pub number: String,
    /// Path under the base address, where addresses are paths.
    pub path: String,
}

/// Transactions of out-of-area filings.
///
/// The interface for designated institutions has none for residents' own filings, and that of the offices' public
/// services is not published: numbers and paths are the province's to give. The defaults are the embedded platform's.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FilingProfile {
    /// A person's filings.
    pub list: FilingCall,
    /// Who is bound to a person's family account.
    pub family: FilingCall,
    /// Where a request stands, by our number of it.
    pub find: FilingCall,
    /// Files, cancels and extends.
    pub submit: FilingCall,
    /// A refusal that holds one of these is for the moment, not for good.
    pub later_words: Vec<String>,
}

impl Default for FilingProfile {
    fn default() -> Self {
        let call = |number: &str, name: &str| FilingCall {
            number: number.into(),
            path: format!("/fsi/api/embeddedService/{name}"),
        };
        Self {
            list: call("KX11", "queryFilings"),
            family: call("KX12", "queryFamily"),
            find: call("KX13", "queryFilingRequest"),
            submit: call("KX14", "submitFilingRequest"),
            later_words: ["稍后", "繁忙", "维护", "超时"].map(String::from).to_vec(),
        }
    }
}

impl FilingProfile {
    fn fits(&self) -> bool {
        let calls = [&self.list, &self.family, &self.find, &self.submit];
        calls.iter().all(|call| within(&call.number, 6) && call.path.starts_with('/'))
    }
}

/// Settings of the national interface.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FsiConfig {
    /// Address of the gateway, without the path of a transaction.
    pub base_url: String,
    /// The account at the gateway (`x-tif-paasid`).
    pub paasid: String,
    /// The shared secret, inline. Prefer `secret_file`.
    #[serde(default)]
    pub secret: Option<Secret>,
    /// File that holds the shared secret and nothing else; white space around it is ignored.
    #[serde(default)]
    pub secret_file: Option<PathBuf>,
    /// Extra certificate authorities (PEM) for a gateway with a private one.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
    /// Code of the institution that runs the kiosk: 12 letters and digits.
    pub fixmedins_code: String,
    /// Its name.
    pub fixmedins_name: String,
    /// Insurance area of the hall, 6 digits.
    pub mdtrtarea_admvs: String,
    /// Code of the receiving system.
    #[serde(default = "defaults::recer_sys_code")]
    pub recer_sys_code: String,
    /// Number of the kiosk as an operator, at most 20 characters.
    pub opter: String,
    /// Name of the kiosk as an operator.
    pub opter_name: String,
    /// Version of the interface.
    #[serde(default = "defaults::infver")]
    pub infver: String,
    /// Address of this machine as told at sign-in.
    #[serde(default = "defaults::ip")]
    pub ip: String,
    /// Hardware address as told at sign-in; may be empty.
    #[serde(default)]
    pub mac: String,
    /// How addresses are formed.
    #[serde(default)]
    pub url_style: UrlStyle,
    /// Case of the signature.
    #[serde(default)]
    pub hex_case: HexCase,
    /// Where movements come from.
    #[serde(default)]
    pub movements: MovementsProfile,
    /// Path of the e-voucher decoding service under the base address.
    #[serde(default = "defaults::voucher_path")]
    pub voucher_path: String,
    /// Field of the decoding request that carries the scanned code; not published nationally, so it can be set.
    #[serde(default = "defaults::voucher_field")]
    pub voucher_field: String,
    /// `businessType` of the decoding request; the table has none for enquiries, so the province says which.
    #[serde(default = "defaults::business_type")]
    pub business_type: String,
    /// Department number and name of the decoding request.
    #[serde(default = "defaults::office_id")]
    pub office_id: String,
    /// Department name of the decoding request.
    #[serde(default = "defaults::office_name")]
    pub office_name: String,
    /// Longest wait for a connection.
    #[serde(default = "defaults::connect_ms_max")]
    pub connect_ms_max: u64,
    /// Longest wait for a whole question, sign-in and retry included.
    #[serde(default = "defaults::total_ms_max")]
    pub total_ms_max: u64,
    /// The transactions of out-of-area filings; without this table the kiosk takes no filings.
    #[serde(default)]
    pub filing: Option<FilingProfile>,
    /// The list of the platform's own area codes (医保区划), where they differ from GB/T 2260.
    #[serde(default)]
    pub areas: Option<PathBuf>,
    /// What that list holds. Whoever read the file puts it here; without it the codes are those of GB/T 2260.
    #[serde(skip)]
    pub site_areas: Arc<SiteAreas>,
}

mod defaults {
    pub fn recer_sys_code() -> String {
        "YBXT".into()
    }
    pub fn infver() -> String {
        "V1.0".into()
    }
    pub fn ip() -> String {
        "127.0.0.1".into()
    }
    pub fn voucher_path() -> String {
        "/fsi/api/hsecfc/localQrCodeQuery".into()
    }
    pub fn voucher_field() -> String {
        "ecQrCode".into()
    }
    pub fn business_type() -> String {
        "01301".into()
    }
    pub fn office_id() -> String {
        "0001".into()
    }
    pub fn office_name() -> String {
        "自助服务区".into()
    }
    pub fn connect_ms_max() -> u64 {
        3_000
    }
    pub fn total_ms_max() -> u64 {
        8_000
    }
}

/// What is wrong with the settings.
#[derive(Debug, thiserror::Error)]
pub enum FsiConfigError {
    /// A value breaks the interface's own limits.
    #[error("{field}: {rule}")]
    Field {
        /// Key in the configuration file.
        field: &'static str,
        /// What it has to be.
        rule: &'static str,
    },
    /// A file it names cannot be read.
    #[error("{field}: cannot read {}: {source}", path.display())]
    File {
        /// Key in the configuration file.
        field: &'static str,
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// No HTTP client can be made of it (certificates).
    #[error("the HTTP client cannot be set up: {0}")]
    Http(#[from] reqwest::Error),
}

impl FsiConfig {
    /// Checks every value against the interface's limits.
    ///
    /// # Errors
    /// Names the first key that breaks a rule.
    pub fn validate(&self) -> Result<(), FsiConfigError> {
        let web = self.base_url.starts_with("http://") || self.base_url.starts_with("https://");
        let institution =
            self.fixmedins_code.len() == 12 && self.fixmedins_code.bytes().all(|b| b.is_ascii_alphanumeric());
        let area = self.mdtrtarea_admvs.len() == 6 && self.mdtrtarea_admvs.bytes().all(|b| b.is_ascii_digit());
        let header = !self.paasid.is_empty() && self.paasid.bytes().all(|b| b.is_ascii_graphic());
        let rules = [
            (web, "base_url", "begins with http:// or https://"),
            (header, "paasid", "printable ASCII without spaces"),
            (institution, "fixmedins_code", "12 letters and digits"),
            (within(&self.fixmedins_name, 200), "fixmedins_name", "1 to 200 characters"),
            (area, "mdtrtarea_admvs", "6 digits"),
            (within(&self.recer_sys_code, 10), "recer_sys_code", "1 to 10 characters"),
            (within(&self.opter, 20), "opter", "1 to 20 characters"),
            (within(&self.opter_name, 30), "opter_name", "1 to 30 characters"),
            (within(&self.infver, 6), "infver", "1 to 6 characters"),
            (within(&self.ip, 20), "ip", "1 to 20 characters"),
            (self.mac.len() <= 20, "mac", "at most 20 characters"),
            (self.voucher_path.starts_with('/'), "voucher_path", "begins with /"),
            (within(&self.voucher_field, 40), "voucher_field", "1 to 40 characters"),
            (within(&self.business_type, 5), "business_type", "1 to 5 characters"),
            (
                self.filing.as_ref().is_none_or(FilingProfile::fits),
                "filing",
                "each number 1 to 6 characters, each path beginning with /",
            ),
            (self.connect_ms_max > 0, "connect_ms_max", "above 0"),
            (self.total_ms_max > 0, "total_ms_max", "above 0"),
            (
                self.secret.is_some() != self.secret_file.is_some(),
                "secret_file",
                "exactly one of secret and secret_file",
            ),
        ];
        match rules.iter().find(|(kept, ..)| !kept) {
            Some((_, field, rule)) => Err(FsiConfigError::Field { field, rule }),
            None => Ok(()),
        }
    }

    /// The secret, from wherever it is kept.
    ///
    /// # Errors
    /// When its file cannot be read or neither place is given.
    pub fn read_secret(&self) -> Result<Secret, FsiConfigError> {
        if let Some(secret) = &self.secret {
            return Ok(secret.clone());
        }
        let missing = FsiConfigError::Field { field: "secret_file", rule: "exactly one of secret and secret_file" };
        let path = self.secret_file.clone().ok_or(missing)?;
        match std::fs::read_to_string(&path) {
            Ok(text) => Ok(Secret::new(Zeroizing::new(text).trim())),
            Err(source) => Err(FsiConfigError::File { field: "secret_file", path, source }),
        }
    }
}

fn within(text: &str, characters_max: usize) -> bool {
    !text.is_empty() && text.chars().count() <= characters_max
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = r#"
        base_url = "https://gateway.example"
        paasid = "kiosk"
        secret = "s3cret"
        fixmedins_code = "H37100200001"
        fixmedins_name = "某大厅"
        mdtrtarea_admvs = "371002"
        opter = "K01"
        opter_name = "自助终端一号"
    "#;

    fn check(change: impl Fn(&mut FsiConfig), expected: Option<&str>) {
        let mut config: FsiConfig = toml::from_str(WHOLE).unwrap();
        change(&mut config);
        let field = config.validate().err().map(|e| e.to_string().split(':').next().unwrap().to_owned());
        assert_eq!(field.as_deref(), expected);
    }

    #[test]
    fn holds_to_the_limits_of_the_interface() {
        check(|_| {}, None);
        check(|c| c.base_url = "gateway.example".into(), Some("base_url"));
        check(|c| c.paasid = "号".into(), Some("paasid"));
        check(|c| c.fixmedins_code = "H3710020000".into(), Some("fixmedins_code"));
        check(|c| c.mdtrtarea_admvs = "37100".into(), Some("mdtrtarea_admvs"));
        check(|c| c.opter = "0".repeat(21), Some("opter"));
        check(|c| c.secret_file = Some("also".into()), Some("secret_file"));
        check(|c| c.secret = None, Some("secret_file"));
        check(|c| c.total_ms_max = 0, Some("total_ms_max"));
    }

    #[test]
    fn knows_its_keys_and_hides_its_secret() {
        assert!(toml::from_str::<FsiConfig>(&format!("{WHOLE}\nbase_ulr = 1")).is_err());
        let config: FsiConfig = toml::from_str(WHOLE).unwrap();
        assert!(!format!("{config:?}").contains("s3cret"));
        assert_eq!((config.connect_ms_max, config.total_ms_max), (3_000, 8_000));
    }

    #[test]
    fn reads_the_secret_from_its_file() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "s3cret\n").unwrap();
        let mut config: FsiConfig = toml::from_str(WHOLE).unwrap();
        config.secret = None;
        config.secret_file = Some(file.path().to_owned());
        assert_eq!(config.read_secret().unwrap().expose(), "s3cret");
        config.secret_file = Some("/nonexistent/secret".into());
        assert!(config.read_secret().is_err());
    }
}
