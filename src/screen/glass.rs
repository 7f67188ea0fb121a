//! What is on the glass, read from Slint's item tree: every text with its size, everything to press.
//!
//! Together with `finger` the only file that uses interfaces of Slint that have no stable version.

use std::rc::Rc;

use i_slint_core::accessibility::AccessibleStringProperty as Said;
use i_slint_core::item_tree::{ItemRc, ensure_item_tree_instantiated};
use i_slint_core::items::{
    AccessibleRole, ComplexText, Orientation, SimpleText, TextHorizontalAlignment, TextOverflow, TextVerticalAlignment,
    TextWrap, TouchArea,
};
use i_slint_core::window::{WindowAdapter, WindowInner};
use slint::ComponentHandle;

use super::generated::App;

/// Rounding of layouts.
const SLACK_PX: f32 = 1.0;
/// Wider than any text, so that each paragraph is one line.
const ENDLESS_PX: f32 = 1.0e6;
/// What lies over a screen, as `ui/` calls it.
const OVER: &str = "Overlays";

/// Something on the glass, with its place in pixels.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Element {
    /// Name of the element in `ui/`, may be empty.
    pub id: String,
    /// Its component and those it is made of, the nearest first: `Hero`, `HeroTile`, `PressArea`.
    pub kinds: Vec<String>,
    /// What it says.
    pub label: String,
    /// Whether it is a button.
    pub button: bool,
    /// Whether it can be pressed now.
    pub enabled: bool,
    /// Whether it is switched on or chosen.
    pub checked: bool,
    /// Whether its text does not fit.
    pub truncated: bool,
    /// Whether it takes a finger, button or not.
    pub touch: bool,
    /// Whether it lies over the screen.
    pub over: bool,
    /// The button it stands on, as its place among the elements.
    pub on: Option<usize>,
    /// How it is set, if it is a text.
    pub text: Option<TextSetting>,
    /// Left edge.
    pub x: f32,
    /// Upper edge.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
}

/// How a text is set.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TextSetting {
    /// Size of the font in pixels.
    pub size_px: f32,
    /// From line to line in pixels.
    pub pitch_px: f32,
    /// Lines it takes.
    pub lines: u32,
    /// Whether it is bold.
    pub bold: bool,
    /// Whether it is slanted.
    pub italic: bool,
    /// Whether it may be cut with an ellipsis.
    pub elides: bool,
    /// Where its ink can be: left, top, width and height in pixels.
    pub ink: (f32, f32, f32, f32),
}

/// All visible texts, buttons, places for a finger and everything that says something, from back to front.
pub(super) fn elements(app: &App) -> Vec<Element> {
    let window = WindowInner::from_pub(app.window());
    let root = ItemRc::new_root(window.component());
    ensure_item_tree_instantiated(root.item_tree());
    let mut glass = Glass { adapter: window.window_adapter(), seen: Vec::new() };
    glass.walk(&root, None, false);
    glass.seen
}

struct Glass {
    adapter: Rc<dyn WindowAdapter>,
    seen: Vec<Element>,
}

impl Glass {
    fn walk(&mut self, parent: &ItemRc, on: Option<usize>, over: bool) {
        let mut next = parent.first_child();
        while let Some(item) = next {
            next = item.next_sibling();
            let mut on = on;
            let mut over = over;
            if item.is_visible() {
                let mut element = self.describe(&item);
                over = over || element.kinds.iter().any(|kind| kind == OVER);
                element.over = over;
                element.on = on;
                if element.button || element.touch || element.text.is_some() || !element.label.is_empty() {
                    self.seen.push(element);
                    on = self.seen.last().filter(|element| element.button).map(|_| self.seen.len() - 1).or(on);
                }
            }
            self.walk(&item, on, over);
        }
    }

    fn describe(&self, item: &ItemRc) -> Element {
        let size = item.geometry().size;
        let place = item.map_to_window(item.geometry().origin);
        let said = |what| item.accessible_string_property(what).map(String::from);
        let mut element = Element {
            label: said(Said::Label).unwrap_or_default(),
            button: item.accessible_role() == AccessibleRole::Button,
            enabled: said(Said::Enabled).is_none_or(|enabled| enabled == "true"),
            checked: said(Said::Checked).is_some_and(|checked| checked == "true"),
            touch: item.downcast::<TouchArea>().is_some_and(|area| area.as_pin_ref().enabled()),
            x: place.x,
            y: place.y,
            width: size.width,
            height: size.height,
            ..Element::default()
        };
        if let Some(names) = item.element_type_names_and_ids(0) {
            element.id = names.first().map(|(_, id)| id.to_string()).unwrap_or_default();
            element.kinds = names.into_iter().map(|(kind, _)| kind.to_string()).collect();
        }
        self.set(item, &mut element);
        element
    }

    /// Adds how a text is set, where it is one.
    fn set(&self, item: &ItemRc, element: &mut Element) {
        let (text, size_px, weight, no_wrap, across, along) = if let Some(complex) = item.downcast::<ComplexText>() {
            let complex = complex.as_pin_ref();
            let setting = element.text.get_or_insert_default();
            setting.italic = complex.font_italic();
            setting.elides = complex.overflow() == TextOverflow::Elide;
            let no_wrap = complex.wrap() == TextWrap::NoWrap;
            let (across, along) = (complex.horizontal_alignment(), complex.vertical_alignment());
            (complex.text(), complex.font_size(), complex.font_weight(), no_wrap, across, along)
        } else if let Some(simple) = item.downcast::<SimpleText>() {
            let simple = simple.as_pin_ref();
            let (across, along) = (simple.horizontal_alignment(), simple.vertical_alignment());
            (simple.text(), simple.font_size(), simple.font_weight(), true, across, along)
        } else {
            return;
        };
        if text.trim().is_empty() {
            element.text = None;
            return;
        }
        let asks = |orientation, across| item.borrow().as_ref().layout_info(orientation, across, &self.adapter, item);
        let paragraphs = text.lines().count().max(1) as f32;
        let pitch_px = asks(Orientation::Vertical, ENDLESS_PX).preferred / paragraphs;
        let (high, wide) = (asks(Orientation::Vertical, element.width), asks(Orientation::Horizontal, -1.0));
        let needs_px = if no_wrap { wide.preferred } else { wide.min };
        element.truncated = high.preferred > element.height + SLACK_PX || needs_px > element.width + SLACK_PX;
        let ink_width = wide.preferred.min(element.width);
        let ink_height = high.preferred.min(element.height);
        let x = element.x
            + match across {
                TextHorizontalAlignment::Center => (element.width - ink_width) / 2.0,
                TextHorizontalAlignment::Right | TextHorizontalAlignment::End => element.width - ink_width,
                _ => 0.0,
            };
        let y = element.y
            + match along {
                TextVerticalAlignment::Center => (element.height - ink_height) / 2.0,
                TextVerticalAlignment::Bottom => element.height - ink_height,
                _ => 0.0,
            };
        let setting = element.text.get_or_insert_default();
        setting.ink = (x, y, ink_width, ink_height);
        setting.size_px = size_px.get();
        setting.pitch_px = pitch_px;
        setting.lines = (high.preferred / pitch_px).round().max(1.0) as u32;
        setting.bold = weight >= 600;
        element.label = text.to_string();
    }
}
