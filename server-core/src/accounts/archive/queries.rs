//! Reading the archive, and the statements the writer uses.

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::Archive;
use crate::accounts::users::{contains, fold};
use crate::storage::{Database, StoreError};
use contract::admin::{PersonKind, PersonRef};
use contract::rest::{ArchivedMessage, MessageStatus};
use contract::{ChatMessage, MessageId};
use runtime::clock::{iso, now_ms, parse_iso};

/// Which messages are wanted; `None` and empty texts leave a criterion out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MessageFilter {
    /// Part of the content.
    pub search: String,
    /// A player id, or part of the author's name.
    pub user: String,
    /// Who said it.
    pub person: Option<PersonRef>,
    /// Only visible or only removed ones.
    pub status: Option<MessageStatus>,
    /// Not before, in milliseconds since 1970.
    pub from: Option<i64>,
    /// Before, in milliseconds since 1970, exclusive.
    pub to: Option<i64>,
}

/// A place in a list, newest first: what follows is older.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// Milliseconds since 1970.
    pub at: i64,
    /// Id of the last line before it.
    pub id: String,
}

impl Default for Cursor {
    /// The newest end.
    fn default() -> Self {
        Self {
            at: i64::MAX,
            id: String::new(),
        }
    }
}

macro_rules! matching {
    () => {
        " FROM chat_messages WHERE content_folded LIKE $1 ESCAPE '!' \
         AND (player_id = $2 OR author_folded LIKE $3 ESCAPE '!') \
         AND ($4 = -1 OR ($4 = 0 AND removed_at IS NULL) OR ($4 = 1 AND removed_at IS NOT NULL)) \
         AND sent_at >= $5 AND sent_at < $6 \
         AND ($7 = '' OR (author_kind = $7 AND author_subject = $8))"
    };
}

/// Binds the eight values of `matching!`.
macro_rules! bind_filter {
    ($query:expr, $filter:expr) => {{
        let filter: &MessageFilter = $filter;
        let status: i64 = match filter.status {
            None => -1,
            Some(MessageStatus::Visible) => 0,
            Some(MessageStatus::Removed) => 1,
        };
        let person = filter.person.as_ref();
        $query
            .bind(contains(&filter.search))
            .bind(filter.user.trim().to_owned())
            .bind(contains(&filter.user))
            .bind(status)
            .bind(filter.from.unwrap_or(i64::MIN))
            .bind(filter.to.unwrap_or(i64::MAX))
            .bind(person.map_or("", |person| person.kind.as_str()))
            .bind(person.map_or_else(String::new, |person| person.subject.clone()))
    }};
}

