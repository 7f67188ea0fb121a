//! WAV bytes in and out. No sound card is needed, so what is said can be heard and measured anywhere.

use std::io::Cursor;

use super::{Pcm, Synthesiser, Utterance, VoiceError};

/// Pause between two utterances of one recording.
const GAP_MS: u32 = 300;

/// Renders utterances one after the other into one WAV file of 16-bit mono samples.
///
/// # Errors
/// What the synthesiser says; or [`VoiceError::NoSound`] when there is nothing to render.
pub fn render_wav(synthesiser: &dyn Synthesiser, utterances: &[Utterance]) -> Result<Vec<u8>, VoiceError> {
    let mut sounds = Vec::with_capacity(utterances.len());
    for utterance in utterances {
        sounds.push(synthesiser.render_script(utterance.script(), utterance.language())?);
    }
    write_wav(&sounds)
}

/// Writes sounds one after the other into one WAV file of 16-bit mono samples.
///
/// # Errors
/// [`VoiceError::NoSound`] when there is none.
pub fn write_wav(sounds: &[Pcm]) -> Result<Vec<u8>, VoiceError> {
    let Some(rate_hz) = sounds.iter().map(|sound| sound.rate_hz).max() else {
        return Err(VoiceError::NoSound("there is nothing to say".to_owned()));
    };
    let sounds: Vec<Pcm> = sounds.iter().map(|sound| at_rate(sound.clone(), rate_hz)).collect();
    write(rate_hz, &sounds).map_err(|error| VoiceError::NoSound(error.to_string()))
}

/// The sound at another sample rate, between two samples on a straight line: a clip and another voice in one file.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "the part after the point is below one"
)]
pub(super) fn at_rate(sound: Pcm, rate_hz: u32) -> Pcm {
    let (from, to) = (u64::from(sound.rate_hz), u64::from(rate_hz));
    if from == to || from == 0 {
        return sound;
    }
    let length = sound.samples.len() as u64 * to / from;
    let between = |nth: u64| {
        let at = usize::try_from(nth * from / to).unwrap_or(usize::MAX);
        let part = ((nth * from % to) as f64 / to as f64) as f32;
        let here = sound.samples.get(at).copied().unwrap_or_default();
        here + part * (sound.samples.get(at + 1).copied().unwrap_or(here) - here)
    };
    Pcm { rate_hz, samples: (0..length).map(between).collect() }
}

fn write(rate_hz: u32, sounds: &[Pcm]) -> Result<Vec<u8>, hound::Error> {
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: rate_hz,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut bytes = Cursor::new(Vec::new());
    let mut writer = hound::WavWriter::new(&mut bytes, spec)?;
    for (nth, sound) in sounds.iter().enumerate() {
        let gap = if nth == 0 { 0 } else { rate_hz / 1000 * GAP_MS };
        for _ in 0..gap {
            writer.write_sample(0_i16)?;
        }
        for sample in &sound.samples {
            writer.write_sample(to_i16(*sample))?;
        }
    }
    writer.finalize()?;
    Ok(bytes.into_inner())
}

#[expect(clippy::cast_possible_truncation, reason = "clamped to the range of i16 first")]
fn to_i16(sample: f32) -> i16 {
    (sample.clamp(-1.0, 1.0) * f32::from(i16::MAX)) as i16
}

/// Reads 16-bit WAV bytes, mixed down to mono.
///
/// A synthesiser that writes to a pipe does not know its length beforehand and promises too
/// much in the header, so what is there is taken.
///
/// # Errors
/// [`VoiceError::NoSound`] when the bytes are no such WAV or hold no sample.
pub fn read_wav(bytes: &[u8]) -> Result<Pcm, VoiceError> {
    let mut reader = hound::WavReader::new(bytes).map_err(|error| VoiceError::NoSound(error.to_string()))?;
    let spec = reader.spec();
    if spec.bits_per_sample != 16 || spec.channels == 0 || spec.sample_rate == 0 {
        return Err(VoiceError::NoSound(format!("its WAV has {} bits a sample instead of 16", spec.bits_per_sample)));
    }
    // Reserved at once: a vector that grows leaves copies of the sound behind that nobody wipes.
    let mut samples = Vec::with_capacity(bytes.len() / 2);
    let mut frame = 0.0;
    let mut channel = 0;
    for sample in reader.samples::<i16>().map_while(Result::ok) {
        frame += f32::from(sample) / 32_768.0;
        channel += 1;
        if channel == spec.channels {
            samples.push(frame / f32::from(spec.channels));
            frame = 0.0;
            channel = 0;
        }
    }
    if samples.is_empty() {
        return Err(VoiceError::NoSound("its WAV is empty".to_owned()));
    }
    Ok(Pcm { rate_hz: spec.sample_rate, samples })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::{Language, Tone};
    use crate::voice::{SilentVoice, tone_pcm};

    #[test]
    fn what_is_written_is_read_back() {
        let tone = tone_pcm(Tone::Done);
        let bytes = write(tone.rate_hz, std::slice::from_ref(&tone)).unwrap();
        let back = read_wav(&bytes).unwrap();
        assert_eq!(back.duration(), tone.duration());
        assert!((back.peak() - tone.peak()).abs() < 0.001);
    }

    #[test]
    fn a_header_that_promises_too_much_is_no_error() {
        let tone = tone_pcm(Tone::Press);
        let mut bytes = write(tone.rate_hz, &[tone]).unwrap();
        bytes[40..44].copy_from_slice(&0x7fff_f000_u32.to_le_bytes());
        assert_eq!(read_wav(&bytes).unwrap().duration().as_millis(), 60);
    }

    #[test]
    fn nothing_to_say_and_no_wav_are_errors() {
        assert!(matches!(render_wav(&SilentVoice, &[]), Err(VoiceError::NoSound(_))));
        assert!(matches!(read_wav(b"RIFF nonsense"), Err(VoiceError::NoSound(_))));
    }

    #[test]
    fn another_sample_rate_lasts_as_long() {
        let tone = tone_pcm(Tone::Done);
        let (length, peak) = (tone.duration().as_millis(), tone.peak());
        let faster = at_rate(tone, 96_000);
        assert_eq!((faster.rate_hz, faster.duration().as_millis()), (96_000, length));
        assert!((faster.peak() - peak).abs() < 0.01);
    }

    #[test]
    fn utterances_follow_each_other_with_a_gap() {
        let both = ["好", "好"].map(|text| Utterance::fixed(text, Language::ZhCn));
        let one = read_wav(&render_wav(&SilentVoice, &both[..1]).unwrap()).unwrap();
        let two = read_wav(&render_wav(&SilentVoice, &both).unwrap()).unwrap();
        assert_eq!(two.duration(), one.duration() * 2 + std::time::Duration::from_millis(u64::from(GAP_MS)));
    }
}
