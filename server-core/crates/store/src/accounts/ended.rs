//! Which login tokens were ended, known in memory as bans are.
//!
//! The database decides about a token whenever it answers. While it does not, a socket may come in by
//! its token's signature alone, and then what is known here keeps out who logged out, changed the
//! password or deleted the account. `users` stores what is noted here.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use parking_lot::{RwLock, RwLockReadGuard, RwLockWriteGuard};
use sqlx::Row;

use super::tokens::{Claims, TOKEN_LIFETIME_SECONDS};
use crate::storage::{Database, Lease, StoreError};
use runtime::clock::now_ms;

/// The version below which the tokens of a deleted account are: all of them.
pub(super) const EVERY_VERSION: i64 = i64::MAX;

/// See the module; cheap to clone.
#[derive(Debug, Clone)]
pub struct EndedLogins {
    database: Database,
    /// Its lock is held for a look or a change in memory, never across an await.
    ended: Arc<RwLock<EndedTokens>>,
}

#[derive(Debug, Default)]
struct EndedTokens {
    /// Single tokens that were given back, and when they would have expired.
    tokens: HashMap<String, i64>,
    /// The version below which an account's tokens are ended, and when the last of them expires.
    versions: HashMap<String, (i64, i64)>,
    /// Accounts of which another node said that something changed, before it was read.
    doubted: HashSet<String>,
}

impl EndedLogins {
    pub(super) fn new(database: Database) -> Self {
        Self {
            database,
            ended: Arc::default(),
        }
    }

    /// Whether a token is known to be ended.
    #[must_use]
    pub fn ends(&self, claims: &Claims) -> bool {
        let ended = self.read();
        let version = ended.versions.get(&claims.sub);
        ended.tokens.contains_key(&claims.jti)
            || version.is_some_and(|(version, _)| claims.ver < *version)
    }

    /// Whether a token's signature may be believed while the database does not answer.
    #[must_use]
    pub fn believes(&self, claims: &Claims) -> bool {
        !self.ends(claims) && !self.read().doubted.contains(&claims.sub)
    }

    /// Believes no signature for an account until [`Self::reload`] and [`Self::trust`].
    pub fn doubt(&self, account: &str) {
        self.write().doubted.insert(account.to_owned());
    }

    /// Takes [`Self::doubt`] back, after the account was read.
    pub fn trust(&self, account: &str) {
        self.write().doubted.remove(account);
    }

    /// The accounts that are doubted.
    #[must_use]
    pub fn doubted(&self) -> Vec<String> {
        self.read().doubted.iter().cloned().collect()
    }

    /// Reads everything again, after another node or another process changed it.
    ///
    /// # Errors
    /// See [`StoreError`]; what is known so far holds on.
    pub async fn reload(&self) -> Result<(), StoreError> {
        let now = now_ms();
        let tokens =
            sqlx::query("SELECT token_id, expires_at FROM revoked_tokens WHERE expires_at >= $1")
                .bind(now)
                .fetch_all(self.database.pool())
                .await?;
        let versions =
            sqlx::query("SELECT account, version, until FROM ended_logins WHERE until >= $1")
                .bind(now)
                .fetch_all(self.database.pool())
                .await?;
        let mut ended = self.write();
        // What ended stays ended, so that what was noted meanwhile is not lost.
        ended.tokens.retain(|_, expires_at| *expires_at >= now);
        ended.versions.retain(|_, (_, until)| *until >= now);
        for row in &tokens {
            ended.tokens.insert(row.try_get(0)?, row.try_get(1)?);
        }
        for row in &versions {
            ended.note(row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
        }
        Ok(())
    }

    /// Notes that a token was given back.
    pub(super) fn note_token(&self, token_id: &str, expires_at: i64) {
        let mut ended = self.write();
        ended.tokens.insert(token_id.to_owned(), expires_at);
    }

    /// Notes that the tokens of an account below `version` are ended; stored by [`end_on`].
    pub(super) fn note(&self, account: &str, version: i64) {
        self.write().note(account.to_owned(), version, expiry());
    }

    fn read(&self) -> RwLockReadGuard<'_, EndedTokens> {
        self.ended.read()
    }

    fn write(&self) -> RwLockWriteGuard<'_, EndedTokens> {
        self.ended.write()
    }
}

impl EndedTokens {
    fn note(&mut self, account: String, version: i64, until: i64) {
        let ended = self.versions.entry(account).or_insert((version, until));
        *ended = (ended.0.max(version), ended.1.max(until));
    }
}

/// Stores that the tokens of an account below `version` are ended, in the change that ends them, and
/// forgets those that have expired since.
pub(super) async fn end_on(
    connection: &mut Lease,
    account: &str,
    version: i64,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM ended_logins WHERE until < $1")
        .bind(now_ms())
        .execute(&mut *connection)
        .await?;
    sqlx::query(
        "INSERT INTO ended_logins (account, version, until) VALUES ($1, $2, $3) \
         ON CONFLICT (account) DO UPDATE SET version = excluded.version, until = excluded.until",
    )
    .bind(account.to_owned())
    .bind(version)
    .bind(expiry())
    .execute(connection)
    .await?;
    Ok(())
}

/// When a token that is made now expires.
fn expiry() -> i64 {
    now_ms().saturating_add(TOKEN_LIFETIME_SECONDS * 1000)
}
