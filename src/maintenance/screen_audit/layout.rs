//! What can be measured on the places and sizes of things, before anything is drawn.

use crate::screen::floors::Floors;
use crate::screen::{Element, TextSetting};
use crate::words::is_wide;

use super::exceptions::excused;
use super::{Check, Setting, Violation};

/// Rounding of layouts.
pub const SLACK_PX: f32 = 1.0;
/// Rounding of millimetres: half a pixel.
const SLACK_MM: f32 = 0.15;
/// What stands on the bar and in the header is known after the first look.
const FRAME: [&str; 2] = ["BottomBar", "Header"];
/// What is opened on the first screen.
const TILES: [&str; 2] = ["HeroTile", "Tile"];
/// With 放低 everything to press begins below this part of the height.
const LOW: f32 = 0.5;
/// Otherwise below this one.
const USUAL: f32 = 1.0 / 3.0;
/// Part of a line above its letters, and below.
const LEADING: f32 = 0.12;
/// Part of the width of a wide screen that the title's column has at most.
const TITLE_SHARE: f32 = 0.42;
/// Marks that end a sentence or a part of one.
const SENTENCE: [char; 8] = ['。', '；', '！', '？', '，', '.', ';', '!'];

/// One screen as it is laid out.
pub struct Sheet<'a> {
    /// Which screen, for whom, on what.
    pub setting: Setting,
    /// What is on it, without what lies under something else.
    pub elements: &'a [Element],
    /// What is being said, if it stands on the screen.
    pub caption: Option<&'a str>,
    /// The words of what the keys go through, in their order.
    pub keys: &'a [String],
    /// Whether it is read from right to left.
    pub rtl: bool,
}

/// Everything wrong with one screen.
pub fn violations(sheet: &Sheet<'_>) -> Vec<Violation> {
    let mut found = Vec::new();
    for element in sheet.elements {
        sheet.place(element, &mut found);
        if let Some(text) = &element.text {
            sheet.text(element, text, &mut found);
        }
        if element.button {
            sheet.button(element, &mut found);
        }
        sheet.finger(element, &mut found);
    }
    sheet.pairs(&mut found);
    sheet.whole(&mut found);
    sheet.order(&mut found);
    found
}

