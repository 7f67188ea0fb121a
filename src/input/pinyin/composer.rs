//! The letters being typed in one field and the pages of phrases for them. The finished text belongs to the field, not to
//! the composer.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::lexicon::Lexicon;
use super::names::{given_names, surnames};
use super::syllables::{heads, heard_alike, spaced};

/// More letters are not taken: a sentence of some ten characters.
pub const LETTERS_MAX: usize = 30;
/// More phrases are not offered: nobody turns forty pages.
pub const PHRASES_MAX: usize = 240;
/// Sentences offered for the whole of the letters.
const SENTENCES: usize = 3;
/// Sentences need at least this many syllables' worth of letters; below, words and characters say it better.
const SENTENCE_LETTERS_MIN: usize = 4;

/// What is written in the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// A person's name: surnames come first at its beginning, and given names many people have after it.
    Name,
    /// Anything else.
    Text,
}

/// One phrase to choose. Wiped when dropped; debug output hides it.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Phrase {
    text: String,
    letters: usize,
}

impl Phrase {
    /// What choosing it writes.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How many of the typed letters it stands for, from the first; the others stay to be composed on.
    pub fn letters(&self) -> usize {
        self.letters
    }
}

impl fmt::Debug for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Phrase({} letters)", self.letters)
    }
}

/// Composes text from pinyin in one field. Make a new one for every field; it keeps nothing and is wiped when dropped.
pub struct Composer {
    lexicon: Arc<Lexicon>,
    field: Field,
    is_at_start: bool,
    page_size: usize,
    letters: Zeroizing<String>,
    phrases: Vec<Phrase>,
    page: usize,
}

impl Composer {
    /// A composer for an empty field. `page_size` is how many phrases the candidate bar shows at once, at least one.
    pub fn new(lexicon: Arc<Lexicon>, field: Field, page_size: usize) -> Self {
        // Room for all letters at once, so that growing leaves no copy behind.
        let letters = Zeroizing::new(String::with_capacity(LETTERS_MAX));
        Self { lexicon, field, is_at_start: true, page_size: page_size.max(1), letters, phrases: Vec::new(), page: 0 }
    }

    /// A letter key. Capitals are taken as small letters and ü as v; whether the letter was taken.
    pub fn press(&mut self, letter: char) -> bool {
        let letter = match letter {
            'ü' | 'Ü' => 'v',
            other => other.to_ascii_lowercase(),
        };
        let is_taken = letter.is_ascii_lowercase() && self.letters.len() < LETTERS_MAX;
        if is_taken {
            self.letters.push(letter);
            self.compose();
        }
        is_taken
    }

    /// Takes the last letter back. `false` when there is none: then the key is meant for the field's text.
    pub fn backspace(&mut self) -> bool {
        let is_taken = self.letters.pop().is_some();
        if is_taken {
            self.compose();
        }
        is_taken
    }

    /// Drops the letters.
    pub fn clear(&mut self) {
        self.letters.zeroize();
        self.compose();
    }

    /// Tells whether the field's own text is empty, after it was changed by anything but [`Composer::choose`]. Only then
    /// do surnames come first.
    pub fn set_at_start(&mut self, is_empty: bool) {
        self.is_at_start = is_empty;
        self.compose();
    }

    /// The letters as typed.
    pub fn letters(&self) -> &str {
        &self.letters
    }

    /// The letters with a space between syllables.
    pub fn shown(&self) -> Zeroizing<String> {
        spaced(&self.letters)
    }

    /// The phrases on this page; empty when no letters are typed, or none fits.
    pub fn page(&self) -> &[Phrase] {
        &self.phrases[self.on_page()]
    }

    /// The number of this page, from 0.
    pub fn page_number(&self) -> usize {
        self.page
    }

    /// How many pages there are.
    pub fn page_count(&self) -> usize {
        self.phrases.len().div_ceil(self.page_size)
    }

    /// Turns the page; stays on the last.
    pub fn next_page(&mut self) {
        self.page = (self.page + 1).min(self.page_count().saturating_sub(1));
    }

    /// Turns back; stays on the first.
    pub fn previous_page(&mut self) {
        self.page = self.page.saturating_sub(1);
    }

