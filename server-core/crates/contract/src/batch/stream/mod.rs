//! The attachment of `players:updated` for clients with the feature `batch2`: what changed since the frame before, for
//! everybody who has read that one.
//!
//! Version 1 ([`super`]) names each player by id and says where it is. Here both sides remember: a player has a small
//! number, its *slot*, and a step says how it moved otherwise than it did before. Somebody who goes on as before costs a
//! quarter of a byte. Specified byte by byte in `server-core/PROTOCOL.md`, chapter "Streamed updates"; `vectors.json`
//! beside this file holds the test vectors, which Rust, TypeScript and Python run.
//!
//! ```text
//! frame     = version(2) kind epoch(4) number body
//! keyframe  = words slots                         everything a decoder has to know, shown to nobody
//! step      = slots? steps freed? check?          new slots, who moved, whose slot is free again
//! near      = records                             where some are already, for some readers; changes nothing
//! ```
//!
//! One stream serves every reader of a node: TCP keeps all of them at the same frame. Who comes in, or missed a frame,
//! gets the keyframe of this moment, which is encoded at most once between two frames. Every [`CHECK_EVERY`]th frame
//! carries a checksum over all slots, so that a picture that went wrong is noticed and asked for again.
//!
//! This module knows nothing of the world or of sockets. [`StreamEncoder`] writes, [`StreamDecoder`] reads.

mod check;
mod decode;
mod encode;
mod forms;
mod motion;
mod near;
mod words;

pub use decode::{FrameHead, SteppedPlayer, StreamDecoder};
pub use encode::{PlayerStep, StreamEncoder};
pub use near::NearEncoder;

/// The first byte of every frame.
pub const VERSION: u8 = 2;

/// How many frames there are for one with a checksum. A picture that is wrong stays so for seven seconds in a crowd.
pub const CHECK_EVERY: u32 = 128;

/// Slots are below this number: more players than a node has sockets for. It bounds the arithmetic of decoders.
const SLOT_LIMIT: u32 = 1 << 20;

/// Bits of a frame's second byte.
mod kind {
    pub(super) const KEYFRAME: u8 = 1;
    /// New slots come before the steps.
    pub(super) const INTRODUCED: u8 = 1 << 1;
    /// The forms of the steps are a map, two bits a slot, and not a list.
    pub(super) const MAPPED: u8 = 1 << 2;
    /// Slots that are free from the next frame on come after the steps.
    pub(super) const FREED: u8 = 1 << 3;
    /// The frame ends with a checksum.
    pub(super) const CHECK: u8 = 1 << 4;
    /// Records stand behind the frame of this number. No other bit is set.
    pub(super) const NEAR: u8 = 1 << 5;

    /// Those of a frame that goes on.
    pub(super) const KNOWN: u8 = INTRODUCED | MAPPED | FREED | CHECK;
}

/// How much a step says; two bits.
mod form {
    /// Nothing: this slot has no step.
    pub(super) const ABSENT: u8 = 0;
    /// It moved as in its step before.
    pub(super) const ON: u8 = 1;
    /// x and z moved a little more or less than before, together one byte.
    pub(super) const NUDGED: u8 = 2;
    /// A head says what follows.
    pub(super) const GENERAL: u8 = 3;
}

/// Bits of the head of a general step. Below them two bits for each axis.
mod head {
    pub(super) const WORDS: u8 = 1 << 6;
    pub(super) const DECIMALS: u8 = 1 << 7;
}

/// Bits of the byte that says which words a step carries.
mod word {
    pub(super) const ANIMATION: u8 = 1;
    pub(super) const NAME: u8 = 1 << 1;
    pub(super) const METADATA: u8 = 1 << 2;
    /// All three are there, and the metadata replaces what the client knew.
    pub(super) const FULL: u8 = 1 << 3;

    pub(super) const ALL: u8 = ANIMATION | NAME | METADATA;
    pub(super) const KNOWN: u8 = ALL | FULL;
}

/// Bits of the byte before the position of a slot.
mod shape {
    /// The number of decimals.
    pub(super) const DECIMALS: u8 = 0b111;
    /// The lowest of three bits, one for each axis that is a double.
    pub(super) const RAW: u8 = 1 << 3;
    /// The paces follow.
    pub(super) const MOVING: u8 = 1 << 6;

    pub(super) const KNOWN: u8 = DECIMALS | (0b111 * RAW) | MOVING;
}

#[cfg(test)]
mod tests;
