//! Sanctions in lists, with what else is known of the people.

use std::collections::HashMap;

use contract::admin::sanction::SeenAs;
use contract::admin::{Ban, Mute, PersonRef};
use store::accounts::{StoredBan, StoredMute};
use store::records::KnownAs;
use store::storage::StoreError;

use super::{Moderation, views};

/// Other names of one person in a list; the drawer has all of them.
const OTHER_NAMES: usize = 5;

impl Moderation {
    /// Bans as a list shows them.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn listed_bans(&self, bans: &[StoredBan]) -> Result<Vec<Ban>, StoreError> {
        let people: Vec<_> = bans.iter().map(|ban| ban.subject.person()).collect();
        let known = self.known_as(people.iter().flatten()).await?;
        let listed = bans.iter().zip(&people).map(|(ban, person)| Ban {
            seen: seen(&known, person.as_ref(), ban.subject_name.as_deref()),
            ..views::ban(ban)
        });
        Ok(listed.collect())
    }

    /// Mutes as a list shows them.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn listed_mutes(&self, mutes: &[StoredMute]) -> Result<Vec<Mute>, StoreError> {
        let known = self.known_as(mutes.iter().map(|it| &it.subject)).await?;
        let listed = mutes.iter().map(|mute| Mute {
            seen: seen(&known, Some(&mute.subject), mute.subject_name.as_deref()),
            ..views::mute(mute)
        });
        Ok(listed.collect())
    }

    async fn known_as(
        &self,
        people: impl Iterator<Item = &PersonRef>,
    ) -> Result<HashMap<PersonRef, KnownAs>, StoreError> {
        let mut people: Vec<_> = people.cloned().collect();
        people.sort();
        people.dedup();
        // What was seen a moment ago is part of the answer.
        self.records().write().await?;
        self.records().people.known_as(&people).await
    }
}

fn seen(
    known: &HashMap<PersonRef, KnownAs>,
    person: Option<&PersonRef>,
    called: Option<&str>,
) -> Option<SeenAs> {
    let KnownAs { visits, names } = known.get(person?)?;
    let others = names.iter().filter(|name| Some(name.as_str()) != called);
    Some(SeenAs {
        visits: *visits,
        names: names.len() as u64,
        other_names: others.take(OTHER_NAMES).cloned().collect(),
    })
}
