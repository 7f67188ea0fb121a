//! Makes the texts of QR codes that leave on a phone.

use super::Post;
use crate::receipt::SiteKey;
use crate::session::{Event, Slip, Ticket};

/// The way from the loop to the site's signature. Without a key no code that proves something is shown; everything else goes on.
pub(super) struct Sealer {
    key: Option<SiteKey>,
    post: Post,
}

impl Sealer {
    pub fn new(key: Option<SiteKey>, post: Post) -> Self {
        Self { key, post }
    }

    /// Signing takes a tenth of a millisecond, so it is done on the loop's own thread.
    pub fn seal(&self, ticket: Ticket, slip: &Slip) {
        let text = crate::receipt::seal(slip, self.key.as_ref());
        self.post.event(Event::Sealed(ticket, text));
    }
}
