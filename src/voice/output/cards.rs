//! The controls of the machine's sound cards through ALSA: their jacks and the switches of their loudspeakers.

use alsa::Card;
use alsa::card;
use alsa::ctl::ElemIface;
use alsa::hctl::{Elem, HCtl};

use crate::voice::jack::{Control, JackSource, is_loudspeaker_switch};

/// Cards come and go; after so many looks the machine is searched for them again.
const SEARCH_LOOKS: u32 = 50;

/// The cards that are open. A machine without any is no error.
#[derive(Debug, Default)]
pub struct AlsaCards {
    cards: Vec<HCtl>,
    looks: u32,
}

impl AlsaCards {
    fn search(&mut self) {
        if self.looks.is_multiple_of(SEARCH_LOOKS) {
            self.cards = card::Iter::new().filter_map(|card| open(card.ok()?).ok()).collect();
        }
        self.looks = self.looks.wrapping_add(1);
    }
}

fn open(card: Card) -> alsa::Result<HCtl> {
    let controls = HCtl::from_card(&card, true)?;
    controls.load()?;
    Ok(controls)
}

impl JackSource for AlsaCards {
    fn controls(&mut self) -> Vec<Control> {
        self.search();
        let mut listed = Vec::new();
        for card in &self.cards {
            // What the kernel has queued is not needed, for every look reads anew; left there, it would pile up.
            let _ = card.handle_events();
            listed.extend(card.elem_iter().filter_map(|element| control(&element)));
        }
        listed
    }

    fn mute_loudspeaker(&mut self, muted: bool) {
        for card in &self.cards {
            let switches =
                card.elem_iter().filter(|element| control(element).is_some_and(|c| is_loudspeaker_switch(&c)));
            for switch in switches {
                if let Err(error) = set_all(&switch, !muted) {
                    tracing::warn!(%error, muted, "the switch of a loudspeaker does not move");
                }
            }
        }
    }
}

fn control(element: &Elem<'_>) -> Option<Control> {
    let id = element.get_id().ok()?;
    let name = id.get_name().ok()?.to_owned();
    let of_the_card = id.get_interface() == ElemIface::Card;
    // Only jacks are read: it is done ten times a second.
    let on = if of_the_card { element.read().ok().and_then(|value| value.get_boolean(0)) } else { None };
    Some(Control { of_the_card, name, on })
}

fn set_all(switch: &Elem<'_>, on: bool) -> alsa::Result<()> {
    let mut value = switch.read()?;
    for channel in 0..switch.info()?.get_count() {
        let _ = value.set_boolean(channel, on);
    }
    switch.write(&value).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// On a machine without a card, and on one with cards of whatever kind.
    #[test]
    fn looking_again_and_again_lists_the_same() {
        let mut cards = AlsaCards::default();
        let names = |controls: Vec<Control>| controls.into_iter().map(|control| control.name).collect::<Vec<_>>();
        let first = names(cards.controls());
        for _ in 0..SEARCH_LOOKS {
            assert_eq!(names(cards.controls()), first);
        }
    }
}
