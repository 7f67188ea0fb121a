//! 您要去哪里看病？ Common places and provinces first, then the cities of one.

use super::case::Case;
use super::route::{self, Stop};
use super::writing::Write;
use super::{Step, show, stay};
use crate::domain::Service;
use crate::journey::finding::{Grid, GridMove, Spot};
use crate::session::desk::Desk;
use crate::session::states::State;
use crate::session::{Event, Prompt, Screen, WritingField};

/// The grid of places.
#[derive(Debug)]
pub(super) struct Where {
    grid: Grid,
}

impl Where {
    pub fn new(case: &Case) -> Self {
        Self { grid: Grid::new(case.home()) }
    }
}

/// A match of the search: a place, or a province whose cities come next.
pub(super) fn found(spot: Spot, case: Box<Case>, desk: &mut Desk) -> State {
    if spot.has_cities {
        let grid = Grid::new(case.home()).within(spot);
        return show(Where { grid }, case, desk);
    }
    choose(spot, case, desk)
}

/// Another place makes void what was answered about the one before.
fn choose(spot: Spot, mut case: Box<Case>, desk: &mut Desk) -> State {
    let draft = &mut case.draft;
    if draft.destination.as_ref() != Some(&spot) {
        draft.address = None;
        draft.replaces = None;
        draft.promise = None;
    }
    draft.destination = Some(spot);
    route::forward(Stop::Where, case, desk)
}

impl Step for Where {
    fn on(mut self, event: Event, case: Box<Case>, desk: &mut Desk) -> State {
        let Event::Press(press) = event else { return stay(self, case) };
        match self.grid.on(press, &case.policy.common_destinations.value, desk.modes.large_font) {
            GridMove::Stay => stay(self, case),
            GridMove::Turned => show(self, case, desk),
            GridMove::Picked(spot) => choose(spot, case, desk),
            GridMove::Search => show(Write::new(WritingField::Place, &case, desk), case, desk),
            GridMove::Back => route::back(Stop::Where, case, desk),
        }
    }

    fn screen(&self, case: &Case, desk: &Desk) -> Screen {
        let chosen = case.draft.destination.as_ref().map(|spot| &spot.code);
        let common = &case.policy.common_destinations.value;
        Screen::Places(self.grid.view(Stop::Where.step(), Service::Filing, common, chosen, desk.modes.large_font))
    }

    fn prompt(&self, _: &Case, _: &Desk) -> Prompt {
        self.grid.prompt(Prompt::WhereTo)
    }
}
