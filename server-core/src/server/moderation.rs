//! Puts moderation together.

use std::sync::Arc;
use std::time::Duration;

use super::opening::OpenStores;
use crate::config::Config;
use crate::discovery::Entrance;
use crate::feed::{
    Feed, FeedActivity, FeedDependencies, LinksSource, Seats, ServerStatus, StatusSource,
};
use crate::hooks::Hooks;
use crate::http::health::Health;
use crate::load_runs::{LoadRunDependencies, LoadRunEvent, LoadRuns, Pace, RemoteRuns};
use crate::moderation::{Moderation, ModerationDependencies, ReportLimits, views};
use crate::request::client_address::AddressPolicy;
use crate::roster::Roster;
use contract::MessageId;
use contract::admin::node::ServerState;
use contract::admin::{Cluster, NodeInfo};
use contract::health::{HealthStatus, Phase};
use contract::nodes::LinkState;
use contract::rest::ArchivedMessage;
use metrics::Metrics;
use replication::NodeSeen;
use runtime::clock::{iso, now_ms};
use session::SessionManager;
use store::accounts::Accounts;
use store::chronicle::Chronicle;
use store::storage::StoreError;

/// A node whose load test is silent for so many leases counts as gone.
const PATIENCE_LEASES: u32 = 2;
/// A load test is heard of once a second, however short the lease of a node is.
const SHORTEST_LEASE: Duration = Duration::from_secs(3);

/// What moderation is wired to.
pub(super) struct Wiring<'a> {
    pub(super) config: &'a Config,
    pub(super) entrance: &'a Entrance,
    pub(super) opened: &'a OpenStores,
    pub(super) sessions: &'a SessionManager,
    pub(super) metrics: &'a Arc<Metrics>,
    pub(super) health: &'a Health,
    pub(super) addresses: &'a AddressPolicy,
    pub(super) activity: FeedActivity,
    pub(super) removed: Vec<MessageId>,
}

impl Wiring<'_> {
    pub(super) fn moderation(&self) -> Moderation {
        // New at every start: a session of an earlier run must never be mistaken for one of this.
        let node: Arc<str> = self
            .sessions
            .node()
            .map_or_else(node_id, str::to_owned)
            .into();
        let status = self.status(&node);
        let chronicle = Chronicle::new(self.opened.database.clone(), node.clone());
        let seen = status.clone();
        let roster = Roster::new(
            node,
            self.sessions.clone(),
            self.opened.records.clone(),
            Arc::new(move || {
                let ServerStatus { cluster, nodes, .. } = seen();
                (cluster, nodes)
            }),
        );
        let feed = Feed::new(FeedDependencies {
            roster: roster.clone(),
            started_at: iso(now_ms()),
            accounts: self.opened.accounts.clone(),
            records: self.opened.records.clone(),
            settings: self.opened.settings.clone(),
            metrics: self.metrics.clone(),
            status,
            links: self.links(),
            chronicle,
            activity: self.activity.clone(),
            seats: Seats {
                total: self.config.rates.feeds,
                per_person: self.config.rates.feeds_per_person,
            },
            outbox_bytes: self.config.session.outbox_bytes,
            slow_timeout: self.config.session.slow_consumer_timeout,
        });
        let addresses = self.addresses.clone();
        Moderation::new(ModerationDependencies {
            roster,
            accounts: self.opened.accounts.clone(),
            records: self.opened.records.clone(),
            settings: self.opened.settings.clone(),
            sessions: self.sessions.clone(),
            feed,
            hooks: Hooks::new(&self.opened.database, &self.config.hooks),
            report_limits: ReportLimits::of(&self.config.rates),
            announcements: self.config.rates.announcements,
            exempt: Arc::new(move |block| addresses.trusts_within(block)),
            removed: self.removed.clone(),
        })
    }

    /// The load tests, of which the feed tells.
    pub(super) async fn load_runs(&self, moderation: &Moderation) -> Result<LoadRuns, StoreError> {
        let (activity, watched) = (self.activity.clone(), self.activity.clone());
        let remote_runs = self.sessions.node().map(|_| RemoteRuns {
            watched: Arc::new(move || watched.is_watched()),
            changed: self.activity.load_tests_changed(),
            patience: PATIENCE_LEASES * self.config.replication.lease.max(SHORTEST_LEASE),
        });
        LoadRuns::open(LoadRunDependencies {
            config: self.config.load_runs.clone(),
            node: moderation.node().to_string(),
            remote_runs,
            bound: self.entrance.bound,
            program: None,
            tokens: self.opened.accounts.tokens().clone(),
            database: self.opened.database.clone(),
            metrics: self.metrics.clone(),
            pace: Pace::default(),
            publish: Arc::new(move |event| match event {
                LoadRunEvent::Run(run) => activity.load_test(&run),
                LoadRunEvent::Second(second) => activity.load_test_second(*second),
                LoadRunEvent::Deleted(id) => activity.load_test_deleted(&id),
            }),
        })
        .await
    }

    /// How this server is, and the nodes it works with.
    fn status(&self, node: &Arc<str>) -> StatusSource {
        let (health, sessions) = (self.health.clone(), self.sessions.clone());
        let (node, address) = (node.to_string(), self.entrance.bound.to_string());
        Arc::new(move || {
            let body = health.body();
            let failing = body
                .checks
                .iter()
                .filter(|(_, status)| **status != HealthStatus::Ok);
            ServerStatus {
                state: match body.phase {
                    Phase::Draining => ServerState::Draining,
                    Phase::Starting | Phase::Ready => ServerState::Running,
                },
                health: body.status,
                reasons: failing
                    .map(|(name, _)| reason(name))
                    .chain(body.replication.reason.clone())
                    .collect(),
                cluster: cluster_of(body.replication.state),
                nodes: nodes_of(&sessions, &node, &address),
            }
        })
    }

    fn links(&self) -> LinksSource {
        let entrance = self.entrance.clone();
        Arc::new(move || entrance.for_players())
    }
}

