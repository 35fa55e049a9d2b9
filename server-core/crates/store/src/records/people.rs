//! Who was seen here, when, and in which networks.
//!
//! [`People::seen`] never waits: sightings are collected in memory, one for each person and network,
//! and written together every few seconds. A kill loses the last of them.

use std::collections::{BTreeSet, HashMap};
use std::net::IpAddr;
use std::sync::Arc;

use parking_lot::Mutex;
use sqlx::Row;

use super::sightings::{Seen, Waiting, write_one, write_place};
use crate::storage::{Database, StoreError};
use contract::admin::{PersonKind, PersonRef};
use identity::Network;
use runtime::clock::now_ms;

/// Sightings that may wait to be written; more are dropped, oldest knowledge first to stay.
const WAITING: usize = 20_000;

/// Names of one person between two writes that are kept; joins are limited, so more is nobody.
const NAMES_WAITING: usize = 32;

/// The people; cheap to clone.
#[derive(Debug, Clone)]
pub struct People {
    pub(super) database: Database,
    // Held for one map operation, never across an await.
    waiting: Arc<Mutex<HashMap<(PersonRef, Network), Waiting>>>,
}

/// When somebody was seen, in milliseconds since 1970, and their last name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting {
    /// The last name they had.
    pub name: String,
    /// For the first time.
    pub first_seen_at: i64,
    /// For the last time.
    pub last_seen_at: i64,
}

/// Somebody who was seen in a network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acquaintance {
    /// Who.
    pub person: PersonRef,
    /// The last name they had.
    pub name: String,
    /// When they were last seen there, in milliseconds since 1970.
    pub last_seen_at: i64,
}

impl People {
    pub(super) fn new(database: Database) -> Self {
        Self {
            database,
            waiting: Arc::default(),
        }
    }

    /// Earlier versions kept single IPv6 addresses; from now on they are networks like all others.
    ///
    /// # Errors
    /// See [`StoreError`]; then nothing changed.
    pub(super) async fn widen_addresses(&self) -> Result<(), StoreError> {
        let mut transaction = self.database.pool().begin().await?;
        let rows = sqlx::query(
            "SELECT kind, subject, address, last_seen_at FROM people_addresses \
             WHERE address LIKE '%:%' AND address NOT LIKE '%/%'",
        )
        .fetch_all(&mut *transaction)
        .await?;
        for row in &rows {
            let address: String = row.try_get("address")?;
            let Ok(network) = address.parse::<Network>() else {
                continue;
            };
            let (kind, subject): (String, String) = (row.try_get("kind")?, row.try_get("subject")?);
            let seen: i64 = row.try_get("last_seen_at")?;
            write_place(&mut transaction, &kind, &subject, network, seen).await?;
            sqlx::query(
                "DELETE FROM people_addresses WHERE kind = $1 AND subject = $2 AND address = $3",
            )
            .bind(kind)
            .bind(subject)
            .bind(address)
            .execute(&mut *transaction)
            .await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    /// Notes that somebody was seen now.
    pub fn seen(&self, person: PersonRef, seen: Seen, address: IpAddr) {
        let now = now_ms();
        let mut waiting = self.waiting.lock();
        let key = (person, Network::of(address));
        if waiting.len() >= WAITING && !waiting.contains_key(&key) {
            return;
        }
        let entry = waiting.entry(key).or_insert_with(|| Waiting {
            seen: seen.clone(),
            first: now,
            last: now,
            names: BTreeSet::new(),
        });
        entry.last = now;
        if entry.names.len() < NAMES_WAITING {
            entry.names.insert(seen.player_name.clone());
        }
        entry.seen = seen;
    }

    /// Sightings that wait to be written.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.waiting.lock().len()
    }

    /// Writes what waits. What cannot be written waits on.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn write(&self) -> Result<(), StoreError> {
        let batch = std::mem::take(&mut *self.waiting.lock());
        if batch.is_empty() {
            return Ok(());
        }
        let written = self.write_batch(&batch).await;
        if written.is_err() {
            let mut waiting = self.waiting.lock();
            for (key, seen) in batch {
                if waiting.len() < WAITING {
                    waiting.entry(key).or_insert(seen);
                }
            }
        }
        written
    }

