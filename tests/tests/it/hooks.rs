//! Webhooks: who is told what, how often, and what a receiver that fails costs.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::State;
use http::{HeaderMap, Method, StatusCode};
use serde_json::{Value, json};
use tests::{TestAccount, TestCluster, TestServer, soon};
use tokio::sync::mpsc;

/// What a receiver got: the headers, and the body as it came.
type Got = (HeaderMap, String);

/// A receiver that answers with these statuses, and then with 204.
struct HookReceiver {
    address: SocketAddr,
    got: mpsc::UnboundedReceiver<Got>,
}

#[derive(Clone)]
struct Behind {
    answers: Arc<[StatusCode]>,
    asked: Arc<AtomicUsize>,
    tell: mpsc::UnboundedSender<Got>,
}

async fn receive(State(behind): State<Behind>, headers: HeaderMap, body: String) -> StatusCode {
    let nth = behind.asked.fetch_add(1, Ordering::Relaxed);
    let answer = behind.answers.get(nth).copied();
    let _ = behind.tell.send((headers, body));
    answer.unwrap_or(StatusCode::NO_CONTENT)
}

impl HookReceiver {
    async fn answering(answers: &[u16]) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (tell, got) = mpsc::unbounded_channel();
        let answers = answers.iter().map(|it| StatusCode::from_u16(*it).unwrap());
        let behind = Behind {
            answers: answers.collect(),
            asked: Arc::default(),
            tell,
        };
        let router = Router::new().fallback(receive).with_state(behind);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address, got }
    }

    fn url(&self) -> String {
        format!("http://{}/hook", self.address)
    }

    async fn next(&mut self) -> Got {
        soon("a delivery", self.got.recv()).await.unwrap()
    }

    async fn next_body(&mut self) -> Value {
        serde_json::from_str(&self.next().await.1).unwrap()
    }
}

fn lenient(config: &mut server_core::Config) {
    config.hooks.private_hosts = vec!["127.0.0.1".to_owned()];
}

async fn add(server: &TestServer, host: &TestAccount, url: &str, events: &[&str]) -> Value {
    let body = json!({ "name": "Staff room", "url": url, "events": events });
    let path = "/admin/webhooks";
    server.done(host, Method::POST, path, &body).await
}

async fn kick(server: &TestServer, host: &TestAccount, player: &str, reason: &str) {
    let path = format!("/admin/players/{player}/kick");
    let body = json!({ "reason": reason });
    server.done(host, Method::POST, &path, &body).await;
}

