//! The namespace `/admin`: who may look, what they ask, and the link of the live feed.
//!
//! Refusals travel as `connect_error`; Socket.IO carries one sentence there and nothing else, so the
//! sentences are part of the contract.

use std::sync::Arc;

use serde::Deserialize;
use socketioxide::SocketIo;
use socketioxide::extract::{AckSender, SocketRef, TryData};
use socketioxide::handler::{ConnectHandler, FromMessageParts, MessageHandler};
use socketioxide::socket::Socket;
use socketioxide_core::Value;
use socketioxide_core::parser::Parse;
use socketioxide_parser_common::CommonParser;
use tokio::runtime::Handle;
use tokio::time::Instant;

use super::Auth;
use super::adapter::Adapter;
use super::connected::ConnectedSocket;
use super::connects::Connects;
use super::engine::RoomListener;
use super::link::{LinkSettings, SocketLink, hold_answer};
use crate::feed::{Feed, Viewer};
use crate::request::cookies::login_token;
use crate::request::host_guard::HostPolicy;
use contract::admin::feed::{self, FeedEvent, NAMESPACE, Refused};
use contract::admin::log::LogsRequest;
use contract::rest::Role;
use contract::{Refusal, RefusalCode};
use runtime::clock::now_ms;
use session::link::ClientLink as _;
use store::accounts::{Accounts, User};

/// Largest event a moderator's page has to send, in bytes.
const MAX_EVENT_BYTES: usize = 4096;

/// Packets that may be on their way to a watcher who polls. Few, because a state is large.
const PACKET_LIMIT: usize = 16;

/// What the namespace needs.
#[derive(Clone)]
pub struct AdminNamespace {
    /// Reads tokens.
    pub accounts: Accounts,
    /// What is shown.
    pub feed: Feed,
    /// The names under which the administration answers.
    pub hosts: HostPolicy,
}

/// A watcher between CONNECT's middleware and its handler, and its place in the feed afterwards.
struct AdmittedWatcher {
    user: User,
    token: String,
    seat: ViewerSlot,
}

/// Filled once the feed shows itself to the socket.
type ViewerSlot = Arc<std::sync::OnceLock<Arc<Viewer>>>;

impl AdminNamespace {
    pub(super) async fn serve(self, io: &SocketIo<Adapter>, direct_frames: bool) {
        let admission = self.clone();
        let open = move |socket: SocketRef<Adapter>, TryData(auth): TryData<serde_json::Value>| {
            let admission = admission.clone();
            async move {
                let auth = auth.as_ref().map(Auth::read).unwrap_or_default();
                let admitted = admission.admit(socket.req_parts(), &auth).await;
                let admitted = admitted.map(|(user, token)| {
                    let seat = ViewerSlot::default();
                    socket.on_fallback(WatcherEvents {
                        feed: admission.feed.clone(),
                        seat: Arc::new(Leaving {
                            feed: admission.feed.clone(),
                            seat: seat.clone(),
                        }),
                    });
                    socket
                        .extensions
                        .insert(Arc::new(AdmittedWatcher { user, token, seat }));
                });
                hold_answer(&socket);
                admitted
            }
        };
        let feed = self.feed;
        let settings = LinkSettings {
            packet_limit: PACKET_LIMIT,
            direct_frames,
        };
        let start = move |socket: ConnectedSocket| {
            let admitted = socket.0.extensions.remove::<Arc<AdmittedWatcher>>();
            if let (Some(admitted), Some(link)) =
                (admitted, SocketLink::new(&socket, settings, None))
            {
                let link = Arc::new(link);
                match feed.open(link.clone(), admitted.user.clone(), &admitted.token) {
                    Ok(viewer) => {
                        link.listen(Arc::downgrade(&viewer) as _);
                        drop(admitted.seat.set(viewer));
                    }
                    // The place was taken since the middleware looked.
                    Err(_) => drop(link.disconnect()),
                }
            }
            async {}
        };
        if let Err(error) = io.ns(NAMESPACE, start.with(open)).await {
            // Only a driver that fails or a path with a `#` could make this happen.
            tracing::error!(%error, "the namespace of the administration is without its adapter");
        }
    }

