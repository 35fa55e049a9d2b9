//! Why a batch cannot be read.

/// Why a batch was refused. Nothing of a refused batch may be applied: the reader has lost the thread.
///
/// [`BatchError::code`] is the same word the TypeScript decoder answers with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BatchError {
    /// The input ends inside a record, or before the end mark.
    #[error("the batch ends at byte {at}, before it is complete")]
    Truncated {
        /// Length of the input, in bytes.
        at: usize,
    },
    /// Bytes follow the end mark.
    #[error("{extra} bytes follow the end of the batch")]
    TrailingBytes {
        /// How many.
        extra: usize,
    },
    /// The first byte names a layout this decoder does not know.
    #[error("batch version {0} is not supported")]
    UnsupportedVersion(u8),
    /// A record has a flag this decoder does not know, so its length is unknown too.
    #[error("a record has unknown flags ({0:#010b})")]
    UnknownField(u8),
    /// A record changes nothing.
    #[error("a record carries no field")]
    EmptyRecord,
    /// A record says that it holds the full player, and lacks a field.
    #[error("a full player lacks a field")]
    IncompleteFull,
    /// A record names no player.
    #[error("a record has an empty player id")]
    EmptyId,
    /// The shared start is longer than the id before, longer than allowed, or splits a character.
    #[error("a player id shares {0} bytes that the id before it does not offer")]
    BadPrefix(u8),
    /// A length or number is written with more bytes than it needs, or does not fit 32 bits.
    #[error("a variable-length number is too long")]
    BadVarint,
    /// The byte that names the encodings of the three coordinates is above 215.
    #[error("{0} names no encoding of a position")]
    BadShape(u8),
    /// A coordinate is infinite or not a number.
    #[error("a coordinate is not finite")]
    NotFinite,
    /// A string is not UTF-8.
    #[error("a text is not valid UTF-8")]
    InvalidUtf8,
    /// A frame of a stream does not follow the one that was read last, or no keyframe came before it.
    #[error("the frame does not follow the one before")]
    OutOfStep,
    /// A slot is taken that a frame gives out, or empty where somebody steps or goes, or above the limit.
    #[error("slot {0} is not as the frame takes it to be")]
    BadSlot(u32),
    /// A place or a pace is beyond what can be held.
    #[error("a place or a pace is out of range")]
    OutOfRange,
    /// A number stands for no animation.
    #[error("{0} stands for no animation")]
    BadWord(u8),
    /// Both sides of a stream see different players.
    #[error("the checksum of the slots differs")]
    CheckFailed,
    /// The metadata is not the JSON text of one object.
    #[error("the metadata is not a JSON object")]
    BadMetadata,
}

impl BatchError {
    /// The error as one word, kebab-case, as the test vectors and the TypeScript decoder spell it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Truncated { .. } => "truncated",
            Self::TrailingBytes { .. } => "trailing-bytes",
            Self::UnsupportedVersion(_) => "unsupported-version",
            Self::UnknownField(_) => "unknown-field",
            Self::EmptyRecord => "empty-record",
            Self::IncompleteFull => "incomplete-full",
            Self::EmptyId => "empty-id",
            Self::BadPrefix(_) => "bad-prefix",
            Self::BadVarint => "bad-varint",
            Self::BadShape(_) => "bad-shape",
            Self::NotFinite => "not-finite",
            Self::InvalidUtf8 => "invalid-utf8",
            Self::OutOfStep => "out-of-step",
            Self::BadSlot(_) => "bad-slot",
            Self::OutOfRange => "out-of-range",
            Self::BadWord(_) => "bad-word",
            Self::CheckFailed => "check-failed",
            Self::BadMetadata => "bad-metadata",
        }
    }
}
