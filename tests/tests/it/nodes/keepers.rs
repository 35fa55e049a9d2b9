//! Who looks after the world is the same list on every node.

use http::Method;
use serde_json::{Value, json};
use tests::{Client, TestCluster};

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
