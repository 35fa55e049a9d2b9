//! Load tests that hosts start from the administration.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::action::{ActionEntry, Actor};
use crate::load_test::{CrowdBody, CrowdPlan, LoadTestReport, Mode, Second};

/// How a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LoadTestState {
    /// Its clients are on their way or there.
    Running,
    /// Told to end; the clients leave.
    Stopping,
    /// It took as long as planned.
    Completed,
    /// It ended early: somebody stopped it, or it stopped itself. `why` says it.
    Stopped,
    /// It ended without being asked to. `why` says it.
    Failed,
}

impl LoadTestState {
    /// The word in the database and on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Stopping => "stopping",
            Self::Completed => "completed",
            Self::Stopped => "stopped",
            Self::Failed => "failed",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [
            Self::Running,
            Self::Stopping,
            Self::Completed,
            Self::Stopped,
            Self::Failed,
        ]
        .into_iter()
        .find(|state| state.as_str() == text)
    }

    /// Whether nothing more will come.
    #[must_use]
    pub fn is_over(self) -> bool {
        !matches!(self, Self::Running | Self::Stopping)
    }
}

/// Why a run ended other than planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LoadTestWhyCode {
    /// A host stopped it.
    StoppedByHost,
    /// It stopped itself because real players waited too long for answers.
    PlayersSuffered,
    /// Every client lost its connection.
    TargetLost,
    /// The server that led it was closed, or is gone.
    ServerClosed,
    /// The node that led it could not reach the database for so long that others took it for gone.
    LostTouch,
    /// Its process ended without a report.
    ProcessDied,
    /// It did not end when it should have.
    Overdue,
    /// Not even the first client could connect.
    CouldNotStart,
}

/// What kept the first client from connecting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LoadTestObstacle {
    /// The address cannot be used.
    BadUrl,
    /// https, and this machine cannot check certificates.
    NoCertificates,
    /// https, and no agreement with the other side.
    NoTls,
    /// The name does not resolve.
    UnknownHost,
    /// Nothing answers there.
    Unreachable,
    /// This machine allows too few open files.
    TooManyFiles,
    /// What answers is no Socket.IO server.
    NotSocketIo,
    /// The server does not want this client.
    Refused,
    /// No answer in time.
    TimedOut,
}

/// Why a run ended other than planned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LoadTestWhy {
    /// For programs.
    pub code: LoadTestWhyCode,
    /// A sentence.
    pub message: String,
    /// With `could-not-start`: what was in the way, where that is known.
    #[serde(default)]
    pub obstacle: Option<LoadTestObstacle>,
    /// With `players-suffered`: within so many milliseconds 95 % of real players got their answers.
    pub ack_p95_ms: Option<f64>,
    /// With `players-suffered`: the limit of that.
    pub max_ack_ms: Option<u64>,
}

impl LoadTestWhy {
    /// A reason without numbers.
    #[must_use]
    pub fn new(code: LoadTestWhyCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            obstacle: None,
            ack_p95_ms: None,
            max_ack_ms: None,
        }
    }
}

/// What a run was asked to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LoadTestPlan {
    /// The server that is loaded.
    pub target_url: String,
    /// Whether that is the server that was asked.
    pub own: bool,
    /// Clients in total.
    pub clients: u32,
    /// Length in milliseconds.
    pub duration_ms: u64,
    /// Milliseconds between two updates of one client.
    pub update_interval_ms: u64,
    /// Milliseconds between two new clients.
    pub spawn_interval_ms: u64,
    /// Milliseconds between two chat messages of one client; 0 for none.
    pub chat_interval_ms: u64,
    /// How the clients receive.
    pub mode: Mode,
    /// One update in this many asks for an ack.
    pub ack_every: u64,
    /// How the crowd comes in, where it stands, and how it behaves.
    #[serde(default)]
    pub crowd: CrowdPlan,
}

