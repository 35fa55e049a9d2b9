//! There is always somebody who looks after the world.
//!
//! What could take the last able host away is counted and changed in one transaction. Two hosts who
//! demote each other touch different rows, which no isolation level short of serializable keeps apart;
//! so each takes the turn of hosts first, a row that only one transaction can hold.

use sqlx::{Any, Executor, Row};

use super::{COMMAND_LINE_ID, LOCAL_HOST_ID};
use crate::storage::{Change, Lease, StoreError};
use contract::admin::Actor;
use runtime::clock::now_ms;

/// Why an account was not changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// No host would be left who can log in.
    #[error("no host would be left")]
    LastHost,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for ChangeError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

/// The turn of hosts, held until its transaction ends.
pub(super) struct HostTurn {
    able_before: u64,
}

impl HostTurn {
    /// Waits for the turn. To be called before anything else in the transaction, so that what is read
    /// afterwards is what the turn before left.
    pub(super) async fn take(connection: &mut Lease) -> Result<Self, StoreError> {
        sqlx::query(
            "INSERT INTO turns (name, taken) VALUES ('hosts', 1) \
             ON CONFLICT (name) DO UPDATE SET taken = turns.taken + 1",
        )
        .execute(&mut *connection)
        .await?;
        let able_before = count_able(&mut *connection).await?;
        Ok(Self { able_before })
    }

    /// Whether somebody could look after the world before this turn.
    pub(super) fn has_host(&self) -> bool {
        self.able_before > 0
    }

    /// The transaction to go on with after a change of an account that was `found`; undone, there is
    /// none when it was not.
    pub(super) async fn settle(
        self,
        mut transaction: Change,
        found: bool,
        actor: &Actor,
    ) -> Result<Option<Change>, ChangeError> {
        let verdict = match found {
            true => self.check(&mut transaction, actor).await.map(|()| true),
            false => Ok(false),
        };
        if let Ok(true) = verdict {
            return Ok(Some(transaction));
        }
        transaction.rollback().await?;
        verdict.map(|_| None)
    }

    /// Refuses a change after which nobody could look after the world any more. The window around this
    /// server is a host that nobody can take away, and the command line can make one.
    pub(super) async fn check(
        &self,
        connection: &mut Lease,
        actor: &Actor,
    ) -> Result<(), ChangeError> {
        let stays = [LOCAL_HOST_ID, COMMAND_LINE_ID].contains(&actor.id.as_str());
        let spared = stays || !self.has_host();
        match spared || count_able(connection).await? > 0 {
            true => Ok(()),
            false => Err(ChangeError::LastHost),
        }
    }
}

/// How many hosts can log in now: neither banned nor suspended, by their account or by a ban of it. The one
/// of the desktop window ([`super::LOCAL_HOST_EMAIL`]) has no way in but that window.
pub(super) async fn count_able(
    executor: impl Executor<'_, Database = Any>,
) -> Result<u64, StoreError> {
    let total: i64 = sqlx::query(
        "SELECT COUNT(*) FROM users WHERE role = 'host' AND is_banned = 0 AND email_folded <> 'local-host' \
         AND (suspension_until IS NULL OR suspension_until <= $1) \
         AND NOT EXISTS (SELECT 1 FROM bans WHERE bans.kind = 'account' \
         AND bans.subject = users.id AND bans.lifted_at IS NULL \
         AND (bans.until IS NULL OR bans.until > $1))",
    )
    .bind(now_ms())
    .fetch_one(executor)
    .await?
    .try_get(0)?;
    Ok(total.unsigned_abs())
}

#[cfg(test)]
mod tests;
