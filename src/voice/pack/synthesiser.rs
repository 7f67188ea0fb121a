//! Says what the packs have clips of, and leaves the rest to another voice.

use std::sync::Arc;

use crate::session::Language;
use crate::voice::script::{Clip, Script};
use crate::voice::{Pcm, Synthesiser, VoiceError};

use super::VoicePack;

/// Between two clips; without it groups run into each other.
const GAP_MS: u32 = 30;

/// Clips where there are clips: the whole prompt, or a value's groups one after the other.
///
/// If one that cannot be left out is missing, the fallback says the whole utterance: half a
/// sentence in one voice and half in another is understood worse than either.
pub struct PackSynthesiser {
    packs: Vec<VoicePack>,
    fallback: Arc<dyn Synthesiser>,
}

impl PackSynthesiser {
    /// The first pack of a language speaks it.
    pub fn new(packs: Vec<VoicePack>, fallback: Arc<dyn Synthesiser>) -> Self {
        Self { packs, fallback }
    }

    fn glue(&self, clips: &[Clip], language: Language) -> Option<Pcm> {
        let pack = self.packs.iter().find(|pack| pack.language() == language)?;
        let mut said: Option<Pcm> = None;
        for clip in clips {
            match pack.sound(&clip.text) {
                Some(Ok(sound)) => join(&mut said, &sound)?,
                Some(Err(error)) => {
                    tracing::warn!(%error, "voice");
                    return None;
                }
                None if clip.optional => {}
                None => return None,
            }
        }
        said
    }
}

/// `None` when the clips have different sample rates, which no pack made in one go has.
fn join(said: &mut Option<Pcm>, next: &Pcm) -> Option<()> {
    let Some(before) = said else {
        *said = Some(next.clone());
        return Some(());
    };
    if before.rate_hz != next.rate_hz {
        return None;
    }
    let gap = (before.rate_hz / 1000 * GAP_MS) as usize;
    // A vector that grows leaves copies of an amount behind; a new one of the right size wipes the old.
    let mut samples = Vec::with_capacity(before.samples.len() + gap + next.samples.len());
    samples.extend_from_slice(&before.samples);
    samples.resize(samples.len() + gap, 0.0);
    samples.extend_from_slice(&next.samples);
    *said = Some(Pcm { rate_hz: next.rate_hz, samples });
    Some(())
}

impl Synthesiser for PackSynthesiser {
    fn render(&self, text: &str, language: Language) -> Result<Pcm, VoiceError> {
        self.render_script(&Script::fixed(text), language)
    }

    fn render_script(&self, script: &Script, language: Language) -> Result<Pcm, VoiceError> {
        match self.glue(&script.clips(language), language) {
            Some(sound) => Ok(sound),
            None => self.fallback.render_script(script, language),
        }
    }
}
