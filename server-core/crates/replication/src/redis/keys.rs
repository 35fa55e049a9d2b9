//! Names in Redis, and what stands for people there.

use std::net::IpAddr;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::{Owner, Proof};

/// The keys and the channel of one world. All carry one hash tag, so that on a Redis Cluster they
/// lie together and a script reaches them all.
#[derive(Debug, Clone)]
pub(super) struct WorldKeys {
    keys: [String; 7],
    /// Where events are published.
    pub(super) channel: String,
    /// Where nodes tell all others their moves; followed by a node's id, what is for that node alone.
    pub(super) moves: String,
    /// Begins the channels of the Socket.IO adapter.
    pub(super) adapter: String,
}

impl WorldKeys {
    pub(super) fn new(prefix: &str) -> Self {
        let name = |part: &str| format!("{{{prefix}}}:{part}");
        Self {
            keys: [
                "meta", "own", "players", "leases", "chat", "notices", "nodes",
            ]
            .map(name),
            channel: name("events"),
            moves: name("moves"),
            adapter: name("socket.io"),
        }
    }

    /// What others ask and answer one node alone.
    pub(super) fn moves_of(&self, node: &str) -> String {
        format!("{}:{node}", self.moves)
    }

    /// In the order `scripts/prelude.lua` expects.
    pub(super) fn all(&self) -> &[String; 7] {
        &self.keys
    }
}

/// A [`Proof`] as it is kept in Redis: comparable, and no secret or address.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct ClaimantDigest {
    /// `a:` for an account, `g:` for a guest, then a keyed digest.
    pub(super) owner: String,
    pub(super) address: String,
}

impl ClaimantDigest {
    pub(super) fn is_guest(&self) -> bool {
        self.owner.starts_with("g:")
    }
}

/// Turns proofs into digests, with a key all nodes share.
#[derive(Clone)]
pub(super) struct Digester(Hmac<Sha256>);

impl Digester {
    #[expect(
        clippy::expect_used,
        reason = "HMAC is defined for keys of every length"
    )]
    pub(super) fn new(key: &[u8]) -> Self {
        Self(Hmac::new_from_slice(key).expect("HMAC takes keys of every length"))
    }

    pub(super) fn claimant(&self, proof: &Proof) -> ClaimantDigest {
        let owner = match &proof.owner {
            Owner::Account(id) => format!("a:{}", self.digest(b"account", &id.to_lowercase())),
            Owner::Guest(secret) => format!("g:{}", self.digest(b"guest", secret)),
        };
        let address = self.address(proof.address);
        ClaimantDigest { owner, address }
    }

    fn address(&self, address: IpAddr) -> String {
        self.digest(b"address", &address.to_canonical().to_string())
    }

    fn digest(&self, kind: &[u8], text: &str) -> String {
        let mut mac = self.0.clone();
        mac.update(kind);
        mac.update(b"\0");
        mac.update(text.as_bytes());
        let digest = mac.finalize().into_bytes();
        let head = u128::from_be_bytes(std::array::from_fn(|i| digest[i]));
        format!("{head:032x}")
    }
}

impl std::fmt::Debug for Digester {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Marker([redacted])")
    }
}
