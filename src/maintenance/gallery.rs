//! `kiosk gallery`: pictures of every screen on every panel in every mode, drawn without a display, and a page to look
//! through them.

mod index;

use std::fs;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::screen::{Display, Screen, ScreenError, fixtures};
use crate::session::{Language, Modes};
use crate::words::Trial;

use super::config::Panel;
use super::screen_audit::{Report, Scope, Setting, Violation, describe, walk};

/// What to draw; whatever is not chosen is drawn in every kind.
#[derive(Debug, Args)]
pub struct GalleryOptions {
    /// Folder for the pictures and `index.html`; made if it is not there.
    #[arg(long)]
    pub out: PathBuf,
    /// Only screens whose name begins with this, such as `balance` or `balance-covered`.
    #[arg(long)]
    pub screen: Option<String>,
    /// Only this panel.
    #[arg(long, value_enum)]
    pub panel: Option<Panel>,
    /// Only this font size.
    #[arg(long, value_enum)]
    pub font: Option<Font>,
    /// Only this language: `zh-CN`, `zh-Hant` or `en`.
    #[arg(long, value_enum)]
    pub language: Option<Tongue>,
    /// A language that is only tried: `ug` or `bo`, whose first screen is translated, or `longer`; the rest is English.
    #[arg(long, value_enum, conflicts_with = "language")]
    pub trial: Option<Tried>,
    /// Only high contrast.
    #[arg(long, conflicts_with = "day")]
    pub contrast: bool,
    /// Only day colours.
    #[arg(long)]
    pub day: bool,
    /// With everything to press in the lower half.
    #[arg(long)]
    pub reach: bool,
    /// With what is being said in writing.
    #[arg(long)]
    pub voice: bool,
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
    /// 繁體中文.
    #[value(name = "zh-Hant")]
    ZhHant,
    /// English.
    #[value(name = "en")]
    En,
}

/// Languages whose layout is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Tried {
    /// ئۇيغۇرچە, from right to left.
    #[value(name = "ug")]
    Uyghur,
    /// བོད་ཡིག.
    #[value(name = "bo")]
    Tibetan,
    /// English with words 40 % longer, on every screen.
    Longer,
}

impl From<Tried> for Trial {
    fn from(tried: Tried) -> Self {
        match tried {
            Tried::Uyghur => Self::Uyghur,
            Tried::Tibetan => Self::Tibetan,
            Tried::Longer => Self::Longer,
        }
    }
}

/// Why the pictures could not be made.
#[derive(Debug, thiserror::Error)]
pub enum GalleryError {
    /// The screens failed.
    #[error(transparent)]
    Screen(#[from] ScreenError),
    /// The folder or its page cannot be made.
    #[error("{path} cannot be made: {cause}")]
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

/// One picture, as the page tells of it.
struct Shot {
    file: String,
    screen: String,
    panel: Panel,
    modes: Modes,
    faults: Vec<String>,
}

/// Draws the pictures, measures each, and writes the page. The report says how many there are and what is wrong.
///
/// # Errors
/// Says which folder, file or screen failed.
pub fn run(options: &GalleryOptions) -> Result<Report, GalleryError> {
    let wanted = options.screen.clone().unwrap_or_default();
    let known: Vec<&str> = fixtures::all().iter().map(|fixture| fixture.name).collect();
    if !known.iter().any(|name| name.starts_with(&wanted)) {
        return Err(GalleryError::NoSuchScreen { wanted, known: known.join(", ") });
    }
    let made = |path: PathBuf| move |cause| GalleryError::Folder { path, cause };
    fs::create_dir_all(&options.out).map_err(made(options.out.clone()))?;
    let (width, height) = Panel::default().pixels();
    let screen = Screen::open(Display::Still { width, height }, fixtures::options(), |_| {})?;
    // The three larger upright panels are laid out as the smallest, so they come only when asked for.
    let usual = [Panel::Portrait215, Panel::Landscape156, Panel::Landscape215];
    let panels = choice(options.panel, &usual);
    let scope =
        Scope { panels, screens: wanted, modes: modes(options), pixels: true, trial: options.trial.map(Trial::from) };
    let mut shots = Vec::new();
    let report = walk::walk(&screen, &scope, |setting, found| {
        let shot = Shot::new(setting, found);
        screen.snapshot_now(&options.out.join(&shot.file))?;
        shots.push(shot);
        Ok(())
    })?;
    let page = options.out.join("index.html");
    fs::write(&page, index::html(&shots)).map_err(made(page))?;
    Ok(report)
}

impl Shot {
    fn new(setting: &Setting, found: &[Violation]) -> Self {
        let Setting { screen, page, panel, modes } = *setting;
        let screen = if page == 0 { screen.to_owned() } else { format!("{screen}-page-{}", page + 1) };
        let file = format!("{screen}-{}-{}.png", panel.name(), describe(modes));
        let faults = found.iter().map(Violation::to_string).collect();
        Self { file, screen, panel, modes, faults }
    }
}

fn modes(options: &GalleryOptions) -> Vec<Modes> {
    let contrasts: &[bool] = match (options.contrast, options.day) {
        (true, _) => &[true],
        (_, true) => &[false],
        _ => &[false, true],
    };
    let mut all = Vec::new();
    for font in choice(options.font, &[Font::Standard, Font::Large]) {
        let all_tongues: &[Tongue] =
            if options.trial.is_some() { &[Tongue::En] } else { &[Tongue::ZhCn, Tongue::ZhHant, Tongue::En] };
        for tongue in choice(options.language, all_tongues) {
            let language = match tongue {
                Tongue::ZhCn => Language::ZhCn,
                Tongue::ZhHant => Language::ZhHant,
                Tongue::En => Language::En,
            };
            let (large_font, reach, voice) = (font == Font::Large, options.reach, options.voice);
            all.extend(contrasts.iter().map(|contrast| Modes {
                large_font,
                voice,
                contrast: *contrast,
                reach,
                language,
                ..Modes::default()
            }));
        }
    }
    all
}

fn choice<T: Copy>(chosen: Option<T>, all: &[T]) -> Vec<T> {
    chosen.map_or_else(|| all.to_vec(), |one| vec![one])
}
