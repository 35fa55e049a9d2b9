//! Bans and mutes: sanctions that hold for good or until a moment, and can be lifted.
//!
//! One table each, of one shape. [`Sanctions`] is what both can: store, lift, list, and a mirror in
//! memory of those that hold, so that who may come in and who may speak is known at once, also while the
//! database is slow or gone. [`bans`] adds whole networks and what the accounts themselves hold,
//! [`mutes`] nothing but the question.

mod active;
mod ban_index;
mod ban_subject;
mod bans;
mod mirror;
mod mutes;
mod sanction;
mod subject;
mod table;

pub use active::ActiveSanction;
pub use ban_subject::BanSubject;
pub use bans::Bans;
pub use mutes::Mutes;
pub use sanction::{NewSanction, SanctionFilter, StoredBan, StoredMute, StoredSanction};
pub use subject::Subject;
pub use table::Sanctions;

#[cfg(test)]
pub(super) mod ban_tests;
