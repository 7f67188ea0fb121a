//! Searches the list of designated hospitals on a thread of its own, and writes what it finds for the screen.

use std::path::PathBuf;
use std::sync::mpsc::{Sender, channel};
use std::thread;

use super::Post;
use crate::domain::AreaCode;
use crate::hospital::{Grade, Hospital, HospitalError, Hospitals, Level, Services, Tier, import_if_changed};
use crate::places::Places;
use crate::session::{Event, HospitalCard, Language, Ticket};
use crate::words::{Key, Words, args};

/// As many are shown at most; who sees none of theirs writes another character.
const FOUND_MAX: usize = 30;

/// What is looked for.
pub(super) struct Question {
    pub ticket: Ticket,
    pub area: Option<AreaCode>,
    pub text: String,
    pub language: Language,
}

/// Where the hospitals come from.
#[derive(Debug)]
pub(super) enum HospitalList {
    /// A file that was imported; where there is none, the invented hospitals are put there.
    Imported(PathBuf),
    /// The list of the configuration, and where what was taken in of it lies.
    Site {
        /// The CSV.
        list: PathBuf,
        /// The searchable file.
        taken_in: PathBuf,
    },
}

impl HospitalList {
    /// Takes the site's list in where it is another than last time. One with a mistake leaves the one before.
    fn prepare(&self) {
        let Self::Site { list, taken_in } = self else { return };
        match import_if_changed(list, taken_in) {
            Ok(None) => {}
            Ok(Some(imported)) => tracing::info!(imported.hospitals, imported.unplaced, "hospitals: list taken in"),
            Err(error) => tracing::error!(%error, "hospitals.list: the list taken in last stays"),
        }
    }

    fn open(&self) -> Result<Hospitals, HospitalError> {
        match self {
            Self::Imported(file) => Hospitals::open_or_trial(file),
            Self::Site { taken_in, .. } => Hospitals::open(taken_in),
        }
    }
}

/// The way from the loop to the list.
pub(super) struct HospitalDesk {
    questions: Sender<Question>,
}

impl HospitalDesk {
    /// A long list takes some seconds to be taken in; who searches meanwhile waits for it.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(list: HospitalList, post: Post) -> std::io::Result<Self> {
        let (questions, inbox) = channel::<Question>();
        thread::Builder::new().name("hospitals".into()).spawn(move || {
            list.prepare();
            let mut open = None;
            while let Ok(first) = inbox.recv() {
                // Whoever types on wants the answer to what stands there now.
                let question = inbox.try_iter().last().unwrap_or(first);
                let found = search(&mut open, &list, &question).unwrap_or_else(|error| {
                    tracing::error!(%error, "hospitals");
                    Vec::new()
                });
                post.event(Event::Hospitals(question.ticket, found));
            }
        })?;
        Ok(Self { questions })
    }

    pub fn search(&self, question: Question) {
        // The thread lives as long as this handle.
        let _ = self.questions.send(question);
    }
}

fn search(
    open: &mut Option<Hospitals>,
    list: &HospitalList,
    question: &Question,
) -> Result<Vec<HospitalCard>, HospitalError> {
    let hospitals = match open.take().filter(|known| !known.is_replaced()) {
        Some(known) => known,
        None => list.open()?,
    };
    let found = open.insert(hospitals).search(question.area.as_ref(), &question.text, FOUND_MAX)?;
    let words = Words::new(question.language);
    Ok(found.into_iter().map(|hospital| card(hospital, &words)).collect())
}

fn card(hospital: Hospital, words: &Words) -> HospitalCard {
    HospitalCard {
        level: hospital.level.map_or_else(String::new, |level| level_words(level, words)),
        place: Places::national().area_name(&hospital.area),
        services: services(hospital.services, words),
        name: hospital.name,
        address: hospital.address,
        phone: hospital.phone,
    }
}

fn level_words(level: Level, words: &Words) -> String {
    let tier = words.text(match level.tier {
        Tier::Primary => Key::HospitalTierPrimary,
        Tier::Secondary => Key::HospitalTierSecondary,
        Tier::Tertiary => Key::HospitalTierTertiary,
    });
    let grade = match level.grade {
        None => return tier,
        Some(Grade::Special) => Key::HospitalGradeSpecial,
        Some(Grade::A) => Key::HospitalGradeA,
        Some(Grade::B) => Key::HospitalGradeB,
        Some(Grade::C) => Key::HospitalGradeC,
    };
    words.hospital_graded(args::HospitalGraded { tier: tier.into(), grade: words.text(grade).into() })
}

fn services(services: Services, words: &Words) -> Vec<String> {
    let all = [
        (services.inpatient, Key::HospitalInpatient),
        (services.outpatient, Key::HospitalOutpatient),
        (services.chronic, Key::HospitalChronic),
    ];
    all.into_iter().filter(|(offered, _)| *offered).map(|(_, key)| words.text(key)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_trial_list_is_searched_and_written_in_words() {
        let folder = tempfile::tempdir().unwrap();
        let list = HospitalList::Imported(folder.path().join("hospitals.db"));
        let mut open = None;
        let mut ask = |text: &str, language| {
            let question = Question { ticket: Ticket(1), area: AreaCode::parse("110000"), text: text.into(), language };
            search(&mut open, &list, &question).unwrap()
        };
        let all = ask("", Language::ZhCn);
        assert!(!all.is_empty() && all.iter().all(|card| card.place.contains("北京")), "{all:?}");
        let best = all.iter().find(|card| card.level == "三级甲等").expect("one of the highest level");
        assert!(
            ask(&best.name, Language::En).iter().any(|card| card.name == best.name && card.level.contains("Level 3"))
        );
        assert!(ask("没有这样的医院", Language::ZhCn).is_empty());
    }

    #[test]
    fn a_sites_list_is_taken_in_and_a_wrong_one_leaves_the_one_before() {
        let folder = tempfile::tempdir().unwrap();
        let (list, taken_in) = (folder.path().join("list.csv"), folder.path().join("site.db"));
        let site = HospitalList::Site { list: list.clone(), taken_in };
        let check = |content: &str, expected: Option<&[&str]>| {
            std::fs::write(&list, content).unwrap();
            site.prepare();
            let found = site.open().ok().map(|hospitals| hospitals.search(None, "", FOUND_MAX).unwrap());
            let names = found.map(|found| found.into_iter().map(|hospital| hospital.name).collect::<Vec<_>>());
            assert_eq!(names, expected.map(|names| names.iter().map(ToString::to_string).collect()), "{content}");
        };
        check("code,name\nH1,甲医院\n", None);
        check("code,name,area\nH1,甲医院,371002\n", Some(&["甲医院"]));
        check("code,name,area\nH1,乙医院,威海\n", Some(&["甲医院"]));
        check("code,name,area\nH1,丙医院,371002\n", Some(&["丙医院"]));
    }
}
