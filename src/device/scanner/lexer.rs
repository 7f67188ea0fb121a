//! Bytes of a scanner → scans. CR, LF, CRLF or an idle gap ends one. Pure; what was held is wiped.

use zeroize::{Zeroize, Zeroizing};

use crate::domain::EVoucher;

/// A longer line is no code this kiosk knows.
pub const LINE_BYTES_MAX: usize = 512;
/// What some scanners say when their beam found nothing.
const NO_READ: &str = "%%NoRead";

/// One thing that was scanned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scan {
    /// 28 digits beginning with 424.
    Voucher(EVoucher),
    /// Anything else; its text is not kept.
    Other,
}

/// Collects bytes until a line ends.
#[derive(Default)]
pub struct Lexer {
    line: Zeroizing<Vec<u8>>,
    /// The line has grown too long, was told of, and is skipped up to its end.
    skipping: bool,
}

impl Lexer {
    /// Takes bytes in and hands over every scan they complete.
    pub fn push(&mut self, bytes: &[u8], mut on_scan: impl FnMut(Scan)) {
        // Reserved once, so that no half-filled buffer is left behind unwiped by growing.
        let room = LINE_BYTES_MAX - self.line.len();
        self.line.reserve_exact(room);
        for byte in bytes {
            match byte {
                b'\r' | b'\n' => self.end_line(&mut on_scan),
                _ if self.skipping => {}
                _ if self.line.len() == LINE_BYTES_MAX => {
                    self.wipe();
                    self.skipping = true;
                    on_scan(Scan::Other);
                }
                byte => self.line.push(*byte),
            }
        }
    }

    /// The line has been quiet for the idle gap: what is held is a whole scan.
    pub fn idle(&mut self, mut on_scan: impl FnMut(Scan)) {
        self.end_line(&mut on_scan);
    }

    /// Whether a scan has begun and not ended.
    pub fn pending(&self) -> bool {
        self.skipping || !self.line.is_empty()
    }

    /// Forgets and wipes what is held.
    pub fn reset(&mut self) {
        self.wipe();
        self.skipping = false;
    }

    fn end_line(&mut self, on_scan: &mut impl FnMut(Scan)) {
        let scan = if self.skipping { None } else { classify(&self.line) };
        self.reset();
        if let Some(scan) = scan {
            on_scan(scan);
        }
    }

    fn wipe(&mut self) {
        self.line.iter_mut().for_each(Zeroize::zeroize);
        self.line.truncate(0);
    }
}

/// What a whole line is; `None` for nothing worth telling.
fn classify(line: &[u8]) -> Option<Scan> {
    let Ok(text) = std::str::from_utf8(line) else { return Some(Scan::Other) };
    // Engines acknowledge trigger commands with control characters (ACK, STX … ETX).
    let text = without_aim(text.trim_matches(|c: char| c.is_ascii_control() || c == ' '));
    if text.is_empty() || text == NO_READ {
        return None;
    }
    Some(EVoucher::parse(text).map_or(Scan::Other, Scan::Voucher))
}

/// Drops the AIM symbology identifier (ISO/IEC 15424): `]`, a letter, a modifier.
fn without_aim(text: &str) -> &str {
    match text.as_bytes() {
        [b']', letter, modifier, ..] if letter.is_ascii_alphabetic() && modifier.is_ascii_alphanumeric() => &text[3..],
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CODE: &str = "4241111222233334444566330000";

    /// `V` for a voucher, `o` for anything else; `~` in the input is an idle gap.
    fn check(input: &[u8], expected: &str) {
        for size in [1, 3, input.len().max(1)] {
            let mut seen = String::new();
            let mut lexer = Lexer::default();
            let mut tell = |scan| seen.push(if matches!(scan, Scan::Voucher(_)) { 'V' } else { 'o' });
            for portion in input.chunks(size) {
                for piece in portion.split_inclusive(|byte| *byte == b'~') {
                    lexer.push(piece.strip_suffix(b"~").unwrap_or(piece), &mut tell);
                    if piece.ends_with(b"~") {
                        lexer.idle(&mut tell);
                    }
                }
            }
            assert_eq!(seen, expected, "in portions of {size}");
        }
    }

    #[test]
    fn every_terminator_ends_a_scan() {
        for end in ["\r", "\n", "\r\n", "~", "\r~", "\r\n\r\n"] {
            check(format!("{CODE}{end}").as_bytes(), "V");
            check(format!("{CODE}{end}{CODE}{end}").as_bytes(), "VV");
        }
        check(CODE.as_bytes(), "");
    }

    #[test]
    fn prefixes_and_acknowledgements_fall_away() {
        check(format!("]Q1{CODE}\r").as_bytes(), "V");
        check(format!("\x06]d2{CODE}\r").as_bytes(), "V");
        check(b"\x06~", "");
        check(b"%%NoRead\r\n]X0%%NoRead\r", "");
        check(b"\r\n\r\n   \r", "");
    }

    #[test]
    fn anything_else_is_other() {
        check(b"6901234567892\r", "o");
        check(&[0xFF, 0xFE, b'\r'], "o");
        check(format!("{CODE}0\r").as_bytes(), "o");
        check(format!("x{CODE}\r").as_bytes(), "o");
        check("医保\r".as_bytes(), "o");
    }

    #[test]
    fn an_overlong_line_is_told_once_and_skipped() {
        let long = "4".repeat(LINE_BYTES_MAX * 3);
        check(format!("{long}\r{CODE}\r").as_bytes(), "oV");
        check(format!("{long}~{CODE}\r").as_bytes(), "oV");
        check("4".repeat(LINE_BYTES_MAX).as_bytes(), "");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn any_bytes_in_any_portions_give_the_same(bytes in prop::collection::vec(0u8..64, 0..1500), size in 1usize..600) {
            let read = |size: usize| {
                let mut scans = Vec::new();
                let mut lexer = Lexer::default();
                bytes.chunks(size).for_each(|portion| lexer.push(portion, |scan| scans.push(scan)));
                lexer.idle(|scan| scans.push(scan));
                assert!(!lexer.pending());
                scans
            };
            prop_assert_eq!(read(size), read(bytes.len().max(1)));
        }

        #[test]
        fn a_code_after_any_ended_line_is_read(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
            let mut last = None;
            let mut lexer = Lexer::default();
            lexer.push(&bytes, |_| {});
            lexer.push(format!("\r{CODE}\r").as_bytes(), |scan| last = Some(scan));
            prop_assert_eq!(last, Some(Scan::Voucher(EVoucher::parse(CODE).unwrap())));
        }
    }
}
