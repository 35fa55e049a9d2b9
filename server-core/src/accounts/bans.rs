//! Who may not come in. Every active ban is mirrored in memory, so that the door answers at once,
//! also while the database is slow or gone.

use std::collections::{BTreeSet, HashMap};
use std::net::IpAddr;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use sqlx::AnyConnection;
use uuid::Uuid;

use super::hosts::{ChangeError, Turn};
use super::search::searchable;
use super::user::User;
use crate::storage::{Database, StoreError};
use contract::admin::Actor;
use identity::Block;
use identity::GuestSecret;
use runtime::clock::now_ms;

mod ban;
mod queries;

use ban::from_row;
pub use ban::{ActiveBan, Ban, BanSubject};
pub(crate) use ban::{actor, lifter};
pub use queries::BanFilter;

/// The bans; cheap to clone.
#[derive(Debug, Clone)]
pub struct Bans {
    database: Database,
    /// A std lock: it is held for a few map operations and never across an await.
    mirror: Arc<RwLock<Mirror>>,
}

/// A ban in the making.
#[derive(Debug, Clone)]
pub struct NewBan<'a> {
    /// Whom it is about.
    pub subject: BanSubject,
    /// How people call the subject.
    pub subject_name: Option<&'a str>,
    /// What the moderator wrote; may be empty.
    pub reason: &'a str,
    /// Milliseconds since 1970; `None` for good.
    pub until: Option<i64>,
    /// Who bans.
    pub by: &'a Actor,
}

#[derive(Debug, Default)]
struct Mirror {
    bans: HashMap<BanSubject, HashMap<String, ActiveBan>>,
    users: HashMap<String, User>,
    /// Prefixes of the blocks in `bans`, of IPv4 (`true`) and IPv6: what has to be looked up to know
    /// whether an address is in one.
    prefixes: BTreeSet<(bool, u8)>,
}

impl Bans {
    /// An empty mirror; [`Self::reload`] fills it.
    pub(super) fn new(database: Database) -> Self {
        Self {
            database,
            mirror: Arc::default(),
        }
    }

    /// Whether somebody may not come in at `now` (milliseconds since 1970), and until when: the
    /// ban that lasts longest among those on the account, the guest and the address, and a ban or
    /// suspension kept with the account itself.
    #[must_use]
    pub fn door(
        &self,
        account: Option<&str>,
        guest: Option<&GuestSecret>,
        address: impl Into<Option<IpAddr>>,
        now: i64,
    ) -> Option<ActiveBan> {
        let mirror = self.read();
        let persons = [
            account.map(|id| BanSubject::Account(id.to_owned())),
            guest.map(BanSubject::guest),
        ];
        let blocks = address.into().map(|address| mirror.blocks_around(address));
        let of_subjects = persons
            .iter()
            .flatten()
            .chain(blocks.iter().flatten())
            .filter_map(|subject| mirror.bans.get(subject))
            .flat_map(HashMap::values)
            .filter(|ban| ban.holds(now))
            .cloned();
        let of_account = account
            .and_then(|id| mirror.users.get(id))
            .and_then(|user| user.restriction(now));
        of_subjects.chain(of_account).max_by_key(ActiveBan::end)
    }

    /// The ban on an account alone, wherever it comes from.
    #[must_use]
    pub fn account(&self, id: &str, now: i64) -> Option<ActiveBan> {
        let subject = BanSubject::Account(id.to_owned());
        let mirror = self.read();
        let bans = mirror.bans.get(&subject)?.values();
        let active = bans.filter(|ban| ban.holds(now));
        active.max_by_key(|ban| ban.end()).cloned()
    }

    /// Reads every active ban and restricted account again: at start, and when another node or
    /// another program changed them.
    ///
    /// # Errors
    /// When the database fails; the mirror stays as it was.
    pub async fn reload(&self, restricted: Vec<User>) -> Result<(), StoreError> {
        let rows = sqlx::query("SELECT * FROM bans WHERE lifted_at IS NULL")
            .fetch_all(self.database.pool())
            .await?;
        let mut fresh = Mirror::default();
        for row in &rows {
            if let Some(ban) = from_row(row)? {
                fresh.put(&ban);
            }
        }
        for user in restricted {
            fresh.users.insert(user.id.clone(), user);
        }
        *self.write() = fresh;
        Ok(())
    }

    /// Stores one ban; see [`Self::create_all`].
    ///
    /// # Errors
    /// As [`Self::create_all`].
    pub async fn create(&self, new: NewBan<'_>) -> Result<Ban, ChangeError> {
        let mut bans = self.create_all(vec![new]).await?;
        bans.pop().ok_or_else(|| sqlx::Error::RowNotFound.into())
    }

