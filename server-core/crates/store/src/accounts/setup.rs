//! The setup link, with which the first host makes their account. It works once, and only while nobody
//! can look after the world; that is decided where the account is made, so that a request that breaks
//! off leaves the link as it is, and an account made elsewhere ends it.
//!
//! All nodes of a world print the same link: it is opened at whichever node a balancer chooses.

use parking_lot::MutexGuard;
use serde_json::json;

use super::audit::{Audit, AuditEntry, NewEntry};
use super::hosts::HostTurn;
use super::users::check_reserved;
use super::{Accounts, CreateError, NewUser, User, tokens};
use crate::storage::{StoreError, spend_setup_seed};
use contract::admin::action::ActionName;

/// The link that a server prints.
#[derive(Debug, Clone)]
pub(super) struct SetupLink {
    token: String,
    /// What the token is made of, in the database.
    seed: String,
}

impl Accounts {
    /// The one-time token of the setup link, which lets somebody become the first host. It is the same
    /// on every server of the database with the same key, and another one after all of them ended.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn open_setup(&self) -> Result<String, StoreError> {
        let seed = self.database.setup_seed().await?;
        let token = self.tokens.setup_token(&seed);
        *self.setup() = Some(SetupLink {
            token: token.clone(),
            seed,
        });
        Ok(token)
    }

    /// Whether `token` is the setup link's. Whether that still counts, [`Self::set_up`] decides.
    #[must_use]
    pub fn knows_setup(&self, token: &str) -> bool {
        let setup = self.setup();
        let ours = setup.as_ref();
        ours.is_some_and(|ours| tokens::same_secret(&ours.token, token))
    }

    /// Makes the first host, with its line in the audit log, for whoever holds the setup link; `None`
    /// when the link counts no more. Cut off midway, nothing has happened.
    ///
    /// # Errors
    /// As [`super::Users::create`].
    pub async fn set_up(
        &self,
        token: &str,
        new: &NewUser,
    ) -> Result<Option<(User, AuditEntry)>, CreateError> {
        if !self.knows_setup(token) {
            return Ok(None);
        }
        let Some(SetupLink { seed, .. }) = self.setup().clone() else {
            return Ok(None);
        };
        check_reserved(new)?;
        let mut transaction = self.database.pool().begin().await.map_err(StoreError)?;
        let has_host = HostTurn::take(&mut transaction).await?.has_host();
        if has_host || !spend_setup_seed(&mut transaction, &seed).await? {
            transaction.rollback().await.map_err(StoreError)?;
            self.close_setup();
            return Ok(None);
        }
        let user = match self.users.insert_on(&mut transaction, new).await {
            Ok(user) => user,
            Err(error) => {
                transaction.rollback().await.map_err(StoreError)?;
                return Err(self.users.why_not_made(new, error).await);
            }
        };
        let entry = NewEntry {
            actor: &user.actor(),
            action: ActionName::HOST_SETUP.as_str(),
            subject: &user.id,
            subject_name: Some(&user.username),
            details: json!({ "username": user.username }),
        };
        let entry = Audit::record_on(&mut transaction, &entry).await?;
        transaction.commit().await.map_err(StoreError)?;
        self.users.names().add(&user.username, user.created_at);
        self.close_setup();
        Ok(Some((user, entry)))
    }

    fn close_setup(&self) {
        *self.setup() = None;
    }

    fn setup(&self) -> MutexGuard<'_, Option<SetupLink>> {
        self.setup.lock()
    }
}
