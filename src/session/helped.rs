//! Who helped whom today, as salted digests that say nothing of either; forgotten with the day, and at a restart.
//!
//! That is on purpose: what outlives a restart would have to lie on the disk with a salt beside it, and eighteen digits
//! under a known salt are soon found out. Across machines only the platform can count anyhow.

use jiff::civil::Date;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::Rng;
use sha2::{Digest, Sha256};

use crate::domain::CertificateNumber;

/// More pairs than a kiosk serves in a day; beyond it nobody else is remembered.
const PAIRS_MAX: usize = 2_000;

/// Pairs of helper and relative.
#[derive(Debug, Default)]
pub(super) struct Helped {
    day: Option<Date>,
    salt: [u8; 16],
    pairs: Vec<([u8; 32], [u8; 32])>,
}

impl Helped {
    /// A new day begins with nobody helped and another salt.
    pub fn turn_to(&mut self, today: Date, chance: &mut ChaCha8Rng) {
        if self.day != Some(today) {
            self.day = Some(today);
            self.pairs.clear();
            chance.fill_bytes(&mut self.salt);
        }
    }

    /// Whether this relative is one of at most so many.
    pub fn may_help(&self, helper: Option<&CertificateNumber>, relative: &CertificateNumber, max: u8) -> bool {
        let (helper, relative) = self.pair(helper, relative);
        let of_helper = || self.pairs.iter().filter(|pair| pair.0 == helper);
        of_helper().any(|pair| pair.1 == relative) || of_helper().count() < usize::from(max)
    }

    pub fn note(&mut self, helper: Option<&CertificateNumber>, relative: &CertificateNumber) {
        let pair = self.pair(helper, relative);
        if self.pairs.len() < PAIRS_MAX && !self.pairs.contains(&pair) {
            self.pairs.push(pair);
        }
    }

    fn pair(&self, helper: Option<&CertificateNumber>, relative: &CertificateNumber) -> ([u8; 32], [u8; 32]) {
        let digest = |number: &str| Sha256::new().chain_update(self.salt).chain_update(number).finalize().into();
        (digest(helper.map_or("", CertificateNumber::expose)), digest(relative.expose()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use rand_chacha::rand_core::SeedableRng;

    #[test]
    fn so_many_relatives_a_day_and_the_same_one_again() {
        let people: Vec<_> = (0..4)
            .map(|i| CertificateNumber::complete(&format!("3710021948031500{i}")).unwrap())
            .map(|number| CertificateNumber::parse(&number).unwrap())
            .collect();
        let (helper, relatives) = people.split_first().unwrap();
        let mut chance = ChaCha8Rng::seed_from_u64(1);
        let mut helped = Helped::default();
        helped.turn_to(date(2026, 11, 22), &mut chance);
        for relative in &relatives[..2] {
            assert!(helped.may_help(Some(helper), relative, 2));
            helped.note(Some(helper), relative);
        }
        assert!(!helped.may_help(Some(helper), &relatives[2], 2));
        assert!(helped.may_help(Some(helper), &relatives[1], 2));
        assert!(helped.may_help(Some(&relatives[2]), &relatives[0], 2));
        helped.turn_to(date(2026, 11, 23), &mut chance);
        assert!(helped.may_help(Some(helper), &relatives[2], 2));
    }
}
