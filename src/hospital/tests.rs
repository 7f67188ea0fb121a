//! Importing and searching together, on files.

use std::fmt::Write;

use super::*;
use crate::domain::AreaCode;
use crate::places::Places;

const LIST: &str = "code,name,area,level,services,address,phone
H1,北京示例协和医院,110101,三级甲等,住院;门诊;慢特病,示例街 1 号,000-0001
H2,北京示例社区卫生服务中心,110105,一级,门诊,,
H3,济南市示例中心医院,370102,三级甲等,住院,,
H4,济南市示例协和门诊部,370103,未定级,,,
H5,重庆示例人民医院,500103,三级乙等,住院,,
H6,示例石河子医院,659001,二级甲等,住院,,
H7,示例301医院,371099,三级甲等,住院,,
H8,示例远方医院,990000,,,,
";

fn opened(list: &str) -> (tempfile::TempDir, Hospitals) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("hospitals.db");
    import::import_bytes(list.as_bytes(), &path).unwrap();
    let hospitals = Hospitals::open(&path).unwrap();
    (folder, hospitals)
}

fn check(hospitals: &Hospitals, area: &str, text: &str, expected: &[&str]) {
    let area = AreaCode::parse(area);
    let found = hospitals.search(area.as_ref(), text, 5).unwrap();
    assert_eq!(found.iter().map(|hospital| hospital.code.as_str()).collect::<Vec<_>>(), expected, "{area:?} {text}");
}

#[test]
fn hospitals_are_found_by_area_characters_pinyin_and_initials() {
    let (_folder, all) = opened(LIST);
    for text in ["北京示例协和", "bjslxh", "beijing", "beij", "bj示例x", "北京"] {
        assert_eq!(all.search(None, text, 1).unwrap()[0].code, "H1", "{text}");
    }
    check(&all, "", "协和", &["H1", "H4"]);
    check(&all, "", "xiehe", &["H1", "H4"]);
    check(&all, "", "xieh", &["H1", "H4"]);
    check(&all, "", "xh", &["H1", "H4"]);
    check(&all, "370100", "xh", &["H4"]);
    check(&all, "370000", "", &["H3", "H7", "H4"]);
    check(&all, "370103", "", &["H4"]);
    check(&all, "110000", "", &["H1", "H2"]);
    check(&all, "659000", "shz", &["H6"]);
    check(&all, "371000", "301", &["H7"]);
    check(&all, "", "cqslrm", &["H5"]);
    check(&all, "", "zqslrm", &["H5"]);
    check(&all, "", "yuanfang", &["H8"]);
    check(&all, "", "zzzz", &[]);
    check(&all, "", "济南示例中心", &["H3"]);
    check(&all, "", "jinanslzx", &["H3"]);
    check(&all, "", "北示协院", &["H1"]);
    check(&all, "", "院协示北", &[]);
    check(&all, "", "\" OR name : *", &[]);
}

#[test]
fn a_hospital_is_told_whole() {
    let (_folder, all) = opened(LIST);
    let found = all.find("H1").unwrap().unwrap();
    assert_eq!((found.address.as_str(), found.phone.as_str()), ("示例街 1 号", "000-0001"));
    assert_eq!(found.level, Some(Level { tier: Tier::Tertiary, grade: Some(Grade::A) }));
    assert!(found.services.inpatient && found.services.outpatient && found.services.chronic);
    assert_eq!(all.find("H9").unwrap(), None);
}

fn check_wrong(list: &str, expected: &str) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("hospitals.db");
    let error = import::import_bytes(list.as_bytes(), &path).unwrap_err();
    assert_eq!(error.to_string(), format!("the list of hospitals has a mistake in {expected}"));
    assert!(!path.exists());
}

#[test]
fn mistakes_are_said_with_line_and_column() {
    check_wrong("code,name\n1,甲医院", "line 1: the header lacks the column area");
    check_wrong("code,name,area\nH-1,甲医院,110101", "line 2, column code: \"H-1\" must be 1 to 30 letters and digits");
    check_wrong("code,name,area\nH1,甲医院,1101", "line 2, column area: an area is six digits");
    check_wrong("code,name,area\nH1,甲,110101", "line 2, column name: \"甲\" must be 2 to 60 characters");
    check_wrong(
        "code,name,area\nH1,甲医院,110101\nH1,乙医院,110101",
        "line 3, column code: H1 stands in the list twice",
    );
    let level = "line 2, column level: \"五星\" is no level; write 三级甲等, 二级 or 未定级";
    check_wrong("code,name,area,level\nH1,甲医院,110101,五星", level);
}

#[test]
fn a_new_list_replaces_the_old_one_and_a_wrong_one_does_not() {
    let (folder, old) = opened(LIST);
    let path = folder.path().join("hospitals.db");
    assert!(import::import_bytes(b"code,name,area\nH1,a,1", &path).is_err());
    assert!(!old.is_replaced());
    let new = folder.path().join("new.csv");
    std::fs::write(&new, "code,name,area\nN1,新示例医院,110101\n").unwrap();
    assert_eq!(import(&new, &path).unwrap(), Imported { hospitals: 1, unplaced: 0 });
    assert!(old.is_replaced());
    assert_eq!(old.count().unwrap(), 8);
    let now = Hospitals::open(&path).unwrap();
    assert_eq!((now.count().unwrap(), now.is_replaced()), (1, false));
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

#[test]
fn what_is_no_list_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("other.db");
    assert!(matches!(Hospitals::open(&path), Err(HospitalError::NotAList(_))));
    assert!(!path.exists());
    std::fs::write(&path, "no database").unwrap();
    assert!(matches!(Hospitals::open(&path), Err(HospitalError::NotAList(_))));
}

#[test]
fn the_trial_list_has_a_hospital_in_every_destination() {
    let folder = tempfile::tempdir().unwrap();
    let trial = Hospitals::open_or_trial(&folder.path().join("lists/hospitals.db")).unwrap();
    assert!((400..=500).contains(&trial.count().unwrap()));
    for place in Places::national().destinations() {
        let found = trial.search(Some(&place.code), "", 3).unwrap();
        assert!(!found.is_empty() && found.iter().all(|hospital| hospital.name.contains("示例")), "{}", place.short);
    }
}

#[test]
fn unselective_texts_find_something_in_a_long_list() {
    let mut list = String::from("code,name,area,level\n");
    for number in 0..2_000 {
        let level = ["三级甲等", "二级", ""][number % 3];
        writeln!(list, "L{number},示例第{number}医院,{},{level}", ["370102", "110101"][number % 2]).unwrap();
    }
    list.push_str("L9999,示例妇幼保健院,370102,\n");
    let (_folder, all) = opened(&list);
    for text in ["y", "yy", "医院", "yiyuan", "slyy", ""] {
        let found = all.search(None, text, 20).unwrap();
        assert!(text == "slyy" || found.len() == 20, "{text}: {}", found.len());
    }
    check(&all, "370000", "fybjy", &["L9999"]);
    check(&all, "", "妇幼", &["L9999"]);
}
