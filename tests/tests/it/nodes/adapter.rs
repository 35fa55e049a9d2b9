//! The Socket.IO adapter over our driver: what is emitted to a namespace reaches its sockets on all
//! nodes once, and those of the same node whatever happens to Redis.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use identity::Secret;
use replication::{NodeSettings, RedisHub};
use server_core::config::GuestTakeover;
use server_core::gateway::{Adapter, adapter};
use socketioxide::SocketIo;
use socketioxide::extract::SocketRef;
use tests::{Client, Connect, RedisServer, soon};

const NAMESPACE: &str = "/admin";
/// Enough for a Redis on the same machine, little enough to wait for.
const ANSWER: Duration = Duration::from_millis(500);

/// A server with nothing but the namespace, and a client in it.
struct AdapterNode {
    io: SocketIo<Adapter>,
    client: Client,
    _hub: Arc<RedisHub>,
}

impl AdapterNode {
    async fn start(redis: &RedisServer) -> Self {
        let hub = RedisHub::new(settings(redis), Arc::default()).expect("an address");
        let adapter = adapter::constructor(hub.adapter_driver(), hub.adapter_prefix());
        let (layer, io) = SocketIo::builder()
            .with_adapter::<Adapter>(adapter)
            .build_layer();
        io.ns(NAMESPACE, async |_: SocketRef<Adapter>| {})
            .await
            .expect("the namespace opens, with or without Redis");
        let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await;
        let listener = listener.expect("a free port");
        let address: SocketAddr = listener.local_addr().expect("an address");
        let app = axum::Router::new().layer(layer);
        tokio::spawn(async move { axum::serve(listener, app).await });
        let client = Connect::to(address).administration().open().await;
        Self {
            io,
            client,
            _hub: hub,
        }
    }

    async fn emit(&self, word: &str) {
        let namespace = self.io.of(NAMESPACE).expect("it is open");
        let emitted = soon("the emit", namespace.emit("word", word)).await;
        emitted.expect("an emit never fails");
    }

    /// Sockets in the namespace on all nodes, as this one finds out.
    async fn sockets(&self) -> usize {
        let namespace = self.io.of(NAMESPACE).expect("it is open");
        let found = soon("the others' sockets", namespace.fetch_sockets()).await;
        found.map_or(0, |sockets| sockets.len())
    }
}

fn settings(redis: &RedisServer) -> NodeSettings {
    NodeSettings {
        url: Secret::new(redis.url()),
        prefix: "comutiny".to_owned(),
        guest_takeover: GuestTakeover::Secret,
        fingerprint: String::new(),
        database: String::new(),
        key: [0; 32],
        listen: String::new(),
        chat_history: 0,
        beat_interval: ANSWER,
        lease: ANSWER,
        answer_timeout: ANSWER,
        chat_patience: ANSWER,
        flush_interval: ANSWER,
        grace: ANSWER,
    }
}

/// Two nodes that have found each other.
async fn pair(redis: &RedisServer) -> [AdapterNode; 2] {
    let nodes = [
        AdapterNode::start(redis).await,
        AdapterNode::start(redis).await,
    ];
    find_each_other(&nodes).await;
    nodes
}

async fn find_each_other(nodes: &[AdapterNode; 2]) {
    soon("the nodes to find each other", async {
        while nodes[0].sockets().await < 2 || nodes[1].sockets().await < 2 {
            // An answer from this node alone does not wait.
            tokio::task::yield_now().await;
        }
    })
    .await;
}

#[tokio::test]
async fn an_emit_reaches_the_sockets_of_all_nodes_once() {
    let redis = RedisServer::start().await;
    let mut nodes = pair(&redis).await;
    nodes[0].emit("from here").await;
    nodes[1].emit("from there").await;
    for node in &mut nodes {
        let mut heard = [
            node.client.expect("word").await,
            node.client.expect("word").await,
        ];
        heard.sort_by_key(ToString::to_string);
        assert_eq!(heard, ["from here", "from there"]);
    }
    nodes[0].emit("the last").await;
    for node in &mut nodes {
        assert_eq!(
            node.client.expect("word").await,
            "the last",
            "nothing twice"
        );
    }
}

#[tokio::test]
async fn sockets_of_the_same_node_hear_whatever_happens_to_redis() {
    let mut redis = RedisServer::start().await;
    let mut nodes = pair(&redis).await;
    redis.pause();
    for word in ["one", "two"] {
        nodes[0].emit(word).await;
        assert_eq!(nodes[0].client.expect("word").await, word);
    }
    redis.kill();
    nodes[0].emit("three").await;
    assert_eq!(nodes[0].client.expect("word").await, "three");
    redis.restart().await;
    find_each_other(&nodes).await;
    nodes[0].emit("together again").await;
    for node in &mut nodes {
        assert_eq!(node.client.find("word").await, "together again");
    }
}

#[tokio::test]
async fn a_redis_that_comes_late_is_found() {
    let mut redis = RedisServer::absent();
    let mut nodes = [
        AdapterNode::start(&redis).await,
        AdapterNode::start(&redis).await,
    ];
    nodes[0].emit("alone").await;
    assert_eq!(nodes[0].client.expect("word").await, "alone");
    redis.restart().await;
    find_each_other(&nodes).await;
    nodes[1].emit("both").await;
    for node in &mut nodes {
        assert_eq!(node.client.expect("word").await, "both");
    }
}
