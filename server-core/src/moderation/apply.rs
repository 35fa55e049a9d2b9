//! What an event does on this node.

use super::{Moderation, ModerationEvent};
use crate::roster::persons_of;
use contract::admin::PersonRef;
use contract::moderation::{ModerationNotice, NoticeKind};
use contract::rest::Role;
use contract::{PlayerId, SessionTerminated, StaffRole, TerminationCode};
use identity::Visitor;
use runtime::clock::now_ms;
use store::accounts::{Accounts, User};
use store::storage::StoreError;

impl Moderation {
    /// Does on this node what an event says, whichever node it comes from. Returns how many sessions
    /// of this node it concerned.
    pub async fn apply(&self, event: &ModerationEvent) -> usize {
        match event {
            ModerationEvent::Kick { session, reason } => {
                let ended = self
                    .roster()
                    .own_connection(session)
                    .is_some_and(|id| self.sessions().end(id, &kicked(reason)));
                usize::from(ended)
            }
            ModerationEvent::KickAll { reason, spared } => {
                let spares =
                    |visitor: &Visitor| visitor.account.as_ref().is_some_and(|it| it.id == *spared);
                self.sessions().end_players(&kicked(reason), spares)
            }
            ModerationEvent::BansChanged => {
                warn(self.accounts().reload_bans().await, "bans");
                let ended = self
                    .sessions()
                    .end_with_notice(|visitor| self.ban_notice(visitor));
                self.sessions().review_access();
                ended
            }
            ModerationEvent::Muted {
                person,
                until,
                reason,
            } => {
                warn(self.records().mutes.reload().await, "mutes");
                let notice = muted(until.clone(), reason);
                self.sessions().notify(&notice, |it| is(it, person))
            }
            ModerationEvent::Unmuted { person } => {
                warn(self.records().mutes.reload().await, "mutes");
                self.notify_unmuted(person)
            }
            ModerationEvent::Warned {
                session,
                person,
                message,
                id,
            } => {
                self.records().counts.warned(person);
                let warning = ModerationNotice {
                    id: id.clone(),
                    ..ModerationNotice::new(NoticeKind::Warned, message)
                };
                self.notify(session, &warning)
            }
            ModerationEvent::Told {
                session,
                message,
                from,
            } => {
                let word = ModerationNotice {
                    from: Some(from.clone()),
                    ..ModerationNotice::new(NoticeKind::Announcement, message)
                };
                self.notify(session, &word)
            }
            ModerationEvent::Announced { message } => {
                let word = ModerationNotice::new(NoticeKind::Announcement, message);
                self.sessions().announce(&word)
            }
            ModerationEvent::PinChanged => {
                warn(self.records().pins.reload().await, "pinned announcement");
                self.show_pin();
                self.feed().look_again();
                0
            }
            ModerationEvent::ChatPlaced { message } => {
                self.feed().activity().received(message.as_ref().clone());
                0
            }
            ModerationEvent::ChatRemoved { id } => {
                self.inner.removals.note(id);
                self.feed().activity().removed(id);
                usize::from(self.sessions().remove_message(id))
            }
            ModerationEvent::ChatRestored { message } => {
                self.inner.removals.forget(&message.message.id);
                self.sessions().restore_message(&message.message);
                self.feed().activity().restored(message);
                0
            }
            ModerationEvent::HeldChanged => {
                warn(self.records().held.reload().await, "held lines");
                self.feed().look_again();
                0
            }
            ModerationEvent::LineRefused { person, content } => {
                let notice = refused(content);
                self.sessions().notify(&notice, |it| is(it, person))
            }
            ModerationEvent::LineLapsed { person, content } => {
                let notice = lapsed(content);
                self.sessions().notify(&notice, |it| is(it, person))
            }
            ModerationEvent::SettingsChanged => {
                warn(self.settings().reload().await, "settings");
                self.sessions()
                    .set_world(&self.settings().now().world_info());
                self.sessions().set_mood(self.settings().now().mood());
                self.sessions().review_access();
                self.feed().look_again();
                0
            }
            ModerationEvent::AccountChanged { id, signed_out } => {
                self.account_changed(id, *signed_out).await
            }
            ModerationEvent::Recorded { action } => {
                self.feed().activity().acted(action);
                0
            }
            ModerationEvent::Watching { node, fresh } => {
                self.roster().watched_from(node, *fresh);
                0
            }
            ModerationEvent::Roster { update } => {
                self.roster().remote().take(update);
                0
            }
            ModerationEvent::ReportChanged { report } => {
                warn(self.records().recount().await, "reports");
                self.feed().activity().reported(report);
                0
            }
        }
    }

