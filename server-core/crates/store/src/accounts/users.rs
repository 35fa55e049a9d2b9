//! Queries on the table of users.

use sqlx::{Any, Executor, Row};
use uuid::Uuid;

use super::ended::{self, EndedLogins};
use super::hosts;
use super::names::AccountNames;
use super::player_ids::PlayerIds;
use super::user::{User, user_columns};
use crate::storage::{
    Change, Database, Lease, Listed, Listing, Pool, StoreError, fold, is_unique_violation,
};
use contract::names::{is_role, is_system, likeness};
use contract::rest::Role;
use runtime::clock::now_ms;

const USERS: Listed = Listed {
    table: "users",
    columns: user_columns!(),
    moment: "created_at",
    order: "created_at DESC, id",
};

/// The table of users; cheap to clone.
#[derive(Debug, Clone)]
pub struct Users {
    database: Database,
    ended: EndedLogins,
    names: AccountNames,
    player_ids: PlayerIds,
}

/// A new account, already checked.
#[derive(Clone)]
pub struct NewUser {
    /// 1 to 40 characters.
    pub username: String,
    /// Trimmed.
    pub email: String,
    /// PHC string, from `Passwords::hash`.
    pub password_hash: String,
    /// What it may do.
    pub role: Role,
}

/// Why an account was not made.
#[derive(Debug, thiserror::Error)]
pub enum CreateError {
    /// Another account has that name, or one that looks like it.
    #[error("the name is taken")]
    UsernameTaken,
    /// The name says what the account is not.
    #[error("the name is reserved")]
    UsernameReserved,
    /// Another account has that e-mail address.
    #[error("the e-mail address is taken")]
    EmailTaken,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Users {
    pub(super) fn new(database: Database, ended: EndedLogins) -> Self {
        Self {
            names: AccountNames::new(database.clone()),
            player_ids: PlayerIds::new(database.clone()),
            database,
            ended,
        }
    }

    /// The names of all accounts, in memory.
    #[must_use]
    pub fn names(&self) -> &AccountNames {
        &self.names
    }

    /// Whether an account has this id, folded.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub(super) async fn exists(&self, folded_id: &str) -> Result<bool, StoreError> {
        self.player_ids.exists(folded_id).await
    }

    /// Stores a new account under a fresh UUID.
    ///
    /// # Errors
    /// [`CreateError::UsernameReserved`]; [`CreateError::UsernameTaken`] or
    /// [`CreateError::EmailTaken`], decided by the database, so that of two at once exactly one
    /// succeeds; or [`CreateError::Store`].
    pub async fn create(&self, new: &NewUser) -> Result<User, CreateError> {
        check_reserved(new)?;
        let mut change = self.pool().begin().await.map_err(StoreError)?;
        match self.insert_on(&mut change, new).await {
            Ok(user) => {
                change.commit().await.map_err(StoreError)?;
                self.names.add(&user.username, user.created_at);
                Ok(user)
            }
            Err(error) => {
                change.rollback().await.map_err(StoreError)?;
                Err(self.why_not_made(new, error).await)
            }
        }
    }

