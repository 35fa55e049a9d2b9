//! The world as a client that only listens sees it.

use std::collections::BTreeMap;

use contract::batch;
use contract::batch::stream::{self, StreamDecoder};
use serde_json::{Map, Value, json};

use crate::WireEvent;

/// Begins with a snapshot, applies events, and remembers what happened how often.
#[derive(Debug, Clone)]
pub struct WorldMirror {
    players: BTreeMap<String, Value>,
    chat: Vec<Value>,
    /// The ids of `player:joined` events, in order.
    pub joined: Vec<String>,
    /// The ids of `player:left` events, in order.
    pub left: Vec<String>,
    /// The contents of `chat:message` events, in order.
    pub heard: Vec<String>,
    /// How many updates were applied, by either event.
    pub updates: usize,
    /// How many snapshots came after the first.
    pub snapshots: usize,
    stream: StreamDecoder,
}

/// What an attachment says about one player.
struct MirroredChange<'a> {
    id: &'a str,
    full: bool,
    position: Option<[f64; 3]>,
    animation: Option<&'a str>,
    name: Option<&'a str>,
    metadata: Option<&'a str>,
}

impl WorldMirror {
    /// The world of a snapshot.
    pub fn of(snapshot: &Value) -> Self {
        let players = snapshot["players"].as_array().expect("players");
        Self {
            players: players.iter().map(|p| (id(p), p.clone())).collect(),
            chat: snapshot["chat"].as_array().expect("chat").clone(),
            joined: Vec::new(),
            left: Vec::new(),
            heard: Vec::new(),
            updates: 0,
            snapshots: 0,
            stream: StreamDecoder::default(),
        }
    }

    /// Applies one event as PROTOCOL.md tells a client to.
    ///
    /// # Panics
    /// When the event breaks the contract: an update of nobody, a batch that does not decode, a stream that breaks off.
    pub fn apply(&mut self, event: &WireEvent) {
        let data = &event.data;
        match event.name.as_str() {
            "player:joined" => {
                self.joined.push(id(data));
                self.players.insert(id(data), data.clone());
            }
            "player:updated" => {
                let known = self.players.insert(id(data), data.clone());
                assert!(known.is_some(), "an update of an absent player: {data}");
                self.updates += 1;
            }
            "players:updated" => self.apply_batch(&event.attachments[0]),
            "player:left" => {
                let known = self.players.remove(&id(data));
                assert!(known.is_some(), "an absent player left: {data}");
                self.left.push(id(data));
            }
            "world:state" => self.begin_again(data),
            "chat:message" => {
                self.heard
                    .push(data["content"].as_str().unwrap().to_owned());
                self.chat.push(data.clone());
            }
            other => panic!("a mirror does not know {other}: {}", event.data),
        }
    }

    /// A fresh snapshot replaces the players; a client keeps lines that it does not reach back to.
    fn begin_again(&mut self, snapshot: &Value) {
        let fresh = Self::of(snapshot);
        self.players = fresh.players;
        self.chat
            .retain(|line| !fresh.chat.iter().any(|it| it["id"] == line["id"]));
        self.chat.extend(fresh.chat);
        self.snapshots += 1;
    }

    /// The contents of all lines that are shown, oldest first.
    pub fn lines(&self) -> Vec<&str> {
        let contents = self.chat.iter().map(|line| line["content"].as_str());
        contents.map(|it| it.expect("a text")).collect()
    }

    fn apply_batch(&mut self, bytes: &[u8]) {
        if bytes.first() == Some(&stream::VERSION) {
            for step in self.stream.read(bytes).expect("a frame decodes") {
                self.apply_change(&MirroredChange {
                    id: &step.id,
                    full: step.full,
                    position: Some(step.position),
                    animation: step.animation.as_deref(),
                    name: step.name,
                    metadata: step.metadata,
                });
            }
            return;
        }
        for change in batch::decode(bytes).expect("a batch decodes") {
            self.apply_change(&MirroredChange {
                id: &change.id,
                full: change.full,
                position: change.position,
                animation: change.animation,
                name: change.name,
                metadata: change.metadata,
            });
        }
    }

    fn apply_change(&mut self, change: &MirroredChange<'_>) {
        let Some(player) = self.players.get_mut(change.id) else {
            return;
        };
        self.updates += 1;
        if let Some([x, y, z]) = change.position {
            player["position"] = json!({ "x": x, "y": y, "z": z });
        }
        if let Some(animation) = change.animation {
            player["animation"] = json!(animation);
        }
        if let Some(name) = change.name {
            player["name"] = json!(name);
        }
        if let Some(metadata) = change.metadata {
            let new: Map<String, Value> = serde_json::from_str(metadata).expect("an object");
            let known = player["metadata"].as_object_mut().expect("an object");
            if change.full {
                known.clear();
            }
            known.extend(new);
        }
    }

    /// One player as it is known now.
    pub fn player(&self, id: &str) -> Option<&Value> {
        self.players.get(id)
    }

    /// Fails unless this mirror shows what a fresh snapshot shows.
    ///
    /// # Panics
    /// With the first difference.
    pub fn assert_shows(&self, snapshot: &Value) {
        let fresh = Self::of(snapshot);
        for (id, player) in &fresh.players {
            assert_eq!(self.players.get(id), Some(player), "player {id}");
        }
        let ids = |mirror: &Self| mirror.players.keys().cloned().collect::<Vec<_>>();
        assert_eq!(ids(self), ids(&fresh));
        assert!(self.chat.ends_with(&fresh.chat), "the chat differs");
    }

    /// Whether this mirror shows the same players as another.
    pub fn agrees(&self, other: &Self) -> bool {
        self.players == other.players
    }

    /// Whether this mirror shows the same players as a snapshot.
    pub fn shows(&self, snapshot: &Value) -> bool {
        self.players == Self::of(snapshot).players
    }
}

fn id(player: &Value) -> String {
    player["id"].as_str().expect("an id").to_owned()
}
