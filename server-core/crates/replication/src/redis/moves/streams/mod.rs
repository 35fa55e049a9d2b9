//! The frames of other nodes: how far each node's sequence was heard, what is missing, and when it is asked for.

mod order;

use std::collections::{BTreeMap, HashSet};
use std::time::Duration;

use tokio::time::Instant;

pub(in crate::redis) use order::{FrameCheck, MovesQuestion, StatePart, StreamOrder};

/// Time between two questions to one node, however many frames are lost.
const ASK_PAUSE: Duration = Duration::from_millis(250);
/// Time without an answer after which a question is asked again. It doubles each time: a node that cannot keep up with what it hears
/// already must not make the others tell it more and more.
const ASK_AGAIN: Duration = Duration::from_millis(500);
/// Times it doubles at most.
const DOUBLINGS: u32 = 4;
/// Nodes that may show themselves by heartbeats before the list is read again; who is in the list counts whatever their number.
const NODES: usize = 256;

#[derive(Debug, Default)]
struct MoveStream {
    order: StreamOrder,
    /// When it was asked last, or answered in part.
    asked: Option<Instant>,
    /// Questions since the last whole answer.
    unanswered: u32,
}

impl MoveStream {
    /// When it is to be asked; at once where there is no reason to wait.
    fn due(&self, now: Instant) -> Option<Instant> {
        self.order.owed_since()?;
        let pause = match self.unanswered.checked_sub(1) {
            None => ASK_PAUSE,
            Some(times) => ASK_AGAIN * 2_u32.pow(times.min(DOUBLINGS)),
        };
        Some(self.asked.map_or(now, |asked| asked + pause))
    }
}

/// See the module; by node.
#[derive(Debug, Default)]
pub(in crate::redis) struct MoveStreams {
    of: BTreeMap<String, MoveStream>,
    /// Who is there, by the list in Redis or by a heartbeat since that was read. Nobody else is listened to: anybody could name anything.
    there: HashSet<String>,
    /// Questions so far, whoever was asked.
    questions: u64,
}

impl MoveStreams {
    pub(in crate::redis) fn moves(&mut self, node: &str, sequence: u64) -> FrameCheck {
        let stream = self.stream(node);
        stream.map_or(FrameCheck::Skip, |it| it.order.moves(sequence))
    }

    pub(in crate::redis) fn mark(&mut self, node: &str, sequence: u64) {
        if let Some(stream) = self.stream(node) {
            stream.order.mark(sequence);
        }
    }

    /// Also whether nothing is missing any more.
    pub(in crate::redis) fn state(
        &mut self,
        node: &str,
        part: StatePart,
        now: Instant,
    ) -> (FrameCheck, bool) {
        let Some(stream) = self.stream(node) else {
            return (FrameCheck::Skip, false);
        };
        let check = stream.order.state(part);
        let is_whole = check == FrameCheck::Apply && stream.order.owed_since().is_none();
        if check == FrameCheck::Apply && !is_whole {
            stream.asked = Some(now);
        }
        if is_whole {
            stream.unanswered = 0;
        }
        (check, is_whole)
    }

    /// Anything that this node told may have been missed.
    pub(in crate::redis) fn owe_everything(&mut self, node: &str) {
        if let Some(stream) = self.stream(node) {
            stream.order.owe_everything();
            stream.unanswered = 0;
        }
    }

    /// Whether this node is known to tell its moves straight.
    pub(in crate::redis) fn knows(&self, node: &str) -> bool {
        self.of.contains_key(node)
    }

    /// Whom to ask now, and what.
    pub(in crate::redis) fn take_asks(&mut self, now: Instant) -> Vec<(String, MovesQuestion)> {
        let mut asks = Vec::new();
        for (node, stream) in &mut self.of {
            if stream.due(now).is_some_and(|due| due <= now)
                && let Some(question) = stream.order.ask(self.questions + 1)
            {
                self.questions += 1;
                stream.asked = Some(now);
                stream.unanswered = stream.unanswered.saturating_add(1);
                asks.push((node.clone(), question));
            }
        }
        asks
    }

    /// When somebody is to be asked next.
    pub(in crate::redis) fn next_ask(&self, now: Instant) -> Option<Instant> {
        self.of.values().filter_map(|it| it.due(now)).min()
    }

    /// All that are there. The others are forgotten.
    pub(in crate::redis) fn meet<'a>(&mut self, nodes: impl Iterator<Item = &'a str>) {
        self.there = nodes.map(str::to_owned).collect();
        self.of.retain(|node, _| self.there.contains(node));
    }

    /// This node has shown itself since the list was read.
    pub(in crate::redis) fn note_there(&mut self, node: &str) {
        if self.there.len() < NODES && !self.there.contains(node) {
            self.there.insert(node.to_owned());
        }
    }

    /// The link is a new one: what was said meanwhile was not heard.
    pub(in crate::redis) fn restart(&mut self) {
        for stream in self.of.values_mut() {
            *stream = MoveStream::default();
        }
    }

    fn stream(&mut self, node: &str) -> Option<&mut MoveStream> {
        if !self.of.contains_key(node) && self.there.contains(node) {
            self.of.insert(node.to_owned(), MoveStream::default());
        }
        self.of.get_mut(node)
    }
}

#[cfg(test)]
mod tests;
