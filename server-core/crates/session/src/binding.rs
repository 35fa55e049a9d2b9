//! Logins and logouts that reach live sockets.
//!
//! A guest secret is no proof that a socket is the page that logs in: somebody may have planted it in
//! the browser, or seen it. A login therefore makes a new one, and takes along only sockets that are
//! proven otherwise (CWE-384, session fixation).

use std::net::IpAddr;
use std::sync::Arc;

use tokio::time::Instant;

use super::SessionManager;
use super::connection::Connection;
use contract::SessionTerminated;
use contract::rest::Role;
use identity::{Account, GuestSecret, RenewedGuest, Visitor, digest_of};
use replication::Notice;

/// What shows that live sockets belong to whoever logs in.
#[derive(Debug, Clone)]
pub enum LoginProof {
    /// The one-time ticket that one socket was given (`session:ticket`).
    Ticket(String),
    /// For clients that know no ticket: the secret shown with the login, from the very address that
    /// logs in.
    Guest {
        /// The secret.
        secret: GuestSecret,
        /// Where the login comes from.
        address: IpAddr,
    },
}

impl LoginProof {
    /// By what every node finds the sockets, and nobody can be them who reads it.
    fn digest(&self) -> String {
        match self {
            Self::Ticket(ticket) => ticket_digest(ticket),
            Self::Guest { secret, address } => secret.digest_at(*address),
        }
    }
}

impl SessionManager {
    /// A login or registration: the sockets it proves to be its own, on all nodes, now act for
    /// `account`, may join under its id, and are the guest that `seed` makes when they log out.
    ///
    /// Staff are never bound by a secret: what they may do is worth planting one. They reconnect.
    pub fn bind_login(&self, proof: &LoginProof, account: &Account, seed: &str) {
        if matches!(proof, LoginProof::Guest { .. }) && account.role >= Role::Viewer {
            return;
        }
        let proof = proof.digest();
        self.bind_proven(&proof, account, seed);
        self.shared.hub.publish(Notice::LoggedIn {
            guest: proof,
            account: account.id.clone(),
            username: account.username.clone(),
            role: account.role,
            seed: seed.to_owned(),
        });
    }

    pub(super) fn bind_proven(&self, proof: &str, account: &Account, seed: &str) {
        let renewed = self.shared.directory.renewed_guest(seed);
        for connection in self.connections_where(|it| is_proven(it, proof, account)) {
            become_account(&mut connection.visitor.lock(), account, &renewed);
            self.measure_anew(&connection);
            connection.unproven.lock().take();
        }
        self.review_access();
    }

    /// A connection acts for somebody else from now on, and draws on what they have left.
    fn measure_anew(&self, connection: &Connection) {
        let visitor = connection.visitor.lock().clone();
        let meter = self.shared.budgets.lock().meter(&visitor, Instant::now());
        *connection.meter.lock() = meter;
    }

    /// A fresh ticket for a socket; the one before counts no more.
    pub(super) fn new_ticket(connection: &Connection) -> String {
        let ticket = uuid::Uuid::new_v4().simple().to_string();
        *connection.ticket.lock() = Some(ticket_digest(&ticket).into());
        ticket
    }

    /// A logout: the live sockets of that browser (`secret`), or all of the account when `None`,
    /// give their player up and are guests again, on all nodes.
    pub fn release_login(&self, account_id: &str, secret: Option<&GuestSecret>) {
        let guest = secret.map(GuestSecret::digest);
        self.unbind_digest(account_id, guest.as_deref());
        self.shared.hub.publish(Notice::LoggedOut {
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
            self.abort_slow(slow);
        }
        self.review_access();
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

fn become_account(visitor: &mut Visitor, account: &Account, renewed: &RenewedGuest) {
    visitor.account = Some(account.clone());
    visitor.secret = renewed.secret.clone();
    visitor.cookie_secret = None;
    if visitor.guest_token.is_some() {
        visitor.guest_token = Some(renewed.token.clone());
    }
}

/// Whether a socket is proven to be the page that logs in. Its ticket is spent by that. A secret moves
/// no socket that acts for another account already.
fn is_proven(connection: &Connection, proof: &str, account: &Account) -> bool {
    let ticket = connection.ticket.lock().take_if(|it| **it == *proof);
    let visitor = connection.visitor.lock();
    let free = visitor.account.is_none() || belongs_to(visitor.account.as_ref(), &account.id);
    ticket.is_some() || (free && visitor.has_digest_here(proof))
}

fn ticket_digest(ticket: &str) -> String {
    digest_of(&["ticket", ticket])
}

fn belongs_to(account: Option<&Account>, id: &str) -> bool {
    account.is_some_and(|account| account.id.eq_ignore_ascii_case(id))
}
