//! What moderators look up about live sessions.

use super::{ActionError, Moderation};
use crate::roster::person_in;
use contract::admin::AdminSession;
use contract::admin::person_record::PersonRecord;

impl Moderation {
    /// The live session with this id.
    ///
    /// # Errors
    /// [`ActionError::SessionGone`].
    pub(super) async fn session(&self, id: &str) -> Result<AdminSession, ActionError> {
        let session = self.roster().session(id).await;
        session.ok_or(ActionError::SessionGone)
    }

    /// One live session and what is known about its person.
    ///
    /// # Errors
    /// [`ActionError::SessionGone`], or [`ActionError::Store`].
    pub async fn session_detail(
        &self,
        id: &str,
    ) -> Result<(AdminSession, PersonRecord), ActionError> {
        let session = self.session(id).await?;
        let record = self.record(&person_in(&session)).await?;
        Ok((session, record))
    }
}
