//! The loudspeaker. Its stream is opened once and stays open, for the first sound after opening comes a second late.

use std::num::NonZero;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rodio::cpal::{BufferSize, Error, ErrorKind};
use rodio::{DeviceSinkBuilder, MixerDeviceSink, Player, Source};

use crate::voice::{LostSignal, Output, OutputOpener, Pcm, VoiceError};

/// 20 ms at 48 kHz: speech is silent within 50 ms of a press.
const BUFFER_FRAMES: u32 = 960;
/// Without a sound card in sight only every so many attempts go as far as ALSA, which complains on every one.
const BLIND_ATTEMPTS: u32 = 10;

/// Opens the machine's default output.
#[derive(Debug, Clone, Copy, Default)]
pub struct RodioOpener {
    attempts: u32,
}

impl OutputOpener for RodioOpener {
    fn open(&mut self, lost: LostSignal) -> Result<Box<dyn Output>, VoiceError> {
        let blind = self.attempts.is_multiple_of(BLIND_ATTEMPTS);
        self.attempts = self.attempts.wrapping_add(1);
        if !blind && !playback_device_exists() {
            return Err(VoiceError::NoOutput("no sound card".to_owned()));
        }
        let on_error = move |error: Error| {
            // A late buffer is heard as a click and a refused priority not at all; the stream goes on.
            if !matches!(error.kind(), ErrorKind::Xrun | ErrorKind::RealtimeDenied) {
                lost();
            }
        };
        let mut stream = DeviceSinkBuilder::from_default_device()
            .map(|builder| builder.with_error_callback(on_error).with_buffer_size(BufferSize::Fixed(BUFFER_FRAMES)))
            .and_then(|builder| builder.open_sink_or_fallback())
            .map_err(|error| VoiceError::NoOutput(error.to_string()))?;
        stream.log_on_drop(false);
        Ok(Box::new(Loudspeaker { stream, speech: None, tone: None, volume: 1.0 }))
    }
}

/// Whether the kernel offers anything that plays, such as `/dev/snd/pcmC0D0p`.
fn playback_device_exists() -> bool {
    let is_playback = |name: &str| name.starts_with("pcm") && name.ends_with('p');
    Path::new("/dev/snd")
        .read_dir()
        .is_ok_and(|nodes| nodes.flatten().any(|node| node.file_name().to_str().is_some_and(is_playback)))
}

struct Loudspeaker {
    stream: MixerDeviceSink,
    speech: Option<Player>,
    tone: Option<Player>,
    volume: f32,
}

impl Loudspeaker {
    /// A new player for every sound: appending to a stopped one would wait for it, dropping one never does.
    fn player(&self, sound: Arc<Pcm>) -> Player {
        let player = Player::connect_new(self.stream.mixer());
        player.set_volume(self.volume);
        player.append(PcmSource { sound, at: 0 });
        player
    }
}

impl Output for Loudspeaker {
    fn play(&mut self, speech: Arc<Pcm>) {
        self.speech = Some(self.player(speech));
    }

    fn tone(&mut self, tone: Arc<Pcm>) {
        self.tone = Some(self.player(tone));
    }

    fn stop(&mut self) {
        self.speech = None;
    }

    fn set_volume(&mut self, volume: f32) {
        self.volume = volume;
        for player in self.speech.iter().chain(&self.tone) {
            player.set_volume(volume);
        }
    }
}

/// Plays samples without copying them, so that dropping the last owner wipes the only copy.
struct PcmSource {
    sound: Arc<Pcm>,
    at: usize,
}

impl Iterator for PcmSource {
    type Item = f32;

    fn next(&mut self) -> Option<f32> {
        let sample = *self.sound.samples.get(self.at)?;
        self.at += 1;
        Some(sample)
    }
}

impl Source for PcmSource {
    fn current_span_len(&self) -> Option<usize> {
        let ended = self.at >= self.sound.samples.len();
        Some(if ended { 0 } else { self.sound.samples.len() })
    }

    fn channels(&self) -> NonZero<u16> {
        NonZero::<u16>::MIN
    }

    fn sample_rate(&self) -> NonZero<u32> {
        NonZero::new(self.sound.rate_hz).unwrap_or(NonZero::<u32>::MIN)
    }

    fn total_duration(&self) -> Option<Duration> {
        Some(self.sound.duration())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Tone;
    use crate::voice::tone_pcm;
    use rodio::mixer::mixer;

    fn loudest(samples: impl Iterator<Item = f32>) -> f32 {
        samples.fold(0.0, |peak, sample| sample.abs().max(peak))
    }

    /// Through rodio's own mixer, without a card: heard while the player lives, silent soon after it is dropped, and wiped.
    #[test]
    fn a_dropped_player_is_silent_and_lets_go_of_its_samples() {
        const RATE_HZ: u32 = 48_000;
        let (input, mut mixed) = mixer(NonZero::<u16>::MIN, NonZero::new(RATE_HZ).unwrap());
        let sound = Arc::new(tone_pcm(Tone::Attention));
        let player = Player::connect_new(&input);
        player.append(PcmSource { sound: Arc::clone(&sound), at: 0 });
        assert!(loudest(mixed.by_ref().take(RATE_HZ as usize / 10)) > 0.3);
        drop(player);
        let _last_5_ms = mixed.by_ref().take(RATE_HZ as usize / 50).count();
        assert_eq!(loudest(mixed.by_ref().take(RATE_HZ as usize / 10)), 0.0);
        assert_eq!(Arc::strong_count(&sound), 1);
    }
}
