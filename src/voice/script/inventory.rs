//! Which group clips a Mandarin voice pack holds, and the sentences they are cut out of.
//!
//! A group said alone has the melody of a whole sentence, and amounts glued from such clips were
//! misheard; cut out of a running sentence they were not. So each comes with its carrier.

use std::collections::BTreeSet;

use super::chinese::{groups, measure};
use super::spelling::integer;
use super::{Segment, Unit};

/// A sentence to be spoken in one breath and cut apart; a piece with `wanted` becomes a clip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carrier {
    /// The pieces in order, digits in words.
    pub pieces: Vec<CarrierPiece>,
    /// Whether a prompt of today often says such a value; a pack may lack the others, which another voice says.
    pub needed: bool,
}

/// A piece of a carrier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarrierPiece {
    /// What is spoken, which is also the text of the clip.
    pub text: String,
    /// Whether it is cut out, or only carries the others.
    pub wanted: bool,
}

/// Years with clips; others stay with the caption or another voice.
const YEARS: std::ops::RangeInclusive<i16> = 1990..=2045;
const COUNT_MAX: u32 = 100;

/// All carriers of Mandarin group clips; every clip is wanted exactly once.
#[must_use]
pub fn carriers() -> Vec<Carrier> {
    let mut all: Vec<Carrier> = money().collect();
    let others = digits().chain(dates()).chain(counts()).chain(times());
    all.extend(others.map(|carrier| Carrier { needed: false, ..carrier }));
    once_each(all)
}

fn lead(text: &str) -> CarrierPiece {
    CarrierPiece { text: text.to_owned(), wanted: false }
}

fn wanted(text: impl Into<String>) -> CarrierPiece {
    CarrierPiece { text: text.into(), wanted: true }
}

/// With a pause before every group, so that none loses its first sound where it is cut.
fn paused(opening: &str, groups: Vec<String>) -> Carrier {
    let mut pieces = vec![lead(opening)];
    for group in groups {
        pieces.extend([lead("，"), wanted(group)]);
    }
    pieces.push(lead("。"));
    Carrier { pieces, needed: true }
}

/// What comes after the group begins with a closed mouth, so that the pause before it is silent.
fn stopped(before: &str, group: &str) -> Carrier {
    let pieces =
        [lead("还有"), lead("，"), lead(before), lead("，"), wanted(group), lead("，"), lead("停"), lead("。")];
    Carrier { pieces: pieces.into(), needed: true }
}

/// What amounts are counted out in: every digit before every unit. Six to a sentence, for more would run together.
fn money() -> impl Iterator<Item = Carrier> {
    const ROW: usize = 6;
    let digits = |unit: &'static str, two: &'static str| {
        (1..10).map(move |n| if n == 2 { format!("{two}{unit}") } else { format!("{}{unit}", integer(n)) })
    };
    let large = digits("千", "两").chain(digits("百", "二")).chain(digits("万", "两"));
    let small = digits("十", "二").chain(digits("元", "二"));
    let alone = ["两元", "十", "元", "零"].map(str::to_owned);
    let cents = digits("角", "两").chain(digits("分", "两"));
    // 二万 only behind a ten: 十二万.
    let rare = ["负", "二万", "万"].map(str::to_owned);
    let all: Vec<String> = large.chain(small).chain(alone).chain(cents).chain(rare).collect();
    let rows: Vec<Carrier> = all.chunks(ROW).map(|row| paused("还有", row.to_vec())).collect();
    // Before the rows they stand in as well: cut out in front of a vowel they ran into it.
    let tens = (2..10).map(|n| stopped("停", &format!("{}十", integer(n))));
    [stopped("三十", "十"), stopped("三元", "零")].into_iter().chain(tens).chain(rows)
}

/// Each digit in the middle of a row and not at its end, where the voice falls.
fn digits() -> impl Iterator<Item = Carrier> {
    const ROWS: [[&str; 4]; 5] = [
        ["三", "零", "五", "八"],
        ["六", "幺", "七", "二"],
        ["八", "四", "九", "零"],
        ["二", "七", "三", "六"],
        ["五", "九", "幺", "四"],
    ];
    ROWS.into_iter().map(|row| {
        let mut carrier = paused("电话是", row.map(String::from).to_vec());
        let end = carrier.pieces.pop();
        carrier.pieces.extend([lead("，"), lead("一二三")].into_iter().chain(end));
        carrier
    })
}

