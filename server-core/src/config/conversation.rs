//! What is allowed in chat, and the reasons that moderators are offered.

use std::str::FromStr;

use store::records::HeldRoom;

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConversationConfig {
    /// Seconds between two lines of one person (`SLOW_MODE_SECONDS`); 0 for no slow mode.
    pub slow_mode_seconds: u32,
    /// Words that nobody may say, between commas (`WORD_LIST`).
    pub word_list: String,
    /// Whether letters that look alike count as the same there (`WORD_LIST_FOLDED`).
    pub word_list_folded: bool,
    /// What becomes of a line with such a word (`WORD_LIST_MODE`).
    pub word_list_mode: WordListMode,
    /// Minutes that a held line waits for a moderator (`HELD_LINE_MINUTES`).
    pub held_line_minutes: u32,
    /// Held lines of everybody together (`MAX_HELD_LINES`).
    pub held_lines: u32,
    /// Held lines of one person (`MAX_HELD_LINES_PER_PERSON`).
    pub held_lines_per_person: u32,
    /// Reasons for moderators (`MODERATION_REASONS`), as `ReasonTemplate` reads them.
    pub reasons: String,
}

impl Default for ConversationConfig {
    fn default() -> Self {
        Self {
            slow_mode_seconds: 0,
            word_list: String::new(),
            word_list_folded: true,
            word_list_mode: WordListMode::Block,
            held_line_minutes: 60,
            held_lines: 200,
            held_lines_per_person: 3,
            reasons: String::new(),
        }
    }
}

impl ConversationConfig {
    /// Whether a line with a word of the list waits for a moderator; otherwise nobody reads it.
    #[must_use]
    pub fn holds_lines(&self) -> bool {
        self.word_list_mode == WordListMode::Hold
    }

    /// How many lines may wait for a moderator, of a network `network_factor` times those of a person.
    #[must_use]
    pub fn held_room(&self, network_factor: u32) -> HeldRoom {
        HeldRoom {
            total: self.held_lines,
            per_person: self.held_lines_per_person,
            per_network: self.held_lines_per_person.saturating_mul(network_factor),
        }
    }
}

/// What becomes of a line with a word of the list in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordListMode {
    /// Nobody reads it.
    Block,
    /// A moderator reads it first.
    Hold,
}

impl WordListMode {
    /// Every word of the setting.
    pub const WORDS: &'static [&'static str] = &["block", "hold"];

    /// The word of this value.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Block => "block",
            Self::Hold => "hold",
        }
    }
}

impl FromStr for WordListMode {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        match word {
            "block" => Ok(Self::Block),
            "hold" => Ok(Self::Hold),
            _ => Err(()),
        }
    }
}