    /// Puts a new account in, or fails as the database does.
    pub(super) async fn insert_on(
        &self,
        connection: &mut Lease,
        new: &NewUser,
    ) -> Result<User, sqlx::Error> {
        let user = User {
            id: Uuid::new_v4().to_string(),
            username: new.username.clone(),
            email: new.email.clone(),
            role: new.role,
            is_banned: false,
            suspension_until: None,
            suspension_reason: None,
            token_version: 0,
            created_at: now_ms(),
            service: None,
        };
        sqlx::query(
            "INSERT INTO users (id, username, username_folded, email, email_folded, password_hash, role, created_at, \
             username_likeness) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(&user.id)
        .bind(&user.username)
        .bind(fold(&user.username))
        .bind(&user.email)
        .bind(fold(&user.email))
        .bind(&new.password_hash)
        .bind(user.role.as_str())
        .bind(user.created_at)
        .bind(likeness(&user.username))
        .execute(connection)
        .await?;
        Ok(user)
    }

    /// What [`Self::insert_on`] failed by, in words of accounts. Its transaction must have ended.
    pub(super) async fn why_not_made(&self, new: &NewUser, error: sqlx::Error) -> CreateError {
        if !is_unique_violation(&error) {
            return StoreError(error).into();
        }
        match self.email_taken(&new.email).await {
            Ok(true) => CreateError::EmailTaken,
            Ok(false) => CreateError::UsernameTaken,
            Err(error) => error.into(),
        }
    }

    /// Whether an account has this e-mail address.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn email_taken(&self, email: &str) -> Result<bool, StoreError> {
        let found = sqlx::query("SELECT 1 FROM users WHERE email_folded = $1")
            .bind(fold(email))
            .fetch_optional(self.pool())
            .await?;
        Ok(found.is_some())
    }

