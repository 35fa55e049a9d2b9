//! Connections that do without the library while nothing needs it: nobody notices when it is back.

use std::time::{Duration, Instant};

use futures_util::{SinkExt as _, StreamExt as _};
use tests::{TestServer, has_direct_frames, soon, without_rate_limits};
use tokio::runtime::Handle;
use tokio_tungstenite::tungstenite::Message;

use super::Session;
use super::connect::BareSocket;
use super::upgrade::{receive, send};
use crate::witness::Witness;

/// Tasks of a connection without the library: who waits for its heartbeat, who reads its frames, its session.
const TASKS: usize = 3;

/// A client that has entered the world, and to whom nothing is on its way.
async fn entered(server: &TestServer) -> BareSocket {
    let mut socket = BareSocket::open(server).await;
    socket.send(&["40"]).await;
    socket.packet("42[\"world:state\"").await.unwrap();
    fence(&mut socket, 0).await;
    socket
}

/// Asks something that is taken beside the library.
async fn fence(socket: &mut BareSocket, number: usize) {
    socket.send(&[&format!("42{number}[\"fence\"]")]).await;
    let answer = socket.packet(&format!("43{number}[")).await;
    assert!(answer.is_some(), "fence {number}");
}

#[tokio::test]
async fn who_stands_still_costs_few_tasks() {
    const CLIENTS: usize = 20;
    let server = TestServer::with(without_rate_limits).await;
    let tasks = || Handle::current().metrics().num_alive_tasks();
    let before = tasks();
    let mut sockets = Vec::new();
    for _ in 0..CLIENTS / 2 {
        sockets.push(entered(&server).await);
        let mut session = Session::connected(&server).await;
        session.packet("42[\"world:state\"").await;
        let mut socket = session.upgrade().await;
        for text in ["2probe", "5"] {
            send(&mut socket, text).await;
        }
        assert_eq!(receive(&mut socket).await, "3probe");
        let mut socket = BareSocket(socket);
        fence(&mut socket, 0).await;
        sockets.push(socket);
    }
    let few = async {
        while tasks() > before + CLIENTS * TASKS {
            tokio::task::yield_now().await;
        }
    };
    match has_direct_frames() {
        true => soon("the library to let go", few).await,
        false => assert!(tasks() > before + CLIENTS * TASKS, "it carries all of them"),
    }
    for socket in &mut sockets {
        fence(socket, 1).await;
    }
}

#[tokio::test]
async fn what_is_no_small_event_is_answered() {
    let server = TestServer::with(without_rate_limits).await;
    let mut witness = Witness::of(&server).await;
    let large = "x".repeat(5000);

    let mut socket = entered(&server).await;
    for number in 1..50 {
        let event = format!("42{number}[\"fence\",\"{large}\"]");
        socket.send(&[&event]).await;
        let answer = socket.packet(&format!("43{number}[")).await;
        assert!(answer.is_some(), "large event {number}");
        fence(&mut socket, 100 + number).await;
    }

    let mut socket = entered(&server).await;
    socket.send(&["40/nowhere"]).await;
    assert!(socket.packet("44/nowhere").await.is_some());
    fence(&mut socket, 1).await;

    let mut socket = entered(&server).await;
    for _ in 0..3 {
        fence(&mut socket, 1).await;
        // In one breath with what comes after it.
        socket.send(&["41", "40"]).await;
        assert!(socket.packet("40{").await.is_some());
        socket.packet("42[\"world:state\"").await.unwrap();
        fence(&mut socket, 2).await;
    }

    let mut socket = entered(&server).await;
    for number in 1..4 {
        let head = format!("451-{number}[\"fence\",{{\"_placeholder\":true,\"num\":0}}]");
        socket.send(&[&head]).await;
        // The attachment comes when the library has read what announces it, and nothing but that may come
        // next where it reads everything.
        if has_direct_frames() {
            fence(&mut socket, 10).await;
        }
        let attachment = Message::binary(vec![1, 2, 3]);
        soon("an attachment", socket.0.send(attachment))
            .await
            .unwrap();
        let answer = socket.packet(&format!("43{number}[")).await;
        assert!(answer.is_some(), "binary event {number}");
    }

    let mut socket = entered(&server).await;
    for number in 1..4_u8 {
        let ping = Message::Ping(vec![number].into());
        soon("a ping", socket.0.send(ping)).await.unwrap();
        let answered = async {
            while socket.0.next().await.unwrap().unwrap() != Message::Pong(vec![number].into()) {}
        };
        soon("a pong", answered).await;
    }
    fence(&mut socket, 1).await;
    witness.check("what is no small event").await;
}

#[tokio::test]
async fn who_says_goodbye_has_left() {
    let server = TestServer::with(without_rate_limits).await;
    let mut witness = server.connect().open().await;
    for (n, goodbye) in [
        Message::text("1"),
        Message::text("41"),
        Message::Close(None),
    ]
    .into_iter()
    .enumerate()
    {
        let mut socket = entered(&server).await;
        let join = format!("421[\"player:join\",{{\"playerId\":\"leaver-{n}\"}}]");
        socket.send(&[&join]).await;
        assert!(socket.packet("431[").await.is_some());
        let is_connection = goodbye != Message::text("41");
        soon("a goodbye", socket.0.send(goodbye)).await.unwrap();
        let id = format!("leaver-{n}");
        while witness.find("player:left").await["id"] != id.as_str() {}
        if is_connection {
            assert_eq!(socket.packet("never").await, None, "goodbye {n}");
        }
    }
}

#[tokio::test]
async fn the_heartbeat_goes_on() {
    const INTERVAL: Duration = Duration::from_millis(400);
    let server = TestServer::with(|config| {
        config.listen.ping_interval = INTERVAL;
        config.listen.ping_timeout = INTERVAL;
    })
    .await;
    let opened = Instant::now();
    let mut socket = BareSocket::open(&server).await;
    socket.send(&["40"]).await;
    for beat in 1..=3_u32 {
        assert!(socket.packet("2").await.is_some(), "beat {beat}");
        let after = opened.elapsed();
        assert!(after >= INTERVAL * beat, "beat {beat} came after {after:?}");
        socket.send(&["3"]).await;
    }
    // Whenever the library comes back, the client hears one that it answers.
    for number in 0..3 {
        let event = format!("42{number}[\"fence\",\"{}\"]", "x".repeat(5000));
        socket.send(&[&event]).await;
        let answer = socket.packet(&format!("43{number}[")).await;
        assert!(answer.is_some(), "{number}");
        socket.send(&["3"]).await;
        assert!(socket.packet("2").await.is_some(), "a beat behind {number}");
        socket.send(&["3"]).await;
    }
    // Who answers no more is gone.
    assert!(socket.packet("2").await.is_some());
    assert_eq!(socket.packet("never").await, None);
}
