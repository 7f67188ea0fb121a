//! The plain question and the official category behind each of its answers.

use serde::{Deserialize, Serialize};

/// Why somebody goes away for treatment, as a resident would say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TravelReason {
    /// 搬去和子女住.
    WithChildren,
    /// 退休回老家.
    RetiredHome,
    /// 在外地工作.
    Working,
    /// 医院让转过去.
    Referred,
    /// 临时出去，怕生病.
    Precaution,
    /// 已经在外地急诊了.
    Emergency,
}

impl TravelReason {
    /// All answers, in the order they are offered.
    pub const ALL: [Self; 6] =
        [Self::WithChildren, Self::RetiredHome, Self::Working, Self::Referred, Self::Precaution, Self::Emergency];

    /// The official category.
    pub fn category(self) -> Category {
        match self {
            Self::WithChildren => Category::LongTermResident,
            Self::RetiredHome => Category::RetiredResettled,
            Self::Working => Category::LongTermWorker,
            Self::Referred => Category::Referred,
            Self::Precaution => Category::OtherTemporary,
            Self::Emergency => Category::Emergency,
        }
    }
}

/// 备案类型, annex article 7.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Category {
    /// 异地安置退休人员.
    RetiredResettled,
    /// 异地长期居住人员.
    LongTermResident,
    /// 常驻异地工作人员.
    LongTermWorker,
    /// 异地转诊人员.
    Referred,
    /// 异地急诊抢救人员: counts as filed, nothing is submitted (annex articles 8 and 34).
    Emergency,
    /// 其他临时外出就医人员.
    OtherTemporary,
}

/// The two groups of categories, which differ in how long a filing holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CategoryGroup {
    /// 跨省异地长期居住.
    LongTerm,
    /// 跨省临时外出就医.
    Temporary,
}

impl Category {
    /// All categories in the order of the annex.
    pub const ALL: [Self; 6] = [
        Self::RetiredResettled,
        Self::LongTermResident,
        Self::LongTermWorker,
        Self::Referred,
        Self::Emergency,
        Self::OtherTemporary,
    ];

    /// Its group.
    pub fn group(self) -> CategoryGroup {
        match self {
            Self::RetiredResettled | Self::LongTermResident | Self::LongTermWorker => CategoryGroup::LongTerm,
            Self::Referred | Self::Emergency | Self::OtherTemporary => CategoryGroup::Temporary,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_category_is_the_answer_to_one_reason() {
        for category in Category::ALL {
            assert_eq!(TravelReason::ALL.iter().filter(|reason| reason.category() == category).count(), 1);
        }
    }
}
