//! Changing, deleting and making accounts.

use serde_json::json;

use super::Author;
use crate::moderation::{ActionError, Moderation, ModerationEvent};
use contract::admin::action::ActionName;
use contract::admin::{ActionEntry, Right};
use store::accounts::{CreateError, NewUser, User, UserChange};

impl Moderation {
    /// The account to act on, if the author may act on it. Nobody acts on themselves, so that no
    /// host locks everybody out by accident.
    ///
    /// # Errors
    /// [`ActionError::OwnAccount`], [`ActionError::NotFound`], [`ActionError::RoleRequired`], or
    /// [`ActionError::Store`].
    pub async fn account_to_change(&self, author: &Author, id: &str) -> Result<User, ActionError> {
        let id = id.trim().to_lowercase();
        if id == author.actor.id {
            return Err(ActionError::OwnAccount);
        }
        let user = self.accounts().account(&id).await?;
        let user = user.ok_or(ActionError::NotFound("account"))?;
        author.is_above(user.role)?;
        Ok(user)
    }

    /// Changes an account. A ban, suspension or demotion acts on live sessions and feeds before this
    /// returns. Moderators suspend and ban; roles are for hosts.
    ///
    /// # Errors
    /// As [`Self::account_to_change`].
    pub async fn change_account(
        &self,
        author: &Author,
        id: &str,
        change: &UserChange,
    ) -> Result<(ActionEntry, User), ActionError> {
        author.needs(Right::Ban)?;
        if change.role.is_some() {
            author.needs(Right::Users)?;
        }
        let before = self.account_to_change(author, id).await?;
        if before.service.is_some() && change.role.is_some() {
            return Err(ActionError::ServiceAccount);
        }
        let changed = self.accounts().update_user(&author.actor, &before, change);
        let (user, entry) = changed.await?.ok_or(ActionError::NotFound("account"))?;
        self.publish(ModerationEvent::AccountChanged {
            id: user.id.clone(),
            signed_out: false,
        })
        .await;
        Ok((self.noted(&entry).await, user))
    }

    /// Deletes an account; its live sessions end. Its avatar is the caller's to delete.
    ///
    /// # Errors
    /// [`ActionError::NotFound`], [`ActionError::RoleRequired`], or [`ActionError::Store`].
    pub async fn delete_account(
        &self,
        author: &Author,
        user: &User,
    ) -> Result<ActionEntry, ActionError> {
        author.needs(Right::Users)?;
        let deleted = self.accounts().delete_user(&author.actor, user).await?;
        let entry = deleted.ok_or(ActionError::NotFound("account"))?;
        self.publish(ModerationEvent::AccountChanged {
            id: user.id.clone(),
            signed_out: true,
        })
        .await;
        Ok(self.noted(&entry).await)
    }

    /// Makes an account for somebody.
    ///
    /// # Errors
    /// [`CreateError`]. Whether the author may is the caller's to check.
    pub async fn create_account(
        &self,
        author: &Author,
        new: &NewUser,
    ) -> Result<(ActionEntry, User), CreateError> {
        let user = self.accounts().users().create(new).await?;
        // Other nodes show who looks after the world as well.
        self.account_changed_by_owner(&user.id).await;
        let details = json!({ "username": user.username, "role": user.role });
        let name = Some(user.username.as_str());
        let action = self
            .note(
                &author.actor,
                ActionName::USER_CREATE,
                &user.id,
                name,
                details,
            )
            .await;
        Ok((action, user))
    }

    /// Gives an account a new password; every login of it ends.
    ///
    /// # Errors
    /// [`ActionError::NotFound`], [`ActionError::RoleRequired`], or [`ActionError::Store`].
    pub async fn reset_password(
        &self,
        author: &Author,
        user: &User,
        password_hash: &str,
    ) -> Result<ActionEntry, ActionError> {
        author.needs(Right::Users)?;
        if user.service.is_some() {
            return Err(ActionError::ServiceAccount);
        }
        let users = self.accounts().users();
        let changed = users.set_password_hash(&user.id, password_hash).await?;
        changed.ok_or(ActionError::NotFound("account"))?;
        self.sign_out(&user.id).await;
        let name = Some(user.username.as_str());
        Ok(self
            .note(
                &author.actor,
                ActionName::USER_PASSWORD,
                &user.id,
                name,
                json!({}),
            )
            .await)
    }

    /// Tells every node that all tokens of an account ended: its live sockets give their player up and
    /// are guests again, its feeds end.
    pub async fn sign_out(&self, id: &str) {
        self.publish(ModerationEvent::AccountChanged {
            id: id.to_owned(),
            signed_out: true,
        })
        .await;
    }

    /// Tells every node to look at an account and its logins again, because its owner changed
    /// something: one of its tokens was given back.
    pub async fn account_changed_by_owner(&self, id: &str) {
        self.publish(ModerationEvent::AccountChanged {
            id: id.to_owned(),
            signed_out: false,
        })
        .await;
    }
}
