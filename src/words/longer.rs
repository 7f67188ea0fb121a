//! English with longer words, for the audit of the screens: what still fits then fits a language nobody has tried yet.
//! Never offered to a resident.

/// Letters added for every ten of a word, rounded up.
const ADDED_PER_TEN: usize = 4;

/// The text with every word of letters 40 % longer; figures, marks and other scripts stay.
pub(super) fn lengthen(text: &str) -> String {
    let mut longer = String::new();
    let mut word = String::new();
    for character in text.chars() {
        if character.is_ascii_alphabetic() {
            word.push(character);
        } else {
            close(&mut longer, &mut word);
            longer.push(character);
        }
    }
    close(&mut longer, &mut word);
    longer
}

/// Ends a word by saying its last letter again.
fn close(longer: &mut String, word: &mut String) {
    let added = (word.len() * ADDED_PER_TEN).div_ceil(10);
    let last = word.chars().next_back();
    longer.push_str(word);
    longer.extend(last.into_iter().cycle().take(added));
    word.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, longer: &str) {
        assert_eq!(lengthen(text), longer);
    }

    #[test]
    fn words_grow_and_nothing_else() {
        check("", "");
        check("Back", "Backkk");
        check("Press “Large type” now.", "Pressss “Largeee typeee” nowww.");
        check("1,234.56 yuan 张*华\nto 北京市", "1,234.56 yuannn 张*华\ntoo 北京市");
    }
}
