//! CONNECTs that come at once, one after the other, or as nobody honest sends them.

use futures_util::{SinkExt as _, StreamExt as _};
use http::StatusCode;
use serde_json::{Value, json};
use tests::{TestServer, soon, without_rate_limits};
use tokio_tungstenite::tungstenite::Message;

use super::{SEPARATOR, Session};
use crate::witness::Witness;

/// A session on a websocket, packet by packet.
pub(super) struct BareSocket(pub(super) tokio_tungstenite::WebSocketStream<tokio::net::TcpStream>);

impl BareSocket {
    pub(super) async fn open(server: &TestServer) -> Self {
        let address = server.address();
        let url = format!("ws://{address}/socket.io/?EIO=4&transport=websocket");
        let stream = tokio::net::TcpStream::connect(address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        let opening = tokio_tungstenite::client_async(url, stream);
        Self(soon("the websocket", opening).await.unwrap().0)
    }

    /// Sends packets in one breath.
    pub(super) async fn send(&mut self, packets: &[&str]) {
        for packet in packets {
            let fed = self.0.feed(Message::text((*packet).to_owned())).await;
            fed.expect("the websocket is open");
        }
        self.0.flush().await.expect("the websocket is open");
    }

    /// The next packet that begins with `start`; `None` when the connection ends before.
    pub(super) async fn packet(&mut self, start: &str) -> Option<String> {
        loop {
            match soon("a packet", self.0.next()).await {
                Some(Ok(Message::Text(text))) if text.starts_with(start) => {
                    return Some(text.to_string());
                }
                Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
                Some(Ok(_)) => {}
            }
        }
    }
}

/// Long runs are for `make soak`.
fn rounds(short: usize) -> usize {
    match std::env::var_os("SOAK") {
        Some(_) => short * 10,
        None => short,
    }
}

/// The client waits for the answer to its CONNECT and for nothing else, then leaves and enters again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_leaves_and_enters_on_the_answer_is_answered() {
    let server = TestServer::with(without_rate_limits).await;
    let mut socket = BareSocket::open(&server).await;
    socket.send(&["40"]).await;
    for round in 0..rounds(2000) {
        let answer = socket.packet("40{").await;
        assert!(answer.is_some(), "round {round}");
        socket.send(&["41", "40"]).await;
    }
    let mut session = Session::open(&server).await;
    session.post("40").await;
    for _ in 0..rounds(1000) {
        session.packet("40{").await;
        session.post(&format!("41{SEPARATOR}40")).await;
    }
}

/// A namespace says no, and the client asks again at once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_refused_and_asks_again_on_the_refusal_is_answered() {
    const ASKS: &str = "40/admin,";
    const REFUSED: &str = "44/admin,";
    let server = TestServer::with(without_rate_limits).await;
    let mut socket = BareSocket::open(&server).await;
    for round in 0..rounds(500) {
        socket.send(&[ASKS]).await;
        assert!(socket.packet(REFUSED).await.is_some(), "round {round}");
    }
    let mut session = Session::open(&server).await;
    for _ in 0..rounds(250) {
        session.post(ASKS).await;
        session.packet(REFUSED).await;
    }
}

/// Two windows of one guest send each other away, and come back on the server's goodbye.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_sent_away_and_enters_on_the_goodbye_is_answered() {
    const JOIN: &str = "420[\"player:join\",{\"playerId\":\"ada\"}]";
    let server = TestServer::with(without_rate_limits).await;
    let mut inside = BareSocket::open(&server).await;
    inside.send(&["40"]).await;
    inside.packet("40{").await.unwrap();
    inside.send(&[JOIN]).await;
    let ack = inside.packet("430[").await.unwrap();
    let ack: Value = serde_json::from_str(&ack[3..]).unwrap();
    let hello = format!("40{}", json!({"guestToken": ack[0]["guestToken"]}));
    let mut next = BareSocket::open(&server).await;
    next.send(&[&hello]).await;
    for round in 0..rounds(200) {
        assert!(next.packet("40{").await.is_some(), "round {round}");
        next.send(&[JOIN]).await;
        let goodbye = inside.packet("41").await;
        assert!(goodbye.is_some(), "round {round}");
        inside.send(&[&hello]).await;
        std::mem::swap(&mut inside, &mut next);
    }
}

#[tokio::test]
async fn a_connect_that_nobody_honest_sends_ends_its_connection() {
    let server = TestServer::start().await;
    let mut witness = Witness::of(&server).await;
    let long = format!("40/{}", "n".repeat(900_000));
    let large = format!("40{{\"token\":\"{}\"}}", "t".repeat(900_000));
    for excess in [&long, &large] {
        for first in ["3", "40"] {
            let mut socket = BareSocket::open(&server).await;
            socket.send(&[first]).await;
            if first == "40" {
                socket.packet("42[\"world:state\"").await.unwrap();
            }
            // The connection may end while it is still being sent.
            let _ = socket.0.send(Message::text(excess.clone())).await;
            assert_eq!(
                socket.packet("44").await,
                None,
                "it is not told its own words"
            );

            let mut session = Session::open(&server).await;
            session.post(first).await;
            let answer = session.post(&format!("42[\"x\"]{SEPARATOR}{excess}")).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST);
            let ended = async { while session.poll().await.status == StatusCode::OK {} };
            soon("the end of the session", ended).await;
        }
    }
    // What an honest client may send is answered as ever.
    let mut socket = BareSocket::open(&server).await;
    socket.send(&["40/nowhere"]).await;
    let refused = socket.packet("44").await;
    assert_eq!(
        refused.as_deref(),
        Some("44/nowhere,{\"message\":\"Invalid namespace\"}")
    );
    let token = "t".repeat(3000);
    socket
        .send(&[&format!("40{{\"token\":\"{token}\"}}")])
        .await;
    assert!(socket.packet("40{").await.is_some());
    witness.check("excessive CONNECTs").await;
}
