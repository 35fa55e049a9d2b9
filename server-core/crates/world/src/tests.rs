//! The rules of the world, one small case each.

use serde_json::{Value, json};

use super::*;
use contract::{packed, payload};

const ANA: ConnectionId = ConnectionId(1);
const BEN: ConnectionId = ConnectionId(2);

fn world() -> WorldState {
    let info = WorldInfo {
        id: "w".into(),
        name: "W".into(),
        description: String::new(),
        ..WorldInfo::default()
    };
    let atlas = SpriteAtlas::new(1, "2026-01-01T00:00:00.000Z".into(), Vec::new());
    WorldState::new(&info, &atlas, 3, PayloadLimits::default())
}

fn holder(connection: ConnectionId, fence: u64) -> Holder {
    Holder {
        connection: Some(connection),
        fence,
    }
}

#[track_caller]
fn join(world: &mut WorldState, payload: Value, holder: Holder) -> Result<Joined, WorldError> {
    let limits = PayloadLimits::default();
    let request = payload::join(Some(&payload), &limits).unwrap_or_else(|e| panic!("{e}"));
    let player = new_player(request.player_id, request.patch, &limits)?;
    world.join(player, holder)
}

#[track_caller]
fn update(world: &mut WorldState, connection: ConnectionId, payload: Value) -> Value {
    let patch = payload::update(Some(&payload), &PayloadLimits::default())
        .unwrap_or_else(|e| panic!("{e}"));
    match world.update(connection, patch) {
        Ok(record) => value(&record.json()),
        Err(error) => json!(error.to_string()),
    }
}

fn value(json: &SharedJson) -> Value {
    serde_json::from_str(json.get()).unwrap_or_default()
}

#[test]
fn a_join_without_details_gets_the_defaults() {
    let joined = join(&mut world(), json!({"playerId": "ana"}), holder(ANA, 1));
    assert_eq!(
        joined.map(|joined| value(&joined.player)).ok(),
        Some(json!({
            "id": "ana", "name": "Player ana", "position": {"x": 0.0, "y": 0.0, "z": 0.0},
            "animation": "idle", "metadata": {},
        }))
    );
}

#[test]
fn an_update_changes_only_what_it_carries() {
    let mut world = world();
    let look = json!({"hair": "bob", "shoes": "red"});
    let start = json!({"playerId": "ana", "name": "Ana", "metadata": {"appearance": look, "a": 1}});
    join(&mut world, start, holder(ANA, 1)).unwrap_or_else(|e| panic!("{e}"));
    let after = update(
        &mut world,
        ANA,
        json!({"position": {"x": 2}, "metadata": {"appearance": {"shoes": null}, "b": [1]}}),
    );
    assert_eq!(
        after,
        json!({
            "id": "ana", "name": "Ana", "position": {"x": 2.0, "y": 0.0, "z": 0.0},
            "animation": "idle",
            "metadata": {"appearance": {"hair": "bob", "shoes": null}, "a": 1, "b": [1]},
        })
    );
}

#[test]
fn details_that_grow_too_large_are_refused_and_change_nothing() {
    let mut world = world();
    join(&mut world, json!({"playerId": "ana"}), holder(ANA, 1)).unwrap_or_else(|e| panic!("{e}"));
    update(
        &mut world,
        ANA,
        json!({"metadata": {"a": "x".repeat(3000)}}),
    );
    let refused = update(
        &mut world,
        ANA,
        json!({"name": "New", "metadata": {"b": "x".repeat(3000)}}),
    );
    assert_eq!(refused, json!("the metadata is too large"));
    let deep = (0..20).fold(json!(1), |inner, _| json!([inner]));
    assert_eq!(
        update(&mut world, ANA, json!({"metadata": {"c": deep}})),
        refused
    );
    let now = update(&mut world, ANA, json!({}));
    assert_eq!(
        (&now["name"], now["metadata"].get("b")),
        (&json!("Player ana"), None)
    );
}

#[test]
fn a_newer_claim_evicts_and_an_older_one_is_stale() {
    let mut world = world();
    let payload = || json!({"playerId": "ana"});
    join(&mut world, payload(), holder(ANA, 1)).unwrap_or_else(|e| panic!("{e}"));
    let taken = join(&mut world, payload(), holder(BEN, 3)).map(|joined| joined.evicted);
    assert_eq!(taken.ok(), Some(Some(ANA)));
    assert!(matches!(
        join(&mut world, payload(), holder(ANA, 2)),
        Err(WorldError::Stale)
    ));
    assert_eq!(
        world.leave(ANA),
        None,
        "the late goodbye of the old socket removes nobody"
    );
    assert_eq!(world.player_count(), 1);
    assert_eq!(world.leave(BEN).map(|released| released.fence), Some(3));
    assert_eq!(world.player_count(), 0);
}

