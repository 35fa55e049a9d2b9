//! What a moderator does on one node reaches the sockets of the others.

use http::{Method, StatusCode, header};
use serde_json::{Value, json};
use tests::{Account, Answer, Cluster, TestServer, soon};

async fn act(
    node: &TestServer,
    host: &Account,
    method: Method,
    path: &str,
    body: &Value,
) -> Answer {
    let bearer = host.bearer();
    let headers = [(header::AUTHORIZATION, bearer.as_str())];
    node.http().call(method, path, &headers, body).await
}

#[tokio::test]
async fn an_announcement_is_read_on_all_nodes_once() {
    let cluster = Cluster::start(2).await;
    let host = cluster.nodes[0].host().await;
    let mut here = cluster.nodes[0].onlooker().await;
    let mut there = cluster.nodes[1].onlooker().await;
    let body = json!({"message": "Tea at five."});
    let answer = act(
        &cluster.nodes[0],
        &host,
        Method::POST,
        "/admin/announcements",
        &body,
    )
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
    let cluster = Cluster::start(2).await;
    let host = cluster.nodes[0].host().await;
    let grace = cluster.nodes[1].register("grace").await;
    let connect = cluster.nodes[1]
        .connect()
        .auth("token", grace.token.as_str());
    let mut socket = connect.open().await;
    socket.join(&grace.id).await;
    let body = json!({"isBanned": true});
    let path = format!("/admin/users/{}", grace.id);
    let answer = act(&cluster.nodes[0], &host, Method::PATCH, &path, &body).await;
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
    let cluster = Cluster::start(2).await;
    let host = cluster.nodes[0].host().await;
    let mut ada = cluster.nodes[1].player("ada").await;
    let mut bob = cluster.nodes[1].onlooker().await;
    let said = ada.call("chat:message", json!({"content": "oops"})).await;
    let id = said["message"]["id"].as_str().unwrap().to_owned();
    let path = format!("/admin/messages/{id}");
    // The line is in the archive a moment after it was said.
    soon("the line in the archive", async {
        loop {
            let answer = act(
                &cluster.nodes[0],
                &host,
                Method::DELETE,
                &path,
                &Value::Null,
            )
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
    let answer = act(&cluster.nodes[0], &host, Method::POST, path, &body).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
    let atlas = bob.find("sprites:atlasUpdated").await;
    let names = atlas["sprites"].as_array().unwrap();
    assert!(names.iter().any(|sprite| sprite["name"] == "Guide"));
}

#[tokio::test]
async fn every_node_is_listed_on_each() {
    let cluster = Cluster::start(2).await;
    let host = cluster.nodes[0].host().await;
    let _ada = cluster.nodes[1].player("ada").await;
    soon("both nodes in the list", async {
        loop {
            let answer = act(
                &cluster.nodes[0],
                &host,
                Method::GET,
                "/admin/nodes",
                &Value::Null,
            )
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
}
