//! Whether the packs hold a clip of everything the catalogues can have said, and nothing else.

use std::collections::BTreeSet;
use std::path::Path;

use crate::session::Language;
use crate::voice::{PackError, VoicePack};
use crate::words::tag;

use super::texts::TextList;

/// What was found out about a pack.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PackReport {
    /// How many clips it has.
    pub clips: usize,
    /// Texts without a clip: new, or changed since the clips were made.
    pub lacking: Vec<String>,
    /// How many buttons, titles and rarer values have no clip; they stay with the caption or another voice.
    pub without: usize,
    /// Clips of texts nobody says any more.
    pub unused: Vec<String>,
}

impl PackReport {
    /// Whether everything can be said.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.lacking.is_empty()
    }
}

/// Holds the pack of a language, in a folder of packs, against the catalogues; and every clip against its digest.
///
/// # Errors
/// When the pack does not open, or a clip is missing, changed or no sound.
pub fn check_pack(packs: &Path, language: Language) -> Result<PackReport, PackError> {
    let pack = VoicePack::open(&packs.join(tag(language)))?;
    pack.verify()?;
    let (needed, all) = (TextList::of(language), TextList::with_what_is_shown(language));
    let needed: BTreeSet<&str> = needed.needed_texts().collect();
    let known: BTreeSet<&str> = all.texts().collect();
    let clips = &pack.manifest().clips;
    Ok(PackReport {
        clips: clips.len(),
        lacking: needed.iter().filter(|text| !pack.has(text)).map(|text| (*text).to_owned()).collect(),
        without: known.iter().filter(|text| !needed.contains(*text) && !pack.has(text)).count(),
        unused: clips.iter().filter(|clip| !known.contains(clip.text.as_str())).map(|clip| clip.text.clone()).collect(),
    })
}
