//! What two nodes share while all is well: players, updates, chat, evictions, bindings, sprites.

use http::Method;
use identity::Secret;
use serde_json::{Value, json};
use server_core::Config;
use tempfile::TempDir;
use tests::{Client, Connect, Postgres, TestCluster, TestServer, WorldMirror, redis_cluster, soon};

async fn inside(node: &TestServer, guest_token: &str) -> Client {
    let connect = node.connect().auth("guestToken", guest_token);
    let mut client = connect.open().await;
    client.expect("world:state").await;
    client
}

#[tokio::test]
async fn players_meet_across_nodes() {
    let cluster = TestCluster::start(2).await;
    let [here, there] = &cluster.nodes[..] else {
        unreachable!()
    };
    let mut ada = here.player("ada").await;
    let mut bob = there.onlooker().await;
    // Whatever comes first: the snapshot held her, or her event follows it.
    let state = bob.join("bob").await["state"].clone();
    assert_eq!(state["players"].as_array().unwrap().len(), 2, "{state}");

    let joined = ada.find("player:joined").await;
    assert_eq!(joined["id"], "bob");
    let to = json!({"position": {"x": 4.5, "z": -1}, "metadata": {"heading": 90}});
    assert_eq!(bob.call("player:update", to).await["ok"], true);
    let updated = ada.find("player:updated").await;
    assert_eq!(updated["position"], json!({"x": 4.5, "y": 0.0, "z": -1.0}));
    assert_eq!(updated["metadata"]["heading"], 90);

    bob.call_bare("player:leave").await;
    assert_eq!(ada.find("player:left").await, json!({"id": "bob"}));
    ada.join("ada").await;
    assert_eq!(
        bob.find("player:joined").await["id"],
        "ada",
        "a repeated join"
    );
}

#[tokio::test]
async fn a_batch_client_hears_of_other_nodes_in_batches() {
    let cluster = TestCluster::start(2).await;
    let node = &cluster.nodes[0];
    for connect in [node.connect().batch(), node.connect().stream()] {
        check_batches(&cluster, connect).await;
    }
}

async fn check_batches(cluster: &TestCluster, connect: Connect) {
    let mut watcher = connect.open().await;
    let mut mirror = WorldMirror::of(&watcher.expect("world:state").await);
    let mut bob = cluster.nodes[1].player("bob").await;
    for x in 0..50 {
        bob.emit("player:update", json!({"position": {"x": x}}))
            .await;
    }
    while mirror
        .player("bob")
        .is_none_or(|bob| bob["position"]["x"] != 49.0)
    {
        mirror.apply(&watcher.event().await);
    }
    assert_eq!(mirror.joined, ["bob"]);
    bob.call_bare("player:leave").await;
    while mirror.left.is_empty() {
        mirror.apply(&watcher.event().await);
    }
}

#[tokio::test]
async fn chat_stands_in_one_order_on_all_nodes() {
    const LINES: usize = 15;
    let cluster = TestCluster::start(3).await;
    let mut people = Vec::new();
    for (n, node) in cluster.nodes.iter().enumerate() {
        people.push(node.player(&format!("p{n}")).await);
    }
    let mut speaking = tokio::task::JoinSet::new();
    for (n, mut person) in people.into_iter().enumerate() {
        speaking.spawn(async move {
            for line in 0..LINES {
                let words = json!({"content": format!("{n} says {line}")});
                assert_eq!(person.call("chat:message", words).await["ok"], true);
            }
            let mut heard = Vec::new();
            while heard.len() < 3 * LINES {
                heard.push(person.find("chat:message").await["id"].clone());
            }
            heard
        });
    }
    let heard = speaking.join_all().await;
    assert_eq!(heard[0], heard[1]);
    assert_eq!(heard[1], heard[2]);
    let history = cluster.nodes[2]
        .connect()
        .open()
        .await
        .expect("world:state")
        .await;
    let kept: Vec<_> = history["chat"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["id"].clone())
        .collect();
    assert!(kept.ends_with(&heard[0]), "newcomers read the same order");
}

#[tokio::test]
async fn a_newer_window_on_another_node_evicts_the_older() {
    let cluster = TestCluster::start(2).await;
    let mut onlooker = cluster.nodes[0].onlooker().await;
    let mut old = cluster.nodes[0].onlooker().await;
    let token = old.join("ada").await["guestToken"].clone();
    let mut new = inside(&cluster.nodes[1], token.as_str().unwrap()).await;
    new.join("ada").await;
    let ending = old.ending().await;
    assert_eq!(ending.code(), Some("duplicate"), "{ending:?}");
    assert!(ending.disconnected);
    for _ in 0..2 {
        assert_eq!(onlooker.event().await.name, "player:joined");
    }
    let update = json!({"animation": "wave"});
    assert_eq!(new.call("player:update", update).await["ok"], true);
    assert_eq!(onlooker.expect("player:updated").await["animation"], "wave");
    assert_eq!(onlooker.settle().await, [], "no player:left on a takeover");
}

#[tokio::test]
async fn a_stranger_on_another_node_is_refused_and_the_holder_unharmed() {
    let cluster = TestCluster::start(2).await;
    let mut holder = cluster.nodes[0].player("ada").await;
    let mut stranger = cluster.nodes[1].onlooker().await;
    let refused = stranger
        .call("player:join", json!({"playerId": "ada"}))
        .await;
    assert_eq!(refused["code"], "id-in-use", "{refused}");
    let update = holder
        .call("player:update", json!({"animation": "wave"}))
        .await;
    assert_eq!(update["ok"], true);
    holder.call_bare("player:leave").await;
    stranger.find("player:left").await;
    stranger.join("ada").await;
}

