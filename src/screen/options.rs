//! What the screens show and obey that is configured. Nothing of a visit.

use crate::session::{KeyMap, Language};

/// What the screens show that is configured, the same in every visit.
#[derive(Debug, Clone, Default)]
pub struct ScreenOptions {
    /// Name of the hall in the header: 威海医保.
    pub hall: String,
    /// Which machine this is: 一楼大厅 3 号机.
    pub machine: String,
    /// The window that helps: 3 号窗口.
    pub window_name: String,
    /// The way there: 往左走 10 米.
    pub window_way: String,
    /// The same in English; empty where nobody wrote it.
    pub window_name_en: String,
    /// The way in English; empty where nobody wrote it.
    pub window_way_en: String,
    /// Public notices of the standby screen: title and text.
    pub notices: Vec<(String, String)>,
    /// What the floors of the panel come from.
    pub reading: Reading,
    /// What the keys of a keyboard or a pad do.
    pub keys: KeyMap,
}

impl ScreenOptions {
    /// The window that helps and the way there, in the language where somebody wrote it.
    #[must_use]
    pub fn window<'a>(&'a self, language: Language) -> (&'a str, &'a str) {
        let written = |zh: &'a str, en: &'a str| language.choose(zh, if en.is_empty() { zh } else { en });
        (
            written(self.window_name.as_str(), self.window_name_en.as_str()),
            written(&self.window_way, &self.window_way_en),
        )
    }
}

/// What the floors of a panel come from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading {
    /// Design units (1/1080 of the short side) a millimetre.
    pub du_per_mm: f32,
    /// Whether one sits before it.
    pub seated: bool,
}

impl Default for Reading {
    /// A hall machine of 21.5 inches.
    fn default() -> Self {
        Self { du_per_mm: 4.034, seated: false }
    }
}
