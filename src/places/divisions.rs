//! The administrative divisions down to counties, present and withdrawn. The tables are made by
//! `install/data-divisions.py`; nothing is corrected here.

use std::sync::OnceLock;

use super::province_of;
use crate::domain::AreaCode;

const PRESENT: &str = include_str!("../../assets/data/divisions.csv");
const WITHDRAWN: &str = include_str!("../../assets/data/withdrawn.csv");

/// All divisions since 1981.
#[derive(Debug)]
pub struct Divisions {
    present: Vec<Present>,
    withdrawn: Vec<Withdrawn>,
}

#[derive(Debug)]
pub(super) struct Present {
    pub code: AreaCode,
    pub name: &'static str,
    /// Empty for what is not in the picker.
    pub short: &'static str,
    pub former: Vec<&'static str>,
}

/// A code that is no longer given out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawn {
    /// The code.
    pub code: AreaCode,
    /// What it meant last.
    pub name: &'static str,
    /// The year at whose end it was gone.
    pub until: i16,
    /// The present codes of what was its area; the least code first, at least one.
    pub now: Vec<AreaCode>,
}

static NATIONAL: OnceLock<Divisions> = OnceLock::new();

impl Divisions {
    /// The built-in tables: the state of September 2026, with history since 1981.
    pub fn national() -> &'static Self {
        NATIONAL.get_or_init(|| Self {
            present: PRESENT.lines().skip(1).filter_map(present).collect(),
            withdrawn: WITHDRAWN.lines().skip(1).filter_map(withdrawn).collect(),
        })
    }

    /// The name of a present division: 环翠区.
    pub fn name(&self, code: &AreaCode) -> Option<&'static str> {
        let at = self.present.binary_search_by(|division| division.code.cmp(code)).ok()?;
        Some(self.present[at].name)
    }

    /// What became of a withdrawn code. `None` for codes in use, also when they meant something else once.
    pub fn withdrawn(&self, code: &AreaCode) -> Option<&Withdrawn> {
        let at = self.withdrawn.binary_search_by(|division| division.code.cmp(code)).ok()?;
        Some(&self.withdrawn[at])
    }

    /// The present codes of an area: itself while in use, else its successors; empty for a code that never was.
    ///
    /// For the first six digits of a certificate number and for insured areas in old records.
    pub fn now(&self, code: &AreaCode) -> Vec<AreaCode> {
        match self.name(code) {
            Some(_) => vec![code.clone()],
            None => self.withdrawn(code).map(|gone| gone.now.clone()).unwrap_or_default(),
        }
    }

    /// The name with those of what it lies in: 山东省威海市环翠区, 北京市朝阳区. A withdrawn one gets its province's.
    pub fn full_name(&self, code: &AreaCode) -> Option<String> {
        let digits = code.as_str();
        let own = self.name(code).or_else(|| self.withdrawn(code).map(|gone| gone.name))?;
        let mut full = String::new();
        if !digits.ends_with("0000") && digits != CORPS {
            full.push_str(province_of(code).and_then(|province| self.name(&province)).unwrap_or_default());
        }
        if !digits.ends_with("00") && self.name(code).is_some() && &digits[2..4] != "90" {
            let city = AreaCode::parse(&format!("{}00", &digits[..4]));
            full.push_str(city.and_then(|city| self.name(&city)).unwrap_or_default());
        }
        full.push_str(own);
        Some(full)
    }

    /// What stands in the picker: code, full name, short name.
    pub(super) fn picked(&self) -> impl Iterator<Item = (AreaCode, &'static str, &'static str)> {
        let picked = self.present.iter().filter(|division| !division.short.is_empty());
        picked.map(|division| (division.code.clone(), division.name, division.short))
    }

    pub(super) fn present(&self) -> &[Present] {
        &self.present
    }
}

/// The Corps has its name in full.
const CORPS: &str = "659000";

fn present(line: &'static str) -> Option<Present> {
    let mut fields = line.split(',');
    let (code, name, short, former) = (fields.next()?, fields.next()?, fields.next()?, fields.next()?);
    let former = former.split(';').filter(|name| !name.is_empty()).collect();
    Some(Present { code: AreaCode::parse(code)?, name, short, former })
}

fn withdrawn(line: &'static str) -> Option<Withdrawn> {
    let mut fields = line.split(',');
    let (code, name, until, now) = (fields.next()?, fields.next()?, fields.next()?, fields.next()?);
    let now = now.split(';').filter_map(AreaCode::parse).collect();
    Some(Withdrawn { code: AreaCode::parse(code)?, name, until: until.parse().ok()?, now })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> AreaCode {
        AreaCode::parse(text).unwrap()
    }

    #[test]
    fn every_line_is_read_in_order() {
        let all = Divisions::national();
        assert_eq!(all.present.len(), PRESENT.lines().count() - 1);
        assert_eq!(all.withdrawn.len(), WITHDRAWN.lines().count() - 1);
        assert!(all.present.is_sorted_by(|a, b| a.code < b.code));
        assert!(all.withdrawn.is_sorted_by(|a, b| a.code < b.code));
    }

    #[test]
    fn every_withdrawn_code_leads_to_present_ones() {
        let all = Divisions::national();
        for gone in &all.withdrawn {
            assert!(all.name(&gone.code).is_none(), "{gone:?}");
            assert!(!gone.now.is_empty() && gone.now.iter().all(|now| all.name(now).is_some()), "{gone:?}");
        }
    }

    fn check_now(old: &str, expected: &[&str]) {
        let now = Divisions::national().now(&code(old));
        assert_eq!(now.iter().map(AreaCode::as_str).collect::<Vec<_>>(), expected, "{old}");
    }

    #[test]
    fn old_codes_lead_to_their_successors() {
        check_now("371002", &["371002"]);
        // 威海市, a county-level city of 烟台地区 until 1983.
        check_now("110103", &["110101"]);
        check_now("510221", &["500115"]);
        check_now("371200", &["370100"]);
        check_now("500112", &["500109", "500157"]);
        check_now("512200", &["500000"]);
        check_now("990000", &[]);
    }

    fn check_name(of: &str, expected: Option<&str>) {
        assert_eq!(Divisions::national().full_name(&code(of)).as_deref(), expected, "{of}");
    }

    #[test]
    fn names_stand_with_what_they_lie_in() {
        check_name("371002", Some("山东省威海市环翠区"));
        check_name("110105", Some("北京市朝阳区"));
        check_name("370000", Some("山东省"));
        check_name("419001", Some("河南省济源市"));
        check_name("659013", Some("新疆维吾尔自治区草湖市"));
        check_name("659000", Some("新疆生产建设兵团"));
        check_name("830000", Some("台湾居民居住证"));
        check_name("510222", Some("四川省巴县"));
        check_name("653132", Some("新疆维吾尔自治区喀什地区岑岭县"));
        check_name("371099", None);
    }
}
