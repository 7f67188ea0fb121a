//! The panels a kiosk may have: how large a pixel is on each. What must be how large is not told here.

use serde::Deserialize;

/// Millimetres of an inch.
const INCH_MM: f32 = 25.4;
/// One stands before any panel of more inches.
const SEATED_INCH_MAX: f32 = 17.0;
/// Parts of a panel's short side the screens are laid out in.
const SHORT_DU: f32 = 1080.0;
/// The same along the long side.
const LONG_DU: f32 = 1920.0;

/// A panel of 16:9, named by its diagonal and how it hangs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, clap::ValueEnum)]
pub enum Panel {
    /// A hall machine.
    #[default]
    #[serde(rename = "21.5-portrait")]
    #[value(name = "21.5-portrait")]
    Portrait215,
    /// A hall machine.
    #[serde(rename = "23.8-portrait")]
    #[value(name = "23.8-portrait")]
    Portrait238,
    /// A hall machine.
    #[serde(rename = "27-portrait")]
    #[value(name = "27-portrait")]
    Portrait27,
    /// A hall machine.
    #[serde(rename = "32-portrait")]
    #[value(name = "32-portrait")]
    Portrait32,
    /// A counter.
    #[serde(rename = "15.6-landscape")]
    #[value(name = "15.6-landscape")]
    Landscape156,
    /// A counter.
    #[serde(rename = "21.5-landscape")]
    #[value(name = "21.5-landscape")]
    Landscape215,
}

/// What is known of each: its name in the configuration, its diagonal in inches, whether it stands upright.
const PANELS: [(Panel, &str, f32, bool); 6] = [
    (Panel::Portrait215, "21.5-portrait", 21.5, true),
    (Panel::Portrait238, "23.8-portrait", 23.8, true),
    (Panel::Portrait27, "27-portrait", 27.0, true),
    (Panel::Portrait32, "32-portrait", 32.0, true),
    (Panel::Landscape156, "15.6-landscape", 15.6, false),
    (Panel::Landscape215, "21.5-landscape", 21.5, false),
];

impl Panel {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Portrait215,
        Self::Portrait238,
        Self::Portrait27,
        Self::Portrait32,
        Self::Landscape156,
        Self::Landscape215,
    ];

    fn known(self) -> (&'static str, f32, bool) {
        let found = PANELS.iter().find(|(panel, ..)| *panel == self);
        found.map_or(("21.5-portrait", 21.5, true), |(_, name, inches, upright)| (*name, *inches, *upright))
    }

    /// As the configuration calls it.
    pub fn name(self) -> &'static str {
        self.known().0
    }

    /// Whether it stands upright.
    pub fn upright(self) -> bool {
        self.known().2
    }

    /// Whether one sits before it: a small counter panel.
    pub fn seated(self) -> bool {
        self.known().1 < SEATED_INCH_MAX
    }

    /// What the floors of this panel come from.
    #[cfg(feature = "screen")]
    pub fn reading(self) -> crate::screen::Reading {
        crate::screen::Reading { du_per_mm: self.du_per_mm(), seated: self.seated() }
    }

    /// Design units, 1/1080 of the short side, a millimetre.
    pub fn du_per_mm(self) -> f32 {
        SHORT_DU.hypot(LONG_DU) / (self.known().1 * INCH_MM)
    }

    /// Width and height in pixels of full HD.
    pub fn pixels(self) -> (u32, u32) {
        if self.upright() { (1080, 1920) } else { (1920, 1080) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_panel_has_its_pixels_a_millimetre() {
        let check = |panel: Panel, expected: f32| {
            let measured = panel.du_per_mm();
            assert!((measured - expected).abs() < 0.01, "{}: {measured}", panel.name());
        };
        check(Panel::Portrait215, 4.03);
        check(Panel::Portrait238, 3.64);
        check(Panel::Portrait27, 3.21);
        check(Panel::Portrait32, 2.71);
        check(Panel::Landscape156, 5.56);
        check(Panel::Landscape215, 4.03);
    }

    #[test]
    fn the_table_holds_every_panel_under_the_name_the_configuration_reads() {
        #[derive(Deserialize)]
        struct Line {
            panel: Panel,
        }
        for panel in Panel::ALL {
            let line: Line = toml::from_str(&format!("panel = '{}'", panel.name())).unwrap();
            assert_eq!(line.panel, panel);
            assert!(PANELS.iter().any(|(known, ..)| *known == panel));
        }
    }
}
