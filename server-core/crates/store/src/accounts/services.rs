//! Service accounts: programs that act by a token.
//!
//! A service account is a row among the accounts, with scopes and without a password, so that whatever
//! is about an account is about it as well. Its token is 256 random bits; the table of tokens holds a
//! SHA-256 of it, which needs no salt and no slow hash, since nobody guesses such a value. When a token
//! was last used is noted in memory and written once a minute, so that no request waits for it.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use serde_json::json;
use sqlx::Row;
use sqlx::any::AnyRow;
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

use super::makers::{maker_is_host, makers};
use super::tokens::{digest_hex, random_hex};
use super::user::{User, user_columns};
use super::users::{NewUser, check_reserved};
use super::{Accounts, AuditEntry, CreateError, NewEntry, audit::Audit, ended, user_change};
use crate::storage::row::actor;
use crate::storage::{Database, Lease, StoreError};
use contract::admin::Actor;
use contract::admin::action::ActionName;
use contract::admin::service::{Scopes, ServiceAccount};
use contract::rest::Role;
use identity::Secret;
use runtime::clock::{iso, now_ms};

/// What every token begins with: whoever finds one in a log or a repository knows what it is.
pub const TOKEN_PREFIX: &str = "comutiny_";

/// Time between two writes of what was used last.
const WRITE_EVERY: Duration = Duration::from_secs(60);

/// No password has this hash.
const NO_PASSWORD: &str = "!";

/// Why a service account was not made.
#[derive(Debug, thiserror::Error)]
pub enum CreateServiceError {
    /// There are as many as there may be.
    #[error("there are too many service accounts")]
    TooMany,
    /// Its name cannot be had, or the database failed.
    #[error(transparent)]
    Account(#[from] CreateError),
}

impl From<sqlx::Error> for CreateServiceError {
    fn from(error: sqlx::Error) -> Self {
        Self::Account(CreateError::Store(StoreError(error)))
    }
}

impl From<StoreError> for CreateServiceError {
    fn from(error: StoreError) -> Self {
        Self::Account(CreateError::Store(error))
    }
}

/// A service account that was made just now.
#[derive(Debug, Clone)]
pub struct NewService {
    /// As lists show it.
    pub service: ServiceAccount,
    /// Its token, in clear this once.
    pub token: Secret,
    /// Its line in the audit log.
    pub entry: AuditEntry,
}

/// The tokens of service accounts; cheap to clone.
#[derive(Debug, Clone)]
pub struct Services {
    database: Database,
    /// When whose token was shown since the last write. Its lock is held to put one in or take all out.
    used: Arc<Mutex<HashMap<String, i64>>>,
}

impl Services {
    pub(super) fn new(database: Database) -> Self {
        Self {
            database,
            used: Arc::default(),
        }
    }

    /// The account of a token, as it acts: with the role that follows from its scopes.
    pub(super) async fn by_token(&self, token: &str) -> Result<Option<User>, StoreError> {
        let row = sqlx::query(concat!(
            "SELECT ",
            user_columns!(),
            " FROM users WHERE service_scopes IS NOT NULL \
             AND id = (SELECT account FROM service_tokens WHERE digest = $1)"
        ))
        .bind(digest_hex(token))
        .fetch_optional(self.database.pool())
        .await?;
        let Some(row) = row else { return Ok(None) };
        let mut user = User::from_row(&row)?;
        if let Some(scopes) = &user.service {
            user.role = scopes.role();
        }
        self.used.lock().insert(user.id.clone(), now_ms());
        Ok(Some(user))
    }

    /// All of them, newest first.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn list(&self) -> Result<Vec<ServiceAccount>, StoreError> {
        let rows = sqlx::query(concat!(
            "SELECT id, username, service_scopes, created_at, created_by, created_by_name, last_used_at, ",
            makers!("service_tokens", "$1", "$2"),
            " FROM users JOIN service_tokens ON account = id ORDER BY created_at DESC, id",
        ))
        .bind(Role::Host.as_str())
        .bind(now_ms())
        .fetch_all(self.database.pool())
        .await?;
        let used = self.used.lock().clone();
        Ok(rows
            .iter()
            .map(|row| from_row(row, &used))
            .collect::<Result<_, _>>()?)
    }

    /// Writes what was used until `stop`, once a minute.
    pub async fn keep_writing(self, stop: CancellationToken) {
        let mut minutes = interval(WRITE_EVERY);
        minutes.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let stopped = stop.run_until_cancelled(minutes.tick()).await.is_none();
            if let Err(error) = self.write().await {
                tracing::warn!(%error, "when service accounts were used could not be written");
            }
            if stopped {
                return;
            }
        }
    }

    /// Writes what was used since the last time.
    ///
    /// # Errors
    /// See [`StoreError`]; what was not written is tried again the next time.
    pub async fn write(&self) -> Result<(), StoreError> {
        let used = self.used.lock().clone();
        for (account, at) in used {
            sqlx::query(
                "UPDATE service_tokens SET last_used_at = $2 \
                 WHERE account = $1 AND (last_used_at IS NULL OR last_used_at < $2)",
            )
            .bind(account.clone())
            .bind(at)
            .execute(self.database.pool())
            .await?;
            let mut used = self.used.lock();
            if used.get(&account) == Some(&at) {
                used.remove(&account);
            }
        }
        Ok(())
    }
}

