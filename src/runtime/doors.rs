//! What the loop needs of the screen. The real one draws; the others watch.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::session::View;

/// Where views go.
pub trait ScreenDoor: Send {
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
    /// Waits until a view fits; gives back the latest view if none does in time.
    ///
    /// # Errors
    /// The latest view, or nothing if there was none.
    pub fn wait_for(&self, wanted: impl Fn(&View) -> bool, limit: Duration) -> Result<View, Option<View>> {
        let until = Instant::now() + limit;
        let (shown, changed) = &*self.0;
        let mut view = shown.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(view) = view.as_ref().filter(|view| wanted(view)) {
                return Ok(view.clone());
            }
            let Some(left) = until.checked_duration_since(Instant::now()) else { return Err(view.clone()) };
            view = changed.wait_timeout(view, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}
