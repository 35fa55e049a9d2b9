//! What moderation keeps in the database: who was seen, mutes, kicks, remarks, reports.
//!
//! What the game asks for at every message (is this person muted, how often were they warned) is
//! mirrored in memory; the rest is read when somebody looks.

pub mod counts;
pub mod kicks;
pub mod people;
mod portraits;
pub mod remarks;
pub mod reports;
mod sightings;

pub use counts::Counts;
pub use kicks::{Kicks, StoredKick};
pub use people::{Acquaintance, People, Seen, Sighting};
pub use portraits::Portrait;
pub use remarks::{Remark, RemarkKind, Remarks};
pub use reports::{NewReport, ReportParty, Reports, StoredReport};

use crate::accounts::Mutes;
use crate::storage::{Database, StoreError};

/// Every table of this module; cheap to clone.
#[derive(Debug, Clone)]
pub struct Records {
    /// Who was seen.
    pub people: People,
    /// Who may not speak.
    pub mutes: Mutes,
    /// Whose sessions were ended.
    pub kicks: Kicks,
    /// Notes and warnings.
    pub remarks: Remarks,
    /// Players' reports.
    pub reports: Reports,
    /// Warnings and open reports by person, in memory.
    pub counts: Counts,
}

impl Records {
    /// Opens the tables and fills the mirrors.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn open(database: &Database) -> Result<Self, StoreError> {
        let records = Self {
            people: People::new(database.clone()),
            mutes: Mutes::new(database.clone()),
            kicks: Kicks::new(database.clone()),
            remarks: Remarks::new(database.clone()),
            reports: Reports::new(database.clone()),
            counts: Counts::default(),
        };
        records.people.widen_addresses().await?;
        records.mutes.reload().await?;
        records.recount().await?;
        Ok(records)
    }

    /// Counts warnings and open reports again: at start, and after another node changed them.
    ///
    /// # Errors
    /// See [`StoreError`]; the counts stay as they were.
    pub async fn recount(&self) -> Result<(), StoreError> {
        let warnings = self.remarks.count_warnings().await?;
        let reports = self.reports.open_parties().await?;
        self.counts.replace(warnings, reports);
        Ok(())
    }
}

#[cfg(test)]
mod story_tests;
