//! Who is at the other end of a connection.

use std::net::IpAddr;

use sha2::{Digest, Sha256};

use contract::admin::{PersonKind, PersonRef};
use contract::batch::UpdateForm;
use contract::rest::Role;

/// The signed random secret that a browser or program keeps between visits, without its signature.
/// Whoever shows it again is the same guest.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct GuestSecret(pub String);

/// Before the digest of the guest that a renewed secret goes on from.
pub const ORIGIN_MARK: char = '~';

impl GuestSecret {
    /// Stands for the guest where the secret must not be kept or sent: who reads it cannot be that
    /// guest. A secret that a login made stands for the same guest as the one before it, so that a
    /// mute follows a browser through its logins.
    #[must_use]
    pub fn digest(&self) -> String {
        match self.0.split_once(ORIGIN_MARK) {
            Some((_, origin)) => origin.to_owned(),
            None => digest_of(&[&self.0]),
        }
    }

    /// Stands for the secret as shown from one address: who shows it from another one has another
    /// digest.
    #[must_use]
    pub fn digest_at(&self, address: IpAddr) -> String {
        digest_of(&[&self.0, "at", &address.to_canonical().to_string()])
    }
}

/// The first 128 bits of a SHA-256 over `parts`, in hexadecimal.
#[must_use]
pub fn digest_of(parts: &[&str]) -> String {
    let digest = Sha256::digest(parts.join(" ").as_bytes());
    let digest = u128::from_be_bytes(std::array::from_fn(|i| digest[i]));
    format!("{digest:032x}")
}

impl std::fmt::Debug for GuestSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("GuestSecret([redacted])")
    }
}

/// A logged-in person, as far as sessions care.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The account's id (a UUID), which is also its player id.
    pub id: String,
    /// Shown when a join brings no name.
    pub username: String,
    /// What it may do, as of the handshake, the login or the last change.
    pub role: Role,
    /// Whether it is a service account, which a program acts for.
    pub service: bool,
}

/// A guest secret that a login made, and its signed form.
#[derive(Debug, Clone)]
pub struct RenewedGuest {
    /// Who the browser is as a guest from now on.
    pub secret: GuestSecret,
    /// For clients that keep no cookies.
    pub token: String,
}

/// What the handshake settled about a socket.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// Where the client is, through trusted proxies.
    pub address: IpAddr,
    /// Whether it is a program or page of ours on this machine, which is exempt from caps and
    /// throttles. A conclusion of the handshake, never of [`Self::address`].
    pub local: bool,
    /// The secret that owns this socket's guest players.
    pub secret: GuestSecret,
    /// The secret in the browser's cookie jar after the handshake, when it is another one: a later
    /// login shows that one.
    pub cookie_secret: Option<GuestSecret>,
    /// The signed form of [`Self::secret`] for the join ack, unless a cookie carries it already.
    pub guest_token: Option<String>,
    /// The account a valid token named.
    pub account: Option<Account>,
    /// In which form the client reads updates.
    pub updates: UpdateForm,
    /// Whether the client reads announcements in the chat.
    pub log: bool,
    /// Whether the client wants no world in the answer to its join.
    pub lean: bool,
    /// Whether the client reads packed events.
    pub packed: bool,
    /// The join PIN the handshake carried, for clients that do not send it with each join.
    pub pin: Option<String>,
    /// The load test it belongs to, by a token that this server signed.
    pub load_test: Option<Box<str>>,
    /// What the client says it is, at most [`USER_AGENT_CHARS`] characters.
    pub user_agent: Option<Box<str>>,
}

/// Longest description of a client that is kept, in characters.
pub const USER_AGENT_CHARS: usize = 200;

impl Visitor {
    /// Whether this is somebody who looks after the world: they need no PIN.
    #[must_use]
    pub fn is_staff(&self) -> bool {
        self.account
            .as_ref()
            .is_some_and(|account| account.role >= Role::Viewer)
    }

    /// Whom limits and sanctions are about: the account when there is one, else the guest.
    #[must_use]
    pub fn person(&self) -> PersonRef {
        match &self.account {
            Some(account) => PersonRef {
                kind: PersonKind::Account,
                subject: account.id.clone(),
            },
            None => PersonRef {
                kind: PersonKind::Guest,
                subject: self.secret.digest(),
            },
        }
    }

    /// Whether this is a program: a client of a load test, or a service account. Both by a token that
    /// this server made, never by what a client says.
    #[must_use]
    pub fn is_bot(&self) -> bool {
        self.is_of_load_test() || self.is_service()
    }

    /// Whether this is a service account.
    #[must_use]
    pub fn is_service(&self) -> bool {
        self.account.as_ref().is_some_and(|account| account.service)
    }

    /// Whether this is a client of a load test that a host started here, of which nothing is kept.
    #[must_use]
    pub fn is_of_load_test(&self) -> bool {
        self.load_test.is_some()
    }

    /// Whether a browser that shows the secret with this digest is this visitor.
    #[must_use]
    pub fn has_digest(&self, digest: &str) -> bool {
        self.secrets().any(|secret| secret.digest() == digest)
    }

    /// As [`Self::has_digest`], for a digest of the secret as shown from this visitor's address.
    #[must_use]
    pub fn has_digest_here(&self, digest: &str) -> bool {
        self.secrets()
            .any(|secret| secret.digest_at(self.address) == digest)
    }

    fn secrets(&self) -> impl Iterator<Item = &GuestSecret> {
        std::iter::once(&self.secret).chain(&self.cookie_secret)
    }
}
