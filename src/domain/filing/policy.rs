//! The rules of filing as data: what each category asks for, how long it holds, and what residents are told.
//!
//! They come out of a TOML file that a province edits; every value stands beside its source. No such value is in code.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Deserialize;

use super::{Category, CategoryGroup};
use crate::domain::AreaCode;

/// The rules this kiosk ships.
const NATIONAL: &str = include_str!("../../../assets/policy/national.toml");
/// A temporary filing holds at least so many months (医保发〔2022〕22号).
const TEMPORARY_MONTHS_MIN: u8 = 6;
/// No filing is offered for longer than this; what holds longer is open-ended.
const MONTHS_MAX: u8 = 60;

/// Characters of the words for a dwelling, which end an address; a draft has to fit its code.
pub const DWELLING_CHARS_MAX: usize = 8;
/// Characters of the commitment's version, which is kept with every filing and goes into the draft's code.
pub const VERSION_CHARS_MAX: usize = 16;
/// Bytes of all that is to be brought for one category, with room for its numbers; it has to fit a code.
const MATERIALS_BYTES_MAX: usize = 500;
/// Bytes of all sentences of a notice; they stand on the receipt, which has to fit a code.
pub const NOTICE_BYTES_MAX: usize = 330;
const MATERIAL_NUMBER_BYTES: usize = 5;

/// A value and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sourced<T> {
    /// The value.
    pub value: T,
    /// Document and article, or whose default it is.
    pub source: String,
}

/// One sentence in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sentence {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
    /// Where it comes from.
    pub source: String,
}

/// Several sentences in both languages, as many in the one as in the other.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sentences {
    /// Chinese.
    pub zh: Vec<String>,
    /// English.
    pub en: Vec<String>,
    /// Where they come from.
    pub source: String,
}

/// 个人承诺书.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommitmentText {
    /// Changes whenever the text does.
    pub version: String,
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
    /// Where it comes from.
    pub source: String,
}

/// Something told for each group of categories.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ByGroup<T> {
    /// 跨省异地长期居住.
    pub long_term: T,
    /// 跨省临时外出就医.
    pub temporary: T,
}

/// Words for each kind of dwelling, as the insurance office reads them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DwellingWords {
    /// With children.
    pub children: Sentence,
    /// Own or rented.
    pub own: Sentence,
    /// At the employer's.
    pub employer: Sentence,
    /// In a care home.
    pub care_home: Sentence,
}

/// What one category asks for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CategoryRule {
    /// 长期有效.
    pub open_ended: Sourced<bool>,
    /// Fewest months a filing may hold; only where it is not open-ended.
    pub months_min: Option<Sourced<u8>>,
    /// Months offered first.
    pub months_default: Option<Sourced<u8>>,
    /// Most months.
    pub months_max: Option<Sourced<u8>>,
    /// Months before it may be changed or cancelled; 0 for at any time.
    pub months_before_change: Sourced<u8>,
    /// How many days back the first day may lie.
    pub first_day_back_days: Sourced<u16>,
    /// How many days ahead the first day may lie.
    pub first_day_ahead_days: Sourced<u16>,
    /// So many days before its last one it may be extended; none for never.
    pub extend_within_days: Option<Sourced<u16>>,
    /// Whether the signed statement stands for the papers.
    pub commitment: Sourced<bool>,
    /// Whether the address there is asked for.
    pub address: Sourced<bool>,
    /// Whether a referral certificate is asked for.
    pub referral: Sourced<bool>,
    /// Whether one under which a bill was settled may be cancelled.
    pub cancel_when_used: Sourced<bool>,
    /// What to bring to the window.
    pub materials: Sentences,
}

/// How many months a filing may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Months {
    /// Fewest.
    pub min: u8,
    /// Offered first.
    pub default: u8,
    /// Most.
    pub max: u8,
}

impl CategoryRule {
    /// The months to choose from; `None` for 长期有效.
    pub fn months(&self) -> Option<Months> {
        let (min, default, max) = (self.months_min.as_ref()?, self.months_default.as_ref()?, self.months_max.as_ref()?);
        Some(Months { min: min.value, default: default.value, max: max.value })
    }
}

