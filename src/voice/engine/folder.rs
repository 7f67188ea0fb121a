//! The model folder: what `install/voice-engine.sh` puts there, looked at before anything is loaded. No model runs
//! here.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::EngineError;

/// The model, as ONNX.
pub const MODEL: &str = "model.onnx";
/// Its runtime.
pub const LIBRARY: &str = "libonnxruntime.so";
/// One row of the speaker's numbers for every length of text.
pub const VOICE: &str = "voice.bin";
/// The number of every phoneme.
pub const VOCABULARY: &str = "vocabulary.json";

/// The speaker's numbers for one length.
pub const STYLE: usize = 256;
/// Longer input the model was not made for.
pub const PHONEMES_MAX: usize = 510;
/// A vocabulary has two kilobytes.
const VOCABULARY_BYTES_MAX: u64 = 100_000;

/// A model folder whose small files are read and whose large ones are there.
#[derive(Debug)]
pub struct ModelFolder {
    /// The model.
    pub model: PathBuf,
    /// Its runtime.
    pub library: PathBuf,
    styles: Vec<f32>,
    vocabulary: HashMap<char, i64>,
}

#[derive(Deserialize)]
struct Vocabulary {
    vocab: HashMap<char, i64>,
}

impl ModelFolder {
    /// Reads the small files and looks whether the large ones are there.
    ///
    /// # Errors
    /// The first file that is missing or is not what it should be.
    pub fn open(folder: &Path) -> Result<Self, EngineError> {
        let styles = read(folder, VOICE, (PHONEMES_MAX * STYLE * 4) as u64)?;
        if styles.len() != PHONEMES_MAX * STYLE * 4 {
            return Err(unusable(folder, VOICE, format!("it has {} bytes, no {PHONEMES_MAX} rows", styles.len())));
        }
        let (rows, _) = styles.as_chunks::<4>();
        let vocabulary: Vocabulary = serde_json::from_slice(&read(folder, VOCABULARY, VOCABULARY_BYTES_MAX)?)
            .map_err(|error| unusable(folder, VOCABULARY, error.to_string()))?;
        Ok(Self {
            model: present(folder, MODEL)?,
            library: present(folder, LIBRARY)?,
            styles: rows.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect(),
            vocabulary: vocabulary.vocab,
        })
    }

    /// The numbers of phonemes between the pads the model wants; `None` if one has no number, or there are none or too
    /// many.
    #[must_use]
    pub fn tokens(&self, phonemes: &str) -> Option<Vec<i64>> {
        let numbers = phonemes.chars().map(|phoneme| self.vocabulary.get(&phoneme).copied());
        let tokens: Vec<i64> = [Some(0)].into_iter().chain(numbers).chain([Some(0)]).collect::<Option<_>>()?;
        (3..=PHONEMES_MAX).contains(&tokens.len()).then_some(tokens)
    }

    /// The speaker's numbers for a text of so many tokens with their pads.
    #[must_use]
    pub fn style(&self, tokens: usize) -> Vec<f32> {
        let row = tokens.saturating_sub(2).min(PHONEMES_MAX - 1);
        self.styles.iter().skip(row * STYLE).take(STYLE).copied().collect()
    }
}

fn present(folder: &Path, name: &str) -> Result<PathBuf, EngineError> {
    let path = folder.join(name);
    if path.is_file() { Ok(path) } else { Err(EngineError::Missing { path }) }
}

fn read(folder: &Path, name: &str, bytes_max: u64) -> Result<Vec<u8>, EngineError> {
    let path = present(folder, name)?;
    let unread = |source| EngineError::Unread { path: path.clone(), source };
    let bytes = fs::metadata(&path).map_err(unread)?.len();
    if bytes > bytes_max {
        return Err(unusable(folder, name, format!("it has {bytes} bytes, more than {bytes_max}")));
    }
    fs::read(&path).map_err(unread)
}

fn unusable(folder: &Path, name: &str, reason: String) -> EngineError {
    EngineError::Unusable { path: folder.join(name), reason }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with everything in it but a model that runs.
    fn whole() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let styles: Vec<u8> = (0..PHONEMES_MAX * STYLE).flat_map(|n| ((n / STYLE) as f32).to_le_bytes()).collect();
        fs::write(folder.path().join(VOICE), styles).unwrap();
        fs::write(folder.path().join(VOCABULARY), r#"{"vocab":{"a":43,"→":169},"n_token":178}"#).unwrap();
        fs::write(folder.path().join(MODEL), "model").unwrap();
        fs::write(folder.path().join(LIBRARY), "library").unwrap();
        folder
    }

    #[test]
    fn a_whole_folder_numbers_phonemes_and_knows_its_speaker() {
        let files = whole();
        let folder = ModelFolder::open(files.path()).unwrap();
        assert!(folder.model.is_file() && folder.library.is_file());
        assert_eq!(folder.tokens("a→"), Some(vec![0, 43, 169, 0]));
        assert_eq!(folder.tokens("x"), None);
        assert_eq!(folder.tokens(""), None);
        assert_eq!(folder.tokens(&"a".repeat(PHONEMES_MAX)), None);
        assert_eq!(folder.style(4), vec![2.0; STYLE]);
        assert_eq!(folder.style(2_000), vec![509.0; STYLE]);
    }

    #[test]
    fn every_file_that_is_missing_or_wrong_is_named() {
        for name in [MODEL, LIBRARY, VOICE, VOCABULARY] {
            let folder = whole();
            fs::remove_file(folder.path().join(name)).unwrap();
            let error = ModelFolder::open(folder.path()).unwrap_err().to_string();
            assert!(error.contains(name) && error.contains("install/voice-engine.sh"), "{error}");
        }
        for name in [VOICE, VOCABULARY] {
            let folder = whole();
            fs::write(folder.path().join(name), "nonsense").unwrap();
            let error = ModelFolder::open(folder.path()).unwrap_err().to_string();
            assert!(error.contains(name) && error.contains("cannot be used"), "{error}");
            fs::write(folder.path().join(name), vec![b' '; 600_000]).unwrap();
            assert!(ModelFolder::open(folder.path()).unwrap_err().to_string().contains("600000 bytes"));
        }
    }
}
