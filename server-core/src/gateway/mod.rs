//! Socket.IO: handshakes in, events in, frames out.
//!
//! Socket handlers only queue, synchronously: asynchronous handlers of one socket overtake each
//! other. They are registered in the namespace's connect middleware, because events that follow
//! CONNECT at once would be lost by handlers registered later. Nothing here decides who may do
//! what; the session manager does.

pub mod adapter;
mod admin;
mod connected;
mod connects;
mod engine;
mod handshake;
mod inbound;
mod link;
mod strays;
mod wire;

use std::sync::Arc;

use socketioxide::extract::{SocketRef, TryData};
use socketioxide::handler::ConnectHandler;
use socketioxide::{ParserConfig, SocketIo};
use tokio::time::Instant;

use crate::config::Config;
pub use adapter::Adapter;
pub use admin::AdminNamespace;
use connected::ConnectedSocket;
use connects::Connects;
use contract::batch::UpdateForm;
use contract::events;
use engine::Resumption;
pub use engine::{Engine, serve};
pub use handshake::{Handshakes, guard};
use inbound::EventReader;
#[doc(hidden)]
pub use inbound::fuzz_event;
use link::{LinkSettings, SocketLink};
use session::SessionManager;
pub use strays::Strays;

/// The path of the Engine.IO endpoint.
pub const PATH: &str = "/socket.io";

/// The `auth` object of a CONNECT, as far as it can be used.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Auth {
    /// A login token.
    pub token: Option<String>,
    /// A signed guest secret.
    pub guest_token: Option<String>,
    /// In which form the client reads updates.
    pub updates: UpdateForm,
    /// Whether the client reads announcements in the chat.
    pub log: bool,
    /// Whether the client wants no world in the answer to its join.
    pub lean: bool,
    /// Whether the client reads packed events.
    pub packed: bool,
    /// The join PIN.
    pub pin: Option<String>,
    /// Marks a client of a load test.
    pub run_token: Option<String>,
}

/// Longest PIN that can be right, in bytes; see the setting `JOIN_PIN`.
const MAX_PIN_BYTES: usize = 128;

impl Auth {
    fn read(value: &serde_json::Value) -> Self {
        let text = |key: &str| value.get(key)?.as_str().map(str::to_owned);
        let features = value.get("features").and_then(serde_json::Value::as_array);
        let words = || {
            features
                .into_iter()
                .flatten()
                .filter_map(serde_json::Value::as_str)
        };
        Self {
            token: text("token"),
            guest_token: text("guestToken"),
            updates: UpdateForm::of(words()),
            log: words().any(|it| it == events::FEATURE_LOG),
            lean: words().any(|it| it == events::FEATURE_LEAN),
            packed: words().any(|it| it == events::FEATURE_PACKED),
            pin: text("pin").filter(|pin| pin.len() <= MAX_PIN_BYTES),
            run_token: text("runToken"),
        }
    }
}

/// Builds Socket.IO over `sessions`, and settles who opens a socket by `handshakes`.
#[must_use]
pub async fn engine(
    config: &Config,
    sessions: SessionManager,
    handshakes: Arc<Handshakes>,
    administration: AdminNamespace,
) -> Engine {
    let (library, io) = builder(config, &sessions).build_svc();
    // Handlers must be in place before CONNECT is answered, so the middleware registers them and
    // leaves the session on the socket for the connect handler to start.
    let engine = Engine::new(library, &config.listen, handshakes.accounts.clone());
    administration.serve(&io, config.listen.direct_frames).await;
    let limit = config.session.join_lookup_timeout;
    let open = move |socket: SocketRef<Adapter>, TryData(auth): TryData<serde_json::Value>| {
        let (handshakes, sessions) = (handshakes.clone(), sessions.clone());
        async move {
            if let Some(resident) = Resumption::take(socket.req_parts()) {
                resident.enter(&socket);
                link::hold_answer(&socket);
                return Ok(());
            }
            let counted = Connects::count(socket.req_parts(), Instant::now());
            if counted.is_ok() {
                let auth = auth.as_ref().map(Auth::read).unwrap_or_default();
                let accounts = &handshakes.accounts;
                let identified = handshake::identify(accounts, socket.req_parts(), &auth, limit);
                let (visitor, unproven) = identified.await;
                let session = Arc::new(sessions.open(visitor));
                if let Some(token) = unproven {
                    session.prove_later(token);
                }
                EventReader::new(session).enter(&socket);
            }
            link::hold_answer(&socket);
            counted
        }
    };
    // The rest of the library's channel is kept for the heartbeat, which ends a connection when it
    // finds no room.
    let settings = LinkSettings {
        packet_limit: config.session.channel_packets.saturating_sub(32).max(8),
        direct_frames: config.listen.direct_frames,
    };
    let start = move |socket: ConnectedSocket| {
        if let Some(reader) = socket.0.extensions.remove::<EventReader>()
            && !reader.goes_on(&socket)
            && let Some(link) = SocketLink::new(&socket, settings, Some(reader.texts()))
        {
            let (session, link) = (reader.session(), Arc::new(link));
            link.listen(Arc::downgrade(session) as _);
            reader.link_by(link.clone());
            link.settle(reader.resident());
            session.start(link);
        }
        async {}
    };
    if let Err(error) = io.ns("/", start.with(open)).await {
        // Only a driver that fails or a path with a `#` could make this happen.
        tracing::error!(%error, "the default namespace is without its adapter");
    }
    engine
}

fn builder(config: &Config, sessions: &SessionManager) -> socketioxide::SocketIoBuilder<Adapter> {
    let listen = &config.listen;
    let (driver, prefix) = sessions.adapter();
    SocketIo::builder()
        .with_adapter::<Adapter>(adapter::constructor(driver, prefix))
        .req_path(PATH)
        .ping_interval(listen.ping_interval)
        .ping_timeout(listen.ping_timeout)
        .connect_timeout(listen.connect_timeout)
        .max_buffer_size(config.session.channel_packets)
        .max_payload(listen.max_message_bytes as u64)
        .ws_max_message_size(listen.max_message_bytes)
        .ws_max_frame_size(listen.max_message_bytes)
        // A joined client sends little; a large buffer per connection is memory for nothing.
        .ws_read_buffer_size(512)
        .with_parser(ParserConfig::common().max_incoming_binaries(1))
}
