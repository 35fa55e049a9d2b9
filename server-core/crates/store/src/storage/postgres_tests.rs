//! Over TLS, and what people read when a Postgres cannot be reached.

use std::net::Ipv4Addr;

use services::{Postgres, free_port};
use sqlx::Row as _;
use tokio::net::TcpListener;

use super::*;

async fn refusal(url: &str) -> String {
    Database::open(url).await.unwrap_err().to_string()
}

async fn encrypted(url: &str) -> bool {
    let database = Database::open(url).await.unwrap();
    let row = sqlx::query("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
        .fetch_one(database.pool())
        .await;
    row.unwrap().get(0)
}

#[tokio::test]
async fn tls_is_used_where_the_server_offers_it_and_checked_where_asked() {
    let Some(postgres) = Postgres::start_with_tls("localhost").await else {
        return;
    };
    let port = postgres.address().port();
    let url =
        |host: &str, options: &str| format!("postgres://postgres@{host}:{port}/postgres{options}");
    let authority = format!("&sslrootcert={}", postgres.authority().display());
    assert!(encrypted(&url("localhost", "")).await, "by default");
    for (mode, expected) in [("disable", false), ("prefer", true), ("require", true)] {
        let options = format!("?sslmode={mode}");
        assert_eq!(
            encrypted(&url("127.0.0.1", &options)).await,
            expected,
            "{mode}"
        );
    }
    for (host, mode) in [
        ("localhost", "verify-full"),
        ("localhost", "verify-ca"),
        ("127.0.0.1", "verify-ca"),
    ] {
        let options = format!("?sslmode={mode}{authority}");
        assert!(encrypted(&url(host, &options)).await, "{host} {mode}");
    }
    let stranger = refusal(&url("localhost", "?sslmode=verify-full")).await;
    let start = format!("The certificate of Postgres at localhost:{port} is refused: ");
    assert!(stranger.starts_with(&start), "{stranger}");
    let other_name = format!("?sslmode=verify-full{authority}");
    let other_name = refusal(&url("127.0.0.1", &other_name)).await;
    assert!(other_name.contains("is refused: "), "{other_name}");
}

#[tokio::test]
async fn what_is_in_the_way_is_said() {
    let nobody = format!("127.0.0.1:{}", free_port());
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let silent = listener.local_addr().unwrap();
    let urls = [
        format!("postgres://u@{nobody}/d"),
        format!("postgres://u@{silent}/d"),
    ];
    let (refused, unanswered) = tokio::join!(refusal(&urls[0]), refusal(&urls[1]));
    let start = format!("Postgres at {nobody} cannot be reached: ");
    assert!(refused.starts_with(&start), "{refused}");
    let start = format!("Postgres at {silent} does not answer");
    assert!(unanswered.starts_with(&start), "{unanswered}");
    let text = refusal("postgres://u@127.0.0.1/d?sslmode=maybe").await;
    assert!(
        text.starts_with("DATABASE_URL is no address of a Postgres database"),
        "{text}"
    );
    let Some(postgres) = Postgres::start().await else {
        return;
    };
    let at = postgres.address();
    let text = refusal(&format!(
        "postgres://postgres@{at}/postgres?sslmode=require"
    ))
    .await;
    assert!(
        text.starts_with(&format!("Postgres at {at} offers no TLS")),
        "{text}"
    );
    let text = refusal(&format!("postgres://postgres@{at}/nowhere")).await;
    assert!(
        text.contains("database \"nowhere\" does not exist"),
        "{text}"
    );
    let text = refusal(&format!("postgres://nobody@{at}/postgres")).await;
    assert!(text.contains("role \"nobody\" does not exist"), "{text}");
}
