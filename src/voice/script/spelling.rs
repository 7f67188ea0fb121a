//! Fixed texts on their way to sound: the text a clip is found by, and the same with its digits in words.

use chinese_number::{ChineseCase, ChineseCountMethod, ChineseVariant, NumberToChinese};

/// From this many digits in a row on they are a number to dial or to show, not a quantity.
const DIALLED_DIGITS_MIN: usize = 3;
const DIGITS: [&str; 10] = ["零", "幺", "二", "三", "四", "五", "六", "七", "八", "九"];

/// The text by which a clip is found: line breaks, joiners and what stands before the first word taken out.
///
/// Line breaks of a title fall where its lines end; they are nothing to say. In English they are blanks.
#[must_use]
pub fn clip_text(shown: &str) -> String {
    let mut text = String::with_capacity(shown.len());
    let mut characters = shown.trim().chars().filter(|c| *c != '\u{2060}').peekable();
    while let Some(character) = characters.next() {
        if !character.is_whitespace() {
            text.push(character);
        } else if text.ends_with(latin) && characters.peek().copied().is_some_and(latin) {
            text.push(' ');
        }
    }
    text.trim_start_matches(|c: char| !opens_speech(c)).to_owned()
}

fn latin(character: char) -> bool {
    character.is_ascii_graphic()
}

fn opens_speech(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '“' | '"' | '《')
}

/// A row of digits as one says it to somebody who dials: 幺二三九三.
#[must_use]
pub fn digit_by_digit(digits: &str) -> String {
    digits.chars().filter_map(|digit| DIGITS.get(digit.to_digit(10)? as usize)).copied().collect()
}

/// A Chinese text with its digits in characters: short rows as a number, long ones digit by digit.
///
/// Only for fixed texts of the catalogue, whose digits somebody wrote there: months, steps, 12393. A value never comes this way.
#[must_use]
pub fn spell_out(text: &str) -> String {
    let mut spelled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at(start);
        let end = from.find(|c: char| !c.is_ascii_digit()).unwrap_or(from.len());
        let (row, after) = from.split_at(end);
        spelled.push_str(before);
        spelled.push_str(&row_in_words(row));
        rest = after;
    }
    spelled.push_str(rest);
    spelled
}

fn row_in_words(row: &str) -> String {
    match row.parse::<u32>() {
        Ok(number) if row.len() < DIALLED_DIGITS_MIN => integer(number),
        _ => digit_by_digit(row),
    }
}

/// A whole number as it is counted: 三十四, 一百零五.
pub(super) fn integer(number: u32) -> String {
    number
        .to_chinese(ChineseVariant::Simple, ChineseCase::Lower, ChineseCountMethod::TenThousand)
        .unwrap_or_else(|_| digit_by_digit(&number.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clip_is_found_by_what_is_said() {
        let check = |shown: &str, text: &str| assert_eq!(clip_text(shown), text);
        check("您好，\n今天想办什么事？", "您好，今天想办什么事？");
        check("这次办事，您\u{2060}满\u{2060}意\u{2060}吗？", "这次办事，您满意吗？");
        check("，然后按“是我”。", "然后按“是我”。");
        check("“是我”", "“是我”");
        check("有事打 12393，\n全国都是这个号", "有事打12393，全国都是这个号");
        check("Hello.\nWhat would you like?", "Hello. What would you like?");
        check("。", "");
    }

    #[test]
    fn digits_of_a_fixed_text_are_numbers_or_dialled() {
        let check = |text: &str, spelled: &str| assert_eq!(spell_out(text), spelled);
        check("打12393问一问", "打幺二三九三问一问");
        check("1月", "一月");
        check("12月31日", "十二月三十一日");
        check("20分钟", "二十分钟");
        check("110", "幺幺零");
        check("没有数字", "没有数字");
    }
}
