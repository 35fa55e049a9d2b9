//! The live feed as a moderator's page keeps it: the state, and every change on top.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{Client, Connect, soon};

/// A watcher of the namespace `/admin`. Fails the test when a change is missing or comes twice.
pub struct FeedWatcher {
    /// Its connection.
    pub client: Client,
    /// The newest state's other fields, with later changes on top.
    pub state: Value,
    /// Sessions by id.
    pub sessions: BTreeMap<String, Value>,
    /// Everything that came, oldest first, without samples.
    pub changes: Vec<Value>,
    seq: u64,
}

impl FeedWatcher {
    /// Enters the namespace and reads the state.
    ///
    /// # Panics
    /// When the server refuses.
    pub async fn open(connect: Connect) -> Self {
        let client = connect.administration().open().await;
        let mut feed = Self {
            client,
            state: Value::Null,
            sessions: BTreeMap::new(),
            changes: Vec::new(),
            seq: 0,
        };
        let state = feed.client.expect("admin:state").await;
        feed.take_state(state);
        feed
    }

    /// Reads until `done` says so.
    ///
    /// # Panics
    /// With `what` when that takes too long, or the feed ends.
    pub async fn until(&mut self, what: &str, done: impl Fn(&Self) -> bool) {
        let reading = async {
            while !done(self) {
                let event = self.client.event().await;
                match event.name.as_str() {
                    "admin:state" => self.take_state(event.data),
                    "admin:changes" => self.take_changes(event.data),
                    "admin:logs" => self.changes.push(event.data),
                    other => panic!("unexpected {other}: {}", event.data),
                }
            }
        };
        soon(what, reading).await;
    }

    /// The session that holds a player.
    pub fn session_of(&self, player_id: &str) -> Option<&Value> {
        self.sessions
            .values()
            .find(|session| session["playerId"] == player_id)
    }

    /// Reads until a player is in and gives its session's id.
    pub async fn session_id(&mut self, player_id: &str) -> String {
        let is_in = |feed: &Self| feed.session_of(player_id).is_some();
        self.until("the player in the feed", is_in).await;
        let session = self.session_of(player_id).expect("it is in");
        session["id"].as_str().expect("an id").to_owned()
    }

    /// Everything of one kind that came so far.
    pub fn all(&self, key: &str) -> Vec<&Value> {
        let lists = self
            .changes
            .iter()
            .filter_map(|change| change[key].as_array());
        lists.flatten().collect()
    }

    fn take_state(&mut self, state: Value) {
        self.seq = state["seq"].as_u64().expect("a number");
        let sessions = state["sessions"].as_array().expect("a list");
        self.sessions = sessions
            .iter()
            .map(|session| (id_of(session), session.clone()))
            .collect();
        self.state = state;
    }

    fn take_changes(&mut self, change: Value) {
        self.seq += 1;
        assert_eq!(change["seq"], self.seq, "a gap before {change}");
        let list = |key: &str| change[key].as_array().cloned().unwrap_or_default();
        for session in list("sessions") {
            self.sessions.insert(id_of(&session), session);
        }
        for moved in list("moved") {
            let session = self.sessions.get_mut(&id_of(&moved)).expect("known");
            for key in ["position", "lastActiveAt", "pingMs"] {
                session[key] = moved[key].clone();
            }
        }
        for gone in list("gone") {
            let gone = gone.as_str().expect("an id");
            assert!(self.sessions.remove(gone).is_some(), "{gone} was unknown");
        }
        for key in ["me", "server", "nodes", "openReports", "held"] {
            if let Some(value) = change.get(key) {
                self.state[key] = value.clone();
            }
        }
        self.changes.push(change);
    }
}

fn id_of(session: &Value) -> String {
    session["id"].as_str().expect("an id").to_owned()
}