/// The numbers of a run that its line in the history shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LoadTestFigures {
    /// Whether the numbers say something about the server.
    pub valid: bool,
    /// Clients that joined.
    pub joined: u64,
    /// Deliveries per second while all clients were in.
    pub delivered_per_second: f64,
    /// Share of the due deliveries that arrived as such, in percent.
    pub delivered_percent: Option<f64>,
    /// 95 % of the joins took at most so long, in milliseconds.
    pub join_p95_ms: Option<f64>,
    /// 95 % of the acks of updates took at most so long, in milliseconds.
    pub update_p95_ms: Option<f64>,
    /// Half of the updates were with the others after so long, in milliseconds.
    pub fanout_p50_ms: Option<f64>,
    /// 95 % were.
    pub fanout_p95_ms: Option<f64>,
    /// 99 % were.
    pub fanout_p99_ms: Option<f64>,
    /// Errors of any kind.
    pub errors: u64,
    /// Share of one core the server used, in percent.
    pub server_cpu_percent: Option<f64>,
    /// Microseconds of the server's processor time per delivered update.
    pub cpu_us_per_delivery: Option<f64>,
    /// 99 % of the clients were in so long after they began to connect, in milliseconds.
    #[serde(default)]
    pub arrival_p99_ms: Option<f64>,
    /// 99 % of the updates of near players were there after so long, in milliseconds.
    #[serde(default)]
    pub near_p99_ms: Option<f64>,
    /// 99 % of those of far players were.
    #[serde(default)]
    pub far_p99_ms: Option<f64>,
    /// Payload bytes received per delivered update.
    #[serde(default)]
    pub bytes_per_step: Option<f64>,
    /// Payload bytes received per second and client.
    #[serde(default)]
    pub bytes_per_client: Option<f64>,
}

/// One run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LoadTestRun {
    /// A UUID.
    pub id: String,
    /// The node that leads or led it, as in the list of nodes; `null` for runs of old versions.
    pub node: Option<String>,
    /// How it is.
    pub state: LoadTestState,
    /// Why it ended as it did; `null` when it did what was planned.
    pub why: Option<LoadTestWhy>,
    /// Who started it.
    pub started_by: Actor,
    /// ISO 8601.
    pub started_at: String,
    /// ISO 8601.
    pub ended_at: Option<String>,
    /// What was asked for.
    pub plan: LoadTestPlan,
    /// What came of it; `null` while it runs, or without a report.
    pub figures: Option<LoadTestFigures>,
}

/// `GET /admin/load-tests`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LoadTestList {
    /// How many there are.
    pub total: u64,
    /// The page size in force.
    pub limit: u32,
    /// How many were skipped.
    pub offset: u32,
    /// Newest first; one that is under way as well.
    pub runs: Vec<LoadTestRun>,
    /// What a new one may be.
    pub terms: LoadTestTerms,
}

/// What a new run may be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LoadTestTerms {
    /// Where this server is loaded when no address is given.
    pub own_url: String,
    /// Most clients.
    pub max_clients: u32,
    /// Longest run in milliseconds.
    pub max_duration_ms: u64,
    /// The run stops itself when 95 % of real players' answers take longer than so many
    /// milliseconds; `null` when it does not.
    pub max_ack_ms: Option<u64>,
}

/// `GET /admin/load-tests/{id}`: the whole of it, or so far.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct LoadTestDetail {
    /// The run.
    pub run: LoadTestRun,
    /// One for each second, oldest first.
    pub seconds: Vec<Second>,
    /// The whole report, without the seconds; `null` while it runs, or when there is none.
    pub report: Option<LoadTestReport>,
}

/// Body of `POST /admin/load-tests`. What is left out has the default of the command line.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct LoadTestBody {
    /// Another server at a private address; this one when left out or blank.
    pub target_url: Option<String>,
    /// Clients in total.
    pub clients: Option<u32>,
    /// Length in milliseconds.
    pub duration_ms: Option<u64>,
    /// Milliseconds between two updates of one client.
    pub update_interval_ms: Option<u64>,
    /// Milliseconds between two new clients.
    pub spawn_interval_ms: Option<u64>,
    /// Milliseconds between two chat messages of one client; 0 for none.
    pub chat_interval_ms: Option<u64>,
    /// How the clients receive.
    pub mode: Option<Mode>,
    /// One update in this many asks for an ack.
    pub ack_every: Option<u64>,
    /// How the crowd comes in, where it stands, and how it behaves.
    pub crowd: Option<CrowdBody>,
}

/// Answer to starting or stopping a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LoadTestAnswer {
    /// The line in the audit log.
    pub action: ActionEntry,
    /// The run.
    pub run: LoadTestRun,
}
