//! The database does not answer: who is let in, who is not, and what happens when it is back.

use http::{Method, StatusCode};
use identity::Secret;
use serde_json::{Value, json};
use services::{Postgres, ServiceWire};
use store::accounts::{Accounts, Tokens};
use store::storage::Database;
use tests::{Client, TestAccount, TestServer, notices_silence, soon};

/// A server whose database is behind a wire that can fall silent.
struct Outage {
    server: TestServer,
    wire: ServiceWire,
    postgres: Postgres,
}

impl Outage {
    async fn prepare() -> Option<Self> {
        let postgres = Postgres::start().await?;
        let wire = ServiceWire::to(postgres.address()).await;
        let url = Postgres::url_at(wire.address());
        let server = TestServer::with(|config| {
            config.storage.database_url = Some(Secret::new(url));
            notices_silence(config);
        })
        .await;
        Some(Self {
            server,
            wire,
            postgres,
        })
    }

    async fn with_token(&self, account: &TestAccount) -> Client {
        let token = Value::from(account.token.as_str());
        let mut client = self.server.connect().auth("token", token).open().await;
        client.expect("world:state").await;
        client
    }

    async fn try_join(&self, account: &TestAccount) -> Value {
        let mut client = self.with_token(account).await;
        let join = json!({ "playerId": account.id });
        client.call("player:join", join).await
    }
}

#[tokio::test]
async fn a_token_that_was_ended_stays_ended_while_the_database_is_silent() {
    let Some(outage) = Outage::prepare().await else {
        return;
    };
    let server = &outage.server;
    let good = server.register("grace").await;
    let changed = server.register("ada").await;
    let deleted = server.register("bob").await;
    let left = server.register("eve").await;
    let passwords = json!({
        "currentPassword": "correct horse battery",
        "newPassword": "another horse battery",
    });
    let answer = server
        .act(&changed, Method::POST, "/auth/password", &passwords)
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let password = json!({ "password": "correct horse battery" });
    let answer = server
        .act(&deleted, Method::DELETE, "/auth/me", &password)
        .await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text());
    server.log_out(&left, "").await;

    outage.wire.fall_silent();
    for account in [&changed, &deleted, &left] {
        let joined = outage.try_join(account).await;
        assert_eq!(joined["ok"], false, "{joined}");
    }
    let joined = outage.try_join(&good).await;
    assert_eq!(joined["ok"], true, "{joined}");
    outage.wire.speak();
}

#[tokio::test]
async fn a_login_that_was_believed_is_proven_when_the_database_is_back() {
    let Some(outage) = Outage::prepare().await else {
        return;
    };
    let good = outage.server.register("grace").await;
    let ended = outage.server.register("ada").await;
    let mut onlooker = outage.server.onlooker().await;
    outage.wire.fall_silent();
    let mut clients = Vec::new();
    for account in [&good, &ended] {
        let mut client = outage.with_token(account).await;
        client.join(&account.id).await;
        clients.push(client);
        assert_eq!(onlooker.find("player:joined").await["id"], account.id);
    }
    // Another process ends its logins, as `comutiny-server user password` does.
    let beside = Database::open(&outage.postgres.url()).await.unwrap();
    let tokens = Tokens::new(&Secret::new("any text that is long enough")).unwrap();
    let beside = Accounts::open(beside, tokens).await.unwrap();
    let changed = beside.users().set_password_hash(&ended.id, "another").await;
    assert!(changed.unwrap().is_some());
    outage.wire.speak();
    assert_eq!(onlooker.find("player:left").await["id"], ended.id);
    // The other one goes on as the account it is.
    let said = clients[0].call("chat:message", json!({"content": "here"}));
    assert_eq!(said.await["ok"], true);
    let again = outage.try_join(&ended).await;
    assert_eq!(again["ok"], false, "{again}");
}

#[tokio::test]
async fn health_notices_a_silent_database_while_nobody_asks_it_for_anything() {
    let Some(outage) = Outage::prepare().await else {
        return;
    };
    let health_is = async |state: &str| {
        let mut http = outage.server.http();
        soon("health to notice", async {
            loop {
                let health = http.call(Method::GET, "/health", &[], &Value::Null).await;
                if health.json()["checks"]["database"] == state {
                    break;
                }
            }
        })
        .await;
    };
    health_is("ok").await;
    outage.wire.fall_silent();
    health_is("degraded").await;
    outage.wire.speak();
    health_is("ok").await;
}