impl Sheet<'_> {
    fn floors(&self) -> Floors {
        Floors::of(self.setting.modes.large_font, self.setting.panel.seated())
    }

    fn mm(&self, px: f32) -> f32 {
        px / self.setting.panel.du_per_mm()
    }

    fn note(&self, found: &mut Vec<Violation>, check: Check, element: &Element, measured: String, wanted: String) {
        if !excused(check, &self.setting, element) {
            found.push(Violation { setting: self.setting, check, element: name(element), measured, wanted });
        }
    }

    fn at_least(&self, found: &mut Vec<Violation>, check: Check, element: &Element, px: f32, floor_mm: f32) {
        let measured = self.mm(px);
        if measured + SLACK_MM < floor_mm {
            self.note(found, check, element, format!("{measured:.1} mm"), format!("{floor_mm:.1} mm"));
        }
    }

    fn place(&self, element: &Element, found: &mut Vec<Violation>) {
        let (width, height) = self.setting.panel.pixels();
        let inside = element.x >= -SLACK_PX
            && element.y >= -SLACK_PX
            && element.x + element.width <= width as f32 + SLACK_PX
            && element.y + element.height <= height as f32 + SLACK_PX;
        // The window itself hides the cursor under every finger.
        if !inside && (element.button || element.text.is_some()) {
            self.note(found, Check::Glass, element, place(element), format!("within {width}×{height}"));
        }
        if element.truncated {
            self.note(found, Check::Fit, element, place(element), "room for all of it".into());
        }
        if let Some(button) = element.on.and_then(|on| self.elements.get(on)).filter(|_| element.text.is_some()) {
            let within = element.x + SLACK_PX >= button.x
                && element.y + SLACK_PX >= button.y
                && element.x + element.width <= button.x + button.width + SLACK_PX
                && element.y + element.height <= button.y + button.height + SLACK_PX;
            if !within {
                self.note(found, Check::Fit, element, place(element), format!("within its button {}", place(button)));
            }
        }
    }

    fn text(&self, element: &Element, text: &TextSetting, found: &mut Vec<Violation>) {
        let floors = self.floors();
        if text.elides {
            self.note(found, Check::Elision, element, "may be cut".into(), "whole".into());
        }
        if text.italic {
            self.note(found, Check::Italic, element, "slanted".into(), "upright".into());
        }
        let framed = element.on.is_some() || FRAME.iter().any(|frame| self.within(element, frame));
        let floor_mm = if framed { floors.text_mm } else { floors.body_mm };
        self.at_least(found, Check::Text, element, text.size_px, floor_mm);
        if element.label.starts_with('¥') {
            self.at_least(found, Check::Amount, element, text.size_px, floors.amount_mm);
        }
        self.lines(element, text, found);
    }

    fn within(&self, element: &Element, frame: &str) -> bool {
        element.kinds.iter().any(|kind| kind.starts_with(frame)) || element.id.starts_with(frame)
    }

    fn lines(&self, element: &Element, text: &TextSetting, found: &mut Vec<Violation>) {
        let floors = self.floors();
        let read = !text.bold && element.on.is_none() && element.label.contains(SENTENCE);
        let factor = text.pitch_px / text.size_px;
        if read && text.lines > 1 && factor + 0.01 < floors.line_height {
            let wanted = format!("{:.2} of its size", floors.line_height);
            self.note(found, Check::LineHeight, element, format!("{factor:.2}"), wanted);
        }
        let longest = element.label.lines().map(characters).fold(0.0, f32::max);
        let a_line = longest.min(element.width / text.size_px).floor();
        if a_line > floors.characters_a_line {
            let wanted = format!("at most {}", floors.characters_a_line);
            self.note(found, Check::LineLength, element, format!("{a_line} characters a line"), wanted);
        }
    }

    fn button(&self, element: &Element, found: &mut Vec<Violation>) {
        if element.label.trim().is_empty() {
            self.note(found, Check::Label, element, "says nothing".into(), "what it does".into());
        }
        self.at_least(found, Check::Target, element, element.width.min(element.height), self.floors().target_mm);
        let (width, height) = self.setting.panel.pixels();
        if height > width && !element.over {
            let (check, share) = if self.setting.modes.reach { (Check::Low, LOW) } else { (Check::Reach, USUAL) };
            let top = share * height as f32;
            if element.y + SLACK_PX < top {
                let measured = format!("begins at {:.0} px", element.y);
                self.note(found, check, element, measured, format!("below {top:.0} px"));
            }
        }
    }

    /// Whatever takes a finger must be named: a button, or something that says what it is for.
    fn finger(&self, element: &Element, found: &mut Vec<Violation>) {
        let (width, height) = self.setting.panel.pixels();
        let whole = element.width >= width as f32 && element.height >= height as f32 - SLACK_PX;
        if !element.touch || whole || element.on.is_some() {
            return;
        }
        let named = |other: &Element| !other.label.is_empty() && other.text.is_none() && overlap(element, other);
        if !self.elements.iter().any(named) {
            self.note(found, Check::Label, element, place(element), "a role and a name".into());
        }
    }

    fn pairs(&self, found: &mut Vec<Violation>) {
        let pressable: Vec<&Element> = self.elements.iter().filter(|element| element.button).collect();
        let floor_mm = self.floors().gap_mm;
        for (index, one) in pressable.iter().enumerate() {
            for other in &pressable[index + 1..] {
                if overlap(one, other) {
                    self.note(found, Check::Overlap, one, format!("lies over {}", name(other)), "apart".into());
                } else if let Some(gap) = gap(one, other).filter(|gap| self.mm(*gap) + SLACK_MM < floor_mm) {
                    let measured = format!("{:.1} mm from {}", self.mm(gap), name(other));
                    self.note(found, Check::Gap, one, measured, format!("{floor_mm:.1} mm"));
                }
            }
        }
        let texts: Vec<&Element> = self.elements.iter().filter(|element| element.text.is_some()).collect();
        for (index, one) in texts.iter().enumerate() {
            for other in texts[index + 1..].iter().filter(|other| overlap(&ink(one), &ink(other))) {
                self.note(found, Check::TextOverlap, one, format!("lies over {}", name(other)), "apart".into());
            }
            for button in pressable.iter().filter(|button| overlap(button, &ink(one))) {
                let own = one.on.and_then(|on| self.elements.get(on));
                if own != Some(*button) {
                    self.note(found, Check::TextOverlap, one, format!("lies under {}", name(button)), "apart".into());
                }
            }
        }
    }

    fn whole(&self, found: &mut Vec<Violation>) {
        let nothing = Element::default();
        if !self.elements.iter().any(|element| element.button) {
            self.note(found, Check::Way, &nothing, "nothing to press".into(), "a way on".into());
        }
        if self.setting.screen == "home" {
            let tile = |element: &&Element| element.button && element.kinds.iter().any(|kind| TILES.contains(&&**kind));
            let (tiles, wanted) = (self.elements.iter().filter(tile).count(), self.floors().tiles);
            if tiles != wanted {
                self.note(found, Check::Tiles, &nothing, format!("{tiles} tiles"), format!("{wanted}"));
            }
        }
        let said = self.caption.and_then(|caption| self.elements.iter().find(|e| !e.button && e.label == caption));
        if let Some(said) = said {
            for button in self.elements.iter().filter(|e| e.button && overlap(e, said)) {
                self.note(found, Check::Caption, button, "lies over what is being said".into(), "apart".into());
            }
        }
    }

    /// Where it would stand on a screen read from left to right.
    fn as_read(&self, element: &Element) -> Element {
        let x = if self.rtl { self.setting.panel.pixels().0 as f32 - element.x - element.width } else { element.x };
        Element { x, ..element.clone() }
    }

    /// Where the column of the title ends on a wide screen; an upright one has none.
    fn title_until(&self) -> f32 {
        let (width, height) = self.setting.panel.pixels();
        if width > height { TITLE_SHARE * width as f32 } else { 0.0 }
    }

    /// The keys must go the way one reads. What stands on another page is passed over.
    fn order(&self, found: &mut Vec<Violation>) {
        let mut left: Vec<&Element> = self.elements.iter().filter(|e| e.button && e.enabled).collect();
        let shows =
            |button: &Element, words: &String| button.label.split('\n').next() == Some(words) || button.label == *words;
        let mut take = |words| left.iter().position(|button| shows(button, words)).map(|place| left.remove(place));
        let way: Vec<&Element> = self.keys.iter().filter_map(&mut take).collect();
        let comes_back =
            |pair: &&[&Element]| comes_back(&self.as_read(pair[0]), &self.as_read(pair[1]), self.title_until());
        for pair in way.windows(2).filter(comes_back) {
            let measured = format!("comes after {}", name(pair[0]));
            self.note(found, Check::Order, pair[1], measured, "the order one reads".into());
        }
    }
}

