//! The lists a site brings, each in a file of its own that the configuration names.
//!
//! A key that is wrong stops the kiosk, since nobody knows what was meant. A list that is wrong does not: it is left
//! out and said, and residents go on being served.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Config;
use crate::domain::AreaCode;
use crate::hospital;
use crate::maintenance::notices::{self, WrongNotice};
use crate::maintenance::places;
use crate::places::SiteAreas;
use crate::voice::Engine;

/// A list that is left out, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{key} = {path:?}: {reason}; the kiosk goes on {instead}")]
pub struct WrongList {
    /// The key that names it.
    pub key: &'static str,
    /// The file.
    pub path: PathBuf,
    /// Where the mistake is and what it is, or why the file cannot be read.
    pub reason: String,
    /// What the kiosk does without it.
    pub instead: &'static str,
}

/// The lists that are read with the configuration.
#[derive(Debug, Default)]
pub(super) struct Lists {
    pub areas: Arc<SiteAreas>,
    /// Codes; `None` leaves those of the policy.
    pub common: Option<Vec<String>>,
    pub wrong: Vec<WrongList>,
}

impl Lists {
    /// Reads what is named; what is not, is as shipped.
    pub fn read(areas: Option<&Path>, common: Option<&Path>) -> Self {
        let mut lists = Self::default();
        let codes = |codes: Vec<AreaCode>| codes.iter().map(|code| code.as_str().to_owned()).collect();
        if let Some(path) = areas {
            let read = places::site_areas(path).map_err(|error| error.to_string());
            let found = lists.take("platform.areas", path, "with the codes of GB/T 2260", read);
            lists.areas = Arc::new(found.unwrap_or_default());
        }
        if let Some(path) = common {
            let read = places::common_destinations(path).map_err(|error| error.to_string());
            lists.common = lists.take("filing.common", path, "with those of the filing policy", read).map(codes);
        }
        lists
    }

    fn take<T>(&mut self, key: &'static str, path: &Path, instead: &'static str, read: Result<T, String>) -> Option<T> {
        read.map_err(|reason| self.wrong.push(WrongList { key, path: path.to_owned(), reason, instead })).ok()
    }
}

impl Config {
    /// What is wrong with the lists it names. That of hospitals is long, and is read here and by the kiosk alone.
    #[must_use]
    pub fn check_lists(&self) -> Vec<WrongList> {
        let hospitals = self.hospitals.as_ref().and_then(|path| {
            let reason = hospital::check(path).err()?.to_string();
            let instead = "with the list it took in last";
            Some(WrongList { key: "hospitals.list", path: path.clone(), reason, instead })
        });
        let others = hospitals.into_iter().chain(self.check_notices()).chain(self.check_model());
        self.wrong_lists.iter().cloned().chain(others).collect()
    }

    /// A model is no list, but as with one the kiosk goes on without it.
    fn check_model(&self) -> Option<WrongList> {
        let path = self.voice.model.clone()?;
        let reason = Engine::check(&path).err()?.to_string();
        Some(WrongList { key: "voice.model", path, reason, instead: "without it" })
    }

    fn check_notices(&self) -> Vec<WrongList> {
        let (key, instead) = ("screen.notices", "without it");
        match self.screen.notices.as_deref().map(|folder| (folder, notices::read_folder(folder))) {
            None => Vec::new(),
            Some((folder, Err(error))) => {
                vec![WrongList { key, path: folder.to_owned(), reason: error.to_string(), instead }]
            }
            Some((_, Ok((_, wrong)))) => {
                let list = |wrong: WrongNotice| WrongList { key, path: wrong.path, reason: wrong.reason, instead };
                wrong.into_iter().map(list).collect()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = include_str!("../../../install/kiosk.toml");

    /// The sample with one list named in it.
    fn with(table: &str, key: &str, content: &str) -> (Config, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list");
        std::fs::write(&path, content).unwrap();
        let line = format!("[{table}]\n{key} = {path:?}\n");
        // Without the platform's transactions no policy is read.
        let sample = SAMPLE.replace("#[platform.filing]", "[platform.filing]");
        let text = match sample.contains(&format!("\n[{table}]")) {
            true => sample.replacen(&format!("[{table}]"), &line, 1),
            false => format!("{sample}\n{line}"),
        };
        (Config::parse(&text).unwrap(), folder)
    }

    fn check(key: (&str, &str), content: &str, expected: &[&str]) {
        let (config, _folder) = with(key.0, key.1, content);
        let said: Vec<String> = config.check_lists().iter().map(ToString::to_string).collect();
        assert_eq!(said.len(), usize::from(!expected.is_empty()), "{said:?}");
        for part in expected {
            assert!(said[0].contains(part), "{} lacks {part}", said[0]);
        }
    }

    #[test]
    fn a_list_that_is_wrong_is_said_and_left_out() {
        let (areas, common, hospitals) = (("platform", "areas"), ("filing", "common"), ("hospitals", "list"));
        check(areas, "code,name\n660000,兵团\n", &[]);
        check(areas, "code,name\n66,兵团\n", &["platform.areas", "line 2, column code", "\"66\" is not six digits"]);
        check(common, "# ours\n230100 哈尔滨\n", &[]);
        check(common, "# ours\n230000 黑龙江\n", &["filing.common", "line 2: 230000 is no destination", "policy"]);
        check(hospitals, "code,name,area\nH1,甲医院,371002\n", &[]);
        check(hospitals, "code,name,area\nH1,甲医院,威海\n", &["hospitals.list", "line 2, column area", "six digits"]);
    }

    #[test]
    fn a_model_that_cannot_be_used_is_said() {
        let fault = if cfg!(feature = "engine") { "install/voice-engine.sh" } else { "--features engine" };
        check(("voice", "model"), "no folder", &["voice.model", fault, "without it"]);
    }

    #[test]
    fn a_notice_that_cannot_be_shown_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let text = SAMPLE.replacen("[screen]", &format!("[screen]\nnotices = {:?}", folder.path()), 1);
        let config = Config::parse(&text).unwrap();
        assert_eq!(config.check_lists(), []);
        std::fs::write(folder.path().join("a.md"), "没有标题").unwrap();
        let wrong = config.check_lists();
        assert!(wrong[0].to_string().contains("a.md") && wrong[0].reason.contains("no title"), "{wrong:?}");
        drop(folder);
        assert_eq!(config.check_lists()[0].key, "screen.notices");
    }

    #[test]
    fn a_list_that_is_not_there_is_said() {
        let text = SAMPLE.replacen("[filing]", "[filing]\ncommon = \"/nonexistent/common.txt\"", 1);
        let config = Config::parse(&text).unwrap();
        assert!(config.check_lists()[0].to_string().contains("/nonexistent/common.txt"));
    }

    #[test]
    fn what_a_list_says_reaches_the_kiosk() {
        let (config, _folder) = with("filing", "common", "230100 哈尔滨\n");
        assert_eq!(config.session.filing.unwrap().common_destinations.value, ["230100"]);
        let (config, _folder) = with("platform", "areas", "code,name,division\n660000,兵团,659000\n");
        assert_eq!((config.session.areas.len(), config.platform.site_areas.len()), (1, 1));
    }
}
