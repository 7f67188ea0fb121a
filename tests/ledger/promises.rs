//! Every promise in the README and in `docs/promises.md` names a test that exists and is switched on.

use std::fs;
use std::path::{Path, PathBuf};

/// The house's folder.
const HOUSE: &str = env!("CARGO_MANIFEST_DIR");

/// The rows of every table headed “promise | test”.
fn rows(text: &str) -> Vec<(String, Vec<String>)> {
    let mut rows = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        let cells: Vec<&str> = line.trim().trim_matches('|').split('|').map(str::trim).collect();
        match cells[..] {
            ["promise", "test"] => inside = true,
            [promise, tests] if inside => {
                if !promise.starts_with("---") {
                    let named = tests.split('`').skip(1).step_by(2).map(str::to_owned).collect();
                    rows.push((promise.to_owned(), named));
                }
            }
            _ => inside = false,
        }
    }
    rows
}

/// Where the tests of `tests/visit.rs`, `tests/ledger/disk.rs` or `session::tests` stand. A test binary's
/// are in its folder too.
fn files_of(place: &str) -> Vec<PathBuf> {
    let house = Path::new(HOUSE);
    let Some(stem) = place.strip_suffix(".rs") else {
        let module = place.replace("::", "/");
        let above = module.strip_suffix("/tests").unwrap_or(&module);
        let candidates = [format!("src/{module}.rs"), format!("src/{above}.rs"), format!("src/{above}/mod.rs")];
        return candidates.map(|path| house.join(path)).into_iter().filter(|path| path.is_file()).take(1).collect();
    };
    let folder = fs::read_dir(house.join(stem)).into_iter().flatten().map(|file| file.unwrap().path());
    [house.join(place)].into_iter().chain(folder).filter(|path| path.is_file()).collect()
}

/// What is wrong with a reference to a test, if anything is.
fn fault(reference: &str) -> Option<String> {
    let (place, name) = match reference.rsplit_once("::") {
        Some((place, name)) => (place, Some(name)),
        None => (reference, None),
    };
    let texts: Vec<String> = files_of(place).iter().map(|file| fs::read_to_string(file).unwrap()).collect();
    if texts.is_empty() {
        return Some(format!("{reference}: there is no such file"));
    }
    let lines: Vec<&str> = texts.iter().flat_map(|text| text.lines()).map(str::trim).collect();
    let Some(name) = name else {
        return (!lines.contains(&"#[test]")).then(|| format!("{reference}: there is no test in it"));
    };
    let heads = [format!("fn {name}("), format!("async fn {name}(")];
    let Some(at) = lines.iter().position(|line| heads.iter().any(|head| line.starts_with(head))) else {
        return Some(format!("{reference}: there is no such test"));
    };
    let attributes: Vec<&&str> = lines[..at].iter().rev().take_while(|line| line.starts_with("#[")).collect();
    let is_test = attributes.iter().any(|line| **line == "#[test]" || line.starts_with("#[tokio::test"));
    let is_off = attributes.iter().any(|line| line.starts_with("#[ignore"));
    (!is_test || is_off).then(|| format!("{reference}: it is no test that runs"))
}

fn faults(text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for (promise, tests) in rows(text) {
        if tests.is_empty() {
            faults.push(format!("“{promise}” names no test"));
        }
        faults.extend(tests.iter().filter_map(|test| fault(test)));
    }
    faults
}

#[test]
fn every_promise_has_its_test() {
    for (file, rows_min) in [("README.md", 5), ("docs/promises.md", 30)] {
        let text = fs::read_to_string(Path::new(HOUSE).join(file)).unwrap();
        assert!(rows(&text).len() >= rows_min, "{file} has its table");
        assert_eq!(faults(&text), [""; 0], "{file}");
    }
}

/// One row of a table, and what is found wrong with it.
fn check(row: &str, expected: &str) {
    let found = faults(&format!("words\n\n| promise | test |\n|---|---|\n| p | {row} |\n")).join("; ");
    assert!(if expected.is_empty() { found.is_empty() } else { found.contains(expected) }, "{row}: {found}");
}

#[test]
fn a_promise_without_a_test_is_found() {
    check("`tests/ledger/promises.rs::a_promise_without_a_test_is_found`", "");
    check("`tests/ledger/promises.rs`", "");
    check("`tests/ledger.rs::a_promise_without_a_test_is_found`", "");
    check("`session::tests::from_card_to_thanks`", "");
    check("somebody looked", "names no test");
    check("", "names no test");
    check("`tests/ledger/promises.rs::nobody_wrote_this`", "no such test");
    check("`tests/nowhere.rs::a`", "no such file");
    check("`nowhere::tests::a`", "no such file");
    check("`tests/ledger/promises.rs::rows`", "no test that runs");
    check("`tests/ledger/disk.rs::a_full_disk_refuses_words_but_drains`", "no test that runs");
    check("`tests/ledger/support.rs`", "no test in it");
    check("`tests/ledger/promises.rs`, `tests/nowhere.rs::a`", "no such file");
}
