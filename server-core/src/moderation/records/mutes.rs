//! Who may not speak. Every active mute is mirrored in memory, so that chat is judged at once, also
//! while the database is slow or gone.

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::RwLock;
use sqlx::Row;
use sqlx::any::AnyRow;
use uuid::Uuid;

use crate::accounts::bans::{actor, lifter};
use crate::accounts::search::searchable;
use crate::storage::{Database, StoreError};
use contract::admin::{Actor, PersonKind, PersonRef};
use runtime::clock::now_ms;

/// The mutes; cheap to clone.
#[derive(Debug, Clone)]
pub struct Mutes {
    pub(super) database: Database,
    // Held for a few map operations, never across an await.
    mirror: Arc<RwLock<HashMap<PersonRef, Vec<ActiveMute>>>>,
}

/// A mute as it concerns the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActiveMute {
    /// A UUID.
    pub id: String,
    /// What the moderator wrote; may be empty.
    pub reason: String,
    /// Milliseconds since 1970; `None` for good.
    pub until: Option<i64>,
}

/// A mute as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredMute {
    /// A UUID.
    pub id: String,
    /// Whom it is about.
    pub person: PersonRef,
    /// How people called them then.
    pub name: Option<String>,
    /// What the moderator wrote; may be empty.
    pub reason: String,
    /// Milliseconds since 1970; `None` for good.
    pub until: Option<i64>,
    /// Who muted, as they were called then.
    pub created_by: Actor,
    /// Milliseconds since 1970.
    pub created_at: i64,
    /// When it was lifted, if it was.
    pub lifted_at: Option<i64>,
    /// Who lifted it, as they were called then.
    pub lifted_by: Option<Actor>,
}

/// A mute in the making.
#[derive(Debug, Clone)]
pub struct NewMute<'a> {
    /// Whom it is about.
    pub person: &'a PersonRef,
    /// How people call them.
    pub name: Option<&'a str>,
    /// What the moderator wrote; may be empty.
    pub reason: &'a str,
    /// Milliseconds since 1970; `None` for good.
    pub until: Option<i64>,
    /// Who mutes.
    pub by: &'a Actor,
}

impl Mutes {
    pub(super) fn new(database: Database) -> Self {
        Self {
            database,
            mirror: Arc::default(),
        }
    }

    /// The mute that lasts longest among those of these persons, at `now` (milliseconds since 1970).
    #[must_use]
    pub fn active(&self, persons: &[PersonRef], now: i64) -> Option<ActiveMute> {
        let mirror = self.mirror.read();
        if mirror.is_empty() {
            return None;
        }
        persons
            .iter()
            .filter_map(|person| mirror.get(person))
            .flatten()
            .filter(|mute| mute.holds(now))
            .max_by_key(|mute| mute.until.unwrap_or(i64::MAX))
            .cloned()
    }

    /// Whether anybody is muted at all; spares work when nobody is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.mirror.read().is_empty()
    }

    /// Reads every mute that was not lifted again: at start, and when another node changed them.
    ///
    /// # Errors
    /// When the database fails; the mirror stays as it was.
    pub async fn reload(&self) -> Result<(), StoreError> {
        let rows = sqlx::query(
            "SELECT * FROM mutes WHERE lifted_at IS NULL AND (until IS NULL OR until > $1)",
        )
        .bind(now_ms())
        .fetch_all(self.database.pool())
        .await?;
        let mut fresh: HashMap<PersonRef, Vec<ActiveMute>> = HashMap::new();
        for row in &rows {
            if let Some(mute) = from_row(row)? {
                fresh
                    .entry(mute.person.clone())
                    .or_default()
                    .push(mute.active());
            }
        }
        *self.mirror.write() = fresh;
        Ok(())
    }

    /// Stores a mute; it holds from now on.
    ///
    /// # Errors
    /// When the database fails; then nobody is muted.
    pub async fn create(&self, new: &NewMute<'_>) -> Result<StoredMute, StoreError> {
        let mute = StoredMute {
            id: Uuid::new_v4().to_string(),
            person: new.person.clone(),
            name: new.name.map(str::to_owned),
            reason: new.reason.to_owned(),
            until: new.until,
            created_by: new.by.clone(),
            created_at: now_ms(),
            lifted_at: None,
            lifted_by: None,
        };
        sqlx::query(
            "INSERT INTO mutes \
             (id, kind, subject, subject_name, reason, until, created_by, created_by_name, \
              created_at, searchable) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        )
        .bind(mute.id.clone())
        .bind(mute.person.kind.as_str())
        .bind(mute.person.subject.clone())
        .bind(mute.name.clone())
        .bind(mute.reason.clone())
        .bind(mute.until)
        .bind(mute.created_by.id.clone())
        .bind(mute.created_by.name.clone())
        .bind(mute.created_at)
        .bind(searchable(&mute.person.subject, new.name, &mute.reason))
        .execute(self.database.pool())
        .await?;
        let mut mirror = self.mirror.write();
        mirror
            .entry(mute.person.clone())
            .or_default()
            .push(mute.active());
        Ok(mute)
    }

    /// Lifts a mute. `None` when there is none, or it was lifted before.
    ///
    /// # Errors
    /// When the database fails; then the mute holds on.
    pub async fn lift(&self, id: &str, by: &Actor) -> Result<Option<StoredMute>, StoreError> {
        let lifted = sqlx::query(
            "UPDATE mutes SET lifted_at = $2, lifted_by = $3, lifted_by_name = $4 \
             WHERE id = $1 AND lifted_at IS NULL",
        )
        .bind(id.to_owned())
        .bind(now_ms())
        .bind(by.id.clone())
        .bind(by.name.clone())
        .execute(self.database.pool())
        .await?;
        self.mirror.write().retain(|_, mutes| {
            mutes.retain(|mute| mute.id != id);
            !mutes.is_empty()
        });
        if lifted.rows_affected() == 0 {
            return Ok(None);
        }
        self.by_id(id).await
    }

    /// One mute, lifted or not.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn by_id(&self, id: &str) -> Result<Option<StoredMute>, StoreError> {
        let row = sqlx::query("SELECT * FROM mutes WHERE id = $1")
            .bind(id.to_owned())
            .fetch_optional(self.database.pool())
            .await?;
        Ok(row.as_ref().map(from_row).transpose()?.flatten())
    }
}

impl ActiveMute {
    /// Whether it is not over at `now` (milliseconds since 1970).
    #[must_use]
    pub fn holds(&self, now: i64) -> bool {
        self.until.is_none_or(|until| until > now)
    }
}

impl StoredMute {
    /// What concerns the person.
    #[must_use]
    pub fn active(&self) -> ActiveMute {
        ActiveMute {
            id: self.id.clone(),
            reason: self.reason.clone(),
            until: self.until,
        }
    }
}

/// `None` for a row whose kind is not readable, which nothing of ours writes.
pub(super) fn from_row(row: &AnyRow) -> Result<Option<StoredMute>, sqlx::Error> {
    let kind: String = row.try_get("kind")?;
    let Some(kind) = PersonKind::parse(&kind) else {
        return Ok(None);
    };
    Ok(Some(StoredMute {
        id: row.try_get("id")?,
        person: PersonRef {
            kind,
            subject: row.try_get("subject")?,
        },
        name: row.try_get("subject_name")?,
        reason: row.try_get("reason")?,
        until: row.try_get("until")?,
        created_by: actor(row)?,
        created_at: row.try_get("created_at")?,
        lifted_at: row.try_get("lifted_at")?,
        lifted_by: lifter(row)?,
    }))
}
