//! Making and revoking service accounts.

use super::Author;
use crate::moderation::{ActionError, Moderation, ModerationEvent};
use contract::admin::action::ActionName;
use contract::admin::service::{Scopes, ServiceAccount, ServiceAnswer};
use contract::admin::{ActionEntry, Right};
use store::accounts::{CreateServiceError, NewService};

impl Moderation {
    /// Makes a service account, unless there are `most`. The answer holds its token, which nothing else
    /// ever does.
    ///
    /// # Errors
    /// [`CreateServiceError`]. Whether the author may is the caller's to check.
    pub async fn create_service(
        &self,
        author: &Author,
        name: &str,
        scopes: &Scopes,
        most: u32,
    ) -> Result<ServiceAnswer, CreateServiceError> {
        let made = self
            .accounts()
            .create_service(&author.actor, name, scopes, most);
        let NewService {
            service,
            token,
            entry,
        } = made.await?;
        let action = self.noted(&entry).await;
        let (name, id) = (ActionName::SERVICE_ADD.as_str(), service.id.as_str());
        tracing::info!(action = name, subject = id, actor = %author.actor.id, "a host acted");
        Ok(ServiceAnswer {
            service,
            token: token.expose().to_owned(),
            action,
        })
    }

    /// Revokes a service account's token: nothing accepts it from now on, and its sessions and feeds on
    /// every node end.
    ///
    /// # Errors
    /// [`ActionError::NotFound`], [`ActionError::RoleRequired`], or [`ActionError::Store`].
    pub async fn revoke_service(
        &self,
        author: &Author,
        id: &str,
    ) -> Result<ActionEntry, ActionError> {
        author.needs(Right::Services)?;
        let revoked = self.accounts().revoke_service(&author.actor, id).await?;
        let entry = revoked.ok_or(ActionError::NotFound("service"))?;
        self.publish(ModerationEvent::AccountChanged {
            id: id.to_owned(),
            signed_out: true,
        })
        .await;
        Ok(self.noted(&entry).await)
    }

    /// The service accounts.
    ///
    /// # Errors
    /// [`ActionError::Store`].
    pub async fn services(&self) -> Result<Vec<ServiceAccount>, ActionError> {
        Ok(self.accounts().services().list().await?)
    }

    /// Ends what service accounts hold on this node that were revoked without a word, as
    /// `comutiny-server service revoke` does.
    ///
    /// # Errors
    /// [`ActionError::Store`].
    pub async fn end_revoked_services(&self) -> Result<(), ActionError> {
        let mut live = std::collections::HashSet::new();
        self.sessions().look(|it| {
            let account = it.visitor.account.as_ref().filter(|it| it.service);
            live.extend(account.map(|account| account.id.clone()));
        });
        for id in live {
            if self.accounts().account(&id).await?.is_none() {
                let signed_out = true;
                self.apply(&ModerationEvent::AccountChanged { id, signed_out })
                    .await;
            }
        }
        Ok(())
    }
}
