//! Any bytes, in any portions, give the same frames, and a whole frame after noise is found once the line is quiet.

#![no_main]

use libfuzzer_sys::fuzz_target;
use yibao_kiosk::device::id_reader::frame::{Decoder, encode};

/// What a decoder finds in bytes handed over in portions, and then once the line is quiet.
fn frames(bytes: &[u8], portion: usize) -> Vec<(u8, Vec<u8>)> {
    let mut found = Vec::new();
    let mut decoder = Decoder::default();
    for bytes in bytes.chunks(portion) {
        decoder.push(bytes, |frame| found.push((frame.status().byte(), frame.data().to_vec())));
    }
    decoder.expire(|frame| found.push((frame.status().byte(), frame.data().to_vec())));
    assert_eq!(decoder.pending(), 0, "a quiet line leaves nothing behind");
    found
}

fuzz_target!(|bytes: &[u8]| {
    let Some((&portion, bytes)) = bytes.split_first() else { return };
    let portion = usize::from(portion).max(1);
    assert_eq!(frames(bytes, portion), frames(bytes, bytes.len().max(1)));

    // The same bytes inside a frame of their own, which the decoder has to give back whole.
    let body = bytes.get(..2_000).unwrap_or(bytes);
    if body.len() >= 3 {
        assert_eq!(frames(&encode(body), portion), [(body[2], body[3..].to_vec())]);
    }
});