    /// Takes over what the accounts are that somebody here is logged in to.
    pub(super) async fn reload_accounts(&self) -> Result<(), StoreError> {
        self.sessions().set_staff(keepers(self.accounts()).await?);
        for id in self.sessions().live_accounts() {
            let user = self.accounts().account(&id).await?;
            self.take_over(&id, user.as_ref());
        }
        Ok(())
    }

    /// Takes over what an account now is.
    async fn account_changed(&self, id: &str, signed_out: bool) -> usize {
        self.feed().recheck(id);
        // Until it was read; `server::logins` tries again.
        self.accounts().ended().doubt(id);
        let read = async {
            self.accounts().ended().reload().await?;
            self.accounts().account(id).await
        };
        let user = match read.await {
            Ok(user) => user,
            Err(error) => {
                tracing::warn!(%error, "a changed account could not be read");
                if signed_out {
                    self.sessions().release_account(id);
                }
                return 0;
            }
        };
        self.accounts().ended().trust(id);
        warn(self.accounts().reload_bans().await, "bans");
        let ended = self.take_over(id, user.as_ref());
        if user.is_none() {
            return ended;
        }
        if signed_out {
            self.sessions().release_account(id);
        }
        let ended = self.sessions().end_with_notice(|visitor| {
            let own = visitor.account.as_ref().is_some_and(|it| it.id == id);
            own.then(|| self.ban_notice(visitor)).flatten()
        });
        self.sessions().review_access();
        ended
    }

    /// Gives live sessions the role of their account, and ends those of one that is gone. Returns how
    /// many ended.
    fn take_over(&self, id: &str, user: Option<&User>) -> usize {
        let shown = user.and_then(|user| StaffRole::of(user.role));
        self.sessions().note_staff(id, shown);
        if let Some(user) = user {
            self.sessions().set_role(id, user.role);
            return 0;
        }
        let sentence = "Your account was removed.";
        let notice = SessionTerminated::because(TerminationCode::Kicked, sentence, None);
        self.sessions().end_account_sessions(id, &notice)
    }

    /// Sends a notice to a session of this node. Returns how many it reached.
    fn notify(&self, session: &str, notice: &ModerationNotice) -> usize {
        let connection = self.roster().own_connection(session);
        let reached = connection.is_some_and(|id| self.sessions().notify_one(id, notice));
        usize::from(reached)
    }

    fn notify_unmuted(&self, person: &PersonRef) -> usize {
        let now = now_ms();
        let notice = ModerationNotice::new(NoticeKind::Unmuted, "You may speak again.");
        self.sessions().notify(&notice, |visitor| {
            is(visitor, person)
                && self
                    .records()
                    .mutes
                    .active(&persons_of(visitor), now)
                    .is_none()
        })
    }
}

/// Who looks after the world when they are in.
pub(crate) async fn keepers(accounts: &Accounts) -> Result<Vec<(PlayerId, StaffRole)>, StoreError> {
    let staff = accounts.users().staff().await?.into_iter();
    let shown = |(id, role): (String, Role)| Some((PlayerId::trusted(id), StaffRole::of(role)?));
    Ok(staff.filter_map(shown).collect())
}

fn is(visitor: &Visitor, person: &PersonRef) -> bool {
    persons_of(visitor).contains(person)
}

fn kicked(reason: &str) -> SessionTerminated {
    match reason {
        "" => SessionTerminated::plain(TerminationCode::Kicked),
        reason => SessionTerminated::because(TerminationCode::Kicked, reason, None),
    }
}

fn muted(until: Option<String>, reason: &str) -> ModerationNotice {
    let message = match reason {
        "" => "A moderator muted you.".to_owned(),
        reason => format!("A moderator muted you. Reason: {reason}"),
    };
    ModerationNotice {
        until,
        reason: Some(reason.to_owned()),
        ..ModerationNotice::new(NoticeKind::Muted, message)
    }
}

fn refused(content: &str) -> ModerationNotice {
    let sentence = "A moderator did not let your line through. Nobody else has read it.";
    ModerationNotice {
        content: Some(content.to_owned()),
        ..ModerationNotice::new(NoticeKind::Refused, sentence)
    }
}

fn lapsed(content: &str) -> ModerationNotice {
    let sentence = "No moderator decided about your line in time. Nobody else has read it.";
    ModerationNotice {
        content: Some(content.to_owned()),
        ..ModerationNotice::new(NoticeKind::Lapsed, sentence)
    }
}

/// What could not be read stays as it was; the next event or start reads it again.
fn warn(result: Result<(), StoreError>, what: &str) {
    if let Err(error) = result {
        tracing::warn!(%error, what, "could not be read again");
    }
}
