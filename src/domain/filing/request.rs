//! What is sent to the insurance platform: a new filing, its cancelling or its extension.

use std::fmt;

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

use super::{Category, Period, PhoneNumber, TravelReason};
use crate::domain::{AreaCode, CertificateNumber, InsuranceType, PersonName, ProjectNumber};

/// Characters that are written of an address beside its place, and of a hospital's name. With the longest of everything
/// else a draft still fits its code.
pub const WRITTEN_CHARS_MAX: usize = 40;

/// One request about one insured person. Its number is made here and stored before the first send.
#[derive(Clone, PartialEq, Eq)]
pub struct FilingRequest {
    /// Names this request for good; the platform keeps it, so that it can be asked whether it has it.
    pub number: ProjectNumber,
    /// 人员编号 of the insured person.
    pub person_number: String,
    /// Name of the insured person.
    pub name: PersonName,
    /// Certificate number of the insured person.
    pub certificate: CertificateNumber,
    /// 险种.
    pub insurance: InsuranceType,
    /// 参保地.
    pub insured_area: AreaCode,
    /// What is asked for.
    pub action: FilingAction,
    /// Who does it for them; `None` when they do it themselves.
    pub agent: Option<Agent>,
    /// When it was submitted, local time.
    pub at: DateTime,
}

/// What is asked for.
#[derive(Clone, PartialEq, Eq)]
pub enum FilingAction {
    /// A new filing. Where `replaces` names one that holds, that one ends the day before this one begins.
    File(Box<NewFiling>),
    /// 取消备案.
    Cancel {
        /// Number the platform gave the filing (`trt_dcla_detl_sn`).
        serial: String,
    },
    /// 延长备案.
    Extend {
        /// Number the platform gave the filing.
        serial: String,
        /// The new last day.
        until: Date,
    },
}

/// The content of a new filing (fields of `out_appy_d`).
#[derive(Clone, PartialEq, Eq)]
pub struct NewFiling {
    /// The answer to the plain question.
    pub reason: TravelReason,
    /// The official category.
    pub category: Category,
    /// 就医地: a prefecture-level city, a municipality, or a unit filed whole.
    pub destination: AreaCode,
    /// From when to when.
    pub period: Period,
    /// Where the office can call.
    pub phone: PhoneNumber,
    /// 居外地址, where the category asks for it.
    pub address: Option<String>,
    /// What stands for the papers.
    pub grounds: Grounds,
    /// Serial of the filing this one takes the place of, after the resident agreed to it.
    pub replaces: Option<String>,
}

/// What stands for the papers (annex article 8).
#[derive(Clone, PartialEq, Eq)]
pub enum Grounds {
    /// None is asked for.
    Nothing,
    /// 个人承诺书, accepted here.
    Commitment(Commitment),
    /// 转诊转院证明.
    Referral(Referral),
}

/// 承诺书 as it stood on the screen when it was accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commitment {
    /// Version of the text, from the policy file.
    pub version: String,
    /// The exact text.
    pub text: String,
    /// When it was accepted, local time.
    pub accepted: DateTime,
}

/// 转诊转院证明.
#[derive(Clone, PartialEq, Eq)]
pub struct Referral {
    /// Its number.
    pub number: String,
    /// The hospital that issued it.
    pub hospital: String,
}

/// 代办人 (`agnter_*`).
#[derive(Clone, PartialEq, Eq)]
pub struct Agent {
    /// Name as read from their own card.
    pub name: PersonName,
    /// Number as read from their own card.
    pub certificate: CertificateNumber,
    /// Where the agent can be called; the phone of the filing where none of their own was given.
    pub phone: Option<PhoneNumber>,
    /// What they are to the insured person.
    pub relation: Relation,
}

/// What an agent is to the insured person (`agnter_rlts`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// 配偶.
    Spouse,
    /// 子女.
    Child,
    /// 父母.
    Parent,
    /// 其他亲属.
    OtherRelative,
    /// 朋友、邻居、工作人员.
    Other,
}

impl Relation {
    /// All relations, in the order they are offered.
    pub const ALL: [Self; 5] = [Self::Spouse, Self::Child, Self::Parent, Self::OtherRelative, Self::Other];
}

impl Drop for FilingRequest {
    fn drop(&mut self) {
        self.person_number.zeroize();
    }
}

impl Drop for NewFiling {
    fn drop(&mut self) {
        self.address.zeroize();
    }
}

impl Drop for Referral {
    fn drop(&mut self) {
        self.number.zeroize();
        self.hospital.zeroize();
    }
}

/// Says which request, never whose.
impl fmt::Debug for FilingRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FilingRequest({}, {:?})", self.number.as_str(), self.action)
    }
}

impl fmt::Debug for FilingAction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::File(_) => "File",
            Self::Cancel { .. } => "Cancel",
            Self::Extend { .. } => "Extend",
        })
    }
}

impl fmt::Debug for NewFiling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NewFiling(…)")
    }
}

impl fmt::Debug for Grounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Nothing => "Nothing",
            Self::Commitment(_) => "Commitment",
            Self::Referral(_) => "Referral",
        })
    }
}

impl fmt::Debug for Referral {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Referral(…)")
    }
}

impl fmt::Debug for Agent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Agent({:?}, …)", self.relation)
    }
}
