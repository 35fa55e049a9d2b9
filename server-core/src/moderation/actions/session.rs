//! Kick, kick all, warn, announce.

use serde_json::{Value, json};
use tokio::time::Instant;

use super::Author;
use crate::moderation::{ActionError, Moderation, ModerationEvent};
use crate::roster::person_in;
use contract::StaffRole;
use contract::admin::action::ActionName;
use contract::admin::{ActionEntry, AdminSession, Right};
use contract::moderation::NoticeAuthor;
use runtime::clock::iso;
use store::accounts::NewEntry;
use store::records::RemarkKind;

/// The subject of what is done to everybody at once.
const EVERYBODY: &str = "everybody";

impl Moderation {
    /// Ends one session; the player reads the reason. A kick lasts no longer than the session, so unlike
    /// a ban it does not wait for the database: nobody is kept here by a full disk.
    ///
    /// # Errors
    /// [`ActionError::SessionGone`], [`ActionError::RoleRequired`], or [`ActionError::NotRecorded`], and
    /// the session ended all the same: its line of the audit log waits, its person's record lacks it.
    pub async fn kick(
        &self,
        author: &Author,
        session: &str,
        reason: &str,
    ) -> Result<ActionEntry, ActionError> {
        author.needs(Right::Kick)?;
        let target = self.session(session).await?;
        self.kick_target(author, &target, reason).await
    }

    /// Ends the session that holds a player.
    ///
    /// # Errors
    /// As [`Self::kick`].
    pub async fn kick_player(
        &self,
        author: &Author,
        player_id: &str,
        reason: &str,
    ) -> Result<ActionEntry, ActionError> {
        author.needs(Right::Kick)?;
        let target = self.roster().holder(player_id).await;
        let target = target.ok_or(ActionError::SessionGone)?;
        self.kick_target(author, &target, reason).await
    }

    async fn kick_target(
        &self,
        author: &Author,
        target: &AdminSession,
        reason: &str,
    ) -> Result<ActionEntry, ActionError> {
        may_act_on(author, target)?;
        let kick = ModerationEvent::Kick {
            session: target.id.clone(),
            reason: reason.to_owned(),
        };
        let ended = self.publish(kick).await;
        if ended == 0 && target.node == self.node().as_ref() {
            return Err(ActionError::SessionGone);
        }
        let person = person_in(target);
        let kicks = &self.records().kicks;
        let kept = kicks.add(&person, &author.actor, reason).await;
        let mut details = json!({ "reason": reason });
        match &kept {
            Ok(kept) => {
                details["kick"] = kept.id.as_str().into();
                self.keep_words(&kept.id, &person).await;
            }
            Err(error) => tracing::error!(%error, "the record of a person lacks a kick"),
        }
        let action = ActionName::SESSION_KICK;
        let action = self.note_about(author, action, target, details).await;
        kept.map_or(Err(ActionError::NotRecorded("session")), |_| Ok(action))
    }

    /// Ends every session that holds a player, but the author's own, on all nodes. Returns how many
    /// were reached; those of nodes that are away end when they are back.
    ///
    /// # Errors
    /// [`ActionError::RoleRequired`], or [`ActionError::NotRecorded`], and they ended all the same.
    pub async fn kick_all(
        &self,
        author: &Author,
        reason: &str,
    ) -> Result<(ActionEntry, usize), ActionError> {
        author.needs(Right::KickAll)?;
        let event = ModerationEvent::KickAll {
            reason: reason.to_owned(),
            spared: author.actor.id.clone(),
        };
        self.roster().fetch_remote().await;
        let remote = self.roster().reached().into_iter();
        let remote = remote.filter(|it| it.joined && it.subject != author.actor.id);
        let count = remote.count() + self.publish(event).await;
        let line = NewEntry {
            actor: &author.actor,
            action: ActionName::SESSION_KICK_ALL.as_str(),
            subject: EVERYBODY,
            subject_name: None,
            details: json!({ "reason": reason, "count": count }),
        };
        match self.write_down(&line).await {
            (action, true) => Ok((action, count)),
            (_, false) => Err(ActionError::NotRecorded("sessions")),
        }
    }

