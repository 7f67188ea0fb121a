//! Hands values to Slint: lists row by row, strings without a second copy left behind, codes as images.

use qrcode::{Color, EcLevel, QrCode};
use slint::{Image, Model, ModelRc, Rgb8Pixel, SharedPixelBuffer, SharedString, VecModel};
use zeroize::Zeroize;

use crate::receipt::CODE_BYTES_AT_LEVEL_M;

/// Pixels of one module of a QR code; it is drawn larger, so edges stay crisp at any size of the panel.
const QR_MODULE_PX: usize = 8;
/// Light modules around a QR code, after ISO/IEC 18004.
const QR_QUIET_ZONE: usize = 4;

/// The string as Slint keeps it; ours is wiped.
pub(super) fn hand_over(mut text: String) -> SharedString {
    let shared = SharedString::from(text.as_str());
    text.zeroize();
    shared
}

/// Puts new rows into a list that is already shown and touches only those that differ. A list put
/// in whole would be built anew, and a press that is under way on one of its buttons would be lost.
///
/// Gives a list to set where Slint has none of ours yet.
pub(super) fn update_rows<T: Clone + PartialEq + 'static>(shown: ModelRc<T>, rows: Vec<T>) -> Option<ModelRc<T>> {
    let Some(list) = shown.as_any().downcast_ref::<VecModel<T>>() else {
        return (!rows.is_empty()).then(|| ModelRc::new(VecModel::from(rows)));
    };
    while list.row_count() > rows.len() {
        list.remove(list.row_count() - 1);
    }
    for (index, row) in rows.into_iter().enumerate() {
        match list.row_data(index) {
            None => list.push(row),
            Some(old) if old != row => list.set_row_data(index, row),
            Some(_) => {}
        }
    }
    None
}

/// A QR code, black on white with its quiet zone; an empty image where the text is too long for one.
pub(super) fn qr_code(text: &str) -> Image {
    let level = if text.len() > CODE_BYTES_AT_LEVEL_M { EcLevel::L } else { EcLevel::M };
    let Ok(code) = QrCode::with_error_correction_level(text, level) else { return Image::default() };
    let modules = code.width();
    let side = (modules + 2 * QR_QUIET_ZONE) * QR_MODULE_PX;
    let Ok(side_px) = u32::try_from(side) else { return Image::default() };
    let mut pixels = SharedPixelBuffer::<Rgb8Pixel>::new(side_px, side_px);
    let colors = code.to_colors();
    for (place, pixel) in pixels.make_mut_slice().iter_mut().enumerate() {
        let module = |at: usize| (at / QR_MODULE_PX).checked_sub(QR_QUIET_ZONE).filter(|at| *at < modules);
        let dark = module(place % side)
            .zip(module(place / side))
            .is_some_and(|(x, y)| colors.get(y * modules + x) == Some(&Color::Dark));
        let shade = if dark { 0 } else { 255 };
        *pixel = Rgb8Pixel::new(shade, shade, shade);
    }
    Image::from_rgb8(pixels)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(before: &[i32], after: &[i32]) {
        let list = ModelRc::new(VecModel::from(before.to_vec()));
        assert!(update_rows(list.clone(), after.to_vec()).is_none());
        assert_eq!(list.iter().collect::<Vec<_>>(), after);
    }

    #[test]
    fn rows_are_changed_in_place() {
        check(&[1, 2, 3], &[1, 5, 3]);
        check(&[1, 2, 3], &[]);
        check(&[], &[1, 2]);
        check(&[1], &[2, 3, 4]);
    }

    #[test]
    fn a_code_has_a_quiet_zone_and_a_finder_pattern() {
        let image = qr_code("https://example.cn/r/1");
        let pixels = image.to_rgb8().expect("an RGB image");
        let at = |x: usize, y: usize| pixels.as_slice()[y * pixels.width() as usize + x].r;
        let zone = QR_QUIET_ZONE * QR_MODULE_PX;
        assert_eq!((at(0, 0), at(zone - 1, zone - 1), at(zone, zone)), (255, 255, 0));
        assert_eq!(at(zone + QR_MODULE_PX, zone + QR_MODULE_PX), 255, "the light ring inside the finder pattern");
    }

    #[test]
    fn a_text_too_long_for_a_code_draws_nothing() {
        assert_eq!(qr_code(&"x".repeat(5_000)).size().width, 0);
    }
}
