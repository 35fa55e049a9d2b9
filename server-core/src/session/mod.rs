//! The session manager: the one writer of the world.

use crate::protocol::{MessageId, SessionTerminated, SpriteAtlas};

/// The signed random secret that a browser or program keeps between visits, without its signature.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct GuestSecret(pub String);

/// A logged-in person, as far as sessions care.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The account's id (a UUID), which is also its player id.
    pub id: String,
    /// Shown when a join brings no name.
    pub username: String,
}

/// Handle on the session manager; cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct SessionManager {}

impl SessionManager {
    /// A login or registration from the browser that holds `secret`: its live sockets now act for
    /// `account`.
    pub fn bind_login(&self, _secret: &GuestSecret, _account: &Account) {}

    /// A logout: live sockets of that browser (`secret`), or all of the account when `None`, give
    /// their player up and are guests again.
    pub fn release_login(&self, _account_id: &str, _secret: Option<&GuestSecret>) {}

    /// Ends every live session of an account. Returns how many.
    pub fn end_account_sessions(&self, _account_id: &str, _notice: &SessionTerminated) -> usize {
        0
    }

    /// Replaces the atlas and tells every socket.
    pub fn set_atlas(&self, _atlas: SpriteAtlas) {}

    /// Removes a chat message from the live history and tells every socket. `false` if it is gone.
    pub fn remove_message(&self, _id: &MessageId) -> bool {
        false
    }
}