async fn deliveries(server: &TestServer, host: &TestAccount, made: &Value) -> Vec<Value> {
    let id = made["webhook"]["id"].as_str().unwrap();
    let path = format!("/admin/webhooks/{id}/deliveries");
    let answer = server.act(host, Method::GET, &path, &Value::Null).await;
    answer.json()["deliveries"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_report_a_kick_and_a_ban_are_told_signed_and_in_words_for_a_chat() {
    let server = TestServer::with(lenient).await;
    let host = server.host().await;
    let mut receiver = HookReceiver::answering(&[]).await;
    let events = ["report", "kick", "ban"];
    let made = add(&server, &host, &receiver.url(), &events).await;
    let secret = made["secret"].as_str().unwrap();

    let mut ada = server.player("ada").await;
    let _bo = server.player("bo").await;
    let report = json!({ "playerId": "bo", "reason": "<!everyone> look" });
    assert_eq!(ada.call("player:report", report).await["ok"], true);
    let (headers, text) = receiver.next().await;
    let body: Value = serde_json::from_str(&text).unwrap();
    let header = |name: &str| headers[name].to_str().unwrap().to_owned();
    assert_eq!(header("comutiny-event"), "report");
    assert_eq!(header("comutiny-id"), body["id"]);
    let timestamp = header("comutiny-timestamp").parse().unwrap();
    let signature = store::webhooks::sign(secret, timestamp, &text);
    assert_eq!(header("comutiny-signature"), signature);
    let content = "Player ada reported Player bo. Reason: \\<!everyone\\> look";
    assert_eq!(body["content"], content);
    let words = "Player ada reported Player bo. Reason: &lt;!everyone&gt; look";
    assert_eq!(body["text"], words);
    assert_eq!(body["allowed_mentions"], json!({ "parse": [] }));
    assert_eq!(body["data"]["target"]["id"], "bo");

    kick(&server, &host, "bo", "Shouting.").await;
    let told = receiver.next_body().await;
    assert_eq!(
        (&told["event"], &told["data"]["reason"]),
        (&json!("kick"), &json!("Shouting."))
    );
    let session = server.session_of(&host, "ada").await;
    let ban = json!({ "sessionId": session, "reason": "Enough.", "minutes": null });
    server.done(&host, Method::POST, "/admin/bans", &ban).await;
    let told = receiver.next_body().await;
    assert_eq!(told["event"], "ban");
    assert!(
        told["content"]
            .as_str()
            .unwrap()
            .ends_with("for good. Reason: Enough."),
        "{told}"
    );
}

#[tokio::test]
async fn what_failed_is_told_again_in_order_and_under_the_same_id() {
    let server = TestServer::with(lenient).await;
    let host = server.host().await;
    let mut receiver = HookReceiver::answering(&[500]).await;
    let made = add(&server, &host, &receiver.url(), &["kick"]).await;
    for player in ["a", "b"] {
        let _playing = server.player(player).await;
        kick(&server, &host, player, player).await;
    }
    let bodies = [
        receiver.next_body().await,
        receiver.next_body().await,
        receiver.next_body().await,
    ];
    let reasons = bodies.each_ref().map(|body| body["data"]["reason"].clone());
    assert_eq!(reasons, ["a", "a", "b"]);
    assert_eq!(bodies[0]["id"], bodies[1]["id"]);
    assert_ne!(bodies[1]["id"], bodies[2]["id"]);
    let mut told = deliveries(&server, &host, &made).await;
    let noted = async {
        while told.iter().any(|it| it["deliveredAt"].is_null()) {
            tokio::task::yield_now().await;
            told = deliveries(&server, &host, &made).await;
        }
    };
    soon("both are noted", noted).await;
    assert_eq!(
        (&told[1]["attempts"], &told[1]["status"]),
        (&json!(2), &json!(204))
    );
}

#[tokio::test]
async fn a_receiver_that_hangs_keeps_nobody_waiting_and_the_other_hook_is_told() {
    let server = TestServer::with(|config| {
        lenient(config);
        config.hooks.timeout = Duration::from_secs(20);
    })
    .await;
    let host = server.host().await;
    // Its connections are taken by the system, and nobody ever reads one.
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let hanging = format!("http://{}/", silent.local_addr().unwrap());
    add(&server, &host, &hanging, &["kick"]).await;
    let mut receiver = HookReceiver::answering(&[]).await;
    add(&server, &host, &receiver.url(), &["kick"]).await;
    let mut onlooker = server.player("onlooker").await;
    let begun = Instant::now();
    for player in ["a", "b", "c"] {
        let _playing = server.player(player).await;
        kick(&server, &host, player, player).await;
        assert_eq!(receiver.next_body().await["data"]["reason"], player);
    }
    let said = onlooker.call("chat:message", json!({ "content": "still here" }));
    assert_eq!(said.await["ok"], true);
    assert!(
        begun.elapsed() < Duration::from_secs(20),
        "nobody waited for it"
    );
}

#[tokio::test]
async fn what_was_promised_outlives_the_server() {
    let mut server = TestServer::with(lenient).await;
    let host = server.host().await;
    // Nobody is there yet.
    let reserved = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = reserved.local_addr().unwrap();
    drop(reserved);
    let made = add(&server, &host, &format!("http://{address}/hook"), &["kick"]).await;
    let _playing = server.player("a").await;
    kick(&server, &host, "a", "kept").await;
    let data = server.data();
    server.begin_close(server_core::Closing::Stop);
    server.ended().await;

    let server = TestServer::on(data, lenient).await;
    let waiting = deliveries(&server, &host, &made).await;
    assert_eq!(waiting.len(), 1);
    assert_eq!(waiting[0]["deliveredAt"], Value::Null);
    let listener = tokio::net::TcpListener::bind(address).await.unwrap();
    let (tell, mut got) = mpsc::unbounded_channel();
    let behind = Behind {
        answers: [].into(),
        asked: Arc::default(),
        tell,
    };
    let router = Router::new().fallback(receive).with_state(behind);
    tokio::spawn(async move { axum::serve(listener, router).await });
    let (_, body) = soon("the delivery", got.recv()).await.unwrap();
    let body: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(body["data"]["reason"], "kept");
}

#[tokio::test]
async fn of_several_nodes_one_tells_whatever_happened_on_any() {
    let mut cluster = TestCluster::start(0).await;
    cluster.add(lenient).await;
    cluster.add(lenient).await;
    let [here, there] = cluster.nodes.as_slice() else {
        panic!("two nodes");
    };
    let host = here.host().await;
    let mut receiver = HookReceiver::answering(&[]).await;
    add(here, &host, &receiver.url(), &["kick"]).await;
    for (node, player) in [(here, "a"), (there, "b"), (here, "c"), (there, "d")] {
        let _playing = node.player(player).await;
        kick(node, &host, player, player).await;
    }
    let mut ids = Vec::new();
    for player in ["a", "b", "c", "d"] {
        let told = receiver.next_body().await;
        assert_eq!(told["data"]["reason"], player);
        ids.push(told["id"].clone());
    }
    ids.dedup();
    assert_eq!(ids.len(), 4, "each once");
}

#[tokio::test]
async fn a_crowd_is_told_when_it_begins_and_when_it_is_over() {
    let server = TestServer::with(|config| {
        lenient(config);
        config.hooks.crowd = 2;
        config.hooks.look_every = Duration::from_millis(50);
    })
    .await;
    let host = server.host().await;
    let mut receiver = HookReceiver::answering(&[]).await;
    add(&server, &host, &receiver.url(), &["crowd"]).await;
    let crowd = [server.player("a").await, server.player("b").await];
    let told = receiver.next_body().await;
    assert_eq!(
        (&told["data"]["players"], &told["data"]["begins"]),
        (&json!(2), &json!(true))
    );
    drop(crowd);
    let told = receiver.next_body().await;
    assert_eq!(told["data"]["begins"], false, "{told}");
}

/// A certificate that was renewed by half is trouble that nobody in the world sees.
#[tokio::test]
async fn trouble_is_told_when_it_lasts_and_when_it_is_over() {
    let made = rcgen::generate_simple_self_signed(["play.example.org".to_owned()]).unwrap();
    let data = Arc::new(tempfile::tempdir().unwrap());
    let write = |name: &str, text: &str| {
        let path = data.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let cert = write("cert.pem", &made.cert.pem());
    let key = write("key.pem", &made.signing_key.serialize_pem());
    let server = TestServer::on(data.clone(), |config| {
        lenient(config);
        config.hooks.look_every = Duration::from_millis(50);
        config.listen.tls_cert = Some(cert);
        config.listen.tls_key = Some(key);
        config.listen.tls_reload = Duration::from_millis(50);
    })
    .await;
    let host = server.host().await;
    let mut receiver = HookReceiver::answering(&[]).await;
    add(&server, &host, &receiver.url(), &["trouble"]).await;
    write("cert.pem", "half a fi");
    let told = receiver.next_body().await;
    assert_eq!(told["data"]["begins"], true, "{told}");
    let content = told["content"].as_str().unwrap();
    assert!(
        content.contains(" has trouble. ") && content.contains("ertificate"),
        "{content}"
    );
    write("cert.pem", &made.cert.pem());
    let told = receiver.next_body().await;
    assert_eq!(
        (&told["event"], &told["data"]["begins"]),
        (&json!("trouble"), &json!(false))
    );
}
