//! The frames of other nodes: how far each node's sequence was heard, what is missing, and when it is asked for.

use std::collections::BTreeMap;
use std::time::Duration;

use tokio::time::Instant;

/// Time between two questions to one node, however many frames are lost.
const ASK_PAUSE: Duration = Duration::from_millis(250);
/// Time without an answer after which a question is asked again. It doubles each time: a node that cannot keep up with what it hears
/// already must not make the others tell it more and more.
const ASK_AGAIN: Duration = Duration::from_millis(500);
/// Times it doubles at most.
const DOUBLINGS: u32 = 4;

/// What to do with the players of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::redis) enum FrameCheck {
    Apply,
    /// They are known, or an answer that is on its way knows better.
    Skip,
}

/// A part of an answer: how things stand behind a frame for whom frames since another one are missing. The first of its `parts` is 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::redis) struct StatePart {
    pub(in crate::redis) sequence: u64,
    pub(in crate::redis) since: u64,
    pub(in crate::redis) part: u32,
    pub(in crate::redis) parts: u32,
}

/// The place in one node's sequence that this node has reached. Pure: the model tries it as it is.
#[derive(Debug, Default, Clone, PartialEq, Eq, Hash)]
pub(in crate::redis) struct StreamOrder {
    /// The newest frame that was applied; `None` before the first one, and then an answer comes first: what frames
    /// before it showed would only be taken back.
    at: Option<u64>,
    /// No frame up to this one is missing.
    whole_to: u64,
    owes: bool,
    /// Parts of the answer that is coming in.
    parts: u32,
}

impl StreamOrder {
    /// Takes note of a frame.
    pub(in crate::redis) fn moves(&mut self, sequence: u64) -> FrameCheck {
        match self.at {
            None if sequence > 1 => {
                self.owes = true;
                return FrameCheck::Skip;
            }
            Some(last) if sequence <= last => return FrameCheck::Skip,
            Some(last) if sequence > last + 1 => {
                self.owes = true;
                // Parts that follow do not hold what is missing now.
                self.parts = 0;
            }
            None | Some(_) => {}
        }
        self.at = Some(sequence);
        if !self.owes {
            self.whole_to = sequence;
        }
        FrameCheck::Apply
    }

    /// Takes note of what the last frame so far was.
    pub(in crate::redis) fn mark(&mut self, sequence: u64) {
        match self.at {
            None if sequence == 0 => self.at = Some(0),
            None => self.owes = true,
            // It comes behind its frames, so what was heard was no frame of that node.
            Some(last) if sequence < last => {
                *self = Self::default();
                self.owes = true;
            }
            Some(last) => self.owes |= sequence > last,
        }
    }

    /// Takes note of a part of an answer.
    pub(in crate::redis) fn state(&mut self, part: StatePart) -> FrameCheck {
        let is_wanted = self.owes && part.since <= self.whole_to;
        // What was heard after it is newer.
        let is_old = self.at.is_some_and(|at| at > part.sequence);
        // Frames between two parts are in neither of them.
        let follows = part.part == self.parts + 1 && self.at == Some(part.sequence);
        let is_next = part.part == 1 || follows;
        if !is_wanted || is_old || !is_next {
            return FrameCheck::Skip;
        }
        self.at = Some(part.sequence);
        self.parts = part.part;
        if part.part >= part.parts {
            self.owes = false;
            self.whole_to = part.sequence;
            self.parts = 0;
        }
        FrameCheck::Apply
    }

    /// Anything may be missing, whatever was heard of this sequence.
    pub(in crate::redis) fn owe_everything(&mut self) {
        self.owes = true;
        self.whole_to = 0;
        self.parts = 0;
    }

    /// The frame behind which something is missing.
    pub(in crate::redis) fn owed_since(&self) -> Option<u64> {
        self.owes.then_some(self.whole_to)
    }
}

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
}

impl MoveStreams {
    pub(in crate::redis) fn moves(&mut self, node: &str, sequence: u64) -> FrameCheck {
        self.stream(node).order.moves(sequence)
    }

