//! A world that is closed on one node is closed on all of them.

use http::Method;
use serde_json::{Value, json};
use tests::{Client, TestAccount, TestCluster, TestServer, soon};

async fn set_pin(node: &TestServer, host: &TestAccount, pin: &str) {
    let values = json!({ "values": { "join_pin": pin } });
    node.done(host, Method::PATCH, "/admin/settings", &values)
        .await;
}

/// The next snapshot that a client is sent: how many players it shows, and how many it counts outside.
async fn shown_and_counted(client: &mut Client) -> (usize, Value) {
    let state = client.find("world:state").await;
    let shown = state["players"].as_array().unwrap().len();
    (shown, state["world"]["playersOnline"].clone())
}

/// Somebody on the first node walks, talks and leaves, which `witness` on the second one hears.
async fn stir(node: &TestServer, pin: &str, witness: &mut Client) {
    let mut passing = node.connect().auth("pin", pin).open().await;
    passing.join("passing").await;
    let step = json!({ "position": { "x": 2.0 } });
    assert_eq!(passing.call("player:update", step).await["ok"], true);
    let line = json!({ "content": "secret" });
    assert_eq!(passing.call("chat:message", line).await["ok"], true);
    passing.call_bare("player:leave").await;
    witness.find("player:left").await;
}

#[tokio::test]
async fn a_pin_that_is_set_on_one_node_closes_and_opens_the_world_on_all() {
    let cluster = TestCluster::start(2).await;
    let [here, there] = &cluster.nodes[..] else {
        unreachable!()
    };
    let host = here.host().await;
    let mut inside = there.player("inside").await;
    let mut watchers = Vec::new();
    for connect in [
        there.connect(),
        there.connect().polling(),
        there.connect().batch(),
        there.connect().stream(),
    ] {
        let mut watcher = connect.open().await;
        assert_eq!(shown_and_counted(&mut watcher).await, (1, Value::Null));
        watchers.push(watcher);
    }
    set_pin(here, &host, "4711").await;
    for watcher in &mut watchers {
        assert_eq!(shown_and_counted(watcher).await, (0, json!(1)));
    }
    stir(here, "4711", &mut inside).await;
    for watcher in &mut watchers {
        let heard = watcher.settle().await;
        assert_eq!(heard, [], "outside a closed world");
    }
    let refused = json!({ "playerId": "late", "pin": "0815" });
    let refused = watchers[0].call("player:join", refused).await;
    assert_eq!(refused["code"], "wrong-pin");

    set_pin(here, &host, "").await;
    for watcher in &mut watchers {
        assert_eq!(shown_and_counted(watcher).await, (1, Value::Null));
    }
    stir(here, "", &mut inside).await;
    for watcher in &mut watchers {
        assert_eq!(watcher.find("player:left").await["id"], "passing");
    }
}

#[tokio::test]
async fn banned_people_see_a_closed_world_on_every_node_until_the_ban_is_lifted() {
    let cluster = TestCluster::start(2).await;
    let [here, there] = &cluster.nodes[..] else {
        unreachable!()
    };
    let host = here.host().await;
    let mut inside = here.player("inside").await;
    let mut bo = here.player("bo").await;
    let secret = bo.guest_cookie.clone().unwrap();
    let ban = json!({ "sessionId": here.session_of(&host, "bo").await, "minutes": null });
    let banned = here.done(&host, Method::POST, "/admin/bans", &ban).await;
    assert_eq!(bo.ending().await.code(), Some("banned"));
    inside.find("player:left").await;

    // The other node may hear of the ban a moment after who was banned.
    let mut back = soon("the ban to be known there", async {
        loop {
            let connect = there.connect().cookie("guest_token", &secret);
            let mut back = connect.open().await;
            if shown_and_counted(&mut back).await == (0, json!(1)) {
                break back;
            }
        }
    })
    .await;
    let said = json!({ "content": "hello" });
    assert_eq!(inside.call("chat:message", said).await["ok"], true);
    assert_eq!(back.settle().await, []);
    let path = format!("/admin/bans/{}", banned["bans"][0]["id"].as_str().unwrap());
    here.done(&host, Method::DELETE, &path, &Value::Null).await;
    assert_eq!(shown_and_counted(&mut back).await, (1, Value::Null));
}
