//! Live sessions as the administration lists them, and what changed about them since the last look.

use std::collections::HashMap;
use std::sync::Arc;

use tokio::time::Instant;

use crate::accounts::time::{iso, now_ms};
use crate::moderation::records::{ActiveMute, Records};
use crate::moderation::sessions::session_id;
use crate::moderation::{person_of, persons_of};
use crate::protocol::admin::session::{MutedUntil, SessionMove, TransportKind};
use crate::protocol::admin::{AdminSession, PersonRef, SessionKind};
use crate::protocol::{Metadata, Player};
use crate::session::SessionManager;
use crate::session::overview::Glimpse;
use crate::world::ConnectionId;

/// Builds [`AdminSession`]s; cheap to clone.
#[derive(Clone)]
pub(crate) struct Lister {
    node: Arc<str>,
    records: Records,
    /// The same moment on both clocks.
    epoch: (Instant, i64),
}

/// What changed about live sessions.
#[derive(Debug, Default, PartialEq)]
pub(super) struct RosterChanges {
    pub(super) sessions: Vec<AdminSession>,
    pub(super) moved: Vec<SessionMove>,
    pub(super) gone: Vec<String>,
}

/// Live sessions as they were at the last look.
pub(super) struct Roster {
    lister: Lister,
    known: HashMap<ConnectionId, Known>,
    /// Looks taken so far; what was not seen in the last one is gone.
    looks: u64,
}

struct Known {
    session: AdminSession,
    persons: Vec<PersonRef>,
    joined: Option<Instant>,
    last_event: Instant,
    seen: u64,
}

impl Lister {
    pub(crate) fn new(node: Arc<str>, records: Records) -> Self {
        Self {
            node,
            records,
            epoch: (Instant::now(), now_ms()),
        }
    }

    /// Every live session of this node, newest first.
    pub(crate) fn all(&self, sessions: &SessionManager) -> Vec<AdminSession> {
        let mut all = Vec::new();
        sessions.look(|glimpse| {
            let persons = persons_of(glimpse.visitor);
            all.push((glimpse.id, self.session(&glimpse, &persons)));
        });
        all.sort_by_key(|(id, _)| std::cmp::Reverse(*id));
        all.into_iter().map(|(_, session)| session).collect()
    }

    /// One live session of this node.
    pub(crate) fn one(&self, sessions: &SessionManager, id: ConnectionId) -> Option<AdminSession> {
        let mut found = None;
        sessions.look(|glimpse| {
            if glimpse.id == id {
                let persons = persons_of(glimpse.visitor);
                found = Some(self.session(&glimpse, &persons));
            }
        });
        found
    }

    fn session(&self, glimpse: &Glimpse<'_>, persons: &[PersonRef]) -> AdminSession {
        let visitor = glimpse.visitor;
        let account = visitor.account.as_ref();
        let person = persons.first().cloned();
        let person = person.unwrap_or_else(|| person_of(visitor));
        let player = glimpse.player;
        let name = player.map(|player| player.name.clone());
        let metadata = player.map(|player| &player.metadata);
        let text = |key: &str| metadata.and_then(|it| text(it, key)).map(str::to_owned);
        AdminSession {
            id: session_id(&self.node, glimpse.id),
            node: self.node.to_string(),
            kind: match account {
                Some(_) => SessionKind::Account,
                None => SessionKind::Guest,
            },
            joined: player.is_some(),
            player_id: player.map(|player| player.id.to_string()),
            name: name.or_else(|| account.map(|account| account.username.clone())),
            role: account.map(|account| account.role),
            address: visitor.address.to_canonical().to_string(),
            transport: transport(glimpse.websocket),
            batch: glimpse.batch,
            user_agent: visitor.user_agent.as_deref().map(str::to_owned),
            connected_at: self.time(glimpse.connected),
            joined_at: glimpse.joined.map(|at| self.time(at)),
            last_active_at: self.time(glimpse.last_event),
            position: player.map(|player| player.position),
            map_id: text("mapId"),
            avatar_id: text("avatarId"),
            sprite: text("sprite"),
            ping_ms: ping(glimpse),
            muted: self.mute(persons).map(|mute| MutedUntil {
                id: mute.id,
                until: mute.until.map(iso),
                reason: mute.reason,
            }),
            warnings: self.records.counts.warnings(&person),
            open_reports: self.records.counts.reports_about(&person),
            subject: person.subject,
        }
    }

    fn mute(&self, persons: &[PersonRef]) -> Option<ActiveMute> {
        self.records.mutes.active(persons, now_ms())
    }

