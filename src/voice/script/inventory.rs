//! Which group clips a Mandarin voice pack holds, and the sentences they are cut out of.
//!
//! A group said alone has the melody of a whole sentence, and amounts glued from such clips were
//! misheard; cut out of a running sentence they were not. So each comes with its carrier.

use super::chinese::{groups, measure};
use super::spelling::integer;
use super::{Segment, Unit};
use crate::domain::Fen;

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
/// 100 万元 and more is said by no account; the groups of 万 end below.
const TEN_THOUSANDS_MAX: u32 = 99;

/// All carriers of Mandarin group clips; every clip is wanted exactly once.
#[must_use]
pub fn carriers() -> Vec<Carrier> {
    let mut all: Vec<Carrier> = money().chain(odd_money()).collect();
    let others = small_money().chain(digits()).chain(dates()).chain(counts()).chain(times());
    all.extend(others.map(|carrier| Carrier { needed: false, ..carrier }));
    once_each(all)
}

fn lead(text: &str) -> CarrierPiece {
    CarrierPiece { text: text.to_owned(), wanted: false }
}

fn wanted(text: impl Into<String>) -> CarrierPiece {
    CarrierPiece { text: text.into(), wanted: true }
}

fn carrier(opening: &str, groups: Vec<String>, ending: &str) -> Carrier {
    let mut pieces = vec![lead(opening)];
    pieces.extend(groups.into_iter().map(wanted));
    pieces.push(lead(ending));
    Carrier { pieces, needed: true }
}

fn amount(yuan: u32, fen: u32) -> Carrier {
    carrier("还有", groups(&Segment::Money(Fen(i64::from(yuan) * 100 + i64::from(fen)))).unwrap_or_default(), "。")
}

/// 十二万｜三千四百｜五十六元｜七角八分: four clips a sentence, so that 99 sentences give nearly all.
fn money() -> impl Iterator<Item = Carrier> {
    (1..=TEN_THOUSANDS_MAX).map(|nth| {
        // Multiplying by 37 strews the groups, so that neighbours differ in every part of the sentence.
        let strewn = |factor: u32| 1 + (nth * factor) % TEN_THOUSANDS_MAX;
        let hundreds = strewn(37);
        let tens = strewn(25);
        let high = if hundreds >= 10 { hundreds * 100 } else { hundreds * 1_000 };
        // Without hundreds the tens would want a zero before them, which is another group.
        let low = if hundreds.is_multiple_of(10) || hundreds < 10 || tens < 20 { 20 + nth % 80 } else { tens };
        amount(nth * 10_000 + high + low, strewn(13))
    })
}

/// What the large sentences do not have: amounts without ten thousands, and with zeros.
fn odd_money() -> impl Iterator<Item = Carrier> {
    let heads = (1..=9).map(|n| amount(n * 1_000 + n, 10 * n)).chain((1..=9).map(|n| amount(n * 1_000 + 10 + n, 50)));
    let hundreds = (1..=9).map(|n| amount(n * 100 + 10 + n, n)).chain((1..=9).map(|n| amount(n * 1_100, 60 + n)));
    let tails = (20..=99).map(|n| amount(3_800 + n, n));
    let high = (11..=99).filter(|n| n % 10 != 0).map(|n| amount(n * 100 + 65, 38));
    let cents = (1..=99).map(|fen| amount(86, fen));
    heads.chain(hundreds).chain(tails).chain(high).chain(cents)
}

/// Amounts below twenty yuan, whole hundreds and tens, and what is owed: hardly an account holds them.
fn small_money() -> impl Iterator<Item = Carrier> {
    let tens = (10..=19).map(|n| amount(n, 90 - n));
    let ones = (1..=9).map(|n| amount(n, 10 * n + n)).chain((1..=9).map(|n| amount(0, n)));
    let rest = [amount(0, 0), amount(710, 0), amount(30_400, 20), amount(800, 0)];
    let negative = std::iter::once(carrier("您的账户", vec!["负".to_owned()], "三十元五角。"));
    tens.chain(ones).chain(rest).chain(negative)
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
        let mut pieces = vec![lead("电话是")];
        pieces.extend(row.map(wanted));
        pieces.push(lead("一二三。"));
        Carrier { pieces, needed: true }
    })
}

fn dates() -> impl Iterator<Item = Carrier> {
    let days = YEARS.enumerate().filter_map(|(nth, year)| {
        let nth = i8::try_from(nth).ok()?;
        let day = jiff::civil::Date::new(year, 1 + nth % 12, 1 + nth % 28).ok()?;
        Some(carrier("日期是", groups(&Segment::Date(day))?, "。"))
    });
    let last_days = (29..=31).filter_map(|day| {
        let day = jiff::civil::Date::new(2026, 1, day).ok()?;
        Some(carrier("日期是", groups(&Segment::Date(day))?, "。"))
    });
    days.chain(last_days).chain([carrier("备案", vec!["长期有效".to_owned()], "。")])
}

fn counts() -> impl Iterator<Item = Carrier> {
    let counted = (0..=COUNT_MAX)
        .zip(Unit::ALL.into_iter().cycle())
        .map(|(number, unit)| carrier("前面还有", vec![integer(number), measure(unit).to_owned()], "，请稍等。"));
    counted.chain([carrier("前面还有", vec!["两".to_owned(), "位".to_owned()], "，请稍等。")])
}

fn times() -> impl Iterator<Item = Carrier> {
    (0..60).filter_map(|minute| {
        // Twenty-four hours and sixty minutes, each at least once.
        let time = jiff::civil::Time::new(minute % 24, minute, 0, 0).ok()?;
        Some(carrier("时间是", groups(&Segment::Time(time))?, "。"))
    })
}

/// A clip that an earlier sentence gives only carries a later one; a sentence that gives none is not spoken.
fn once_each(all: Vec<Carrier>) -> Vec<Carrier> {
    let mut known = std::collections::BTreeSet::new();
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
    use jiff::civil::{Date, Time};
    use proptest::prelude::*;
    use std::collections::BTreeSet;

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
        assert!((400..900).contains(&all.len()), "{} clips", all.len());
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
