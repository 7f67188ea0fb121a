//! A failing plan made small: residents and mishaps are taken out as long as the same promise breaks.

use super::plan::Plan;
use super::run::{Failure, Sabotage, SimulationError, live};

/// So many runs at most; a day takes a fraction of a second.
const RUNS_MAX: u32 = 200;

/// The failure with the fewest residents and mishaps found that still break the same promise.
pub(super) fn shrink(mut plan: Plan, mut failure: Failure, sabotage: Sabotage) -> Result<Failure, SimulationError> {
    let mut runs = 0;
    let mut size = plan.residents.len().max(plan.mishaps.len());
    while size > 0 && runs < RUNS_MAX {
        let mut smaller = None;
        for candidate in candidates(&plan, size) {
            runs += 1;
            let again = live(candidate.clone(), sabotage)?.failure;
            if let Some(again) = again.filter(|again| again.promise == failure.promise) {
                smaller = Some((candidate, again));
                break;
            }
            if runs >= RUNS_MAX {
                break;
            }
        }
        match smaller {
            Some((candidate, again)) => (plan, failure) = (candidate, again),
            None => size /= 2,
        }
    }
    failure.enough = Some(format!("{:#?}\n{:#?}", plan.residents, plan.mishaps));
    Ok(failure)
}

/// The plan without one stretch of this size, at every place, first of the mishaps and then of the residents.
fn candidates(plan: &Plan, size: usize) -> Vec<Plan> {
    let mishaps = (0..plan.mishaps.len()).step_by(size).map(|from| {
        let mut smaller = plan.clone();
        smaller.mishaps.drain(from..(from + size).min(plan.mishaps.len()));
        smaller
    });
    let residents = (0..plan.residents.len()).step_by(size).map(|from| {
        let mut smaller = plan.clone();
        smaller.residents.drain(from..(from + size).min(plan.residents.len()));
        smaller
    });
    mishaps.chain(residents).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_day_shrinks_to_one_resident() {
        let (sabotage, days) = (Sabotage::DropsAcknowledged, 1);
        let plan = Plan::of(3, days);
        let failure = live(plan.clone(), sabotage).unwrap().failure.unwrap();
        let small = shrink(plan, failure.clone(), sabotage).unwrap();
        assert_eq!(small.promise, failure.promise);
        assert_eq!(small.enough.unwrap().matches("Resident {").count(), 1);
    }
}
