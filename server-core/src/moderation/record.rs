//! Everything known about a person, put together for a moderator.

use std::collections::HashSet;

use super::{ActionError, Moderation, views};
use crate::roster::person_in;
use contract::admin::person::{SameAddress, VisitTotals};
use contract::admin::person_record::PersonRecord;
use contract::admin::sanction::Sanction;
use contract::admin::{PersonKind, PersonRef};
use runtime::clock::iso;
use store::accounts::{MessageFilter, SanctionFilter};
use store::records::RemarkKind;
use store::storage::StoreError;

/// Addresses of a person that are shown and compared.
const ADDRESSES: u32 = 10;
/// Others who used the same addresses.
const SAME_ADDRESS: u32 = 20;
/// Visits shown.
const VISITS: u32 = 20;
/// Names shown.
const NAMES: u32 = 20;
/// Messages shown.
const MESSAGES: u32 = 20;
/// Sanctions, warnings, kicks, notes and reports shown of each kind.
const EACH: u32 = 50;

impl Moderation {
    /// The record of a person; an unknown one is empty, because a guest may have been forgotten.
    ///
    /// # Errors
    /// [`ActionError::NotFound`] for an account that does not exist and left no trace; or
    /// [`ActionError::Store`].
    pub async fn record(&self, person: &PersonRef) -> Result<PersonRecord, ActionError> {
        let records = self.records();
        // What was seen a moment ago is part of the answer.
        records.write().await?;
        let user = match person.kind {
            PersonKind::Account => self.accounts().account(&person.subject).await?,
            PersonKind::Guest => None,
        };
        let sighting = records.people.sighting(person).await?;
        if person.kind == PersonKind::Account && user.is_none() && sighting.is_none() {
            return Err(ActionError::NotFound("account"));
        }
        let addresses = records.people.addresses(person, ADDRESSES).await?;
        let same_address = self.same_address(&addresses, person, SAME_ADDRESS).await?;
        let filter = MessageFilter {
            person: Some(person.clone()),
            ..MessageFilter::default()
        };
        let (_, messages) = self.accounts().archive().list(&filter, MESSAGES, 0).await?;
        let warnings = records.remarks.about(RemarkKind::Warning, person, EACH);
        let warnings = warnings.await?;
        let notes = records
            .remarks
            .about(RemarkKind::Note, person, EACH)
            .await?;
        let kicks = records.kicks.of(person, EACH).await?;
        let reports = records.reports.about(person, EACH).await?;
        let made = records.reports.by(person, EACH).await?;
        let visits = records.visits.of(person, VISITS).await?;
        let totals = records.visits.sum(person).await?;
        let names = records.people.names(person, NAMES).await?;
        let seen_name = || sighting.as_ref().map(|sighting| sighting.name.clone());
        let name = user.as_ref().map(|user| user.username.clone());
        Ok(PersonRecord {
            kind: person.kind,
            subject: person.subject.clone(),
            name: name.or_else(seen_name).unwrap_or_default(),
            user: user.map(|user| user.view()),
            first_seen_at: sighting.as_ref().map(|it| iso(it.first_seen_at)),
            last_seen_at: sighting.as_ref().map(|it| iso(it.last_seen_at)),
            addresses,
            sanctions: self.sanctions(person).await?,
            warnings: warnings.iter().map(views::warning).collect(),
            kicks: kicks.iter().map(views::kick).collect(),
            notes: notes.iter().map(views::note).collect(),
            reports: reports.iter().map(|it| self.report_view(it)).collect(),
            reports_made: made.iter().map(|it| self.report_view(it)).collect(),
            visits: visits.iter().map(views::visit).collect(),
            visit_totals: VisitTotals {
                count: totals.count,
                total_ms: totals.total_ms,
            },
            names: names.iter().map(views::known_name).collect(),
            messages,
            same_address,
        })
    }

    /// Bans and mutes of a person, newest first.
    async fn sanctions(&self, person: &PersonRef) -> Result<Vec<Sanction>, StoreError> {
        let bans = SanctionFilter {
            subject: Some(person.clone().into()),
            ..SanctionFilter::default()
        };
        let mutes = SanctionFilter {
            subject: Some(person.clone()),
            ..SanctionFilter::default()
        };
        let (_, bans) = self.accounts().bans().list(&bans, EACH, 0).await?;
        let (_, mutes) = self.records().mutes.list(&mutes, EACH, 0).await?;
        let bans = bans
            .iter()
            .map(|it| (it.created_at, Sanction::Ban(views::ban(it))));
        let mutes = mutes
            .iter()
            .map(|it| (it.created_at, Sanction::Mute(views::mute(it))));
        let mut all: Vec<_> = bans.chain(mutes).collect();
        all.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
        Ok(all.into_iter().map(|(_, sanction)| sanction).collect())
    }

    /// Who else was seen under these addresses, and whether they are here now.
    pub(super) async fn same_address(
        &self,
        addresses: &[String],
        person: &PersonRef,
        limit: u32,
    ) -> Result<Vec<SameAddress>, StoreError> {
        let people = &self.records().people;
        people.write().await?;
        let found = people.under(addresses, person, limit).await?;
        if found.is_empty() {
            return Ok(Vec::new());
        }
        let mut online: HashSet<PersonRef> = HashSet::new();
        self.sessions().look(|view| {
            online.insert(view.visitor.person());
        });
        self.roster().fetch_remote().await;
        online.extend(self.roster().remote().all().iter().map(person_in));
        Ok(found
            .into_iter()
            .map(|it| SameAddress {
                online: online.contains(&it.person),
                kind: it.person.kind,
                subject: it.person.subject,
                name: it.name,
                last_seen_at: iso(it.last_seen_at),
            })
            .collect())
    }
}
