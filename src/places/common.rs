//! The short list of destinations offered before anything is typed. The shipped one is a file; a site may have its own.

use super::{Place, Places};
use crate::domain::AreaCode;

const SHIPPED: &str = include_str!("../../assets/data/common.txt");

/// Destinations on one screen without turning a page.
const COMMON_MAX: usize = 24;

/// What is wrong with a list of common destinations.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CommonError {
    /// A line does not begin with six digits.
    #[error("line {line}: {text:?} is no area code; a line begins with six digits")]
    NoCode {
        /// Which line, from 1.
        line: usize,
        /// What stands there.
        text: String,
    },
    /// Nobody can file to it.
    #[error("line {line}: {code} is no destination; give a city, a municipality, 460000 or 659000")]
    NoDestination {
        /// Which line, from 1.
        line: usize,
        /// The code.
        code: String,
    },
    /// Too many for a screen.
    #[error("line {line}: more than {COMMON_MAX} destinations; a screen holds no more")]
    TooMany {
        /// Which line, from 1.
        line: usize,
    },
}

pub(super) fn parse<'a>(places: &'a Places, text: &str) -> Result<Vec<&'a Place>, CommonError> {
    let mut listed = Vec::new();
    for (line, text) in (1..).zip(text.lines()) {
        let text = text.trim();
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        let word = text.split_whitespace().next().unwrap_or_default();
        let code = AreaCode::parse(word).ok_or_else(|| CommonError::NoCode { line, text: text.to_owned() })?;
        let place = places.find(&code).filter(|place| place.is_destination());
        let place = place.ok_or_else(|| CommonError::NoDestination { line, code: word.to_owned() })?;
        if listed.len() == COMMON_MAX {
            return Err(CommonError::TooMany { line });
        }
        if !listed.contains(&place) {
            listed.push(place);
        }
    }
    Ok(listed)
}

/// The shipped list; a test holds it to being without fault.
pub(super) fn shipped(places: &Places) -> Vec<&Place> {
    parse(places, SHIPPED).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Result<&[&str], &str>) {
        let found = parse(Places::national(), text).map(|all| all.iter().map(|p| p.short).collect::<Vec<_>>());
        assert_eq!(found.map_err(|error| error.to_string()), expected.map(<[_]>::to_vec).map_err(str::to_owned));
    }

    #[test]
    fn a_site_lists_its_own() {
        check("# ours\n230100 哈尔滨\n\n460000\n230100\n", Ok(&["哈尔滨", "海南"]));
        check("", Ok(&[]));
        check("哈尔滨", Err("line 1: \"哈尔滨\" is no area code; a line begins with six digits"));
        let no_city = "line 2: 230000 is no destination; give a city, a municipality, 460000 or 659000";
        check("230100\n230000", Err(no_city));
        check("710000", Err("line 1: 710000 is no destination; give a city, a municipality, 460000 or 659000"));
    }

    #[test]
    fn the_shipped_list_is_without_fault() {
        let listed = parse(Places::national(), SHIPPED).unwrap();
        assert_eq!(listed.iter().map(|place| place.short).take(3).collect::<Vec<_>>(), ["北京", "上海", "广州"]);
        let remarks = SHIPPED.lines().filter(|line| !line.starts_with('#')).map(|line| &line[7..]);
        assert!(remarks.eq(listed.iter().map(|place| place.short)));
    }
}
