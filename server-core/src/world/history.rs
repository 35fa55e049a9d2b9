//! The last messages, oldest first.

use std::collections::VecDeque;

use super::Json;
use super::record::to_json;
use crate::protocol::{ChatMessage, MessageId};

/// A bounded history: the oldest message makes room for the newest.
#[derive(Debug)]
pub(super) struct ChatHistory {
    limit: usize,
    messages: VecDeque<(MessageId, Json)>,
}

impl ChatHistory {
    pub(super) fn new(limit: usize) -> Self {
        Self {
            limit,
            messages: VecDeque::with_capacity(limit.min(64)),
        }
    }

    pub(super) fn push(&mut self, message: &ChatMessage) -> Json {
        let json = to_json(message);
        self.messages.push_back((message.id.clone(), json.clone()));
        while self.messages.len() > self.limit {
            self.messages.pop_front();
        }
        json
    }

    /// Puts a message where it was. Ids grow with time. `false` when it is there already, or was
    /// pushed out meanwhile.
    pub(super) fn restore(&mut self, message: &ChatMessage) -> bool {
        let place = self.messages.partition_point(|(id, _)| id.0 < message.id.0);
        let there = self.messages.iter().any(|(id, _)| *id == message.id);
        let too_old = place == 0 && self.messages.len() >= self.limit;
        if there || too_old {
            return false;
        }
        self.messages
            .insert(place, (message.id.clone(), to_json(message)));
        while self.messages.len() > self.limit {
            self.messages.pop_front();
        }
        true
    }

    pub(super) fn remove(&mut self, id: &MessageId) -> bool {
        let before = self.messages.len();
        self.messages.retain(|(message, _)| message != id);
        self.messages.len() < before
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Json> {
        self.messages.iter().map(|(_, json)| json)
    }
}
