//! What a moderator changes about an account, as a value that can be kept, applied and undone.

use serde::{Deserialize, Deserializer, Serialize};

use super::user::User;
use crate::storage::{Lease, StoreError};
use contract::rest::Role;

/// What changes about an account; `None` leaves a field as it is. As JSON, a field that stays is
/// absent; the audit log keeps it in that form.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserChange {
    /// What it may do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// Banned for good.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_banned: Option<bool>,
    /// Milliseconds since 1970, or `None` to lift the suspension.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    pub suspension_until: Option<Option<i64>>,
    /// For the suspended or banned person.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    pub suspension_reason: Option<Option<String>>,
}

impl UserChange {
    /// The change that undoes this one on an account that was `before`.
    #[must_use]
    pub fn counterpart(&self, before: &User) -> Self {
        Self {
            role: self.role.map(|_| before.role),
            is_banned: self.is_banned.map(|_| before.is_banned),
            suspension_until: self.suspension_until.map(|_| before.suspension_until),
            suspension_reason: self
                .suspension_reason
                .as_ref()
                .map(|_| before.suspension_reason.clone()),
        }
    }
}

/// Tells a field that is `null` (`Some(None)`) from one that is absent (`None`).
fn present<'de, D, T>(from: D) -> Result<Option<Option<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::deserialize(from).map(Some)
}

/// Applies a change. `false` if the account is gone.
pub(super) async fn update_on(
    connection: &mut Lease,
    id: &str,
    change: &UserChange,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE users SET role = COALESCE($2, role), is_banned = COALESCE($3, is_banned), \
         suspension_until = CASE WHEN $4 = 1 THEN $5 ELSE suspension_until END, \
         suspension_reason = CASE WHEN $6 = 1 THEN $7 ELSE suspension_reason END \
         WHERE id = $1",
    )
    .bind(id.to_owned())
    .bind(change.role.map(Role::as_str))
    .bind(change.is_banned.map(i64::from))
    .bind(i64::from(change.suspension_until.is_some()))
    .bind(change.suspension_until.flatten())
    .bind(i64::from(change.suspension_reason.is_some()))
    .bind(change.suspension_reason.clone().flatten())
    .execute(connection)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Deletes an account, and when and where it was seen. `false` if it was gone already.
pub(super) async fn delete_on(connection: &mut Lease, id: &str) -> Result<bool, StoreError> {
    for trace in [
        "DELETE FROM service_tokens WHERE account = $1",
        "DELETE FROM people WHERE kind = 'account' AND subject = $1",
        "DELETE FROM people_addresses WHERE kind = 'account' AND subject = $1",
        "DELETE FROM people_names WHERE kind = 'account' AND subject = $1",
        "DELETE FROM visits WHERE person_kind = 'account' AND person_subject = $1",
    ] {
        sqlx::query(trace)
            .bind(id.to_owned())
            .execute(&mut *connection)
            .await?;
    }
    let done = sqlx::query("DELETE FROM users WHERE id = $1")
        .bind(id.to_owned())
        .execute(connection)
        .await?;
    Ok(done.rows_affected() > 0)
}
