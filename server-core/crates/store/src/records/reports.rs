//! Players' reports about other players.

use sqlx::Row;
use sqlx::any::AnyRow;
use uuid::Uuid;

use super::counts::Parties;
use crate::storage::row::{columns, person};
use crate::storage::{Database, Listed, Listing, StoreError};
use contract::admin::{Actor, PersonRef, ReportStatus};
use identity::Network;
use runtime::clock::now_ms;

const REPORTS: Listed = Listed {
    table: "reports",
    columns: "*",
    moment: "at",
    order: "at DESC, id DESC",
};

/// The reports; cheap to clone.
#[derive(Debug, Clone)]
pub struct Reports {
    database: Database,
}

/// Somebody in a report, as they were then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportParty {
    /// The player.
    pub player_id: String,
    /// The name it had.
    pub name: String,
    /// Who held it, where that is known.
    pub person: Option<PersonRef>,
}

/// A report in the making.
#[derive(Debug, Clone)]
pub struct NewReport {
    /// Who reports.
    pub reporter: ReportParty,
    /// From which network.
    pub network: Option<Network>,
    /// Whom.
    pub target: ReportParty,
    /// Why; may be empty.
    pub reason: String,
}

/// A report as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredReport {
    /// A UUID.
    pub id: String,
    /// Milliseconds since 1970.
    pub at: i64,
    /// Who reported.
    pub reporter: ReportParty,
    /// From which network; forgotten like every address.
    pub network: Option<Network>,
    /// Who was reported.
    pub target: ReportParty,
    /// Why; may be empty.
    pub reason: String,
    /// Whether somebody looked at it.
    pub status: ReportStatus,
    /// Who closed it.
    pub closed_by: Option<Actor>,
    /// When, in milliseconds since 1970.
    pub closed_at: Option<i64>,
    /// What the moderator noted.
    pub note: Option<String>,
}

impl StoredReport {
    /// For the counts by person.
    #[must_use]
    pub fn parties(&self) -> Parties {
        Parties {
            by: self.reporter.person.clone(),
            from: self.network,
            about: self.target.person.clone(),
        }
    }
}

impl Reports {
    pub(super) fn new(database: Database) -> Self {
        Self { database }
    }

    /// Stores a report.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn add(&self, new: &NewReport) -> Result<StoredReport, StoreError> {
        let report = StoredReport {
            id: Uuid::now_v7().to_string(),
            at: now_ms(),
            reporter: new.reporter.clone(),
            network: new.network,
            target: new.target.clone(),
            reason: new.reason.clone(),
            status: ReportStatus::Open,
            closed_by: None,
            closed_at: None,
            note: None,
        };
        let (reporter, target) = (&report.reporter, &report.target);
        let kind = |party: &ReportParty| party.person.as_ref().map(|it| it.kind.as_str());
        let subject = |party: &ReportParty| party.person.as_ref().map(|it| it.subject.clone());
        sqlx::query(
            "INSERT INTO reports \
             (id, at, reporter_player, reporter_name, reporter_kind, reporter_subject, \
              target_player, target_name, target_kind, target_subject, reason, status, \
              reporter_network) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        )
        .bind(report.id.clone())
        .bind(report.at)
        .bind(reporter.player_id.clone())
        .bind(reporter.name.clone())
        .bind(kind(reporter))
        .bind(subject(reporter))
        .bind(target.player_id.clone())
        .bind(target.name.clone())
        .bind(kind(target))
        .bind(subject(target))
        .bind(report.reason.clone())
        .bind(report.status.as_str())
        .bind(report.network.map(|it| it.to_string()))
        .execute(self.database.pool())
        .await?;
        Ok(report)
    }

