//! The request envelope of the national interface, and which address a transaction has. Pure.

use jiff::Timestamp;
use serde::Serialize;

use super::{FilingCall, FsiConfig, UrlStyle};
use crate::domain::china_time;

/// A transaction this kiosk uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Transaction<'a> {
    /// 9001 签到.
    SignIn,
    /// 1101 人员信息获取.
    Person,
    /// 1201 医药机构信息获取; the smallest question that proves a sign-in still holds.
    Institution,
    /// KX01, account movements of the embedded platform's own profile.
    Movements,
    /// One of the filing profile, as the site numbers it.
    Filing {
        /// Number and path.
        call: &'a FilingCall,
        /// Arriving twice, it would have its effect twice.
        once: bool,
    },
}

impl<'a> Transaction<'a> {
    /// Whether arriving twice would be more than arriving once.
    pub(super) fn changes_something(self) -> bool {
        matches!(self, Self::Filing { once: true, .. })
    }

    /// The transaction number.
    pub(super) fn number(self) -> &'a str {
        match self {
            Self::SignIn => "9001",
            Self::Person => "1101",
            Self::Institution => "1201",
            Self::Movements => "KX01",
            Self::Filing { call, .. } => &call.number,
        }
    }

    fn path(self) -> &'a str {
        match self {
            Self::SignIn => "/fsi/api/signInSignOutService/signIn",
            Self::Person => "/fsi/api/fsiPsnInfoService/queryPsnInfo",
            Self::Institution => "/fsi/api/fsiFixMedInsService/queryFixMedIns",
            Self::Movements => "/fsi/api/embeddedService/queryAccountMovements",
            Self::Filing { call, .. } => &call.path,
        }
    }

    /// The whole address.
    pub(super) fn url(self, config: &FsiConfig) -> String {
        let base = config.base_url.trim_end_matches('/');
        match config.url_style {
            UrlStyle::Paths => format!("{base}{}", self.path()),
            UrlStyle::Number => format!("{base}/{}", self.number()),
        }
    }
}

/// The envelope. Field names are the interface's own, uneven spelling of the two areas included.
#[derive(Serialize)]
pub(super) struct Envelope<'a, T> {
    infno: &'a str,
    msgid: String,
    mdtrtarea_admvs: &'a str,
    insuplc_admdvs: &'a str,
    recer_sys_code: &'a str,
    dev_no: &'static str,
    dev_safe_info: &'static str,
    cainfo: &'static str,
    signtype: &'static str,
    infver: &'a str,
    opter_type: &'static str,
    opter: &'a str,
    opter_name: &'a str,
    inf_time: String,
    fixmedins_code: &'a str,
    fixmedins_name: &'a str,
    sign_no: &'a str,
    input: &'a T,
}

/// `opter_type` of a self-service terminal.
const SELF_SERVICE_TERMINAL: &str = "2";

impl<'a, T: Serialize> Envelope<'a, T> {
    /// Fills the envelope. `insured_area` is required by the interface when the input names a person number.
    pub(super) fn new(
        config: &'a FsiConfig,
        transaction: Transaction<'a>,
        stamp: Stamp,
        insured_area: &'a str,
        sign_no: &'a str,
        input: &'a T,
    ) -> Self {
        Self {
            infno: transaction.number(),
            msgid: stamp.message_id(&config.fixmedins_code),
            mdtrtarea_admvs: &config.mdtrtarea_admvs,
            insuplc_admdvs: insured_area,
            recer_sys_code: &config.recer_sys_code,
            dev_no: "",
            dev_safe_info: "",
            cainfo: "",
            signtype: "",
            infver: &config.infver,
            opter_type: SELF_SERVICE_TERMINAL,
            opter: &config.opter,
            opter_name: &config.opter_name,
            inf_time: stamp.spoken(),
            fixmedins_code: &config.fixmedins_code,
            fixmedins_name: &config.fixmedins_name,
            sign_no,
            input,
        }
    }
}

/// When a message is made, and its running number.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stamp {
    /// The moment.
    pub(super) at: Timestamp,
    /// A number that differs from the one before; its last four digits count.
    pub(super) sequence: u32,
}

impl Stamp {
    /// `msgid`: institution (12), Beijing time to the second (14), running number (4).
    fn message_id(self, institution: &str) -> String {
        format!("{institution}{}{:04}", china_time(self.at).strftime("%Y%m%d%H%M%S"), self.sequence % 10_000)
    }

    /// `inf_time`.
    fn spoken(self) -> String {
        china_time(self.at).strftime("%Y-%m-%d %H:%M:%S").to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_id_has_thirty_characters() {
        let at: Timestamp = "2026-11-21T15:59:58Z".parse().unwrap();
        let id = Stamp { at, sequence: 120_007 }.message_id("H37100200001");
        assert_eq!(id, "H37100200001202611212359580007");
        assert_eq!(id.len(), 30);
    }

    #[test]
    fn both_address_styles() {
        let mut config: FsiConfig = toml::from_str(
            r#"base_url = "http://h/x/"
            paasid = "p"
            fixmedins_code = "H37100200001"
            fixmedins_name = "n"
            mdtrtarea_admvs = "371002"
            opter = "o"
            opter_name = "o""#,
        )
        .unwrap();
        assert_eq!(Transaction::Person.url(&config), "http://h/x/fsi/api/fsiPsnInfoService/queryPsnInfo");
        config.url_style = UrlStyle::Number;
        assert_eq!(Transaction::Person.url(&config), "http://h/x/1101");
    }
}
