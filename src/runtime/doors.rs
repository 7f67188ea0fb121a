//! What the loop needs of the screen. The real one draws; the others watch.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::session::View;

/// Where views go.
pub trait ScreenDoor: Send + Sync {
    /// Shows this from now on.
    fn show(&self, view: View);
    /// Wipes every copy of a visit's strings.
    fn wipe(&self);
    /// The kiosk ends.
    fn close(&self);
}

/// A screen nobody looks at.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoScreen;

impl ScreenDoor for NoScreen {
    fn show(&self, _: View) {}
    fn wipe(&self) {}
    fn close(&self) {}
}

#[cfg(feature = "screen")]
impl ScreenDoor for crate::screen::ScreenHandle {
    fn show(&self, view: View) {
        Self::show(self, view);
    }

    fn wipe(&self) {
        Self::wipe(self);
    }

    fn close(&self) {
        Self::close(self);
    }
}

/// The screen a wait ended at without having seen what it waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("still at {0}")]
pub struct StillAt(pub &'static str);

/// Remembers the view shown last, so that a script can wait for a screen. Passes everything on.
pub struct Watched<S> {
    inner: S,
    shown: Watch,
}

/// The remembering half of [`Watched`].
#[derive(Clone, Default)]
pub struct Watch(Arc<(Mutex<Option<View>>, Condvar)>);

impl<S> Watched<S> {
    /// Watches a screen.
    pub fn new(inner: S) -> (Self, Watch) {
        let shown = Watch::default();
        (Self { inner, shown: shown.clone() }, shown)
    }
}

impl<S: ScreenDoor> ScreenDoor for Watched<S> {
    fn show(&self, view: View) {
        self.inner.show(view.clone());
        let (shown, changed) = &*self.shown.0;
        *shown.lock().unwrap_or_else(PoisonError::into_inner) = Some(view);
        changed.notify_all();
    }

    fn wipe(&self) {
        self.inner.wipe();
    }

    fn close(&self) {
        self.inner.close();
    }
}

impl Watch {
    /// Waits until a view fits.
    ///
    /// # Errors
    /// Which screen stood there instead when the time was up.
    pub fn wait_for(&self, wanted: impl Fn(&View) -> bool, limit: Duration) -> Result<View, StillAt> {
        let until = Instant::now() + limit;
        let (shown, changed) = &*self.0;
        let mut view = shown.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(view) = view.as_ref().filter(|view| wanted(view)) {
                return Ok(view.clone());
            }
            let Some(left) = until.checked_duration_since(Instant::now()) else {
                return Err(StillAt(view.as_ref().map_or("none", |view| view.screen.name())));
            };
            view = changed.wait_timeout(view, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}
