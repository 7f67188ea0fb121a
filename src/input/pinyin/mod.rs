//! Pinyin: letters in, phrases to choose from out.
//!
//! The dictionary never changes: nothing is learnt from one resident for the next. No screen lives here and no list of
//! places; those are searched by whoever holds them.

mod composer;
mod lexicon;
mod names;
mod syllables;

pub use composer::{Composer, Field, LETTERS_MAX, PHRASES_MAX, Phrase};
pub use lexicon::Lexicon;
