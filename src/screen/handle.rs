//! What other threads hold of the screens: views in, pictures and presses of the scripted visit through.

use std::path::Path;
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use slint::{ComponentHandle, Timer, Weak};

use crate::session::View;
use crate::words::Trial;

use super::ScreenError;
use super::finger;
use super::forget::forget;
use super::generated::App;
use super::glass::{self, Element};
use super::painter::Painter;
use super::window::write_png;

/// How long the window may take to answer a request.
const ANSWER_S_MAX: u64 = 10;
/// How long the scripted finger stays on the glass.
const FINGER_DOWN_MS: u64 = 120;

/// What is to be done next on the main thread.
#[derive(Default)]
struct Pending {
    posted: bool,
    wipe: bool,
    view: Option<View>,
}

/// A handle on the screens for any thread. Views are painted on the main thread, the newest only.
#[derive(Clone)]
pub struct ScreenHandle {
    app: Weak<App>,
    painter: Arc<Mutex<Painter>>,
    pending: Arc<Mutex<Pending>>,
}

impl ScreenHandle {
    pub(super) fn new(app: &App, painter: Painter) -> Self {
        Self { app: app.as_weak(), painter: Arc::new(Mutex::new(painter)), pending: Arc::default() }
    }

    /// Shows a view soon. Of several views that wait, only the newest is painted; one equal to the shown one is not.
    pub fn show(&self, view: View) {
        let mut pending = lock(&self.pending);
        if let Some(mut overtaken) = pending.view.replace(view) {
            forget(&mut overtaken);
        }
        self.post(pending);
    }

    /// Blanks every model of every screen, and forgets the last view and one that waits.
    /// Views given after this call are painted as usual.
    pub fn wipe(&self) {
        let mut pending = lock(&self.pending);
        pending.wipe = true;
        if let Some(mut waiting) = pending.view.take() {
            forget(&mut waiting);
        }
        self.post(pending);
    }

    /// Other public notices from now on: title and text.
    pub fn pin_up(&self, notices: Vec<(String, String)>) {
        let painter = Arc::clone(&self.painter);
        // Where no loop runs any more nobody reads notices.
        let _ = self.app.upgrade_in_event_loop(move |app| lock(&painter).pin_up(&app, notices));
    }

    /// Ends [`super::Screen::run`].
    pub fn close(&self) {
        // An error means that no loop runs, which is what was asked for.
        let _ = slint::quit_event_loop();
    }

    /// Writes what is shown to a PNG file.
    ///
    /// # Errors
    /// [`ScreenError::Gone`] where the loop does not run, [`ScreenError::Picture`] where the file cannot be written.
    pub fn snapshot(&self, path: impl AsRef<Path>) -> Result<(), ScreenError> {
        let picture = self.ask(|app, answer| {
            let _ = answer.send(app.window().take_snapshot());
        })??;
        write_png(path.as_ref(), &picture)
    }

    /// Presses the button with this label as a finger would: down on its middle, a moment later up again.
    /// Whatever lies over it takes the press instead.
    ///
    /// # Errors
    /// [`ScreenError::NoSuchButton`] where none can be pressed, [`ScreenError::Gone`] where the loop does not run.
    pub fn press_label(&self, label: &str) -> Result<(), ScreenError> {
        let wanted = label.to_owned();
        let pressed = self.ask(move |app, answer| match finger::button(&app, &wanted) {
            None => {
                let _ = answer.send(false);
            }
            Some(button) => {
                finger::down(&app, &button);
                let app = app.as_weak();
                Timer::single_shot(Duration::from_millis(FINGER_DOWN_MS), move || {
                    if let Some(app) = app.upgrade() {
                        finger::up(&app, &button);
                    }
                    let _ = answer.send(true);
                });
            }
        })?;
        if pressed { Ok(()) } else { Err(ScreenError::NoSuchButton(label.into())) }
    }

    /// Draws lines on what says this, one after the other, each from point to point in parts of its width and height.
    ///
    /// # Errors
    /// [`ScreenError::NoSuchButton`] where nothing says so, [`ScreenError::Gone`] where the loop does not run.
    pub fn draw_strokes(&self, label: &str, strokes: Vec<Vec<(f32, f32)>>) -> Result<(), ScreenError> {
        let wanted = label.to_owned();
        let drawn = self.ask(move |app, answer| {
            let on = finger::labelled(&app, &wanted);
            if let Some(on) = &on {
                strokes.iter().for_each(|points| finger::draw(&app, on, points));
            }
            let _ = answer.send(on.is_some());
        })?;
        if drawn { Ok(()) } else { Err(ScreenError::NoSuchButton(label.into())) }
    }

    /// Everything that can be seen and named at this moment, from back to front.
    ///
    /// # Errors
    /// [`ScreenError::Gone`] where the loop does not run.
    pub fn elements(&self) -> Result<Vec<Element>, ScreenError> {
        self.ask(|app, answer| {
            let _ = answer.send(glass::elements(&app));
        })
    }

    /// Waits until everything shown or wiped before this call has been painted.
    ///
    /// # Errors
    /// [`ScreenError::Gone`] where the loop does not run.
    pub fn settle(&self) -> Result<(), ScreenError> {
        self.ask(|_, answer| {
            let _ = answer.send(());
        })
    }

    pub(super) fn paint_now(&self, app: &App, view: View) {
        lock(&self.painter).paint(app, view);
    }

    pub(super) fn try_out_now(&self, trial: Trial) {
        lock(&self.painter).try_out(trial);
    }

    pub(super) fn wipe_now(&self, app: &App) {
        lock(&self.painter).wipe(app);
    }

    fn post(&self, mut pending: MutexGuard<'_, Pending>) {
        if pending.posted {
            return;
        }
        pending.posted = true;
        drop(pending);
        let handle = self.clone();
        let posted = self.app.upgrade_in_event_loop(move |app| handle.catch_up(&app));
        if posted.is_err() {
            let mut lost = std::mem::take(&mut *lock(&self.pending));
            lost.view.iter_mut().for_each(forget);
        }
    }

    fn catch_up(&self, app: &App) {
        let pending = std::mem::take(&mut *lock(&self.pending));
        let mut painter = lock(&self.painter);
        if pending.wipe {
            painter.wipe(app);
        }
        if let Some(view) = pending.view {
            painter.paint(app, view);
        }
    }

    /// Runs something on the main thread and waits for its answer.
    fn ask<T: Send + 'static>(&self, work: impl FnOnce(App, Sender<T>) + Send + 'static) -> Result<T, ScreenError> {
        let (answer, answered) = mpsc::channel();
        self.app.upgrade_in_event_loop(move |app| work(app, answer)).map_err(|_| ScreenError::Gone)?;
        answered.recv_timeout(Duration::from_secs(ANSWER_S_MAX)).map_err(|_| ScreenError::Gone)
    }
}

/// A panic elsewhere must not keep a wipe from happening.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
