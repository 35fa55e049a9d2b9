//! The last messages, oldest first.

use std::collections::VecDeque;

use super::SharedJson;
use super::json::to_json;
use contract::{ChatMessage, MessageId};

/// Messages a client keeps, and with that the most it can be owed after it missed some; from the
/// contract.
const CLIENT_LINES: usize = 200;

/// A bounded history: the oldest message makes room for the newest.
#[derive(Debug)]
pub(super) struct ChatHistory {
    limit: usize,
    /// Lines that made room, kept for clients they have not reached: in no usual snapshot.
    earlier: VecDeque<Line>,
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
            earlier: VecDeque::new(),
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
        let is_before = |line: &Line| (line.sent.as_str(), line.id.0.as_str()) <= message.moment();
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
            self.earlier.extend(self.messages.pop_front());
        }
        let kept = CLIENT_LINES.saturating_sub(self.limit);
        self.earlier
            .drain(..self.earlier.len().saturating_sub(kept));
    }

    pub(super) fn remove(&mut self, id: &MessageId) -> bool {
        let before = self.messages.len();
        self.messages.retain(|line| line.id != *id);
        self.earlier.retain(|line| line.id != *id);
        self.messages.len() < before
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &SharedJson> {
        self.messages.iter().map(|line| &line.json)
    }

    /// Whether the usual history holds the newest `lines`.
    pub(super) fn reaches(&self, lines: usize) -> bool {
        lines <= self.limit || self.earlier.is_empty()
    }

    /// As [`Self::iter`], from as far back as a client may be owed.
    pub(super) fn iter_long(&self) -> impl Iterator<Item = &SharedJson> {
        self.earlier
            .iter()
            .chain(&self.messages)
            .map(|line| &line.json)
    }
}
