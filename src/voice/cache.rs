//! The sound of fixed prompts, kept so that a screen visited again speaks at once. Never anything private.

use std::collections::VecDeque;
use std::sync::Arc;

use super::{Pcm, Utterance};

/// About a minute and a half of speech at 22,050 Hz: 8 MB.
const SAMPLES_MAX: usize = 2_000_000;

/// Least recently used goes first.
#[derive(Default)]
pub struct PromptCache {
    /// Latest use at the back.
    prompts: VecDeque<(Utterance, Arc<Pcm>)>,
    samples: usize,
}

impl PromptCache {
    /// Whether the sound of this prompt is here; that is no use of it.
    pub fn has(&self, utterance: &Utterance) -> bool {
        self.prompts.iter().any(|(known, _)| known == utterance)
    }

    /// The sound of a prompt said before.
    pub fn get(&mut self, utterance: &Utterance) -> Option<Arc<Pcm>> {
        let at = self.prompts.iter().position(|(known, _)| known == utterance)?;
        let prompt = self.prompts.remove(at)?;
        let pcm = Arc::clone(&prompt.1);
        self.prompts.push_back(prompt);
        Some(pcm)
    }

    /// Keeps the sound of a fixed prompt; of a private one it keeps nothing.
    pub fn keep(&mut self, utterance: Utterance, pcm: Arc<Pcm>) {
        let fits = pcm.samples.len() <= SAMPLES_MAX;
        if utterance.is_private() || !fits || self.get(&utterance).is_some() {
            return;
        }
        self.samples += pcm.samples.len();
        self.prompts.push_back((utterance, pcm));
        while self.samples > SAMPLES_MAX
            && let Some((_, oldest)) = self.prompts.pop_front()
        {
            self.samples -= oldest.samples.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Language;

    fn sound(samples: usize) -> Arc<Pcm> {
        Arc::new(Pcm { rate_hz: 22_050, samples: vec![0.1; samples] })
    }

    fn prompt(text: &str) -> Utterance {
        Utterance::fixed(text, Language::ZhCn)
    }

    #[test]
    fn a_fixed_prompt_is_kept_in_its_language() {
        let mut cache = PromptCache::default();
        cache.keep(prompt("谢谢"), sound(10));
        assert!(cache.get(&prompt("谢谢")).is_some());
        assert!(cache.get(&Utterance::fixed("谢谢", Language::En)).is_none());
    }

    #[test]
    fn nothing_private_is_kept() {
        let mut cache = PromptCache::default();
        let amount = Utterance::private("一元", Language::ZhCn);
        cache.keep(amount.clone(), sound(10));
        assert!(cache.get(&amount).is_none());
        assert_eq!(cache.samples, 0);
    }

    #[test]
    fn the_least_used_prompt_makes_room() {
        let mut cache = PromptCache::default();
        for text in ["a", "b", "c"] {
            cache.keep(prompt(text), sound(SAMPLES_MAX / 3));
        }
        assert!(cache.get(&prompt("a")).is_some());
        cache.keep(prompt("d"), sound(SAMPLES_MAX / 3));
        assert!(cache.get(&prompt("a")).is_some());
        assert!(cache.get(&prompt("b")).is_none());
        assert!(cache.samples <= SAMPLES_MAX);
    }
}
