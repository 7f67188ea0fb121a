//! Which fonts the screens draw with, in which order, and whether a character can be drawn at all.
//!
//! The order is set here, in the program: whatever else is installed on the machine comes after our own and cannot take
//! a text away from them. No sizes, no words.

mod names;
mod private;

use fontconfig::Fontconfig;
use slint::fontique_011::fontique::{Collection, GenericFamily, QueryFamily, QueryStatus, SourceCache};
use slint::fontique_011::shared_collection;

use crate::fetched;

use super::ScreenError;

pub(super) use names::{NamePiece, make_drawable, pieces};

/// Everything usual; `ui/app.slint` names it, too.
const BASIC_FAMILY: &str = "Noto Sans CJK SC";
/// The extensions B to F of Unicode; see assets/fonts/README.md.
const RARE_FAMILY: &str = "HanaMinB";
/// The file of that family.
const RARE_FILE: &str = "HanaMinB.ttf";
/// Without these nobody can read a screen.
const BASIC_SAMPLE: &str = "请把身份证放上来";
/// One of each extension of Unicode that level 3 of GB 18030-2022 takes in, from A to F.
const RARE_SAMPLE: &str = "\u{3400}\u{20000}\u{2A700}\u{2B740}\u{2B820}\u{2CEB0}";
/// What Slint asks for where the named family has no picture of a character.
const GENERIC: [GenericFamily; 2] = [GenericFamily::SansSerif, GenericFamily::SystemUi];

/// Slint looks for a font as soon as it starts, and panics where there is none; so this is asked before.
///
/// # Errors
/// [`ScreenError::NoFont`] where no font at all is installed.
pub(super) fn any_installed() -> Result<(), ScreenError> {
    // Where fontconfig itself is missing, Slint does without it and the check of `prepare` finds out.
    match Fontconfig::new().map(|fontconfig| fontconfig.find("sans-serif", None)) {
        Some(Err(_)) => Err(ScreenError::NoFont),
        Some(Ok(_)) | None => Ok(()),
    }
}

/// The fonts of one thread's screens.
pub struct Fonts {
    collection: Collection,
    sources: SourceCache,
}

impl Fonts {
    /// Puts our fonts before all others, for every window of this thread. Comes after the choice of a backend and
    /// before the first window: what is laid out once keeps its fonts.
    ///
    /// # Errors
    /// [`ScreenError::NoFont`] where no font has the usual Chinese characters. That the rare ones are missing is only
    /// a warning: their codes are shown instead.
    pub fn prepare() -> Result<Self, ScreenError> {
        let mut fonts = Self { collection: shared_collection(), sources: SourceCache::default() };
        fonts.add_rare();
        fonts.set_order();
        if !BASIC_SAMPLE.chars().all(|character| fonts.draws(character)) {
            return Err(ScreenError::NoFont);
        }
        let missing = RARE_SAMPLE.chars().filter(|character| !fonts.draws(*character)).count();
        if missing > 0 {
            tracing::warn!(
                "no font draws the rare characters of {missing} of {} blocks; install/fonts.sh fetches one, until then names show codes in their place",
                RARE_SAMPLE.chars().count()
            );
        }
        Ok(fonts)
    }

    /// Whether a character will be drawn. Where not, the renderer leaves nothing, not even an empty square.
    pub fn draws(&mut self, character: char) -> bool {
        let mut query = self.collection.query(&mut self.sources);
        query.set_families([QueryFamily::Named(BASIC_FAMILY)].into_iter().chain(GENERIC.map(QueryFamily::Generic)));
        let mut drawn = false;
        query.matches_with(|font| {
            drawn = font.charmap().and_then(|map| map.map(character)).is_some_and(|glyph| glyph != 0);
            if drawn { QueryStatus::Stop } else { QueryStatus::Continue }
        });
        drawn
    }

    fn add_rare(&mut self) {
        let folder = fetched::folder("KIOSK_FONTS", "fonts", RARE_FILE);
        if let Some(folder) = folder.filter(|_| self.collection.family_id(RARE_FAMILY).is_none()) {
            // Mapped into memory, not read into it.
            self.collection.load_fonts_from_paths([folder.join(RARE_FILE)]);
        }
    }

    fn set_order(&mut self) {
        let ours: Vec<_> =
            [BASIC_FAMILY, RARE_FAMILY].iter().filter_map(|name| self.collection.family_id(name)).collect();
        for generic in GENERIC {
            self.collection.set_generic_families(generic, ours.iter().copied());
        }
    }
}
