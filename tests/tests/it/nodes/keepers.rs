//! Who looks after the world is the same list on every node.

use http::Method;
use serde_json::{Value, json};
use server_core::config::WordListMode;
use tests::{Client, TestAccount, TestCluster, TestServer, soon};

async fn staff(client: &mut Client) -> Value {
    client.find("world:staff").await["staff"].clone()
}

#[tokio::test]
async fn a_badge_and_its_end_reach_every_node() {
    let cluster = TestCluster::start(2).await;
    let [here, there] = &cluster.nodes[..] else {
        unreachable!()
    };
    let host = here.host().await;
    let bo = here.staff(&host, "bo", "moderator").await;
    let mut far = there.onlooker().await;
    let mut keeper = here
        .connect()
        .auth("token", host.token.as_str())
        .open()
        .await;
    keeper.join(&host.id).await;
    let of_host = json!({ "id": host.id, "role": "host" });
    assert_eq!(staff(&mut far).await, json!([of_host]));

    let mut helper = there
        .connect()
        .auth("token", bo.token.as_str())
        .open()
        .await;
    helper.join(&bo.id).await;
    assert_eq!(staff(&mut far).await.as_array().unwrap().len(), 2);
    let mut near = here.onlooker().await;
    let path = format!("/admin/users/{}", bo.id);
    let demoted = json!({ "role": "user" });
    here.done(&host, Method::PATCH, &path, &demoted).await;
    for client in [&mut far, &mut near] {
        while staff(client).await != json!([of_host]) {}
    }
    keeper.call_bare("player:leave").await;
    assert_eq!(staff(&mut far).await, json!([]));
}

#[tokio::test]
async fn a_word_to_one_and_an_announcement_reach_another_node() {
    let cluster = TestCluster::start(2).await;
    let [here, there] = &cluster.nodes[..] else {
        unreachable!()
    };
    let host = here.host().await;
    let mut ana = there.player("ana").await;
    let session = soon("the session to be known", async {
        loop {
            let list = "/admin/sessions?search=ana";
            let list = here.done(&host, Method::GET, list, &Value::Null).await;
            if let Some(id) = list["sessions"][0]["id"].as_str() {
                return id.to_owned();
            }
        }
    })
    .await;
    let path = format!("/admin/sessions/{session}/tell");
    let words = json!({ "message": "Over here." });
    here.done(&host, Method::POST, &path, &words).await;
    let told = ana.find("moderation:notice").await;
    assert_eq!(told["from"], json!({ "name": "host", "role": "host" }));

    let features = json!(["log"]);
    let mut page = there.connect().auth("features", features).open().await;
    page.expect("world:state").await;
    let words = json!({ "message": "All aboard." });
    here.done(&host, Method::POST, "/admin/announcements", &words)
        .await;
    let line = page.find("chat:message").await;
    assert_eq!(
        (&line["playerId"], &line["content"]),
        (&json!("system"), &json!("All aboard."))
    );
    let evening = json!({ "values": { "world_mood": "night" } });
    here.done(&host, Method::PATCH, "/admin/settings", &evening)
        .await;
    assert_eq!(page.find("world:mood").await, json!({ "mood": "night" }));
}

#[tokio::test]
async fn a_line_held_on_one_node_is_let_through_or_refused_on_another() {
    let cluster = TestCluster::start(2).await;
    let [here, there] = &cluster.nodes[..] else {
        unreachable!()
    };
    let host = here.host().await;
    let list = json!({ "values": { "word_list": "fool", "word_list_mode": "hold" } });
    here.done(&host, Method::PATCH, "/admin/settings", &list)
        .await;
    let mut ana = there.player("ana").await;
    let held = soon("the list to hold there", async {
        loop {
            let said = ana.call("chat:message", json!({ "content": "fool" })).await;
            if said["ok"] == false {
                return said;
            }
        }
    })
    .await;
    assert_eq!(held["code"], "held");
    let mut near = here.onlooker().await;
    let id = held_at(here, &host).await;
    let path = format!("/admin/held/{id}/allow");
    here.done(&host, Method::POST, &path, &Value::Null).await;
    assert_eq!(near.find("chat:message").await["id"], id);
    let own = soon("the line with its speaker", async {
        loop {
            let line = ana.find("chat:message").await;
            // Said before the list was known there.
            if line["id"] == id {
                return line;
            }
        }
    })
    .await;
    assert_eq!(own["playerId"], "ana");

    let again = ana.call("chat:message", json!({ "content": "you fool" }));
    assert_eq!(again.await["code"], "held");
    let path = format!("/admin/held/{}/refuse", held_at(here, &host).await);
    here.done(&host, Method::POST, &path, &Value::Null).await;
    let told = ana.find("moderation:notice").await;
    assert_eq!(
        (&told["kind"], &told["content"]),
        (&json!("refused"), &json!("you fool"))
    );
    soon("the queue to be empty there", async {
        loop {
            let list = there.done(&host, Method::GET, "/admin/held", &Value::Null);
            if list.await["total"] == 0 {
                break;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_line_that_nobody_decided_about_is_told_once_whichever_node_notices() {
    let mut cluster = TestCluster::start(0).await;
    for _ in 0..2 {
        cluster
            .add(|config| {
                config.conversation.word_list = "fool".to_owned();
                config.conversation.word_list_mode = WordListMode::Hold;
                config.conversation.held_line_minutes = 0;
            })
            .await;
    }
    cluster.all_are("healthy").await;
    let mut ana = cluster.nodes[0].player("ana").await;
    for n in 0..4 {
        let line = format!("fool {n}");
        let said = ana.call("chat:message", json!({ "content": line }));
        assert_eq!(said.await["code"], "held");
        let told = ana.find("moderation:notice").await;
        assert_eq!(
            (&told["kind"], &told["content"]),
            (&json!("lapsed"), &json!(line))
        );
    }
    let more = ana.settle().await;
    assert!(
        more.iter().all(|it| it.name != "moderation:notice"),
        "{more:?}"
    );
}

/// The id of the line that waits, once this node knows it.
async fn held_at(node: &TestServer, host: &TestAccount) -> String {
    soon("the line to be known here", async {
        loop {
            let list = node.done(host, Method::GET, "/admin/held", &Value::Null);
            if let Some(id) = list.await["held"][0]["id"].as_str() {
                return id.to_owned();
            }
        }
    })
    .await
}
