//! What PROTOCOL.md promises about events, answers and who receives what.

use contract::batch::stream::StreamDecoder;
use serde_json::{Value, json};
use tests::{TestServer, WireEvent};

fn names(events: &[WireEvent]) -> Vec<&str> {
    events.iter().map(|event| event.name.as_str()).collect()
}

#[tokio::test]
async fn the_snapshot_is_the_first_event_on_every_kind_of_connection() {
    let server = TestServer::start().await;
    let _ada = server.player("ada").await;
    for connect in [
        server.connect(),
        server.connect().batch(),
        server.connect().polling(),
        server.connect().polling().batch(),
    ] {
        let mut client = connect.open().await;
        let state = client.expect("world:state").await;
        assert_eq!(state["players"][0]["id"], "ada", "{connect:?}");
        assert_eq!(client.settle().await, [], "nothing follows by itself");
    }
}

#[tokio::test]
async fn every_other_socket_hears_of_a_player_and_the_causer_does_not() {
    let server = TestServer::start().await;
    let mut onlooker = server.onlooker().await;
    let mut peer = server.player("peer").await;
    let mut ada = server.onlooker().await;
    onlooker.settle().await;

    let ack = ada.join("ada").await;
    assert_eq!(onlooker.expect("player:joined").await, ack["player"]);
    assert_eq!(peer.expect("player:joined").await, ack["player"]);

    let ack = ada
        .call("player:update", json!({"position": {"x": 2.5}}))
        .await;
    assert_eq!(onlooker.expect("player:updated").await, ack["player"]);
    assert_eq!(peer.expect("player:updated").await, ack["player"]);

    let ack = ada.call("chat:message", json!({"content": "Hello!"})).await;
    assert_eq!(onlooker.expect("chat:message").await, ack["message"]);
    assert_eq!(peer.expect("chat:message").await, ack["message"]);

    assert_eq!(ada.call_bare("player:leave").await, json!({"ok": true}));
    assert_eq!(onlooker.expect("player:left").await, json!({"id": "ada"}));
    assert_eq!(peer.expect("player:left").await, json!({"id": "ada"}));

    // Of all that, the causer hears only its own words.
    assert_eq!(names(&ada.settle().await), ["chat:message"]);
}

#[tokio::test]
async fn the_acks_state_already_holds_the_player() {
    let server = TestServer::start().await;
    let _grace = server.player("grace").await;
    let mut ada = server.onlooker().await;
    let ack = ada.join("ada").await;
    let players = ack["state"]["players"].as_array().unwrap();
    assert_eq!(players.len(), 2);
    assert!(players.contains(&ack["player"]));
}

#[tokio::test]
async fn a_join_is_trimmed_truncated_and_completed() {
    #[track_caller]
    fn check(ack: &Value, key: &str, expected: impl Into<Value>) {
        assert_eq!(ack["player"][key], expected.into(), "{key}");
    }
    let server = TestServer::start().await;
    let mut client = server.onlooker().await;
    let ack = client
        .call("player:join", json!({"playerId": "  ada "}))
        .await;
    check(&ack, "id", "ada");
    check(&ack, "name", "Player ada");
    check(&ack, "position", json!({"x": 0.0, "y": 0.0, "z": 0.0}));
    check(&ack, "animation", "idle");
    check(&ack, "metadata", json!({}));

    let long = json!({
        "playerId": "i".repeat(128), "name": format!(" {} ", "n".repeat(300)),
        "animation": "a".repeat(300), "position": {"x": 1, "y": null, "z": -2.5},
        "metadata": {"mapId": "harbour", "anything": [1, null]}, "unknown": true,
    });
    let ack = client.call("player:join", long).await;
    check(&ack, "id", "i".repeat(128));
    check(&ack, "name", "n".repeat(100));
    check(&ack, "animation", "a".repeat(64));
    check(&ack, "position", json!({"x": 1.0, "y": 0.0, "z": -2.5}));
    check(
        &ack,
        "metadata",
        json!({"mapId": "harbour", "anything": [1, null]}),
    );
    assert_eq!(
        ack["player"].as_object().unwrap().len(),
        5,
        "exactly the contract's keys"
    );

    let ack = client
        .call("player:join", json!({"playerId": "j".repeat(128)}))
        .await;
    let name = format!("Player {}", "j".repeat(93));
    check(&ack, "name", name);
}

