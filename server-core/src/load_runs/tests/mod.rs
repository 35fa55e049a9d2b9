//! Runs whose process is a script: what becomes of them, and what the history keeps.
#![cfg(unix)]

mod nodes;

use std::os::unix::fs::PermissionsExt as _;
use std::sync::mpsc;

use super::*;
use crate::load_runs::LoadRunsConfig;
use contract::admin::load_test::{LoadTestObstacle, LoadTestWhyCode as Why};
use identity::Secret;
use metrics::Metrics;
use store::accounts::Tokens;
use store::storage::Database;

const SECOND: &str = r#"{"second":{"atS":1.0,"clients":3,"sent":3,"due":6,"delivered":6,"coalesced":0,"acks":3,"errors":0,"bytesIn":1,"bytesOut":1,"join":null,"update":null,"fanout":null,"age":null,"processes":{"generatorCpuPercent":1.0,"serverCpuPercent":2.0,"serverMemoryBytes":3,"hostCpuPercent":4.0,"hostMemoryPercent":5.0}}}"#;

/// How long a run may take to end in a test.
const CLOSING: Duration = Duration::from_secs(60);

struct Scene {
    runs: LoadRuns,
    events: mpsc::Receiver<LoadRunEvent>,
    metrics: Arc<Metrics>,
    database: Database,
    dir: tempfile::TempDir,
}

impl Scene {
    /// `script` is what the process does after it read its request.
    async fn new(script: &str) -> Self {
        Self::with(script, LoadRunsConfig::default()).await
    }

    async fn with(script: &str, config: LoadRunsConfig) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}?mode=rwc", dir.path().join("db").display());
        let database = Database::open(&url).await.unwrap();
        let program = dir.path().join("process");
        let report = report_line();
        let script = format!(
            "#!/bin/sh\nsecond() {{ printf '%s\\n' '{SECOND}'; }}\n\
             report() {{ printf '%s\\n' \"$(sed s/ENDED/$1/ <<'END'\n{report}\nEND\n)\"; }}\n\
             read order\n{script}\n"
        );
        std::fs::write(&program, script).unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        let (publish, events) = mpsc::channel();
        let metrics = Arc::new(Metrics::default());
        let runs = LoadRuns::open(LoadRunDependencies {
            config,
            node: "0a1b2c3d".to_owned(),
            remote_runs: None,
            bound: "127.0.0.1:4000".parse().unwrap(),
            program: Some(program),
            tokens: Tokens::new(&Secret::new("a long enough random text")).unwrap(),
            database: database.clone(),
            metrics: metrics.clone(),
            pace: Pace {
                look: Duration::from_millis(20),
                overtime: Duration::from_secs(2),
            },
            publish: Arc::new(move |it| drop(publish.send(it))),
        });
        Self {
            runs: runs.await.unwrap(),
            events,
            metrics,
            database,
            dir,
        }
    }

    async fn start(&self) -> LoadTestRun {
        let run = self.runs.start(&body(), &host()).await.unwrap();
        assert_eq!(run.state, LoadTestState::Running);
        run
    }

    /// Waits for the end of all runs and returns the one that is known under this id.
    async fn end(&self, run: &LoadTestRun) -> LoadTestDetail {
        self.runs.inner.tasks.close();
        self.runs.inner.tasks.wait().await;
        self.runs.inner.tasks.reopen();
        let followed = self.runs.get(&run.id).await.unwrap();
        let stored = self.runs.inner.history.read(&run.id).await.unwrap();
        assert_eq!(stored.unwrap().run, followed.run);
        followed
    }

    fn states(&self) -> Vec<LoadTestState> {
        let state = |it| match it {
            LoadRunEvent::Run(run) => Some(run.state),
            LoadRunEvent::Second(_) | LoadRunEvent::Deleted(_) => None,
        };
        self.events.try_iter().filter_map(state).collect()
    }
}

fn body() -> LoadTestBody {
    LoadTestBody {
        clients: Some(3),
        ..LoadTestBody::default()
    }
}

fn host() -> Actor {
    Actor {
        id: "ana".to_owned(),
        name: "Ana".to_owned(),
    }
}

/// The report of the harness' own tests, with a word to be replaced by how the run ended.
fn report_line() -> String {
    let snapshot = include_str!(
        "../../../crates/load-test/src/report/snapshots/load_test__report__tests__the_json.snap"
    );
    let json = &snapshot[snapshot.find("\n{").unwrap()..];
    let mut report: serde_json::Value = serde_json::from_str(json).unwrap();
    report["ended"] = "ENDED".into();
    report["errors"]["samples"] = serde_json::json!([]);
    serde_json::json!({ "report": report }).to_string()
}

fn why(detail: &LoadTestDetail) -> Option<Why> {
    detail.run.why.as_ref().map(|why| why.code)
}

