//! The place in the nodes' common order that this node has reached.

/// What to do with an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// It is the next one.
    Apply,
    /// It is known already.
    Skip,
    /// Something before it is missing: only a cut of the whole state helps.
    Gap,
}

/// See the module.
#[derive(Debug, Default, Clone, PartialEq, Eq, Hash)]
pub(super) struct Order {
    epoch: String,
    offset: u64,
}

impl Order {
    /// Begins behind a cut.
    pub(super) fn after(epoch: impl Into<String>, offset: u64) -> Self {
        Self {
            epoch: epoch.into(),
            offset,
        }
    }

    /// The life of Redis' memory this order belongs to; empty before the first cut.
    pub(super) fn epoch(&self) -> &str {
        &self.epoch
    }

    /// The last event that was applied.
    pub(super) fn offset(&self) -> u64 {
        self.offset
    }

    /// Takes note of an event with an offset of its own.
    pub(super) fn take(&mut self, epoch: &str, offset: u64) -> Turn {
        if epoch != self.epoch {
            return Turn::Gap;
        }
        if offset <= self.offset {
            return Turn::Skip;
        }
        if offset > self.offset + 1 {
            return Turn::Gap;
        }
        self.offset = offset;
        Turn::Apply
    }

    /// Looks at a beat, which repeats the last offset: [`Turn::Gap`] when that one never came.
    pub(super) fn hear(&self, epoch: &str, offset: u64) -> Turn {
        match epoch == self.epoch && offset <= self.offset {
            true => Turn::Skip,
            false => Turn::Gap,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_apply_in_order_and_once() {
        let mut order = Order::after("e", 3);
        assert_eq!(order.take("e", 3), Turn::Skip);
        assert_eq!(order.take("e", 4), Turn::Apply);
        assert_eq!(order.take("e", 4), Turn::Skip);
        assert_eq!(order.take("e", 6), Turn::Gap);
        assert_eq!(order.take("e", 5), Turn::Apply, "a gap does not move it");
        assert_eq!(order.take("f", 6), Turn::Gap);
        assert_eq!(order.hear("e", 5), Turn::Skip);
        assert_eq!(order.hear("e", 6), Turn::Gap);
        assert_eq!(order.hear("f", 1), Turn::Gap);
    }
}
