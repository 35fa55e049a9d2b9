//! Who may not speak.

use contract::admin::{PersonKind, PersonRef};

use super::active::ActiveSanction;
use super::sanction::{NewSanction, StoredMute};
use super::subject::Subject;
use super::table::{Sanctions, insert};
use crate::storage::StoreError;

/// The mutes; cheap to clone.
pub type Mutes = Sanctions<PersonRef>;

impl Subject for PersonRef {
    const TABLE: &'static str = "mutes";

    type Index = ();

    fn kind(&self) -> &'static str {
        self.kind.as_str()
    }

    fn text(&self) -> String {
        self.subject.clone()
    }

    fn parse(kind: &str, subject: String) -> Option<Self> {
        PersonKind::parse(kind).map(|kind| Self { kind, subject })
    }
}

impl Mutes {
    /// The mute that lasts longest among those of these persons, and its id, at `now` (milliseconds
    /// since 1970).
    #[must_use]
    pub fn active(&self, persons: &[PersonRef], now: i64) -> Option<(String, ActiveSanction)> {
        let mirror = self.mirror.read();
        persons
            .iter()
            .flat_map(|person| mirror.holding(person, now))
            // Of equals always the same one, or the lists of moderators would flicker.
            .max_by_key(|(id, mute)| (mute.end(), *id))
            .map(|(id, mute)| (id.to_owned(), mute.clone()))
    }

    /// Whether anybody is muted at all; spares work when nobody is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.mirror.read().is_empty()
    }

    /// Reads every mute that holds again: at start, and when another node changed them.
    ///
    /// # Errors
    /// See [`StoreError`]; the mirror stays as it was.
    pub async fn reload(&self) -> Result<(), StoreError> {
        let fresh = self.read_mirror().await?;
        *self.mirror.write() = fresh;
        Ok(())
    }

    /// Stores a mute; it holds from now on.
    ///
    /// # Errors
    /// See [`StoreError`]; then nobody is muted.
    pub async fn create(&self, new: NewSanction<'_, PersonRef>) -> Result<StoredMute, StoreError> {
        let mute = insert(self.database.pool(), new).await?;
        self.mirror.write().put(&mute);
        Ok(mute)
    }
}
