//! What moderation keeps in the database: who was seen and for how long, mutes, kicks,
//! remarks, reports, and what was said before them.
//!
//! What the game asks for at every message (is this person muted, how often were they warned) is
//! mirrored in memory; the rest is read when somebody looks.

pub mod counts;
pub mod evidence;
pub mod held;
pub mod kicks;
mod known_as;
pub mod people;
pub mod pins;
mod portraits;
pub mod remarks;
pub mod reports;
mod sightings;
mod used_names;
pub mod visits;

pub use counts::Counts;
pub use evidence::Evidence;
pub use held::{HeldLines, HeldRoom, StoredHeldLine};
pub use kicks::{Kicks, StoredKick};
pub use known_as::KnownAs;
pub use people::{Acquaintance, People, Sighting};
pub use pins::{Pins, StoredPin};
pub use portraits::Portrait;
pub use remarks::{Remark, RemarkKind, Remarks};
pub use reports::{NewReport, ReportParty, Reports, StoredReport};
pub use sightings::Seen;
pub use used_names::UsedName;
pub use visits::{EndedVisits, StoredVisit, VisitFilter, VisitSum, Visits};

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::accounts::Mutes;
use crate::storage::{Database, StoreError};

/// Time between two writes of who was seen.
const WRITE_EVERY: Duration = Duration::from_secs(3);

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
    /// What was said before an act.
    pub evidence: Evidence,
    /// Lines that wait for a moderator.
    pub held: HeldLines,
    /// The announcement that stands for a while.
    pub pins: Pins,
    /// How long people were here.
    pub visits: Visits,
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
            evidence: Evidence::new(database.clone()),
            held: HeldLines::new(database.clone()),
            pins: Pins::new(database.clone()),
            visits: Visits::new(database.clone()),
            counts: Counts::default(),
        };
        records.people.widen_addresses().await?;
        records.mutes.reload().await?;
        records.held.reload().await?;
        records.pins.reload().await?;
        records.recount().await?;
        Ok(records)
    }

    /// Writes sightings and visits every few seconds until `stop`, and what waits then.
    pub async fn keep_writing(self, stop: CancellationToken) {
        let mut ticks = tokio::time::interval(WRITE_EVERY);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            let stopped = stop.run_until_cancelled(ticks.tick()).await.is_none();
            if let Err(error) = self.write().await {
                tracing::warn!(%error, "who was seen could not be written");
            }
            if stopped {
                return;
            }
        }
    }

    /// Writes sightings and visits that wait. What cannot be written waits on.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn write(&self) -> Result<(), StoreError> {
        self.people.write().await?;
        self.visits.write().await
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
