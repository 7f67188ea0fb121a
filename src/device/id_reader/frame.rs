//! SDT/SAM frames: bytes in any portions → whole, checked frames; and the way back for the emulator.
//!
//! `AA AA AA 96 69 | length (2, big-endian) | body … | XOR`. The length counts body and XOR; the XOR
//! covers length and body. Pure: no port, no time. Every byte that was held is wiped.

use zeroize::{Zeroize, Zeroizing};

use super::command::Status;

/// What every frame begins with.
pub const PREAMBLE: [u8; 5] = [0xAA, 0xAA, 0xAA, 0x96, 0x69];
/// A longer frame is none: the longest known, text, photo and two fingers, has 2314 bytes after the length.
pub const LENGTH_BYTES_MAX: usize = 2_400;
/// Three status bytes and the XOR.
const LENGTH_BYTES_MIN: usize = 4;
const HEADER_BYTES: usize = 7;
const FRAME_BYTES_MAX: usize = HEADER_BYTES + LENGTH_BYTES_MAX;

/// One answer, still lying in the decoder's buffer. It carries a person's text and photo, so it has no `Debug`.
pub struct Frame<'a> {
    body: &'a [u8],
}

impl Frame<'_> {
    /// The third status byte, the one that counts.
    pub fn status(&self) -> Status {
        Status::from_byte(self.body[2])
    }

    /// What follows the status.
    pub fn data(&self) -> &[u8] {
        &self.body[3..]
    }
}

/// Finds frames in a stream of bytes that may begin anywhere and contain anything.
#[derive(Default)]
pub struct Decoder {
    held: Zeroizing<Vec<u8>>,
}

enum Head {
    /// A whole frame of so many bytes.
    Whole(usize),
    /// It may become one.
    Partial,
    /// It can be none.
    Never,
}

