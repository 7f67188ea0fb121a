//! Brings what a model says to the shape of a pack's clip: no silence around it, and as loud as they are.
//!
//! The figures are those of `install/voice/pack.py`, so that a name stands between clips as if it were one.

use crate::voice::Pcm;

/// Level of the loud parts.
const LEVEL_DBFS: f32 = -19.0;
const PEAK_DBFS: f32 = -1.0;
/// Quieter than this under the loudest part is no speech any more.
const SILENCE_DB: f32 = -42.0;
/// Kept before and after speech, so that no first consonant is cut.
const MARGIN_MS: usize = 25;
const FADE_IN_MS: usize = 6;
const FADE_OUT_MS: usize = 20;
const LOUDNESS_WINDOW_MS: usize = 10;
const SILENCE_WINDOW_MS: usize = 5;

/// Speech trimmed and at the level of the packs; `None` where there is nothing but silence.
pub fn polish(sound: &Pcm) -> Option<Pcm> {
    let ms = sound.rate_hz as usize / 1000;
    let mut samples = trimmed(&sound.samples, ms)?;
    let gain = gain(&samples, ms);
    fade(&mut samples, ms * FADE_IN_MS, ms * FADE_OUT_MS);
    samples.iter_mut().for_each(|sample| *sample *= gain);
    Some(Pcm { rate_hz: sound.rate_hz, samples })
}

/// Decibels under full scale, one value a window.
#[expect(clippy::cast_precision_loss, reason = "a window has a few hundred samples")]
fn levels(samples: &[f32], window: usize) -> Vec<f32> {
    let level = |part: &[f32]| 10.0 * (part.iter().map(|s| s * s).sum::<f32>() / part.len() as f32 + 1e-10).log10();
    samples.chunks_exact(window.max(1)).map(level).collect()
}

fn loudest(levels: &[f32]) -> f32 {
    levels.iter().copied().fold(f32::MIN, f32::max)
}

fn trimmed(samples: &[f32], ms: usize) -> Option<Vec<f32>> {
    let window = ms * SILENCE_WINDOW_MS;
    let levels = levels(samples, window);
    let limit = loudest(&levels) + SILENCE_DB;
    // What is nowhere louder than the hiss of rounding says nothing.
    let speech = |level: &f32| *level > limit && *level > -80.0;
    let (first, last) = (levels.iter().position(speech)?, levels.iter().rposition(speech)?);
    let from = (first * window).saturating_sub(ms * MARGIN_MS);
    let to = ((last + 1) * window + ms * MARGIN_MS).min(samples.len());
    samples.get(from..to).map(<[f32]>::to_vec)
}

/// Measured over the loud half, so that pauses do not count.
#[expect(clippy::cast_precision_loss, reason = "an utterance has a few thousand windows")]
fn gain(samples: &[f32], ms: usize) -> f32 {
    let mut levels = levels(samples, ms * LOUDNESS_WINDOW_MS);
    let limit = loudest(&levels) + SILENCE_DB / 2.0;
    levels.retain(|level| *level > limit);
    let mean = levels.iter().map(|level| 10.0_f32.powf(level / 10.0)).sum::<f32>() / levels.len().max(1) as f32;
    let wanted = 10.0_f32.powf((LEVEL_DBFS - 10.0 * mean.max(1e-10).log10()) / 20.0);
    let peak = samples.iter().fold(1e-6_f32, |peak, sample| sample.abs().max(peak));
    wanted.min(10.0_f32.powf(PEAK_DBFS / 20.0) / peak)
}

#[expect(clippy::cast_precision_loss, reason = "a fade has a few hundred samples")]
fn fade(samples: &mut [f32], fade_in: usize, fade_out: usize) {
    let slope = |nth: usize, length: usize| nth as f32 / length.max(1) as f32;
    samples.iter_mut().take(fade_in).enumerate().for_each(|(nth, sample)| *sample *= slope(nth, fade_in));
    samples.iter_mut().rev().take(fade_out).enumerate().for_each(|(nth, sample)| *sample *= slope(nth, fade_out));
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE_HZ: u32 = 24_000;

    /// So many milliseconds of a tone of so much, with silence before and after.
    fn tone(amplitude: f32, silence_ms: usize, tone_ms: usize) -> Pcm {
        let silence = vec![0.0; silence_ms * 24];
        let tone = (0..tone_ms * 24).map(|at| (at as f32 * 0.06).sin() * amplitude);
        Pcm { rate_hz: RATE_HZ, samples: silence.iter().copied().chain(tone).chain(silence.clone()).collect() }
    }

    #[test]
    fn silence_around_speech_goes_and_quiet_and_loud_are_alike() {
        for amplitude in [0.02, 0.4] {
            let sound = polish(&tone(amplitude, 300, 500)).unwrap();
            assert!((545..=560).contains(&sound.duration().as_millis()), "{:?}", sound.duration());
            let level = loudest(&levels(&sound.samples, 240));
            assert!((level - LEVEL_DBFS).abs() < 0.7, "{amplitude}: {level}");
            assert!(sound.samples.first().is_some_and(|sample| *sample == 0.0));
        }
    }

    #[test]
    fn nothing_is_made_louder_than_full_scale() {
        let mut sound = tone(0.01, 0, 500);
        sound.samples[6_000] = 1.0;
        assert!(polish(&sound).unwrap().peak() < 0.9);
    }

    #[test]
    fn silence_stays_silence() {
        assert!(polish(&tone(0.0, 100, 100)).is_none());
        assert!(polish(&tone(0.5, 0, 0)).is_none());
    }
}
