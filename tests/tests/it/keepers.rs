//! Everybody sees who of those who are in looks after the world, and nobody can claim it.

use http::Method;
use serde_json::{Value, json};
use tests::{Client, TestAccount, TestServer};

/// Comes in as an account.
async fn inside(server: &TestServer, account: &TestAccount) -> Client {
    let mut client = server
        .connect()
        .auth("token", account.token.as_str())
        .open()
        .await;
    client.expect("world:state").await;
    let joined = client.join(&account.id).await;
    assert_eq!(joined["ok"], true, "{joined}");
    client
}

fn member(account: &TestAccount, role: &str) -> Value {
    json!({ "id": account.id, "role": role })
}

async fn told(client: &mut Client) -> Value {
    client.find("world:staff").await["staff"].clone()
}

async fn change(server: &TestServer, host: &TestAccount, whom: &TestAccount, change: Value) {
    let path = format!("/admin/users/{}", whom.id);
    server.done(host, Method::PATCH, &path, &change).await;
}

#[tokio::test]
async fn the_list_follows_joins_roles_suspensions_and_leaves() {
    let server = TestServer::start().await;
    let host = server.host().await;
    let bo = server.register("bo").await;
    let mut onlooker = server.connect().open().await;
    let state = onlooker.expect("world:state").await;
    assert_eq!(state["world"]["staff"], json!([]));

    let mut helper = inside(&server, &bo).await;
    let mut keeper = server
        .connect()
        .auth("token", host.token.as_str())
        .open()
        .await;
    let state = keeper.join(&host.id).await["state"].clone();
    let only_host = json!([member(&host, "host")]);
    assert_eq!(state["world"]["staff"], only_host, "its own answer says so");
    assert_eq!(told(&mut onlooker).await, only_host);

    change(&server, &host, &bo, json!({ "role": "moderator" })).await;
    let both = told(&mut onlooker).await;
    assert_eq!(both.as_array().unwrap().len(), 2);
    assert!(both.as_array().unwrap().contains(&member(&bo, "moderator")));
    let newcomer = server.connect().open().await.expect("world:state").await;
    assert_eq!(newcomer["world"]["staff"], both, "and the next snapshot");

    change(&server, &host, &bo, json!({ "role": "viewer" })).await;
    assert_eq!(told(&mut onlooker).await, only_host);
    change(&server, &host, &bo, json!({ "role": "moderator" })).await;
    assert_eq!(told(&mut onlooker).await, both);
    let suspension = json!({ "suspensionUntil": "2999-01-01T00:00:00Z" });
    change(&server, &host, &bo, suspension).await;
    assert_eq!(helper.ending().await.code(), Some("banned"));
    assert_eq!(told(&mut onlooker).await, only_host);

    keeper.call_bare("player:leave").await;
    assert_eq!(told(&mut onlooker).await, json!([]));
}

#[tokio::test]
async fn a_name_or_metadata_makes_nobody_a_host() {
    let server = TestServer::start().await;
    let host = server.host().await;
    let mut guest = server.onlooker().await;
    let claim = json!({
        "playerId": "fake", "name": "host",
        "metadata": { "role": "host", "staff": true, "world": { "staff": [] } },
    });
    let joined = guest.call("player:join", claim).await;
    assert_eq!(joined["state"]["world"]["staff"], json!([]), "{joined}");
    let taken = guest
        .call("player:join", json!({ "playerId": host.id }))
        .await;
    assert_eq!(taken["code"], "reserved-id");
    let state = server.connect().open().await.expect("world:state").await;
    assert_eq!(state["world"]["staff"], json!([]));
}

#[tokio::test]
async fn a_login_on_a_live_socket_counts_and_a_logout_ends_it() {
    let server = TestServer::start().await;
    let host = server.host().await;
    let mut onlooker = server.onlooker().await;
    let mut page = server.onlooker().await;
    let ticket = page.call_bare("session:ticket").await["ticket"].clone();
    let secret = page.guest_cookie.clone().unwrap();
    let login = server
        .log_in_with(&host, &secret, ticket.as_str().unwrap())
        .await;
    page.join(&host.id).await;
    assert_eq!(told(&mut onlooker).await, json!([member(&host, "host")]));
    let renewed = login.guest_cookie.clone().unwrap();
    server.log_out(&login, &renewed).await;
    assert_eq!(told(&mut onlooker).await, json!([]));
}

#[tokio::test]
async fn outside_a_closed_world_nobody_is_named() {
    let server = TestServer::with(|config| {
        config.world.join_pin = Some(identity::Secret::new("4711"));
    })
    .await;
    let host = server.host().await;
    let mut stranger = server.connect().open().await;
    assert_eq!(
        stranger.expect("world:state").await["world"].get("staff"),
        None
    );
    let mut keeper = inside(&server, &host).await;
    keeper.call_bare("player:leave").await;
    assert_eq!(stranger.settle().await, []);
}
