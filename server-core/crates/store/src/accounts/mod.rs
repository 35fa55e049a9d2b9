//! Users, passwords, tokens, bans, audit and the chat archive.
//!
//! Knows the database and the contract's types; no socket, no HTTP. [`Accounts`] is the handle the
//! rest of the program holds: `http::auth` registers and logs in through it, the gateway asks it who
//! a handshake is and whether the world is open to it, moderation changes accounts through it.

use std::sync::Arc;

use parking_lot::Mutex;
use serde_json::json;

pub mod archive;
pub mod audit;
pub mod ended;
mod hosts;
pub(crate) mod makers;
pub mod names;
pub mod passwords;
mod player_ids;
pub mod sanctions;
pub mod secret_file;
pub mod services;
mod setup;
pub mod throttle;
pub mod tokens;
pub mod user;
mod user_change;
pub mod users;
mod world_tickets;

pub use archive::{Archive, MessageFilter};
pub use audit::{Audit, AuditEntry, AuditFilter, NewEntry};
pub use ended::EndedLogins;
pub use hosts::ChangeError;
pub use names::AccountNames;
pub use passwords::{PasswordError, Passwords};
pub use sanctions::{
    ActiveSanction, BanSubject, Bans, Mutes, NewSanction, SanctionFilter, StoredBan, StoredMute,
    StoredSanction, Subject,
};
pub use services::{CreateServiceError, NewService, Services};
pub use throttle::{Attempt, Throttle};
pub use tokens::{Claims, Tokens, WeakSecret};
pub use user::User;
pub use user_change::UserChange;
pub use users::{CreateError, NewUser, Users};
pub use world_tickets::WorldTickets;

use hosts::HostTurn;
use setup::SetupLink;

use crate::storage::{Database, StoreError};
use contract::admin::Actor;
use contract::admin::action::ActionName;
use contract::rest::Role;
use identity::Secret;
use identity::Visitor;

/// The id under which the desktop window acts: it is the host by construction, without an account.
pub const LOCAL_HOST_ID: &str = "local-host";

/// What stands in place of an e-mail address in the account under which the desktop window's host walks in
/// the world. It is no address, so nobody registers it or logs in with it: tickets alone lead there.
pub const LOCAL_HOST_EMAIL: &str = "local-host";

/// The id under which the command line acts: whoever may use it has this machine in hand.
pub const COMMAND_LINE_ID: &str = "command-line";

/// Handle on everything about accounts; cheap to clone.
#[derive(Debug, Clone)]
pub struct Accounts {
    users: Users,
    ended: EndedLogins,
    tokens: Tokens,
    passwords: Passwords,
    bans: Bans,
    audit: Audit,
    services: Services,
    archive: Archive,
    throttle: Throttle,
    world_tickets: WorldTickets,
    database: Database,
    local_host: Option<Arc<Secret>>,
    /// The pending setup link. Its lock is held for a comparison.
    setup: Arc<Mutex<Option<SetupLink>>>,
}

