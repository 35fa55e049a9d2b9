//! The world while distance decides how often somebody is told of whom; see [`nearness`](crate::nearness).

use std::sync::Arc;

use super::nearness::{
    Beat, CellId, CellSelection, CellView, FAR_BEATS, Interest, Nearness, PlainView,
};
use super::record::Record;
use super::{ConnectionId, Delta, WorldState};
use contract::{PlayerId, SharedJson};

/// A field that changed longer ago than this has been told wherever its player was, to whoever is told as it comes.
const CARRIED_BEATS: Beat = 3 * FAR_BEATS;

impl WorldState {
    /// From now on distance decides; at least `nearest` of the nearest are near. What has changed before must have been flushed.
    pub fn watch_distance(&mut self, nearest: usize, now: Beat) {
        let mut nearness = Nearness::new(nearest, now);
        for record in self.players.values() {
            nearness.enter(record.player());
        }
        nearness.finish();
        self.nearness = Some(nearness);
    }

    /// Distance decides no longer.
    pub fn forget_distance(&mut self) {
        self.nearness = None;
        self.players.values_mut().for_each(Record::forget_clocks);
    }

    /// Where everybody is, while distance decides.
    #[must_use]
    pub fn nearness(&self) -> Option<&Nearness> {
        self.nearness.as_ref()
    }

    /// Begins a flush: every pending change is noted, and shown to `each` once.
    pub fn note_changes(&mut self, now: Beat, mut each: impl FnMut(Delta<'_>)) {
        let Some(nearness) = &mut self.nearness else {
            return;
        };
        nearness.begin(now);
        let stamp = nearness.running_stamp();
        for id in self.changed.drain(..) {
            let Some(record) = self.players.get_mut(&id) else {
                continue;
            };
            let Some(delta) = record.pending_delta() else {
                continue;
            };
            let has_crossed = nearness.note(delta.player, delta.may_change_map());
            each(delta);
            let carried = has_crossed.then(|| stamp.saturating_sub(CARRIED_BEATS));
            record.stamp(stamp, carried);
        }
        nearness.prepare();
    }

    /// Another node's player has changed as [`Self::update_remote`] says, and that has waited for its turn there: everybody is
    /// told of it in the next flush.
    pub fn hurry(&mut self, id: &PlayerId) {
        if let Some(nearness) = &mut self.nearness {
            nearness.hurry(id);
        }
    }

    /// Where the players of this node have others near or in the middle; `None` while distance decides nothing.
    pub fn interest(&mut self) -> Option<Interest> {
        let players = self.by_connection.values();
        Some(self.nearness.as_mut()?.interest(players))
    }

    /// Ends a flush: everybody has been told who can be.
    pub fn finish_flush(&mut self) {
        if let Some(nearness) = &mut self.nearness {
            nearness.finish();
        }
    }

    /// What a connection is told in the running flush; see [`Nearness::select`].
    pub fn select(
        &mut self,
        view: &mut CellView,
        connection: ConnectionId,
        beside_all: bool,
    ) -> Option<Arc<CellSelection>> {
        let stands = self.by_connection.get(&connection);
        self.nearness.as_mut()?.select(view, stands, beside_all)
    }

    /// What somebody who has everybody far is told.
    pub fn select_far(&mut self, view: &mut CellView) -> Option<Arc<CellSelection>> {
        self.nearness.as_mut()?.select(view, None, false)
    }

    /// Whom a client that reads single updates is told of; see [`Nearness::select_plain`].
    pub fn select_plain(
        &mut self,
        view: &mut PlainView,
        connection: ConnectionId,
        per_second: usize,
        around: usize,
    ) -> Vec<PlayerId> {
        let stands = self.by_connection.get(&connection);
        let Some(nearness) = &mut self.nearness else {
            return Vec::new();
        };
        let players = &mut self.players;
        nearness.select_plain(view, stands, per_second, |id| {
            let json = players.get_mut(id).map(Record::json);
            json.map_or(0, |json| json.get().len() + around)
        })
    }

    /// Whether a client was told so long ago that nobody else may be owed the same.
    #[must_use]
    pub fn is_late(&self, view: &CellView) -> bool {
        let nearness = self.nearness.as_ref();
        nearness.is_some_and(|it| it.is_late(view))
    }

    /// Of whom a client is owed something.
    #[must_use]
    pub fn owed(&self, view: &CellView) -> Vec<PlayerId> {
        let nearness = self.nearness.as_ref();
        nearness.map_or_else(Vec::new, |it| it.owed(view))
    }

    /// As [`Self::owed`], for a client that reads single updates: each with its player.
    pub fn owed_plain(&mut self, view: &PlainView) -> Vec<(PlayerId, SharedJson)> {
        let nearness = self.nearness.as_ref();
        let owed = nearness.map_or_else(Vec::new, |it| it.owed_plain(view));
        let owed = owed.into_iter();
        owed.filter_map(|id| {
            let json = self.json_of(&id)?;
            Some((id, json))
        })
        .collect()
    }

    /// The whole player as JSON.
    pub fn json_of(&mut self, id: &PlayerId) -> Option<SharedJson> {
        self.players.get_mut(id).map(Record::json)
    }

    /// What changed about those who stand in a cell, after a beat.
    pub fn changes_of(&mut self, cell: CellId, since: Beat, mut take: impl FnMut(Delta<'_>)) {
        let Some(nearness) = &self.nearness else {
            return;
        };
        for id in nearness.changed(cell, since) {
            let record = self.players.get_mut(id);
            if let Some(delta) = record.and_then(|it| it.delta_since(since)) {
                take(delta);
            }
        }
    }

    /// What everybody is told in the running flush of who is overdue; see [`Nearness::overdue`].
    pub fn changes_overdue(&mut self, mut take: impl FnMut(Delta<'_>)) {
        let overdue = self.nearness.as_ref().map_or(&[][..], Nearness::overdue);
        for (id, since) in overdue {
            let record = self.players.get_mut(id);
            if let Some(delta) = record.and_then(|it| it.delta_since(*since)) {
                take(delta);
            }
        }
    }

    /// Somebody came in, or everybody was told anew what they are.
    pub(super) fn enter_distance(&mut self, id: &PlayerId) {
        if let Some(nearness) = &mut self.nearness
            && let Some(record) = self.players.get_mut(id)
        {
            record.forget_clocks();
            nearness.enter(record.player());
        }
    }

    pub(super) fn leave_distance(&mut self, id: &PlayerId) {
        if let Some(nearness) = &mut self.nearness {
            nearness.leave(id);
        }
    }
}
