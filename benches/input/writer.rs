//! A hand that writes: it moves, turns, stretches and shakes the strokes of printed characters, as its seed says.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use yibao_kiosk::input::handwriting::Ink;

use super::strokes::Glyph;

/// Points of a stroke are this far apart, in parts of the character's box.
const STEP: f32 = 0.02;
/// How much of a tremor is left at the next point.
const TREMOR_MEMORY: f32 = 0.6;
/// Between characters of a line, in parts of a character's box.
const GAP: f32 = 0.1;
const MARGIN: f32 = 0.1;

/// A kind of handwriting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hand {
    /// A steady hand.
    Neat,
    /// A trembling one.
    Shaky,
    /// A steady one that takes the strokes in another order and some of them backwards.
    OutOfOrder,
    /// One that leaves the finger on the glass between one in four strokes.
    Joined,
}

/// Standard deviations in parts of the box; the turn in degrees.
struct Habits {
    tremor: f32,
    shift: f32,
    turn: f32,
    size: f32,
    joined: f64,
}

impl Hand {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Neat, Self::Shaky, Self::OutOfOrder, Self::Joined];

    /// For the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Neat => "neat",
            Self::Shaky => "shaky",
            Self::OutOfOrder => "out of order",
            Self::Joined => "joined",
        }
    }

    fn habits(self) -> Habits {
        let neat = Habits { tremor: 0.004, shift: 0.012, turn: 2.5, size: 0.05, joined: 0.0 };
        match self {
            Self::Neat | Self::OutOfOrder => neat,
            Self::Shaky => Habits { tremor: 0.016, shift: 0.04, turn: 8.0, size: 0.14, joined: 0.0 },
            Self::Joined => Habits { joined: 0.25, ..neat },
        }
    }
}

/// Writes one sample.
pub struct Writer {
    random: ChaCha8Rng,
    hand: Hand,
    habits: Habits,
}

impl Writer {
    /// The same seed, hand, character and sample write the same.
    pub fn new(seed: u64, hand: Hand, character: char, sample: u64) -> Self {
        let mixed = [seed, hand as u64, u64::from(character), sample]
            .into_iter()
            .fold(0, |sum: u64, part| sum.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(part).rotate_left(23));
        Self { random: ChaCha8Rng::seed_from_u64(mixed), hand, habits: hand.habits() }
    }

    /// One character on a square pad.
    pub fn character(&mut self, glyph: &Glyph) -> Ink {
        self.line(std::slice::from_ref(glyph))
    }

    /// Characters side by side on a pad just wide enough.
    pub fn line(&mut self, glyphs: &[Glyph]) -> Ink {
        let pitch = 1.0 + GAP;
        let aspect = (glyphs.len() as f32 * pitch - GAP + 2.0 * MARGIN) / (1.0 + 2.0 * MARGIN);
        let mut ink = Ink::new(aspect);
        for (place, glyph) in glyphs.iter().enumerate() {
            let left = MARGIN + place as f32 * pitch;
            for stroke in self.write(glyph) {
                let put = |(x, y): (f32, f32)| {
                    ((left + x) / aspect / (1.0 + 2.0 * MARGIN), (MARGIN + y) / (1.0 + 2.0 * MARGIN))
                };
                let mut points = stroke.into_iter().map(put);
                if let Some((x, y)) = points.next() {
                    ink.begin(x, y);
                    points.for_each(|(x, y)| ink.extend(x, y));
                }
            }
        }
        ink
    }

    fn write(&mut self, glyph: &Glyph) -> Glyph {
        let mut strokes = glyph.clone();
        if self.hand == Hand::OutOfOrder {
            self.mix_up(&mut strokes);
        }
        let turn = (self.normal() * self.habits.turn).to_radians();
        let (wide, high) = (1.0 + self.normal() * self.habits.size, 1.0 + self.normal() * self.habits.size);
        let mut written: Glyph = Vec::new();
        for stroke in strokes {
            let stroke = self.draw(&stroke, turn, (wide, high));
            match written.last_mut() {
                Some(last) if self.random.random_bool(self.habits.joined) => {
                    let from = *last.last().unwrap_or(&stroke[0]);
                    last.extend(resampled(&[from, stroke[0]]));
                    last.extend(stroke);
                }
                _ => written.push(stroke),
            }
        }
        written
    }

    fn mix_up(&mut self, strokes: &mut Glyph) {
        for _ in 0..self.random.random_range(1..=3) {
            let one = self.random.random_range(0..strokes.len());
            let other = self.random.random_range(0..strokes.len());
            strokes.swap(one, other);
            if self.random.random_bool(0.5) {
                strokes[one].reverse();
            }
        }
    }

    fn draw(&mut self, stroke: &[(f32, f32)], turn: f32, (wide, high): (f32, f32)) -> Vec<(f32, f32)> {
        let shift = (self.normal() * self.habits.shift, self.normal() * self.habits.shift);
        let mut tremor = (0.0, 0.0);
        let fresh = self.habits.tremor * (1.0 - TREMOR_MEMORY * TREMOR_MEMORY).sqrt();
        let mut drawn = Vec::new();
        for (x, y) in resampled(stroke) {
            tremor.0 = TREMOR_MEMORY * tremor.0 + fresh * self.normal();
            tremor.1 = TREMOR_MEMORY * tremor.1 + fresh * self.normal();
            let (x, y) = ((x - 0.5) * wide, (y - 0.5) * high);
            let (x, y) = (x * turn.cos() - y * turn.sin(), x * turn.sin() + y * turn.cos());
            drawn.push((0.5 + x + shift.0 + tremor.0, 0.5 + y + shift.1 + tremor.1));
        }
        drawn
    }

    /// Near enough to the normal distribution: twelve even ones, less their mean.
    fn normal(&mut self) -> f32 {
        (0..12).map(|_| self.random.random::<f32>()).sum::<f32>() - 6.0
    }
}

/// Points at even steps along the stroke, both ends among them.
fn resampled(stroke: &[(f32, f32)]) -> Vec<(f32, f32)> {
    let mut points = Vec::new();
    for pair in stroke.windows(2) {
        let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
        let steps = ((x1 - x0).hypot(y1 - y0) / STEP).ceil().max(1.0) as u16;
        for step in 0..steps {
            let part = f32::from(step) / f32::from(steps);
            points.push((x0 + part * (x1 - x0), y0 + part * (y1 - y0)));
        }
    }
    points.extend(stroke.last());
    points
}
