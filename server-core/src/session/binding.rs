//! Logins and logouts that reach live sockets.

use std::sync::Arc;

use super::SessionManager;
use super::connection::Connection;
use super::identity::{Account, GuestSecret};
use crate::protocol::SessionTerminated;

impl SessionManager {
    /// A login or registration from the browser that holds `secret`: its live sockets now act for
    /// `account`, and may join under its id.
    pub fn bind_login(&self, secret: &GuestSecret, account: &Account) {
        for connection in
            self.connections_where(|connection| connection.visitor.lock().shows(secret))
        {
            connection.visitor.lock().account = Some(account.clone());
        }
    }

    /// A logout: the live sockets of that browser (`secret`), or all of the account when `None`,
    /// give their player up and are guests again.
    pub fn release_login(&self, account_id: &str, secret: Option<&GuestSecret>) {
        for connection in self.connections_where(|connection| {
            let visitor = connection.visitor.lock();
            belongs_to(visitor.account.as_ref(), account_id)
                && secret.is_none_or(|secret| visitor.shows(secret))
        }) {
            connection.visitor.lock().account = None;
            // The socket did not ask for this itself, so it is told like everybody else.
            let slow = self.release(&mut self.shared.live.lock(), connection.id, None);
            self.cut_slow(slow);
        }
    }

    /// Ends every live session of an account. Returns how many.
    pub fn end_account_sessions(&self, account_id: &str, notice: &SessionTerminated) -> usize {
        self.end_where(notice, |connection| {
            belongs_to(connection.visitor.lock().account.as_ref(), account_id)
        })
    }

    pub(super) fn connections_where(
        &self,
        matches: impl Fn(&Connection) -> bool,
    ) -> Vec<Arc<Connection>> {
        let roster = self.shared.live.lock().roster();
        roster
            .iter()
            .filter(|connection| matches(connection))
            .cloned()
            .collect()
    }
}

fn belongs_to(account: Option<&Account>, id: &str) -> bool {
    account.is_some_and(|account| account.id.eq_ignore_ascii_case(id))
}
