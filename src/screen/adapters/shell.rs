//! The frame around every screen: header, modes, caption, overlays.

use slint::{ComponentHandle, SharedString};

use crate::session::{Overlay, Press, Prompt, Screen, View};
use crate::words::{self, Words};

use super::super::ScreenOptions;
use super::super::generated::{App, OverlayName, Shell};
use super::super::models::hand_over;
use super::super::presses;
use super::name;

/// Fills the frame. `covered` hides an amount that stands in the caption, too.
pub(in crate::screen) fn fill(app: &App, view: &View, words: &Words, covered: bool) {
    let shell = app.global::<Shell<'_>>();
    shell.set_screen(name(&view.screen));
    shell.set_date(words.header_date(view.wall.date()).into());
    shell.set_clock(words.clock(view.wall).into());
    shell.set_caption(caption(view, words, covered));
    shell.set_speaking(view.speaking);
    shell.set_can_go_back(view.can_go_back);
    fill_focus(&shell, view);
    shell.set_staff_call(view.staff_call);
    shell.set_large_font(view.modes.large_font);
    shell.set_voice(view.modes.voice);
    shell.set_explore(view.modes.explore);
    shell.set_contrast(view.modes.contrast);
    shell.set_reach(view.modes.reach);
    shell.set_language(words.tag().into());
    shell.set_curtain(view.modes.curtain);
    fill_overlay(&shell, view.overlay, words);
}

/// What the ring is drawn around. A reason of a rating is known by its code, so its place in the list is told besides.
fn fill_focus(shell: &Shell<'_>, view: &View) {
    let (action, value) = view.focus.map(presses::action).unwrap_or_default();
    let place = match (view.focus, &view.screen) {
        (Some(Press::Reason(code)), Screen::Rate(rate)) => rate.reasons.iter().position(|(of, _)| *of == code),
        _ => usize::try_from(value).ok(),
    };
    shell.set_focus_value(value);
    shell.set_focus_place(place.and_then(|place| i32::try_from(place).ok()).unwrap_or_default());
    shell.set_focus(action);
}

/// What is configured; set with every language.
pub(in crate::screen) fn fill_options(app: &App, options: &ScreenOptions, words: &Words) {
    let shell = app.global::<Shell<'_>>();
    shell.set_hall(options.hall.as_str().into());
    shell.set_machine(options.machine.as_str().into());
    let (name, way) = options.window(words.language());
    shell.set_window_name(name.into());
    shell.set_window_way(way.into());
    shell.set_long_words(words.is_long());
}

fn caption(view: &View, words: &Words, covered: bool) -> SharedString {
    match view.caption.filter(|_| view.modes.voice) {
        Some(Prompt::Amount(_)) if covered => SharedString::new(),
        Some(prompt) => hand_over(words::heard(words, view, &prompt, None).caption().to_string()),
        None => SharedString::new(),
    }
}

fn fill_overlay(shell: &Shell<'_>, overlay: Option<Overlay>, words: &Words) {
    shell.set_overlay(match overlay {
        None => OverlayName::None,
        Some(Overlay::Idle { .. }) => OverlayName::Idle,
        Some(Overlay::Languages) => OverlayName::Languages,
        Some(Overlay::HelpCalled) => OverlayName::HelpCalled,
        Some(Overlay::Hotline) => OverlayName::Hotline,
        Some(Overlay::Voice) => OverlayName::Voice,
    });
    if let Some(Overlay::Idle { left_s, of_s }) = overlay {
        shell.set_idle_left(i32::try_from(left_s).unwrap_or(i32::MAX));
        shell.set_idle_of(i32::try_from(of_s).unwrap_or(i32::MAX));
        shell.set_idle_text(words.idle_text(left_s).into());
    }
}
