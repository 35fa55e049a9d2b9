//! Who may not come in. Every active ban is mirrored in memory, so that the door answers at once,
//! also while the database is slow or gone.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use sha2::{Digest, Sha256};
use sqlx::Row;
use sqlx::any::AnyRow;
use uuid::Uuid;

use super::time::{iso, now_ms};
use super::user::User;
use crate::session::GuestSecret;
use crate::storage::{Database, StoreError};

/// The bans; cheap to clone.
#[derive(Debug, Clone)]
pub struct Bans {
    database: Database,
    /// A std lock: it is held for a few map operations and never across an await.
    mirror: Arc<RwLock<Mirror>>,
}

/// What a ban is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum BanSubject {
    /// An account's id.
    Account(String),
    /// A guest, by a digest of its secret: the table must not hold what would let somebody else be
    /// that guest.
    Guest(String),
    /// An address.
    Address(IpAddr),
}

/// A ban as it concerns the person at the door.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActiveBan {
    /// What the moderator wrote; may be empty.
    pub reason: String,
    /// Milliseconds since 1970; `None` for good.
    pub until: Option<i64>,
}

/// A ban as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ban {
    /// A UUID.
    pub id: String,
    /// Whom it is about.
    pub subject: BanSubject,
    /// What the moderator wrote.
    pub reason: String,
    /// Milliseconds since 1970; `None` for good.
    pub until: Option<i64>,
    /// A user id, or `local-host`.
    pub created_by: String,
    /// Milliseconds since 1970.
    pub created_at: i64,
    /// When it was lifted, if it was.
    pub lifted_at: Option<i64>,
    /// Who lifted it.
    pub lifted_by: Option<String>,
}

#[derive(Debug, Default)]
struct Mirror {
    bans: HashMap<BanSubject, HashMap<String, ActiveBan>>,
    users: HashMap<String, User>,
}

impl BanSubject {
    /// The subject for a guest.
    #[must_use]
    pub fn guest(secret: &GuestSecret) -> Self {
        let digest = Sha256::digest(secret.0.as_bytes());
        let digest = u128::from_be_bytes(std::array::from_fn(|i| digest[i]));
        Self::Guest(format!("{digest:032x}"))
    }

    /// The subject for an address; an IPv4 address in IPv6 clothes is the IPv4 address.
    #[must_use]
    pub fn address(address: IpAddr) -> Self {
        Self::Address(address.to_canonical())
    }

    /// `account`, `guest` or `address`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Account(_) => "account",
            Self::Guest(_) => "guest",
            Self::Address(_) => "address",
        }
    }

    /// The subject as text, as stored.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Account(text) | Self::Guest(text) => text.clone(),
            Self::Address(address) => address.to_string(),
        }
    }

    fn parse(kind: &str, text: String) -> Option<Self> {
        match kind {
            "account" => Some(Self::Account(text)),
            "guest" => Some(Self::Guest(text)),
            "address" => text.parse().ok().map(Self::Address),
            _ => None,
        }
    }
}

impl ActiveBan {
    /// Its end in ISO 8601; `None` for good.
    #[must_use]
    pub fn until_iso(&self) -> Option<String> {
        self.until.map(iso)
    }

    fn holds(&self, now: i64) -> bool {
        self.until.is_none_or(|until| until > now)
    }

    fn end(&self) -> i64 {
        self.until.unwrap_or(i64::MAX)
    }
}

impl Bans {
    /// An empty mirror; [`Self::reload`] fills it.
    pub(super) fn new(database: Database) -> Self {
        Self {
            database,
            mirror: Arc::default(),
        }
    }

    /// Whether somebody may not come in at `now` (milliseconds since 1970), and until when: the
    /// ban that lasts longest among those on the account, the guest and the address, and a ban or
    /// suspension kept with the account itself.
    #[must_use]
    pub fn door(
        &self,
        account: Option<&str>,
        guest: Option<&GuestSecret>,
        address: IpAddr,
        now: i64,
    ) -> Option<ActiveBan> {
        let mirror = self.read();
        let subjects = [
            account.map(|id| BanSubject::Account(id.to_owned())),
            guest.map(BanSubject::guest),
            Some(BanSubject::address(address)),
        ];
        let of_subjects = subjects
            .iter()
            .flatten()
            .filter_map(|subject| mirror.bans.get(subject))
            .flat_map(HashMap::values)
            .filter(|ban| ban.holds(now))
            .cloned();
        let of_account = account
            .and_then(|id| mirror.users.get(id))
            .and_then(|user| user.restriction(now));
        of_subjects.chain(of_account).max_by_key(ActiveBan::end)
    }

    /// The ban on an account alone, wherever it comes from.
    #[must_use]
    pub fn account(&self, id: &str, now: i64) -> Option<ActiveBan> {
        let subject = BanSubject::Account(id.to_owned());
        let mirror = self.read();
        let bans = mirror.bans.get(&subject)?.values();
        let active = bans.filter(|ban| ban.holds(now));
        active.max_by_key(|ban| ban.end()).cloned()
    }

