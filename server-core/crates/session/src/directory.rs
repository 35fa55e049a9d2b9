//! What sessions ask of the stores: accounts, avatars, bans, the chat archive.
//!
//! The server implements it over the database; tests implement it with scripted answers. Every
//! asynchronous question is asked under a time limit, so a slow or broken store never delays the
//! game.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use contract::admin::person::VisitEnd;
use contract::{ChatMessage, Metadata, Player, PlayerId, Refusal};
use identity::Secret;
use replication::Recall;

use identity::{RenewedGuest, Visitor};

/// An answer that may take a while.
pub type LookupFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, LookupFailed>> + Send + 'a>>;

/// The store could not answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the store could not answer")]
pub struct LookupFailed;

/// What an avatar adds to a join.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AvatarDefaults {
    /// The name to use when the join brings none.
    pub name: Option<String>,
    /// Its layers (`hair`, `face`, `outfit`, `shoes`); `null` is "off".
    pub appearance: Metadata,
    /// What becomes `metadata.sprite`: the image's path.
    pub sprite: Option<String>,
    /// What becomes `metadata.spriteAssetId`.
    pub sprite_asset_id: Option<String>,
}

/// A ban or mute that is in force for a visitor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SanctionNotice {
    /// What the moderator wrote.
    pub reason: String,
    /// Until when, ISO 8601; `None` for good.
    pub until: Option<String>,
}

/// Somebody in a report.
#[derive(Debug, Clone)]
pub struct ReportPerson {
    /// The player.
    pub player_id: PlayerId,
    /// Its name; the id when the player is not here.
    pub name: String,
    /// Who holds it on this node.
    pub visitor: Option<Visitor>,
}

/// What a player says about another.
#[derive(Debug, Clone)]
pub struct PlayerReport {
    /// Who reports.
    pub reporter: ReportPerson,
    /// Whom.
    pub target: ReportPerson,
    /// Why; may be empty.
    pub reason: String,
}

/// See the module.
pub trait Directory: Send + Sync + 'static {
    /// Whether an account has this id, compared as [`PlayerId::folded`].
    fn account_exists<'a>(&'a self, folded_id: &'a str) -> LookupFuture<'a, bool>;

    /// The look of an avatar; `None` when no avatar has that id.
    fn look<'a>(&'a self, avatar_id: &'a str) -> LookupFuture<'a, Option<AvatarDefaults>>;

    /// The ban of this visitor, if there is one. From memory; asked under the world's
    /// lock.
    fn ban(&self, visitor: &Visitor) -> Option<SanctionNotice>;

    /// The join PIN in force, where the world has one. From memory; asked under the world's lock.
    fn pin(&self) -> Option<Secret>;

    /// Whether visitors without an account may join now. From memory.
    fn guests_allowed(&self) -> bool;

    /// What this node keeps in memory of the stores may be old: another node changed them. Never
    /// waits.
    fn reload(&self);

    /// What the archive says about the last messages.
    fn recall(&self) -> LookupFuture<'_, Recall>;

    /// A moderator of another node did something, as that node's JSON tells. Never waits.
    fn moderated(&self, event: serde_json::Value);

    /// Asks a visitor for the join PIN, where the world has one. From memory.
    ///
    /// # Errors
    /// The refusal: the PIN is missing or wrong, or there were too many wrong ones.
    fn check_pin(&self, visitor: &Visitor, given: Option<&str>) -> Result<(), Refusal>;

    /// The name under which a visitor is shown who asks for `name`, at most `max_chars` long; `None` when
    /// that is no deception. From memory.
    fn shown_name(&self, visitor: &Visitor, name: &str, max_chars: usize) -> Option<String>;

    /// The guest secret that a login made of `seed`, the same on every node. From memory.
    fn renewed_guest(&self, seed: &str) -> RenewedGuest;

    /// What silences a visitor now. From memory.
    fn muted(&self, visitor: &Visitor) -> Option<SanctionNotice>;

    /// Whether a visitor may say this now: slow mode and the word list. What passes counts for slow mode.
    /// From memory.
    ///
    /// # Errors
    /// The refusal.
    fn screen(&self, visitor: &Visitor, content: &str) -> Result<(), Refusal>;

    /// Notes that somebody came in or left as this player. Never waits.
    fn seen(&self, visitor: &Visitor, player: &Player);

    /// Notes that a visit is over, how long it was and how it ended. Never waits.
    fn visited(&self, visitor: &Visitor, player: &Player, stay: Duration, end: VisitEnd);

    /// Notes that a visitor read a warning of theirs.
    fn read<'a>(&'a self, visitor: &'a Visitor, warning: &'a str) -> LookupFuture<'a, ()>;

    /// Keeps a message of `speaker`, or of the server itself. Never waits: what cannot be queued is
    /// counted by the archive.
    fn archive(&self, message: &ChatMessage, speaker: Option<&Visitor>);

    /// Keeps a player's report about another; it lasts when this answers `true`. `false` when there
    /// are too many open ones of this reporter, or of its network, already.
    fn report(&self, report: PlayerReport) -> LookupFuture<'_, bool>;
}
