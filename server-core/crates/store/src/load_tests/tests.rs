//! The same story on every database: SQLite always; PostgreSQL where it is installed.

use super::*;
use crate::storage::stories;
use contract::admin::Actor;
use contract::admin::load_test::{LoadTestPlan, LoadTestWhyCode};
use contract::load_test::{CrowdPlan, Mode};
use runtime::clock::now_ms;

fn run(at: i64) -> LoadTestRun {
    LoadTestRun {
        id: uuid::Uuid::now_v7().to_string(),
        node: Some("0a1b2c3d".to_owned()),
        state: LoadTestState::Running,
        why: None,
        started_by: actor(),
        started_at: iso(at),
        ended_at: None,
        plan: LoadTestPlan {
            target_url: "http://127.0.0.1:4000".to_owned(),
            own: true,
            clients: 3,
            duration_ms: 1000,
            update_interval_ms: 100,
            spawn_interval_ms: 10,
            chat_interval_ms: 0,
            mode: Mode::Batch,
            ack_every: 1,
            crowd: CrowdPlan::default(),
        },
        figures: None,
    }
}

fn actor() -> Actor {
    Actor {
        id: "ana".to_owned(),
        name: "Aná".to_owned(),
    }
}

fn seconds(count: usize) -> Vec<Second> {
    (1..=count)
        .map(|number| Second {
            at_s: number as f64,
            ..Second::default()
        })
        .collect()
}

async fn story(database: Database) {
    let history = LoadTestHistory::new(database);
    let (first, second) = (run(now_ms() - 10), run(now_ms()));
    assert!(history.begin(&first, 10_000).await.unwrap());
    assert!(!history.begin(&second, 10_000).await.unwrap(), "one place");
    let read = history.read(&first.id).await.unwrap().unwrap();
    assert_eq!((&read.run, read.seconds.len()), (&first, 0));

    let ended = LoadTestRun {
        state: LoadTestState::Stopped,
        why: Some(LoadTestWhy::new(LoadTestWhyCode::StoppedByHost, "So.")),
        ended_at: Some(iso(now_ms())),
        ..first.clone()
    };
    history.end(&ended, None, &seconds(2)).await.unwrap();
    let read = history.read(&first.id).await.unwrap().unwrap();
    assert_eq!((&read.run, read.seconds), (&ended, seconds(2)));
    assert!(history.begin(&second, 10_000).await.unwrap());
    let (total, newest) = history.list(2, 0).await.unwrap();
    assert_eq!(
        (total, &newest[..]),
        (2, &[second.clone(), ended.clone()][..])
    );

    let why = LoadTestWhy::new(LoadTestWhyCode::ServerClosed, "It ended.");
    history.end_unfinished(&why).await.unwrap();
    let read = history.read(&second.id).await.unwrap().unwrap().run;
    assert_eq!((read.state, read.why), (LoadTestState::Failed, Some(why)));
    let read = history.read(&first.id).await.unwrap().unwrap().run;
    assert_eq!(read, ended, "what was over stays as it was");
    assert!(history.begin(&run(now_ms() + 1), 1).await.unwrap());
    assert_eq!(history.list(9, 0).await.unwrap().0, 1, "only the newest");
    assert!(history.read(&first.id).await.unwrap().is_none());
}

async fn story_of_several_nodes(database: Database) {
    let history = LoadTestHistory::new(database);
    assert_eq!(history.under_way().await.unwrap(), None);
    let run = run(now_ms());
    history.begin(&run, 10).await.unwrap();
    let three = seconds(3);
    let beat = async |first, seconds: &[Second], stop| {
        history.beat(&run.id, first, seconds, stop).await.unwrap()
    };
    assert_eq!(beat(0, &three[..1], None).await, HeartbeatReply::On);
    assert_eq!(beat(1, &three[1..], None).await, HeartbeatReply::On);
    let under_way = history.under_way().await.unwrap().unwrap();
    assert_eq!((&under_way.run, under_way.beat), (&run, 2));
    assert_eq!(history.second_count(&run.id).await.unwrap(), 3);
    assert_eq!(history.seconds(&run.id, 1).await.unwrap(), three[1..]);
    let read = history.read(&run.id).await.unwrap().unwrap();
    assert_eq!(read.seconds, three, "who comes late has all of it");

    let stop = Stop::By(actor());
    history.ask_stop(&run.id, &stop).await.unwrap();
    let why = LoadTestWhy::new(LoadTestWhyCode::PlayersSuffered, "Too slow.");
    let later = Stop::Because(why.clone());
    history.ask_stop(&run.id, &later).await.unwrap();
    let under_way = history.under_way().await.unwrap().unwrap();
    assert_eq!(under_way.run.state, LoadTestState::Stopping);
    let heard = beat(3, &[], Some(&later)).await;
    assert_eq!(heard, HeartbeatReply::Stop(stop), "the first one counts");

    history.end_lost(&run.id, 1, &why).await.unwrap();
    assert!(history.under_way().await.unwrap().is_some(), "it spoke");
    history.end_lost(&run.id, 3, &why).await.unwrap();
    assert_eq!(history.under_way().await.unwrap(), None);
    assert_eq!(beat(3, &[], None).await, HeartbeatReply::Lost);
    let read = history.read(&run.id).await.unwrap().unwrap();
    assert_eq!(
        (read.run.state, read.seconds),
        (LoadTestState::Failed, three)
    );
    history.delete(&run.id).await.unwrap();
    assert_eq!(history.second_count(&run.id).await.unwrap(), 0);
}

#[tokio::test]
async fn on_sqlite() {
    stories::on_sqlite(story).await;
    stories::on_sqlite(story_of_several_nodes).await;
}

#[tokio::test]
async fn on_postgres() {
    stories::on_postgres(story).await;
    stories::on_postgres(story_of_several_nodes).await;
}
