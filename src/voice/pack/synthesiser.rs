//! Says what the packs have clips of, lets the engine make what is missing, and leaves the rest to another voice.

use std::sync::Arc;
use std::time::{Duration, Instant};

use zeroize::Zeroizing;

use crate::session::Language;
use crate::voice::script::{Part, Script};
use crate::voice::wav::at_rate;
use crate::voice::{Engine, Pcm, Recall, Rendered, Synthesiser, VoiceError};

use super::VoicePack;

/// Between two clips; without it groups run into each other.
const GAP_MS: u32 = 30;
/// What is made ahead of need may take its time.
const AHEAD: Duration = Duration::from_secs(20);

/// Clips where there are clips: the whole prompt, or a value's groups one after the other.
///
/// What has none is made by the engine, if there is one and it is quick enough. Of a place or a name only the caption is
/// left otherwise; if anything else is missing, the fallback says the whole utterance: half a sentence in one voice and
/// half in a strange one is understood worse than either.
pub struct PackSynthesiser {
    packs: Vec<VoicePack>,
    engine: Option<Arc<Engine>>,
    fallback: Arc<dyn Synthesiser>,
}

impl PackSynthesiser {
    /// The first pack of a language speaks it.
    pub fn new(packs: Vec<VoicePack>, fallback: Arc<dyn Synthesiser>) -> Self {
        Self { packs, engine: None, fallback }
    }

    /// With an engine for what has no clip.
    #[must_use]
    pub fn with_engine(self, engine: Arc<Engine>) -> Self {
        Self { engine: Some(engine), ..self }
    }

    fn engine(&self, language: Language) -> Option<&Engine> {
        self.engine.as_deref().filter(|engine| engine.speaks(language))
    }

    fn pack(&self, language: Language) -> Option<&VoicePack> {
        self.packs.iter().find(|pack| pack.language() == language)
    }

    /// The sound of a part out of its clips; `None` if one is missing or does not open.
    fn recorded(&self, part: &Part, language: Language) -> Option<Vec<Pcm>> {
        let pack = self.pack(language)?;
        let open = |text: &str| pack.sound(text)?.inspect_err(|error| tracing::warn!(%error, "voice")).ok();
        part.clips.iter().map(|clip| open(&clip.text)).collect()
    }

    /// Whether the engine would have to make something.
    fn lacks_clips(&self, script: &Script, language: Language) -> bool {
        let has = |text: &str| self.pack(language).is_some_and(|pack| pack.has(text));
        let lacking = |part: &Part| part.clips.is_empty() || part.clips.iter().any(|clip| !has(&clip.text));
        script.parts(language).iter().any(|part| part.says_something() && lacking(part))
    }

    /// Part after part; those without clips that follow each other are made as one. `None` if one is needed and not to
    /// be had.
    fn glue(&self, script: &Script, language: Language, patience: &Patience) -> Option<Rendered> {
        let mut said = Said::default();
        let mut missing = Missing::default();
        for part in script.parts(language) {
            if !part.says_something() {
                missing.push_mark(&part);
                continue;
            }
            let clips = if part.clips.is_empty() { None } else { self.recorded(&part, language) };
            match clips {
                Some(clips) => {
                    self.make(&mut said, std::mem::take(&mut missing), language, patience)?;
                    clips.into_iter().for_each(|clip| said.join(clip));
                }
                None => missing.push(&part),
            }
        }
        self.make(&mut said, missing, language, patience)?;
        Some(Rendered { sound: said.sound?, makeshift: said.makeshift })
    }

    /// Lets the engine say what has no clip; `None` if it cannot and it is needed.
    fn make(&self, said: &mut Said, missing: Missing, language: Language, patience: &Patience) -> Option<()> {
        if missing.words.is_empty() {
            return Some(());
        }
        let made = self.engine(language).map(|engine| {
            let time = patience.until.saturating_duration_since(Instant::now());
            engine.speak(&missing.words, language, time, &patience.recall)
        });
        match made {
            Some(Ok(sound)) => {
                said.join(sound);
                return Some(());
            }
            Some(Err(error)) => {
                said.makeshift = true;
                if error != VoiceError::Recalled {
                    tracing::info!(%error, "voice: without the engine");
                }
            }
            None => {}
        }
        missing.optional.then_some(())
    }
}

/// How long the engine may take for all of a script, and who calls it off.
struct Patience {
    until: Instant,
    recall: Recall,
}

/// Parts without clips, one after the other.
struct Missing {
    words: Zeroizing<String>,
    optional: bool,
}

impl Default for Missing {
    fn default() -> Self {
        Self { words: Zeroizing::default(), optional: true }
    }
}

impl Missing {
    fn push(&mut self, part: &Part) {
        // A string that grows leaves copies of a name behind; a new one of the right size wipes the old.
        let mut words = Zeroizing::new(String::with_capacity(self.words.len() + part.words.len()));
        words.push_str(&self.words);
        words.push_str(&part.words);
        self.words = words;
        self.optional &= part.optional;
    }

    /// A mark between two clips is silent anyway; between words it is a pause.
    fn push_mark(&mut self, part: &Part) {
        if !self.words.is_empty() {
            self.push(part);
        }
    }
}

/// What has been put together so far.
#[derive(Default)]
struct Said {
    sound: Option<Pcm>,
    makeshift: bool,
}

impl Said {
    /// At the sample rate of what came first.
    fn join(&mut self, next: Pcm) {
        let Some(before) = &self.sound else {
            self.sound = Some(next);
            return;
        };
        let next = at_rate(next, before.rate_hz);
        let gap = (before.rate_hz / 1000 * GAP_MS) as usize;
        // A vector that grows leaves copies of an amount behind; a new one of the right size wipes the old.
        let mut samples = Vec::with_capacity(before.samples.len() + gap + next.samples.len());
        samples.extend_from_slice(&before.samples);
        samples.resize(samples.len() + gap, 0.0);
        samples.extend_from_slice(&next.samples);
        self.sound = Some(Pcm { rate_hz: before.rate_hz, samples });
    }
}

impl Synthesiser for PackSynthesiser {
    fn render(&self, text: &str, language: Language) -> Result<Pcm, VoiceError> {
        self.render_script(&Script::fixed(text), language)
    }

    fn render_script(&self, script: &Script, language: Language) -> Result<Pcm, VoiceError> {
        self.render_for_now(script, language).map(|rendered| rendered.sound)
    }

    fn render_for_now(&self, script: &Script, language: Language) -> Result<Rendered, VoiceError> {
        let engine = self.engine(language);
        let deadline = engine.map(Engine::deadline).unwrap_or_default();
        let patience = Patience { until: Instant::now() + deadline, recall: Recall::default() };
        if let Some(rendered) = self.glue(script, language, &patience) {
            return Ok(rendered);
        }
        let sound = self.fallback.render_script(script, language)?;
        Ok(Rendered { sound, makeshift: engine.is_some() })
    }

    fn looks_ahead(&self) -> bool {
        self.engine.is_some()
    }

    fn render_ahead(&self, script: &Script, language: Language, recall: &Recall) -> Option<Pcm> {
        self.engine(language)?;
        if !self.lacks_clips(script, language) {
            return None;
        }
        let patience = Patience { until: Instant::now() + AHEAD, recall: recall.clone() };
        let rendered = self.glue(script, language, &patience)?;
        (!rendered.makeshift).then_some(rendered.sound)
    }
}

#[cfg(test)]
mod tests;