impl Archive {
    /// The last `limit` visible messages, oldest first: what a starting world shows.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn recent(&self, limit: u32) -> Result<Vec<ArchivedMessage>, StoreError> {
        let mut rows = sqlx::query(
            "SELECT * FROM chat_messages WHERE removed_at IS NULL \
             ORDER BY sent_at DESC, id DESC LIMIT $1",
        )
        .bind(i64::from(limit))
        .fetch_all(self.database.pool())
        .await?;
        rows.reverse();
        Ok(rows.iter().map(archived).collect::<Result<_, _>>()?)
    }

    /// The last `count` messages, whether they are to be seen or not, oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn last(&self, count: u32) -> Result<Vec<ArchivedMessage>, StoreError> {
        let last = "SELECT * FROM chat_messages ORDER BY sent_at DESC, id DESC LIMIT $1";
        let mut rows = sqlx::query(last)
            .bind(i64::from(count))
            .fetch_all(self.database.pool())
            .await?;
        rows.reverse();
        Ok(rows.iter().map(archived).collect::<Result<_, _>>()?)
    }

    /// Those of the last `count` messages that were removed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn removed_of_last(&self, count: u32) -> Result<Vec<MessageId>, StoreError> {
        let rows = sqlx::query(
            "SELECT id FROM (SELECT id, removed_at FROM chat_messages \
             ORDER BY sent_at DESC, id DESC LIMIT $1) AS newest WHERE removed_at IS NOT NULL",
        )
        .bind(i64::from(count))
        .fetch_all(self.database.pool())
        .await?;
        let ids = rows.iter().map(|row| row.try_get("id").map(MessageId));
        Ok(ids.collect::<Result<_, sqlx::Error>>()?)
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
        let count = sqlx::query(concat!("SELECT COUNT(*)", matching!()));
        let total: i64 = bind_filter!(count, filter)
            .fetch_one(self.database.pool())
            .await?
            .try_get(0)?;
        let page = sqlx::query(concat!(
            "SELECT *",
            matching!(),
            " ORDER BY sent_at DESC, id DESC LIMIT $9 OFFSET $10"
        ));
        let rows = bind_filter!(page, filter)
            .bind(i64::from(limit))
            .bind(i64::from(offset))
            .fetch_all(self.database.pool())
            .await?;
        let messages = rows.iter().map(archived).collect::<Result<_, _>>()?;
        Ok((total.unsigned_abs(), messages))
    }

    /// The next `limit` messages behind `cursor`, newest first. For exports: messages that come or
    /// go meanwhile shift nothing.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn behind(
        &self,
        filter: &MessageFilter,
        cursor: &Cursor,
        limit: u32,
    ) -> Result<Vec<ArchivedMessage>, StoreError> {
        let page = sqlx::query(concat!(
            "SELECT *",
            matching!(),
            " AND (sent_at < $9 OR (sent_at = $9 AND id < $10)) \
             ORDER BY sent_at DESC, id DESC LIMIT $11"
        ));
        let rows = bind_filter!(page, filter)
            .bind(cursor.at)
            .bind(cursor.id.clone())
            .bind(i64::from(limit))
            .fetch_all(self.database.pool())
            .await?;
        Ok(rows.iter().map(archived).collect::<Result<_, _>>()?)
    }

    /// One message.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn by_id(&self, id: &MessageId) -> Result<Option<ArchivedMessage>, StoreError> {
        let row = sqlx::query("SELECT * FROM chat_messages WHERE id = $1")
            .bind(id.0.clone())
            .fetch_optional(self.database.pool())
            .await?;
        Ok(row.as_ref().map(archived).transpose()?)
    }

    /// Makes a removed message visible again. `false` when it is not removed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn mark_restored(&self, id: &MessageId) -> Result<bool, StoreError> {
        let done = sqlx::query(
            "UPDATE chat_messages SET removed_at = NULL, removed_by = NULL \
             WHERE id = $1 AND removed_at IS NOT NULL",
        )
        .bind(id.0.clone())
        .execute(self.database.pool())
        .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Deletes what was said before `before` (milliseconds since 1970). Returns how many messages.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_before(&self, before: i64) -> Result<u64, StoreError> {
        let done = sqlx::query("DELETE FROM chat_messages WHERE sent_at < $1")
            .bind(before)
            .execute(self.database.pool())
            .await?;
        Ok(done.rows_affected())
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
    author: Option<&PersonRef>,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO chat_messages \
         (id, player_id, author, author_folded, content, content_folded, sent_at, \
          author_kind, author_subject) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO NOTHING",
    )
    .bind(message.id.0.clone())
    .bind(message.player_id.clone())
    .bind(message.author.clone())
    .bind(fold(&message.author))
    .bind(message.content.clone())
    .bind(fold(&message.content))
    .bind(parse_iso(&message.timestamp).unwrap_or_else(now_ms))
    .bind(author.map(|author| author.kind.as_str()))
    .bind(author.map(|author| author.subject.clone()))
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
        person: person(row, "author_kind", "author_subject")?,
    })
}

/// A person in two columns that may be empty.
pub(crate) fn person(
    row: &AnyRow,
    kind: &str,
    subject: &str,
) -> Result<Option<PersonRef>, sqlx::Error> {
    let kind: Option<String> = row.try_get(kind)?;
    let subject: Option<String> = row.try_get(subject)?;
    let kind = kind.as_deref().and_then(PersonKind::parse);
    Ok(kind
        .zip(subject)
        .map(|(kind, subject)| PersonRef { kind, subject }))
}
