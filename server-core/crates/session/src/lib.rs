//! The session manager: the one writer of the world.
//!
//! Every connection has an inbox and a task of its own ([`Connection`](connection::Connection),
//! [`inbox`]). The task does what needs waiting (look-ups, the claim), then changes the world and
//! fills outboxes under one short lock ([`live`]). A flusher turns pending updates into one frame
//! for everybody ([`flusher`]); a watchdog ends clients that take nothing ([`watchdog`]).
//!
//! Knows `contract`, `world` and `replication`, and the ground below them. Must not know Socket.IO, HTTP or a database: those
//! come in as [`ClientLink`] and [`Directory`].

mod access;
pub mod announcements;
mod binding;
mod bots;
mod config;
mod connection;
pub mod directory;
mod distance;
mod ending;
mod events;
mod flush;
mod flusher;
mod forwarding;
pub mod frame;
pub mod inbox;
mod interests;
mod join;
pub mod link;
mod live;
mod moderation;
mod naming;
pub mod outbox;
pub mod overview;
mod pacer;
mod proof;
mod rates;
mod receive;
mod replica;
#[cfg(test)]
mod scripted_client;
#[cfg(test)]
mod scripted_link;
mod sights;
mod stream;
mod tick;
mod watchdog;
mod world_access;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use parking_lot::Mutex;
use tokio::sync::{Notify, oneshot};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use contract::SharedJson;
use contract::admin::person::VisitEnd;
use contract::chat::{SYSTEM_AUTHOR, SYSTEM_PLAYER_ID};
use contract::nodes::LinkStatus;
use contract::{ChatMessage, MessageId, PayloadLimits, SpriteAtlas, WorldInfo, events as names};
use identity::Visitor;
use metrics::Metrics;
use replication::{ChannelDriver, Hub, NodeSeen, Notice};
use world::{ConnectionId, WorldState};

pub use binding::LoginProof;
pub use config::{EventRates, Rate, RateLimits, SessionConfig, WorldConfig, WorldLight};
pub use directory::{
    AvatarDefaults, Directory, PlayerReport, ReportPerson, SanctionNotice, Screened,
};
pub use ending::Closing;
pub use link::ClientLink;
pub use proof::Unproven;
pub use rates::TokenBucket;
pub use receive::SessionSocket;

use access::WorldViews;
use connection::Connection;
use frame::Frame;
use live::Live;
use outbox::Pumped;
use pacer::FlushPacer;
use rates::Budgets;
use tick::Tick;

/// The settings sessions follow.
#[derive(Debug, Clone, Default)]
pub struct SessionSettings {
    /// About the world.
    pub world: WorldConfig,
    /// Queues, ticks and time limits.
    pub session: SessionConfig,
    /// How often a client may do what.
    pub rates: RateLimits,
    /// Sizes of payloads.
    pub limits: PayloadLimits,
}

/// Handle on the session manager; cheap to clone.
#[derive(Clone)]
pub struct SessionManager {
    shared: Arc<SessionsShared>,
}

struct SessionsShared {
    settings: SessionSettings,
    // std-style short lock: held for the change and the queueing, never across an await. Taken
    // before any connection's own lock.
    live: Mutex<Live>,
    /// What everybody has left. Held to look one visitor up, when a connection opens or its account
    /// changes; taken before a connection's own locks.
    budgets: Mutex<Budgets>,
    next_connection: AtomicU64,
    hub: Hub,
    directory: Arc<dyn Directory>,
    metrics: Arc<Metrics>,
    /// There is something to flush.
    changed: Arc<Notify>,
    /// Whether events wait for the tick.
    tick: Arc<Tick>,
    /// A login was believed that has to be proven.
    unproven: Notify,
    tasks: TaskTracker,
    stop: CancellationToken,
}

