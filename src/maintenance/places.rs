//! `kiosk places`: the search residents use, what a code means, and whether a site's list of area codes is right.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use serde::Serialize;

use super::queue::Answer;
use crate::domain::AreaCode;
use crate::places::{CommonError, Divisions, Place, Places, SiteAreas, TableError};

/// What to ask about places.
#[derive(Debug, Args)]
pub struct PlacesOptions {
    /// As JSON
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Finds places by characters, pinyin, initials or a mixture
    Search {
        /// What is typed: 北京, beijing, bj, beij
        text: String,
        /// At most so many places
        #[arg(long, default_value_t = FOUND_MAX)]
        limit: usize,
    },
    /// Says what an area code means or meant, and where a filing to it goes
    Show {
        /// Six digits, also the first six of a certificate number
        #[arg(value_parser = area)]
        code: AreaCode,
        /// The site's list of the platform's own codes
        #[arg(long)]
        areas: Option<PathBuf>,
    },
    /// Checks a site's list of the platform's own area codes: CSV with code, name, division
    CheckAreas {
        /// The list
        file: PathBuf,
    },
    /// Checks a site's list of common destinations: a code a line
    CheckCommon {
        /// The list
        file: PathBuf,
    },
}

/// Places listed unless told otherwise.
pub(super) const FOUND_MAX: usize = 10;

