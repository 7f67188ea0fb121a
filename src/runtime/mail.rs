//! The one box everything arrives in: devices, platform, ledger, voice and fingers all post here.

use std::sync::mpsc::{Receiver, Sender, channel};

use crate::device::DeviceEvent;
use crate::session::Event;
use crate::voice::UtteranceId;

/// What the loop is told.
#[derive(Debug)]
pub(super) enum Mail {
    /// Something happened.
    Event(Event),
    /// This utterance was said to its end.
    Spoken(UtteranceId),
    /// The program shall end.
    Stop,
}

/// The box itself. It is made first, so that a window can post into it before the kiosk turns.
#[derive(Debug)]
pub struct Mailbox {
    post: Post,
    pub(super) inbox: Receiver<Mail>,
}

impl Default for Mailbox {
    fn default() -> Self {
        let (sender, inbox) = channel();
        Self { post: Post(sender), inbox }
    }
}

impl Mailbox {
    /// Where to put mail.
    pub fn post(&self) -> Post {
        self.post.clone()
    }
}

/// Where to put mail. Cheap to clone; posting never blocks.
#[derive(Debug, Clone)]
pub struct Post(Sender<Mail>);

impl Post {
    /// Posts an event. After the loop has ended there is nobody to read it, which is no error.
    pub fn event(&self, event: Event) {
        self.send(Mail::Event(event));
    }

    /// Posts what a device tells.
    pub fn device(&self, event: DeviceEvent) {
        self.event(event.into());
    }

    pub(super) fn spoken(&self, id: UtteranceId) {
        self.send(Mail::Spoken(id));
    }

    /// Ends the kiosk: the visit is wiped, the screen closes.
    pub fn stop(&self) {
        self.send(Mail::Stop);
    }

    fn send(&self, mail: Mail) {
        let _ = self.0.send(mail);
    }
}

impl From<DeviceEvent> for Event {
    fn from(event: DeviceEvent) -> Self {
        match event {
            DeviceEvent::State(kind, state) => Self::Device(kind, state),
            DeviceEvent::CardFound => Self::CardFound,
            DeviceEvent::CardRead(card) => Self::CardRead(card),
            DeviceEvent::CardUnreadable(trouble) => Self::CardUnreadable(trouble),
            DeviceEvent::CardLifted => Self::CardLifted,
            DeviceEvent::Scanned(voucher) => Self::Scanned(voucher),
            DeviceEvent::ScannedOther => Self::ScannedOther,
        }
    }
}
