//! Everything a visit can ask of the world. Only the runtime performs these.

use std::fmt;

use crate::domain::{Credential, Entry};

use super::{Prompt, Ticket};

/// What is to be done. The screen is no effect: after every event the runtime shows [`super::Session::view`].
#[derive(Clone, PartialEq, Eq)]
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

/// Like the derived one, without the number of the person whose movements are asked for.
impl fmt::Debug for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Speak(prompt) => write!(f, "Speak({prompt:?})"),
            Self::Hush => f.write_str("Hush"),
            Self::Tone(tone) => write!(f, "Tone({tone:?})"),
            Self::AskPerson(ticket, credential) => write!(f, "AskPerson({ticket:?}, {credential:?})"),
            Self::AskMovements(ticket, _) => write!(f, "AskMovements({ticket:?}, …)"),
            Self::Store(ticket, entry) => write!(f, "Store({ticket:?}, {entry:?})"),
            Self::Scanner(on) => write!(f, "Scanner({on})"),
            Self::CallStaff => f.write_str("CallStaff"),
            Self::Wipe => f.write_str("Wipe"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Found by the simulator: the number stood in the debug text of what was to be asked.
    #[test]
    fn debug_of_a_question_says_no_person_number() {
        let effect = Effect::AskMovements(Ticket(4), "3710000055".to_owned());
        assert_eq!(format!("{effect:?}"), "AskMovements(Ticket(4), …)");
    }
}
