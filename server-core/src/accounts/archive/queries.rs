//! Reading the archive, and the statements the writer uses.

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::Archive;
use crate::accounts::time::{iso, now_ms, parse_iso};
use crate::accounts::users::{contains, fold};
use crate::protocol::rest::{ArchivedMessage, MessageStatus};
use crate::protocol::{ChatMessage, MessageId};
use crate::storage::{Database, StoreError};

/// Which messages are wanted; `None` and empty texts leave a criterion out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MessageFilter {
    /// Part of the content.
    pub search: String,
    /// A player id, or part of the author's name.
    pub user: String,
    /// Only visible or only removed ones.
    pub status: Option<MessageStatus>,
    /// Not before, in milliseconds since 1970.
    pub from: Option<i64>,
    /// Before, in milliseconds since 1970, exclusive.
    pub to: Option<i64>,
}

macro_rules! matching {
    () => {
        " FROM chat_messages WHERE content_folded LIKE $1 ESCAPE '!' \
         AND (player_id = $2 OR author_folded LIKE $3 ESCAPE '!') \
         AND ($4 = -1 OR ($4 = 0 AND removed_at IS NULL) OR ($4 = 1 AND removed_at IS NOT NULL)) \
         AND sent_at >= $5 AND sent_at < $6"
    };
}

impl Archive {
    /// The last `limit` visible messages, oldest first: what a starting world shows.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn recent(&self, limit: u32) -> Result<Vec<ChatMessage>, StoreError> {
        let mut rows = sqlx::query(
            "SELECT * FROM chat_messages WHERE removed_at IS NULL \
             ORDER BY sent_at DESC, id DESC LIMIT $1",
        )
        .bind(i64::from(limit))
        .fetch_all(self.database.pool())
        .await?;
        rows.reverse();
        Ok(rows.iter().map(message).collect::<Result<_, _>>()?)
    }

    /// A page of messages, newest first, and how many match.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list(
        &self,
        filter: &MessageFilter,
        limit: u32,
        offset: u32,
    ) -> Result<(u64, Vec<ArchivedMessage>), StoreError> {
        let content = contains(&filter.search);
        let player = filter.user.trim().to_owned();
        let author = contains(&filter.user);
        let status: i64 = match filter.status {
            None => -1,
            Some(MessageStatus::Visible) => 0,
            Some(MessageStatus::Removed) => 1,
        };
        let from = filter.from.unwrap_or(i64::MIN);
        let to = filter.to.unwrap_or(i64::MAX);
        let total: i64 = sqlx::query(concat!("SELECT COUNT(*)", matching!()))
            .bind(content.clone())
            .bind(player.clone())
            .bind(author.clone())
            .bind(status)
            .bind(from)
            .bind(to)
            .fetch_one(self.database.pool())
            .await?
            .try_get(0)?;
        let rows = sqlx::query(concat!(
            "SELECT *",
            matching!(),
            " ORDER BY sent_at DESC, id DESC LIMIT $7 OFFSET $8"
        ))
        .bind(content)
        .bind(player)
        .bind(author)
        .bind(status)
        .bind(from)
        .bind(to)
        .bind(i64::from(limit))
        .bind(i64::from(offset))
        .fetch_all(self.database.pool())
        .await?;
        let messages = rows.iter().map(archived).collect::<Result<_, _>>()?;
        Ok((total.unsigned_abs(), messages))
    }
}

pub(super) async fn mark_removed(
    database: &Database,
    id: &MessageId,
    by: &str,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE chat_messages SET removed_at = $2, removed_by = $3 \
         WHERE id = $1 AND removed_at IS NULL",
    )
    .bind(id.0.clone())
    .bind(now_ms())
    .bind(by.to_owned())
    .execute(database.pool())
    .await?;
    Ok(done.rows_affected() > 0)
}

/// A message that is there already is left as it is, so that a batch can be tried again.
pub(super) async fn insert(
    connection: &mut AnyConnection,
    message: &ChatMessage,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO chat_messages \
         (id, player_id, author, author_folded, content, content_folded, sent_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING",
    )
    .bind(message.id.0.clone())
    .bind(message.player_id.clone())
    .bind(message.author.clone())
    .bind(fold(&message.author))
    .bind(message.content.clone())
    .bind(fold(&message.content))
    .bind(parse_iso(&message.timestamp).unwrap_or_else(now_ms))
    .execute(connection)
    .await?;
    Ok(())
}

fn message(row: &AnyRow) -> Result<ChatMessage, sqlx::Error> {
    Ok(ChatMessage {
        id: MessageId(row.try_get("id")?),
        player_id: row.try_get("player_id")?,
        author: row.try_get("author")?,
        content: row.try_get("content")?,
        timestamp: iso(row.try_get("sent_at")?),
    })
}

fn archived(row: &AnyRow) -> Result<ArchivedMessage, sqlx::Error> {
    let removed_at: Option<i64> = row.try_get("removed_at")?;
    Ok(ArchivedMessage {
        message: message(row)?,
        status: match removed_at {
            None => MessageStatus::Visible,
            Some(_) => MessageStatus::Removed,
        },
        removed_at: removed_at.map(iso),
        removed_by: row.try_get("removed_by")?,
        person: None,
    })
}
