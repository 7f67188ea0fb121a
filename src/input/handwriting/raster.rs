//! Ink to the grey image the model reads. Nothing here knows a character.
//!
//! The measures were found by trial on strokes of several hands: a character 36 pixels high in an image of 48, drawn with
//! a line of 2.6 pixels.

use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::ink::{Ink, Point};

/// Height of every image; the model takes no other.
pub(super) const HEIGHT_PX: usize = 48;
/// Width of the image of one character.
const CHARACTER_WIDTH_PX: usize = 80;
/// A character is drawn into a box of this size.
const BOX_PX: f32 = 36.0;
const LINE_PX: f32 = 2.6;
/// Strokes are followed in steps of this length.
const STEP_PX: f32 = 1.0;
/// So many steps on each side are averaged. On shaky hands this raises what is read at once from 83 to 91 in a hundred
/// characters and costs neat ones nothing (400 characters, none of them among those reported in docs/measurements.md).
const STEADY_REACH_STEPS: usize = 4;
/// White at both ends of a line of characters.
const MARGIN_PX: f32 = 22.0;
/// A line of some forty characters; more is squeezed.
const WIDTH_MAX_PX: f32 = 1_600.0;
/// In a line, a character is taken to be at least this part of the pad high, so that a lone 一 is not blown up.
const CHARACTER_PART_MIN: f32 = 0.3;
/// Ink smaller than this part of the pad is drawn no larger than a dot.
const DOT_PART: f32 = 0.02;

const WHITE: f32 = 1.0;
const BLACK: f32 = -1.0;

/// A grey image, row by row, 1 for white and -1 for black. Wiped when dropped.
#[derive(Zeroize, ZeroizeOnDrop)]
pub(super) struct Image {
    pub(super) width_px: usize,
    pub(super) pixels: Vec<f32>,
}

/// How ink is laid into an image.
#[derive(Clone, Copy)]
struct Placing {
    scale: f32,
    left: f32,
    top: f32,
}

impl Placing {
    fn of(self, point: Point) -> Point {
        Point { x: (point.x - self.left) * self.scale, y: (point.y - self.top) * self.scale }
    }
}

/// One character, scaled into its box and centred. `None` when nothing is written.
pub(super) fn draw_character(ink: &Ink) -> Option<Image> {
    let bounds = ink.bounds()?;
    let scale = BOX_PX / bounds.width.max(bounds.height).max(DOT_PART);
    let centred = |start: f32, length: f32, pixels: f32| start - (pixels / scale - length) / 2.0;
    let placing = Placing {
        scale,
        left: centred(bounds.left, bounds.width, CHARACTER_WIDTH_PX as f32),
        top: centred(bounds.top, bounds.height, HEIGHT_PX as f32),
    };
    Some(draw(ink, CHARACTER_WIDTH_PX, placing))
}

/// Several characters side by side, as high as the highest of them. `None` when nothing is written.
pub(super) fn draw_line(ink: &Ink) -> Option<Image> {
    let bounds = ink.bounds()?;
    let upright = BOX_PX / bounds.height.max(CHARACTER_PART_MIN);
    let scale = upright.min((WIDTH_MAX_PX - 2.0 * MARGIN_PX) / bounds.width.max(DOT_PART));
    let width_px = (bounds.width * scale + 2.0 * MARGIN_PX).ceil().max(CHARACTER_WIDTH_PX as f32);
    let placing = Placing {
        scale,
        left: bounds.left - (width_px / scale - bounds.width) / 2.0,
        top: bounds.top - (HEIGHT_PX as f32 / scale - bounds.height) / 2.0,
    };
    Some(draw(ink, width_px as usize, placing))
}

fn draw(ink: &Ink, width_px: usize, placing: Placing) -> Image {
    let mut image = Image { width_px, pixels: vec![WHITE; width_px * HEIGHT_PX] };
    for stroke in ink.lines() {
        let mut placed: Vec<Point> = stroke.iter().map(|point| placing.of(*point)).collect();
        let mut steady = steadied(&placed);
        if let [only] = steady.as_slice() {
            draw_segment(&mut image, *only, *only);
        }
        steady.windows(2).for_each(|pair| draw_segment(&mut image, pair[0], pair[1]));
        placed.zeroize();
        steady.zeroize();
    }
    image
}

/// The stroke without its tremor: points at even steps, each the mean of those around it. The ends stay where they are.
fn steadied(stroke: &[Point]) -> Vec<Point> {
    let even = Zeroizing::new(at_even_steps(stroke));
    let mean = |points: &[Point]| {
        let sum = points.iter().fold(Point::default(), |sum, point| Point { x: sum.x + point.x, y: sum.y + point.y });
        Point { x: sum.x / points.len() as f32, y: sum.y / points.len() as f32 }
    };
    let reach = |place: usize| STEADY_REACH_STEPS.min(place).min(even.len() - 1 - place);
    (0..even.len()).map(|place| mean(&even[place - reach(place)..=place + reach(place)])).collect()
}

