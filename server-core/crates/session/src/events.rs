//! One connection's events, applied in order: update, leave, chat, report. Joins have a file of
//! their own.

use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;
use tokio::time::Instant;

use super::access::WorldViews;
use super::bots;
use super::connection::Connection;
use super::directory::{LookupFailed, PlayerReport, SanctionNotice, Screened};
use super::frame::Frame;
use super::inbox::{Inbound, Payload};
use super::{SessionManager, new_message, to_json};
use contract::SharedJson;
use contract::ack::{DoneAck, TicketAck, True};
use contract::events::{ClientEvent, PlayerEmoted};
use contract::payload::PlayerPatch;
use contract::{ChatMessage, PlayerId, Refusal, RefusalCode, events, payload};
use identity::Visitor;
use replication::{ChatPlacement, Notice};
use world::{ConnectionId, DetailsTooLarge, WorldError};

/// An answer whose `player` or `message` is already JSON.
#[derive(Serialize)]
struct PlayerAck<'a> {
    ok: True,
    player: &'a serde_json::value::RawValue,
}

#[derive(Serialize)]
struct MessageAck<'a> {
    ok: True,
    message: &'a serde_json::value::RawValue,
}

impl SessionManager {
    pub(super) async fn handle(&self, connection: &Arc<Connection>, event: Inbound) {
        let answer = match event.payload {
            Err(refusal) => Err(refusal),
            Ok(Payload::Patch(patch)) => self.update(connection, patch, event.ack.is_some()),
            Ok(Payload::Json(payload)) => {
                self.apply(connection, event.kind, payload.as_ref(), event.ack)
                    .await
            }
        };
        self.settle(connection, event.ack, event.received, answer);
    }

    /// Applies a `player:update`. Needs nothing that is waited for.
    pub(super) fn handle_update(&self, connection: &Arc<Connection>, event: Inbound) {
        let limits = &self.shared.settings.limits;
        let patch = event.payload.and_then(|payload| match payload {
            Payload::Patch(patch) => Ok(patch),
            Payload::Json(payload) => payload::update(payload.as_ref(), limits),
        });
        let answer = patch.and_then(|it| self.update(connection, it, event.ack.is_some()));
        self.settle(connection, event.ack, event.received, answer);
    }

    /// Sends the answer, if somebody waits for one, and notes how long it took.
    fn settle(
        &self,
        connection: &Arc<Connection>,
        ack: Option<i64>,
        received: Instant,
        answer: Result<Option<SharedJson>, Refusal>,
    ) {
        *connection.last_event.lock() = received;
        let answer = answer.unwrap_or_else(|refusal| {
            self.shared.metrics.refused(refusal.code);
            Some(to_json(&refusal))
        });
        if let (Some(id), Some(payload)) = (ack, answer) {
            self.reply(connection, Frame::Ack { id, payload });
        }
        let took = received.elapsed();
        self.shared.metrics.receipt_to_ack.record(took);
        if connection.bot {
            self.shared.metrics.receipt_to_ack_bots.record(took);
        }
    }

    /// Applies one event. `Ok(None)` when the answer was sent already or nobody waits for it.
    async fn apply(
        &self,
        connection: &Arc<Connection>,
        kind: Option<ClientEvent>,
        payload: Option<&Value>,
        ack: Option<i64>,
    ) -> Result<Option<SharedJson>, Refusal> {
        let Some(event) = kind else {
            return Err(Refusal::new(
                RefusalCode::UnknownEvent,
                "This world does not know that request.",
            ));
        };
        match event {
            // Boxed, so that an idle connection's task does not reserve room for a join.
            ClientEvent::Join => Box::pin(self.join(connection, payload, ack))
                .await
                .map(|()| None),
            ClientEvent::Update => {
                let patch = payload::update(payload, &self.shared.settings.limits)?;
                self.update(connection, patch, ack.is_some())
            }
            ClientEvent::Leave => Ok(Some(self.leave(connection))),
            ClientEvent::Resync => Ok(Some(self.show_again(connection))),
            ClientEvent::Emote => self.emote(connection, payload).map(Some),
            ClientEvent::Chat => Box::pin(self.chat(connection, payload)).await,
            ClientEvent::Report => Box::pin(self.report(connection, payload)).await,
            ClientEvent::Read => Box::pin(self.read(connection, payload)).await,
            ClientEvent::Ticket => Ok(ack.map(|_| {
                to_json(&TicketAck {
                    ok: True,
                    ticket: Self::new_ticket(connection),
                })
            })),
        }
    }