    pub(in crate::redis) fn mark(&mut self, node: &str, sequence: u64) {
        self.stream(node).order.mark(sequence);
    }

    /// Also whether nothing is missing any more.
    pub(in crate::redis) fn state(
        &mut self,
        node: &str,
        part: StatePart,
        now: Instant,
    ) -> (FrameCheck, bool) {
        let stream = self.stream(node);
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
        let stream = self.stream(node);
        stream.order.owe_everything();
        stream.unanswered = 0;
    }

    /// Whether this node is known to tell its moves straight.
    pub(in crate::redis) fn knows(&self, node: &str) -> bool {
        self.of.contains_key(node)
    }

    /// Whom to ask now, each with the frame behind which something is missing.
    pub(in crate::redis) fn take_asks(&mut self, now: Instant) -> Vec<(String, u64)> {
        let mut asks = Vec::new();
        for (node, stream) in &mut self.of {
            if let Some(since) = stream.order.owed_since()
                && stream.due(now).is_some_and(|due| due <= now)
            {
                stream.asked = Some(now);
                stream.unanswered = stream.unanswered.saturating_add(1);
                asks.push((node.clone(), since));
            }
        }
        asks
    }

    /// When somebody is to be asked next.
    pub(in crate::redis) fn next_ask(&self, now: Instant) -> Option<Instant> {
        self.of.values().filter_map(|it| it.due(now)).min()
    }

    /// Forgets nodes that are not there any more.
    pub(in crate::redis) fn retain(&mut self, is_there: impl Fn(&str) -> bool) {
        self.of.retain(|node, _| is_there(node));
    }

    /// The link is a new one: what was said meanwhile was not heard.
    pub(in crate::redis) fn restart(&mut self) {
        for stream in self.of.values_mut() {
            *stream = MoveStream::default();
        }
    }

