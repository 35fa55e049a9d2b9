//! What a moderator does on one node reaches the sockets of the others.

use http::{Method, StatusCode};
use identity::Secret;
use serde_json::{Value, json};
use tests::{Client, Proxy, TestAccount, TestCluster, TestServer, soon};

const POST: Method = Method::POST;

/// Two nodes, a host on the first, and a player on the second.
async fn apart(player: &str) -> (TestCluster, TestAccount, Client) {
    let cluster = TestCluster::start(2).await;
    let host = cluster.nodes[0].host().await;
    let player = cluster.nodes[1].player(player).await;
    is_listed(&cluster.nodes[0], &host, 2).await;
    (cluster, host, player)
}

/// Waits until a node lists this many nodes.
async fn is_listed(node: &TestServer, host: &TestAccount, count: usize) {
    soon("the nodes in the list", async {
        loop {
            let answer = node.done(host, Method::GET, "/admin/nodes", &Value::Null);
            if answer.await["nodes"].as_array().unwrap().len() == count {
                break;
            }
        }
    })
    .await;
}

async fn say(client: &mut Client, content: &str) -> Value {
    let words = json!({ "content": content });
    client.call("chat:message", words).await
}

#[tokio::test]
async fn a_session_on_another_node_is_listed_and_kicked_by_its_id() {
    let (cluster, host, mut ada) = apart("ada").await;
    let here = &cluster.nodes[0];
    let mut onlooker = here.onlooker().await;
    let id = here.session_of(&host, "ada").await;
    let detail = format!("/admin/sessions/{id}");
    let detail = here.done(&host, Method::GET, &detail, &Value::Null).await;
    assert_eq!(detail["session"]["playerId"], "ada");
    let path = format!("/admin/sessions/{id}/kick");
    let answer = here
        .done(&host, POST, &path, &json!({"reason": "Shouting."}))
        .await;
    assert_eq!(answer["action"]["subjectName"], "Player ada");
    let ending = ada.ending().await;
    assert_eq!(ending.code(), Some("kicked"));
    assert_eq!(ending.notice().unwrap()["reason"], "Shouting.");
    assert_eq!(onlooker.find("player:left").await["id"], "ada");
    assert_eq!(onlooker.settle().await, []);
    // The other node says within a moment that the session is gone.
    soon("the session to be gone", async {
        while here.act(&host, POST, &path, &json!({})).await.status != StatusCode::NOT_FOUND {}
    })
    .await;

    let mut bob = cluster.nodes[1].player("bob").await;
    let kick = async || {
        let nothing = json!({});
        let answer = here.act(&host, POST, "/admin/players/bob/kick", &nothing);
        answer.await.status == StatusCode::OK
    };
    soon("the new session to be known", async {
        while !kick().await {}
    })
    .await;
    assert_eq!(bob.ending().await.code(), Some("kicked"));
}

#[tokio::test]
async fn everybody_is_kicked_on_all_nodes_but_who_asked() {
    let (cluster, host, ada) = apart("ada").await;
    let bob = cluster.nodes[0].player("bob").await;
    let there = cluster.nodes[1]
        .connect()
        .auth("token", host.token.as_str());
    let mut own = there.open().await;
    own.join(&host.id).await;
    let mut onlooker = cluster.nodes[1].onlooker().await;
    let body = json!({"reason": "We close for tonight."});
    let answer = cluster.nodes[0].done(&host, POST, "/admin/kick-all", &body);
    let answer = answer.await;
    assert_eq!(answer["count"], 2, "{answer}");
    for mut player in [ada, bob] {
        let ending = player.ending().await;
        assert_eq!(ending.notice().unwrap()["reason"], "We close for tonight.");
        onlooker.find("player:left").await;
    }
    let update = own
        .call("player:update", json!({"animation": "wave"}))
        .await;
    assert_eq!(update["ok"], true, "{update}");
}

