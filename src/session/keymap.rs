//! Which key of a keyboard or a tactile pad does what. Pads for people who cannot see are keyboards to the machine.

use serde::Deserialize;

use super::PadKey;

/// Keys with a name, and the characters the window tells them by: those of Unicode's private use that windows have long agreed on.
const NAMED: [(&str, char); 41] = [
    ("up", '\u{F700}'),
    ("down", '\u{F701}'),
    ("left", '\u{F702}'),
    ("right", '\u{F703}'),
    ("return", '\n'),
    ("space", ' '),
    ("escape", '\u{1b}'),
    ("tab", '\t'),
    ("backtab", '\u{19}'),
    ("backspace", '\u{8}'),
    ("delete", '\u{7f}'),
    ("insert", '\u{F727}'),
    ("home", '\u{F729}'),
    ("end", '\u{F72B}'),
    ("page-up", '\u{F72C}'),
    ("page-down", '\u{F72D}'),
    ("menu", '\u{F735}'),
    ("f1", '\u{F704}'),
    ("f2", '\u{F705}'),
    ("f3", '\u{F706}'),
    ("f4", '\u{F707}'),
    ("f5", '\u{F708}'),
    ("f6", '\u{F709}'),
    ("f7", '\u{F70A}'),
    ("f8", '\u{F70B}'),
    ("f9", '\u{F70C}'),
    ("f10", '\u{F70D}'),
    ("f11", '\u{F70E}'),
    ("f12", '\u{F70F}'),
    ("f13", '\u{F710}'),
    ("f14", '\u{F711}'),
    ("f15", '\u{F712}'),
    ("f16", '\u{F713}'),
    ("f17", '\u{F714}'),
    ("f18", '\u{F715}'),
    ("f19", '\u{F716}'),
    ("f20", '\u{F717}'),
    ("f21", '\u{F718}'),
    ("f22", '\u{F719}'),
    ("f23", '\u{F71A}'),
    ("f24", '\u{F71B}'),
];

/// A key by its name in the configuration: `up`, `f1`, `return`, or a single character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct KeyName(char);

impl KeyName {
    /// The key of this name.
    ///
    /// # Errors
    /// A sentence that lists the names there are.
    pub fn parse(name: &str) -> Result<Self, String> {
        let mut characters = name.chars();
        if let (Some(one), None) = (characters.next(), characters.next()) {
            return Ok(Self(one.to_ascii_lowercase()));
        }
        let known = NAMED.iter().find(|(known, _)| *known == name).map(|(_, key)| Self(*key));
        known.ok_or_else(|| {
            let names: Vec<String> = NAMED.iter().map(|(known, _)| format!("`{known}`")).collect();
            format!("unknown variant `{name}`, expected a single character or one of {}", names.join(", "))
        })
    }
}

impl TryFrom<String> for KeyName {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        Self::parse(&name)
    }
}

/// Which keys do what; any number of keys may do the same.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct KeyMap {
    /// To what stands before.
    pub up: Vec<KeyName>,
    /// To what comes next.
    pub down: Vec<KeyName>,
    /// Presses what the keys are on.
    pub choose: Vec<KeyName>,
    /// 上一步.
    pub back: Vec<KeyName>,
    /// Says it once more.
    pub repeat: Vec<KeyName>,
    /// One step louder.
    pub louder: Vec<KeyName>,
    /// 叫人帮忙.
    pub help: Vec<KeyName>,
    /// Covers the picture while headphones are in, or opens it.
    pub curtain: Vec<KeyName>,
}

impl Default for KeyMap {
    fn default() -> Self {
        let keys = |names: &[&str]| names.iter().filter_map(|name| KeyName::parse(name).ok()).collect();
        Self {
            up: keys(&["up", "left", "backtab"]),
            down: keys(&["down", "right", "tab"]),
            choose: keys(&["return", "space"]),
            back: keys(&["escape"]),
            repeat: keys(&["f2"]),
            louder: keys(&["f3"]),
            help: keys(&["f1"]),
            curtain: keys(&["f4"]),
        }
    }
}

