//! The last messages, oldest first.

use std::collections::VecDeque;

use super::SharedJson;
use super::record::to_json;
use contract::{ChatMessage, MessageId};

/// A bounded history: the oldest message makes room for the newest.
#[derive(Debug)]
pub(super) struct ChatHistory {
    limit: usize,
    messages: VecDeque<Line>,
}

#[derive(Debug)]
struct Line {
    id: MessageId,
    /// ISO 8601, so that it compares as a text.
    sent: String,
    json: SharedJson,
}

impl Line {
    fn of(message: &ChatMessage) -> Self {
        Self {
            id: message.id.clone(),
            sent: message.timestamp.clone(),
            json: to_json(message),
        }
    }
}

impl ChatHistory {
    pub(super) fn new(limit: usize) -> Self {
        Self {
            limit,
            messages: VecDeque::with_capacity(limit.min(64)),
        }
    }

    pub(super) fn push(&mut self, message: &ChatMessage) -> SharedJson {
        let line = Line::of(message);
        let json = line.json.clone();
        self.messages.push_back(line);
        self.trim();
        json
    }

    /// Puts a message where it was said. `false` when it is there already, or was pushed out
    /// meanwhile.
    pub(super) fn restore(&mut self, message: &ChatMessage) -> bool {
        // Lines of one millisecond are told apart by their ids, which grow with time.
        let said = (&message.timestamp, &message.id.0);
        let is_before = |line: &Line| (&line.sent, &line.id.0) <= said;
        let place = self.messages.iter().rposition(is_before);
        let place = place.map_or(0, |before| before + 1);
        let there = self.messages.iter().any(|line| line.id == message.id);
        let too_old = place == 0 && self.messages.len() >= self.limit;
        if there || too_old {
            return false;
        }
        self.messages.insert(place, Line::of(message));
        self.trim();
        true
    }

    fn trim(&mut self) {
        while self.messages.len() > self.limit {
            self.messages.pop_front();
        }
    }

    pub(super) fn remove(&mut self, id: &MessageId) -> bool {
        let before = self.messages.len();
        self.messages.retain(|line| line.id != *id);
        self.messages.len() < before
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &SharedJson> {
        self.messages.iter().map(|line| &line.json)
    }
}
