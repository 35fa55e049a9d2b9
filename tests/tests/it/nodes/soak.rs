//! People play on three nodes for a while, and nothing piles up.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use tempfile::TempDir;
use tests::{NodeProcess, RedisServer, scale};
use tokio::task::JoinSet;
use tokio::time::{Instant, interval};

/// Time between two steps of one player.
const STEP: Duration = Duration::from_millis(500);

/// Resident memory in bytes, and open descriptors.
fn usage(node: &NodeProcess) -> (f64, usize) {
    let proc = format!("/proc/{}", node.pid());
    let pages = std::fs::read_to_string(format!("{proc}/statm")).unwrap();
    let pages: f64 = pages.split(' ').nth(1).unwrap().parse().unwrap();
    let descriptors = std::fs::read_dir(format!("{proc}/fd")).unwrap().count();
    (pages * 4096.0, descriptors)
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn memory_and_descriptors_stay_flat() {
    let (players, seconds) = (scale(9, 100), scale(4, 600));
    let redis = RedisServer::start().await;
    let data = Arc::new(TempDir::new().unwrap());
    let mut nodes = Vec::new();
    for _ in 0..3 {
        nodes.push(NodeProcess::start(data.clone(), &redis.url(), &[]).await);
    }
    let mut playing = JoinSet::new();
    let end = Instant::now() + Duration::from_secs(seconds as u64);
    for n in 0..players {
        let mut client = nodes[n % 3].player(&format!("p{n}")).await;
        client.ignore_events();
        playing.spawn(async move {
            let mut steps = interval(STEP);
            let mut x = 0;
            while Instant::now() < end {
                steps.tick().await;
                x += 1;
                let to = json!({"position": {"x": x}, "metadata": {"heading": x % 360}});
                assert_eq!(client.call("player:update", to).await["ok"], true);
            }
            client
        });
    }
    // The first fifth is for buffers to find their size.
    let mut samples = interval(Duration::from_secs(1).max(end - Instant::now()) / 20);
    let mut seen = Vec::new();
    while Instant::now() < end {
        samples.tick().await;
        seen.push((Instant::now(), nodes.iter().map(usage).collect::<Vec<_>>()));
    }
    let clients = playing.join_all().await;
    let (from, before) = &seen[seen.len() / 5];
    let (to, after) = &seen[seen.len() - 1];
    let minutes = (*to - *from).as_secs_f64() / 60.0;
    for (before, after) in before.iter().zip(after) {
        assert_eq!(before.1, after.1, "descriptors");
        let slope = (after.0 - before.0) / 1e6 / minutes;
        eprintln!("{:.1} MB, {slope:+.2} MB a minute", after.0 / 1e6);
        // A few seconds say nothing about a slope.
        assert!(seconds < 60 || slope < 0.2, "{slope} MB a minute");
    }
    drop(clients);
}
