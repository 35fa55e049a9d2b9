//! Service accounts: programs that act by a token which a host made for them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ActionEntry, Actor, Right};
use crate::rest::Role;

/// What a service account may do. Each route and the live feed declare which scopes open them
/// ([`Route::scopes`](crate::routes::Route)); nothing follows from one scope for another.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// See who is here, what is said, and how the server is; watch the live feed.
    Read,
    /// Warn, mute, kick and ban, take messages down, answer reports, and see what is needed for it.
    Moderate,
    /// Say something to everybody.
    Announce,
    /// Be in the world as a player, marked as a bot.
    Join,
}

impl Scope {
    /// All of them, in the order they are shown.
    pub const ALL: [Self; 4] = [Self::Read, Self::Moderate, Self::Announce, Self::Join];

    /// The word on the wire and in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Moderate => "moderate",
            Self::Announce => "announce",
            Self::Join => "join",
        }
    }

    /// Reads a scope, in any case and with surrounding space.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_lowercase();
        Self::ALL.into_iter().find(|scope| scope.as_str() == text)
    }
}

/// The scopes of one token: a set of few, in the order of [`Scope::ALL`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scopes(Vec<Scope>);

impl Scopes {
    /// These, each once.
    #[must_use]
    pub fn of(scopes: impl IntoIterator<Item = Scope>) -> Self {
        let mut scopes: Vec<_> = scopes.into_iter().collect();
        scopes.sort_unstable();
        scopes.dedup();
        Self(scopes)
    }

    /// Reads [`Self::to_text`]. What is no scope grants nothing.
    #[must_use]
    pub fn read(text: &str) -> Self {
        Self::of(text.split(' ').filter_map(Scope::parse))
    }

    /// The words with a blank between them.
    #[must_use]
    pub fn to_text(&self) -> String {
        let words: Vec<_> = self.0.iter().map(|scope| scope.as_str()).collect();
        words.join(" ")
    }

    /// Whether one of `wanted` is among them.
    #[must_use]
    pub fn any(&self, wanted: &[Scope]) -> bool {
        wanted.iter().any(|scope| self.0.contains(scope))
    }

    /// All of them.
    #[must_use]
    pub fn as_slice(&self) -> &[Scope] {
        &self.0
    }

    /// The role as which a service account acts where one is asked for, such as against whom: never
    /// above moderator, so that it reaches nobody who looks after the world.
    #[must_use]
    pub fn role(&self) -> Role {
        match self {
            it if it.any(&[Scope::Moderate, Scope::Announce]) => Role::Moderator,
            it if it.any(&[Scope::Read]) => Role::Viewer,
            _ => Role::User,
        }
    }

    /// What follows from the scopes, in the words of roles.
    #[must_use]
    pub fn rights(&self) -> Vec<Right> {
        let allowed = |right: &Right| match right {
            Right::Announce => self.any(&[Scope::Announce]),
            right => right.needs() <= Role::Moderator && self.any(&[Scope::Moderate]),
        };
        Right::ALL.into_iter().filter(allowed).collect()
    }
}

/// A service account.
///
/// ```json
/// {"id":"0b9f...","name":"Greeter","scopes":["read","join"],"createdBy":{"id":"77aa...","name":"Ana"},"makerIsHost":true,
///  "createdAt":"2025-01-02T03:04:05.678Z","lastUsedAt":null}
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ServiceAccount {
    /// A UUID, which is also the player id it joins with.
    pub id: String,
    /// The name others see.
    pub name: String,
    /// What its token may do.
    pub scopes: Vec<Scope>,
    /// The host who made it.
    pub created_by: Actor,
    /// Whether that one is a host still, and let in. Whoever made a token may have kept it.
    pub maker_is_host: bool,
    /// ISO 8601.
    pub created_at: String,
    /// When its token was last shown, ISO 8601, to the minute; `null` if never.
    pub last_used_at: Option<String>,
}

/// `GET /admin/service-accounts`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ServiceList {
    /// All of them, newest first.
    pub services: Vec<ServiceAccount>,
    /// How many there may be.
    pub most: u32,
}

/// Body of `POST /admin/service-accounts`.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct ServiceBody {
    /// 1 to 40 characters, like a username.
    pub name: Option<String>,
    /// One or more of `read`, `moderate`, `announce`, `join`.
    pub scopes: Option<Vec<String>>,
}

/// Answer of making a service account: `{service, token, action}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ServiceAnswer {
    /// As it is now.
    pub service: ServiceAccount,
    /// What the program shows as bearer and as `auth.token`. It is kept as a digest only.
    pub token: String,
    /// The line it left in the audit log.
    pub action: ActionEntry,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_grant_what_they_say_and_no_more() {
        let check = |text: &str, role: Role, rights: usize| {
            let scopes = Scopes::read(text);
            assert_eq!(
                (scopes.role(), scopes.rights().len()),
                (role, rights),
                "{text}"
            );
        };
        check("", Role::User, 0);
        check("host everything", Role::User, 0);
        check("join", Role::User, 0);
        check("read", Role::Viewer, 0);
        check("announce", Role::Moderator, 1);
        check("moderate read", Role::Moderator, 9);
        check("moderate announce", Role::Moderator, 10);
    }

    #[test]
    fn a_set_is_written_in_one_order() {
        let scopes = Scopes::of([Scope::Join, Scope::Read, Scope::Join]);
        assert_eq!(scopes.to_text(), "read join");
        assert_eq!(Scopes::read(&scopes.to_text()), scopes);
    }
}