/// The rules of filing at one place.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FilingPolicy {
    /// Version of the file.
    pub version: String,
    /// Most relatives one person may file for at one kiosk in a day.
    pub relatives_a_day_max: Sourced<u8>,
    /// A phone number or a bound relative that changed within so many days is asked about.
    pub scam_guard_days: Sourced<u16>,
    /// Destinations that stand first: codes.
    pub common_destinations: Sourced<Vec<String>>,
    category: BTreeMap<Category, CategoryRule>,
    /// 个人承诺书.
    pub commitment: CommitmentText,
    notice: ByGroup<Sentences>,
    advice: ByGroup<Sentences>,
    cancel_note: ByGroup<Sentence>,
    /// Words for dwellings.
    pub dwelling: DwellingWords,
}

/// Why a policy file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    /// It is not TOML, or a key or a category is wrong or missing.
    #[error("the filing policy has a mistake\n{0}")]
    Mistake(String),
    /// A value breaks a rule.
    #[error("the filing policy's {key} = {value} cannot be used: {rule}")]
    Value {
        /// The key with its tables.
        key: String,
        /// What stands there.
        value: String,
        /// What it must be.
        rule: &'static str,
    },
}

/// The version alone: a policy is pages of sentences.
impl std::fmt::Debug for FilingPolicy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FilingPolicy({})", self.version)
    }
}

impl FilingPolicy {
    /// The rules this kiosk ships.
    ///
    /// # Errors
    /// None as long as the shipped file is right, which a test proves.
    pub fn national() -> Result<Self, PolicyError> {
        Self::parse(NATIONAL)
    }

    /// Reads and checks the text of a policy file.
    ///
    /// # Errors
    /// Names the key, the value and the rule.
    pub fn parse(text: &str) -> Result<Self, PolicyError> {
        let policy: Self = toml::from_str(text).map_err(|error| PolicyError::Mistake(error.to_string()))?;
        let table: toml::Table = toml::from_str(text).map_err(|error| PolicyError::Mistake(error.to_string()))?;
        nothing_is_empty(&mut String::new(), &toml::Value::Table(table))?;
        policy.check()?;
        Ok(policy)
    }

    /// The rule of a category; `None` for emergency care, for which nothing is filed.
    pub fn rule(&self, category: Category) -> Option<&CategoryRule> {
        self.category.get(&category)
    }

    /// 一次性告知 of a group.
    pub fn notice(&self, group: CategoryGroup) -> &Sentences {
        self.notice.of(group)
    }

    /// What to do at the far hospital.
    pub fn advice(&self, group: CategoryGroup) -> &Sentences {
        self.advice.of(group)
    }

    /// What is said before a filing is cancelled.
    pub fn cancel_note(&self, group: CategoryGroup) -> &Sentence {
        self.cancel_note.of(group)
    }

    fn check(&self) -> Result<(), PolicyError> {
        for category in Category::ALL {
            let name = key_of(category);
            match (category, self.category.get(&category)) {
                (Category::Emergency, None) => {}
                (Category::Emergency, Some(_)) => {
                    return Err(value(name, "…", "emergency care counts as filed and has no rules of its own"));
                }
                (_, None) => return Err(value(name, "nothing", "every category needs its rules")),
                (_, Some(rule)) => rule.check(category, &name)?,
            }
        }
        for code in &self.common_destinations.value {
            if AreaCode::parse(code).is_none() {
                return Err(value("common_destinations".into(), code, "six digits each"));
            }
        }
        self.check_lengths()?;
        let at_least_one = self.relatives_a_day_max.value > 0;
        let texts = [&self.notice.long_term, &self.notice.temporary, &self.advice.long_term, &self.advice.temporary];
        match texts.iter().all(|text| text.zh.len() == text.en.len()) {
            _ if !at_least_one => Err(value("relatives_a_day_max".into(), "0", "at least 1")),
            false => Err(value("notice, advice".into(), "…", "as many sentences in Chinese as in English")),
            true => Ok(()),
        }
    }

    /// What goes into a code has to fit it.
    fn check_lengths(&self) -> Result<(), PolicyError> {
        let version = &self.commitment.version;
        if version.len() > VERSION_CHARS_MAX || !version.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(value("commitment.version".into(), version, "at most 16 letters and digits"));
        }
        for (group, notice) in [("long-term", &self.notice.long_term), ("temporary", &self.notice.temporary)] {
            for texts in [&notice.zh, &notice.en] {
                let bytes: usize = texts.iter().map(String::len).sum();
                if bytes > NOTICE_BYTES_MAX {
                    let rule = "at most 330 bytes, 110 Chinese characters, since it stands on the receipt";
                    return Err(value(format!("notice.{group}"), &format!("{bytes} bytes"), rule));
                }
            }
        }
        let DwellingWords { children, own, employer, care_home } = &self.dwelling;
        match [children, own, employer, care_home].iter().find(|word| word.zh.chars().count() > DWELLING_CHARS_MAX) {
            Some(word) => Err(value("dwelling".into(), &word.zh, "at most 8 characters")),
            None => Ok(()),
        }
    }
}