    /// Who may look, as the database says now.
    async fn admit(
        &self,
        request: &http::request::Parts,
        auth: &Auth,
    ) -> Result<(User, String), Refused> {
        Connects::count(request, Instant::now()).map_err(|_| Refused::Unavailable)?;
        if !self.hosts.allows_request(&request.headers, &request.uri) {
            return Err(Refused::UnknownHost);
        }
        let carried = login_token(&request.headers).map(|(token, _)| token);
        let token = auth.token.as_deref().or(carried);
        let token = token.ok_or(Refused::Unauthorized)?;
        let user = self.accounts.authenticate(token).await.map_err(|error| {
            tracing::warn!(%error, "a moderator could not be let in");
            Refused::Unavailable
        })?;
        let user = user.ok_or(Refused::Unauthorized)?;
        let now = now_ms();
        let shut_out = user.restriction(now).is_some()
            || self.accounts.bans().account(&user.id, now).is_some();
        if shut_out || user.role < Role::Viewer || !user.has_scope(feed::SCOPES) {
            return Err(Refused::Forbidden);
        }
        self.feed.seat_for(&user)?;
        Ok((user, token.to_owned()))
    }
}

/// The one handler of a watcher's events, synchronous like that of players, and like there its end is
/// that of the socket.
#[derive(Clone)]
struct WatcherEvents {
    feed: Feed,
    seat: Arc<Leaving>,
}

/// Gives the place in the feed back on drop.
struct Leaving {
    feed: Feed,
    seat: ViewerSlot,
}

impl Drop for Leaving {
    fn drop(&mut self) {
        let (Some(viewer), Ok(runtime)) = (self.seat.get().cloned(), Handle::try_current()) else {
            return;
        };
        // The last to let go of a socket may be the feed itself, in the middle of sending.
        let feed = self.feed.clone();
        runtime.spawn(async move { feed.left(&viewer) });
    }
}

impl RoomListener for Viewer {
    fn room(&self) {
        self.pump();
    }
}

impl MessageHandler<Adapter, ()> for WatcherEvents {
    fn call(&self, socket: Arc<Socket<Adapter>>, mut value: Value, ack: Option<i64>) {
        let answer = self.answer(&value);
        let Some(_) = ack else { return };
        let Ok(sender) = <AckSender<Adapter> as FromMessageParts<_>>::from_message_parts(
            &socket, &mut value, &ack,
        );
        // A watcher that is gone needs no answer.
        let _ = match answer {
            Ok(()) => sender.send(&serde_json::json!({ "ok": true })),
            Err(refusal) => sender.send(&refusal),
        };
    }
}

impl WatcherEvents {
    fn answer(&self, value: &Value) -> Result<(), Refusal> {
        let viewer = self.seat.seat.get().ok_or_else(|| {
            Refusal::new(RefusalCode::Unavailable, "The connection is still opening.")
        })?;
        let name = CommonParser.read_event(value).ok();
        match name.and_then(FeedEvent::named) {
            Some(FeedEvent::Resync) => match self.feed.resync(viewer) {
                true => Ok(()),
                false => Err(Refusal::new(
                    RefusalCode::RateLimited,
                    "That was too many in a short time. Wait a moment.",
                )),
            },
            Some(FeedEvent::Logs) => {
                let request = logs_request(value)?;
                match self.feed.follow_logs(viewer, request.level) {
                    true => Ok(()),
                    false => Err(Refusal::new(
                        RefusalCode::Forbidden,
                        "Your account may not do this.",
                    )),
                }
            }
            None => Err(Refusal::new(
                RefusalCode::UnknownEvent,
                "This server does not know that request.",
            )),
        }
    }
}

fn logs_request(value: &Value) -> Result<LogsRequest, Refusal> {
    #[derive(Deserialize)]
    struct FeedEvent(
        #[expect(dead_code, reason = "the event's name")] String,
        LogsRequest,
    );
    value
        .as_str()
        .filter(|text| text.len() <= MAX_EVENT_BYTES)
        .and_then(|text| serde_json::from_str::<FeedEvent>(text).ok())
        .map(|event| event.1)
        .ok_or_else(|| {
            Refusal::new(
                RefusalCode::InvalidPayload,
                "The level is error, warn, info, debug, trace or null.",
            )
        })
}