#[tokio::test]
async fn a_mute_a_warning_and_a_ban_reach_a_person_on_another_node() {
    let (cluster, host, mut ada) = apart("ada").await;
    let here = &cluster.nodes[0];
    let id = here.session_of(&host, "ada").await;
    let act = async |path: &str, body: Value| here.done(&host, POST, path, &body).await;

    let body = json!({"message": "Easy, please."});
    act(&format!("/admin/sessions/{id}/warn"), body).await;
    let warned = ada.find("moderation:notice").await;
    assert_eq!(
        (&warned["kind"], &warned["message"]),
        (&json!("warned"), &json!("Easy, please."))
    );

    let body = json!({"reason": "Shouting.", "minutes": 5});
    let mute = act(&format!("/admin/sessions/{id}/mute"), body).await["mute"].clone();
    assert_eq!(ada.find("moderation:notice").await["kind"], "muted");
    assert_eq!(say(&mut ada, "LOUD").await["code"], "muted");
    let path = format!("/admin/mutes/{}", mute["id"].as_str().unwrap());
    here.done(&host, Method::DELETE, &path, &Value::Null).await;
    assert_eq!(ada.find("moderation:notice").await["kind"], "unmuted");
    assert_eq!(say(&mut ada, "quiet").await["ok"], true);

    let secret = ada.guest_cookie.clone().unwrap();
    let ban = act(
        "/admin/bans",
        json!({"sessionId": id, "reason": "Enough.", "minutes": null}),
    )
    .await;
    let ending = ada.ending().await;
    assert_eq!(
        (ending.code(), &ending.notice().unwrap()["reason"]),
        (Some("banned"), &json!("Enough."))
    );
    let connect = cluster.nodes[1].connect().cookie("guest_token", &secret);
    let mut again = connect.open().await;
    again.expect("world:state").await;
    let join = json!({"playerId": "ada"});
    assert_eq!(
        again.call("player:join", join.clone()).await["code"],
        "banned"
    );
    let path = format!("/admin/bans/{}", ban["bans"][0]["id"].as_str().unwrap());
    here.done(&host, Method::DELETE, &path, &Value::Null).await;
    soon("the ban to be lifted on the other node", async {
        while again.call("player:join", join.clone()).await["ok"] != true {}
    })
    .await;
}

#[tokio::test]
async fn a_feed_shows_the_sessions_and_nodes_of_the_whole_world() {
    let (mut cluster, host, ada) = apart("ada").await;
    let mut feed = cluster.nodes[0].feed(&host).await;
    let id = feed.session_id("ada").await;
    let node = feed.sessions[&id]["node"].clone();
    feed.until("the other node's players", |feed| {
        let nodes = feed.state["nodes"].as_array().unwrap();
        nodes.len() == 2 && nodes[1]["id"] == node && nodes[1]["players"] == 1
    })
    .await;
    let other = &feed.state["nodes"][1];
    assert!(
        other["leaseAgeMs"].is_f64() && other["lagMs"].is_f64(),
        "{other}"
    );
    assert_eq!(other["silent"], false);
    assert_eq!(other["version"], env!("CARGO_PKG_VERSION"));
    let address = cluster.nodes[1].address().to_string();
    assert_eq!(other["address"], address.as_str());
    assert_eq!(feed.state["server"]["cluster"], "healthy");

    // A line said there, an action done there.
    let mut bob = cluster.nodes[1].player("bob").await;
    say(&mut bob, "from the other side").await;
    let body = json!({"message": "Tea at five."});
    cluster.nodes[1]
        .done(&host, POST, "/admin/announcements", &body)
        .await;
    feed.until("both in the feed", |feed| {
        let said = |it: &&Value| it["content"] == "from the other side";
        feed.all("chat").iter().filter(|it| said(it)).count() == 1
            && feed
                .all("actions")
                .iter()
                .any(|it| it["action"] == "announcement")
    })
    .await;

    let gone = cluster.nodes.remove(1);
    gone.close(server_core::Closing::Drain).await;
    feed.until("the node to leave", |feed| {
        feed.sessions.values().all(|it| it["node"] != node)
            && feed.state["nodes"].as_array().unwrap().len() == 1
    })
    .await;
    drop(ada);
}

#[tokio::test]
async fn what_was_done_while_a_node_was_cut_off_is_known_there_afterwards() {
    let mut cluster = TestCluster::start(1).await;
    let proxy = Proxy::to(cluster.redis.address()).await;
    let url = proxy.url();
    cluster
        .add(|config| config.replication.redis_url = Some(Secret::new(url)))
        .await;
    let host = cluster.nodes[0].host().await;
    is_listed(&cluster.nodes[0], &host, 2).await;
    let mut ada = cluster.nodes[1].player("ada").await;
    let mut bob = cluster.nodes[1].player("bob").await;
    let (ada_is, bob_is) = (
        cluster.nodes[0].session_of(&host, "ada").await,
        cluster.nodes[0].session_of(&host, "bob").await,
    );
    proxy.sever();
    cluster.nodes[1].link_is("degraded").await;
    let path = format!("/admin/sessions/{ada_is}/mute");
    cluster.nodes[0]
        .done(&host, POST, &path, &json!({"minutes": null}))
        .await;
    let body = json!({"sessionId": bob_is, "minutes": null});
    cluster.nodes[0]
        .done(&host, POST, "/admin/bans", &body)
        .await;
    assert_eq!(say(&mut ada, "nobody told me").await["ok"], true);
    proxy.heal();
    assert_eq!(ada.find("moderation:notice").await["kind"], "muted");
    assert_eq!(say(&mut ada, "now I know").await["code"], "muted");
    assert_eq!(bob.ending().await.code(), Some("banned"));
}

