//! A thread that reads the newest ink, so that recognition never holds up a frame. What is read, and by what, is the
//! recogniser's.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

use super::{HandwritingError, Ink, Pad, Reading, Recogniser};

/// Names one request, so that the answer to an earlier one is not taken for that to a later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u64);

/// What the desk tells.
#[derive(Debug, Clone, PartialEq)]
pub enum DeskEvent {
    /// The model is loaded; told once.
    Ready,
    /// There is no handwriting from now on; told at most once, and nothing after it.
    Unavailable(HandwritingError),
    /// The ink of this ticket was read. One that was overtaken is never answered, but one already on its way when the
    /// next is asked may still arrive: only the answer to the newest ticket counts.
    Read {
        /// Which request.
        ticket: Ticket,
        /// What it may be.
        reading: Reading,
    },
}

/// Reads ink on a thread of its own. Every call returns at once; dropping it ends the thread after the character it is at.
pub struct HandwritingDesk {
    shared: Arc<Shared>,
    worker: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    newest: u64,
    waiting: Option<(Ink, Pad)>,
    is_closing: bool,
}

type Report = Box<dyn Fn(DeskEvent) + Send>;
type Read = Box<dyn FnMut(&Ink, Pad) -> Result<Reading, HandwritingError>>;

impl HandwritingDesk {
    /// Opens the desk and loads the model from `folder` on its thread. `report` is called on that thread and must not block.
    ///
    /// # Errors
    /// [`HandwritingError::NoThread`] when the system gives no thread. A missing model is told as an event.
    pub fn start(folder: PathBuf, report: impl Fn(DeskEvent) + Send + 'static) -> Result<Self, HandwritingError> {
        let open = move || {
            let recogniser = Recogniser::load(&folder)?;
            Ok(Box::new(move |ink: &Ink, pad| recogniser.recognise(ink, pad)) as Read)
        };
        Self::start_with(open, Box::new(report))
    }

    fn start_with(
        open: impl FnOnce() -> Result<Read, HandwritingError> + Send + 'static,
        report: Report,
    ) -> Result<Self, HandwritingError> {
        let shared = Arc::new(Shared::default());
        let for_worker = Arc::clone(&shared);
        let worker = thread::Builder::new()
            .name("handwriting".to_owned())
            .spawn(move || {
                if let Err(error) = work(&for_worker, open, &report) {
                    report(DeskEvent::Unavailable(error));
                }
            })
            .map_err(|error| HandwritingError::NoThread(error.to_string()))?;
        Ok(Self { shared, worker: Some(worker) })
    }

    /// Has this ink read next, instead of what still waits.
    pub fn ask(&self, ink: &Ink, pad: Pad) -> Ticket {
        let mut state = self.shared.lock();
        state.newest += 1;
        state.waiting = Some((ink.clone(), pad));
        self.shared.changed.notify_one();
        Ticket(state.newest)
    }

    /// Drops and wipes what waits, and makes what is being read stale: the pad was cleared, or the visit ended.
    pub fn forget(&self) {
        let mut state = self.shared.lock();
        state.newest += 1;
        state.waiting = None;
    }
}

impl Drop for HandwritingDesk {
    fn drop(&mut self) {
        let mut state = self.shared.lock();
        state.is_closing = true;
        state.waiting = None;
        drop(state);
        self.shared.changed.notify_one();
        if let Some(worker) = self.worker.take() {
            // It has reported its own end; a panic of the report function is none of ours.
            let _ = worker.join();
        }
    }
}

