//! How often each person was warned, and who has open reports: in memory, because session lists ask
//! for everybody four times a second.

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::RwLock;

use crate::protocol::admin::PersonRef;

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
    open: u32,
}

/// Who reported and who was reported, as far as known.
pub type Parties = (Option<PersonRef>, Option<PersonRef>);

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

    /// A report was made, or opened again.
    pub fn opened(&self, parties: &Parties) {
        self.inner.write().add(parties);
    }

    /// An open report was closed.
    pub fn closed(&self, (by, about): &Parties) {
        let mut inner = self.inner.write();
        inner.open = inner.open.saturating_sub(1);
        let Inner {
            by: made,
            about: got,
            ..
        } = &mut *inner;
        for (map, person) in [(made, by), (got, about)] {
            let Some(person) = person else { continue };
            if let Some(count) = map.get_mut(person) {
                *count -= 1;
                if *count == 0 {
                    map.remove(person);
                }
            }
        }
    }
}

impl Inner {
    fn add(&mut self, (by, about): &Parties) {
        self.open += 1;
        for (map, person) in [(&mut self.by, by), (&mut self.about, about)] {
            if let Some(person) = person {
                *map.entry(person.clone()).or_default() += 1;
            }
        }
    }
}