    async fn write_batch(
        &self,
        batch: &HashMap<(PersonRef, Network), Waiting>,
    ) -> Result<(), StoreError> {
        let mut transaction = self.database.pool().begin().await?;
        // In one order on every node, so that two that write at once do not wait for each other.
        let mut batch: Vec<_> = batch.iter().collect();
        batch.sort_by_key(|(key, _)| *key);
        for ((person, network), seen) in batch {
            write_one(&mut transaction, person, *network, seen).await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    /// When a person was seen; `None` when never, or forgotten since.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn sighting(&self, person: &PersonRef) -> Result<Option<Sighting>, StoreError> {
        let row = sqlx::query("SELECT * FROM people WHERE kind = $1 AND subject = $2")
            .bind(person.kind.as_str())
            .bind(person.subject.clone())
            .fetch_optional(self.database.pool())
            .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(Sighting {
            name: row.try_get("name")?,
            first_seen_at: row.try_get("first_seen_at")?,
            last_seen_at: row.try_get("last_seen_at")?,
        }))
    }

    /// How many were seen for the first time from one moment on and before another (milliseconds since
    /// 1970).
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn newcomers(&self, from: i64, until: i64) -> Result<u64, StoreError> {
        let count: i64 = sqlx::query_scalar(
            "SELECT COUNT(*) FROM people WHERE first_seen_at >= $1 AND first_seen_at < $2",
        )
        .bind(from)
        .bind(until)
        .fetch_one(self.database.pool())
        .await?;
        Ok(count.unsigned_abs())
    }

    /// The networks a person was seen in, newest first.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn addresses(
        &self,
        person: &PersonRef,
        limit: u32,
    ) -> Result<Vec<String>, StoreError> {
        let rows = sqlx::query(
            "SELECT address FROM people_addresses WHERE kind = $1 AND subject = $2 \
             ORDER BY last_seen_at DESC LIMIT $3",
        )
        .bind(person.kind.as_str())
        .bind(person.subject.clone())
        .bind(i64::from(limit))
        .fetch_all(self.database.pool())
        .await?;
        Ok(rows
            .iter()
            .map(|row| row.try_get(0))
            .collect::<Result<_, _>>()?)
    }

    /// Everybody but `except` who was seen in one of `networks`, newest first.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn under(
        &self,
        networks: &[String],
        except: &PersonRef,
        limit: u32,
    ) -> Result<Vec<Acquaintance>, StoreError> {
        let mut found: HashMap<PersonRef, Acquaintance> = HashMap::new();
        for network in networks {
            let rows = sqlx::query(
                "SELECT a.kind, a.subject, p.name, a.last_seen_at FROM people_addresses a \
                 JOIN people p ON p.kind = a.kind AND p.subject = a.subject \
                 WHERE a.address = $1 ORDER BY a.last_seen_at DESC LIMIT $2",
            )
            .bind(network.clone())
            .bind(i64::from(limit) + 1)
            .fetch_all(self.database.pool())
            .await?;
            for row in &rows {
                let kind: String = row.try_get("kind")?;
                let Some(kind) = PersonKind::parse(&kind) else {
                    continue;
                };
                let person = PersonRef {
                    kind,
                    subject: row.try_get("subject")?,
                };
                let seen: i64 = row.try_get("last_seen_at")?;
                if person == *except || found.get(&person).is_some_and(|it| it.last_seen_at > seen)
                {
                    continue;
                }
                let acquaintance = Acquaintance {
                    person: person.clone(),
                    name: row.try_get("name")?,
                    last_seen_at: seen,
                };
                found.insert(person, acquaintance);
            }
        }
        let mut found: Vec<_> = found.into_values().collect();
        found.sort_by(|a, b| (b.last_seen_at, &a.person).cmp(&(a.last_seen_at, &b.person)));
        found.truncate(limit as usize);
        Ok(found)
    }

    /// Forgets addresses last used before `before` (milliseconds since 1970), and people without any
    /// address left. Returns how many addresses.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn forget_before(&self, before: i64) -> Result<u64, StoreError> {
        let done = sqlx::query("DELETE FROM people_addresses WHERE last_seen_at < $1")
            .bind(before)
            .execute(self.database.pool())
            .await?;
        sqlx::query(
            "DELETE FROM people WHERE last_seen_at < $1 AND kind = 'guest' AND NOT EXISTS \
             (SELECT 1 FROM remarks r WHERE r.person_kind = people.kind \
              AND r.person_subject = people.subject) AND NOT EXISTS \
             (SELECT 1 FROM kicks k WHERE k.person_kind = people.kind \
              AND k.person_subject = people.subject)",
        )
        .bind(before)
        .execute(self.database.pool())
        .await?;
        Ok(done.rows_affected())
    }
}