impl fmt::Debug for HandwritingDesk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HandwritingDesk")
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        // No code that can panic runs under this lock.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for ink; `None` when the desk closes.
    fn next(&self) -> Option<(Ticket, Ink, Pad)> {
        let mut state = self.lock();
        loop {
            if state.is_closing {
                return None;
            }
            if let Some((ink, pad)) = state.waiting.take() {
                return Some((Ticket(state.newest), ink, pad));
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

fn work(
    shared: &Shared,
    open: impl FnOnce() -> Result<Read, HandwritingError>,
    report: &Report,
) -> Result<(), HandwritingError> {
    let mut read = unless_it_panics(open)?;
    report(DeskEvent::Ready);
    while let Some((ticket, ink, pad)) = shared.next() {
        let reading = unless_it_panics(|| read(&ink, pad))?;
        let is_newest = shared.lock().newest == ticket.0;
        if is_newest {
            report(DeskEvent::Read { ticket, reading });
        }
    }
    Ok(())
}

/// The model's runtime is foreign code; its panic costs the handwriting, not the kiosk.
fn unless_it_panics<T>(act: impl FnOnce() -> Result<T, HandwritingError>) -> Result<T, HandwritingError> {
    catch_unwind(AssertUnwindSafe(act)).unwrap_or_else(|_| Err(HandwritingError::Run("it panicked".to_owned())))
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Receiver, Sender, channel};
    use std::time::Duration;

    use super::super::Candidate;
    use super::*;

    const LONG: Duration = Duration::from_secs(60);

    /// A desk whose reader tells when it begins and waits until it is let go; it reads as many positions as strokes.
    struct Bench {
        desk: HandwritingDesk,
        begun: Receiver<usize>,
        go: Sender<Result<(), HandwritingError>>,
        events: Receiver<DeskEvent>,
    }

    fn bench() -> Bench {
        let (tell_begun, begun) = channel();
        let (go, wait_for_go) = channel::<Result<(), HandwritingError>>();
        let (tell, events) = channel();
        let read = move |ink: &Ink, _: Pad| {
            let _ = tell_begun.send(ink.stroke_count());
            wait_for_go.recv().unwrap_or(Ok(()))?;
            let candidate = Candidate { character: '一', score: 1.0 };
            Ok(Reading { positions: vec![vec![candidate]; ink.stroke_count()] })
        };
        let report = Box::new(move |event| drop(tell.send(event)));
        let desk = HandwritingDesk::start_with(move || Ok(Box::new(read) as Read), report).unwrap();
        let bench = Bench { desk, begun, go, events };
        assert_eq!(bench.event(), DeskEvent::Ready);
        bench
    }

    impl Bench {
        fn ask(&self, strokes: usize) -> Ticket {
            let mut ink = Ink::new(1.0);
            (0..strokes).for_each(|_| ink.begin(0.5, 0.5));
            self.desk.ask(&ink, Pad::Character)
        }

        fn event(&self) -> DeskEvent {
            self.events.recv_timeout(LONG).unwrap()
        }

        fn begun(&self) -> usize {
            self.begun.recv_timeout(LONG).unwrap()
        }

        fn check_read(&self, ticket: Ticket, strokes: usize) {
            let DeskEvent::Read { ticket: read, reading } = self.event() else { panic!("nothing read") };
            assert_eq!((read, reading.positions().len()), (ticket, strokes));
        }
    }

    #[test]
    fn only_the_newest_ink_is_read_and_what_it_overtook_is_never_answered() {
        let bench = bench();
        bench.ask(1);
        assert_eq!(bench.begun(), 1);
        bench.ask(2);
        bench.ask(3);
        let newest = bench.ask(4);
        bench.go.send(Ok(())).unwrap();
        assert_eq!(bench.begun(), 4, "2 and 3 were dropped while 1 was being read");
        bench.go.send(Ok(())).unwrap();
        bench.check_read(newest, 4);
        assert!(bench.events.try_recv().is_err());
    }

    #[test]
    fn what_was_forgotten_is_not_answered() {
        let bench = bench();
        bench.ask(1);
        assert_eq!(bench.begun(), 1);
        bench.desk.forget();
        bench.go.send(Ok(())).unwrap();
        let next = bench.ask(2);
        assert_eq!(bench.begun(), 2);
        bench.go.send(Ok(())).unwrap();
        bench.check_read(next, 2);
    }

    #[test]
    fn a_failing_model_is_told_once_and_asking_on_harms_nobody() {
        let bench = bench();
        bench.ask(1);
        let error = HandwritingError::Run("numbers".to_owned());
        bench.go.send(Err(error.clone())).unwrap();
        assert_eq!(bench.event(), DeskEvent::Unavailable(error));
        bench.ask(2);
        drop(bench.desk);
        assert!(bench.events.recv().is_err(), "the desk is closed and said nothing more");
    }

    #[test]
    fn a_panic_of_the_model_is_told_as_an_error() {
        let (tell, events) = channel();
        let broken = |_: &Ink, _: Pad| -> Result<Reading, HandwritingError> { panic!("on purpose") };
        let open = move || Ok(Box::new(broken) as Read);
        let desk = HandwritingDesk::start_with(open, Box::new(move |event| drop(tell.send(event)))).unwrap();
        desk.ask(&Ink::new(1.0), Pad::Character);
        assert_eq!(events.recv_timeout(LONG), Ok(DeskEvent::Ready));
        let told = events.recv_timeout(LONG);
        assert_eq!(told, Ok(DeskEvent::Unavailable(HandwritingError::Run("it panicked".to_owned()))));
    }

    #[test]
    fn a_missing_model_is_told_and_names_the_remedy() {
        let folder = tempfile::tempdir().unwrap();
        let (tell, events) = channel();
        let report = move |event| drop(tell.send(event));
        let _desk = HandwritingDesk::start(folder.path().to_owned(), report).unwrap();
        let Ok(DeskEvent::Unavailable(error)) = events.recv_timeout(LONG) else { panic!("nothing told") };
        assert!(error.to_string().contains("install/models.sh"), "{error}");
    }
}
