//! Who may not come in.

use std::collections::HashMap;
use std::net::IpAddr;

use super::active::ActiveSanction;
use super::ban_subject::BanSubject;
use super::sanction::{NewSanction, StoredBan};
use super::table::{Sanctions, insert};
use crate::accounts::hosts::{ChangeError, HostTurn};
use crate::storage::StoreError;
use identity::GuestSecret;

/// The bans; cheap to clone.
pub type Bans = Sanctions<BanSubject>;

impl Bans {
    /// Whether somebody may not come in at `now` (milliseconds since 1970), and until when: the
    /// ban that lasts longest among those on the account, the guest and the address, and a ban or
    /// suspension kept with the account itself.
    #[must_use]
    pub fn active_ban(
        &self,
        account: Option<&str>,
        guest: Option<&GuestSecret>,
        address: impl Into<Option<IpAddr>>,
        now: i64,
    ) -> Option<ActiveSanction> {
        let mirror = self.mirror.read();
        let persons = [
            account.map(|id| BanSubject::Account(id.to_owned())),
            guest.map(BanSubject::guest),
        ];
        let address = address.into();
        let blocks = address.map(|address| {
            let around = mirror.index.blocks_around(address);
            around.map(BanSubject::Address).collect::<Vec<_>>()
        });
        let subjects = persons.iter().flatten().chain(blocks.iter().flatten());
        let of_subjects = subjects
            .flat_map(|subject| mirror.holding(subject, now))
            .map(|(_, ban)| ban);
        let of_account = account
            .and_then(|id| mirror.index.accounts.get(id))
            .filter(|restriction| restriction.holds(now));
        let all = of_subjects.chain(of_account);
        all.max_by_key(|ban| ban.end()).cloned()
    }

    /// The ban on an account alone, wherever it comes from.
    #[must_use]
    pub fn account(&self, id: &str, now: i64) -> Option<ActiveSanction> {
        let subject = BanSubject::Account(id.to_owned());
        let mirror = self.mirror.read();
        let bans = mirror.holding(&subject, now).map(|(_, ban)| ban);
        bans.max_by_key(|ban| ban.end()).cloned()
    }

    /// Reads every active ban again, and takes over which accounts are `restricted` by themselves: at
    /// start, and when another node or another program changed them.
    ///
    /// # Errors
    /// See [`StoreError`]; the mirror stays as it was.
    pub async fn reload(
        &self,
        restricted: HashMap<String, ActiveSanction>,
    ) -> Result<(), StoreError> {
        let mut fresh = self.read_mirror().await?;
        fresh.index.accounts = restricted;
        *self.mirror.write() = fresh;
        Ok(())
    }

    /// Stores one ban; see [`Self::create_all`].
    ///
    /// # Errors
    /// As [`Self::create_all`].
    pub async fn create(&self, new: NewSanction<'_, BanSubject>) -> Result<StoredBan, ChangeError> {
        let mut bans = self.create_all(vec![new]).await?;
        bans.pop().ok_or_else(|| sqlx::Error::RowNotFound.into())
    }

    /// Stores bans, all or none; they hold from now on. Live sessions are ended by the caller.
    ///
    /// # Errors
    /// [`ChangeError::LastHost`], or [`ChangeError::Store`]; then nothing is banned.
    pub async fn create_all(
        &self,
        wanted: Vec<NewSanction<'_, BanSubject>>,
    ) -> Result<Vec<StoredBan>, ChangeError> {
        let mut transaction = self.database.pool().begin().await?;
        let turn = HostTurn::take(&mut transaction).await?;
        let mut bans = Vec::with_capacity(wanted.len());
        for new in wanted {
            let by = new.by;
            bans.push(insert(&mut *transaction, new).await?);
            if let Err(refused) = turn.check(&mut transaction, by).await {
                transaction.rollback().await?;
                return Err(refused);
            }
        }
        transaction.commit().await?;
        let mut mirror = self.mirror.write();
        for ban in &bans {
            mirror.put(ban);
        }
        Ok(bans)
    }

    /// Forgets bans of addresses that ended before `before` (milliseconds since 1970). Returns how
    /// many.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn forget_addresses(&self, before: i64) -> Result<u64, StoreError> {
        let done = sqlx::query(
            "DELETE FROM bans WHERE kind = 'address' AND (lifted_at < $1 OR until < $1)",
        )
        .bind(before)
        .execute(self.database.pool())
        .await?;
        Ok(done.rows_affected())
    }

    /// Takes over what an account's own ban or suspension now is; `None` when there is none, or the
    /// account is gone.
    pub(in crate::accounts) fn note_account(&self, id: &str, restriction: Option<ActiveSanction>) {
        let accounts = &mut self.mirror.write().index.accounts;
        match restriction {
            Some(restriction) => accounts.insert(id.to_owned(), restriction),
            None => accounts.remove(id),
        };
    }
}