    /// Chooses a phrase by its place on the page: gives what to write into the field, and keeps the letters it does not
    /// stand for. `None` when there is no such phrase.
    pub fn choose(&mut self, place: usize) -> Option<Zeroizing<String>> {
        let phrase = self.page().get(place)?;
        let text = Zeroizing::new(phrase.text.clone());
        let rest = Zeroizing::new(self.letters.get(phrase.letters..).unwrap_or("").to_owned());
        self.letters.zeroize();
        self.letters.push_str(&rest);
        self.is_at_start = false;
        self.compose();
        Some(text)
    }

    fn on_page(&self) -> Range<usize> {
        let start = (self.page * self.page_size).min(self.phrases.len());
        start..(start + self.page_size).min(self.phrases.len())
    }

    fn compose(&mut self) {
        let mut phrases = Phrases::default();
        if !self.letters.is_empty() {
            phrases.gather(&self.lexicon, &self.letters, self.field, self.is_at_start);
        }
        self.phrases = phrases.0;
        self.page = 0;
    }
}

impl fmt::Debug for Composer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Composer({:?}, {} letters)", self.field, self.letters.len())
    }
}

/// Phrases in the order they are offered, each once.
#[derive(Default)]
struct Phrases(Vec<Phrase>);

impl Phrases {
    fn gather(&mut self, lexicon: &Lexicon, letters: &str, field: Field, is_at_start: bool) {
        let heads = heads(letters);
        if field == Field::Name && is_at_start {
            // Longest first: ou-yang before ou.
            for end in &heads {
                surnames(&letters[..*end]).for_each(|surname| self.add(surname.to_owned(), *end));
            }
        }
        let all = letters.len();
        if field == Field::Name {
            given_names(letters).for_each(|name| self.add(name.to_owned(), all));
        }
        self.add_all(lexicon.words(letters), all);
        let is_whole = heads.first() == Some(&all);
        if is_whole && all >= SENTENCE_LETTERS_MIN {
            self.gather_sentences(lexicon, letters);
        }
        if !is_whole {
            self.add_all(lexicon.completions(letters), all);
        }
        for end in heads.into_iter().filter(|end| *end < all) {
            self.add_all(lexicon.words(&letters[..end]), end);
        }
    }

    fn gather_sentences(&mut self, lexicon: &Lexicon, letters: &str) {
        let all = letters.len();
        let mut sentences = lexicon.sentences(letters, SENTENCES).into_iter();
        // One sentence, then words that sound alike, then what is left: a word misheard is likelier than a second sentence.
        sentences.next().into_iter().for_each(|sentence| self.add(sentence, all));
        self.add_all(lexicon.words_of_any(&heard_alike(letters)), all);
        sentences.for_each(|sentence| self.add(sentence, all));
    }

    fn add_all(&mut self, words: Vec<String>, letters: usize) {
        words.into_iter().for_each(|word| self.add(word, letters));
    }

