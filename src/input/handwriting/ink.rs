//! What a finger leaves on the pad: strokes of points. No pixels and no model live here.

use std::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop};

/// More strokes than this are not taken: twenty characters of twenty strokes.
pub const STROKES_MAX: usize = 400;
/// More points than this are not taken: half a minute of a panel that reports 240 times a second.
pub const POINTS_MAX: usize = 8_000;
/// A point nearer to the last one than this part of the pad's height adds nothing but work.
const STEP_MIN: f32 = 0.004;
/// The widest pad there is, as a multiple of its height.
const ASPECT_MAX: f32 = 20.0;

/// A point in units of the pad's height: x from 0 to the pad's aspect, y from 0 (top) to 1.
#[derive(Debug, Clone, Copy, PartialEq, Default, Zeroize)]
pub(super) struct Point {
    pub(super) x: f32,
    pub(super) y: f32,
}

/// The box around all ink, in units of the pad's height.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Bounds {
    pub(super) left: f32,
    pub(super) top: f32,
    pub(super) width: f32,
    pub(super) height: f32,
}

/// Strokes on a pad, in the order they were written. Wiped when dropped; debug output tells only how many.
#[derive(Clone, PartialEq, Zeroize, ZeroizeOnDrop)]
pub struct Ink {
    aspect: f32,
    strokes: Vec<Vec<Point>>,
    points: usize,
}

impl Ink {
    /// An empty pad. `aspect` is its width divided by its height, and is kept between 0.05 and 20.
    pub fn new(aspect: f32) -> Self {
        let aspect = if aspect.is_finite() { aspect.clamp(1.0 / ASPECT_MAX, ASPECT_MAX) } else { 1.0 };
        Self { aspect, strokes: Vec::new(), points: 0 }
    }

    /// The finger comes down. `x` and `y` are parts of the pad's width and height, 0 to 1 from the top left; what lies
    /// outside is drawn at the edge. Beyond [`STROKES_MAX`] strokes nothing more is taken.
    pub fn begin(&mut self, x: f32, y: f32) {
        if self.strokes.len() < STROKES_MAX && self.points < POINTS_MAX {
            let point = self.point(x, y);
            self.strokes.push(vec![point]);
            self.points += 1;
        }
    }

    /// The finger moves on. Without a stroke that began, this is the beginning of one.
    pub fn extend(&mut self, x: f32, y: f32) {
        let point = self.point(x, y);
        match self.strokes.last_mut() {
            None => self.begin(x, y),
            Some(stroke) if self.points < POINTS_MAX => {
                let is_far = stroke.last().is_none_or(|last| (point.x - last.x).hypot(point.y - last.y) >= STEP_MIN);
                if is_far {
                    stroke.push(point);
                    self.points += 1;
                }
            }
            Some(_) => {}
        }
    }

    /// Takes the last stroke back; whether there was one.
    pub fn undo(&mut self) -> bool {
        let Some(mut stroke) = self.strokes.pop() else { return false };
        self.points -= stroke.len();
        stroke.zeroize();
        true
    }

    /// Wipes the pad.
    pub fn clear(&mut self) {
        self.strokes.zeroize();
        self.points = 0;
    }

    /// Whether nothing is on the pad.
    pub fn is_empty(&self) -> bool {
        self.strokes.is_empty()
    }

    /// How many strokes are on the pad.
    pub fn stroke_count(&self) -> usize {
        self.strokes.len()
    }

    /// The strokes for drawing: each a list of points as parts of the pad's width and height.
    pub fn strokes(&self) -> impl Iterator<Item = impl Iterator<Item = (f32, f32)>> {
        self.strokes.iter().map(|stroke| stroke.iter().map(|point| (point.x / self.aspect, point.y)))
    }

    pub(super) fn lines(&self) -> &[Vec<Point>] {
        &self.strokes
    }

