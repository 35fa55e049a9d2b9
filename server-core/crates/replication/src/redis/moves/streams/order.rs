//! The place in one node's sequence of frames: what applies, and what is missing.

/// What to do with the players of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::redis) enum FrameCheck {
    Apply,
    /// They are known, or an answer that is on its way knows better.
    Skip,
}

/// What a node asks: whom frames behind `since` told of, and where they are. The number is the asker's own, and grows over all its links.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::redis) struct MovesQuestion {
    pub(in crate::redis) number: u64,
    pub(in crate::redis) since: u64,
}

/// A part of an answer: how things stand behind a frame. The first of its `parts` is 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::redis) struct StatePart {
    pub(in crate::redis) sequence: u64,
    pub(in crate::redis) question: MovesQuestion,
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
    /// The first question about all that is missing. Answers to older ones may lack some of it.
    asked: Option<u64>,
    /// The question whose answer is coming in, and how many of its parts came.
    answering: u64,
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
        let MovesQuestion { number, since } = part.question;
        let is_asked = self.asked.is_some_and(|first| first <= number);
        let is_wanted = self.owes && is_asked && since <= self.whole_to;
        // What was heard after it is newer.
        let is_old = self.at.is_some_and(|at| at > part.sequence);
        // Frames between two parts are in neither of them.
        let is_same = number == self.answering && part.part == self.parts + 1;
        let follows = is_same && self.at == Some(part.sequence);
        let is_next = part.part == 1 || follows;
        if !is_wanted || is_old || !is_next {
            return FrameCheck::Skip;
        }
        self.at = Some(part.sequence);
        self.answering = number;
        self.parts = part.part;
        if part.part >= part.parts {
            self.owes = false;
            self.asked = None;
            self.whole_to = part.sequence;
            self.parts = 0;
        }
        FrameCheck::Apply
    }

    /// Anything may be missing, whatever was heard of this sequence.
    pub(in crate::redis) fn owe_everything(&mut self) {
        self.owes = true;
        self.asked = None;
        self.whole_to = 0;
        self.parts = 0;
    }

    /// Asks under this number for what is missing.
    pub(in crate::redis) fn ask(&mut self, number: u64) -> Option<MovesQuestion> {
        let since = self.owed_since()?;
        self.asked.get_or_insert(number);
        Some(MovesQuestion { number, since })
    }

    /// Whether a question about all that is missing is on its way.
    #[cfg(test)]
    pub(in crate::redis) fn is_asked(&self) -> bool {
        self.asked.is_some()
    }

    /// The frame behind which something is missing.
    pub(in crate::redis) fn owed_since(&self) -> Option<u64> {
        self.owes.then_some(self.whole_to)
    }
}
