//! Why an action was not carried out.

use std::time::Duration;

use store::accounts::ChangeError;
use store::storage::StoreError;

/// See the module; the texts are for logs, `http::admin` has the sentences for people.
#[derive(Debug, thiserror::Error)]
pub enum ActionError {
    /// The session is gone.
    #[error("the session is gone")]
    SessionGone,
    /// There is no such account, ban, mute, message, report, note or line of the log.
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// Nobody bans or silences themselves.
    #[error("the action concerns its own author")]
    OwnAccount,
    /// The author's role is too low, or not above the other's.
    #[error("the role does not allow it")]
    RoleRequired,
    /// No host would be left who can log in.
    #[error("no host would be left")]
    LastHost,
    /// A service account has neither a role nor a password that could be changed.
    #[error("the account is a service account")]
    ServiceAccount,
    /// The address is this machine or a proxy: everybody would be shut out.
    #[error("the address is exempt")]
    ExemptAddress,
    /// This account has spoken to everybody too often; after so long it may again.
    #[error("too many announcements")]
    TooManyAnnouncements(Duration),
    /// The action cannot be taken back.
    #[error("the action cannot be undone")]
    NotUndoable,
    /// Somebody took it back before.
    #[error("the action was undone before")]
    AlreadyUndone,
    /// Something else was changed since, which undoing would overwrite.
    #[error("it was changed since")]
    ChangedSince,
    /// It is done, and the database did not take a word of it. What was ended: `session`, or
    /// `sessions` of everybody.
    #[error("it is done, but not written down: {0}")]
    NotRecorded(&'static str),
    /// The database failed, and nothing is done.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<ChangeError> for ActionError {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::LastHost => Self::LastHost,
            ChangeError::Store(error) => Self::Store(error),
        }
    }
}
