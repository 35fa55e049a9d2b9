//! What one node's moderators do to the live sessions of every node.
//!
//! Whatever must outlive a restart is in the database before an event is published; the event says
//! what to look at again, or what to do now. A node applies its own events by the same function as
//! those of others ([`Moderation::apply`](super::Moderation::apply)), so one node is a cluster of
//! one.

use serde::{Deserialize, Serialize};

use crate::roster::{RosterMessage, RosterUpdate};
use contract::MessageId;
use contract::admin::{ActionEntry, PersonRef, Report};
use contract::moderation::NoticeAuthor;
use contract::rest::ArchivedMessage;

/// See the module. Travels as JSON between nodes of the same version.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum ModerationEvent {
    /// One session ends.
    Kick {
        /// Its id, as in `AdminSession`.
        session: String,
        /// For the player; may be empty.
        reason: String,
    },
    /// Every session that holds a player ends.
    KickAll {
        /// For the players; may be empty.
        reason: String,
        /// The account of who asked for it, which stays.
        spared: String,
    },
    /// Bans or restricted accounts changed: read them again, end whom they shut out.
    BansChanged,
    /// Somebody was muted: read the mutes again, tell the person.
    Muted {
        /// Whom.
        person: PersonRef,
        /// ISO 8601; `None` for good.
        until: Option<String>,
        /// For the person; may be empty.
        reason: String,
    },
    /// Somebody may speak again: read the mutes again, tell the person.
    Unmuted {
        /// Who.
        person: PersonRef,
    },
    /// Somebody was warned.
    Warned {
        /// The session that reads it.
        session: String,
        /// Who holds it.
        person: PersonRef,
        /// What the person reads.
        message: String,
        /// The warning, for the word that it was read.
        #[serde(default)]
        id: Option<String>,
    },
    /// Somebody is told something that nobody else hears.
    Told {
        /// The session that reads it.
        session: String,
        /// What it reads.
        message: String,
        /// Who says it.
        from: NoticeAuthor,
    },
    /// A word to everybody.
    Announced {
        /// What everybody reads.
        message: String,
    },
    /// Another announcement stands for a while, or none any more: read it again.
    PinChanged,
    /// A message was placed, for the feeds; players get it in the nodes' common order.
    #[serde(rename = "said")]
    ChatPlaced {
        /// What, and who.
        message: Box<ArchivedMessage>,
    },
    /// A message was removed.
    ChatRemoved {
        /// Which.
        id: MessageId,
    },
    /// A removed message is back.
    ChatRestored {
        /// The message.
        message: ArchivedMessage,
    },
    /// The lines that wait for a moderator changed: read them again.
    HeldChanged,
    /// A held line was not let through: its speaker is told.
    LineRefused {
        /// Who said it.
        person: PersonRef,
        /// What was said.
        content: String,
    },
    /// No moderator decided about a held line in time: its speaker is told.
    LineLapsed {
        /// Who said it.
        person: PersonRef,
        /// What was said.
        content: String,
    },
    /// Settings in the database changed: read them again.
    SettingsChanged,
    /// An account changed or is gone: read it again, end or narrow what it may no longer do.
    AccountChanged {
        /// Its id.
        id: String,
        /// Whether its tokens ended as well.
        signed_out: bool,
    },
    /// A line of the audit log, for the feeds.
    Recorded {
        /// The line.
        action: Box<ActionEntry>,
    },
    /// Somebody watches the feed of a node, which wants to know of every node's sessions. Sent every
    /// few seconds for as long as that is so.
    Watching {
        /// The node.
        node: String,
        /// It knows nothing yet, or missed something: send everything.
        fresh: bool,
    },
    /// What changed about the sessions of a node, while somebody watches.
    Roster {
        /// See [`RosterUpdate`].
        update: Box<RosterUpdate>,
    },
    /// A report was made or changed: for the feeds, and to count again.
    ReportChanged {
        /// As it is now.
        report: Box<Report>,
    },
}

impl ModerationEvent {
    /// Whether a node that missed it has to get it later. Who is here now is soon published again, and
    /// what was said is in the archive.
    #[must_use]
    pub fn lasts(&self) -> bool {
        !matches!(
            self,
            Self::ChatPlaced { .. } | Self::Watching { .. } | Self::Roster { .. }
        )
    }
}

impl From<RosterMessage> for ModerationEvent {
    fn from(message: RosterMessage) -> Self {
        match message {
            RosterMessage::Watching { node, fresh } => Self::Watching { node, fresh },
            RosterMessage::Changed(update) => Self::Roster { update },
        }
    }
}
