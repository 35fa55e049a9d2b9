//! The sessions of this node as they were at the last look, and what changed about them since.

use std::collections::HashMap;

use tokio::time::Instant;

use super::lister::{Lister, ping, text, transport};
use super::persons_of;
use contract::admin::person::Worn;
use contract::admin::session::SessionMove;
use contract::admin::{AdminSession, PersonRef, SessionKind};
use contract::{Metadata, Player};
use session::SessionManager;
use session::overview::SessionView;
use world::ConnectionId;

/// What changed about live sessions.
#[derive(Debug, Default, Clone, PartialEq)]
pub(crate) struct RosterChanges {
    pub(crate) sessions: Vec<AdminSession>,
    pub(crate) moved: Vec<SessionMove>,
    pub(crate) gone: Vec<String>,
}

impl RosterChanges {
    /// Adds what changed elsewhere, or later.
    pub(crate) fn extend(&mut self, other: Self) {
        self.sessions.extend(other.sessions);
        self.moved.extend(other.moved);
        self.gone.extend(other.gone);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.sessions.is_empty() && self.moved.is_empty() && self.gone.is_empty()
    }
}

/// The sessions of this node as they were at the last look.
pub(crate) struct LocalSessions {
    lister: Lister,
    manager: SessionManager,
    listed: HashMap<ConnectionId, ListedSession>,
    /// Looks taken so far; what was not seen in the last one is gone.
    looks: u64,
    /// Number of the last update that other nodes were told.
    seq: u64,
}

/// A session as it is listed, and what it is compared by.
struct ListedSession {
    session: AdminSession,
    persons: Vec<PersonRef>,
    joined: Option<Instant>,
    last_event: Instant,
    seen: u64,
}

impl LocalSessions {
    pub(super) fn new(lister: Lister, manager: SessionManager) -> Self {
        Self {
            lister,
            manager,
            listed: HashMap::new(),
            looks: 0,
            seq: 0,
        }
    }

    /// Looks at every session and says what changed. Positions, pings and last signs of life change
    /// all the time; they are compared only `with_moves`.
    pub(crate) fn look(&mut self, with_moves: bool) -> RosterChanges {
        let mut changes = RosterChanges::default();
        self.looks += 1;
        let (lister, looks) = (&self.lister, self.looks);
        let listed = &mut self.listed;
        self.manager.look(|view| {
            if let Some(before) = listed.get_mut(&view.id)
                && before.is_same(lister, &view)
            {
                before.seen = looks;
                if with_moves {
                    changes.moved.extend(before.take_move(lister, &view));
                }
                return;
            }
            let persons = persons_of(view.visitor);
            let session = lister.session(&view, &persons);
            changes.sessions.push(session.clone());
            listed.insert(
                view.id,
                ListedSession {
                    session,
                    persons,
                    joined: view.joined,
                    last_event: view.last_event,
                    seen: looks,
                },
            );
        });
        listed.retain(|_, listed| {
            let here = listed.seen == looks;
            if !here {
                changes.gone.push(listed.session.id.clone());
            }
            here
        });
        changes
    }

    /// Every session as of the last look, newest first.
    pub(crate) fn all(&self) -> Vec<AdminSession> {
        let mut all: Vec<_> = self.listed.iter().collect();
        all.sort_by_key(|(id, _)| std::cmp::Reverse(**id));
        all.into_iter()
            .map(|(_, listed)| listed.session.clone())
            .collect()
    }

    /// Forgets everything: nobody looks any more.
    pub(crate) fn clear(&mut self) {
        self.listed = HashMap::new();
    }

    /// The number of the next update for other nodes.
    pub(super) fn next_seq(&mut self) -> u64 {
        self.seq += 1;
        self.seq
    }
}

impl ListedSession {
    /// Whether a session is still what it was, apart from what [`SessionMove`] holds. Compares
    /// without making text, since hardly anything changes between two looks.
    fn is_same(&self, lister: &Lister, view: &SessionView<'_>) -> bool {
        let session = &self.session;
        let account = view.visitor.account.as_ref();
        let Some(person) = self.persons.first() else {
            return false;
        };
        let same_person = match account {
            Some(account) if account.service => {
                session.kind == SessionKind::Bot && session.subject == account.id
            }
            Some(account) => session.kind == SessionKind::Account && session.subject == account.id,
            None if view.visitor.is_bot() => session.kind == SessionKind::Bot,
            None => session.kind == SessionKind::Guest,
        };
        let mute = lister.mute(&self.persons).map(|(id, _)| id);
        same_person
            && session.role == account.map(|account| account.role)
            && session.transport == transport(view.websocket)
            && self.joined == view.joined
            && is_same_player(session, view.player)
            && session.muted.as_ref().map(|muted| &muted.id) == mute.as_ref()
            && session.warnings == lister.records().counts.warnings(person)
            && session.open_reports == lister.records().counts.reports_about(person)
    }

    fn take_move(&mut self, lister: &Lister, view: &SessionView<'_>) -> Option<SessionMove> {
        let session = &mut self.session;
        let position = view.player.map(|player| player.position);
        let ping_ms = ping(view);
        let same = session.position == position
            && self.last_event == view.last_event
            && is_same_ping(session.ping_ms, ping_ms);
        if same {
            return None;
        }
        self.last_event = view.last_event;
        let last_active_at = lister.time(view.last_event);
        session.position = position;
        session.last_active_at.clone_from(&last_active_at);
        session.ping_ms = ping_ms;
        Some(SessionMove {
            id: session.id.clone(),
            last_active_at,
            position,
            ping_ms,
        })
    }
}

fn is_same_player(session: &AdminSession, player: Option<&Player>) -> bool {
    let Some(player) = player else {
        return !session.joined;
    };
    let same = |shown: &Option<String>, key: &str| shown.as_deref() == text(&player.metadata, key);
    session.player_id.as_deref() == Some(player.id.as_str())
        && session.name.as_deref() == Some(player.name.as_str())
        && same(&session.map_id, "mapId")
        && same(&session.avatar_id, "avatarId")
        && same(&session.sprite, "sprite")
        && wears(session.appearance.as_ref(), &player.metadata)
}

/// Most players never change what they wear, and many chose nothing.
fn wears(shown: Option<&Worn>, metadata: &Metadata) -> bool {
    match (shown, metadata.contains_key("appearance")) {
        (None, false) => true,
        _ => shown == Worn::of(metadata).as_ref(),
    }
}

/// A tenth more or less is no news.
fn is_same_ping(shown: Option<f64>, now: Option<f64>) -> bool {
    match (shown, now) {
        (Some(shown), Some(now)) => (shown - now).abs() <= (shown * 0.1).max(1.0),
        (None, None) => true,
        _ => false,
    }
}
