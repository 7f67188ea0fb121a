//! Where letters can be cut into syllables. No dictionary of words lives here.

use inputx_pinyin::{FuzzyConfig, is_valid_syllable};
use zeroize::Zeroizing;

/// Letters of the longest syllable, such as zhuang.
const SYLLABLE_LETTERS_MAX: usize = 6;
/// As many ways to hear a word are tried.
const VARIANTS_MAX: usize = 64;
/// What many people from the south, and many old people, do not tell apart.
const HEARD_ALIKE: FuzzyConfig = FuzzyConfig {
    z_zh: true,
    c_ch: true,
    s_sh: true,
    n_l: true,
    f_h: false,
    r_l: false,
    in_ing: true,
    en_eng: true,
    an_ang: true,
};

/// The ends of whole syllables: every place up to which the letters can be cut, with the start of the last syllable of
/// the cut with the fewest. Letters are ASCII.
fn cuts(letters: &str) -> Vec<Option<(usize, usize)>> {
    // By place: how many syllables lead there, and where the last of them begins.
    let mut cuts: Vec<Option<(usize, usize)>> = vec![None; letters.len() + 1];
    cuts[0] = Some((0, 0));
    for start in 0..letters.len() {
        let Some((count, _)) = cuts[start] else { continue };
        for end in start + 1..=(start + SYLLABLE_LETTERS_MAX).min(letters.len()) {
            let is_fewer = cuts[end].is_none_or(|(known, _)| count + 1 < known);
            if is_fewer && is_valid_syllable(&letters[start..end]) {
                cuts[end] = Some((count + 1, start));
            }
        }
    }
    cuts
}

/// Every number of letters, longest first, that makes whole syllables and leaves letters a syllable can begin with.
pub(super) fn heads(letters: &str) -> Vec<usize> {
    let cuts = cuts(letters);
    let is_cut =
        |end: &usize| cuts[*end].is_some() && !matches!(letters.as_bytes().get(*end), Some(b'i' | b'u' | b'v'));
    (1..cuts.len()).rev().filter(is_cut).collect()
}

/// The syllables of the longest head, and the letters left over.
pub(super) fn split(letters: &str) -> (Vec<&str>, &str) {
    let cuts = cuts(letters);
    let end = (0..cuts.len()).rev().find(|end| cuts[*end].is_some()).unwrap_or(0);
    let mut syllables = Vec::new();
    let mut place = end;
    while place > 0 {
        let Some((_, start)) = cuts[place] else { break };
        syllables.push(&letters[start..place]);
        place = start;
    }
    syllables.reverse();
    (syllables, &letters[end..])
}

/// The letters with a space between syllables, as a candidate bar shows them.
pub(super) fn spaced(letters: &str) -> Zeroizing<String> {
    let (mut parts, rest) = split(letters);
    if !rest.is_empty() {
        parts.push(rest);
    }
    let mut out = Zeroizing::new(String::with_capacity(2 * letters.len()));
    for (place, part) in parts.iter().enumerate() {
        if place > 0 {
            out.push(' ');
        }
        out.push_str(part);
    }
    out
}

/// Other spellings that sound alike to many: z and zh, n and l, in and ing. Without the letters themselves, and empty for
/// one syllable, where its own characters fill the pages already.
pub(super) fn heard_alike(letters: &str) -> Vec<Zeroizing<String>> {
    let (syllables, rest) = split(letters);
    if syllables.len() < 2 || !rest.is_empty() {
        return Vec::new();
    }
    let mut variants = vec![Zeroizing::new(String::new())];
    for syllable in syllables {
        let spellings: Vec<String> =
            HEARD_ALIKE.expand(syllable).into_iter().filter(|spelling| is_valid_syllable(spelling)).collect();
        let longer = variants.iter().flat_map(|variant| {
            spellings.iter().map(move |spelling| Zeroizing::new([variant.as_str(), spelling].concat()))
        });
        variants = longer.take(VARIANTS_MAX).collect();
    }
    variants.retain(|variant| variant.as_str() != letters);
    variants
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(letters: &str, shown: &str, ends: &[usize]) {
        assert_eq!((spaced(letters).as_str(), heads(letters).as_slice()), (shown, ends), "{letters}");
    }

    #[test]
    fn cuts_letters_into_the_fewest_syllables() {
        check("", "", &[]);
        check("zhong", "zhong", &[5]);
        check("beijing", "bei jing", &[7, 6, 5, 3]);
        check("xian", "xian", &[4, 3, 2]);
        check("guilan", "gui lan", &[6, 5, 3]);
        check("beijingsh", "bei jing sh", &[7, 6, 5, 3]);
        check("vvv", "vvv", &[]);
    }

    #[test]
    fn long_letters_that_can_be_cut_in_very_many_ways_are_cut_at_once() {
        let letters = "ao".repeat(15);
        assert_eq!(split(&letters).0.len(), 15);
    }

    #[test]
    fn hears_what_many_do_not_tell_apart() {
        let heard = |letters| heard_alike(letters).iter().map(|variant| variant.to_string()).collect::<Vec<_>>();
        assert!(heard("zongguo").contains(&"zhongguo".to_owned()));
        assert!(heard("lanjin").contains(&"nanjin".to_owned()));
        assert_eq!(heard("zong"), Vec::<String>::new());
        assert!(heard(&"zhen".repeat(7)).len() <= VARIANTS_MAX);
    }
}
