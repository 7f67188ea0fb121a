//! Chinese text into numbered pinyin, one syllable a character. It reads characters and never decides what a number means.

use pinyin::ToPinyin;
use zeroize::Zeroizing;

use super::lexicon;

/// One piece of what is said.
enum Piece {
    /// A single character by its usual reading; its tone may change before the next syllable.
    Char(char, &'static str),
    /// A syllable of a word of the lexicon; it stays as it is.
    Fixed(&'static str),
    /// A pause.
    Pause(&'static str),
    /// A letter, left to the synthesiser.
    Letter(char),
}

/// The text in numbered pinyin, such as `qing3 fang4 shen1 fen4 zheng4`, neutral tones as 5.
///
/// Digits are said one by one; in a row of three or more a 1 is said 幺, as for a telephone
/// number. Amounts and dates come in characters, so nothing is guessed about them.
#[must_use]
pub fn numbered_pinyin(text: &str) -> Zeroizing<String> {
    let pieces = pieces(text);
    // Reserved at once, so that growing leaves no copies behind: a syllable with its space has at most 8 bytes.
    let mut said = Zeroizing::new(String::with_capacity(pieces.len() * 8));
    for (nth, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Pause(mark) => said.push_str(mark),
            Piece::Letter(letter) => {
                said.push(' ');
                said.push(*letter);
            }
            Piece::Fixed(syllable) => push_syllable(&mut said, syllable),
            Piece::Char(character, syllable) => {
                let before = nth.checked_sub(1).and_then(|at| pieces.get(at));
                push_syllable(&mut said, changed_tone(*character, before, pieces.get(nth + 1)).unwrap_or(syllable));
            }
        }
    }
    said
}

fn push_syllable(said: &mut String, syllable: &str) {
    if !said.is_empty() {
        said.push(' ');
    }
    said.push_str(syllable);
    if !syllable.ends_with(|end: char| end.is_ascii_digit()) {
        said.push('5');
    }
}

fn pieces(text: &str) -> Vec<Piece> {
    let chars: Zeroizing<Vec<char>> = Zeroizing::new(text.chars().collect());
    let mut pieces = Vec::with_capacity(chars.len());
    let mut rest: &[char] = &chars;
    while let Some((&character, after)) = rest.split_first() {
        if let Some((length, reading)) = longest_word(rest) {
            pieces.extend(reading.split(' ').map(Piece::Fixed));
            rest = rest.get(length..).unwrap_or_default();
        } else if character.is_ascii_digit() {
            let digits = rest.iter().take_while(|c| c.is_ascii_digit()).count();
            let (row, beyond) = rest.split_at(digits);
            pieces.extend(row.iter().map(|digit| Piece::Fixed(digit_reading(*digit, digits))));
            rest = beyond;
        } else {
            pieces.extend(single(character));
            rest = after;
        }
    }
    pieces
}

fn longest_word(rest: &[char]) -> Option<(usize, &'static str)> {
    let longest = rest.len().min(lexicon::WORD_CHARS_MAX);
    (2..=longest).rev().find_map(|length| {
        let word: Zeroizing<String> = Zeroizing::new(rest.get(..length)?.iter().collect());
        Some((length, lexicon::reading(&word)?))
    })
}

fn single(character: char) -> Option<Piece> {
    match character {
        '。' | '.' | '；' | ';' => Some(Piece::Pause(".")),
        '！' | '!' => Some(Piece::Pause("!")),
        '？' | '?' => Some(Piece::Pause("?")),
        '，' | ',' | '、' | '：' | ':' | '—' | '…' | '\n' => Some(Piece::Pause(",")),
        // The sound of the reader; the dictionary has the drop of water only.
        '嘀' => Some(Piece::Char('嘀', "di1")),
        letter if letter.is_ascii_alphabetic() => Some(Piece::Letter(letter.to_ascii_lowercase())),
        other => other.to_pinyin().map(|reading| Piece::Char(other, reading.with_tone_num_end())),
    }
}

fn digit_reading(digit: char, row: usize) -> &'static str {
    match digit {
        '0' => "ling2",
        '1' if row >= 3 => "yao1",
        '1' => "yi1",
        '2' => "er4",
        '3' => "san1",
        '4' => "si4",
        '5' => "wu3",
        '6' => "liu4",
        '7' => "qi1",
        '8' => "ba1",
        _ => "jiu3",
    }
}

/// 不 and 一 change their tone before the next syllable; the third tone's change is the synthesiser's own.
fn changed_tone(character: char, before: Option<&Piece>, after: Option<&Piece>) -> Option<&'static str> {
    let falling = tone(after)? == '4';
    match character {
        '不' => falling.then_some("bu2"),
        '一' if keeps_tone(before, after) => None,
        '一' => Some(if falling { "yi2" } else { "yi4" }),
        _ => None,
    }
}

/// A 一 that counts, beside another numeral or before a month or a day, keeps its first tone.
fn keeps_tone(before: Option<&Piece>, after: Option<&Piece>) -> bool {
    const NUMERALS: &str = "〇零一二三四五六七八九十";
    let numeral = |piece: Option<&Piece>| matches!(piece, Some(Piece::Char(c, _)) if NUMERALS.contains(*c));
    let date = matches!(after, Some(Piece::Char('月' | '日' | '号', _)));
    date || numeral(after) || matches!(before, Some(Piece::Char('〇' | '一' | '二' | '三' | '十', _)))
}

fn tone(piece: Option<&Piece>) -> Option<char> {
    match piece? {
        Piece::Char(_, syllable) | Piece::Fixed(syllable) => Some(syllable.chars().last().unwrap_or('5')),
        Piece::Pause(_) | Piece::Letter(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(numbered_pinyin(text).as_str(), expected, "{text}");
    }

    #[test]
    fn sentences_of_a_kiosk() {
        check("请放身份证。", "qing3 fang4 shen1 fen4 zheng4.");
        check("参保，给付", "can1 bao3, ji3 fu4");
        check("重庆的银行还款", "chong2 qing4 de5 yin2 hang2 huan2 kuan3");
        check("您还在吗？", "nin2 hai2 zai4 ma5?");
        check("等的时间太长", "deng3 de5 shi2 jian1 tai4 chang2");
        check("重复提交", "chong2 fu4 ti2 jiao1");
        check("好差评", "hao3 cha4 ping2");
        check("听到“嘀”一声", "ting1 dao4 di1 yi4 sheng1");
        check("暂不参保", "zan4 bu4 can1 bao3");
        check("扫码口现在扫不了", "sao3 ma3 kou3 xian4 zai4 sao3 bu4 liao3");
    }

    #[test]
    fn not_and_one_change_their_tone() {
        check("不要动", "bu2 yao4 dong4");
        check("不满意", "bu4 man3 yi4");
        check("再念一遍", "zai4 nian4 yi2 bian4");
        check("一千元", "yi4 qian1 yuan2");
        check("一月一日", "yi1 yue4 yi1 ri4");
        check("第一，一", "di4 yi1, yi1");
        check("二十一元", "er4 shi2 yi1 yuan2");
    }

    #[test]
    fn amounts_in_characters_are_read_as_they_stand() {
        check("一千二百三十四元五角六分", "yi4 qian1 er4 bai3 san1 shi2 si4 yuan2 wu3 jiao3 liu4 fen1");
    }

    #[test]
    fn digits_are_said_one_by_one() {
        check("12393", "yao1 er4 san1 jiu3 san1");
        check("10", "yi1 ling2");
    }

    #[test]
    fn what_has_no_reading_is_left_out() {
        check("", "");
        check("《★》", "");
        check("按A键", "an4 a jian4");
    }
}
