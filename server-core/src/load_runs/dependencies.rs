//! What load tests depend on, what they publish, and why one is not started.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;

use super::request::InvalidRequest;
use super::target::TargetError;
use crate::load_runs::LoadRunsConfig;
use contract::admin::LoadTestRun;
use contract::load_test::Second;
use metrics::Metrics;
use store::accounts::Tokens;
use store::storage::{Database, StoreError};

/// What happens, for those who watch.
#[derive(Debug, Clone)]
pub enum LoadRunEvent {
    /// A run began, changed or ended.
    Run(Box<LoadTestRun>),
    /// A second of it is over.
    Second(Box<Second>),
    /// It was deleted from the history.
    Deleted(String),
}

/// Receives the events; called in the order in which things happen.
pub type Publish = Arc<dyn Fn(LoadRunEvent) + Send + Sync>;

/// How long things may take.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// Time between two looks at how real players fare, and between two heartbeats to other nodes.
    pub look: Duration,
    /// How long a run may take beyond its plan: settling, leaving and closing have limits that add
    /// up to less.
    pub overtime: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            look: Duration::from_secs(1),
            overtime: Duration::from_secs(45),
        }
    }
}

/// What a node that works with others needs to follow their runs.
#[derive(Clone)]
pub struct RemoteRuns {
    /// Whether somebody here watches.
    pub watched: Arc<dyn Fn() -> bool + Send + Sync>,
    /// Told when something about load tests is in the audit log.
    pub changed: Arc<Notify>,
    /// For so long a run may be silent before its node counts as gone.
    pub patience: Duration,
}

/// What [`LoadRuns`](super::LoadRuns) depends on.
pub struct LoadRunDependencies {
    /// Limits.
    pub config: LoadRunsConfig,
    /// This node's id.
    pub node: String,
    /// `None` on a node that has the database for itself.
    pub remote_runs: Option<RemoteRuns>,
    /// Where this server listens.
    pub bound: SocketAddr,
    /// The program to start with [`COMMAND`](load_test::worker::COMMAND); `None` for this
    /// one.
    pub program: Option<PathBuf>,
    /// Signs the clients' token.
    pub tokens: Tokens,
    /// Holds the history.
    pub database: Database,
    /// Tells how long real players wait.
    pub metrics: Arc<Metrics>,
    /// How long things may take.
    pub pace: Pace,
    /// Receives what happens.
    pub publish: Publish,
}

/// Why a run was not started, stopped or deleted.
#[derive(Debug, thiserror::Error)]
pub enum LoadRunError {
    /// One is under way.
    #[error("a load test is under way")]
    Busy,
    /// There is no such run.
    #[error("there is no such load test")]
    NotFound,
    /// It is over already.
    #[error("the load test is over")]
    Over,
    /// The request asks for something that is not possible.
    #[error(transparent)]
    Request(#[from] InvalidRequest),
    /// The target may not be loaded from here.
    #[error(transparent)]
    Target(#[from] TargetError),
    /// The process could not be started.
    #[error("the process of the load test could not be started: {0}")]
    Process(#[from] std::io::Error),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
