//! Makes up for what was missed: says what is held here, takes a cut, tells only differences.

use std::collections::{HashMap, HashSet};

use tokio::sync::oneshot;
use tokio::time::Instant;

use super::RedisHub;
use super::connection::{Answer, Connection};
use super::envelope;
use super::error::LinkError;
use super::keys::Mark;
use super::order::Order;
use super::owners::{Held, Record, Settled, Unconfirmed, Verdict};
use super::queue::{Command, PLAYERS_PER_CALL};
use super::scripts::Script;
use crate::protocol::{ChatMessage, PlayerId};
use crate::replication::{Cut, Json, Replica};

/// One consistent cut of the common state.
struct Snap {
    epoch: String,
    offset: u64,
    records: Vec<Record>,
    players: HashMap<String, String>,
    chat: Vec<String>,
    notices: Vec<String>,
    /// Nodes that live and have said whom they hold.
    ready: HashSet<String>,
}

impl RedisHub {
    /// Tells Redis whom this node holds, where Redis is not known to agree.
    pub(super) async fn assert_unconfirmed(
        &self,
        connection: &Connection,
        replica: &dyn Replica,
    ) -> Result<(), LinkError> {
        let unconfirmed = self.state.lock().owners.unconfirmed();
        let held: Vec<(Unconfirmed, Json)> = unconfirmed
            .into_iter()
            .filter_map(|player| {
                // One that is not in the world yet, or not any more, has its turn later.
                let (fence, json) = replica.held(&player.id)?;
                (fence == player.fence).then_some((player, json))
            })
            .collect();
        for batch in held.chunks(PLAYERS_PER_CALL) {
            let mut call = connection.call(Script::Assert);
            call.arg(self.takeover_mode());
            for (player, json) in batch {
                call.arg(player.id.as_str())
                    .arg(player.fence)
                    .arg(&player.mark.owner)
                    .arg(&player.mark.address)
                    .arg(player.claim)
                    .arg(json.get());
            }
            let fences: Vec<String> = connection.ask(&call).await?.take_all()?;
            for ((player, _), fence) in batch.iter().zip(fences) {
                self.asserted(player, fence.parse().ok(), replica);
            }
        }
        Ok(())
    }

    fn asserted(&self, player: &Unconfirmed, answer: Option<u64>, replica: &dyn Replica) {
        let mut state = self.state.lock();
        let verdict = state.owners.asserted(&player.id, player.fence, answer);
        drop(state);
        match answer {
            Some(fence) => {
                self.act_on(verdict, &player.id, fence, replica);
            }
            None if verdict == Verdict::Apply => self.resync.notify_one(),
            None => {}
        }
    }

    /// Takes a cut and brings the replica in line with it.
    pub(super) async fn resync(
        &self,
        connection: &Connection,
        replica: &dyn Replica,
        order: &mut Order,
    ) -> Result<(), LinkError> {
        self.metrics.resyncs.increment();
        let answer = connection.ask(&connection.call(Script::Snap)).await?;
        let snap = Snap::read(answer)?;
        if snap.chat.is_empty() {
            self.seed(connection, replica).await?;
        }
        let is_first = order.epoch().is_empty();
        let is_new = order.epoch() != snap.epoch;
        let (settled, chat, waiters) = self.settle(&snap, is_new && !is_first);
        for (id, from, to) in &settled.refenced {
            replica.refence(id, *from, *to);
        }
        let cut = Cut {
            players: snap.present(&settled),
            yielded: settled.yielded,
            spared: settled.spared,
            chat,
        };
        replica.reconcile(cut);
        for waiter in waiters {
            // Its speaker may have gone.
            let _ = waiter.send(());
        }
        if is_new && !is_first {
            replica.reload();
        }
        if !is_new {
            for notice in snap.notices_after(order.offset()) {
                replica.told(notice);
            }
        }
        *order = Order::after(snap.epoch, snap.offset);
        Ok(())
    }

    /// Takes a cut over; also the messages in it that were not heard here, and who waits for them.
    fn settle(
        &self,
        snap: &Snap,
        lost_memory: bool,
    ) -> (Settled, Vec<ChatMessage>, Vec<oneshot::Sender<()>>) {
        let now = Instant::now();
        let mut state = self.state.lock();
        if lost_memory {
            // The others come back one by one and say whom they hold.
            state.owners.doubt();
            state.grace_until = Some(now + self.settings.grace);
        }
        let in_grace = state.grace_until.is_some_and(|until| now < until);
        let settled = state.owners.settle(snap.records.clone(), |node| {
            in_grace && !snap.ready.contains(node)
        });
        for (id, fence) in &settled.orphans {
            self.enqueue(
                &mut state,
                Command::Release(id.clone(), Held::Fence(*fence)),
            );
        }
        let messages = snap
            .chat
            .iter()
            .filter_map(|json| serde_json::from_str::<ChatMessage>(json).ok());
        let (mut unheard, mut waiters) = (Vec::new(), Vec::new());
        for message in messages {
            if let Some(waiter) = state.chats.placed(&message.id) {
                unheard.push(message);
                waiters.extend(waiter);
            }
        }
        (settled, unheard, waiters)
    }

    /// Gives Redis the messages this node remembers, when Redis remembers none.
    async fn seed(&self, connection: &Connection, replica: &dyn Replica) -> Result<(), LinkError> {
        let history = replica.history();
        if history.is_empty() {
            return Ok(());
        }
        let mut call = connection.call(Script::Seed);
        for message in &history {
            call.arg(message.get());
        }
        connection.ask(&call).await.map(drop)
    }
}

impl Snap {
    fn read(mut answer: Answer) -> Result<Self, LinkError> {
        let epoch = answer.take()?;
        let offset = answer.take()?;
        let own: Vec<(String, String)> = answer.take()?;
        let records = own
            .into_iter()
            .filter_map(|(id, text)| record(&id, &text))
            .collect();
        let players: Vec<(String, String)> = answer.take()?;
        Ok(Self {
            epoch,
            offset,
            records,
            players: players.into_iter().collect(),
            chat: answer.take()?,
            notices: answer.take()?,
            ready: answer.take::<Vec<String>>()?.into_iter().collect(),
        })
    }

    fn present(&self, settled: &Settled) -> Vec<(crate::protocol::Player, u64)> {
        self.records
            .iter()
            .filter(|record| settled.present.contains(&record.id))
            .filter_map(|record| {
                let json = self.players.get(record.id.as_str())?;
                Some((envelope::player(json).ok()?, record.fence))
            })
            .collect()
    }

    fn notices_after(&self, offset: u64) -> impl Iterator<Item = crate::replication::Notice> {
        self.notices.iter().filter_map(move |text| {
            let (at, text) = text.split_once(' ')?;
            let at: u64 = at.parse().ok()?;
            (at > offset).then(|| envelope::notice(text)).flatten()
        })
    }
}

/// A value of the hash `own`.
fn record(id: &str, text: &str) -> Option<Record> {
    let mut words = text.split(' ');
    Some(Record {
        id: PlayerId::trusted(id),
        fence: words.next()?.parse().ok()?,
        node: words.next()?.to_owned(),
        mark: Mark {
            owner: words.next()?.to_owned(),
            address: words.next()?.to_owned(),
        },
        claim: words.next()?.parse().ok()?,
    })
}
