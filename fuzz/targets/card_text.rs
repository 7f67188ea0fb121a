//! Any data of a “read base” answer becomes a card or is refused, and nothing else.

#![no_main]

use libfuzzer_sys::fuzz_target;
use yibao_kiosk::device::id_reader::text::{decode, text_of_answer};

const TEXT_BYTES: usize = 256;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = text_of_answer(bytes) {
        let _ = decode(text);
    }
    let _ = decode(bytes);

    // Filled up to the one length a text has, so that every case gets past the length.
    let mut text = [b' '; TEXT_BYTES];
    for (place, byte) in text.iter_mut().zip(bytes) {
        *place = *byte;
    }
    let card = decode(&text).expect("256 bytes always give something");
    let _ = card.into_card();
});
