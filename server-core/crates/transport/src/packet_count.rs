//! How many packets of a client are no events.
//!
//! Events are counted by who sends them. Everything else is looked at by the library, on the long way,
//! and mostly ignored: a CONNECT by whoever has entered, a DISCONNECT or an answer nobody waits for, a
//! heartbeat or a ping of the websocket that nobody asked for. The answers of the library to CONNECTs
//! with unknown names would fill its channel, too. An honest client sends a handful in a minute.

use std::time::{Duration, Instant};

/// Packets of one client that are no events, within [`WINDOW`] at most.
pub const MAX_PACKETS: u32 = 2000;
/// See [`MAX_PACKETS`].
pub const WINDOW: Duration = Duration::from_secs(10);

/// A client sent more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("more than {MAX_PACKETS} packets that are no events in {} seconds", WINDOW.as_secs())]
pub struct TooManyPackets;

/// See the module; of one client, by whatever requests.
#[derive(Debug, Default)]
pub struct PacketCount {
    count: u32,
    since: Option<Instant>,
}

impl PacketCount {
    /// Counts a packet that is no event.
    ///
    /// # Errors
    /// [`TooManyPackets`].
    pub fn add(&mut self, now: Instant) -> Result<(), TooManyPackets> {
        let is_over = |since| now.saturating_duration_since(since) >= WINDOW;
        if self.since.is_none_or(is_over) {
            (self.since, self.count) = (Some(now), 0);
        }
        self.count += 1;
        match self.count > MAX_PACKETS {
            true => Err(TooManyPackets),
            false => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packets_are_counted_for_a_while() {
        let start = Instant::now();
        let mut count = PacketCount::default();
        for _ in 0..MAX_PACKETS {
            assert_eq!(count.add(start), Ok(()));
        }
        assert_eq!(count.add(start), Err(TooManyPackets));
        assert_eq!(count.add(start + WINDOW), Ok(()));
    }
}