#[tokio::test]
async fn an_update_changes_only_what_it_carries() {
    let server = TestServer::start().await;
    let mut ada = server.onlooker().await;
    ada.call(
        "player:join",
        json!({
            "playerId": "ada", "name": "Ada", "position": {"x": 1, "y": 2, "z": 3},
            "metadata": {"heading": 1, "appearance": {"hair": "red", "shoes": "boots"}},
        }),
    )
    .await;
    let steps = [
        (json!({}), json!({})),
        (json!({"animation": "walk"}), json!({"animation": "walk"})),
        (
            json!({"position": {"z": 9}}),
            json!({"position": {"x": 1.0, "y": 2.0, "z": 9.0}}),
        ),
        (
            json!({"position": {"x": null, "y": 4}}),
            json!({"position": {"x": 1.0, "y": 4.0, "z": 9.0}}),
        ),
        (json!({"name": "  "}), json!({"name": "Ada"})),
        (
            json!({"metadata": {"appearance": {"hair": null}}}),
            json!({"metadata": {"heading": 1, "appearance": {"hair": null, "shoes": "boots"}}}),
        ),
        (
            json!({"metadata": {"heading": 2, "alias": "A"}}),
            json!({"metadata": {"heading": 2, "alias": "A", "appearance": {"hair": null, "shoes": "boots"}}}),
        ),
        (
            json!({"metadata": {"appearance": null, "alias": null}}),
            json!({"metadata": {"heading": 2, "alias": null, "appearance": {"hair": null, "shoes": "boots"}}}),
        ),
    ];
    for (update, expected) in steps {
        let ack = ada.call("player:update", update.clone()).await;
        for (key, value) in expected.as_object().unwrap() {
            assert_eq!(&ack["player"][key], value, "after {update}");
        }
    }
    let ack = ada.call("player:update", json!({})).await;
    assert_eq!(ack["player"]["name"], "Ada");
    assert_eq!(ack["player"]["animation"], "walk");
}

#[tokio::test]
async fn a_player_leaves_once_however_the_connection_ends() {
    let server = TestServer::start().await;
    let mut onlooker = server.onlooker().await;
    for (id, goodbye) in [
        ("leave", Some("42[\"player:leave\"]")),
        ("disconnect", Some("41")),
        ("engine-close", Some("1")),
        ("torn", None),
    ] {
        let mut client = server.player(id).await;
        if let Some(goodbye) = goodbye {
            client.send(vec![goodbye.into()]).await;
        }
        drop(client);
        onlooker.expect("player:joined").await;
        assert_eq!(onlooker.expect("player:left").await, json!({ "id": id }));
    }
    assert_eq!(onlooker.settle().await, []);
}

#[tokio::test]
async fn batch_clients_get_batches_and_plain_clients_get_players() {
    let server = TestServer::start().await;
    let mut plain = server.onlooker().await;
    let mut batch = server.connect().batch().open().await;
    batch.expect("world:state").await;
    let mut ada = server.player("ada").await;
    for client in [&mut plain, &mut batch] {
        client.expect("player:joined").await;
    }
    ada.call(
        "player:update",
        json!({"position": {"x": 1.25}, "name": "Ada"}),
    )
    .await;
    plain.expect("player:updated").await;

    let event = batch.event().await;
    assert_eq!(event.name, "players:updated");
    let changes = contract::batch::decode(&event.attachments[0]).unwrap();
    assert_eq!(changes.len(), 1);
    assert_eq!(changes[0].id, "ada");
    assert_eq!(changes[0].position, Some([1.25, 0.0, 0.0]));
    assert_eq!(changes[0].name, Some("Ada"));
    assert_eq!(
        (changes[0].animation, changes[0].metadata, changes[0].full),
        (None, None, false)
    );
}

