//! Proof of life, ours and the others'.
//!
//! A heartbeat keeps this node's lease and has to come back through the channel: a Redis that answers
//! but does not publish, or a subscription that silently died, shows here and nowhere else.

use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::time::{Instant, MissedTickBehavior, interval, timeout_at};

use super::connection::RedisConnection;
use super::error::RedisLinkError;
use super::link::millis;
use super::scripts::Script;
use super::{RedisHub, to_json};
use crate::{NodeDescriptor, Replica};

/// Beats between two searches for players of nodes nobody remembers.
const SEARCH_EVERY: u64 = 20;

impl RedisHub {
    /// Beats until a heartbeat does not come back.
    pub(super) async fn heartbeat(
        &self,
        connection: &RedisConnection,
        replica: &dyn Replica,
    ) -> Result<(), RedisLinkError> {
        let mut ticks = interval(self.settings.beat_interval);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut echo = self.echo.subscribe();
        loop {
            ticks.tick().await;
            // Never the same again: an echo of an earlier link must not count.
            let number = self.heartbeats.fetch_add(1, Ordering::Relaxed) + 1;
            let started = Instant::now();
            self.state.lock().heartbeat_sent = Some(started);
            self.beat_once(connection, number, replica).await?;
            let deadline = started + self.settings.answer_timeout;
            // The sender lives as long as this node.
            let echoed = timeout_at(deadline, echo.wait_for(|echoed| *echoed >= number));
            echoed.await.map_err(|_| RedisLinkError::Silent)?.ok();
            self.state.lock().heartbeat_sent = None;
            let lag = millis(started.elapsed());
            self.lag.store(lag, Ordering::Relaxed);
            self.metrics.lag_ms.set(lag.cast_signed());
            self.assert_unconfirmed(connection, replica).await?;
            self.end_grace();
            if number.is_multiple_of(SEARCH_EVERY) {
                connection.learn(&self.addresses).await;
                if self.state.lock().owes_recall {
                    self.resync.notify_one();
                }
            }
        }
    }

    async fn beat_once(
        &self,
        connection: &RedisConnection,
        number: u64,
        replica: &dyn Replica,
    ) -> Result<(), RedisLinkError> {
        let mut heartbeat = connection.call(Script::Heartbeat);
        heartbeat
            .arg(millis(self.settings.lease))
            .arg(number)
            .arg(to_json(&self.descriptor()))
            .arg(millis(self.settings.grace));
        let mut reap = connection.call(Script::Reap);
        reap.arg(if number.is_multiple_of(SEARCH_EVERY) {
            "all"
        } else {
            ""
        });
        let nodes = connection.call(Script::Nodes);
        let mut calls = redis::pipe();
        calls
            .add_command(heartbeat)
            .add_command(reap)
            .add_command(nodes);
        let mut answers = connection.ask_all(&calls).await?.into_iter();
        if let Some(mut answer) = answers.next() {
            self.set_clock(answer.take()?);
        }
        if let Some(mut answer) = answers.next() {
            let players: u64 = answer.take()?;
            if players > 0 {
                tracing::warn!(players, "a node died; its players left");
            }
        }
        {
            let moves = &mut self.state.lock().moves;
            moves.published.mark();
            moves.wants.repeat();
        }
        self.moves_due.notify_one();
        if let Some(answer) = answers.next() {
            let is_missing = self.note_nodes(&answer.take_all::<String>()?);
            if is_missing {
                // What it stored and could not publish any more.
                replica.reload();
            }
        }
        Ok(())
    }

    /// Takes over who is there: for each node its descriptor as JSON and what is left of its lease in ms.
    /// Whether somebody is missing who was there before.
    fn note_nodes(&self, answer: &[String]) -> bool {
        let nodes: Vec<_> = answer
            .chunks_exact(3)
            .filter_map(|node| {
                let descriptor: NodeDescriptor = serde_json::from_str(&node[1]).ok()?;
                let left = Duration::from_millis(node[2].parse().unwrap_or(0));
                Some((descriptor, self.settings.lease.saturating_sub(left)))
            })
            .collect();
        let mut state = self.state.lock();
        self.metrics
            .nodes
            .set(i64::try_from(nodes.len()).unwrap_or(i64::MAX));
        let before = std::mem::replace(&mut state.nodes, nodes);
        state.nodes_seen = Instant::now();
        let protocols: Vec<(String, u32)> = state
            .nodes
            .iter()
            .map(|(descriptor, _)| (descriptor.id.clone(), descriptor.protocol))
            .collect();
        state.moves.meet(&self.node, &protocols);
        let is_there = |id: &str| {
            state
                .nodes
                .iter()
                .any(|(descriptor, _)| descriptor.id == id)
        };
        before
            .iter()
            .any(|(descriptor, _)| !is_there(&descriptor.id))
    }

    /// Nodes that did not come back in time are gone: another snapshot says so.
    fn end_grace(&self) {
        let mut state = self.state.lock();
        if state
            .grace_until
            .is_some_and(|until| Instant::now() >= until)
        {
            state.grace_until = None;
            self.resync.notify_one();
        }
    }
}
