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

/// Where to put mail. Cheap to clone; posting never blocks.
#[derive(Debug, Clone)]
pub struct Post(Sender<Mail>);

impl Post {
    pub(super) fn open() -> (Self, Receiver<Mail>) {
        let (sender, receiver) = channel();
        (Self(sender), receiver)
    }

    /// Posts an event. After the loop has ended there is nobody to read it, which is no error.
    pub fn event(&self, event: Event) {
        self.send(Mail::Event(event));
    }

    /// Posts what a device tells.
    pub fn device(&self, event: DeviceEvent) {
        self.event(match event {
            DeviceEvent::State(kind, state) => Event::Device(kind, state),
            DeviceEvent::CardFound => Event::CardFound,
            DeviceEvent::CardRead(card) => Event::CardRead(card),
            DeviceEvent::CardUnreadable(trouble) => Event::CardUnreadable(trouble),
            DeviceEvent::CardLifted => Event::CardLifted,
            DeviceEvent::Scanned(voucher) => Event::Scanned(voucher),
            DeviceEvent::ScannedOther => Event::ScannedOther,
        });
    }

    pub(super) fn spoken(&self, id: UtteranceId) {
        self.send(Mail::Spoken(id));
    }

    pub(super) fn stop(&self) {
        self.send(Mail::Stop);
    }

    fn send(&self, mail: Mail) {
        let _ = self.0.send(mail);
    }
}
