//! Makes up for what was missed: asserts what is held here, takes a snapshot, publishes only differences.

use std::collections::HashSet;

use tokio::sync::oneshot;
use tokio::time::{Instant, timeout};

use super::RedisHub;
use super::common::RedisSnapshot;
use super::connection::RedisConnection;
use super::error::RedisLinkError;
use super::moves::PLAYERS_PER_CALL;
use super::order::Order;
use super::owners::{Held, HolderVerdict, Settled, Unconfirmed};
use super::queue::Command;
use super::scripts::Script;
use crate::{ClusterSnapshot, Recall, Replica, SharedJson};
use contract::{ChatMessage, MessageId};

impl RedisHub {
    /// Tells Redis whom this node holds, where Redis is not known to agree.
    pub(super) async fn assert_unconfirmed(
        &self,
        connection: &RedisConnection,
        replica: &dyn Replica,
    ) -> Result<(), RedisLinkError> {
        let unconfirmed = self.state.lock().owners.unconfirmed();
        let held: Vec<(Unconfirmed, SharedJson)> = unconfirmed
            .into_iter()
            .filter_map(|player| {
                // One that is not in the world yet, or not any more, has its turn later.
                let (fence, json) = replica.held(&player.id)?;
                (fence == player.fence).then_some((player, json))
            })
            .collect();
        for batch in held.chunks(PLAYERS_PER_CALL) {
            let mut call = connection.call(Script::Assert);
            let (_, late) = self.state.lock().patience(self.settings.answer_timeout);
            call.arg(self.takeover_mode()).arg(late);
            for (player, json) in batch {
                self.note_asserting(player, json);
                call.arg(player.id.as_str())
                    .arg(player.fence)
                    .arg(&player.claimant.owner)
                    .arg(&player.claimant.address)
                    .arg(player.claim)
                    .arg(json.get());
            }
            let fences: Vec<String> = connection.ask(&call).await?.take_all()?;
            for ((player, json), fence) in batch.iter().zip(fences) {
                self.asserted(player, fence.parse().ok(), replica);
                // What Redis was sent just now is not sent once more.
                self.state.lock().moves.published.asserted(&player.id, json);
            }
        }
        Ok(())
    }

    fn note_asserting(&self, player: &Unconfirmed, json: &SharedJson) {
        let mut state = self.state.lock();
        state
            .moves
            .published
            .asserting(&player.id, player.fence, json);
    }

    fn asserted(&self, player: &Unconfirmed, answer: Option<u64>, replica: &dyn Replica) {
        let mut state = self.state.lock();
        let verdict = state.owners.asserted(&player.id, player.fence, answer);
        if let HolderVerdict::Refence(from) = verdict
            && let Some(to) = answer
        {
            state.moves.published.refence(&player.id, from, to);
        }
        drop(state);
        match answer {
            Some(fence) => {
                self.act_on(verdict, &player.id, fence, replica);
            }
            None if verdict == HolderVerdict::Apply => self.resync.notify_one(),
            None => {}
        }
    }

    /// Takes a snapshot and brings the replica in line with it.
    pub(super) async fn resync(
        &self,
        connection: &RedisConnection,
        replica: &dyn Replica,
        order: &mut Order,
    ) -> Result<(), RedisLinkError> {
        self.metrics.resyncs.increment();
        let mut recall = self.recall(replica).await;
        let mut snapshot = self.take_snapshot(connection).await?;
        if recall.is_none() && self.has_hole(&snapshot) {
            // The archive first, so that what is published stands in its order.
            self.state.lock().owes_recall = true;
            recall = self.recall(replica).await;
            snapshot = self.take_snapshot(connection).await?;
        }
        let recall = recall.unwrap_or_default();
        snapshot
            .chat
            .retain(|line| !recall.removed.contains(&line.id));
        let is_first = order.epoch().is_empty();
        let is_new = order.epoch() != snapshot.epoch;
        let (settled, chat, waiters) = self.settle(&snapshot, recall.lines, is_new && !is_first);
        for (id, from, to) in &settled.refenced {
            replica.refence(id, *from, *to);
        }
        let cluster = ClusterSnapshot {
            players: snapshot.present(&settled),
            moving: snapshot.moving(),
            yielded: settled.yielded,
            spared: settled.spared,
            chat,
        };
        replica.reconcile(cluster);
        // The nodes that tell their moves themselves are to be asked.
        self.moves_due.notify_one();
        for waiter in waiters {
            // Its speaker may have gone.
            let _ = waiter.send(());
        }
        for notice in snapshot.notices() {
            self.dispatch_notice(notice, replica);
        }
        if is_new && !is_first {
            replica.reload();
        }
        *order = Order::after(snapshot.epoch, snapshot.offset);
        let remembered = match is_new || snapshot.chat.is_empty() {
            true => replica.history(),
            false => Vec::new(),
        };
        self.offer(connection, remembered, &recall.removed).await
    }

    async fn take_snapshot(
        &self,
        connection: &RedisConnection,
    ) -> Result<RedisSnapshot, RedisLinkError> {
        let mut calls = redis::pipe();
        calls
            .add_command(connection.call(Script::Snapshot))
            .add_command(connection.call(Script::Nodes));
        let mut answers = connection.ask_all(&calls).await?.into_iter();
        let missing = || RedisLinkError::Nonsense("no snapshot".to_owned());
        let mut answer = || answers.next().ok_or_else(missing);
        RedisSnapshot::read(answer()?, answer()?)
    }

