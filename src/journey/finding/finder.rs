//! Where places are looked up: the one door of the journeys to the table of divisions.

use crate::domain::AreaCode;
use crate::session::MatchNote;

/// A place one can file to, or a province whose cities are listed next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spot {
    pub code: AreaCode,
    /// Full name: 北京市, 河南省周口市.
    pub name: String,
    /// Short name for a tile: 北京, 周口.
    pub short: String,
    /// A province whose cities must be chosen from.
    pub has_cities: bool,
}

/// Something a search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// What is filed to.
    pub spot: Spot,
    /// What was found, which may be a county of it.
    pub title: String,
    pub note: MatchNote,
}

/// Provinces and what is filed whole: the common ones first, in their order, then the rest in the order of the standard.
pub(crate) fn first_list(common: &[String]) -> Vec<Spot> {
    let mut list: Vec<Spot> = common.iter().filter_map(|code| spot(code)).collect();
    let rest = ROWS.iter().filter(|row| row.0.ends_with("0000")).filter_map(|row| spot(row.0));
    for spot in rest {
        if !list.contains(&spot) {
            list.push(spot);
        }
    }
    list
}

/// The cities of a province.
pub(crate) fn cities(province: &AreaCode) -> Vec<Spot> {
    let of_it = |code: &str| code[..2] == province.as_str()[..2] && code.ends_with("00") && !code.ends_with("0000");
    ROWS.iter().filter(|row| of_it(row.0)).filter_map(|row| spot(row.0)).collect()
}

/// What matches characters, pinyin or initials, best first.
pub(crate) fn search(query: &str, limit: usize) -> Vec<Found> {
    if query.is_empty() {
        return Vec::new();
    }
    let hits = ROWS.iter().filter(|row| row.1.contains(query) || row.2.starts_with(query) || row.3.starts_with(query));
    hits.filter_map(|row| found(row)).filter(|found| !found.spot.has_cities).take(limit).collect()
}

/// The name of an insured or care area.
pub(crate) fn name_of(code: &AreaCode) -> String {
    filed_to(code).and_then(|code| spot(&code)).map_or_else(|| code.as_str().to_owned(), |spot| spot.name)
}

/// The area a code is filed to: its prefecture, or what is filed whole.
pub(crate) fn prefecture(code: &AreaCode) -> AreaCode {
    filed_to(code).and_then(|code| AreaCode::parse(&code)).unwrap_or_else(|| code.clone())
}

/// Phrases that letters of pinyin may stand for.
pub(crate) fn compose(letters: &str) -> Vec<String> {
    PHRASES.iter().filter(|(pinyin, _)| *pinyin == letters).map(|(_, phrase)| (*phrase).to_owned()).collect()
}

type Row = (&'static str, &'static str, &'static str, &'static str);

/// Code, name, pinyin, initials. Enough to work with until the whole table is asked.
const ROWS: &[Row] = &[
    ("110000", "北京", "beijing", "bj"),
    ("120000", "天津", "tianjin", "tj"),
    ("210000", "辽宁", "liaoning", "ln"),
    ("210100", "沈阳", "shenyang", "sy"),
    ("310000", "上海", "shanghai", "sh"),
    ("370000", "山东", "shandong", "sd"),
    ("370100", "济南", "jinan", "jn"),
    ("370200", "青岛", "qingdao", "qd"),
    ("371000", "威海", "weihai", "wh"),
    ("410000", "河南", "henan", "hn"),
    ("410100", "郑州", "zhengzhou", "zz"),
    ("411600", "周口", "zhoukou", "zk"),
    ("411624", "沈丘县", "shenqiu", "sq"),
    ("460000", "海南", "hainan", "hn"),
    ("500000", "重庆", "chongqing", "cq"),
];
const PHRASES: &[(&str, &str)] = &[("zhongshanlu", "中山路"), ("yiyuan", "医院")];
const WHOLE: &[&str] = &["11", "12", "31", "46", "50"];

fn row(code: &str) -> Option<&'static Row> {
    ROWS.iter().find(|row| row.0 == code)
}

fn filed_to(code: &AreaCode) -> Option<String> {
    let code = code.as_str();
    let city = if WHOLE.contains(&&code[..2]) { format!("{}0000", &code[..2]) } else { format!("{}00", &code[..4]) };
    row(&city).map(|row| row.0.to_owned())
}

fn spot(code: &str) -> Option<Spot> {
    let (code, short, ..) = row(code)?;
    let province = row(&format!("{}0000", &code[..2]))?.1;
    let whole = WHOLE.contains(&&code[..2]);
    let name = match code.ends_with("0000") {
        true if whole => format!("{short}市"),
        true => format!("{short}省"),
        false => format!("{province}省{short}市"),
    };
    let has_cities = code.ends_with("0000") && !whole;
    Some(Spot { code: AreaCode::parse(code)?, name, short: (*short).to_owned(), has_cities })
}

fn found(row: &Row) -> Option<Found> {
    let code = AreaCode::parse(row.0)?;
    let spot = spot(&filed_to(&code).unwrap_or_else(|| row.0.to_owned()))?;
    let note = if row.0.ends_with("00") {
        MatchNote::None
    } else {
        MatchNote::FiledTo { within: spot.name.clone(), to: spot.short.clone() }
    };
    Some(Found { title: row.1.to_owned(), spot, note })
}