#[tokio::test]
async fn a_run_ends_as_planned_and_its_numbers_are_kept() {
    let scene = Scene::new("second; second; report completed").await;
    let run = scene.start().await;
    let detail = scene.end(&run).await;
    assert_eq!(
        (detail.run.state, why(&detail)),
        (LoadTestState::Completed, None)
    );
    assert_eq!(detail.run.plan.clients, 3);
    assert!(detail.run.plan.own && detail.run.ended_at.is_some());
    let figures = detail.run.figures.unwrap();
    assert_eq!((figures.joined, figures.errors), (3, 1));
    let report = detail.report.unwrap();
    assert!(report.seconds.is_empty(), "they are beside it");
    assert_eq!(detail.seconds.len(), 4, "the report's own");
    let (total, list) = scene.runs.list(10, 0).await.unwrap();
    assert_eq!((total, list[0].id.as_str()), (1, run.id.as_str()));
    let seconds = |it: &LoadRunEvent| matches!(it, LoadRunEvent::Second(_));
    assert_eq!(scene.events.try_iter().filter(seconds).count(), 2);
}

#[tokio::test]
async fn only_one_runs_at_a_time_and_a_host_stops_it() {
    // The end of the pipe tells it to stop.
    let scene = Scene::new("second; read more; report interrupted").await;
    let run = scene.start().await;
    let second = scene.runs.start(&body(), &host()).await;
    assert!(matches!(second, Err(LoadRunError::Busy)), "{second:?}");
    let deleted = scene.runs.delete(&run.id).await;
    assert!(matches!(deleted, Err(LoadRunError::Busy)), "{deleted:?}");
    let stopping = scene.runs.stop(&run.id, &host()).await.unwrap();
    assert_eq!(stopping.state, LoadTestState::Stopping);
    let detail = scene.end(&run).await;
    assert_eq!(
        (detail.run.state, why(&detail)),
        (LoadTestState::Stopped, Some(Why::StoppedByHost))
    );
    assert_eq!(detail.run.why.unwrap().message, "Ana stopped it.");
    let expected = [
        LoadTestState::Running,
        LoadTestState::Stopping,
        LoadTestState::Stopped,
    ];
    assert_eq!(scene.states(), expected);
    let again = scene.runs.stop(&run.id, &host()).await;
    assert!(matches!(again, Err(LoadRunError::Over)), "{again:?}");
    let unknown = scene.runs.stop("nothing", &host()).await;
    assert!(
        matches!(unknown, Err(LoadRunError::NotFound)),
        "{unknown:?}"
    );
    scene.start().await;
}

#[tokio::test]
async fn a_process_that_dies_is_reported_and_its_seconds_are_kept() {
    let scene = Scene::new("second; kill -9 $$").await;
    let run = scene.start().await;
    let detail = scene.end(&run).await;
    assert_eq!(
        (detail.run.state, why(&detail)),
        (LoadTestState::Failed, Some(Why::ProcessDied))
    );
    assert!(detail.run.why.unwrap().message.contains("signal: 9"));
    assert_eq!((detail.seconds.len(), detail.report.is_none()), (1, true));
}

#[tokio::test]
async fn what_the_process_says_about_a_failed_start_is_the_reason() {
    let failed = r#"{"failed":{"message":"Nobody answers.","obstacle":"unreachable"}}"#;
    let scene = Scene::new(&format!("echo '{failed}'; exit 1")).await;
    let run = scene.start().await;
    let detail = scene.end(&run).await;
    assert_eq!(why(&detail), Some(Why::CouldNotStart));
    let said = detail.run.why.unwrap();
    assert_eq!(said.message, "Nobody answers.");
    assert_eq!(said.obstacle, Some(LoadTestObstacle::Unreachable));
    let scene = Scene::new("echo nonsense; report target-lost").await;
    let run = scene.start().await;
    assert_eq!(why(&scene.end(&run).await), Some(Why::TargetLost));
}

/// Players whose answers take long, so that every look at the metrics finds some.
fn waiting_players(metrics: &Arc<Metrics>) -> tokio::task::JoinHandle<()> {
    let metrics = metrics.clone();
    tokio::spawn(async move {
        let mut times = tokio::time::interval(Duration::from_millis(2));
        loop {
            times.tick().await;
            metrics.receipt_to_ack.record(Duration::from_millis(400));
        }
    })
}

#[tokio::test]
async fn a_run_stops_itself_when_real_players_wait() {
    let config = LoadRunsConfig {
        max_ack: Duration::from_millis(100),
        ..LoadRunsConfig::default()
    };
    let scene = Scene::with("read more; report interrupted", config).await;
    let players = waiting_players(&scene.metrics);
    let run = scene.start().await;
    let detail = scene.end(&run).await;
    players.abort();
    assert_eq!(
        (detail.run.state, why(&detail)),
        (LoadTestState::Stopped, Some(Why::PlayersSuffered))
    );
    let limit = detail.run.why.unwrap().max_ack_ms;
    assert_eq!(limit, Some(100));
    let expected = [
        LoadTestState::Running,
        LoadTestState::Stopping,
        LoadTestState::Stopped,
    ];
    assert_eq!(scene.states(), expected);
}

