//! Whatever a crowd does and however its flushes fall: whoever stands still is soon shown where they stand, and
//! nobody who keeps up is told anything twice.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::{ConnectionId, Delta, Holder, WorldState, new_player};
use contract::payload::{PlayerPatch, PositionPatch};
use contract::{PayloadLimits, SpriteAtlas, WorldInfo};

/// What a client shows of one player.
#[derive(Debug, Clone, PartialEq, Default)]
struct ShownPlayer {
    place: (f64, f64),
    animation: String,
    metadata: serde_json::Map<String, serde_json::Value>,
}

impl ShownPlayer {
    fn of(player: &Player) -> Self {
        Self {
            place: (player.position.x, player.position.z),
            animation: player.animation.clone(),
            metadata: player.metadata.clone(),
        }
    }

    fn apply(&mut self, delta: &Delta<'_>) {
        if let Some([x, _, z]) = delta.position() {
            self.place = (x, z);
        }
        if let Some(animation) = delta.animation() {
            animation.clone_into(&mut self.animation);
        }
        if let Some(metadata) = delta.metadata() {
            let changed: serde_json::Map<_, _> = serde_json::from_str(&metadata).unwrap();
            self.metadata.extend(changed);
        }
    }
}

struct ModelReader {
    player: Option<u16>,
    view: CellView,
    shown: BTreeMap<String, ShownPlayer>,
    /// It has missed a flush, and may be told something again.
    was_behind: bool,
    /// Some cells have gone farther from it: until their turn it may be told something of them again.
    hears_again_until: Beat,
    /// Until when of each player that was told of beside its cell.
    repeats_until: BTreeMap<String, Beat>,
    told: usize,
    /// Flushes in which it was looked for what it is to be told.
    selected: usize,
}

/// A world and those who look at it.
pub(super) struct CrowdModel {
    pub(super) world: WorldState,
    nearest: usize,
    now: Beat,
    happened: u32,
    readers: Vec<ModelReader>,
}

fn connection(n: u16) -> ConnectionId {
    ConnectionId(u64::from(n))
}

fn id(n: u16) -> PlayerId {
    PlayerId::trusted(format!("p{n}"))
}

fn patch(x: f64, z: f64) -> PlayerPatch {
    let position = PositionPatch {
        x: Some(x),
        z: Some(z),
        ..PositionPatch::default()
    };
    PlayerPatch {
        position,
        ..PlayerPatch::default()
    }
}

impl CrowdModel {
    pub(super) fn new(nearest: usize) -> Self {
        let atlas = SpriteAtlas::new(0, String::new(), Vec::new());
        let limits = PayloadLimits::default();
        Self {
            world: WorldState::new(&WorldInfo::default(), &atlas, 3, limits),
            nearest,
            now: 100,
            happened: 0,
            readers: Vec::new(),
        }
    }

    pub(super) fn join(&mut self, n: u16, x: f64, z: f64) {
        let player = new_player(id(n), patch(x, z), &PayloadLimits::default()).unwrap();
        for reader in &mut self.readers {
            reader
                .shown
                .insert(player.id.as_str().to_owned(), ShownPlayer::of(&player));
        }
        let holder = Holder {
            connection: Some(connection(n)),
            fence: 1,
        };
        self.world.join(player, holder).unwrap();
    }

    fn leave(&mut self, n: u16) {
        if self.world.leave(connection(n)).is_some() {
            for reader in &mut self.readers {
                reader.shown.remove(id(n).as_str());
            }
        }
    }

    pub(super) fn watch(&mut self) {
        self.world.watch_distance(self.nearest, self.now);
    }

    pub(super) fn reader(&mut self, player: Option<u16>) -> usize {
        let view = self.world.nearness().unwrap().fresh_view();
        let shown = self.all();
        self.readers.push(ModelReader {
            player,
            view,
            shown,
            was_behind: false,
            hears_again_until: 0,
            repeats_until: BTreeMap::new(),
            told: 0,
            selected: 0,
        });
        self.readers.len() - 1
    }

    fn all(&self) -> BTreeMap<String, ShownPlayer> {
        let players = (0..1000).filter_map(|n| self.world.player(&id(n)));
        players
            .map(|player| (player.id.as_str().to_owned(), ShownPlayer::of(player)))
            .collect()
    }

    pub(super) fn places(&self) -> BTreeMap<String, (f64, f64)> {
        let all = self.all().into_iter();
        all.map(|(id, shown)| (id, shown.place)).collect()
    }

    fn update(&mut self, n: u16, patch: PlayerPatch) {
        self.happened += 1;
        // Nobody moves who is not there.
        let _ = self.world.update(connection(n), patch);
    }

