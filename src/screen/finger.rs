//! Finds what is on the glass and presses it, for the scripted visit, the gallery and the tests.
//!
//! The only file that uses Slint's testing interface, which has no stable version.

use std::ops::ControlFlow;

use i_slint_backend_testing::{AccessibleRole, ElementHandle, ElementRoot};
use slint::platform::{PointerEventButton, WindowEvent};
use slint::{ComponentHandle, LogicalPosition};

use super::generated::App;

/// The mark a text gives itself when it does not fit its place.
const TRUNCATED: &str = "truncated";

/// Something on the glass, with its place in pixels.
#[derive(Debug, Clone, PartialEq)]
pub struct Element {
    /// Name of the element in `ui/`, may be empty.
    pub id: String,
    /// What it says.
    pub label: String,
    /// Whether it is a button.
    pub button: bool,
    /// Whether it can be pressed now.
    pub enabled: bool,
    /// Whether its text does not fit.
    pub truncated: bool,
    /// Left edge.
    pub x: f32,
    /// Upper edge.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
}

/// All visible elements that are a button or say something, from back to front.
pub(super) fn elements(app: &App) -> Vec<Element> {
    let mut seen = Vec::new();
    app.root_element().visit_descendants(|element| {
        if element.accessible_role() == Some(AccessibleRole::Button) || element.accessible_label().is_some() {
            seen.push(describe(&element));
        }
        ControlFlow::<()>::Continue(())
    });
    seen
}

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
    i_slint_backend_testing::testing_backend::mock_elapsed_time(ms);
}

fn describe(element: &ElementHandle) -> Element {
    let (place, size) = (element.absolute_position(), element.size());
    Element {
        id: element.id().unwrap_or_default().into(),
        label: element.accessible_label().unwrap_or_default().into(),
        button: element.accessible_role() == Some(AccessibleRole::Button),
        enabled: element.accessible_enabled().unwrap_or(true),
        truncated: element.accessible_id().is_some_and(|id| id == TRUNCATED),
        x: place.x,
        y: place.y,
        width: size.width,
        height: size.height,
    }
}

fn middle(element: &Element) -> LogicalPosition {
    LogicalPosition::new(element.x + element.width / 2.0, element.y + element.height / 2.0)
}
