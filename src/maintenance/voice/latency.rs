//! How long it takes from a press to silence, and from a press to the first sound: through a real sound server, heard at its end.
//!
//! What is heard comes from `parec`, a program that reads a monitor of PulseAudio; the voice is the kiosk's own, as at the site.

use std::io::{self, Read};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::session::Language;
use crate::voice::{Synthesiser, Utterance, Voice, VoiceError};

const RATE_HZ: u32 = 48_000;
/// The grain of the measurement.
const BLOCK_MS: u32 = 5;
const BLOCK_SAMPLES: usize = (RATE_HZ / 1000 * BLOCK_MS) as usize;
/// Louder than this is speech; between words it is quieter only for a moment.
const SOUND_PEAK: u16 = 200;
/// As long as this without sound, and it is silence and no gap between two words.
const SILENCE_MS: u64 = 400;
/// Speech is let go on for so long before it is cut short, and a little longer each time.
const LISTEN_MS: u64 = 600;
/// Nothing heard by then, and there is no way from the voice to the monitor.
const PATIENCE: Duration = Duration::from_secs(15);

/// What was measured, in milliseconds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Latencies {
    /// From a press while something was being said to the last sound of it.
    pub to_silence_ms: Vec<f64>,
    /// From a press to the first sound of what it answers with.
    pub to_sound_ms: Vec<f64>,
}

/// Why nothing was measured.
#[derive(Debug, thiserror::Error)]
pub enum LatencyError {
    /// The program that listens does not start or has ended.
    #[error("cannot listen with parec: {0}; install pulseaudio-utils, and see install/voice-latency.sh")]
    NotHeard(io::Error),
    /// Nothing came through.
    #[error("nothing is heard at the monitor; is the sound server the default output? see install/voice-latency.sh")]
    Nothing,
    /// The voice does not start.
    #[error(transparent)]
    Voice(#[from] VoiceError),
}

/// Says one text after the other, each cut short by a press.
///
/// # Errors
/// When there is no monitor, or nothing is heard at it.
pub fn measure(
    synthesiser: Arc<dyn Synthesiser>,
    texts: &[String],
    count: u32,
    monitor: &str,
) -> Result<Latencies, LatencyError> {
    let voice = Voice::start(synthesiser, |_| {})?;
    let mut ear = Ear::open(monitor)?;
    let mut found = Latencies::default();
    ear.last_sound_after(Instant::now())?;
    for (nth, text) in (0..count).zip(texts.iter().cycle()) {
        let pressed = Instant::now();
        voice.say(Utterance::fixed(text, Language::ZhCn));
        let first = ear.first_sound_after(pressed)?;
        found.to_sound_ms.push(milliseconds(first - pressed));
        ear.listen(Duration::from_millis(LISTEN_MS + u64::from(nth) * 7))?;
        let pressed = Instant::now();
        voice.hush();
        // A press that falls into a pause of the speech finds silence already.
        if let Some(last) = ear.last_sound_after(pressed)? {
            found.to_silence_ms.push(milliseconds(last - pressed));
        }
    }
    Ok(found)
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

/// The middle and the worst of some times; `None` without any.
#[must_use]
pub fn median_and_worst(times: &[f64]) -> Option<(f64, f64)> {
    let mut sorted = times.to_vec();
    sorted.sort_by(f64::total_cmp);
    Some((*sorted.get(sorted.len() / 2)?, *sorted.last()?))
}

/// A few milliseconds of what is heard.
struct Block {
    heard_at: Instant,
    loud: bool,
}

/// Reads the monitor on a thread of its own.
struct Ear {
    parec: Child,
    blocks: Receiver<Block>,
}

impl Ear {
    fn open(monitor: &str) -> Result<Self, LatencyError> {
        let rate = format!("--rate={RATE_HZ}");
        let latency = format!("--latency-msec={BLOCK_MS}");
        let arguments = ["--raw", "--format=s16le", "--channels=1", &rate, &latency, "--device", monitor];
        let started = Command::new("parec").args(arguments).stdout(Stdio::piped()).spawn();
        let mut parec = started.map_err(LatencyError::NotHeard)?;
        let Some(mut sound) = parec.stdout.take() else { return Err(LatencyError::Nothing) };
        let (sender, blocks) = channel();
        thread::spawn(move || {
            let mut bytes = [0; BLOCK_SAMPLES * 2];
            while sound.read_exact(&mut bytes).is_ok() {
                let block = Block { heard_at: Instant::now(), loud: is_loud(&bytes) };
                if sender.send(block).is_err() {
                    break;
                }
            }
        });
        Ok(Self { parec, blocks })
    }

    fn block(&mut self) -> Result<Block, LatencyError> {
        self.blocks.recv_timeout(PATIENCE).map_err(|error| match error {
            RecvTimeoutError::Timeout => LatencyError::Nothing,
            RecvTimeoutError::Disconnected => LatencyError::NotHeard(io::ErrorKind::BrokenPipe.into()),
        })
    }

    fn first_sound_after(&mut self, moment: Instant) -> Result<Instant, LatencyError> {
        loop {
            let block = self.block()?;
            if block.loud && block.heard_at > moment {
                return Ok(block.heard_at);
            }
            if block.heard_at.saturating_duration_since(moment) > PATIENCE {
                return Err(LatencyError::Nothing);
            }
        }
    }

    fn listen(&mut self, time: Duration) -> Result<(), LatencyError> {
        let until = Instant::now() + time;
        while self.block()?.heard_at < until {}
        Ok(())
    }

    /// When the last sound after a moment was heard, once it has been silent for long enough; `None` without any.
    fn last_sound_after(&mut self, moment: Instant) -> Result<Option<Instant>, LatencyError> {
        let mut last = None;
        loop {
            let block = self.block()?;
            if block.loud && block.heard_at > moment {
                last = Some(block.heard_at);
            }
            let silent = block.heard_at.saturating_duration_since(last.unwrap_or(moment));
            if silent >= Duration::from_millis(SILENCE_MS) {
                return Ok(last);
            }
        }
    }
}

impl Drop for Ear {
    fn drop(&mut self) {
        let _ = self.parec.kill();
        let _ = self.parec.wait();
    }
}

fn is_loud(bytes: &[u8]) -> bool {
    let samples = bytes.as_chunks::<2>().0.iter().map(|sample| i16::from_le_bytes(*sample));
    samples.into_iter().any(|sample| sample.unsigned_abs() > SOUND_PEAK)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_and_the_worst() {
        let check = |times: &[f64], expected| assert_eq!(median_and_worst(times), expected);
        check(&[], None);
        check(&[4.0], Some((4.0, 4.0)));
        check(&[9.0, 1.0, 5.0], Some((5.0, 9.0)));
    }

    #[test]
    fn sound_is_told_from_the_noise_of_a_last_bit() {
        let block = |sample: i16| sample.to_le_bytes().repeat(3);
        assert!(!is_loud(&block(0)) && !is_loud(&block(-3)));
        assert!(is_loud(&block(3_000)) && is_loud(&block(-3_000)) && is_loud(&block(i16::MIN)));
    }
}
