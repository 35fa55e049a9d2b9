//! The end of the server: told or untold, always in time, and what survives it.

use std::sync::Arc;
use std::time::Duration;

use identity::Secret;
use serde_json::{Value, json};
use services::{Postgres, ServiceWire};
use session::Closing;
use store::storage::Database;
use tempfile::TempDir;
use tests::{Client, NodeProcess, TestServer, notices_silence, without_rate_limits};
use tokio::time::Instant;

/// Well under the fifteen seconds the contract allows, so that a hang is seen as one.
const PROMPT: Duration = Duration::from_secs(6);

#[tokio::test]
async fn a_stop_is_announced_and_clients_stay_away() {
    for polling in [false, true] {
        let server = TestServer::start().await;
        let connect = server.connect();
        let connect = if polling { connect.polling() } else { connect };
        let mut onlooker = connect.open().await;
        onlooker.expect("world:state").await;
        let mut ada = server.player("ada").await;
        let endings = async { tokio::join!(ada.ending(), onlooker.ending()) };
        let (took, (ada, onlooker)) = tokio::join!(server.close(Closing::Stop), endings);
        assert!(took < PROMPT, "{took:?}");
        for ending in [ada, onlooker] {
            assert_eq!(ending.code(), Some("shutdown"), "{ending:?}");
            assert!(ending.disconnected, "polling {polling}: {ending:?}");
        }
    }
}

#[tokio::test]
async fn a_drain_says_nothing_so_that_clients_come_back() {
    let server = TestServer::start().await;
    let mut ada = server.player("ada").await;
    let mut polling = server.connect().polling().open().await;
    polling.expect("world:state").await;
    let endings = async { tokio::join!(ada.ending(), polling.ending()) };
    let (took, (ada, polling)) = tokio::join!(server.close(Closing::Drain), endings);
    assert!(took < PROMPT, "{took:?}");
    for ending in [ada, polling] {
        assert_eq!(ending.notice(), None);
        assert!(!ending.disconnected, "{ending:?}");
    }
}

/// A client with more waiting for it than fits anywhere.
async fn stall(server: &TestServer) -> Client {
    let mut stalled = server.connect().receive_buffer(4 * 1024).open().await;
    stalled.expect("world:state").await;
    stalled.join("stalled").await;
    let mut speaker = server.player("speaker").await;
    for _ in 0..300 {
        speaker
            .call("chat:message", json!({"content": "x".repeat(500)}))
            .await;
    }
    stalled
}

#[tokio::test]
async fn a_stalled_client_holds_nobody_up() {
    for how in [Closing::Stop, Closing::Drain] {
        let server = TestServer::with(|config| {
            without_rate_limits(config);
            config.listen.send_buffer_bytes = 8 * 1024;
        })
        .await;
        let stalled = stall(&server).await;
        let took = server.close(how).await;
        assert!(took < PROMPT, "{how:?} took {took:?}");
        drop(stalled);
    }
}

#[tokio::test]
async fn half_made_connections_hold_nobody_up() {
    for how in [Closing::Stop, Closing::Drain] {
        let server = TestServer::start().await;
        let silent = tokio::net::TcpStream::connect(server.address())
            .await
            .unwrap();
        let dialled = server.connect().dial().await.unwrap();
        let polling = server.connect().polling().dial().await.unwrap();
        let took = server.close(how).await;
        assert!(took < PROMPT, "{how:?} took {took:?}");
        drop((silent, dialled, polling));
    }
}

#[tokio::test]
async fn who_comes_while_it_closes_is_turned_away() {
    let mut server = TestServer::start().await;
    let mut ada = server.player("ada").await;
    let connect = server.connect();
    let mut late = connect.dial().await.unwrap();
    server.begin_close(Closing::Stop);
    ada.find("session:terminated").await;
    let (join, _) = late.asking("player:join", Some(&json!({"playerId": "late"})));
    late.send(vec![connect.hello(), join]).await;
    let (ending, took) = tokio::join!(late.ending(), server.ended());
    assert!(took < PROMPT, "{took:?}");
    let joined = ending
        .events
        .iter()
        .any(|event| event.name == "player:joined");
    assert!(!joined, "{ending:?}");
}

#[tokio::test]
async fn chat_survives_a_restart_and_players_do_not() {
    let server = TestServer::start().await;
    let data = server.data();
    let mut ada = server.player("ada").await;
    for content in ["one", "two"] {
        ada.call("chat:message", json!({ "content": content }))
            .await;
    }
    let before = server.connect().open().await.expect("world:state").await;
    server.close(Closing::Stop).await;

    let server = TestServer::on(data, |_| {}).await;
    let after = server.connect().open().await.expect("world:state").await;
    assert_eq!(after["chat"], before["chat"], "ids and timestamps too");
    assert_eq!(after["players"], json!([]));
}

