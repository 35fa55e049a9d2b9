//! A sanction: whom it is about, who laid it on, and how long it holds.

use contract::admin::{Actor, PersonRef};
use sqlx::Row;
use sqlx::any::AnyRow;

use super::active::ActiveSanction;
use super::{BanSubject, Subject};

/// A ban as stored.
pub type StoredBan = StoredSanction<BanSubject>;

/// A mute as stored.
pub type StoredMute = StoredSanction<PersonRef>;

/// A sanction as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredSanction<S> {
    /// A UUID.
    pub id: String,
    /// Whom it is about.
    pub subject: S,
    /// How people called the subject then.
    pub subject_name: Option<String>,
    /// What the moderator wrote; may be empty.
    pub reason: String,
    /// Milliseconds since 1970; `None` for good.
    pub until: Option<i64>,
    /// Who laid it on, as they were called then.
    pub created_by: Actor,
    /// Milliseconds since 1970.
    pub created_at: i64,
    /// When it was lifted, if it was.
    pub lifted_at: Option<i64>,
    /// Who lifted it, as they were called then.
    pub lifted_by: Option<Actor>,
}

/// A sanction in the making.
#[derive(Debug, Clone)]
pub struct NewSanction<'a, S> {
    /// Whom it is about.
    pub subject: S,
    /// How people call the subject.
    pub subject_name: Option<&'a str>,
    /// What the moderator wrote; may be empty.
    pub reason: &'a str,
    /// Milliseconds since 1970; `None` for good.
    pub until: Option<i64>,
    /// Who lays it on.
    pub by: &'a Actor,
}

/// Which sanctions are wanted; `None` and empty texts leave a criterion out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SanctionFilter<S> {
    /// Part of the subject, its name or the reason.
    pub search: String,
    /// Only those that hold now, or only those that do not.
    pub active: Option<bool>,
    /// Only of this subject.
    pub subject: Option<S>,
    /// Only those that this actor laid on, by id.
    pub by: String,
}

// By hand, because a subject has no default.
impl<S> Default for SanctionFilter<S> {
    fn default() -> Self {
        Self {
            search: String::new(),
            active: None,
            subject: None,
            by: String::new(),
        }
    }
}

impl<S> StoredSanction<S> {
    /// What concerns the person.
    #[must_use]
    pub fn active(&self) -> ActiveSanction {
        ActiveSanction {
            reason: self.reason.clone(),
            until: self.until,
        }
    }

    /// Whether it holds at `now` (milliseconds since 1970): neither lifted nor over.
    #[must_use]
    pub fn holds(&self, now: i64) -> bool {
        self.lifted_at.is_none() && self.active().holds(now)
    }
}

/// `None` for a row whose subject is not readable, which nothing of ours writes.
pub(super) fn from_row<S: Subject>(row: &AnyRow) -> Result<Option<StoredSanction<S>>, sqlx::Error> {
    let kind: String = row.try_get("kind")?;
    let Some(subject) = S::parse(&kind, row.try_get("subject")?) else {
        return Ok(None);
    };
    Ok(Some(StoredSanction {
        id: row.try_get("id")?,
        subject,
        subject_name: row.try_get("subject_name")?,
        reason: row.try_get("reason")?,
        until: row.try_get("until")?,
        created_by: created_by(row)?,
        created_at: row.try_get("created_at")?,
        lifted_at: row.try_get("lifted_at")?,
        lifted_by: lifted_by(row)?,
    }))
}

/// Lines from before names were kept have the id in its place.
fn created_by(row: &AnyRow) -> Result<Actor, sqlx::Error> {
    let id: String = row.try_get("created_by")?;
    let name: String = row.try_get("created_by_name")?;
    let name = if name.is_empty() { id.clone() } else { name };
    Ok(Actor { id, name })
}

fn lifted_by(row: &AnyRow) -> Result<Option<Actor>, sqlx::Error> {
    let Some(id) = row.try_get::<Option<String>, _>("lifted_by")? else {
        return Ok(None);
    };
    let name: Option<String> = row.try_get("lifted_by_name")?;
    let name = name.unwrap_or_else(|| id.clone());
    Ok(Some(Actor { id, name }))
}