#[tokio::test]
async fn a_run_that_never_ends_is_ended() {
    let scene = Scene::new("while :; do sleep 1; done").await;
    let mut run = body();
    run.duration_ms = Some(1000);
    let run = scene.runs.start(&run, &host()).await.unwrap();
    let detail = scene.end(&run).await;
    assert_eq!(
        (detail.run.state, why(&detail)),
        (LoadTestState::Failed, Some(Why::Overdue))
    );
}

#[tokio::test]
async fn closing_the_server_ends_the_process() {
    let scene = Scene::new("echo $$ > \"${0%/*}/pid\"; second; while :; do sleep 1; done").await;
    let run = scene.start().await;
    while !matches!(scene.events.try_recv(), Ok(LoadRunEvent::Second(_))) {
        tokio::task::yield_now().await;
    }
    scene.runs.close(Deadline::after(CLOSING)).await;
    let detail = scene.runs.get(&run.id).await.unwrap();
    assert_eq!(
        (detail.run.state, why(&detail)),
        (LoadTestState::Stopped, Some(Why::ServerClosed))
    );
    let pid = std::fs::read_to_string(scene.dir.path().join("pid")).unwrap();
    let process = std::path::Path::new("/proc").join(pid.trim());
    assert!(!process.exists(), "{} lives", process.display());
    let refused = scene.runs.start(&body(), &host()).await;
    assert!(matches!(refused, Err(LoadRunError::Busy)), "{refused:?}");
}

#[tokio::test]
async fn a_program_that_does_not_start_takes_no_place() {
    let scene = Scene::new("report completed").await;
    let program = scene.dir.path().join("process");
    let hidden = scene.dir.path().join("hidden");
    std::fs::rename(&program, &hidden).unwrap();
    let refused = scene.runs.start(&body(), &host()).await;
    assert!(
        matches!(refused, Err(LoadRunError::Process(_))),
        "{refused:?}"
    );
    assert_eq!(scene.runs.list(10, 0).await.unwrap().0, 0);
    std::fs::rename(&hidden, &program).unwrap();
    let run = scene.start().await;
    assert_eq!(scene.end(&run).await.run.state, LoadTestState::Completed);
}

#[tokio::test]
async fn the_history_keeps_the_newest_and_ends_what_a_crash_left() {
    let config = LoadRunsConfig {
        history: 2,
        ..LoadRunsConfig::default()
    };
    let scene = Scene::with("report completed", config).await;
    let mut ids = Vec::new();
    for _ in 0..3 {
        let run = scene.start().await;
        scene.end(&run).await;
        ids.push(run.id);
    }
    let listed = |runs: Vec<LoadTestRun>| runs.into_iter().map(|run| run.id).collect::<Vec<_>>();
    let (total, runs) = scene.runs.list(10, 0).await.unwrap();
    assert_eq!(
        (total, listed(runs)),
        (2, vec![ids[2].clone(), ids[1].clone()])
    );
    let (total, runs) = scene.runs.list(1, 1).await.unwrap();
    assert_eq!((total, listed(runs)), (2, vec![ids[1].clone()]));
    scene.runs.delete(&ids[2]).await.unwrap();
    let gone = scene.runs.get(&ids[2]).await;
    assert!(matches!(gone, Err(LoadRunError::NotFound)));

    sqlx::query("UPDATE load_tests SET state = 'running' WHERE id = $1")
        .bind(ids[1].clone())
        .execute(scene.database.pool())
        .await
        .unwrap();
    let lost = LoadTestWhy::new(Why::ServerClosed, "It ended.");
    scene
        .runs
        .inner
        .history
        .end_unfinished(&lost)
        .await
        .unwrap();
    let detail = scene.runs.get(&ids[1]).await.unwrap();
    assert_eq!(
        (detail.run.state, why(&detail)),
        (LoadTestState::Failed, Some(Why::ServerClosed))
    );
}

#[tokio::test]
async fn the_process_gets_no_environment_it_does_not_need() {
    // Every test has this variable of cargo's; a secret would be no different.
    assert!(std::env::var_os("CARGO_MANIFEST_DIR").is_some());
    let scene = Scene::new(r#"env > "$0.environment"; report completed"#).await;
    let run = scene.start().await;
    scene.end(&run).await;
    let seen = scene.dir.path().join("process.environment");
    let seen = std::fs::read_to_string(seen).unwrap();
    let own = ["PWD", "SHLVL", "_", "OLDPWD", "PATH"];
    let kept = [
        "LD_LIBRARY_PATH",
        "SSL_CERT_DIR",
        "SSL_CERT_FILE",
        "TEMP",
        "TMP",
        "TMPDIR",
    ];
    for line in seen.lines() {
        let name = line.split('=').next().unwrap();
        assert!(own.contains(&name) || kept.contains(&name), "{line}");
    }
}