#[tokio::test]
async fn a_guests_secret_and_a_login_survive_a_restart() {
    let server = TestServer::start().await;
    let data = server.data();
    let account = server.register("grace").await;
    let secret = server.onlooker().await.join("ada").await["guestToken"].clone();
    server.close(Closing::Drain).await;

    let server = TestServer::on(data, |_| {}).await;
    let mut ada = server
        .connect()
        .auth("guestToken", secret.clone())
        .open()
        .await;
    assert_eq!(ada.join("ada").await["guestToken"], secret);
    let mut again = server.connect().auth("guestToken", secret).open().await;
    again.join("ada").await;
    let token = Value::from(account.token.as_str());
    let mut grace = server.connect().auth("token", token).open().await;
    grace.join(&account.id).await;
}

/// What is set in the next two tests: far less than [`PROMPT`], which is what a busy machine may need.
const ALLOWED: Duration = Duration::from_secs(2);

/// Somebody who said something that is not written yet, and asks for something that is not answered.
async fn wait_for_the_store(server: &TestServer) -> Client {
    let mut ada = server.player("ada").await;
    let said = ada.call("chat:message", json!({"content": "unwritten"}));
    said.await;
    ada
}

#[tokio::test]
async fn a_locked_database_holds_the_end_up_no_longer_than_is_allowed() {
    for how in [Closing::Stop, Closing::Drain] {
        let server = TestServer::with(|config| config.session.shutdown_timeout = ALLOWED).await;
        let file = server.data().path().join("comutiny.sqlite");
        let other = Database::open(&format!("sqlite:{}", file.display()))
            .await
            .unwrap();
        let lock = other.pool().begin().await.unwrap();
        let ada = wait_for_the_store(&server).await;
        let took = server.close(how).await;
        assert!(took < PROMPT, "{how:?} took {took:?}");
        lock.rollback().await.unwrap();
        drop(ada);
    }
}

#[tokio::test]
async fn a_database_that_fell_silent_holds_the_end_up_no_longer_than_is_allowed() {
    let Some(postgres) = Postgres::start().await else {
        return;
    };
    let wire = ServiceWire::to(postgres.address()).await;
    let server = TestServer::with(|config| {
        config.session.shutdown_timeout = ALLOWED;
        let url = Postgres::url_at(wire.address());
        config.storage.database_url = Some(Secret::new(url));
        notices_silence(config);
    })
    .await;
    wire.fall_silent();
    let ada = wait_for_the_store(&server).await;
    let took = server.close(Closing::Drain).await;
    assert!(took < PROMPT, "{took:?}");
    drop(ada);
}

#[tokio::test]
async fn what_a_lock_delayed_is_written_before_the_end() {
    let mut server = TestServer::start().await;
    let data = server.data();
    let file = data.path().join("comutiny.sqlite");
    let other = Database::open(&format!("sqlite:{}", file.display()))
        .await
        .unwrap();
    let lock = other.pool().begin().await.unwrap();
    let ada = wait_for_the_store(&server).await;
    server.begin_close(Closing::Drain);
    drop(ada);
    lock.rollback().await.unwrap();
    server.ended().await;
    let server = TestServer::on(data, |_| {}).await;
    let world = server.connect().open().await.expect("world:state").await;
    let chat = world["chat"].as_array().unwrap();
    assert!(
        chat.iter().any(|line| line["content"] == "unwritten"),
        "{world}"
    );
}

/// As a service manager ends it: by a signal, while the database takes nothing.
#[cfg(unix)]
#[tokio::test]
async fn a_signal_ends_the_program_in_time_and_its_log_says_what_was_lost() {
    let data = Arc::new(TempDir::new().unwrap());
    let allowed = [("SHUTDOWN_TIMEOUT_MS", "2000")];
    let server = NodeProcess::start(data.clone(), "", &allowed).await;
    let file = data.path().join("comutiny.sqlite");
    let other = Database::open(&format!("sqlite:{}", file.display()))
        .await
        .unwrap();
    let lock = other.pool().begin().await.unwrap();
    let mut ada = server.player("ada").await;
    let said = ada.call("chat:message", json!({"content": "unwritten"}));
    assert_eq!(said.await["ok"], true);
    let signalled = Instant::now();
    server.signal("TERM");
    assert_eq!(server.ended().await, Some(0));
    let took = signalled.elapsed();
    assert!(took < PROMPT, "{took:?}");
    let log = std::fs::read_to_string(data.path().join("nodes.log")).unwrap();
    assert!(log.contains("are lost"), "{log}");
    lock.rollback().await.unwrap();
}