impl CategoryRule {
    fn check(&self, category: Category, name: &str) -> Result<(), PolicyError> {
        let key = |field: &str| format!("{name}.{field}");
        let months = [
            ("months_min", &self.months_min),
            ("months_default", &self.months_default),
            ("months_max", &self.months_max),
        ];
        for (field, given) in months {
            match given {
                Some(given) if self.open_ended.value => {
                    return Err(value(
                        key(field),
                        &given.value.to_string(),
                        "not given, since the filing is open-ended",
                    ));
                }
                None if !self.open_ended.value => {
                    return Err(value(key(field), "nothing", "given, since the filing is not open-ended"));
                }
                _ => {}
            }
        }
        if let Some(months) = self.months() {
            months.check(category, name)?;
        }
        match (self.referral.value, self.commitment.value) {
            (true, true) => Err(value(key("commitment"), "true", "false where a referral certificate is asked for")),
            // The code of a draft does not hold both.
            (true, false) if self.address.value => {
                Err(value(key("address"), "true", "false where a referral certificate is asked for"))
            }
            _ if [&self.materials.zh, &self.materials.en].into_iter().any(|texts| too_much(texts)) => {
                Err(value(key("materials"), "…", "shorter, so that all of it fits a code: 500 bytes"))
            }
            _ if self.materials.zh.len() != self.materials.en.len() => {
                Err(value(key("materials"), "…", "as many sentences in Chinese as in English"))
            }
            _ => Ok(()),
        }
    }
}

fn too_much(materials: &[String]) -> bool {
    materials.iter().map(|what| what.len() + MATERIAL_NUMBER_BYTES).sum::<usize>() > MATERIALS_BYTES_MAX
}

impl Months {
    fn check(self, category: Category, name: &str) -> Result<(), PolicyError> {
        let key = |field: &str| format!("{name}.{field}");
        if category.group() == CategoryGroup::Temporary && self.min < TEMPORARY_MONTHS_MIN {
            return Err(value(key("months_min"), &self.min.to_string(), "at least 6 (医保发〔2022〕22号)"));
        }
        if !(self.min.max(1)..=MONTHS_MAX).contains(&self.max) {
            return Err(value(key("months_max"), &self.max.to_string(), "from months_min to 60"));
        }
        if !(self.min..=self.max).contains(&self.default) {
            return Err(value(key("months_default"), &self.default.to_string(), "from months_min to months_max"));
        }
        Ok(())
    }
}

impl<T> ByGroup<T> {
    fn of(&self, group: CategoryGroup) -> &T {
        match group {
            CategoryGroup::LongTerm => &self.long_term,
            CategoryGroup::Temporary => &self.temporary,
        }
    }
}

fn value(key: String, value: &str, rule: &'static str) -> PolicyError {
    PolicyError::Value { key, value: value.to_owned(), rule }
}

fn key_of(category: Category) -> String {
    let name = toml::Value::try_from(category).ok().and_then(|name| name.as_str().map(str::to_owned));
    format!("category.{}", name.unwrap_or_default())
}