    /// Reads every active ban and restricted account again: at start, and when another node or
    /// another program changed them.
    ///
    /// # Errors
    /// When the database fails; the mirror stays as it was.
    pub async fn reload(&self, restricted: Vec<User>) -> Result<(), StoreError> {
        let rows = sqlx::query("SELECT * FROM bans WHERE lifted_at IS NULL")
            .fetch_all(self.database.pool())
            .await?;
        let mut fresh = Mirror::default();
        for row in &rows {
            if let Some(ban) = from_row(row)? {
                fresh.put(&ban);
            }
        }
        for user in restricted {
            fresh.users.insert(user.id.clone(), user);
        }
        *self.write() = fresh;
        Ok(())
    }

    /// Stores a ban; it holds from now on. Live sessions are ended by the caller.
    ///
    /// # Errors
    /// When the database fails; then nothing is banned.
    pub async fn create(
        &self,
        subject: BanSubject,
        reason: &str,
        until: Option<i64>,
        by: &str,
    ) -> Result<Ban, StoreError> {
        let ban = Ban {
            id: Uuid::new_v4().to_string(),
            subject,
            reason: reason.to_owned(),
            until,
            created_by: by.to_owned(),
            created_at: now_ms(),
            lifted_at: None,
            lifted_by: None,
        };
        sqlx::query(
            "INSERT INTO bans (id, kind, subject, reason, until, created_by, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(&ban.id)
        .bind(ban.subject.kind())
        .bind(ban.subject.text())
        .bind(&ban.reason)
        .bind(ban.until)
        .bind(&ban.created_by)
        .bind(ban.created_at)
        .execute(self.database.pool())
        .await?;
        self.write().put(&ban);
        Ok(ban)
    }

    /// Lifts a ban. `None` when there is none, or it was lifted before.
    ///
    /// # Errors
    /// When the database fails; then the ban holds on.
    pub async fn lift(&self, id: &str, by: &str) -> Result<Option<Ban>, StoreError> {
        let lifted = sqlx::query(
            "UPDATE bans SET lifted_at = $2, lifted_by = $3 WHERE id = $1 AND lifted_at IS NULL",
        )
        .bind(id.to_owned())
        .bind(now_ms())
        .bind(by.to_owned())
        .execute(self.database.pool())
        .await?;
        self.write().remove(id);
        if lifted.rows_affected() == 0 {
            return Ok(None);
        }
        self.by_id(id).await
    }

    /// One ban, lifted or not.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn by_id(&self, id: &str) -> Result<Option<Ban>, StoreError> {
        let row = sqlx::query("SELECT * FROM bans WHERE id = $1")
            .bind(id.to_owned())
            .fetch_optional(self.database.pool())
            .await?;
        Ok(row.as_ref().map(from_row).transpose()?.flatten())
    }

    /// A page of bans, newest first, and how many there are.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list(&self, limit: u32, offset: u32) -> Result<(u64, Vec<Ban>), StoreError> {
        let total: i64 = sqlx::query("SELECT COUNT(*) FROM bans")
            .fetch_one(self.database.pool())
            .await?
            .try_get(0)?;
        let rows =
            sqlx::query("SELECT * FROM bans ORDER BY created_at DESC, id LIMIT $1 OFFSET $2")
                .bind(i64::from(limit))
                .bind(i64::from(offset))
                .fetch_all(self.database.pool())
                .await?;
        let bans: Vec<Option<Ban>> = rows.iter().map(from_row).collect::<Result<_, _>>()?;
        Ok((total.unsigned_abs(), bans.into_iter().flatten().collect()))
    }

    /// Takes over what an account's own ban and suspension now are.
    pub(super) fn note_user(&self, user: &User) {
        let mut mirror = self.write();
        if user.is_banned || user.suspension_until.is_some() {
            mirror.users.insert(user.id.clone(), user.clone());
        } else {
            mirror.users.remove(&user.id);
        }
    }

    /// Forgets a deleted account.
    pub(super) fn forget_user(&self, id: &str) {
        self.write().users.remove(id);
    }

    // A panic cannot leave the maps half changed, so a poisoned lock is used as it is.
    fn read(&self) -> RwLockReadGuard<'_, Mirror> {
        self.mirror.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Mirror> {
        self.mirror.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Mirror {
    fn put(&mut self, ban: &Ban) {
        let active = ActiveBan {
            reason: ban.reason.clone(),
            until: ban.until,
        };
        let of_subject = self.bans.entry(ban.subject.clone()).or_default();
        of_subject.insert(ban.id.clone(), active);
    }

    fn remove(&mut self, id: &str) {
        self.bans.retain(|_, of_subject| {
            of_subject.remove(id);
            !of_subject.is_empty()
        });
    }
}

/// `None` for a row whose subject is not readable, which nothing of ours writes.
fn from_row(row: &AnyRow) -> Result<Option<Ban>, sqlx::Error> {
    let kind: String = row.try_get("kind")?;
    let Some(subject) = BanSubject::parse(&kind, row.try_get("subject")?) else {
        return Ok(None);
    };
    Ok(Some(Ban {
        id: row.try_get("id")?,
        subject,
        reason: row.try_get("reason")?,
        until: row.try_get("until")?,
        created_by: row.try_get("created_by")?,
        created_at: row.try_get("created_at")?,
        lifted_at: row.try_get("lifted_at")?,
        lifted_by: row.try_get("lifted_by")?,
    }))
}

#[cfg(test)]
mod tests;
