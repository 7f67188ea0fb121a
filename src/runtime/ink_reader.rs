//! Reads what a finger wrote, between the session's tickets and the handwriting desk's.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use super::Post;
use crate::input::handwriting::{self, DeskEvent, HandwritingDesk, Pad, Reading};
use crate::session::{Event, Ink, Ticket};

/// A pad wider than this part of its height (in hundredths) takes several characters side by side.
const LINE_ASPECT_PERCENT_MIN: u16 = 180;
/// Points come in parts of ten thousand.
const POINT_PARTS: f32 = 10_000.0;

/// Which desk ticket answers which question.
type Newest = Arc<Mutex<Option<(handwriting::Ticket, Ticket)>>>;

/// The way from the loop to the model. Without one, every question is answered with nothing.
pub(super) struct InkReader {
    desk: Option<HandwritingDesk>,
    newest: Newest,
    post: Post,
}

impl InkReader {
    /// Loads the model on a thread of its own; the session is told whether it can be used.
    pub fn start(models: Option<PathBuf>, post: Post) -> Self {
        let newest = Newest::default();
        let (for_desk, tell) = (Arc::clone(&newest), post.clone());
        let desk = models.map(|folder| HandwritingDesk::start(folder, move |event| told(event, &for_desk, &tell)));
        let desk = match desk {
            Some(Ok(desk)) => Some(desk),
            Some(Err(error)) => {
                tracing::error!(%error, "no handwriting");
                None
            }
            None => {
                tracing::warn!("no handwriting: there is no model; install/models.sh fetches it");
                None
            }
        };
        if desk.is_none() {
            post.event(Event::Handwriting(false));
        }
        Self { desk, newest, post }
    }

    pub fn read(&self, ticket: Ticket, ink: &Ink) {
        let Some(desk) = &self.desk else { return self.post.event(Event::Recognised(ticket, Vec::new())) };
        let line = ink.aspect_percent >= LINE_ASPECT_PERCENT_MIN;
        let pad = if line { Pad::Line } else { Pad::Character };
        // Held while asking, so that an answer that is very quick finds its question.
        let mut newest = self.newest.lock().unwrap_or_else(PoisonError::into_inner);
        *newest = Some((desk.ask(&drawn(ink), pad), ticket));
    }

    /// The visit has ended.
    pub fn forget(&self) {
        if let Some(desk) = &self.desk {
            desk.forget();
        }
    }
}

fn drawn(ink: &Ink) -> handwriting::Ink {
    let mut drawn = handwriting::Ink::new(f32::from(ink.aspect_percent.max(1)) / 100.0);
    for stroke in &ink.strokes {
        for (place, (x, y)) in stroke.iter().enumerate() {
            let (x, y) = (f32::from(*x) / POINT_PARTS, f32::from(*y) / POINT_PARTS);
            if place == 0 { drawn.begin(x, y) } else { drawn.extend(x, y) }
        }
    }
    drawn
}

fn told(event: DeskEvent, newest: &Newest, post: &Post) {
    match event {
        DeskEvent::Ready => post.event(Event::Handwriting(true)),
        DeskEvent::Unavailable(error) => {
            tracing::error!(%error, "no handwriting");
            post.event(Event::Handwriting(false));
            // Whoever waits for an answer gets the empty one.
            let waiting = newest.lock().unwrap_or_else(PoisonError::into_inner).take();
            waiting.into_iter().for_each(|(_, ticket)| post.event(Event::Recognised(ticket, Vec::new())));
        }
        DeskEvent::Read { ticket, reading } => {
            let asked = *newest.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some((_, question)) = asked.filter(|(desk, _)| *desk == ticket) {
                post.event(Event::Recognised(question, candidates(&reading)));
            }
        }
    }
}

/// A whole phrase as one candidate, else what the one character may be.
fn candidates(reading: &Reading) -> Vec<String> {
    if reading.positions().len() > 1 {
        return vec![reading.text()];
    }
    reading.candidates().iter().map(|candidate| candidate.character.to_string()).collect()
}
