//! Removing and restoring messages.

use serde_json::json;

use super::Author;
use crate::moderation::{ActionError, Moderation, ModerationEvent};
use contract::MessageId;
use contract::admin::action::ActionName;
use contract::admin::{ActionEntry, Right};
use contract::rest::ArchivedMessage;

impl Moderation {
    /// Removes a message everywhere.
    ///
    /// The live history first: a moderator's "remove" must act while the database is gone, too. The
    /// error that follows then asks for another try, which finds the archive's copy.
    ///
    /// # Errors
    /// [`ActionError::NotFound`] when nobody said it or it was removed before;
    /// [`ActionError::RoleRequired`], or [`ActionError::Store`].
    pub async fn remove_message(
        &self,
        author: &Author,
        id: &MessageId,
    ) -> Result<ActionEntry, ActionError> {
        author.needs(Right::Chat)?;
        let archive = self.accounts().archive();
        let event = ModerationEvent::ChatRemoved { id: id.clone() };
        let was_live = self.publish(event).await > 0;
        let was_archived = archive.mark_removed(id, &author.actor.id).await?;
        if !was_live && !was_archived {
            return Err(ActionError::NotFound("message"));
        }
        let message = archive.by_id(id).await.ok().flatten();
        let name = message.as_ref().map(|it| it.message.author.as_str());
        let details = json!({ "playerId": message.as_ref().map(|it| &it.message.player_id) });
        Ok(self
            .note(&author.actor, ActionName::CHAT_REMOVE, &id.0, name, details)
            .await)
    }

    /// Puts a removed message back.
    ///
    /// # Errors
    /// [`ActionError::NotFound`] when it is not removed; [`ActionError::RoleRequired`], or
    /// [`ActionError::Store`].
    pub async fn restore_message(
        &self,
        author: &Author,
        id: &MessageId,
    ) -> Result<(ActionEntry, ArchivedMessage), ActionError> {
        author.needs(Right::Chat)?;
        let message = self.put_back(id).await?;
        let message = message.ok_or(ActionError::NotFound("message"))?;
        let details = json!({ "playerId": message.message.player_id });
        let name = Some(message.message.author.as_str());
        let action = self
            .note(
                &author.actor,
                ActionName::CHAT_RESTORE,
                &id.0,
                name,
                details,
            )
            .await;
        Ok((action, message))
    }

    pub(super) async fn put_back(
        &self,
        id: &MessageId,
    ) -> Result<Option<ArchivedMessage>, ActionError> {
        let archive = self.accounts().archive();
        if !archive.mark_restored(id).await? {
            return Ok(None);
        }
        let Some(message) = archive.by_id(id).await? else {
            return Ok(None);
        };
        self.publish(ModerationEvent::ChatRestored {
            message: message.clone(),
        })
        .await;
        Ok(Some(message))
    }
}