impl Accounts {
    /// Opens the accounts in a database and mirrors its bans.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn open(database: Database, tokens: Tokens) -> Result<Self, StoreError> {
        let ended = EndedLogins::new(database.clone());
        let accounts = Self {
            users: Users::new(database.clone(), ended.clone()),
            ended,
            tokens,
            passwords: Passwords::default(),
            bans: Bans::new(database.clone()),
            audit: Audit::new(database.clone()),
            services: Services::new(database.clone()),
            archive: Archive::new(database.clone()),
            throttle: Throttle::default(),
            world_tickets: WorldTickets::default(),
            database,
            local_host: None,
            setup: Arc::default(),
        };
        accounts.reload_bans().await?;
        accounts.users.names().open().await?;
        accounts.ended.reload().await?;
        // Only the first answer to an unknown address would be slower without it.
        if let Err(error) = accounts.passwords.warm_up().await {
            tracing::warn!(%error, "the decoy password is made at the first login");
        }
        Ok(accounts)
    }

    /// Accepts `token` as the desktop window's own: whoever sends it is the host.
    #[must_use]
    pub fn with_local_host(mut self, token: Secret) -> Self {
        self.local_host = Some(Arc::new(token));
        self
    }

    /// Tickets that log the player page in.
    #[must_use]
    pub fn world_tickets(&self) -> &WorldTickets {
        &self.world_tickets
    }

    /// Lets everybody together enter so many wrong PINs a day.
    #[must_use]
    pub fn with_wrong_pins(mut self, per_day: u32) -> Self {
        self.throttle = Throttle::new(per_day);
        self
    }

    /// Who a token stands for now, be it of a login or of a service account: `None` when it is forged, expired, given back, of an
    /// earlier token version, or of a deleted account. Bans are not looked at here.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn authenticate(&self, token: &str) -> Result<Option<User>, StoreError> {
        if self.is_local_host(token) {
            return Ok(Some(local_host()));
        }
        if token.starts_with(services::TOKEN_PREFIX) {
            return self.services.by_token(token).await;
        }
        match self.tokens.verify(token) {
            Some(claims) if !self.ended.ends(&claims) => {
                let Claims { sub, ver, jti, .. } = claims;
                self.users.by_token(&sub, ver, &jti).await
            }
            Some(_) | None => Ok(None),
        }
    }

    /// The account that a login token names by its signature alone, while the database does not
    /// answer: `None` also for one that is known to be ended, or whose account another node changed.
    #[must_use]
    pub fn believe(&self, token: &str) -> Option<Claims> {
        let claims = self.tokens.verify(token)?;
        self.ended.believes(&claims).then_some(claims)
    }

    /// The account with this id.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn account(&self, id: &str) -> Result<Option<User>, StoreError> {
        self.users.by_id(id).await
    }

    /// Whether a player id, folded (`PlayerId::folded`), belongs to an account.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn account_exists(&self, folded_id: &str) -> Result<bool, StoreError> {
        self.users.exists(folded_id).await
    }

    /// Applies a moderator's change together with its line in the audit log. Handshakes know it when
    /// this returns; live sessions are ended by the caller. `None` if the account is gone.
    ///
    /// # Errors
    /// [`ChangeError::LastHost`], or [`ChangeError::Store`]; then nothing changed.
    pub async fn update_user(
        &self,
        actor: &Actor,
        before: &User,
        change: &UserChange,
    ) -> Result<Option<(User, AuditEntry)>, ChangeError> {
        let mut transaction = self.database.pool().begin().await?;
        let turn = HostTurn::take(&mut transaction).await?;
        let found = user_change::update_on(&mut transaction, &before.id, change).await?;
        let Some(mut transaction) = turn.settle(transaction, found, actor).await? else {
            return Ok(None);
        };
        let entry = NewEntry {
            actor,
            action: ActionName::USER_UPDATE.as_str(),
            subject: &before.id,
            subject_name: Some(&before.username),
            details: json!({
                "username": before.username,
                "before": change.counterpart(before),
                "after": change,
            }),
        };
        let entry = Audit::record_on(&mut transaction, &entry).await?;
        // Read before the commit: once that is done, handshakes have to know it, whatever fails then.
        let user = Users::by_id_on(&mut transaction, &before.id).await?;
        transaction.commit().await?;
        if let Some(user) = &user {
            self.bans.note_account(&user.id, user.kept_restriction());
        }
        Ok(user.map(|user| (user, entry)))
    }

    /// Deletes an account together with its line in the audit log. `None` if it was gone already.
    ///
    /// # Errors
    /// [`ChangeError::LastHost`], or [`ChangeError::Store`]; then nothing changed.
    pub async fn delete_user(
        &self,
        actor: &Actor,
        user: &User,
    ) -> Result<Option<AuditEntry>, ChangeError> {
        let mut transaction = self.database.pool().begin().await?;
        let turn = HostTurn::take(&mut transaction).await?;
        let found = user_change::delete_on(&mut transaction, &user.id).await?;
        let Some(mut transaction) = turn.settle(transaction, found, actor).await? else {
            return Ok(None);
        };
        let entry = NewEntry {
            actor,
            action: ActionName::USER_DELETE.as_str(),
            subject: &user.id,
            subject_name: Some(&user.username),
            details: json!({ "username": user.username, "role": user.role }),
        };
        let entry = Audit::record_on(&mut transaction, &entry).await?;
        ended::end_on(&mut transaction, &user.id, ended::EVERY_VERSION).await?;
        transaction.commit().await?;
        self.ended.note(&user.id, ended::EVERY_VERSION);
        self.bans.note_account(&user.id, None);
        Ok(Some(entry))
    }

    /// Whether a visitor may not come in at `now` (milliseconds since 1970); see [`Bans::active_ban`].
    /// Synchronous, and true also while the database is gone.
    ///
    /// Who looks after the world is shut out by a ban of their account alone: an address may be their
    /// own network's, and a guest's digest is what anybody below them could ban.
    #[must_use]
    pub fn ban_of(&self, visitor: &Visitor, now: i64) -> Option<ActiveSanction> {
        let staff = visitor.is_staff();
        let address = (!staff).then_some(visitor.address);
        let guest = (!staff).then_some(&visitor.secret);
        let account = visitor.account.as_ref().map(|account| account.id.as_str());
        self.bans.active_ban(account, guest, address, now)
    }

    /// Ends one login token, as a logout does. A token that counts for nothing is no error.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn give_back_token(&self, token: &str) -> Result<(), StoreError> {
        let Some(claims) = self.tokens.verify(token) else {
            return Ok(());
        };
        let now = runtime::clock::now_ms();
        let expires_at = claims.exp.saturating_mul(1000);
        self.users
            .give_back_token(&claims.jti, expires_at, now)
            .await
    }

    /// Reads all bans and restricted accounts again, after another node changed them.
    ///
    /// # Errors
    /// See [`StoreError`]; the bans known so far hold on.
    pub async fn reload_bans(&self) -> Result<(), StoreError> {
        let restricted = self.users.restricted().await?.into_iter();
        let restrictions =
            restricted.filter_map(|user| Some((user.id.clone(), user.kept_restriction()?)));
        self.bans.reload(restrictions.collect()).await
    }

    /// The database, for the modules that keep tables of their own beside these.
    #[must_use]
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// The table of users.
    #[must_use]
    pub fn users(&self) -> &Users {
        &self.users
    }

    /// Login tokens that were ended.
    #[must_use]
    pub fn ended(&self) -> &EndedLogins {
        &self.ended
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

    /// Who did what.
    #[must_use]
    pub fn audit(&self) -> &Audit {
        &self.audit
    }

    /// Service accounts.
    #[must_use]
    pub fn services(&self) -> &Services {
        &self.services
    }

    /// The chat archive.
    #[must_use]
    pub fn archive(&self) -> &Archive {
        &self.archive
    }

    /// How often people may try to log in.
    #[must_use]
    pub fn throttle(&self) -> &Throttle {
        &self.throttle
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
        service: None,
    }
}

#[cfg(test)]
mod story_tests;
