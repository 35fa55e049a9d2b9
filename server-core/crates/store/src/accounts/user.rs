//! One account, and what stands between it and the world.

use sqlx::Row;
use sqlx::any::AnyRow;

use super::sanctions::ActiveSanction;
use contract::admin::service::{Scope, Scopes};
use contract::admin::{Actor, Right};
use contract::rest::{Role, UserView};
use runtime::clock::iso;

/// An account as stored, without its password hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// A UUID, which is also the player id.
    pub id: String,
    /// The name others see.
    pub username: String,
    /// As the person wrote it, trimmed.
    pub email: String,
    /// What the account may do.
    pub role: Role,
    /// Banned for good.
    pub is_banned: bool,
    /// Suspended until then, in milliseconds since 1970; may lie in the past.
    pub suspension_until: Option<i64>,
    /// What the moderator wrote.
    pub suspension_reason: Option<String>,
    /// Tokens made for another version no longer count.
    pub token_version: i64,
    /// Milliseconds since 1970.
    pub created_at: i64,
    /// What the token of a service account may do; `None` for people.
    pub service: Option<Scopes>,
}

/// The columns [`User`] is read from.
macro_rules! user_columns {
    () => {
        "id, username, email, role, is_banned, suspension_until, suspension_reason, token_version, created_at, service_scopes"
    };
}
pub(super) use user_columns;

impl User {
    /// The account as clients see it.
    #[must_use]
    pub fn view(&self) -> UserView {
        UserView {
            id: self.id.clone(),
            username: self.username.clone(),
            // A service account has none that anybody reads.
            email: match self.service {
                Some(_) => String::new(),
                None => self.email.clone(),
            },
            role: self.role,
            is_banned: self.is_banned,
            suspension_until: self.suspension_until.map(iso),
            suspension_reason: self.suspension_reason.clone(),
            created_at: iso(self.created_at),
        }
    }

    /// The ban or suspension of the account itself that holds at `now` (milliseconds since 1970), if
    /// any.
    #[must_use]
    pub fn restriction(&self, now: i64) -> Option<ActiveSanction> {
        let kept = self.kept_restriction();
        kept.filter(|restriction| restriction.holds(now))
    }

    /// The ban or suspension of the account itself, also one that is over.
    pub(super) fn kept_restriction(&self) -> Option<ActiveSanction> {
        let until = self.suspension_until.filter(|_| !self.is_banned);
        let restricted = self.is_banned || until.is_some();
        restricted.then(|| ActiveSanction {
            reason: self.suspension_reason.clone().unwrap_or_default(),
            until,
        })
    }

    /// How the audit log names this person.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor {
            id: self.id.clone(),
            name: self.username.clone(),
        }
    }

    /// Whether one of `scopes` opens something to this account. People are asked for their role instead.
    #[must_use]
    pub fn has_scope(&self, scopes: &[Scope]) -> bool {
        self.service.as_ref().is_none_or(|ours| ours.any(scopes))
    }

    /// What the account may do in the administration.
    #[must_use]
    pub fn rights(&self) -> Vec<Right> {
        match &self.service {
            Some(scopes) => scopes.rights(),
            None => Right::of(self.role),
        }
    }

    /// What sessions need to know. In the world a service account is a player like others, whatever its
    /// token may do in the administration.
    #[must_use]
    pub fn account(&self) -> identity::Account {
        identity::Account {
            id: self.id.clone(),
            username: self.username.clone(),
            role: match self.service {
                Some(_) => Role::User,
                None => self.role,
            },
            service: self.service.is_some(),
        }
    }

    pub(super) fn from_row(row: &AnyRow) -> Result<Self, sqlx::Error> {
        let role: String = row.try_get("role")?;
        let service: Option<String> = row.try_get("service_scopes")?;
        Ok(Self {
            id: row.try_get("id")?,
            username: row.try_get("username")?,
            email: row.try_get("email")?,
            // An unknown word in the database must never grant anything.
            role: Role::parse(&role).unwrap_or_default(),
            is_banned: row.try_get::<i64, _>("is_banned")? != 0,
            suspension_until: row.try_get("suspension_until")?,
            suspension_reason: row.try_get("suspension_reason")?,
            token_version: row.try_get("token_version")?,
            created_at: row.try_get("created_at")?,
            service: service.as_deref().map(Scopes::read),
        })
    }
}
