//! How sightings are written: who was seen, under which names, and in which network.

use std::collections::BTreeSet;

use crate::storage::{Lease, StoreError};
use contract::admin::PersonRef;
use contract::admin::person::Worn;
use identity::Network;

/// Names of one person that are kept.
const NAMES_KEPT: i64 = 50;

/// As whom somebody was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// How people call them.
    pub name: String,
    /// What the player was called, for an account perhaps something else.
    pub player_name: String,
    /// The player they were.
    pub player_id: String,
    /// What it wore.
    pub appearance: Option<Worn>,
}

/// A sighting that waits to be written.
#[derive(Debug, Clone)]
pub(super) struct Waiting {
    pub(super) seen: Seen,
    pub(super) first: i64,
    pub(super) last: i64,
    /// Under which names, the last of them in `seen`.
    pub(super) names: BTreeSet<String>,
}

/// A sighting: who they are by now, and where. What is known of a later moment stays.
pub(super) async fn write_one(
    connection: &mut Lease,
    person: &PersonRef,
    network: Network,
    Waiting {
        seen,
        first,
        last,
        names,
    }: &Waiting,
) -> Result<(), StoreError> {
    let appearance = seen.appearance.as_ref();
    sqlx::query(
        "INSERT INTO people (kind, subject, name, first_seen_at, last_seen_at, player_id, appearance) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (kind, subject) \
         DO UPDATE SET name = excluded.name, last_seen_at = excluded.last_seen_at, \
         player_id = excluded.player_id, appearance = excluded.appearance \
         WHERE people.last_seen_at <= excluded.last_seen_at",
    )
    .bind(person.kind.as_str())
    .bind(person.subject.clone())
    .bind(seen.name.clone())
    .bind(*first)
    .bind(*last)
    .bind(seen.player_id.clone())
    .bind(appearance.and_then(|worn| serde_json::to_string(worn).ok()))
    .execute(&mut *connection)
    .await?;
    for name in names {
        write_name(connection, person, name, *last).await?;
    }
    forget_oldest_names(connection, person).await?;
    let kind = person.kind.as_str();
    write_place(connection, kind, &person.subject, network, *last).await
}

/// That somebody was seen under a name.
async fn write_name(
    connection: &mut Lease,
    person: &PersonRef,
    name: &str,
    seen: i64,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO people_names (kind, subject, name, last_seen_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (kind, subject, name) DO UPDATE SET last_seen_at = excluded.last_seen_at \
         WHERE people_names.last_seen_at < excluded.last_seen_at",
    )
    .bind(person.kind.as_str())
    .bind(person.subject.clone())
    .bind(name.to_owned())
    .bind(seen)
    .execute(connection)
    .await?;
    Ok(())
}

/// Keeps the newest names of a person alone: whoever takes a new one every second fills no disk.
async fn forget_oldest_names(connection: &mut Lease, person: &PersonRef) -> Result<(), StoreError> {
    sqlx::query(
        "DELETE FROM people_names WHERE kind = $1 AND subject = $2 AND last_seen_at < \
         (SELECT last_seen_at FROM people_names WHERE kind = $1 AND subject = $2 \
          ORDER BY last_seen_at DESC LIMIT 1 OFFSET $3)",
    )
    .bind(person.kind.as_str())
    .bind(person.subject.clone())
    .bind(NAMES_KEPT)
    .execute(connection)
    .await?;
    Ok(())
}

/// That somebody was seen in a network.
pub(super) async fn write_place(
    connection: &mut Lease,
    kind: &str,
    subject: &str,
    network: Network,
    seen: i64,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO people_addresses (kind, subject, address, last_seen_at) \
         VALUES ($1, $2, $3, $4) ON CONFLICT (kind, subject, address) \
         DO UPDATE SET last_seen_at = excluded.last_seen_at \
         WHERE people_addresses.last_seen_at < excluded.last_seen_at",
    )
    .bind(kind.to_owned())
    .bind(subject.to_owned())
    .bind(network.to_string())
    .bind(seen)
    .execute(connection)
    .await?;
    Ok(())
}
