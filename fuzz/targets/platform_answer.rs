//! Whatever a platform, a proxy or a stranger answers becomes a value or an error, and nothing else.

#![no_main]

use libfuzzer_sys::fuzz_target;
use yibao_kiosk::platform::fsi::{voucher, wire};

fuzz_target!(|bytes: &[u8]| {
    let _ = wire::read_person_answer(bytes);
    let _ = wire::read_movements_answer(bytes);
    let _ = wire::read_sign_in_answer(bytes);
    let _ = wire::read_acknowledgement(bytes);
    let _ = voucher::read_answer(bytes);
});
