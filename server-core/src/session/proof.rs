//! Logins that were believed while the store did not answer, and what it says later.

use super::SessionManager;
use identity::Account;
use world::ConnectionId;

/// A connection whose account was taken from its token's signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unproven {
    /// Which.
    pub connection: ConnectionId,
    /// The token it showed.
    pub token: Box<str>,
}

impl SessionManager {
    /// Waits until a connection was let in that way.
    pub async fn some_unproven(&self) {
        self.shared.unproven.notified().await;
    }

    /// All such connections that are still here.
    #[must_use]
    pub fn unproven(&self) -> Vec<Unproven> {
        let connections = self.connections_where(|it| it.unproven.lock().is_some());
        connections
            .iter()
            .filter_map(|connection| {
                let token = connection.unproven.lock().clone()?;
                Some(Unproven {
                    connection: connection.id,
                    token,
                })
            })
            .collect()
    }

    /// Takes over what the store says about one of them: the account as it is, or `None` when the
    /// token counts no more. Its player then leaves, and the socket is a guest's, as after a logout.
    pub fn prove(&self, unproven: &Unproven, account: Option<Account>) {
        let connection = self.shared.live.lock().get(unproven.connection).cloned();
        let Some(connection) = connection else { return };
        // A login that came meanwhile was proven by itself.
        let proven = connection
            .unproven
            .lock()
            .take_if(|token| *token == unproven.token)
            .is_some();
        if !proven {
            return;
        }
        let ended = account.is_none();
        connection.visitor.lock().account = account;
        if ended {
            let slow = self.release(&mut self.shared.live.lock(), connection.id, None);
            self.abort_slow(slow);
        }
    }
}
