//! What moderators do. One file for each kind of action; each checks who may, stores what must last,
//! publishes what acts now, and leaves a line in the audit log.

pub mod accounts;
pub mod ban;
pub mod chat;
pub mod held;
pub mod mute;
pub mod notes;
pub mod pin;
pub mod reports;
pub mod services;
pub mod session;
pub mod settings;
pub mod undo;

use super::{ActionError, Moderation};
use contract::admin::{Actor, PersonKind, PersonRef, Right};
use contract::rest::Role;
use store::accounts::User;

/// Who acts, as read from the database at this call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// For the audit log.
    pub actor: Actor,
    /// What the author may do.
    pub role: Role,
}

impl Author {
    /// The author of a request.
    #[must_use]
    pub fn new(user: &User) -> Self {
        Self {
            actor: user.actor(),
            role: user.role,
        }
    }

    /// Checks a right.
    ///
    /// # Errors
    /// [`ActionError::RoleRequired`].
    pub fn needs(&self, right: Right) -> Result<(), ActionError> {
        match self.role >= right.needs() {
            true => Ok(()),
            false => Err(ActionError::RoleRequired),
        }
    }

    /// Hosts act on everybody, others only on who may do less than they.
    fn is_above(&self, other: Role) -> Result<(), ActionError> {
        match self.role >= Role::Host || other < self.role {
            true => Ok(()),
            false => Err(ActionError::RoleRequired),
        }
    }
}

impl Moderation {
    /// Whether `author` may sanction a person or lift their sanction, and the account if it is one that
    /// exists. Who acts on a guest acts on whoever is logged in with that guest's browser.
    async fn may_sanction(
        &self,
        author: &Author,
        person: &PersonRef,
    ) -> Result<Option<User>, ActionError> {
        if person.kind == PersonKind::Guest {
            return self.may_reach(author, &person.subject).map(|()| None);
        }
        if person.subject == author.actor.id {
            return Err(ActionError::OwnAccount);
        }
        let user = self.accounts().account(&person.subject).await?;
        if let Some(user) = &user {
            author.is_above(user.role)?;
        }
        Ok(user)
    }

    /// Whether everybody who is here with the browser of this digest is somebody `author` may act on.
    /// Those on other nodes are spared where a sanction takes effect (`persons_of`).
    fn may_reach(&self, author: &Author, digest: &str) -> Result<(), ActionError> {
        let mut verdict = Ok(());
        self.sessions().look(|it| {
            let account = it.visitor.account.as_ref();
            let reached = account.filter(|_| verdict.is_ok() && it.visitor.has_digest(digest));
            if let Some(account) = reached {
                verdict = match account.id == author.actor.id {
                    true => Err(ActionError::OwnAccount),
                    false => author.is_above(account.role),
                };
            }
        });
        verdict
    }

    /// The name people know a person by.
    async fn name_of(&self, person: &PersonRef, user: Option<&User>) -> Option<String> {
        if let Some(user) = user {
            return Some(user.username.clone());
        }
        let sighting = self.records().people.sighting(person).await.ok()?;
        if let Some(sighting) = sighting {
            return Some(sighting.name);
        }
        // An account that was never here has a name all the same.
        let is_account = person.kind == PersonKind::Account;
        let account = is_account.then(|| self.accounts().account(&person.subject));
        let account = account?.await.ok()??;
        Some(account.username)
    }
}
