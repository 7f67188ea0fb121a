//! Keeps the public notices of the standby screen as the hall's folder has them, without a restart.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::maintenance::notices::{self, Notice};
use crate::screen::ScreenHandle;

/// Between two looks into the folder.
const LOOKS_EVERY: Duration = Duration::from_secs(20);

/// Starts to look into the folder. `fixed` notices, those of the configuration, come first.
///
/// # Errors
/// When the system refuses a thread.
pub fn start(folder: PathBuf, fixed: Vec<Notice>, screen: ScreenHandle) -> io::Result<()> {
    let mut board = Board { folder, fixed, told: String::new(), hung: None };
    std::thread::Builder::new().name("notices".into()).spawn(move || {
        loop {
            if let Some(notices) = board.look() {
                screen.pin_up(notices);
            }
            std::thread::sleep(LOOKS_EVERY);
        }
    })?;
    Ok(())
}

struct Board {
    folder: PathBuf,
    fixed: Vec<Notice>,
    /// What was said last about notices that are left out.
    told: String,
    hung: Option<Vec<Notice>>,
}

impl Board {
    /// What is to hang there, if it is something else than before. A folder that is away leaves what hangs.
    fn look(&mut self) -> Option<Vec<Notice>> {
        let (found, complaints) = read(&self.folder);
        if complaints != self.told {
            complaints.lines().for_each(|complaint| tracing::warn!(complaint, "notices"));
            self.told = complaints;
        }
        let all = self.fixed.iter().cloned().chain(found?).collect();
        if self.hung.as_ref() == Some(&all) {
            return None;
        }
        self.hung = Some(all.clone());
        Some(all)
    }
}

fn read(folder: &Path) -> (Option<Vec<Notice>>, String) {
    match notices::read_folder(folder) {
        Ok((found, wrong)) => (Some(found), wrong.iter().map(|wrong| format!("{wrong}\n")).collect()),
        Err(error) => (None, format!("the folder {} cannot be read: {error}\n", folder.display())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_edited_hangs_and_what_is_gone_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let fixed = vec![("缴费".to_owned(), String::new())];
        let mut board =
            Board { folder: folder.path().to_owned(), fixed: fixed.clone(), told: String::new(), hung: None };
        assert_eq!(board.look(), Some(fixed.clone()));
        assert_eq!(board.look(), None, "nothing has changed");
        let file = folder.path().join("a.md");
        std::fs::write(&file, "# 科室\n\n一楼登记").unwrap();
        assert_eq!(board.look().unwrap()[1], ("科室".to_owned(), "一楼登记".to_owned()));
        std::fs::write(&file, "没有标题").unwrap();
        assert_eq!(board.look(), Some(fixed.clone()));
        assert!(board.told.contains("a.md"), "{}", board.told);
        std::fs::remove_file(&file).unwrap();
        assert_eq!(board.look(), None);
        assert_eq!(board.told, "");
        drop(folder);
        assert_eq!(board.look(), None, "a folder that is away leaves what hangs");
        assert!(board.told.contains("cannot be read"), "{}", board.told);
    }
}
