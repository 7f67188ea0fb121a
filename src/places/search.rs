//! The search over places: a scan over all names with their readings, and the order of what it finds.

use super::spelling::{Fit, Query, Spelling};
use super::{Divisions, Place, PlaceKind};
use crate::domain::AreaCode;

/// A place the typed text may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit<'a> {
    /// The place. A province among them opens into its cities.
    pub place: &'a Place,
    /// The county, district or former name that was found instead of the place's own: 昆山市 for 苏州, 襄樊 for 襄阳.
    pub through: Option<&'static str>,
}

/// Every name that leads to a place.
#[derive(Debug)]
pub(super) struct SearchIndex(Vec<Entry>);

#[derive(Debug)]
struct Entry {
    spelling: Spelling,
    place: usize,
    name: Name,
    size: Size,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Name {
    Own,
    Former(&'static str),
    Inside(&'static str),
}

/// What is larger comes first among what fits alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Size {
    Whole,
    Province,
    LargeCity,
    Other,
}

/// The cities with the planning rights of a province (计划单列市); capitals all have the code `xx0100`.
const PLANNED_CITIES: [&str; 5] = ["210200", "330200", "350200", "370200", "440300"];

/// How good a hit is; the lesser one comes first.
type Rank = (u8, bool, u8, Size, usize);

impl SearchIndex {
    pub fn build(places: &[Place], divisions: &Divisions) -> Self {
        let mut entries = Vec::new();
        let at = |code: &AreaCode| places.binary_search_by(|place| place.code.cmp(code)).ok();
        for division in divisions.present() {
            if let Some(place) = at(&division.code) {
                let mut add = |spelling, name| entries.push(Entry::new(places, place, spelling, name));
                let Place { name, short, .. } = places[place];
                match name.strip_prefix(short) {
                    Some(tail) => add(Spelling::with_tail(name, tail.chars().count()), Name::Own),
                    None => {
                        add(Spelling::of(short), Name::Own);
                        add(Spelling::of(name), Name::Own);
                    }
                }
                division.former.iter().for_each(|former| add(Spelling::of(former), Name::Former(former)));
            } else if let Some(place) = holder(&division.code).and_then(|code| at(&code)) {
                let spelling = Spelling::with_tail(division.name, tail_chars(division.name));
                entries.push(Entry::new(places, place, spelling, Name::Inside(division.name)));
            }
        }
        Self(entries)
    }

    pub fn search<'a>(&self, places: &'a [Place], query: &str, limit: usize) -> Vec<Hit<'a>> {
        let Some(query) = Query::new(query) else { return Vec::new() };
        let written = query.chars().iter().any(|character| !character.is_ascii());
        let fits = self.0.iter().filter_map(|entry| Some((entry.rank(entry.spelling.fit(&query)?, written)?, entry)));
        let mut found: Vec<(Rank, &Entry)> = fits.collect();
        found.sort_by_key(|(rank, _)| *rank);
        let mut hits: Vec<Hit> = Vec::new();
        for (_, entry) in found {
            let place = &places[entry.place];
            if hits.len() < limit && hits.iter().all(|hit| hit.place.code != place.code) {
                hits.push(Hit { place, through: entry.name.through() });
            }
        }
        hits
    }
}

impl Entry {
    fn new(places: &[Place], place: usize, spelling: Spelling, name: Name) -> Self {
        let size = match &places[place] {
            Place { kind: PlaceKind::Province, .. } => Size::Province,
            whole if whole.is_first_step() => Size::Whole,
            Place { code, .. } if code.as_str().ends_with("0100") => Size::LargeCity,
            Place { code, .. } if PLANNED_CITIES.contains(&code.as_str()) => Size::LargeCity,
            _ => Size::Other,
        };
        Self { spelling, place, name, size }
    }

    /// `None` for letters in the middle of a county's name: they would find half the country.
    fn rank(&self, fit: Fit, written: bool) -> Option<Rank> {
        let class = match (self.name, fit.inside) {
            (Name::Own, false) => 0,
            (Name::Former(_), false) => 1,
            (Name::Own, true) if written => 2,
            (Name::Inside(_), false) => 3,
            (Name::Own, true) => 4,
            (_, true) if written => 5,
            _ => return None,
        };
        Some((class, fit.open, fit.misread, self.size, self.place))
    }
}

