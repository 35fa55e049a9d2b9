//! Clients that stop in the middle of something.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::{Duration, Instant};

use http::{Method, StatusCode, header};
use serde_json::json;
use server_core::Config;
use tests::{Client, Connect, Http, Packet, TestServer, outer_address, soon, without_rate_limits};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Longest time after which a client that takes nothing is gone, from the contract.
const GONE: Duration = Duration::from_secs(15);
const SHORT: Duration = Duration::from_millis(300);

fn impatient(config: &mut Config) {
    without_rate_limits(config);
    config.session.slow_consumer_timeout = Duration::from_secs(1);
    config.listen.send_buffer_bytes = 8 * 1024;
}

/// Stops reading in a busy world: the others hear that it left and miss nothing meanwhile.
async fn check(connect: impl Fn(&TestServer) -> Connect, event: &str, payload: serde_json::Value) {
    let server = TestServer::with(impatient).await;
    let mut stalled = connect(&server).receive_buffer(4 * 1024).open().await;
    stalled.expect("world:state").await;
    stalled.join("stalled").await;
    let mut peer = server.onlooker().await;
    let mut busy = server.player("busy").await;
    peer.expect("player:joined").await;

    let started = Instant::now();
    let mut gone = false;
    while !gone {
        assert!(started.elapsed() < GONE, "{event}: still there");
        assert_eq!(busy.call(event, payload.clone()).await["ok"], true);
        loop {
            match peer.event().await {
                event if event.name == "player:left" => {
                    assert_eq!(event.data["id"], "stalled");
                    gone = true;
                }
                _ => break,
            }
        }
    }
    let ending = stalled.ending().await;
    if let Some(code) = ending.code() {
        assert_eq!(code, "slow-consumer");
    }
    assert_eq!(server.metrics().slow_consumers.get(), 1);
}

#[tokio::test]
async fn who_stops_reading_in_a_chatty_world_is_gone() {
    let chat = json!({"content": "x".repeat(500)});
    check(TestServer::connect, "chat:message", chat).await;
}

#[tokio::test]
async fn who_stops_reading_in_a_moving_world_is_gone() {
    let update = json!({"metadata": {"note": "x".repeat(3000)}});
    check(TestServer::connect, "player:update", update.clone()).await;
    check(
        |server| server.connect().batch(),
        "player:update",
        update.clone(),
    )
    .await;
    check(|server| server.connect().stream(), "player:update", update).await;
}

#[tokio::test]
async fn who_stops_polling_is_gone() {
    let chat = json!({"content": "x".repeat(500)});
    check(|server| server.connect().polling(), "chat:message", chat).await;
}

/// Alone in the world nothing is due to a client but its acks, and it is no slow one for that.
#[tokio::test]
async fn who_moves_alone_and_then_rests_stays() {
    let ways: [fn(Connect) -> Connect; 3] = [|it| it, Connect::batch, Connect::stream];
    for way in ways {
        let server = TestServer::with(|config| {
            impatient(config);
            config.listen.ping_interval = Duration::from_secs(3);
        })
        .await;
        let mut alone = way(server.connect()).open().await;
        alone.join("alone").await;
        alone
            .call("player:update", json!({"animation": "walk"}))
            .await;
        // Between two heartbeats lies more than the time limit.
        let mut beats = 0;
        while beats < 2 {
            let packet = soon("a heartbeat", alone.packet()).await;
            beats += usize::from(packet.expect("it is still connected") == Packet::Ping);
        }
        let ack = alone.call("player:update", json!({})).await;
        assert_eq!(ack["ok"], true, "{ack}");
    }
}

/// Writes `head` and then nothing; the server hangs up.
async fn check_half_open(server: &TestServer, head: &str) {
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    // A reset is as good an end as any.
    let _ = soon(head, stream.read_to_end(&mut answer)).await;
}

#[tokio::test]
async fn half_a_request_times_out() {
    let server = TestServer::with(|config| config.listen.header_timeout = SHORT).await;
    for head in [
        "",
        "G",
        "GET / HTTP/1.1\r\n",
        "GET /health HTTP/1.1\r\nHost: x\r\nX-Slow: ",
    ] {
        check_half_open(&server, head).await;
    }
    let _served = server.player("ada").await;
}

#[tokio::test]
async fn a_session_without_connect_times_out() {
    let server = TestServer::with(|config| config.listen.connect_timeout = SHORT).await;
    for connect in [server.connect(), server.connect().polling()] {
        let mut silent = connect.dial().await.unwrap();
        assert_eq!(silent.ending().await.events, []);
    }
}

#[tokio::test]
async fn a_client_that_answers_no_heartbeat_is_gone() {
    let server = TestServer::with(|config| {
        config.listen.ping_interval = SHORT;
        config.listen.ping_timeout = SHORT;
    })
    .await;
    // Nobody reads for it, so nobody answers.
    let _silent = server.player("silent").await;
    let mut client = server.connect().open().await;
    let state = client.expect("world:state").await;
    if state["players"] != json!([]) {
        assert_eq!(client.expect("player:left").await["id"], "silent");
    }
}

/// Whoever fills all places of a network, and asks for nothing on more connections than the spare ones,
/// does not keep its staff from logging in, moderating and watching.
#[tokio::test]
async fn staff_gets_in_where_a_stranger_holds_every_connection() {
    const SPARE: usize = 4;
    let Some(outer) = outer_address() else { return };
    let server = TestServer::with(|config| {
        config.listen.host = Ipv4Addr::UNSPECIFIED.into();
        config.listen.max_connections_per_address = 3;
        config.listen.spare_connections_per_address = SPARE;
    })
    .await;
    let host = server.host().await;
    let far = server.connect().at(outer).from(outer);
    let staff = far.clone().cookie("auth_token", &host.token);
    let mut held: Vec<Client> = Vec::new();
    for _ in 0..3 {
        held.push(far.open().await);
    }
    let address = SocketAddr::new(outer, server.address().port());
    let mut idle = Vec::new();
    let mut watchers = Vec::new();
    for _ in 0..3 {
        for _ in 0..SPARE * 2 {
            idle.push(TcpStream::connect(address).await.unwrap());
        }
        for refused in [far.clone(), far.clone().polling()] {
            let refused = refused.dial().await.err();
            assert_eq!(refused, Some(StatusCode::TOO_MANY_REQUESTS));
        }
        watchers.push(staff.open().await);
        watchers.push(staff.clone().polling().open().await);
        watchers.push(staff.clone().administration().open().await);
    }
    // Pages and calls are answered once for each connection.
    let mut http = Http::to(address);
    for _ in 0..SPARE * 2 {
        let answer = http.call(Method::GET, "/auth/me", &[], &json!(null)).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        assert_eq!(answer.headers[header::CONNECTION], "close");
    }
    for watcher in &mut watchers {
        watcher.call_bare("fence").await;
    }
}

#[tokio::test]
async fn one_address_holds_so_many_connections_and_no_more() {
    let Some(outer) = outer_address() else { return };
    let server = TestServer::with(|config| {
        config.listen.host = Ipv4Addr::UNSPECIFIED.into();
        config.listen.max_connections_per_address = 3;
    })
    .await;
    let far = server.connect().at(outer).from(outer);
    let mut held: Vec<Client> = Vec::new();
    for _ in 0..3 {
        held.push(far.open().await);
    }
    assert!(far.dial().await.is_err(), "the fourth is turned away");
    let _local = server.player("ada").await;
    held.pop();
    // The place is given back as soon as the server has noticed.
    let room = async { while far.dial().await.is_err() {} };
    soon("a place", room).await;
}