#[tokio::test]
async fn stream_clients_get_a_keyframe_and_then_what_goes_on_from_it() {
    let server = TestServer::start().await;
    let mut ada = server.player("ada").await;
    let mut decoder = StreamDecoder::default();
    let mut reader = server.connect().stream().open().await;
    reader.expect("world:state").await;
    let keyframe = reader.event().await;
    assert_eq!(keyframe.name, "players:updated");
    assert_eq!(decoder.read(&keyframe.attachments[0]), Ok(Vec::new()));
    let moved = json!({"position": {"x": 1.25}, "name": "Ada"});
    for payload in [moved, json!({"position": {"x": 2.5}})] {
        ada.call("player:update", payload).await;
        let event = reader.event().await;
        let steps = decoder.read(&event.attachments[0]).unwrap();
        assert_eq!(steps.len(), 1);
        assert_eq!(&*steps[0].id, "ada");
    }

    // Somebody who comes later reads the same frames from its own keyframe on.
    let mut late = server.connect().stream().open().await;
    let mut late_decoder = StreamDecoder::default();
    late.expect("world:state").await;
    let keyframe = late.event().await;
    late_decoder.read(&keyframe.attachments[0]).unwrap();
    ada.call("player:update", json!({"position": {"x": 3.75}}))
        .await;
    let frames = [reader.event().await, late.event().await];
    assert_eq!(frames[0].attachments, frames[1].attachments);
    for decoder in [&mut decoder, &mut late_decoder] {
        let steps = decoder.read(&frames[0].attachments[0]).unwrap();
        assert_eq!(steps[0].position, [3.75, 0.0, 0.0]);
    }
}

#[tokio::test]
async fn who_sees_the_world_wrongly_gets_all_of_it_again() {
    let server = TestServer::start().await;
    let _ada = server.player("ada").await;
    for (connect, frames) in [
        (server.connect(), 0),
        (server.connect().batch(), 0),
        (server.connect().stream(), 1),
    ] {
        let mut client = connect.open().await;
        let state = client.expect("world:state").await;
        for _ in 0..frames {
            client.event().await;
        }
        assert_eq!(client.call_bare("world:resync").await, json!({"ok": true}));
        let again = client.settle().await;
        assert_eq!(again[0].name, "world:state");
        assert_eq!(again[0].data["players"], state["players"]);
        assert_eq!(again.len(), 1 + frames);
    }
}

#[tokio::test]
async fn whoever_has_not_joined_may_only_watch() {
    let server = TestServer::start().await;
    let mut onlooker = server.onlooker().await;
    for (event, payload) in [
        ("player:update", json!({"animation": "walk"})),
        ("chat:message", json!({"content": "psst"})),
        (
            "player:report",
            json!({"playerId": "ada", "reason": "rude"}),
        ),
    ] {
        let answer = onlooker.call(event, payload).await;
        assert_eq!(answer["code"], "not-joined", "{event}");
    }
    assert_eq!(
        onlooker.call_bare("player:leave").await,
        json!({"ok": true})
    );
    assert_eq!(onlooker.settle().await, []);
}

#[tokio::test]
async fn a_full_world_still_lets_those_inside_refresh_and_return() {
    let server = TestServer::with(|config| config.world.max_players = 1).await;
    let mut ada = server.onlooker().await;
    let token = ada.join("ada").await["guestToken"].clone();
    let mut late = server.onlooker().await;
    let refused = late.call("player:join", json!({"playerId": "late"})).await;
    assert_eq!(refused["code"], "world-full");

    ada.join("ada").await;
    let mut again = server.connect().auth("guestToken", token).open().await;
    again.join("ada").await;
    // Another id takes the place of the one it gives up.
    again.join("lovelace").await;
}