impl SessionManager {
    /// Starts a session manager with an empty world, its flusher and its watchdog. Must be called
    /// inside a Tokio runtime.
    #[must_use]
    pub fn start(
        settings: SessionSettings,
        atlas: &SpriteAtlas,
        history: &[ChatMessage],
        hub: Hub,
        directory: Arc<dyn Directory>,
        metrics: Arc<Metrics>,
    ) -> Self {
        let info = WorldInfo {
            id: settings.world.id.clone(),
            name: settings.world.name.clone(),
            description: settings.world.description.clone(),
            protocol: Some(names::PROTOCOL),
            ..WorldInfo::default()
        };
        let mut world = WorldState::new(
            &info,
            atlas,
            settings.session.chat_history,
            settings.limits.clone(),
        );
        let mut known: Vec<_> = history.iter().map(|message| message.id.clone()).collect();
        for message in history {
            world.append_chat(message);
        }
        if history.is_empty() && !settings.world.greeting.is_empty() {
            let greeting = ChatMessage {
                // Nodes that start an empty world at the same time mean the same line.
                id: MessageId(format!("greeting-{}", settings.world.id)),
                ..new_message(
                    SYSTEM_PLAYER_ID,
                    SYSTEM_AUTHOR,
                    settings.world.greeting.clone(),
                )
            };
            world.append_chat(&greeting);
            known.push(greeting.id.clone());
            directory.archive(&greeting, None);
        }
        let pacer = FlushPacer::new(
            settings.session.flush_interval,
            settings.session.flush_budget,
            Instant::now(),
        );
        let changed = Arc::new(Notify::new());
        let tick = Arc::new(Tick::new(changed.clone()));
        let manager = Self {
            shared: Arc::new(SessionsShared {
                budgets: Mutex::new(Budgets::new(&settings.rates)),
                settings,
                live: Mutex::new(Live::new(world, pacer, tick.clone())),
                next_connection: AtomicU64::new(1),
                hub,
                directory,
                metrics,
                changed,
                tick,
                unproven: Notify::new(),
                tasks: TaskTracker::new(),
                stop: CancellationToken::new(),
            }),
        };
        manager.shared.tasks.spawn(flusher::run(manager.clone()));
        manager.shared.tasks.spawn(watchdog::run(manager.clone()));
        // Ended by `close`, after the sessions: it takes their leave of the other nodes.
        manager.shared.hub.start(Arc::new(manager.clone()), known);
        manager
    }

    /// Admits a socket whose handshake is settled. Its events may be pushed at once; they are
    /// applied after [`SessionSocket::start`] brought the link.
    #[must_use]
    pub fn open(&self, visitor: Visitor) -> SessionSocket {
        let shared = &self.shared;
        let id = ConnectionId(shared.next_connection.fetch_add(1, Ordering::Relaxed));
        let now = Instant::now();
        let meter = shared.budgets.lock().meter(&visitor, now);
        let connection = Arc::new(Connection::new(
            id,
            visitor,
            meter,
            &shared.settings.session,
            now,
            shared.tick.clone(),
        ));
        let (start, started) = oneshot::channel();
        shared
            .tasks
            .spawn(self.clone().run(connection.clone(), started));
        SessionSocket::new(self.clone(), connection, start)
    }

    /// One connection's task: snapshot first, then its events in order, then its goodbye.
    async fn run(
        self,
        connection: Arc<Connection>,
        started: oneshot::Receiver<Arc<dyn ClientLink>>,
    ) {
        // The sender is dropped when the transport dies between the middleware and CONNECT.
        let Ok(link) = started.await else { return };
        connection.attach(link);
        self.apply_handshake_pin(&connection);
        self.subscribe(&connection);
        while let Some(event) = connection.inbox.pop().await {
            if !connection.has_ended() {
                // Seldom, and as large as everything a join may wait for.
                Box::pin(self.handle(&connection, event)).await;
            }
        }
        self.remove(&connection);
    }

    /// Building the snapshot, queueing it and subscribing are one step.
    fn subscribe(&self, connection: &Arc<Connection>) {
        let mut live = self.shared.live.lock();
        let inside = self.belongs_inside(&live, connection, self.shared.directory.pin().as_ref());
        connection.access.set_inside(inside);
        self.show_world(&mut live, connection, &mut WorldViews::default());
        live.subscribe(connection.clone());
        self.note_population(&live);
    }

    /// The end of a connection, however it came.
    fn remove(&self, connection: &Arc<Connection>) {
        connection.end();
        let slow = {
            let mut live = self.shared.live.lock();
            // A drained server aborts everybody, so that they come back to the next one.
            let end = match live.accepting {
                true => VisitEnd::Lost,
                false => VisitEnd::Closed,
            };
            self.note_leaving(&live, connection, end);
            live.unsubscribe(connection.id);
            self.note_population(&live);
            self.release(&mut live, connection.id, None)
        };
        connection.detach();
        self.abort_slow(slow);
    }

