//! One adapter a screen: session view to view model to Slint properties; presses to events. No ports, SQL or HTTP.
//!
//! [`Screen`] lives on the main thread and owns the window; [`ScreenHandle`] is what other threads hold.

mod adapters;
mod dock;
mod finger;
pub mod fixtures;
pub mod floors;
mod fonts;
mod forget;
mod glass;
mod handle;
#[cfg(test)]
mod hearing;
mod models;
mod options;
mod painter;
mod presses;
mod window;

pub use dock::{Dock, DockAction};
pub use fonts::Fonts;
pub use glass::{Element, TextSetting};
pub use handle::ScreenHandle;
pub use options::{Reading, ScreenOptions};
pub use window::{Display, Screen};

/// What the Slint compiler makes of `ui/`.
#[allow(missing_docs, clippy::all, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::todo)]
mod generated {
    slint::include_modules!();
}

/// Why the screens cannot do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum ScreenError {
    /// No window, no renderer or no event loop.
    #[error("the window cannot be opened: {0}; is there a display?")]
    Platform(#[from] slint::PlatformError),
    /// Nothing could be read on any screen.
    #[error(
        "there is no font with Chinese characters, so nothing could be read; install the Debian package fonts-noto-cjk \
         (install/packages.sh does), and if FONTCONFIG_FILE is set, see that its file names the folder of that font"
    )]
    NoFont,
    /// The window is closed or does not answer.
    #[error("the window is closed or does not answer")]
    Gone,
    /// No such button can be pressed now.
    #[error("no button “{0}” can be pressed on the present screen")]
    NoSuchButton(String),
    /// A picture of the screen cannot be written.
    #[error("the picture {path} cannot be written: {cause}")]
    Picture {
        /// Where it was to go.
        path: std::path::PathBuf,
        /// What the disk or the encoder said.
        cause: std::io::Error,
    },
}
