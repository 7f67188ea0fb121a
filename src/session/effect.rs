//! Everything a visit can ask of the world. Only the runtime performs these.

use std::fmt;

use crate::domain::filing::FilingRequest;
use crate::domain::{AreaCode, CertificateNumber, Credential, Entry};

use super::{Language, Loudness, Pace, Prompt, Ticket};

/// What is to be done. The screen is no effect: after every event the runtime shows [`super::Session::view`].
#[derive(Clone, PartialEq, Eq)]
pub enum Effect {
    /// Say this; whatever is being said stops first.
    Speak(Prompt),
    /// Be silent at once.
    Hush,
    /// A short tone.
    Tone(Tone),
    /// Speak at this pace from now on.
    Pace(Pace),
    /// Sound this loud from now on.
    Loudness(Loudness),
    /// Ask the platform who this is; answered by [`super::Event::Person`].
    AskPerson(Ticket, Credential),
    /// Ask the platform for the movements of the person of an earlier ticket; answered by [`super::Event::Movements`].
    AskMovements(Ticket, String),
    /// Keep this durably; answered by [`super::Event::Stored`] or [`super::Event::NotStored`].
    Store(Ticket, Entry),
    /// Ask the platform and the ledger for the filings of this person; answered by [`super::Event::Filings`].
    AskFilings(Ticket, PersonKey),
    /// Ask the platform who is bound to the family account of this person; answered by [`super::Event::Family`].
    AskFamily(Ticket, PersonKey),
    /// Recognise what was written; answered by [`super::Event::Recognised`]. A newer question makes an older one void.
    Recognise(Ticket, Ink),
    /// Look for designated hospitals; answered by [`super::Event::Hospitals`].
    AskHospitals(Ticket, Option<AreaCode>, String),
    /// Make the signed text of a code for the phone; answered by [`super::Event::Sealed`].
    Seal(Ticket, Box<Slip>),
    /// Wake the scanner's beam or let it sleep.
    Scanner(bool),
    /// Call staff: light, sound or message as configured.
    CallStaff,
    /// A visit has ended: every copy of its strings outside the session is to be wiped now.
    Wipe,
}

/// By what the platform and the ledger know a person. Wiped on drop, hidden in debug output.
#[derive(Clone, PartialEq, Eq)]
pub struct PersonKey {
    /// 人员编号.
    pub person_number: String,
    /// Certificate number.
    pub certificate: CertificateNumber,
}

impl Drop for PersonKey {
    fn drop(&mut self) {
        zeroize::Zeroize::zeroize(&mut self.person_number);
    }
}

impl fmt::Debug for PersonKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PersonKey(…)")
    }
}

/// Strokes on the pad, each a row of points (x, y) in ten-thousandths of the pad's width and height.
/// Wiped on drop, hidden in debug output.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Ink {
    /// The strokes in the order they were drawn.
    pub strokes: Vec<Vec<(u16, u16)>>,
    /// Width of the pad over its height, in hundredths.
    pub aspect_percent: u16,
}

impl Drop for Ink {
    fn drop(&mut self) {
        self.strokes.iter_mut().flatten().for_each(|point| *point = (0, 0));
    }
}

impl fmt::Debug for Ink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ink({} strokes)", self.strokes.len())
    }
}

/// What a code for the phone says. No full certificate number, ever.
#[derive(Clone, PartialEq, Eq)]
pub enum Slip {
    /// What became of a request: its number, its outcome's number or query code, masked name, and what was asked for.
    Receipt {
        /// Number of the request.
        number: crate::domain::ProjectNumber,
        /// 备案号; `None` while it is only kept.
        serial: Option<String>,
        /// 张*华.
        name: String,
        /// What was asked for, with the names of the places.
        what: super::FiledWhat,
        /// When, local time.
        at: jiff::civil::DateTime,
        /// 一次性告知 as it was read, in the resident's language; empty where nothing new was filed.
        notice: (Language, Vec<String>),
    },
    /// A draft that a window's machine reads back. Without name and certificate: the card is laid down there again.
    Draft(Box<FilingRequest>),
    /// What to bring to the window, sentences of the filing policy in the resident's language. Nothing of anybody.
    ToBring {
        /// In which language the rest is written.
        language: Language,
        /// What to bring.
        materials: Vec<String>,
    },
}

/// Says what kind it is, never what it says.
impl fmt::Debug for Slip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Receipt { .. } => "Receipt(…)",
            Self::Draft(_) => "Draft(…)",
            Self::ToBring { .. } => "ToBring(…)",
        })
    }
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
            Self::Pace(pace) => write!(f, "{pace:?}"),
            Self::Loudness(loudness) => write!(f, "{loudness:?}"),
            Self::AskPerson(ticket, credential) => write!(f, "AskPerson({ticket:?}, {credential:?})"),
            Self::AskMovements(ticket, _) => write!(f, "AskMovements({ticket:?}, …)"),
            Self::Store(ticket, entry) => write!(f, "Store({ticket:?}, {entry:?})"),
            Self::AskFilings(ticket, _) => write!(f, "AskFilings({ticket:?}, …)"),
            Self::AskFamily(ticket, _) => write!(f, "AskFamily({ticket:?}, …)"),
            Self::Recognise(ticket, ink) => write!(f, "Recognise({ticket:?}, {ink:?})"),
            Self::AskHospitals(ticket, _, _) => write!(f, "AskHospitals({ticket:?}, …)"),
            Self::Seal(ticket, _) => write!(f, "Seal({ticket:?}, …)"),
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
