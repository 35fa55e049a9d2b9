//! What moderators did while a node or Redis was away.

use std::time::Duration;

use http::{Method, StatusCode};
use serde_json::{Value, json};
use server_core::Config;
use tests::{Client, Proxy, TestAccount, TestCluster, TestServer, soon};

use super::{add_wired, archived, kill_redis, shown};

const POST: Method = Method::POST;

/// The id under which a node knows a player's session, wherever that is.
async fn session_of(node: &TestServer, host: &TestAccount, player: &str) -> String {
    let path = format!("/admin/sessions?search={player}");
    soon("the session in the list", async {
        loop {
            let list = node.done(host, Method::GET, &path, &Value::Null).await;
            if let Some(id) = list["sessions"][0]["id"].as_str() {
                break id.to_owned();
            }
        }
    })
    .await
}

/// Says a line and waits until the archive holds it; its id.
async fn said(client: &mut Client, node: &TestServer, host: &TestAccount, content: &str) -> String {
    let said = client
        .call("chat:message", json!({ "content": content }))
        .await;
    assert_eq!(said["ok"], true, "{said}");
    archived(node, host, content, 1).await;
    said["message"]["id"].as_str().unwrap().to_owned()
}

async fn removed(node: &TestServer, host: &TestAccount, id: &str) {
    let path = format!("/admin/messages/{id}");
    node.done(host, Method::DELETE, &path, &Value::Null).await;
}

#[tokio::test]
async fn what_was_done_while_redis_was_away_happens_on_all_nodes_once() {
    let mut cluster = TestCluster::start(1).await;
    let proxy = add_wired(&mut cluster, |_| {}).await;
    let host = cluster.nodes[0].host().await;
    // Whoever watches knows the sessions of the other node.
    let _feed = cluster.nodes[0].feed(&host).await;
    let mut ada = cluster.nodes[1].player("ada").await;
    let mut bob = cluster.nodes[1].player("bob").await;
    let line = said(&mut bob, &cluster.nodes[1], &host, "oops").await;
    let ada_is = session_of(&cluster.nodes[0], &host, "ada").await;
    let bob_is = session_of(&cluster.nodes[0], &host, "bob").await;
    bob.settle().await;

    kill_redis(&mut cluster).await;
    proxy.sever();
    let here = &cluster.nodes[0];
    let act = async |path: String, body: Value| here.done(&host, POST, &path, &body).await;
    act(format!("/admin/sessions/{ada_is}/kick"), json!({})).await;
    let body = json!({"message": "Easy, please."});
    act(format!("/admin/sessions/{bob_is}/warn"), body).await;
    removed(here, &host, &line).await;
    let body = json!({"message": "Tea at five."});
    let announced = act("/admin/announcements".to_owned(), body).await;
    assert_eq!(
        announced["recipients"], 0,
        "nobody was reached: {announced}"
    );

    // This node is there first; the other one finds what was told before it came.
    cluster.redis.restart().await;
    cluster.nodes[0].link_is("healthy").await;
    proxy.heal();
    assert_eq!(ada.ending().await.code(), Some("kicked"));
    cluster.nodes[1].link_is("healthy").await;
    let mut heard = Vec::new();
    soon("all that was done", async {
        while heard.len() < 3 {
            let event = bob.coming().await;
            match event.name.as_str() {
                "moderation:notice" => heard.push(event.data["kind"].clone()),
                "chat:removed" => heard.push(event.data["id"].clone()),
                _ => {}
            }
        }
    })
    .await;
    let wanted = [json!("warned"), json!(line), json!("announcement")];
    assert_eq!(heard, wanted);
    assert!(!shown(&cluster.nodes[1]).await.contains(&line));

    // Once more: nobody hears it a second time, and the line stays away.
    kill_redis(&mut cluster).await;
    proxy.sever();
    cluster.redis.restart().await;
    proxy.heal();
    cluster.all_are("healthy").await;
    cluster.add(|_| {}).await;
    for node in &cluster.nodes {
        assert!(!shown(node).await.contains(&line));
    }
    let again = bob.settle().await;
    let again = again.iter().map(|event| event.name.as_str());
    let told = |name: &str| name == "moderation:notice" || name == "chat:removed";
    assert_eq!(again.filter(|it| told(it)).count(), 0, "told once");
}

/// The first node cannot reach the others, does what `act` does, and dies.
async fn dies_untold(cluster: &mut TestCluster, proxy: Proxy, act: impl AsyncFnOnce(&TestServer)) {
    proxy.sever();
    cluster.nodes[1].link_is("degraded").await;
    act(&cluster.nodes[1]).await;
    let node = cluster.nodes.remove(1);
    // Dropped, it goes on beating if it can: the wire stays severed.
    std::mem::forget(proxy);
    drop(node);
}

#[tokio::test]
async fn what_a_node_stored_and_could_not_tell_is_read_when_its_lease_ends() {
    let mut cluster = TestCluster::start(0).await;
    // So that nobody is spared for long after the start.
    let grace = |config: &mut Config| config.replication.grace = Duration::from_secs(1);
    cluster.add(grace).await;
    let proxy = add_wired(&mut cluster, grace).await;
    let host = cluster.nodes[0].host().await;
    let grace = cluster.nodes[0].register("grace").await;
    let connect = cluster.nodes[0].connect();
    let mut player = connect.auth("token", grace.token.as_str()).open().await;
    player.join(&grace.id).await;
    let line = said(&mut player, &cluster.nodes[1], &host, "oops").await;
    let mut onlooker = cluster.nodes[0].onlooker().await;
    soon("the line on both nodes", async {
        while !shown(&cluster.nodes[1]).await.contains(&line) {}
    })
    .await;

    dies_untold(&mut cluster, proxy, async |node| {
        removed(node, &host, &line).await;
        let path = format!("/admin/users/{}", grace.id);
        let body = json!({"isBanned": true});
        let answer = node.act(&host, Method::PATCH, &path, &body).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    })
    .await;
    assert_eq!(player.ending().await.code(), Some("banned"));
    assert_eq!(onlooker.find("chat:removed").await["id"], line.as_str());
    assert!(!shown(&cluster.nodes[0]).await.contains(&line));

    // Redis still has the line, and whoever comes now does not show it.
    cluster.add(|_| {}).await;
    assert!(!shown(&cluster.nodes[1]).await.contains(&line));
}

#[tokio::test]
async fn the_stores_are_read_again_after_a_while_whatever_happens() {
    let mut cluster = TestCluster::start(0).await;
    let proxy = add_wired(&mut cluster, |_| {}).await;
    proxy.sever();
    cluster
        .add(|config| config.replication.reread = Duration::from_millis(500))
        .await;
    cluster.nodes[0].link_is("degraded").await;
    let host = cluster.nodes[0].host().await;
    let mut ada = cluster.nodes[1].player("ada").await;
    let guest = digest(&cluster.nodes[1], &host).await;
    let subject = json!({"kind": "guest", "subject": guest});
    let body = json!({"subjects": [subject], "minutes": null});
    cluster.nodes[0]
        .done(&host, POST, "/admin/bans", &body)
        .await;
    assert_eq!(ada.ending().await.code(), Some("banned"));
    drop(proxy);
}

/// By what moderators know the guest ada.
async fn digest(node: &TestServer, host: &TestAccount) -> String {
    let path = "/admin/sessions?search=ada";
    let list = node.done(host, Method::GET, path, &Value::Null).await;
    list["sessions"][0]["subject"].as_str().unwrap().to_owned()
}
