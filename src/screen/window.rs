//! The window itself: on the glass of the kiosk, or drawn nowhere for tests and pictures.

use std::fs::File;
use std::io::{self, BufWriter};
use std::path::Path;

use i_slint_backend_testing::{TestingBackend, TestingBackendOptions};
use slint::{CloseRequestResponse, ComponentHandle, PhysicalSize, Rgba8Pixel, SharedPixelBuffer};

use crate::session::{Event, View};
use crate::words::Trial;

use super::finger;
use super::fonts::{self, Fonts};
use super::generated::{App, Shell};
use super::glass::{self, Element};
use super::painter::Painter;
use super::{Reading, floors};
use super::{ScreenError, ScreenHandle, ScreenOptions, presses};

/// Longer than any animation of the screens.
const SETTLES_MS: u64 = 1_000;
/// How long a finger stays on the glass.
const FINGER_DOWN_MS: u64 = 120;

/// Where the screens are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Display {
    /// On the screen of this machine.
    Window {
        /// The whole screen; the window manager must allow it.
        fullscreen: bool,
        /// Pixels, where it is not the whole screen.
        width: u32,
        /// Pixels, where it is not the whole screen.
        height: u32,
    },
    /// Into memory only, with a running loop and real time.
    Headless {
        /// Pixels.
        width: u32,
        /// Pixels.
        height: u32,
    },
    /// Into memory only, without a loop and with time that stands still: for pictures and tests.
    Still {
        /// Pixels.
        width: u32,
        /// Pixels.
        height: u32,
    },
}

/// The screens, on the thread that opened them.
pub struct Screen {
    app: App,
    handle: ScreenHandle,
}

