//! When to try again: pure rules. Transport never gives up; refusals lead to the slow lane.

use rand::{Rng, RngExt};

use crate::ledger::Lane;

/// The first wait is drawn from up to this.
pub const RETRY_DELAY_MS_BASE: u64 = 2_000;
/// No wait is shorter, whatever is drawn, so that nothing ever spins.
pub const RETRY_DELAY_MS_MIN: u64 = 250;
/// Waits in the normal lane grow no longer.
pub const RETRY_DELAY_MS_MAX: u64 = 10 * 60_000;
/// The first wait in the slow lane is drawn from up to this.
pub const SLOW_DELAY_MS_BASE: u64 = 10 * 60_000;
/// Waits in the slow lane grow no longer.
pub const SLOW_DELAY_MS_MAX: u64 = 6 * 3_600_000;
/// The refusal that sends a record to the slow lane.
pub const REFUSALS_MAX: u32 = 5;

/// The wait after the `failures`-th failure in a row: exponential with full jitter, so that a
/// hundred kiosks do not return at the same instant.
pub fn retry_delay_ms(failures: u32, rng: &mut impl Rng) -> u64 {
    jittered(RETRY_DELAY_MS_BASE, RETRY_DELAY_MS_MAX, failures.saturating_sub(1), rng)
}

/// The lane and the wait after a record's `refusals`-th refusal.
pub fn after_refusal(refusals: u32, rng: &mut impl Rng) -> (Lane, u64) {
    match refusals.checked_sub(REFUSALS_MAX) {
        None => (Lane::Normal, retry_delay_ms(refusals, rng)),
        Some(beyond) => (Lane::Slow, jittered(SLOW_DELAY_MS_BASE, SLOW_DELAY_MS_MAX, beyond, rng)),
    }
}

fn jittered(base: u64, ceiling: u64, doublings: u32, rng: &mut impl Rng) -> u64 {
    let window = base.saturating_mul(1_u64.checked_shl(doublings).unwrap_or(u64::MAX)).min(ceiling);
    rng.random_range(0..=window).max(RETRY_DELAY_MS_MIN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    fn longest_of_many(draw: impl Fn(&mut ChaCha8Rng) -> u64) -> u64 {
        let mut rng = ChaCha8Rng::seed_from_u64(7);
        (0..2_000).map(|_| draw(&mut rng)).max().unwrap()
    }

    #[test]
    fn the_window_doubles_up_to_its_ceiling() {
        for (failures, window) in
            [(1, 2_000), (2, 4_000), (5, 32_000), (10, 600_000), (64, 600_000), (u32::MAX, 600_000)]
        {
            let longest = longest_of_many(|rng| retry_delay_ms(failures, rng));
            assert!(longest <= window && longest > window * 9 / 10, "failure {failures}: {longest} of {window}");
        }
        for (refusals, window) in [(5, 600_000), (6, 1_200_000), (20, 21_600_000), (u32::MAX, 21_600_000)] {
            let longest = longest_of_many(|rng| after_refusal(refusals, rng).1);
            assert!(longest <= window && longest > window * 9 / 10, "refusal {refusals}: {longest} of {window}");
        }
    }

    proptest! {
        #[test]
        fn no_wait_is_too_short_or_too_long(failures: u32, seed: u64) {
            let mut rng = ChaCha8Rng::seed_from_u64(seed);
            prop_assert!((RETRY_DELAY_MS_MIN..=RETRY_DELAY_MS_MAX).contains(&retry_delay_ms(failures, &mut rng)));
            let (lane, wait) = after_refusal(failures, &mut rng);
            prop_assert_eq!(lane == Lane::Slow, failures >= REFUSALS_MAX);
            prop_assert!((RETRY_DELAY_MS_MIN..=SLOW_DELAY_MS_MAX).contains(&wait));
        }
    }
}