    fn update(
        &self,
        connection: &Connection,
        mut patch: PlayerPatch,
        wants_answer: bool,
    ) -> Result<Option<SharedJson>, Refusal> {
        let player = {
            let mut live = self.shared.live.lock();
            // Many clients repeat the name in every update; only a new one is looked at.
            let is_renamed = patch.name.as_deref().is_some_and(|name| {
                let held = live.world.held_by(connection.id);
                held.and_then(|id| live.world.name_of(id)) != Some(name)
            });
            if is_renamed {
                self.name_as_shown(&connection.visitor.lock(), &mut patch);
            }
            if connection.bot && connection.visitor.lock().is_service() {
                bots::keep_mark(&mut patch);
            }
            let record = live.world.update(connection.id, patch).map_err(refusal)?;
            let answer = wants_answer.then(|| record.json());
            if is_renamed {
                self.note_name(&live, connection);
            }
            answer
        };
        self.shared.metrics.updates.increment();
        self.shared.changed.notify_one();
        Ok(player.map(|player| {
            to_json(&PlayerAck {
                ok: True,
                player: &player,
            })
        }))
    }

    fn leave(&self, connection: &Connection) -> SharedJson {
        let causer = Some(connection.id);
        let slow = self.release(&mut self.shared.live.lock(), connection.id, causer);
        self.abort_slow(slow);
        to_json(&DoneAck { ok: True })
    }

    /// A client has noticed that it sees the world wrongly: it gets the whole of it.
    fn show_again(&self, connection: &Arc<Connection>) -> SharedJson {
        tracing::debug!("a client asked for the whole world again");
        let mut live = self.shared.live.lock();
        self.show_world(&mut live, connection, &mut WorldViews::default());
        to_json(&DoneAck { ok: True })
    }

    /// Other nodes decide together where a message stands between theirs, so this may wait a moment.
    async fn chat(
        &self,
        connection: &Connection,
        payload: Option<&Value>,
    ) -> Result<Option<SharedJson>, Refusal> {
        let content = payload::chat(payload, &self.shared.settings.limits)?;
        let visitor = connection.visitor.lock().clone();
        if let Some(mute) = self.shared.directory.muted(&visitor) {
            return Err(muted(mute));
        }
        let message = {
            let live = self.shared.live.lock();
            let speaker = live.world.held_by(connection.id).ok_or_else(not_joined)?;
            let author = live.world.name_of(speaker).unwrap_or_default();
            new_message(speaker.as_str(), author, content)
        };
        let screened = self.shared.directory.screen(&visitor, &message.content)?;
        if let Screened::Held(word) = screened {
            return Err(self.hold(&visitor, &message, word).await);
        }
        let json = match self.shared.hub.place_chat(&message).await {
            ChatPlacement::Here => self.put_up(&message),
            ChatPlacement::InOrder => to_json(&message),
        };
        self.shared.metrics.chat_messages.increment();
        if visitor.is_of_load_test() {
            self.shared.metrics.bot_messages.increment();
        }
        self.shared.directory.archive(&message, Some(&visitor));
        Ok(Some(to_json(&MessageAck {
            ok: True,
            message: &json,
        })))
    }

    /// A held line is answered when it lasts, and with a refusal: nobody reads it yet.
    async fn hold(&self, visitor: &Visitor, message: &ChatMessage, word: String) -> Refusal {
        let held = self.shared.directory.hold(visitor, message, word);
        match self.within_limit(held).await {
            Ok(true) => Refusal::new(
                RefusalCode::Held,
                "A moderator looks at this line first. It appears when they let it through.",
            ),
            Ok(false) => Refusal::new(
                RefusalCode::RateLimited,
                "Too many lines wait for a moderator already. Say it in other words.",
            ),
            Err(LookupFailed) => Refusal::new(
                RefusalCode::Unavailable,
                "This line cannot be kept for a moderator right now. Try again in a moment.",
            ),
        }
    }

    /// Adds a message to the history and tells everybody.
    pub(super) fn put_up(&self, message: &ChatMessage) -> SharedJson {
        let (json, slow) = {
            let mut live = self.shared.live.lock();
            let json = live.world.append_chat(message);
            let frame = Frame::event(events::CHAT_MESSAGE, json.clone());
            (json, live.broadcast(frame, None))
        };
        self.abort_slow(slow);
        json
    }

