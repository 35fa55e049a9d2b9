//! Users, passwords, tokens, bans, audit and the chat archive.
//!
//! Knows the database and the contract's types; no socket, no HTTP. [`Accounts`] is the handle the
//! rest of the program holds: `http::auth` registers and logs in through it, the gateway asks it who
//! a handshake is and whether the door is open, moderation changes accounts through it.

use std::sync::Arc;

pub mod bans;
pub mod passwords;
pub mod time;
pub mod tokens;
pub mod user;
pub mod users;

pub use bans::{ActiveBan, Ban, BanSubject, Bans};
pub use passwords::{PasswordError, Passwords};
pub use tokens::{Claims, Tokens, WeakSecret};
pub use user::User;
pub use users::{CreateError, NewUser, UserChange, Users};

use crate::config::Secret;
use crate::protocol::rest::Role;
use crate::storage::{Database, StoreError};

/// The id under which the desktop window acts: it is the host by construction, without an account.
pub const LOCAL_HOST_ID: &str = "local-host";

/// Handle on everything about accounts; cheap to clone.
#[derive(Debug, Clone)]
pub struct Accounts {
    users: Users,
    tokens: Tokens,
    passwords: Passwords,
    bans: Bans,
    local_host: Option<Arc<Secret>>,
}

impl Accounts {
    /// Opens the accounts in a database and mirrors its bans.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn open(database: Database, tokens: Tokens) -> Result<Self, StoreError> {
        let accounts = Self {
            users: Users::new(database.clone()),
            tokens,
            passwords: Passwords::default(),
            bans: Bans::new(database),
            local_host: None,
        };
        accounts.reload_bans().await?;
        Ok(accounts)
    }

    /// Accepts `token` as the desktop window's own: whoever sends it is the host.
    #[must_use]
    pub fn with_local_host(mut self, token: Secret) -> Self {
        self.local_host = Some(Arc::new(token));
        self
    }

    /// Who a login token stands for now: `None` when it is forged, expired, given back, of an
    /// earlier token version, or of a deleted account. Bans are not looked at here.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn authenticate(&self, token: &str) -> Result<Option<User>, StoreError> {
        if self.is_local_host(token) {
            return Ok(Some(local_host()));
        }
        match self.tokens.verify(token) {
            None => Ok(None),
            Some(claims) => {
                let Claims { sub, ver, jti, .. } = claims;
                self.users.by_token(&sub, ver, &jti).await
            }
        }
    }

    /// The account with this id.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn account(&self, id: &str) -> Result<Option<User>, StoreError> {
        self.users.by_id(id).await
    }

    /// Whether a player id, folded (`PlayerId::folded`), belongs to an account.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn account_exists(&self, folded_id: &str) -> Result<bool, StoreError> {
        Ok(self.users.by_id(folded_id).await?.is_some())
    }

    /// Applies a moderator's change. The door knows it when this returns; live sessions are ended
    /// by the caller. `None` if the account is gone.
    ///
    /// # Errors
    /// When the database fails; then nothing changed.
    pub async fn update_user(
        &self,
        id: &str,
        change: &UserChange,
    ) -> Result<Option<User>, StoreError> {
        let user = self.users.update(id, change).await?;
        if let Some(user) = &user {
            self.bans.note_user(user);
        }
        Ok(user)
    }

    /// Deletes an account. `false` if it was gone already.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_user(&self, id: &str) -> Result<bool, StoreError> {
        let deleted = self.users.delete(id).await?;
        self.bans.forget_user(id);
        Ok(deleted)
    }

    /// Ends one login token, as a logout does. A token that counts for nothing is no error.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn give_back_token(&self, token: &str) -> Result<(), StoreError> {
        let Some(claims) = self.tokens.verify(token) else {
            return Ok(());
        };
        let now = time::now_ms();
        let expires_at = claims.exp.saturating_mul(1000);
        self.users
            .give_back_token(&claims.jti, expires_at, now)
            .await
    }

    /// Reads all bans and restricted accounts again, after another node changed them.
    ///
    /// # Errors
    /// When the database fails; the bans known so far hold on.
    pub async fn reload_bans(&self) -> Result<(), StoreError> {
        let restricted = self.users.restricted().await?;
        self.bans.reload(restricted).await
    }

    /// The table of users.
    #[must_use]
    pub fn users(&self) -> &Users {
        &self.users
    }

    /// Login and guest tokens.
    #[must_use]
    pub fn tokens(&self) -> &Tokens {
        &self.tokens
    }

    /// Password hashing.
    #[must_use]
    pub fn passwords(&self) -> &Passwords {
        &self.passwords
    }

    /// Who may not come in.
    #[must_use]
    pub fn bans(&self) -> &Bans {
        &self.bans
    }

    fn is_local_host(&self, token: &str) -> bool {
        self.local_host
            .as_ref()
            .is_some_and(|ours| tokens::same_secret(ours.expose(), token))
    }
}

/// The person at the desktop window.
fn local_host() -> User {
    User {
        id: LOCAL_HOST_ID.to_owned(),
        username: "Host".to_owned(),
        email: String::new(),
        role: Role::Host,
        is_banned: false,
        suspension_until: None,
        suspension_reason: None,
        token_version: 0,
        created_at: 0,
    }
}
