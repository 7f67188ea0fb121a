//! Voice packs: a folder with one clip a text and a manifest that says whose voice it is.
//!
//! A recording of the same texts by a person is another folder of this shape. Nothing is synthesised
//! here, and no catalogue is read.

mod clip;
mod manifest;
mod synthesiser;

use std::collections::HashMap;
use std::fmt::Write;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::Pcm;
use crate::session::Language;
use clip::read_clip;

pub use manifest::{ClipEntry, Manifest, Speaker};
pub use synthesiser::PackSynthesiser;

/// Name of the manifest in its folder.
pub const MANIFEST: &str = "manifest.json";
/// Folders of a folder of packs, named by the tag of their language.
const FOLDERS: [&str; 2] = ["zh-CN", "en"];
/// A manifest has about 200 bytes a clip.
const MANIFEST_BYTES_MAX: u64 = 8_000_000;
/// A minute of Ogg Vorbis at the packs' quality.
const CLIP_BYTES_MAX: u64 = 500_000;

/// Why a pack or a clip of it cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// A file cannot be read.
    #[error("{path}: {source}; install the voice pack again")]
    Unread {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file is longer than any of its kind.
    #[error("{path} has {bytes} bytes, more than {bytes_max}; it is no file of a voice pack")]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Its length.
        bytes: u64,
        /// The limit.
        bytes_max: u64,
    },
    /// The manifest is not one.
    #[error("{path} is no manifest of a voice pack: {reason}")]
    NoManifest {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A clip is no Ogg Vorbis sound.
    #[error("{path} is no clip: {reason}; make or record it again")]
    NoClip {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A clip is not the one the manifest describes.
    #[error("{path} has changed since its manifest was written; make the pack again")]
    Changed {
        /// The file.
        path: PathBuf,
    },
}

/// Opens the packs in a folder of packs; one that does not open is told and left out, and so is a folder without any.
pub fn open_packs(folder: &Path, told: impl Fn(PackError)) -> Vec<VoicePack> {
    let mut folders: Vec<PathBuf> = FOLDERS.iter().map(|language| folder.join(language)).collect();
    if folders.iter().any(|folder| folder.exists()) {
        folders.retain(|folder| folder.exists());
    }
    let packs = folders.iter().map(|folder| VoicePack::open(folder).map_err(&told));
    packs.filter_map(Result::ok).collect()
}

/// An opened pack of one language.
#[derive(Debug)]
pub struct VoicePack {
    folder: PathBuf,
    manifest: Manifest,
    places: HashMap<String, usize>,
}

impl VoicePack {
    /// Reads the manifest of a folder; clips are read when they are said.
    ///
    /// # Errors
    /// When there is no manifest or it is not well formed.
    pub fn open(folder: &Path) -> Result<Self, PackError> {
        let path = folder.join(MANIFEST);
        let bytes = read_limited(&path, MANIFEST_BYTES_MAX)?;
        let manifest =
            Manifest::parse(&bytes).map_err(|reason| PackError::NoManifest { path: path.clone(), reason })?;
        let places = manifest.clips.iter().enumerate().map(|(nth, clip)| (clip.text.clone(), nth)).collect();
        Ok(Self { folder: folder.to_owned(), manifest, places })
    }

    /// What the manifest says.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Which language it speaks.
    #[must_use]
    pub fn language(&self) -> Language {
        self.manifest.language
    }

    /// Whether it has a clip of this text.
    #[must_use]
    pub fn has(&self, text: &str) -> bool {
        self.places.contains_key(text)
    }

    /// The sound of a text; `None` if there is no clip of it.
    ///
    /// # Errors
    /// When the clip cannot be read.
    pub fn sound(&self, text: &str) -> Option<Result<Pcm, PackError>> {
        let entry = self.manifest.clips.get(*self.places.get(text)?)?;
        let path = self.folder.join(&entry.file);
        let read = read_limited(&path, CLIP_BYTES_MAX)
            .and_then(|bytes| read_clip(bytes).map_err(|reason| PackError::NoClip { path, reason }));
        Some(read)
    }

    /// Reads every clip and holds it against its digest.
    ///
    /// # Errors
    /// The first clip that is missing, changed or no sound.
    pub fn verify(&self) -> Result<(), PackError> {
        for entry in &self.manifest.clips {
            let path = self.folder.join(&entry.file);
            let bytes = read_limited(&path, CLIP_BYTES_MAX)?;
            if sha256_hex(&bytes) != entry.sha256 {
                return Err(PackError::Changed { path });
            }
            read_clip(bytes).map_err(|reason| PackError::NoClip { path, reason })?;
        }
        Ok(())
    }
}

fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

fn read_limited(path: &Path, bytes_max: u64) -> Result<Vec<u8>, PackError> {
    let unread = |source| PackError::Unread { path: path.to_owned(), source };
    let bytes = fs::metadata(path).map_err(unread)?.len();
    if bytes > bytes_max {
        return Err(PackError::TooLarge { path: path.to_owned(), bytes, bytes_max });
    }
    fs::read(path).map_err(unread)
}