/// Points along the stroke not more than a step apart, both ends among them.
fn at_even_steps(stroke: &[Point]) -> Vec<Point> {
    let mut points = Vec::new();
    for pair in stroke.windows(2) {
        let (dx, dy) = (pair[1].x - pair[0].x, pair[1].y - pair[0].y);
        let steps = (dx.hypot(dy) / STEP_PX).ceil().max(1.0);
        for step in 0..steps as u16 {
            let part = f32::from(step) / steps;
            points.push(Point { x: pair[0].x + part * dx, y: pair[0].y + part * dy });
        }
    }
    points.extend(stroke.last());
    points
}

/// A line with round ends, its edge softened over one pixel.
fn draw_segment(image: &mut Image, from: Point, to: Point) {
    let reach = LINE_PX / 2.0 + 1.0;
    let span = |a: f32, b: f32, end: usize| {
        let low = (a.min(b) - reach).floor().max(0.0) as usize;
        let high = (a.max(b) + reach).ceil().max(0.0) as usize;
        low..high.min(end)
    };
    for row in span(from.y, to.y, HEIGHT_PX) {
        for column in span(from.x, to.x, image.width_px) {
            let centre = Point { x: column as f32 + 0.5, y: row as f32 + 0.5 };
            let covered = (LINE_PX / 2.0 + 0.5 - distance(centre, from, to)).clamp(0.0, 1.0);
            let grey = WHITE + covered * (BLACK - WHITE);
            let pixel = &mut image.pixels[row * image.width_px + column];
            *pixel = pixel.min(grey);
        }
    }
}

/// From a point to the nearest one of a segment.
fn distance(point: Point, from: Point, to: Point) -> f32 {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let length_squared = dx * dx + dy * dy;
    let along = if length_squared > 0.0 {
        (((point.x - from.x) * dx + (point.y - from.y) * dy) / length_squared).clamp(0.0, 1.0)
    } else {
        0.0
    };
    (point.x - from.x - along * dx).hypot(point.y - from.y - along * dy)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ink(aspect: f32, strokes: &[&[(f32, f32)]]) -> Ink {
        let mut ink = Ink::new(aspect);
        for stroke in strokes {
            ink.begin(stroke[0].0, stroke[0].1);
            stroke[1..].iter().for_each(|(x, y)| ink.extend(*x, *y));
        }
        ink
    }

    /// Columns and rows from the first to the last with something dark in them.
    fn dark(image: &Image) -> (std::ops::Range<usize>, std::ops::Range<usize>) {
        let is_dark = |index: &usize| image.pixels[*index] < 0.0;
        let dark: Vec<usize> = (0..image.pixels.len()).filter(is_dark).collect();
        let columns = || dark.iter().map(|index| index % image.width_px);
        let rows = || dark.iter().map(|index| index / image.width_px);
        (columns().min().unwrap()..columns().max().unwrap() + 1, rows().min().unwrap()..rows().max().unwrap() + 1)
    }

    fn check_character(strokes: &[&[(f32, f32)]], columns: std::ops::Range<usize>, rows: std::ops::Range<usize>) {
        let image = draw_character(&ink(1.0, strokes)).unwrap();
        assert_eq!((image.width_px, image.pixels.len()), (CHARACTER_WIDTH_PX, CHARACTER_WIDTH_PX * HEIGHT_PX));
        assert_eq!(dark(&image), (columns, rows), "{strokes:?}");
    }

    #[test]
    fn a_character_fills_its_box_wherever_it_was_written() {
        // 36 pixels and half a line on both sides, in the middle of 80 by 48.
        check_character(&[&[(0.0, 0.0), (1.0, 1.0)]], 21..59, 5..43);
        check_character(&[&[(0.6, 0.7), (0.7, 0.8)]], 21..59, 5..43);
        check_character(&[&[(0.2, 0.5), (0.8, 0.5)]], 21..59, 23..25);
    }

    #[test]
    fn a_dot_stays_a_dot() {
        check_character(&[&[(0.5, 0.5)]], 39..41, 23..25);
    }

    #[test]
    fn a_trembling_line_is_steadied_and_its_ends_stay() {
        let trembling: Vec<Point> =
            (0..=30_u8).map(|place| Point { x: f32::from(place), y: f32::from(place % 2) * 2.0 }).collect();
        let steady = steadied(&trembling);
        let strays = steady.iter().map(|point| (point.y - 1.0).abs());
        assert!(strays.skip(6).take(steady.len() - 12).all(|stray| stray < 0.5), "{steady:?}");
        assert_eq!((steady.first(), steady.last()), (trembling.first(), trembling.last()));
        assert_eq!((steadied(&[]), steadied(&trembling[..1])), (Vec::new(), trembling[..1].to_vec()));
    }

    #[test]
    fn a_line_is_as_wide_as_its_ink_and_never_too_wide() {
        let width = |aspect, strokes: &[&[(f32, f32)]]| draw_line(&ink(aspect, strokes)).map(|image| image.width_px);
        assert_eq!(width(4.0, &[]), None);
        assert_eq!(width(4.0, &[&[(0.0, 0.0), (1.0, 1.0)]]), Some(4 * 36 + 44));
        assert_eq!(width(1.0, &[&[(0.5, 0.0), (0.5, 1.0)]]), Some(80));
        assert_eq!(width(20.0, &[&[(0.0, 0.0), (1.0, 0.01)]]), Some(1_600));
    }
}
