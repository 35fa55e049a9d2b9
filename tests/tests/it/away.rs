//! A database that is away while nobody writes anything.

use http::Method;
use serde_json::Value;
use server_core::config::Secret;
use tests::{Postgres, TestServer, soon};

#[tokio::test]
async fn health_notices_a_database_that_is_gone_by_itself() {
    let Some(postgres) = Postgres::start().await else {
        return;
    };
    let url = postgres.url();
    let server = TestServer::with(|config| {
        config.storage.database_url = Some(Secret::new(url));
    });
    let server = server.await;
    let mut http = server.http();
    let mut database = async || {
        let health = http.call(Method::GET, "/health", &[], &Value::Null).await;
        health.json()["checks"]["database"].clone()
    };
    assert_eq!(database().await, "ok");
    drop(postgres);
    soon("health to notice", async {
        while database().await != "degraded" {
            tokio::task::yield_now().await;
        }
    })
    .await;
}