    /// Shows a feeling to everybody else, on every node. Who misses it has missed nothing.
    fn emote(
        &self,
        connection: &Connection,
        payload: Option<&Value>,
    ) -> Result<SharedJson, Refusal> {
        let name = payload::emote(payload)?;
        let muted_now = self.shared.directory.muted(&connection.visitor.lock());
        if let Some(mute) = muted_now {
            return Err(muted(mute));
        }
        let id = {
            let live = self.shared.live.lock();
            let held = live.world.held_by(connection.id);
            held.cloned().ok_or_else(not_joined)?
        };
        self.show_emote(&id, &name, Some(connection.id));
        let player = id.as_str().to_owned();
        self.publish_live(&Notice::Emoted { player, name });
        Ok(to_json(&DoneAck { ok: True }))
    }

    /// Tells everybody here but `causer` what a player shows.
    pub(super) fn show_emote(&self, id: &PlayerId, name: &str, causer: Option<ConnectionId>) {
        let payload = to_json(&PlayerEmoted { id, name });
        let frame = Frame::event(events::PLAYER_EMOTED, payload);
        let slow = self.shared.live.lock().broadcast(frame, causer);
        self.abort_slow(slow);
    }

    /// A report is answered when it lasts.
    async fn report(
        &self,
        connection: &Connection,
        payload: Option<&Value>,
    ) -> Result<Option<SharedJson>, Refusal> {
        let report = payload::report(payload, &self.shared.settings.limits)?;
        let (reporter, target) = {
            let live = self.shared.live.lock();
            let reporter = live.world.held_by(connection.id).cloned();
            let reporter = reporter.ok_or_else(not_joined)?;
            (live.party(reporter), live.party(report.player_id))
        };
        let report = PlayerReport {
            reporter,
            target,
            reason: report.reason,
        };
        let kept = self.shared.directory.report(report);
        match self.within_limit(kept).await {
            Ok(true) => {
                self.shared.metrics.reports.increment();
                Ok(Some(to_json(&DoneAck { ok: True })))
            }
            Ok(false) => Err(Refusal::new(
                RefusalCode::RateLimited,
                "There are too many reports from you already. A moderator will look at them.",
            )),
            Err(LookupFailed) => Err(Refusal::new(
                RefusalCode::Unavailable,
                "Your report cannot be kept right now. Try again in a moment.",
            )),
        }
    }

    /// The answer says that it is stored: a moderator reads it as a fact.
    async fn read(
        &self,
        connection: &Connection,
        payload: Option<&Value>,
    ) -> Result<Option<SharedJson>, Refusal> {
        let id = payload::read(payload)?;
        let visitor = connection.visitor.lock().clone();
        let noted = self.shared.directory.read(&visitor, &id);
        self.within_limit(noted).await.map_err(|_| {
            Refusal::new(
                RefusalCode::Unavailable,
                "This cannot be noted right now. Try again in a moment.",
            )
        })?;
        Ok(Some(to_json(&DoneAck { ok: True })))
    }

    /// Sends one client an answer.
    pub(super) fn reply(&self, connection: &Arc<Connection>, frame: Frame) {
        match connection.answer(frame) {
            Ok(pumped) => self.count(pumped),
            Err(_) => self.abort_slow(vec![connection.clone()]),
        }
    }
}

fn muted(mute: SanctionNotice) -> Refusal {
    let sentence = "You cannot speak right now.";
    Refusal::by_moderator(RefusalCode::Muted, sentence, mute.reason, mute.until)
}

pub(super) fn not_joined() -> Refusal {
    Refusal::new(RefusalCode::NotJoined, "Join the world first.")
}

pub(super) fn refusal(error: WorldError) -> Refusal {
    match error {
        WorldError::NotJoined => not_joined(),
        WorldError::Stale => Refusal::new(
            RefusalCode::IdInUse,
            "You came in from another window meanwhile.",
        ),
        WorldError::Details(error) => too_large(error),
    }
}

pub(super) fn too_large(_: DetailsTooLarge) -> Refusal {
    Refusal::new(
        RefusalCode::MetadataTooLarge,
        "The player carries too many details.",
    )
}