impl Accounts {
    /// Makes a service account with its line in the audit log, unless there are `most` already.
    ///
    /// # Errors
    /// [`CreateServiceError`]; then nothing was made.
    pub async fn create_service(
        &self,
        actor: &Actor,
        name: &str,
        scopes: &Scopes,
        most: u32,
    ) -> Result<NewService, CreateServiceError> {
        let new = NewUser {
            username: name.to_owned(),
            // Never shown; unique, as an account's has to be, and nobody's (RFC 2606).
            email: format!("{}@service.invalid", random_hex()),
            password_hash: NO_PASSWORD.to_owned(),
            role: Role::User,
        };
        check_reserved(&new)?;
        let mut change = self.database.pool().begin().await?;
        if count_in_turn(&mut change).await? >= u64::from(most) {
            change.rollback().await?;
            return Err(CreateServiceError::TooMany);
        }
        let user = match self.users.insert_on(&mut change, &new).await {
            Ok(user) => user,
            Err(error) => {
                change.rollback().await?;
                return Err(self.users.why_not_made(&new, error).await.into());
            }
        };
        let token = format!("{TOKEN_PREFIX}{}{}", random_hex(), random_hex());
        sqlx::query("UPDATE users SET service_scopes = $2 WHERE id = $1")
            .bind(user.id.clone())
            .bind(scopes.to_text())
            .execute(&mut *change)
            .await?;
        sqlx::query(
            "INSERT INTO service_tokens (account, digest, created_by, created_by_name) \
             VALUES ($1, $2, $3, $4)",
        )
        .bind(user.id.clone())
        .bind(digest_hex(&token))
        .bind(actor.id.clone())
        .bind(actor.name.clone())
        .execute(&mut *change)
        .await?;
        let entry = NewEntry {
            actor,
            action: ActionName::SERVICE_ADD.as_str(),
            subject: &user.id,
            subject_name: Some(&user.username),
            details: json!({ "scopes": scopes.as_slice() }),
        };
        let entry = Audit::record_on(&mut change, &entry).await?;
        change.commit().await?;
        self.users.names().add(&user.username, user.created_at);
        Ok(NewService {
            service: ServiceAccount {
                id: user.id,
                name: user.username,
                scopes: scopes.as_slice().to_vec(),
                created_by: actor.clone(),
                maker_is_host: true,
                created_at: iso(user.created_at),
                last_used_at: None,
            },
            token: Secret::new(token),
            entry,
        })
    }

    /// Revokes a service account's token and removes the account, with the line in the audit log. From
    /// then on nothing accepts the token; live sessions are ended by the caller. `None` for an id that is
    /// no service account's.
    ///
    /// # Errors
    /// See [`StoreError`]; then nothing changed.
    pub async fn revoke_service(
        &self,
        actor: &Actor,
        id: &str,
    ) -> Result<Option<AuditEntry>, StoreError> {
        let found = self.account(id).await?;
        let Some(user) = found.filter(|user| user.service.is_some()) else {
            return Ok(None);
        };
        let mut change = self.database.pool().begin().await?;
        if !user_change::delete_on(&mut change, id).await? {
            change.rollback().await?;
            return Ok(None);
        }
        let scopes = user.service.as_ref().map(Scopes::as_slice);
        let entry = NewEntry {
            actor,
            action: ActionName::SERVICE_REVOKE.as_str(),
            subject: id,
            subject_name: Some(&user.username),
            details: json!({ "scopes": scopes }),
        };
        let entry = Audit::record_on(&mut change, &entry).await?;
        ended::end_on(&mut change, id, ended::EVERY_VERSION).await?;
        change.commit().await?;
        self.ended.note(id, ended::EVERY_VERSION);
        self.bans.note_account(id, None);
        Ok(Some(entry))
    }
}

/// How many there are, for whoever makes one next: two at once wait for each other at a row, so that
/// together they do not make one too many.
async fn count_in_turn(connection: &mut Lease) -> Result<u64, sqlx::Error> {
    sqlx::query(
        "INSERT INTO turns (name, taken) VALUES ('services', 1) \
         ON CONFLICT (name) DO UPDATE SET taken = turns.taken + 1",
    )
    .execute(&mut *connection)
    .await?;
    let count: i64 = sqlx::query("SELECT COUNT(*) FROM service_tokens")
        .fetch_one(connection)
        .await?
        .try_get(0)?;
    Ok(count.unsigned_abs())
}

fn from_row(row: &AnyRow, used: &HashMap<String, i64>) -> Result<ServiceAccount, sqlx::Error> {
    let id: String = row.try_get("id")?;
    let scopes: String = row.try_get("service_scopes")?;
    let written: Option<i64> = row.try_get("last_used_at")?;
    let last_used = written.max(used.get(&id).copied());
    let created_by = actor(row, "created_by", "created_by_name")?;
    Ok(ServiceAccount {
        name: row.try_get("username")?,
        scopes: Scopes::read(&scopes).as_slice().to_vec(),
        maker_is_host: maker_is_host(row, &created_by)?,
        created_by,
        created_at: iso(row.try_get("created_at")?),
        last_used_at: last_used.map(iso),
        id,
    })
}
