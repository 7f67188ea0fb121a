//! Finding a place or a hospital: the grid of places, the writing pad, and the door to the tables behind both.
//!
//! Both the filing and the hospital search stand on it.

mod finder;
mod grid;
mod pad;

pub(crate) use finder::{Spot, insured_area_name, name_of, prefecture, warm_up};
pub(crate) use grid::{Grid, GridMove};
pub(crate) use pad::{Pad, PadMove};
