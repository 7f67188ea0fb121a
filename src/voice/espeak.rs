//! The last-resort voice: `espeak-ng` as a child process with a deadline. It is measured as hard to understand; it is what every Debian has.

use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use zeroize::Zeroizing;

use crate::session::Language;

use super::pinyin::numbered_pinyin;
use super::wav::read_wav;
use super::{Pcm, Synthesiser, VoiceError};

/// The longest prompt has some hundred characters.
const TEXT_BYTES_MAX: usize = 4_096;
/// A minute and a half at 22,050 Hz and 16 bits; more is no answer to a prompt.
const WAV_BYTES_MAX: usize = 4_000_000;
/// Slower and lower than the program's own 175 and 50: high and fast is what old ears lose first.
const WORDS_A_MINUTE: &str = "135";
const PITCH: &str = "38";

/// Renders through `espeak-ng --stdout`.
///
/// Chinese goes in as numbered pinyin: the plain Mandarin voice of version 1.51 does not read characters.
#[derive(Debug, Clone)]
pub struct Espeak {
    program: PathBuf,
    deadline: Duration,
}

impl Default for Espeak {
    fn default() -> Self {
        Self::new("espeak-ng", Duration::from_secs(3))
    }
}

impl Espeak {
    /// Another path of the program, or another deadline for one utterance. A sentence takes it about 20 ms.
    pub fn new(program: impl Into<PathBuf>, deadline: Duration) -> Self {
        Self { program: program.into(), deadline }
    }

    fn start(&self, voice: &str) -> Result<Child, VoiceError> {
        Command::new(&self.program)
            // The words go through the pipe and not here, where every process of the machine could read them.
            .args(["-v", voice, "-s", WORDS_A_MINUTE, "-p", PITCH, "-z", "-b", "1", "--stdin", "--stdout"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| VoiceError::NotStarted {
                program: self.program.display().to_string(),
                reason: error.to_string(),
            })
    }

    fn answer(&self, child: &mut Child, text: Zeroizing<String>) -> Result<Zeroizing<Vec<u8>>, VoiceError> {
        let (Some(stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(VoiceError::NoSound("it has no pipes".to_owned()));
        };
        let (done, waiting) = channel();
        thread::Builder::new()
            .name("voice-pipe".to_owned())
            .spawn(move || {
                // Nobody listens any more after the deadline; then the bytes are wiped right here.
                let _ = done.send(converse(stdin, stdout, &text));
            })
            .map_err(|error| VoiceError::NoThread(error.to_string()))?;
        match waiting.recv_timeout(self.deadline) {
            Ok(wav) => wav.map_err(|error| VoiceError::NoSound(error.to_string())),
            Err(RecvTimeoutError::Timeout) => {
                Err(VoiceError::TooSlow { deadline_ms: u64::try_from(self.deadline.as_millis()).unwrap_or(u64::MAX) })
            }
            Err(RecvTimeoutError::Disconnected) => Err(VoiceError::NoSound("its pipe broke".to_owned())),
        }
    }
}

impl Synthesiser for Espeak {
    fn render(&self, text: &str, language: Language) -> Result<Pcm, VoiceError> {
        if text.len() > TEXT_BYTES_MAX {
            return Err(VoiceError::TooLong { bytes: text.len(), text_bytes_max: TEXT_BYTES_MAX });
        }
        let (voice, spoken) = match language {
            Language::ZhCn | Language::ZhHant => ("cmn-latn-pinyin", numbered_pinyin(text)),
            Language::En => ("en-us", Zeroizing::new(text.to_owned())),
        };
        let mut child = self.start(voice)?;
        let wav = self.answer(&mut child, spoken);
        // Ended already unless it hung; either way it is collected, so that no dead process stays behind.
        let _ = child.kill();
        let _ = child.wait();
        read_wav(&wav?)
    }
}

/// Hands the words over, closes the pipe and reads the sound.
fn converse(mut stdin: ChildStdin, stdout: ChildStdout, text: &str) -> std::io::Result<Zeroizing<Vec<u8>>> {
    // Reserved at once: a vector that grows leaves copies of the sound behind that nobody wipes.
    let mut wav = Zeroizing::new(Vec::with_capacity(WAV_BYTES_MAX + 1));
    stdin.write_all(text.as_bytes())?;
    drop(stdin);
    stdout.take(WAV_BYTES_MAX as u64).read_to_end(&mut wav)?;
    Ok(wav)
}
