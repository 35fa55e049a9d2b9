//! Publishes to the other nodes what this one has about moves. Commands do not wait for it: a claim is sent though Redis has not
//! answered yet that it passed a frame on.

use tokio::time::{Instant, sleep_until};

use super::MovesTurn;
use super::published::MovedPlayer;
use crate::redis::connection::RedisConnection;
use crate::redis::error::RedisLinkError;
use crate::redis::scripts::Script;
use crate::redis::{LinkPhase, RedisHub};
use contract::PlayerId;

/// What is sent in one go, in this order.
#[derive(Debug)]
struct PublishTurn {
    moves: MovesTurn,
    /// What nodes of an older version receive through `flush.lua`.
    flushed: Vec<MovedPlayer>,
    /// What Redis keeps for nodes that come.
    mirrored: Vec<MovedPlayer>,
    later: Option<Later>,
}

/// When to look again what is to be sent.
#[derive(Debug, Clone, Copy)]
enum Later {
    /// Players have moved.
    NextFlush,
    At(Instant),
}

impl RedisHub {
    /// Publishes until the link breaks.
    pub(in crate::redis) async fn publish_moves(
        &self,
        connection: &RedisConnection,
    ) -> Result<(), RedisLinkError> {
        let mut next_flush = Instant::now();
        loop {
            let now = Instant::now();
            let flushes = now >= next_flush;
            let turn = self.take_turn(now, flushes)?;
            if flushes && turn.moves.moved().next().is_some() {
                next_flush = now + self.settings.flush_interval;
            }
            if !turn.moves.is_empty() || !turn.mirrored.is_empty() {
                self.send_turn(connection, turn).await?;
                continue;
            }
            let later = turn.later.map(|later| match later {
                Later::NextFlush => next_flush,
                Later::At(due) => due,
            });
            tokio::select! {
                () = sleep_until(later.unwrap_or(now)), if later.is_some() => {}
                () = self.moves_due.notified() => {}
            }
        }
    }

    /// What is to be sent now, and when to look again at the latest.
    fn take_turn(&self, now: Instant, flushes: bool) -> Result<PublishTurn, RedisLinkError> {
        let state = &mut *self.state.lock();
        if state.reach == LinkPhase::Alone {
            return Err(RedisLinkError::Silent);
        }
        let moves = state.moves.take_turn(&state.owners, now, flushes);
        let flushed = state.moves.take_flushed(&moves);
        let mirrored = state.moves.take_mirrored(&state.owners, now);
        let later = match state.moves.published.has_waiting() {
            true => Some(Later::NextFlush),
            false => state.moves.next_turn(now).map(Later::At),
        };
        Ok(PublishTurn {
            moves,
            flushed,
            mirrored,
            later,
        })
    }

    /// Sends all of it and waits for the answers.
    async fn send_turn(
        &self,
        connection: &RedisConnection,
        turn: PublishTurn,
    ) -> Result<(), RedisLinkError> {
        let mut calls = redis::pipe();
        let mut messages = 0;
        for (node, text) in turn.moves.messages(&self.node) {
            calls.add_command(connection.publish_call(node, text));
            messages += 1;
        }
        let moved = turn.moves.moved().count();
        self.metrics.moves_sent.add(moved as u64);
        for (script, players) in [
            (Script::Flush, turn.flushed),
            (Script::Mirror, turn.mirrored),
        ] {
            if players.is_empty() {
                continue;
            }
            let mut call = connection.call(script);
            for (id, fence, json) in &players {
                call.arg(id.as_str()).arg(*fence).arg(json.get());
            }
            calls.add_command(call);
        }
        // Messages say how many nodes they reached, scripts who is not this node's any more.
        let answers = connection.ask_all(&calls).await?;
        for answer in answers.into_iter().skip(messages) {
            let lost = answer.take_all::<String>()?;
            let mut state = self.state.lock();
            for id in lost {
                state.owners.doubt_one(&PlayerId::trusted(id));
            }
        }
        Ok(())
    }
}
