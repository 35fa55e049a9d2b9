//! Applies what comes through the session channel, in its order.

use super::connection::{ChannelMessage, Events, RedisConnection};
use super::envelope::{ChannelEvent, Envelope, Holding, ReceivedNotice};
use super::error::RedisLinkError;
use super::link::micros;
use super::order::{Order, OrderCheck};
use super::owners::{Held, HolderVerdict, MoveCheck};
use super::{Command, RedisHub};
use crate::{MoveTurn, Notice, Replica};
use contract::{ChatMessage, Player, PlayerId};

impl RedisHub {
    /// Reads until the connection ends. While a snapshot is fetched, events wait in `events`.
    pub(super) async fn read(
        &self,
        connection: &RedisConnection,
        events: &mut Events,
        replica: &dyn Replica,
        order: &mut Order,
    ) -> Result<(), RedisLinkError> {
        loop {
            let turn = tokio::select! {
                event = events.recv() => match event {
                    Some(ChannelMessage::Event(text)) => self.dispatch(&text, replica, order),
                    Some(ChannelMessage::Moves(text)) => {
                        self.dispatch_moves(&text, replica);
                        OrderCheck::Apply
                    }
                    Some(ChannelMessage::End) | None => return Err(RedisLinkError::Closed),
                },
                () = self.resync.notified() => OrderCheck::Gap,
            };
            if turn == OrderCheck::Gap {
                tracing::debug!(offset = order.offset(), "something was missed");
                self.resync(connection, replica, order).await?;
            }
        }
    }

    fn dispatch(&self, text: &str, replica: &dyn Replica, order: &mut Order) -> OrderCheck {
        self.metrics.events.increment();
        self.metrics.event_bytes.add(text.len() as u64);
        let Ok(envelope) = Envelope::read(text) else {
            tracing::warn!("something that no node writes came through the session channel");
            return OrderCheck::Skip;
        };
        if let ChannelEvent::Heartbeat(number) = envelope.event {
            if envelope.node == self.node {
                self.echo.send_replace(number);
            } else {
                let mut state = self.state.lock();
                state.moves.streams.note_there(envelope.node);
            }
            return order.check(envelope.epoch, envelope.offset);
        }
        let turn = order.take(envelope.epoch, envelope.offset);
        if turn == OrderCheck::Apply {
            self.apply(envelope.node, envelope.event, replica);
        }
        turn
    }

    fn apply(&self, node: &str, event: ChannelEvent, replica: &dyn Replica) {
        let ours = node == self.node;
        match event {
            ChannelEvent::Joined(holding) => {
                if self.settle_holder(node, &holding, replica) {
                    let (id, fence) = (holding.player.id.clone(), holding.fence);
                    replica.joined(holding.player, fence);
                    self.follow_early(node, &id, fence, replica);
                }
            }
            ChannelEvent::Returned(holdings) => {
                for holding in holdings {
                    if self.settle_holder(node, &holding, replica) {
                        let (id, fence) = (holding.player.id.clone(), holding.fence);
                        replica.returned(holding.player, fence);
                        // What came before may be older than that, and must not follow a later refresh.
                        self.state.lock().moves.settled(&id, fence);
                    }
                }
                if !ours {
                    self.ask_after_return(node);
                }
            }
            ChannelEvent::Moved(players) if !ours => self.apply_flushed(node, players, replica),
            ChannelEvent::Left(players) => self.apply_left(players, replica),
            ChannelEvent::Chat(message) => self.apply_chat(&message, replica),
            ChannelEvent::Notice(received) if !ours => self.dispatch_notice(received, replica),
            ChannelEvent::Moved(_)
            | ChannelEvent::Notice(_)
            | ChannelEvent::Heartbeat(_)
            | ChannelEvent::Unknown => {}
        }
    }

    /// Whether the replica has to apply a holder on another node.
    fn settle_holder(&self, node: &str, holding: &Holding, replica: &dyn Replica) -> bool {
        let id = &holding.player.id;
        let verdict = self.state.lock().owners.joined(node, holding);
        self.act_on(verdict, id, holding.fence, replica)
    }

    /// Does what a verdict asks for; whether the replica has to apply it.
    pub(super) fn act_on(
        &self,
        verdict: HolderVerdict,
        id: &PlayerId,
        fence: u64,
        replica: &dyn Replica,
    ) -> bool {
        match verdict {
            HolderVerdict::Apply => return true,
            HolderVerdict::Ignore => {}
            HolderVerdict::Refence(from) => {
                replica.refence(id, from, fence);
                return true;
            }
            HolderVerdict::Orphan => self.give_back(id, fence),
        }
        false
    }

    /// Redis keeps a player for this node that nobody here holds.
    pub(super) fn give_back(&self, id: &PlayerId, fence: u64) {
        let mut state = self.state.lock();
        self.enqueue(&mut state, Command::Release(id.clone(), Held::Fence(fence)));
    }

    /// What a node told by `flush.lua`: all that one of an older version tells. Others tell it by themselves as well, and sooner.
    fn apply_flushed(&self, node: &str, mut players: Vec<(Player, u64)>, replica: &dyn Replica) {
        let state = self.state.lock();
        if state.moves.streams.knows(node) {
            return;
        }
        players.retain(|(player, fence)| {
            state.owners.check_move(node, &player.id, *fence) == MoveCheck::Apply
        });
        drop(state);
        if !players.is_empty() {
            replica.moved(players, MoveTurn::AtOnce);
        }
    }

    fn apply_left(&self, mut players: Vec<(PlayerId, u64)>, replica: &dyn Replica) {
        let mut state = self.state.lock();
        for (id, fence) in &players {
            state.moves.settled(id, *fence);
        }
        players.retain(|(id, fence)| state.owners.left(id, *fence) == HolderVerdict::Apply);
        drop(state);
        if !players.is_empty() {
            replica.left(&players);
        }
    }

    /// Acts on a notice, once, unless it was made before this node started.
    pub(super) fn dispatch_notice(&self, received: ReceivedNotice, replica: &dyn Replica) {
        {
            let mut state = self.state.lock();
            let began = state.now().saturating_sub(micros(self.started.elapsed()));
            let is_old = received.made_at.is_some_and(|made_at| made_at < began);
            if !state.notices.note_received(&received.id) || is_old {
                return;
            }
            if let Notice::Moderation {
                removes: Some(message),
                ..
            } = &received.notice
            {
                state.chats.settled(message);
            }
        }
        replica.notified(received.notice);
    }

    fn apply_chat(&self, message: &ChatMessage, replica: &dyn Replica) {
        let placed = self.state.lock().chats.placed(&message.id);
        let Some(waiter) = placed else { return };
        replica.chat_placed(message);
        if let Some(waiter) = waiter {
            // Its speaker may have gone.
            let _ = waiter.send(());
        }
    }
}
