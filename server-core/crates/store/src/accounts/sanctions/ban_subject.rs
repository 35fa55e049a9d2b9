//! Whom a ban is about.

use std::net::IpAddr;

use contract::admin::{PersonKind, PersonRef};

use super::ban_index::BanIndex;
use super::subject::Subject;
use identity::GuestSecret;
use identity::{Block, Network};

/// What a ban is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum BanSubject {
    /// An account's id.
    Account(String),
    /// A guest, by a digest of its secret: the table must not hold what would let somebody else be
    /// that guest.
    Guest(String),
    /// A network, or a wider range of addresses.
    Address(Block),
}

impl BanSubject {
    /// The subject for a guest.
    #[must_use]
    pub fn guest(secret: &GuestSecret) -> Self {
        Self::Guest(secret.digest())
    }

    /// The subject for an address: its network, in which the next address is a click away.
    #[must_use]
    pub fn address(address: IpAddr) -> Self {
        Self::Address(Network::of(address).into())
    }

    /// The one person it is about; `None` for addresses.
    #[must_use]
    pub fn person(&self) -> Option<PersonRef> {
        let (kind, subject) = match self {
            Self::Address(_) => return None,
            Self::Account(id) => (PersonKind::Account, id.clone()),
            Self::Guest(digest) => (PersonKind::Guest, digest.clone()),
        };
        Some(PersonRef { kind, subject })
    }

    /// The subject for a range of addresses, which is a network at least.
    #[must_use]
    pub fn block(block: Block) -> Self {
        let network = Block::from(Network::of(block.base()));
        let is_part = block.prefix() > network.prefix();
        Self::Address(if is_part { network } else { block })
    }
}

impl Subject for BanSubject {
    const TABLE: &'static str = "bans";

    type Index = BanIndex;

    /// `account`, `guest` or `address`.
    fn kind(&self) -> &'static str {
        match self {
            Self::Account(_) => "account",
            Self::Guest(_) => "guest",
            Self::Address(_) => "address",
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Account(text) | Self::Guest(text) => text.clone(),
            Self::Address(block) => block.to_string(),
        }
    }

    fn parse(kind: &str, text: String) -> Option<Self> {
        match kind {
            "account" => Some(Self::Account(text)),
            "guest" => Some(Self::Guest(text)),
            // Earlier versions stored single addresses.
            "address" => text.parse().ok().map(Self::block),
            _ => None,
        }
    }

    fn note_in(&self, index: &mut BanIndex) {
        if let Self::Address(block) = self {
            index
                .prefixes
                .insert((block.base().is_ipv4(), block.prefix()));
        }
    }
}

impl From<PersonRef> for BanSubject {
    fn from(person: PersonRef) -> Self {
        match person.kind {
            PersonKind::Account => Self::Account(person.subject),
            PersonKind::Guest => Self::Guest(person.subject),
        }
    }
}
