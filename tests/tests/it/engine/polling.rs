//! What waits for a client that polls, and how many such sessions there may be.

use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use serde_json::json;
use tests::{TestServer, soon, without_rate_limits};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

use super::Session;

/// Bytes that one poll may bring: what goes into one, and a frame that is larger.
const ONE_POLL: usize = 400 * 1024;

#[tokio::test]
async fn updates_coalesce_for_who_does_not_poll() {
    const UPDATES: usize = 400;
    let server = TestServer::with(|config| {
        without_rate_limits(config);
        config.session.slow_consumer_timeout = std::time::Duration::from_secs(600);
    })
    .await;
    let mut session = Session::connected(&server).await;
    session.packet("42[\"world:state\"").await;
    let mut ada = server.player("ada").await;
    session.packet("42[\"player:joined\"").await;
    for number in 1..=UPDATES {
        let note = format!("{number} {}", "x".repeat(3500));
        let update = json!({"metadata": {"note": note}});
        assert_eq!(ada.call("player:update", update).await["ok"], true);
    }
    let answer = session.poll().await.text();
    assert!(
        answer.len() < ONE_POLL,
        "{} bytes waited for a client that did not poll",
        answer.len()
    );
    let last = format!("\"note\":\"{UPDATES} ");
    let mut seen = answer;
    while !seen.contains(&last) {
        seen = session.poll().await.text();
    }
}

#[tokio::test]
async fn who_never_polls_is_ended_and_leaves_nothing() {
    let server = TestServer::with(|config| {
        config.session.slow_consumer_timeout = std::time::Duration::from_millis(500);
    })
    .await;
    let mut session = Session::connected(&server).await;
    let ended = async {
        while server.metrics().slow_consumers.get() == 0 {
            tokio::task::yield_now().await;
        }
    };
    soon("the end of a client that takes nothing", ended).await;
    // It polls at last, and the session ends for it as well.
    let gone = async { while session.poll().await.status == StatusCode::OK {} };
    soon("the end of the session", gone).await;
}

/// As on the reference server: a poll that is given up is a transport that is lost.
#[tokio::test]
async fn who_gives_up_a_poll_has_left() {
    let server = TestServer::start().await;
    let mut ada = server.player("ada").await;
    let mut session = Session::connected(&server).await;
    session
        .post("421[\"player:join\",{\"playerId\":\"bo\"}]")
        .await;
    session.packet("431[").await;
    ada.find("player:joined").await;
    let left = async {
        loop {
            // What was on its way still may answer a poll before its client is gone.
            let mut given_up = TcpStream::connect(server.address())
                .await
                .expect("a connection");
            let asked = format!("GET {} HTTP/1.1\r\nHost: localhost\r\n\r\n", session.path());
            given_up
                .write_all(asked.as_bytes())
                .await
                .expect("the poll is sent");
            drop(given_up);
            let told = ada.settle().await;
            if told.iter().any(|event| event.name == "player:left") {
                break;
            }
        }
    };
    soon("the end of a client that gave up its poll", left).await;
    assert_eq!(session.poll().await.status, StatusCode::BAD_REQUEST);
}

/// Two requests of a client travel on two connections, and two threads read them in any order.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_poll_is_told_of_the_goodbye_that_overtook_it() {
    const ROUNDS: usize = 100;
    let server = TestServer::start().await;
    for round in 0..ROUNDS {
        let mut session = Session::open(&server).await;
        let (path, mut http) = (session.path(), server.http());
        let headers = HeaderMap::new();
        let goodbye = http.request(Method::POST, &path, &headers, "1".to_owned());
        let answer = match round % 2 {
            0 => {
                goodbye.await.expect("an answer");
                session.poll().await
            }
            _ => tokio::join!(goodbye, session.poll()).1,
        };
        let told = (answer.status, answer.text());
        assert_eq!(told, (StatusCode::OK, "6".to_owned()), "round {round}");
        let gone = session.poll().await.status;
        assert_eq!(gone, StatusCode::BAD_REQUEST, "round {round}: once");
    }
}

fn from(address: &'static str) -> HeaderMap {
    let name = HeaderName::from_static("x-forwarded-for");
    HeaderMap::from_iter([(name, HeaderValue::from_static(address))])
}

#[tokio::test]
async fn a_network_holds_so_many_sessions_and_no_more() {
    let server = TestServer::with(|config| {
        config.listen.max_connections_per_address = 3;
        config.security.trusted_proxies = vec!["127.0.0.1".to_owned()];
    })
    .await;
    // All of them come over connections of one proxy.
    for (held, another) in [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2::7", "2001:db8:1:2:8::9"),
    ] {
        let mut sessions = Vec::new();
        for _ in 0..3 {
            let opened = Session::try_open(&server, from(held)).await;
            let mut session = opened.unwrap_or_else(|it| panic!("{}", it.text()));
            session.post("40").await;
            sessions.push(session);
        }
        let refused = Session::try_open(&server, from(another)).await;
        let refused = refused.err().expect("the fourth is turned away");
        assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(refused.json()["code"], "too-many-connections");
        let elsewhere = Session::try_open(&server, from("198.51.100.1")).await;
        assert!(elsewhere.is_ok(), "others are not affected");
        let mut first = sessions.swap_remove(0);
        first.post("1").await;
        let room = async { while Session::try_open(&server, from(another)).await.is_err() {} };
        soon("its place", room).await;
    }
}

#[tokio::test]
async fn a_connect_behind_a_disconnect_is_answered() {
    const ROUNDS: usize = 300;
    let server = TestServer::with(without_rate_limits).await;
    for connect in [server.connect(), server.connect().polling()] {
        let mut client = connect.open().await;
        client.find("world:state").await;
        for round in 0..ROUNDS {
            client.send(vec!["41".into(), connect.hello()]).await;
            let answered = async { while client.event().await.name != "world:state" {} };
            soon(&format!("the answer to CONNECT {round}"), answered).await;
        }
        client.join("ada").await;
        client.call_bare("player:leave").await;
    }
}
