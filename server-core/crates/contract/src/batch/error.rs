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
    /// The shared start is longer than the id before, longer than allowed, or cuts a character.
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
            Self::BadMetadata => "bad-metadata",
        }
    }
}
