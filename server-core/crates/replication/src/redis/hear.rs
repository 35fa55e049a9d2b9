//! Applies what comes through the session channel, in its order.

use super::connection::{Connection, Events};
use super::envelope::{Envelope, Event, Holding, Told};
use super::error::LinkError;
use super::link::micros;
use super::order::{Order, Turn};
use super::owners::{Held, Verdict};
use super::{Command, RedisHub};
use crate::{Notice, Replica};
use contract::{ChatMessage, Player, PlayerId};

impl RedisHub {
    /// Reads until the connection ends. While a cut is fetched, events wait in `events`.
    pub(super) async fn read(
        &self,
        connection: &Connection,
        events: &mut Events,
        replica: &dyn Replica,
        order: &mut Order,
    ) -> Result<(), LinkError> {
        loop {
            let turn = tokio::select! {
                event = events.recv() => match event {
                    Some(text) if !text.is_empty() => self.hear(&text, replica, order),
                    Some(_) | None => return Err(LinkError::Closed),
                },
                () = self.resync.notified() => Turn::Gap,
            };
            if turn == Turn::Gap {
                tracing::debug!(offset = order.offset(), "something was missed");
                self.resync(connection, replica, order).await?;
            }
        }
    }

    fn hear(&self, text: &str, replica: &dyn Replica, order: &mut Order) -> Turn {
        self.metrics.events.increment();
        self.metrics.event_bytes.add(text.len() as u64);
        let Ok(envelope) = Envelope::read(text) else {
            tracing::warn!("something that no node writes came through the session channel");
            return Turn::Skip;
        };
        if let Event::Beat(number) = envelope.event {
            if envelope.node == self.node {
                self.echo.send_replace(number);
            }
            return order.hear(envelope.epoch, envelope.offset);
        }
        let turn = order.take(envelope.epoch, envelope.offset);
        if turn == Turn::Apply {
            self.apply(envelope.node, envelope.event, replica);
        }
        turn
    }

    fn apply(&self, node: &str, event: Event, replica: &dyn Replica) {
        let ours = node == self.node;
        match event {
            Event::Joined(holding) => {
                if self.settle_holder(node, &holding, replica) {
                    replica.joined(holding.player, holding.fence);
                }
            }
            Event::Returned(holdings) => {
                for holding in holdings {
                    if self.settle_holder(node, &holding, replica) {
                        replica.returned(holding.player, holding.fence);
                    }
                }
            }
            Event::Moved(players) if !ours => self.apply_moved(players, replica),
            Event::Left(players) => self.apply_left(players, replica),
            Event::Said(message) => self.apply_said(&message, replica),
            Event::Told(told) if !ours => self.hear_told(told, replica),
            Event::Moved(_) | Event::Told(_) | Event::Beat(_) | Event::Unknown => {}
        }
    }

    /// Whether the replica has to hear of a holder on another node.
    fn settle_holder(&self, node: &str, holding: &Holding, replica: &dyn Replica) -> bool {
        let id = &holding.player.id;
        let verdict = self.state.lock().owners.joined(node, holding);
        self.act_on(verdict, id, holding.fence, replica)
    }

    /// Does what a verdict asks for; whether that is to tell the replica.
    pub(super) fn act_on(
        &self,
        verdict: Verdict,
        id: &PlayerId,
        fence: u64,
        replica: &dyn Replica,
    ) -> bool {
        match verdict {
            Verdict::Apply => return true,
            Verdict::Ignore => {}
            Verdict::Refence(from) => {
                replica.refence(id, from, fence);
                return true;
            }
            Verdict::Orphan => self.give_back(id, fence),
        }
        false
    }

    /// Redis keeps a player for this node that nobody here holds.
    pub(super) fn give_back(&self, id: &PlayerId, fence: u64) {
        let mut state = self.state.lock();
        self.enqueue(&mut state, Command::Release(id.clone(), Held::Fence(fence)));
    }

    fn apply_moved(&self, mut players: Vec<(Player, u64)>, replica: &dyn Replica) {
        let state = self.state.lock();
        players.retain(|(player, fence)| state.owners.is_current(&player.id, *fence));
        drop(state);
        if !players.is_empty() {
            replica.moved(players);
        }
    }

    fn apply_left(&self, mut players: Vec<(PlayerId, u64)>, replica: &dyn Replica) {
        let mut state = self.state.lock();
        players.retain(|(id, fence)| state.owners.left(id, *fence) == Verdict::Apply);
        drop(state);
        if !players.is_empty() {
            replica.left(&players);
        }
    }

    /// Acts on a notice, once, unless it was made before this node started.
    pub(super) fn hear_told(&self, told: Told, replica: &dyn Replica) {
        {
            let mut state = self.state.lock();
            let began = state.now().saturating_sub(micros(self.started.elapsed()));
            let is_old = told.made_at.is_some_and(|made_at| made_at < began);
            if !state.notices.hear(&told.id) || is_old {
                return;
            }
            if let Notice::Moderation {
                removes: Some(message),
                ..
            } = &told.notice
            {
                state.chats.settled(message);
            }
        }
        replica.told(told.notice);
    }

    fn apply_said(&self, message: &ChatMessage, replica: &dyn Replica) {
        let placed = self.state.lock().chats.placed(&message.id);
        let Some(waiter) = placed else { return };
        replica.said(message);
        if let Some(waiter) = waiter {
            // Its speaker may have gone.
            let _ = waiter.send(());
        }
    }
}
