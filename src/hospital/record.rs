//! One hospital, as the list tells it and the screens show it.

use serde::Serialize;

use crate::domain::AreaCode;

/// A designated hospital.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hospital {
    /// 定点医药机构编码.
    pub code: String,
    /// Its official name.
    pub name: String,
    /// The area it lies in, GB/T 2260 or the platform's own.
    pub area: AreaCode,
    /// 医院等级; `None` for 未定级 and for what the list does not say.
    pub level: Option<Level>,
    /// What can be settled there directly, away from home.
    pub services: Services,
    /// Its address; may be empty.
    pub address: String,
    /// Its telephone; may be empty.
    pub phone: String,
}

/// 医院等级: 三级甲等 and so on. The greater one is the higher one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Level {
    /// 一级, 二级, 三级.
    pub tier: Tier,
    /// 甲等, 乙等, 丙等; `None` for a tier without grade.
    pub grade: Option<Grade>,
}

/// 级.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tier {
    /// 一级.
    Primary,
    /// 二级.
    Secondary,
    /// 三级.
    Tertiary,
}

/// 等.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grade {
    /// 丙等.
    C,
    /// 乙等.
    B,
    /// 甲等.
    A,
    /// 特等.
    Special,
}

/// What a hospital settles directly for people insured elsewhere.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Services {
    /// 住院.
    pub inpatient: bool,
    /// 普通门诊.
    pub outpatient: bool,
    /// 门诊慢特病.
    pub chronic: bool,
}

const TIERS: [(char, Tier); 3] = [('一', Tier::Primary), ('二', Tier::Secondary), ('三', Tier::Tertiary)];
const GRADES: [(char, Grade); 4] = [('丙', Grade::C), ('乙', Grade::B), ('甲', Grade::A), ('特', Grade::Special)];

impl Level {
    /// Reads 三级甲等, 三甲, 二级; `Ok(None)` for nothing and for 未定级.
    ///
    /// # Errors
    /// For anything else.
    pub(super) fn read(text: &str) -> Result<Option<Self>, String> {
        let unknown = || format!("{text:?} is no level; write 三级甲等, 二级 or 未定级");
        let mut marks = text.chars().filter(|mark| !matches!(mark, '级' | '等'));
        let Some(tier) = marks.next() else { return Ok(None) };
        if matches!(text, "未定级" | "未评级" | "无") {
            return Ok(None);
        }
        let tier = TIERS.iter().find(|(mark, _)| *mark == tier).ok_or_else(unknown)?.1;
        let grade = match marks.next() {
            None => None,
            Some(grade) => Some(GRADES.iter().find(|(mark, _)| *mark == grade).ok_or_else(unknown)?.1),
        };
        if marks.next().is_some() { Err(unknown()) } else { Ok(Some(Self { tier, grade })) }
    }

    /// As it is stored: tens for the tier, ones for the grade; 0 for none. The greater number is the higher level.
    pub(super) fn number(level: Option<Self>) -> u8 {
        level.map_or(0, |Self { tier, grade }| 10 * (tier as u8 + 1) + grade.map_or(0, |grade| grade as u8 + 1))
    }

    pub(super) fn from_number(number: u8) -> Option<Self> {
        let tier = TIERS.get(usize::from((number / 10).checked_sub(1)?))?.1;
        let grade = (number % 10).checked_sub(1).and_then(|at| GRADES.get(usize::from(at)));
        Some(Self { tier, grade: grade.map(|(_, grade)| *grade) })
    }
}

impl Services {
    /// Reads words with any of `;；、,，/` between them; nothing means that the list does not say.
    ///
    /// # Errors
    /// For a word that is none of 住院, 门诊, 慢特病 or their long forms.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let mut services = Self::default();
        for word in text.split([';', '；', '、', ',', '，', '/']).map(str::trim).filter(|word| !word.is_empty()) {
            match word {
                "住院" => services.inpatient = true,
                "门诊" | "普通门诊" => services.outpatient = true,
                "慢特病" | "门诊慢特病" | "门诊慢特病治疗" => services.chronic = true,
                _ => return Err(format!("{word:?} is no kind of service; write 住院, 门诊 or 慢特病")),
            }
        }
        Ok(services)
    }

    /// As it is stored: a bit each.
    pub(super) fn number(self) -> u8 {
        u8::from(self.inpatient) | u8::from(self.outpatient) << 1 | u8::from(self.chronic) << 2
    }

    pub(super) fn from_number(number: u8) -> Self {
        Self { inpatient: number & 1 != 0, outpatient: number & 2 != 0, chronic: number & 4 != 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_level(text: &str, expected: Result<u8, &str>) {
        let number = Level::read(text).map(Level::number);
        assert_eq!(number, expected.map_err(str::to_owned), "{text}");
    }

    #[test]
    fn levels_are_read_and_ordered() {
        check_level("三级特等", Ok(34));
        check_level("三级甲等", Ok(33));
        check_level("三甲", Ok(33));
        check_level("三级", Ok(30));
        check_level("二级丙等", Ok(21));
        check_level("一级", Ok(10));
        check_level("未定级", Ok(0));
        check_level("", Ok(0));
        check_level("四级", Err("\"四级\" is no level; write 三级甲等, 二级 or 未定级"));
        check_level("三级甲等医院", Err("\"三级甲等医院\" is no level; write 三级甲等, 二级 or 未定级"));
        for number in [0, 10, 11, 14, 20, 23, 30, 34] {
            assert_eq!(Level::number(Level::from_number(number)), number);
        }
    }

    #[test]
    fn services_are_read_in_any_writing() {
        let all = Services { inpatient: true, outpatient: true, chronic: true };
        assert_eq!(Services::read("住院、普通门诊；慢特病"), Ok(all));
        assert_eq!(Services::read(""), Ok(Services::default()));
        assert!(Services::read("住院 美容").is_err());
        for number in 0..8 {
            assert_eq!(Services::from_number(number).number(), number);
        }
    }
}
