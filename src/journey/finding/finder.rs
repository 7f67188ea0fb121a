//! Where places are looked up: the one door of the journeys to the table of divisions and to the pinyin dictionary.

use std::sync::{Arc, OnceLock};

use crate::domain::AreaCode;
use crate::input::pinyin::Lexicon;
use crate::places::{Hit, Place, PlaceKind, Places, SiteAreas};
use crate::session::MatchNote;

/// A place one can file to, or a province whose cities are listed next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spot {
    pub code: AreaCode,
    /// Full name: 北京市, 河南省周口市.
    pub name: String,
    /// Short name for a tile: 北京, 周口.
    pub short: &'static str,
    /// A province whose cities must be chosen from.
    pub has_cities: bool,
}

/// Something a search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// What is filed to.
    pub spot: Spot,
    /// What was found, which may be a county of it.
    pub title: &'static str,
    pub note: MatchNote,
}

/// Provinces and what is filed whole: the common ones first, in their order, then the rest in the order of the standard.
pub(crate) fn first_list(common: &[String]) -> Vec<Spot> {
    let places = Places::national();
    let common = common.iter().filter_map(|code| places.find(&AreaCode::parse(code)?));
    let mut list: Vec<Spot> = Vec::new();
    for place in common.chain(places.provinces()) {
        if !list.iter().any(|spot| spot.code == place.code) {
            list.push(spot(place));
        }
    }
    list
}

/// The cities of a province.
pub(crate) fn cities(province: &AreaCode) -> Vec<Spot> {
    Places::national().children(province).map(spot).collect()
}

/// What matches characters, pinyin or initials, best first.
pub(crate) fn search(query: &str, limit: usize) -> Vec<Found> {
    Places::national().search(query, limit).into_iter().map(found).collect()
}

/// The name of a care area.
pub(crate) fn name_of(code: &AreaCode) -> String {
    Places::national().area_name(code)
}

/// The name of an insured area, which may be one of the platform's own.
pub(crate) fn insured_area_name(code: &AreaCode, areas: &SiteAreas) -> String {
    areas.name_of(code, Places::national())
}

/// The place a code of the platform is filed to: its city, or what is filed whole.
pub(crate) fn prefecture(code: &AreaCode, areas: &SiteAreas) -> AreaCode {
    areas.place_of(code, Places::national()).map_or_else(|| code.clone(), |place| place.code.clone())
}

/// The pinyin dictionary, one for the whole kiosk. Read at the first call.
pub(crate) fn lexicon() -> Arc<Lexicon> {
    static LEXICON: OnceLock<Arc<Lexicon>> = OnceLock::new();
    Arc::clone(LEXICON.get_or_init(|| Arc::new(Lexicon::load([]))))
}

/// Reads the tables before the first resident needs them. Best on a thread of its own: the dictionary takes a moment.
pub(crate) fn warm_up() {
    let _ = (Places::national(), lexicon());
}

fn spot(place: &Place) -> Spot {
    let name = name_of(&place.code);
    Spot { code: place.code.clone(), name, short: place.short, has_cities: !place.is_destination() }
}

fn found(hit: Hit<'_>) -> Found {
    let spot = spot(hit.place);
    let province = Places::national().province_of(hit.place);
    let note = match (hit.through, hit.place.kind) {
        (Some(_), _) => MatchNote::FiledTo { within: spot.name.clone(), to: hit.place.name.to_owned() },
        (None, PlaceKind::Prefecture | PlaceKind::DirectUnit) => {
            province.map_or(MatchNote::None, |province| MatchNote::In(province.name.to_owned()))
        }
        (None, _) => MatchNote::None,
    };
    Found { title: hit.through.unwrap_or(hit.place.name), spot, note }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(query: &str, title: &str, filed_to: &str, note: &MatchNote) {
        let found = search(query, 1);
        let first = found.first().map(|found| (found.title, found.spot.short, &found.note));
        assert_eq!(first, Some((title, filed_to, note)), "{query}");
    }

    #[test]
    fn a_county_names_the_city_it_is_filed_to() {
        let zhoukou = MatchNote::FiledTo { within: "河南省周口市".into(), to: "周口市".into() };
        check("沈丘", "沈丘县", "周口", &zhoukou);
        check("沈阳", "沈阳市", "沈阳", &MatchNote::In("辽宁省".into()));
        check("bj", "北京市", "北京", &MatchNote::None);
    }

    #[test]
    fn the_first_list_begins_with_the_common_places_and_has_each_once() {
        let list = first_list(&["310000".into(), "110000".into(), "nonsense".into()]);
        assert_eq!(list.iter().map(|spot| spot.short).take(3).collect::<Vec<_>>(), ["上海", "北京", "天津"]);
        assert_eq!(list.len(), Places::national().provinces().count());
        assert!(list.iter().all(|spot| spot.has_cities != cities(&spot.code).is_empty()));
    }

    #[test]
    fn nobody_files_to_a_district_of_their_own_city() {
        let corps = SiteAreas::parse("code,name,division\n660000,兵团,659000".as_bytes(), Places::national()).unwrap();
        let check = |area: &str, expected: &str| {
            assert_eq!(prefecture(&AreaCode::parse(area).unwrap(), &corps).as_str(), expected, "{area}");
        };
        check("660000", "659000");
        check("371002", "371000");
        check("371099", "371000");
        check("110105", "110000");
        check("460100", "460000");
    }
}