impl Decoder {
    /// Takes bytes in and hands over every frame they complete. Holds at most one frame's length.
    pub fn push(&mut self, mut bytes: &[u8], mut on_frame: impl FnMut(Frame<'_>)) {
        // Reserved once, so that no half-filled buffer is left behind unwiped by growing.
        let room = FRAME_BYTES_MAX - self.held.len();
        self.held.reserve_exact(room);
        while !bytes.is_empty() {
            let (now, later) = bytes.split_at(bytes.len().min(FRAME_BYTES_MAX - self.held.len()));
            self.held.extend_from_slice(now);
            self.scan(0, &mut on_frame);
            bytes = later;
        }
    }

    /// Gives up the frame that has begun and looks for another behind its first byte: a false start
    /// in noise may have swallowed a true one.
    pub fn expire(&mut self, mut on_frame: impl FnMut(Frame<'_>)) {
        while !self.held.is_empty() {
            self.scan(1, &mut on_frame);
        }
    }

    /// Forgets and wipes everything held.
    pub fn reset(&mut self) {
        let length = self.held.len();
        self.drop_front(length);
    }

    /// Whether a preamble has been seen whose frame is not complete yet.
    pub fn in_frame(&self) -> bool {
        self.held.len() >= PREAMBLE.len()
    }

    /// Bytes held.
    pub fn pending(&self) -> usize {
        self.held.len()
    }

    fn scan(&mut self, from: usize, on_frame: &mut impl FnMut(Frame<'_>)) {
        let mut start = from.min(self.held.len());
        while start < self.held.len() {
            match head(&self.held[start..]) {
                Head::Whole(length) => {
                    on_frame(Frame { body: &self.held[start + HEADER_BYTES..start + length - 1] });
                    start += length;
                }
                Head::Partial => break,
                Head::Never => start += 1,
            }
        }
        self.drop_front(start);
    }

    fn drop_front(&mut self, count: usize) {
        let kept = self.held.len() - count;
        self.held.copy_within(count.., 0);
        self.held[kept..].zeroize();
        self.held.truncate(kept);
    }
}

fn head(bytes: &[u8]) -> Head {
    let seen = bytes.len().min(PREAMBLE.len());
    if bytes[..seen] != PREAMBLE[..seen] {
        return Head::Never;
    }
    let [_, _, _, _, _, high, low, ..] = bytes else { return Head::Partial };
    let length = usize::from(u16::from_be_bytes([*high, *low]));
    if !(LENGTH_BYTES_MIN..=LENGTH_BYTES_MAX).contains(&length) {
        return Head::Never;
    }
    match bytes.get(PREAMBLE.len()..HEADER_BYTES + length) {
        None => Head::Partial,
        Some(checked) if xor(checked) == 0 => Head::Whole(HEADER_BYTES + length),
        Some(_) => Head::Never,
    }
}

/// Wraps a body (command and parameter, or status and data) into a frame.
pub fn encode(body: &[u8]) -> Zeroizing<Vec<u8>> {
    let length = u16::try_from(body.len() + 1).unwrap_or(u16::MAX).to_be_bytes();
    let mut frame = Zeroizing::new(Vec::with_capacity(HEADER_BYTES + body.len() + 1));
    frame.extend_from_slice(&PREAMBLE);
    frame.extend_from_slice(&length);
    frame.extend_from_slice(body);
    frame.push(xor(&length) ^ xor(body));
    frame
}

/// An answer as the module sends it: two relayed status bytes of 0, the status, the data.
pub fn encode_answer(status: Status, data: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut body = Zeroizing::new(Vec::with_capacity(3 + data.len()));
    body.extend_from_slice(&[0, 0, status.byte()]);
    body.extend_from_slice(data);
    encode(&body)
}

pub(super) fn xor(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |sum, byte| sum ^ byte)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn decode(portions: &[&[u8]]) -> Vec<(u8, usize)> {
        let mut frames = Vec::new();
        let mut decoder = Decoder::default();
        for portion in portions {
            decoder.push(portion, |frame| frames.push((frame.status().byte(), frame.data().len())));
        }
        decoder.expire(|frame| frames.push((frame.status().byte(), frame.data().len())));
        assert_eq!(decoder.pending(), 0);
        frames
    }

    fn check(stream: &str, expected: &[(u8, usize)]) {
        let bytes = hex::decode(stream.replace(' ', "")).unwrap();
        assert_eq!(decode(&[&bytes]), expected, "{stream}");
        let single: Vec<&[u8]> = bytes.chunks(1).collect();
        assert_eq!(decode(&single), expected, "byte by byte: {stream}");
    }

    #[test]
    fn takes_the_known_answers() {
        check("AA AA AA 96 69 00 04 00 00 90 94", &[(0x90, 0)]);
        check("AA AA AA 96 69 00 08 00 00 9F 00 00 00 00 97", &[(0x9F, 4)]);
        check("AA AA AA 96 69 00 04 00 00 80 84", &[(0x80, 0)]);
        check("AA AA AA 96 69 00 0C 00 00 90 00 00 00 00 00 00 00 00 9C", &[(0x90, 8)]);
    }

    #[test]
    fn finds_its_way_back_after_rubbish() {
        check("", &[]);
        check("AA AA AA AA AA 96 69 00 04 00 00 80 84", &[(0x80, 0)]);
        check("AA AA 96 69 AA AA AA 96 69 00 04 00 00 80 84", &[(0x80, 0)]);
        check("FF 00 AA AA AA 96 69 00 04 00 00 80 84 AA AA", &[(0x80, 0)]);
        // A wrong XOR drops one frame and keeps the next.
        check("AA AA AA 96 69 00 04 00 00 90 95 AA AA AA 96 69 00 04 00 00 80 84", &[(0x80, 0)]);
        // Lengths 0, 3 and 2401 are none.
        check("AA AA AA 96 69 00 00 AA AA AA 96 69 00 04 00 00 80 84", &[(0x80, 0)]);
        check("AA AA AA 96 69 00 03 00 00 03 AA AA AA 96 69 00 04 00 00 80 84", &[(0x80, 0)]);
        check("AA AA AA 96 69 09 61 AA AA AA 96 69 00 04 00 00 80 84", &[(0x80, 0)]);
        // A false start that claims 1280 bytes swallows a true frame until it is given up.
        check("AA AA AA 96 69 05 00 01 AA AA AA 96 69 00 04 00 00 80 84", &[(0x80, 0)]);
    }

    #[test]
    fn encodes_what_the_manuals_print() {
        assert_eq!(hex::encode(&*encode(&[0x20, 0x01])), "aaaaaa96690003200122");
        assert_eq!(hex::encode(&*encode_answer(Status::Unauthorised, &[])), "aaaaaa96690004000066 62".replace(' ', ""));
    }

    /// Every second byte is one that frames are made of.
    fn frame_like(bytes: &[u8]) -> Vec<u8> {
        let pick = |byte: &u8| {
            if byte.is_multiple_of(2) { [0xAA, 0xAA, 0x96, 0x69, 0x00][usize::from(byte / 2 % 5)] } else { *byte }
        };
        bytes.iter().map(pick).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn any_bytes_in_any_portions_give_the_same(bytes in prop::collection::vec(any::<u8>(), 0..3000), size in 1usize..700) {
            let bytes = frame_like(&bytes);
            let mut decoder = Decoder::default();
            let mut frames = 0;
            for portion in bytes.chunks(size) {
                decoder.push(portion, |_| frames += 1);
                prop_assert!(decoder.pending() <= FRAME_BYTES_MAX);
            }
            decoder.expire(|_| frames += 1);
            prop_assert_eq!(frames, decode(&[&bytes]).len());
        }

        #[test]
        fn frames_survive_noise_without_preamble(noise in prop::collection::vec(0u8..0x90, 0..300), data in prop::collection::vec(any::<u8>(), 0..1300), size in 1usize..400) {
            let mut stream = noise.clone();
            stream.extend_from_slice(&encode_answer(Status::Ok, &data));
            stream.extend_from_slice(&noise);
            let portions: Vec<&[u8]> = stream.chunks(size).collect();
            prop_assert_eq!(decode(&portions), vec![(0x90, data.len())]);
        }
    }
}
