//! What a seed stands for: who comes when and in what mood, and what goes wrong when.
//!
//! Every resident has a seed of their own, so that taking one out of a plan changes nothing for the others.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// The hall is open between these hours.
const OPENS_MS: u64 = 8 * HOUR_MS;
const CLOSES_MS: u64 = 17 * HOUR_MS;
const MINUTE_MS: u64 = 60_000;
const HOUR_MS: u64 = 60 * MINUTE_MS;
/// Length of a day.
pub(super) const DAY_MS: u64 = 24 * HOUR_MS;
/// Shortest and longest wait for the next arrival.
const ARRIVAL_MS: (u64, u64) = (1_000, 25 * MINUTE_MS);
/// How many different people come by.
pub(super) const PEOPLE: usize = 300;
const MISHAPS_A_DAY: (u32, u32) = (3, 10);

/// How somebody behaves at the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mood {
    /// Follows the screen to its end.
    Plain,
    /// Leaves in the middle.
    WalksAway,
    /// Presses whatever is there, fast.
    Mashes,
    /// Every press comes twice.
    DoubleTaps,
    /// Takes the card away while it is being read.
    TakesCardEarly,
    /// Leaves, and is back soon.
    ComesBack,
    /// Leaves the card behind.
    ForgetsCard,
}

const MOODS: [Mood; 10] = [
    Mood::Plain,
    Mood::Plain,
    Mood::Plain,
    Mood::Plain,
    Mood::WalksAway,
    Mood::Mashes,
    Mood::DoubleTaps,
    Mood::TakesCardEarly,
    Mood::ComesBack,
    Mood::ForgetsCard,
];

/// Somebody who comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Resident {
    pub at_ms: u64,
    pub seed: u64,
    pub person: usize,
    pub mood: Mood,
    pub by_voucher: bool,
}

/// Something that goes wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mishap {
    pub at_ms: u64,
    pub for_ms: u64,
    pub what: Harm,
}

/// What can go wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Harm {
    /// The rating system cannot be reached.
    ProvinceAway,
    /// The insurance platform cannot be reached.
    InsuranceAway,
    /// The power fails at once.
    PowerCut,
    /// The power fails in the middle of the ledger's next work, after so many disk operations.
    PowerCutInside(u32),
    /// The process is killed; the system stays up.
    Killed,
    /// The disk is full.
    DiskFull,
    /// So many out of a hundred writes and syncs fail.
    DiskErrors(u32),
    /// So many out of a hundred reads fail.
    DiskReadErrors(u32),
    /// Every sync takes so many milliseconds.
    DiskSlow(u64),
    /// The wall clock jumps by so many days, and back at the end.
    ClockJump(i32),
    /// The ID reader is unplugged.
    ReaderAway,
    /// The ID reader answers nothing.
    ReaderSilent,
    /// The ID reader's bytes come garbled.
    ReaderGarbled,
    /// The ID reader comes and goes every so many seconds.
    ReaderFlaps(u64),
    /// The scanner is unplugged.
    ScannerAway,
    /// The rating system refuses new matters.
    ProvinceRefuses,
}

/// A whole run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Plan {
    pub seed: u64,
    pub days: u32,
    pub residents: Vec<Resident>,
    pub mishaps: Vec<Mishap>,
}

impl Plan {
    /// What this seed stands for.
    pub fn of(seed: u64, days: u32) -> Self {
        let mut chance = ChaCha8Rng::seed_from_u64(seed);
        let mut plan = Self { seed, days, residents: Vec::new(), mishaps: Vec::new() };
        for day in 0..u64::from(days) {
            plan.add_residents(day * DAY_MS, &mut chance);
            plan.add_mishaps(day * DAY_MS, &mut chance);
        }
        plan
    }

    /// The same with the province away for so many days.
    pub fn with_outage(mut self, days: u32) -> Self {
        if days > 0 {
            let for_ms = u64::from(days) * DAY_MS;
            self.mishaps.retain(|mishap| mishap.what != Harm::ProvinceAway);
            self.mishaps.push(Mishap { at_ms: OPENS_MS, for_ms, what: Harm::ProvinceAway });
        }
        self
    }

    fn add_residents(&mut self, day_ms: u64, chance: &mut ChaCha8Rng) {
        let mut at_ms = day_ms + OPENS_MS;
        while at_ms < day_ms + CLOSES_MS {
            let resident = Resident {
                at_ms,
                seed: chance.random(),
                person: chance.random_range(0..PEOPLE),
                mood: MOODS[chance.random_range(0..MOODS.len())],
                by_voucher: chance.random_bool(0.25),
            };
            self.residents.push(resident);
            // One in five is the next in a queue and steps up as soon as there is room.
            at_ms += if chance.random_bool(0.2) { 0 } else { chance.random_range(ARRIVAL_MS.0..ARRIVAL_MS.1) };
        }
    }

    fn add_mishaps(&mut self, day_ms: u64, chance: &mut ChaCha8Rng) {
        for _ in 0..chance.random_range(MISHAPS_A_DAY.0..=MISHAPS_A_DAY.1) {
            let at_ms = day_ms + chance.random_range(OPENS_MS..CLOSES_MS);
            let (what, longest_ms) = harm(chance);
            self.mishaps.push(Mishap { at_ms, for_ms: chance.random_range(1_000..longest_ms), what });
        }
    }
}

/// Something that can go wrong and how long it lasts at most.
fn harm(chance: &mut ChaCha8Rng) -> (Harm, u64) {
    match chance.random_range(0..17) {
        0 => (Harm::ProvinceAway, 6 * HOUR_MS),
        1 => (Harm::InsuranceAway, HOUR_MS),
        2 => (Harm::PowerCut, 5 * MINUTE_MS),
        3..=5 => (Harm::PowerCutInside(chance.random_range(1..40)), 5 * MINUTE_MS),
        6 => (Harm::Killed, 10_000),
        7 => (Harm::DiskFull, 2 * HOUR_MS),
        8 => (Harm::DiskErrors(chance.random_range(5..80)), HOUR_MS),
        9 => (Harm::DiskSlow(chance.random_range(500..9_000)), HOUR_MS),
        10 => (Harm::ClockJump(if chance.random_bool(0.5) { 3_653 } else { -3_653 }), 3 * HOUR_MS),
        11 => (Harm::ReaderAway, 30 * MINUTE_MS),
        12 => (if chance.random_bool(0.5) { Harm::ReaderSilent } else { Harm::ReaderGarbled }, 10 * MINUTE_MS),
        13 => (Harm::ReaderFlaps(chance.random_range(2..150)), 30 * MINUTE_MS),
        14 => (Harm::ScannerAway, 30 * MINUTE_MS),
        15 => (Harm::DiskReadErrors(chance.random_range(1..60)), HOUR_MS),
        _ => (Harm::ProvinceRefuses, 3 * HOUR_MS),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_always_stands_for_the_same_plan() {
        assert_eq!(Plan::of(7, 2), Plan::of(7, 2));
        assert_ne!(Plan::of(7, 1).residents, Plan::of(8, 1).residents);
    }
}
