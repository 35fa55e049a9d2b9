//! The light of the world: for everybody at once, by a host's setting.

use http::{Method, StatusCode};
use serde_json::json;
use tests::TestServer;

#[tokio::test]
async fn a_host_makes_it_evening_for_everybody() {
    let server = TestServer::start().await;
    let host = server.host().await;
    let mut ana = server.player("ana").await;
    let mut onlooker = server.connect().open().await;
    let state = onlooker.expect("world:state").await;
    assert_eq!(state["world"]["mood"], "day");

    let evening = json!({ "values": { "world_mood": "night" } });
    server
        .done(&host, Method::PATCH, "/admin/settings", &evening)
        .await;
    for client in [&mut ana, &mut onlooker] {
        let told = client.find("world:mood").await;
        assert_eq!(told, json!({ "mood": "night" }));
        assert_eq!(client.settle().await, [], "nothing else was sent");
    }
    let state = server.connect().open().await.expect("world:state").await;
    assert_eq!(state["world"]["mood"], "night");
    let audit = "/admin/audit?action=settings.update";
    let audit = server.done(&host, Method::GET, audit, &json!(null)).await;
    let change = &audit["actions"][0]["details"]["changes"]["world_mood"];
    assert_eq!(change, &json!({ "before": "day", "after": "night" }));

    let feed = server.feed(&host).await;
    assert_eq!(feed.state["server"]["world"]["mood"], "night");
}

#[tokio::test]
async fn a_moderator_and_a_word_that_is_no_light_change_nothing() {
    let server = TestServer::start().await;
    let host = server.host().await;
    let bo = server.staff(&host, "bo", "moderator").await;
    let mut onlooker = server.onlooker().await;
    let (method, path) = (Method::PATCH, "/admin/settings");
    let evening = json!({ "values": { "world_mood": "night" } });
    let refused = server.act(&bo, method.clone(), path, &evening).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let noon = json!({ "values": { "world_mood": "noon" } });
    let refused = server.act(&host, method, path, &noon).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    let sentence = &refused.json()["fields"]["world_mood"];
    assert_eq!(sentence, "It must be day, dusk, night or clock.");
    assert_eq!(onlooker.settle().await, []);
}
