//! Lines that a moderator reads before anybody else.

use serde_json::json;

use super::Author;
use crate::moderation::{ActionError, Moderation, ModerationEvent};
use contract::admin::action::ActionName;
use contract::admin::{ActionEntry, Right};
use contract::rest::{ArchivedMessage, MessageStatus};
use contract::{ChatMessage, MessageId};
use runtime::clock::{iso, now_ms};
use store::records::StoredHeldLine;
use store::storage::StoreError;

impl Moderation {
    /// Keeps a line for a moderator and tells the feeds. `false` when too many wait already: then it is
    /// not kept.
    ///
    /// # Errors
    /// [`StoreError`]; then it is not kept.
    pub async fn hold_line(&self, line: StoredHeldLine) -> Result<bool, StoreError> {
        let factor = self.inner.parts.report_limits.network_factor;
        let room = self.settings().now().conversation.held_room(factor);
        let held = &self.records().held;
        if !held.has_room(&line, room) {
            return Ok(false);
        }
        held.add(&line).await?;
        self.publish(ModerationEvent::HeldChanged).await;
        Ok(true)
    }

    /// Lets a line through: everybody reads it, as said now.
    ///
    /// # Errors
    /// [`ActionError::NotFound`] when it is gone or another moderator was faster;
    /// [`ActionError::RoleRequired`], or [`ActionError::Store`].
    pub async fn allow_line(
        &self,
        author: &Author,
        id: &MessageId,
    ) -> Result<ActionEntry, ActionError> {
        let line = self.take_line(author, id).await?;
        let message = ChatMessage {
            id: line.id.clone(),
            player_id: line.player_id.clone(),
            author: line.author.clone(),
            content: line.content.clone(),
            timestamp: iso(now_ms()),
        };
        self.sessions().place(&message).await;
        let archive = self.accounts().archive();
        archive.push(message.clone(), Some(line.person.clone()));
        self.feed().activity().placed(ArchivedMessage {
            message,
            status: MessageStatus::Visible,
            removed_at: None,
            removed_by: None,
            person: Some(line.person.clone()),
        });
        Ok(self.decided(author, ActionName::HELD_ALLOW, &line).await)
    }

    /// Nobody reads a line, and who said it is told so.
    ///
    /// # Errors
    /// As [`Self::allow_line`].
    pub async fn refuse_line(
        &self,
        author: &Author,
        id: &MessageId,
    ) -> Result<ActionEntry, ActionError> {
        let line = self.take_line(author, id).await?;
        self.publish(ModerationEvent::LineRefused {
            person: line.person.clone(),
            content: line.content.clone(),
        })
        .await;
        Ok(self.decided(author, ActionName::HELD_REFUSE, &line).await)
    }

    /// Takes away what no moderator decided about in time, and tells those who said it.
    ///
    /// # Errors
    /// [`StoreError`]; then it is for the next call.
    pub async fn lapse_lines(&self) -> Result<(), StoreError> {
        let lapsed = self.records().held.take_lapsed().await?;
        if lapsed.is_empty() {
            return Ok(());
        }
        self.publish(ModerationEvent::HeldChanged).await;
        for StoredHeldLine {
            person, content, ..
        } in lapsed
        {
            self.publish(ModerationEvent::LineLapsed { person, content })
                .await;
        }
        Ok(())
    }

    async fn take_line(
        &self,
        author: &Author,
        id: &MessageId,
    ) -> Result<StoredHeldLine, ActionError> {
        author.needs(Right::Chat)?;
        let line = self.records().held.take(id).await?;
        line.ok_or(ActionError::NotFound("line"))
    }

    async fn decided(
        &self,
        author: &Author,
        action: ActionName,
        line: &StoredHeldLine,
    ) -> ActionEntry {
        self.publish(ModerationEvent::HeldChanged).await;
        let details = json!({
            "word": line.word,
            "person": line.person,
            "playerId": line.player_id,
        });
        let name = Some(line.author.as_str());
        self.note(&author.actor, action, &line.id.0, name, details)
            .await
    }
}
