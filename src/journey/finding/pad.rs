//! Writing with a finger or by pinyin, and what matches so far. What is written is wiped with the pad.

use super::finder::{self, Found};
use crate::domain::AreaCode;
use crate::domain::filing::WRITTEN_CHARS_MAX;
use crate::input::pinyin::{Composer, Field};
use crate::journey::secret::Secret;
use crate::session::desk::Desk;
use crate::session::{
    Effect, Event, HospitalCard, Ink, Match, MatchNote, Press, Prompt, Step, Ticket, Tone, Writing, WritingBy,
    WritingField,
};

/// The longest row of letters that are no characters yet.
const LETTERS_MAX: usize = 30;
/// Strokes on the pad; nobody writes more at a time.
const STROKES_MAX: usize = 200;
/// Points of one stroke; a longer one is cut.
const POINTS_MAX: usize = 2_000;
/// Candidates on offer.
const CANDIDATES_MAX: usize = 8;
/// Matches on offer.
const MATCHES_MAX: usize = 4;
/// Shape of the pad: width over height.
const PAD_ASPECT_PERCENT: u16 = 160;
/// An address or the name of a hospital has at least so many characters.
const TEXT_CHARS_MIN: usize = 2;

/// The pad as it stands.
#[derive(Debug)]
pub(crate) struct Pad {
    field: WritingField,
    by: WritingBy,
    text: Secret,
    /// The last that was written did not fit any more.
    full: bool,
    /// Letters of a search, taken as they are.
    letters: Secret,
    /// Letters of a free text, which become characters.
    composer: Composer,
    ink: Ink,
    candidates: Vec<Secret>,
    recognising: Option<Ticket>,
    /// Where hospitals are looked for.
    area: Option<AreaCode>,
    looking: Option<Ticket>,
    matches: Matches,
    /// Not offered: one does not file to where one is insured.
    except: Option<AreaCode>,
}

#[derive(Debug)]
enum Matches {
    Places(Vec<Found>),
    Hospitals(Vec<HospitalCard>),
}

/// What an event on the pad leads to.
#[derive(Debug)]
pub(crate) enum PadMove {
    Stay,
    Back,
    /// “写好了”.
    Done(Secret),
    Place(Found),
    Hospital(HospitalCard),
}

impl Pad {
    /// An empty pad; one writes with a finger where that works.
    pub fn new(field: WritingField, desk: &Desk) -> Self {
        let by = if desk.handwriting_works { WritingBy::Hand } else { WritingBy::Pinyin };
        let matches = Matches::Places(Vec::new());
        let composer = Composer::new(finder::lexicon(), Field::Text, CANDIDATES_MAX);
        let (text, letters, ink, candidates) = Default::default();
        let (recognising, looking, area, except) = (None, None, None, None);
        let full = false;
        Self { field, by, text, full, letters, composer, ink, candidates, recognising, area, looking, matches, except }
    }

    /// With what stands there already.
    pub fn with_text(mut self, text: &str) -> Self {
        self.text.push(text, WRITTEN_CHARS_MAX);
        self
    }

    /// Without this place among the matches.
    pub fn without(mut self, except: AreaCode) -> Self {
        self.except = Some(except);
        self
    }

    /// Looks for hospitals in an area, or everywhere, and begins with all it has there.
    pub fn among_hospitals(mut self, area: Option<AreaCode>, desk: &mut Desk) -> Self {
        self.area = area;
        self.matches = Matches::Hospitals(Vec::new());
        self.look(desk);
        self
    }