#[test]
fn a_join_under_another_id_releases_the_first_player() {
    let mut world = world();
    join(&mut world, json!({"playerId": "a"}), holder(ANA, 1)).unwrap_or_else(|e| panic!("{e}"));
    let joined = join(&mut world, json!({"playerId": "b"}), holder(ANA, 2));
    let released = joined
        .ok()
        .and_then(|joined| joined.released)
        .map(|released| released.id);
    assert_eq!(released, Some(PlayerId::trusted("a")));
    assert_eq!(world.held_by(ANA), Some(&PlayerId::trusted("b")));
    assert_eq!(world.player_count(), 1);
}

#[test]
fn changes_are_drained_once_and_name_only_what_changed() {
    let mut world = world();
    let start = json!({"playerId": "ana", "metadata": {"a": 1}});
    join(&mut world, start, holder(ANA, 1)).unwrap_or_else(|e| panic!("{e}"));
    assert!(!world.has_changes(), "a join is announced, not flushed");
    update(
        &mut world,
        ANA,
        json!({"position": {"x": 1}, "animation": "idle"}),
    );
    update(
        &mut world,
        ANA,
        json!({"position": {"x": 2}, "metadata": {"a": 1, "b": 2}}),
    );
    let mut seen = Vec::new();
    world.drain_changes(|delta| {
        seen.push((
            delta.position(),
            delta.animation().map(str::to_owned),
            delta.metadata(),
        ));
    });
    assert_eq!(
        seen,
        [(Some([2.0, 0.0, 0.0]), None, Some(r#"{"b":2}"#.to_owned()))]
    );
    world.drain_changes(|_| panic!("drained twice"));
}

#[test]
fn an_update_that_repeats_the_state_still_reaches_the_peers() {
    let mut world = world();
    join(&mut world, json!({"playerId": "ana"}), holder(ANA, 1)).unwrap_or_else(|e| panic!("{e}"));
    update(&mut world, ANA, json!({"animation": "idle"}));
    let mut seen = 0;
    world.drain_changes(|delta| seen += usize::from(delta.animation() == Some("idle")));
    assert_eq!(seen, 1);
}

#[test]
fn the_chat_keeps_the_newest_messages() {
    let mut world = world();
    for n in 0..5 {
        world.append_chat(&said(n));
    }
    assert!(world.remove_message(&MessageId("3".into())));
    assert!(!world.remove_message(&MessageId("0".into())));
    assert_eq!(chat_of(&mut world), [json!("2"), json!("4")]);
}

#[test]
fn a_line_comes_back_in_its_place_among_those_of_its_millisecond() {
    let mut world = world();
    for n in 0..3 {
        world.append_chat(&said(n));
    }
    assert!(world.remove_message(&MessageId("1".into())));
    world.restore_message(&said(1));
    assert_eq!(chat_of(&mut world), [json!("0"), json!("1"), json!("2")]);
}

/// The line number `n`; all of them were said in one millisecond.
fn said(n: u8) -> ChatMessage {
    ChatMessage {
        id: MessageId(n.to_string()),
        player_id: "ana".into(),
        author: "Ana".into(),
        content: "hi".into(),
        timestamp: String::new(),
    }
}

fn chat_of(world: &mut WorldState) -> Vec<Value> {
    value(world.snapshot().json())["chat"]
        .as_array()
        .map(|chat| chat.iter().map(|message| message["id"].clone()).collect())
        .unwrap_or_default()
}

#[test]
fn a_packed_snapshot_is_the_same_snapshot() {
    let mut world = world();
    world.append_chat(&said(1));
    let snapshot = world.snapshot();
    let text = packed::unpack(snapshot.packed().unwrap()).unwrap();
    let events = packed::events(&text).unwrap();
    let [state] = &events[..] else {
        panic!("{text}");
    };
    assert_eq!(state.name(), "world:state");
    assert_eq!(state.payload(), snapshot.json().get());
}

#[test]
fn asking_how_large_a_snapshot_is_packs_nothing() {
    let mut world = world();
    let line = ChatMessage {
        content: "x".repeat(1000),
        ..said(1)
    };
    world.append_chat(&line);
    let snapshot = world.snapshot();
    assert_eq!(snapshot.packed_size(), snapshot.size());
    assert!(!snapshot.is_packed());
    let packed = snapshot.packed().unwrap().len();
    assert!(snapshot.is_packed());
    assert_eq!(snapshot.packed_size(), packed);
    assert!(packed < snapshot.size());
}

#[test]
fn a_world_too_large_to_be_packed_is_known_by_its_parts() {
    let mut world = world();
    let line = ChatMessage {
        content: "x".repeat(packed::LIMIT_BYTES),
        ..said(1)
    };
    world.append_chat(&line);
    let snapshot = world.snapshot();
    assert!(snapshot.size() > packed::LIMIT_BYTES);
    assert!(snapshot.size() <= snapshot.json().get().len());
    assert_eq!(snapshot.packed(), None);
    assert_eq!(snapshot.packed_size(), snapshot.size());
}

#[test]
fn an_older_atlas_never_replaces_a_newer_one() {
    let mut world = world();
    let atlas = |version| SpriteAtlas::new(version, String::new(), Vec::new());
    assert!(world.set_atlas(&atlas(3)).is_some());
    assert!(world.set_atlas(&atlas(2)).is_none());
    assert_eq!(value(world.snapshot().json())["spriteAtlas"]["version"], 3);
}

#[test]
fn a_snapshot_for_who_missed_much_holds_more_lines() {
    let mut world = world();
    for n in 0..230_u16 {
        world.append_chat(&ChatMessage {
            id: MessageId(format!("{n:03}")),
            ..said(0)
        });
    }
    world.remove_message(&MessageId("200".into()));
    let lines = |snapshot: &SharedSnapshot| {
        let chat = value(snapshot.json())["chat"].clone();
        let ids = chat.as_array().cloned().unwrap_or_default();
        (ids.len(), ids[0]["id"].clone())
    };
    let usual = lines(&world.snapshot());
    assert_eq!(lines(&world.snapshot_with(1)), usual);
    assert_eq!(
        lines(&world.snapshot_with(150)),
        (199, json!("030")),
        "all that clients keep, without what was removed"
    );
    assert_eq!(lines(&world.snapshot()), usual);
}

#[test]
fn what_stands_outside_a_closed_world_is_made_once() {
    let mut world = world();
    let first = world.closed_snapshot();
    assert!(Arc::ptr_eq(&first, &world.closed_snapshot()));
    world.append_chat(&said(1));
    assert!(Arc::ptr_eq(&first, &world.closed_snapshot()));
    let about = |world: &mut WorldState| value(world.closed_snapshot().json());
    join(&mut world, json!({"playerId": "ana"}), holder(ANA, 1)).unwrap();
    assert_eq!(about(&mut world)["world"]["playersOnline"], 1);
    world.set_mood(Mood::Night).unwrap();
    assert_eq!(about(&mut world)["world"]["mood"], "night");
    world
        .set_atlas(&SpriteAtlas::new(3, String::new(), Vec::new()))
        .unwrap();
    assert_eq!(about(&mut world)["spriteAtlas"]["version"], 3);
}

#[test]
fn a_light_is_told_once_and_outlives_a_new_name() {
    let mut world = world();
    assert!(world.set_mood(Mood::Day).is_none());
    let told = world.set_mood(Mood::Night).unwrap();
    assert_eq!(told.get(), r#"{"mood":"night"}"#);
    assert!(world.set_mood(Mood::Night).is_none());
    world.set_info(&WorldInfo {
        name: "Cove".to_owned(),
        ..WorldInfo::default()
    });
    for state in [world.snapshot(), world.closed_snapshot()] {
        let state: Value = serde_json::from_str(state.json().get()).unwrap();
        assert_eq!(state["world"]["mood"], "night");
    }
}

#[test]
fn an_announcement_stands_for_who_comes_later_and_outlives_a_new_name() {
    let mut world = world();
    assert!(world.set_pinned(None).is_none());
    let pinned = PinnedAnnouncement {
        id: "1".to_owned(),
        message: "The parade starts at three.".to_owned(),
        at: "2030-01-31T13:50:00Z".to_owned(),
        until: "2030-01-31T15:00:00Z".to_owned(),
    };
    let told = world.set_pinned(Some(pinned.clone())).unwrap();
    let told: Value = serde_json::from_str(told.get()).unwrap();
    assert_eq!(told["pinned"]["message"], pinned.message);
    assert!(world.set_pinned(Some(pinned.clone())).is_none());
    world.set_info(&WorldInfo::default());
    for state in [world.snapshot(), world.closed_snapshot()] {
        let state: Value = serde_json::from_str(state.json().get()).unwrap();
        assert_eq!(state["world"]["pinned"], serde_json::json!(pinned));
    }
    let told = world.set_pinned(None).unwrap();
    assert_eq!(told.get(), r#"{"pinned":null}"#);
    let state: Value = serde_json::from_str(world.snapshot().json().get()).unwrap();
    assert_eq!(state["world"].get("pinned"), None);
}
