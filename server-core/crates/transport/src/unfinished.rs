//! How much of messages and bodies that have begun and not ended may be held for one network.
//!
//! Each of them may be as large as the largest message, and a network has many connections, which it
//! renews for nothing. The first kilobytes of each are not counted: what people say arrives at once, and
//! is never refused because somebody else of their network sends too much.

use std::collections::HashMap;
use std::io;
use std::net::IpAddr;
use std::sync::Arc;

use parking_lot::Mutex;

use crate::incoming::READ_BYTES;
use identity::Network;

/// Bytes of each message and body that are not counted.
const FREE_BYTES: usize = READ_BYTES;

/// All of them; see the module.
#[derive(Debug)]
pub(super) struct UnfinishedBytes {
    /// Most bytes of one network.
    limit: usize,
    // Held to add or give back, never across an await.
    held: Mutex<HashMap<Network, usize>>,
}

impl UnfinishedBytes {
    pub(super) fn new(limit: usize) -> Arc<Self> {
        Arc::new(Self {
            limit,
            held: Mutex::default(),
        })
    }

    /// Replaces what was held; `false` when there is no room for more.
    fn replace(&self, network: Network, before: usize, now: usize) -> bool {
        let mut held = self.held.lock();
        let all = held.get(&network).copied().unwrap_or_default();
        let rest = all.saturating_sub(before);
        if now > before && rest.saturating_add(now) > self.limit {
            return false;
        }
        match rest + now {
            0 => held.remove(&network),
            sum => held.insert(network, sum),
        };
        true
    }
}

/// For whom a connection counts: behind a proxy that differs from request to request.
#[derive(Debug)]
pub(super) struct CountedFor {
    all: Arc<UnfinishedBytes>,
    // Held to read or set it.
    network: Mutex<Option<Network>>,
}

impl CountedFor {
    /// Nobody, until [`Self::set`].
    pub(super) fn new(all: Arc<UnfinishedBytes>) -> Arc<Self> {
        Arc::new(Self {
            all,
            network: Mutex::default(),
        })
    }

    /// Whoever has this address; `None` for this machine, which is exempt.
    pub(super) fn set(&self, address: Option<IpAddr>) {
        *self.network.lock() = address.map(Network::of);
    }
}

/// What one message or body holds. Given back when it is dropped.
#[derive(Debug)]
pub(super) struct HeldBytes {
    counted_for: Arc<CountedFor>,
    /// For whom the first byte was counted.
    network: Option<Network>,
    bytes: usize,
}

impl HeldBytes {
    pub(super) fn new(counted_for: Arc<CountedFor>) -> Self {
        Self {
            counted_for,
            network: None,
            bytes: 0,
        }
    }

    /// It is so many bytes by now; 0 when it has ended.
    ///
    /// # Errors
    /// When the network has no room for that. What was held before still is.
    pub(super) fn set(&mut self, bytes: usize) -> io::Result<()> {
        let bytes = bytes.saturating_sub(FREE_BYTES);
        if bytes == self.bytes {
            return Ok(());
        }
        if self.bytes == 0 {
            self.network = *self.counted_for.network.lock();
        }
        let Some(network) = self.network else {
            return Ok(());
        };
        if !self.counted_for.all.replace(network, self.bytes, bytes) {
            tracing::debug!(?network, "too much of unfinished messages of one network");
            let full = "too many bytes of unfinished messages come from this network";
            return Err(io::Error::new(io::ErrorKind::QuotaExceeded, full));
        }
        self.bytes = bytes;
        Ok(())
    }
}

impl Drop for HeldBytes {
    fn drop(&mut self) {
        // Giving back never fails.
        let _ = self.set(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: usize = 100_000;

    fn connection(all: &Arc<UnfinishedBytes>, address: Option<[u8; 4]>) -> HeldBytes {
        let counted_for = CountedFor::new(all.clone());
        counted_for.set(address.map(IpAddr::from));
        HeldBytes::new(counted_for)
    }

    #[test]
    fn a_network_holds_at_most_the_limit_and_gets_it_back() {
        let all = UnfinishedBytes::new(LIMIT);
        let of = |last| connection(&all, Some([192, 0, 2, last]));
        let (mut one, mut two, mut other) = (of(1), of(1), of(2));
        one.set(LIMIT / 2 + FREE_BYTES).unwrap();
        two.set(LIMIT / 2 + FREE_BYTES).unwrap();
        assert!(two.set(LIMIT / 2 + FREE_BYTES + 1).is_err());
        assert!(of(1).set(FREE_BYTES).is_ok(), "what is short comes through");
        assert!(of(1).set(FREE_BYTES + 1).is_err());
        assert!(other.set(LIMIT).is_ok(), "others are not affected");
        assert!(connection(&all, None).set(10 * LIMIT).is_ok());
        one.set(0).unwrap();
        two.set(LIMIT).unwrap();
        drop((two, other));
        assert!(all.held.lock().is_empty());
    }

    #[test]
    fn it_counts_for_whom_it_began() {
        let all = UnfinishedBytes::new(LIMIT);
        let mut body = connection(&all, Some([192, 0, 2, 1]));
        body.set(LIMIT).unwrap();
        body.counted_for.set(Some([192, 0, 2, 2].into()));
        body.set(LIMIT + 1).unwrap();
        let networks: Vec<_> = all.held.lock().keys().copied().collect();
        assert_eq!(networks, [Network::of([192, 0, 2, 1].into())]);
    }
}