    /// Closes a report, or opens it again. `None` when there is none.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn set_status(
        &self,
        id: &str,
        status: ReportStatus,
        note: Option<&str>,
        by: &Actor,
    ) -> Result<Option<StoredReport>, StoreError> {
        let closing = status != ReportStatus::Open;
        sqlx::query(
            "UPDATE reports SET status = $2, closed_by = $3, closed_by_name = $4, closed_at = $5, \
             note = COALESCE($6, note) WHERE id = $1",
        )
        .bind(id.to_owned())
        .bind(status.as_str())
        .bind(closing.then(|| by.id.clone()))
        .bind(closing.then(|| by.name.clone()))
        .bind(closing.then(now_ms))
        .bind(note.map(str::to_owned))
        .execute(self.database.pool())
        .await?;
        self.by_id(id).await
    }

    /// One report.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn by_id(&self, id: &str) -> Result<Option<StoredReport>, StoreError> {
        let row = sqlx::query("SELECT * FROM reports WHERE id = $1")
            .bind(id.to_owned())
            .fetch_optional(self.database.pool())
            .await?;
        Ok(row.as_ref().map(from_row).transpose()?)
    }

    /// A page of reports, newest first, and how many match; all states for `None`.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn list(
        &self,
        status: Option<ReportStatus>,
        limit: u32,
        offset: u32,
    ) -> Result<(u64, Vec<StoredReport>), StoreError> {
        let mut listing = Listing::of(REPORTS);
        if let Some(status) = status {
            listing = listing.only("status = ?", [status.as_str().into()]);
        }
        listing
            .page(&self.database, (limit, offset), from_row)
            .await
    }

    /// The last `limit` reports about a person, newest first.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn about(
        &self,
        person: &PersonRef,
        limit: u32,
    ) -> Result<Vec<StoredReport>, StoreError> {
        let about = "target_kind = ? AND target_subject = ?";
        self.last(about, person, limit).await
    }

    /// The last `limit` reports that a person made, newest first.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn by(
        &self,
        person: &PersonRef,
        limit: u32,
    ) -> Result<Vec<StoredReport>, StoreError> {
        let by = "reporter_kind = ? AND reporter_subject = ?";
        self.last(by, person, limit).await
    }

    /// How long the reports that were closed from `from` on (milliseconds since 1970) had waited: their
    /// median in milliseconds, the shorter of the middle two, and `None` where none was.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn median_answer_ms(&self, from: i64) -> Result<Option<u64>, StoreError> {
        let closed: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM reports WHERE closed_at >= $1")
            .bind(from)
            .fetch_one(self.database.pool())
            .await?;
        let waited: Option<i64> = sqlx::query_scalar(
            "SELECT closed_at - at AS waited FROM reports WHERE closed_at >= $1 \
             ORDER BY waited LIMIT 1 OFFSET $2",
        )
        .bind(from)
        .bind((closed - 1).max(0) / 2)
        .fetch_optional(self.database.pool())
        .await?;
        Ok(waited.map(|waited| waited.max(0).unsigned_abs()))
    }

    async fn last(
        &self,
        condition: &'static str,
        person: &PersonRef,
        limit: u32,
    ) -> Result<Vec<StoredReport>, StoreError> {
        let values = [person.kind.as_str().into(), person.subject.as_str().into()];
        Listing::of(REPORTS)
            .only(condition, values)
            .first(&self.database, limit, from_row)
            .await
    }

    /// Forgets from which network reports came that were made before `before` (milliseconds since
    /// 1970).
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn forget_networks(&self, before: i64) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE reports SET reporter_network = NULL \
             WHERE at < $1 AND reporter_network IS NOT NULL",
        )
        .bind(before)
        .execute(self.database.pool())
        .await?;
        Ok(())
    }

    pub(super) async fn open_parties(&self) -> Result<Vec<Parties>, StoreError> {
        let rows = sqlx::query("SELECT * FROM reports WHERE status = 'open'")
            .fetch_all(self.database.pool())
            .await?;
        let reports = rows.iter().map(from_row);
        Ok(reports
            .map(|report| report.map(|report| report.parties()))
            .collect::<Result<_, _>>()?)
    }
}

fn from_row(row: &AnyRow) -> Result<StoredReport, sqlx::Error> {
    let status: String = row.try_get("status")?;
    let party = |player: &str, name: &str, kind: &str, subject: &str| {
        Ok::<_, sqlx::Error>(ReportParty {
            player_id: row.try_get(player)?,
            name: row.try_get(name)?,
            person: person(row, kind, subject)?,
        })
    };
    let closed_by: Option<String> = row.try_get("closed_by")?;
    let closed_by_name: Option<String> = row.try_get("closed_by_name")?;
    let network: Option<String> = row.try_get("reporter_network")?;
    Ok(columns!(row => StoredReport {
        id, at, reason, closed_at, note;
        reporter: party("reporter_player", "reporter_name", "reporter_kind", "reporter_subject")?,
        network: network.and_then(|text| text.parse().ok()),
        target: party("target_player", "target_name", "target_kind", "target_subject")?,
        // The table allows no other words.
        status: ReportStatus::parse(&status).unwrap_or(ReportStatus::Open),
        closed_by: closed_by
            .zip(closed_by_name)
            .map(|(id, name)| Actor { id, name }),
    }))
}
