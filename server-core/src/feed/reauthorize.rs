//! Looks at a watcher's token and role again.

use std::sync::Arc;

use super::{Feed, Viewer};
use contract::admin::feed::EndedCode;
use runtime::clock::now_ms;
use store::accounts::{Accounts, User};

/// Looks in a task of its own: the database may be slow, and the feed must not wait for it. The
/// task ends by itself, at the latest with the pool's own timeout.
pub(super) fn spawn(feed: Feed, viewer: Arc<Viewer>) {
    if !viewer.begin_reauthorizing() {
        return;
    }
    tokio::spawn(async move {
        let verdict = reauthorize(&feed.shared.parts.accounts, viewer.token()).await;
        viewer.reauthorized(verdict);
        feed.shared.wake.notify_one();
    });
}

/// The account behind a token as it is now, or why the feed ends; `None` when the database cannot
/// tell, and things stay as they are.
async fn reauthorize(accounts: &Accounts, token: &str) -> Option<Result<User, EndedCode>> {
    let user = match accounts.authenticate(token).await {
        Ok(Some(user)) => user,
        Ok(None) => return Some(Err(EndedCode::SignedOut)),
        Err(error) => {
            tracing::warn!(%error, "a moderator's login could not be looked at again");
            return None;
        }
    };
    let now = now_ms();
    let shut_out =
        user.restriction(now).is_some() || accounts.bans().account(&user.id, now).is_some();
    Some(match shut_out {
        true => Err(EndedCode::Demoted),
        false => Ok(user),
    })
}
