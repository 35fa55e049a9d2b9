//! Logins and logouts that reach live sockets.

use std::sync::Arc;

use tokio::time::Instant;

use super::SessionManager;
use super::connection::Connection;
use super::identity::{Account, GuestSecret};
use crate::protocol::SessionTerminated;
use crate::replication::Notice;

impl SessionManager {
    /// A login or registration from the browser that holds `secret`: its live sockets, on all
    /// nodes, now act for `account`, and may join under its id.
    pub fn bind_login(&self, secret: &GuestSecret, account: &Account) {
        let guest = secret.digest();
        self.bind_digest(&guest, account);
        self.shared.hub.tell(Notice::LoggedIn {
            guest,
            account: account.id.clone(),
            username: account.username.clone(),
            role: account.role,
        });
    }

    pub(super) fn bind_digest(&self, guest: &str, account: &Account) {
        for connection in self.connections_where(|it| it.visitor.lock().has_digest(guest)) {
            connection.visitor.lock().account = Some(account.clone());
            self.measure_anew(&connection);
            connection.unproven.lock().take();
        }
        self.review_doors();
    }

    /// A connection acts for somebody else from now on, and draws on what they have left.
    fn measure_anew(&self, connection: &Connection) {
        let visitor = connection.visitor.lock().clone();
        let meter = self.shared.budgets.lock().meter(&visitor, Instant::now());
        *connection.meter.lock() = meter;
    }

    /// A logout: the live sockets of that browser (`secret`), or all of the account when `None`,
    /// give their player up and are guests again, on all nodes.
    pub fn release_login(&self, account_id: &str, secret: Option<&GuestSecret>) {
        let guest = secret.map(GuestSecret::digest);
        self.unbind_digest(account_id, guest.as_deref());
        self.shared.hub.tell(Notice::LoggedOut {
            account: account_id.to_owned(),
            guest,
        });
    }

    pub(super) fn unbind_digest(&self, account_id: &str, guest: Option<&str>) {
        for connection in self.connections_where(|connection| {
            let visitor = connection.visitor.lock();
            belongs_to(visitor.account.as_ref(), account_id)
                && guest.is_none_or(|guest| visitor.has_digest(guest))
        }) {
            connection.visitor.lock().account = None;
            self.measure_anew(&connection);
            connection.unproven.lock().take();
            // The socket did not ask for this itself, so it is told like everybody else.
            let slow = self.release(&mut self.shared.live.lock(), connection.id, None);
            self.cut_slow(slow);
        }
        self.review_doors();
    }

    /// As [`Self::release_login`] for a whole account, on this node only.
    pub fn release_account(&self, account_id: &str) {
        self.unbind_digest(account_id, None);
    }

    /// Ends every live session of an account on this node. Returns how many.
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
