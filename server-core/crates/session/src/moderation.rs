//! What moderators do to live sessions.

use std::collections::HashSet;
use std::sync::Arc;

use super::access::WorldViews;
use super::connection::Connection;
use super::frame::Frame;
use super::live::Live;
use super::{SessionManager, new_message, to_json};
use contract::admin::person::VisitEnd;
use contract::chat::{SYSTEM_AUTHOR, SYSTEM_PLAYER_ID};
use contract::events::ChatRemoved;
use contract::moderation::ModerationNotice;
use contract::rest::Role;
use contract::world_map::Mood;
use contract::{
    ChatMessage, MessageId, PinnedAnnouncement, Player, PlayerId, SessionTerminated, StaffRole,
    WorldInfo, events,
};
use identity::Visitor;
use replication::ChatPlacement;
use world::ConnectionId;

impl SessionManager {
    /// Ends one session. `false` when it is gone already.
    pub fn end(&self, id: ConnectionId, notice: &SessionTerminated) -> bool {
        let connection = self.shared.live.lock().get(id).cloned();
        let Some(connection) = connection else {
            return false;
        };
        self.end_session(&connection, notice);
        true
    }

    /// Ends every session that holds a player, unless `spared` says no. Returns how many.
    pub fn end_players(
        &self,
        notice: &SessionTerminated,
        spared: impl Fn(&Visitor) -> bool,
    ) -> usize {
        let live = &self.shared.live;
        self.end_where(notice, |connection| {
            live.lock().world.held_by(connection.id).is_some()
                && !spared(&connection.visitor.lock())
        })
    }

    /// Ends every session that `notice_for` has a notice for. Returns how many.
    pub fn end_with_notice(
        &self,
        notice_for: impl Fn(&Visitor) -> Option<SessionTerminated>,
    ) -> usize {
        let roster = self.shared.live.lock().roster();
        let mut ended = 0;
        for connection in roster.iter() {
            let notice = notice_for(&connection.visitor.lock());
            if let Some(notice) = notice {
                self.end_session(connection, &notice);
                ended += 1;
            }
        }
        ended
    }

    /// Sends a notice to every socket that `concerns`. Returns to how many.
    pub fn notify(&self, notice: &ModerationNotice, concerns: impl Fn(&Visitor) -> bool) -> usize {
        let frame = Frame::event(events::MODERATION_NOTICE, to_json(notice));
        let concerned = self.connections_where(|connection| concerns(&connection.visitor.lock()));
        let slow: Vec<_> = concerned
            .iter()
            .filter(|connection| connection.send(frame.clone()).is_err())
            .cloned()
            .collect();
        self.abort_slow(slow);
        concerned.len()
    }

    /// Sends a word to every socket that does not read it in the chat: those of older clients, and those
    /// outside a closed world. Returns how many sockets hear it, one way or the other.
    pub fn announce(&self, notice: &ModerationNotice) -> usize {
        let frame = Frame::event(events::MODERATION_NOTICE, to_json(notice));
        let (heard, slow) = {
            let live = self.shared.live.lock();
            let slow = live.send_where(&frame, |it| !(it.log && it.access.is_inside()));
            (live.connection_count(), slow)
        };
        self.abort_slow(slow);
        heard
    }

    /// Says something as the world itself: a line in the chat of every node, and in the archive.
    pub async fn place_system_message(&self, content: String) {
        let message = new_message(SYSTEM_PLAYER_ID, SYSTEM_AUTHOR, content);
        self.place(&message).await;
        self.shared.directory.archive(&message, None);
    }

    /// Puts a message into the chat of every node, at its place among theirs. The archive is the caller's.
    pub async fn place(&self, message: &ChatMessage) {
        self.shared.metrics.chat_messages.increment();
        if self.shared.hub.place_chat(message).await == ChatPlacement::Here {
            self.put_up(message);
        }
    }

    /// Sends a notice to one socket. `false` when it is gone already.
    pub fn notify_one(&self, id: ConnectionId, notice: &ModerationNotice) -> bool {
        let connection = self.shared.live.lock().get(id).cloned();
        let Some(connection) = connection else {
            return false;
        };
        let frame = Frame::event(events::MODERATION_NOTICE, to_json(notice));
        self.reply(&connection, frame);
        true
    }

