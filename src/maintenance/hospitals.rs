//! `kiosk hospitals`: taking in the list of designated hospitals, and searching it as residents do.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde::Serialize;

use super::places::{FOUND_MAX, area};
use super::queue::Answer;
use crate::domain::AreaCode;
use crate::hospital::{Hospital, HospitalError, Hospitals, Level, Services, import};
use crate::places::Places;

/// What to do with the list of hospitals.
#[derive(Debug, Args)]
pub struct HospitalsOptions {
    /// As JSON
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Replaces the list by that of a CSV with code, name, area and, if known, level, services, address, phone
    Import {
        /// The CSV, in UTF-8 or GB18030
        list: PathBuf,
        /// The file the kiosk searches
        #[arg(long)]
        to: PathBuf,
    },
    /// Finds hospitals by name, pinyin, initials or a mixture
    Search {
        /// What is typed; nothing lists the area
        #[arg(default_value = "")]
        text: String,
        /// The file the kiosk searches; without it the list of invented hospitals
        #[arg(long)]
        file: Option<PathBuf>,
        /// Only in this province, city or area: six digits
        #[arg(long, value_parser = area)]
        area: Option<AreaCode>,
        /// At most so many hospitals
        #[arg(long, default_value_t = FOUND_MAX)]
        limit: usize,
    },
}

/// Why it was not done.
#[derive(Debug, thiserror::Error)]
pub enum HospitalsError {
    /// The list or its file.
    #[error(transparent)]
    Hospital(#[from] HospitalError),
    /// The output is gone, or there is no folder for the trial list.
    #[error("cannot write the answer: {0}")]
    Output(#[from] io::Error),
}

#[derive(Serialize)]
struct Shown<'a> {
    code: &'a str,
    name: &'a str,
    area: &'a str,
    area_name: String,
    level: Option<Level>,
    services: Services,
    address: &'a str,
    phone: &'a str,
}

/// Does what is asked.
///
/// # Errors
/// A mistake in the list with its place, or what the disk refused.
pub fn run(options: &HospitalsOptions, output: impl Write) -> Result<(), HospitalsError> {
    let mut answer = Answer { json: options.json, output };
    match &options.task {
        Task::Import { list, to } => {
            let imported = import(list, to)?;
            answer.give(&imported, |out| {
                writeln!(out, "{}: {} hospitals", to.display(), imported.hospitals)?;
                if imported.unplaced > 0 {
                    writeln!(out, "{} in areas of no city the picker knows; found by name alone", imported.unplaced)?;
                }
                Ok(())
            })
        }
        Task::Search { text, file: Some(file), area, limit } => {
            list(&Hospitals::open(file)?.search(area.as_ref(), text, *limit)?, &mut answer)
        }
        Task::Search { text, file: None, area, limit } => {
            let folder = tempfile::tempdir()?;
            let trial = Hospitals::open_or_trial(&folder.path().join("hospitals.db"))?;
            list(&trial.search(area.as_ref(), text, *limit)?, &mut answer)
        }
    }
}

fn list(found: &[Hospital], answer: &mut Answer<impl Write>) -> Result<(), HospitalsError> {
    let shown: Vec<Shown> = found
        .iter()
        .map(|hospital| Shown {
            code: &hospital.code,
            name: &hospital.name,
            area: hospital.area.as_str(),
            area_name: Places::national().area_name(&hospital.area),
            level: hospital.level,
            services: hospital.services,
            address: &hospital.address,
            phone: &hospital.phone,
        })
        .collect();
    answer.give(&shown, |out| {
        for Shown { code, name, area_name, address, phone, .. } in &shown {
            writeln!(out, "{code}  {name}  {area_name}  {address}  {phone}")?;
        }
        if shown.is_empty() { writeln!(out, "no hospital") } else { Ok(()) }
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
    fn a_list_is_imported_and_searched() {
        let folder = tempfile::tempdir().unwrap();
        let (list, to) = (folder.path().join("list.csv"), folder.path().join("hospitals.db"));
        std::fs::write(&list, "code,name,area\nH1,济南市示例协和医院,370102\nH2,示例远方医院,990000\n").unwrap();
        let (list, to) = (list.to_str().unwrap(), to.to_str().unwrap());
        let said = format!("{to}: 2 hospitals\n1 in areas of no city the picker knows; found by name alone\n");
        check(&["import", list, "--to", to], &said);
        let found = "H1  济南市示例协和医院  山东省济南市历下区    \n";
        check(&["search", "xh", "--file", to, "--area", "370100"], found);
        check(&["search", "xh", "--file", to, "--area", "370200"], "no hospital\n");
        let none = format!("{list} is no imported list of hospitals; import one with `kiosk hospitals import`");
        check(&["search", "xh", "--file", list], &none);
    }

    #[test]
    fn the_trial_list_is_searched_without_a_file() {
        let found = "X371000001  威海市示例第一医院  山东省威海市  威海市示例路 1 号  000-37100001\n";
        check(&["search", "whslyy", "--area", "371000"], "no hospital\n");
        check(&["search", "dyyy", "--area", "371000"], found);
        check(&["search", "--area", "371000", "--limit", "1"], found);
    }
}
