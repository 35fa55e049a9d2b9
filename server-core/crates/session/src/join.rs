//! `player:join`: who may be whom, the avatar's look, the claim, and the new player.

use std::future::Future;
use std::sync::Arc;

use serde_json::Value;
use tokio::time::{Instant, timeout};

use super::SessionManager;
use super::bots;
use super::connection::Connection;
use super::directory::{AvatarDefaults, LookupFailed};
use super::events::{refusal, too_large};
use super::frame::{Frame, JoinAnswer};
use super::live::Live;
use contract::SharedJson;
use contract::admin::person::VisitEnd;
use contract::payload::{self, JoinRequest, PlayerPatch};
use contract::player::{APPEARANCE, APPEARANCE_LAYERS};
use contract::{
    Metadata, Player, PlayerId, Refusal, RefusalCode, SessionTerminated, StaffRole,
    TerminationCode, events,
};
use identity::Network;
use identity::Visitor;
use replication::{Claimed, Owner, Proof};
use world::{Holder, WorldError, new_player};

impl SessionManager {
    /// Joins, or refuses and changes nothing. The answer is queued together with the change, so
    /// that its snapshot and the events after it fit without a gap.
    pub(super) async fn join(
        &self,
        connection: &Arc<Connection>,
        payload: Option<&Value>,
        ack: Option<i64>,
    ) -> Result<(), Refusal> {
        let mut request = payload::join(payload, &self.shared.settings.limits)?;
        let visitor = connection.visitor.lock().clone();
        self.check_identity(&visitor, &mut request).await?;
        let id = &request.player_id;
        self.check_open(&self.shared.live.lock(), connection, &visitor, id)?;
        self.require_access(connection, &visitor, request.pin.as_deref())?;
        let is_refresh =
            self.shared.live.lock().world.held_by(connection.id) == Some(&request.player_id);
        let look = self.look_up(request.avatar_id.as_deref()).await;
        let mut patch = enriched(&request.patch, look);
        if visitor.is_service() {
            bots::mark(&mut patch);
            bots::mark(&mut request.patch);
        }

        if is_refresh {
            self.name_as_shown(&visitor, &mut patch);
            self.name_as_shown(&visitor, &mut request.patch);
            return self.refresh(connection, &visitor, request, patch, ack);
        }
        // An avatar's look never makes a join fail that would succeed without it.
        let limits = &self.shared.settings.limits;
        let mut player = new_player(request.player_id.clone(), patch, limits)
            .or_else(|_| new_player(request.player_id, request.patch, limits))
            .map_err(too_large)?;
        // The whole name, since an avatar's or the default one may be somebody's, too.
        if let Some(name) = self.shown_name(&visitor, &player.name) {
            player.name = name;
        }
        let fence = match self.shared.hub.claim(&player, &proof(&visitor)).await {
            Claimed::Granted { fence } => fence,
            Claimed::InUse => {
                return Err(Refusal::new(
                    RefusalCode::IdInUse,
                    "Somebody else is here under this id. Choose another one.",
                ));
            }
        };
        self.enter(connection, &visitor, player, fence, ack)
    }

