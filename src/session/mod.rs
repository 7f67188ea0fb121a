//! The state machine of a visit: `(state, event, now) → (state, effects)`.
//!
//! No file, clock, socket, device or widget is touched here, so a seed replays a whole day.

mod effect;
mod event;
mod prompt;
mod view;

pub use effect::{Effect, Tone};
pub use event::{Event, Language, Now, PlatformTrouble, Press, Ticket};
pub use prompt::Prompt;
pub use view::*;
