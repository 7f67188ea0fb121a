//! Presses what is on the glass, for the scripted visit, the gallery and the tests.
//!
//! Uses Slint's testing interface, which has no stable version; see also `glass`.

use i_slint_backend_testing::testing_backend::mock_elapsed_time;
use slint::platform::{PointerEventButton, WindowEvent};
use slint::{ComponentHandle, LogicalPosition};

use super::generated::App;
use super::glass::{Element, elements};

/// The button that says exactly this and can be pressed; else one whose words begin with it.
pub(super) fn button(app: &App, label: &str) -> Option<Element> {
    let buttons: Vec<Element> = elements(app).into_iter().filter(|e| e.button && e.enabled).collect();
    let exact = buttons.iter().find(|button| button.label == label);
    exact.or_else(|| buttons.iter().find(|button| button.label.starts_with(label))).cloned()
}

/// Puts the finger down on the middle of an element.
pub(super) fn down(app: &App, element: &Element) {
    let position = middle(element);
    app.window().dispatch_event(WindowEvent::PointerMoved { position });
    app.window().dispatch_event(WindowEvent::PointerPressed { position, button: PointerEventButton::Left });
}

/// Lifts the finger from the middle of an element.
pub(super) fn up(app: &App, element: &Element) {
    let position = middle(element);
    app.window().dispatch_event(WindowEvent::PointerReleased { position, button: PointerEventButton::Left });
    // A finger hovers nowhere.
    app.window().dispatch_event(WindowEvent::PointerExited);
}

/// Draws a line on an element, from point to point in parts of its width and height, and lifts the finger.
pub(super) fn draw(app: &App, on: &Element, points: &[(f32, f32)]) {
    let place = |(x, y): (f32, f32)| LogicalPosition::new(on.x + on.width * x, on.y + on.height * y);
    let Some((first, last)) = points.first().zip(points.last()) else { return };
    let button = PointerEventButton::Left;
    app.window().dispatch_event(WindowEvent::PointerMoved { position: place(*first) });
    app.window().dispatch_event(WindowEvent::PointerPressed { position: place(*first), button });
    for point in points {
        app.window().dispatch_event(WindowEvent::PointerMoved { position: place(*point) });
    }
    app.window().dispatch_event(WindowEvent::PointerReleased { position: place(*last), button });
    app.window().dispatch_event(WindowEvent::PointerExited);
}

/// The first element that says exactly this, button or not.
pub(super) fn labelled(app: &App, label: &str) -> Option<Element> {
    elements(app).into_iter().find(|element| element.label == label)
}

/// Presses and lets go a key.
pub(super) fn key(app: &App, text: &str) {
    app.window().dispatch_event(WindowEvent::KeyPressed { text: text.into() });
    app.window().dispatch_event(WindowEvent::KeyReleased { text: text.into() });
}

/// Lets time pass where no loop runs, so that animations end and lists are built.
pub(super) fn pass_time(ms: u64) {
    mock_elapsed_time(ms);
}

fn middle(element: &Element) -> LogicalPosition {
    LogicalPosition::new(element.x + element.width / 2.0, element.y + element.height / 2.0)
}
