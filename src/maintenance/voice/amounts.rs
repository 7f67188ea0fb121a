//! Random amounts as the kiosk says them, for a recogniser to find out whether every digit is heard.

use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

use crate::domain::Fen;
use crate::session::{Language, Prompt};
use crate::voice::{Script, Segment, Utterance};
use crate::words::{Words, script};

/// From single fen to the tens of thousands of yuan that accounts hold.
const DIGITS_MAX: u32 = 7;

/// An amount to be heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleAmount {
    /// The prompt that says it.
    pub utterance: Utterance,
    /// The amount alone, in words.
    pub said: String,
}

/// So many amounts in Mandarin: the same seed, the same amounts. Every length of number is as frequent as every other.
#[must_use]
pub fn sample_amounts(seed: u64, count: u32) -> Vec<SampleAmount> {
    let words = Words::new(Language::ZhCn);
    let mut chance = ChaCha8Rng::seed_from_u64(seed);
    let mut sample = |_| {
        let digits = chance.random_range(1..=DIGITS_MAX);
        let amount = Fen(chance.random_range(10_i64.pow(digits - 1)..10_i64.pow(digits)));
        let said = Script::filled(&crate::voice::place_of_value(0), &[(Segment::Money(amount), String::new())]);
        SampleAmount {
            utterance: Utterance::of(script(&words, &Prompt::Amount(amount)), Language::ZhCn),
            said: said.spoken(Language::ZhCn).to_string(),
        }
    };
    (0..count).map(&mut sample).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_amounts_of_all_lengths() {
        let amounts = sample_amounts(1, 200);
        assert_eq!(amounts, sample_amounts(1, 200));
        assert_ne!(amounts, sample_amounts(2, 200));
        for unit in ["分", "角", "元", "百", "千", "万"] {
            assert!(amounts.iter().any(|sample| sample.said.contains(unit)), "{unit}");
        }
    }
}
