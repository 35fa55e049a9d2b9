//! A ban, whom it is about, and how long it holds.

use std::net::IpAddr;

use sqlx::Row;
use sqlx::any::AnyRow;

use contract::admin::Actor;
use identity::GuestSecret;
use identity::{Block, Network};
use runtime::clock::iso;

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

/// A ban as it concerns the person at the door.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActiveBan {
    /// What the moderator wrote; may be empty.
    pub reason: String,
    /// Milliseconds since 1970; `None` for good.
    pub until: Option<i64>,
}

/// A ban as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ban {
    /// A UUID.
    pub id: String,
    /// Whom it is about.
    pub subject: BanSubject,
    /// How people called the subject when it was banned.
    pub subject_name: Option<String>,
    /// What the moderator wrote.
    pub reason: String,
    /// Milliseconds since 1970; `None` for good.
    pub until: Option<i64>,
    /// Who banned, as they were called then.
    pub created_by: Actor,
    /// Milliseconds since 1970.
    pub created_at: i64,
    /// When it was lifted, if it was.
    pub lifted_at: Option<i64>,
    /// Who lifted it, as they were called then.
    pub lifted_by: Option<Actor>,
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

    /// The subject for a range of addresses, which is a network at least.
    #[must_use]
    pub fn block(block: Block) -> Self {
        let network = Block::from(Network::of(block.base()));
        let is_part = block.prefix() > network.prefix();
        Self::Address(if is_part { network } else { block })
    }

    /// `account`, `guest` or `address`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Account(_) => "account",
            Self::Guest(_) => "guest",
            Self::Address(_) => "address",
        }
    }

    /// The subject as text, as stored.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Account(text) | Self::Guest(text) => text.clone(),
            Self::Address(block) => block.to_string(),
        }
    }

    /// Reads what [`Self::kind`] and [`Self::text`] write.
    #[must_use]
    pub fn parse(kind: &str, text: String) -> Option<Self> {
        match kind {
            "account" => Some(Self::Account(text)),
            "guest" => Some(Self::Guest(text)),
            // Earlier versions stored single addresses.
            "address" => text.parse().ok().map(Self::block),
            _ => None,
        }
    }
}

impl ActiveBan {
    /// Its end in ISO 8601; `None` for good.
    #[must_use]
    pub fn until_iso(&self) -> Option<String> {
        self.until.map(iso)
    }

    /// Whether it is not over at `now` (milliseconds since 1970).
    #[must_use]
    pub fn holds(&self, now: i64) -> bool {
        self.until.is_none_or(|until| until > now)
    }

    pub(super) fn end(&self) -> i64 {
        self.until.unwrap_or(i64::MAX)
    }
}

/// `None` for a row whose subject is not readable, which nothing of ours writes.
pub(super) fn from_row(row: &AnyRow) -> Result<Option<Ban>, sqlx::Error> {
    let kind: String = row.try_get("kind")?;
    let Some(subject) = BanSubject::parse(&kind, row.try_get("subject")?) else {
        return Ok(None);
    };
    Ok(Some(Ban {
        id: row.try_get("id")?,
        subject,
        subject_name: row.try_get("subject_name")?,
        reason: row.try_get("reason")?,
        until: row.try_get("until")?,
        created_by: actor(row)?,
        created_at: row.try_get("created_at")?,
        lifted_at: row.try_get("lifted_at")?,
        lifted_by: lifter(row)?,
    }))
}

/// Who lifted a ban or a mute, if somebody did; see [`actor`].
pub(crate) fn lifter(row: &AnyRow) -> Result<Option<Actor>, sqlx::Error> {
    let Some(id) = row.try_get::<Option<String>, _>("lifted_by")? else {
        return Ok(None);
    };
    let name: Option<String> = row.try_get("lifted_by_name")?;
    let name = name.unwrap_or_else(|| id.clone());
    Ok(Some(Actor { id, name }))
}

/// Who made a ban or a mute; lines from before names were kept have the id in its place.
pub(crate) fn actor(row: &AnyRow) -> Result<Actor, sqlx::Error> {
    let id: String = row.try_get("created_by")?;
    let name: String = row.try_get("created_by_name")?;
    let name = if name.is_empty() { id.clone() } else { name };
    Ok(Actor { id, name })
}
