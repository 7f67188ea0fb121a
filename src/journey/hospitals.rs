//! 查定点医院: a city, a name, a card with address and phone. Nobody needs to show who they are, and nothing is kept.

use super::finding::{Grid, GridMove, Pad, PadMove};
use crate::domain::{AreaCode, Service};
use crate::session::desk::Desk;
use crate::session::guest::Guest;
use crate::session::states::{Afterwards, Home, Stage, State, Thanks};
use crate::session::{Event, HospitalCard, Press, Prompt, Screen, WritingField};

/// The hospital search.
#[derive(Debug)]
pub(crate) struct Hospitals {
    /// Somebody who laid a card down before stays who they are.
    guest: Option<Guest>,
    at: At,
    turns: u32,
}

#[derive(Debug)]
enum At {
    City(Grid),
    Name(Pad),
    Card(HospitalCard, Pad),
}

impl Hospitals {
    pub fn enter(guest: Option<Guest>, desk: &mut Desk) -> State {
        Self::turn_to(guest, At::City(Grid::new(None)), 0, desk)
    }

    fn turn_to(guest: Option<Guest>, at: At, turns: u32, desk: &mut Desk) -> State {
        let state = Self { guest, at, turns: turns + 1 };
        desk.say(state.prompt(desk));
        State::Hospitals(state)
    }

    fn common(desk: &Desk) -> Vec<String> {
        desk.config.filing.as_ref().map(|policy| policy.common_destinations.value.clone()).unwrap_or_default()
    }

    fn name_in(self, area: Option<AreaCode>, desk: &mut Desk) -> State {
        let pad = Pad::new(WritingField::Hospital, desk).among_hospitals(area, desk);
        Self::turn_to(self.guest, At::Name(pad), self.turns, desk)
    }

    fn away(self, afterwards: Afterwards, desk: &mut Desk) -> State {
        match (afterwards, self.guest) {
            (Afterwards::Home, guest) => Home::enter(guest, desk),
            (Afterwards::Standby, _) => Thanks::end_visit(Afterwards::Standby, desk),
        }
    }
}

impl Stage for Hospitals {
    fn on(self, event: Event, desk: &mut Desk) -> State {
        let Self { guest, at, turns } = self;
        match (at, event) {
            (_, Event::CardRead(card)) => Home::welcome_card(&card, desk),
            (_, Event::Scanned(voucher)) => Home::welcome_voucher(voucher, desk),
            (At::City(mut grid), Event::Press(press)) => {
                match grid.on(press, &Self::common(desk), desk.modes.large_font) {
                    GridMove::Stay => State::Hospitals(Self { guest, at: At::City(grid), turns }),
                    GridMove::Turned => Self::turn_to(guest, At::City(grid), turns, desk),
                    GridMove::Picked(spot) => Self { guest, at: At::City(grid), turns }.name_in(Some(spot.code), desk),
                    GridMove::Search => Self { guest, at: At::City(grid), turns }.name_in(None, desk),
                    GridMove::Back => Self { guest, at: At::City(grid), turns }.away(Afterwards::Home, desk),
                }
            }
            (At::Name(mut pad), event) => match pad.on(event, desk) {
                PadMove::Hospital(card) => Self::turn_to(guest, At::Card(card, pad), turns, desk),
                PadMove::Back => Self::turn_to(guest, At::City(Grid::new(None)), turns, desk),
                _ => State::Hospitals(Self { guest, at: At::Name(pad), turns }),
            },
            (At::Card(_, pad), Event::Press(Press::Back)) => Self::turn_to(guest, At::Name(pad), turns, desk),
            (at @ At::Card(..), Event::Press(Press::Finish)) => {
                Self { guest, at, turns }.away(Afterwards::Standby, desk)
            }
            (at, _) => State::Hospitals(Self { guest, at, turns }),
        }
    }

    fn screen(&self, desk: &Desk) -> Screen {
        match &self.at {
            At::City(grid) => {
                Screen::Places(grid.view(None, Service::Hospitals, &Self::common(desk), None, desk.modes.large_font))
            }
            At::Name(pad) => Screen::Writing(pad.view(None, desk)),
            At::Card(card, _) => Screen::Hospital(card.clone()),
        }
    }

    fn prompt(&self, _: &Desk) -> Prompt {
        match &self.at {
            At::City(grid) => grid.prompt(Prompt::HospitalsWhere),
            At::Name(pad) => pad.prompt(),
            At::Card(..) => Prompt::HospitalShown,
        }
    }

    fn in_visit(&self) -> bool {
        self.guest.is_some()
    }

    fn turn(&self) -> u32 {
        self.turns
    }
}