    pub(super) fn shift(&mut self, n: u16, x: f64, z: f64) {
        if let Some(player) = self.world.player(&id(n)) {
            let at = player.position;
            // Never the same place twice.
            let odd = f64::from(self.happened + 1) * 1e-9;
            self.update(n, patch(at.x + x + odd, at.z + z));
        }
    }

    pub(super) fn say(&mut self, n: u16) {
        let animation = Some(format!("wave {}", self.happened));
        self.update(
            n,
            PlayerPatch {
                animation,
                ..PlayerPatch::default()
            },
        );
    }

    /// As [`Self::say`], of somebody who has waited elsewhere.
    pub(super) fn say_hurried(&mut self, n: u16) {
        self.say(n);
        self.world.hurry(&id(n));
    }

    pub(super) fn go_to(&mut self, n: u16, map: &str) {
        let mut metadata = contract::Metadata::new();
        metadata.insert("mapId".to_owned(), map.into());
        metadata.insert("alias".to_owned(), self.happened.into());
        let metadata = Some(metadata);
        self.update(
            n,
            PlayerPatch {
                metadata,
                ..PlayerPatch::default()
            },
        );
    }

    /// So many beats go by, and everybody is told who is not busy.
    pub(super) fn flush(&mut self, beats: Beat, is_free: impl Fn(usize) -> bool) {
        self.now += beats;
        self.world.note_changes(self.now, |_| {});
        for (number, reader) in self.readers.iter_mut().enumerate() {
            if !is_free(number) {
                reader.was_behind = true;
                continue;
            }
            let mut beside = reader.view.clone();
            let rings = beside.rings.number;
            let selection = match reader.player {
                Some(n) => self.world.select(&mut reader.view, connection(n), false),
                None => self.world.select_far(&mut reader.view),
            };
            if let Some(n) = reader.player {
                let rest = self.world.select(&mut beside, connection(n), true);
                let without_all = |it: Option<Arc<CellSelection>>| -> Vec<SelectedCell> {
                    let cells = it.map(|it| it.cells.clone()).unwrap_or_default();
                    cells.into_iter().filter(|it| !it.by_all).collect()
                };
                let expected = without_all(selection.clone());
                assert_eq!(without_all(rest), expected, "beside what all are told");
                // Where it is known to make no difference a floor may be any.
                let behind = |view: &CellView| {
                    let text = format!("{view:?}");
                    text.split_once("rings").unwrap().1.to_owned()
                };
                assert_eq!(behind(&beside), behind(&reader.view));
            }
            if reader.view.rings.number != rings {
                reader.hears_again_until = self.now + 2 * FAR_BEATS;
            }
            let Some(selection) = selection else {
                continue;
            };
            reader.selected += 1;
            Self::tell_overdue(&mut self.world, reader, self.now);
            let may_repeat = reader.was_behind || self.now <= reader.hears_again_until;
            let mut seen = std::collections::HashSet::new();
            for cell in &selection.cells {
                assert!(seen.insert(cell.cell), "a cell is told twice");
                self.world.changes_of(cell.cell, cell.since, |delta| {
                    reader.told += 1;
                    let Some(shown) = reader.shown.get_mut(delta.player.id.as_str()) else {
                        panic!("somebody is not there");
                    };
                    let before = shown.clone();
                    shown.apply(&delta);
                    let repeats = reader.repeats_until.get(delta.player.id.as_str());
                    let may_repeat = may_repeat || repeats.is_some_and(|it| self.now <= *it);
                    assert!(may_repeat || *shown != before, "told twice");
                });
            }
        }
        self.world.finish_flush();
    }

    /// Tells a reader of who is told of beside their cell; it may know it.
    fn tell_overdue(world: &mut WorldState, reader: &mut ModelReader, now: Beat) {
        world.changes_overdue(|delta| {
            let id = delta.player.id.as_str().to_owned();
            reader.repeats_until.insert(id, now + 2 * FAR_BEATS);
            if let Some(shown) = reader.shown.get_mut(delta.player.id.as_str()) {
                let before = shown.clone();
                shown.apply(&delta);
                reader.told += usize::from(*shown != before);
            }
        });
    }

    pub(super) fn select_plain(
        &mut self,
        view: &mut PlainView,
        n: u16,
        bytes: usize,
    ) -> Vec<PlayerId> {
        self.world.select_plain(view, connection(n), bytes, 30)
    }

    pub(super) fn is_right(&self, reader: usize) -> bool {
        self.readers[reader].shown == self.all()
    }

    pub(super) fn told(&self, reader: usize) -> usize {
        self.readers[reader].told
    }

