//! How somebody who asked for sound says that it is not wanted any more.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// Calls off a rendering that is under way. Clones are the same recall.
#[derive(Clone, Default)]
pub struct Recall(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    called: bool,
    acts: Vec<Act>,
}

type Act = Box<dyn FnOnce() + Send>;

impl Recall {
    /// Calls it off, for good.
    pub fn call(&self) {
        let acts = {
            let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            state.called = true;
            std::mem::take(&mut state.acts)
        };
        acts.into_iter().for_each(|act| act());
    }

    /// Whether it has been called off.
    #[must_use]
    pub fn is_called(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).called
    }

    /// What to do as soon as it is called off, on the thread that does; at once if it is already. It must not block.
    pub fn on_call(&self, act: impl FnOnce() + Send + 'static) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !state.called {
            state.acts.push(Box::new(act));
            return;
        }
        drop(state);
        act();
    }
}

impl fmt::Debug for Recall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Recall").field(&self.is_called()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn what_waits_for_the_call_is_done_once_and_what_comes_late_at_once() {
        let recall = Recall::default();
        let done = Arc::new(AtomicUsize::new(0));
        let count = |recall: &Recall| {
            let done = Arc::clone(&done);
            recall.on_call(move || {
                done.fetch_add(1, Ordering::SeqCst);
            });
        };
        count(&recall);
        assert_eq!((recall.is_called(), done.load(Ordering::SeqCst)), (false, 0));
        recall.clone().call();
        recall.call();
        assert_eq!((recall.is_called(), done.load(Ordering::SeqCst)), (true, 1));
        count(&recall);
        assert_eq!(done.load(Ordering::SeqCst), 2);
    }
}
