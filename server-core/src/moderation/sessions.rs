//! Live sessions of all nodes, under the ids the administration knows them by.

use super::{ActionError, Moderation};
use contract::PlayerId;
use contract::admin::person::PersonRecord;
use contract::admin::{AdminSession, PersonKind, PersonRef, SessionKind};
use world::ConnectionId;

/// A connection's id with its node, as in `AdminSession`.
#[must_use]
pub fn session_id(node: &str, connection: ConnectionId) -> String {
    format!("{node}-{}", connection.0)
}

/// The person who holds a session.
#[must_use]
pub fn person_in(session: &AdminSession) -> PersonRef {
    PersonRef {
        kind: match session.kind {
            SessionKind::Account => PersonKind::Account,
            SessionKind::Guest | SessionKind::Bot => PersonKind::Guest,
        },
        subject: session.subject.clone(),
    }
}

impl Moderation {
    /// The connection of this node that a session id names, whether or not it still lives.
    pub(super) fn own_session(&self, id: &str) -> Option<ConnectionId> {
        let (node, number) = id.rsplit_once('-')?;
        let number = number.parse().ok().map(ConnectionId)?;
        (node == self.node().as_ref()).then_some(number)
    }

    /// The live session with this id.
    ///
    /// # Errors
    /// [`ActionError::SessionGone`].
    pub(super) async fn session(&self, id: &str) -> Result<AdminSession, ActionError> {
        match self.own_session(id) {
            Some(id) => self.feed().lister().one(self.sessions(), id),
            None => {
                self.feed().ask_elsewhere().await;
                self.feed().elsewhere().session(id)
            }
        }
        .ok_or(ActionError::SessionGone)
    }

    /// The live session that holds a player, on any node.
    ///
    /// # Errors
    /// [`ActionError::SessionGone`].
    pub(super) async fn find_holder(&self, player_id: &str) -> Result<AdminSession, ActionError> {
        let id = PlayerId::trusted(player_id);
        if self.sessions().holder(&id).is_none() {
            self.feed().ask_elsewhere().await;
        }
        self.holder(player_id).ok_or(ActionError::SessionGone)
    }

    /// The live session that holds a player, as far as it is known without asking.
    pub(super) fn holder(&self, player_id: &str) -> Option<AdminSession> {
        match self.sessions().holder(&PlayerId::trusted(player_id)) {
            Some(id) => self.feed().lister().one(self.sessions(), id),
            None => self.feed().elsewhere().holder(player_id),
        }
    }

    /// Every live session: those of this node first, newest first.
    pub async fn list_sessions(&self) -> Vec<AdminSession> {
        self.feed().ask_elsewhere().await;
        let mut all = self.feed().lister().all(self.sessions());
        all.extend(self.feed().elsewhere().all());
        all
    }

    /// One live session and what is known about its person.
    ///
    /// # Errors
    /// [`ActionError::SessionGone`], or the database fails.
    pub async fn session_detail(
        &self,
        id: &str,
    ) -> Result<(AdminSession, PersonRecord), ActionError> {
        let session = self.session(id).await?;
        let record = self.record(&person_in(&session)).await?;
        Ok((session, record))
    }
}
