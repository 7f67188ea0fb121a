//! Money in fen, and how it is written for people who fear a decimal point.

use std::ops::Neg;

use chinese_number::{ChineseCase, ChineseCountMethod, ChineseVariant, NumberToChinese};

/// An amount in fen (1/100 yuan). Negative: spent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Fen(pub i64);

impl Fen {
    /// Reads the platform's decimal yuan: optional sign, digits, at most two decimals. `None` for anything else.
    pub fn parse_yuan(text: &str) -> Option<Self> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (yuan, decimals) = digits.split_once('.').unwrap_or((digits, ""));
        let well_formed = !yuan.is_empty() && decimals.len() <= 2;
        if !well_formed || !yuan.bytes().chain(decimals.bytes()).all(|b| b.is_ascii_digit()) {
            return None;
        }
        let yuan: i64 = yuan.parse().ok()?;
        let fen: i64 = format!("{decimals:0<2}").parse().ok()?;
        let total = yuan.checked_mul(100)?.checked_add(fen)?;
        Some(Self(if negative { -total } else { total }))
    }

    /// Whole yuan in groups of three, without sign: `1,234`.
    pub fn yuan_grouped(self) -> String {
        let digits = (self.0.unsigned_abs() / 100).to_string();
        let mut grouped = String::new();
        for (i, digit) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        grouped
    }

    /// The two decimals with their point: `.56`.
    pub fn decimals(self) -> String {
        format!(".{:02}", self.0.unsigned_abs() % 100)
    }

    /// With an explicit sign, as in a list of movements: `+215.30`, `−86.40` (U+2212).
    pub fn signed(self) -> String {
        let sign = if self.0 < 0 { '−' } else { '+' };
        format!("{sign}{}{}", self.yuan_grouped(), self.decimals())
    }

    /// As one says it: 一千二百三十四元五角六分, 两元, 零元, 十元零五分.
    pub fn in_chinese(self) -> String {
        let total = self.0.unsigned_abs();
        let (yuan, jiao, fen) = (total / 100, total / 10 % 10, total % 10);
        let mut words = String::new();
        if self.0 < 0 {
            words.push('负');
        }
        if yuan > 0 || total == 0 {
            words.push_str(&spoken_integer(yuan));
            words.push('元');
        }
        if jiao > 0 {
            words.push_str(&spoken_integer(jiao));
            words.push('角');
        } else if fen > 0 && yuan > 0 {
            words.push('零');
        }
        if fen > 0 {
            words.push_str(&spoken_integer(fen));
            words.push('分');
        }
        words
    }
}

/// 二 before a unit of its own is said 两: 两元, 两角, and 两千, 两万 at the head of a number.
fn spoken_integer(value: u64) -> String {
    if value == 2 {
        return "两".into();
    }
    let written = value
        .to_chinese(ChineseVariant::Simple, ChineseCase::Lower, ChineseCountMethod::TenThousand)
        .unwrap_or_else(|_| value.to_string());
    let mut spoken = String::with_capacity(written.len());
    let mut rest = written.chars().peekable();
    while let Some(digit) = rest.next() {
        let unit = rest.peek().copied();
        let liang = digit == '二' && matches!(unit, Some('千' | '万' | '亿')) && !spoken.ends_with('十');
        spoken.push(if liang { '两' } else { digit });
    }
    spoken
}

impl Neg for Fen {
    type Output = Self;

    fn neg(self) -> Self {
        Self(-self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(fen: i64, words: &str) {
        assert_eq!(Fen(fen).in_chinese(), words, "{fen}");
    }

    #[test]
    fn says_amounts_as_people_do() {
        check(123_456, "一千二百三十四元五角六分");
        check(0, "零元");
        check(200, "两元");
        check(1_005, "十元零五分");
        check(1_050, "十元五角");
        check(5, "五分");
        check(20, "两角");
        check(222_222, "两千二百二十二元两角两分");
        check(2_000_000, "两万元");
        check(1_200_000, "一万两千元");
        check(3_200_000, "三万两千元");
        check(32_000_000, "三十二万元");
        check(10_000_100, "十万零一元");
        check(-8_640, "负八十六元四角");
    }

    #[test]
    fn writes_digits_in_groups() {
        assert_eq!((Fen(123_456).yuan_grouped(), Fen(123_456).decimals()), ("1,234".into(), ".56".into()));
        assert_eq!(Fen(12_345_678_900).yuan_grouped(), "123,456,789");
        assert_eq!(Fen(-8_640).signed(), "−86.40");
        assert_eq!(Fen(21_530).signed(), "+215.30");
    }

    #[test]
    fn refuses_what_is_no_amount() {
        for text in ["", ".", "-", "1.234", "1,234", "１２", "1e3", "99999999999999999999"] {
            assert_eq!(Fen::parse_yuan(text), None, "{text}");
        }
        assert_eq!(Fen::parse_yuan("1234.5"), Some(Fen(123_450)));
        assert_eq!(Fen::parse_yuan("-0.01"), Some(Fen(-1)));
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(fen in -10_000_000_000i64..10_000_000_000) {
            let amount = Fen(fen);
            let sign = if fen < 0 { "-" } else { "" };
            let text = format!("{sign}{}{}", amount.yuan_grouped().replace(',', ""), amount.decimals());
            prop_assert_eq!(Fen::parse_yuan(&text), Some(amount));
        }
    }
}