    /// Puts the claimed player into the world and tells everybody.
    fn enter(
        &self,
        connection: &Arc<Connection>,
        visitor: &Visitor,
        player: Player,
        fence: u64,
        ack: Option<i64>,
    ) -> Result<(), Refusal> {
        let id = player.id.clone();
        let (evicted, slow) = {
            let mut live = self.shared.live.lock();
            // Once more: the last place may be gone since, or the world closing.
            self.check_open(&live, connection, visitor, &id)
                .inspect_err(|_| self.shared.hub.release(&id, fence))?;
            let holder = Holder {
                connection: Some(connection.id),
                fence,
            };
            // Whoever it was until now leaves by this.
            self.flush_before_leaving(&mut live, connection.id);
            let joined = match live.world.join(player, holder) {
                Ok(joined) => joined,
                Err(error) => {
                    drop(live);
                    return Err(self.overtaken(connection, &id, fence, error));
                }
            };
            let mut slow = Vec::new();
            if let Some(released) = &joined.released {
                self.shared.hub.release(&released.id, released.fence);
                self.note_left(connection.bot);
                slow.extend(live.announce_left(released, Some(connection.id)));
            }
            let evicted = joined.evicted.and_then(|id| live.get(id)).cloned();
            let frame = Frame::about(events::PLAYER_JOINED, joined.player.clone(), id.clone());
            // The evicted connection is told why its session ends, not who came.
            if let Some(evicted) = &evicted {
                live.unsubscribe(evicted.id);
            }
            slow.extend(live.broadcast(frame, Some(connection.id)));
            // Who was let in by a token's signature alone has no name yet, and no role either.
            let known = visitor.account.as_ref();
            if let Some(account) = known.filter(|account| !account.username.is_empty()) {
                live.world.note_staff(&id, StaffRole::of(account.role));
            }
            slow.extend(live.announce_staff());
            if let Some(player) = live.world.player(&id) {
                if let Some(evicted) = &evicted {
                    self.note_visit(evicted, player, VisitEnd::Elsewhere);
                }
                self.shared.directory.seen(visitor, player);
            }
            self.answer(&mut live, connection, visitor, joined.player, ack);
            connection.joined.lock().get_or_insert_with(Instant::now);
            self.note_population(&live);
            (evicted, slow)
        };
        self.shared.metrics.joins.increment();
        if visitor.is_bot() {
            self.shared.metrics.bots.increment();
            self.shared.metrics.bot_joins.increment();
        }
        if let Some(evicted) = evicted {
            self.end_session(
                &evicted,
                &SessionTerminated::plain(TerminationCode::Duplicate),
            );
        }
        self.abort_slow(slow);
        Ok(())
    }

    /// A newer join came between the claim and this one: the connection was the player for a moment
    /// and is not any more, like every other connection that a newer one took over from.
    fn overtaken(
        &self,
        connection: &Arc<Connection>,
        id: &PlayerId,
        fence: u64,
        error: WorldError,
    ) -> Refusal {
        self.shared.hub.release(id, fence);
        let notice = SessionTerminated::plain(TerminationCode::Duplicate);
        self.end_session(connection, &notice);
        refusal(error)
    }

    /// A join of the player this connection already is: what it carries is merged.
    fn refresh(
        &self,
        connection: &Arc<Connection>,
        visitor: &Visitor,
        request: JoinRequest,
        patch: PlayerPatch,
        ack: Option<i64>,
    ) -> Result<(), Refusal> {
        let slow = {
            let mut live = self.shared.live.lock();
            let player = match live.world.refresh(connection.id, patch) {
                Err(WorldError::Details(_)) => live.world.refresh(connection.id, request.patch),
                refreshed => refreshed,
            }
            .map_err(refusal)?;
            if let Some(holder) = live.world.holder_of(&request.player_id) {
                let hub = &self.shared.hub;
                hub.refreshed(&request.player_id, holder.fence, player.clone());
            }
            let frame = Frame::about(events::PLAYER_JOINED, player.clone(), request.player_id);
            let slow = live.broadcast(frame, Some(connection.id));
            self.answer(&mut live, connection, visitor, player, ack);
            slow
        };
        self.abort_slow(slow);
        Ok(())
    }

    /// The answer carries the world as it is now, unless the client wants none in it; in a crowd as it is on
    /// the tick, behind all that comes before that.
    fn answer(
        &self,
        live: &mut Live,
        connection: &Arc<Connection>,
        visitor: &Visitor,
        player: SharedJson,
        ack: Option<i64>,
    ) {
        let Some(id) = ack else { return };
        let guest_token = visitor
            .guest_token
            .clone()
            .filter(|_| visitor.account.is_none());
        let mut answer = JoinAnswer {
            state: None,
            player,
            guest_token,
        };
        // Who waits for its snapshot is answered behind it, and with no older world.
        let waits = live.is_crowd() || connection.must_hold();
        let kept = if !connection.lean && waits {
            live.wake_flusher();
            connection.hold_join(id, answer)
        } else {
            answer.state = (!connection.lean).then(|| live.world.snapshot());
            let answer = Arc::new(answer);
            let sent = connection.send(Frame::JoinAck { id, answer });
            sent.map(|pumped| self.count(pumped))
        };
        // Too much for this client only: its own task ends it, outside the lock that is held here.
        if kept.is_err() {
            let manager = self.clone();
            let connection = connection.clone();
            self.shared
                .tasks
                .spawn(async move { manager.abort_slow(vec![connection]) });
        }
    }

