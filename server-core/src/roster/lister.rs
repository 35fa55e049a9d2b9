//! Live sessions as the administration lists them.

use std::sync::Arc;

use tokio::time::Instant;

use super::persons_of;
use contract::Metadata;
use contract::admin::person::Worn;
use contract::admin::session::{MutedUntil, TransportKind};
use contract::admin::{AdminSession, PersonKind, PersonRef, SessionKind};
use runtime::clock::{iso, now_ms};
use session::SessionManager;
use session::overview::SessionView;
use store::accounts::ActiveSanction;
use store::records::Records;
use world::ConnectionId;

/// Builds [`AdminSession`]s; cheap to clone.
#[derive(Clone)]
pub(super) struct Lister {
    node: Arc<str>,
    records: Records,
    /// The same moment on both clocks.
    epoch: (Instant, i64),
}

impl Lister {
    pub(super) fn new(node: Arc<str>, records: Records) -> Self {
        Self {
            node,
            records,
            epoch: (Instant::now(), now_ms()),
        }
    }

    /// Every live session of this node, newest first.
    pub(super) fn all(&self, sessions: &SessionManager) -> Vec<AdminSession> {
        let mut all = Vec::new();
        sessions.look(|view| {
            let persons = persons_of(view.visitor);
            all.push((view.id, self.session(&view, &persons)));
        });
        all.sort_by_key(|(id, _)| std::cmp::Reverse(*id));
        all.into_iter().map(|(_, session)| session).collect()
    }

    /// One live session of this node.
    pub(super) fn one(&self, sessions: &SessionManager, id: ConnectionId) -> Option<AdminSession> {
        let mut found = None;
        sessions.look_at(id, |view| {
            let persons = persons_of(view.visitor);
            found = Some(self.session(&view, &persons));
        });
        found
    }

    pub(super) fn session(&self, view: &SessionView<'_>, persons: &[PersonRef]) -> AdminSession {
        let visitor = view.visitor;
        let account = visitor.account.as_ref();
        let person = persons.first().cloned();
        let person = person.unwrap_or_else(|| visitor.person());
        let player = view.player;
        let name = player.map(|player| player.name.clone());
        let username = account.map(|account| account.username.clone());
        let metadata = player.map(|player| &player.metadata);
        let text = |key: &str| metadata.and_then(|it| text(it, key)).map(str::to_owned);
        AdminSession {
            id: format!("{}-{}", self.node, view.id.0),
            node: self.node.to_string(),
            kind: match account {
                _ if visitor.is_bot() => SessionKind::Bot,
                Some(_) => SessionKind::Account,
                None => SessionKind::Guest,
            },
            joined: player.is_some(),
            player_id: player.map(|player| player.id.to_string()),
            name: name.or_else(|| username.clone()),
            account: username.filter(|username| !username.is_empty()),
            role: account.map(|account| account.role),
            address: visitor.address.to_canonical().to_string(),
            transport: transport(view.websocket),
            batch: view.batch,
            user_agent: visitor.user_agent.as_deref().map(str::to_owned),
            connected_at: self.time(view.connected),
            joined_at: view.joined.map(|at| self.time(at)),
            last_active_at: self.time(view.last_event),
            position: player.map(|player| player.position),
            map_id: text("mapId"),
            avatar_id: text("avatarId"),
            sprite: text("sprite"),
            appearance: metadata.and_then(Worn::of),
            ping_ms: ping(view),
            muted: self.mute(persons).map(|(id, mute)| MutedUntil {
                id,
                until: mute.until.map(iso),
                reason: mute.reason,
            }),
            warnings: self.records.counts.warnings(&person),
            open_reports: self.records.counts.reports_about(&person),
            subject: person.subject,
        }
    }

    pub(super) fn mute(&self, persons: &[PersonRef]) -> Option<(String, ActiveSanction)> {
        self.records.mutes.active(persons, now_ms())
    }

    pub(super) fn time(&self, at: Instant) -> String {
        let (instant, ms) = self.epoch;
        let since = |later: Instant, earlier: Instant| {
            i64::try_from((later - earlier).as_millis()).unwrap_or(i64::MAX)
        };
        iso(match at >= instant {
            true => ms + since(at, instant),
            false => ms - since(instant, at),
        })
    }

    pub(super) fn records(&self) -> &Records {
        &self.records
    }
}

/// The person who holds a session.
#[must_use]
pub fn person_in(session: &AdminSession) -> PersonRef {
    PersonRef {
        kind: match session.kind {
            SessionKind::Account => PersonKind::Account,
            // A service account; clients of load tests have no role.
            SessionKind::Bot if session.role.is_some() => PersonKind::Account,
            SessionKind::Guest | SessionKind::Bot => PersonKind::Guest,
        },
        subject: session.subject.clone(),
    }
}

pub(super) fn text<'a>(metadata: &'a Metadata, key: &str) -> Option<&'a str> {
    metadata.get(key)?.as_str()
}

pub(super) fn transport(websocket: bool) -> TransportKind {
    match websocket {
        true => TransportKind::Websocket,
        false => TransportKind::Polling,
    }
}

pub(super) fn ping(view: &SessionView<'_>) -> Option<f64> {
    let ms = view.round_trip?.as_secs_f64() * 1000.0;
    Some((ms * 10.0).round() / 10.0)
}
