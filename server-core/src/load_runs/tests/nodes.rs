//! Two nodes over one database: one leads, the other looks on.

use tokio::sync::Notify;

use super::*;

struct Onlooker {
    runs: LoadRuns,
    events: mpsc::Receiver<LoadRunEvent>,
    metrics: Arc<Metrics>,
}

impl Onlooker {
    /// Beside the node of `scene`, which may be silent for `patience`.
    async fn beside(scene: &Scene, patience: Duration) -> Self {
        let (publish, events) = mpsc::channel();
        let metrics = Arc::new(Metrics::default());
        let dependencies = LoadRunDependencies {
            config: LoadRunsConfig {
                max_ack: Duration::from_millis(100),
                ..LoadRunsConfig::default()
            },
            node: "4e5f6071".to_owned(),
            remote_runs: Some(RemoteRuns {
                watched: Arc::new(|| true),
                changed: Arc::new(Notify::new()),
                patience,
            }),
            bound: "127.0.0.1:4001".parse().unwrap(),
            program: None,
            tokens: Tokens::new(&Secret::new("a long enough random text")).unwrap(),
            database: scene.database.clone(),
            metrics: metrics.clone(),
            pace: Pace {
                look: Duration::from_millis(20),
                overtime: Duration::from_secs(2),
            },
            publish: Arc::new(move |it| drop(publish.send(it))),
        };
        let runs = LoadRuns::open(dependencies).await.unwrap();
        Self {
            runs,
            events,
            metrics,
        }
    }

    /// The news until the run is over.
    async fn until_over(&self) -> Vec<LoadRunEvent> {
        let mut all = Vec::new();
        loop {
            match self.events.try_recv() {
                Ok(it) => {
                    let over = matches!(&it, LoadRunEvent::Run(run) if run.state.is_over());
                    all.push(it);
                    if over {
                        return all;
                    }
                }
                Err(_) => tokio::task::yield_now().await,
            }
        }
    }
}

async fn a_second_of(events: &mpsc::Receiver<LoadRunEvent>) {
    while !matches!(events.try_recv(), Ok(LoadRunEvent::Second(_))) {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn another_node_tells_the_news_and_stops_the_run() {
    let scene = Scene::new("second; read more; report interrupted").await;
    let onlooker = Onlooker::beside(&scene, Duration::from_secs(60)).await;
    let run = scene.start().await;
    a_second_of(&onlooker.events).await;
    let refused = onlooker.runs.start(&body(), &host()).await;
    assert!(matches!(refused, Err(LoadRunError::Busy)), "{refused:?}");
    let refused = onlooker.runs.delete(&run.id).await;
    assert!(matches!(refused, Err(LoadRunError::Busy)), "{refused:?}");
    let stopping = onlooker.runs.stop(&run.id, &host()).await.unwrap();
    assert_eq!(stopping.state, LoadTestState::Stopping);
    let ended = scene.end(&run).await;
    assert_eq!(why(&ended), Some(Why::StoppedByHost));
    let last = onlooker.until_over().await.pop();
    assert!(matches!(last, Some(LoadRunEvent::Run(last)) if *last == ended.run));
    let again = onlooker.runs.stop(&run.id, &host()).await;
    assert!(matches!(again, Err(LoadRunError::Over)), "{again:?}");
}

#[tokio::test]
async fn players_of_another_node_that_wait_stop_the_run() {
    let scene = Scene::new("read more; report interrupted").await;
    let onlooker = Onlooker::beside(&scene, Duration::from_secs(60)).await;
    let players = waiting_players(&onlooker.metrics);
    let run = scene.start().await;
    let ended = scene.end(&run).await;
    players.abort();
    assert_eq!(why(&ended), Some(Why::PlayersSuffered));
}

#[tokio::test]
async fn a_node_taken_for_dead_ends_its_run_when_it_hears_of_it() {
    let scene = Scene::new("second; read more; report interrupted").await;
    let run = scene.start().await;
    a_second_of(&scene.events).await;
    let lost = LoadTestWhy::new(Why::ServerClosed, "It is gone.");
    // As another node would write it, which takes two tries when a word comes in between.
    let history = &scene.runs.inner.history;
    while let Some(it) = history.under_way().await.unwrap() {
        history.end_lost(&run.id, it.beat, &lost).await.unwrap();
    }
    let ended = scene.end(&run).await;
    assert_eq!(
        (ended.run.state, why(&ended)),
        (LoadTestState::Stopped, Some(Why::LostTouch))
    );
    assert!(ended.report.is_some(), "what it measured counts");
}

#[tokio::test]
async fn a_run_whose_node_fell_silent_is_over() {
    let scene = Scene::new("second; read more; report interrupted").await;
    let run = scene.start().await;
    a_second_of(&scene.events).await;
    // A node that started and died: its line has the slot, and nobody counts up its beat.
    scene.runs.close(Deadline::after(CLOSING)).await;
    sqlx::query("UPDATE load_tests SET state = 'running', why = NULL, place = 1")
        .execute(scene.database.pool())
        .await
        .unwrap();
    let onlooker = Onlooker::beside(&scene, Duration::from_millis(100)).await;
    let events = onlooker.until_over().await;
    let Some(LoadRunEvent::Run(last)) = events.last() else {
        panic!("{events:?}");
    };
    assert_eq!(
        (last.state, last.why.as_ref().map(|why| why.code)),
        (LoadTestState::Failed, Some(Why::ServerClosed))
    );
    assert_eq!(last.id, run.id);
}
