//! The area codes of a site's insurance platform (医保区划, admdvs) beside those of GB/T 2260: a list the site brings,
//! for no public table of them exists.
//!
//! The list is a CSV with a header, in UTF-8 or GB18030. Columns, in any order:
//!
//! | column | | holds |
//! |---|---|---|
//! | `code` | required | the platform's code, six digits, each once |
//! | `name` | required | what it is called: 威海市市本级 |
//! | `division` | optional | the place of the picker that is filed under this code: `371000` |
//!
//! A place no line names is filed under its own code.

use std::collections::BTreeMap;

use super::table::{Columns, Table, TableError};
use super::{Place, Places};
use crate::domain::AreaCode;

const COLUMNS: Columns = Columns { required: &["code", "name"], optional: &["division"] };

/// Areas of the whole country down to counties, three times over.
const AREAS_MAX: usize = 10_000;

/// The longest division's name has 15 characters; with what it lies in, less than this.
const NAME_CHARS_MAX: usize = 40;

/// What a code means to the site's platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteArea {
    /// What it is called there.
    pub name: String,
    /// The place of the picker that is filed under it.
    pub division: Option<AreaCode>,
}

/// The platform's codes. The empty list is good: then the platform's codes are those of GB/T 2260.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SiteAreas {
    areas: BTreeMap<AreaCode, SiteArea>,
    codes: BTreeMap<AreaCode, AreaCode>,
}

impl SiteAreas {
    /// Reads and checks a list.
    ///
    /// # Errors
    /// Says the line and the column of the first mistake.
    pub fn parse(bytes: &[u8], places: &Places) -> Result<Self, TableError> {
        let mut site = Self::default();
        for line in Table::read(bytes, &COLUMNS, AREAS_MAX)?.lines() {
            let (code, name, division) = (line.get("code"), line.get("name"), line.get("division"));
            let code =
                AreaCode::parse(code).ok_or_else(|| line.wrong("code", format!("{code:?} is not six digits")))?;
            if name.is_empty() || name.chars().count() > NAME_CHARS_MAX {
                return Err(line.wrong("name", format!("must have 1 to {NAME_CHARS_MAX} characters")));
            }
            let division = match division {
                "" => None,
                text => Some(destination(places, text).map_err(|reason| line.wrong("division", reason))?),
            };
            if let Some(division) = &division
                && let Some(other) = site.codes.insert(division.clone(), code.clone())
            {
                let reason = format!("{} is filed under {} already", division.as_str(), other.as_str());
                return Err(line.wrong("division", reason));
            }
            let shown = code.as_str().to_owned();
            if site.areas.insert(code, SiteArea { name: name.to_owned(), division }).is_some() {
                return Err(line.wrong("code", format!("{shown} stands in the list twice")));
            }
        }
        Ok(site)
    }

    /// How many codes the list has.
    pub fn len(&self) -> usize {
        self.areas.len()
    }

    /// Whether there is no list.
    pub fn is_empty(&self) -> bool {
        self.areas.is_empty()
    }

    /// What the list says of a code.
    pub fn area(&self, code: &AreaCode) -> Option<&SiteArea> {
        self.areas.get(code)
    }

    /// What a code is called: by the list, else as [`Places::area_name`] has it.
    pub fn name_of(&self, code: &AreaCode, places: &Places) -> String {
        self.area(code).map_or_else(|| places.area_name(code), |area| area.name.clone())
    }

    /// The platform's code to file a place under.
    pub fn code_of<'a>(&'a self, place: &'a Place) -> &'a AreaCode {
        self.codes.get(&place.code).unwrap_or(&place.code)
    }

    /// The place of the picker behind a platform's code: by the list, else as [`Places::destination_of`] has it.
    pub fn place_of<'a>(&self, code: &AreaCode, places: &'a Places) -> Option<&'a Place> {
        match self.area(code).and_then(|area| area.division.as_ref()) {
            Some(division) => places.find(division),
            None => places.destination_of(code),
        }
    }
}

fn destination(places: &Places, text: &str) -> Result<AreaCode, String> {
    let code = AreaCode::parse(text).ok_or_else(|| format!("{text:?} is not six digits"))?;
    match places.find(&code) {
        Some(place) if place.is_destination() => Ok(code),
        Some(place) => Err(format!("{text} is {}, which opens into its cities; give one of them", place.short)),
        None => Err(format!("{text} is no destination; `kiosk places search` finds them")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> AreaCode {
        AreaCode::parse(text).unwrap()
    }

    #[test]
    fn the_platforms_codes_are_named_and_lead_to_places_and_back() {
        let list = "code,name,division\n371099,威海市市本级,\n660000,新疆生产建设兵团,659000\n639900,青海省省本级,\n";
        let places = Places::national();
        let site = SiteAreas::parse(list.as_bytes(), places).unwrap();
        assert_eq!(site.len(), 3);
        let name = |text: &str| site.name_of(&code(text), places);
        assert_eq!(
            [name("371099"), name("639900"), name("371002")],
            ["威海市市本级", "青海省省本级", "山东省威海市环翠区"]
        );
        let corps = places.find(&code("659000")).unwrap();
        assert_eq!(site.code_of(corps), &code("660000"));
        assert_eq!(site.place_of(&code("660000"), places), Some(corps));
        let weihai = places.find(&code("371000"));
        assert_eq!(site.place_of(&code("371099"), places), weihai);
        assert_eq!(site.code_of(weihai.unwrap()), &code("371000"));
        assert_eq!(site.place_of(&code("639900"), places), None);
        assert!(SiteAreas::default().is_empty());
    }

    fn check_wrong(list: &str, expected: &str) {
        let error = SiteAreas::parse(list.as_bytes(), Places::national()).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }

    #[test]
    fn mistakes_are_said_with_line_and_column() {
        check_wrong("code,name\n37109,威海", "line 2, column code: \"37109\" is not six digits");
        check_wrong("code,name\n371000,", "line 2, column name: must have 1 to 40 characters");
        check_wrong("code,name\n371000,威\n371000,海", "line 3, column code: 371000 stands in the list twice");
        let whole = "line 2, column division: 370000 is 山东, which opens into its cities; give one of them";
        check_wrong("code,name,division\n379900,省本级,370000", whole);
        let none = "line 2, column division: 990000 is no destination; `kiosk places search` finds them";
        check_wrong("code,name,division\n379900,省本级,990000", none);
        let twice = "line 3, column division: 371000 is filed under 371000 already";
        check_wrong("code,name,division\n371000,甲,371000\n371099,乙,371000", twice);
    }
}
