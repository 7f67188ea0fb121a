//! Ogg Vorbis bytes to samples, mixed down to one channel. No file is opened here.

use std::io::{Cursor, ErrorKind};

use symphonia::core::audio::{AudioBufferRef, SampleBuffer};
use symphonia::core::codecs::{CODEC_TYPE_VORBIS, Decoder, DecoderOptions};
use symphonia::core::errors::Error;
use symphonia::core::formats::{FormatOptions, FormatReader};
use symphonia::core::io::MediaSourceStream;
use symphonia::default::codecs::VorbisDecoder;
use symphonia::default::formats::OggReader;

use crate::voice::Pcm;

/// A minute at 48 kHz; no clip is as long.
const SAMPLES_MAX: usize = 48_000 * 60;

/// Decodes a whole clip; the error says what is wrong with it.
pub(super) fn read_clip(bytes: Vec<u8>) -> Result<Pcm, String> {
    let stream = MediaSourceStream::new(Box::new(Cursor::new(bytes)), Default::default());
    let mut reader = OggReader::try_new(stream, &FormatOptions { enable_gapless: true, ..Default::default() })
        .map_err(|error| error.to_string())?;
    let (track, mut decoder) = vorbis_track(&reader)?;
    let mut sound = Pcm { rate_hz: 0, samples: Vec::new() };
    loop {
        let packet = match reader.next_packet() {
            Ok(packet) if packet.track_id() == track => packet,
            Ok(_) => continue,
            Err(Error::IoError(error)) if error.kind() == ErrorKind::UnexpectedEof => break,
            Err(error) => return Err(error.to_string()),
        };
        let decoded = decoder.decode(&packet).map_err(|error| error.to_string())?;
        take(&mut sound, decoded)?;
    }
    if sound.samples.is_empty() || sound.rate_hz == 0 {
        return Err("it holds no sound".to_owned());
    }
    Ok(sound)
}

fn vorbis_track(reader: &OggReader) -> Result<(u32, VorbisDecoder), String> {
    let track = reader.tracks().iter().find(|track| track.codec_params.codec == CODEC_TYPE_VORBIS);
    let track = track.ok_or("it has no Vorbis track")?;
    let decoder = VorbisDecoder::try_new(&track.codec_params, &DecoderOptions::default());
    Ok((track.id, decoder.map_err(|error| error.to_string())?))
}

fn take(sound: &mut Pcm, decoded: AudioBufferRef<'_>) -> Result<(), String> {
    let shape = *decoded.spec();
    let channels = shape.channels.count().max(1);
    let mut samples = SampleBuffer::<f32>::new(decoded.capacity() as u64, shape);
    samples.copy_interleaved_ref(decoded);
    if sound.samples.len() + samples.len() / channels > SAMPLES_MAX {
        return Err("it is longer than a minute".to_owned());
    }
    sound.rate_hz = shape.rate;
    #[expect(clippy::cast_precision_loss, reason = "there are at most a few channels")]
    let mix = |frame: &[f32]| frame.iter().sum::<f32>() / channels as f32;
    sound.samples.extend(samples.samples().chunks_exact(channels).map(mix));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_clip_is_refused() {
        let check = |bytes: &[u8]| assert!(read_clip(bytes.to_vec()).is_err());
        check(b"");
        check(b"OggS");
        check(b"RIFF nonsense that is long enough to be looked at by a reader of files");
    }
}
