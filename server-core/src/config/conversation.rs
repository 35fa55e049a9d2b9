//! What is allowed in chat, and the reasons that moderators are offered.

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConversationConfig {
    /// Seconds between two lines of one person (`SLOW_MODE_SECONDS`); 0 for no slow mode.
    pub slow_mode_seconds: u32,
    /// Words that nobody may say, between commas (`WORD_LIST`).
    pub word_list: String,
    /// Whether letters that look alike count as the same there (`WORD_LIST_FOLDED`).
    pub word_list_folded: bool,
    /// Reasons for moderators (`MODERATION_REASONS`), as `ReasonTemplate` reads them.
    pub reasons: String,
}

impl Default for ConversationConfig {
    fn default() -> Self {
        Self {
            slow_mode_seconds: 0,
            word_list: String::new(),
            word_list_folded: true,
            reasons: String::new(),
        }
    }
}
