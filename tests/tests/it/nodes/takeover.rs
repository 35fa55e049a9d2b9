//! One id, many windows, three nodes.

use serde_json::json;
use tests::{Client, TestCluster, scale, soon, without_rate_limits};
use tokio::task::JoinSet;

use super::recorder::WorldRecorder;

async fn cluster() -> TestCluster {
    let mut cluster = TestCluster::start(0).await;
    for _ in 0..3 {
        cluster.add(without_rate_limits).await;
    }
    cluster.all_are("healthy").await;
    cluster
}

/// Whether this window is the player. If it is not, it has been told why, once.
async fn may_move(window: &mut Client) -> bool {
    let (frame, ack) = window.asking("player:update", Some(&json!({})));
    window.send(vec![frame]).await;
    loop {
        match window.receive().await {
            Some(event) if event.name == "session:terminated" => {
                assert_eq!(event.data["code"], "duplicate");
                let ending = window.ending().await;
                let more = ending.events.iter().any(|it| it.name == event.name);
                assert!(!more, "told twice: {ending:?}");
                return false;
            }
            Some(_) => {}
            None => panic!("ended without a word"),
        }
        if window
            .answered(ack)
            .is_some_and(|answer| answer["ok"] == true)
        {
            return true;
        }
    }
}

/// Many windows of one person come in at the same time, on all nodes, amid `trouble`. One stays.
async fn check(windows: usize, trouble: impl AsyncFn(&TestCluster)) {
    let cluster = cluster().await;
    let mut first = cluster.nodes[0].onlooker().await;
    let token = first.join("ada").await["guestToken"].clone();
    let mut recorder = WorldRecorder::open(&cluster.nodes[1].connect()).await;
    let mut joining = JoinSet::new();
    for n in 0..windows {
        let connect = cluster.nodes[n % 3]
            .connect()
            .auth("guestToken", token.clone());
        joining.spawn(async move {
            let mut window = connect.open().await;
            let (join, _) = window.asking("player:join", Some(&json!({"playerId": "ada"})));
            window.send(vec![join]).await;
            window
        });
    }
    let mut all = tokio::select! {
        all = joining.join_all() => all,
        () = async { loop { trouble(&cluster).await } } => unreachable!(),
    };
    cluster.all_are("healthy").await;
    all.push(first);
    // Each ends by being told that it is a duplicate, but for the one that may speak.
    let mut asking = JoinSet::new();
    for mut window in all {
        asking.spawn(async move {
            let held = may_move(&mut window).await;
            (window, held)
        });
    }
    // Whoever may move now may have been the holder for a moment only, or on a node that decided
    // alone because its link was broken: all others are told in the end.
    let mut live = asking.join_all().await;
    live.retain(|(_, held)| *held);
    soon("one window to be left", async {
        while live.len() > 1 {
            let mut still = Vec::new();
            for (mut window, _) in live.drain(..) {
                if may_move(&mut window).await {
                    still.push((window, true));
                }
            }
            live = still;
        }
    })
    .await;
    assert_eq!(live.len(), 1, "of {windows} windows");
    recorder.until("a join", |it| !it.joined.is_empty()).await;
    let mirror = recorder.finish(&cluster.nodes[2].connect()).await;
    assert_eq!(mirror.left, [""; 0]);
    drop(live);
}

#[tokio::test]
async fn of_many_windows_of_one_person_on_all_nodes_one_stays() {
    check(scale(120, 1000), async |_| std::future::pending().await).await;
}

#[tokio::test]
async fn of_many_windows_one_stays_though_links_break_all_the_time() {
    check(scale(120, 1000), async |cluster| {
        let redis = &cluster.redis;
        redis.call(&["CLIENT", "KILL", "TYPE", "pubsub"]).await;
        cluster.all_are("healthy").await;
    })
    .await;
}

#[tokio::test]
async fn strangers_on_all_nodes_are_refused() {
    let strangers = scale(60, 1000);
    let cluster = cluster().await;
    let mut holder = cluster.nodes[0].player("ada").await;
    let mut joining = JoinSet::new();
    for n in 0..strangers {
        let connect = cluster.nodes[n % 3].connect();
        joining.spawn(async move {
            let mut client = connect.open().await;
            client.call("player:join", json!({"playerId": "ada"})).await
        });
    }
    for refused in joining.join_all().await {
        assert_eq!(refused["code"], "id-in-use", "{refused}");
    }
    let update = holder
        .call("player:update", json!({"animation": "unharmed"}))
        .await;
    assert_eq!(update["ok"], true);
    assert!(holder.settle().await.is_empty());
}