    pub(super) fn selected(&self, reader: usize) -> usize {
        self.readers[reader].selected
    }

    /// Who is shown in another place, of those within a distance of a player.
    pub(super) fn wrong_within(&self, reader: usize, n: u16, distance: f64) -> Vec<String> {
        let all = self.all();
        let (x, z) = all[id(n).as_str()].place;
        let near = all
            .into_iter()
            .filter(|(_, it)| (it.place.0 - x).hypot(it.place.1 - z) < distance);
        let shown = &self.readers[reader].shown;
        near.filter(|(id, it)| shown[id] != *it)
            .map(|(id, _)| id)
            .collect()
    }
}

#[derive(Debug, Clone, Copy)]
enum CrowdStep {
    Walk(u16, i8, i8),
    Jump(u16, i8, i8),
    Say(u16),
    Hurry(u16),
    GoTo(u16, bool),
    Join(u16, i8),
    Leave(u16),
    /// Everybody walks for a while.
    Drift(i8),
    /// Beats, and who is busy.
    Flush(u8, u8),
    /// Somebody is busy for long.
    Long(u8),
}

const PLAYERS: u16 = 60;

fn steps() -> impl Strategy<Value = Vec<CrowdStep>> {
    let who = || 0..PLAYERS;
    let step = prop_oneof![
        6 => (who(), -9..9i8, -9..9i8).prop_map(|(n, x, z)| CrowdStep::Walk(n, x, z)),
        2 => (who(), any::<i8>(), any::<i8>()).prop_map(|(n, x, z)| CrowdStep::Jump(n, x, z)),
        3 => who().prop_map(CrowdStep::Say),
        2 => who().prop_map(CrowdStep::Hurry),
        1 => (who(), any::<bool>()).prop_map(|(n, other)| CrowdStep::GoTo(n, other)),
        1 => (who(), any::<i8>()).prop_map(|(n, x)| CrowdStep::Join(n, x)),
        1 => who().prop_map(CrowdStep::Leave),
        2 => (-20..20i8).prop_map(CrowdStep::Drift),
        8 => (0..3u8, any::<u8>()).prop_map(|(beats, busy)| CrowdStep::Flush(beats, busy)),
        1 => any::<u8>().prop_map(CrowdStep::Long),
    ];
    proptest::collection::vec(step, 0..150)
}

fn take(crowd: &mut CrowdModel, step: CrowdStep) {
    match step {
        CrowdStep::Walk(n, x, z) => crowd.shift(n, f64::from(x) / 10.0, f64::from(z) / 10.0),
        CrowdStep::Jump(n, x, z) => crowd.shift(n, f64::from(x), f64::from(z)),
        CrowdStep::Say(n) => crowd.say(n),
        CrowdStep::Hurry(n) => crowd.say_hurried(n),
        CrowdStep::GoTo(n, other) => crowd.go_to(n, if other { "cellar" } else { "harbour" }),
        // Also of somebody who is there, as a takeover.
        CrowdStep::Join(n, x) => {
            crowd.happened += 1;
            crowd.join(n, f64::from(x), f64::from(crowd.happened) * 1e-9);
        }
        CrowdStep::Leave(n) => crowd.leave(n),
        CrowdStep::Drift(x) => {
            for n in 0..PLAYERS {
                crowd.shift(n, f64::from(x) / 20.0, f64::from(n % 7) / 10.0);
            }
        }
        // The first half of the readers is never busy.
        CrowdStep::Flush(beats, busy) => {
            crowd.flush(1 << beats, |n| n < 4 || busy >> n & 1 == 0);
        }
        CrowdStep::Long(busy) => {
            for n in 0..30 {
                crowd.say(n % PLAYERS);
                crowd.flush(1, |n| n < 4 || busy >> n & 1 == 0);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn whoever_stands_still_is_shown_where_they_stand(steps in steps(), close: bool, last in 0..3u8) {
        let mut crowd = CrowdModel::new(5);
        for n in 0..PLAYERS {
            let apart = if close { 0.0 } else { 3.0 };
            crowd.join(n, f64::from(n % 8) * apart, f64::from(n / 8) * apart);
        }
        crowd.watch();
        for n in 0..8 {
            crowd.reader((n % 4 > 0).then_some(n * 7));
        }
        for step in steps {
            take(&mut crowd, step);
        }
        let beats = 1 << last;
        for _ in 0..(FAR_BEATS + 2 * beats) / beats {
            crowd.flush(beats, |_| true);
        }
        for reader in 0..8 {
            prop_assert!(crowd.is_right(reader), "reader {}", reader);
        }
    }
}