    /// Whether there may be more chat than Redis holds.
    fn has_hole(&self, snapshot: &RedisSnapshot) -> bool {
        let state = self.state.lock();
        let is_missed = |line: &ChatMessage| !state.chats.is_applied(&line.id);
        snapshot.chat.len() >= self.settings.chat_history && snapshot.chat.iter().all(is_missed)
    }

    /// What the archive knows of messages that this node may have missed; `None` when there are none,
    /// or while it does not answer.
    async fn recall(&self, replica: &dyn Replica) -> Option<Recall> {
        if !self.state.lock().owes_recall {
            return None;
        }
        let recall = timeout(self.settings.answer_timeout, replica.recall()).await;
        let Ok(Some(recall)) = recall else {
            tracing::warn!("the archive does not answer yet which chat messages were missed");
            return None;
        };
        self.state.lock().owes_recall = false;
        Some(recall)
    }

    /// Takes a snapshot over; also the messages in it and in `recalled` that were not applied here, and who
    /// waits for them.
    fn settle(
        &self,
        snapshot: &RedisSnapshot,
        recalled: Vec<ChatMessage>,
        lost_memory: bool,
    ) -> (Settled, Vec<ChatMessage>, Vec<oneshot::Sender<()>>) {
        let now = Instant::now();
        let mut state = self.state.lock();
        if lost_memory {
            // The others come back one by one and assert whom they hold.
            state.owners.doubt();
            state.notices.forgotten();
            state.grace_until = Some(now + self.settings.grace);
        }
        state.moves.resynced(&self.node, &snapshot.straight);
        let in_grace = state.grace_until.is_some_and(|until| now < until);
        let settled = state.owners.settle(snapshot.records.clone(), |node| {
            in_grace && !snapshot.ready.contains(node)
        });
        for (id, fence) in &settled.orphans {
            self.enqueue(
                &mut state,
                Command::Release(id.clone(), Held::Fence(*fence)),
            );
        }
        let (mut unheard, mut waiters) = (Vec::new(), Vec::new());
        for message in in_order(recalled, &snapshot.chat) {
            if let Some(waiter) = state.chats.placed(&message.id) {
                unheard.push(message);
                waiters.extend(waiter);
            }
        }
        (settled, unheard, waiters)
    }

    /// Gives Redis the messages it does not hold: those of this node that it never got, and those
    /// that are `remembered` here. What Redis knows already changes nothing.
    async fn offer(
        &self,
        connection: &RedisConnection,
        remembered: Vec<SharedJson>,
        removed: &HashSet<MessageId>,
    ) -> Result<(), RedisLinkError> {
        let unsent = {
            let mut state = self.state.lock();
            for id in removed {
                state.chats.settled(id);
            }
            state.chats.unsent()
        };
        let remembered = remembered.iter().filter_map(|json| {
            let line: ChatMessage = serde_json::from_str(json.get()).ok()?;
            let is_known = removed.contains(&line.id) || unsent.iter().any(|it| it.0 == line.id);
            (!is_known).then(|| json.get().to_owned())
        });
        let lines: Vec<String> = remembered
            .chain(unsent.iter().map(|(_, json)| json.clone()))
            .collect();
        if lines.is_empty() {
            return Ok(());
        }
        let mut call = connection.call(Script::Offer);
        call.arg(self.settings.chat_history).arg(lines);
        connection.ask(&call).await?;
        let mut state = self.state.lock();
        for (id, _) in &unsent {
            state.chats.settled(id);
        }
        Ok(())
    }
}

/// Those of the archive that the snapshot does not hold, each on its side of the snapshot's, which stand in the
/// order on which the nodes agreed.
fn in_order(recalled: Vec<ChatMessage>, snapshot: &[ChatMessage]) -> Vec<ChatMessage> {
    let begins = snapshot.first().map(ChatMessage::moment);
    let held: HashSet<&MessageId> = snapshot.iter().map(|line| &line.id).collect();
    let others = recalled.into_iter().filter(|it| !held.contains(&it.id));
    let (mut lines, after): (Vec<_>, Vec<_>) =
        others.partition(|line| begins.is_some_and(|begins| line.moment() < begins));
    lines.extend(snapshot.iter().cloned());
    lines.extend(after);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(id: &str, timestamp: &str) -> ChatMessage {
        ChatMessage {
            id: MessageId(id.to_owned()),
            player_id: "ada".to_owned(),
            author: "Ada".to_owned(),
            content: String::new(),
            timestamp: timestamp.to_owned(),
        }
    }

    #[test]
    fn a_line_of_the_millisecond_in_which_the_snapshot_begins_keeps_its_place() {
        let archive = [
            ("1", "10"),
            ("2", "11"),
            ("3", "11"),
            ("4", "11"),
            ("5", "12"),
        ];
        let recalled = archive.map(|(id, timestamp)| line(id, timestamp));
        // Of the four of Redis' lines one was trimmed away, and the last was said alone.
        let snapshot = recalled[2..4].to_vec();
        let ordered = in_order(recalled.to_vec(), &snapshot);
        assert_eq!(ordered, recalled);
    }
}
