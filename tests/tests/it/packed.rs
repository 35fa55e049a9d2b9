//! Events that come packed are the events that come as they are.

use std::collections::BTreeSet;
use std::time::Duration;

use http::Method;
use serde_json::{Value, json};
use server_core::Config;
use tests::{Client, Connect, TestServer, WorldMirror, soon, without_rate_limits};

/// By its id, since players stand in no particular order.
fn sorted(mut state: Value) -> Value {
    let players = state["players"].as_array_mut().expect("players");
    players.sort_by_key(|it| it["id"].as_str().expect("an id").to_owned());
    state
}

/// The first event of a new client, and how many attachments that took.
async fn first(connect: Connect) -> (Client, Value) {
    let mut client = connect.open().await;
    let state = client.expect("world:state").await;
    (client, sorted(state))
}

/// The ways in of who reads packed events.
fn ways(server: &TestServer) -> [Connect; 4] {
    [
        server.connect().packed(),
        server.connect().stream().packed(),
        server.connect().polling().packed(),
        server.connect().polling().batch().packed(),
    ]
}

async fn with_people(config: impl FnOnce(&mut Config)) -> (TestServer, Vec<Client>) {
    let server = TestServer::with(|it| {
        without_rate_limits(it);
        config(it);
    })
    .await;
    let mut people = Vec::new();
    for id in ["ada", "ben", "zo\u{eb}"] {
        let mut client = server.player(id).await;
        client.ignore_events();
        let details = json!({ "position": {"x": 0.1, "z": -12.34}, "metadata": {"bio": "\"\u{1f600}\"".repeat(400)} });
        assert_eq!(client.call("player:update", details).await["ok"], true);
        people.push(client);
    }
    people[0]
        .call("chat:message", json!({"content": "Hello!"}))
        .await;
    (server, people)
}

/// At once, on the tick of a crowd, and with everything through the library.
fn kinds() -> [fn(&mut Config); 3] {
    [
        |_| {},
        |config| config.session.flush_budget = 0,
        |config| config.listen.direct_frames = false,
    ]
}

#[tokio::test]
async fn the_first_event_is_the_world_that_everybody_else_gets() {
    for kind in kinds() {
        let (server, _people) = with_people(kind).await;
        let (plain, expected) = first(server.connect()).await;
        assert_eq!(plain.packed, 0, "nobody gets what it did not ask for");
        for connect in ways(&server) {
            let (mut client, state) = first(connect).await;
            assert_eq!(state, expected);
            assert_eq!(client.packed, 1);
            assert_eq!(client.call_bare("world:resync").await["ok"], true);
            let again = client.find("world:state").await;
            assert_eq!(sorted(again), expected);
            assert_eq!(client.packed, 2);
        }
    }
}

#[tokio::test]
async fn the_answer_to_a_join_carries_the_world_as_ever() {
    for kind in kinds() {
        let (server, _people) = with_people(kind).await;
        for connect in ways(&server) {
            let (mut client, _) = first(connect).await;
            let answer = client.join("newcomer").await;
            let players = answer["state"]["players"].as_array().unwrap();
            assert_eq!(players.len(), 4, "{answer}");
            client.call_bare("player:leave").await;
        }
    }
}

#[tokio::test]
async fn a_closed_world_is_packed_as_well() {
    let server = TestServer::start().await;
    let host = server.host().await;
    let values = json!({ "values": { "join_pin": "4711" } });
    server
        .done(&host, Method::PATCH, "/admin/settings", &values)
        .await;
    let (_, expected) = first(server.connect()).await;
    for connect in ways(&server) {
        let (mut client, state) = first(connect).await;
        assert_eq!(state, expected);
        assert_eq!(state["players"], json!([]));
        let join = json!({"playerId": "ana", "pin": "4711"});
        assert_eq!(client.call("player:join", join).await["ok"], true);
        let open = client.find("world:state").await;
        assert!(open["world"].get("playersOnline").is_none(), "{open}");
        assert_eq!(client.packed, 2);
        client.call_bare("player:leave").await;
    }
}

/// In a large world the snapshot is made beside the world's lock; what happens meanwhile is told behind it.
#[tokio::test]
async fn who_comes_into_a_large_world_misses_nothing() {
    let (server, _people) = with_people(|config| config.limits.metadata_bytes = 200_000).await;
    let mut large = server.player("large").await;
    large.ignore_events();
    for key in ["one", "two", "three"] {
        let details = json!({ "metadata": {key: "x".repeat(50_000)} });
        assert_eq!(large.call("player:update", details).await["ok"], true);
    }
    let mut talker = server.player("talker").await;
    talker.ignore_events();
    let coming = async {
        let mut clients = Vec::new();
        for (number, connect) in ways(&server).into_iter().enumerate() {
            let mut client = connect.open().await;
            let (join, ack) = client.asking(
                "player:join",
                Some(&json!({"playerId": format!("new-{number}")})),
            );
            client.send(vec![join]).await;
            let state = client.expect("world:state").await;
            let answer = client.answer(ack).await;
            let mut mirror = WorldMirror::of(&state);
            // Newer than what the answer brings is only what is still to come.
            for event in client.unread() {
                mirror.apply(&event);
            }
            assert_eq!(answer["ok"], true);
            clients.push((client, mirror, answer["player"].clone()));
        }
        clients
    };
    let talking = async {
        for number in 0..200 {
            let line = json!({ "content": format!("line {number}") });
            assert_eq!(talker.call("chat:message", line).await["ok"], true);
        }
    };
    let both = async { tokio::join!(coming, talking) };
    let (mut clients, ()) = Box::pin(soon("the newcomers", both)).await;
    let fresh = server.connect().open().await.expect("world:state").await;
    for (client, mirror, player) in &mut clients {
        mirror.apply(&tests::WireEvent {
            name: "player:joined".into(),
            data: player.take(),
            attachments: Vec::new(),
        });
        for event in client.settle().await {
            mirror.apply(&event);
        }
        mirror.assert_shows(&fresh);
        let lines = mirror.lines();
        let once: BTreeSet<_> = lines.iter().collect();
        assert_eq!(lines.len(), once.len(), "a doubled line");
    }
}

#[tokio::test]
async fn a_crowd_that_comes_is_told_in_few_attachments() {
    let (server, _people) = with_people(|config| {
        config.session.flush_budget = 0;
        config.session.flush_interval = Duration::from_millis(300);
    })
    .await;
    let (mut packed, state) = first(server.connect().stream().packed()).await;
    let mut mirror = WorldMirror::of(&state);
    let mut joins = tokio::task::JoinSet::new();
    for number in 0..60 {
        let mut client = server.connect().open().await;
        client.ignore_events();
        joins.spawn(async move {
            client.join(&format!("crowd-{number:02}")).await;
            client
        });
    }
    let crowd = soon("the crowd", joins.join_all()).await;
    while mirror.joined.len() < crowd.len() {
        mirror.apply(&packed.event().await);
    }
    assert!(packed.packed > 1, "{} attachments", packed.packed);
    let fresh = server.connect().open().await.expect("world:state").await;
    mirror.assert_shows(&fresh);
}
