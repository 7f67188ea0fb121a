//! The manifest of a voice pack: whose voice, under which licence, and every clip with its text and digest.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::session::Language;

/// The shape this program reads.
const FORMAT: u32 = 1;
/// More clips than any catalogue has texts.
const CLIPS_MAX: usize = 50_000;

/// What the file says, checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Manifest {
    /// The language of all clips.
    pub language: Language,
    /// Everybody who speaks in it, by name.
    pub speakers: BTreeMap<String, Speaker>,
    /// The clips, sorted by text.
    pub clips: Vec<ClipEntry>,
}

/// Whose voice it is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Speaker {
    /// Where the voice comes from.
    pub source: String,
    /// SPDX name of the licence of the clips.
    pub licence: String,
    /// Whether a machine made it; then residents are told so (GB 45438-2025).
    pub synthetic: bool,
}

/// One clip.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClipEntry {
    /// What is said, as [`clip_text`](crate::voice::clip_text) writes it.
    pub text: String,
    /// Its file beside the manifest.
    pub file: String,
    /// SHA-256 of the file, in lower-case hexadecimal.
    pub sha256: String,
    /// How long it sounds.
    pub length_ms: u32,
    /// Who speaks; one of the speakers.
    pub speaker: String,
    /// Share of syllables a speech recogniser misheard, in percent; absent while nobody has listened.
    #[serde(default)]
    pub misheard_percent: Option<f32>,
    /// What it was made from; it tells the script that makes packs what has changed.
    #[serde(default)]
    pub made_from: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    format: u32,
    language: String,
    speakers: BTreeMap<String, Speaker>,
    clips: Vec<ClipEntry>,
}

impl Manifest {
    /// Reads and checks it; the error says what is wrong.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, String> {
        let raw: Raw = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
        if raw.format != FORMAT {
            return Err(format!("its format is {}, and this program reads {FORMAT}", raw.format));
        }
        if raw.clips.len() > CLIPS_MAX {
            return Err(format!("it has {} clips, more than {CLIPS_MAX}", raw.clips.len()));
        }
        let language = match raw.language.as_str() {
            "zh-CN" => Language::ZhCn,
            "en" => Language::En,
            other => return Err(format!("no kiosk speaks {other}")),
        };
        let mut texts = BTreeSet::new();
        for clip in &raw.clips {
            check(clip, &raw.speakers)?;
            if !texts.insert(&clip.text) {
                return Err(format!("“{}” has two clips", clip.text));
            }
        }
        Ok(Self { language, speakers: raw.speakers, clips: raw.clips })
    }
}

fn check(clip: &ClipEntry, speakers: &BTreeMap<String, Speaker>) -> Result<(), String> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    if !clip.file.bytes().all(plain) || clip.file.starts_with('.') || clip.file.is_empty() {
        return Err(format!("“{}” is no name of a clip beside the manifest", clip.file));
    }
    if clip.sha256.len() != 64 {
        return Err(format!("“{}” has no SHA-256", clip.text));
    }
    if !speakers.contains_key(&clip.speaker) {
        return Err(format!("“{}” is spoken by {}, who is no speaker of the pack", clip.text, clip.speaker));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(clip: &str) -> String {
        let speakers = r#"{"ann":{"source":"herself","licence":"CC0-1.0","synthetic":false}}"#;
        format!(r#"{{"format":1,"language":"zh-CN","speakers":{speakers},"clips":[{clip}]}}"#)
    }

    fn clip(text: &str, file: &str, speaker: &str) -> String {
        let digest = "0".repeat(64);
        format!(r#"{{"text":"{text}","file":"{file}","sha256":"{digest}","length_ms":9,"speaker":"{speaker}"}}"#)
    }

    #[test]
    fn a_well_formed_manifest_is_read() {
        let read = Manifest::parse(manifest(&clip("好的", "a.ogg", "ann")).as_bytes()).unwrap();
        assert_eq!(read.clips[0].text, "好的");
        assert_eq!((read.clips[0].misheard_percent, read.speakers["ann"].synthetic), (None, false));
    }

    #[test]
    fn what_is_not_well_formed_is_refused() {
        let check = |source: &str, reason: &str| {
            let error = Manifest::parse(source.as_bytes()).unwrap_err();
            assert!(error.contains(reason), "{error}");
        };
        check("{}", "missing field");
        check(&manifest("").replace("\"format\":1", "\"format\":9"), "its format is 9");
        check(&manifest("").replace("zh-CN", "tlh"), "no kiosk speaks tlh");
        check(&manifest(&clip("好的", "../a.ogg", "ann")), "no name of a clip");
        check(&manifest(&clip("好的", ".ogg", "ann")), "no name of a clip");
        check(&manifest(&clip("好的", "a.ogg", "bob")), "no speaker of the pack");
        let twice = [clip("好的", "a.ogg", "ann"), clip("好的", "b.ogg", "ann")].join(",");
        check(&manifest(&twice), "two clips");
        check(&manifest(&clip("好的", "a.ogg", "ann").replace("length_ms", "length")), "unknown field");
    }
}
