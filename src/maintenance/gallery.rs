//! `kiosk gallery`: pictures of every screen in every mode, drawn without a display.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::screen::{Display, Screen, ScreenError, fixtures};
use crate::session::{Language, Modes};
use crate::words::{Key, Words};

/// Pages of one screen at most.
const PAGES_MAX: usize = 9;

/// What to draw; whatever is not chosen is drawn in every kind.
#[derive(Debug, Args)]
pub struct GalleryOptions {
    /// Folder for the pictures; made if it is not there.
    #[arg(long)]
    pub out: PathBuf,
    /// Only screens whose name begins with this, such as `balance` or `balance-covered`.
    #[arg(long)]
    pub screen: Option<String>,
    /// Only this size.
    #[arg(long, value_enum)]
    pub size: Option<Size>,
    /// Only this font size.
    #[arg(long, value_enum)]
    pub font: Option<Font>,
    /// Only this language: `zh-CN` or `en`.
    #[arg(long, value_enum)]
    pub language: Option<Tongue>,
    /// Only high contrast.
    #[arg(long, conflicts_with = "day")]
    pub contrast: bool,
    /// Only day colours.
    #[arg(long)]
    pub day: bool,
    /// With everything to press in the lower half.
    #[arg(long)]
    pub reach: bool,
}

/// Sizes of the glass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Size {
    /// 1080×1920, a hall machine.
    Portrait,
    /// 1920×1080, a bank counter.
    Landscape,
}

/// Font sizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Font {
    /// As it starts.
    Standard,
    /// 大字.
    Large,
}

/// Languages by their tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Tongue {
    /// 简体中文.
    #[value(name = "zh-CN")]
    ZhCn,
    /// English.
    #[value(name = "en")]
    En,
}

impl Size {
    /// Width and height in pixels.
    pub fn pixels(self) -> (u32, u32) {
        match self {
            Self::Portrait => (1080, 1920),
            Self::Landscape => (1920, 1080),
        }
    }
}

/// Why the pictures could not be made.
#[derive(Debug, thiserror::Error)]
pub enum GalleryError {
    /// The screens failed.
    #[error(transparent)]
    Screen(#[from] ScreenError),
    /// The folder cannot be made.
    #[error("the folder {path} cannot be made: {cause}")]
    Folder {
        /// Which.
        path: PathBuf,
        /// What the disk said.
        cause: std::io::Error,
    },
    /// No screen has such a name.
    #[error("no screen begins with “{wanted}”; there are: {known}")]
    NoSuchScreen {
        /// What was asked for.
        wanted: String,
        /// All names.
        known: String,
    },
}

/// Draws the pictures and returns how many there are.
///
/// # Errors
/// Says which folder, file or screen failed.
pub fn run(options: &GalleryOptions) -> Result<usize, GalleryError> {
    let mut wanted = fixtures::all();
    wanted.retain(|fixture| options.screen.as_deref().is_none_or(|screen| fixture.name.starts_with(screen)));
    if wanted.is_empty() {
        let known: Vec<&str> = fixtures::all().iter().map(|fixture| fixture.name).collect();
        let wanted = options.screen.clone().unwrap_or_default();
        return Err(GalleryError::NoSuchScreen { wanted, known: known.join(", ") });
    }
    fs::create_dir_all(&options.out).map_err(|cause| GalleryError::Folder { path: options.out.clone(), cause })?;
    let (width, height) = Size::Portrait.pixels();
    let screen = Screen::open(Display::Still { width, height }, fixtures::options(), |_| {})?;
    let mut count = 0;
    for size in choice(options.size, &[Size::Portrait, Size::Landscape]) {
        let (width, height) = size.pixels();
        screen.resize(width, height);
        for (modes, suffix) in modes(options) {
            for fixture in &wanted {
                let modes = Modes { voice: fixture.view.modes.voice, ..modes };
                screen.show_now(fixtures::in_modes(&fixture.view, modes));
                screen.snapshot_now(&picture(&options.out, fixture.name, size, &suffix))?;
                count += 1;
                // A review too long for one page has further ones.
                let onward = Words::new(modes.language).text(Key::ReviewLinesRight);
                for page in 2..=PAGES_MAX {
                    if screen.press_now(&onward).is_err() {
                        break;
                    }
                    let name = format!("{}-page-{page}", fixture.name);
                    screen.snapshot_now(&picture(&options.out, &name, size, &suffix))?;
                    count += 1;
                }
            }
        }
    }
    Ok(count)
}

fn modes(options: &GalleryOptions) -> Vec<(Modes, String)> {
    let contrasts: &[bool] = match (options.contrast, options.day) {
        (true, _) => &[true],
        (_, true) => &[false],
        _ => &[false, true],
    };
    let mut all = Vec::new();
    for font in choice(options.font, &[Font::Standard, Font::Large]) {
        for tongue in choice(options.language, &[Tongue::ZhCn, Tongue::En]) {
            all.extend(contrasts.iter().map(|contrast| describe(font, tongue, *contrast, options.reach)));
        }
    }
    all
}

fn describe(font: Font, tongue: Tongue, contrast: bool, reach: bool) -> (Modes, String) {
    let (language, tag) = match tongue {
        Tongue::ZhCn => (Language::ZhCn, "zh-CN"),
        Tongue::En => (Language::En, "en"),
    };
    let font_name = if font == Font::Large { "large" } else { "standard" };
    let end = if contrast { "-contrast" } else { "" };
    let low = if reach { "-reach" } else { "" };
    let modes = Modes { large_font: font == Font::Large, voice: false, contrast, reach, language, ..Modes::default() };
    (modes, format!("{font_name}-{tag}{end}{low}"))
}

fn choice<T: Copy>(chosen: Option<T>, all: &[T]) -> Vec<T> {
    chosen.map_or_else(|| all.to_vec(), |one| vec![one])
}

fn picture(out: &Path, name: &str, size: Size, suffix: &str) -> PathBuf {
    let size_name = match size {
        Size::Portrait => "portrait",
        Size::Landscape => "landscape",
    };
    out.join(format!("{name}-{size_name}-{suffix}.png"))
}
