//! Live sessions under the ids the administration knows them by.

use super::{ActionError, Moderation, person_of};
use crate::protocol::PlayerId;
use crate::protocol::admin::AdminSession;
use crate::protocol::admin::person::PersonRecord;
use crate::session::overview::Target;
use crate::world::ConnectionId;

/// A connection's id with its node, as in `AdminSession`.
#[must_use]
pub fn session_id(node: &str, connection: ConnectionId) -> String {
    format!("{node}-{}", connection.0)
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
    pub(super) fn target(&self, id: &str) -> Result<Target, ActionError> {
        self.own_session(id)
            .and_then(|id| self.sessions().target(id))
            .ok_or(ActionError::SessionGone)
    }

    /// Every live session, newest first.
    #[must_use]
    pub fn list_sessions(&self) -> Vec<AdminSession> {
        self.feed().lister().all(self.sessions())
    }

    /// One live session and what is known about its person.
    ///
    /// # Errors
    /// [`ActionError::SessionGone`], or the database fails.
    pub async fn session_detail(
        &self,
        id: &str,
    ) -> Result<(AdminSession, PersonRecord), ActionError> {
        let target = self.target(id)?;
        let session = self.feed().lister().one(self.sessions(), target.id);
        let session = session.ok_or(ActionError::SessionGone)?;
        let record = self.record(&person_of(&target.visitor)).await?;
        Ok((session, record))
    }

    /// The id of the live session that holds a player, if it is one of this node.
    #[must_use]
    pub fn session_of(&self, player_id: &str) -> Option<String> {
        let target = self.sessions().target_of(&PlayerId::trusted(player_id))?;
        Some(session_id(self.node(), target.id))
    }
}
