//! Reading the archive, and the statements the writer uses.

use sqlx::Row;
use sqlx::any::AnyRow;

use super::Archive;
use crate::storage::row::{columns, person};
use crate::storage::{
    Cursor, Database, Lease, Listed, Listing, StoreError, contains, contains_lower, searched,
};
use contract::admin::PersonRef;
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

const MESSAGES: Listed = Listed {
    table: "chat_messages",
    columns: "*",
    moment: "sent_at",
    order: "sent_at DESC, id DESC",
};

impl MessageFilter {
    fn listing(&self) -> Listing {
        let mut listing = Listing::of(MESSAGES)
            .containing("content_folded LIKE ? ESCAPE '!'", &self.search)
            .within(self.from, self.to);
        let user = self.user.trim();
        if !user.is_empty() {
            listing = listing.only(
                "player_id = ? OR author_folded LIKE ? ESCAPE '!' OR author_folded LIKE ? ESCAPE '!'",
                [
                    user.into(),
                    contains(user).into(),
                    contains_lower(user).into(),
                ],
            );
        }
        if let Some(person) = &self.person {
            listing = listing.only(
                "author_kind = ? AND author_subject = ?",
                [person.kind.as_str().into(), person.subject.as_str().into()],
            );
        }
        match self.status {
            None => listing,
            Some(MessageStatus::Visible) => listing.only("removed_at IS NULL", []),
            Some(MessageStatus::Removed) => listing.only("removed_at IS NOT NULL", []),
        }
    }
}

impl Archive {
    /// The last `limit` visible messages, oldest first: what a starting world shows.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn recent(&self, limit: u32) -> Result<Vec<ArchivedMessage>, StoreError> {
        let visible = MessageFilter {
            status: Some(MessageStatus::Visible),
            ..MessageFilter::default()
        };
        self.newest(&visible, limit).await
    }

    /// The last `count` messages, whether they are to be seen or not, oldest first.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn last(&self, count: u32) -> Result<Vec<ArchivedMessage>, StoreError> {
        self.newest(&MessageFilter::default(), count).await
    }

    async fn newest(
        &self,
        filter: &MessageFilter,
        limit: u32,
    ) -> Result<Vec<ArchivedMessage>, StoreError> {
        let listing = filter.listing();
        let mut newest = listing.first(&self.database, limit, archived).await?;
        newest.reverse();
        Ok(newest)
    }

    /// Those of the last `count` messages that were removed.
    ///
    /// # Errors
    /// See [`StoreError`].
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
    /// See [`StoreError`].
    pub async fn list(
        &self,
        filter: &MessageFilter,
        limit: u32,
        offset: u32,
    ) -> Result<(u64, Vec<ArchivedMessage>), StoreError> {
        filter
            .listing()
            .page(&self.database, (limit, offset), archived)
            .await
    }

    /// The next `limit` messages behind `cursor`, newest first. For exports: messages that come or
    /// go meanwhile shift nothing.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn behind(
        &self,
        filter: &MessageFilter,
        cursor: &Cursor,
        limit: u32,
    ) -> Result<Vec<ArchivedMessage>, StoreError> {
        let listing = filter.listing().behind(cursor);
        listing.first(&self.database, limit, archived).await
    }

    /// One message.
    ///
    /// # Errors
    /// See [`StoreError`].
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
    /// See [`StoreError`].
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
    /// See [`StoreError`].
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
    connection: &mut Lease,
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
    .bind(searched(&message.author))
    .bind(message.content.clone())
    .bind(searched(&message.content))
    .bind(parse_iso(&message.timestamp).unwrap_or_else(now_ms))
    .bind(author.map(|author| author.kind.as_str()))
    .bind(author.map(|author| author.subject.clone()))
    .execute(connection)
    .await?;
    Ok(())
}

fn message(row: &AnyRow) -> Result<ChatMessage, sqlx::Error> {
    Ok(columns!(row => ChatMessage {
        player_id, author, content;
        id: MessageId(row.try_get("id")?),
        timestamp: iso(row.try_get("sent_at")?),
    }))
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
