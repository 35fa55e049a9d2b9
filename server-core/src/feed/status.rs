//! What the feed says about the server itself.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::FeedDependencies;
use crate::live_settings::LiveSettings;
use contract::admin::node::ServerState;
use contract::admin::{Cluster, NodeInfo, ServerInfo};
use contract::health::HealthStatus;
use runtime::clock::now_ms;
use store::records::Pins;

/// How long the list of links is believed; a laptop changes networks.
const LINKS_FRESH: Duration = Duration::from_secs(10);

/// How a server is at one moment, as its composition root knows it.
#[derive(Debug, Clone, PartialEq)]
pub struct ServerStatus {
    /// Whether it takes players.
    pub state: ServerState,
    /// The worst of all checks.
    pub health: HealthStatus,
    /// Why it is degraded, as sentences.
    pub reasons: Vec<String>,
    /// How it stands to other nodes.
    pub cluster: Cluster,
    /// All nodes, this one first.
    pub nodes: Vec<NodeInfo>,
}

/// Asked once a second while somebody watches; answers from memory, never waits.
pub type StatusSource = Arc<dyn Fn() -> ServerStatus + Send + Sync>;
/// Asked every few seconds while somebody watches: the addresses to hand to players, best first.
pub type LinksSource = Arc<dyn Fn() -> Vec<String> + Send + Sync>;

/// Puts [`ServerInfo`] together.
pub(super) struct Monitor {
    node: Arc<str>,
    started_at: String,
    settings: LiveSettings,
    pins: Pins,
    status: StatusSource,
    links: LinksSource,
    fresh: Option<(Instant, Vec<String>)>,
}

impl Monitor {
    pub(super) fn new(parts: &FeedDependencies) -> Self {
        Self {
            node: parts.roster.node().clone(),
            started_at: parts.started_at.clone(),
            settings: parts.settings.clone(),
            pins: parts.records.pins.clone(),
            status: parts.status.clone(),
            links: parts.links.clone(),
            fresh: None,
        }
    }

    pub(super) fn look(&mut self) -> (ServerInfo, Vec<NodeInfo>) {
        let status = (self.status)();
        let in_force = self.settings.now();
        let server = ServerInfo {
            name: in_force.world.name.clone(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            node: self.node.to_string(),
            started_at: self.started_at.clone(),
            state: status.state,
            health: status.health,
            reasons: status.reasons,
            cluster: status.cluster,
            links: self.links(),
            pin_required: in_force.world.join_pin.is_some(),
            world: in_force.world_info(),
            reason_templates: in_force.reasons.clone(),
            slow_mode_seconds: in_force.conversation.slow_mode_seconds,
            unwanted_words: in_force.words.len().try_into().unwrap_or(u32::MAX),
            holds_lines: in_force.conversation.holds_lines(),
            pinned: self.pins.standing(now_ms()).map(|pin| pin.view()),
        };
        (server, status.nodes)
    }

    fn links(&mut self) -> Vec<String> {
        let fresh = self
            .fresh
            .take()
            .filter(|(at, _)| at.elapsed() < LINKS_FRESH);
        let (at, links) = fresh.unwrap_or_else(|| (Instant::now(), (self.links)()));
        self.fresh = Some((at, links.clone()));
        links
    }
}
