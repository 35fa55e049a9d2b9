//! The binary attachment of `players:updated`: what changed for many players, encoded once and shared by every
//! recipient.
//!
//! The format is specified byte by byte in `server-core/PROTOCOL.md`, chapter "Batched updates"; `vectors.json`
//! beside this file holds the test vectors that this module and the TypeScript SDK both run. In short:
//!
//! ```text
//! batch    = version(1) record* end(0)
//! record   = flags id position? animation? name? metadata?     fields in this order, present when their flag is set
//! id       = shared-length? tail                               shared with the id of the record before, in this batch
//! tail     = 16 bytes of a UUID | string
//! position = shape x y z                                       shape = kx + 6*ky + 36*kz, one kind per number
//! string   = length(varint) UTF-8                              metadata is a string that holds a JSON object
//! ```
//!
//! Nothing depends on the recipient or on an earlier batch, so one buffer serves all sockets and a socket that missed
//! a batch needs no repair of the encoding, only newer data.
//!
//! This module knows nothing of the world, of sockets or of the other protocol types. [`BatchEncoder`] writes,
//! [`decode()`] reads.

mod decode;
mod encode;
mod error;
mod form;
mod id;
mod number;
mod part;
mod reader;
pub mod stream;

pub use decode::{Changes, DecodedChange, decode};
pub use encode::{BatchEncoder, PlayerChange};
pub use error::BatchError;
pub use form::UpdateForm;
pub use part::{BatchPart, joined};

/// The first byte of every batch. A new layout gets a new number and a new handshake feature, so that a client never
/// receives a version it did not ask for.
pub const VERSION: u8 = 1;

/// Takes the place of a record's flags after the last record. No record has these flags, because a record without a
/// field is not written.
const END: u8 = 0;

/// Bits of a record's first byte.
mod flag {
    pub(super) const POSITION: u8 = 1;
    pub(super) const ANIMATION: u8 = 1 << 1;
    pub(super) const NAME: u8 = 1 << 2;
    pub(super) const METADATA: u8 = 1 << 3;
    /// Every field is present and the metadata replaces what the client knew.
    pub(super) const FULL: u8 = 1 << 4;
    /// The id ends with a UUID, sent as its 16 bytes.
    pub(super) const UUID: u8 = 1 << 5;
    /// The id begins like the id of the record before it.
    pub(super) const SHARED: u8 = 1 << 6;

    pub(super) const ALL_FIELDS: u8 = POSITION | ANIMATION | NAME | METADATA;
    pub(super) const KNOWN: u8 = ALL_FIELDS | FULL | UUID | SHARED;
}

#[cfg(test)]
mod tests;
