//! Mutes.

use serde_json::json;

use super::Author;
use crate::moderation::{ActionError, Moderation, ModerationEvent};
use crate::roster::person_in;
use contract::admin::action::ActionName;
use contract::admin::{ActionEntry, PersonKind, PersonRef, Right};
use runtime::clock::iso;
use store::accounts::{NewSanction, StoredMute};

impl Moderation {
    /// Mutes the person who holds a session.
    ///
    /// # Errors
    /// [`ActionError::SessionGone`], and those of [`Self::mute`].
    pub async fn mute_session(
        &self,
        author: &Author,
        session: &str,
        reason: &str,
        until: Option<i64>,
    ) -> Result<(ActionEntry, StoredMute), ActionError> {
        author.needs(Right::Mute)?;
        let target = self.session(session).await?;
        let person = person_in(&target);
        self.mute_named(author, &person, target.name, reason, until)
            .await
    }

    /// Mutes a person. Their chat is refused from now on, and they are told.
    ///
    /// # Errors
    /// [`ActionError::OwnAccount`], [`ActionError::RoleRequired`], [`ActionError::NotFound`] for an
    /// account that does not exist, or [`ActionError::Store`], and nobody is muted.
    pub async fn mute(
        &self,
        author: &Author,
        person: &PersonRef,
        reason: &str,
        until: Option<i64>,
    ) -> Result<(ActionEntry, StoredMute), ActionError> {
        author.needs(Right::Mute)?;
        self.mute_named(author, person, None, reason, until).await
    }

    async fn mute_named(
        &self,
        author: &Author,
        person: &PersonRef,
        name: Option<String>,
        reason: &str,
        until: Option<i64>,
    ) -> Result<(ActionEntry, StoredMute), ActionError> {
        let user = self.may_sanction(author, person).await?;
        if person.kind == PersonKind::Account && user.is_none() {
            return Err(ActionError::NotFound("account"));
        }
        let name = match name {
            Some(name) => Some(name),
            None => self.name_of(person, user.as_ref()).await,
        };
        let new = NewSanction {
            subject: person.clone(),
            subject_name: name.as_deref(),
            reason,
            until,
            by: &author.actor,
        };
        let mute = self.records().mutes.create(new).await?;
        self.publish(ModerationEvent::Muted {
            person: person.clone(),
            until: until.map(iso),
            reason: reason.to_owned(),
        })
        .await;
        self.keep_words(&mute.id, person).await;
        let details = json!({
            "mute": mute.id,
            "kind": person.kind,
            "reason": reason,
            "until": until.map(iso),
        });
        let action = self
            .note(
                &author.actor,
                ActionName::MUTE_CREATE,
                &person.subject,
                name.as_deref(),
                details,
            )
            .await;
        Ok((action, mute))
    }

    /// Lifts a mute; the person is told.
    ///
    /// # Errors
    /// [`ActionError::NotFound`] when there is none or it was lifted before;
    /// [`ActionError::OwnAccount`], [`ActionError::RoleRequired`], or [`ActionError::Store`].
    pub async fn lift_mute(&self, author: &Author, id: &str) -> Result<ActionEntry, ActionError> {
        author.needs(Right::Mute)?;
        let mute = self.unmute(author, id).await?;
        let mute = mute.ok_or(ActionError::NotFound("mute"))?;
        let details = json!({ "mute": mute.id, "kind": mute.subject.kind });
        let name = mute.subject_name.as_deref();
        Ok(self
            .note(
                &author.actor,
                ActionName::MUTE_LIFT,
                &mute.subject.subject,
                name,
                details,
            )
            .await)
    }

    /// Nobody lifts what they could not have laid on: not their own mute, nor that of somebody above.
    pub(super) async fn unmute(
        &self,
        author: &Author,
        id: &str,
    ) -> Result<Option<StoredMute>, ActionError> {
        if let Some(mute) = self.records().mutes.by_id(id).await? {
            self.may_sanction(author, &mute.subject).await?;
        }
        let lifted = self.records().mutes.lift(id, &author.actor).await?;
        if let Some(mute) = &lifted {
            self.publish(ModerationEvent::Unmuted {
                person: mute.subject.clone(),
            })
            .await;
        }
        Ok(lifted)
    }
}
