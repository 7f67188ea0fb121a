//! Each check is shown something bad it must see, and something good it must let pass.

use slint::{Rgba8Pixel, SharedPixelBuffer};

use crate::maintenance::config::Panel;
use crate::screen::{Element, TextSetting};
use crate::session::Modes;

use super::layout::{self, Sheet};
use super::pixels::{self, Picture, contrast};
use super::{Check, Setting, Violation};

fn setting(screen: &'static str, large_font: bool) -> Setting {
    Setting { screen, page: 0, panel: Panel::Portrait215, modes: Modes { large_font, ..Modes::default() } }
}

fn button(label: &str, x: f32, y: f32, width: f32, height: f32) -> Element {
    let kinds = vec!["Tile".to_owned()];
    Element { kinds, label: label.into(), button: true, enabled: true, x, y, width, height, ..Element::default() }
}

fn words(label: &str, y: f32, size_px: f32) -> Element {
    let (x, width, height) = (100.0, 800.0, 60.0);
    let ink = (x, y, width, height);
    let text = TextSetting { size_px, pitch_px: 1.45 * size_px, lines: 1, ink, ..TextSetting::default() };
    Element { label: label.into(), enabled: true, x, y, width, height, text: Some(text), ..Element::default() }
}

fn set(element: Element, change: impl FnOnce(&mut TextSetting)) -> Element {
    let mut element = element;
    change(element.text.as_mut().expect("a text"));
    element
}

fn kinds(found: Vec<Violation>) -> Vec<Check> {
    let mut kinds: Vec<Check> = found.into_iter().map(|violation| violation.check).collect();
    kinds.dedup();
    kinds
}

/// A screen with a way on and these.
fn laid_out(setting: Setting, elements: &[Element]) -> Vec<Check> {
    let way = button("下一步", 48.0, 1500.0, 900.0, 136.0);
    let elements: Vec<Element> = elements.iter().cloned().chain([way]).collect();
    kinds(layout::violations(&Sheet {
        setting,
        elements: &elements,
        caption: Some("请放身份证"),
        keys: &[],
        rtl: false,
    }))
}

#[test]
fn a_good_screen_passes() {
    let elements = [
        words("您要办什么事？", 200.0, 76.0),
        words("短", 300.0, 36.0),
        button("查余额", 48.0, 900.0, 480.0, 130.0),
        button("备案", 560.0, 900.0, 480.0, 130.0),
    ];
    assert_eq!(laid_out(setting("x", false), &elements), []);
}

#[test]
fn every_layout_check_sees_what_it_looks_for() {
    let usual = |label: &str, x, y| button(label, x, y, 480.0, 130.0);
    let check = |expected: Check, elements: &[Element]| {
        let found = laid_out(setting("x", false), elements);
        assert!(found.contains(&expected), "{expected:?} not among {found:?}");
    };
    check(Check::Glass, &[usual("a", 800.0, 900.0)]);
    check(Check::Fit, &[Element { truncated: true, ..words("a", 200.0, 36.0) }]);
    check(Check::Fit, &[usual("a", 48.0, 900.0), Element { on: Some(0), ..words("a", 1000.0, 36.0) }]);
    check(Check::Elision, &[set(words("a", 200.0, 36.0), |text| text.elides = true)]);
    check(Check::Italic, &[set(words("a", 200.0, 36.0), |text| text.italic = true)]);
    check(Check::Text, &[words("a", 200.0, 26.0)]);
    check(Check::Amount, &[words("¥1,234", 200.0, 40.0)]);
    check(Check::LineLength, &[words(&"长".repeat(31), 200.0, 25.0)]);
    let tight = |text: &mut TextSetting| (text.lines, text.pitch_px) = (2, 1.2 * text.size_px);
    check(Check::LineHeight, &[set(words("一句话，两行。", 200.0, 36.0), tight)]);
    check(Check::Target, &[button("a", 48.0, 900.0, 480.0, 50.0)]);
    check(Check::Gap, &[usual("a", 48.0, 900.0), usual("b", 536.0, 900.0)]);
    check(Check::Overlap, &[usual("a", 48.0, 900.0), usual("b", 500.0, 900.0)]);
    check(Check::TextOverlap, &[words("a", 200.0, 36.0), words("b", 220.0, 36.0)]);
    check(Check::TextOverlap, &[usual("a", 48.0, 900.0), words("b", 920.0, 36.0)]);
    check(Check::Caption, &[usual("a", 48.0, 900.0), words("请放身份证", 920.0, 36.0)]);
    check(Check::Reach, &[usual("a", 48.0, 300.0)]);
    check(Check::Label, &[usual(" ", 48.0, 900.0)]);
    check(Check::Label, &[Element { touch: true, ..words("", 300.0, 36.0) }].map(|e| Element { text: None, ..e }));
}