    pub fn on(&mut self, event: Event, desk: &mut Desk) -> PadMove {
        match event {
            Event::Press(press) => return self.press(press, desk),
            Event::Stroke(points) => self.stroke(points, desk),
            Event::Recognised(ticket, found) if self.recognising == Some(ticket) => {
                self.recognising = None;
                self.candidates = found.into_iter().take(CANDIDATES_MAX).map(Secret::new).collect();
            }
            Event::Hospitals(ticket, found) if self.looking == Some(ticket) => {
                self.looking = None;
                self.matches = Matches::Hospitals(found.into_iter().take(MATCHES_MAX).collect());
            }
            Event::Handwriting(false) if self.by == WritingBy::Hand => self.change(WritingBy::Pinyin, desk),
            _ => {}
        }
        PadMove::Stay
    }

    fn press(&mut self, press: Press, desk: &mut Desk) -> PadMove {
        match press {
            Press::Key(key) => self.key(key.0, desk),
            Press::Candidate(n) => self.choose(usize::from(n), desk),
            Press::Erase => self.erase(desk),
            Press::ClearInk => self.blank(),
            Press::UndoStroke => {
                self.ink.strokes.pop();
                self.recognise(desk);
            }
            Press::ByHand if desk.handwriting_works => self.change(WritingBy::Hand, desk),
            Press::ByPinyin => self.change(WritingBy::Pinyin, desk),
            Press::Pick(n) => return self.pick(usize::from(n)),
            Press::PageDown => self.composer.next_page(),
            Press::PageUp => self.composer.previous_page(),
            Press::Next if self.complete() => return self.done(),
            Press::Back => return PadMove::Back,
            _ => {}
        }
        PadMove::Stay
    }

    fn pick(&self, n: usize) -> PadMove {
        match &self.matches {
            Matches::Places(found) => found.get(n).cloned().map_or(PadMove::Stay, PadMove::Place),
            Matches::Hospitals(found) => found.get(n).cloned().map_or(PadMove::Stay, PadMove::Hospital),
        }
    }

    fn done(&self) -> PadMove {
        if self.field.finds() { self.pick(0) } else { PadMove::Done(self.text.clone()) }
    }

    fn complete(&self) -> bool {
        if self.field.finds() {
            return self.match_count() == 1;
        }
        self.text.chars().count() >= TEXT_CHARS_MIN && !self.has_letters() && self.ink.strokes.is_empty()
    }

    fn match_count(&self) -> usize {
        match &self.matches {
            Matches::Places(found) => found.len(),
            Matches::Hospitals(found) => found.len(),
        }
    }

    fn key(&mut self, key: char, desk: &mut Desk) {
        let mut one = [0; 4];
        match key {
            'a'..='z' if self.by == WritingBy::Pinyin && self.field.finds() => {
                self.letters.push(key.encode_utf8(&mut one), LETTERS_MAX);
            }
            'a'..='z' if self.by == WritingBy::Pinyin => _ = self.composer.press(key),
            '0'..='9' if !self.field.finds() && !self.has_letters() => {
                self.take(key.encode_utf8(&mut one), desk);
            }
            _ => return,
        }
        self.look(desk);
    }

    fn has_letters(&self) -> bool {
        !self.letters.is_empty() || !self.composer.letters().is_empty()
    }

    fn choose(&mut self, n: usize, desk: &mut Desk) {
        if let Some(phrase) = self.composer.choose(n) {
            self.take(&phrase, desk);
        } else if let Some(chosen) = self.candidates.get(n).cloned() {
            let taken = self.take(&chosen, desk);
            self.letters.clear();
            self.blank();
            if taken {
                self.say_taken(&chosen, desk);
            }
        }
        self.look(desk);
    }

    /// Adds to what stands there. What does not fit is dropped, and that is said.
    fn take(&mut self, text: &str, desk: &mut Desk) -> bool {
        let taken = self.text.push(text, WRITTEN_CHARS_MAX);
        self.full = !taken;
        if self.full {
            desk.tone(Tone::Attention);
        }
        taken
    }

    fn erase(&mut self, desk: &mut Desk) {
        self.full = false;
        if !self.ink.strokes.is_empty() {
            return self.blank();
        }
        if !self.composer.backspace() && !self.letters.pop() {
            self.text.pop();
        }
        self.look(desk);
    }

