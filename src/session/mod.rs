//! The state machine of a visit: `(state, event, now) → (state, effects)`.
//!
//! No file, clock, socket, device or widget is touched here, so a seed replays a whole day.

mod config;
pub(crate) mod desk;
mod effect;
mod event;
mod filing;
pub(crate) mod guest;
mod helped;
mod idle;
mod keymap;
mod listening;
mod machine;
mod pace;
mod prompt;
mod review;
pub(crate) mod states;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_dates;
#[cfg(test)]
mod tests_filing;
#[cfg(test)]
mod tests_headphones;
#[cfg(test)]
mod tests_listening;
#[cfg(test)]
mod tests_record;
#[cfg(test)]
mod tests_relative;
mod view;

pub use config::{Limits, Question, Questionnaire, SessionConfig};
pub use effect::{Effect, Ink, PersonKey, Slip, Tone};
pub use event::{Event, Language, Now, PadKey, PlatformTrouble, Press, Ticket, Typed};
pub use filing::*;
pub use keymap::{KeyMap, KeyName};
pub use listening::{Offer, offers, reading};
pub use machine::Session;
pub use pace::{Loudness, Pace};
pub use prompt::Prompt;
pub use review::*;
pub use view::*;