    fn add(&mut self, text: String, letters: usize) {
        let is_new = self.0.len() < PHRASES_MAX && self.0.iter().all(|known| known.text != text);
        if is_new {
            self.0.push(Phrase { text, letters });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;

    static LEXICON: LazyLock<Arc<Lexicon>> =
        LazyLock::new(|| Arc::new(Lexicon::load([("beijing", "北京"), ("beijingshi", "北京市")])));
    const PAGE: usize = 6;

    fn composer(field: Field, letters: &str) -> Composer {
        let mut composer = Composer::new(Arc::clone(&LEXICON), field, PAGE);
        letters.chars().for_each(|letter| assert!(composer.press(letter)));
        composer
    }

    fn texts(composer: &Composer) -> Vec<&str> {
        composer.page().iter().map(Phrase::text).collect()
    }

    /// What stands first, and what must stand on the first page.
    fn check(field: Field, letters: &str, first: &str, also: &[&str]) {
        let composer = composer(field, letters);
        let page = texts(&composer);
        assert_eq!(page.first().copied(), Some(first), "{letters}: {page:?}");
        assert!(also.iter().all(|text| page.contains(text)), "{letters}: {page:?} lacks one of {also:?}");
    }

    #[test]
    fn words_places_and_sentences() {
        check(Field::Text, "beijing", "北京", &["背景"]);
        check(Field::Text, "weihai", "危害", &["威海"]);
        check(Field::Text, "yibao", "医保", &[]);
        check(Field::Text, "xiaoquliuhaolou", "小区六号楼", &[]);
        check(Field::Text, "xian", "县", &["先"]);
        check(Field::Text, "shequ", "社区", &[]);
        check(Field::Text, "woyaobanlitongchouquwaijiuyi", "我要办理统筹区外就医", &[]);
        check(Field::Text, "NÜER", "女儿", &[]);
    }

    #[test]
    fn unfinished_letters_are_completed() {
        check(Field::Text, "w", "我", &[]);
        check(Field::Text, "beij", "北京", &[]);
        check(Field::Text, "shangh", "上海", &[]);
    }

    #[test]
    fn what_sounds_alike_to_many_is_found() {
        check(Field::Text, "zongguo", "总过", &["中国"]);
        check(Field::Text, "lanjing", "蓝鲸", &["南京"]);
    }

    #[test]
    fn surnames_come_first_at_the_beginning_of_a_name_only() {
        check(Field::Name, "wang", "王", &["汪"]);
        check(Field::Name, "ouyang", "欧阳", &["欧"]);
        check(Field::Name, "shan", "单", &[]);
        check(Field::Name, "wangjianguo", "王", &[]);
        check(Field::Name, "guilan", "桂", &["桂兰"]);
        let mut later = composer(Field::Name, "wang");
        later.set_at_start(false);
        assert_ne!(texts(&later)[0], "王");
        assert_ne!(texts(&composer(Field::Text, "wang"))[0], "王");
    }

    #[test]
    fn choosing_a_part_keeps_the_rest() {
        let mut composer = composer(Field::Name, "wangjianguo");
        assert_eq!(composer.choose(0).as_deref().map(String::as_str), Some("王"));
        assert_eq!((composer.letters(), texts(&composer)[0]), ("jianguo", "建国"));
        assert_eq!(composer.choose(0).as_deref().map(String::as_str), Some("建国"));
        assert_eq!((composer.letters(), composer.page().len(), composer.page_count()), ("", 0, 0));
        assert_eq!(composer.choose(0), None);
    }

    #[test]
    fn pages_turn_and_stop_at_both_ends() {
        let mut composer = composer(Field::Text, "yi");
        let count = composer.page_count();
        assert!(count > 2);
        let first = texts(&composer)[0].to_owned();
        composer.previous_page();
        assert_eq!((composer.page_number(), texts(&composer)[0]), (0, first.as_str()));
        (0..count + 5).for_each(|_| composer.next_page());
        assert_eq!(composer.page_number(), count - 1);
        assert!(!composer.page().is_empty());
        assert!(composer.press('n') && composer.page_number() == 0);
    }

    #[test]
    fn backspace_takes_letters_first_and_says_when_there_are_none() {
        let mut composer = composer(Field::Text, "be");
        assert!(composer.backspace() && composer.backspace());
        assert!(!composer.backspace() && composer.page().is_empty());
    }

    #[test]
    fn nothing_is_learnt() {
        let before = texts(&composer(Field::Text, "shi")).join("");
        for _ in 0..5 {
            composer(Field::Text, "shi").choose(3).unwrap();
        }
        assert_eq!(texts(&composer(Field::Text, "shi")).join(""), before);
    }

    #[test]
    fn other_keys_and_too_many_letters_are_not_taken() {
        let mut composer = composer(Field::Text, &"a".repeat(LETTERS_MAX));
        assert!(!composer.press('a') && composer.letters().len() == LETTERS_MAX);
        composer.clear();
        assert!(!composer.press('中') && !composer.press(' ') && !composer.press('7') && composer.letters().is_empty());
    }

    #[test]
    fn debug_output_says_nothing_of_what_is_typed() {
        let composer = composer(Field::Name, "wang");
        let told = format!("{composer:?} {:?}", composer.page());
        assert!(!told.contains("wang") && !told.contains('王'), "{told}");
    }

    proptest::proptest! {
        /// Any letters: phrases stand for letters that were typed, none twice, and choosing always shortens what is left.
        #[test]
        fn any_letters_can_be_composed(letters in "[a-z]{1,30}") {
            let mut composer = composer(Field::Name, &letters);
            let mut texts: Vec<&str> = composer.phrases.iter().map(Phrase::text).collect();
            texts.sort_unstable();
            proptest::prop_assert!(texts.windows(2).all(|pair| pair[0] != pair[1]) && texts.len() <= PHRASES_MAX);
            proptest::prop_assert!(composer.phrases.iter().all(|phrase| (1..=letters.len()).contains(&phrase.letters)));
            while let Some(chosen) = composer.choose(0) {
                proptest::prop_assert!(!chosen.is_empty());
            }
        }
    }
}
