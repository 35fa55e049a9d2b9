//! Looks again at logins that were decided while the database did not answer.

use std::time::Duration;

use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use crate::moderation::{ActionError, Moderation, ModerationEvent, keepers};
use session::SessionManager;
use store::accounts::Accounts;
use store::storage::StoreError;

/// How soon an ended login, or somebody new who looks after the world, is known here after another process
/// changed them without a word, such as `comutiny-server user password`.
const READ_EVERY: Duration = Duration::from_secs(15);
/// Time between two tries while the database fails.
const TRY_EVERY: Duration = Duration::from_secs(1);

/// Keeps what is known of ended logins fresh until `stop`, and asks again about those who came in by
/// their token's signature alone, as soon as the database answers.
pub(super) async fn keep_logins(
    accounts: Accounts,
    moderation: Moderation,
    sessions: SessionManager,
    stop: CancellationToken,
) {
    let mut degraded = accounts.database().watch_degraded();
    let keeping = async {
        loop {
            tokio::select! {
                () = sessions.some_unproven() => {}
                _ = degraded.changed() => {}
                () = sleep(READ_EVERY) => {}
            }
            while let Err(error) = look_again(&accounts, &moderation, &sessions).await {
                tracing::debug!(%error, "logins could not be looked at again");
                sleep(TRY_EVERY).await;
            }
        }
    };
    stop.run_until_cancelled(keeping).await;
}

async fn look_again(
    accounts: &Accounts,
    moderation: &Moderation,
    sessions: &SessionManager,
) -> Result<(), StoreError> {
    accounts.ended().reload().await?;
    sessions.set_staff(keepers(accounts).await?);
    for id in accounts.ended().doubted() {
        let changed = ModerationEvent::AccountChanged {
            id,
            signed_out: false,
        };
        moderation.apply(&changed).await;
    }
    if let Err(ActionError::Store(error)) = moderation.end_revoked_services().await {
        return Err(error);
    }
    for unproven in sessions.unproven() {
        let user = accounts.authenticate(&unproven.token).await?;
        sessions.prove(&unproven, user.as_ref().map(store::accounts::User::account));
    }
    Ok(())
}
