//! Taking an action back.

use serde_json::{Value, json};

use super::Author;
use crate::moderation::{ActionError, Moderation, ModerationEvent};
use contract::MessageId;
use contract::admin::action::ActionName;
use contract::admin::{ActionEntry, Right};
use store::accounts::{AuditEntry, UserChange};

/// Whether an action of this name can be taken back.
#[must_use]
pub fn is_reversible(action: &str) -> bool {
    Reversible::of(action).is_some()
}

#[derive(Debug, Clone, Copy)]
enum Reversible {
    Ban,
    Mute,
    MessageRemoval,
    AccountChange,
}

impl Reversible {
    fn of(action: &str) -> Option<Self> {
        match ActionName::named(action)? {
            ActionName::BAN_CREATE => Some(Self::Ban),
            ActionName::MUTE_CREATE => Some(Self::Mute),
            ActionName::CHAT_REMOVE => Some(Self::MessageRemoval),
            ActionName::USER_UPDATE => Some(Self::AccountChange),
            _ => None,
        }
    }

    /// Taking back needs what doing needed; changing an account checks that itself.
    fn right(self) -> Right {
        match self {
            Self::Ban | Self::AccountChange => Right::Ban,
            Self::Mute => Right::Mute,
            Self::MessageRemoval => Right::Chat,
        }
    }

    fn undone(self) -> ActionName {
        match self {
            Self::Ban => ActionName::BAN_UNDO,
            Self::Mute => ActionName::MUTE_UNDO,
            Self::MessageRemoval => ActionName::CHAT_UNDO,
            Self::AccountChange => ActionName::USER_UPDATE,
        }
    }
}

impl Moderation {
    /// Takes an action back. Of two people who do so at once, one does. Returns the line that the
    /// taking back left in the log.
    ///
    /// # Errors
    /// [`ActionError::NotFound`], [`ActionError::NotUndoable`], [`ActionError::AlreadyUndone`],
    /// [`ActionError::ChangedSince`], [`ActionError::RoleRequired`], or [`ActionError::Store`].
    pub async fn undo(&self, author: &Author, id: &str) -> Result<ActionEntry, ActionError> {
        author.needs(Right::Undo)?;
        let audit = self.accounts().audit();
        let entry = audit.by_id(id).await?;
        let entry = entry.ok_or(ActionError::NotFound("action"))?;
        let what = Reversible::of(&entry.action).ok_or(ActionError::NotUndoable)?;
        author.needs(what.right())?;
        if !audit.mark_undone(id, &author.actor).await? {
            return Err(ActionError::AlreadyUndone);
        }
        let reversed = self.reverse(author, what, &entry).await;
        if reversed.is_err() {
            audit.unmark_undone(id).await?;
        }
        let noted = reversed?;
        if let Some(entry) = audit.by_id(id).await? {
            self.noted(&entry).await;
        }
        if let Some(action) = noted {
            return Ok(action);
        }
        let details = json!({ "undone": entry.id });
        let name = entry.subject_name.as_deref();
        Ok(self
            .note(&author.actor, what.undone(), &entry.subject, name, details)
            .await)
    }

    /// Does the opposite. Returns the line this left in the log, if it left one by itself.
    async fn reverse(
        &self,
        author: &Author,
        what: Reversible,
        entry: &AuditEntry,
    ) -> Result<Option<ActionEntry>, ActionError> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let done = match what {
            Reversible::Ban => {
                let ids = entry.details["bans"].as_array().cloned();
                let ids: Vec<String> = ids.iter().flatten().map(text).collect();
                for id in &ids {
                    self.may_lift_ban(author, id).await?;
                }
                let mut lifted = false;
                for id in ids {
                    let ban = self.accounts().bans().lift(&id, &author.actor);
                    lifted |= ban.await?.is_some();
                }
                self.publish(ModerationEvent::BansChanged).await;
                lifted
            }
            Reversible::Mute => {
                let mute = self.unmute(author, &text(&entry.details["mute"])).await?;
                mute.is_some()
            }
            Reversible::MessageRemoval => {
                let message = self.put_back(&MessageId(entry.subject.clone())).await?;
                message.is_some()
            }
            Reversible::AccountChange => {
                return self.reverse_account_change(author, entry).await.map(Some);
            }
        };
        match done {
            true => Ok(None),
            false => Err(ActionError::ChangedSince),
        }
    }

    /// Only what still is as the action left it is put back.
    async fn reverse_account_change(
        &self,
        author: &Author,
        entry: &AuditEntry,
    ) -> Result<ActionEntry, ActionError> {
        let read = |key: &str| {
            serde_json::from_value::<UserChange>(entry.details[key].clone())
                .map_err(|_| ActionError::NotUndoable)
        };
        let (before, after) = (read("before")?, read("after")?);
        if before.role.is_some() {
            author.needs(Right::Users)?;
        }
        let user = self.account_to_change(author, &entry.subject).await?;
        if after.counterpart(&user) != after {
            return Err(ActionError::ChangedSince);
        }
        let (action, _) = self.change_account(author, &user.id, &before).await?;
        Ok(action)
    }
}