impl Name {
    fn through(self) -> Option<&'static str> {
        match self {
            Self::Own => None,
            Self::Former(name) | Self::Inside(name) => Some(name),
        }
    }
}

/// The code of the destination a county lies in, by its own code.
fn holder(county: &AreaCode) -> Option<AreaCode> {
    let digits = county.as_str();
    AreaCode::parse(&match &digits[..2] {
        "11" | "12" | "31" | "46" | "50" => format!("{}0000", &digits[..2]),
        _ => format!("{}00", &digits[..4]),
    })
}

/// How many characters 市, 区, 县 or 旗 at the end of a county's name are, where two are left before it.
fn tail_chars(name: &str) -> usize {
    usize::from(name.ends_with(['市', '区', '县', '旗']) && name.chars().count() > 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::places::Places;

    fn found(query: &str, limit: usize) -> Vec<String> {
        let hits = Places::national().search(query, limit);
        let text = |hit: &Hit| match hit.through {
            Some(name) => format!("{}<{name}", hit.place.short),
            None => hit.place.short.to_owned(),
        };
        hits.iter().map(text).collect()
    }

    /// The first hits are these.
    fn check(query: &str, expected: &[&str]) {
        assert_eq!(found(query, expected.len()), expected, "{query}");
    }

    /// It is among the first eight, what a screen holds.
    fn check_shown(query: &str, expected: &str) {
        let found = found(query, 8);
        assert!(found.iter().any(|hit| hit == expected), "{query}: {found:?}");
    }

    #[test]
    fn the_nearest_and_largest_come_first() {
        for query in ["bj", "beij", "beijing", "北", "北京", "北京市", "京"] {
            check(query, &["北京"]);
        }
        check("sh", &["上海"]);
        check("tj", &["天津"]);
        check("gz", &["贵州", "广州"]);
        check("hn", &["海南", "河南", "湖南"]);
        check("hz", &["杭州"]);
        check("xian", &["西安"]);
        check("jl", &["吉林"]);
        check("吉林", &["吉林", "吉林市"]);
        check("海南", &["海南", "海南州"]);
        check("bt", &["包头"]);
        check("bingtuan", &["新疆兵团"]);
        check("石河子", &["新疆兵团<石河子市"]);
        check("jiyuan", &["济源"]);
    }

    #[test]
    fn several_readings_find_it() {
        for query in ["cq", "zq", "chongqing", "zhongqing", "重庆"] {
            check_shown(query, "重庆");
        }
        for query in ["cz", "zz", "changzhi", "zhangzhi"] {
            check_shown(query, "长治");
        }
        check("la", &["六安"]);
        check("liuan", &["六安"]);
        check("xm", &["厦门"]);
        check("bb", &["蚌埠"]);
    }

    #[test]
    fn counties_and_former_names_lead_to_where_a_filing_goes() {
        check("昆山", &["苏州<昆山市"]);
        check("kunshan", &["苏州<昆山市"]);
        check("襄樊", &["襄阳<襄樊"]);
        check("徽州", &["黄山<徽州区"]);
        check("浦东", &["上海<浦东新区"]);
        check("海口", &["海南<海口市"]);
        check("朝阳", &["朝阳", "北京<朝阳区", "长春<朝阳区"]);
        check("朝阳区", &["北京<朝阳区", "长春<朝阳区"]);
        check("延边朝鲜族", &["延边州"]);
        check("新疆生产建设兵团", &["新疆兵团"]);
    }

    #[test]
    fn nothing_is_found_where_nothing_is() {
        check("", &[]);
        assert!(found("香港", 8).is_empty() && found("台湾", 8).is_empty());
        assert!(found("qqqq", 8).is_empty());
        assert_eq!(found("a", 0).len(), 0);
    }

    #[test]
    fn every_place_is_found_first_by_its_own_name() {
        for place in &Places::national().places {
            let hits = Places::national().search(place.short, 1);
            assert_eq!(hits.first().map(|hit| &hit.place.code), Some(&place.code), "{}", place.short);
        }
    }
}
