//! How words and digits get in without a keyboard: handwriting, pinyin, and how typed digits are grouped and checked.
//!
//! No screen, no session and no words for residents live here. What a person writes is wiped when it is dropped, never
//! learnt from and never logged. The one file ever read is the handwriting model.

pub mod digits;
pub mod handwriting;
pub mod pinyin;