    /// Stores bans, all or none; they hold from now on. Live sessions are ended by the caller.
    ///
    /// # Errors
    /// [`ChangeError::LastHost`], or the database fails; then nothing is banned.
    pub async fn create_all(&self, wanted: Vec<NewBan<'_>>) -> Result<Vec<Ban>, ChangeError> {
        let mut transaction = self.database.pool().begin().await?;
        let turn = Turn::take(&mut transaction).await?;
        let mut bans = Vec::with_capacity(wanted.len());
        for new in wanted {
            let by = new.by;
            bans.push(insert_on(&mut transaction, new).await?);
            if let Err(refused) = turn.check(&mut transaction, by).await {
                transaction.rollback().await?;
                return Err(refused);
            }
        }
        transaction.commit().await?;
        let mut mirror = self.write();
        for ban in &bans {
            mirror.put(ban);
        }
        Ok(bans)
    }

    /// Lifts a ban. `None` when there is none, or it was lifted before.
    ///
    /// # Errors
    /// When the database fails; then the ban holds on.
    pub async fn lift(&self, id: &str, by: &Actor) -> Result<Option<Ban>, StoreError> {
        let lifted = sqlx::query(
            "UPDATE bans SET lifted_at = $2, lifted_by = $3, lifted_by_name = $4 \
             WHERE id = $1 AND lifted_at IS NULL",
        )
        .bind(id.to_owned())
        .bind(now_ms())
        .bind(by.id.clone())
        .bind(by.name.clone())
        .execute(self.database.pool())
        .await?;
        self.write().remove(id);
        if lifted.rows_affected() == 0 {
            return Ok(None);
        }
        self.by_id(id).await
    }

    /// One ban, lifted or not.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn by_id(&self, id: &str) -> Result<Option<Ban>, StoreError> {
        let row = sqlx::query("SELECT * FROM bans WHERE id = $1")
            .bind(id.to_owned())
            .fetch_optional(self.database.pool())
            .await?;
        Ok(row.as_ref().map(from_row).transpose()?.flatten())
    }

    /// Takes over what an account's own ban and suspension now are.
    pub(super) fn note_user(&self, user: &User) {
        let mut mirror = self.write();
        if user.is_banned || user.suspension_until.is_some() {
            mirror.users.insert(user.id.clone(), user.clone());
        } else {
            mirror.users.remove(&user.id);
        }
    }

    /// Forgets a deleted account.
    pub(super) fn forget_user(&self, id: &str) {
        self.write().users.remove(id);
    }

    // A panic cannot leave the maps half changed, so a poisoned lock is used as it is.
    fn read(&self) -> RwLockReadGuard<'_, Mirror> {
        self.mirror.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Mirror> {
        self.mirror.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Mirror {
    /// The blocks with an address in them that may be banned.
    fn blocks_around(&self, address: IpAddr) -> Vec<BanSubject> {
        let address = address.to_canonical();
        let prefixes = self.prefixes.iter();
        prefixes
            .filter(|(is_ipv4, _)| *is_ipv4 == address.is_ipv4())
            .map(|(_, prefix)| BanSubject::Address(Block::around(address, *prefix)))
            .collect()
    }

    fn put(&mut self, ban: &Ban) {
        let active = ActiveBan {
            reason: ban.reason.clone(),
            until: ban.until,
        };
        if let BanSubject::Address(block) = &ban.subject {
            self.prefixes
                .insert((block.base().is_ipv4(), block.prefix()));
        }
        let of_subject = self.bans.entry(ban.subject.clone()).or_default();
        of_subject.insert(ban.id.clone(), active);
    }

    fn remove(&mut self, id: &str) {
        self.bans.retain(|_, of_subject| {
            of_subject.remove(id);
            !of_subject.is_empty()
        });
    }
}

async fn insert_on(connection: &mut AnyConnection, new: NewBan<'_>) -> Result<Ban, sqlx::Error> {
    let ban = Ban {
        id: Uuid::new_v4().to_string(),
        subject: new.subject,
        subject_name: new.subject_name.map(str::to_owned),
        reason: new.reason.to_owned(),
        until: new.until,
        created_by: new.by.clone(),
        created_at: now_ms(),
        lifted_at: None,
        lifted_by: None,
    };
    sqlx::query(
        "INSERT INTO bans \
         (id, kind, subject, subject_name, reason, until, created_by, created_by_name, \
          created_at, searchable) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(ban.id.clone())
    .bind(ban.subject.kind())
    .bind(ban.subject.text())
    .bind(ban.subject_name.clone())
    .bind(ban.reason.clone())
    .bind(ban.until)
    .bind(ban.created_by.id.clone())
    .bind(ban.created_by.name.clone())
    .bind(ban.created_at)
    .bind(searchable(
        &ban.subject.text(),
        new.subject_name,
        &ban.reason,
    ))
    .execute(connection)
    .await?;
    Ok(ban)
}

#[cfg(test)]
pub(super) mod tests;
