//! How typed digits are grouped to be read back.
//!
//! Whether they are a telephone or a certificate number is checked by `domain`, not here.

use zeroize::Zeroizing;

/// Groups of a certificate number: area, birth, order with check character.
const CERTIFICATE_GROUPS: [usize; 3] = [6, 8, 4];
/// Digits of the area codes 010 and 020 to 029, with their zero.
const SHORT_AREA_DIGITS: usize = 3;
/// Digits of all other area codes, with their zero.
const LONG_AREA_DIGITS: usize = 4;

/// A telephone number in groups, also while it is being typed: `138 0000 0000`, `0631 522 0000`, `010 6522 0000`.
pub fn grouped_phone(digits: &str) -> Zeroizing<String> {
    let area = match digits.as_bytes() {
        [b'0', b'1' | b'2', ..] => SHORT_AREA_DIGITS,
        [b'0', ..] => LONG_AREA_DIGITS,
        _ => return grouped(digits, &[3, 4, 4]),
    };
    let local = digits.len().saturating_sub(area);
    grouped(digits, &[area, if local == 7 { 3 } else { 4 }, 4])
}

/// A certificate number in groups, also while it is being typed: area, date of birth, the rest.
pub fn grouped_certificate(number: &str) -> Zeroizing<String> {
    grouped(number, &CERTIFICATE_GROUPS)
}

/// Spaces after so many characters each; what is left over is joined to the last group.
fn grouped(text: &str, sizes: &[usize]) -> Zeroizing<String> {
    // Room for every space, so that no half-filled buffer is left behind unwiped.
    let mut out = Zeroizing::new(String::with_capacity(text.len() + sizes.len()));
    let mut sizes = sizes.iter();
    let mut next_gap = sizes.next().copied();
    for (place, character) in text.chars().enumerate() {
        if next_gap == Some(place) && sizes.len() > 0 {
            out.push(' ');
            next_gap = sizes.next().map(|size| place + size);
        }
        out.push(character);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(typed: &str, shown: &str) {
        assert_eq!(*grouped_phone(typed), shown, "{typed}");
    }

    #[test]
    fn numbers_are_grouped_while_they_are_typed() {
        check("", "");
        check("138", "138");
        check("1380", "138 0");
        check("13800000000", "138 0000 0000");
        check("138000000009", "138 0000 00009");
        check("0631", "0631");
        check("06315220", "0631 5220");
        check("06315220000", "0631 522 0000");
        check("063152200001", "0631 5220 0001");
        check("01065220000", "010 6522 0000");
        assert_eq!(*grouped_certificate("11010519491231002X"), "110105 19491231 002X");
        assert_eq!(*grouped_certificate("1101051949"), "110105 1949");
    }

    proptest::proptest! {
        #[test]
        fn grouping_adds_nothing_but_spaces(number in "[0-9]{0,14}") {
            let spaces = |character: &char| *character != ' ';
            proptest::prop_assert_eq!(grouped_phone(&number).chars().filter(spaces).collect::<String>(), number);
        }
    }
}
