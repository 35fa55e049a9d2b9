//! The setup link, with which the first host makes their account. It works once, and only while nobody
//! can look after the world; that is decided where the account is made, so that a request that breaks
//! off leaves the link as it is, and an account made elsewhere ends it.

use parking_lot::MutexGuard;
use serde_json::json;

use super::audit::{Audit, AuditEntry, NewEntry};
use super::hosts::Turn;
use super::users::check_reserved;
use super::{Accounts, CreateError, NewUser, User, tokens};
use crate::storage::StoreError;
use contract::admin::action::ActionName;

impl Accounts {
    /// Makes the one-time token of the setup link, which lets somebody become the first host. An
    /// earlier one no longer counts.
    #[must_use]
    pub fn open_setup(&self) -> String {
        let token = tokens::random_hex();
        *self.setup() = Some(token.clone());
        token
    }

    /// Whether `token` is the setup link's. Whether that still counts, [`Self::set_up`] decides.
    #[must_use]
    pub fn knows_setup(&self, token: &str) -> bool {
        let setup = self.setup();
        let ours = setup.as_deref();
        ours.is_some_and(|ours| tokens::same_secret(ours, token))
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
        check_reserved(new)?;
        let mut transaction = self.database.pool().begin().await.map_err(StoreError)?;
        if Turn::take(&mut transaction).await?.has_host() {
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

    fn setup(&self) -> MutexGuard<'_, Option<String>> {
        self.setup.lock()
    }
}