fn dates() -> impl Iterator<Item = Carrier> {
    let days = YEARS.enumerate().filter_map(|(nth, year)| {
        let nth = i8::try_from(nth).ok()?;
        let day = jiff::civil::Date::new(year, 1 + nth % 12, 1 + nth % 28).ok()?;
        Some(paused("日期是", groups(&Segment::Date(day))?))
    });
    let last_days = (29..=31).filter_map(|day| {
        let day = jiff::civil::Date::new(2026, 1, day).ok()?;
        Some(paused("日期是", groups(&Segment::Date(day))?))
    });
    days.chain(last_days).chain([paused("备案", vec!["长期有效".to_owned()])])
}

/// A number and its measure word belong together: no pause between them.
fn counted(number: String, unit: Unit) -> Carrier {
    let pieces =
        vec![lead("前面还有"), lead("，"), wanted(number), wanted(measure(unit)), lead("，"), lead("请稍等。")];
    Carrier { pieces, needed: true }
}

fn counts() -> impl Iterator<Item = Carrier> {
    let numbers =
        (0..=COUNT_MAX).zip(Unit::ALL.into_iter().cycle()).map(|(number, unit)| counted(integer(number), unit));
    numbers.chain([counted("两".to_owned(), Unit::Persons)])
}

fn times() -> impl Iterator<Item = Carrier> {
    (0..60).filter_map(|minute| {
        // Twenty-four hours and sixty minutes, each at least once.
        let time = jiff::civil::Time::new(minute % 24, minute, 0, 0).ok()?;
        Some(paused("时间是", groups(&Segment::Time(time))?))
    })
}

/// A clip that an earlier sentence gives only carries a later one; a sentence that gives none is not spoken.
fn once_each(all: Vec<Carrier>) -> Vec<Carrier> {
    let mut known = BTreeSet::new();
    let mut kept = Vec::with_capacity(all.len());
    for mut carrier in all {
        for piece in carrier.pieces.iter_mut().filter(|piece| piece.wanted) {
            piece.wanted = known.insert(piece.text.clone());
        }
        if carrier.pieces.iter().any(|piece| piece.wanted) {
            kept.push(carrier);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Fen;
    use jiff::civil::{Date, Time};
    use proptest::prelude::*;

    fn clips() -> Vec<String> {
        let pieces = carriers().into_iter().flat_map(|carrier| carrier.pieces);
        pieces.filter(|piece| piece.wanted).map(|piece| piece.text).collect()
    }

    /// Every group of the value has a clip.
    fn check(clips: &BTreeSet<String>, segment: &Segment) {
        for group in groups(segment).unwrap() {
            assert!(clips.contains(&group), "{group} has no clip");
        }
    }

    #[test]
    fn every_clip_is_cut_once() {
        let all = clips();
        let different: BTreeSet<&String> = all.iter().collect();
        assert_eq!(all.len(), different.len());
        assert!((300..900).contains(&all.len()), "{} clips", all.len());
    }

    #[test]
    fn every_day_time_count_and_number_has_its_clips() {
        let clips: BTreeSet<String> = clips().into_iter().collect();
        let mut day = Date::constant(*YEARS.start(), 1, 1);
        while day.year() <= *YEARS.end() {
            check(&clips, &Segment::Date(day));
            day = day.tomorrow().unwrap();
        }
        for minute in 0..1_440_i16 {
            let time = Time::midnight().saturating_add(jiff::Span::new().minutes(minute));
            check(&clips, &Segment::Time(time));
        }
        for (number, unit) in (0..=COUNT_MAX).flat_map(|number| Unit::ALL.map(|unit| (number, unit))) {
            check(&clips, &Segment::Count(number, unit));
        }
        check(&clips, &Segment::Digits("0123456789".to_owned()));
        check(&clips, &Segment::Unlimited);
    }

    #[test]
    fn every_small_amount_has_its_clips() {
        let clips: BTreeSet<String> = clips().into_iter().collect();
        for yuan in 0..2_200 {
            check(&clips, &Segment::Money(Fen(yuan * 100 + yuan % 100)));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn every_amount_below_a_million_yuan_has_its_clips(amounts in prop::collection::vec(-99_999_999i64..100_000_000, 200)) {
            let clips: BTreeSet<String> = clips().into_iter().collect();
            amounts.into_iter().for_each(|fen| check(&clips, &Segment::Money(Fen(fen))));
        }
    }
}
