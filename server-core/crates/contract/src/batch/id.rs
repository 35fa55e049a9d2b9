//! How a player id is written: by what the id before it did not say already.

use std::borrow::Cow;

use bytes::{BufMut as _, BytesMut};
use uuid::Uuid;

use super::BatchError;
use super::number::{put_text, varint_length};
use super::reader::Reader;

/// How many bytes at the start of an id may be taken from the id before it, at most. Bounds what a hostile input can
/// make a decoder allocate per byte received.
const SHARED_PREFIX_LIMIT: usize = 64;

/// Length of a UUID in its canonical text form, in bytes.
const UUID_TEXT_LENGTH: usize = 36;

/// An id in the form it takes on the wire: `shared` bytes of the id before it, then the tail.
pub(super) struct IdForm<'a> {
    shared: usize,
    tail: Tail<'a>,
}

enum Tail<'a> {
    Text(&'a str),
    Uuid([u8; 16]),
}

impl<'a> IdForm<'a> {
    /// The shortest form of `id` after `previous`.
    pub(super) fn of(id: &'a str, previous: &str) -> Self {
        let alike = id
            .bytes()
            .zip(previous.bytes())
            .take_while(|(a, b)| a == b)
            .count();
        let shared = id.floor_char_boundary(alike.min(SHARED_PREFIX_LIMIT));
        let similar = Self {
            shared,
            tail: Tail::Text(&id[shared..]),
        };
        let uuid = split_uuid(id)
            .filter(|(head, _)| head.len() <= shared)
            .map(|(head, uuid)| Self {
                shared: head.len(),
                tail: Tail::Uuid(uuid),
            });
        let mut best = Self {
            shared: 0,
            tail: Tail::Text(id),
        };
        for form in [Some(similar), uuid].into_iter().flatten() {
            if form.size() < best.size() {
                best = form;
            }
        }
        best
    }

    /// Bytes on the wire.
    fn size(&self) -> usize {
        let tail = match self.tail {
            Tail::Text(text) => varint_length(text.len()) + text.len(),
            Tail::Uuid(bytes) => bytes.len(),
        };
        usize::from(self.shared > 0) + tail
    }

    /// How many bytes of the id before begin this one, at most [`SHARED_PREFIX_LIMIT`].
    pub(super) fn shared(&self) -> u8 {
        self.shared as u8
    }

    /// Whether the tail is a UUID, sent as its 16 bytes.
    pub(super) fn is_uuid(&self) -> bool {
        matches!(self.tail, Tail::Uuid(_))
    }

    /// Appends what follows the shared start.
    pub(super) fn put_tail(&self, buf: &mut BytesMut) {
        match self.tail {
            Tail::Text(text) => put_text(buf, text),
            Tail::Uuid(bytes) => buf.put_slice(&bytes),
        }
    }
}

/// Splits an id that ends with a UUID in canonical text form. Other spellings are left alone: they would come back in
/// lower case, as another id.
fn split_uuid(id: &str) -> Option<(&str, [u8; 16])> {
    let at = id.len().checked_sub(UUID_TEXT_LENGTH)?;
    let (head, text) = id.split_at_checked(at)?;
    if text
        .bytes()
        .any(|byte| !matches!(byte, b'0'..=b'9' | b'a'..=b'f' | b'-'))
    {
        return None;
    }
    let uuid = Uuid::try_parse_ascii(text.as_bytes()).ok()?;
    Some((head, uuid.into_bytes()))
}

/// Reads ids one after the other.
#[derive(Debug, Clone, Default)]
pub(super) struct IdReader {
    previous: String,
}

impl IdReader {
    /// The id that begins with `shared` bytes of the one before and ends with what the reader is at.
    pub(super) fn read<'a>(
        &mut self,
        reader: &mut Reader<'a>,
        shared: u8,
        uuid: bool,
    ) -> Result<Cow<'a, str>, BatchError> {
        if usize::from(shared) > SHARED_PREFIX_LIMIT
            || !self.previous.is_char_boundary(shared.into())
        {
            return Err(BatchError::BadPrefix(shared));
        }
        let mut uuid_text = [0; UUID_TEXT_LENGTH];
        let (tail, sent_whole): (&str, Option<&'a str>) = if uuid {
            let uuid = Uuid::from_bytes(reader.array()?);
            (uuid.hyphenated().encode_lower(&mut uuid_text), None)
        } else {
            let text = reader.text()?;
            (text, Some(text))
        };
        self.previous.truncate(shared.into());
        self.previous.push_str(tail);
        if self.previous.is_empty() {
            return Err(BatchError::EmptyId);
        }
        Ok(match sent_whole {
            Some(text) if shared == 0 => Cow::Borrowed(text),
            _ => Cow::Owned(self.previous.clone()),
        })
    }
}
