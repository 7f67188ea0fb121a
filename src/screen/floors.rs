//! What must be how large, in millimetres and in ratios, on every panel: one table for the screens and for their audit.
//!
//! From 移动互联网应用适老化通用设计规范, ADA 707, EN 301 549 chapter 5, VVSG 2.0 and WCAG 2.2.

use slint::ComponentHandle;

use super::Reading;
use super::generated::{App, PanelFloors, Theme};

/// The least a screen owes a resident in one font size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Floors {
    /// Font size of what is read, in millimetres.
    pub body_mm: f32,
    /// Font size of anything at all, in millimetres.
    pub text_mm: f32,
    /// Font size of the balance, in millimetres.
    pub amount_mm: f32,
    /// Short side of anything to press, in millimetres.
    pub target_mm: f32,
    /// Between two things to press, in millimetres.
    pub gap_mm: f32,
    /// Things to begin on the first screen, neither more nor fewer.
    pub tiles: usize,
    /// Chinese characters a line at most.
    pub characters_a_line: f32,
    /// From line to line of what is read, as a multiple of its font size.
    pub line_height: f32,
}

/// Standard font.
pub const STANDARD: Floors = Floors {
    body_mm: 7.0,
    text_mm: 6.7,
    amount_mm: 12.0,
    target_mm: 15.0,
    gap_mm: 3.0,
    tiles: 8,
    characters_a_line: 30.0,
    line_height: 1.4,
};

/// Large font.
pub const LARGE: Floors = Floors {
    body_mm: 9.0,
    text_mm: 6.7,
    amount_mm: 16.0,
    target_mm: 20.0,
    gap_mm: 4.0,
    tiles: 4,
    characters_a_line: 22.0,
    line_height: 1.4,
};

/// Letters on a counter panel as a part of those on a hall machine: one sits 45 cm before it rather than stands 60 cm
/// away, so that they appear as large.
const SEATED: f32 = 0.75;
/// Short side of what can be pressed on a counter panel, in millimetres: the least of VVSG 2.0, and a fifth more in large
/// font. A panel 194 mm high cannot hold 15 and 20.
const SEATED_TARGET_MM: (f32, f32) = (12.7, 15.0);
/// Between two such things, in millimetres; the least of VVSG 2.0 likewise.
const SEATED_GAP_MM: (f32, f32) = (2.54, 3.0);

/// Contrast of words with their ground by day (WCAG 2.2, AAA).
pub const TEXT_CONTRAST: f32 = 7.0;
/// The same in high contrast.
pub const TEXT_CONTRAST_HIGH: f32 = 15.0;
/// Contrast of the edge or the fill of anything to press with what is around it.
pub const EDGE_CONTRAST: f32 = 3.0;

impl Floors {
    /// Those of a font size on a panel.
    pub fn of(large_font: bool, seated: bool) -> Self {
        let standing = if large_font { LARGE } else { STANDARD };
        if !seated {
            return standing;
        }
        let of = |(standard, large)| if large_font { large } else { standard };
        Self {
            body_mm: SEATED * standing.body_mm,
            text_mm: SEATED * standing.text_mm,
            amount_mm: SEATED * standing.amount_mm,
            target_mm: of(SEATED_TARGET_MM),
            gap_mm: of(SEATED_GAP_MM),
            ..standing
        }
    }

    fn on(self, du_per_mm: f32) -> PanelFloors {
        PanelFloors {
            text: self.text_mm * du_per_mm,
            body: self.body_mm * du_per_mm,
            target: self.target_mm * du_per_mm,
            gap: self.gap_mm * du_per_mm,
        }
    }
}

/// Gives the screens the floors of a panel.
pub(super) fn set(app: &App, Reading { du_per_mm, seated }: Reading) {
    let theme = app.global::<Theme<'_>>();
    theme.set_standard_floors(Floors::of(false, seated).on(du_per_mm));
    theme.set_large_floors(Floors::of(true, seated).on(du_per_mm));
}
