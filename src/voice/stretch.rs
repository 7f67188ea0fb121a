//! Slower and faster speech at the same pitch, by waveform-similarity overlap-add (Verhelst and Roelands, 1993).
//!
//! Short windows are taken out of the sound at the new pace and laid over each other at the old one; each is
//! moved a little to where it continues the one before best. No file, no card.

use super::{Pace, Pcm};

/// Two or three periods of a low voice.
const WINDOW_MS: u32 = 30;
/// How far a window may be moved: one period of a low voice to either side.
const SEARCH_MS: u32 = 8;
/// The first search looks at every so many samples only; the second looks at all of them around its best.
const COARSE: usize = 4;

/// The sound at another pace. The new one is wiped when dropped, as the old is.
#[must_use]
pub fn stretch(sound: &Pcm, pace: Pace) -> Pcm {
    let half = (sound.rate_hz / 1000 * WINDOW_MS / 2) as usize;
    let reach = (sound.rate_hz / 1000 * SEARCH_MS) as usize;
    if pace == Pace::NORMAL || half == 0 || sound.samples.len() < 4 * half {
        return sound.clone();
    }
    let length = pace.length_of(sound.samples.len());
    let mut samples = vec![0.0; length + 2 * half];
    let mut follows = 0;
    let mut nth = 0;
    while nth * half < length {
        let ideal = pace.place_of(nth * half);
        let Some(last) = sound.samples.len().checked_sub(2 * half) else { break };
        if ideal > last {
            break;
        }
        let at = match nth {
            0 => 0,
            _ => best_place(&sound.samples, follows, ideal.saturating_sub(reach)..(ideal + reach).min(last), half),
        };
        lay_over(&mut samples, &sound.samples, nth * half, at, half);
        follows = at + half;
        nth += 1;
    }
    samples.truncate(length);
    Pcm { rate_hz: sound.rate_hz, samples }
}

/// Where the sound is most like what would have followed the last window.
fn best_place(sound: &[f32], follows: usize, places: std::ops::Range<usize>, half: usize) -> usize {
    let Some(wanted) = sound.get(follows..follows + 2 * half) else { return places.start };
    let likeness = |at: usize, step: usize| -> f32 {
        let there = sound.get(at..at + 2 * half).unwrap_or_default();
        wanted.iter().step_by(step).zip(there.iter().step_by(step)).map(|(a, b)| a * b).sum()
    };
    let best = |places: std::ops::Range<usize>, stride: usize, step: usize| {
        let scored = places.clone().step_by(stride).map(|at| (at, likeness(at, step)));
        scored.max_by(|a, b| a.1.total_cmp(&b.1)).map_or(places.start, |(at, _)| at)
    };
    let near = best(places.clone(), COARSE, COARSE);
    best(near.saturating_sub(COARSE - 1).max(places.start)..(near + COARSE).min(places.end.max(near + 1)), 1, 1)
}

/// Adds a window with soft edges; two of them overlap by half, and their weights add up to one.
#[expect(clippy::cast_precision_loss, reason = "a window has some hundred samples")]
fn lay_over(into: &mut [f32], from: &[f32], to: usize, at: usize, half: usize) {
    let window = from.get(at..at + 2 * half).unwrap_or_default();
    let under = into.get_mut(to..).unwrap_or_default();
    for (nth, (sample, sum)) in window.iter().zip(under).enumerate() {
        let first = to == 0 && nth < half;
        let phase = std::f32::consts::PI * nth as f32 / half as f32;
        *sum += if first { *sample } else { *sample * (0.5 - 0.5 * phase.cos()) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE_HZ: u32 = 24_000;

    /// A second of a steady vowel: a tone with two overtones.
    #[expect(clippy::cast_precision_loss, reason = "a second has few samples")]
    fn vowel(pitch_hz: f32) -> Pcm {
        let wave =
            |at: u32, nth: f32| (std::f32::consts::TAU * nth * pitch_hz * at as f32 / RATE_HZ as f32).sin() / nth;
        let samples = (0..RATE_HZ).map(|at| 0.2 * (wave(at, 1.0) + wave(at, 2.0) + wave(at, 3.0))).collect();
        Pcm { rate_hz: RATE_HZ, samples }
    }

    /// Upward crossings of zero in the middle half-second, two a second and hertz.
    fn pitch_hz(sound: &Pcm) -> usize {
        let middle = sound.samples.len() / 2;
        let part = &sound.samples[middle - RATE_HZ as usize / 4..middle + RATE_HZ as usize / 4];
        2 * part.windows(2).filter(|pair| pair[0] <= 0.0 && pair[1] > 0.0).count()
    }

    #[test]
    fn the_pace_changes_the_length_and_not_the_pitch() {
        let check = |pace: Pace| {
            let (before, after) = (vowel(200.0), stretch(&vowel(200.0), pace));
            assert_eq!(after.samples.len(), pace.length_of(before.samples.len()), "{pace:?}");
            let (was, is) = (pitch_hz(&before), pitch_hz(&after));
            assert!(was.abs_diff(is) <= 8, "{pace:?}: {was} Hz became {is} Hz");
            assert!((after.peak() - before.peak()).abs() < 0.1, "{pace:?}: {} became {}", before.peak(), after.peak());
        };
        Pace::ALL.into_iter().for_each(check);
    }

    #[test]
    fn what_is_too_short_to_stretch_stays_as_it_is() {
        for samples in [0, 1, 100, 1_000] {
            let sound = Pcm { rate_hz: RATE_HZ, samples: vec![0.3; samples] };
            assert_eq!(stretch(&sound, Pace::SLOWEST), sound);
        }
    }

    #[test]
    fn silence_and_noise_stay_within_bounds() {
        let noise = (0..RATE_HZ).map(|at| if at.wrapping_mul(2_654_435_761) & 0x8000 == 0 { 0.5 } else { -0.5 });
        let noise = Pcm { rate_hz: RATE_HZ, samples: noise.collect() };
        assert!(stretch(&noise, Pace::FASTEST).peak() <= 0.71);
        let silence = Pcm { rate_hz: RATE_HZ, samples: vec![0.0; RATE_HZ as usize] };
        assert_eq!(stretch(&silence, Pace::SLOWEST).peak(), 0.0);
    }
}
