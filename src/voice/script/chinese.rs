//! Values in Mandarin, in the groups people say them in: 一千二百｜三十四元｜五角六分. Each group is one clip.

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

/// The domain's own words for the amount, cut where a speaker takes a breath; nothing is counted a second time here.
fn money(amount: Fen) -> Vec<String> {
    let words = amount.in_chinese();
    let (sign, words) = words.strip_prefix('负').map_or(("", words.as_str()), |rest| ("负", rest));
    let (yuan, small) = words.split_once('元').map_or(("", words), |(yuan, small)| (yuan, small));
    let mut groups: Vec<String> = Vec::with_capacity(6);
    groups.extend((!sign.is_empty()).then(|| sign.to_owned()));
    let below = yuan.split_once('万').map_or(yuan, |(above, below)| {
        groups.extend(thousands(above, "万"));
        below
    });
    if words.contains('元') {
        groups.extend(thousands(below, "元"));
    }
    groups.extend((!small.is_empty()).then(|| small.to_owned()));
    groups
}

/// A number below ten thousand with its unit: the thousands and hundreds, then the tens and ones with the unit.
fn thousands(number: &str, unit: &str) -> Vec<String> {
    let mut head = number.rfind(['千', '百']).map_or(0, |at| at + '百'.len_utf8());
    // 一千零三十四 is breathed as 一千零｜三十四, but 一百零四 as 一百｜零四.
    let tail = number.get(head..).unwrap_or_default();
    let tens_after_zero = tail.strip_prefix('零').is_some_and(|tens| tens.contains('十'));
    if tens_after_zero && head > 0 {
        head += '零'.len_utf8();
    }
    let (high, low) = number.split_at(head);
    // 一万零｜三百: a zero before the hundreds stands alone.
    let leading = high
        .strip_prefix('零')
        .or_else(|| low.strip_prefix('零').filter(|tens| high.is_empty() && tens.contains('十')));
    let mut groups = Vec::with_capacity(3);
    match leading {
        Some(rest) if high.is_empty() => {
            groups.push("零".to_owned());
            groups.push(format!("{rest}{unit}"));
        }
        Some(rest) => {
            groups.push("零".to_owned());
            groups.push(rest.to_owned());
            groups.push(format!("{low}{unit}"));
        }
        None => {
            groups.extend((!high.is_empty()).then(|| high.to_owned()));
            groups.push(format!("{low}{unit}"));
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
        check(123_456, "一千二百｜三十四元｜五角六分");
        check(0, "零元");
        check(200, "两元");
        check(5, "五分");
        check(20, "两角");
        check(1_005, "十元｜零五分");
        check(1_050, "十元｜五角");
        check(10_000, "一百｜元");
        check(10_400, "一百｜零四元");
        check(11_400, "一百｜一十四元");
        check(100_400, "一千｜零四元");
        check(103_400, "一千零｜三十四元");
        check(222_222, "两千二百｜二十二元｜两角两分");
        check(2_000_000, "两万｜元");
        check(10_000_100, "十万｜零一元");
        check(1_003_400, "一万｜零｜三十四元");
        check(1_030_000, "一万｜零｜三百｜元");
        check(12_345_678, "十二万｜三千四百｜五十六元｜七角八分");
        check(-8_640, "负｜八十六元｜四角");
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