/// Why a question about places has no answer.
#[derive(Debug, thiserror::Error)]
pub enum PlacesError {
    /// A file cannot be read.
    #[error("cannot read {path}: {reason}")]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        reason: io::Error,
    },
    /// The list of area codes.
    #[error("the list of area codes has a mistake in {0}")]
    Areas(#[from] TableError),
    /// The list of common destinations.
    #[error("the list of common destinations has a mistake in {0}")]
    Common(#[from] CommonError),
    /// The output is gone.
    #[error("cannot write the answer: {0}")]
    Output(#[from] io::Error),
}

#[derive(Serialize)]
struct Found {
    code: String,
    name: &'static str,
    short: &'static str,
    province: &'static str,
    destination: bool,
    through: Option<&'static str>,
}

#[derive(Serialize)]
struct Meaning {
    code: String,
    name: String,
    withdrawn: Option<i16>,
    now: Vec<Named>,
    destination: Option<Named>,
    filed_under: Option<String>,
}

#[derive(Serialize)]
struct Named {
    code: String,
    name: String,
}

/// Six digits.
pub(super) fn area(text: &str) -> Result<AreaCode, String> {
    AreaCode::parse(text).ok_or_else(|| format!("{text} is no area code; it has six digits"))
}

/// Answers the question.
///
/// # Errors
/// A mistake in a list with its place, or what the system said.
pub fn run(options: &PlacesOptions, output: impl Write) -> Result<(), PlacesError> {
    let mut answer = Answer { json: options.json, output };
    match &options.task {
        Task::Search { text, limit } => search(text, *limit, &mut answer),
        Task::Show { code, areas } => show(code, areas.as_ref(), &mut answer),
        Task::CheckAreas { file } => {
            let count = site_areas(file)?.len();
            answer.give(&count, |out| writeln!(out, "{}: right, {count} codes", file.display()))
        }
        Task::CheckCommon { file } => {
            let count = common_destinations(file)?.len();
            answer.give(&count, |out| writeln!(out, "{}: right, {count} destinations", file.display()))
        }
    }
}

fn read(path: &Path) -> Result<Vec<u8>, PlacesError> {
    std::fs::read(path).map_err(|reason| PlacesError::Unreadable { path: path.to_owned(), reason })
}

/// A site's list of the platform's own area codes.
pub(super) fn site_areas(path: &Path) -> Result<SiteAreas, PlacesError> {
    Ok(SiteAreas::parse(&read(path)?, Places::national())?)
}

/// A site's list of common destinations. Only its codes count, so remarks may be in any encoding.
pub(super) fn common_destinations(path: &Path) -> Result<Vec<AreaCode>, PlacesError> {
    let text = String::from_utf8_lossy(&read(path)?).into_owned();
    Ok(Places::national().common_from(&text)?.into_iter().map(|place| place.code.clone()).collect())
}

fn search(text: &str, limit: usize, answer: &mut Answer<impl Write>) -> Result<(), PlacesError> {
    let places = Places::national();
    let hits = places.search(text, limit);
    let found: Vec<Found> = hits
        .iter()
        .map(|hit| Found {
            code: hit.place.code.as_str().to_owned(),
            name: hit.place.name,
            short: hit.place.short,
            province: places.province_of(hit.place).map_or("", |province| province.short),
            destination: hit.place.is_destination(),
            through: hit.through,
        })
        .collect();
    answer.give(&found, |out| {
        for Found { code, name, province, destination, through, .. } in &found {
            let kind = if *destination { "" } else { "  opens into its cities" };
            let through = through.map(|name| format!("  by {name}")).unwrap_or_default();
            writeln!(out, "{code}  {province}  {name}{kind}{through}")?;
        }
        if found.is_empty() { writeln!(out, "no place") } else { Ok(()) }
    })
}

fn show(code: &AreaCode, areas: Option<&PathBuf>, answer: &mut Answer<impl Write>) -> Result<(), PlacesError> {
    let (places, divisions) = (Places::national(), Divisions::national());
    let site = areas.map(|path| site_areas(path)).transpose()?.unwrap_or_default();
    let gone = divisions.withdrawn(code);
    let named = |code: &AreaCode| Named { code: code.as_str().to_owned(), name: places.area_name(code) };
    let place: Option<&Place> = site.place_of(code, places);
    let meaning = Meaning {
        code: code.as_str().to_owned(),
        name: site.name_of(code, places),
        withdrawn: gone.map(|gone| gone.until),
        now: gone.map(|gone| gone.now.iter().map(named).collect()).unwrap_or_default(),
        destination: place.map(|place| named(&place.code)),
        filed_under: place.map(|place| site.code_of(place).as_str().to_owned()),
    };
    answer.give(&meaning, |out| {
        writeln!(out, "{}  {}", meaning.code, meaning.name)?;
        if let Some(year) = meaning.withdrawn {
            writeln!(out, "withdrawn in {year}; its area is now")?;
            meaning.now.iter().try_for_each(|Named { code, name }| writeln!(out, "  {code}  {name}"))?;
        }
        match (&meaning.destination, &meaning.filed_under) {
            (Some(Named { name, .. }), Some(under)) => writeln!(out, "a filing names {name}, under {under}"),
            _ => writeln!(out, "no destination of a filing"),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::maintenance::testing::said;

    fn check(line: &[&str], expected: &str) {
        assert_eq!(said(line, |options, output| run(options, output)), expected, "{line:?}");
    }

    #[test]
    fn places_are_found_and_codes_explained() {
        check(&["search", "bj", "--limit", "1"], "110000  北京  北京市\n");
        check(&["search", "昆山"], "320500  江苏  苏州市  by 昆山市\n");
        check(&["search", "shandong", "--limit", "1"], "370000  山东  山东省  opens into its cities\n");
        check(&["search", "qqqq"], "no place\n");
        let json = "[\n  {\n    \"code\": \"110000\",\n    \"name\": \"北京市\",\n    \"short\": \"北京\",\n    \
                    \"province\": \"北京\",\n    \"destination\": true,\n    \"through\": null\n  }\n]\n";
        check(&["search", "bj", "--limit", "1", "--json"], json);
        check(&["show", "371002"], "371002  山东省威海市环翠区\na filing names 山东省威海市, under 371000\n");
        check(&["show", "990000"], "990000  990000\nno destination of a filing\n");
        let old = "110103  北京市崇文区\nwithdrawn in 2010; its area is now\n  110101  北京市东城区\n\
                   a filing names 北京市, under 110000\n";
        check(&["show", "110103"], old);
    }

    #[test]
    fn lists_of_a_site_are_checked() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("list.csv");
        let path = file.to_str().unwrap();
        std::fs::write(&file, "code,name,division\n660000,兵团,659000\n").unwrap();
        check(&["check-areas", path], &format!("{path}: right, 1 codes\n"));
        check(&["show", "660000", "--areas", path], "660000  兵团\na filing names 新疆生产建设兵团, under 660000\n");
        let wrong = "the list of common destinations has a mistake in line 1: \"code,name,division\" is no area code; \
                     a line begins with six digits";
        check(&["check-common", path], wrong);
    }
}