/// What the feed shows from before this start.
pub(super) async fn begin(
    activity: &FeedActivity,
    accounts: &Accounts,
    history: &[ArchivedMessage],
) -> Result<(), StoreError> {
    activity.begin(history.to_vec(), views::recent_actions(accounts).await?);
    Ok(())
}

fn cluster_of(link: LinkState) -> Cluster {
    match link {
        LinkState::Standalone => Cluster::Standalone,
        LinkState::Healthy => Cluster::Healthy,
        LinkState::Resyncing => Cluster::Resyncing,
        LinkState::Degraded => Cluster::Degraded,
    }
}

/// This node first. As long as no other was seen it stands alone in the list.
fn nodes_of(sessions: &SessionManager, own: &str, address: &str) -> Vec<NodeInfo> {
    let mut nodes: Vec<NodeInfo> = sessions
        .nodes()
        .into_iter()
        .map(
            |NodeSeen {
                 descriptor,
                 age,
                 silent,
             }| NodeInfo {
                is_self: descriptor.id == own,
                // Without a link it hears not even itself, and yet it is the one that answers.
                silent: silent && descriptor.id != own,
                id: descriptor.id,
                address: Some(descriptor.address),
                players: descriptor.players,
                lease_age_ms: Some(age.as_secs_f64() * 1000.0),
                lag_ms: Some(descriptor.lag_ms as f64),
                version: descriptor.version,
            },
        )
        .collect();
    if !nodes.iter().any(|node| node.is_self) {
        nodes.push(NodeInfo {
            id: own.to_owned(),
            address: Some(address.to_owned()),
            players: sessions.population().0 as u64,
            lease_age_ms: None,
            silent: false,
            lag_ms: None,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            is_self: true,
        });
    }
    nodes.sort_by(|a, b| b.is_self.cmp(&a.is_self).then_with(|| a.id.cmp(&b.id)));
    nodes
}

fn node_id() -> String {
    let id = uuid::Uuid::new_v4().simple().to_string();
    id.get(..8).unwrap_or(&id).to_owned()
}

fn reason(check: &str) -> String {
    match check {
        "database" => {
            "The database does not answer. Chat is kept in memory until it does.".to_owned()
        }
        "certificate" => {
            "Browsers do not accept the certificate, or a new one cannot be used: the log says what to do."
                .to_owned()
        }
        "neighbours" => {
            "Another server uses the same database and knows nothing of this one: a ban on one does not hold on the other. The log says what to do."
                .to_owned()
        }
        other => format!("{other} does not work as it should."),
    }
}
