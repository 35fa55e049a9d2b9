//! Players' reports: taking them in, closing them.

use serde_json::json;

use super::Author;
use crate::hooks::promises;
use crate::moderation::evidence::Speaker;
use crate::moderation::{ActionError, Moderation, ModerationEvent};
use contract::admin::action::ActionName;
use contract::admin::report::ReportedPlayer;
use contract::admin::{ActionEntry, PersonKind, PersonRef, Report, ReportStatus, Right};
use identity::Network;
use identity::Visitor;
use runtime::clock::iso;
use session::{PlayerReport, ReportPerson};
use store::records::{NewReport, ReportParty, StoredReport};
use store::storage::StoreError;

impl Moderation {
    /// Keeps a player's report and tells the feeds. `false` when too many of this reporter, or of
    /// its network, are open already: then it is not kept.
    ///
    /// # Errors
    /// [`StoreError`]; then it is not kept.
    pub async fn take_report(&self, report: PlayerReport) -> Result<bool, StoreError> {
        let network = report.reporter.visitor.as_ref();
        let network = network.map(|visitor| Network::of(visitor.address));
        if self.has_reported_enough(report.reporter.visitor.as_ref()) {
            return Ok(false);
        }
        let mut target = party(report.target);
        if target.person.is_none() {
            target.person = self.account_person(&target.player_id).await?;
        }
        let new = NewReport {
            reporter: party(report.reporter),
            network,
            target,
            reason: report.reason,
        };
        let stored = self.records().reports.add(&new).await?;
        let (about, by) = (speaker(&stored.target), speaker(&stored.reporter));
        self.keep_exchange(&stored.id, &about, &by).await;
        let report = self.report_changed(&stored).await;
        let world = self.settings().now().world.name.clone();
        self.hooks()
            .promise(promises::of_report(&world, &report))
            .await;
        Ok(true)
    }

    /// Whether somebody has to look at this reporter's open reports, or those of its network, before
    /// more are kept.
    fn has_reported_enough(&self, reporter: Option<&Visitor>) -> bool {
        let Some(reporter) = reporter else {
            return false;
        };
        let (limits, counts) = (&self.inner.parts.report_limits, &self.records().counts);
        let network = Network::of(reporter.address);
        counts.reports_by(&reporter.person()) >= limits.per_person
            || !reporter.local && counts.reports_from(network) >= limits.per_network
    }

    /// Closes a report or opens it again.
    ///
    /// # Errors
    /// [`ActionError::NotFound`], [`ActionError::RoleRequired`], or [`ActionError::Store`].
    pub async fn set_report(
        &self,
        author: &Author,
        id: &str,
        status: ReportStatus,
        note: Option<&str>,
    ) -> Result<(ActionEntry, Report), ActionError> {
        author.needs(Right::Reports)?;
        let reports = &self.records().reports;
        let stored = reports.set_status(id, status, note, &author.actor).await?;
        let stored = stored.ok_or(ActionError::NotFound("report"))?;
        let report = self.report_changed(&stored).await;
        let action = match status {
            ReportStatus::Open => ActionName::REPORT_REOPEN,
            ReportStatus::Resolved => ActionName::REPORT_RESOLVE,
            ReportStatus::Dismissed => ActionName::REPORT_DISMISS,
        };
        let details = json!({ "note": note, "playerId": stored.target.player_id });
        let name = Some(stored.target.name.as_str());
        let action = self.note(&author.actor, action, id, name, details).await;
        Ok((action, report))
    }

    /// A report as the administration reads it, with the sessions both hold now.
    #[must_use]
    pub fn report_view(&self, stored: &StoredReport) -> Report {
        let view = |party: &ReportParty| ReportedPlayer {
            player_id: party.player_id.clone(),
            name: party.name.clone(),
            person: party.person.clone(),
            session_id: self
                .roster()
                .known_holder(&party.player_id)
                .map(|session| session.id),
        };
        Report {
            id: stored.id.clone(),
            at: iso(stored.at),
            reporter: view(&stored.reporter),
            target: view(&stored.target),
            reason: stored.reason.clone(),
            status: stored.status,
            closed_by: stored.closed_by.clone(),
            closed_at: stored.closed_at.map(iso),
            note: stored.note.clone(),
        }
    }

    async fn report_changed(&self, stored: &StoredReport) -> Report {
        let report = self.report_view(stored);
        self.publish(ModerationEvent::ReportChanged {
            report: Box::new(report.clone()),
        })
        .await;
        report
    }

    /// An account's player is the account, also when it just left.
    async fn account_person(&self, player_id: &str) -> Result<Option<PersonRef>, StoreError> {
        let subject = player_id.to_lowercase();
        let exists = subject.len() == 36 && self.accounts().account_exists(&subject).await?;
        let kind = PersonKind::Account;
        Ok(exists.then_some(PersonRef { kind, subject }))
    }
}

fn speaker(party: &ReportParty) -> Speaker {
    Speaker {
        person: party.person.clone(),
        player_id: Some(party.player_id.clone()),
    }
}

fn party(party: ReportPerson) -> ReportParty {
    ReportParty {
        player_id: party.player_id.to_string(),
        person: party.visitor.as_ref().map(Visitor::person),
        name: party.name,
    }
}
