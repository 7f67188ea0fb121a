//! What can be measured only on what was drawn: contrast of words and edges, ink, and what is left without colours.
//!
//! Ratios are those of WCAG 2.2: relative luminance of sRGB, (lighter + 0.05) / (darker + 0.05).

use slint::{Rgba8Pixel, SharedPixelBuffer};

use crate::screen::Element;
use crate::screen::floors::{EDGE_CONTRAST, TEXT_CONTRAST, TEXT_CONTRAST_HIGH};

use super::exceptions::excused;
use super::layout::name;
use super::{Check, Setting, Violation};

/// So far outside a button its surroundings are looked at, in pixels.
const OUTSIDE_PX: i32 = 4;
/// So deep inside it its edge and its fill are looked for, in pixels.
const EDGE_PX: i32 = 12;
/// Part of the drawn strokes that may be softer than what is measured: their rims.
const RIMS: f32 = 0.75;
/// A stroke and its ground differ by at least this ratio, or there is no stroke.
const STROKE: f32 = 1.3;
/// Something chosen differs from what is not by this ratio of light in part of its rim.
const LIGHT: f32 = 1.25;
/// In this part of it.
const LIGHT_PART: f32 = 0.15;

/// Shades light is told apart in.
const SHADES: usize = 4096;

/// A picture of a screen.
pub struct Picture<'a> {
    /// Which screen, for whom, on what.
    pub setting: Setting,
    /// What is on it, without what lies under something else.
    pub elements: &'a [Element],
    /// What was drawn.
    pub pixels: &'a SharedPixelBuffer<Rgba8Pixel>,
}

struct Look<'a> {
    picture: &'a Picture<'a>,
    light: Light,
}

/// Everything wrong with one picture.
pub fn violations(picture: &Picture<'_>) -> Vec<Violation> {
    let mut found = Vec::new();
    let high = picture.setting.modes.contrast;
    let picture = &Look { picture, light: Light::new() };
    for element in picture.elements {
        let alive = element.on.and_then(|on| picture.elements.get(on)).is_none_or(|button| button.enabled);
        if element.text.is_some() {
            let wanted = if high { TEXT_CONTRAST_HIGH } else { TEXT_CONTRAST };
            match picture.stroke_contrast(element) {
                None => picture.note(&mut found, Check::Ink, element, "no ink".into(), "letters".into()),
                Some(ratio) if alive && ratio < wanted => {
                    picture.ratio(&mut found, Check::TextContrast, element, ratio, wanted)
                }
                Some(_) => {}
            }
        }
        if element.button && element.enabled {
            let ratio = picture.edge_contrast(element);
            if ratio < EDGE_CONTRAST {
                picture.ratio(&mut found, Check::EdgeContrast, element, ratio, EDGE_CONTRAST);
            }
        }
    }
    picture.chosen(&mut found);
    found
}

impl<'a> std::ops::Deref for Look<'a> {
    type Target = Picture<'a>;

    fn deref(&self) -> &Picture<'a> {
        self.picture
    }
}

