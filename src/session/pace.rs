//! How fast and how loud the voice speaks, in the steps a resident presses through. No sound is made here.

/// How fast: a step between 0.7 and 1.2 of the pace of the recording.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pace {
    percent: u8,
}

impl Default for Pace {
    fn default() -> Self {
        Self::NORMAL
    }
}

impl Pace {
    /// The slowest.
    pub const SLOWEST: Self = Self { percent: 70 };
    /// As it was recorded.
    pub const NORMAL: Self = Self { percent: 100 };
    /// The fastest.
    pub const FASTEST: Self = Self { percent: 120 };
    /// All steps, the slowest first.
    pub const ALL: [Self; 4] = [Self::SLOWEST, Self { percent: 85 }, Self::NORMAL, Self::FASTEST];

    /// One step slower; the slowest stays.
    #[must_use]
    pub fn slower(self) -> Self {
        Self::ALL.into_iter().rev().find(|step| *step < self).unwrap_or(self)
    }

    /// One step faster; the fastest stays.
    #[must_use]
    pub fn faster(self) -> Self {
        Self::ALL.into_iter().find(|step| *step > self).unwrap_or(self)
    }

    /// How many samples so many become.
    pub(crate) fn length_of(self, samples: usize) -> usize {
        samples * 100 / usize::from(self.percent)
    }

    /// Which sample of the recording is heard at a sample of the new sound.
    pub(crate) fn place_of(self, sample: usize) -> usize {
        sample * usize::from(self.percent) / 100
    }
}

/// How loud: a step; each is about 4 dB from the next, which a listener just calls louder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Loudness {
    step: u8,
}

impl Default for Loudness {
    fn default() -> Self {
        Self::ALL[3]
    }
}

impl Loudness {
    /// All steps, the softest first.
    pub const ALL: [Self; 5] =
        [Self { step: 0 }, Self { step: 1 }, Self { step: 2 }, Self { step: 3 }, Self { step: 4 }];

    /// The step nearest to a volume in percent, such as the configured one.
    #[must_use]
    pub fn nearest(percent: u8) -> Self {
        let distance = |step: &Self| (step.volume() - f32::from(percent) / 100.0).abs();
        let nearest = Self::ALL.into_iter().min_by(|a, b| distance(a).total_cmp(&distance(b)));
        nearest.unwrap_or(Self { step: 2 })
    }

    /// One step louder; the loudest stays.
    #[must_use]
    pub fn louder(self) -> Self {
        Self::ALL.into_iter().find(|step| *step > self).unwrap_or(self)
    }

    /// One step softer; the softest stays, and is still heard.
    #[must_use]
    pub fn softer(self) -> Self {
        Self::ALL.into_iter().rev().find(|step| *step < self).unwrap_or(self)
    }

    /// The factor samples are multiplied by.
    #[must_use]
    pub fn volume(self) -> f32 {
        match self.step {
            0 => 0.16,
            1 => 0.25,
            2 => 0.40,
            3 => 0.63,
            _ => 1.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_end_at_both_ends() {
        let paces = |change: fn(Pace) -> Pace| (0..9).fold(Pace::NORMAL, |pace, _| change(pace));
        assert_eq!((paces(Pace::slower), paces(Pace::faster)), (Pace::SLOWEST, Pace::FASTEST));
        let louds = |change: fn(Loudness) -> Loudness| (0..9).fold(Loudness::nearest(40), |loud, _| change(loud));
        assert_eq!((louds(Loudness::louder).volume(), louds(Loudness::softer).volume()), (1.0, 0.16));
        assert_eq!(Pace::SLOWEST.faster().faster(), Pace::NORMAL);
    }

    #[test]
    fn the_configured_volume_is_a_step() {
        let check = |percent: u8, volume: f32| assert_eq!(Loudness::nearest(percent).volume(), volume);
        check(0, 0.16);
        check(60, 0.63);
        check(80, 0.63);
        check(100, 1.0);
    }
}