    /// Removes the player a connection holds and tells everybody but `causer`.
    #[must_use]
    fn release(
        &self,
        live: &mut Live,
        connection: ConnectionId,
        causer: Option<ConnectionId>,
    ) -> Vec<Arc<Connection>> {
        if let Some(holder) = live.get(connection) {
            self.note_leaving(live, holder, VisitEnd::Left);
        }
        self.flush_before_leaving(live, connection);
        let Some(released) = live.world.leave(connection) else {
            return Vec::new();
        };
        self.shared.hub.release(&released.id, released.fence);
        self.note_left(live.get(connection).is_some_and(|it| it.bot));
        self.note_population(live);
        live.announce_left(&released, causer)
    }

    /// Counts a leave; bots' are counted apart, as their joins are.
    fn note_left(&self, bot: bool) {
        if bot {
            self.shared.metrics.bot_leaves.increment();
        }
        self.shared.metrics.leaves.increment();
    }

    fn note_population(&self, live: &Live) {
        let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        self.shared
            .metrics
            .players
            .set(number(live.world.player_count()));
        self.shared
            .metrics
            .sockets
            .set(number(live.connection_count()));
    }

    /// Replaces the atlas and tells every socket, on all nodes.
    pub fn set_atlas(&self, atlas: &SpriteAtlas) {
        self.show_atlas(atlas);
        let version = atlas.version;
        self.shared.hub.publish(Notice::AtlasChanged { version });
    }

    /// Replaces the atlas and tells every socket of this node, unless it is known already.
    pub fn show_atlas(&self, atlas: &SpriteAtlas) {
        let slow = {
            let mut live = self.shared.live.lock();
            let Some(atlas) = live.world.set_atlas(atlas) else {
                return;
            };
            live.broadcast_to_all(Frame::event(names::SPRITES_ATLAS_UPDATED, atlas))
        };
        self.abort_slow(slow);
    }

    /// Tells the other nodes something that this one has acted on.
    pub fn publish(&self, notice: Notice) {
        self.shared.hub.publish(notice);
    }

    /// As [`Self::tell`], for what is good only now.
    pub fn publish_live(&self, notice: &Notice) {
        self.shared.hub.publish_live(notice);
    }

    /// This node's id among the others; `None` when there is one node.
    #[must_use]
    pub fn node(&self) -> Option<&str> {
        self.shared.hub.node()
    }

    /// Every node that is known to live; none when there is one node.
    #[must_use]
    pub fn nodes(&self) -> Vec<NodeSeen> {
        self.shared.hub.nodes()
    }

    /// How the Socket.IO adapter reaches other nodes; see [`Hub::adapter`].
    #[must_use]
    pub fn adapter(&self) -> (ChannelDriver, String) {
        self.shared.hub.adapter()
    }

    /// How well this node is linked with the others.
    #[must_use]
    pub fn link_status(&self) -> LinkStatus {
        self.shared.hub.status()
    }

    /// Waits until this node has tried to link with the others; alone, not at all.
    pub async fn link_attempted(&self) {
        self.shared.hub.first_attempt().await;
    }

    fn count(&self, pumped: Pumped) {
        let metrics = &self.shared.metrics;
        metrics.deliveries.add(pumped.delivered);
        metrics.coalesced.add(pumped.coalesced);
        metrics.full_channels.add(pumped.blocked);
    }

    /// Players in the world and sockets that hear of it.
    #[must_use]
    pub fn population(&self) -> (usize, usize) {
        let live = self.shared.live.lock();
        (live.world.player_count(), live.connection_count())
    }
}

/// A message as it will be stored and sent; the id grows with time.
fn new_message(player_id: &str, author: &str, content: String) -> ChatMessage {
    ChatMessage {
        id: MessageId(uuid::Uuid::now_v7().to_string()),
        player_id: player_id.to_owned(),
        author: author.to_owned(),
        content,
        timestamp: chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Millis, true),
    }
}

/// Serialises a value of the contract.
#[expect(
    clippy::expect_used,
    reason = "contract types hold only string keys and finite numbers, which always serialise"
)]
pub fn to_json<T: serde::Serialize>(value: &T) -> SharedJson {
    Arc::from(serde_json::value::to_raw_value(value).expect("contract types serialise"))
}
