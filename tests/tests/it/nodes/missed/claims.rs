//! Windows that come in while Redis hangs.

use serde_json::json;
use tests::TestCluster;

/// As often as it takes for the old claim to be carried out last.
const ROUNDS: usize = 6;

#[tokio::test]
async fn a_window_that_came_later_outlives_a_claim_that_redis_had_kept() {
    let cluster = TestCluster::start(2).await;
    let mut onlooker = cluster.nodes[0].onlooker().await;
    let token = onlooker.join("ada").await["guestToken"].clone();
    let token = token.as_str().unwrap();
    onlooker.call_bare("player:leave").await;
    for round in 0..ROUNDS {
        cluster.redis.pause();
        let connect = |node: usize| cluster.nodes[node].connect().auth("guestToken", token);
        let mut first = connect(1).open().await;
        // That node gets no answer and decides alone.
        first.join("ada").await;
        first.call_bare("player:leave").await;
        let mut second = connect(0).open().await;
        second.join("ada").await;
        cluster.redis.resume();
        cluster.all_are("healthy").await;
        let wave = json!({"animation": format!("wave {round}")});
        let waved = second.call("player:update", wave).await;
        assert_eq!(waved["ok"], true, "round {round}: {waved}");
        second.call_bare("player:leave").await;
        drop((first, second));
    }
}
