//! Redis Clusters of a test's own.

use services::free_port;

use crate::{RedisServer, soon};

/// A server that may become part of a cluster.
async fn member() -> RedisServer {
    let bus = free_port().to_string();
    let timeout = ["--cluster-node-timeout", "1000"];
    let cluster = ["--cluster-enabled", "yes", "--cluster-port", &bus];
    let mut server = RedisServer::with(&[&cluster[..], &timeout[..]].concat()).await;
    server.bus = bus;
    server
}

/// Two servers of one Redis Cluster; the second has all slots.
pub async fn redis_cluster() -> [RedisServer; 2] {
    let mut servers = Vec::new();
    for _ in 0..2 {
        servers.push(member().await);
    }
    let [first, second] = <[RedisServer; 2]>::try_from(servers).ok().expect("two");
    let slots = second
        .call(&["CLUSTER", "ADDSLOTSRANGE", "0", "16383"])
        .await;
    assert_eq!(slots.as_deref(), Some("+OK"));
    let port = second.address().port().to_string();
    let meet = ["CLUSTER", "MEET", "127.0.0.1", &port, &second.bus];
    assert_eq!(first.call(&meet).await.as_deref(), Some("+OK"));
    soon("the cluster to agree", async {
        for server in [&first, &second] {
            // Any key will do: the first server knows where it is, the second has it.
            loop {
                let answer = server.call(&["GET", "key"]).await.unwrap_or_default();
                if answer.starts_with("-MOVED") || answer == "$-1" {
                    break;
                }
            }
        }
    })
    .await;
    [first, second]
}

/// Three primaries and one replica, in this order. The first has the slots of every world, the
/// replica is its own, and the two others have one slot each: they vote.
pub async fn redis_with_replica() -> [RedisServer; 4] {
    let [first, second, third, replica] = [
        member().await,
        member().await,
        member().await,
        member().await,
    ];
    let primaries = [
        (&first, "2", "16383"),
        (&second, "0", "0"),
        (&third, "1", "1"),
    ];
    for (epoch, (server, from, to)) in (1..).zip(primaries) {
        let epoch = epoch.to_string();
        done(server, &["CLUSTER", "SET-CONFIG-EPOCH", &epoch]).await;
        done(server, &["CLUSTER", "ADDSLOTSRANGE", from, to]).await;
    }
    for other in [&second, &third, &replica] {
        let port = other.address().port().to_string();
        done(&first, &["CLUSTER", "MEET", "127.0.0.1", &port, &other.bus]).await;
    }
    let all = [&first, &second, &third, &replica];
    for server in all {
        shows(
            server,
            &["CLUSTER", "INFO"],
            &["cluster_state:ok", "cluster_known_nodes:4"],
        )
        .await;
    }
    let id = first.call(&["CLUSTER", "MYID"]).await.expect("an answer");
    done(&replica, &["CLUSTER", "REPLICATE", &id]).await;
    shows(
        &replica,
        &["INFO", "replication"],
        &["master_link_status:up"],
    )
    .await;
    shows(&first, &["INFO", "replication"], &["state=online"]).await;
    [first, second, third, replica]
}

async fn done(server: &RedisServer, words: &[&str]) {
    let answer = server.call(words).await;
    assert_eq!(answer.as_deref(), Some("+OK"), "{words:?}");
}

/// Waits until the answer to a command has all of these parts.
async fn shows(server: &RedisServer, words: &[&str], parts: &[&str]) {
    soon("the servers of the cluster to agree", async {
        loop {
            let answer = server.call(words).await.unwrap_or_default();
            if parts.iter().all(|part| answer.contains(part)) {
                break;
            }
        }
    })
    .await;
}
