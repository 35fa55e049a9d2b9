//! The attachment of `events:packed` for clients with the feature `packed`: events that everybody gets, small.
//!
//! ```text
//! packed = zlib(JSON)         RFC 1950
//! JSON   = [[name, payload], ...]     the events one after the other, as they would have come alone
//! ```
//!
//! Specified in `server-core/PROTOCOL.md`, chapter "Packed events"; `vectors.json` beside this file holds the test
//! vectors that Rust, TypeScript and Python run. [`pack`] writes, [`unpack`] and [`events()`] read. What is packed when is
//! not decided here.

use std::borrow::Cow;
use std::io::{self, BufWriter, Read as _, Write};

use bytes::Bytes;
use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// Bytes of JSON that are packed, at most: five thousand players who describe themselves as far as they may (4 kB) are
/// 20 MB. What is longer comes as it is. It bounds what a decoder makes of a few bytes that were made to harm it: a
/// kilobyte of zlib may stand for a megabyte.
pub const LIMIT_BYTES: usize = 32 * 1024 * 1024;

/// How hard zlib tries. Measured on 5000 players with UUIDs, names and looks, 1.24 MB: 287 kB at 1, 276 at 2, 263 at 3
/// and 233 at 6, which takes three times as long as 2.
const LEVEL: u32 = 2;

/// Bytes handed to the encoder at once; the parts of a snapshot are much smaller.
const WRITTEN_AT_ONCE: usize = 32 * 1024;

/// Why an attachment cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PackedError {
    /// It stands for more than [`LIMIT_BYTES`].
    #[error("the attachment stands for more than {LIMIT_BYTES} bytes")]
    TooLarge,
    /// It is no zlib, or ends early.
    #[error("the attachment cannot be unpacked")]
    Damaged,
    /// What was packed is not a list of events.
    #[error("the attachment holds no list of events")]
    NotEvents,
}

impl PackedError {
    /// The error as one word, as the test vectors and the decoders in other languages spell it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooLarge => "too-large",
            Self::Damaged => "damaged",
            Self::NotEvents => "not-events",
        }
    }
}

/// One event of an attachment.
#[derive(Debug, Deserialize)]
pub struct PackedEvent<'a>(#[serde(borrow)] Cow<'a, str>, #[serde(borrow)] &'a RawValue);

impl<'a> PackedEvent<'a> {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0
    }

    /// The JSON text of its payload.
    #[must_use]
    pub fn payload(&self) -> &'a str {
        self.1.get()
    }
}

/// Counts what goes through it, and ends at [`LIMIT_BYTES`].
struct Counted<W> {
    inner: W,
    room: usize,
}

impl<W: Write> Write for Counted<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.room = self
            .room
            .checked_sub(bytes.len())
            .ok_or(io::ErrorKind::FileTooLarge)?;
        self.inner.write_all(bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// Packs events, each a name and a payload. `None` when they are too long for it: then they are sent one by one.
#[must_use]
pub fn pack<T: Serialize>(events: &[(&str, T)]) -> Option<Bytes> {
    let zlib = ZlibEncoder::new(Vec::new(), Compression::new(LEVEL));
    let counted = Counted {
        inner: zlib,
        room: LIMIT_BYTES,
    };
    let mut writer = BufWriter::with_capacity(WRITTEN_AT_ONCE, counted);
    serde_json::to_writer(&mut writer, events).ok()?;
    let counted = writer.into_inner().ok()?;
    let mut packed = counted.inner.finish().ok()?;
    packed.shrink_to_fit();
    Some(packed.into())
}

/// The JSON text that an attachment stands for.
///
/// # Errors
/// [`PackedError::TooLarge`], [`PackedError::Damaged`].
pub fn unpack(attachment: &[u8]) -> Result<String, PackedError> {
    let mut text = Vec::new();
    let limit = LIMIT_BYTES as u64 + 1;
    let mut decoder = ZlibDecoder::new(attachment).take(limit);
    decoder
        .read_to_end(&mut text)
        .map_err(|_| PackedError::Damaged)?;
    if text.len() > LIMIT_BYTES {
        return Err(PackedError::TooLarge);
    }
    String::from_utf8(text).map_err(|_| PackedError::Damaged)
}

/// The events of an unpacked text, in their order.
///
/// # Errors
/// [`PackedError::NotEvents`].
pub fn events(text: &str) -> Result<Vec<PackedEvent<'_>>, PackedError> {
    serde_json::from_str(text).map_err(|_| PackedError::NotEvents)
}

#[cfg(test)]
mod tests;
