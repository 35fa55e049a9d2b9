//! What a client that reads single updates is told: within its bytes, those who stand near first, and everybody who
//! has come to rest before long.

use super::beat::{BEAT_MS, Beat};
use super::{MapSpot, Nearness};
use contract::PlayerId;

/// Everybody is looked at once in so many beats: 17 s.
const SWEEP_BEATS: u64 = 340;
/// Who has not changed for so long has come to rest, and is told of whatever that takes: 1 s.
const RESTING_BEATS: Beat = 20;
/// A client is told in so many beats at most: 0.2 s. Its bytes are the same, and so is what they say of each.
const PLAIN_BEATS: Beat = 4;
/// Bytes that were not needed are kept for so long, in beats.
const SAVED_BEATS: f64 = 10.0;
/// Share of its bytes for those who are far and go on moving.
const FAR_SHARE: f64 = 0.25;
/// Distance in tiles at which somebody counts half as much as on the same spot.
const HALF_AWAY: f64 = 8.0;
/// Players looked at in one flush among those who may be far and moving.
const LOOKED_AHEAD: u32 = 256;

/// When one client was told of whom.
#[derive(Debug, Clone)]
pub struct PlainView {
    /// The flush in which it was told last.
    at: Beat,
    /// By the numbers of players.
    sent: Vec<Beat>,
    /// It knows everybody as of this beat.
    floor: Beat,
    /// Who is swept next, and what is behind a whole step of the sweep.
    next: u32,
    rest: u64,
    /// Which of those who may be far and moving is looked at next.
    ahead: u32,
    bytes: f64,
    /// Those of them that are kept for who is far.
    far_bytes: f64,
}

impl PlainView {
    /// Whether the sweep could not look at all whose turn it was.
    #[must_use]
    pub fn is_late(&self) -> bool {
        self.rest >= SWEEP_BEATS
    }

    fn sent_at(&self, slot: u32) -> Beat {
        let sent = self.sent.get(slot as usize).copied();
        sent.unwrap_or_default().max(self.floor)
    }

    fn note(&mut self, slot: u32, now: Beat) {
        let place = slot as usize;
        if self.sent.len() <= place {
            self.sent.resize(place + 1, 0);
        }
        self.sent[place] = now;
    }

    /// So many beats have passed. A debt is forgotten beyond a second's worth, and so are savings beyond their time.
    fn refill(&mut self, beats: Beat, per_second: f64) {
        let per_beat = per_second * BEAT_MS as f64 / 1000.0;
        let most = per_beat * SAVED_BEATS;
        self.bytes = (self.bytes.max(-per_second) + per_beat * f64::from(beats)).min(most);
        let far = self.far_bytes + per_beat * FAR_SHARE * f64::from(beats);
        self.far_bytes = far.min(most * FAR_SHARE);
    }
}

impl Nearness {
    /// The view of a client that knows everything as it is in this flush, or behind it.
    #[must_use]
    pub fn fresh_plain_view(&self) -> PlainView {
        PlainView {
            at: self.now,
            sent: Vec::new(),
            floor: self.now,
            next: 0,
            rest: 0,
            ahead: 0,
            bytes: 0.0,
            far_bytes: 0.0,
        }
    }

    /// Whom a client is told of in the running flush; its own player is not among them. `per_second` bytes are its
    /// budget, and `size` says what it takes to tell of somebody. Whoever has come to rest is told when its turn comes, at
    /// most a second's bytes at once. With this it has been told.
    pub fn select_plain(
        &mut self,
        view: &mut PlainView,
        stands: Option<&PlayerId>,
        per_second: usize,
        mut size: impl FnMut(&PlayerId) -> usize,
    ) -> Vec<PlayerId> {
        let beats = self.now - view.at;
        if beats < PLAIN_BEATS {
            return Vec::new();
        }
        let home = stands.and_then(|id| self.person(id));
        let (own, spot) = (home.map(|(slot, _)| slot), home.map(|(_, it)| it.spot));
        let rings = home
            .map(|(_, it)| it.cell)
            .map(|cell| self.rings_around(cell));
        let per_second = per_second as f64;
        view.at = self.now;
        view.refill(beats, per_second);

        let mut selected = Vec::new();
        let mut select = |view: &mut PlainView, slot: u32| {
            let person = self.at(slot).filter(|_| Some(slot) != own);
            let Some(person) = person.filter(|it| it.changed > view.sent_at(slot)) else {
                return 0.0;
            };
            let bytes = size(&person.id) as f64;
            view.bytes -= bytes;
            view.note(slot, self.now);
            selected.push(person.id.clone());
            bytes
        };
        let people = self.people.len() as u32;
        let round = u64::from(people) * SWEEP_BEATS;
        view.rest = (view.rest + u64::from(people) * u64::from(beats)).min(round);
        let mut swept = 0.0;
        while view.is_late() && swept < per_second {
            view.rest -= SWEEP_BEATS;
            let slot = view.next % people;
            view.next = (slot + 1) % people;
            if self.is_resting(slot) {
                swept += select(view, slot);
            }
        }
        if let (Some(rings), Some(spot)) = (rings, spot) {
            let cells = rings.cells().filter_map(|id| self.grid.get(id));
            let mut owed: Vec<(f64, u32)> = cells
                .flat_map(|cell| &cell.members)
                .filter_map(|slot| Some((self.urgency(view, *slot, spot)?, *slot)))
                .collect();
            owed.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
            for (_, slot) in owed {
                if view.bytes <= view.far_bytes {
                    break;
                }
                select(view, slot);
            }
        }
        for _ in 0..people.min(LOOKED_AHEAD) {
            if view.bytes <= 0.0 {
                break;
            }
            let slot = view.ahead % people;
            view.ahead = (slot + 1) % people;
            let bytes = select(view, slot);
            view.far_bytes = (view.far_bytes - bytes).max(0.0);
        }
        selected
    }

    fn is_resting(&self, slot: u32) -> bool {
        let person = self.at(slot);
        person.is_some_and(|person| person.changed + RESTING_BEATS <= self.now)
    }

    /// Everybody of whom a client is owed something.
    pub(crate) fn owed_plain(&self, view: &PlainView) -> Vec<PlayerId> {
        let people = (0..).zip(&self.people);
        let people = people.filter_map(|(slot, person)| Some((slot, person.as_ref()?)));
        people
            .filter(|(slot, person)| person.changed > view.sent_at(*slot))
            .map(|(_, person)| person.id.clone())
            .collect()
    }

    /// How long ago a client was told of somebody, by how near they stand; `None` when it is owed nothing.
    fn urgency(&self, view: &PlainView, slot: u32, spot: MapSpot) -> Option<f64> {
        let person = self.at(slot)?;
        let sent = view.sent_at(slot);
        let age = f64::from(self.now - sent.min(self.now));
        (person.changed > sent).then(|| age / (1.0 + person.spot.distance(spot) / HALF_AWAY))
    }
}