/// A source, a version or a sentence that is there but blank says nothing. `key` is the way to `found`.
fn nothing_is_empty(key: &mut String, found: &toml::Value) -> Result<(), PolicyError> {
    let blank = || PolicyError::Value { key: key.clone(), value: found.to_string(), rule: "it must not be empty" };
    match found {
        toml::Value::String(text) if text.trim().is_empty() => Err(blank()),
        toml::Value::Array(items) if items.is_empty() => Err(blank()),
        toml::Value::Array(items) => items.iter().try_for_each(|item| nothing_is_empty(key, item)),
        toml::Value::Table(table) => table.iter().try_for_each(|(name, item)| {
            let length = key.len();
            let dot = if key.is_empty() { "" } else { "." };
            let _ = write!(key, "{dot}{name}");
            nothing_is_empty(key, item)?;
            key.truncate(length);
            Ok(())
        }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_policy_is_right() {
        let policy = FilingPolicy::national().unwrap();
        let open_ended = |category| policy.rule(category).map(|rule| rule.open_ended.value);
        assert_eq!(open_ended(Category::LongTermResident), Some(true));
        assert_eq!(open_ended(Category::OtherTemporary), Some(false));
        assert_eq!(open_ended(Category::Emergency), None);
        let months = policy.rule(Category::Referred).and_then(CategoryRule::months);
        assert_eq!(months.map(|months| months.min), Some(6));
    }

    /// Changes the shipped file in one place and expects to be told what is wrong.
    fn check(change: (&str, &str), expected: &[&str]) {
        assert!(NATIONAL.contains(change.0), "the shipped policy has no {}", change.0);
        let error = FilingPolicy::parse(&NATIONAL.replacen(change.0, change.1, 1)).expect_err(change.1).to_string();
        for part in expected {
            assert!(error.contains(part), "{part} is not said in: {error}");
        }
    }

    #[test]
    fn a_mistake_is_said_with_key_value_and_rule() {
        check(
            ("months_min = { value = 6", "months_min = { value = 3"),
            &["category.referred.months_min", "3", "at least 6"],
        );
        check(("months_max = { value = 12", "months_max = { value = 5"), &["category.referred.months_max", "5"]);
        check(("months_default = { value = 6", "months_default = { value = 24"), &["months_default", "24"]);
        check(("months_min", "months_least"), &["line ", "months_least", "months_min"]);
        check(("[category.referred]", "[category.refered]"), &["refered", "referred"]);
        check(("version = \"2026-11-22\"\n", ""), &["missing field `version`"]);
        check(("version = \"2026-11-22\"", "version = \" \""), &["version", "must not be empty"]);
        check((", source = \"本文件默认值：取最短期限\"", ""), &["missing field `source`", "line "]);
        check(
            ("source = \"本文件默认值：取最短期限\"", "source = \"\""),
            &["category.referred.months_default.source", "empty"],
        );
        check(("zh = \"我承诺：", "zh = \"\" # "), &["commitment.zh", "must not be empty"]);
        check(("zh = \"随子女居住\"", "zh = \"和儿子女儿住在一起\""), &["dwelling", "at most 8 characters"]);
        check(("version = \"2026-11\"", "version = \"二〇二六\""), &["commitment.version", "at most 16 letters"]);
        let long = format!("[\"{}\"]", "证".repeat(200));
        let materials = "[\"医保码、社会保障卡或身份证，任选一样\"]";
        check((materials, &long), &["category.other-temporary.materials", "500 bytes"]);
        let sentence = "药品和项目按那边的目录，报多少按参保地的规定。";
        check((sentence, &sentence.repeat(4)), &["notice.long-term", "bytes", "110 Chinese characters"]);
        let referral = "address = { value = false, source = \"医保发〔2022〕22号 附件 第八条\" }";
        check((referral, &referral.replace("false", "true")), &["category.referred.address", "referral certificate"]);
        check(("\"110000\"", "\"1100\""), &["common_destinations", "1100", "six digits"]);
        check(
            ("relatives_a_day_max = { value = 3", "relatives_a_day_max = { value = 0"),
            &["relatives_a_day_max", "at least 1"],
        );
        check(
            ("open_ended = { value = true", "open_ended = { value = false"),
            &["category.retired-resettled.months_min", "not open-ended"],
        );
        check(
            ("commitment = { value = false", "commitment = { value = true"),
            &["category.referred.commitment", "referral"],
        );
    }

    #[test]
    fn no_category_is_left_out() {
        let error = FilingPolicy::parse(&NATIONAL.replace("[category.referred", "[category.emergency"));
        assert!(error.expect_err("must be refused").to_string().contains("category.referred = nothing"));
    }

    #[test]
    fn emergency_care_has_no_rules() {
        let rules = NATIONAL.split("[category.other-temporary]").nth(1).unwrap();
        let rules = rules.split("# ---- What residents read").next().unwrap();
        let emergency =
            format!("[category.emergency]{}", rules.replace("category.other-temporary", "category.emergency"));
        let error = FilingPolicy::parse(&NATIONAL.replace("# ---- What residents read", &format!("{emergency}\n#")));
        assert!(error.expect_err("must be refused").to_string().contains("category.emergency"));
    }
}