    /// The account with this id.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn by_id(&self, id: &str) -> Result<Option<User>, StoreError> {
        by_id(self.pool(), id).await
    }

    /// As [`Self::by_id`], inside of a change.
    pub(super) async fn by_id_on(
        connection: &mut Lease,
        id: &str,
    ) -> Result<Option<User>, StoreError> {
        by_id(connection, id).await
    }

    /// The account a token names, unless the token was given back or its version is past.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn by_token(
        &self,
        id: &str,
        version: i64,
        token_id: &str,
    ) -> Result<Option<User>, StoreError> {
        let row = sqlx::query(concat!(
            "SELECT ",
            user_columns!(),
            " FROM users WHERE id = $1 AND token_version = $2 \
             AND NOT EXISTS (SELECT 1 FROM revoked_tokens WHERE token_id = $3)"
        ))
        .bind(id.to_owned())
        .bind(version)
        .bind(token_id.to_owned())
        .fetch_optional(self.pool())
        .await?;
        Ok(row.as_ref().map(User::from_row).transpose()?)
    }

    /// The person's account with this e-mail address and its password hash.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn by_email(&self, email: &str) -> Result<Option<(User, String)>, StoreError> {
        let row = sqlx::query(concat!(
            "SELECT password_hash, ",
            user_columns!(),
            " FROM users WHERE email_folded = $1 AND service_scopes IS NULL"
        ))
        .bind(fold(email))
        .fetch_optional(self.pool())
        .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some((User::from_row(&row)?, row.try_get("password_hash")?)))
    }

    /// The password hash of an account.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn password_hash(&self, id: &str) -> Result<Option<String>, StoreError> {
        let row = sqlx::query("SELECT password_hash FROM users WHERE id = $1")
            .bind(id.to_owned())
            .fetch_optional(self.pool())
            .await?;
        Ok(row.map(|row| row.try_get(0)).transpose()?)
    }

    /// A page of people's accounts whose name or e-mail address contains `search`, newest first, and how
    /// many there are.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn list(
        &self,
        search: &str,
        limit: u32,
        offset: u32,
    ) -> Result<(u64, Vec<User>), StoreError> {
        Listing::of(USERS)
            .only("service_scopes IS NULL", [])
            // What is unique is stored in lower case; what a search folds beyond that follows here.
            .containing(
                "username_folded LIKE ? ESCAPE '!' OR email_folded LIKE ? ESCAPE '!' \
                 OR REPLACE(REPLACE(username_folded, 'ß', 'ss'), 'i\u{307}', 'i') LIKE ? ESCAPE '!'",
                search,
            )
            .page(&self.database, (limit, offset), User::from_row)
            .await
    }

    /// Stores a new password hash and ends every token made so far. Returns the account.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn set_password_hash(
        &self,
        id: &str,
        password_hash: &str,
    ) -> Result<Option<User>, StoreError> {
        let mut change = self.database.pool().begin().await?;
        sqlx::query(
            "UPDATE users SET password_hash = $2, token_version = token_version + 1 WHERE id = $1",
        )
        .bind(id.to_owned())
        .bind(password_hash.to_owned())
        .execute(&mut *change)
        .await?;
        self.end_tokens(change, id).await
    }

    /// Commits a change that raised the token version of an account, and returns the account.
    async fn end_tokens(&self, mut change: Change, id: &str) -> Result<Option<User>, StoreError> {
        let Some(user) = by_id(&mut *change, id).await? else {
            change.rollback().await?;
            return Ok(None);
        };
        ended::end_on(&mut change, id, user.token_version).await?;
        change.commit().await?;
        self.ended.note(id, user.token_version);
        Ok(Some(user))
    }

    /// Ends one token, and forgets given-back tokens that have expired since.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub(super) async fn give_back_token(
        &self,
        token_id: &str,
        expires_at: i64,
        now: i64,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO revoked_tokens (token_id, expires_at) VALUES ($1, $2) \
             ON CONFLICT (token_id) DO NOTHING",
        )
        .bind(token_id.to_owned())
        .bind(expires_at)
        .execute(self.pool())
        .await?;
        self.ended.note_token(token_id, expires_at);
        sqlx::query("DELETE FROM revoked_tokens WHERE expires_at < $1")
            .bind(now)
            .execute(self.pool())
            .await?;
        Ok(())
    }

    /// Notes that a person logged in.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn touch(&self, id: &str, now: i64) -> Result<(), StoreError> {
        sqlx::query("UPDATE users SET last_seen_at = $2 WHERE id = $1")
            .bind(id.to_owned())
            .bind(now)
            .execute(self.pool())
            .await?;
        Ok(())
    }

    /// How many hosts there are that can log in now.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn count_hosts(&self) -> Result<u64, StoreError> {
        hosts::count_able(self.pool()).await
    }

    /// Every account with a ban or a suspension, also a past one.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub(super) async fn restricted(&self) -> Result<Vec<User>, StoreError> {
        let rows = sqlx::query(concat!(
            "SELECT ",
            user_columns!(),
            " FROM users WHERE is_banned = 1 OR suspension_until IS NOT NULL"
        ))
        .fetch_all(self.pool())
        .await?;
        Ok(rows.iter().map(User::from_row).collect::<Result<_, _>>()?)
    }

    /// The accounts that look after the world before everybody's eyes, moderators and hosts, each with its
    /// role.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn staff(&self) -> Result<Vec<(String, Role)>, StoreError> {
        let rows = sqlx::query("SELECT id, role FROM users WHERE role IN ('moderator', 'host')")
            .fetch_all(self.pool())
            .await?;
        let mut staff = Vec::with_capacity(rows.len());
        for row in &rows {
            let role: String = row.try_get(1)?;
            staff.push((row.try_get(0)?, Role::parse(&role).unwrap_or_default()));
        }
        Ok(staff)
    }

    fn pool(&self) -> &Pool {
        self.database.pool()
    }
}

/// A name of the server is nobody's, and that of a role is for those who have one.
pub(super) fn check_reserved(new: &NewUser) -> Result<(), CreateError> {
    let reserved = is_system(&new.username) || (new.role < Role::Viewer && is_role(&new.username));
    match reserved {
        true => Err(CreateError::UsernameReserved),
        false => Ok(()),
    }
}

async fn by_id(
    executor: impl Executor<'_, Database = Any>,
    id: &str,
) -> Result<Option<User>, StoreError> {
    let row = sqlx::query(concat!(
        "SELECT ",
        user_columns!(),
        " FROM users WHERE id = $1"
    ))
    .bind(id.to_owned())
    .fetch_optional(executor)
    .await?;
    Ok(row.as_ref().map(User::from_row).transpose()?)
}