    /// `None` on an empty pad.
    pub(super) fn bounds(&self) -> Option<Bounds> {
        let points = || self.strokes.iter().flatten();
        let first = points().next()?;
        let (mut low, mut high) = (*first, *first);
        for point in points() {
            low = Point { x: low.x.min(point.x), y: low.y.min(point.y) };
            high = Point { x: high.x.max(point.x), y: high.y.max(point.y) };
        }
        Some(Bounds { left: low.x, top: low.y, width: high.x - low.x, height: high.y - low.y })
    }

    fn point(&self, x: f32, y: f32) -> Point {
        // A panel that reports nonsense must not poison the arithmetic; `clamp` would let NaN through.
        let part = |value: f32| if value.is_finite() { value.clamp(0.0, 1.0) } else { 0.0 };
        Point { x: part(x) * self.aspect, y: part(y) }
    }
}

impl fmt::Debug for Ink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ink({} strokes)", self.strokes.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ink(strokes: &[&[(f32, f32)]]) -> Ink {
        let mut ink = Ink::new(2.0);
        for stroke in strokes {
            let (first, rest) = stroke.split_first().unwrap();
            ink.begin(first.0, first.1);
            rest.iter().for_each(|(x, y)| ink.extend(*x, *y));
        }
        ink
    }

    fn check(strokes: &[&[(f32, f32)]], bounds: Option<(f32, f32, f32, f32)>) {
        let found = ink(strokes).bounds().map(|b| (b.left, b.top, b.width, b.height));
        assert_eq!(found, bounds, "{strokes:?}");
    }

    #[test]
    fn bounds_are_in_pad_heights() {
        check(&[], None);
        check(&[&[(0.5, 0.25)]], Some((1.0, 0.25, 0.0, 0.0)));
        check(&[&[(0.25, 0.0), (0.5, 0.5)], &[(0.75, 0.25)]], Some((0.5, 0.0, 1.0, 0.5)));
    }

    #[test]
    fn what_lies_outside_or_is_no_number_stays_on_the_pad() {
        check(&[&[(-3.0, 0.5), (7.0, 0.5)]], Some((0.0, 0.5, 2.0, 0.0)));
        check(&[&[(f32::NAN, 0.5), (f32::INFINITY, f32::NEG_INFINITY)]], Some((0.0, 0.0, 0.0, 0.5)));
        let mut odd = Ink::new(f32::NAN);
        odd.extend(1.0, 1.0);
        assert_eq!(odd.bounds().map(|b| b.left), Some(1.0));
    }

    #[test]
    fn undo_takes_one_stroke_and_clear_all() {
        let mut ink = ink(&[&[(0.1, 0.1), (0.2, 0.2)], &[(0.3, 0.3)]]);
        assert!(ink.undo());
        assert_eq!((ink.stroke_count(), ink.points), (1, 2));
        ink.clear();
        assert!(ink.is_empty() && !ink.undo() && ink.points == 0);
    }

    #[test]
    fn a_resting_finger_adds_no_points_and_no_hand_fills_the_memory() {
        let mut ink = ink(&[&[(0.5, 0.5); 50]]);
        assert_eq!(ink.points, 1);
        for round in 0..2 * POINTS_MAX {
            ink.extend((round % 2) as f32, 0.0);
            ink.begin(0.0, 0.0);
        }
        assert!(ink.points <= POINTS_MAX && ink.stroke_count() <= STROKES_MAX);
    }

    #[test]
    fn drawing_gets_back_what_was_written_and_debug_output_none_of_it() {
        let ink = ink(&[&[(0.25, 0.5), (0.5, 0.75)]]);
        let drawn: Vec<Vec<(f32, f32)>> = ink.strokes().map(Iterator::collect).collect();
        assert_eq!(drawn, [[(0.25, 0.5), (0.5, 0.75)]]);
        assert_eq!(format!("{ink:?}"), "Ink(1 strokes)");
    }
}
