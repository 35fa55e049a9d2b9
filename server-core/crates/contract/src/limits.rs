//! Sizes a payload may have. Every one of them is a setting; these are the contract's defaults.

/// Limits that parsing applies to what clients send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayloadLimits {
    /// Longest player id after trimming, in characters.
    pub player_id_chars: usize,
    /// Names are shortened to this many characters, the default name too.
    pub name_chars: usize,
    /// Animation names are shortened to this many characters.
    pub animation_chars: usize,
    /// Chat content is shortened to this many characters, at a grapheme boundary.
    pub chat_chars: usize,
    /// Largest metadata after merging, in bytes of JSON.
    pub metadata_bytes: usize,
    /// Deepest nesting of metadata.
    pub metadata_depth: usize,
    /// Largest event that is still read, in bytes; a larger one is refused as `too-large`.
    pub event_bytes: usize,
}

impl Default for PayloadLimits {
    fn default() -> Self {
        Self {
            player_id_chars: 128,
            name_chars: 100,
            animation_chars: 64,
            chat_chars: 500,
            metadata_bytes: 4096,
            metadata_depth: 16,
            event_bytes: 64 * 1024,
        }
    }
}
