//! Writing who is near: records between two frames of a stream, for some of its readers.
//!
//! They name players by the slots that all readers know, say where those are and change nothing about the stream. So
//! what several readers are told is encoded once, as a part, and each frame is put together from parts.

use bytes::{BufMut as _, Bytes, BytesMut};

use super::super::BatchPart;
use super::super::number::{put_position, put_text, put_varint};
use super::encode::{PlayerStep, StreamEncoder, words_of};
use super::{VERSION, kind};

/// Collects records; see the module.
///
/// ```
/// use contract::batch::stream::{NearEncoder, PlayerStep, StreamDecoder, StreamEncoder};
///
/// let (mut stream, mut decoder) = (StreamEncoder::new(7), StreamDecoder::default());
/// decoder.read(&stream.keyframe())?;
/// stream.introduce("ada", [0.0; 3]);
/// decoder.read(&stream.finish(|_| true))?;
///
/// let mut near = NearEncoder::default();
/// let slot = stream.slot("ada").expect("she has one");
/// near.push(slot, &PlayerStep { position: [1.5, 0.0, 2.0], ..PlayerStep::default() });
/// let frame = stream.near_frame(&[&near.finish_part()]);
/// assert_eq!(decoder.read(&frame)?[0].position, [1.5, 0.0, 2.0]);
/// # Ok::<(), contract::batch::BatchError>(())
/// ```
#[derive(Debug, Default)]
pub struct NearEncoder {
    buf: BytesMut,
    records: usize,
}

impl NearEncoder {
    /// Adds where the player of a slot is, and what changed about it. The id of the step is not needed.
    pub fn push(&mut self, slot: u32, step: &PlayerStep<'_>) {
        let words = words_of(step);
        put_varint(&mut self.buf, slot << 1 | u32::from(words != 0));
        put_position(&mut self.buf, step.position);
        if words != 0 {
            self.buf.put_u8(words);
        }
        for text in [step.animation, step.name, step.metadata]
            .into_iter()
            .flatten()
        {
            put_text(&mut self.buf, text);
        }
        self.records += 1;
    }

    /// Hands out what was pushed. The encoder is then at the start of the next part.
    pub fn finish_part(&mut self) -> BatchPart {
        BatchPart {
            records: self.buf.split().freeze(),
            changes: std::mem::take(&mut self.records),
        }
    }
}

impl StreamEncoder {
    /// Those of some parts, for readers who have read the frame that was finished last. Whoever they name has to have had a
    /// slot by then.
    #[must_use]
    pub fn near_frame(&self, parts: &[&BatchPart]) -> Bytes {
        let room = parts.iter().map(|part| part.records.len()).sum::<usize>();
        let records: usize = parts.iter().map(|part| part.len()).sum();
        let mut frame = BytesMut::with_capacity(room + 16);
        frame.put_u8(VERSION);
        frame.put_u8(kind::NEAR);
        frame.put_u32_le(self.epoch());
        put_varint(&mut frame, self.number());
        put_varint(&mut frame, records as u32);
        for part in parts {
            frame.put_slice(&part.records);
        }
        frame.freeze()
    }
}
