//! The picker as a whole.

use super::*;
use std::collections::BTreeSet;

fn code(text: &str) -> AreaCode {
    AreaCode::parse(text).unwrap()
}

#[test]
fn the_first_step_is_in_the_order_of_the_standard() {
    let shown: Vec<&str> = Places::national().provinces().map(|place| place.short).collect();
    let expected = "北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 广西 \
                    海南 重庆 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆 新疆兵团";
    assert_eq!(shown.join(" "), expected);
}

fn check_children(province: &str, count: usize, expected: &[&str]) {
    let province = code(province);
    let children: Vec<&str> = Places::national().children(&province).map(|place| place.short).collect();
    assert_eq!(children.len(), count, "{children:?}");
    assert!(expected.iter().all(|name| children.contains(name)), "{children:?}");
}

#[test]
fn the_second_step_holds_what_can_be_filed_to() {
    check_children("370000", 16, &["济南", "威海"]);
    check_children("410000", 18, &["郑州", "济源"]);
    check_children("420000", 17, &["仙桃", "潜江", "天门", "神农架"]);
    check_children("650000", 14, &["乌鲁木齐", "伊犁州", "阿勒泰"]);
    check_children("220000", 9, &["吉林市", "延边州"]);
    for whole in ["110000", "460000", "500000", "659000", "710000", "990000"] {
        check_children(whole, 0, &[]);
    }
}

#[test]
fn destinations_are_what_the_rule_says() {
    let places = Places::national();
    let count = |wanted: PlaceKind| places.places.iter().filter(|place| place.kind == wanted).count();
    let kinds = [PlaceKind::Province, PlaceKind::Municipality, PlaceKind::WholeProvince, PlaceKind::Corps];
    assert_eq!(kinds.map(count), [26, 4, 1, 1]);
    // 333 prefectures but Hainan's four; 济源 and four in Hubei.
    assert_eq!([PlaceKind::Prefecture, PlaceKind::DirectUnit].map(count), [329, 5]);
    assert_eq!(places.destinations().count(), 4 + 1 + 1 + 329 + 5);
}

#[test]
fn codes_ascend_and_short_names_are_single() {
    let places = &Places::national().places;
    assert!(places.is_sorted_by(|a, b| a.code < b.code));
    let shorts: BTreeSet<&str> = places.iter().map(|place| place.short).collect();
    assert_eq!(shorts.len(), places.len());
}

fn check_destination(area: &str, expected: Option<&str>) {
    let found = Places::national().destination_of(&code(area)).map(|place| place.short);
    assert_eq!(found, expected, "{area}");
}

#[test]
fn an_area_leads_to_its_destination() {
    check_destination("371002", Some("威海"));
    check_destination("371000", Some("威海"));
    check_destination("371099", Some("威海"));
    check_destination("110105", Some("北京"));
    check_destination("460106", Some("海南"));
    check_destination("469001", Some("海南"));
    check_destination("659004", Some("新疆兵团"));
    check_destination("419001", Some("济源"));
    check_destination("429021", Some("神农架"));
    check_destination("370000", None);
    check_destination("639900", None);
    check_destination("810000", None);
    check_destination("990000", None);
    // Withdrawn: 长寿县 of 四川, 枞阳县 when it lay in 安庆, 巢湖市 that went to three cities.
    check_destination("510221", Some("重庆"));
    check_destination("340823", Some("铜陵"));
    check_destination("341400", None);
}

fn check_name(area: &str, expected: &str) {
    assert_eq!(Places::national().area_name(&code(area)), expected, "{area}");
}

#[test]
fn every_code_gets_the_nearest_name() {
    check_name("371002", "山东省威海市环翠区");
    check_name("371099", "山东省威海市");
    check_name("639900", "青海省");
    check_name("310101", "上海市黄浦区");
    check_name("990000", "990000");
}

#[test]
fn the_province_of_a_place_is_at_hand() {
    let places = Places::national();
    let of = |text: &str| places.province_of(places.find(&code(text)).unwrap()).unwrap().short;
    assert_eq!([of("371000"), of("110000"), of("659000"), of("429004")], ["山东", "北京", "新疆兵团", "湖北"]);
}
