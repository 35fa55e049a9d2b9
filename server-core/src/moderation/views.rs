//! Rows of the database as the administration reads them.

use contract::admin::history::EndedVisit;
use contract::admin::person::{Kick, KnownName, Visit, VisitEnd, Warning};
use contract::admin::{ActionEntry, Ban, Mute, Note, SanctionKind};
use runtime::clock::{iso, now_ms};
use store::accounts::{
    Accounts, AuditEntry, AuditFilter, BanSubject, StoredBan, StoredMute, Subject as _,
};

use super::actions::undo;
use store::records::{Remark, StoredKick, StoredVisit, UsedName};
use store::storage::StoreError;

/// Lines of the audit log that a feed begins with.
const RECENT_ACTIONS: u32 = 20;

/// A line of the audit log.
#[must_use]
pub fn action(entry: &AuditEntry) -> ActionEntry {
    ActionEntry {
        id: entry.id.clone(),
        at: iso(entry.at),
        actor: entry.actor.clone(),
        action: entry.action.clone(),
        subject: entry.subject.clone(),
        subject_name: entry.subject_name.clone(),
        details: entry.details.clone(),
        undoable: entry.undone_at.is_none() && undo::is_reversible(&entry.action),
        undone_at: entry.undone_at.map(iso),
        undone_by: entry.undone_by.clone(),
    }
}

/// The last lines of the audit log, oldest first.
///
/// # Errors
/// See [`StoreError`].
pub async fn recent_actions(accounts: &Accounts) -> Result<Vec<ActionEntry>, StoreError> {
    let all = AuditFilter::default();
    let (_, entries) = accounts.audit().list(&all, RECENT_ACTIONS, 0).await?;
    Ok(entries.iter().rev().map(action).collect())
}

/// A ban.
#[must_use]
pub fn ban(ban: &StoredBan) -> Ban {
    Ban {
        id: ban.id.clone(),
        kind: match ban.subject {
            BanSubject::Account(_) => SanctionKind::Account,
            BanSubject::Guest(_) => SanctionKind::Guest,
            BanSubject::Address(_) => SanctionKind::Address,
        },
        subject: ban.subject.text(),
        subject_name: ban.subject_name.clone(),
        reason: ban.reason.clone(),
        until: ban.until.map(iso),
        created_by: ban.created_by.clone(),
        created_at: iso(ban.created_at),
        lifted_at: ban.lifted_at.map(iso),
        lifted_by: ban.lifted_by.clone(),
        active: ban.holds(now_ms()),
        seen: None,
    }
}

/// A mute.
#[must_use]
pub fn mute(mute: &StoredMute) -> Mute {
    Mute {
        id: mute.id.clone(),
        kind: mute.subject.kind,
        subject: mute.subject.subject.clone(),
        subject_name: mute.subject_name.clone(),
        reason: mute.reason.clone(),
        until: mute.until.map(iso),
        created_by: mute.created_by.clone(),
        created_at: iso(mute.created_at),
        lifted_at: mute.lifted_at.map(iso),
        lifted_by: mute.lifted_by.clone(),
        active: mute.holds(now_ms()),
        seen: None,
    }
}

/// A note.
#[must_use]
pub fn note(remark: &Remark) -> Note {
    Note {
        id: remark.id.clone(),
        at: iso(remark.at),
        author: remark.author.clone(),
        text: remark.text.clone(),
    }
}

/// A warning.
#[must_use]
pub fn warning(remark: &Remark) -> Warning {
    Warning {
        id: remark.id.clone(),
        at: iso(remark.at),
        message: remark.text.clone(),
        by: remark.author.clone(),
        read_at: remark.read_at.map(iso),
    }
}

/// A kick.
#[must_use]
pub fn kick(stored: &StoredKick) -> Kick {
    Kick {
        id: stored.id.clone(),
        at: iso(stored.at),
        reason: stored.reason.clone(),
        by: stored.by.clone(),
    }
}

/// A visit. A word that another version wrote and this one does not know is one who left.
#[must_use]
pub fn visit(stored: &StoredVisit) -> Visit {
    Visit {
        id: stored.id.clone(),
        began_at: iso(stored.began_at),
        ended_at: iso(stored.ended_at),
        name: stored.name.clone(),
        how: VisitEnd::parse(&stored.how).unwrap_or(VisitEnd::Left),
    }
}

/// A visit with whose it was.
#[must_use]
pub fn ended_visit(stored: &StoredVisit) -> EndedVisit {
    let Visit {
        id,
        began_at,
        ended_at,
        name,
        how,
    } = visit(stored);
    EndedVisit {
        id,
        person: stored.person.clone(),
        player_id: stored.player_id.clone(),
        name,
        began_at,
        ended_at,
        how,
    }
}

/// A name somebody had.
#[must_use]
pub fn known_name(used: &UsedName) -> KnownName {
    KnownName {
        name: used.name.clone(),
        last_seen_at: iso(used.last_seen_at),
    }
}