impl KeyMap {
    fn all(&self) -> [(PadKey, &[KeyName]); 8] {
        [
            (PadKey::Up, &self.up),
            (PadKey::Down, &self.down),
            (PadKey::Choose, &self.choose),
            (PadKey::Back, &self.back),
            (PadKey::Repeat, &self.repeat),
            (PadKey::Louder, &self.louder),
            (PadKey::Help, &self.help),
            (PadKey::Curtain, &self.curtain),
        ]
    }

    /// Whether some key does two things, or something cannot be done by any key.
    ///
    /// # Errors
    /// What is wrong, in a few words.
    pub fn check(&self) -> Result<(), String> {
        let all = self.all();
        if let Some((what, _)) = all.iter().find(|(_, keys)| keys.is_empty()) {
            return Err(format!("a key for everything; {} has none", format!("{what:?}").to_lowercase()));
        }
        let keys: Vec<KeyName> = all.iter().flat_map(|(_, keys)| keys.iter().copied()).collect();
        let twice = keys.iter().enumerate().any(|(place, key)| keys[..place].contains(key));
        if twice { Err("every key for one thing only".to_owned()) } else { Ok(()) }
    }

    /// What a key does, as the window tells it: what it is mapped to, else what is typed with it.
    #[must_use]
    pub fn act(&self, text: &str) -> Option<PadKey> {
        let mut characters = text.chars();
        let (Some(key), None) = (characters.next(), characters.next()) else { return None };
        let key = key.to_ascii_lowercase();
        let mapped = self.all().into_iter().find(|(_, keys)| keys.contains(&KeyName(key))).map(|(what, _)| what);
        let typed = match key {
            '\u{8}' => Some(PadKey::Erase),
            // The only letter of numbers is a capital; whether the screen means a letter or this is the session's to know.
            '0'..='9' | 'a'..='z' | '-' => Some(PadKey::Type(key)),
            _ => None,
        };
        mapped.or(typed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_do_what_they_are_mapped_to_and_others_type() {
        let check =
            |text: &str, expected: Option<PadKey>| assert_eq!(KeyMap::default().act(text), expected, "{text:?}");
        check("\u{F701}", Some(PadKey::Down));
        check("\t", Some(PadKey::Down));
        check("\n", Some(PadKey::Choose));
        check("\u{F704}", Some(PadKey::Help));
        check("\u{F707}", Some(PadKey::Curtain));
        check("7", Some(PadKey::Type('7')));
        check("B", Some(PadKey::Type('b')));
        check("\u{8}", Some(PadKey::Erase));
        check("\u{F708}", None);
        check("", None);
        check("ab", None);
    }

    #[test]
    fn a_map_that_leaves_something_out_or_says_two_things_is_wrong() {
        let check = |change: fn(&mut KeyMap), part: &str| {
            let mut map = KeyMap::default();
            change(&mut map);
            let wrong = map.check().err().unwrap_or_default();
            assert!(wrong.contains(part), "{wrong}");
        };
        assert_eq!(KeyMap::default().check(), Ok(()));
        check(|map| map.help.clear(), "help has none");
        check(|map| map.help = map.back.clone(), "one thing only");
    }

    /// The names must be the ones the window tells.
    #[cfg(feature = "screen")]
    #[test]
    fn names_are_those_of_the_window() {
        use slint::platform::Key;
        let check = |name: &str, key: Key| assert_eq!(KeyName::parse(name), Ok(KeyName(char::from(key))), "{name}");
        check("up", Key::UpArrow);
        check("right", Key::RightArrow);
        check("return", Key::Return);
        check("space", Key::Space);
        check("escape", Key::Escape);
        check("backtab", Key::Backtab);
        check("backspace", Key::Backspace);
        check("delete", Key::Delete);
        check("insert", Key::Insert);
        check("end", Key::End);
        check("page-down", Key::PageDown);
        check("menu", Key::Menu);
        check("f1", Key::F1);
        check("f24", Key::F24);
    }
}
