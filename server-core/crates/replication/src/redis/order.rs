//! The place in the nodes' common order that this node has reached.

/// What to do with an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OrderCheck {
    /// It is the next one.
    Apply,
    /// It is known already.
    Skip,
    /// Something before it is missing: only a snapshot of the whole state helps.
    Gap,
}

/// See the module.
#[derive(Debug, Default, Clone, PartialEq, Eq, Hash)]
pub(super) struct Order {
    epoch: String,
    offset: u64,
}

impl Order {
    /// Begins behind a snapshot.
    pub(super) fn after(epoch: impl Into<String>, offset: u64) -> Self {
        Self {
            epoch: epoch.into(),
            offset,
        }
    }

    /// The life of Redis' memory this order belongs to; empty before the first snapshot.
    pub(super) fn epoch(&self) -> &str {
        &self.epoch
    }

    /// The last event that was applied.
    pub(super) fn offset(&self) -> u64 {
        self.offset
    }

    /// Takes note of an event with an offset of its own.
    pub(super) fn take(&mut self, epoch: &str, offset: u64) -> OrderCheck {
        if epoch != self.epoch {
            return OrderCheck::Gap;
        }
        if offset <= self.offset {
            return OrderCheck::Skip;
        }
        if offset > self.offset + 1 {
            return OrderCheck::Gap;
        }
        self.offset = offset;
        OrderCheck::Apply
    }

    /// Looks at a heartbeat, which repeats the last offset: [`OrderCheck::Gap`] when that one never came.
    pub(super) fn check(&self, epoch: &str, offset: u64) -> OrderCheck {
        match epoch == self.epoch && offset <= self.offset {
            true => OrderCheck::Skip,
            false => OrderCheck::Gap,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_apply_in_order_and_once() {
        let mut order = Order::after("e", 3);
        assert_eq!(order.take("e", 3), OrderCheck::Skip);
        assert_eq!(order.take("e", 4), OrderCheck::Apply);
        assert_eq!(order.take("e", 4), OrderCheck::Skip);
        assert_eq!(order.take("e", 6), OrderCheck::Gap);
        assert_eq!(
            order.take("e", 5),
            OrderCheck::Apply,
            "a gap does not move it"
        );
        assert_eq!(order.take("f", 6), OrderCheck::Gap);
        assert_eq!(order.check("e", 5), OrderCheck::Skip);
        assert_eq!(order.check("e", 6), OrderCheck::Gap);
        assert_eq!(order.check("f", 1), OrderCheck::Gap);
    }
}
