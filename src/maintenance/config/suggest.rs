//! The key that was probably meant.

/// Farther apart than this many edits, two keys are not a slip of each other.
const EDITS_MAX: usize = 3;

/// From a parser's “unknown field `x`, expected one of `a`, `b`”: a sentence with the nearest of them, or nothing.
pub(super) fn nearest_key(message: &str) -> String {
    if !message.contains("unknown field") && !message.contains("unknown variant") {
        return String::new();
    }
    let mut quoted = message.split('`').skip(1).step_by(2);
    let Some(wrong) = quoted.next() else { return String::new() };
    let nearest = quoted.map(|key| (strsim::damerau_levenshtein(wrong, key), key)).min();
    match nearest {
        Some((edits, key)) if edits <= EDITS_MAX => format!("\ndid you mean `{key}`?"),
        _ => String::new(),
    }
}
