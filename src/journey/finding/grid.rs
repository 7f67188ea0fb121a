//! Places to be picked from a grid: the common ones and the provinces first, then the cities of one.

use super::finder::{self, Spot};
use crate::domain::{AreaCode, Service};
use crate::session::{Places, Press, Prompt, Step};

/// The grid as it stands.
#[derive(Debug)]
pub(crate) struct Grid {
    province: Option<Spot>,
    page: usize,
    /// Not offered: one does not file to where one is insured.
    except: Option<AreaCode>,
}

/// What a press on the grid leads to.
#[derive(Debug)]
pub(crate) enum GridMove {
    Stay,
    /// Another list stands there now.
    Turned,
    Picked(Spot),
    Search,
    Back,
}

/// So many tiles fit at the floors of size.
pub(crate) fn tiles_a_page(large_font: bool) -> usize {
    if large_font { 12 } else { 24 }
}

impl Grid {
    pub fn new(except: Option<AreaCode>) -> Self {
        Self { province: None, page: 0, except }
    }

    /// With the cities of a province.
    pub fn within(mut self, province: Spot) -> Self {
        self.province = Some(province);
        self
    }

    pub fn on(&mut self, press: Press, common: &[String], large_font: bool) -> GridMove {
        let size = tiles_a_page(large_font);
        let last = self.items(common).len().div_ceil(size).saturating_sub(1);
        match press {
            Press::PageDown => self.page = (self.page + 1).min(last),
            Press::PageUp => self.page = self.page.min(last).saturating_sub(1),
            Press::Search => return GridMove::Search,
            Press::Back if self.province.take().is_none() => return GridMove::Back,
            Press::Back => {
                self.page = 0;
                return GridMove::Turned;
            }
            Press::Pick(n) => return self.pick(self.page.min(last) * size + usize::from(n), common),
            _ => {}
        }
        GridMove::Stay
    }

    fn pick(&mut self, place: usize, common: &[String]) -> GridMove {
        match self.items(common).into_iter().nth(place) {
            Some(spot) if spot.has_cities => {
                (self.province, self.page) = (Some(spot), 0);
                GridMove::Turned
            }
            Some(spot) => GridMove::Picked(spot),
            None => GridMove::Stay,
        }
    }

    fn items(&self, common: &[String]) -> Vec<Spot> {
        let mut items = match &self.province {
            Some(province) => finder::cities(&province.code),
            None => finder::first_list(common),
        };
        items.retain(|spot| self.except.as_ref() != Some(&spot.code));
        items
    }

    pub fn view(
        &self,
        step: Option<Step>,
        service: Service,
        common: &[String],
        chosen: Option<&AreaCode>,
        large_font: bool,
    ) -> Places {
        let items = self.items(common);
        let size = tiles_a_page(large_font);
        let pages = items.len().div_ceil(size).max(1);
        let page = self.page.min(pages - 1);
        let here = || items.iter().skip(page * size).take(size);
        let holds = |spot: &Spot| match chosen {
            Some(code) if spot.has_cities => code.as_str()[..2] == spot.code.as_str()[..2],
            Some(code) => *code == spot.code,
            None => false,
        };
        Places {
            step,
            service,
            province: self.province.as_ref().map(|province| province.name.clone()),
            names: here().map(|spot| spot.short.to_owned()).collect(),
            chosen: here().position(holds).and_then(|place| u8::try_from(place).ok()),
            page,
            pages,
        }
    }

    pub fn prompt(&self, first: Prompt) -> Prompt {
        if self.province.is_some() { Prompt::WhichCity } else { first }
    }
}
