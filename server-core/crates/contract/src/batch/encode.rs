//! Writing a batch.

use bytes::{BufMut, Bytes, BytesMut};

use super::id::IdForm;
use super::number::{put_position, put_text};
use super::{END, VERSION, flag};

/// What changed for one player since the recipients last heard of it.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct PlayerChange<'a> {
    /// The player id, never empty.
    pub id: &'a str,
    /// Whether this is the whole player: all four fields are given, and the metadata replaces what a recipient has
    /// instead of being merged into it.
    pub full: bool,
    /// The new position as x, y, z, in world units. Finite numbers only.
    pub position: Option<[f64; 3]>,
    /// The new animation.
    pub animation: Option<&'a str>,
    /// The new display name.
    pub name: Option<&'a str>,
    /// The JSON text of an object with the changed top-level keys, `appearance` whole; of a full player, all keys.
    pub metadata: Option<&'a str>,
}

impl PlayerChange<'_> {
    fn fields(&self) -> u8 {
        let mut fields = 0;
        if self.position.is_some() {
            fields |= flag::POSITION;
        }
        if self.animation.is_some() {
            fields |= flag::ANIMATION;
        }
        if self.name.is_some() {
            fields |= flag::NAME;
        }
        if self.metadata.is_some() {
            fields |= flag::METADATA;
        }
        fields
    }
}

/// Collects the changes of one flush into one shared buffer.
///
/// Meant to be kept: [`finish`](Self::finish) leaves the encoder empty and ready, and its memory is used again once
/// the recipients have let go of the last batch.
///
/// ```
/// use contract::batch::{BatchEncoder, PlayerChange, decode};
///
/// let mut encoder = BatchEncoder::default();
/// encoder.push(&PlayerChange { id: "ada", position: Some([1.5, 0.0, -2.0]), ..PlayerChange::default() });
/// let batch = encoder.finish();
/// let changes = decode(&batch)?;
/// assert_eq!(changes[0].position, Some([1.5, 0.0, -2.0]));
/// # Ok::<(), contract::batch::BatchError>(())
/// ```
#[derive(Debug, Default)]
pub struct BatchEncoder {
    buf: BytesMut,
    /// The id pushed last, whose beginning the next id may share. Empty at the start of a batch.
    previous: String,
    changes: usize,
}

impl BatchEncoder {
    /// How many changes the batch holds so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.changes
    }

    /// Whether the batch holds no change yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes == 0
    }

    /// Adds one player's change. Order is kept; neighbours whose ids begin alike take less room.
    ///
    /// A decoder refuses a batch as a whole, so one odd player must not spoil it for everyone. Hence a change without
    /// an id or without a field is left out, a full player that lacks a field is sent as an ordinary change, and a
    /// number that is not finite is sent as 0. The world produces none of these. That `metadata` is the text of a
    /// JSON object is for the caller to ensure.
    pub fn push(&mut self, change: &PlayerChange<'_>) {
        let fields = change.fields();
        if fields == 0 || change.id.is_empty() {
            return;
        }
        self.begin();
        let id = IdForm::of(change.id, &self.previous);
        let full = if change.full && fields == flag::ALL_FIELDS {
            flag::FULL
        } else {
            0
        };
        let shared = match id.shared() {
            0 => 0,
            _ => flag::SHARED,
        };
        let uuid = match id.is_uuid() {
            true => flag::UUID,
            false => 0,
        };
        self.buf.put_u8(fields | full | shared | uuid);
        if shared != 0 {
            self.buf.put_u8(id.shared());
        }
        id.put_tail(&mut self.buf);
        if let Some(position) = change.position {
            put_position(&mut self.buf, position);
        }
        for text in [change.animation, change.name, change.metadata]
            .into_iter()
            .flatten()
        {
            put_text(&mut self.buf, text);
        }
        self.previous.clear();
        self.previous.push_str(change.id);
        self.changes += 1;
    }

    /// Closes the batch and hands it out; the encoder is then at the start of the next one.
    pub fn finish(&mut self) -> Bytes {
        self.begin();
        self.buf.put_u8(END);
        self.previous.clear();
        self.changes = 0;
        self.buf.split().freeze()
    }

    fn begin(&mut self) {
        if self.buf.is_empty() {
            self.buf.put_u8(VERSION);
        }
    }
}