    fn stroke(&mut self, mut points: Vec<(u16, u16)>, desk: &mut Desk) {
        if self.by != WritingBy::Hand || points.is_empty() || self.ink.strokes.len() >= STROKES_MAX {
            return;
        }
        points.truncate(POINTS_MAX);
        self.ink.strokes.push(points);
        self.recognise(desk);
    }

    fn recognise(&mut self, desk: &mut Desk) {
        if self.ink.strokes.is_empty() {
            return self.blank();
        }
        let ticket = desk.ticket();
        let ink = Ink { strokes: self.ink.strokes.clone(), aspect_percent: PAD_ASPECT_PERCENT };
        desk.effect(Effect::Recognise(ticket, ink));
        self.recognising = Some(ticket);
    }

    /// The pad is empty, and nothing is offered for it.
    fn blank(&mut self) {
        self.ink = Ink::default();
        self.recognising = None;
        self.candidates.clear();
    }

    fn change(&mut self, by: WritingBy, desk: &mut Desk) {
        self.by = by;
        self.letters.clear();
        self.composer.clear();
        self.blank();
        self.look(desk);
        desk.say(self.prompt());
    }

    fn look(&mut self, desk: &mut Desk) {
        let query = Secret::new(format!("{}{}", &*self.text, &*self.letters));
        match self.field {
            WritingField::Place => {
                let mut found = finder::search(&query, MATCHES_MAX + 1);
                found.retain(|found| self.except.as_ref() != Some(&found.spot.code));
                found.truncate(MATCHES_MAX);
                self.matches = Matches::Places(found);
            }
            WritingField::Hospital => {
                let ticket = desk.ticket();
                desk.effect(Effect::AskHospitals(ticket, self.area.clone(), query.to_string()));
                self.looking = Some(ticket);
            }
            WritingField::Address | WritingField::ReferralHospital => {}
        }
    }

    pub fn view(&self, step: Option<Step>, desk: &Desk) -> Writing {
        Writing {
            step,
            field: self.field,
            by: self.by,
            text: self.text.to_string(),
            full: self.full,
            letters: if self.field.finds() { self.letters.to_string() } else { self.composer.shown().to_string() },
            candidates: self.offered(),
            strokes: self.ink.strokes.clone(),
            recognising: self.recognising.is_some(),
            handwriting_works: desk.handwriting_works,
            matches: match &self.matches {
                Matches::Places(found) => found.iter().map(place_match).collect(),
                Matches::Hospitals(found) => found.iter().map(hospital_match).collect(),
            },
            complete: self.complete(),
        }
    }

    fn offered(&self) -> Vec<String> {
        let phrases = self.composer.page().iter().map(|phrase| phrase.text().to_owned());
        phrases.chain(self.candidates.iter().map(|candidate| candidate.to_string())).collect()
    }

    /// A character that was taken is said where everybody may hear it: never of an address or a referral.
    fn say_taken(&self, chosen: &str, desk: &mut Desk) {
        let mut characters = chosen.chars();
        if let (true, Some(only), None) = (self.field.finds(), characters.next(), characters.next()) {
            desk.say(Prompt::Character(only.into()));
        }
    }

    pub fn prompt(&self) -> Prompt {
        match (self.field, self.by) {
            (WritingField::Hospital, _) => Prompt::HospitalsName,
            (_, WritingBy::Hand) => Prompt::WriteByHand,
            (_, WritingBy::Pinyin) => Prompt::WriteByPinyin,
        }
    }
}

fn place_match(found: &Found) -> Match {
    Match { title: found.title.to_owned(), note: found.note.clone() }
}

fn hospital_match(card: &HospitalCard) -> Match {
    let note = MatchNote::Hospital { address: card.address.clone(), level: card.level.clone() };
    Match { title: card.name.clone(), note }
}