    fn stream(&mut self, node: &str) -> &mut MoveStream {
        self.of.entry(node.to_owned()).or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::FrameCheck::{Apply, Skip};
    use super::*;

    fn whole(sequence: u64, since: u64) -> StatePart {
        part(sequence, since, 1, 1)
    }

    fn part(sequence: u64, since: u64, part: u32, parts: u32) -> StatePart {
        StatePart {
            sequence,
            since,
            part,
            parts,
        }
    }

    fn at(sequence: u64) -> StreamOrder {
        let mut order = StreamOrder::default();
        for n in 1..=sequence {
            assert_eq!(order.moves(n), Apply);
        }
        assert_eq!(order.owed_since(), None);
        order
    }

    #[test]
    fn frames_apply_once_and_never_backwards() {
        let mut order = at(3);
        assert_eq!(order.moves(3), Skip);
        assert_eq!(order.moves(5), Apply, "what is newer is shown at once");
        assert_eq!(order.moves(4), Skip);
        assert_eq!(
            order.owed_since(),
            Some(3),
            "and what was missed is asked for"
        );
        assert_eq!(order.moves(6), Apply);
        assert_eq!(order.owed_since(), Some(3));
        assert_eq!(order.state(whole(6, 3)), Apply);
        assert_eq!(order.owed_since(), None);
        assert_eq!(order.state(whole(6, 3)), Skip, "the answer came twice");
    }

    #[test]
    fn an_answer_that_is_older_than_what_was_heard_is_asked_for_again() {
        let mut order = at(3);
        order.moves(5);
        order.moves(6);
        assert_eq!(order.state(whole(5, 3)), Skip);
        assert_eq!(order.owed_since(), Some(3));
    }

    #[test]
    fn a_mark_shows_that_the_last_frame_was_lost() {
        let mut order = at(3);
        order.mark(3);
        assert_eq!(order.owed_since(), None);
        order.mark(4);
        assert_eq!(order.owed_since(), Some(3));
        assert_eq!(order.state(whole(4, 3)), Apply);
        assert_eq!(order.moves(5), Apply);
        assert_eq!(order.owed_since(), None);
    }

    #[test]
    fn a_frame_that_no_node_told_blocks_the_others_until_the_next_mark() {
        let mut order = at(3);
        assert_eq!(order.moves(u64::MAX), Apply);
        assert_eq!(order.moves(4), Skip);
        order.mark(4);
        assert_eq!(order.owed_since(), Some(0));
        assert_eq!(order.state(whole(4, 0)), Apply);
        assert_eq!(order.moves(5), Apply);
        assert_eq!(order.owed_since(), None);
    }

    #[test]
    fn a_sequence_that_is_new_here_begins_with_an_answer_or_at_its_start() {
        let mut order = StreamOrder::default();
        order.mark(0);
        assert_eq!(order.owed_since(), None);
        assert_eq!(order.moves(1), Apply);
        let mut order = StreamOrder::default();
        assert_eq!(order.moves(7), Skip);
        assert_eq!(order.owed_since(), Some(0));
        assert_eq!(order.state(whole(8, 0)), Apply);
        assert_eq!(order.moves(8), Skip);
        assert_eq!(order.moves(9), Apply);
        let mut order = StreamOrder::default();
        order.mark(2);
        assert_eq!(order.owed_since(), Some(0));
    }

    #[test]
    fn an_answer_counts_when_all_its_parts_came() {
        let mut order = at(1);
        order.moves(3);
        assert_eq!(order.state(part(3, 1, 1, 3)), Apply);
        assert_eq!(order.moves(4), Apply, "frames go on between parts");
        assert_eq!(order.state(part(4, 1, 3, 3)), Skip, "one is missing");
        assert_eq!(order.state(part(4, 1, 2, 3)), Apply);
        assert_eq!(order.owed_since(), Some(1));
        assert_eq!(
            order.state(part(5, 1, 3, 3)),
            Skip,
            "a frame was lost right before it"
        );
        order.moves(6);
        assert_eq!(
            order.state(part(6, 1, 3, 3)),
            Skip,
            "a frame was lost meanwhile"
        );
        assert_eq!(order.owed_since(), Some(1));
    }

    #[test]
    fn a_resync_wants_everything_and_takes_no_smaller_answer() {
        let mut order = at(5);
        order.moves(7);
        order.owe_everything();
        assert_eq!(order.state(whole(7, 5)), Skip);
        assert_eq!(order.owed_since(), Some(0));
        assert_eq!(order.state(whole(7, 0)), Apply);
        assert_eq!(order.owed_since(), None);
    }

    #[test]
    fn a_node_is_asked_at_once_then_again_and_not_too_often() {
        let mut streams = MoveStreams::default();
        let now = Instant::now();
        assert_eq!(streams.moves("n", 4), Skip);
        assert_eq!(streams.next_ask(now), Some(now));
        assert_eq!(streams.take_asks(now), [("n".to_owned(), 0)]);
        assert_eq!(streams.take_asks(now), []);
        assert_eq!(streams.next_ask(now), Some(now + ASK_AGAIN));
        let answered = streams.state("n", whole(4, 0), now);
        assert_eq!(answered, (Apply, true));
        assert_eq!(streams.next_ask(now), None);
        streams.moves("n", 6);
        assert_eq!(streams.next_ask(now), Some(now + ASK_PAUSE));
        assert_eq!(streams.take_asks(now), []);
        let later = now + ASK_PAUSE;
        assert_eq!(streams.take_asks(later), [("n".to_owned(), 4)]);
        streams.retain(|node| node != "n");
        assert!(!streams.knows("n"));
    }

    #[test]
    fn a_node_that_does_not_answer_is_asked_less_and_less() {
        let mut streams = MoveStreams::default();
        streams.moves("n", 4);
        let mut now = Instant::now();
        for times in [1, 2, 4, 8, 16, 16] {
            assert_eq!(streams.take_asks(now).len(), 1);
            let due = now + ASK_AGAIN * times;
            assert_eq!(streams.next_ask(now), Some(due));
            now = due;
        }
        assert_eq!(streams.take_asks(now).len(), 1);
        assert_eq!(streams.state("n", whole(4, 0), now), (Apply, true));
        streams.moves("n", 6);
        assert_eq!(streams.next_ask(now), Some(now + ASK_PAUSE));
    }
}
