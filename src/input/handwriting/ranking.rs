//! From the model's numbers to candidates in order. No image and no file lives here.

use super::labels::{Label, Twins};
use super::{CANDIDATES_MAX, Candidate};

/// As many labels are looked at before they are put in order; what is less likely would never be offered.
const LOOKED_AT: usize = 24;
/// A character outside GB 2312 must be this much likelier than one inside to stand before it. An order, not a filter: a
/// rare character of a name that is plainly written still comes first.
const RARE_FACTOR: f32 = 0.1;
/// The label that stands for the gap between characters.
const BLANK: usize = 0;

/// What the model gave: for every step from left to right, how likely each label is.
pub(super) struct Scores<'a> {
    /// Step by step, `label_count` numbers each.
    pub(super) values: &'a [f32],
    pub(super) label_count: usize,
}

impl<'a> Scores<'a> {
    fn steps(&self) -> impl Iterator<Item = &'a [f32]> {
        self.values.chunks_exact(self.label_count.max(1))
    }
}

/// One position, whatever the image holds. Empty when no label is a character.
pub(super) fn one_position(scores: &Scores<'_>, labels: &[Label], twins: &Twins) -> Vec<Candidate> {
    rank(&likeliest(scores.steps(), scores.label_count), labels, twins)
}

/// A position for every run of steps that agree on a label.
pub(super) fn positions(scores: &Scores<'_>, labels: &[Label], twins: &Twins) -> Vec<Vec<Candidate>> {
    let steps: Vec<&[f32]> = scores.steps().collect();
    let winners: Vec<usize> = steps.iter().map(|step| winner(step)).collect();
    let mut found = Vec::new();
    let mut start = 0;
    for run in winners.chunk_by(|a, b| a == b) {
        let end = start + run.len();
        if run[0] != BLANK {
            let best = likeliest(steps[start..end].iter().copied(), scores.label_count);
            found.push(rank(&best, labels, twins));
        }
        start = end;
    }
    found.retain(|candidates| !candidates.is_empty());
    found
}

fn winner(step: &[f32]) -> usize {
    step.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).map_or(BLANK, |(index, _)| index)
}

/// The highest number of every label over the steps.
fn likeliest<'a>(steps: impl Iterator<Item = &'a [f32]>, label_count: usize) -> Vec<f32> {
    let mut best = vec![0.0_f32; label_count];
    for step in steps {
        best.iter_mut().zip(step).for_each(|(high, value)| *high = high.max(*value));
    }
    best
}

fn rank(best: &[f32], labels: &[Label], twins: &Twins) -> Vec<Candidate> {
    let mut characters: Vec<(Label, f32)> = labels
        .iter()
        .copied()
        .zip(best.iter().copied())
        .filter(|(label, score)| *label != Label::Other && *score > 0.0)
        .collect();
    if characters.len() > LOOKED_AT {
        characters.select_nth_unstable_by(LOOKED_AT, |a, b| b.1.total_cmp(&a.1));
        characters.truncate(LOOKED_AT);
    }
    let mut candidates: Vec<Candidate> = Vec::with_capacity(2 * LOOKED_AT);
    for (label, score) in characters {
        match label {
            Label::Other => {}
            Label::Common(character) => add(&mut candidates, character, score),
            Label::Rare(character) => {
                // Whoever writes 黃 may mean 黄: today's form takes the likelihood of both and stands before it.
                if let Some(twin) = twins.simplified(character) {
                    add(&mut candidates, twin, score);
                }
                add(&mut candidates, character, score * RARE_FACTOR);
            }
        }
    }
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.character.cmp(&b.character)));
    candidates.truncate(CANDIDATES_MAX);
    candidates
}

fn add(candidates: &mut Vec<Candidate>, character: char, score: f32) {
    match candidates.iter_mut().find(|candidate| candidate.character == character) {
        Some(known) => known.score += score,
        None => candidates.push(Candidate { character, score }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Labels one character each, `_` for the blank; steps as lists of (label, likelihood).
    fn read(labels: &str, steps: &[&[(char, f32)]]) -> Vec<String> {
        let names: Vec<char> = labels.chars().collect();
        let labels: Vec<Label> = names.iter().map(|name| Label::of(&name.to_string())).collect();
        let mut values = vec![0.0; steps.len() * names.len()];
        for (row, step) in steps.iter().enumerate() {
            for (name, likelihood) in *step {
                values[row * names.len() + names.iter().position(|known| known == name).unwrap()] = *likelihood;
            }
        }
        let scores = Scores { values: &values, label_count: names.len() };
        let twins = Twins::new().unwrap();
        let text = |candidates: Vec<Candidate>| candidates.iter().map(|c| c.character).collect::<String>();
        let mut lines = vec![text(one_position(&scores, &labels, &twins))];
        lines.extend(positions(&scores, &labels, &twins).into_iter().map(text));
        lines
    }

    fn check_one(labels: &str, step: &[(char, f32)], candidates: &str) {
        assert_eq!(read(labels, &[step])[0], candidates, "{labels} {step:?}");
    }

    fn check_line(labels: &str, steps: &[&[(char, f32)]], positions: &[&str]) {
        assert_eq!(read(labels, steps)[1..], *positions, "{labels} {steps:?}");
    }

    #[test]
    fn likelier_comes_first_and_only_characters_are_offered() {
        check_one("_己已7", &[('_', 0.1), ('己', 0.2), ('已', 0.3), ('7', 0.4)], "已己");
        check_one("_7", &[('7', 0.9)], "");
    }

    #[test]
    fn the_simplified_twin_stands_before_the_traditional_one_even_when_the_model_left_it_out() {
        check_one("_黃黄", &[('黃', 0.9), ('黄', 0.05)], "黄黃");
        check_one("_陽", &[('陽', 0.9)], "阳陽");
    }

    #[test]
    fn a_rare_character_plainly_written_still_comes_first() {
        check_one("_喆吉", &[('喆', 0.9), ('吉', 0.05)], "喆吉");
        check_one("_喆吉", &[('喆', 0.5), ('吉', 0.4)], "吉喆");
    }

    #[test]
    fn no_more_than_fits_is_offered() {
        let labels = "_一二三四五六七八九十";
        let step: Vec<(char, f32)> = labels.chars().zip(1..).map(|(name, rank)| (name, 1.0 / rank as f32)).collect();
        check_one(labels, &step, "一二三四五六七八");
    }

    #[test]
    fn a_line_is_cut_at_blanks_and_where_the_winner_changes() {
        let one: &[(char, f32)] = &[('中', 0.8), ('申', 0.1)];
        let other: &[(char, f32)] = &[('国', 0.7)];
        let gap: &[(char, f32)] = &[('_', 0.9)];
        let mark: &[(char, f32)] = &[('7', 0.9), ('中', 0.01)];
        check_line("_中申国7", &[gap, one, one, gap, one, other, gap], &["中申", "中申", "国"]);
        check_line("_7", &[&[('7', 0.9)]], &[]);
        check_line("_中申国7", &[mark], &["中"]);
        check_line("_中", &[gap, gap], &[]);
    }

    #[test]
    fn numbers_that_do_not_fit_the_labels_harm_nobody() {
        let twins = Twins::new().unwrap();
        for (values, label_count) in [(&[][..], 0), (&[f32::NAN, f32::NAN][..], 2), (&[1.0, 1.0, 1.0][..], 2)] {
            let scores = Scores { values, label_count };
            assert!(one_position(&scores, &[Label::Other], &twins).is_empty());
            assert!(positions(&scores, &[Label::Other], &twins).is_empty());
        }
    }
}
