//! How often each person was warned, and who has open reports: in memory, because session lists ask
//! for everybody four times a second.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use parking_lot::RwLock;

use contract::admin::PersonRef;
use identity::Network;

/// See the module; cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Counts {
    // Held for a few map operations, never across an await.
    inner: Arc<RwLock<Inner>>,
}

#[derive(Debug, Default)]
struct Inner {
    warnings: HashMap<PersonRef, u32>,
    about: HashMap<PersonRef, u32>,
    by: HashMap<PersonRef, u32>,
    from: HashMap<Network, u32>,
    open: u32,
}

/// Who reported, from which network, and who was reported, as far as known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parties {
    /// Who reported.
    pub by: Option<PersonRef>,
    /// From where.
    pub from: Option<Network>,
    /// Who was reported.
    pub about: Option<PersonRef>,
}

impl Counts {
    /// Takes over what the database says.
    pub(super) fn replace(&self, warnings: HashMap<PersonRef, u32>, open_reports: Vec<Parties>) {
        let mut fresh = Inner {
            warnings,
            ..Inner::default()
        };
        for parties in open_reports {
            fresh.add(&parties);
        }
        *self.inner.write() = fresh;
    }

    /// Warnings somebody got.
    #[must_use]
    pub fn warnings(&self, person: &PersonRef) -> u32 {
        self.inner.read().warnings.get(person).copied().unwrap_or(0)
    }

    /// Open reports about somebody.
    #[must_use]
    pub fn reports_about(&self, person: &PersonRef) -> u32 {
        self.inner.read().about.get(person).copied().unwrap_or(0)
    }

    /// Open reports somebody made.
    #[must_use]
    pub fn reports_by(&self, person: &PersonRef) -> u32 {
        self.inner.read().by.get(person).copied().unwrap_or(0)
    }

    /// Open reports that were made in a network.
    #[must_use]
    pub fn reports_from(&self, network: Network) -> u32 {
        self.inner.read().from.get(&network).copied().unwrap_or(0)
    }

    /// All open reports.
    #[must_use]
    pub fn open_reports(&self) -> u32 {
        self.inner.read().open
    }

    /// Somebody was warned.
    pub fn warned(&self, person: &PersonRef) {
        *self
            .inner
            .write()
            .warnings
            .entry(person.clone())
            .or_default() += 1;
    }
}

impl Inner {
    fn add(&mut self, parties: &Parties) {
        self.open += 1;
        count_up(&mut self.by, parties.by.as_ref());
        count_up(&mut self.from, parties.from.as_ref());
        count_up(&mut self.about, parties.about.as_ref());
    }
}

fn count_up<K: Hash + Eq + Clone>(counts: &mut HashMap<K, u32>, key: Option<&K>) {
    if let Some(key) = key {
        *counts.entry(key.clone()).or_default() += 1;
    }
}
