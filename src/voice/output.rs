//! Where sound goes: the loudspeaker through rodio, or nowhere. No synthesis and no queue lives here.

use std::sync::Arc;

use super::{Pcm, VoiceError};

#[cfg(feature = "sound")]
mod cards;
#[cfg(feature = "sound")]
mod loudspeaker;
#[cfg(feature = "sound")]
pub use cards::AlsaCards;
#[cfg(feature = "sound")]
pub use loudspeaker::RodioOpener;

/// Tells the voice that an output has gone, from whatever thread notices.
pub type LostSignal = Arc<dyn Fn() + Send + Sync>;

/// An open output. No call blocks.
pub trait Output {
    /// Plays speech; speech already playing stops at once.
    fn play(&mut self, speech: Arc<Pcm>);
    /// Plays a short tone beside whatever is said.
    fn tone(&mut self, tone: Arc<Pcm>);
    /// Stops speech at once and lets go of its samples.
    fn stop(&mut self);
    /// Loudness of speech and tones from now on, 0 to 1.
    fn set_volume(&mut self, volume: f32);
}

/// Opens outputs, again and again if it must.
pub trait OutputOpener: Send {
    /// Opens the output; `lost` is to be called once when it stops working.
    ///
    /// # Errors
    /// [`VoiceError::NoOutput`] while there is none.
    fn open(&mut self, lost: LostSignal) -> Result<Box<dyn Output>, VoiceError>;
}

/// For a machine without sound: never opens.
#[derive(Debug, Clone, Copy, Default)]
pub struct SilentOpener;

impl OutputOpener for SilentOpener {
    fn open(&mut self, _lost: LostSignal) -> Result<Box<dyn Output>, VoiceError> {
        Err(VoiceError::NoOutput("this kiosk is set up or built without sound".to_owned()))
    }
}
