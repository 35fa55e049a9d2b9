//! Over TLS, and what people read when a Postgres cannot be reached.

use std::net::Ipv4Addr;

use services::{Certificate, Postgres, free_port};
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
async fn a_file_that_cannot_serve_is_named() {
    let Some(postgres) = Postgres::start_with_tls("localhost").await else {
        return;
    };
    let port = postgres.address().port();
    let url = |options: &str| format!("postgres://postgres@localhost:{port}/postgres?{options}");
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name).display().to_string();
    std::fs::write(file("text"), "no certificate").unwrap();
    let broken = "-----BEGIN CERTIFICATE-----\n*\n-----END CERTIFICATE-----\n";
    std::fs::write(file("broken"), broken).unwrap();
    let check = async |options: String, start: String| {
        let text = refusal(&url(&options)).await;
        assert!(text.starts_with(&start), "{text}");
    };
    let names = |option: &str, file: &str, what: &str| {
        format!("{option} in DATABASE_URL names the file {file}, which {what}")
    };
    for (name, what) in [
        ("nowhere", "cannot be read: "),
        ("", "cannot be read: "),
        ("text", "holds no certificate. "),
    ] {
        let file = file(name);
        for mode in ["verify-ca", "verify-full"] {
            let options = format!("sslmode={mode}&sslrootcert={file}");
            check(options, names("sslrootcert", &file, what)).await;
        }
    }
    let options = format!("sslmode=verify-full&sslrootcert={}", file("broken"));
    check(
        options,
        format!("TLS with Postgres at localhost:{port} failed: "),
    )
    .await;
    let nowhere = file("nowhere");
    let options = format!("sslmode=require&sslcert={nowhere}&sslkey={nowhere}");
    check(options, names("sslcert", &nowhere, "cannot be read: ")).await;
    // What is not asked for may be missing.
    let options = format!("sslmode=disable&sslrootcert={nowhere}");
    assert!(!encrypted(&url(&options)).await);
    let socket = postgres.socket().display();
    let options = format!("host={socket}&sslmode=require&sslrootcert={nowhere}");
    assert!(!encrypted(&url(&options)).await, "a socket has no TLS");
}

#[tokio::test]
async fn a_certificate_that_no_authority_mends_says_what_does() {
    for (certificate, reason, remedy) in [
        (Certificate::Expired, "its time is over", "Renew it"),
        (
            Certificate::Authority,
            "an authority's own",
            "Make one that",
        ),
    ] {
        let Some(postgres) = Postgres::start_with_certificate("localhost", certificate).await
        else {
            return;
        };
        let port = postgres.address().port();
        let authority = postgres.authority().display().to_string();
        let options = format!("sslmode=verify-full&sslrootcert={authority}");
        let text = refusal(&format!(
            "postgres://postgres@localhost:{port}/postgres?{options}"
        ))
        .await;
        assert!(text.contains(reason) && text.contains(remedy), "{text}");
        assert!(!text.contains("Name the authority that signed"), "{text}");
    }
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
