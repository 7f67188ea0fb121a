//! Values in Mandarin, in the groups people count them out in: 一千｜二百｜三十｜四元｜五角｜六分. Each group is one clip.

use jiff::civil;

use crate::domain::Fen;

use super::spelling::{digit_by_digit, integer};
use super::{Segment, Unit};

/// The groups of a value, in order; `None` for text, names and places, which are said as they stand.
pub(super) fn groups(segment: &Segment) -> Option<Vec<String>> {
    match segment {
        Segment::Money(amount) => Some(money(*amount)),
        Segment::Date(day) => Some(date(*day)),
        Segment::Unlimited => Some(vec!["长期有效".to_owned()]),
        Segment::Time(time) => Some(time_of_day(*time)),
        Segment::Count(number, unit) => Some(count(*number, *unit)),
        Segment::Digits(digits) => Some(digit_by_digit(digits).chars().map(String::from).collect()),
        Segment::Text(_) | Segment::Name(_) | Segment::Place(_) => None,
    }
}

/// The domain's own words for the amount, cut behind every unit, as a cashier counts it out; nothing is counted a second time here.
///
/// A zero stands alone, and so does a unit that has no digit of its own: 三千｜元.
fn money(amount: Fen) -> Vec<String> {
    let words = amount.in_chinese();
    let mut groups = Vec::with_capacity(12);
    let mut group = String::new();
    for character in words.chars() {
        group.push(character);
        if matches!(character, '负' | '零' | '十' | '百' | '千' | '万' | '元' | '角' | '分') {
            groups.push(std::mem::take(&mut group));
        }
    }
    groups
}

/// 二零二六年｜十一月｜二十一日. The year is said digit by digit, with 一 and not 幺.
fn date(day: civil::Date) -> Vec<String> {
    vec![
        format!("{}年", digit_by_digit(&day.year().to_string()).replace('幺', "一")),
        format!("{}月", integer(day.month().unsigned_abs().into())),
        format!("{}日", integer(day.day().unsigned_abs().into())),
    ]
}

/// 上午九点｜零五分, 下午两点, 中午十二点. The hour of the 12-hour clock, as it is said in a hall.
fn time_of_day(time: civil::Time) -> Vec<String> {
    let (hour, minute) = (u32::from(time.hour().unsigned_abs()), u32::from(time.minute().unsigned_abs()));
    let part = match hour {
        0..=5 => "凌晨",
        6..=11 => "上午",
        12 => "中午",
        13..=17 => "下午",
        _ => "晚上",
    };
    let on_the_dial = if hour > 12 { hour - 12 } else { hour };
    let mut groups = vec![format!("{part}{}点", counted(on_the_dial))];
    match minute {
        0 => {}
        1..=9 => groups.push(format!("零{}分", integer(minute))),
        30 => groups.push("半".to_owned()),
        _ => groups.push(format!("{}分", integer(minute))),
    }
    groups
}

/// 三十四｜位, 两｜分钟, but 二｜号: an ordinal never says 两.
fn count(number: u32, unit: Unit) -> Vec<String> {
    let number = if unit == Unit::Number { integer(number) } else { counted(number) };
    vec![number, measure(unit).to_owned()]
}

/// A number before a measure word: a lone 二 is said 两.
fn counted(number: u32) -> String {
    if number == 2 { "两".to_owned() } else { integer(number) }
}

/// The measure word of a unit.
pub(super) fn measure(unit: Unit) -> &'static str {
    match unit {
        Unit::Persons => "位",
        Unit::Things => "个",
        Unit::Days => "天",
        Unit::Minutes => "分钟",
        Unit::Seconds => "秒",
        Unit::Pages => "页",
        Unit::Number => "号",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date as day, time};

    fn check(segment: &Segment, said: &str) {
        assert_eq!(groups(segment).unwrap().join("｜"), said);
    }

    #[test]
    fn money_in_breaths() {
        let check = |fen: i64, said: &str| check(&Segment::Money(Fen(fen)), said);
        check(123_456, "一千｜二百｜三十｜四元｜五角｜六分");
        check(0, "零｜元");
        check(200, "两元");
        check(5, "五分");
        check(20, "两角");
        check(1_005, "十｜元｜零｜五分");
        check(1_050, "十｜元｜五角");
        check(10_000, "一百｜元");
        check(10_400, "一百｜零｜四元");
        check(11_400, "一百｜一十｜四元");
        check(100_400, "一千｜零｜四元");
        check(103_400, "一千｜零｜三十｜四元");
        check(222_222, "两千｜二百｜二十｜二元｜两角｜两分");
        check(2_000_000, "两万｜元");
        check(10_000_100, "十｜万｜零｜一元");
        check(1_003_400, "一万｜零｜三十｜四元");
        check(1_030_000, "一万｜零｜三百｜元");
        check(12_345_678, "十｜二万｜三千｜四百｜五十｜六元｜七角｜八分");
        check(-8_640, "负｜八十｜六元｜四角");
    }

    #[test]
    fn dates_times_and_no_end() {
        check(&Segment::Date(day(2026, 11, 21)), "二零二六年｜十一月｜二十一日");
        check(&Segment::Date(day(2011, 1, 2)), "二零一一年｜一月｜二日");
        check(&Segment::Unlimited, "长期有效");
        check(&Segment::Time(time(9, 5, 59, 0)), "上午九点｜零五分");
        check(&Segment::Time(time(14, 0, 0, 0)), "下午两点");
        check(&Segment::Time(time(12, 30, 0, 0)), "中午十二点｜半");
        check(&Segment::Time(time(2, 22, 0, 0)), "凌晨两点｜二十二分");
        check(&Segment::Time(time(20, 10, 0, 0)), "晚上八点｜十分");
    }

    #[test]
    fn counts_and_digits() {
        check(&Segment::Count(2, Unit::Persons), "两｜位");
        check(&Segment::Count(22, Unit::Minutes), "二十二｜分钟");
        check(&Segment::Count(12, Unit::Days), "十二｜天");
        check(&Segment::Count(2, Unit::Number), "二｜号");
        check(&Segment::Digits("12393".to_owned()), "幺｜二｜三｜九｜三");
        check(&Segment::Digits("0571-1201".to_owned()), "零｜五｜七｜幺｜幺｜二｜零｜幺");
    }
}
