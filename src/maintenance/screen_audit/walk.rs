//! The way through everything: panels, languages, modes, screens, and the pages of those that have several.

use std::collections::HashSet;
use std::fmt;
use std::time::{Duration, Instant};

use crate::maintenance::config::Panel;
use crate::screen::fixtures::{self, Fixture};
use crate::screen::{Display, Element, Screen, ScreenError};
use crate::session::{Language, Modes, View, offers};
use crate::words::{self, Key, Trial, Words};

use super::layout::{self, Sheet};
use super::pixels::{self, Picture};
use super::{Setting, Violation};

/// Pages of one screen at most.
const PAGES_MAX: usize = 9;

/// What to walk through.
#[derive(Debug, Clone)]
pub struct Scope {
    /// Panels.
    pub panels: Vec<Panel>,
    /// Screens by the beginning of their names; empty: all.
    pub screens: String,
    /// Modes with their languages.
    pub modes: Vec<Modes>,
    /// Whether to draw and look at the pixels, too.
    pub pixels: bool,
    /// Other words in place of the language's, to see what becomes of the layout.
    pub trial: Option<Trial>,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Report {
    /// Screens that were laid out and measured, pages and all.
    pub sheets: usize,
    /// Those of them that were drawn.
    pub pictures: usize,
    /// What was tried, each once.
    pub screens: HashSet<&'static str>,
    /// Mixes of modes without their languages.
    pub mixes: HashSet<String>,
    /// Languages.
    pub languages: HashSet<String>,
    /// Panels.
    pub panels: HashSet<Panel>,
    /// Everything wrong.
    pub violations: Vec<Violation>,
    /// How long it took.
    pub took: Duration,
}

/// Every mix of font, colours, reach and voice, in every language.
pub fn all_modes() -> Vec<Modes> {
    let both = [false, true];
    let mut all = Vec::new();
    for language in Language::ALL {
        for large_font in both {
            for contrast in both {
                for reach in both {
                    all.extend(both.map(|voice| Modes {
                        large_font,
                        voice,
                        contrast,
                        reach,
                        language,
                        ..Modes::default()
                    }));
                }
            }
        }
    }
    all
}

/// Day and high contrast in both font sizes, without what moves things: enough to look at every colour.
pub fn colour_modes() -> Vec<Modes> {
    let plain = |modes: &Modes| !modes.reach && modes.voice;
    all_modes().into_iter().filter(plain).collect()
}

/// Walks through and measures, on screens of its own.
///
/// # Errors
/// [`ScreenError`] where nothing can be drawn.
pub fn run(scope: &Scope) -> Result<Report, ScreenError> {
    let (width, height) = Panel::default().pixels();
    let screen = Screen::open(Display::Still { width, height }, fixtures::options(), |_| {})?;
    walk(&screen, scope, |_, _| Ok(()))
}

/// Walks through and measures; `each` is told of every page while it is shown, with what is wrong with it.
///
/// # Errors
/// [`ScreenError`] where nothing can be drawn, and what `each` gives.
pub fn walk(
    screen: &Screen,
    scope: &Scope,
    mut each: impl FnMut(&Setting, &[Violation]) -> Result<(), ScreenError>,
) -> Result<Report, ScreenError> {
    let started = Instant::now();
    if let Some(trial) = scope.trial {
        screen.try_out_now(trial);
    }
    let mut report = Report::default();
    let wanted = |fixture: &Fixture| fixture.name.starts_with(&scope.screens);
    let fixtures: Vec<Fixture> = fixtures::all().into_iter().filter(wanted).collect();
    for panel in &scope.panels {
        screen.fit(panel.reading(), panel.pixels());
        for modes in &scope.modes {
            let words = scope.trial.map_or_else(|| Words::new(modes.language), Words::trial);
            for fixture in &fixtures {
                let setting = Setting { screen: fixture.name, page: 0, panel: *panel, modes: *modes };
                report.count(&setting);
                pages(screen, fixture, setting, scope, &words, |setting, found| {
                    each(setting, &found)?;
                    report.sheets += 1;
                    report.pictures += usize::from(scope.pixels);
                    report.violations.extend(found);
                    Ok(())
                })?;
            }
        }
    }
    report.took = started.elapsed();
    Ok(report)
}

/// Shows a fixture, then each of its further pages, and measures every one.
fn pages(
    screen: &Screen,
    fixture: &Fixture,
    setting: Setting,
    scope: &Scope,
    words: &Words,
    mut each: impl FnMut(&Setting, Vec<Violation>) -> Result<(), ScreenError>,
) -> Result<(), ScreenError> {
    let modes = setting.modes;
    // What lies over a screen says its own words, and covers those of the screen beneath.
    let captioned = modes.voice && fixture.view.overlay.is_none();
    let caption = fixture.view.caption.filter(|_| captioned).map(|prompt| words::say(words, &prompt));
    let onward = words.text(Key::ReviewLinesRight);
    let view = fixtures::in_modes(&fixture.view, modes);
    let keys: Vec<String> = in_order(&view, words);
    let rtl = scope.trial == Some(Trial::Uyghur);
    screen.show_now(view);
    for page in 0..PAGES_MAX {
        let setting = Setting { page, ..setting };
        let elements = on_top(screen.elements_now());
        let mut found = Vec::new();
        if scope.pixels {
            let pixels = screen.pixels_now()?;
            found = pixels::violations(&Picture { setting, elements: &elements, pixels: &pixels });
        }
        let sheet = Sheet { setting, elements: &elements, caption: caption.as_deref(), keys: &keys, rtl };
        found.extend(layout::violations(&sheet));
        each(&setting, found)?;
        if screen.press_now(&onward).is_err() {
            break;
        }
    }
    Ok(())
}

/// The words of what the keys go through.
fn in_order(view: &View, words: &Words) -> Vec<String> {
    let open = offers(view).into_iter().filter(|offer| offer.open);
    open.filter_map(|offer| words::label(view, offer.press)).map(|label| label.text(words)).collect()
}

/// What can be seen and pressed: where something lies over the screen, only that.
fn on_top(elements: Vec<Element>) -> Vec<Element> {
    if !elements.iter().any(|element| element.over) {
        return elements;
    }
    let before: Vec<usize> = elements
        .iter()
        .scan(0, |count, element| {
            let place = *count;
            *count += usize::from(element.over);
            Some(place)
        })
        .collect();
    let moved = |mut element: Element| {
        element.on = element.on.and_then(|on| before.get(on).copied());
        element
    };
    elements.into_iter().filter(|element| element.over).map(moved).collect()
}

impl Report {
    fn count(&mut self, setting: &Setting) {
        self.screens.insert(setting.screen);
        self.mixes.insert(super::describe(Modes { language: Language::default(), ..setting.modes }));
        self.languages.insert(format!("{:?}", setting.modes.language));
        self.panels.insert(setting.panel);
    }

    /// Adds what another walk found.
    pub fn add(&mut self, other: Self) {
        self.sheets += other.sheets;
        self.pictures += other.pictures;
        self.screens.extend(other.screens);
        self.mixes.extend(other.mixes);
        self.languages.extend(other.languages);
        self.panels.extend(other.panels);
        self.violations.extend(other.violations);
        self.took = self.took.max(other.took);
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { sheets, pictures, violations, took, .. } = self;
        let (screens, mixes) = (self.screens.len(), self.mixes.len());
        let (languages, panels) = (self.languages.len(), self.panels.len());
        write!(
            f,
            "{screens} screens × {mixes} mixes of modes × {languages} languages × {panels} panels: {sheets} pages laid \
             out and measured, {pictures} of them drawn, {} faults, {:.0} s",
            violations.len(),
            took.as_secs_f32()
        )
    }
}
