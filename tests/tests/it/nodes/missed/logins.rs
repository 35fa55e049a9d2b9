//! Logins that end on one node while the database of another is silent.

use http::{Method, StatusCode};
use identity::Secret;
use serde_json::{Value, json};
use services::{Postgres, ServiceWire};
use tests::{TestAccount, TestCluster, TestServer, notices_silence, soon};

/// Whether a new window of somebody is let in as the account.
async fn comes_in(node: &TestServer, account: &TestAccount) -> bool {
    let connect = node.connect().auth("token", account.token.as_str());
    let mut client = connect.open().await;
    client.expect("world:state").await;
    let join = json!({ "playerId": account.id });
    client.call("player:join", join).await["ok"] == true
}

#[tokio::test]
async fn a_token_that_ends_on_one_node_ends_where_the_database_is_silent() {
    let Some(postgres) = Postgres::start().await else {
        return;
    };
    let wire = ServiceWire::to(postgres.address()).await;
    let mut cluster = TestCluster::start(0).await;
    for url in [postgres.url(), Postgres::url_at(wire.address())] {
        cluster
            .add(|config| {
                config.storage.database_url = Some(Secret::new(url));
                notices_silence(config);
            })
            .await;
    }
    cluster.all_are("healthy").await;
    let [here, there] = &cluster.nodes[..] else {
        unreachable!()
    };
    let mut accounts = Vec::new();
    for name in ["grace", "ada", "bob", "eve"] {
        let account = here.register(name).await;
        soon("the account to be known there", async {
            while !comes_in(there, &account).await {}
        })
        .await;
        accounts.push(account);
    }
    let [good, changed, deleted, left] = &accounts[..] else {
        unreachable!()
    };
    wire.fall_silent();
    let passwords = json!({
        "currentPassword": "correct horse battery",
        "newPassword": "another horse battery",
    });
    let answer = here.act(changed, Method::POST, "/auth/password", &passwords);
    assert_eq!(answer.await.status, StatusCode::OK);
    let password = json!({ "password": "correct horse battery" });
    let answer = here.act(deleted, Method::DELETE, "/auth/me", &password);
    assert_eq!(answer.await.status, StatusCode::NO_CONTENT);
    let answer = here.act(left, Method::POST, "/auth/logout", &Value::Null);
    assert_eq!(answer.await.status, StatusCode::OK);
    for account in [changed, deleted, left] {
        soon("the end to be known there", async {
            while comes_in(there, account).await {}
        })
        .await;
    }
    assert!(comes_in(there, good).await);
    wire.speak();
}