    /// Whether a session is still what it was, apart from what [`SessionMove`] holds. Compares
    /// without making text, since hardly anything changes between two looks.
    fn is_same(&self, known: &Known, glimpse: &Glimpse<'_>) -> bool {
        let session = &known.session;
        let account = glimpse.visitor.account.as_ref();
        let Some(person) = known.persons.first() else {
            return false;
        };
        let same_person = match account {
            Some(account) => session.kind == SessionKind::Account && session.subject == account.id,
            None => session.kind == SessionKind::Guest,
        };
        let mute = self.mute(&known.persons).map(|mute| mute.id);
        same_person
            && session.role == account.map(|account| account.role)
            && session.transport == transport(glimpse.websocket)
            && known.joined == glimpse.joined
            && is_same_player(session, glimpse.player)
            && session.muted.as_ref().map(|muted| &muted.id) == mute.as_ref()
            && session.warnings == self.records.counts.warnings(person)
            && session.open_reports == self.records.counts.reports_about(person)
    }

    fn time(&self, at: Instant) -> String {
        let (instant, ms) = self.epoch;
        let since = |later: Instant, earlier: Instant| {
            i64::try_from((later - earlier).as_millis()).unwrap_or(i64::MAX)
        };
        iso(match at >= instant {
            true => ms + since(at, instant),
            false => ms - since(instant, at),
        })
    }
}

impl Roster {
    pub(super) fn new(lister: Lister) -> Self {
        Self {
            lister,
            known: HashMap::new(),
            looks: 0,
        }
    }

    /// Looks at every session and says what changed. Positions, pings and last signs of life change
    /// all the time; they are compared only `with_moves`.
    pub(super) fn look(&mut self, sessions: &SessionManager, with_moves: bool) -> RosterChanges {
        let mut changes = RosterChanges::default();
        self.looks += 1;
        let (lister, looks) = (&self.lister, self.looks);
        let known = &mut self.known;
        sessions.look(|glimpse| {
            if let Some(known) = known.get_mut(&glimpse.id)
                && lister.is_same(known, &glimpse)
            {
                known.seen = looks;
                if with_moves {
                    changes.moved.extend(lister.take_move(known, &glimpse));
                }
                return;
            }
            let persons = persons_of(glimpse.visitor);
            let session = lister.session(&glimpse, &persons);
            changes.sessions.push(session.clone());
            known.insert(
                glimpse.id,
                Known {
                    session,
                    persons,
                    joined: glimpse.joined,
                    last_event: glimpse.last_event,
                    seen: looks,
                },
            );
        });
        known.retain(|_, known| {
            let here = known.seen == looks;
            if !here {
                changes.gone.push(known.session.id.clone());
            }
            here
        });
        changes
    }

    /// Every session as of the last look, newest first.
    pub(super) fn all(&self) -> Vec<AdminSession> {
        let mut all: Vec<_> = self.known.iter().collect();
        all.sort_by_key(|(id, _)| std::cmp::Reverse(**id));
        all.into_iter()
            .map(|(_, known)| known.session.clone())
            .collect()
    }

    /// Forgets everything: nobody looks any more.
    pub(super) fn clear(&mut self) {
        self.known = HashMap::new();
    }
}

impl Lister {
    fn take_move(&self, known: &mut Known, glimpse: &Glimpse<'_>) -> Option<SessionMove> {
        let session = &mut known.session;
        let position = glimpse.player.map(|player| player.position);
        let ping_ms = ping(glimpse);
        let same = session.position == position
            && known.last_event == glimpse.last_event
            && is_same_ping(session.ping_ms, ping_ms);
        if same {
            return None;
        }
        known.last_event = glimpse.last_event;
        let last_active_at = self.time(glimpse.last_event);
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
}

fn text<'a>(metadata: &'a Metadata, key: &str) -> Option<&'a str> {
    metadata.get(key)?.as_str()
}

fn transport(websocket: bool) -> TransportKind {
    match websocket {
        true => TransportKind::Websocket,
        false => TransportKind::Polling,
    }
}

fn ping(glimpse: &Glimpse<'_>) -> Option<f64> {
    let ms = glimpse.round_trip?.as_secs_f64() * 1000.0;
    Some((ms * 10.0).round() / 10.0)
}

/// A tenth more or less is no news.
fn is_same_ping(shown: Option<f64>, now: Option<f64>) -> bool {
    match (shown, now) {
        (Some(shown), Some(now)) => (shown - now).abs() <= (shown * 0.1).max(1.0),
        (None, None) => true,
        _ => false,
    }
}