#[tokio::test]
async fn a_login_on_one_node_binds_sockets_of_the_other() {
    let cluster = TestCluster::start(2).await;
    let [here, there] = &cluster.nodes[..] else {
        unreachable!()
    };
    let account = here.register("grace").await;
    let mut socket = there.onlooker().await;
    let cookie = socket.guest_cookie.clone().unwrap();
    let logged_in = here.log_in(&account, &cookie).await;
    // The notice and the join take different ways; it is the same person who tries again.
    let join = json!({"playerId": logged_in.id});
    soon("the login to arrive", async {
        while socket.call("player:join", join.clone()).await["ok"] != true {}
    })
    .await;
    let mut peer = here.onlooker().await;
    here.log_out(&logged_in, &cookie).await;
    assert_eq!(peer.find("player:left").await["id"], logged_in.id.as_str());
}

#[tokio::test]
async fn a_login_on_one_node_binds_the_socket_of_the_other_that_has_its_ticket() {
    let cluster = TestCluster::start(2).await;
    let [here, there] = &cluster.nodes[..] else {
        unreachable!()
    };
    let host = here.host().await;
    let mut page = there.onlooker().await;
    let cookie = page.guest_cookie.clone().unwrap();
    let mut twin = there.connect().cookie("guest_token", &cookie).open().await;
    let ticket = page.call_bare("session:ticket").await["ticket"].clone();
    let renewed = here
        .log_in_with(&host, &cookie, ticket.as_str().unwrap())
        .await;
    let join = json!({"playerId": host.id});
    soon("the login to arrive", async {
        while page.call("player:join", join.clone()).await["ok"] != true {}
    })
    .await;
    let refused = twin.call("player:join", join.clone()).await;
    assert_eq!(refused["code"], "reserved-id", "{refused}");

    // Both nodes made the same secret of it.
    let renewed_cookie = renewed.guest_cookie.clone().unwrap();
    here.log_out(&renewed, &renewed_cookie).await;
    let visitor = json!({"playerId": "visitor"});
    soon("the logout to arrive", async {
        while page.call("player:join", visitor.clone()).await["ok"] != true {}
    })
    .await;
    let window = here.connect().cookie("guest_token", &renewed_cookie);
    window.open().await.join("visitor").await;
    assert_eq!(page.ending().await.code(), Some("duplicate"));
}

#[tokio::test]
async fn the_setup_link_of_one_node_works_on_the_other_and_then_on_none() {
    let cluster = TestCluster::start(2).await;
    let [here, there] = &cluster.nodes[..] else {
        unreachable!()
    };
    let set_up = async |node: &TestServer, name: &str| {
        let form = json!({
            "token": here.setup_token(), "username": name, "email": format!("{name}@example.org"),
            "password": "correct horse",
        });
        node.post("/auth/setup", &form, &[]).await.json()
    };
    let first = set_up(there, "hana").await;
    assert_eq!(first["user"]["role"], "host", "{first}");
    for node in [here, there] {
        let late = set_up(node, "eve").await;
        assert_eq!(late["code"], "setup-closed", "{late}");
    }
}

#[tokio::test]
async fn nodes_meet_on_a_redis_cluster_wherever_they_knock() {
    let [first, second] = redis_cluster().await;
    let cluster = TestCluster::over(first, 2).await;
    cluster.all_are("healthy").await;
    let mut ada = cluster.nodes[0].player("ada").await;
    cluster.nodes[1].player("bob").await;
    assert_eq!(ada.find("player:joined").await["id"], "bob");
    drop(second);
}

#[tokio::test]
async fn worlds_with_prefixes_of_their_own_share_a_redis() {
    let mut cluster = TestCluster::start(2).await;
    let theirs = TempDir::new().unwrap();
    let elsewhere = |config: &mut Config| {
        "elsewhere".clone_into(&mut config.replication.prefix);
        theirs.path().clone_into(&mut config.storage.data_dir);
    };
    cluster.add(elsewhere).await;
    cluster.all_are("healthy").await;
    let mut ada = cluster.nodes[0].player("ada").await;
    let mut namesake = cluster.nodes[2].player("ada").await;
    let _bob = cluster.nodes[1].player("bob").await;
    assert_eq!(ada.find("player:joined").await["id"], "bob");
    assert_eq!(namesake.settle().await, [], "another world");
    let moved = ada.call("player:update", json!({"animation": "wave"}));
    assert_eq!(moved.await["ok"], true, "she was not evicted");
}

#[tokio::test]
async fn nodes_share_accounts_bans_and_the_archive_in_one_postgres() {
    let Some(postgres) = Postgres::start().await else {
        return;
    };
    let mut cluster = TestCluster::start(0).await;
    for _ in 0..2 {
        let url = postgres.url();
        cluster
            .add(|config| config.storage.database_url = Some(Secret::new(url)))
            .await;
    }
    let [here, there] = &cluster.nodes[..] else {
        unreachable!()
    };
    let host = here.host().await;
    let grace = here.register("grace").await;
    let mut window = there.onlooker().await;
    let cookie = window.guest_cookie.clone().unwrap();
    let grace = there.log_in(&grace, &cookie).await;
    window.join(&grace.id).await;
    let words = json!({"content": "kept for all"});
    assert_eq!(window.call("chat:message", words).await["ok"], true);
    soon("the line in the archive", async {
        loop {
            let list = here.done(&host, Method::GET, "/admin/messages", &Value::Null);
            let list = list.await;
            let lines = list["messages"].as_array().unwrap();
            if lines.iter().any(|line| line["content"] == "kept for all") {
                break;
            }
        }
    })
    .await;
    let ban = json!({"subjects": [{"kind": "account", "subject": grace.id}], "minutes": null});
    here.done(&host, Method::POST, "/admin/bans", &ban).await;
    assert_eq!(window.ending().await.code(), Some("banned"));
}
