//! Lines of chat that wait for a moderator.
//!
//! Few at a time, so all of them are mirrored in memory: the feed shows them, and whether there is room
//! for one more is asked at every line that is held.

use std::sync::Arc;

use parking_lot::RwLock;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::storage::row::{columns, owner};
use crate::storage::{Database, StoreError};
use contract::MessageId;
use contract::admin::{HeldLine, PersonRef};
use identity::Network;
use runtime::clock::{iso, now_ms};

/// The held lines; cheap to clone.
#[derive(Debug, Clone)]
pub struct HeldLines {
    database: Database,
    // Held to copy a pointer.
    waiting: Arc<RwLock<Arc<[StoredHeldLine]>>>,
}

/// A held line as stored. Times are milliseconds since 1970.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredHeldLine {
    /// The id that the message has once it is let through.
    pub id: MessageId,
    /// Who said it.
    pub person: PersonRef,
    /// From which network, unless it was this machine.
    pub network: Option<Network>,
    /// As which player.
    pub player_id: String,
    /// The speaker's name at that moment.
    pub author: String,
    /// What was said.
    pub content: String,
    /// The word of the list, as the host wrote it.
    pub word: String,
    /// When it was said.
    pub at: i64,
    /// When it goes away by itself.
    pub until: i64,
}

/// How many lines may wait.
#[derive(Debug, Clone, Copy)]
pub struct HeldRoom {
    /// Of everybody together.
    pub total: u32,
    /// Of one person.
    pub per_person: u32,
    /// Of one network.
    pub per_network: u32,
}

impl HeldLines {
    pub(super) fn new(database: Database) -> Self {
        Self {
            database,
            waiting: Arc::default(),
        }
    }

    /// Reads what waits, and what has waited long enough and was not taken out yet.
    ///
    /// # Errors
    /// See [`StoreError`]; the mirror stays as it was.
    pub async fn reload(&self) -> Result<(), StoreError> {
        let rows = sqlx::query("SELECT * FROM held_lines ORDER BY at, id")
            .fetch_all(self.database.pool())
            .await?;
        let waiting: Vec<_> = rows.iter().map(from_row).collect::<Result<_, _>>()?;
        *self.waiting.write() = waiting.into();
        Ok(())
    }

    /// What waits now, oldest first. From memory.
    #[must_use]
    pub fn waiting(&self) -> Vec<HeldLine> {
        let waiting = self.waiting.read().clone();
        let now = now_ms();
        let holds = waiting.iter().filter(|line| line.until > now);
        holds.map(StoredHeldLine::view).collect()
    }

    /// Whether this line may wait beside the others. From memory.
    #[must_use]
    pub fn has_room(&self, new: &StoredHeldLine, room: HeldRoom) -> bool {
        let waiting = self.waiting.read().clone();
        let now = now_ms();
        let mut all = 0;
        let mut own = 0;
        let mut near = 0;
        for line in waiting.iter().filter(|line| line.until > now) {
            all += 1;
            own += u32::from(line.person == new.person);
            near += u32::from(new.network.is_some() && line.network == new.network);
        }
        all < room.total && own < room.per_person && near < room.per_network
    }

    /// Stores a line. The mirror has it after the next [`Self::reload`].
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn add(&self, line: &StoredHeldLine) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO held_lines (id, person_kind, person_subject, player_id, author, content, word, at, until, network) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        )
        .bind(line.id.0.clone())
        .bind(line.person.kind.as_str())
        .bind(line.person.subject.clone())
        .bind(line.player_id.clone())
        .bind(line.author.clone())
        .bind(line.content.clone())
        .bind(line.word.clone())
        .bind(line.at)
        .bind(line.until)
        .bind(line.network.map(|it| it.to_string()))
        .execute(self.database.pool())
        .await?;
        Ok(())
    }

    /// Takes a line out. Of two moderators who decide at once, one gets it; `None` for the other, and for
    /// a line that has gone away.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn take(&self, id: &MessageId) -> Result<Option<StoredHeldLine>, StoreError> {
        let pool = self.database.pool();
        let row = sqlx::query("SELECT * FROM held_lines WHERE id = $1 AND until > $2")
            .bind(id.0.clone())
            .bind(now_ms())
            .fetch_optional(pool)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let line = from_row(&row)?;
        let taken = sqlx::query("DELETE FROM held_lines WHERE id = $1")
            .bind(id.0.clone())
            .execute(pool)
            .await?;
        Ok((taken.rows_affected() > 0).then_some(line))
    }

    /// Takes out what has waited long enough; the mirror has it until the next [`Self::reload`]. Of
    /// several nodes that do so at once, each line goes to one. Asks the database only when there is such
    /// a line in memory.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn take_lapsed(&self) -> Result<Vec<StoredHeldLine>, StoreError> {
        let now = now_ms();
        let waiting = self.waiting.read().clone();
        if waiting.iter().all(|line| line.until > now) {
            return Ok(Vec::new());
        }
        let rows = sqlx::query("DELETE FROM held_lines WHERE until <= $1 RETURNING *")
            .bind(now)
            .fetch_all(self.database.pool())
            .await?;
        if rows.is_empty() {
            // Another node was faster, and its word about it may be lost.
            self.reload().await?;
        }
        let lapsed = rows.iter().map(from_row).collect::<Result<_, _>>()?;
        Ok(lapsed)
    }
}

impl StoredHeldLine {
    fn view(&self) -> HeldLine {
        HeldLine {
            id: self.id.clone(),
            at: iso(self.at),
            until: iso(self.until),
            player_id: self.player_id.clone(),
            author: self.author.clone(),
            content: self.content.clone(),
            person: self.person.clone(),
            word: self.word.clone(),
        }
    }
}

fn from_row(row: &AnyRow) -> Result<StoredHeldLine, sqlx::Error> {
    let network: Option<String> = row.try_get("network")?;
    Ok(columns!(row => StoredHeldLine {
        player_id, author, content, word, at, until;
        id: MessageId(row.try_get("id")?),
        person: owner(row)?,
        network: network.and_then(|text| text.parse().ok()),
    }))
}
