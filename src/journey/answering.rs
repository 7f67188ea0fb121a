//! The questionnaire of a matter, after its rating is safe. Every question may be passed over.

use crate::domain::{Entry, Matter};
use crate::session::desk::Desk;
use crate::session::states::{Afterwards, Stage, State, Thanks};
use crate::session::{Event, Press, Prompt, Question, Screen};

/// One question after another.
#[derive(Debug)]
pub(crate) struct Answering {
    matter: Matter,
    afterwards: Afterwards,
    next: usize,
    answers: Vec<(u8, u8)>,
}

impl Answering {
    /// The first question, or the end of the visit where none is configured.
    pub fn enter(matter: Matter, afterwards: Afterwards, desk: &mut Desk) -> State {
        Self { matter, afterwards, next: 0, answers: Vec::new() }.ask(desk)
    }

    fn question<'a>(&self, desk: &'a Desk) -> Option<&'a Question> {
        let own = desk.config.questionnaires.iter().find(|q| q.service == self.matter.service)?;
        own.questions.get(self.next)
    }

    fn ask(self, desk: &mut Desk) -> State {
        if self.question(desk).is_none() {
            return self.done(desk);
        }
        desk.say(Prompt::Question);
        State::Answering(self)
    }

    fn done(self, desk: &mut Desk) -> State {
        if !self.answers.is_empty() {
            desk.store(Entry::Answers {
                project: self.matter.project.clone(),
                answers: self.answers,
                at: desk.now.wall,
            });
        }
        desk.wipe();
        Thanks::enter(true, self.afterwards, desk)
    }
}

impl Stage for Answering {
    fn on(mut self, event: Event, desk: &mut Desk) -> State {
        let choices = self.question(desk).map_or(0, |question| question.choices.len());
        match event {
            Event::Press(Press::Answer(choice)) if usize::from(choice) < choices => {
                self.answers.push((u8::try_from(self.next).unwrap_or(u8::MAX), choice));
                self.next += 1;
                self.ask(desk)
            }
            Event::Press(Press::SkipRating) => {
                self.next += 1;
                self.ask(desk)
            }
            Event::Press(Press::Finish) => self.done(desk),
            _ => State::Answering(self),
        }
    }

    fn screen(&self, desk: &Desk) -> Screen {
        let language = desk.modes.language;
        let question = self.question(desk);
        let text = question.map(|q| language.choose(&q.zh, &q.en)).cloned().unwrap_or_default();
        let choices = question.map(|q| &q.choices[..]).unwrap_or_default();
        let choices = choices.iter().map(|(zh, en)| language.choose(zh, en).clone()).collect();
        Screen::Question { text, choices }
    }

    fn prompt(&self, _: &Desk) -> Prompt {
        Prompt::Question
    }

    fn leave(self, desk: &mut Desk) -> State {
        self.done(desk)
    }

    fn can_go_back(&self) -> bool {
        false
    }

    fn in_visit(&self) -> bool {
        true
    }
}
