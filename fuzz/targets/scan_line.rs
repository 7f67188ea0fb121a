//! Any bytes of a scanner give the same scans in any portions, and a quiet line leaves nothing held.

#![no_main]

use libfuzzer_sys::fuzz_target;
use yibao_kiosk::device::scanner::lexer::{Lexer, Scan};

fn scans(bytes: &[u8], portion: usize) -> Vec<Scan> {
    let mut found = Vec::new();
    let mut lexer = Lexer::default();
    for bytes in bytes.chunks(portion) {
        lexer.push(bytes, |scan| found.push(scan));
    }
    lexer.idle(|scan| found.push(scan));
    assert!(!lexer.pending(), "a quiet line leaves nothing behind");
    found
}

fuzz_target!(|bytes: &[u8]| {
    let Some((&portion, bytes)) = bytes.split_first() else { return };
    let whole = scans(bytes, bytes.len().max(1));
    // Not `assert_eq`: a failing case must not print codes.
    assert!(scans(bytes, usize::from(portion).max(1)) == whole, "portions change what was scanned");
});
