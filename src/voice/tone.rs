//! The tones that need no words, made of sines. No files are read, no card is touched.

use std::f32::consts::TAU;

use crate::session::Tone;

use super::Pcm;

const RATE_HZ: u32 = 48_000;
/// Fades at both ends; without them a tone begins and ends with a click.
const FADE_MS: u32 = 8;
/// Well below full scale, so that a tone over speech does not clip and does not startle.
const LEVEL: f32 = 0.35;

/// One note: its pitch, 0 for a pause, and its length.
struct Note {
    pitch_hz: f32,
    length_ms: u32,
}

const fn note(pitch_hz: f32, length_ms: u32) -> Note {
    Note { pitch_hz, length_ms }
}

// All of them lie between 500 and 1,500 Hz, where hearing fades last with age.
const PRESS: &[Note] = &[note(880.0, 60)];
const DONE: &[Note] = &[note(659.0, 110), note(988.0, 180)];
const ATTENTION: &[Note] = &[note(784.0, 220), note(0.0, 90), note(784.0, 220), note(0.0, 90), note(1047.0, 320)];

/// The sound of a tone.
#[must_use]
pub fn tone_pcm(tone: Tone) -> Pcm {
    let notes = match tone {
        Tone::Press => PRESS,
        Tone::Done => DONE,
        Tone::Attention => ATTENTION,
    };
    let samples = notes.iter().flat_map(note_samples).collect();
    Pcm { rate_hz: RATE_HZ, samples }
}

#[expect(clippy::cast_precision_loss, reason = "sample counts of a second stay far below 2^24")]
fn note_samples(note: &Note) -> impl Iterator<Item = f32> {
    let count = RATE_HZ / 1000 * note.length_ms;
    let fade = (RATE_HZ / 1000 * FADE_MS) as f32;
    let step = TAU * note.pitch_hz / RATE_HZ as f32;
    (0..count).map(move |at| {
        let edge = at.min(count - 1 - at) as f32;
        (step * at as f32).sin() * LEVEL * (edge / fade).min(1.0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tones_are_short_and_begin_and_end_in_silence() {
        for tone in [Tone::Press, Tone::Done, Tone::Attention] {
            let pcm = tone_pcm(tone);
            assert!(pcm.peak() > 0.3 && pcm.peak() <= LEVEL, "{tone:?}");
            assert!(pcm.duration().as_millis() <= 1000, "{tone:?}");
            assert!(pcm.samples.first().is_some_and(|s| s.abs() < 0.01), "{tone:?}");
            assert!(pcm.samples.last().is_some_and(|s| s.abs() < 0.01), "{tone:?}");
        }
    }
}