#[tokio::test]
async fn an_announcement_is_read_on_all_nodes_once() {
    let cluster = TestCluster::start(2).await;
    let host = cluster.nodes[0].host().await;
    let mut here = cluster.nodes[0].onlooker().await;
    let mut there = cluster.nodes[1].onlooker().await;
    let body = json!({"message": "Tea at five."});
    let answer = cluster.nodes[0]
        .act(&host, Method::POST, "/admin/announcements", &body)
        .await;
    assert!(answer.status.is_success(), "{}", answer.text());
    for client in [&mut here, &mut there] {
        assert_eq!(
            client.find("moderation:notice").await["message"],
            "Tea at five."
        );
    }
    assert_eq!(here.settle().await, []);
    assert_eq!(there.settle().await, []);
}

#[tokio::test]
async fn a_suspension_ends_sessions_on_other_nodes_and_is_known_there() {
    let cluster = TestCluster::start(2).await;
    let host = cluster.nodes[0].host().await;
    let grace = cluster.nodes[1].register("grace").await;
    let connect = cluster.nodes[1]
        .connect()
        .auth("token", grace.token.as_str());
    let mut socket = connect.open().await;
    socket.join(&grace.id).await;
    let body = json!({"isBanned": true});
    let path = format!("/admin/users/{}", grace.id);
    let answer = cluster.nodes[0]
        .act(&host, Method::PATCH, &path, &body)
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert_eq!(socket.ending().await.code(), Some("banned"));
    let mut again = connect.open().await;
    let refused = again
        .call("player:join", json!({"playerId": grace.id}))
        .await;
    assert_eq!(refused["code"], "banned", "{refused}");
}

#[tokio::test]
async fn a_removed_line_and_a_new_sprite_are_seen_everywhere() {
    let cluster = TestCluster::start(2).await;
    let host = cluster.nodes[0].host().await;
    let mut ada = cluster.nodes[1].player("ada").await;
    let mut bob = cluster.nodes[1].onlooker().await;
    let said = ada.call("chat:message", json!({"content": "oops"})).await;
    let id = said["message"]["id"].as_str().unwrap().to_owned();
    let path = format!("/admin/messages/{id}");
    // The line is in the archive a moment after it was said.
    soon("the line in the archive", async {
        loop {
            let answer = cluster.nodes[0]
                .act(&host, Method::DELETE, &path, &Value::Null)
                .await;
            if answer.status.is_success() {
                break;
            }
        }
    })
    .await;
    assert_eq!(bob.find("chat:removed").await, json!({ "id": id }));
    let late = cluster.nodes[1]
        .connect()
        .open()
        .await
        .expect("world:state")
        .await;
    let chat = late["chat"].as_array().unwrap();
    assert!(
        chat.iter().all(|line| line["id"] != id.as_str()),
        "{chat:?}"
    );

    let body = json!({"name": "Guide", "category": "avatar", "generator": "procedural", "description": "red hair"});
    let path = "/admin/assets/sprites/generate";
    let answer = cluster.nodes[0].act(&host, Method::POST, path, &body).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
    let atlas = bob.find("sprites:atlasUpdated").await;
    let names = atlas["sprites"].as_array().unwrap();
    assert!(names.iter().any(|sprite| sprite["name"] == "Guide"));
}

#[tokio::test]
async fn every_node_is_listed_on_each() {
    let cluster = TestCluster::start(2).await;
    let host = cluster.nodes[0].host().await;
    let _ada = cluster.nodes[1].player("ada").await;
    soon("both nodes in the list", async {
        loop {
            let answer = cluster.nodes[0]
                .act(&host, Method::GET, "/admin/nodes", &Value::Null)
                .await;
            let nodes = answer.json()["nodes"].as_array().unwrap().clone();
            if nodes.len() == 2 && nodes[1]["players"] == 1 {
                assert_eq!(
                    (&nodes[0]["self"], &nodes[1]["self"]),
                    (&json!(true), &json!(false))
                );
                break;
            }
        }
    })
    .await;
    let metrics = cluster.nodes[0]
        .http()
        .call(Method::GET, "/metrics", &[], &Value::Null)
        .await
        .text();
    for line in ["comutiny_nodes 2", "comutiny_link_up 1"] {
        assert!(metrics.lines().any(|it| it == line), "{line} in\n{metrics}");
    }
    assert!(!metrics.contains("comutiny_redis_calls_total 0\n"));
}