    /// Removes a chat message from the live history and tells every socket. `false` if it is no
    /// longer there; the sockets are told all the same, since clients keep more than the server.
    pub fn remove_message(&self, id: &MessageId) -> bool {
        let (removed, slow) = {
            let mut live = self.shared.live.lock();
            let removed = live.world.remove_message(id);
            let frame = Frame::event(events::CHAT_REMOVED, to_json(&ChatRemoved { id }));
            (removed, live.broadcast(frame, None))
        };
        self.abort_slow(slow);
        removed
    }

    /// Puts a removed message back into the live history, as far as that still reaches, and tells
    /// every socket.
    pub fn restore_message(&self, message: &ChatMessage) {
        let slow = {
            let mut live = self.shared.live.lock();
            live.world.restore_message(message);
            let frame = Frame::event(events::CHAT_RESTORED, to_json(message));
            live.broadcast(frame, None)
        };
        self.abort_slow(slow);
    }

    /// Changes what the world says about itself; every socket gets a fresh snapshot.
    pub fn set_world(&self, info: &WorldInfo) {
        let mut live = self.shared.live.lock();
        if !live.world.set_info(info) {
            return;
        }
        if live.is_crowd() {
            // Behind what they were told before.
            live.shows_world = true;
            live.wake_flusher();
            return;
        }
        let mut views = WorldViews::default();
        for connection in live.roster().iter() {
            self.count(views.show(&mut live, connection));
        }
    }

    /// Changes the light the world is in, and tells every socket.
    pub fn set_mood(&self, mood: Mood) {
        let slow = {
            let mut live = self.shared.live.lock();
            let Some(payload) = live.world.set_mood(mood) else {
                return;
            };
            live.broadcast_to_all(Frame::event(events::WORLD_MOOD, payload))
        };
        self.abort_slow(slow);
    }

    /// Changes which announcement stands for a while, and tells every socket.
    pub fn set_pinned(&self, pinned: Option<PinnedAnnouncement>) {
        let slow = {
            let mut live = self.shared.live.lock();
            let Some(payload) = live.world.set_pinned(pinned) else {
                return;
            };
            live.broadcast_to_all(Frame::event(events::WORLD_PINNED, payload))
        };
        self.abort_slow(slow);
    }

    /// The accounts somebody on this node is logged in to, each once.
    #[must_use]
    pub fn live_accounts(&self) -> HashSet<String> {
        let roster = self.shared.live.lock().roster();
        let account =
            |it: &Arc<Connection>| it.visitor.lock().account.as_ref().map(|it| it.id.clone());
        roster.iter().filter_map(account).collect()
    }

    /// Takes over a changed role of an account.
    pub fn set_role(&self, account_id: &str, role: Role) {
        for connection in self.connections_where(|_| true) {
            if let Some(account) = &mut connection.visitor.lock().account
                && account.id == account_id
            {
                account.role = role;
            }
        }
    }

    /// Takes over which accounts look after the world; those that are not named do not.
    pub fn set_staff(&self, staff: impl IntoIterator<Item = (PlayerId, StaffRole)>) {
        let slow = {
            let mut live = self.shared.live.lock();
            live.world.set_staff(staff);
            live.announce_staff()
        };
        self.abort_slow(slow);
    }

    /// Takes over as what an account looks after the world; `None` when it does not, or is gone.
    pub fn note_staff(&self, account_id: &str, role: Option<StaffRole>) {
        let slow = {
            let mut live = self.shared.live.lock();
            live.world.note_staff(&PlayerId::trusted(account_id), role);
            live.announce_staff()
        };
        self.abort_slow(slow);
    }

    /// Notes the name a connection's player has now.
    pub(super) fn note_name(&self, live: &Live, connection: &Connection) {
        let held = live.world.held_by(connection.id);
        if let Some(player) = held.and_then(|id| live.world.player(id)) {
            self.shared
                .directory
                .seen(&connection.visitor.lock(), player);
        }
    }

    /// Notes that a connection's player is about to leave. What is noted first is how it ended.
    pub(super) fn note_leaving(&self, live: &Live, connection: &Connection, end: VisitEnd) {
        let Some(player) = live
            .world
            .held_by(connection.id)
            .and_then(|id| live.world.player(id))
        else {
            return;
        };
        self.note_visit(connection, player, end);
    }

    /// Notes that the visit of a player on this connection is over, once.
    pub(super) fn note_visit(&self, connection: &Connection, player: &Player, end: VisitEnd) {
        let visitor = connection.visitor.lock();
        self.shared.directory.seen(&visitor, player);
        if let Some(joined) = connection.joined.lock().take() {
            let directory = &self.shared.directory;
            directory.visited(&visitor, player, joined.elapsed(), end);
        }
    }
}
