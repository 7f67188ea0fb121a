//! Rare characters: every ideograph of GB 18030-2022 level 3 is drawn, one that cannot be drawn is shown by its code,
//! and a machine without fonts is told so.

use std::collections::HashMap;
use std::fs;
use std::ops::RangeInclusive;
use std::process::{Command, Output, Stdio};

use i_slint_backend_testing::{TestingBackend, TestingBackendOptions};
use slint::{ComponentHandle, ModelRc, PhysicalSize, Rgba8Pixel, SharedPixelBuffer, SharedString, VecModel};
use tempfile::TempDir;
use yibao_kiosk::screen::{Element, Fonts, Screen};
use yibao_kiosk::session::{Language, Screen as Shown, View};
use yibao_kiosk::words::{Key, Words};

use super::{LANDSCAPE, PORTRAIT, fixture, in_modes, open};

/// Level 3 of GB 18030-2022, after its clause 3: 87,887 ideographs.
const LEVEL_3: [RangeInclusive<u32>; 12] = [
    0x4E00..=0x9FEF,
    0x3400..=0x4DB5,
    0x20000..=0x2A6D6,
    0x2A700..=0x2B734,
    0x2B740..=0x2B81D,
    0x2B820..=0x2CEA1,
    0x2CEB0..=0x2EBE0,
    0xFA0E..=0xFA0F,
    0xFA11..=0xFA11,
    0xFA13..=0xFA14,
    0xFA1F..=0xFA1F,
    0xFA21..=0xFA21,
];
/// The rest of the twelve compatibility ideographs that are ideographs of their own.
const LEVEL_3_REST: [u32; 5] = [0xFA23, 0xFA24, 0xFA27, 0xFA28, 0xFA29];
const LEVEL_3_COUNT: usize = 87_887;
/// No font may have it: nobody has agreed on what it is.
const NOBODYS: char = '\u{F0000}';

const FONT_PX: usize = 24;
const ROW_PX: usize = 32;
const COLUMNS: usize = 80;
const ROWS: usize = 60;
/// As much ink as a dot this many pixels large; the simplest character, 丶, has more.
const INK_MIN: f32 = 4.0;
/// So many characters may look alike at this size, as 日 and 曰 do; a stand-in would look like thousands.
const ALIKE_MAX: usize = 8;

slint::slint! {
    // Rows of characters, each row a text of its own, as the screens lay texts out.
    export component Sheet inherits Window {
        in property <[string]> rows;
        background: white;
        default-font-family: "Noto Sans CJK SC";
        for row[i] in root.rows: Text {
            y: i * 32px;
            height: 32px;
            width: root.width;
            text: row;
            font-size: 24px;
            color: black;
            wrap: no-wrap;
        }
    }
}

fn level_3() -> Vec<char> {
    LEVEL_3.into_iter().flatten().chain(LEVEL_3_REST).filter_map(char::from_u32).collect()
}

/// Draws characters on sheets, each in a cell of its own.
struct Draughtsman {
    sheet: Sheet,
    fonts: Fonts,
}

impl Draughtsman {
    fn new() -> Self {
        let options =
            TestingBackendOptions { mock_time: true, threading: false, renderer_name: Some("software".into()) };
        slint::platform::set_platform(Box::new(TestingBackend::new(options))).expect("a backend of this thread");
        let fonts = Fonts::prepare().expect("fonts");
        let sheet = Sheet::new().expect("a sheet");
        let side = |cells: usize, px: usize| u32::try_from(cells * px).expect("a side");
        sheet.window().set_size(PhysicalSize::new(side(COLUMNS, FONT_PX), side(ROWS, ROW_PX)));
        sheet.show().expect("a sheet is shown");
        Self { sheet, fonts }
    }

    /// Each character with its picture.
    fn draw(&self, characters: &[char]) -> Vec<(char, Picture)> {
        assert!(characters.len() <= COLUMNS * ROWS);
        let rows: Vec<SharedString> =
            characters.chunks(COLUMNS).map(|row| row.iter().collect::<String>().into()).collect();
        self.sheet.set_rows(ModelRc::new(VecModel::from(rows)));
        let pixels = self.sheet.window().take_snapshot().expect("pixels");
        characters.iter().enumerate().map(|(place, character)| (*character, Picture::of(&pixels, place))).collect()
    }
}

/// What one cell shows, as shades of grey.
#[derive(PartialEq, Eq, Hash)]
struct Picture(Vec<u8>);

impl Picture {
    fn of(pixels: &SharedPixelBuffer<Rgba8Pixel>, place: usize) -> Self {
        let (left, top) = (place % COLUMNS * FONT_PX, place / COLUMNS * ROW_PX);
        let (width, all) = (pixels.width() as usize, pixels.as_slice());
        let row = |y: usize| all[(top + y) * width + left..][..FONT_PX].iter().map(|pixel| pixel.g);
        Self((0..ROW_PX).flat_map(row).collect())
    }

    /// In wholly black pixels.
    fn ink(&self) -> f32 {
        self.0.iter().map(|shade| f32::from(255 - shade) / 255.0).sum()
    }
}

fn code(character: char) -> String {
    format!("U+{:04X}", u32::from(character))
}

