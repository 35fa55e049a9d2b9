//! Bodies of the REST interface: accounts and moderation.
//!
//! Request bodies have optional fields only: what is missing or blank is answered by a sentence
//! about that field, not by a parser.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

use super::ChatMessage;
use super::admin::PersonRef;

/// What an account may do. Ordered: every role may do what the ones before it may.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Plays and chats.
    #[default]
    User,
    /// Sees the administration, changes nothing.
    Viewer,
    /// Sessions, chat and bans.
    Moderator,
    /// Everything.
    Host,
}

impl Role {
    /// The word on the wire and in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Viewer => "viewer",
            Self::Moderator => "moderator",
            Self::Host => "host",
        }
    }

    /// Reads a role, in any case and with surrounding space; `admin` is another word for host.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim().to_ascii_lowercase().as_str() {
            "user" => Some(Self::User),
            "viewer" => Some(Self::Viewer),
            "moderator" => Some(Self::Moderator),
            "host" | "admin" => Some(Self::Host),
            _ => None,
        }
    }
}

/// An account as its owner and the administration see it. Holds nothing about its password.
///
/// ```json
/// {"id":"0b9f...","username":"Ana","email":"ana@example.org","role":"user","isBanned":false,
///  "suspensionUntil":null,"suspensionReason":null,"createdAt":"2025-01-02T03:04:05.678Z"}
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UserView {
    /// A UUID, which is also the account's player id.
    pub id: String,
    /// The name others see.
    pub username: String,
    /// For logging in.
    pub email: String,
    /// What the account may do.
    pub role: Role,
    /// Whether the account is banned for good.
    pub is_banned: bool,
    /// Until when the account is suspended, ISO 8601; `null` when it is not.
    pub suspension_until: Option<String>,
    /// What the moderator wrote.
    pub suspension_reason: Option<String>,
    /// ISO 8601.
    pub created_at: String,
}

/// `{user}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UserAnswer {
    /// The account.
    pub user: UserView,
}

/// `{user: null | {...}}` of `GET /auth/session`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SessionAnswer {
    /// The account, if the caller is logged in.
    pub user: Option<UserView>,
}

/// `{user, token}` of register, login and a password change. The token is also set as a cookie.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LoginAnswer {
    /// The account.
    pub user: UserView,
    /// Good as `Authorization: Bearer` and as `auth.token` of the Socket.IO handshake.
    pub token: String,
    /// The new guest token of a client that keeps no cookies; its old one is worth nothing now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guest_token: Option<String>,
}

/// What a page that has a socket shows of it when it logs in.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SocketProof {
    /// The guest token of a client that keeps no cookies.
    pub guest_token: Option<String>,
    /// The ticket of the socket that becomes the account's, from `session:ticket`.
    pub socket_ticket: Option<String>,
}

/// Body of `POST /auth/register`, and with `token` of `POST /auth/setup`.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RegisterBody {
    /// 1 to 40 characters after trimming.
    #[schemars(required)]
    pub username: Option<String>,
    /// Trimmed; compared without regard to case.
    #[schemars(required)]
    pub email: Option<String>,
    /// 8 to 200 characters.
    #[schemars(required)]
    pub password: Option<String>,
    /// What the page shows of the socket it has.
    #[serde(flatten)]
    pub socket: SocketProof,
    /// Only for the first host: the one-time token of the setup link.
    pub token: Option<String>,
}

/// Body of `POST /auth/login`.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LoginBody {
    /// Trimmed; compared without regard to case.
    #[schemars(required)]
    pub email: Option<String>,
    /// As registered.
    #[schemars(required)]
    pub password: Option<String>,
    /// What the page shows of the socket it has.
    #[serde(flatten)]
    pub socket: SocketProof,
}

/// Body of `POST /auth/enter`.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EnterBody {
    /// What `POST /admin/world-ticket` answered; good once, for a minute.
    #[schemars(required)]
    pub ticket: Option<String>,
    /// What the page shows of the socket it has.
    #[serde(flatten)]
    pub socket: SocketProof,
}

