//! What a role may do in the administration.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::rest::{Role, UserView};

/// One thing that not every role may do. Looking needs the role viewer and no right of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Right {
    /// End one session.
    Kick,
    /// Send a word of warning to one session.
    Warn,
    /// Silence somebody for a while.
    Mute,
    /// Keep somebody out.
    Ban,
    /// Remove and restore messages.
    Chat,
    /// Close players' reports.
    Reports,
    /// Keep notes about people.
    Notes,
    /// Send a word to everybody.
    Announce,
    /// Send a word to one player alone.
    Tell,
    /// Take an own or somebody else's action back; that action's own right is needed as well.
    Undo,
    /// End every player's session.
    KickAll,
    /// Make, change and delete accounts.
    Users,
    /// Make and revoke service accounts.
    Services,
    /// Make and remove webhooks.
    Webhooks,
    /// Change the sprites.
    Sprites,
    /// Change settings.
    Settings,
    /// Read the server's log.
    Logs,
    /// Run load tests.
    LoadTest,
}

impl Right {
    /// Every right, in the order of the roles that have it.
    pub const ALL: [Self; 18] = [
        Self::Kick,
        Self::Warn,
        Self::Mute,
        Self::Ban,
        Self::Chat,
        Self::Reports,
        Self::Notes,
        Self::Announce,
        Self::Tell,
        Self::Undo,
        Self::KickAll,
        Self::Users,
        Self::Services,
        Self::Webhooks,
        Self::Sprites,
        Self::Settings,
        Self::Logs,
        Self::LoadTest,
    ];

    /// The lowest role that has it.
    #[must_use]
    pub fn needs(self) -> Role {
        match self {
            Self::Kick
            | Self::Warn
            | Self::Mute
            | Self::Ban
            | Self::Chat
            | Self::Reports
            | Self::Notes
            | Self::Announce
            | Self::Tell
            | Self::Undo => Role::Moderator,
            Self::KickAll
            | Self::Users
            | Self::Services
            | Self::Webhooks
            | Self::Sprites
            | Self::Settings
            | Self::Logs
            | Self::LoadTest => Role::Host,
        }
    }

    /// The rights of a role.
    #[must_use]
    pub fn of(role: Role) -> Vec<Self> {
        Self::ALL
            .into_iter()
            .filter(|right| role >= right.needs())
            .collect()
    }
}

/// Who looks at the live feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Me {
    /// A user id, or `local-host` for the desktop window.
    pub id: String,
    /// The name others see.
    pub name: String,
    /// At least viewer.
    pub role: Role,
    /// What follows from the role.
    pub rights: Vec<Right>,
}

/// `GET /admin/me`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MeAnswer {
    /// The account; `null` for the desktop window, which is the host without one.
    pub user: Option<UserView>,
    /// At least viewer.
    pub role: Role,
    /// Whether this is the desktop window.
    pub local: bool,
    /// What the role allows.
    pub rights: Vec<Right>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_may_do_what_the_roles_below_it_may() {
        assert_eq!(Right::of(Role::User), []);
        assert_eq!(Right::of(Role::Viewer), []);
        assert_eq!(Right::of(Role::Moderator), Right::ALL[..10]);
        assert_eq!(Right::of(Role::Host), Right::ALL);
    }
}
