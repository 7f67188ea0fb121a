//! The dictionary behind the pages of candidates. It is read only; what a person types is in the composer.
//!
//! It knows how often words stand in news, encyclopaedias and film subtitles, which is not how often they stand in the
//! addresses written at a kiosk; so it is given words that come before all others.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::fmt;

use inputx_pinyin::PinyinDict;
use zeroize::Zeroizing;

/// Completions are listed in advance for this many first letters: looking through every word that begins with z takes longer than a frame.
const LISTED_LETTERS: usize = 2;
/// Words of addresses and of this hall. Names of places come from the list of places, when the lexicon is loaded.
const OWN_WORDS: &[(&str, &str)] = &[
    ("sheng", "省"),
    ("shi", "市"),
    ("xian", "县"),
    ("qu", "区"),
    ("zhen", "镇"),
    ("xiang", "乡"),
    ("cun", "村"),
    ("zu", "组"),
    ("lu", "路"),
    ("jie", "街"),
    ("jiedao", "街道"),
    ("xiang", "巷"),
    ("hutong", "胡同"),
    ("li", "里"),
    ("hao", "号"),
    ("haolou", "号楼"),
    ("lou", "楼"),
    ("dong", "栋"),
    ("zhuang", "幢"),
    ("danyuan", "单元"),
    ("ceng", "层"),
    ("shi", "室"),
    ("xiaoqu", "小区"),
    ("shequ", "社区"),
    ("huayuan", "花园"),
    ("xincun", "新村"),
    ("jiayuan", "家园"),
    ("gongyu", "公寓"),
    ("yiyuan", "医院"),
    ("yanglaoyuan", "养老院"),
    ("yibao", "医保"),
    ("beian", "备案"),
    ("bingli", "病历"),
    ("zhuyuan", "住院"),
    ("zhuanyuan", "转院"),
    ("jizhen", "急诊"),
];
/// As many completions are offered for unfinished letters.
const COMPLETIONS_MAX: usize = 24;

/// Words and characters by pinyin, with how often they are used. One for the whole kiosk; nothing can be added to it.
pub struct Lexicon {
    dictionary: PinyinDict,
    /// Pinyin and word; in the order in which they are offered.
    preferred: Vec<(String, String)>,
    /// Single characters by their first letters.
    starts: HashMap<Vec<u8>, Vec<Completion>>,
}

struct Completion {
    word: String,
    uses: u64,
}

impl Lexicon {
    /// Opens the dictionary compiled into the program. Looks through it once; better not while a frame is due.
    ///
    /// `preferred` are pairs of pinyin, in small letters without marks or spaces, and word; they come before all words of
    /// the dictionary, and before the words of addresses and of insurance that are known here.
    pub fn load<'a>(preferred: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let preferred = preferred.into_iter().chain(OWN_WORDS.iter().copied());
        let preferred = preferred.map(|(pinyin, word)| (pinyin.to_owned(), word.to_owned())).collect();
        let dictionary = PinyinDict::embedded();
        let mut starts: HashMap<Vec<u8>, Vec<Completion>> = HashMap::new();
        dictionary.prefix_for_each("", |pinyin, word, uses| {
            if word.chars().nth(1).is_some() {
                return;
            }
            for length in 1..=LISTED_LETTERS.min(pinyin.len()) {
                let start = &pinyin.as_bytes()[..length];
                match starts.get_mut(start) {
                    Some(list) => keep(list, word, uses),
                    None => keep(starts.entry(start.to_vec()).or_default(), word, uses),
                }
            }
        });
        Self { dictionary, preferred, starts }
    }

    /// Words written with exactly these letters, most used first.
    pub(super) fn words(&self, letters: &str) -> Vec<String> {
        let preferred = self.preferred.iter().filter(|(pinyin, _)| pinyin == letters).map(|(_, word)| word.clone());
        preferred.chain(self.dictionary.lookup(letters)).collect()
    }

    /// Words written with any of these spellings, most used first.
    pub(super) fn words_of_any(&self, spellings: &[Zeroizing<String>]) -> Vec<String> {
        let (mut all, mut some) = (Vec::new(), Vec::new());
        for spelling in spellings {
            self.dictionary.lookup_with_freq_into(spelling, &mut some);
            all.append(&mut some);
        }
        all.sort_by_key(|(_, uses)| Reverse(*uses));
        all.into_iter().map(|(word, _)| word).collect()
    }

    /// Whole sentences for letters that no single word fits, likeliest first. Empty for very few and very many letters.
    pub(super) fn sentences(&self, letters: &str, count: usize) -> Vec<String> {
        self.dictionary.top_k_compositions(letters, count).into_iter().map(|(_, sentence)| sentence).collect()
    }

    /// Words that begin with these letters, most used first; for very few letters characters only.
    pub(super) fn completions(&self, letters: &str) -> Vec<String> {
        let words = |list: &[Completion]| list.iter().map(|completion| completion.word.clone()).collect();
        if letters.len() <= LISTED_LETTERS {
            return self.starts.get(letters.as_bytes()).map_or_else(Vec::new, |list| words(list));
        }
        let mut list = Vec::new();
        self.dictionary.prefix_for_each(letters, |_, word, uses| keep(&mut list, word, uses));
        let preferred = self.preferred.iter().filter(|(pinyin, _)| pinyin.starts_with(letters));
        preferred.map(|(_, word)| word.clone()).take(COMPLETIONS_MAX).chain(words(&list)).collect()
    }
}

/// Keeps the list in order, without doubles and short.
fn keep(list: &mut Vec<Completion>, word: &str, uses: u64) {
    let is_too_rare = list.len() == COMPLETIONS_MAX && list.last().is_some_and(|last| last.uses >= uses);
    if is_too_rare {
        return;
    }
    if let Some(known) = list.iter().position(|completion| completion.word == word) {
        if list[known].uses >= uses {
            return;
        }
        list.remove(known);
    }
    let place = list.partition_point(|completion| completion.uses >= uses);
    list.insert(place, Completion { word: word.to_owned(), uses });
    list.truncate(COMPLETIONS_MAX);
}

impl fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Lexicon({} entries)", self.dictionary.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_most_used_in_order_without_doubles() {
        let mut list = Vec::new();
        for (word, uses) in [("b", 2), ("a", 1), ("c", 3), ("a", 4), ("b", 1)] {
            keep(&mut list, word, uses);
        }
        assert_eq!(list.iter().map(|c| c.word.as_str()).collect::<Vec<_>>(), ["a", "c", "b"]);
        (0..100).for_each(|uses| keep(&mut list, &format!("word {uses}"), 10 + uses));
        assert_eq!((list.len(), list[0].word.as_str()), (COMPLETIONS_MAX, "word 99"));
    }
}
