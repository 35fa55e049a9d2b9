//! The announcement that stands for a while: one at most.
//!
//! It is mirrored in memory, because it is looked at every second and for every watcher of the feed.

use std::sync::Arc;

use parking_lot::RwLock;
use sqlx::Row as _;
use sqlx::any::AnyRow;
use uuid::Uuid;

use crate::storage::row::{actor, columns};
use crate::storage::{Database, StoreError};
use contract::PinnedAnnouncement;
use contract::admin::{Actor, Pin};
use runtime::clock::{iso, now_ms};

/// The pinned announcement; cheap to clone.
#[derive(Debug, Clone)]
pub struct Pins {
    database: Database,
    // Held to copy a pointer.
    pinned: Arc<RwLock<Option<Arc<StoredPin>>>>,
}

/// A pinned announcement as stored. Times are milliseconds since 1970.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPin {
    /// A UUID.
    pub id: String,
    /// What everybody reads.
    pub message: String,
    /// Who announced it.
    pub by: Actor,
    /// Since when it stands.
    pub at: i64,
    /// When it goes away by itself.
    pub until: i64,
}

impl StoredPin {
    /// An announcement of this moment.
    #[must_use]
    pub fn of(message: &str, by: &Actor, until: i64) -> Self {
        Self {
            id: Uuid::now_v7().to_string(),
            message: message.to_owned(),
            by: by.clone(),
            at: now_ms(),
            until,
        }
    }

    /// As players see it.
    #[must_use]
    pub fn announcement(&self) -> PinnedAnnouncement {
        PinnedAnnouncement {
            id: self.id.clone(),
            message: self.message.clone(),
            at: iso(self.at),
            until: iso(self.until),
        }
    }

    /// As moderators see it.
    #[must_use]
    pub fn view(&self) -> Pin {
        Pin {
            announcement: self.announcement(),
            by: self.by.clone(),
        }
    }
}

impl Pins {
    pub(super) fn new(database: Database) -> Self {
        Self {
            database,
            pinned: Arc::default(),
        }
    }

    /// Reads what is pinned: at start, and after another node changed it.
    ///
    /// # Errors
    /// See [`StoreError`]; the mirror stays as it was.
    pub async fn reload(&self) -> Result<(), StoreError> {
        // Two nodes that pin at once leave two rows: the newer one stands.
        let row = sqlx::query("SELECT * FROM pins ORDER BY at DESC, id DESC LIMIT 1")
            .fetch_optional(self.database.pool())
            .await?;
        let pin = row.as_ref().map(from_row).transpose()?;
        *self.pinned.write() = pin.map(Arc::new);
        Ok(())
    }

    /// What stands at `now` (milliseconds since 1970). From memory.
    #[must_use]
    pub fn standing(&self, now: i64) -> Option<Arc<StoredPin>> {
        let pinned = self.pinned.read().clone();
        pinned.filter(|pin| pin.until > now)
    }

    /// Pins an announcement in place of the one before. The mirror has it after the next
    /// [`Self::reload`].
    ///
    /// # Errors
    /// See [`StoreError`]; then what stood stands.
    pub async fn pin(&self, pin: &StoredPin) -> Result<(), StoreError> {
        let mut transaction = self.database.pool().begin().await?;
        sqlx::query("DELETE FROM pins")
            .execute(&mut *transaction)
            .await?;
        sqlx::query(
            "INSERT INTO pins (id, message, author, author_name, at, until) \
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(pin.id.clone())
        .bind(pin.message.clone())
        .bind(pin.by.id.clone())
        .bind(pin.by.name.clone())
        .bind(pin.at)
        .bind(pin.until)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Takes away what stands. Of two people who do so at once, one does, and gets what stood. The mirror
    /// knows after the next [`Self::reload`].
    ///
    /// # Errors
    /// See [`StoreError`]; then it stands.
    pub async fn take(&self) -> Result<Option<StoredPin>, StoreError> {
        let row =
            sqlx::query("SELECT * FROM pins WHERE until > $1 ORDER BY at DESC, id DESC LIMIT 1")
                .bind(now_ms())
                .fetch_optional(self.database.pool())
                .await?;
        let Some(pin) = row.as_ref().map(from_row).transpose()? else {
            return Ok(None);
        };
        // One that another node pinned at the same time does not come back behind it.
        let done = sqlx::query("DELETE FROM pins WHERE at <= $1")
            .bind(pin.at)
            .execute(self.database.pool())
            .await?;
        Ok((done.rows_affected() > 0).then_some(pin))
    }
}

fn from_row(row: &AnyRow) -> Result<StoredPin, sqlx::Error> {
    Ok(columns!(row => StoredPin {
        id, message, at, until;
        by: actor(row, "author", "author_name")?,
    }))
}