impl Look<'_> {
    fn note(&self, found: &mut Vec<Violation>, check: Check, element: &Element, measured: String, wanted: String) {
        if !excused(check, &self.setting, element) {
            found.push(Violation { setting: self.setting, check, element: name(element), measured, wanted });
        }
    }

    fn ratio(&self, found: &mut Vec<Violation>, check: Check, element: &Element, ratio: f32, wanted: f32) {
        self.note(found, check, element, format!("{ratio:.2}:1"), format!("{wanted}:1"));
    }

    fn at(&self, x: i32, y: i32) -> Option<[u8; 3]> {
        let (width, height) = (self.pixels.width() as i32, self.pixels.height() as i32);
        if x < 0 || y < 0 || x >= width || y >= height {
            return None;
        }
        let pixel = self.pixels.as_slice().get((y * width + x) as usize)?;
        Some([pixel.r, pixel.g, pixel.b])
    }

    /// Words against the commonest shade around them; none where nothing was drawn.
    fn stroke_contrast(&self, element: &Element) -> Option<f32> {
        let (x, y, width, height) = element.text.as_ref()?.ink;
        let mut shades = vec![0_u32; SHADES];
        for row in y as i32..(y + height) as i32 {
            for column in x as i32..(x + width) as i32 {
                if let Some(colour) = self.at(column, row) {
                    shades[(self.light.of(colour) * (SHADES - 1) as f32) as usize] += 1;
                }
            }
        }
        let ratio = |one: usize, other: usize| {
            let light = |shade: usize| shade as f32 / (SHADES - 1) as f32 + 0.05;
            light(one.max(other)) / light(one.min(other))
        };
        let (ground, _) = shades.iter().enumerate().max_by_key(|(_, count)| **count)?;
        let mut strokes: Vec<(f32, u32)> =
            shades.iter().enumerate().filter(|(_, n)| **n > 0).map(|(shade, n)| (ratio(shade, ground), *n)).collect();
        strokes.retain(|(ratio, _)| *ratio >= STROKE);
        strokes.sort_by(|one, other| one.0.total_cmp(&other.0));
        let all: u32 = strokes.iter().map(|(_, count)| count).sum();
        let mut passed = 0;
        strokes.into_iter().find_map(|(ratio, count)| {
            passed += count;
            (passed as f32 >= RIMS * all as f32).then_some(ratio)
        })
    }

    /// The edge or the fill against what is around it, on the weakest of the four sides.
    fn edge_contrast(&self, element: &Element) -> f32 {
        let (left, top) = (element.x.round() as i32, element.y.round() as i32);
        let (right, bottom) =
            ((element.x + element.width).round() as i32 - 1, (element.y + element.height).round() as i32 - 1);
        let (across, along) = ((left + right) / 2, (top + bottom) / 2);
        let side = |outside: (i32, i32), step: (i32, i32)| {
            let around = self.at(outside.0, outside.1)?;
            let inside = (1..=EDGE_PX + OUTSIDE_PX)
                .filter_map(|n| self.at(outside.0 + n * step.0, outside.1 + n * step.1))
                .map(|colour| self.light.contrast(colour, around));
            inside.max_by(f32::total_cmp)
        };
        let sides = [
            side((left - OUTSIDE_PX, along), (1, 0)),
            side((right + OUTSIDE_PX, along), (-1, 0)),
            side((across, top - OUTSIDE_PX), (0, 1)),
            side((across, bottom + OUTSIDE_PX), (0, -1)),
        ];
        sides.into_iter().flatten().min_by(f32::total_cmp).unwrap_or(0.0)
    }

    /// What is chosen beside what is not, by light alone.
    fn chosen(&self, found: &mut Vec<Violation>) {
        for one in self.elements.iter().filter(|element| element.button && element.checked) {
            let alike = |other: &&Element| {
                other.button
                    && !other.checked
                    && other.enabled == one.enabled
                    && other.kinds == one.kinds
                    && (other.width - one.width).abs() < 2.0
                    && (other.height - one.height).abs() < 2.0
            };
            let Some(other) = self.elements.iter().find(alike) else { continue };
            let differs = self.lights_apart(one, other);
            if differs < LIGHT_PART {
                let measured = format!("{:.0} % of its rim differs from {}", differs * 100.0, name(other));
                self.note(found, Check::Greyscale, one, measured, format!("{:.0} %", LIGHT_PART * 100.0));
            }
        }
    }

    /// The part of two rims that differs in light.
    fn lights_apart(&self, one: &Element, other: &Element) -> f32 {
        let (width, height) = (one.width as i32, one.height as i32);
        let rim = |x: &i32, y: &i32| *x < EDGE_PX || *y < EDGE_PX || *x >= width - EDGE_PX || *y >= height - EDGE_PX;
        let (mut all, mut apart) = (0, 0);
        for y in 0..height {
            for x in (0..width).filter(|x| rim(x, &y)) {
                let of = |element: &Element| self.at(element.x as i32 + x, element.y as i32 + y);
                if let (Some(a), Some(b)) = (of(one), of(other)) {
                    all += 1;
                    apart += u32::from(self.light.contrast(a, b) >= LIGHT);
                }
            }
        }
        apart as f32 / (all as f32).max(1.0)
    }
}

/// Light of a colour by the parts of its channels, worked out once.
struct Light([f32; 256]);

impl Light {
    fn new() -> Self {
        Self(std::array::from_fn(|part| {
            let part = part as f32 / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        }))
    }

    /// Relative luminance, 0 to 1.
    fn of(&self, [red, green, blue]: [u8; 3]) -> f32 {
        let part = |channel: u8| self.0[usize::from(channel)];
        0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue)
    }

    /// The ratio of two colours, 1 to 21.
    fn contrast(&self, one: [u8; 3], other: [u8; 3]) -> f32 {
        let (one, other) = (self.of(one), self.of(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }
}

/// The ratio of two colours, 1 to 21.
pub fn contrast(one: [u8; 3], other: [u8; 3]) -> f32 {
    Light::new().contrast(one, other)
}
