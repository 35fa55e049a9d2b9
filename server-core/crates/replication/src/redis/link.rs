//! Keeps the node linked: connects, introduces itself, brings both sides up to date, works until
//! something breaks, and begins again.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, timeout};

use super::connection::{Events, LinkOpening, RedisConnection};
use super::error::RedisLinkError;
use super::order::Order;
use super::scripts::Script;
use super::{Command, LinkPhase, RedisHub, to_json};
use crate::Replica;
use contract::MessageId;
use contract::nodes::{LinkState, LinkStatus};

/// Pause after the first failed attempt; it doubles up to the longest.
const SHORTEST_PAUSE: Duration = Duration::from_millis(100);
/// So a Redis that comes back is noticed within this time.
const LONGEST_PAUSE: Duration = Duration::from_secs(1);
/// Pause after a failure that only a person can repair.
const PERMANENT_PAUSE: Duration = Duration::from_secs(5);

impl RedisHub {
    /// Whether the other nodes can be joined as things are now.
    ///
    /// # Errors
    /// [`RedisLinkError`].
    pub async fn check(&self) -> Result<(), RedisLinkError> {
        let met = self.meet().await;
        self.note_meeting(met.as_ref().err());
        met
    }

    async fn meet(&self) -> Result<(), RedisLinkError> {
        let (connection, _events) = self.connect().await?;
        self.introduce(&connection).await
    }