#[test]
fn every_ideograph_of_level_3_is_drawn() {
    let (all, mut draughtsman) = (level_3(), Draughtsman::new());
    assert_eq!(all.len(), LEVEL_3_COUNT);
    let (mut blank, mut alike) = (Vec::new(), HashMap::<Picture, Vec<char>>::new());
    for sheet in all.chunks(COLUMNS * ROWS) {
        for (character, picture) in draughtsman.draw(sheet) {
            if picture.ink() < INK_MIN || !draughtsman.fonts.draws(character) {
                blank.push(code(character));
            }
            alike.entry(picture).or_default().push(character);
        }
    }
    assert!(blank.is_empty(), "{} are not drawn: {:?}", blank.len(), &blank[..blank.len().min(20)]);
    let stand_ins: Vec<&Vec<char>> = alike.values().filter(|characters| characters.len() > ALIKE_MAX).collect();
    assert!(stand_ins.is_empty(), "one picture for many: {stand_ins:?}");
}

/// The check above is only worth something if it sees a gap.
#[test]
fn a_character_no_font_has_leaves_a_gap_that_is_seen() {
    let mut draughtsman = Draughtsman::new();
    let drawn = draughtsman.draw(&['王', NOBODYS, '丶']);
    let found: Vec<bool> = drawn.iter().map(|(_, picture)| picture.ink() >= INK_MIN).collect();
    assert_eq!(found, [true, false, true]);
    assert_eq!(['王', NOBODYS, '\u{20BB7}'].map(|character| draughtsman.fonts.draws(character)), [true, false, true]);
}

fn places(elements: &[Element]) -> Vec<(String, f32, f32, f32, f32)> {
    elements.iter().map(|e| (e.id.clone(), e.x, e.y, e.width, e.height)).collect()
}

/// The font of the rare characters is taller, but a name in it moves nothing.
#[test]
fn a_rare_name_does_not_move_the_screen() {
    let screen = open(PORTRAIT);
    for large in [false, true] {
        let mut seen = ["who-are-you", "who-are-you-rare"].map(|name| {
            screen.show_now(in_modes(&fixture(name), large, false, Language::ZhCn));
            (places(&screen.elements_now()), screen.pixels_now().expect("pixels"))
        });
        let [(usual, plain), (rare, other)] = &mut seen;
        assert_eq!(usual, rare, "large font: {large}");
        assert_ne!(plain.as_bytes(), other.as_bytes(), "the names look alike");
    }
}

#[test]
fn a_name_nobody_can_draw_is_shown_by_its_code() {
    let screen = open(PORTRAIT);
    check_coded(&screen);
    screen.resize(LANDSCAPE.0, LANDSCAPE.1);
    check_coded(&screen);
}

fn check_coded(screen: &Screen) {
    for language in [Language::ZhCn, Language::En] {
        let note = Words::new(language).text(Key::NameAsOnCard);
        let labels = |name: &str| -> Vec<String> {
            let view: View = in_modes(&fixture(name), false, false, language);
            screen.show_now(view);
            screen.elements_now().into_iter().map(|element| element.label).collect()
        };
        let on_name = labels("who-are-you-coded");
        assert!(on_name.contains(&code(NOBODYS)) && on_name.contains(&note), "{on_name:?}");
        for list in ["ask-relative", "review-coded"] {
            let inline = format!("{} {note}", code(NOBODYS));
            let all = labels(list);
            assert!(all.iter().any(|label| label.contains(&inline)), "{list}: {all:?}");
            assert!(!all.iter().any(|label| label.contains(NOBODYS)), "{list} keeps what cannot be drawn");
        }
    }
}

/// An old chip's private code of 䶮 is shown as the character; every other letter stays.
#[test]
fn an_old_code_is_shown_as_its_character() {
    let screen = open(PORTRAIT);
    let mut view = fixture("who-are-you");
    if let Shown::WhoAreYou { name, .. } = &mut view.screen {
        *name = "张*\u{E863}".into();
    }
    screen.show_now(view);
    assert!(screen.elements_now().iter().any(|element| element.label == "张*䶮"));
}

/// Starts the kiosk on a machine that has only the fonts of these folders.
fn start_with(folders: &[&str], rare: &str) -> Output {
    let home = TempDir::new().expect("a folder");
    let dirs: String = folders.iter().map(|folder| format!("<dir>{folder}</dir>")).collect();
    let cache = format!("<cachedir>{}</cachedir>", home.path().join("cache").display());
    let config = home.path().join("fonts.conf");
    fs::write(&config, format!("<?xml version=\"1.0\"?><fontconfig>{dirs}{cache}</fontconfig>")).expect("a file");
    let data = home.path().join("data");
    let mut kiosk = Command::new(env!("CARGO_BIN_EXE_kiosk"));
    kiosk.args(["run", "--headless", "1080x1920", "--console", "--data"]).arg(data);
    kiosk.env("FONTCONFIG_FILE", config).env("KIOSK_FONTS", rare).env("RUST_LOG", "warn");
    let child = kiosk.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    // Told at once; it ends when it reads this, or earlier because it cannot start.
    let _ = std::io::Write::write_all(&mut child.stdin.as_ref().expect("its input"), b"quit\n");
    child.wait_with_output().expect("it ends")
}

fn check_start(folders: &[&str], starts: bool, says: &str) {
    let output = start_with(folders, "/nonexistent");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.success(), starts, "{folders:?}: {said}");
    assert!(said.contains(says) && !said.contains("panicked"), "{folders:?}: {said}");
}

#[test]
fn a_machine_without_fonts_is_told_so() {
    check_start(&[], false, "fonts-noto-cjk");
    check_start(&["/usr/share/fonts/opentype/noto"], true, "install/fonts.sh");
}
