//! Places a resident can go to for care, and what an area code means: the administrative divisions of 2026 with their
//! history, the picker's provinces and cities, the search by characters and pinyin, and the site's own platform codes.
//!
//! What never lives here: sentences for residents, widgets, what a filing to a place means.

mod common;
mod divisions;
mod search;
mod site;
mod spelling;
pub(crate) mod table;

use std::sync::OnceLock;

pub use common::CommonError;
pub use divisions::{Divisions, Withdrawn};
pub use search::Hit;
pub use site::{SiteArea, SiteAreas};
pub use spelling::{Fit, Query, Spelling};
pub use table::{TableError, TableTrouble};

use crate::domain::AreaCode;
use search::SearchIndex;

/// A place of the picker: a province to open, or a destination a filing can name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its code in GB/T 2260, such as `370100`; `659000` for the Xinjiang Production and Construction Corps.
    pub code: AreaCode,
    /// The full official name: 济南市, 内蒙古自治区.
    pub name: &'static str,
    /// The name for a button: 济南, 内蒙古. No two places share one.
    pub short: &'static str,
    /// The code of its province; its own for provinces.
    pub province: AreaCode,
    /// What it is.
    pub kind: PlaceKind,
}

/// What a place is, and so whether one can file to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PlaceKind {
    /// A province or autonomous region: opens into its cities, is no destination.
    Province,
    /// 北京, 天津, 上海, 重庆: one destination as a whole.
    Municipality,
    /// 海南: one destination as a whole.
    WholeProvince,
    /// 新疆生产建设兵团: one destination as a whole.
    Corps,
    /// 地级市, 地区, 自治州 or 盟.
    Prefecture,
    /// A county or city directly under its province, such as 济源.
    DirectUnit,
}

impl Place {
    /// Whether a filing can name it. Everything but a province that opens into cities.
    pub fn is_destination(&self) -> bool {
        self.kind != PlaceKind::Province
    }

    /// Whether it stands in the list of provinces, the picker's first step.
    pub fn is_first_step(&self) -> bool {
        !matches!(self.kind, PlaceKind::Prefecture | PlaceKind::DirectUnit)
    }

    fn new(code: AreaCode, name: &'static str, short: &'static str) -> Option<Self> {
        let digits = code.as_str();
        let kind = match (&digits[..2], &digits[2..]) {
            // Hong Kong, Macao and Taiwan are no destinations of 跨省异地就医.
            ("71" | "81" | "82" | "83", _) => return None,
            ("11" | "12" | "31" | "50", "0000") => PlaceKind::Municipality,
            ("46", "0000") => PlaceKind::WholeProvince,
            ("65", "9000") => PlaceKind::Corps,
            (_, "0000") => PlaceKind::Province,
            (_, rest) if rest.ends_with("00") => PlaceKind::Prefecture,
            _ => PlaceKind::DirectUnit,
        };
        let province = if kind == PlaceKind::Corps { code.clone() } else { province_of(&code)? };
        Some(Self { code, name, short, province, kind })
    }
}

/// The places of the country, the search over them, and what any code means.
#[derive(Debug)]
pub struct Places {
    places: Vec<Place>,
    index: SearchIndex,
}

static NATIONAL: OnceLock<Places> = OnceLock::new();

impl Places {
    /// The built-in table: the state of September 2026. Read at the first call.
    pub fn national() -> &'static Self {
        NATIONAL.get_or_init(|| {
            let divisions = Divisions::national();
            let listed = divisions.picked().filter_map(|(code, name, short)| Place::new(code, name, short));
            let places: Vec<Place> = listed.collect();
            let index = SearchIndex::build(&places, divisions);
            Self { places, index }
        })
    }

    /// The picker's first step in the order of GB/T 2260: provinces, municipalities, 海南 and 兵团.
    pub fn provinces(&self) -> impl Iterator<Item = &Place> {
        self.places.iter().filter(|place| place.is_first_step())
    }

    /// The picker's second step: the destinations inside a province, cities first in the order of GB/T 2260. Empty
    /// for what is a destination as a whole.
    pub fn children<'a>(&'a self, province: &'a AreaCode) -> impl Iterator<Item = &'a Place> {
        self.places.iter().filter(move |place| !place.is_first_step() && place.province == *province)
    }

    /// Every destination, in the order of GB/T 2260.
    pub fn destinations(&self) -> impl Iterator<Item = &Place> {
        self.places.iter().filter(|place| place.is_destination())
    }

    /// The place with exactly this code.
    pub fn find(&self, code: &AreaCode) -> Option<&Place> {
        self.places.binary_search_by(|place| place.code.cmp(code)).ok().map(|at| &self.places[at])
    }

    /// The province, or what stands for one, that holds the place.
    pub fn province_of(&self, place: &Place) -> Option<&Place> {
        self.find(&place.province)
    }

    /// The destinations offered before anything is typed, as the product ships them.
    pub fn common(&self) -> Vec<&Place> {
        common::shipped(self)
    }

    /// The destinations a site offers before anything is typed: a code a line, a remark behind it, `#` for comments.
    ///
    /// # Errors
    /// Says the line with what is no code or no destination.
    pub fn common_from(&self, text: &str) -> Result<Vec<&Place>, CommonError> {
        common::parse(self, text)
    }

    /// The places a typed text may mean, best first, each once.
    ///
    /// The text is characters, full pinyin, initials or any mixture: 北京, `beijing`, `bj`, `beij`, 北j. Former names and
    /// counties are found too and lead to the place a filing would name; [`Hit::through`] says them.
    pub fn search(&self, query: &str, limit: usize) -> Vec<Hit<'_>> {
        self.index.search(&self.places, query, limit)
    }

    /// The destination an area belongs to: of a county its city, of a district its municipality, of a withdrawn code
    /// where its area is now. `None` for whole provinces, 省本级 (`xx9900`), areas now in several cities, unknown codes.
    pub fn destination_of(&self, area: &AreaCode) -> Option<&Place> {
        let Some(gone) = Divisions::national().withdrawn(area) else {
            return self.nearest(area);
        };
        let now = &gone.now;
        let first = self.nearest(now.first()?)?;
        now.iter().all(|code| self.nearest(code) == Some(first)).then_some(first)
    }

    /// The destination whose code covers this one.
    fn nearest(&self, area: &AreaCode) -> Option<&Place> {
        let digits = area.as_str();
        let covering = [digits.to_owned(), format!("{}00", &digits[..4]), format!("{}0000", &digits[..2])];
        let mut places = covering.iter().filter_map(|code| self.find(&AreaCode::parse(code)?));
        places.find(|place| place.is_destination())
    }

    /// What an area is called, as fully as is known: 山东省威海市环翠区; for insurance areas beyond GB/T 2260 (市本级
    /// `xxxx99`, 省本级 `xx9900`) what they belong to, for a withdrawn code its last name; the code itself at last.
    pub fn area_name(&self, area: &AreaCode) -> String {
        let divisions = Divisions::national();
        let digits = area.as_str();
        let wider = [format!("{}00", &digits[..4]), format!("{}0000", &digits[..2])];
        divisions
            .full_name(area)
            .or_else(|| wider.iter().find_map(|code| divisions.full_name(&AreaCode::parse(code)?)))
            .unwrap_or_else(|| digits.to_owned())
    }
}

/// The code of the province a code lies in by its first two digits.
fn province_of(code: &AreaCode) -> Option<AreaCode> {
    AreaCode::parse(&format!("{}0000", &code.as_str()[..2]))
}

#[cfg(test)]
mod tests;