#[test]
fn low_reach_has_no_exceptions() {
    let key = Element { kinds: vec!["KeyButton".into()], ..button("a", 48.0, 300.0, 480.0, 130.0) };
    let usual = setting("x", false);
    assert_eq!(laid_out(usual, std::slice::from_ref(&key)), []);
    let low = Setting { modes: Modes { reach: true, ..usual.modes }, ..usual };
    assert_eq!(laid_out(low, &[key]), [Check::Low]);
}

#[test]
fn large_font_asks_for_more() {
    let check = |expected: Check, element: Element| {
        assert!(!laid_out(setting("x", false), std::slice::from_ref(&element)).contains(&expected));
        assert!(laid_out(setting("x", true), &[element]).contains(&expected), "{expected:?}");
    };
    check(Check::Target, button("a", 48.0, 900.0, 480.0, 70.0));
    check(Check::Text, words("a", 200.0, 33.0));
}

#[test]
fn a_first_screen_has_its_tiles_and_every_screen_a_way() {
    assert!(laid_out(setting("home", false), &[]).contains(&Check::Tiles));
    let sheet = Sheet { setting: setting("x", false), elements: &[], caption: None, keys: &[], rtl: false };
    assert_eq!(kinds(layout::violations(&sheet)), [Check::Way]);
}

#[test]
fn keys_that_jump_back_are_seen() {
    let check = |keys: &[&str], rtl: bool, good: bool| {
        let at = |label, x, y| button(label, x, y, 480.0, 130.0);
        let elements = [at("a", 48.0, 900.0), at("b", 48.0, 1100.0), at("c", 552.0, 1100.0)];
        let keys: Vec<String> = keys.iter().map(|key| (*key).to_owned()).collect();
        let sheet = Sheet { setting: setting("x", false), elements: &elements, caption: None, keys: &keys, rtl };
        let found = kinds(layout::violations(&sheet));
        assert_eq!(!found.contains(&Check::Order), good, "{keys:?} {found:?}");
    };
    check(&["a", "b", "c"], false, true);
    check(&["a", "on another page", "b"], false, true);
    check(&["b", "a"], false, false);
    check(&["c", "b"], false, false);
    check(&["a", "c", "b"], true, true);
    check(&["b", "c"], true, false);
}

#[test]
fn ratios_are_those_of_the_standard() {
    let check = |one, other, expected: f32| {
        let ratio = contrast(one, other);
        assert!((ratio - expected).abs() < 0.05, "{ratio}");
    };
    check([0, 0, 0], [255, 255, 255], 21.0);
    check([119, 119, 119], [255, 255, 255], 4.48);
    check([10, 79, 143], [255, 255, 255], 8.31);
}

/// A picture of one colour with rectangles of others: left, top, width, height.
fn drawn(ground: [u8; 3], parts: &[([u8; 3], [usize; 4])]) -> SharedPixelBuffer<Rgba8Pixel> {
    let pixel = |[r, g, b]: [u8; 3]| Rgba8Pixel { r, g, b, a: 255 };
    let mut picture = SharedPixelBuffer::<Rgba8Pixel>::new(400, 400);
    picture.make_mut_slice().fill(pixel(ground));
    for (colour, [x, y, width, height]) in parts {
        for row in *y..y + height {
            picture.make_mut_slice()[row * 400 + x..row * 400 + x + width].fill(pixel(*colour));
        }
    }
    picture
}

#[test]
fn every_check_of_pixels_sees_what_it_looks_for() {
    const PAPER: [u8; 3] = [246, 243, 236];
    const BLUE: [u8; 3] = [10, 79, 143];
    const GREY: [u8; 3] = [140, 140, 140];
    let seen = |elements: &[Element], picture: &SharedPixelBuffer<Rgba8Pixel>| {
        kinds(pixels::violations(&Picture { setting: setting("x", false), elements, pixels: picture }))
    };
    let text = set(words("字", 20.0, 36.0), |text| text.ink = (20.0, 20.0, 100.0, 40.0));
    let stroke = [40, 30, 4, 20];
    assert_eq!(seen(std::slice::from_ref(&text), &drawn(PAPER, &[(BLUE, stroke)])), []);
    assert_eq!(seen(std::slice::from_ref(&text), &drawn(PAPER, &[(GREY, stroke)])), [Check::TextContrast]);
    assert_eq!(seen(&[text], &drawn(PAPER, &[])), [Check::Ink]);
    let (one, other) = (button("a", 20.0, 100.0, 100.0, 80.0), button("b", 200.0, 100.0, 100.0, 80.0));
    let faces = |one, other| drawn(PAPER, &[(one, [20, 100, 100, 80]), (other, [200, 100, 100, 80])]);
    let both = [Element { checked: true, ..one }, other];
    assert_eq!(seen(&both, &faces(BLUE, GREY)), []);
    assert_eq!(seen(&both, &faces(BLUE, PAPER)), [Check::EdgeContrast]);
    // Red and blue of the same lightness.
    assert_eq!(seen(&both, &faces(BLUE, [140, 20, 20])), [Check::Greyscale]);
}