/// `{ticket}`: with it the player page is entered as who asked.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct WorldTicketAnswer {
    /// Good once, for a minute; a link carries it as `/#enter=<ticket>`.
    pub ticket: String,
}

/// Body of `POST /auth/password`.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ChangePasswordBody {
    /// The password that holds now.
    #[schemars(required)]
    pub current_password: Option<String>,
    /// 8 to 200 characters.
    #[schemars(required)]
    pub new_password: Option<String>,
    /// What the page shows of the socket it has.
    #[serde(flatten)]
    pub socket: SocketProof,
}

/// Body of `DELETE /auth/me`.
#[derive(Clone, Deserialize, JsonSchema)]
pub struct DeleteAccountBody {
    /// The account's password.
    #[schemars(required)]
    pub password: Option<String>,
}

/// Body of `POST /admin/users`.
#[derive(Clone, Deserialize, JsonSchema)]
pub struct CreateUserBody {
    /// 1 to 40 characters after trimming.
    #[schemars(required)]
    pub username: Option<String>,
    /// Trimmed; compared without regard to case.
    #[schemars(required)]
    pub email: Option<String>,
    /// 8 to 200 characters.
    #[schemars(required)]
    pub password: Option<String>,
    /// `user` when absent.
    #[schemars(with = "Option<Role>")]
    pub role: Option<String>,
}

/// Body of `POST /admin/users/:id/password`.
#[derive(Clone, Deserialize, JsonSchema)]
pub struct ResetPasswordBody {
    /// 8 to 200 characters.
    #[schemars(required)]
    pub password: Option<String>,
}

/// Body of `PATCH /admin/users/:id`: only what it carries changes.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UserPatch {
    /// `user`, `viewer`, `moderator`, `host`, or `admin` for host.
    pub role: Option<String>,
    /// Ban for good, or lift that.
    pub is_banned: Option<bool>,
    /// ISO 8601; `null` lifts the suspension.
    #[serde(default, deserialize_with = "present")]
    #[schemars(extend("x-nullable" = true))]
    pub suspension_until: Option<Option<String>>,
    /// Shown to the suspended or banned person; `null` clears it.
    #[serde(default, deserialize_with = "present")]
    #[schemars(extend("x-nullable" = true))]
    pub suspension_reason: Option<Option<String>>,
}

/// `GET /admin/users`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UserList {
    /// How many match the search.
    pub total: u64,
    /// The page size in force.
    pub limit: u32,
    /// How many were skipped.
    pub offset: u32,
    /// Newest first.
    pub users: Vec<UserView>,
}

/// A chat message with what moderation knows about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ArchivedMessage {
    /// The message as it was sent.
    #[serde(flatten)]
    pub message: ChatMessage,
    /// `visible` or `removed`.
    pub status: MessageStatus,
    /// When it was removed, ISO 8601.
    pub removed_at: Option<String>,
    /// Who removed it: a user id, or `local-host` for the desktop window.
    pub removed_by: Option<String>,
    /// What `/admin/people` knows the author by; `null` for the server's own lines and old ones.
    pub person: Option<PersonRef>,
}

/// Whether players may still see a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum MessageStatus {
    /// As sent.
    Visible,
    /// Removed by a moderator.
    Removed,
}

/// `GET /admin/messages`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MessageList {
    /// How many match.
    pub total: u64,
    /// The page size in force.
    pub limit: u32,
    /// How many were skipped.
    pub offset: u32,
    /// Newest first.
    pub messages: Vec<ArchivedMessage>,
}

/// Every REST error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ErrorBody {
    /// A sentence for the person in front of the screen.
    pub message: String,
    /// For programs, in kebab case.
    pub code: String,
    /// With `banned` and `suspended`: what the moderator wrote; absent when that was nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// With `suspended` and a ban that ends: until when, ISO 8601.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
}

/// Tells a field that is `null` (`Some(None)`) from one that is absent (`None`).
pub(crate) fn present<'de, D, T>(from: D) -> Result<Option<Option<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::deserialize(from).map(Some)
}