/// Whether the second stands wholly above the first without beginning another column, or before it in the same line.
/// The column of the title, which ends at `title_until`, may follow what it asks: there stands the way on.
fn comes_back(first: &Element, second: &Element, title_until: f32) -> bool {
    if second.x + second.width <= title_until && second.x + second.width <= first.x + SLACK_PX {
        return false;
    }
    let right_of = second.x + SLACK_PX >= first.x + first.width;
    let above = second.y + second.height <= first.y + SLACK_PX;
    let same_line = second.y < first.y + first.height - SLACK_PX && first.y < second.y + second.height - SLACK_PX;
    (above && !right_of) || (same_line && second.x + second.width <= first.x + SLACK_PX)
}

/// Widths of a Chinese character in a line; Latin letters are half as wide. None in a line of Latin words, which is
/// measured by other rules.
fn characters(line: &str) -> f32 {
    let wide = line.chars().filter(|c| is_wide(*c)).count() as f32;
    let narrow = line.chars().count() as f32 - wide;
    if wide < narrow { 0.0 } else { wide + 0.5 * narrow }
}

/// Where the ink of a text can be: its lines, without the room above and below the letters.
fn ink(element: &Element) -> Element {
    let Some((x, y, width, height)) = element.text.as_ref().map(|text| text.ink) else { return element.clone() };
    let margin = LEADING * height;
    Element { x, y: y + margin, width, height: height - 2.0 * margin, ..element.clone() }
}

fn overlap(one: &Element, other: &Element) -> bool {
    let apart = |a: f32, a_size: f32, b: f32, b_size: f32| a + a_size <= b + SLACK_PX || b + b_size <= a + SLACK_PX;
    !apart(one.x, one.width, other.x, other.width) && !apart(one.y, one.height, other.y, other.height)
}

/// Between two things that stand beside or below each other; none for those that stand askew.
fn gap(one: &Element, other: &Element) -> Option<f32> {
    let between = |a: f32, a_size: f32, b: f32, b_size: f32| (b - a - a_size).max(a - b - b_size);
    let across = between(one.x, one.width, other.x, other.width);
    let along = between(one.y, one.height, other.y, other.height);
    match (across < 0.0, along < 0.0) {
        (true, false) => Some(along),
        (false, true) => Some(across),
        _ => None,
    }
}

/// An element in words.
pub fn name(element: &Element) -> String {
    let label: String = element.label.replace('\n', " ").chars().take(24).collect();
    let kind = element.kinds.first().map(String::as_str).unwrap_or_default();
    format!("{kind} “{label}”")
}

fn place(element: &Element) -> String {
    format!("{:.0}×{:.0} at {:.0},{:.0}", element.width, element.height, element.x, element.y)
}
