//! A rating (好差评): five levels, a bad one needs a reason, one rating a matter.

use serde::{Deserialize, Serialize};

use super::indicator;

/// The five levels, kept by meaning because two opposite number scales are in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// 非常满意.
    VerySatisfied,
    /// 满意.
    Satisfied,
    /// 基本满意.
    FairlySatisfied,
    /// 不满意.
    Dissatisfied,
    /// 非常不满意.
    VeryDissatisfied,
}

impl Level {
    /// All levels, best first, in the order they are shown.
    pub const ALL: [Self; 5] =
        [Self::VerySatisfied, Self::Satisfied, Self::FairlySatisfied, Self::Dissatisfied, Self::VeryDissatisfied];

    /// The national interface's scale: 5 非常满意 … 1 非常不满意.
    pub fn national_code(self) -> u8 {
        5 - self as u8
    }

    /// GB/T 39046-2020 table A.8, the other way round: 1 非常满意 … 5 非常不满意.
    pub fn gbt_39046_code(self) -> u8 {
        self as u8 + 1
    }

    /// Whether this level needs a reason.
    pub fn needs_reason(self) -> bool {
        matches!(self, Self::Dissatisfied | Self::VeryDissatisfied)
    }
}

/// A rating that keeps the rules; it cannot be made otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rating {
    level: Level,
    reasons: Vec<u16>,
}

/// Which rule a rating breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RatingError {
    /// A bad level without a reason.
    #[error("a rating of the two lowest levels needs at least one reason")]
    ReasonMissing,
    /// A code that is retired, unknown or of another level.
    #[error("indicator {0} does not belong to this level")]
    ForeignIndicator(u16),
}

impl Rating {
    /// Checks that each reason is an indicator in use of this very level, and that a bad level has one.
    ///
    /// # Errors
    /// Names the broken rule.
    pub fn new(level: Level, mut reasons: Vec<u16>) -> Result<Self, RatingError> {
        reasons.sort_unstable();
        reasons.dedup();
        let digit = u16::from(level.national_code());
        if let Some(foreign) = reasons.iter().find(|code| **code / 100 != digit || indicator(**code).is_none()) {
            return Err(RatingError::ForeignIndicator(*foreign));
        }
        if level.needs_reason() && reasons.is_empty() {
            return Err(RatingError::ReasonMissing);
        }
        Ok(Self { level, reasons })
    }

    /// The level chosen.
    pub fn level(&self) -> Level {
        self.level
    }

    /// Indicator codes, ascending, without repeats.
    pub fn reasons(&self) -> &[u16] {
        &self.reasons
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::active_indicators;

    #[test]
    fn the_two_scales_run_against_each_other() {
        for level in Level::ALL {
            assert_eq!(level.national_code() + level.gbt_39046_code(), 6);
        }
        assert_eq!(Level::VerySatisfied.national_code(), 5);
    }

    #[test]
    fn a_bad_level_needs_a_reason_of_its_own() {
        use Level::*;
        assert_eq!(Rating::new(Dissatisfied, vec![]), Err(RatingError::ReasonMissing));
        assert_eq!(Rating::new(VeryDissatisfied, vec![214]), Err(RatingError::ForeignIndicator(214)));
        assert_eq!(Rating::new(VeryDissatisfied, vec![101]), Err(RatingError::ForeignIndicator(101)));
        assert!(Rating::new(VerySatisfied, vec![]).is_ok());
        let twice = Rating::new(Dissatisfied, vec![214, 213, 214]).unwrap();
        assert_eq!(twice.reasons(), &[213, 214]);
    }

    #[test]
    fn every_level_has_eight_indicators_in_use() {
        for level in Level::ALL {
            assert_eq!(active_indicators(level).count(), 8, "{level:?}");
        }
    }
}
