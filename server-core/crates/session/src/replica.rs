//! What other nodes do, applied to the world of this one. The counterpart of what the session
//! manager tells its hub.

use std::sync::Arc;

use super::SessionManager;
use super::connection::Connection;
use super::frame::Frame;
use super::live::Live;
use contract::SharedJson;
use contract::{ChatMessage, Player, PlayerId, SessionTerminated, TerminationCode, events};
use identity::Account;
use replication::{ClusterSnapshot, MoveTurn, Notice, Recalling, Replica};

/// Whose sessions end once the world's lock is given back.
#[derive(Default)]
struct EndedSessions {
    evicted: Vec<Arc<Connection>>,
    slow: Vec<Arc<Connection>>,
}

impl Live {
    /// Whether another node's player is shown under this very fence.
    fn shows_remote(&self, id: &PlayerId, fence: u64) -> bool {
        let holder = self.world.holder_of(id);
        holder.is_some_and(|holder| holder.connection.is_none() && holder.fence == fence)
    }
}

impl SessionManager {
    /// Puts another node's player in, in place of whoever held it here.
    fn put_in(&self, live: &mut Live, player: Player, fence: u64, ending: &mut EndedSessions) {
        let id = player.id.clone();
        // A newer claim came first: what is in place stays.
        let Ok(joined) = live.world.join_remote(player, fence) else {
            return;
        };
        if let Some(evicted) = joined.evicted.and_then(|id| live.get(id)).cloned() {
            live.unsubscribe(evicted.id);
            ending.evicted.push(evicted);
        }
        let frame = Frame::about(events::PLAYER_JOINED, joined.player, id);
        ending.slow.extend(live.broadcast(frame, None));
        ending.slow.extend(live.announce_staff());
    }

    fn take_out(&self, live: &mut Live, id: &PlayerId, fence: u64, ending: &mut EndedSessions) {
        if let Some(released) = live.world.leave_remote(id, fence) {
            ending.slow.extend(live.announce_left(&released, None));
        }
    }

    /// Shows another node's player as it is, and tells of it only what is news here.
    fn bring_in_line(
        &self,
        live: &mut Live,
        player: Player,
        fence: u64,
        ending: &mut EndedSessions,
    ) {
        if !live.shows_remote(&player.id, fence) {
            self.put_in(live, player, fence, ending);
        } else if !live.world.shows(&player) {
            live.world.update_remote(player, fence);
        }
    }

    /// Changes the world in one step, then ends the sessions this cost.
    fn replicate(&self, change: impl FnOnce(&mut Live, &mut EndedSessions)) {
        let mut ending = EndedSessions::default();
        {
            let mut live = self.shared.live.lock();
            change(&mut live, &mut ending);
            self.note_population(&live);
        }
        let notice = SessionTerminated::plain(TerminationCode::Duplicate);
        for connection in ending.evicted {
            self.end_session(&connection, &notice);
        }
        self.abort_slow(ending.slow);
    }
}

impl Replica for SessionManager {
    fn joined(&self, player: Player, fence: u64) {
        self.replicate(|live, ending| self.put_in(live, player, fence, ending));
    }

    fn returned(&self, player: Player, fence: u64) {
        self.replicate(|live, ending| self.bring_in_line(live, player, fence, ending));
        self.shared.changed.notify_one();
    }

    fn moved(&self, players: Vec<(Player, u64)>, turn: MoveTurn) {
        {
            let mut live = self.shared.live.lock();
            for (player, fence) in players {
                if turn == MoveTurn::Waited {
                    live.world.hurry(&player.id);
                }
                live.world.update_remote(player, fence);
            }
        }
        self.shared.changed.notify_one();
    }

    fn moves_healed(&self, mut players: Vec<(Player, u64)>) {
        {
            let mut live = self.shared.live.lock();
            players.retain(|(player, _)| !live.world.shows(player));
            for (player, fence) in players {
                live.world.update_remote(player, fence);
            }
        }
        self.shared.changed.notify_one();
    }

    fn left(&self, players: &[(PlayerId, u64)]) {
        self.replicate(|live, ending| {
            for (id, fence) in players {
                self.take_out(live, id, *fence, ending);
            }
        });
    }

    fn chat_placed(&self, message: &ChatMessage) {
        self.put_up(message);
    }

    fn reconcile(&self, snapshot: ClusterSnapshot) {
        self.replicate(|live, ending| {
            let present: std::collections::HashSet<PlayerId> = snapshot
                .players
                .iter()
                .map(|(player, _)| player.id.clone())
                .collect();
            for (id, fence) in live.world.remote_players() {
                if !present.contains(&id) && !snapshot.spared.contains(&id) {
                    self.take_out(live, &id, fence, ending);
                }
            }
            for (id, fence) in &snapshot.yielded {
                live.world.refence(id, *fence, 0);
            }
            for (player, fence) in snapshot.players {
                // A snapshot is right about other nodes also where they went back to an older fence.
                if let Some(holder) = live.world.holder_of(&player.id)
                    && holder.connection.is_none()
                    && holder.fence > fence
                {
                    live.world.refence(&player.id, holder.fence, 0);
                }
                let is_newer_here =
                    snapshot.moving.contains(&player.id) && live.shows_remote(&player.id, fence);
                if !is_newer_here {
                    self.bring_in_line(live, player, fence, ending);
                }
            }
            for message in &snapshot.chat {
                let json = live.world.insert_chat(message);
                let frame = Frame::event(events::CHAT_MESSAGE, json);
                ending.slow.extend(live.broadcast(frame, None));
            }
        });
        self.shared.changed.notify_one();
    }

    fn held(&self, id: &PlayerId) -> Option<(u64, SharedJson)> {
        self.shared.live.lock().world.local_player(id)
    }

    fn refence(&self, id: &PlayerId, from: u64, to: u64) {
        self.shared.live.lock().world.refence(id, from, to);
    }

    fn history(&self) -> Vec<SharedJson> {
        self.shared.live.lock().world.messages()
    }

    fn recall(&self) -> Recalling<'_> {
        Box::pin(async move { self.shared.directory.recall().await.ok() })
    }

    fn notified(&self, notice: Notice) {
        match notice {
            Notice::AtlasChanged { .. } => self.reload(),
            Notice::LoggedIn {
                guest,
                account,
                username,
                role,
                seed,
            } => {
                let account = Account {
                    id: account,
                    username,
                    role,
                    service: false,
                };
                self.bind_proven(&guest, &account, &seed);
            }
            Notice::LoggedOut { account, guest } => {
                self.unbind_digest(&account, guest.as_deref());
            }
            Notice::Emoted { player, name } => {
                self.show_emote(&PlayerId::trusted(player), &name, None);
            }
            Notice::Moderation { event, .. } => self.shared.directory.moderated(event),
        }
    }

    fn reload(&self) {
        self.shared.directory.reload();
    }
}
