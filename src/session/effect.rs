//! Everything a visit can ask of the world. Only the runtime performs these.

use crate::domain::{Credential, Entry};

use super::{Prompt, Ticket};

/// What is to be done. The screen is no effect: after every event the runtime shows [`super::Session::view`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Say this; whatever is being said stops first.
    Speak(Prompt),
    /// Be silent at once.
    Hush,
    /// A short tone.
    Tone(Tone),
    /// Ask the platform who this is; answered by [`super::Event::Person`].
    AskPerson(Ticket, Credential),
    /// Ask the platform for the movements of the person of an earlier ticket; answered by [`super::Event::Movements`].
    AskMovements(Ticket, String),
    /// Keep this durably; answered by [`super::Event::Stored`] or [`super::Event::NotStored`].
    Store(Ticket, Entry),
    /// Wake the scanner's beam or let it sleep.
    Scanner(bool),
    /// Call staff: light, sound or message as configured.
    CallStaff,
    /// A visit has ended: every copy of its strings outside the session is to be wiped now.
    Wipe,
}

/// A tone that needs no words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// A press was taken.
    Press,
    /// A card or a code was read, or work is finished.
    Done,
    /// Look here: something needs the resident, such as a card left behind.
    Attention,
}