    /// Links this node with the others for as long as it lives. `known` are the last messages from
    /// before its start: nobody here missed them.
    pub async fn run(self: Arc<Self>, replica: Arc<dyn Replica>, known: Vec<MessageId>) {
        let mut order = Order::default();
        let mut pause = SHORTEST_PAUSE;
        for id in &known {
            self.state.lock().chats.note_applied(id);
        }
        while !self.stop.is_cancelled() {
            let was = self.status().state;
            let ended = self.session(replica.as_ref(), &mut order).await;
            let lived = self.state.lock().reach == LinkPhase::Live;
            self.leave_link(&mut self.state.lock());
            let Err(error) = ended else { break };
            self.note_meeting(Some(&error));
            if lived || was == LinkState::Healthy {
                pause = SHORTEST_PAUSE;
                self.metrics.breaks.increment();
            }
            self.report(&error);
            self.attempts.send_modify(|ended| *ended += 1);
            let wait = match error.is_permanent() {
                true => PERMANENT_PAUSE,
                false if error == RedisLinkError::Forgotten => Duration::ZERO,
                false => pause,
            };
            let _ = timeout(wait, self.stop.cancelled()).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
        self.stopped.cancel();
    }

    /// One link, from its connection to its end. `Ok` when this node closes.
    async fn session(
        &self,
        replica: &dyn Replica,
        order: &mut Order,
    ) -> Result<(), RedisLinkError> {
        let Some(opened) = self.stop.run_until_cancelled(self.connect()).await else {
            return Ok(());
        };
        let (connection, mut events) = opened?;
        self.introduce(&connection).await?;
        self.become_linked();
        self.assert_unconfirmed(&connection, replica).await?;
        self.resync(&connection, replica, order).await?;
        replica.reload();
        self.go_live(connection.eviction_policy().await);
        let ended = self.live(&connection, &mut events, replica, order).await;
        if ended.is_ok() {
            self.publish_goodbye(&connection).await;
        }
        ended
    }

    async fn live(
        &self,
        connection: &RedisConnection,
        events: &mut Events,
        replica: &dyn Replica,
        order: &mut Order,
    ) -> Result<(), RedisLinkError> {
        tokio::select! {
            ended = self.read(connection, events, replica, order) => ended,
            ended = self.write(connection) => ended,
            ended = self.publish_moves(connection) => ended,
            ended = self.heartbeat(connection, replica) => ended,
            () = self.stop.cancelled() => Ok(()),
        }
    }

    async fn connect(&self) -> Result<(RedisConnection, Events), RedisLinkError> {
        let session = uuid::Uuid::new_v4().simple().to_string();
        RedisConnection::open(&LinkOpening {
            addresses: &self.addresses,
            keys: &self.keys,
            prefix: &self.settings.prefix,
            node: &self.node,
            session: &session,
            patience: self.settings.answer_timeout,
            metrics: &self.metrics,
        })
        .await
    }

    async fn introduce(&self, connection: &RedisConnection) -> Result<(), RedisLinkError> {
        let mut hello = connection.call(Script::Hello);
        hello
            .arg(uuid::Uuid::new_v4().simple().to_string())
            .arg(millis(self.settings.lease))
            .arg(&self.settings.fingerprint)
            .arg(&self.settings.database)
            .arg(to_json(&self.descriptor()))
            .arg(millis(self.settings.grace))
            .arg(u8::from(self.may_begin()));
        let (group, is_known) = self.group.proposal();
        hello.arg(group).arg(u8::from(is_known));
        let mut answer = connection.ask(&hello).await?;
        let _epoch: String = answer.take()?;
        self.set_clock(answer.take()?);
        self.group.set_id(answer.take()?);
        self.state.lock().meeting.was_linked = true;
        Ok(())
    }

    /// Whether this node may fill an empty Redis. One that started while Redis was away may have a
    /// secret or database of its own, and would lock out those that were linked: they have the grace
    /// to come back first.
    fn may_begin(&self) -> bool {
        let state = self.state.lock();
        let meeting = &state.meeting;
        let waited = meeting.empty_since.map(|since| since.elapsed());
        meeting.was_linked
            || !meeting.was_alone
            || waited.is_some_and(|waited| waited >= self.settings.grace)
    }

    /// Takes note of how an attempt to link ended.
    fn note_meeting(&self, error: Option<&RedisLinkError>) {
        let mut state = self.state.lock();
        let meeting = &mut state.meeting;
        match error {
            Some(RedisLinkError::Empty) => {
                meeting.empty_since.get_or_insert_with(Instant::now);
            }
            // It is there, and as empty as before: the time it has been so is not counted anew.
            Some(RedisLinkError::ReadOnly(_)) => meeting.was_alone = true,
            Some(_) => {
                meeting.was_alone = true;
                meeting.empty_since = None;
            }
            None => {}
        }
    }

    fn become_linked(&self) {
        let mut state = self.state.lock();
        state.owners.doubt();
        state.queue.clear();
        state.moves.restart();
        state.owes_recall = true;
        state.heartbeat_sent = None;
        state.reach = LinkPhase::Linked;
        drop(state);
        self.set_status(
            LinkState::Resyncing,
            Some("This node compares notes with the others.".to_owned()),
        );
    }

    /// From now on everything goes over the link, first what waited for it.
    fn go_live(&self, evicts: Option<String>) {
        let mut state = self.state.lock();
        state.reach = LinkPhase::Live;
        for (id, json) in state.chats.unsent() {
            self.enqueue(&mut state, Command::Chat(id, json));
        }
        for outgoing in state.notices.unpublished() {
            self.enqueue(&mut state, Command::Publish(outgoing));
        }
        drop(state);
        let warning = evicts.map(|policy| {
            format!(
                "Redis throws away what nodes share when its memory is full (maxmemory-policy {policy}). Set maxmemory-policy noeviction in Redis."
            )
        });
        if let Some(reason) = &warning {
            tracing::warn!(reason, "the link to the other nodes may lose its memory");
        }
        self.set_status(LinkState::Healthy, warning);
        self.attempts.send_modify(|ended| *ended += 1);
        tracing::info!(node_id = self.node, "linked with the other nodes");
    }

    /// Sends what waits and gives up what this node still holds.
    async fn publish_goodbye(&self, connection: &RedisConnection) {
        let goodbye = async {
            while self.state.lock().queue.has_commands() {
                let commands = self.state.lock().queue.take_commands();
                self.send(connection, commands).await?;
            }
            connection.ask(&connection.call(Script::Bye)).await
        };
        match timeout(self.settings.answer_timeout, goodbye).await {
            Ok(Ok(_)) => tracing::info!(node_id = self.node, "took leave of the other nodes"),
            Ok(Err(error)) => tracing::warn!(%error, "could not take leave of the other nodes"),
            Err(_) => tracing::warn!("Redis did not answer when this node took its leave"),
        }
    }

    /// Says once what is wrong.
    fn report(&self, error: &RedisLinkError) {
        let changed = self.set_status(LinkState::Degraded, Some(error.to_string()));
        match changed {
            true if error.is_permanent() => {
                tracing::error!(reason = %error, "players of other nodes cannot be seen");
            }
            true => tracing::warn!(reason = %error, "players of other nodes cannot be seen"),
            false => tracing::debug!(reason = %error, "still no link to the other nodes"),
        }
    }

    /// Whether this was news.
    fn set_status(&self, state: LinkState, reason: Option<String>) -> bool {
        let up = matches!(state, LinkState::Healthy);
        self.metrics.up.set(i64::from(up));
        let node = Some(self.node.clone());
        let status = LinkStatus {
            state,
            reason,
            node,
        };
        self.status.send_if_modified(|current| {
            let changed = *current != status;
            *current = status;
            changed
        })
    }

    pub(super) fn set_clock(&self, redis_micros: u64) {
        self.state.lock().clock = Some((redis_micros, Instant::now()));
    }
}

/// A time as scripts read it.
pub(super) fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

/// A time as the clock of Redis counts.
pub(super) fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}
