//! A matter (事项, 办件): one thing a resident came for, from its start to its rating.

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

/// What a resident can ask the kiosk for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Service {
    /// 查医保余额.
    Balance,
    /// 参保信息.
    Insured,
    /// 异地就医备案.
    Filing,
    /// 帮家人办.
    Relative,
    /// 查定点医院.
    Hospitals,
    /// 办事指南.
    Guide,
    /// 附近网点.
    Offices,
    /// 意见评价.
    Opinion,
}

impl Service {
    /// All services, in the order of the first screen.
    pub const ALL: [Self; 8] = [
        Self::Balance,
        Self::Insured,
        Self::Filing,
        Self::Relative,
        Self::Hospitals,
        Self::Guide,
        Self::Offices,
        Self::Opinion,
    ];
}

/// 办件编号: names one handled matter for good; the rating hangs on it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ProjectNumber(String);

impl ProjectNumber {
    /// Two digits of province, the kiosk's number, the day, and ten characters of chance
    /// (50 bits), so that a re-imaged kiosk or a wrong clock cannot make the same number twice.
    pub fn compose(province: &str, kiosk: &str, day: jiff::civil::Date, chance: u64) -> Self {
        const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKLMNPQRSTUVWX";
        let tail: String = (0..10).map(|i| char::from(LETTERS[(chance >> (5 * i) & 31) as usize])).collect();
        Self(format!("{province}{kiosk}{}{tail}", day.strftime("%Y%m%d")))
    }

    /// From storage or a test.
    pub fn from_stored(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The number as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A matter that was finished at this kiosk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matter {
    /// Its number.
    pub project: ProjectNumber,
    /// What was done.
    pub service: Service,
    /// When it began, local time.
    pub started: DateTime,
    /// When it was done, local time.
    pub finished: DateTime,
}