    /// Whether the world takes this player: always when it needs no further place, because it is
    /// in already or comes instead of the one this connection holds, and always those who look after
    /// the world, who are few and needed most when it is full.
    fn check_open(
        &self,
        live: &Live,
        connection: &Connection,
        visitor: &Visitor,
        id: &PlayerId,
    ) -> Result<(), Refusal> {
        if !live.accepting {
            return Err(Refusal::new(
                RefusalCode::Unavailable,
                "This world is closing. Come back later.",
            ));
        }
        let has_place = visitor.is_staff()
            || live.world.held_by(connection.id).is_some()
            || live.world.holder_of(id).is_some();
        if !has_place && live.world.player_count() >= self.shared.settings.world.max_players {
            return Err(Refusal::new(
                RefusalCode::WorldFull,
                "This world is full right now.",
            ));
        }
        Ok(())
    }

    /// The identity rules: an account joins as itself and nobody else does.
    async fn check_identity(
        &self,
        visitor: &Visitor,
        request: &mut JoinRequest,
    ) -> Result<(), Refusal> {
        let folded = request.player_id.folded();
        if let Some(account) = &visitor.account {
            if folded != account.id.to_lowercase() {
                return Err(Refusal::new(
                    RefusalCode::ReservedId,
                    "You are logged in. Join with the player id of your account.",
                ));
            }
            request.player_id = PlayerId::trusted(account.id.as_str());
            return Ok(());
        }
        if !visitor.is_of_load_test() && !self.shared.directory.guests_allowed() {
            return Err(Refusal::new(
                RefusalCode::GuestsNotAllowed,
                "This world asks its visitors to log in.",
            ));
        }
        // Account ids are hyphenated UUIDs; nothing else needs a look into the store.
        if folded.len() != 36 || uuid::Uuid::parse_str(&folded).is_err() {
            return Ok(());
        }
        match self
            .within_limit(self.shared.directory.account_exists(&folded))
            .await
        {
            Ok(false) => Ok(()),
            Ok(true) => Err(Refusal::new(
                RefusalCode::ReservedId,
                "This player id belongs to an account. Log in to use it.",
            )),
            Err(LookupFailed) => Err(Refusal::new(
                RefusalCode::Unavailable,
                "This player id cannot be checked right now. Choose another one or try again.",
            )),
        }
    }

    async fn look_up(&self, avatar_id: Option<&str>) -> Option<AvatarDefaults> {
        let look = self
            .within_limit(self.shared.directory.look(avatar_id?))
            .await;
        look.inspect_err(|_| tracing::warn!("joining without the avatar's look"))
            .ok()
            .flatten()
    }

    /// An answer of a store, if it comes in time.
    pub(super) async fn within_limit<T>(
        &self,
        answer: impl Future<Output = Result<T, LookupFailed>>,
    ) -> Result<T, LookupFailed> {
        let limit = self.shared.settings.session.join_lookup_timeout;
        timeout(limit, answer).await.unwrap_or(Err(LookupFailed))
    }
}

fn proof(visitor: &Visitor) -> Proof {
    let owner = match &visitor.account {
        Some(account) => Owner::Account(account.id.clone()),
        None => Owner::Guest(visitor.secret.0.clone()),
    };
    Proof {
        owner,
        // What counts as one place is the same network.
        address: Network::of(visitor.address).base(),
    }
}

/// Join enrichment: the avatar's layers fill those the payload does not set, its sprite becomes the
/// player's, its name is used when none came.
fn enriched(patch: &PlayerPatch, look: Option<AvatarDefaults>) -> PlayerPatch {
    let mut patch = patch.clone();
    let Some(look) = look else { return patch };
    patch.name = patch.name.or(look.name);
    let metadata = patch.metadata.get_or_insert_default();
    let appearance = metadata
        .entry(APPEARANCE)
        .or_insert_with(|| Value::Object(Metadata::new()));
    if let Value::Object(appearance) = appearance {
        for layer in APPEARANCE_LAYERS {
            if let Some(value) = look.appearance.get(layer) {
                appearance.entry(layer).or_insert_with(|| value.clone());
            }
        }
    }
    for (key, value) in [
        ("sprite", look.sprite),
        ("spriteAssetId", look.sprite_asset_id),
    ] {
        if let Some(value) = value {
            metadata.insert(key.to_owned(), Value::String(value));
        }
    }
    patch
}