    /// Sends somebody a word of warning, which is remembered.
    ///
    /// # Errors
    /// [`ActionError::SessionGone`], [`ActionError::RoleRequired`], or [`ActionError::Store`], and
    /// nobody was warned.
    pub async fn warn(
        &self,
        author: &Author,
        session: &str,
        message: &str,
    ) -> Result<ActionEntry, ActionError> {
        author.needs(Right::Warn)?;
        let target = self.session(session).await?;
        may_act_on(author, &target)?;
        let person = person_in(&target);
        let remarks = &self.records().remarks;
        let warning = remarks
            .add(RemarkKind::Warning, &person, &author.actor, message)
            .await?;
        self.publish(ModerationEvent::Warned {
            session: session.to_owned(),
            person: person.clone(),
            message: message.to_owned(),
            id: Some(warning.id.clone()),
        })
        .await;
        self.keep_words(&warning.id, &person).await;
        let details = json!({ "warning": warning.id, "message": message });
        let action = ActionName::SESSION_WARN;
        Ok(self.note_about(author, action, &target, details).await)
    }

    /// Says something to one player alone. They read who says it, and as what.
    ///
    /// # Errors
    /// [`ActionError::SessionGone`], or [`ActionError::RoleRequired`], and nobody was told.
    pub async fn tell_session(
        &self,
        author: &Author,
        session: &str,
        message: &str,
    ) -> Result<ActionEntry, ActionError> {
        author.needs(Right::Tell)?;
        let target = self.session(session).await?;
        let from = NoticeAuthor {
            name: author.actor.name.clone(),
            role: StaffRole::of(author.role).ok_or(ActionError::RoleRequired)?,
        };
        let told = self
            .publish(ModerationEvent::Told {
                session: target.id.clone(),
                message: message.to_owned(),
                from,
            })
            .await;
        if told == 0 && target.node == self.node().as_ref() {
            return Err(ActionError::SessionGone);
        }
        let details = json!({ "message": message });
        let action = ActionName::SESSION_TELL;
        Ok(self.note_about(author, action, &target, details).await)
    }

    /// Sends everybody a word, which also stands in the chat, and above it until `pinned` (milliseconds since
    /// 1970). Returns how many sockets were reached, on all nodes. Those of nodes
    /// that are away hear it when they are back, and do not count.
    ///
    /// # Errors
    /// [`ActionError::RoleRequired`], [`ActionError::TooManyAnnouncements`], or [`ActionError::Store`] of one that
    /// is to stand; then nobody hears it.
    pub async fn announce(
        &self,
        author: &Author,
        message: &str,
        pinned: Option<i64>,
    ) -> Result<(ActionEntry, usize), ActionError> {
        author.needs(Right::Announce)?;
        self.inner
            .announcements
            .take(&author.actor.id, Instant::now())
            .map_err(ActionError::TooManyAnnouncements)?;
        if let Some(until) = pinned {
            self.pin(author, message, until).await?;
        }
        let event = ModerationEvent::Announced {
            message: message.to_owned(),
        };
        self.roster().fetch_remote().await;
        let reached = self.roster().reached().len();
        let recipients = reached + self.publish(event).await;
        self.sessions()
            .place_system_message(message.to_owned())
            .await;
        let mut details = json!({ "message": message, "recipients": recipients });
        if let Some(until) = pinned {
            details["until"] = json!(iso(until));
        }
        let action = ActionName::ANNOUNCEMENT;
        let action = self.note_about_all(author, action, details).await;
        Ok((action, recipients))
    }

    /// Notes what was done to one session; the details also say which person it was, for whoever looks when it is over.
    async fn note_about(
        &self,
        author: &Author,
        action: ActionName,
        target: &AdminSession,
        mut details: Value,
    ) -> ActionEntry {
        details["person"] = json!(person_in(target));
        details["playerId"] = json!(target.player_id);
        let name = target.name.as_deref();
        self.note(&author.actor, action, &target.id, name, details)
            .await
    }

    pub(super) async fn note_about_all(
        &self,
        author: &Author,
        action: ActionName,
        details: Value,
    ) -> ActionEntry {
        self.note(&author.actor, action, EVERYBODY, None, details)
            .await
    }
}

/// People may end their own sessions, and those of who may do less than they.
fn may_act_on(author: &Author, target: &AdminSession) -> Result<(), ActionError> {
    match target.role {
        Some(role) if target.subject != author.actor.id => author.is_above(role),
        _ => Ok(()),
    }
}