impl Screen {
    /// Opens the window. Presses go to `sink`, on this thread.
    ///
    /// # Errors
    /// [`ScreenError::Platform`] where there is no display or the window cannot be made, [`ScreenError::NoFont`] where
    /// nothing could be read on it.
    pub fn open(display: Display, options: ScreenOptions, sink: impl Fn(Event) + 'static) -> Result<Self, ScreenError> {
        fonts::any_installed()?;
        choose_backend(display)?;
        let fonts = Fonts::prepare()?;
        let app = App::new()?;
        match display {
            Display::Window { fullscreen, width, height } => {
                app.window().set_size(PhysicalSize::new(width, height));
                app.window().set_fullscreen(fullscreen);
            }
            Display::Headless { width, height } | Display::Still { width, height } => {
                app.window().set_size(PhysicalSize::new(width, height));
            }
        }
        // Nobody closes a kiosk from its glass; it ends through its handle.
        app.window().on_close_requested(|| CloseRequestResponse::KeepWindowShown);
        let sink = std::rc::Rc::new(sink);
        let (keys, typed) = (options.keys.clone(), std::rc::Rc::clone(&sink));
        app.global::<Shell<'_>>().on_key(move |text| {
            if let Some(key) = keys.act(&text) {
                typed(Event::Key(key));
            }
        });
        let strokes = std::rc::Rc::clone(&sink);
        app.global::<Shell<'_>>().on_stroke(move |line| {
            if let Some(stroke) = presses::stroke(&line) {
                strokes(stroke);
            }
        });
        app.global::<Shell<'_>>().on_press(move |action, value| {
            if let Some(press) = presses::press(action, value) {
                sink(Event::Press(press));
            }
        });
        floors::set(&app, options.reading);
        app.show()?;
        let handle = ScreenHandle::new(&app, Painter::new(options, fonts));
        Ok(Self { app, handle })
    }

    #[cfg(test)]
    pub(super) fn app(&self) -> &App {
        &self.app
    }

    /// What other threads use.
    pub fn handle(&self) -> ScreenHandle {
        self.handle.clone()
    }

    /// Runs the loop of the window until [`ScreenHandle::close`].
    ///
    /// # Errors
    /// [`ScreenError::Platform`] where the loop fails or this display has none.
    pub fn run(&self) -> Result<(), ScreenError> {
        Ok(slint::run_event_loop()?)
    }

    /// Shows a view at once. For displays without a loop.
    pub fn show_now(&self, view: View) {
        self.handle.paint_now(&self.app, view);
        finger::pass_time(SETTLES_MS);
    }

    /// From now on shows every view in these words, whatever its language: for the audit of layouts.
    pub fn try_out_now(&self, trial: Trial) {
        self.handle.try_out_now(trial);
    }

    /// Blanks every model at once. For displays without a loop.
    pub fn wipe_now(&self) {
        self.handle.wipe_now(&self.app);
        finger::pass_time(SETTLES_MS);
    }

    /// Presses a button by its label. For displays without a loop.
    ///
    /// # Errors
    /// [`ScreenError::NoSuchButton`] where none can be pressed.
    pub fn press_now(&self, label: &str) -> Result<(), ScreenError> {
        let button = finger::button(&self.app, label).ok_or_else(|| ScreenError::NoSuchButton(label.into()))?;
        finger::down(&self.app, &button);
        finger::pass_time(FINGER_DOWN_MS);
        finger::up(&self.app, &button);
        finger::pass_time(SETTLES_MS);
        Ok(())
    }

    /// Presses and lets go a key of the keyboard, named as the window names it. For displays without a loop.
    pub fn key_now(&self, text: &str) {
        finger::key(&self.app, text);
        finger::pass_time(SETTLES_MS);
    }

    /// Draws a line on what says this, from point to point in parts of its width and height. For displays without a
    /// loop.
    ///
    /// # Errors
    /// [`ScreenError::NoSuchButton`] where nothing says so.
    pub fn draw_now(&self, label: &str, points: &[(f32, f32)]) -> Result<(), ScreenError> {
        let on = finger::labelled(&self.app, label).ok_or_else(|| ScreenError::NoSuchButton(label.into()))?;
        finger::draw(&self.app, &on, points);
        finger::pass_time(SETTLES_MS);
        Ok(())
    }

    /// Everything that can be seen and named, from back to front.
    pub fn elements_now(&self) -> Vec<Element> {
        glass::elements(&self.app)
    }

    /// Lays everything out for another panel, and so many pixels.
    pub fn fit(&self, reading: Reading, (width, height): (u32, u32)) {
        floors::set(&self.app, reading);
        self.resize(width, height);
    }

    /// What is shown, as pixels.
    ///
    /// # Errors
    /// [`ScreenError::Platform`] where the renderer cannot read back.
    pub fn pixels_now(&self) -> Result<SharedPixelBuffer<Rgba8Pixel>, ScreenError> {
        Ok(self.app.window().take_snapshot()?)
    }

    /// Writes what is shown to a PNG file.
    ///
    /// # Errors
    /// [`ScreenError::Picture`] where the file cannot be written.
    pub fn snapshot_now(&self, path: &Path) -> Result<(), ScreenError> {
        write_png(path, &self.pixels_now()?)
    }

    /// Gives a window that is drawn nowhere another size.
    pub fn resize(&self, width: u32, height: u32) {
        self.app.window().set_size(PhysicalSize::new(width, height));
        finger::pass_time(SETTLES_MS);
    }
}

fn choose_backend(display: Display) -> Result<(), ScreenError> {
    let still = match display {
        Display::Window { .. } => {
            let window = slint::BackendSelector::new().backend_name("winit".into());
            return Ok(window.renderer_name("software".into()).select()?);
        }
        Display::Headless { .. } => false,
        Display::Still { .. } => true,
    };
    let nowhere = TestingBackend::new(TestingBackendOptions {
        mock_time: still,
        threading: !still,
        renderer_name: Some("software".into()),
    });
    slint::platform::set_platform(Box::new(nowhere))
        .map_err(|e| ScreenError::Platform(slint::PlatformError::Other(e.to_string())))
}

/// Writes pixels as PNG.
pub(super) fn write_png(path: &Path, picture: &SharedPixelBuffer<Rgba8Pixel>) -> Result<(), ScreenError> {
    let write = || -> io::Result<()> {
        let file = BufWriter::new(File::create(path)?);
        let mut encoder = png::Encoder::new(file, picture.width(), picture.height());
        encoder.set_color(png::ColorType::Rgba);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::Fast);
        encoder.write_header()?.write_image_data(picture.as_bytes())?;
        Ok(())
    };
    write().map_err(|cause| ScreenError::Picture { path: path.into(), cause })
}
