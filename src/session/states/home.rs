//! The first screen. Somebody may already have laid a card down; then the tile leads straight on.

use super::{Confirm, Identify, Information, Lookup, Stage, Standby, State};
use crate::domain::{EVoucher, IdentityCard, Service};
use crate::journey::Hospitals;
use crate::session::desk::Desk;
use crate::session::guest::Guest;
use crate::session::{Event, Press, Prompt, Screen, Tile, TileState, Tone};

/// The first screen.
#[derive(Debug)]
pub(crate) struct Home {
    guest: Option<Guest>,
    more: bool,
}

impl Home {
    /// The first screen; the closed one where nothing could be kept.
    pub fn enter(guest: Option<Guest>, desk: &mut Desk) -> State {
        if !desk.ledger_works {
            return Standby::enter(desk);
        }
        desk.say(Prompt::Home);
        State::Home(Self { guest, more: false })
    }

    /// A card laid down before anything was pressed.
    pub fn welcome_card(card: &IdentityCard, desk: &mut Desk) -> State {
        desk.tone(Tone::Done);
        let guest = Guest::by_card(card, desk);
        Confirm::enter(guest, None, desk)
    }

    /// A code shown before anything was pressed.
    pub fn welcome_voucher(voucher: EVoucher, desk: &mut Desk) -> State {
        desk.tone(Tone::Done);
        let guest = Guest::by_voucher(voucher, desk);
        Lookup::enter(guest, None, desk)
    }

    fn open(self, service: Service, desk: &mut Desk) -> State {
        if tile_state(service, desk) != TileState::Open {
            return State::Home(self);
        }
        match (service, self.guest) {
            (Service::Hospitals, guest) => Hospitals::enter(guest, desk),
            (_, guest) if !needs_person(service, desk) => Information::about(service, guest, desk),
            (_, Some(guest)) => Lookup::enter(guest, Some(service), desk),
            (_, None) => Identify::enter(service, desk),
        }
    }
}

/// Whether a tile opens, and why not.
fn tile_state(service: Service, desk: &Desk) -> TileState {
    // A filing can be kept without the platform, but then only a card tells who it is for.
    let by_card_alone = matches!(service, Service::Filing | Service::Relative) && desk.devices.id_reader;
    match needs_person(service, desk) {
        true if desk.devices.is_empty() => TileState::NoDevice,
        true if !desk.platform_works && !by_card_alone => TileState::NoPlatform,
        _ => TileState::Open,
    }
}

/// Whether a service begins with somebody showing who they are.
fn needs_person(service: Service, desk: &Desk) -> bool {
    match service {
        Service::Balance | Service::Insured => true,
        Service::Filing | Service::Relative => desk.config.filing.is_some(),
        _ => false,
    }
}

impl Stage for Home {
    fn on(self, event: Event, desk: &mut Desk) -> State {
        match event {
            Event::Press(Press::Service(service)) => self.open(service, desk),
            Event::Press(Press::MoreServices) => {
                let more = !self.more;
                desk.say(if more { Prompt::MoreServices } else { Prompt::Home });
                State::Home(Self { more, ..self })
            }
            Event::Press(Press::Back) if self.more => State::Home(Self { more: false, ..self }),
            Event::CardRead(card) => Self::welcome_card(&card, desk),
            Event::Scanned(voucher) => Self::welcome_voucher(voucher, desk),
            Event::ScannedOther => {
                desk.say(Prompt::NotAVoucher);
                State::Home(self)
            }
            _ => State::Home(self),
        }
    }

    fn screen(&self, desk: &Desk) -> Screen {
        let tiles = Service::ALL.map(|service| Tile { service, state: tile_state(service, desk) });
        Screen::Home { tiles: tiles.to_vec(), more: self.more }
    }

    fn prompt(&self, _: &Desk) -> Prompt {
        if self.more { Prompt::MoreServices } else { Prompt::Home }
    }

    fn can_go_back(&self) -> bool {
        self.more
    }

    fn in_visit(&self) -> bool {
        self.guest.is_some()
    }
}
